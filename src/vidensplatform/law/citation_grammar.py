"""Reading a candidate span with the grammar in ``citations.lark``, and settling which part of a list belongs to which.

In: a span as found by :mod:`vidensplatform.law.citation_spans`. Out: plain values with positions inside the span. Equal spans are read once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple, cast

from lark import Lark, Token, Transformer, Tree
from lark.exceptions import LarkError

from vidensplatform.law.citation_format import MONTHS
from vidensplatform.law.model import ActNumber, Address

_CACHE = 65_536
_LEVELS = ("section", "subsection", "number", "letter", "sentence")
_SENTENCE_WORDS = {"første": "1", "andet": "2", "tredje": "3", "fjerde": "4"}
_ACT_KINDS = {"lbk": "lovbekendtgørelse", "lovbek": "lovbekendtgørelse", "bek": "bekendtgørelse", "bkg": "bekendtgørelse"}


class Part(NamedTuple):
    """One part of a place as written: its level, its value, the end of its range, and the word that joins it to the part before."""

    level: str
    value: str
    through: str | None
    start: int
    end: int
    joint: str = ""
    plural: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a list of places. Positions are those inside the span.

    ``relative``: the section is not named, so it is the context's. ``item`` counts the sections and chapters that are named in words, and ``group`` the
    parts of a chain "§ 58, jf. § 59".
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


def _range(tokens: list[Token]) -> tuple[Token, Token | None]:
    """The first and last token of a range, without the word between them."""
    kept = [t for t in tokens if t is not None and t.type not in ("DASH", "TO")]
    return kept[0], kept[1] if len(kept) > 1 else None


class _Reader(Transformer[Token, list[Part]]):
    """The parse tree as a flat list of parts."""

    def place(self, tokens: list[Token]) -> Token:
        number, letter = tokens
        value = f"{int(number)}{letter.lower() if letter else ''}"
        last = letter or number
        return Token("PLACE", value, start_pos=number.start_pos, end_pos=last.end_pos)

    def places(self, tokens: list[Token]) -> list[Part]:
        first, last = _range(tokens)
        through = None
        if last is not None:
            through = str(last) if last.type == "PLACE" else first.rstrip("abcdefghijklmnopqrstuvwxyzæøå") + last.lower()
        return [_part("", first, through, first, last or first)]

    def letters(self, tokens: list[Token]) -> list[Part]:
        first, last = _range(tokens)
        return [_part("letter", first.lower(), last.lower() if last else None, first, last or first)]

    def romans(self, tokens: list[Token]) -> list[Part]:
        first, last = _range(tokens)
        return [_part("roman", first, last, first, last or first)]

    def _marked(self, level: str, children: list[Token | list[Part]]) -> list[Part]:
        marker, parts = children
        assert isinstance(marker, Token) and isinstance(parts, list)
        plural = marker.count("§") > 1 or marker.lower().endswith(("ne", "fer", "ler"))
        return [parts[0]._replace(level=level, start=marker.start_pos or 0, plural=plural)]

    def section(self, children: list[Token | list[Part]]) -> list[Part]:
        return self._marked("section", children)

    def article(self, children: list[Token | list[Part]]) -> list[Part]:
        return self._marked("article", children)

    def chapter(self, children: list[Token | list[Part]]) -> list[Part]:
        return self._marked("chapter", children)

    def letter(self, children: list[Token | list[Part]]) -> list[Part]:
        return self._marked("letter", children)

    def subsection(self, tokens: list[Token]) -> list[Part]:
        first, last = _range(tokens[1:])
        return [_part("subsection", str(int(first)), str(int(last)) if last else None, tokens[0], last or first)]

    def number(self, tokens: list[Token]) -> list[Part]:
        first, last = _range(tokens[1:])
        return [_part("number", str(int(first)), str(int(last)) if last else None, tokens[0], last or first)]

    def ordinal(self, tokens: list[Token]) -> Token:
        token = tokens[0]
        word = token.lower()
        value = _SENTENCE_WORDS.get(word) or (word if word == "sidste" else str(int(word.rstrip("."))))
        return Token("ORDINAL", value, start_pos=token.start_pos, end_pos=token.end_pos)

    last_ordinal = ordinal

    def joint(self, tokens: list[Token]) -> str:
        kinds = [t.type for t in tokens if t is not None]
        return "jf" if "JF" in kinds else ", og" if len(kinds) == 2 else "og" if "AND" in kinds else ","

    def between(self, children: list[Token | str]) -> str:
        return "-" if isinstance(children[0], Token) else children[0]

    def sentence(self, children: list[Token | str]) -> list[Part]:
        parts: list[Part] = []
        joint = ""
        for child in children:
            if not isinstance(child, Token):
                joint = child
            elif child.type == "PKT":
                parts[-1] = parts[-1]._replace(end=child.end_pos or 0)
            elif joint == "-":
                parts[-1] = parts[-1]._replace(through=str(child), end=child.end_pos or 0)
            else:
                parts.append(_part("sentence", child, None, child, child)._replace(joint=joint))
        return parts

    def bare(self, children: list[list[Part]]) -> list[Part]:
        return [children[0][0]._replace(level=children[0][0].level and f"bare {children[0][0].level}" or "bare")]

    def provisions(self, children: list[list[Part] | str]) -> list[Part]:
        parts: list[Part] = []
        joint = ""
        for child in children:
            if isinstance(child, str):
                joint = child
            else:
                parts.append(child[0]._replace(joint=joint))
                parts.extend(child[1:])
                joint = ""
        return parts


def _part(level: str, value: str, through: str | None, first: Token, last: Token) -> Part:
    return Part(level, str(value), through, first.start_pos or 0, last.end_pos or 0)


_parser = Lark(
    files("vidensplatform.law").joinpath("citations.lark").read_text(encoding="utf-8"),
    parser="lalr",
    start=["provisions", "act", "practice"],
    transformer=_Reader(),
)


@lru_cache(maxsize=_CACHE)
def read_provisions(span: str) -> tuple[Member, ...]:
    """The members of a list of places: ``"§ 10, stk. 1 og 2"`` -> § 10, stk. 1, and § 10, stk. 2. Empty where the span is no place."""
    try:
        parts = cast(list[Part], _parser.parse(span, start="provisions"))
    except LarkError:
        return ()
    return tuple(_members(parts))


@lru_cache(maxsize=4_096)
def read_act(span: str) -> ActNumber | None:
    """``"lov nr. 329 af 9. april 2024"`` as an act number; a date that does not exist leaves only its year. None where the span is none."""
    try:
        tokens = [t for t in _parser.parse(span, start="act").children if isinstance(t, Token)]
    except LarkError:
        return None
    word = tokens[0].lower().rstrip(".")
    kind = _ACT_KINDS.get(word, word)
    month = next((_month(t) for t in tokens if t.type == "MONTH"), None)
    numbers = [int(t.rstrip(".")) for t in tokens if t.type in ("INT", "ORDINAL")]
    number, *rest = numbers
    if not rest:
        return ActNumber(kind, number)
    if len(rest) == 1:
        return ActNumber(kind, number, year=rest[0])
    day, *middle, year = rest
    try:
        return ActNumber(kind, number, date(year, month or middle[0], day))
    except ValueError:
        return ActNumber(kind, number, year=year)


def _month(token: Token) -> int:
    return next(n for n, name in enumerate(MONTHS, 1) if name.startswith(token.lower()[:3]))


@lru_cache(maxsize=4_096)
def read_practice(span: str) -> tuple[tuple[int, int, str], ...]:
    """``"principmeddelelse 8-25 og 9-25"`` -> (start, end, id) of each. Ids: pm-8-25, fob-2018-31, u-2023-2221. Empty where the span is none."""
    try:
        tree = _parser.parse(span, start="practice")
    except LarkError:
        return ()
    source, *rest = tree.children
    assert isinstance(source, Token)
    found = []
    for child in rest:
        if not isinstance(child, Tree):
            continue
        tokens = [t for t in child.children if isinstance(t, Token)]
        kept = [t for t in tokens if t.type in ("INT", "LETTER")]
        start = source.start_pos if not found else tokens[0].start_pos
        found.append((start or 0, tokens[-1].end_pos or 0, _PRACTICE[source.type](kept)))
    return tuple(found)


def _decision(tokens: list[Token]) -> str:
    *letter, number, year = tokens
    return "-".join(["pm", *(t.lower() for t in letter), str(int(number)), year])


def _statement(tokens: list[Token]) -> str:
    year, *numbers = tokens
    # "FOB 05.547" is the yearbook of 2005, page 547; the yearbooks begin in 1955.
    full = year if len(year) == 4 else f"{19 if int(year) >= 55 else 20}{year}"
    return "-".join(["fob", full, *(str(int(t)) for t in numbers)])


def _judgment(tokens: list[Token]) -> str:
    return "-".join(["u", *(str(int(t)) for t in tokens)])


_PRACTICE = {"PM": _decision, "FOB": _statement, "U": _judgment}


class _Place:
    """The place that the reading has come to, one value a level."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.article = False
        self.relative = True

    @property
    def depth(self) -> int:
        return max((n for n, level in enumerate(_LEVELS) if level in self.values), default=-1)

    def cut(self, level: str) -> None:
        """Forget this level and those below it."""
        for lower in _LEVELS[_LEVELS.index(level) :]:
            self.values.pop(lower, None)


