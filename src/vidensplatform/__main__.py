"""``python -m vidensplatform``."""

from vidensplatform.cli import main

if __name__ == "__main__":
    main()
