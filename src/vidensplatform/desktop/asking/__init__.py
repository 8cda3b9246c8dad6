"""The upper half of the Søg page: the box, what was recognised, and what narrows the answer."""
