"""Reading a day as people write it. (Qt's own date field turns a typed 31 into 30 when the month it showed before has no 31st.)"""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtCore import QLocale

_NUMBERS = (
    re.compile(r"(?P<d>\d{1,2})[-./ ]+(?P<m>\d{1,2})[-./ ]+(?P<y>\d{4})"),
    re.compile(r"(?P<d>\d{2})(?P<m>\d{2})(?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"),
)
_WORDS = re.compile(r"(?P<d>\d{1,2})\.? +(?P<month>[a-zæøå]+)\.? +(?P<y>\d{4})")
EARLIEST = date(1849, 6, 5)
"""The constitution. Nothing older is law here."""


def read_day(text: str) -> date | None:
    """``31-12-2023``, ``31.12.2023``, ``31122023``, ``2023-12-31`` or ``31. december 2023``; None for anything else."""
    wanted = text.strip().lower()
    for form in _NUMBERS:
        if found := form.fullmatch(wanted):
            return _day(int(found["y"]), int(found["m"]), int(found["d"]))
    if found := _WORDS.fullmatch(wanted):
        months = {name: n for n in range(1, 13) for name in (_month(n), _month(n)[:3])}
        return _day(int(found["y"]), months.get(found["month"], 0), int(found["d"]))
    return None


def write_day(day: date) -> str:
    """``31-12-2023``."""
    return day.strftime("%d-%m-%Y")


def _month(n: int) -> str:
    return QLocale(QLocale.Language.Danish).monthName(n).lower()


def _day(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if found >= EARLIEST else None
