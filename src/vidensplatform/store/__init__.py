"""The library on disk: SQLite, the one truth. Everything else can be rebuilt from it."""
