"""What a reference leads to: a provision with all that belongs to it, a whole document, or a card."""
