"""The real files beside the project as sites: the acts as Retsinformation would serve them, the decisions as pages of Ankestyrelsen."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from indexers.ankestyrelsen_page import REISSUE, read_record
from replay.ankestyrelsen import SITE, Ankestyrelsen, Box, DecisionPage, decision
from replay.domsdatabasen import Domsdatabasen, case
from replay.folketinget import Oda, bill
from replay.ombudsmanden import Ombudsmanden, Overview
from replay.retsinformation import Record, Retsinformation
from replay.server import Site
from replay.texts import benches

AS_OF = datetime(2026, 3, 10, 11, 0, tzinfo=UTC)


def as_of() -> datetime:
    """A time that stands still, so that what is made from it is the same each time."""
    return AS_OF


def real_sites(acts: Path, now: Callable[[], datetime] = as_of) -> dict[str, Site]:
    """The sites over a folder of acts (``../shared/data/current``) and the decisions beside it; of the other sources small ones with invented
    documents.

    The documents' dates are made from the time at the start and the order of the files.
    """
    decisions = acts.parent / "ast-principmeddelelser"
    others = invented_sites(
        now, bill(79, "Forslag til lov om ændring af lov om social service. (Opdigtet).", opdateringsdato=f"{now():%Y-%m-%d}T08:00:00")
    )
    return {
        **others,
        **retsinformation(acts, now).sites(),
        **({"www.ast.dk": ankestyrelsen(decisions)} if decisions.is_dir() else {}),
    }


def invented_sites(now: Callable[[], datetime] = as_of, *bills: dict[str, Any]) -> dict[str, Site]:
    """Every source with a few documents of our own."""
    acts = Retsinformation(benches(now() - timedelta(days=30)), now=now)
    acts.records["lta/2030/41"].belonging = {3: [{"title": "Bekendtgørelse om bænkes farve", "eliPath": "/eli/lta/2030/44"}]}
    return {
        **acts.sites(),
        "www.ast.dk": Ankestyrelsen([decision("1-30", "våde bænke", ["Prøvebænkeloven", "Bænke", "Gældende", "Kommunal"], paragraf="§ 2")]),
        "www.ombudsmanden.dk": Ombudsmanden(
            [
                Overview("generel-forvaltningsret/2-notatpligt", "Overblik #2: Notatpligt"),
                Overview("specifikke-sagsomraader/9-baenke", "Overblik #9: Bænke"),
            ]
        ),
        "oda.ft.dk": Oda(bills or [bill(79, "Forslag til lov om ændring af lov om prøvebænke.", opdateringsdato=f"{now():%Y-%m-%d}T08:00:00")]),
        "domsdatabasen.dk": Domsdatabasen([case(1), case(2)]),
    }


def retsinformation(folder: Path, now: Callable[[], datetime] = as_of) -> Retsinformation:
    """The acts and orders of a folder ``lta/YEAR/NUMBER.xml``, as if they were entered a month ago."""
    entered = now() - timedelta(days=30)
    records = []
    for number, path in enumerate(sorted(folder.rglob("*.xml"))):
        made = Record(path.relative_to(folder).with_suffix("").as_posix(), path.read_bytes(), entered - timedelta(minutes=number))
        made.title = made.field("DocumentTitle")
        records.append(made)
    # Which orders the site ties to which act is not known of these files; in the rehearsal all of them hang on one act.
    act = next((r for r in records if r.eli == "lta/2025/1129"), None)
    if act is not None:
        orders = [r for r in records if r.field("DocumentType").startswith("BEK")]
        act.belonging = {3: [{"title": r.title, "eliPath": f"/eli/{r.eli}"} for r in orders]}
    return Retsinformation(records, now=now)


def ankestyrelsen(folder: Path) -> Ankestyrelsen:
    """The ten real decisions as pages, made from their records."""
    pages = []
    for number, path in enumerate(sorted(folder.glob("*.json"))):
        record = json.loads(path.read_bytes())
        sheet = read_record(path.read_bytes(), path.name)
        boxes: list[Box] = []
        for part in sheet.parts:
            heading = part.heading or ("" if part.name == REISSUE else part.name)
            boxes.append((heading, [(section.heading, section.paragraphs) for section in part.sections]))
        page = DecisionPage(
            record["decision_number"], "", boxes, list(sheet.labels), sheet.metadata, changed=AS_OF - timedelta(days=9, minutes=number)
        )
        page.given = (sheet.title, record["url"].removeprefix(SITE))
        pages.append(page)
    return Ankestyrelsen(pages)
