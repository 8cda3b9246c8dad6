"""Citations as they are written for readers: ``SEL § 110, stk. 2``, ``serviceloven § 13 d, stk. 1, nr. 3, litra b``.

What is written here is read back as the same citation (:attr:`~vidensplatform.law.citation.Citation.meaning`). The form is that of
Justitsministeriets vejledning om lovkvalitet: section, subsection, number, letter and sentence, with commas between.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from vidensplatform.law.model import ActNumber, Address

if TYPE_CHECKING:
    from vidensplatform.law.citation import Citation
    from vidensplatform.law.registry import Registry

MONTHS = (
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
)
_GLUED = re.compile(r"^(\d+)([^\W\d]+)$")
_TITLE_WORDS = re.compile(r"\b(?:om|nr|og)\b", re.IGNORECASE)
_GENITIVE = re.compile(r"^(?:[^\W\d]+ )?[^\W\d]+(?:s|')$")


def spaced(section: str) -> str:
    """A section or chapter as printed: ``"82a"`` -> ``"82 a"``."""
    return _GLUED.sub(r"\1 \2", section)


def format_address(address: Address) -> str:
    """``§ 13 d, stk. 1, nr. 3, litra b``; an empty string for an empty address."""
    return place_label(address, None, None, None)


def place_label(address: Address, through: str | None, sentence: str | None, chapter: str | None) -> str:
    """An address with the end of its range, its sentence or chapter: ``§§ 20-24``, ``§ 10, stk. 1-3``, ``§ 4, 1.-3. pkt.``."""
    levels = [
        ("kapitel", chapter),
        ("§", address.section),
        ("stk.", address.subsection),
        ("nr.", address.number),
        ("litra", address.letter),
        ("pkt.", sentence),
    ]
    named = [(word, value) for word, value in levels if value]
    parts = [_part(word, value, through if position == len(named) else None) for position, (word, value) in enumerate(named, 1)]
    return ", ".join(parts)


def _part(word: str, value: str, through: str | None) -> str:
    if word == "pkt.":
        dotted = "-".join(v if v == "sidste" else f"{v}." for v in (value, through) if v)
        return f"{dotted} pkt."
    if word == "§" and through:
        word = "§§"
    return f"{word} {'-'.join(spaced(v) for v in (value, through) if v)}"


def act_label(act: ActNumber) -> str:
    """``lov nr. 329 af 9. april 2024``; ``lov nr. 329/2024`` where only the year is known, ``lov nr. 329`` where not even that is."""
    if act.signed:
        return f"{act.kind} nr. {act.number} af {act.signed.day}. {MONTHS[act.signed.month - 1]} {act.signed.year}"
    return f"{act.kind} nr. {act.number}/{act.year}" if act.year else f"{act.kind} nr. {act.number}"


def practice_label(practice: str) -> str:
    """``pm-22-18`` -> ``PM 22-18``; ``fob-2010-20-2`` -> ``FOB 2010 20-2``; ``u-2023-2221`` -> ``U 2023.2221``."""
    source, _, rest = practice.upper().partition("-")
    if source == "FOB" and rest.count("-") == 2:
        rest = rest.replace("-", " ", 1)
    if source == "U":
        rest = rest.replace("-", ".", 1).replace("-", "/")
    return f"{source} {rest}"


def format_citation(citation: Citation, registry: Registry, style: Literal["short", "long"] = "short") -> str:
    """The citation with its law, for a list ("short": ``SEL § 110, stk. 2``) or a sentence ("long": ``serviceloven § 110, stk. 2``).

    A law the registry does not name is written with the words of the text: ``straffelovens § 244``, ``§ 3, stk. 1, i lov om fonde``.
    Without law: ``§ 85``.
    """
    place = citation.label
    if citation.level is None:
        return place
    if citation.law:
        law = registry.label(citation.law) if style == "short" else registry.name(citation.law)
        return f"{law} {place}"
    words = act_label(citation.act) if citation.act and " om " not in f" {citation.law_words} " else citation.law_words
    if not words:
        return place
    if _before_section(words):
        return f"{words} {place}"
    return f"{place}{',' if ',' in place else ''} i {words}"


def _before_section(words: str) -> bool:
    """Whether the words stand before the section: a genitive ("straffelovens") or an abbreviation; not a title ("lov om fonde")."""
    last = words.split()[-1]
    return not _TITLE_WORDS.search(words) and (bool(_GENITIVE.match(last)) or last.isupper())
