"""The site's own JSON: which later acts amend a document, and which documents belong to it.

Undocumented; it may change or go without notice (the page on sources, section 1.4). So nothing here fails a document: where the answer is missing
or not understood, the result is None, and the document is stored without it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from typing import Any

from indexers.fetch_errors import Missing, NotStored, Refused, Rejected, WrongContent
from indexers.fetched import Fetch, Fetched
from indexers.retsinformation.elis import SITE, eli_of_url
from indexers.retsinformation.lexdania_markers import section_of
from indexers.retsinformation.lexdania_words import tidy
from vidensplatform.law.model import ActNumber, Amendment, Version

LATER_AMENDMENTS = "senere ændringer til forskriften"

_SHORT_NAME = re.compile(r"\b(LOV|BEK)\s+nr\.?\s*(\d+)\s+af\s+(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.IGNORECASE)
_KINDS = {"LOV": "lov", "BEK": "bekendtgørelse"}
_ELI_FIELDS = ("eliPath", "retsinfoLink", "eliUrl", "href", "url", "link")


class Belonging(IntEnum):
    """What kind of documents ``documentLinks`` lists."""

    ISSUED_UNDER = 3
    OMBUDSMAN = 5
    DECISIONS = 6


@dataclass(frozen=True, slots=True)
class Link:
    """A document that the site ties to another: its title, its ELI, and the sections of it that are meant."""

    title: str
    eli: str | None
    sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Links under one heading of the site ("Senere ændringer til forskriften")."""

    header: str
    links: tuple[Link, ...]


def document_number(version: Version) -> str | None:
    """The number that the site's JSON knows a document by (``UniqueDocumentId``), or None."""
    number = dict(version.metadata).get("UniqueDocumentId", "")
    return number if re.fullmatch(r"\d{1,9}", number) else None


def fetch_references(number: str, fetch: Fetch) -> Fetched | None:
    """The answer with the references of a document; None where the site has none to give. Raises only what is temporary at the host."""
    return _tolerated(f"{SITE}/api/document/{number}/references/0", fetch)


def fetch_belonging(number: str, kind: Belonging, fetch: Fetch) -> Fetched | None:
    """The answer with the documents that belong to one; None where the site has none to give."""
    return _tolerated(f"{SITE}/api/document/documentLinks/{kind.value}/{number}", fetch)


def read_references(fetched: Fetched | None) -> tuple[Group, ...] | None:
    """The groups of references, or None where the answer is not understood."""
    answer = _json(fetched)
    if isinstance(answer, list) and len(answer) == 1:
        answer = answer[0]
    groups = answer.get("referenceGroups") if isinstance(answer, dict) else None
    if not isinstance(groups, list):
        return None
    found = [group for group in groups if isinstance(group, dict) and isinstance(group.get("references"), list)]
    return tuple(Group(tidy(str(group.get("header") or "")), tuple(_links(group["references"]))) for group in found)


def read_belonging(fetched: Fetched | None) -> tuple[Link, ...] | None:
    """The documents that belong to one, or None where the answer is not understood."""
    answer = _json(fetched)
    if isinstance(answer, dict):
        answer = next((value for value in answer.values() if isinstance(value, list)), None)
    return tuple(_links(answer)) if isinstance(answer, list) else None


def later_amendments(groups: Sequence[Group]) -> tuple[Amendment, ...]:
    """The later amendments that the references name, with their sections. What is neither act nor order by its name is left out.

    The date is the act's own where the title gives it. ``offentliggoerelsesDato`` is the day of publication and is never used for it.
    """
    found: list[Amendment] = []
    for group in groups:
        if group.header.casefold().rstrip(": ") == LATER_AMENDMENTS:
            found.extend(amendment for link in group.links if (amendment := _amendment(link)))
    return tuple(found)


def with_references(version: Version, groups: Sequence[Group] | None) -> Version:
    """The version with the sections of its later amendments, which its XML does not give; amendments that only one of the two names stay."""
    if not groups:
        return version
    named = {(amendment.act.kind, amendment.act.number, _year(amendment.act)): amendment for amendment in later_amendments(groups)}
    merged: list[Amendment] = []
    for amendment in version.later_amendments:
        site = named.pop((amendment.act.kind, amendment.act.number, _year(amendment.act)), None)
        merged.append(replace(amendment, sections=site.sections or amendment.sections) if site else amendment)
    return replace(version, later_amendments=(*merged, *named.values()))


def _year(act: ActNumber) -> int | None:
    return act.signed.year if act.signed else act.year


def _amendment(link: Link) -> Amendment | None:
    if match := _SHORT_NAME.search(link.title):
        signed = _date(int(match[5]), int(match[4]), int(match[3]))
        act = ActNumber(_KINDS[match[1].upper()], int(match[2]), signed, None if signed else int(match[5]))
        return Amendment(act, link.sections, _title_after(link.title, match.end()))
    if link.eli and (numbered := re.fullmatch(r"lta/(\d{4})/(\d+)", link.eli)):
        folded = link.title.casefold()
        kind = "lov" if folded.startswith("lov ") else "bekendtgørelse" if folded.startswith("bekendtgørelse ") else None
        return Amendment(ActNumber(kind, int(numbered[2]), None, int(numbered[1])), link.sections, link.title) if kind else None
    return None


def _title_after(title: str, end: int) -> str:
    return title[end:].strip(" -–:,")


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _links(records: Sequence[Any]) -> Iterator[Link]:
    for record in records:
        if isinstance(record, dict):
            eli = next((eli for name in _ELI_FIELDS if (eli := _eli(record.get(name)))), None)
            title = tidy(str(record.get("title") or record.get("shortName") or ""))
            sections = tuple(section for piece in str(record.get("paragraph") or "").split(",") if (section := section_of(piece)))
            if title or eli:
                yield Link(title, eli, sections)


def _eli(value: object) -> str | None:
    if not isinstance(value, str) or not value:
        return None
    return eli_of_url(value) or eli_of_url(f"/eli/{value.strip('/')}") or eli_of_url(f"/{value.strip('/')}")


def _json(fetched: Fetched | None) -> Any:
    try:
        return json.loads(fetched.body) if fetched else None
    except ValueError:
        return None


def _tolerated(url: str, fetch: Fetch) -> Fetched | None:
    try:
        return fetch.get(url, accept="application/json", check=_is_json)
    except (Missing, NotStored, Refused, Rejected, WrongContent):
        return None


def _is_json(fetched: Fetched) -> None:
    if _json(fetched) is None:
        raise WrongContent(fetched.url, "Kilden svarede ikke med JSON.")
