"""One change, or one amendment on its way, as a page to read. Gathered and written in the background."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.changes.rows import sections_of
from vidensplatform.desktop.changes.wording import added, legend, merged, side_by_side
from vidensplatform.desktop.reader.markup import Html, badge, banner, bullets, join, link, section, tag
from vidensplatform.desktop.reader.places import place_label
from vidensplatform.desktop.reader.targets import to_card, to_provision, to_reference
from vidensplatform.desktop.strings import day, tr
from vidensplatform.desktop.theme import Theme

if TYPE_CHECKING:
    from vidensplatform.changes.acts import ByAct
    from vidensplatform.changes.records import ChangeDetail, Pending
    from vidensplatform.workbench import Workbench


@dataclass(frozen=True, slots=True)
class ChangePageHtml:
    """A page, and where its buttons lead: the provision's address, and (address, title) of the cards."""

    target: str
    html: str
    text_target: str
    cards: tuple[tuple[str, str], ...] = ()
    law: str = ""
    section: str = ""
    label: str = ""
    law_title: str = ""
    read: bool = True
    is_change: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """How acts, texts and cards are called."""

    laws: dict[str, str]
    texts: dict[str, str]
    cards: dict[str, str]


def names_of(bench: Workbench, elis: Iterable[str] = (), cards: Iterable[str] = ()) -> Names:
    """The names that a page needs."""
    laws = {slug: act.label for slug, act in bench.corpus.registry.acts.items()}
    texts = {eli: found.short_name or found.title for eli in elis if bench.library and (found := bench.library.version(eli))}
    titles = {i: card.title for i in cards if (card := bench.card(i)) is not None}
    return Names(laws, texts, titles)


def change_page(detail: ChangeDetail, names: Names, theme: Theme, *, beside: bool) -> Html:
    """A change: what happened, when and by which act, the words that went and came, and the cards it touches."""
    row = detail.row
    texts = " → ".join(names.texts.get(eli, eli) for eli in (row.from_version, row.to_version) if eli)
    return join(
        [
            tag("p", texts, css="small"),
            tag("h1", " · ".join(part for part in (row.label, row.heading) if part)),
            tag("p", badge(row.kind_words, theme.badge_of_change(row.kind.value))),
            tag("p", tr(s.APPLIES_FROM, day=day(row.effective)), ".") if row.effective else tag("p", row.reason or tr(s.NO_EFFECTIVE_DATE)),
            _moved(detail, names, theme),
            legend(theme) if detail.diff else "",
            _words(detail, theme, beside=beside),
            tag("p", detail.why, css="muted") if detail.why else "",
            join(tag("p", note, css="muted") for note in detail.notes if note != row.reason),
            section(tr(s.SEC_BY_ACT), bullets([_act(act) for act in row.by])),
            section(tr(s.SEC_CARDS), bullets([link(to_card(i), names.cards.get(i, i)) for i in row.cards])),
        ]
    )


def change_body(detail: ChangeDetail, names: Names, theme: Theme) -> Html:
    """Only what went and came, where it moved, and by which act; for a page that has its own head and legend."""
    acts = bullets([_act(act) for act in detail.row.by])
    notes = [note for note in (detail.why, *detail.notes) if note and note != detail.row.reason]
    return join([_moved(detail, names, theme), _words(detail, theme, beside=False), acts, join(tag("p", note, css="small") for note in notes)])


def place_of(law: str, reference: str) -> str:
    """A provision that moved: "83b" in the same act, or "barnets-lov/85", as a reference."""
    return reference if "/" in reference else f"{law}/{reference}"


def _moved(detail: ChangeDetail, names: Names, theme: Theme) -> Html:
    row, lines = detail.row, []
    for form, places in ((s.MOVED_TO, row.moved_to), (s.MOVED_FROM, row.moved_from)):
        if places:
            whole = [place_of(row.law, place) for place in places]
            links = join((link(to_reference(place), place_label(place, names.laws)) for place in whole), ", ")
            lines.append(banner(theme.voluntary, tr(form), " ", links))
    return join(lines)


def _words(detail: ChangeDetail, theme: Theme, *, beside: bool) -> Html:
    heading = _heading(detail)
    if not detail.diff:
        return join([heading])
    if beside:
        body = side_by_side(detail.diff, theme, (tr(s.OLD_WORDS), tr(s.NEW_WORDS)))
    elif detail.parts:
        body = join(tag("p", tag("b", part.label), " " if part.label else "", merged(part.diff, theme)) for part in detail.parts)
    else:
        body = tag("p", merged(detail.diff, theme))
    return join([heading, body])


def _heading(detail: ChangeDetail) -> Html:
    """Another heading, where the section was there before and still is."""
    old, new = detail.old_heading, detail.new_heading
    if old == new or not detail.old_text or not detail.new_text:
        return Html("")
    return tag("p", tr(s.HEADING_CHANGED, old=old, new=new) if old and new else tr(s.HEADING_NEW if new else s.HEADING_GONE, heading=new or old))


def _act(act: ByAct) -> Html:
    place = f", § {act.section}" if act.section else ""
    when = f" ({tr(s.APPLIES_FROM, day=day(act.effective)).lower()})" if act.effective else ""
    words = tag("span", Html("<br>"), act.words, css="small") if act.words else ""
    return join([f"{act.title}{place}{when}", tag("span", f" – {act.tie.value}", css="small"), words])


def pending_page(waiting: Pending, names: Names, theme: Theme) -> Html:
    """What is on its way: which provisions it touches, when, and the amending act's own words."""
    touched = join((link(to_provision(waiting.law, one), place_label(f"{waiting.law}/{one}", names.laws)) for one in waiting.sections), ", ")
    return join(
        [
            tag("p", waiting.law_label, css="small"),
            tag("h1", waiting.short),
            tag("p", waiting.title, css="small") if waiting.short != waiting.title else "",
            tag("p", badge(waiting.way_words, theme.badge_of_change(waiting.way.value))),
            tag("p", tag("b", tr(s.APPLIES_FROM, day=day(waiting.effective)), ".")) if waiting.effective else "",
            section(tr(s.SEC_COMMENCEMENT), tag("p", waiting.commencement) if waiting.commencement else ""),
            section(tr(s.SEC_TOUCHES), tag("p", touched or tr(s.TOUCHES_UNKNOWN))),
            pending_words(waiting, theme),
            tag("p", tr(s.NOT_CONSOLIDATED), css="muted"),
        ]
    )


def pending_words(waiting: Pending, theme: Theme, sections: tuple[str, ...] = ()) -> Html:
    """The amending act's own words, of all instructions or of those that touch these sections."""
    parts = []
    for one in waiting.instructions:
        if sections and not set(sections) & set(one.sections):
            continue
        when = tr(s.APPLIES_FROM, day=day(one.effective)) if one.effective and one.effective != waiting.effective else one.commencement
        parts += [
            tag("p", tag("b", one.place), ": ", one.words),
            tag("p", added(one.new_text, theme), style="margin-left:22px;") if one.new_text else "",
            tag("p", when, css="small") if when and when != waiting.commencement else "",
        ]
    return section(tr(s.SEC_AMENDMENT_WORDS), *parts) if parts else Html("")


def pending_label(waiting: Pending) -> str:
    """The provisions it touches as one line."""
    return f"{waiting.law_label} {sections_of(waiting)}".strip()
