"""What changed in the law, what is on its way, what one follows of it, and which cards it touches. No SQL and no Qt here."""
