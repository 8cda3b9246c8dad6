"""Markers as they are printed ("§ 82 a.", "Stk. 2.", "1)", "a)") and the addresses they mean.

A marker that spans several ("§§ 19-21.", "Stk. 2-4.", which stand for repealed ones) gives the address of the first. A marker that
cannot be read gives None: an address is never made from position alone.
"""

from __future__ import annotations

import re

from vidensplatform.law.model import NodeKind

_LETTER = r"(?:\s*(?P<letter>(?P<one>[a-zæøå])(?P=one)?)(?![a-zæøå]))?"
_SECTION = re.compile(rf"§+\s*(?P<number>\d+){_LETTER}", re.IGNORECASE)
_SECTION_WITHOUT_SIGN = re.compile(r"(?P<number>\d+)\s?(?P<letter>[a-zæøå])\.", re.IGNORECASE)
_LOCAL_ID = re.compile(rf"(?P<number>\d+){_LETTER}", re.IGNORECASE)
_SECTION_IN_TEXT = re.compile(r"§\s*\d+(?:\s*[a-zæøå])?\.(?=\s|$)", re.IGNORECASE)
_SUBSECTION = re.compile(r"Stk\.?\s*(\d+)", re.IGNORECASE)
_NUMBER = re.compile(r"\(?(?P<number>\d+)(?:\s*(?P<letter>[a-zæøå]))?(?:[-–].*|(?:,| og ).*)?[.)]*", re.IGNORECASE)
_NUMBER_AND_LETTER = re.compile(r"(\d+)[.)]\s*([a-zæøå])\)", re.IGNORECASE)
_LETTERED = re.compile(r"[»(]*([a-zæøå])[.)]+", re.IGNORECASE)


def section_of(marker: str) -> str | None:
    """``"82a"`` from "§ 82 a." (also where the sign was forgotten: "82 a."), ``"19"`` from "§§ 19-21."; None where there is no section
    number.
    """
    return _numbered(_SECTION.search(marker) or _SECTION_WITHOUT_SIGN.fullmatch(marker))


def section_of_local_id(local_id: str) -> str | None:
    """``"82a"`` from the attribute "82a"; only for a section that prints no marker, since in some files the attribute merely counts."""
    return _numbered(_LOCAL_ID.match(local_id))


def marker_in_text(text: str) -> str | None:
    """The marker "§ 78." that opens a section's text where the source forgot to mark it up, or None."""
    match = _SECTION_IN_TEXT.match(text)
    return match[0] if match else None


def _numbered(match: re.Match[str] | None) -> str | None:
    if match is None:
        return None
    return (match["number"].lstrip("0") or "0") + (match["letter"] or "").lower()


def subsection_of(marker: str) -> str | None:
    """``"2"`` from "Stk. 2." and from "Stk. 2-4."; None where there is no number."""
    match = _SUBSECTION.search(marker)
    return match[1] if match else None


def item_of(marker: str, form: str, previous: str | None) -> tuple[NodeKind, str | None, str | None]:
    """What a list item is: its kind, number and letter.

    ``form`` is LexDania's ``formaInd`` and ``previous`` the letter of the item before it, if that had one: "i)" is the letter after
    "h)", but a Roman numeral where no letter came before. Dashes, Roman numerals and bare items are ITEM without an address of their
    own; an item without a marker is text that goes on (TEXT).
    """
    if not marker:
        return NodeKind.TEXT, None, None
    both = _NUMBER_AND_LETTER.fullmatch(marker)
    if both:
        return NodeKind.LETTER, both[1], both[2].lower()
    lettered = _LETTERED.fullmatch(marker) if form != "Romer" else None
    if lettered:
        letter = lettered[1].lower()
        if letter not in "ivxl" or (previous is not None and previous < letter):
            return NodeKind.LETTER, None, letter
        return NodeKind.ITEM, None, None
    numbered = _NUMBER.fullmatch(marker)
    if numbered:
        return NodeKind.NUMBER, _numbered(numbered), None
    return NodeKind.ITEM, None, None
