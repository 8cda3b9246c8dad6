"""From what the library holds of a change to what a reader is shown: its label, its cards, its words subsection by subsection."""

from __future__ import annotations

import re
from datetime import date

from vidensplatform.changes.dating import acts_from_json
from vidensplatform.changes.records import ChangeDetail, ChangeRow, PartDiff
from vidensplatform.knowledge.loading import Corpus
from vidensplatform.law.citation_format import format_address
from vidensplatform.law.diff import Change, ChangeKind
from vidensplatform.law.model import Address
from vidensplatform.law.subsections import SubsectionChange
from vidensplatform.law.worddiff import word_diff
from vidensplatform.store.changes import StoredChange

_SUBSECTION = re.compile(r"^Stk\. ?(\d+[a-z]?)\. ?", re.MULTILINE)
POSSIBLE = "De nævnte love er mulige, ikke fundne: deres egen tekst er ikke i biblioteket."


def written(day: date) -> str:
    """A day as it is written in the program: 1.7.2024."""
    return f"{day.day}.{day.month}.{day.year}"


def label_of(corpus: Corpus, law: str, section: str) -> str:
    """How a section is cited: "SEL § 110"."""
    return f"{corpus.registry.label(law)} {format_address(Address(section))}"


def place_label(corpus: Corpus, place: str, law: str) -> str:
    """A place a section moved to or from: "barnets-lov/85" as "BL § 85", a bare number in ``law`` itself."""
    act, _, rest = place.rpartition("/") if place.count("/") == 1 else ("", "", place)
    if place.count("/") > 1:
        act, *parts = place.split("/")
        return f"{corpus.registry.label(act)} {format_address(Address(*parts))}"
    return label_of(corpus, act or law, rest)


def cards_of(corpus: Corpus, change: StoredChange) -> tuple[str, ...]:
    """Ids of the cards that stand on the section, under its old or its new number in the act."""
    sections = dict.fromkeys((change.section, *(p for p in change.moved_to if "/" not in p)))
    return tuple(dict.fromkeys(card for s in sections for card in corpus.cards_by_section.get((change.work, s), ())))


def row_of(corpus: Corpus, change: StoredChange, *, read: bool, followed: bool) -> ChangeRow:
    """A change as a list shows it."""
    return ChangeRow(
        change.key,
        change.work,
        corpus.registry.label(change.work),
        change.section,
        label_of(corpus, change.work, change.section),
        change.kind,
        change.older,
        change.newer,
        change.dated.day,
        change.dated.effective,
        change.dated.reason,
        acts_from_json(change.dated.acts),
        change.heading,
        change.excerpt,
        change.moved_to,
        change.moved_from,
        cards_of(corpus, change),
        read,
        followed,
    )


def detail_of(corpus: Corpus, row: ChangeRow, change: Change) -> ChangeDetail:
    """A change as it is read."""
    return ChangeDetail(
        row,
        change.diff,
        change.old_text,
        change.new_text,
        change.old_heading,
        change.new_heading,
        tuple(_parts(change)),
        change.subsections,
        change.why.value if change.why else "",
        tuple(_notes(corpus, row, change)),
    )


def split_subsections(text: str) -> dict[str, str]:
    """The words of each subsection by its number; what stands before the first marker is subsection 1."""
    marks = list(_SUBSECTION.finditer(text))
    found = {"1": text[: marks[0].start()] if marks else text}
    for mark, following in zip(marks, [*marks[1:], None], strict=False):
        found[mark[1]] = text[mark.end() : following.start() if following else len(text)]
    return {number: words.strip() for number, words in found.items() if words.strip()}


def _parts(change: Change) -> list[PartDiff]:
    if change.kind not in (ChangeKind.AMENDED, ChangeKind.MOVED) or not change.subsections:
        return []
    old, new = split_subsections(change.old_text), split_subsections(change.new_text)
    return [PartDiff(_part_label(s), word_diff(old.get(s.old or "", ""), new.get(s.new or "", ""))) for s in change.subsections]


def _part_label(part: SubsectionChange) -> str:
    if part.old is None:
        return f"Stk. {part.new} (nyt)"
    if part.new is None:
        return f"Stk. {part.old} (ophævet)"
    if part.old == part.new:
        return f"Stk. {part.old}"
    return f"Stk. {part.old} → stk. {part.new}" + ("" if part.reworded else " (samme ord)")


def _notes(corpus: Corpus, row: ChangeRow, change: Change) -> list[str]:
    notes = []
    if change.only_renumbered:
        notes.append("Kun numrene på stykkerne er ændret; ordene er de samme.")
    if change.why:
        notes.append(f"Ingen ændring af loven: {change.why.value}.")
    elsewhere = [p for p in row.moved_to if "/" in p]
    if elsewhere:
        notes.append(f"Reglen står nu i {', '.join(place_label(corpus, p, row.law) for p in elsewhere)}.")
    if row.moved_from:
        notes.append(f"Reglen stod før i {', '.join(place_label(corpus, p, row.law) for p in row.moved_from)}.")
    if row.reason:
        notes.append(row.reason)
    if len(row.by) > 1 and not row.sure_acts:
        notes.append(POSSIBLE)
    return notes
