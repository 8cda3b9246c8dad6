"""A corpus of the rehearsal's own acts with a ``sources.toml``, and the sites that serve them: for harvests through the whole program."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from replay.ankestyrelsen import Ankestyrelsen, decision
from replay.folketinget import Oda, bill
from replay.ombudsmanden import Ombudsmanden, Overview
from replay.retsinformation import Retsinformation
from replay.server import Site
from replay.texts import benches
from small import write_small_corpus

LAWS = """
[proevebaenkeloven]
name = "prøvebænkeloven"
title = "lov om prøvebænke"
eli = "lta/2030/41"
abbreviations = ["PBL"]

[paraplyloven]
name = "paraplyloven"
title = "lov om udlån af paraplyer"
eli = "lta/2030/42"

[nattelampeloven]
name = "nattelampeloven"
title = "lov om nattelamper"
eli = "lta/2030/43"
"""
SOURCES = """
[retsinformation]
every_hours = 24
cross_check_days = 1
[retsinformation.hosts]
"www.retsinformation.dk" = { base = "https://www.retsinformation.dk", seconds = 1 }
"api.retsinformation.dk" = { base = "https://api.retsinformation.dk", seconds = 10, opens = 03:00:00, closes = 23:45:00 }
[ankestyrelsen]
every_hours = 24
[ankestyrelsen.hosts]
"www.ast.dk" = { base = "https://www.ast.dk", seconds = 1 }
[ombudsmanden]
every_hours = 168
[ombudsmanden.hosts]
"www.ombudsmanden.dk" = { base = "https://www.ombudsmanden.dk", seconds = 2 }
[folketinget]
every_hours = 24
[folketinget.hosts]
"oda.ft.dk" = { base = "https://oda.ft.dk", seconds = 1 }
[domsdatabasen]
every_hours = 24
[domsdatabasen.hosts]
"domsdatabasen.dk" = { base = "https://domsdatabasen.dk", seconds = 2 }
"""


def write_rehearsed_corpus(folder: Path) -> Path:
    """A corpus whose registry names the rehearsal's acts."""
    write_small_corpus(folder)
    (folder / "laws.toml").write_text(LAWS, encoding="utf-8")
    for name in ("options", "duties", "practice", "situations", "terms"):
        for card in (folder / name).glob("*.toml"):
            card.unlink()
    (folder / "sources.toml").write_text(SOURCES, encoding="utf-8")
    return folder


@dataclass
class Sites:
    """Every source with a few invented documents, at a time that can be put forward."""

    shift: timedelta = timedelta()
    acts: Retsinformation = field(init=False)
    decisions: Ankestyrelsen = field(init=False)
    bills: Oda = field(init=False)

    def __post_init__(self) -> None:
        self.acts = Retsinformation(benches(self.now() - timedelta(days=30)), now=self.now)
        self.acts.records["lta/2030/41"].belonging = {3: [{"title": "Bekendtgørelse om bænkes farve", "eliPath": "/eli/lta/2030/44"}]}
        labels = ["Prøvebænkeloven", "Bænke", "Gældende", "Kommunal"]
        self.decisions = Ankestyrelsen([decision("1-30", "våde bænke", labels, paragraf="§ 2")])
        self.bills = Oda([bill(79, "Forslag til lov om ændring af lov om prøvebænke", opdateringsdato=f"{self.now():%Y-%m-%dT%H:%M:%S}")])

    def now(self) -> datetime:
        return datetime.now(UTC) + self.shift

    def next_day(self) -> None:
        self.shift += timedelta(days=1)

    def all(self) -> dict[str, Site]:
        guide = Ombudsmanden([Overview("generel-forvaltningsret/2-notatpligt", "Overblik #2: Notatpligt")])
        others: dict[str, Site] = {"www.ast.dk": self.decisions, "www.ombudsmanden.dk": guide, "oda.ft.dk": self.bills}
        return {**self.acts.sites(), **others}
