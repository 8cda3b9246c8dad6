"""The commencement of amending acts as a consolidated act quotes it after its own text.

"Lov nr. 746 af 20. juni 2025 (…) indeholder følgende ikrafttrædelsesbestemmelse: § 3, Loven træder i kraft …". A consolidated act keeps the clauses
that still matter (Justitsministeriets vejledning om lovkvalitet, 11.8.2), so what is not quoted says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from vidensplatform.law.citation_grammar import read_act
from vidensplatform.law.citation_spans import ACT, CleanText
from vidensplatform.law.commencement import Commencement, CommencementKind, read_commencement
from vidensplatform.law.model import Part, Provision, Version

_QUOTES = re.compile(r"\bindeholder\s+følgende\b", re.IGNORECASE)
_TITLE = re.compile(r"\(\s*(?P<title>[^()]{4,}(?:\([^()]*\)[^()]*)*)\)")


@dataclass(frozen=True, slots=True)
class Quoted:
    """An amending act's own clauses on commencement, as quoted. ``title`` is the short one in brackets, "" where none stands there."""

    eli: str
    title: str
    clauses: tuple[Commencement, ...]

    @property
    def words(self) -> str:
        """The sentences on commencement, one after the other."""
        return " ".join(dict.fromkeys(c.words for c in self.clauses))

    @property
    def day(self) -> date | None:
        """The day all of it takes effect; None where the clauses give none, or several."""
        return only_day(self.clauses)


def only_day(clauses: Iterable[Commencement], published: date | None = None) -> date | None:
    """The one day on which everything takes effect that these clauses speak of.

    None where one of them gives none, where two differ, and where an exception is made of which nothing further can be read.
    """
    speaking = [c for c in clauses if c.kind is not CommencementKind.EFFECT]
    if any(c.excepting for c in speaking) and all(c.whole for c in speaking):
        return None
    days = {c.day(published) for c in speaking}
    return next(iter(days)) if len(days) == 1 else None


def quoted(version: Version) -> list[Quoted]:
    """Every amending act whose clauses on commencement this text quotes, in order; empty for a text that quotes none."""
    return list(_in(version.provisions))


def _in(provisions: Iterable[Provision]) -> Iterator[Quoted]:
    for node in provisions:
        introduction = CleanText(f"{node.heading} {node.text}").clean
        if node.part is Part.COMMENCEMENT and _QUOTES.search(introduction) and (cited := ACT.search(introduction)):
            act = read_act(cited.group())
            title = _TITLE.search(introduction, cited.end())
            if act is not None and act.eli is not None:
                words = "\n".join(child.full_text(footnotes=False).removeprefix(child.marker).strip() for child in node.children)
                yield Quoted(act.eli, title["title"].strip() if title else "", tuple(read_commencement(words)))
        else:
            yield from _in(node.children)
