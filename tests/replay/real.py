"""The real files beside the project as sites: the acts as Retsinformation would serve them, the decisions as pages of Ankestyrelsen."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from indexers.ankestyrelsen_page import REISSUE, read_record
from replay.ankestyrelsen import SITE, Ankestyrelsen, Box, DecisionPage
from replay.domsdatabasen import Domsdatabasen, case
from replay.folketinget import Oda, bill
from replay.ombudsmanden import Ombudsmanden, Overview
from replay.retsinformation import Record, Retsinformation
from replay.server import Site

AS_OF = datetime(2026, 3, 10, 11, 0, tzinfo=UTC)


def real_sites(data: Path, now: datetime = AS_OF) -> dict[str, Site]:
    """The sites over ``data`` (``../shared/data``); of the sources that no real file is of, small ones with invented documents.

    Dates are made from ``now`` and the order of the files, so that they are the same each time.
    """
    return {
        **retsinformation(data / "current", now).sites(),
        "www.ast.dk": ankestyrelsen(data / "ast-principmeddelelser", now),
        "www.ombudsmanden.dk": Ombudsmanden(
            [
                Overview("generel-forvaltningsret/2-notatpligt", "Overblik #2: Notatpligt"),
                Overview("specifikke-sagsomraader/9-baenke", "Overblik #9: Bænke"),
            ]
        ),
        "oda.ft.dk": Oda([bill(79, "Forslag til lov om ændring af lov om social service. (Opdigtet).", opdateringsdato=f"{now:%Y-%m-%d}T08:00:00")]),
        "domsdatabasen.dk": Domsdatabasen([case(1), case(2)]),
    }


def retsinformation(folder: Path, now: datetime = AS_OF) -> Retsinformation:
    """The acts and orders of a folder ``lta/YEAR/NUMBER.xml``, as if they were entered a month before ``now``."""
    records = []
    for number, path in enumerate(sorted(folder.rglob("*.xml"))):
        made = Record(path.relative_to(folder).with_suffix("").as_posix(), path.read_bytes(), now - timedelta(days=30, minutes=number))
        made.title = made.field("DocumentTitle")
        records.append(made)
    return Retsinformation(records, now=lambda: now)


def ankestyrelsen(folder: Path, now: datetime = AS_OF) -> Ankestyrelsen:
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
