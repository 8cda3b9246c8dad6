"""Which provisions of an act an amending act's instructions touch: "I § 109, stk. 2, indsættes …", "§§ 82 a og 82 b ophæves".

The instructions are read, never carried out: replaying them was right for about half of the operations where it was tried. Their wording is
that of Justitsministeriets vejledning om lovkvalitet, 3.4.5 (the forms of insertion, rewording, repeal and renumbering) and was counted on the
16,888 instructions of 811 amending acts of 2010-2014.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from vidensplatform.law.citation_members import Member, read_provisions
from vidensplatform.law.citation_spans import PLACES, CleanText
from vidensplatform.law.model import Address
from vidensplatform.law.sectiontext import order


class Action(StrEnum):
    """What an instruction does. The value is the verb of the guidance, as the program shows it."""

    INSERTED = "indsættes"
    CHANGED = "ændres"
    REWORDED = "affattes"
    REPEALED = "ophæves"
    RENUMBERED = "bliver"
    STRUCK = "udgår"


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """One provision and what is done to it.

    ``through`` is the end of a range at the address' deepest level ("§§ 16-21"). ``beside`` is "efter" or "før" where the address only says where
    something new is put. ``what`` names what is touched where it is no provision, or not its words: "hele loven", "titel", "fodnote",
    "overskrift", "kapitel 5", "bilag 1"; the address then is where it stands, if anywhere. ``becomes`` is the new number of a renumbered one.
    """

    address: Address
    action: Action
    through: str | None = None
    beside: str = ""
    what: str = ""
    becomes: Address | None = None

    def in_section(self, section: str) -> bool:
        """Whether the words of that section ("82a") are touched: not what is put beside it, and not the heading above it."""
        if self.beside or (self.what and self.what != "hele loven") or self.address.section is None:
            return self.what == "hele loven"
        if self.through is not None and self.address.subsection is None and self.address.number is None:
            return order(self.address.section) <= order(section) <= order(self.through)
        return self.address.section == section


@dataclass(frozen=True, slots=True)
class _Target:
    """What a verb speaks of."""

    address: Address
    through: str | None = None
    beside: str = ""
    what: str = ""


_VERBS = {
    "indsættes": Action.INSERTED,
    "ændres": Action.CHANGED,
    "erstattes": Action.CHANGED,
    "affattes": Action.REWORDED,
    "nyaffattes": Action.REWORDED,
    "ophæves": Action.REPEALED,
    "bliver": Action.RENUMBERED,
    "udgår": Action.STRUCK,
}
_VERB = re.compile(rf"\b(?:{'|'.join(_VERBS)})\b")
_BECOMES = re.compile(r",?\s+(?:der|som)\s+(?:herefter\s+)?bliver\s+(?:til\s+)?")
_END = re.compile(r":|\n|(?<!stk)(?<!nr)(?<!jf)(?<![\s,]\d)(?<!\d\d)\.\s+(?=[A-ZÆØÅ§])|(?<=\d)\.\s+(?=(?:Stk\.|Nr\.|§|Litra)\s)")
_WHOLE = re.compile(r"\b(?:overalt|alle steder|hele vejen)\b|\bi hele loven\b", re.IGNORECASE)
_THINGS = (
    (re.compile(r"\bfodnote|\bnote\b", re.IGNORECASE), "fodnote"),
    (re.compile(r"\blovens titel\b|\btitlen\b|\bundertitel", re.IGNORECASE), "titel"),
)
_ANNEX = re.compile(r"\bbilag(?:et)?\b(?: (?P<number>\d+(?: ?[a-z])?|[IVX]+(?: [A-Z])?)(?!\w))?", re.IGNORECASE)
_DIVISION = re.compile(r"\b(?P<kind>afsnit|kapitel|bog|del) (?P<number>[IVXLC]+(?: ?[A-Za-z](?!\w))?)(?!\w)|\b(?P<nth>\w+) bog\b", re.IGNORECASE)
_HEADING = re.compile(r"\boverskrift(?:en|erne|er)?\b", re.IGNORECASE)
_BESIDE = re.compile(r"\b(?P<word>efter|før)\s+(?:overskriften\s+(?:før|til|efter)\s+)?$", re.IGNORECASE)
_HEADING_OF = re.compile(r"(?<!efter )(?<!før )\boverskrift(?:en|erne)?\s+(?:før|til|efter|over)\s+$", re.IGNORECASE)
_AS = re.compile(r"\bsom\s+(?=(?:stk\.|nr\.|litra|§|\d|første|andet|sidste|kapitel))", re.IGNORECASE)
_AS_NEW = re.compile(r"\s+som\s+nye?t?\s+(?:stykke|nummer|numre|litra)")
_IN_FRONT = re.compile(r"\s*(?:(?:to|tre|fire|flere|et|alle) steder?\s+)?i\s+$", re.IGNORECASE)
_SIGN_FORGOTTEN = re.compile(r"^\s*(?:(?:I|Efter|Før) )?(?=\d+(?: [a-zæøå])?,? (?:stk\.|nr\.|\d\. pkt|affattes|ophæves|ændres|indsættes|udgår))")
_CAPITAL_LETTER = re.compile(r"(?<=[\d] )([A-ZÆØÅ])(?![\w.])")


def touched(words: str) -> list[Touch]:
    """What an instruction touches, in its order, each once. ``words`` is the instruction without the new text set below it.

    What stands between » and « is the law's words, and its citations are not read. "»landet og« ændres til" goes on about the provision
    before it, as does "stk. 2" without a section. Empty where nothing can be read; never raises.
    """
    text = _masked(words)
    found: list[Touch] = []
    subject: list[_Target] = []
    for sentence in _sentences(text):
        subject = _read(sentence, subject, found)
    return list(dict.fromkeys(found))


def _masked(words: str) -> str:
    """The instruction with quoted words blanked, and without "der bliver stk. 4", which the instruction that renumbers says itself."""
    text = CleanText(words).clean
    depth = 0
    kept: list[str] = []
    for character in text:
        depth += character == "»"
        kept.append("_" if depth else character)
        depth -= character == "«" and depth > 0
    text = _CAPITAL_LETTER.sub(lambda m: m[1].lower(), "".join(kept))
    text = _SIGN_FORGOTTEN.sub(lambda m: f"{m[0]}§ ", text)
    while match := _BECOMES.search(text):
        places = PLACES.match(text, match.end())
        end = places.end() if places else match.end()
        text = text[: match.start()] + text[end:]
    return text


def _sentences(text: str) -> Iterator[str]:
    start = 0
    for match in _END.finditer(text):
        yield text[start : match.start()]
        start = match.end()
    yield text[start:]


def _read(sentence: str, subject: list[_Target], found: list[Touch]) -> list[_Target]:
    """Read one sentence (or what stands before a colon); the answer is what the next one goes on about."""
    start = 0
    while verb := _VERB.search(sentence, start):
        action = _VERBS[verb.group()]
        subject = _targets(sentence[start : verb.start()], subject) or subject
        start = verb.end()
        if action is Action.RENUMBERED:
            start = _renumbered(sentence, start, subject, found)
        elif action is Action.INSERTED:
            following = _VERB.search(sentence, start)
            end = following.start() if following else len(sentence)
            places = _placed(sentence[start:end], subject)
            found += [Touch(address=t.address, action=action, through=t.through, beside=t.beside, what=t.what) for t in places or subject]
            start = end if places else start
        else:
            found += [Touch(address=t.address, action=action, through=t.through, what=t.what) for t in subject if not t.beside] or [
                Touch(address=t.address, action=action, what=t.what) for t in subject
            ]
    return subject


def _targets(words: str, context: Sequence[_Target]) -> list[_Target]:
    """What the words before a verb name."""
    if _WHOLE.search(words):
        return [_Target(Address(), what="hele loven")]
    targets: list[_Target] = []
    at = context[-1].address if context else Address()
    for match in PLACES.finditer(words):
        before = words[: match.start()]
        heading = _HEADING_OF.search(before) is not None
        beside = None if heading else _BESIDE.search(before)
        for member in read_provisions(match.group()):
            address = _in_context(member, at)
            at = address
            what = f"kapitel {member.chapter}" if member.chapter else ""
            if heading:
                what = f"overskrift til {what}" if what else "overskrift"
            if address.section is None and not what:
                what = next((t.what for t in _things(words)), "")
            targets.append(_Target(address, None if member.sentence else member.through, beside["word"].lower() if beside else "", what))
    if targets:
        return targets
    return _things(words)


def _things(words: str) -> list[_Target]:
    for expression, what in _THINGS:
        if expression.search(words):
            return [_Target(Address(), what=what)]
    annex = _ANNEX.search(words)
    if annex:
        return [_Target(Address(), what=f"bilag {annex['number']}" if annex["number"] else "bilag")]
    division = _DIVISION.search(words)
    if division:
        return [_Target(Address(), what=division.group())]
    return [_Target(Address(), what="overskrift")] if _HEADING.search(words) else []


def _placed(words: str, subject: Sequence[_Target]) -> list[_Target]:
    """Where something new goes, by the words after "indsættes": "som stk. 3", "efter stk. 1 som nyt stykke", "efter § 18".

    Empty where it goes into the subject itself.
    """
    within = [t for t in subject if not t.beside] or list(subject)
    at = within[-1].address if within else Address()
    named = _AS.search(words)
    if named and (places := PLACES.match(words, named.end())):
        members = read_provisions(places.group())
        return [_Target(_in_context(m, at), None if m.sentence else m.through) for m in members]
    found: list[_Target] = []
    for match in PLACES.finditer(words):
        before = words[: match.start()]
        beside = _BESIDE.search(before)
        members = read_provisions(match.group())
        if not members or (beside is None and not _IN_FRONT.search(before)):
            continue
        if beside is None:
            found += [_Target(_in_context(m, at), m.through) for m in members if not m.chapter]
            continue
        last = members[-1]
        address = _in_context(last, at)
        if last.sentence or last.chapter:
            continue
        if _AS_NEW.match(words, match.end()):
            found.append(_Target(_next(address) if beside["word"].lower() == "efter" else address))
        else:
            found.append(_Target(address, beside=beside["word"].lower()))
    return found


def _renumbered(sentence: str, start: int, subject: Sequence[_Target], found: list[Touch]) -> int:
    """Read "Stk. 2-4 bliver herefter stk. 3-5."; the answer is where it ends."""
    places = PLACES.search(sentence, start)
    if places is None:
        return start
    at = subject[-1].address if subject else Address()
    new = [_in_context(m, at) for m in read_provisions(places.group())]
    for target, becomes in zip(subject, new if len(new) == len(subject) else [None] * len(subject), strict=True):
        found.append(Touch(address=target.address, action=Action.RENUMBERED, through=target.through, what=target.what, becomes=becomes))
    return places.end()


def _in_context(member: Member, at: Address) -> Address:
    """The address of a member that does not name its section: "stk. 2" after "§ 8, stk. 1" is § 8, stk. 2."""
    address = member.address
    if address.section is not None or member.chapter:
        return address
    if address.subsection:
        return replace(address, section=at.section)
    if address.number:
        return replace(address, section=at.section, subsection=at.subsection)
    if address.letter:
        return replace(address, section=at.section, subsection=at.subsection, number=at.number)
    return at


def _next(address: Address) -> Address:
    """The number after the deepest one below the section: what "efter stk. 1 som nyt stykke" becomes."""
    level = next((name for name in ("letter", "number", "subsection") if getattr(address, name) is not None), None)
    if level is None:
        return address
    value = getattr(address, level)
    return replace(address, **{level: str(int(value) + 1) if value.isdigit() else chr(ord(value[-1]) + 1)})
