"""Stored texts as the values that :mod:`vidensplatform.law` compares: whole versions with their trees, and a work's texts without."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, replace
from datetime import date

from vidensplatform.law.model import Address, DocumentKind, NodeKind, Part, Provision, Status, Version
from vidensplatform.store.reading import Reader, amendments_from_json


@dataclass(frozen=True, slots=True)
class StoredText:
    """A version without its text, the row it lies in, and the hash of the bytes it was read from."""

    id: int
    work: str
    sha256: str
    version: Version


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


class Texts:
    """Reads versions as values through a library's connection."""

    def __init__(self, library: Reader) -> None:
        self._db = library.connection

    def of_work(self, work: str) -> list[StoredText]:
        """Every version of a work, without text, in the order of their ELIs."""
        rows = self._db.execute("SELECT * FROM versions WHERE work = ? ORDER BY eli", (work,))
        return [StoredText(row["id"], row["work"], row["raw_sha256"], _version(row)) for row in rows]

    def whole(self, version_id: int) -> Version:
        """A version with its text. Raises KeyError where there is none of that row id."""
        row = self._db.execute("SELECT * FROM versions WHERE id = ?", (version_id,)).fetchone()
        if row is None:
            raise KeyError(version_id)
        return replace(_version(row), provisions=self._tree(version_id))

    def works_with_history(self, after_revision: int) -> list[str]:
        """The works with more than one text of which one was stored or moved after a revision."""
        rows = self._db.execute(
            "SELECT work FROM versions GROUP BY work HAVING count(*) > 1 AND max(revision) > ? ORDER BY work",
            (after_revision,),
        )
        return [row[0] for row in rows]

    def _tree(self, version_id: int) -> tuple[Provision, ...]:
        rows = self._db.execute(
            "SELECT ord, parent, kind, part, section, subsection, number, letter, marker, heading, text FROM provisions "
            "WHERE version = ? ORDER BY ord DESC",
            (version_id,),
        )
        children: dict[int | None, list[Provision]] = {}
        for row in rows:  # a node's children stand after it, so from the end they are there before it
            node = Provision(
                NodeKind(row["kind"]),
                Part(row["part"]),
                Address(row["section"], row["subsection"], row["number"], row["letter"]),
                row["marker"],
                row["heading"],
                row["text"],
                tuple(reversed(children.pop(row["ord"], []))),
            )
            children.setdefault(row["parent"], []).append(node)
        return tuple(reversed(children.get(None, [])))


def _version(row: sqlite3.Row) -> Version:
    base = amendments_from_json(row["base"]) if row["base"] else ()
    return Version(
        eli=row["eli"],
        kind=DocumentKind(row["kind"]),
        title=row["title"],
        accession=row["accession"],
        document_type=row["document_type"],
        number=row["number"],
        year=row["year"],
        popular_title=row["popular_title"],
        short_name=row["short_name"],
        signed=_date(row["signed"]),
        published=_date(row["published"]),
        status=Status(row["status"]),
        historic_since=_date(row["historic_since"]),
        ministry=row["ministry"],
        base=base[0].act if base else None,
        incorporated=amendments_from_json(row["incorporated"]),
        not_incorporated=amendments_from_json(row["not_incorporated"]),
        later_amendments=amendments_from_json(row["later_amendments"]),
        metadata=tuple((name, value) for name, value in json.loads(row["metadata"])),
    )
