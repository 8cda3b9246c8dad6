"""Everything that is read from the library. No method here writes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property

from vidensplatform.law.model import ActNumber, Address, Amendment, DocumentKind, NodeKind, Part, Status
from vidensplatform.store.records import (
    Counts,
    FailedDocument,
    ProvisionText,
    StoredProvision,
    StoredReference,
    StoredVersion,
    Unit,
    joined,
)

_VERSION = "v.id, v.eli, v.work, v.kind, v.title, v.popular_title, v.short_name, v.signed, v.status, v.historic_since, v.current, v.revision"
_NODE = "version, ord, last, unit, kind, part, section, subsection, number, letter, marker, heading, text, sha256"
_LEVELS = ("section", "subsection", "number", "letter")


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _version(row: sqlite3.Row) -> StoredVersion:
    return StoredVersion(
        row["id"],
        row["eli"],
        row["work"],
        DocumentKind(row["kind"]),
        row["title"],
        row["popular_title"],
        row["short_name"],
        _date(row["signed"]),
        Status(row["status"]),
        _date(row["historic_since"]),
        bool(row["current"]),
        row["revision"],
    )


def _node(row: sqlite3.Row) -> StoredProvision:
    return StoredProvision(
        row["version"],
        row["ord"],
        row["last"],
        row["unit"],
        NodeKind(row["kind"]),
        Part(row["part"]),
        Address(row["section"], row["subsection"], row["number"], row["letter"]),
        row["marker"],
        row["heading"],
        row["text"],
        row["sha256"],
    )


def amendments_from_json(stored: str) -> tuple[Amendment, ...]:
    """The amendments kept in a column, as values."""
    return tuple(
        Amendment(ActNumber(row["kind"], row["number"], _date(row["signed"]), row["year"]), tuple(row["sections"]), row["title"], row["words"])
        for row in json.loads(stored)
    )


def _place(section: str) -> tuple[int, str]:
    """How sections are ordered: "82" < "82a" < "83"."""
    digits = "".join(ch for ch in section if ch.isdigit())
    return int(digits or 0), section.removeprefix(digits)


def _within(section: str, first: str | None, last: str | None) -> bool:
    return bool(first and last) and _place(first or "") <= _place(section) <= _place(last or "")


class Reader:
    """Reads one library through one connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection, for the store's other readers."""
        return self._db

    @cached_property
    def has_changes(self) -> bool:
        """Whether the file has the tables of changes: one that is only read may be of an older program."""
        return self._db.execute("SELECT 1 FROM sqlite_master WHERE name = 'commencing'").fetchone() is not None

    @property
    def _in_force(self) -> tuple[str, str]:
        """(FROM, the day from which a version counts): its own commencement where that was read and comes after its signature."""
        if not self.has_changes:
            return "versions v", "v.signed"
        return "versions v LEFT JOIN commencing c ON c.version = v.id", "coalesce(max(c.since, v.signed), v.signed)"

    @property
    def revision(self) -> int:
        """Counts the documents stored or changed; what is derived compares its own with it."""
        return int(self._db.execute("SELECT value FROM meta WHERE name = 'revision'").fetchone()[0])

    @property
    def identity(self) -> str:
        """Tells this library from any other, also from one made anew in the same place."""
        return str(self._db.execute("SELECT value FROM meta WHERE name = 'id'").fetchone()[0])

    def counts(self) -> Counts:
        """How much the library holds."""
        one = self._db.execute(
            "SELECT (SELECT count(*) FROM works), (SELECT count(*) FROM versions), (SELECT count(*) FROM provisions WHERE unit = ord), "
            "(SELECT count(*) FROM refs), (SELECT count(*) FROM refs WHERE target_work IS NOT NULL), (SELECT count(*) FROM failures)"
        ).fetchone()
        return Counts(*one)

    def failures(self) -> list[FailedDocument]:
        """Documents that could not be read, by name."""
        rows = self._db.execute("SELECT origin, reason, seen_at FROM failures ORDER BY origin")
        return [FailedDocument(*row) for row in rows]

    def kinds(self) -> dict[str, tuple[int, str]]:
        """Per kind of document: how many current texts, and the newest date of signature among them ("" where none is known)."""
        rows = self._db.execute("SELECT kind, count(*), coalesce(max(signed), '') FROM versions WHERE current GROUP BY kind")
        return {row[0]: (row[1], row[2]) for row in rows}

    def version(self, eli: str) -> StoredVersion | None:
        """The version with that ELI (``lta/2025/1129``), or None."""
        row = self._db.execute(f"SELECT {_VERSION} FROM versions v WHERE eli = ?", (eli,)).fetchone()
        return _version(row) if row else None

    def version_by_id(self, version_id: int) -> StoredVersion:
        """The version with that row id. Raises KeyError where there is none."""
        row = self._db.execute(f"SELECT {_VERSION} FROM versions v WHERE id = ?", (version_id,)).fetchone()
        if row is None:
            raise KeyError(version_id)
        return _version(row)

    def versions(self, work: str) -> list[StoredVersion]:
        """All versions of a work, newest first."""
        rows = self._db.execute(f"SELECT {_VERSION} FROM versions v WHERE work = ? ORDER BY signed DESC, number DESC", (work,))
        return [_version(row) for row in rows]

    def current(self, work: str, as_of: date | None = None) -> StoredVersion | None:
        """The text of a work that is shown, or the one that was the newest on ``as_of``. None where the library has none.

        A text counts from its own commencement where its words give one, else from its signature, until its source marks it as historic or the
        next one counts. Where the newest text of that day was historic by then, nothing is known to have applied, and the answer is None. What
        that leaves open is told by :mod:`vidensplatform.changes.known`.
        """
        if as_of is None:
            row = self._db.execute(f"SELECT {_VERSION} FROM versions v WHERE work = ? AND current", (work,)).fetchone()
        else:
            source, since = self._in_force
            row = self._db.execute(
                f"SELECT {_VERSION} FROM {source} WHERE v.work = ? AND {since} <= ? ORDER BY v.signed DESC, v.number DESC LIMIT 1",
                (work, as_of.isoformat()),
            ).fetchone()
            if row and row["historic_since"] and row["historic_since"] <= as_of.isoformat():
                return None
        return _version(row) if row else None

    def current_versions(self, as_of: date | None = None) -> dict[int, StoredVersion]:
        """The shown version of every work, by version id."""
        if as_of is None:
            rows = self._db.execute(f"SELECT {_VERSION} FROM versions v WHERE current")
        else:
            source, since = self._in_force
            rows = self._db.execute(
                f"SELECT {_VERSION} FROM (SELECT v.*, row_number() OVER (PARTITION BY v.work ORDER BY v.signed DESC, v.number DESC) AS nth "
                f"FROM {source} WHERE {since} <= ?) v WHERE nth = 1 AND (historic_since IS NULL OR historic_since > ?)",
                (as_of.isoformat(), as_of.isoformat()),
            )
        return {version.id: version for version in map(_version, rows)}

    def no_longer_standing(self, kinds: Iterable[DocumentKind]) -> list[StoredVersion]:
        """The documents of these kinds that do not stand as they did: marked as historic or withdrawn by their source, or published again."""
        wanted = sorted(kinds)
        marks = ",".join("?" * len(wanted))
        rows = self._db.execute(
            f"SELECT {_VERSION} FROM versions v WHERE v.kind IN ({marks}) AND ((v.current AND v.status = ?) "
            "OR EXISTS (SELECT 1 FROM reissues r WHERE r.old = v.eli) OR EXISTS (SELECT 1 FROM withdrawn w WHERE w.eli = v.eli)) ORDER BY v.eli",
            (*wanted, Status.HISTORIC),
        )
        return [_version(row) for row in rows]

    def amendments(self, eli: str, which: str) -> tuple[Amendment, ...]:
        """``which`` is ``incorporated``, ``not_incorporated`` or ``later_amendments`` of the version with that ELI."""
        if which not in ("incorporated", "not_incorporated", "later_amendments"):
            raise ValueError(which)
        row = self._db.execute(f"SELECT {which} FROM versions WHERE eli = ?", (eli,)).fetchone()
        return amendments_from_json(row[0]) if row else ()

    def works_by_eli(self) -> dict[str, str]:
        """Work id by ELI of each version."""
        return dict(self._db.execute("SELECT eli, work FROM versions"))

    def work_titles(self) -> dict[str, str]:
        """Title by work id, of all works."""
        return dict(self._db.execute("SELECT id, title FROM works"))

    def sections(self, work: str) -> list[str]:
        """The sections of a work's shown text, in order."""
        rows = self._db.execute(
            "SELECT section FROM provisions p JOIN versions v ON v.id = p.version WHERE v.work = ? AND v.current AND p.part = 'tekst' "
            "AND p.kind = 'paragraf' ORDER BY p.ord",
            (work,),
        )
        return [row[0] for row in rows]

    def provision(self, work: str, address: Address, as_of: date | None = None) -> ProvisionText | None:
        """A provision of a work's shown text (or that of ``as_of``), with the headings above it. None where it does not exist."""
        version = self.current(work, as_of)
        return self.provision_of(version, address) if version else None

    def provision_of(self, version: StoredVersion, address: Address) -> ProvisionText | None:
        """A provision of one version, or None where that version has none at this address."""
        wanted = (address.section, address.subsection, address.number, address.letter)
        where = " AND ".join(f"{level} IS ?" for level in _LEVELS)
        row = self._db.execute(
            f"SELECT ord, last FROM provisions WHERE version = ? AND part = 'tekst' AND {where} ORDER BY ord LIMIT 1", (version.id, *wanted)
        ).fetchone()
        return self._extent(version, row["ord"], row["last"]) if row else None

    def unit(self, key: int) -> ProvisionText | None:
        """The unit that search found, by its row id."""
        row = self._db.execute("SELECT version, ord, last FROM provisions WHERE id = ?", (key,)).fetchone()
        return self._extent(self.version_by_id(row["version"]), row["ord"], row["last"]) if row else None

    def section_unit(self, version: int, section: str) -> tuple[int, StoredProvision] | None:
        """The row id and the first node of a section of that version's text; None where it has no such section."""
        row = self._db.execute(
            f"SELECT id, {_NODE} FROM provisions WHERE version = ? AND part = 'tekst' AND kind = 'paragraf' AND section = ? AND unit = ord",
            (version, section),
        ).fetchone()
        return (row["id"], _node(row)) if row else None

    def unit_places(self, keys: Iterable[int]) -> dict[int, StoredProvision]:
        """The first node of each of these units, by row id."""
        wanted = list(keys)
        found: dict[int, StoredProvision] = {}
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            marks = ",".join("?" * len(part))
            for row in self._db.execute(f"SELECT id, {_NODE} FROM provisions WHERE id IN ({marks})", part):
                found[row["id"]] = _node(row)
        return found

    def whole(self, version: StoredVersion) -> ProvisionText | None:
        """All of a version's text; None where it has none at all."""
        last = self._db.execute("SELECT max(ord) FROM provisions WHERE version = ?", (version.id,)).fetchone()[0]
        return self._extent(version, 0, last) if last is not None else None

    def _extent(self, version: StoredVersion, first: int, last: int) -> ProvisionText:
        above = self._db.execute(
            f"SELECT {_NODE} FROM provisions WHERE version = ? AND ord < ? AND last >= ? ORDER BY ord", (version.id, first, last)
        )
        inside = self._db.execute(f"SELECT {_NODE} FROM provisions WHERE version = ? AND ord BETWEEN ? AND ? ORDER BY ord", (version.id, first, last))
        return ProvisionText(version, tuple(map(_node, above)), tuple(map(_node, inside)))

    def text_sha256(self, work: str, address: Address) -> tuple[str, str] | None:
        """(ELI, hash of the text) of a provision in the work's shown text, or None where the library does not hold it."""
        where = " AND ".join(f"p.{level} IS ?" for level in _LEVELS)
        row = self._db.execute(
            f"SELECT v.eli, p.sha256 FROM versions v JOIN provisions p ON p.version = v.id WHERE v.work = ? AND v.current "
            f"AND p.part = 'tekst' AND {where} AND p.sha256 IS NOT NULL ORDER BY p.ord LIMIT 1",
            (work, address.section, address.subsection, address.number, address.letter),
        ).fetchone()
        return (row[0], row[1]) if row else None

    def outline(self, version: StoredVersion) -> list[StoredProvision]:
        """The nodes with headings and the sections of a version, in order, for a table of contents."""
        rows = self._db.execute(
            f"SELECT {_NODE} FROM provisions WHERE version = ? AND kind IN ('bog','afsnit','kapitel','paragrafgruppe','paragraf','bilag') "
            "AND part IN ('tekst','bilag') ORDER BY ord",
            (version.id,),
        )
        return [_node(row) for row in rows]

    def references_from(self, version: StoredVersion, first: int, last: int) -> list[StoredReference]:
        """What the provisions ``first..last`` of a version refer to, in reading order."""
        return self._references("r.version = ? AND r.ord BETWEEN ? AND ?", (version.id, first, last), "r.ord, r.id")

    def references_to(self, work: str, section: str, *, all_versions: bool = False) -> list[StoredReference]:
        """Where a section is referred to: in the texts that are shown, or in all."""
        shown = "" if all_versions else " AND s.current"
        ranges = "r.through IS NOT NULL AND r.subsection IS NULL AND r.number IS NULL AND r.letter IS NULL AND r.chapter IS NULL"
        found = self._references(f"r.target_work = ? AND (r.section = ? OR {ranges}){shown}", (work, section), "s.work, r.ord, r.id")
        return [r for r in found if r.target.section == section or _within(section, r.target.section, r.through)]

    def references_to_document(self, work: str) -> list[StoredReference]:
        """Where a document as a whole is referred to, in the texts that are shown."""
        return self._references("r.target_work = ? AND r.section IS NULL AND s.work != ? AND s.current", (work, work), "s.work, r.ord, r.id")

    def _references(self, where: str, values: tuple[object, ...], order: str) -> list[StoredReference]:
        rows = self._db.execute(
            f"""SELECT s.eli, s.work, p.section AS s1, p.subsection AS s2, p.number AS s3, p.letter AS s4, p.part AS s_part,
                p.marker, s.short_name, s.title,
                r.words, r.kind, r.target_work, r.section, r.subsection, r.number, r.letter, r.through, r.act_eli, r.practice, r.law_words,
                EXISTS (SELECT 1 FROM versions t JOIN provisions q ON q.version = t.id
                        WHERE t.work = r.target_work AND t.current AND q.part = 'tekst' AND q.section = r.section) AS found
                FROM refs r JOIN versions s ON s.id = r.version JOIN provisions p ON p.version = r.version AND p.ord = r.ord
                WHERE {where} ORDER BY {order}""",
            values,
        )
        return [
            StoredReference(
                row["eli"],
                row["work"],
                Address(row["s1"], row["s2"], row["s3"], row["s4"]),
                joined(
                    (
                        row["short_name"] or row["title"],
                        "" if row["s_part"] in (Part.BODY, Part.TITLE) else row["s_part"],
                        "" if row["s1"] else row["marker"],
                    )
                ),
                row["words"],
                row["kind"],
                row["target_work"],
                Address(row["section"], row["subsection"], row["number"], row["letter"]),
                row["through"],
                row["act_eli"],
                row["practice"],
                row["law_words"],
                bool(row["found"]),
            )
            for row in rows
        ]

    def units(self, *, after_revision: int = -1) -> Iterator[Unit]:
        """Every unit of the versions changed after a revision, with the headings above it and all its words, version by version."""
        versions = self._db.execute(
            "SELECT v.id, v.work, v.kind, v.current, v.title, v.popular_title FROM versions v WHERE v.revision > ? ORDER BY v.id",
            (after_revision,),
        ).fetchall()
        for version in versions:
            yield from self._units_of(version)

    def _units_of(self, version: sqlite3.Row) -> Iterator[Unit]:
        title = joined((version["title"], version["popular_title"]))
        kind, work, shown = DocumentKind(version["kind"]), version["work"], bool(version["current"])
        above: list[tuple[int, str]] = []
        units: dict[int, tuple[int, Part, str, list[str]]] = {}
        rows = self._db.execute(
            "SELECT id, ord, last, unit, part, marker, heading, text FROM provisions WHERE version = ? ORDER BY ord", (version["id"],)
        )
        for row_id, ordinal, last, unit, part, marker, heading, text in rows:
            while above and above[-1][0] < ordinal:
                above.pop()
            if unit is None:
                above.append((last, joined((marker, heading))))
            elif unit == ordinal:
                units[ordinal] = (row_id, Part(part), joined([*(line for _, line in above), heading]), [joined((marker, text))])
                above.append((last, joined((marker, heading))))
            else:
                units[unit][3].append(joined((marker, heading, text)))
        for row_id, part_of_text, heads, lines in units.values():
            yield Unit(row_id, version["id"], work, kind, part_of_text, shown, title, heads, "\n".join(lines))

    def changed_versions(self, after_revision: int) -> list[int]:
        """Row ids of the versions stored, changed, moved in rank or erased after a revision."""
        changed = "SELECT id FROM versions WHERE revision > ? UNION SELECT version FROM erased WHERE revision > ?"
        return [row[0] for row in self._db.execute(changed, (after_revision, after_revision))]
