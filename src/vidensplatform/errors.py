"""The one error tree.

::

    VidensplatformError            anything we say in plain Danish
    ├── InputError                 what was given in is wrong: file and place are named (exit status 3)
    │   ├── DamagedDocument        a document that cannot be read
    │   └── CardError              a card in the corpus that breaks the rules
    ├── QueryError                 a query or reference that cannot be understood (exit status 2)
    └── EnvironmentError_          disk full, read-only, locked, no home: with the action that mends it (exit status 1)
        ├── LibraryDamaged         SQLite's integrity check failed
        ├── LibraryTooNew          written by a newer program than this one
        └── IndexUnavailable       the full-text index cannot be opened and could not be rebuilt

Everything that is *not* in this tree is a bug: it keeps its traceback and goes to the log.
"""

from __future__ import annotations


class VidensplatformError(Exception):
    """Base of all errors that are told to the user.

    ``message`` is what happened, in Danish; ``action`` is what mends it (may be empty).
    """

    def __init__(self, message: str, action: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.action = action

    def __str__(self) -> str:
        return f"{self.message} {self.action}".strip()


class InputError(VidensplatformError):
    """Something that was handed in is wrong; ``place`` says where in ``file``."""

    def __init__(self, file: str, reason: str, place: str = "", action: str = "") -> None:
        super().__init__(f"{file}{f', {place}' if place else ''}: {reason}", action)
        self.file = file
        self.reason = reason
        self.place = place


class DamagedDocument(InputError):
    """A document that cannot be read: truncated, not XML, hostile, or without the parts it must have."""


class CardError(InputError):
    """A card of the corpus that breaks a rule."""


class QueryError(VidensplatformError):
    """A query, reference or option that cannot be understood."""


class EnvironmentError_(VidensplatformError):  # noqa: N801 - the builtin name is taken
    """The machine does not let us: disk full, read-only folder, library in use."""


class LibraryDamaged(EnvironmentError_):
    """SQLite's integrity check failed."""


class LibraryTooNew(EnvironmentError_):
    """The library was written by a newer program."""


class IndexUnavailable(EnvironmentError_):
    """The full-text index can be neither opened nor rebuilt."""
