"""What the commands print as JSON: a contract that scripts outside the project rely on. Keys may be added, none removed."""
