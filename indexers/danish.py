"""Dates as Danish pages write them. A date that cannot be read, or that no document of this kind can have, is None: none is made up."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

MONTHS: Final = ("januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november", "december")

_WORDS = re.compile(rf"\b(\d{{1,2}})\.?\s+({'|'.join(MONTHS)}|{'|'.join(m[:3] for m in MONTHS)})\.?\s+(\d{{4}})\b", re.IGNORECASE)
_NUMBERS = re.compile(r"\b(\d{1,2})\s?[./-]\s?(\d{1,2})\s?[./-]\s?(\d{4})\b")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})(?!\d)")
_FIRST_YEAR, _LAST_YEAR = 1950, 2100


def danish_date(text: str) -> date | None:
    """The first date in ``text``: "4. marts 2026", "04-03-2026", "4/3-2026" or "2026-03-04"."""
    if match := _WORDS.search(text):
        month = next(n for n, name in enumerate(MONTHS, 1) if name.startswith(match[2].lower()[:3]))
        return _date(int(match[3]), month, int(match[1]))
    if match := _ISO.search(text):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMBERS.search(text):
        return _date(int(match[3]), int(match[2]), int(match[1]))
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if _FIRST_YEAR <= year <= _LAST_YEAR else None
    except ValueError:
        return None
