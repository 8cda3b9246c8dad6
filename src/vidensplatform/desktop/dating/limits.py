"""What nobody can promise about the law of another day than today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.strings import tr


def limits_of(as_of: date | None, known: Sequence[str] = ()) -> list[str]:
    """``known`` is what the workbench says of its answer; before there is one, what holds for every text of that day."""
    if as_of is None:
        return []
    said = list(known) or [tr(s.DATE_LIMIT_CARDS), tr(s.DATE_LIMIT_TEXTS)]
    return [*said, tr(s.DATE_LIMIT_FUTURE)] if as_of > date.today() else said
