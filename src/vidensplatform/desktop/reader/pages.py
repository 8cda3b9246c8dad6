"""The three tabs of one place as HTML, made in the background."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.operations import Token
from vidensplatform.desktop.reader.targets import Wanted
from vidensplatform.desktop.strings import tr
from vidensplatform.desktop.theme import Theme

if TYPE_CHECKING:
    from vidensplatform.workbench import Workbench


@dataclass(frozen=True, slots=True)
class Pages:
    """What the reader puts on the screen. ``lacks_text``: there is law here, and none of it is loaded."""

    target: str
    title: str
    summary: str
    law: str
    practice: str
    opens_law: bool
    lacks_text: bool
    found: bool


def make_pages(bench: Workbench, wanted: Wanted, theme: Theme, token: Token) -> Pages:
    """Gather a place and write its tabs. In the background."""
    from vidensplatform.desktop.reader.gathering import gather
    from vidensplatform.desktop.reader.law_text import law_page
    from vidensplatform.desktop.reader.markup import tag
    from vidensplatform.desktop.reader.practice import practice_page
    from vidensplatform.desktop.reader.summary import summary_page

    token.check()
    reading = gather(bench, wanted)
    if not reading.found:
        page = tag("p", tr(s.NOT_FOUND, reference=reading.title))
        return Pages(wanted.target, reading.title, page, page, page, False, False, found=False)
    return Pages(
        wanted.target,
        reading.title,
        summary_page(reading, theme),
        law_page(reading, theme),
        practice_page(reading, theme),
        reading.opens_law,
        reading.lacks_text,
        found=True,
    )
