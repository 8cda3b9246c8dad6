"""Versions of invented acts, as values, for tests of what changes over time."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

from vidensplatform.law.model import ActNumber, Address, Amendment, DocumentKind, NodeKind, Part, Provision, Status, Version, Work
from vidensplatform.store.library import Library
from vidensplatform.store.records import Origin, Outcome
from vidensplatform.store.units import rows

MOVED = '[[moved]]\nold = "baenkeloven/4"\nnew = ["parasolloven/9"]\non = 2033-01-01\nnote = "Skyggen er flyttet"\n'

LOAN = "Byrådet stiller en bænk til rådighed for den, der står uden husly."
FREE = "Bænken er gratis og lånes ud for en nat ad gangen."
CARE = "Den, der låner en bænk, passer godt på bænken og maler den hvert år."
SHADE = "Byrådet sørger for skygge ved bænkene, når solen brænder på torvet."


def section(number: str, *subsections: str) -> Provision:
    """A section with its subsections."""
    parts = tuple(
        Provision(NodeKind.SUBSECTION, address=Address(number, str(n)), marker=f"Stk. {n}." if n > 1 else "", text=text)
        for n, text in enumerate(subsections, 1)
    )
    return Provision(NodeKind.SECTION, address=Address(number), marker=f"§ {number}.", children=parts)


def text(year: int, number: int, sections: dict[str, tuple[str, ...]], **more: object) -> Version:
    """A consolidated act signed on 3 February of its year."""
    given: dict[str, object] = {
        "kind": DocumentKind.CONSOLIDATED_ACT,
        "title": "Bekendtgørelse af lov om prøvebænke",
        "popular_title": "Bænkeloven",
        "short_name": f"LBK nr {number} af 03/02/{year}",
        "signed": date(year, 2, 3),
        "status": Status.VALID,
        **more,
    }
    provisions = tuple(section(name, *parts) for name, parts in sections.items())
    return Version(eli=f"lta/{year}/{number}", number=number, year=year, provisions=provisions, **given)  # type: ignore[arg-type]


def amending(year: int, number: int, words: dict[str, str], commencement: str, *, act: str = "I lov om prøvebænke") -> Version:
    """An amending act with one section of numbered instructions and one on commencement, signed on 1 June."""
    instructions = tuple(
        Provision(NodeKind.AMENDMENT, Part.AMENDMENT, Address("1", number=n), f"{n}.", text=instruction) for n, instruction in words.items()
    )
    first = Provision(
        NodeKind.AMENDING_SECTION, Part.AMENDMENT, Address("1"), "§ 1", text=f"{act} foretages følgende ændringer:", children=instructions
    )
    second = Provision(NodeKind.SECTION, Part.COMMENCEMENT, Address("2"), "§ 2", text=commencement)
    return Version(
        eli=f"lta/{year}/{number}",
        kind=DocumentKind.AMENDING_ACT,
        title="Lov om ændring af lov om prøvebænke (Flere bænke)",
        number=number,
        year=year,
        signed=date(year, 6, 1),
        provisions=(first, second),
    )


def amended_by(year: int, number: int, **more: object) -> Amendment:
    """An amending act as a consolidated act names it."""
    return Amendment(ActNumber("lov", number, date(year, 6, 1)), **more)  # type: ignore[arg-type]


def put(library: Library, version: Version, work: str = "baenkeloven", *, rendering: str = "") -> Outcome:
    """Store a version; another ``rendering`` of the same has other bytes."""
    raw = f"{version!r}{rendering}".encode()
    origin = Origin(f"{version.eli}.xml", raw, hashlib.sha256(raw).hexdigest())
    name = work if version.kind is not DocumentKind.AMENDING_ACT else version.eli.replace("/", "-")
    return library.put(version, Work(name, version.kind, version.title), rows(version.provisions), (), origin, registered=True)


FIRST = text(2031, 7, {"1": (LOAN, FREE), "2": (CARE,), "4": (SHADE,)}, status=Status.HISTORIC, historic_since=date(2032, 2, 3))
SECOND = text(
    2032, 9, {"1": (LOAN, FREE.replace("en nat", "to nætter")), "2": (CARE,), "4": (SHADE,)}, base=ActNumber("lovbekendtgørelse", 7, date(2031, 2, 3))
)
SECOND = replace(SECOND, status=Status.HISTORIC, historic_since=date(2033, 2, 3), incorporated=(amended_by(2031, 50),))
THIRD = text(2033, 11, {"1": (LOAN, FREE.replace("en nat", "to nætter")), "2a": (CARE,)}, base=ActNumber("lovbekendtgørelse", 9, date(2032, 2, 3)))
CHAIN = (FIRST, SECOND, THIRD)
ACT = amending(2031, 50, {"1": "I § 1, stk. 2, ændres »en nat« til: »to nætter«."}, "Loven træder i kraft den 1. juli 2031.")
