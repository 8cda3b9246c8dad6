"""What nobody can promise about the law of another day than today."""

from __future__ import annotations

from datetime import date

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.strings import tr


def limits_of(as_of: date | None) -> list[str]:
    """What holds for every text of that day: the cards do not follow it, and the library knows only what was loaded."""
    if as_of is None:
        return []
    return [tr(s.DATE_LIMIT_CARDS), tr(s.DATE_LIMIT_FUTURE if as_of > date.today() else s.DATE_LIMIT_TEXTS)]
