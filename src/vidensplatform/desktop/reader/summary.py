"""The tab Resumé: what the card says, in the order a caseworker needs it."""

from __future__ import annotations

from collections.abc import Iterable

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.reader.gathering import Reading
from vidensplatform.desktop.reader.markup import Html, badge, banner, bullets, join, link, section, tag
from vidensplatform.desktop.reader.places import place_label
from vidensplatform.desktop.reader.targets import to_card, to_provision, to_reference
from vidensplatform.desktop.strings import tr
from vidensplatform.desktop.theme import Theme
from vidensplatform.knowledge.model import Deadline, Duty, Option, Practice, Situation


def summary_page(reading: Reading, theme: Theme) -> Html:
    """The whole tab."""
    match reading.card:
        case Option() as card:
            return _option(reading, card, theme)
        case Duty() as card:
            return _duty(reading, card, theme)
        case Practice() as card:
            return _practice(reading, card, theme)
        case Situation() as card:
            return _situation(reading, card)
        case None:
            return _provision(reading)


def _head(kind: str, title: str, badges: Iterable[str] = ()) -> Html:
    shown = [badge for badge in badges if badge]
    lines = [tag("p", tr(kind), css="small"), tag("h1", title)]
    if shown:
        lines.append(tag("p", join(shown, Html("&nbsp; "))))
    return join(lines)


def _mark(reading: Reading, theme: Theme) -> Html:
    sign = s.MARKS.get(reading.status)
    return badge(f"{tr(sign)} {reading.status}", theme.badge_of_status(reading.status)) if sign else Html("")


def _cards(ids: Iterable[str], reading: Reading) -> Html:
    return bullets([link(to_card(i), reading.titles[i]) for i in ids if i in reading.titles])


def _basis(reading: Reading) -> Html:
    notes = {text.target: text.note for text in reading.texts}
    lines = []
    for place in reading.basis:
        text = next((t for t in reading.texts if t.label == place.label), None)
        target = text.target if text else to_provision(place.law, place.section)
        note = notes.get(target, "")
        mark = f" {tr(s.MARKS[place.status])} {place.status}" if place.status in s.MARKS else ""
        lines.append(join([link(target, place.label), f" ({note})" if note else "", tag("span", f" {mark}", css="small")]))
    return section(tr(s.SEC_BASIS), bullets(lines))


def _warnings(contested: str, volatile: str, theme: Theme) -> Html:
    found = []
    if contested:
        found.append(banner(theme.warning, tr(s.CONTESTED), ". ", contested))
    if volatile:
        found.append(banner(theme.warning, tr(s.VOLATILE), ". ", volatile))
    return join(found)


def _deadlines(deadlines: Iterable[Deadline], reading: Reading) -> Html:
    lines = []
    for d in deadlines:
        place = link(to_reference(d.source), place_label(d.source, reading.laws))
        text = tr(s.DEADLINE, length=d.length, start=d.start[:1].lower() + d.start[1:])
        lines.append(join([text, " (", tr(s.DEADLINE_KIND[d.kind]), ", ", place, ")"]))
    return bullets(lines)


def _option(reading: Reading, card: Option, theme: Theme) -> Html:
    obligation = card.obligation.value
    badges = [
        badge(tr(s.URGENT), theme.urgent) if card.urgent else "",
        badge(tr(s.OBLIGATIONS[obligation]), theme.badge_of(obligation)),
        _mark(reading, theme),
    ]
    return join(
        [
            _head(s.KIND_OPTION, card.title, badges),
            tag("p", tr(s.RELEVANT), " ", tr(s.OBLIGATION_MEANS[obligation]), css="muted"),
            _warnings(card.contested, card.volatile, theme),
            tag("p", card.summary, css="lead"),
            section(tr(s.SEC_AUTHORITY), tag("p", card.authority)),
            section(tr(s.SEC_CONDITIONS), bullets(card.conditions)),
            section(tr(s.SEC_DOCUMENTATION), bullets(card.documentation)),
            section(tr(s.SEC_DRAWBACKS), bullets(card.drawbacks)),
            section(tr(s.SEC_DEADLINES), _deadlines(reading.complaint.deadlines if reading.complaint else (), reading)),
            section(tr(s.SEC_COMPLAINT), _complaint(reading, card)),
            section(tr(s.SEC_NEXT), _cards(card.if_refused, reading)),
            section(tr(s.SEC_ADJACENT), _cards(card.adjacent, reading)),
            _basis(reading),
        ]
    )


def _complaint(reading: Reading, card: Option) -> Html:
    if reading.complaint is not None:
        return tag("p", link(to_card(card.complaint), reading.complaint.title))
    return tag("p", tr(s.NO_COMPLAINT, reason=card.no_complaint)) if card.no_complaint else Html("")


def _duty(reading: Reading, card: Duty, theme: Theme) -> Html:
    return join(
        [
            _head(s.KIND_DUTY, card.title, [_mark(reading, theme)]),
            _warnings(card.contested, card.volatile, theme),
            tag("p", card.summary, css="lead"),
            section(tr(s.SEC_AUTHORITY), tag("p", card.authority) if card.authority else ""),
            section(tr(s.SEC_STEPS), bullets(card.steps)),
            section(tr(s.SEC_DEADLINES), _deadlines(card.deadlines, reading)),
            section(tr(s.SEC_FAULTS), bullets(card.faults)),
            section(tr(s.SEC_ADJACENT), _cards(card.adjacent, reading)),
            _basis(reading),
        ]
    )


def _situation(reading: Reading, card: Situation) -> Html:
    return join(
        [
            _head(s.KIND_SITUATION, card.title),
            tag("p", card.summary, css="lead"),
            section(tr(s.SEC_OPTIONS), _cards(card.options, reading)),
            section(tr(s.SEC_DUTIES), _cards(card.duties, reading)),
        ]
    )


def _practice(reading: Reading, card: Practice, theme: Theme) -> Html:
    status = card.status.value
    return join(
        [
            _head(f"{card.kind}", f"{card.label}: {card.title}", [badge(tr(s.STATUS_IN_FORCE[status]), theme.badge_in_force(status))]),
            tag("p", card.holding, css="lead"),
            section(tr(s.SEC_CARDS_OF_PRACTICE), _cards(reading.cards, reading)),
            section(tr(s.SEC_PROVISIONS), bullets([link(text.target, text.label) for text in reading.texts])),
            section(tr(s.SEC_READ_IN), tag("p", card.read_in)),
        ]
    )


def _provision(reading: Reading) -> Html:
    cards = _cards(reading.cards, reading)
    below = section(tr(s.SEC_CARDS), cards) if cards else tag("p", tr(s.NO_CARDS), css="muted")
    return join([_head(s.KIND_PROVISION, reading.title), below])
