"""``Meta`` of a LexDania document: everything a :class:`Version` knows but its text.

``StartDate``, ``EndDate`` and ``DateOfSubmit`` are dates of delivery to Retsinformation. They stay in ``metadata``; nothing here reads
validity from them. ``AendresAf`` and ``Change`` name later acts, but not which of their sections; both are kept up to date by
Retsinformation after the document was published.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from lxml import etree

from indexers.retsinformation.lexdania_words import tidy
from vidensplatform.errors import DamagedDocument
from vidensplatform.law.model import ActNumber, Amendment, DocumentKind, Status, Version

_ACCESSION = re.compile(r"([A-ZÆØÅ])(\d{4})(\d{5})(\d{2})")
_BILL = re.compile(r"\d{5}2L\d{5}")
_SHORT_NAME = re.compile(r"([A-ZÆØÅ]+)\s+nr\.?\s*(\d+)\s+af\s+(\d{1,2})/(\d{1,2})/(\d{4})", re.IGNORECASE)

_KINDS = {
    "LOV": DocumentKind.ACT,
    "LBK": DocumentKind.CONSOLIDATED_ACT,
    "BEK": DocumentKind.ORDER,
    "CIR": DocumentKind.CIRCULAR,
    "CIR1H": DocumentKind.CIRCULAR,
    "CIS": DocumentKind.CIRCULAR,
    "VEJ": DocumentKind.GUIDELINE,
    "KEN": DocumentKind.DECISION,
    "FOB": DocumentKind.STATEMENT,
    "FOU": DocumentKind.STATEMENT,
    "LF": DocumentKind.BILL,
    "LFF": DocumentKind.BILL,
    "LSF": DocumentKind.BILL,
    "LSV": DocumentKind.BILL,
    # before 2008 the type is written out
    "LOVBEKENDTGØRELSE": DocumentKind.CONSOLIDATED_ACT,
    "ÆNDRINGSLOV": DocumentKind.AMENDING_ACT,
    "BEKENDTGØRELSE": DocumentKind.ORDER,
    "CIRKULÆRE": DocumentKind.CIRCULAR,
    "CIRKULÆRESKRIVELSE": DocumentKind.CIRCULAR,
    "VEJLEDNING": DocumentKind.GUIDELINE,
    "KENDELSE": DocumentKind.DECISION,
    "AFGØRELSE": DocumentKind.DECISION,
    "OMBUDSMANDSUDTALELSE": DocumentKind.STATEMENT,
    "LOVFORSLAG": DocumentKind.BILL,
}
_STATUS = {"valid": Status.VALID, "historic": Status.HISTORIC, "gældende": Status.VALID, "historisk": Status.HISTORIC}
_AMENDS = {"LOV": "lov", "BEK": "bekendtgørelse", "30": "lov", "05": "bekendtgørelse", "03": "bekendtgørelse"}
"""What an amending document is, by its short name or by the suffix of its accession number. A later LBK amends nothing: it replaces."""

_ISSUER = ("DocumentTitle", "Ministry", "AdministrativeAuthority", "JournalNumber")
_OWN_FIELDS = frozenset(
    {
        "AccessionNumber",
        "DocumentType",
        "DocumentTitle",
        "Number",
        "Year",
        "PopularTitle",
        "DokumentKortNavn",
        "DiesSigni",
        "DiesEdicti",
        "Status",
    }
    | {"DateOfHistoricMark", "Ministry", "AendresAf", "Change"}
)


def read_meta(root: etree._Element, name: str) -> Version:
    """The version that ``root`` is a text of, without its text. ``name`` is the file's, for errors.

    Raises :class:`DamagedDocument` where neither accession number nor year and number say which document it is.
    """
    meta = root.find("Meta")
    if meta is None:
        raise DamagedDocument(name, "Dokumentet har ingen metadata (elementet Meta mangler).")
    first: dict[str, str] = {}
    for field in meta:
        words = tidy(field.text or "")
        if words:
            first.setdefault(str(field.tag), words)
    accession = first.get("AccessionNumber", "").upper()
    numbered = _ACCESSION.fullmatch(accession)
    year = _whole(first.get("Year")) or (int(numbered[2]) if numbered else None)
    number = _whole(first.get("Number")) or (int(numbered[3]) if numbered else None)
    eli = _eli(accession, first, year, number)
    if eli is None:
        raise DamagedDocument(name, "Dokumentet siger ikke, hvilket nummer det har (hverken AccessionNumber eller Year og Number).", "Meta")
    later, unread = _later_amendments(meta)
    return Version(
        eli=eli,
        kind=kind_of(first.get("DocumentType", ""), *(first.get(field, "") for field in _ISSUER)),
        title=first.get("DocumentTitle", ""),
        accession=accession,
        document_type=first.get("DocumentType", ""),
        number=number,
        year=year,
        popular_title=first.get("PopularTitle", ""),
        short_name=first.get("DokumentKortNavn", ""),
        signed=_date(first.get("DiesSigni")),
        published=_date(first.get("DiesEdicti")),
        status=_STATUS.get(first.get("Status", "").casefold(), Status.UNKNOWN),
        historic_since=_date(first.get("DateOfHistoricMark")),
        ministry=first.get("Ministry", ""),
        later_amendments=later,
        metadata=(*_further_fields(meta), *unread),
    )


def _eli(accession: str, first: dict[str, str], year: int | None, number: int | None) -> str | None:
    """The ELI. Letter, year and number of the accession give it: A and B are Lovtidende A, the others lie in the collection
    ``retsinfo``.
    """
    match = _ACCESSION.fullmatch(accession)
    if match:
        return f"{'lta' if match[1] in 'AB' else 'retsinfo'}/{match[2]}/{int(match[3])}"
    if _BILL.fullmatch(accession):
        return f"ft/{accession}"
    if year is None or number is None:
        return None
    gazette = first.get("AnnouncedIn", "").casefold() == "lovtidende a" or first.get("Rank") in ("A", "B")
    return f"{'lta' if gazette else 'retsinfo'}/{year}/{number}"


def kind_of(document_type: str, *issuer: str) -> DocumentKind:
    """What a document is, by its type as the source writes it; ``issuer`` is what the source says of title, ministry and authority.

    Many boards publish decisions (KEN). Only Ankestyrelsen's are principmeddelelser.
    """
    words = document_type.partition("#")[0].upper().split()
    if words[:2] == ["LOV", "Æ"]:
        return DocumentKind.AMENDING_ACT
    kind = _KINDS.get(words[0], DocumentKind.OTHER) if words else DocumentKind.OTHER
    if kind is DocumentKind.DECISION and not any("ankestyrelsen" in text.casefold() for text in issuer):
        return DocumentKind.OTHER
    return kind


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() else None


def _date(text: str | None) -> date | None:
    """A date as the source writes it (2025-09-22, with or without a time behind it), or None: no date is ever made up."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _later_amendments(meta: etree._Element) -> tuple[tuple[Amendment, ...], list[tuple[str, str]]]:
    """The later acts that ``AendresAf`` and ``Change`` name, each once, and the names that are not those of amending documents."""
    found: dict[tuple[str, int, int], Amendment] = {}
    unread: list[tuple[str, str]] = []
    for short in meta.iterfind("AendresAf//KortNavn"):
        words = tidy(short.text or "")
        match = _SHORT_NAME.match(words)
        signed = _date(f"{match[5]}-{int(match[4]):02}-{int(match[3]):02}") if match else None
        kind = _AMENDS.get(match[1].upper()) if match else None
        if match and kind and signed:
            found.setdefault((kind, int(match[2]), signed.year), Amendment(ActNumber(kind, int(match[2]), signed)))
        elif words and words.casefold() != "ingen":
            unread.append(("AendresAf", words))
    for change in meta.iterfind("Change"):
        references = [field for field in meta if field.get("REFid") == change.get("id")] if change.get("id") else []
        for accession, signed, title in _references(references):
            match = _ACCESSION.fullmatch(accession)
            kind = _AMENDS.get(match[4]) if match else None
            if match is None or kind is None:
                unread.append(("Change", tidy(f"{accession} {signed or ''} {title}")))
                continue
            year, number = int(match[2]), int(match[3])
            known = found.get((kind, number, year))
            act = known.act if known else ActNumber(kind, number, signed, None if signed else year)
            found[kind, number, year] = Amendment(act, title=title)
    return tuple(found.values()), unread


