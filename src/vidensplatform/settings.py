"""Where things lie on this machine: the home folder of a library, and the corpus that came with the program."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from vidensplatform.errors import EnvironmentError_

HOME_VARIABLE = "VIDENSPLATFORM_HOME"


def corpus_dir() -> Path:
    """The folder of the cards that came with the program: inside an installed wheel, or beside ``src`` in a checkout.

    Raises :class:`EnvironmentError_` where neither is there.
    """
    package = Path(__file__).resolve().parent
    for candidate in (package / "_corpus", package.parent.parent / "corpus"):
        if (candidate / "laws.toml").is_file():
            return candidate
    raise EnvironmentError_("Programmets vidensbase (corpus) mangler i installationen.", "Installér programmet igen.")


@dataclass(frozen=True, slots=True)
class Home:
    """One library on disk and all that belongs to it. Nothing is created by naming it."""

    folder: Path

    @classmethod
    def of(cls, folder: Path | None = None) -> Home:
        """The named folder, or ``VIDENSPLATFORM_HOME``, or the platform's data directory."""
        if folder is not None:
            return cls(folder.expanduser().absolute())
        named = os.environ.get(HOME_VARIABLE)
        return cls(Path(named).expanduser().absolute() if named else platformdirs.user_data_path("vidensplatform", appauthor=False))

    @property
    def database(self) -> Path:
        """The SQLite file that is the truth."""
        return self.folder / "library.sqlite3"

    @property
    def index(self) -> Path:
        """The folder of the derived full-text index."""
        return self.folder / "index"

    @property
    def harvest(self) -> Path:
        """The folder of the harvest: its journal, and the raw snapshots of what the sources sent."""
        return self.folder / "harvest"

    @property
    def personal(self) -> Path:
        """The SQLite file of what this user marked: what is followed, read and mended. Nothing about a citizen; it survives a new library."""
        return self.folder / "personal.sqlite3"

    @property
    def cache(self) -> Path:
        """Derived files that may be deleted at any time."""
        return self.folder / "cache"

    @property
    def log(self) -> Path:
        """The log: errors of the program, never what was searched for."""
        return self.folder / "log" / "vidensplatform.log"

    def ensure(self) -> Home:
        """Create the folder. Raises :class:`EnvironmentError_` with the action that mends it where that cannot be done."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise EnvironmentError_(
                f"Mappen {self.folder} kan ikke oprettes ({error.strerror}).", "Vælg en anden mappe med --home eller VIDENSPLATFORM_HOME."
            ) from error
        return self
