"""What is enacted and not in the text that is shown: a banner over each provision, with the amending act's own words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.changes.reading import pending_words
from vidensplatform.desktop.reader.markup import Html, banner, bullets, join, tag
from vidensplatform.desktop.reader.titles import short_title
from vidensplatform.desktop.strings import day, tr
from vidensplatform.desktop.theme import Theme
from vidensplatform.law.model import Amendment

if TYPE_CHECKING:
    from vidensplatform.changes.records import Pending


def pending_banners(pending: Iterable[Pending], section: str, theme: Theme, *, told: bool) -> Html:
    """What touches this section, each with its words; then, unless that was told further up, what may touch any section of the act."""
    sure: list[Pending] = []
    unsure: list[Pending] = []
    for waiting in pending:
        (sure if section in waiting.sections else unsure).append(waiting)
    parts = [join([banner(theme.warning, f"{p.way_words}: ", _line(p)), pending_words(p, theme, (section,))]) for p in sure]
    if unsure and told:
        parts.append(tag("p", tr(s.AMENDED_SEE_ABOVE), css="small"))
    elif unsure:
        parts.append(banner(theme.warning, tr(s.MAYBE_TOUCHED), bullets([join([_line(p)]) for p in unsure])))
    return join(parts)


def _line(waiting: Pending) -> str:
    when = tr(s.APPLIES_FROM, day=day(waiting.effective)) if waiting.effective else waiting.commencement
    title = waiting.short
    return f"{title}{'' if title.endswith('.') else '.'} {when}" if when else title


def amendment_banner(not_incorporated: Sequence[Amendment], later: Sequence[Amendment], theme: Theme) -> Html:
    """What the text's own lists name as not in it, where nothing more is known of them."""
    lines = [_amendment(a, s.NOT_INCORPORATED_ONE) for a in not_incorporated]
    known = {(a.act.kind, a.act.number, a.act.signed) for a in not_incorporated}
    lines += [_amendment(a, s.LATER_AMENDMENT) for a in later if (a.act.kind, a.act.number, a.act.signed) not in known]
    return banner(theme.warning, tr(s.NOT_INCORPORATED), bullets(lines)) if lines else Html("")


def _amendment(amendment: Amendment, form: str) -> Html:
    act = amendment.act
    named = f"{act.kind} nr. {act.number}" + (f" af {day(act.signed)}" if act.signed else f" ({act.year})" if act.year else "")
    said = short_title(amendment.title) or amendment.words
    return join([tr(form, act=named), f": {said}" if said else ""])
