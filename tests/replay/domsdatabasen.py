"""The courts' database in rehearsal: signing in, keys that run out, pages of cases."""

from __future__ import annotations

import json
from typing import Any

from replay.server import Answer, Request

EMAIL, PASSWORD = "kurator@kommune.invalid", "ikke-en-rigtig-kode"


def case(number: int, **given: Any) -> dict[str, Any]:
    """An invented judgment as the interface gives it, with text that must not be kept."""
    return {
        "id": number,
        "headline": f"Sag om bænk nr. {number}",
        "courtCaseNumber": f"BS-{number}/2029-BÆN",
        "officeName": "Retten i Bænkeborg",
        "verdictStatus": "Endelig",
        "caseSubjects": [{"displayText": "Forvaltningsret"}, "Bænke"],
        "updatedDateTime": "2026-02-01T10:00:00",
        "documents": [
            {
                "ecli": f"ECLI:DK:BAEN:2029:{number}",
                "verdictDateTime": "2029-05-06T00:00:00",
                "revokedDateTime": None,
                "contentHtml": "<p>Hemmelig tekst om Bodil</p>",
                "contentPdf": "JVBERi0=",
            }
        ],
        **given,
    }


class Domsdatabasen:
    """The interface over these cases."""

    def __init__(self, cases: list[dict[str, Any]]) -> None:
        self.cases = cases
        self.key = "nøgle-1".encode("ascii", "ignore").decode()
        self.signed_in = 0

    def __call__(self, request: Request) -> Answer | None:
        if request.path == "/webapi/kapi/v2/autoriser" and request.method == "POST":
            given = json.loads(request.body)
            if (given.get("Email"), given.get("Password")) != (EMAIL, PASSWORD):
                return Answer(b"", status=401)
            self.signed_in += 1
            return _json({"tokenString": self.key})
        if request.path == "/webapi/kapi/v2/sager":
            if request.headers.get("authorization") != f"Bearer {self.key}":
                return Answer(b"", status=401)
            page, size = int(request.first("sideNr") or 1), int(request.first("perSide") or 10)
            return _json(self.cases[(page - 1) * size : page * size])
        return None


def _json(value: Any) -> Answer:
    return Answer(json.dumps(value, ensure_ascii=False).encode(), "application/json; charset=utf-8")
