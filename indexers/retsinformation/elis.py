"""Addresses of Retsinformation and the ELIs they mean: ``https://www.retsinformation.dk/eli/lta/2025/1129/xml`` is ``lta/2025/1129``."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote, urlsplit

SITE: Final = "https://www.retsinformation.dk"

COLLECTIONS: Final = frozenset({"lta", "ltb", "ltc", "mt", "ft", "fob", "retsinfo"})

_HOSTS = frozenset({"retsinformation.dk", "www.retsinformation.dk", "api.retsinformation.dk", ""})
_NUMBERED = re.compile(r"(lta|ltb|ltc|mt|fob|retsinfo)/(\d{4})/(\d{1,6}(?:-\d{1,4})*)(?:/.*)?", re.IGNORECASE)
_BILL = re.compile(r"ft/(\d{5}[0-9a-zæøå]{1,4}\d{5})(?:/.*)?", re.IGNORECASE)
_ACCESSION = re.compile(r"([A-ZÆØÅ])(\d{4})(\d{5})(\d{2})")
_BY_LETTER = {"A": "lta", "B": "lta", "C": "retsinfo", "W": "retsinfo"}
_BILL_ACCESSION = re.compile(r"\d{5}[0-9A-ZÆØÅ]{1,4}\d{5}")


def eli_of_url(url: str) -> str | None:
    """The ELI of an address, with or without host, format (``/xml``, ``.rdfa``) or anchor; None where it is no document of Retsinformation.

    An address by accession number (``/eli/accn/A20250112929``) gives the ELI that the number stands for.
    """
    parts = urlsplit(url.strip())
    if (parts.hostname or "").lower() not in _HOSTS:
        return None
    path = unquote(parts.path).strip("/")
    if not path.lower().startswith("eli/"):
        return None
    rest = re.sub(r"\.(?:rdfa|rdf|json|jsonld|ttl|xml|pdf|html)$", "", path[4:], flags=re.IGNORECASE)
    if rest.lower().startswith("accn/"):
        return eli_of_accession(rest[5:].partition("/")[0])
    if match := _NUMBERED.fullmatch(rest):
        number = match[3] if "-" in match[3] else str(int(match[3]))
        return f"{match[1].lower()}/{match[2]}/{number}"
    if match := _BILL.fullmatch(rest):
        return f"ft/{match[1].upper()}"
    return None


def eli_of_accession(accession: str) -> str | None:
    """The ELI of an accession number: A and B are Lovtidende A, C and W lie in ``retsinfo``, bills are their own ELI. Others are not known: None."""
    number = accession.strip().upper()
    if match := _ACCESSION.fullmatch(number):
        collection = _BY_LETTER.get(match[1])
        return f"{collection}/{match[2]}/{int(match[3])}" if collection else None
    return f"ft/{number}" if _BILL_ACCESSION.fullmatch(number) else None


def url_of(eli: str, form: str = "") -> str:
    """The address of a document, or of one of its forms (``xml``, ``rawhtml``, ``pdf``)."""
    return f"{SITE}/eli/{eli}" + (f"/{form}" if form else "")


def collection_of(eli: str) -> str:
    """``lta`` of ``lta/2025/1129``. The feed does not name it; the ELI does."""
    return eli.partition("/")[0]
