"""A document of Retsinformation as a JSON record of a collection: title, identifiers, status, and the text with its layout lost.

Such records were made from the XML by taking all words, a line an element: first those of the metadata, then the title once more, then the text.
What the lines were is lost: in an annex a line "§ 14." may be the row of a table. So only a plain order gets sections, and only where they count up
from 1; everything else is paragraphs, from which no provision is made. The record's date is the day of publication; that of signature is the first
line below the title, where the metadata have the order known. Nothing is put in the place of a date that is missing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from indexers.fetch_errors import LayoutChanged
from indexers.retsinformation.elis import eli_of_accession, eli_of_url
from indexers.retsinformation.lexdania_meta import kind_of
from vidensplatform.law.model import Address, DocumentKind, NodeKind, Part, Provision, Status, Version

SOURCE: Final = "DK/Retsinformation"
_GAZETTES: Final = ("Lovtidende A", "Lovtidende B", "Lovtidende C", "Retsinformation", "Ministerialtidende")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_SECTION = re.compile(r"§ (\d+)\.")
_ANNEX = re.compile(r"Bilag(?: \d+)?\.?")
_STATUS = {"valid": Status.VALID, "historic": Status.HISTORIC}
_LETTERS_A_UNIT = 1500


def parse(data: bytes, name: str) -> Version:
    """The document in a record. Raises :class:`LayoutChanged` for other JSON and for records whose text does not begin with its title."""
    try:
        record: Any = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise LayoutChanged(name, "Filen er ikke JSON.") from error
    if not isinstance(record, dict) or record.get("_source") != SOURCE:
        raise LayoutChanged(name, "Filen er ikke en post fra Retsinformations samling.")
    title = " ".join(str(record.get("title") or "").split())
    lines = [words for line in str(record.get("text") or "").splitlines() if (words := " ".join(line.split()))]
    accession = str(record.get("accession_number") or "")
    eli = eli_of_url(str(record.get("url") or "")) or eli_of_accession(accession)
    if not title or eli is None:
        raise LayoutChanged(name, "Posten siger ikke, hvilket dokument den er (titel eller adresse mangler).")
    head, body = _divide(lines, title, name)
    document_type = str(record.get("document_type") or "").partition("#")[0]
    kind = kind_of(document_type, title, " ".join(head))
    _, year, number = (*eli.split("/"), "", "")[:3]
    return Version(
        eli=eli,
        kind=kind,
        title=title,
        accession=accession,
        document_type=str(record.get("document_type") or ""),
        number=int(number) if number.isdigit() else None,
        year=int(year) if year.isdigit() else None,
        signed=_signed(head),
        published=_date(str(record.get("date") or "")),
        status=_STATUS.get(str(record.get("status") or "").casefold(), Status.UNKNOWN),
        metadata=(("text-source", "post"), ("url", str(record.get("url") or "")), *_concerned(head)),
        provisions=(Provision(NodeKind.TITLE, Part.TITLE, text=title), *_provisions(body, kind, document_type)),
    )


def _divide(lines: Sequence[str], title: str, name: str) -> tuple[list[str], list[str]]:
    """(metadata, text): the text begins after the title's second occurrence, or where there is only one, after that."""
    at = [n for n, line in enumerate(lines[:80]) if line == title]
    if not at:
        raise LayoutChanged(name, "Postens tekst begynder ikke med dokumentets titel.")
    last = at[1] if len(at) > 1 else at[0]
    body = list(lines[last + 1 :])
    if not body:
        raise LayoutChanged(name, "Posten har ingen tekst.")
    return (list(lines[1:last]) if len(at) > 1 else []), body


def _signed(head: Sequence[str]) -> date | None:
    """The day of signature: the first of the metadata's dates, which come before the gazette's name (the order of LexDania)."""
    gazette = next((n for n, line in enumerate(head) if line in _GAZETTES), None)
    return _date(head[0]) if gazette and all(_DATE.fullmatch(line) for line in head[:gazette]) else None


def _concerned(head: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The acts it concerns: an accession number, a date and a title on three lines."""
    for accession, day, title in zip(head, head[1:], head[2:], strict=False):
        if re.fullmatch(r"[A-ZÆØÅ]\d{11}", accession) and _DATE.fullmatch(day):
            yield "Concerns/Ref_Accn", accession
            yield "Concerns/Ref_Text", title


def _provisions(body: Sequence[str], kind: DocumentKind, document_type: str) -> Iterator[Provision]:
    annexes = next((n for n, line in enumerate(body) if _ANNEX.fullmatch(line) and n), len(body))
    plain = kind is DocumentKind.ORDER and "Æ" not in document_type
    starts = [n for n, line in enumerate(body[:annexes]) if _SECTION.fullmatch(line)] if plain else []
    counted = [int(match[1]) for n in starts if (match := _SECTION.fullmatch(body[n]))]
    if counted and counted == list(range(1, len(counted) + 1)):
        if starts[0]:
            yield _unit(body[: starts[0]], Part.PREAMBLE)
        for n, start, end in zip(counted, starts, [*starts[1:], annexes], strict=True):
            inner = tuple(Provision(NodeKind.TEXT, text=line) for line in body[start + 1 : end])
            yield Provision(NodeKind.SECTION, address=Address(section=str(n)), marker=body[start], children=inner)
    else:
        annexes = 0
    yield from _paragraphs(body[annexes:], Part.ANNEX if annexes else Part.BODY)


def _paragraphs(lines: Sequence[str], part: Part) -> Iterator[Provision]:
    """The lines in units of a readable length."""
    waiting: list[str] = []
    for line in lines:
        waiting.append(line)
        if sum(map(len, waiting)) > _LETTERS_A_UNIT:
            yield _unit(waiting, part)
            waiting = []
    if waiting:
        yield _unit(waiting, part)


def _unit(lines: Sequence[str], part: Part) -> Provision:
    first, *others = lines
    return Provision(NodeKind.TEXT, part, text=first, children=tuple(Provision(NodeKind.TEXT, part, text=line) for line in others))


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
