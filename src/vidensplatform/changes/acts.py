"""Amending acts behind changes: how sure it is that they are, and what they are called."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

_BRACKET = re.compile(r"\(((?:[^()]|\([^()]*\))*)\)\s*$")


def subject_of(title: str) -> str:
    """What an amending act's title says in brackets at its end, "" where nothing stands there."""
    found = _BRACKET.search(title)
    return found[1] if found else ""


def short_act(eli: str | None, title: str) -> str:
    """An amending act in few words, as people name it: number, year and what stands in brackets at the end of its title."""
    parts = (eli or "").split("/")
    if len(parts) != 3 or parts[0] != "lta":
        return title
    subject = subject_of(title) or ("" if "nr." in title else title)
    return f"{act_number(eli)} ({subject})" if subject else act_number(eli)


def act_number(eli: str | None) -> str:
    """An act's number as people write it, "lov nr. 329/2024", of its ELI; what is no such ELI stays as it is."""
    parts = (eli or "").split("/")
    return f"lov nr. {parts[2]}/{parts[1]}" if len(parts) == 3 and parts[0] == "lta" else eli or ""


class Tie(StrEnum):
    """How an amending act is known to be behind a change. The value is what the program shows."""

    TOUCHES = "ændringsloven nævner bestemmelsen"
    ONLY = "den eneste ændringslov mellem de to tekster"
    SUBJECT = "formentlig, efter lovens titel; kan ikke ses af teksten"
    AMONG = "en af ændringslovene mellem de to tekster"


@dataclass(frozen=True, slots=True)
class ByAct:
    """An amending act behind a change: which of its provisions (``"1, nr. 3"``), when that takes effect, its own words, and how it is known."""

    eli: str | None
    title: str
    section: str | None = None
    effective: date | None = None
    words: str = ""
    tie: Tie = Tie.AMONG

    @property
    def short(self) -> str:
        """The act in few words: "lov nr. 329/2024 (…)"."""
        return short_act(self.eli, self.title)


_TIES = {Tie.TOUCHES: "sikker", Tie.ONLY: "sikker", Tie.SUBJECT: "formentlig", Tie.AMONG: "mulig"}


def by_json(acts: Iterable[ByAct]) -> list[dict[str, Any]]:
    """Amending acts as JSON has them; ``tie`` is "sikker", "formentlig" or "mulig", ``known`` says how it is known."""
    return [
        {
            "eli": a.eli,
            "title": a.title,
            "section": a.section,
            "effective": a.effective.isoformat() if a.effective else None,
            "tie": _TIES[a.tie],
            "known": a.tie.value,
        }
        for a in acts
    ]
