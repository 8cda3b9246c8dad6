"""The reader: a card, a provision or practice as three tabs, with links and a way back."""
