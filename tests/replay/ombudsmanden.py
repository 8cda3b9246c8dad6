"""The ombudsman's site in rehearsal: the front pages of the Myndighedsguide, and overviews."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from replay.server import Answer, Request

GUIDE = "/find-viden/myndighedsguiden"


@dataclass(slots=True)
class Overview:
    """An overview, all of it invented."""

    path: str
    title: str
    updated: str = "12. marts 2029"
    outline: tuple[str, ...] = ("1. Hvad er en bænk?", "1.1 Bænke af træ", "2. Hvem skriver den ned?")
    log: str = "12. marts 2029: afsnit 2 er ændret efter FOB 2028-31 og FOB 2010 20-2."
    changed: datetime = datetime(2026, 2, 5, 8, 0, tzinfo=UTC)

    def html(self) -> str:
        parts = "".join(f"<h2>{heading}</h2><p>Om dette siger siden meget, og det gentages ikke her.</p>" for heading in self.outline)
        return (
            f"<!DOCTYPE html><html lang='da'><head><title>{self.title}</title></head><body><nav><a href='/'>Ombudsmanden</a></nav><main>"
            f"<h1>{self.title}</h1><p>Senest opdateret {self.updated}</p>"
            f"<p>{'Den, der sætter sig på en bænk, skal skrive det ned, når det har betydning for andre. ' * 6}</p>{parts}"
            f"<h2>Opdateringer</h2><p>{self.log}</p></main><footer><h2>Kontakt</h2></footer></body></html>"
        )


@dataclass(slots=True)
class Ombudsmanden:
    """The site."""

    pages: list[Overview] = field(default_factory=list)

    def __call__(self, request: Request) -> Answer | None:
        if request.path in (f"{GUIDE}/generel-forvaltningsret", f"{GUIDE}/specifikke-sagsomraader"):
            links = "".join(f"<li><a href='{GUIDE}/{p.path}/'>{p.title}</a></li>" for p in self.pages if f"{GUIDE}/{p.path}".startswith(request.path))
            return Answer(f"<html><body><main><h1>Guide</h1><ul>{links}</ul><a href='/om'>Om os</a></main></body></html>".encode())
        page = next((p for p in self.pages if request.path == f"{GUIDE}/{p.path}"), None)
        return Answer(page.html().encode(), changed=page.changed) if page else None
