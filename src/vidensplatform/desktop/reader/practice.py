"""The tab Praksis: decisions with their standing; historic ones are marked and lead to what replaced them."""

from __future__ import annotations

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.reader.gathering import Reading
from vidensplatform.desktop.reader.markup import Html, badge, banner, join, link, tag
from vidensplatform.desktop.reader.targets import to_card
from vidensplatform.desktop.strings import tr
from vidensplatform.desktop.theme import Theme
from vidensplatform.knowledge.model import Practice, PracticeStatus


def practice_page(reading: Reading, theme: Theme) -> Html:
    """The whole tab: what stands first, what is historic last."""
    if not reading.practice:
        return tag("p", tr(s.NO_PRACTICE if reading.card is not None else s.NO_PRACTICE_HERE), css="muted")
    ordered = sorted(reading.practice, key=lambda p: p.status is PracticeStatus.HISTORIC)
    return join(_one(p, reading, theme) for p in ordered)


def _one(practice: Practice, reading: Reading, theme: Theme) -> Html:
    status = practice.status.value
    alone = reading.target == to_card(practice.id)
    title: str = f"{practice.label}: {practice.title}"
    parts: list[str] = [
        tag("h2", title if alone else link(to_card(practice.id), title)),
        tag("p", badge(tr(s.STATUS_IN_FORCE[status]), theme.badge_in_force(status)), Html("&nbsp; "), practice.kind),
    ]
    if practice.status is PracticeStatus.HISTORIC:
        parts.append(banner(theme.warning, tr(s.PRACTICE_HISTORIC), _replaced(practice, reading)))
    elif practice.status is PracticeStatus.UNKNOWN:
        parts.append(tag("p", tr(s.PRACTICE_UNKNOWN), css="small"))
    parts.append(tag("p", practice.holding))
    if practice.replaces:
        parts.append(tag("p", f"{tr(s.PRACTICE_REPLACES)}: {', '.join(practice.replaces)}", css="small"))
    parts.append(tag("p", f"{tr(s.SEC_READ_IN)}: {practice.read_in}", css="small"))
    return join(parts)


def _replaced(practice: Practice, reading: Reading) -> Html:
    if not practice.replaced_by:
        return Html("")
    known = next((i for i, label in reading.titles.items() if practice.replaced_by in (i, label)), None)
    label: str = link(to_card(known), reading.titles[known]) if known else practice.replaced_by
    before, after = tr(s.REPLACED_BY, label="\0").split("\0")
    return join([" ", before, label, after, "."])
