"""What a paragraph of an HTML document is: by the site's classes, by the part of the page that it lies in, or by what it begins with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from indexers.markup import HEADINGS, Block

SECTION = re.compile(r"§+\s*\d+(?:\s*[a-zæøå]{1,2})?(?:\s*[-–]\s*\d+(?:\s*[a-zæøå])?)?\s*\.?(?=\s|$)", re.IGNORECASE)
SUBSECTION = re.compile(r"Stk\.?\s*\d+(?:\s*[-–]\s*\d+)?\s*\.?(?=\s|$)", re.IGNORECASE)
CHAPTER = re.compile(r"Kapitel\s+(?:\d+\s?[a-zæøå]?|[IVXLC]+)\s*\.?(?=\s|$)", re.IGNORECASE)
DIVISION = re.compile(r"Afsnit\s+(?:\d+\s?[a-zæøå]?|[IVXLC]+(?:\s?[a-zæøå])?)\s*\.?(?=\s|$)", re.IGNORECASE)
ANNEX = re.compile(r"Bilag(?:\s+\d+\s?[a-zæøå]?)?\s*[.:]?(?=\s|$)", re.IGNORECASE)
NUMBER = re.compile(r"\d{1,3}(?:\s?[a-zæøå])?\)(?=\s)", re.IGNORECASE)
LETTER = re.compile(r"[a-zæøå]{1,2}\)(?=\s)", re.IGNORECASE)
DASH = re.compile(r"[-–•](?=\s)")
POINT = re.compile(r"\d{1,3}\.(?=\s)")

_CLASSES: Final = (  # the longest names first: "kapiteloverskrift2" begins with "kapitel"
    ("kapiteloverskrift", "heading"),
    ("afsnitoverskrift", "heading"),
    ("bilagoverskrift", "heading"),
    ("paragrafgruppe", "group"),
    ("paragrafoverskrift", "group"),
    ("centreretparagraf", "centred"),
    ("undertitel", "title"),
    ("titel", "title"),
    ("indledning", "preamble"),
    ("hymne", "preamble"),
    ("afsnit", "division"),
    ("kapitel", "chapter"),
    ("paragraf", "section"),
    ("stk", "subsection"),
    ("liste", "item"),
    ("ikraft", "commencement"),
    ("givet", "signature"),
    ("sign", "signature"),
    ("fodnote", "footnote"),
    ("bilag", "annex"),
)
_IDS: Final = {"titel": "title", "indledning": "preamble", "givet": "signature", "noter": "footnote"}
_LEFT_OUT = ("bjelke", "indholdsfortegnelse")


def left_out(block: Block) -> bool:
    """Whether a block is the page's own: its bars and its table of contents."""
    return any(name.startswith(_LEFT_OUT) for name in block.classes)


def begins_body(line: str) -> bool:
    """Whether a line is where the body of an act begins: a section, chapter or division."""
    return any(pattern.match(line) for pattern in (SECTION, CHAPTER, DIVISION))


def named_by_page(block: Block) -> str | None:
    """What the page says that a block is: by the id of the part that it lies in, or by its class."""
    ids = ((e.get("id") or "").lower() for e in (block.element, *block.element.iterancestors()))
    part = next((_IDS[name] for name in ids if name in _IDS), None)
    return part or next((what for name in block.classes for prefix, what in _CLASSES if name.startswith(prefix)), None)


def paragraphs_of(lines: Sequence[str]) -> list[str]:
    """The lines of a block, joined unless one begins with a mark of its own: old pages break sections with ``<br>``."""
    joined: list[str] = []
    for line in lines:
        marked = any(pattern.match(line) for pattern in (SECTION, SUBSECTION, CHAPTER, NUMBER, LETTER))
        if joined and not marked:
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
    return joined


def looks_like_heading(block: Block, words: str) -> bool:
    """Whether an unmarked paragraph is set as a heading: centred, or all of it bold or italic, and short."""
    if len(words) > 200 or words.endswith((",", ";")):
        return False
    element = block.element
    centred = (
        (element.get("align") or "").lower() == "center"
        or str(element.tag) == "center"
        or "text-align:center" in (element.get("style") or "").replace(" ", "")
    )
    if block.tag in HEADINGS or centred:
        return True
    inner = [child for child in element if str(child.tag) in ("b", "i", "em", "strong", "u")]
    return (
        len(inner) == 1 and len(element) == 1 and not (element.text or "").strip() and not (inner[0].tail or "").strip() and not words.endswith(".")
    )
