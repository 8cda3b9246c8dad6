"""When an act takes effect, as its own words say: a date, a day counted from promulgation, left to the minister, or not readable.

The four forms are those of Justitsministeriets vejledning om lovkvalitet, 3.5.1: a given date, the day after promulgation in Lovtidende, at
promulgation, and a time that the minister fixes by executive order (3.5.1.4). A date is taken from the words or not at all: nothing is
calculated from signatures, and a clause that is worded otherwise is kept as it stands, without a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from vidensplatform.law.citation_format import MONTHS
from vidensplatform.law.citation_members import read_provisions
from vidensplatform.law.citation_spans import PLACES, CleanText
from vidensplatform.law.model import Address
from vidensplatform.law.sectiontext import order


class CommencementKind(StrEnum):
    """How the time is given. The value is what the program shows."""

    DATE = "på en bestemt dato"
    RELATIVE = "regnet fra bekendtgørelsen i Lovtidende"
    MINISTER = "fastsættes af ministeren"
    EFFECT = "virkning fra"
    UNKNOWN = "kan ikke læses"


@dataclass(frozen=True, slots=True)
class Scope:
    """A part of the act whose commencement a clause speaks of: "§ 1, nr. 3-5"; ``through`` ends a range at the deepest level."""

    address: Address
    through: str | None = None

    def covers(self, other: Address) -> bool:
        """Whether the provision at ``other`` lies in this part."""
        if self.through is None:
            return self.address.covers(other)
        level = next(n for n in ("letter", "number", "subsection", "section") if getattr(self.address, n) is not None)
        mine, theirs = getattr(self.address, level), getattr(other, level)
        if theirs is None or not replace(self.address, **{level: None}).covers(other):
            return False
        return order(mine) <= order(theirs) <= order(self.through)


@dataclass(frozen=True, slots=True, kw_only=True)
class Commencement:
    """One clause.

    ``on`` is the date of DATE and EFFECT, where the words give one. ``days_after`` counts from promulgation for RELATIVE (0: at it, 1: the day
    after), None where it is counted otherwise. ``whole`` says that the clause is about the act as such, otherwise ``scope`` lists the parts (empty
    where they cannot be read). ``excepting`` holds what it excepts ("jf. dog stk. 2"). ``part_of`` says that it is about a part of what the
    instructions in ``scope`` put in ("§ 82 b i lov om … som affattet ved denne lovs § 1, nr. 3"). ``words`` is the sentence.
    """

    kind: CommencementKind
    words: str
    on: date | None = None
    days_after: int | None = None
    whole: bool = False
    scope: tuple[Scope, ...] = ()
    excepting: tuple[Scope, ...] = ()
    part_of: bool = False

    def day(self, published: date | None) -> date | None:
        """The day it takes effect, with the day of promulgation where that is needed and known; None where the words give none."""
        if self.kind is CommencementKind.DATE:
            return self.on
        if self.kind is CommencementKind.RELATIVE and self.days_after is not None and published is not None:
            return published + timedelta(days=self.days_after)
        return None


_DATE = rf"(?:den\s+)?(?P<day>\d{{1,2}})\.?\s*(?P<month>{'|'.join(MONTHS)})\s+(?P<year>\d{{4}})"
_PROMULGATION = r"(?:lovens\s+)?(?:bekendtgørelse|kundgørelse|offentliggørelse)n?(?:\s+i\s+Lovtidende)?"
_TIME = (
    rf"(?:{_DATE}|(?P<after>dagen\s+efter\s+{_PROMULGATION})|(?P<at>(?:ved|på\s+dagen\s+for)\s+{_PROMULGATION})"
    rf"|(?P<counted>den\s+\d+\.\s+i\s+[^.]*?efter\s+{_PROMULGATION}))"
)
_IN_FORCE = re.compile(rf"(?<!kan\s)\b(?:træder|sættes)\s+(?:dog\s+|først\s+|herefter\s+)*i\s+kraft\b(?:\s+(?P<when>{_TIME}))?", re.IGNORECASE)
_EFFECT = re.compile(rf"\bhar\s+(?:dog\s+|først\s+)*virkning\s+(?:fra|for)\b(?:\s+og\s+med)?(?:\s+{_DATE})?", re.IGNORECASE)
_EFFECT_TOO = re.compile(rf"\s+(?:og|men)\s+har\s+(?:dog\s+|først\s+)*virkning\s+fra\b(?:\s+og\s+med)?(?:\s+{_DATE})?", re.IGNORECASE)
_MINISTER = re.compile(
    r"minister\w*\b.*?\bfastsætter\b.*?\btidspunkte(?:t|rne)\s+for\b|\btidspunkte(?:t|rne)\s+for\b.*?\bikraft\w+\b.*?\bfastsættes\s+af\b"
    r"|\bi\s+kraft\s+(?:på\s+(?:et|det)\s+tidspunkt,?|efter)\s+.*?minister",
    re.IGNORECASE | re.DOTALL,
)
_FIXED = re.compile(r"\btidspunkte(?:t|rne)\s+for\b(?P<what>.*?)(?:\bog\s+kan\b|\bherunder\b|\bfastsættes\b|$)", re.IGNORECASE | re.DOTALL)
_NOT_HERE = re.compile(r"kongelig\s+anordning|Færøerne|Grønland", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<!stk)(?<!nr)(?<!jf)(?<!pkt)\.\s+(?=[A-ZÆØÅ§])", re.DOTALL)
_MARKER = re.compile(r"^\s*(?:§\s*\d+\s*[a-z]?\.?\s*)?Stk\.\s*(?P<number>\d+)\.\s*")
_ACT_ITSELF = re.compile(
    r"^(?:(?:og|men)\s+)?(?:denne\s+)?(?:lov(?:en)?|bekendtgørelse(?:n)?|anordning(?:en)?)(?:\s+(?:nr\.|om)\b.*)?$", re.IGNORECASE | re.DOTALL
)
_LAWFUL = re.compile(
    r"^(?:og\s+|samt\s+|men\s+)?(?:denne\s+lov|lov|bekendtgørelse|anordning|§|stk\.|nr\.|kapitel|bestemmelse|regler|ændring|de[nr]?\s|dele|øvrige)",
    re.IGNORECASE,
)
_CONDITIONAL = re.compile(r"\b(?:før|inden|indtil|når|hvis|efter\s+at|senest|siden)\b", re.IGNORECASE)
_THIS_ACTS = re.compile(r"\b(?:denne\s+lovs|lovens)\s+(?=§)", re.IGNORECASE)
_EXCEPTION = re.compile(r"\bjf\.\s*dog\b\s*", re.IGNORECASE)
_IN_ACT = re.compile(r"^[,\s]*i\s+(?:lov(?!\s+nr)|[a-zæøå]+loven|barnets)\b", re.IGNORECASE)


def read_commencement(text: str, section: str | None = None) -> list[Commencement]:
    """The clauses on commencement in ``text``: a commencement section, a preamble's sentences on what is not worked in, or an order.

    ``section`` is the number of the section that the text is, so that "jf. dog stk. 2" gets its place. Sentences that set an act in force for the
    Faroe Islands or Greenland, and rules of transition, give none. Empty where nothing is said.
    """
    found: list[Commencement] = []
    for sentence in _sentences(text):
        if not _NOT_HERE.search(sentence):
            found += _clauses(sentence, section)
    return found


def commencement_of(clauses: Sequence[Commencement], at: Address) -> Commencement | None:
    """The clause that holds for the provision at ``at`` (an instruction: § 1, nr. 3), the narrowest first, else that of the whole act.

    Where the act excepts something and a clause cannot be read, the answer is that clause, without a date: nothing is guessed. None where
    nothing is said.
    """
    speaking = [c for c in clauses if c.kind is not CommencementKind.EFFECT]
    narrow = [(len(scope.address.path), -n, c) for n, c in enumerate(speaking) for scope in c.scope if scope.covers(at) and not c.part_of]
    if narrow:
        return max(narrow, key=lambda entry: entry[:2])[2]
    whole = next((c for c in speaking if c.whole), None)
    unread = next((c for c in speaking if not c.whole and not c.scope), None)
    return unread if unread is not None and (whole is None or whole.excepting) else whole


def _sentences(text: str) -> Iterator[str]:
    for line in CleanText(text).clean.splitlines():
        for sentence in _SENTENCE.split(_MARKER.sub("", line)):
            if sentence := sentence.strip().removesuffix("."):
                yield f"{sentence}."


def _clauses(sentence: str, section: str | None) -> Iterator[Commencement]:
    minister = _MINISTER.search(sentence)
    if minister:
        named = _FIXED.search(sentence)
        words = named["what"] if named else sentence[: minister.start()]
        whole = re.search(r"\b(?:lovens|denne\s+lovs)\s+ikraft|\bloven\b", words, re.IGNORECASE) is not None
        scope, part_of = _scope(words, section)
        yield Commencement(kind=CommencementKind.MINISTER, words=sentence, whole=whole and not scope, scope=scope, part_of=part_of)
        return
    start = 0
    for match in _IN_FORCE.finditer(sentence):
        subject = sentence[start : match.start()].strip(" ,")
        start = match.end()
        if _CONDITIONAL.search(subject) or (match["when"] is None and (not _LAWFUL.match(subject) or subject.endswith((" som", " der")))):
            continue
        yield _in_force(sentence, subject, match, section)
    effect = _EFFECT.search(sentence, start)
    if effect and not _CONDITIONAL.search(sentence[start : effect.start()]):
        subject = sentence[start : effect.start()].strip(" ,")
        too = _EFFECT_TOO.match(sentence, start)
        subject = sentence[: effect.start()] if too else subject
        scope, part_of = _scope(subject, section)
        whole = not scope and re.match(r"(?:denne\s+)?lov(?:en)?\b", subject, re.IGNORECASE) is not None
        yield Commencement(kind=CommencementKind.EFFECT, words=sentence, on=_day(effect), whole=whole, scope=scope, part_of=part_of)


def _in_force(sentence: str, subject: str, match: re.Match[str], section: str | None) -> Commencement:
    whole = _ACT_ITSELF.match(subject) is not None
    scope, part_of = ((), False) if whole else _scope(subject, section)
    exception = _EXCEPTION.search(sentence, match.end())
    excepting: tuple[Scope, ...] = ()
    if exception:
        excepting = named_places(sentence[exception.end() :], section, only_first=True) or (Scope(Address()),)
    kind, on, days = CommencementKind.UNKNOWN, None, None
    if match["day"]:
        on = _day(match)
        kind = CommencementKind.DATE if on else kind
    elif match["when"]:
        kind, days = CommencementKind.RELATIVE, 1 if match["after"] else 0 if match["at"] else None
    return Commencement(kind=kind, words=sentence, on=on, days_after=days, whole=whole, scope=scope, excepting=excepting, part_of=part_of)


def _day(match: re.Match[str]) -> date | None:
    """The date in the words; None where they hold none, or one that does not exist."""
    if not match["day"]:
        return None
    try:
        return date(int(match["year"]), MONTHS.index(match["month"].lower()) + 1, int(match["day"]))
    except ValueError:
        return None


def _scope(subject: str, section: str | None) -> tuple[tuple[Scope, ...], bool]:
    """The act's own provisions that a clause is about, and whether it is only about a part of what they put in."""
    own = list(_THIS_ACTS.finditer(subject))
    before = subject[: own[-1].start()] if own else ""
    if own and PLACES.search(before):  # "§ 82 b i lov om … som affattet ved denne lovs § 1, nr. 3"
        return named_places(subject[own[-1].end() :], section), True
    places = named_places(subject, section)
    first = PLACES.search(subject)
    foreign = first is not None and _IN_ACT.match(subject[first.end() :]) is not None and not re.search(r"følger\s+af\s*$", subject[: first.start()])
    return ((), False) if foreign else (places, False)


def named_places(words: str, section: str | None = None, *, only_first: bool = False) -> tuple[Scope, ...]:
    """The provisions that ``words`` name, with their ranges; a bare "stk. 2" is that of ``section``. Chapters are passed over."""
    found: list[Scope] = []
    for match in PLACES.finditer(words):
        at = Address(section)
        for member in read_provisions(match.group()):
            if member.chapter:
                continue
            address = member.address
            if address.section is None:
                address = replace(address, section=at.section)
            at = address
            found.append(Scope(address, None if member.sentence else member.through))
        if only_first:
            break
    return tuple(dict.fromkeys(found))
