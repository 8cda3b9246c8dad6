"""Bills in the library: those whose titles name an act, and how far they are."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from vidensplatform.store.writing import Rows


@dataclass(frozen=True, slots=True)
class StoredBill:
    """A bill. ``proposed`` and ``status`` are Folketinget's own, None and "" where it does not say.

    ``under_way``: neither confirmed nor ended. ``text`` leads to its text, ``became`` to the act, ``amends`` are the slugs of the acts that its
    title names.
    """

    eli: str
    number: str
    title: str
    status: str
    under_way: bool
    proposed: date | None
    text: str | None
    became: str | None
    amends: tuple[str, ...]


class BillRows(Rows):
    """The bills of a library. Mixed into :class:`~vidensplatform.store.library.Library`."""

    def bills_touching(self, work: str, *, under_way_only: bool = True) -> list[StoredBill]:
        """The bills whose titles name the act ``work`` (a slug), newest first. Those that Folketinget withdrew are left out."""
        rows = self._db.execute(
            "SELECT v.eli, v.short_name, v.title, v.metadata FROM versions v WHERE v.kind = 'lovforslag' "
            "AND NOT EXISTS (SELECT 1 FROM withdrawn w WHERE w.eli = v.eli) AND EXISTS (SELECT 1 FROM json_each(v.metadata) m "
            "WHERE json_extract(m.value, '$[0]') = 'amends' AND json_extract(m.value, '$[1]') = ?)",
            (work,),
        )
        found = [_bill(*row) for row in rows]
        chosen = [bill for bill in found if bill.under_way or not under_way_only]
        return sorted(chosen, key=lambda bill: (bill.proposed or date.min, bill.eli), reverse=True)


def _bill(eli: str, number: str, title: str, metadata: str) -> StoredBill:
    fields: dict[str, list[str]] = {}
    for name, value in json.loads(metadata):
        fields.setdefault(name, []).append(value)

    def first(name: str) -> str | None:
        return next(iter(fields.get(name, ())), None)

    proposed = first("proposed")
    return StoredBill(
        eli,
        number,
        title,
        first("bill-status") or "",
        first("under-way") == "ja",
        date.fromisoformat(proposed) if proposed else None,
        first("text"),
        first("became"),
        tuple(fields.get("amends", ())),
    )
