"""The third migration: what changed between the versions of an act, and what is enacted but not in the text."""

CHANGES = ""
