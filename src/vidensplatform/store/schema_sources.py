"""The second migration: what is known of each source, and which documents it withdrew."""

SOURCES = ""
