"""What the page Ændringer is made of: the list, the difference of two wordings, what is followed, and the review that is saved or printed."""
