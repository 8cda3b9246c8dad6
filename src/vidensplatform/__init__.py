"""Vidensplatform: Danish social law as options for a citizen's situation. The parts are described in README.md."""

__version__ = "0.1.0"
