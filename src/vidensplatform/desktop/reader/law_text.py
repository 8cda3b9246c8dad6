"""The tab Lovtekst: each provision with the headings above it, what the text does not contain yet, and the references both ways."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.reader.amendments import amendment_banner, pending_banners
from vidensplatform.desktop.reader.gathering import LawText, Reading
from vidensplatform.desktop.reader.markup import Html, banner, bullets, join, link, marked, section, tag
from vidensplatform.desktop.reader.places import place_label
from vidensplatform.desktop.reader.targets import provision_of, to_day, to_provision, to_reference
from vidensplatform.desktop.strings import day, number, tr
from vidensplatform.desktop.theme import Theme
from vidensplatform.law.model import Status
from vidensplatform.store.records import ProvisionText, StoredReference

_MOST_REFERENCES = 12
_INDENT_PX = 22


def law_page(reading: Reading, theme: Theme) -> Html:
    """The whole tab. Where no text is loaded at all the reader shows its own message with a button instead."""
    if not reading.texts:
        return tag("p", tr(s.NO_LAW_HERE), css="muted")
    told: set[str] = set()
    return join([_dated(reading, theme), join(_one(text, reading, theme, told, first=n == 0) for n, text in enumerate(reading.texts))])


def _dated(reading: Reading, theme: Theme) -> Html:
    """Which day's law this is, where it is not today's, and the way back."""
    if reading.as_of is None:
        return Html("")
    shown = s.SHOWS_LAW_TO_COME if reading.as_of > date.today() else s.SHOWS_LAW_OF
    back = link(to_day(date.today()), tr(s.SHOW_TODAY))
    return banner(theme.warning, tr(shown, day=day(reading.as_of)), " ", back, ".")


def _one(law: LawText, reading: Reading, theme: Theme, told: set[str], *, first: bool) -> Html:
    """One provision. ``told`` are the versions whose amendments, and the sentences on the day, that stand further up."""
    parts: list[str] = [] if first else [Html("<hr>")]
    text = law.text
    if text is not None:
        parts += [tag("p", join(text.headings, Html("<br>")), css="small")] if text.headings else []
    title = f"{law.label} ({law.note})" if law.note else law.label
    parts.append(tag("h2", title))
    parts.append(_moved(law, reading, theme))
    parts += [tag("p", note, css="muted") for note in law.as_of_notes if note not in told]
    told.update(law.as_of_notes)
    if text is None:
        parts.append(tag("p", _missing(law, reading), css="muted"))
        return join(parts)
    parts.append(tag("p", _source(text), css="small"))
    if law.status in s.MARK_MEANS and law.status == "ændret siden kontrol":
        parts.append(banner(theme.warning, tr(s.MARK_MEANS[law.status])))
    if text.version.status is Status.HISTORIC:
        parts.append(banner(theme.warning, tr(s.HISTORIC_TEXT)))
    parts.append(_amendments(law, theme, told=text.version.eli in told))
    told.add(text.version.eli)
    parts += _lines(law, text)
    parts.append(section(tr(s.REFERENCES_OUT), _references(law.references_out, outward=True)))
    parts.append(section(tr(s.REFERENCES_IN), _references(law.references_in, outward=False)))
    return join(parts)


def _missing(law: LawText, reading: Reading) -> str:
    """Why there is no text: not on that day, not in today's text of the act, or no text of the act at all."""
    if reading.as_of:
        return tr(s.NOT_IN_TEXT_THEN, label=law.label, day=day(reading.as_of))
    return tr(s.NOT_IN_ACT if law.act_held else s.NO_TEXT_FOR, label=law.label)


def _source(text: ProvisionText) -> str:
    version = text.version
    name = version.popular_title or version.title
    return ", ".join(p for p in (name, version.short_name, tr(s.STATUS_IN_FORCE.get(version.status.value, version.status.value))) if p)


def _lines(law: LawText, text: ProvisionText) -> list[Html]:
    found = []
    markers = [node.marker for node in text.nodes if node.marker or node.heading or node.text]
    for place, (depth, line) in enumerate(text.lines()):
        marker = markers[place]
        start = len(marker) if line.startswith(marker) else 0
        hits = [(a - start, b - start) for a, b in (law.hits[place] if place < len(law.hits) else ()) if a >= start]
        words = join([tag("i", marker) if start and depth else line[:start], marked(line[start:], hits)])
        indent = max(0, depth - 1) * _INDENT_PX
        weight = "font-weight:600;" if depth == 0 else ""
        found.append(tag("p", words, style=f"margin-left:{indent}px; {weight}"))
    return found


def _moved(law: LawText, reading: Reading, theme: Theme) -> Html:
    lines = []
    for moved in law.moved:
        places = join((link(to_reference(new), place_label(new, reading.laws)) for new in moved.new), ", ")
        lines.append(banner(theme.must, tr(s.MOVED, day=day(moved.on)), ": ", places, f". {moved.note}" if moved.note else "."))
    return join(lines)


def _amendments(law: LawText, theme: Theme, *, told: bool) -> Html:
    if law.pending:
        return pending_banners(law.pending, provision_of(law.target)[1].split("/")[0], theme, told=told)
    if told and (law.not_incorporated or law.later_amendments):
        return tag("p", tr(s.AMENDED_SEE_ABOVE), css="small")
    return amendment_banner(law.not_incorporated, law.later_amendments, theme)


def _references(references: Iterable[StoredReference], *, outward: bool) -> Html:
    lines: dict[str, None] = {}
    for reference in references:
        lines.setdefault(_outward(reference) if outward else _inward(reference))
    shown = list(lines)[:_MOST_REFERENCES]
    if len(lines) > len(shown):
        shown.append(tag("span", tr(s.MORE_LINES, n=number(len(lines) - len(shown))), css="muted"))
    return bullets(shown)


def _outward(reference: StoredReference) -> Html:
    words = _with_section_sign(reference.words)
    if reference.target_work is None or not reference.target.section:
        return join([words, tag("span", f" ({tr(s.UNRESOLVED)})", css="small")])
    shown = words if reference.found else join([words, tag("span", f" ({tr(s.UNRESOLVED)})", css="small")])
    return link(to_provision(reference.target_work, reference.target.path), shown)


def _inward(reference: StoredReference) -> Html:
    if not reference.source.section:
        return join([reference.source_label])
    return link(to_provision(reference.source_work, reference.source.path), reference.source_label)


def _with_section_sign(words: str) -> str:
    """Members of a list are stored from their number on: "110 i lov om social service"."""
    return f"§ {words}" if words[:1].isdigit() else words
