"""The tables of changes: what was compared, what was found, what amending acts are to do. Written by :mod:`~vidensplatform.store.change_writing`."""

from __future__ import annotations

import json
import sqlite3
import zlib
from dataclasses import dataclass, fields
from datetime import date

from vidensplatform.law.amendment import Action, Touch
from vidensplatform.law.diff import Change, ChangeKind
from vidensplatform.law.editorial import Editorial
from vidensplatform.law.model import Address
from vidensplatform.law.subsections import SubsectionChange
from vidensplatform.store.reading import Reader


@dataclass(frozen=True, slots=True)
class PairKey:
    """Two neighbouring texts by ELI and by the hash of the bytes each was read from."""

    older: str
    older_sha256: str
    newer: str
    newer_sha256: str


@dataclass(frozen=True, slots=True)
class Dated:
    """What is known of when and by what a change was made. ``acts`` is JSON that only :mod:`vidensplatform.changes` reads."""

    day: date | None
    effective: date | None
    reason: str
    acts: str


@dataclass(frozen=True, slots=True)
class NewChange:
    """A change to be stored, with its name and what a list shows of it."""

    key: str
    change: Change
    dated: Dated
    excerpt: str


@dataclass(frozen=True, slots=True)
class StoredChange:
    """A change as it lies in the library, without its words."""

    id: int
    key: str
    work: str
    section: str
    kind: ChangeKind
    older: str
    newer: str
    dated: Dated
    heading: str
    excerpt: str
    moved_to: tuple[str, ...]
    moved_from: tuple[str, ...]
    found_at: str


@dataclass(frozen=True, slots=True)
class StoredInstruction:
    """An instruction of an amending act in the library: which act it changes, and how it takes effect."""

    eli: str
    title: str
    signed: date | None
    act: str | None
    section: str
    number: str | None
    words: str
    new_text: str
    touches: tuple[Touch, ...]
    effective: date | None
    commencement_kind: str
    commencement: str

    def touches_section(self, section: str) -> bool:
        """Whether it touches the words of that section of the amended act."""
        return any(touch.in_section(section) for touch in self.touches)

    @property
    def place(self) -> str:
        """Where it stands in the amending act: "1, nr. 3"."""
        return f"{self.section}, nr. {self.number}" if self.number else self.section


@dataclass(frozen=True, slots=True)
class StoredQuote:
    """An amending act's commencement as a consolidated act quotes it."""

    eli: str
    title: str
    effective: date | None
    words: str


CHANGE_COLUMNS = (
    "c.id, c.key, c.work, c.section, c.kind, p.older, p.newer, c.day, c.effective, c.reason, c.acts, c.heading, c.excerpt, c.moved_to, c.moved_from, "
    "p.found_at"
)
_KIND_FIELDS = tuple(f.name for f in fields(Address))


def day_of(value: str | None) -> date | None:
    """A date of a column; None for NULL and ""."""
    return date.fromisoformat(value) if value else None


def stored_change(row: sqlite3.Row) -> StoredChange:
    """A row of :data:`CHANGE_COLUMNS` as a value."""
    return StoredChange(
        row["id"],
        row["key"],
        row["work"],
        row["section"],
        ChangeKind(row["kind"]),
        row["older"],
        row["newer"],
        Dated(day_of(row["day"]), day_of(row["effective"]), row["reason"], row["acts"]),
        row["heading"],
        row["excerpt"],
        tuple(json.loads(row["moved_to"])),
        tuple(json.loads(row["moved_from"])),
        row["found_at"],
    )


