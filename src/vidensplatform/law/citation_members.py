"""From the parts of a list of places to its members: which part belongs to which, and what a bare number means.

"§§ 32, 33 og 35, stk. 3" has three members, and the subsection belongs to the last. Rules of reading, counted in 158 acts and orders:

* a smaller part after a comma goes deeper: "§ 10, stk. 1, nr. 2"; an equal or larger one begins the next member: ", og stk. 3";
* a bare number goes on with its list: "stk. 1 og 2"; with a letter it is a section: "§§ 56, stk. 2, 56 a og 57"; after "§§" it is one too
  where sections evidently go on: "§§ 7, 9, stk. 3, 12, stk. 1, og 15, stk. 4";
* "og stk. 1" right after a section is not that section's: "efter § 24 c og stk. 1" speaks of the section the text stands in.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from vidensplatform.law.citation_grammar import Part, read_parts
from vidensplatform.law.model import Address

_LEVELS = ("section", "subsection", "number", "letter", "sentence")
_TOP = ("section", "article", "chapter")
_LETTERS = "abcdefghijklmnopqrstuvwxyzæøå"


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a list of places. Positions are those inside the span.

    ``relative``: the section is not named, so it is the context's. ``item`` counts the sections and chapters that are marked as such, and
    ``group`` the lists that are put side by side: "§ 58, jf. § 59", "§§ 20-25 og 69 samt § 120".
    """

    start: int
    end: int
    address: Address
    through: str | None = None
    sentence: str | None = None
    chapter: str | None = None
    article: bool = False
    relative: bool = False
    item: int = 0
    group: int = 0


@lru_cache(maxsize=65_536)
def read_provisions(span: str) -> tuple[Member, ...]:
    """The members of a list of places: ``"§ 10, stk. 1 og 2"`` -> § 10, stk. 1, and § 10, stk. 2. Empty where the span is no place."""
    return tuple(_List(read_parts(span)).read())


class _List:
    """A list of places being read: the parts still to come, and the place that the reading has come to."""

    def __init__(self, parts: list[Part]) -> None:
        self._parts = parts
        self._members: list[Member] = []
        self._place: dict[str, str] = {}
        self._level = "section"
        self._plural = False
        self._article = False
        self._relative = True
        self._item = 0
        self._group = 0
        self._ended = False

    def read(self) -> list[Member]:
        """The members, in order."""
        for position, part in enumerate(self._parts):
            bare = part.level.startswith("bare")
            if bare:
                part = self._of_list(part, self._parts[position + 1] if position + 1 < len(self._parts) else None)
            elif part.level in _TOP:
                self._plural = part.plural
            self._level = part.level
            if part.level in _TOP:
                self._begin(part, bare)
            elif not bare and self._belongs_to_last(part):
                self._deepen(part)
            else:
                self._go_on(part, bare)
        return self._members

    def _begin(self, part: Part, bare: bool) -> None:
        """A section, article or chapter: a new member, with nothing of what came before."""
        if part.joint == "jf" or (part.joint == "samt" and self._ended):
            self._group, self._ended = self._group + 1, False
        self._ended = self._ended or part.joint == "og"
        self._item += not bare
        self._place = {} if part.level == "chapter" else {"section": part.value}
        self._article, self._relative = part.level == "article", False
        self._add(part, part.start, chapter=part.value if part.level == "chapter" else None)

    def _belongs_to_last(self, part: Part) -> bool:
        """Whether a smaller part goes deeper into the member before it, and not into the context or a list of its own."""
        if not self._members or self._members[-1].chapter or not (part.joint in ("", ",") or self._article):
            return False
        # "stk. 2, 2. pkt., nr. 2": a list inside a sentence
        in_sentence = part.level in ("number", "letter") and "sentence" in self._place and part.level not in self._place
        return in_sentence or _LEVELS.index(part.level) > self._depth()

    def _deepen(self, part: Part) -> None:
        last = self._members[-1]
        if last.through:  # "§§ 51-53, stk. 2": the whole range, and then the subsection of its last section
            self._place[_LEVELS[self._depth()]] = last.through
        else:
            self._members.pop()
        self._place[part.level] = part.value
        self._add(part, part.start if last.through else last.start)

    def _go_on(self, part: Part, bare: bool) -> None:
        """The next member on the same or a higher level: "og stk. 3"."""
        if part.level == "subsection" and "subsection" not in self._place and not bare and not self._article:
            self._place, self._relative = {}, True
        for lower in _LEVELS[_LEVELS.index(part.level) :]:
            self._place.pop(lower, None)
        self._place[part.level] = part.value
        self._add(part, part.start)

    def _depth(self) -> int:
        return max((n for n, level in enumerate(_LEVELS) if level in self._place), default=-1)

    def _add(self, part: Part, start: int, chapter: str | None = None) -> None:
        section, subsection, number, letter, sentence = (self._place.get(level) for level in _LEVELS)
        self._members.append(
            Member(
                start=start,
                end=part.end,
                address=Address(section, subsection, number, letter),
                through=part.through,
                sentence=sentence,
                chapter=chapter,
                article=self._article,
                relative=self._relative,
                item=self._item,
                group=self._group,
            )
        )

    def _of_list(self, part: Part, following: Part | None) -> Part:
        """A number or letter without a word of its own, on the level of the list it goes on with."""
        if part.level == "bare roman" and self._level == "chapter":
            return part._replace(level="chapter")
        if part.level in ("bare roman", "bare letter"):
            letter = part.value.lower()
            if self._level not in ("section", "article"):
                return part._replace(level="letter", value=letter)
            digits = self._place["section"].rstrip(_LETTERS)  # "§§ 64 b og c"
            return part._replace(level=self._level, value=digits + letter, through=part.through and digits + part.through)
        return part._replace(level="section" if self._sections_go_on(part, following) else self._level)

    def _sections_go_on(self, part: Part, following: Part | None) -> bool:
        if self._level in _TOP:
            return False
        if not part.value.isdigit():
            return True
        section = self._place.get("section", "").rstrip(_LETTERS)
        if not self._plural or not section or int(part.value) <= int(section):
            return False
        return part.joint == "," or (following is not None and following.level == "subsection" and following.joint in ("", ","))
