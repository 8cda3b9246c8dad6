"""ODA in rehearsal: filters as far as it knows them (an unknown field is ignored in silence), paging, counts, 400 without a body."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from replay.server import Answer, Request

MOST = 100
_CLAUSE = re.compile(r"(\w+) (eq|gt) (?:datetime'([^']+)'|'([^']*)'|(\d+))")


def bill(number: int, title: str, **given: Any) -> dict[str, Any]:
    """A bill as a row of ODA."""
    return {
        "id": 9000 + number,
        "typeid": 3,
        "statusid": 1,
        "titel": title,
        "titelkort": title,
        "nummer": f"L {number}",
        "lovnummer": "",
        "lovnummerdato": None,
        "periodeid": 7,
        "opdateringsdato": "2026-03-01T12:00:00.123",
        "afgørelsesdato": None,
        "resume": "",
        "Periode": {"id": 7, "kode": "20251"},
        "Sagsstatus": {"id": 1, "status": "1. behandlet/Henvist til udvalg"},
        "SagDokument": [],
        **given,
    }


class Oda:
    """ODA over these rows. ``ignored`` are the fields that it pretends not to know."""

    def __init__(self, rows: Iterable[dict[str, Any]]) -> None:
        self.rows = list(rows)
        self.ignored: set[str] = set()
        self.lost = 0
        """How many rows it counts but does not give."""

    def __call__(self, request: Request) -> Answer | None:
        if match := re.fullmatch(r"/api/Sag\((\d+)\)", request.path):
            row = next((row for row in self.rows if row["id"] == int(match[1])), None)
            return _json({"odata.metadata": "https://oda.ft.dk/api/$metadata", **self._expanded(row, request)}) if row else None
        if request.path != "/api/Sag":
            return None
        kept = self.rows
        for clause in (request.first("$filter") or "").split(" and "):
            found = _CLAUSE.fullmatch(clause.strip())
            if clause and found is None:
                return Answer(b"", status=400)
            if found and found[1] not in self.ignored and any(found[1] in row for row in self.rows):
                kept = [row for row in kept if _keeps(row, found)]
        skip, top = int(request.first("$skip") or 0), min(MOST, int(request.first("$top") or MOST))
        page = [self._expanded(row, request) for row in kept[skip : skip + top] if self.lost <= 0 or row is not kept[-1]]
        return _json({"odata.metadata": "…", "odata.count": str(len(kept)), "value": page})

    def _expanded(self, row: dict[str, Any], request: Request) -> dict[str, Any]:
        wanted = (request.first("$expand") or "").split(",")
        expandable = {"Periode", "Sagsstatus", "SagDokument", "Sagstrin"}
        return {k: v for k, v in row.items() if k not in expandable or any(w.partition("/")[0] == k for w in wanted)}


def _keeps(row: dict[str, Any], clause: re.Match[str]) -> bool:
    value = row.get(clause[1])
    if clause[3]:
        if not value:
            return False
        compare: Callable[[datetime, datetime], bool] = (lambda a, b: a == b) if clause[2] == "eq" else (lambda a, b: a > b)
        return compare(datetime.fromisoformat(value), datetime.fromisoformat(clause[3]))
    return str(value) == (clause[4] if clause[4] is not None else clause[5])


def _json(value: Any) -> Answer:
    return Answer(json.dumps(value, ensure_ascii=False).encode(), "application/json; charset=utf-8")