def _members(parts: list[Part]) -> list[Member]:
    """The members of the list. A part on a deeper level belongs to the member before it; any other begins a new member."""
    members: list[Member] = []
    place = _Place()
    level, plural, item, group = "section", False, 0, 0
    for position, part in enumerate(parts):
        following = parts[position + 1] if position + 1 < len(parts) else None
        is_bare = part.level.startswith("bare")
        if is_bare:
            part = _of_list(part, level, place, plural, following)
        else:
            plural = part.plural or (plural and part.level != "section")
        level = part.level
        if part.joint == "jf" and level in ("section", "chapter", "article"):
            group += 1
        if level in ("chapter", "section", "article"):
            item += not is_bare
            place = _Place()
            place.article = level == "article"
            place.relative = False
            if level == "chapter":
                members.append(Member(part.start, part.end, Address(), part.through, chapter=part.value, item=item, group=group))
                continue
            place.values["section"] = part.value
            members.append(_member(place, part.start, part, item, group))
            continue
        deeper = _LEVELS.index(level) > place.depth and not is_bare
        inside_sentence = level in ("number", "letter") and part.joint == "," and place.values.keys() & {level, "sentence"} == {"sentence"}
        if members and not members[-1].chapter and ((deeper and _goes_deeper(part, place)) or inside_sentence):
            previous = members[-1]
            start = previous.start
            if previous.through:  # "§§ 51-53, stk. 2": the whole range, and then the last one's subsection
                start = part.start
                place.values[_LEVELS[place.depth]] = previous.through
            else:
                members.pop()
            place.values[level] = part.value
            members.append(_member(place, start, part, previous.item, group))
            continue
        if deeper and level == "subsection" and not place.article:  # "efter § 108 b og stk. 1": the context's own stk. 1
            place = _Place()
        place.cut(level)
        place.values[level] = part.value
        members.append(_member(place, part.start, part, item, group))
    return members


