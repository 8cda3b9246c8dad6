"""Decisions and statements in the library: which of several is the current one, what they are about, and what cites them.

Ankestyrelsen publishes a decision again under a new number, with almost the same text ("tidligere offentliggjort som 20-25"). Each of the two pages
may tell of it, so the ties are kept with who told them and follow the text when it is read again. The old one leads to the new one; it is shown
only when asked for by its own number or among historic texts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Final

from vidensplatform.law.model import Version
from vidensplatform.store.writing import Rows

_REISSUED: Final = "reissued-as"
_FORMERLY: Final = "formerly"
_DECISION = re.compile(r"pm-((?:[a-zæøå]{1,2}-)?\d{1,3}-\d{2})")
_STATEMENT = re.compile(r"fob-(\d{4})-(.+)")


def eli_of_practice(practice: str) -> str | None:
    """The ELI that a citation's id leads to: ``ast/1-26`` of ``pm-1-26``, ``fob/2018/31`` of ``fob-2018-31``; None for judgments in journals."""
    if found := _DECISION.fullmatch(practice):
        return f"ast/{found[1].upper()}"
    found = _STATEMENT.fullmatch(practice)
    return f"fob/{found[1]}/{found[2]}" if found else None


def practice_of_eli(eli: str) -> str | None:
    """The other way: ``pm-1-26`` of ``ast/1-26``; None for other documents."""
    collection, _, rest = eli.partition("/")
    if collection == "ast":
        return f"pm-{rest.lower()}"
    return f"fob-{rest.replace('/', '-')}" if collection == "fob" else None


class PracticeRows(Rows):
    """What a library knows of decisions. Mixed into :class:`~vidensplatform.store.library.Library`."""

    def metadata(self, eli: str) -> tuple[tuple[str, str], ...]:
        """The further fields of the version with that ELI, in the order of the source."""
        row = self._db.execute("SELECT metadata FROM versions WHERE eli = ?", (eli,)).fetchone()
        return tuple((name, value) for name, value in json.loads(row[0])) if row else ()

    def reissued_as(self, eli: str) -> str | None:
        """The decision that this one is published as today, over all re-issues; None where it was not published again.

        A circle (two pages that each call the other the newer) leads nowhere: None.
        """
        later = "SELECT new FROM reissues WHERE old = ? ORDER BY told_by = old DESC, new LIMIT 1"
        seen, at = {eli}, eli
        while (row := self._db.execute(later, (at,)).fetchone()) is not None:
            at = str(row["new"])
            if at in seen:
                return None
            seen.add(at)
        return at if at != eli else None

    def formerly(self, eli: str) -> tuple[str, ...]:
        """The decisions that this one was published as before, over all re-issues."""
        found: list[str] = []
        waiting = [eli]
        while waiting:
            for row in self._db.execute("SELECT DISTINCT old FROM reissues WHERE new = ? ORDER BY old", (waiting.pop(),)):
                if row["old"] not in found and row["old"] != eli:
                    found.append(row["old"])
                    waiting.append(row["old"])
        return tuple(found)

    def _write_reissues(self, version: Version, revision: int) -> None:
        """What this text tells of re-issues, in place of what it told before; and the order among the works that it, or its coming, changes."""
        before = self._ties(version.eli)
        self._db.execute("DELETE FROM reissues WHERE told_by = ?", (version.eli,))
        self._db.executemany(
            "INSERT OR IGNORE INTO reissues(old, new, told_by) VALUES (?,?,?)", [(old, new, version.eli) for old, new in reissues_in(version)]
        )
        touched = {eli for tie in (*before, *self._ties(version.eli)) for eli in tie}
        touched.update(row["old"] for row in self._db.execute("SELECT old FROM reissues WHERE new = ?", (version.eli,)))
        for (work,) in self._works_of(touched):
            self._rank(work, revision)

    def _ties(self, teller: str) -> list[tuple[str, str]]:
        return [(row["old"], row["new"]) for row in self._db.execute("SELECT old, new FROM reissues WHERE told_by = ?", (teller,))]

    def _works_of(self, elis: Iterable[str]) -> list[tuple[str]]:
        return [(row["work"],) for eli in sorted(elis) for row in self._db.execute("SELECT work FROM versions WHERE eli = ?", (eli,))]


def reissues_in(version: Version) -> list[tuple[str, str]]:
    """(old, new) for each re-issue that the metadata of a decision tells of, from either side."""
    found: list[tuple[str, str]] = []
    for name, value in version.metadata:
        if name == _REISSUED:
            found.append((version.eli, f"ast/{value}"))
        elif name == _FORMERLY:
            found.append((f"ast/{value}", version.eli))
    return found