class ChangeReading:
    """Reads the tables of changes through a library's connection. No method here writes."""

    def __init__(self, library: Reader) -> None:
        self._db = library.connection

    def pairs(self, work: str) -> dict[PairKey, str]:
        """What was compared of a work, and by which method."""
        rows = self._db.execute("SELECT older, older_sha256, newer, newer_sha256, method FROM comparisons WHERE work = ?", (work,))
        return {PairKey(*row[:4]): row[4] for row in rows}

    def works(self) -> list[str]:
        """The works of which something was compared."""
        return [row[0] for row in self._db.execute("SELECT DISTINCT work FROM comparisons ORDER BY work")]

    def works_out_of_step(self) -> list[str]:
        """The works of which a text was compared that is theirs no longer."""
        rows = self._db.execute(
            "SELECT DISTINCT p.work FROM comparisons p LEFT JOIN versions o ON o.eli = p.older AND o.work = p.work "
            "LEFT JOIN versions n ON n.eli = p.newer AND n.work = p.work WHERE o.id IS NULL OR n.id IS NULL"
        )
        return [row[0] for row in rows]

    def of_work(self, work: str) -> list[StoredChange]:
        """Every change of a work, in the order in which it was found."""
        rows = self._db.execute(
            f"SELECT {CHANGE_COLUMNS} FROM changes c JOIN comparisons p ON p.id = c.comparison WHERE c.work = ? ORDER BY c.id", (work,)
        )
        return [stored_change(row) for row in rows]

    def with_words(self, work: str) -> list[tuple[StoredChange, Change]]:
        """Every change of a work with its words, in the order in which it was found."""
        rows = self._db.execute(
            f"SELECT {CHANGE_COLUMNS}, c.body FROM changes c JOIN comparisons p ON p.id = c.comparison WHERE c.work = ? ORDER BY c.id", (work,)
        )
        found = [(stored_change(row), row["body"]) for row in rows]
        return [(stored, _from_body(stored, body)) for stored, body in found]

    def by_key(self, key: str) -> tuple[StoredChange, Change] | None:
        """A change with its words, or None."""
        row = self._db.execute(
            f"SELECT {CHANGE_COLUMNS}, c.body FROM changes c JOIN comparisons p ON p.id = c.comparison WHERE c.key = ?", (key,)
        ).fetchone()
        if row is None:
            return None
        found = stored_change(row)
        return found, _from_body(found, row["body"])

    def instructions(self, act: str) -> list[StoredInstruction]:
        """Every instruction in the library that changes an act, by date of the amending act, in the order of its text."""
        return self._instructions("i.act = ?", (act,))

    def instructions_of(self, eli: str) -> list[StoredInstruction]:
        """Every instruction of an amending act."""
        return self._instructions("v.eli = ?", (eli,))

    def _instructions(self, where: str, values: tuple[str, ...]) -> list[StoredInstruction]:
        rows = self._db.execute(
            "SELECT v.eli, v.title, v.signed, i.act, i.section, i.number, i.words, i.new_text, i.touches, i.effective, i.commencement_kind, "
            f"i.commencement FROM instructions i JOIN versions v ON v.id = i.version WHERE {where} ORDER BY v.signed, v.eli, i.id",
            values,
        )
        return [
            StoredInstruction(
                row["eli"],
                row["title"],
                day_of(row["signed"]),
                row["act"],
                row["section"],
                row["number"],
                row["words"],
                row["new_text"],
                tuple(_touch(t) for t in json.loads(row["touches"])),
                day_of(row["effective"]),
                row["commencement_kind"],
                row["commencement"],
            )
            for row in rows
        ]

    def amending_acts(self) -> set[str]:
        """The amending acts whose instructions were read."""
        return {row[0] for row in self._db.execute("SELECT DISTINCT v.eli FROM instructions i JOIN versions v ON v.id = i.version")}

    def quotes(self, work: str) -> dict[str, StoredQuote]:
        """By amending act: its commencement as the newest text of a work that quotes it has it."""
        rows = self._db.execute(
            "SELECT q.act_eli, q.title, q.effective, q.words FROM quoted q JOIN versions v ON v.id = q.version "
            "WHERE v.work = ? ORDER BY v.signed, v.eli",
            (work,),
        )
        return {row[0]: StoredQuote(row[0], row[1], day_of(row[2]), row[3]) for row in rows}

    def commencement(self, eli: str) -> tuple[date | None, str]:
        """The day a text of its own takes effect, where its words give one, and these words."""
        row = self._db.execute("SELECT c.since, c.words FROM commencing c JOIN versions v ON v.id = c.version WHERE v.eli = ?", (eli,)).fetchone()
        return (day_of(row[0]), row[1]) if row else (None, "")

    def stamp(self) -> tuple[str, int]:
        """By which method, and up to which revision of the library, all of this was built; ("", -1) before the first time."""
        row = self._db.execute("SELECT value FROM meta WHERE name = 'changes'").fetchone()
        method, _, revision = row[0].rpartition("@") if row else ("", "", "-1")
        return method, int(revision)

    def count(self) -> int:
        """How many changes there are."""
        return int(self._db.execute("SELECT count(*) FROM changes").fetchone()[0])


def _from_body(stored: StoredChange, body: bytes) -> Change:
    kept = json.loads(zlib.decompress(body))
    return Change(
        kind=stored.kind,
        section=stored.section,
        moved_to=stored.moved_to,
        moved_from=stored.moved_from,
        old_heading=kept["old_heading"],
        new_heading=kept["new_heading"],
        old_text=kept["old_text"],
        new_text=kept["new_text"],
        diff=tuple((op, piece) for op, piece in kept["diff"]),
        subsections=tuple(SubsectionChange(*s) for s in kept["subsections"]),
        why=Editorial(kept["why"]) if kept["why"] else None,
    )


def _touch(kept: dict[str, object]) -> Touch:
    def address(value: object) -> Address | None:
        return Address(**{name: value[name] for name in _KIND_FIELDS}) if isinstance(value, dict) else None

    return Touch(
        address=address(kept["address"]) or Address(),
        action=Action(str(kept["action"])),
        through=str(kept["through"]) if kept["through"] else None,
        beside=str(kept["beside"]),
        what=str(kept["what"]),
        becomes=address(kept["becomes"]),
    )
