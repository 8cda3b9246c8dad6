"""The day the law is wanted for: the control that chooses it, and the banner that says so."""
