"""The curated cards: their shape, how they are read from ``corpus/``, how they are tied to the law, and what makes one wrong."""
