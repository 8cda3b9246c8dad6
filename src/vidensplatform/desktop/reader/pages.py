"""The tabs of one place as HTML, made in the background; the tab Ændringer is made when it is turned to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.changes.following import Choice
from vidensplatform.desktop.operations import Token
from vidensplatform.desktop.reader.places import place_label
from vidensplatform.desktop.reader.targets import PROVISION, Wanted, kind_of, provision_of
from vidensplatform.desktop.strings import tr
from vidensplatform.desktop.theme import Theme

if TYPE_CHECKING:
    from vidensplatform.desktop.reader.gathering import Reading
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
    follows: tuple[Choice, ...] = ()
    """What can be followed from here."""


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
        follows=tuple(_follows(bench, reading)),
    )


def _follows(bench: Workbench, reading: Reading) -> Iterator[Choice]:
    """The provision and its act; of a card the situation itself, its areas, and the provisions it stands on."""
    from vidensplatform.knowledge.model import Option, Situation

    card, registry = reading.card, bench.corpus.registry
    if isinstance(card, Situation):
        yield Choice("situation", card.id, tr(s.FOLLOW_SITUATION, name=card.title))
    if isinstance(card, Option | Situation):
        for area in card.areas:
            known = bench.corpus.cards.areas.get(area)
            yield Choice("område", area, tr(s.FOLLOW_AREA, name=known.title if known else area))
    places = dict.fromkeys(
        (law, path.split("/")[0]) for law, path in (provision_of(text.target) for text in reading.texts if kind_of(text.target) == PROVISION) if path
    )
    for law, number in places:
        if registry.act(law) is not None:
            yield Choice("paragraf", f"{law}/{number}", place_label(f"{law}/{number}", reading.laws))
    for law in dict.fromkeys(law for law, _ in places):
        if registry.act(law) is not None:
            yield Choice("lov", law, registry.name(law))


def make_changes_tab(bench: Workbench, wanted: Wanted, theme: Theme, token: Token) -> tuple[str, str]:
    """The address, and its tab Ændringer. In the background."""
    from vidensplatform.desktop.reader.changes_tab import changes_tab

    return changes_tab(bench, wanted, theme, token)
