"""Figures that a card states: time limits, shares and amounts. They go wrong unseen, so the law must say them too."""

from __future__ import annotations

import re

Length = tuple[int, str]
"""How long: number and unit, as in (4, "uge")."""
_ORDINALS = {word: n for n, word in enumerate("første anden tredje fjerde femte sjette syvende ottende niende tiende".split(), 1)}
_NUMBERS = {
    **{word: n for n, word in enumerate("to tre fire fem seks syv otte ni ti elleve tolv tretten fjorten femten".split(), 2)},
    **dict.fromkeys(("en", "et", "én", "ét"), 1),
    **_ORDINALS,
}
_UNITS = {
    "time": "time", "timer": "time", "døgn": "døgn", "dag": "dag", "dage": "dag", "hverdag": "hverdag", "hverdage": "hverdag",
    "arbejdsdag": "arbejdsdag", "arbejdsdage": "arbejdsdag", "uge": "uge", "uger": "uge", "måned": "måned", "måneder": "måned",
    "kalendermåned": "måned", "kalendermåneder": "måned", "år": "år",
}  # fmt: skip
_BETWEEN = "hele|på hinanden følgende|sammenhængende|forudgående|seneste"
_LENGTH = re.compile(
    rf"\b(\d+|{'|'.join(_NUMBERS)})(?:\.| (?:{_BETWEEN}))?\s+({'|'.join(sorted(_UNITS, key=len, reverse=True))})s?\b",
    re.IGNORECASE,
)
_LIMIT = re.compile(r"\b(?:inden(?: for)?|senest|udgangen af)\b[^.;:]{0,45}", re.IGNORECASE)
_SHARE = re.compile(r"(\d+(?:,\d+)?)\s*(?:pct\.?|procent\b|%)", re.IGNORECASE)
_AMOUNT = re.compile(r"(?<!§ )\b\d[\d.,]*\s*(?:kr\b\.?|kroner\b)", re.IGNORECASE)
_YEAR = re.compile(r"\b20\d\d\b")
_SOURCE = re.compile(r"§|\b(?:lov|bekendtgørelse|vejledning|skrivelse|dom|kilde)\b", re.IGNORECASE)


def lengths(text: str) -> frozenset[Length]:
    """Every length of time a text names, in digits or words; a tenth week is ten weeks."""
    found = ((m[1].lower(), m[2].lower()) for m in _LENGTH.finditer(text))
    # "de første måneder" are not one month.
    return frozenset((_number(word), _UNITS[unit]) for word, unit in found if not (word in _ORDINALS and unit != _UNITS[unit]))


def time_limits(text: str) -> frozenset[Length]:
    """The lengths within which a text says that something has to happen ("inden 4 uger", "senest tre måneder efter")."""
    return frozenset(length for m in _LIMIT.finditer(text) for length in lengths(m[0]))


def shares(text: str) -> frozenset[str]:
    """The percentages a text names."""
    return frozenset(m[1] for m in _SHARE.finditer(text))


def undated_amount(text: str) -> str | None:
    """An amount of money in a text that names no year, or no source to look it up in; rates change every year."""
    found = _AMOUNT.search(text)
    return found[0] if found and not (_YEAR.search(text) and _SOURCE.search(text)) else None


def told(length: Length) -> str:
    """A length as a person writes it."""
    number, unit = length
    plain = unit in ("døgn", "år") or number == 1
    return f"{number} {unit if plain else unit + ('r' if unit.endswith('e') else 'er' if unit == 'måned' else 'e')}"


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word]
