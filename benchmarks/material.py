"""The documents that are measured on, and what the library made of them."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
DEFAULT = PROJECT.parent / "shared" / "data"
# The order matters: a text that arrives again is the text, and current/ holds the better rendering of what chains/ holds too.
_PARTS = ("lexdania-2010-2014.tar.xz", "chains", "current")


def sources(folder: Path, *, small: bool = False) -> list[Path]:
    """The archive and folders below ``folder`` to import, or, where it holds none of them, ``folder`` itself (also a single archive)."""
    if not folder.is_dir():
        return [folder] if folder.exists() else []
    found = [folder / name for name in _PARTS if (folder / name).exists() and (not small or name == "current")]
    return found or [folder]


@dataclass(frozen=True, slots=True)
class Holdings:
    """How much a library holds."""

    documents: int
    works: int
    units: int
    current_units: int
    nodes: int
    references: int
    words: int
    xml_bytes: int
    database_bytes: int


def holdings(database: Path) -> Holdings:
    """Counted in the library itself."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        one = connection.execute(
            "SELECT (SELECT count(*) FROM versions), (SELECT count(*) FROM works), (SELECT count(*) FROM provisions WHERE unit = ord), "
            "(SELECT count(*) FROM provisions p JOIN versions v ON v.id = p.version WHERE p.unit = p.ord AND v.current), "
            "(SELECT count(*) FROM provisions), (SELECT count(*) FROM refs), (SELECT sum(size) FROM snapshots)"
        ).fetchone()
        words = sum(len(f"{heading} {text}".split()) for heading, text in connection.execute("SELECT heading, text FROM provisions"))
    finally:
        connection.close()
    size = sum(path.stat().st_size for path in database.parent.glob(f"{database.name}*"))
    return Holdings(*one[:6], words, one[6], size)


def folder_bytes(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
