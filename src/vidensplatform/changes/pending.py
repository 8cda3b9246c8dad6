"""Enacted but not in the text: every amendment that the shown text of an act does not hold, and what is known of its commencement.

Read from the text's own preamble, from the list of later amendments that its source keeps, and from amending acts in the library whose instructions
change the act. The amendment's own words stand beside the text; they are never worked into it by program.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from vidensplatform.changes.building import known_acts
from vidensplatform.changes.dating import KnownActs, act_name
from vidensplatform.changes.records import Pending, PendingWords, Way
from vidensplatform.changes.showing import written
from vidensplatform.knowledge.loading import Corpus
from vidensplatform.law.chain import chain, outstanding
from vidensplatform.law.commencement import CommencementKind, named_places, read_commencement
from vidensplatform.law.model import ActNumber, Address, Amendment, Version
from vidensplatform.law.quoted import only_day
from vidensplatform.law.sectiontext import order
from vidensplatform.store.bills import StoredBill
from vidensplatform.store.changes import ChangeReading, StoredInstruction
from vidensplatform.store.library import Library
from vidensplatform.store.records import StoredVersion
from vidensplatform.store.texts import Texts

_FOLLOWS = re.compile(r"følger\s+af\s+(?P<what>.+?)\s+i\s+lov\b", re.IGNORECASE | re.DOTALL)
_NOT_HERE = "Ændringsloven er ikke i biblioteket; hvornår den træder i kraft, kan ikke ses her."
_SILENT = "Ændringsloven siger ikke, hvornår ændringen træder i kraft, på en måde der kan læses."


def pending_of(
    library: Library, corpus: Corpus, law: str, shown: StoredVersion | None, today: date, *, enacted_by: date | None = None
) -> list[Pending]:
    """What the shown text of an act does not hold, earliest first, undated last.

    ``enacted_by`` leaves out what was enacted after that day (for a text of an earlier day). Empty where the library has no text.
    """
    if shown is None:
        return []
    tables = ChangeReading(library)
    texts = [t.version for t in Texts(library).of_work(law)]
    known = known_acts(tables, law)
    sections = library.sections(law)
    own = next((t for t in texts if t.eli == shown.eli), None)
    upto = [t for t in texts if own is None or t.signed is None or own.signed is None or t.signed <= own.signed]
    listed = {a.act.eli or f"{a.act.kind} {a.act.number}": a for a in outstanding(chain(upto))}
    for eli in known.instructions:
        if eli not in listed and own is not None and _not_held(known.instructions[eli], own, upto):
            listed[eli] = _amendment(known.instructions[eli][0])
    found = [
        _pending(corpus, law, amendment, known, sections, today)
        for amendment in listed.values()
        if enacted_by is None or amendment.act.signed is None or amendment.act.signed <= enacted_by
    ]
    bills = [_bill(corpus, law, bill) for bill in library.bills_touching(law)] if enacted_by is None else []
    return [*sorted(found, key=lambda p: (p.effective is None, p.effective or date.max, p.eli or "")), *bills]


def _bill(corpus: Corpus, law: str, bill: StoredBill) -> Pending:
    """A bill that names the act in its title. Which sections it touches is not read: it may still change."""
    put_forward = f" Fremsat {written(bill.proposed)}." if bill.proposed else ""
    status = f" Folketinget: {bill.status}." if bill.status else ""
    words = f"Lovforslag {bill.number}, ikke vedtaget.{put_forward}{status}"
    return Pending(law, corpus.registry.label(law), Way.BILL, bill.text or bill.eli, bill.title, (), None, words)


def touching(found: Iterable[Pending], section: str, today: date) -> list[Pending]:
    """Those that touch a section, told by the instructions that do; after them those of which it is not known what they touch."""
    sure, unknown = [], []
    for one in found:
        if not one.instructions:
            unknown.append(one)
        elif section in one.sections:
            sure.append(_narrowed(one, section, today))
    return [*sure, *unknown]


def _narrowed(one: Pending, section: str, today: date) -> Pending:
    """The same for one section: only the instructions that touch it, with their own date."""
    own = tuple(i for i in one.instructions if section in i.sections)
    effective, words = _when(own)
    return replace(one, way=_way(own, effective, today), effective=effective, commencement=words, instructions=own)


def _when(own: Sequence[PendingWords]) -> tuple[date | None, str]:
    """The one day on which all of these take effect, and their words on it."""
    days = {i.effective for i in own}
    words = " ".join(dict.fromkeys(i.commencement for i in own if i.commencement)) or _SILENT
    return (days.pop() if len(days) == 1 else None), words


def _way(own: Sequence[PendingWords], effective: date | None, today: date) -> Way:
    if own and all(i.by_minister for i in own):
        return Way.MINISTER
    days = [i.effective for i in own] or [effective]
    return Way.LATER if all(day is not None and day > today for day in days) else Way.ENACTED


def _not_held(instructions: Sequence[StoredInstruction], own: Version, texts: Sequence[Version]) -> bool:
    """Whether the text cannot hold an act that nobody lists: it was signed after the text, or takes effect only after it."""
    eli, signed = instructions[0].eli, instructions[0].signed
    if any(a.act.eli == eli for t in texts for a in t.incorporated) or signed is None or own.signed is None:
        return False
    return signed > own.signed or any(i.effective is not None and i.effective > own.signed for i in instructions)


def _amendment(instruction: StoredInstruction) -> Amendment:
    number = instruction.eli.rsplit("/", 1)[-1]
    return Amendment(ActNumber("lov", int(number) if number.isdigit() else 0, instruction.signed), title=instruction.title)


def _pending(corpus: Corpus, law: str, amendment: Amendment, known: KnownActs, sections: Sequence[str], today: date) -> Pending:
    own = [_words(i, sections) for i in _left_out(amendment, known.of(amendment))]
    touched = tuple(sorted({s for i in own for s in i.sections}, key=order))
    if own:
        effective, words = _when(own)
        way = _way(own, effective, today)
    else:
        effective, words, by_minister = _without_text(amendment, known)
        way = Way.MINISTER if by_minister else _way((), effective, today)
    return Pending(law, corpus.registry.label(law), way, amendment.act.eli, act_name(amendment, known), touched, effective, words, tuple(own))


def _left_out(amendment: Amendment, own: list[StoredInstruction]) -> list[StoredInstruction]:
    """Where a preamble says which instructions it left out ("der følger af § 1, nr. 1 og 2, i lov nr. …"), only these."""
    named = _FOLLOWS.search(amendment.words)
    scopes = named_places(named["what"]) if named else ()
    found = [i for i in own if any(scope.covers(Address(i.section, number=i.number)) for scope in scopes)]
    return found or own


def _words(i: StoredInstruction, sections: Sequence[str]) -> PendingWords:
    by_minister = i.commencement_kind == CommencementKind.MINISTER.value
    return PendingWords(f"§ {i.place}", i.words, i.new_text, tuple(touched_sections(i, sections)), i.effective, i.commencement, by_minister)


def touched_sections(instruction: StoredInstruction, sections: Sequence[str]) -> list[str]:
    """The sections whose words an instruction touches, in order: those it names, and of ``sections`` those in its ranges or, for "overalt", all."""
    named = {t.address.section for t in instruction.touches if t.address.section and t.in_section(t.address.section)}
    return sorted(named | {s for s in sections if instruction.touches_section(s)}, key=order)


def _without_text(amendment: Amendment, known: KnownActs) -> tuple[date | None, str, bool]:
    """(day, words, whether the minister fixes it) of an amending act that is not in the library."""
    quote = known.quotes.get(amendment.act.eli or "")
    words = amendment.words or (quote.words if quote else "")
    if not words:
        return None, _NOT_HERE, False
    clauses = read_commencement(words)
    day = only_day(clauses) or (quote.effective if quote else None)
    return day, words, day is None and any(c.kind is CommencementKind.MINISTER for c in clauses)
