"""How answers look on a terminal. Plain text with a little colour; no decisions are made here, and nothing rests on colour alone."""
