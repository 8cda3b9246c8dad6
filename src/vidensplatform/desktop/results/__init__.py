"""The answer as one flat list that the keyboard and screen readers can walk."""
