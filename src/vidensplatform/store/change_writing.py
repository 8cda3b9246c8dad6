"""Writing the tables of changes; :mod:`vidensplatform.changes.building` says what."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime

from vidensplatform.law.diff import Change
from vidensplatform.store.changes import ChangeReading, Dated, NewChange, PairKey, StoredInstruction, StoredQuote
from vidensplatform.store.library import Library
from vidensplatform.store.records import iso


class ChangeWriting(ChangeReading):
    """Writes the tables of changes, each work and each text in a transaction of its own, so that what is killed goes on where it was."""

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        self._library = library

    def put_work(self, work: str, keep: Iterable[PairKey], new: Sequence[tuple[PairKey, str, Sequence[NewChange]]]) -> None:
        """Make these the comparisons of a work: those to keep, and new ones with their method and changes.

        A pair that was compared before, from other bytes or by another method, keeps the time at which it was first found.
        """
        with self._library.transaction():
            found_at = dict(self._db.execute("SELECT older || ' ' || newer, found_at FROM comparisons WHERE work = ?", (work,)).fetchall())
            stay = {(k.older, k.newer) for k in keep}
            for row in self._db.execute("SELECT id, older, newer FROM comparisons WHERE work = ?", (work,)).fetchall():
                if (row["older"], row["newer"]) not in stay:
                    self._db.execute("DELETE FROM comparisons WHERE id = ?", (row["id"],))
            now = datetime.now(UTC).isoformat(timespec="microseconds")
            for pair, method, changes in new:
                self._db.execute("DELETE FROM comparisons WHERE older = ? AND newer = ?", (pair.older, pair.newer))
                cursor = self._db.execute(
                    "INSERT INTO comparisons(work, older, older_sha256, newer, newer_sha256, method, found_at) VALUES (?,?,?,?,?,?,?)",
                    (work, pair.older, pair.older_sha256, pair.newer, pair.newer_sha256, method, found_at.get(f"{pair.older} {pair.newer}", now)),
                )
                self._db.executemany(
                    "INSERT INTO changes(comparison, key, work, section, kind, substantive, day, effective, reason, acts, heading, excerpt, "
                    "moved_to, moved_from, body) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                    [(cursor.lastrowid, *_columns(work, one)) for one in changes],
                )

    def forget_work(self, work: str) -> None:
        """A work has no texts to compare any more."""
        with self._library.transaction():
            self._db.execute("DELETE FROM comparisons WHERE work = ?", (work,))

    def date_anew(self, dated: Iterable[tuple[int, Dated]]) -> None:
        """Say anew when and by what changes were made, by row id."""
        with self._library.transaction():
            self._db.executemany(
                "UPDATE changes SET day = ?, effective = ?, reason = ?, acts = ? WHERE id = ?",
                [(iso(d.day) or "", iso(d.effective), d.reason, d.acts, row) for row, d in dated],
            )

    def unread_texts(self, kinds: Iterable[str]) -> list[tuple[int, str]]:
        """(row id, work) of the versions of these kinds that were not read for their commencement yet."""
        wanted = list(kinds)
        marks = ",".join("?" * len(wanted))
        rows = self._db.execute(
            f"SELECT v.id, v.work FROM versions v LEFT JOIN commencing c ON c.version = v.id WHERE c.version IS NULL AND v.kind IN ({marks}) "
            "ORDER BY v.id",
            wanted,
        )
        return [(row[0], row[1]) for row in rows]

    def forget_texts(self) -> None:
        """All texts are to be read anew."""
        with self._library.transaction():
            self._db.execute("DELETE FROM commencing")

    def put_text(
        self,
        version: int,
        since: date | None,
        words: str,
        instructions: Iterable[StoredInstruction],
        names: Iterable[str],
        quotes: Iterable[StoredQuote],
    ) -> None:
        """What was read of one text; ``names`` are those of the acts that the instructions change, as written."""
        with self._library.transaction():
            if self._db.execute("SELECT 1 FROM versions WHERE id = ?", (version,)).fetchone() is None:
                return  # replaced meanwhile; it is read when its turn comes
            self._db.execute("DELETE FROM commencing WHERE version = ?", (version,))
            self._db.execute("INSERT INTO commencing VALUES (?,?,?)", (version, iso(since), words))
            self._db.executemany(
                "INSERT INTO instructions(version, act, act_name, section, number, words, new_text, touches, effective, commencement_kind, "
                "commencement) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
                [
                    (
                        version,
                        i.act,
                        name,
                        i.section,
                        i.number,
                        i.words,
                        i.new_text,
                        json.dumps([asdict(t) for t in i.touches], ensure_ascii=False),
                        iso(i.effective),
                        i.commencement_kind,
                        i.commencement,
                    )
                    for i, name in zip(instructions, names, strict=True)
                ],
            )
            self._db.executemany("INSERT INTO quoted VALUES (?,?,?,?,?)", [(version, q.eli, q.title, iso(q.effective), q.words) for q in quotes])

    def put_stamp(self, method: str, revision: int) -> None:
        """Everything up to this revision is built."""
        with self._library.transaction():
            self._db.execute("INSERT OR REPLACE INTO meta VALUES ('changes', ?)", (f"{method}@{revision}",))


def _columns(work: str, new: NewChange) -> tuple[object, ...]:
    change, dated = new.change, new.dated
    return (
        new.key,
        work,
        change.section,
        change.kind,
        change.kind.substantive,
        iso(dated.day) or "",
        iso(dated.effective),
        dated.reason,
        dated.acts,
        change.new_heading or change.old_heading,
        new.excerpt,
        json.dumps(change.moved_to),
        json.dumps(change.moved_from),
        _body(change),
    )


def _body(change: Change) -> bytes:
    kept = {
        "old_heading": change.old_heading,
        "new_heading": change.new_heading,
        "old_text": change.old_text,
        "new_text": change.new_text,
        "diff": change.diff,
        "subsections": [(s.old, s.new, s.reworded) for s in change.subsections],
        "why": change.why,
    }
    return zlib.compress(json.dumps(kept, ensure_ascii=False).encode(), 6)
