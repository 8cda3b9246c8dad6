"""What changed between two texts of an act, section by section.

Pure: values in, values out. What a :class:`Change` says is what the two texts show. When it takes effect and by which amending act is not in it:
that is read from the chain of versions (:mod:`vidensplatform.law.chain`) and the amending acts (:mod:`vidensplatform.law.amendment`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from vidensplatform.law.alignment import Pair, align
from vidensplatform.law.editorial import Editorial, same, why_editorial
from vidensplatform.law.sectiontext import SectionText
from vidensplatform.law.subsections import SubsectionChange, subsection_changes
from vidensplatform.law.worddiff import Diff, word_diff

_HEADED = 0.5
_NOTE = re.compile(r"\s*\d{1,2}\) [A-ZÆØÅ§].*\.", re.DOTALL)


class ChangeKind(StrEnum):
    """What happened to a section."""

    ADDED = "added"
    AMENDED = "amended"
    REPEALED = "repealed"
    MOVED = "moved"
    HEADING = "heading"
    EDITORIAL = "editorial"

    @property
    def substantive(self) -> bool:
        """Whether it may change the law: all but a new heading and what only the editor did."""
        return self not in (ChangeKind.HEADING, ChangeKind.EDITORIAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change of one section.

    ``section`` is its number in the old text, for an added one that in the new. ``moved_to`` names where its words stand now: a number ("83b")
    in the same act, a provision ("barnets-lov/85") in another; ``moved_from`` where an added section's words stood before. ``diff`` is the
    word-by-word difference (of a heading, where only that changed). ``subsections`` are those touched. ``why`` is set for editorial changes.
    A section that moved and was reworded is one change, MOVED, whose ``diff`` shows the rewording.
    """

    kind: ChangeKind
    section: str
    moved_to: tuple[str, ...] = ()
    moved_from: tuple[str, ...] = ()
    old_heading: str = ""
    new_heading: str = ""
    old_text: str = ""
    new_text: str = ""
    diff: Diff = ()
    subsections: tuple[SubsectionChange, ...] = ()
    why: Editorial | None = None

    @property
    def only_renumbered(self) -> bool:
        """Whether all that differs inside it is the numbers of its subsections."""
        return bool(self.subsections) and all(s.only_renumbered for s in self.subsections)


def compare(old: Sequence[SectionText], new: Sequence[SectionText]) -> list[Change]:
    """The changes from one text of an act to another, in the order of the new text, headings last; none where both say the same.

    Rules: a section is the same where its words are, whatever the line breaks, signs that only look different and footnotes. Where nothing but
    the editor's hand is seen (:mod:`vidensplatform.law.editorial`) the change is EDITORIAL, where only the heading above, HEADING. Renumbered
    subsections are an amendment. A section whose words stand under another number has MOVED. "(Ophævet)" is as good as not there.
    Headings are compared only where both texts have them: a rendering that lost them proves nothing.
    """
    changes = [change for pair in align(old, new) if (change := _change(pair, new)) is not None]
    return changes + _heading_changes(old, new, {c.section for c in changes})


def _change(pair: Pair, new: Sequence[SectionText]) -> Change | None:
    before, after = pair.old, pair.new
    if after is None:
        return _gone(before, new) if before else None
    if before is None:
        return Change(kind=ChangeKind.ADDED, section=after.section, new_heading=after.heading, new_text=after.text, diff=word_diff("", after.text))
    moved = before.section != after.section
    diff = word_diff(before.text, after.text)
    if not moved and (same(before.text, after.text) or _only_notes(diff)):
        return None
    why = None if moved else why_editorial(before.text, after.text)
    return Change(
        kind=ChangeKind.MOVED if moved else ChangeKind.EDITORIAL if why else ChangeKind.AMENDED,
        section=before.section,
        moved_to=(after.section,) if moved else (),
        old_heading=before.heading,
        new_heading=after.heading,
        old_text=before.text,
        new_text=after.text,
        diff=diff,
        subsections=() if why else subsection_changes(before.subsections, after.subsections),
        why=why,
    )


def _gone(before: SectionText, new: Sequence[SectionText]) -> Change:
    """A section that the new text does not have: repealed, unless the editor says that it only was left out."""
    left_out = any(s.left_out and s.covers(before.section) for s in new)
    return Change(
        kind=ChangeKind.EDITORIAL if left_out else ChangeKind.REPEALED,
        section=before.section,
        old_heading=before.heading,
        old_text=before.text,
        diff=word_diff(before.text, ""),
        why=Editorial.LEFT_OUT if left_out else None,
    )


def _only_notes(diff: Diff) -> bool:
    """Whether all that came or went are footnotes that a poorer rendering put into a line: " 7) Det fremgår af … ." before the line goes on."""
    following = (*diff[1:], ("=", "\n"))
    return any(op != "=" for op, _ in diff) and all(
        op == "=" or (_NOTE.fullmatch(piece) is not None and after == "=" and not text.startswith("\n"))
        for (op, piece), (after, text) in zip(diff, following, strict=True)
    )


def _heading_changes(old: Sequence[SectionText], new: Sequence[SectionText], changed: set[str]) -> list[Change]:
    """A heading stands above many sections: its change is that of the first of them, and said by that one's own change if it has one."""
    if not (_headed(old) and _headed(new)):
        return []
    before = {s.section: s for s in old if not s.gone}
    seen: set[tuple[str, str]] = set()
    found: list[Change] = []
    for section in new:
        earlier = before.get(section.section)
        if earlier is None or section.gone:
            continue
        pairs = list(zip(earlier.headings[::-1], section.headings[::-1], strict=False))
        reworded = [p for p in pairs if p not in seen and not same(*p) and why_editorial(*p) is None]
        seen.update(reworded)
        if section.section in changed:
            continue
        found += [
            Change(
                kind=ChangeKind.HEADING,
                section=section.section,
                old_heading=one,
                new_heading=other,
                old_text=earlier.text,
                new_text=section.text,
                diff=word_diff(one, other),
            )
            for one, other in reworded
        ]
    return found


def _headed(sections: Sequence[SectionText]) -> bool:
    """Whether this text has headings at all: most of its sections stand under one."""
    return sum(bool(s.headings) for s in sections) > _HEADED * len(sections)


def moved_away(changes: Iterable[Change], destinations: Mapping[str, Sequence[str]]) -> list[Change]:
    """The same changes, in which a repealed section that ``destinations`` has a place for is MOVED there and not gone.

    ``destinations`` gives for a section's number the provisions where its words or its rule stand now ("barnets-lov/85"): from
    ``corpus/forwarding.toml``, or found by :func:`~vidensplatform.law.alignment.moved_across`. A destination with a subsection of its own
    belongs to that subsection and is the caller's to leave out.
    """
    return [
        replace(change, kind=ChangeKind.MOVED, moved_to=tuple(destinations[change.section]))
        if change.kind is ChangeKind.REPEALED and destinations.get(change.section)
        else change
        for change in changes
    ]


def moved_here(changes: Iterable[Change], origins: Mapping[str, Sequence[str]]) -> list[Change]:
    """The same changes, in which an added section that ``origins`` names a former place for says so in ``moved_from``."""
    return [
        replace(change, moved_from=tuple(origins[change.section])) if change.kind is ChangeKind.ADDED and origins.get(change.section) else change
        for change in changes
    ]
