"""The chain of an act's texts: which builds on which, which amending acts lie between two, and which link is missing.

A consolidated act names in its preamble the text it builds on and the amendments worked in (Justitsministeriets vejledning om lovkvalitet,
11.8). Where a preamble is missing, the historic mark that a text gets when the next one is issued, and the list of later amendments its source
keeps, say the same less surely; which of them was used is told. Validity is never read from dates of submission, and nothing is guessed: where
the texts do not say, the answer is that they do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from vidensplatform.law.model import Amendment, DocumentKind, Version

_TEXTS = frozenset({DocumentKind.ACT, DocumentKind.CONSOLIDATED_ACT, DocumentKind.ORDER})


class Evidence(StrEnum):
    """What ties two neighbouring texts together. The value is what the program shows."""

    PREAMBLE = "indledningen nævner den forrige tekst"
    HISTORIC_MARK = "den forrige blev historisk, da denne blev udstedt"
    ORDER_ONLY = "kun rækkefølgen af datoer"


class Gap(StrEnum):
    """Why a text is thought to be missing. The value is what the program shows."""

    BASE_MISSING = "indledningen bygger på en tekst, som ikke er i biblioteket"
    BASE_OLDER = "indledningen bygger på en tekst, der er ældre end den forrige her"
    REPLACED_BEFORE = "den forrige blev historisk, før denne blev udstedt"


@dataclass(frozen=True, slots=True)
class MissingLink:
    """A place where a text is missing: before ``newer`` and after ``older`` (None: before the first, so that only the chain begins late).

    ``eli`` is the missing text's where it is named, ``on`` the day it was signed or, for REPLACED_BEFORE, the day the older one became historic.
    """

    why: Gap
    newer: str
    older: str | None = None
    eli: str | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Two neighbouring texts.

    ``by`` are the amendments that lie between them; ``complete`` says that the newer text's preamble lists them, otherwise they are those that
    the older one's source lists as made since, without those that the newer one lists too. ``left_out`` are amendments that the newer text says
    it does not contain.
    """

    older: Version
    newer: Version
    evidence: Evidence
    by: tuple[Amendment, ...] = ()
    complete: bool = False
    left_out: tuple[Amendment, ...] = ()


@dataclass(frozen=True, slots=True)
class Chain:
    """The texts of one act in order, the links between neighbours, and what is missing."""

    versions: tuple[Version, ...] = ()
    links: tuple[Link, ...] = ()
    missing: tuple[MissingLink, ...] = ()

    @property
    def newest(self) -> Version | None:
        """The last text, None of an empty chain."""
        return self.versions[-1] if self.versions else None

    def at(self, day: date) -> Version | None:
        """The text that was the newest on a day, by signature. None before the first, and where dates are missing."""
        return next((v for v in reversed(self.versions) if v.signed is not None and v.signed <= day), None)

    def link_to(self, eli: str) -> Link | None:
        """The link whose newer text is that one."""
        return next((link for link in self.links if link.newer.eli == eli), None)


def chain(versions: Iterable[Version]) -> Chain:
    """The chain of these texts of one work, whatever their order; of texts with the same ELI the last given counts.

    Amending acts among them are passed over: they are no text of the act. In: versions, with or without their provisions. Raises nothing.
    """
    texts = {v.eli: v for v in versions if v.kind in _TEXTS}
    ordered = _in_order(list(texts.values()))
    links = tuple(_link(older, newer) for older, newer in pairwise(ordered))
    return Chain(tuple(ordered), links, tuple(_missing(ordered, texts)))


def outstanding(versions: Chain) -> tuple[Amendment, ...]:
    """The amendments that the newest text does not contain, each act and section once: those it says it left out, and those its source lists since.

    What the newest text says it has worked in is not among them, unless only a part of it was (then the preamble says both).
    """
    newest = versions.newest
    if newest is None:
        return ()
    left_out = {(a.act.eli, a.sections): a for a in newest.not_incorporated}
    done = {a.act.eli for a in newest.incorporated}
    later = {(a.act.eli, a.sections): a for a in newest.later_amendments if a.act.eli not in done}
    known = {eli for eli, sections in left_out if eli is not None}
    return (*left_out.values(), *(a for key, a in later.items() if key[0] not in known or (key[1] and key not in left_out)))


def _in_order(versions: list[Version]) -> list[Version]:
    """By signature and number; where a date is missing, all by year and number, which are given out in order."""
    if all(v.signed for v in versions):
        return sorted(versions, key=lambda v: (v.signed or date.min, v.number or 0, v.eli))
    return sorted(versions, key=_number)


def _number(version: Version) -> tuple[int, int, str]:
    numbers = [int(part) for part in version.eli.split("/") if part.isdigit()]
    year = version.signed.year if version.signed else version.year or (numbers[0] if numbers else 0)
    return year, version.number or (numbers[-1] if numbers else 0), version.eli


def _link(older: Version, newer: Version) -> Link:
    if newer.base is not None and newer.base.eli == older.eli:
        evidence = Evidence.PREAMBLE
    elif newer.base is None and older.historic_since is not None and newer.signed is not None and older.historic_since >= newer.signed:
        evidence = Evidence.HISTORIC_MARK
    else:
        evidence = Evidence.ORDER_ONLY
    if newer.incorporated:
        return Link(older, newer, evidence, newer.incorporated, evidence is Evidence.PREAMBLE, newer.not_incorporated)
    since = {a.act.eli for a in (*newer.later_amendments, *newer.not_incorporated)}
    by = tuple(a for a in older.later_amendments if a.act.eli not in since)
    return Link(older, newer, evidence, by, complete=False, left_out=newer.not_incorporated)


def _missing(ordered: Sequence[Version], texts: dict[str, Version]) -> Iterable[MissingLink]:
    for position, newer in enumerate(ordered):
        older = ordered[position - 1] if position else None
        base = newer.base.eli if newer.base else None
        if base is not None and base not in texts:
            yield MissingLink(Gap.BASE_MISSING, newer.eli, older.eli if older else None, base, newer.base.signed if newer.base else None)
        elif base is not None and older is not None and base != older.eli:
            yield MissingLink(Gap.BASE_OLDER, newer.eli, older.eli, base)
        elif base is None and older is not None and older.historic_since and newer.signed and older.historic_since < newer.signed:
            yield MissingLink(Gap.REPLACED_BEFORE, newer.eli, older.eli, on=older.historic_since)