def _goes_deeper(part: Part, place: _Place) -> bool:
    """Whether a part on a deeper level belongs to the place before it, and not to the context or to a list of its own."""
    return part.joint in ("", ",") or place.article


def _of_list(part: Part, level: str, place: _Place, plural: bool, following: Part | None) -> Part:
    """A number or letter without a word of its own, on the level of the list it goes on with."""
    if part.level == "bare roman":
        if level == "chapter":
            return part._replace(level="chapter")
        part = part._replace(level="bare letter", value=part.value.lower())
    if part.level == "bare letter":
        if level in ("section", "article"):
            digits = place.values.get("section", "").rstrip("abcdefghijklmnopqrstuvwxyzæøå")
            return part._replace(level=level, value=digits + part.value, through=part.through and digits + part.through)
        return part._replace(level="letter")
    if level in ("subsection", "number", "sentence", "letter"):
        section = place.values.get("section", "")
        if not part.value.isdigit():  # "§§ 56, stk. 2, 56 a og 57": only sections have letters
            return part._replace(level="section")
        if plural and section and int(part.value) > int("".join(c for c in section if c.isdigit())):
            # "§§ 38, 79, stk. 3, 80, stk. 1, og 86, stk. 4": the plural sign says that sections go on
            comma = part.joint == ","
            if comma or (following is not None and following.level == "subsection" and following.joint in ("", ",")):
                return part._replace(level="section")
    return part._replace(level=level if level != "letter" else "number")


def _member(place: _Place, start: int, part: Part, item: int, group: int) -> Member:
    values = place.values
    address = Address(values.get("section"), values.get("subsection"), values.get("number"), values.get("letter"))
    return Member(
        start, part.end, address, part.through, values.get("sentence"), article=place.article, relative=place.relative, item=item, group=group
    )
