"""Retsinformation: acts, orders, circulars, guidelines and decisions as LexDania XML."""
