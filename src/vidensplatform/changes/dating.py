"""When a change takes effect, and by which amending act: as far as texts say it, and otherwise the words for why it is not known.

What is read, surest first: the instructions of amending acts in the library that lie between the two texts; that only one act lies between them;
the commencement clauses that consolidated acts quote; the curators' table of law that moved. Where several acts lie between two texts and none of
them is in the library, all are named as possible, one of them as likely where its title stands out (:mod:`~vidensplatform.changes.subject`), and
no date is given unless it would be the same for each.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from vidensplatform.changes.acts import ByAct, Tie
from vidensplatform.law.chain import Link
from vidensplatform.law.commencement import read_commencement
from vidensplatform.law.diff import ChangeKind
from vidensplatform.law.model import Amendment
from vidensplatform.law.quoted import only_day
from vidensplatform.store.changes import Dated, StoredInstruction, StoredQuote

_EDITORIAL = "Ingen ændringslov: kun udgiverens redaktion."
_NO_ACT = "Teksterne nævner ingen ændringslov mellem de to versioner."
_AMONG = "Sket ved en af {number} ændringslove mellem de to versioner; hvilken kan ikke ses, før lovene er i biblioteket."
_SUBJECT = "Efter titlen formentlig ved {act}; det kan ikke ses af teksten, og loven er ikke i biblioteket."
_UNREAD = "Datoen kan ikke læses: ændringslovens ikrafttræden står ikke i biblioteket."
_SEVERAL = "Delene træder i kraft på forskellige dage, se ændringslovene."
_OWN_WORDS = "Ændringsloven giver ingen dato, men siger: {words}"
_SILENT = "Ændringsloven siger ikke, hvornår ændringen træder i kraft, på en måde der kan læses."


Likeliest = Callable[[Sequence[ByAct]], str | None]
"""From possible acts to the ELI of the one that stands out, or None."""


@dataclass(frozen=True, slots=True)
class KnownActs:
    """What the library knows of the acts that amend one work: their instructions by ELI, and the commencements that are quoted."""

    instructions: Mapping[str, Sequence[StoredInstruction]] = field(default_factory=dict)
    quotes: Mapping[str, StoredQuote] = field(default_factory=dict)

    def of(self, amendment: Amendment) -> list[StoredInstruction]:
        """The instructions of an amendment, only those of the sections that it names."""
        found = self.instructions.get(amendment.act.eli or "", ())
        return [i for i in found if not amendment.sections or i.section in amendment.sections]


def act_name(amendment: Amendment, known: KnownActs) -> str:
    """What an amending act is called: its title where a text gives it, else kind, number and date."""
    eli = amendment.act.eli or ""
    if instructions := known.instructions.get(eli):
        return instructions[0].title
    if amendment.title:
        return amendment.title
    if (quote := known.quotes.get(eli)) is not None and quote.title:
        return f"{_number_of(amendment)} ({quote.title})"
    return _number_of(amendment)


def _number_of(amendment: Amendment) -> str:
    """An act by number and date: "lov nr. 329 af 9.4.2024"; without the date where it is not known."""
    act = amendment.act
    when = f" af {act.signed.day}.{act.signed.month}.{act.signed.year}" if act.signed else f"/{act.year}" if act.year else ""
    return f"{act.kind} nr. {act.number}{when}"


def date_change(
    kind: ChangeKind, sections: Sequence[str], link: Link, known: KnownActs, moved_on: date | None = None, likeliest: Likeliest | None = None
) -> Dated:
    """What is known of one change.

    ``sections`` are its numbers in the old and the new text; ``moved_on`` the day on which the curators' table says that it moved to another act;
    ``likeliest`` chooses among acts of which none is known to be behind it.
    """
    signed = link.newer.signed
    if kind is ChangeKind.EDITORIAL:
        return Dated(signed, None, _EDITORIAL, "[]")
    acts = _acts(kind, sections, link, known)
    likely = likeliest(acts) if likeliest is not None and len(acts) > 1 and acts[0].tie is Tie.AMONG else None
    if likely is not None:
        acts = sorted((replace(a, tie=Tie.SUBJECT) if a.eli == likely else a for a in acts), key=lambda a: a.tie is not Tie.SUBJECT)
    effective, reason = (moved_on, "") if moved_on is not None else _effective(acts)
    return Dated(effective or signed, effective, reason, acts_to_json(acts))


def _acts(kind: ChangeKind, sections: Sequence[str], link: Link, known: KnownActs) -> list[ByAct]:
    between = {a.act.eli: a for a in link.by if a.act.eli}
    found: list[ByAct] = []
    unread: list[Amendment] = []
    for amendment in between.values():
        own = known.of(amendment)
        if not own:
            unread.append(amendment)
            continue
        found += [_by(i) for i in own if _touches(i, kind, sections)]
    if not link.complete:  # the list may be incomplete: an act in the library between the two days of signature counts too
        for eli, listed in known.instructions.items():
            if eli not in between and _between(listed[0].signed, link):
                found += [_by(i) for i in listed if _touches(i, kind, sections)]
    if found:
        return found
    tie = Tie.ONLY if link.complete and len(between) == len(unread) == 1 else Tie.AMONG
    return [_possible(a, known, tie) for a in unread]


def _touches(instruction: StoredInstruction, kind: ChangeKind, sections: Sequence[str]) -> bool:
    if kind is ChangeKind.HEADING:
        return any(t.what.startswith("overskrift") and (t.address.section in sections or t.address.section is None) for t in instruction.touches)
    return any(instruction.touches_section(section) for section in sections)


def _between(signed: date | None, link: Link) -> bool:
    older, newer = link.older.signed, link.newer.signed
    return signed is not None and older is not None and newer is not None and older < signed <= newer


def _by(instruction: StoredInstruction) -> ByAct:
    return ByAct(instruction.eli, instruction.title, instruction.place, instruction.effective, instruction.commencement, Tie.TOUCHES)


def _possible(amendment: Amendment, known: KnownActs, tie: Tie) -> ByAct:
    quote = known.quotes.get(amendment.act.eli or "")
    words = amendment.words or (quote.words if quote else "")
    effective = quote.effective if quote else None
    if effective is None and amendment.words:
        effective = only_day(read_commencement(amendment.words))
    section = amendment.sections[0] if len(amendment.sections) == 1 else None
    return ByAct(amendment.act.eli, act_name(amendment, known), section, effective, words, tie)


def _effective(acts: Sequence[ByAct]) -> tuple[date | None, str]:
    if not acts:
        return None, _NO_ACT
    days = {a.effective for a in acts}
    if len(days) == 1 and None not in days:
        return days.pop(), ""
    if acts[0].tie is Tie.SUBJECT:
        return None, _SUBJECT.format(act=acts[0].short)
    if acts[0].tie is Tie.AMONG:
        return None, _AMONG.format(number=len(acts)) if len(acts) > 1 else _UNREAD
    if None in days:
        words = " ".join(dict.fromkeys(a.words for a in acts if a.effective is None and a.words))
        return None, _OWN_WORDS.format(words=words) if words else _UNREAD if acts[0].tie is Tie.ONLY else _SILENT
    return None, _SEVERAL


def acts_to_json(acts: Sequence[ByAct]) -> str:
    """Amending acts as they are kept in a column."""
    return json.dumps(
        [[a.eli, a.title, a.section, a.effective.isoformat() if a.effective else None, a.words, a.tie] for a in acts],
        ensure_ascii=False,
    )


def acts_from_json(kept: str) -> tuple[ByAct, ...]:
    """Amending acts from the column."""
    return tuple(
        ByAct(eli, title, section, date.fromisoformat(day) if day else None, words, Tie(tie))
        for eli, title, section, day, words, tie in json.loads(kept)
    )
