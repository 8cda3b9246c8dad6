"""Reading a candidate span with the grammar in ``citations.lark``.

In: a span as found by :mod:`vidensplatform.law.citation_spans`. Out: plain values with positions inside the span.
"""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple, cast

from lark import Lark, Token, Transformer, Tree
from lark.exceptions import LarkError

from vidensplatform.law.citation_format import MONTHS
from vidensplatform.law.model import ActNumber

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


def _range(tokens: list[Token]) -> tuple[Token, Token | None]:
    """The first and last token of a range, without the word between them."""
    kept = [t for t in tokens if t is not None and t.type not in ("DASH", "TO")]
    return kept[0], kept[1] if len(kept) > 1 else None


_Marked = tuple[Token, list[Part]]


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

    def _marked(self, level: str, children: _Marked) -> list[Part]:
        marker, parts = children
        plural = marker.count("§") > 1 or marker.lower().endswith(("ne", "fer", "ler"))
        return [parts[0]._replace(level=level, start=marker.start_pos or 0, plural=plural)]

    def section(self, children: _Marked) -> list[Part]:
        return self._marked("section", children)

    def article(self, children: _Marked) -> list[Part]:
        return self._marked("article", children)

    def chapter(self, children: _Marked | list[Token]) -> list[Part]:
        first, second = children
        if isinstance(second, Token):
            return [_part("chapter", str(int(first.rstrip("."))), None, first, second)]
        return self._marked("chapter", (first, second))

    def letter(self, children: _Marked) -> list[Part]:
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
        word = next((t for t in tokens if t is not None and t.type != "COMMA"), None)
        if word is None:
            return ","
        return "jf" if word.type == "JF" else "samt" if word.lower() == "samt" else "og"

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
        part = children[0][0]
        return [part._replace(level=f"bare {part.level}".rstrip())]

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


@cache
def _parser() -> Lark:
    """The grammar, built when the first reference is read: a start that reads none need not wait for it."""
    return Lark(
        files("vidensplatform.law").joinpath("citations.lark").read_text(encoding="utf-8"),
        parser="lalr",
        start=["provisions", "act", "practice"],
        transformer=_Reader(),
    )


def read_parts(span: str) -> list[Part]:
    """The parts of a list of places in reading order. Empty where the span is no place."""
    try:
        return cast("list[Part]", _parser().parse(span, start="provisions"))
    except LarkError:
        return []


@lru_cache(maxsize=4_096)
def read_act(span: str) -> ActNumber | None:
    """``"lov nr. 329 af 9. april 2024"`` as an act number; a date that does not exist leaves only its year. None where the span is none."""
    try:
        tokens = [t for t in _parser().parse(span, start="act").children if isinstance(t, Token)]
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
    """``"principmeddelelse 8-25 og 9-25"`` -> (start, end, id) of each: pm-8-25, pm-9-25. Empty where the span is none."""
    try:
        tree = _parser().parse(span, start="practice")
    except LarkError:
        return ()
    source, *rest = cast("list[Token]", tree.children)
    found: list[tuple[int, int, str]] = []
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