def _references(fields: list[etree._Element]) -> Iterator[tuple[str, date | None, str]]:
    """Accession number, date and title of each reference of a group; a new ``Ref_Accn`` begins the next one."""
    current: dict[str, str] = {}
    for field in fields:
        if field.tag == "Ref_Accn" and "Ref_Accn" in current:
            yield current["Ref_Accn"], _date(current.get("Ref_Af")), current.get("Ref_Text", "")
            current = {}
        current[str(field.tag)] = tidy(field.text or "")
    if current:
        yield current.get("Ref_Accn", ""), _date(current.get("Ref_Af")), current.get("Ref_Text", "")


def _further_fields(meta: etree._Element) -> Iterator[tuple[str, str]]:
    """The fields that have no place of their own in a version; references and signatures as ``Concerns/Ref_Accn``, ``Sign/Signature``."""
    groups = {str(field.get("id")): str(field.tag) for field in meta if field.get("id")}
    for field in meta:
        tag = str(field.tag)
        group = groups.get(str(field.get("REFid") or ""))
        if group == "Change" or (tag in _OWN_FIELDS and not (tag == "Number" and _whole(tidy(field.text or "")) is None)):
            continue  # "Number" stays where it is none: ombudsman statements are numbered 1-1
        prefix = f"{group}/" if group and group != "DateOfSubmit" else ""
        for inner in field.iter():
            words = tidy(inner.text or "")
            if words:
                path = tag if inner is field else f"{tag}/{inner.tag!s}"
                yield prefix + path, words
