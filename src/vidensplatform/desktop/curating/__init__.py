"""What the page Redaktion is made of: the queue, why a card is in it, and saying that somebody saw to it."""
