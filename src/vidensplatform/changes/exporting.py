"""The review as text that others can read: Markdown and HTML. Word is in :mod:`~vidensplatform.changes.word`, PDF is printed from the HTML.

What went is struck through, what came is underlined, and both have a sign of their own in Markdown, so that nothing rests on colour alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from vidensplatform.changes.acts import act_number
from vidensplatform.changes.records import ChangeDetail, Pending, QueueEntry, Review, ReviewLaw
from vidensplatform.changes.showing import POSSIBLE, written
from vidensplatform.law.citation_format import format_address
from vidensplatform.law.diff import ChangeKind
from vidensplatform.law.model import Address
from vidensplatform.law.worddiff import Diff

LEGEND = "Gennemstreget er udgået, understreget er nyt."
_AROUND = 12
GREEN = "#1b5e20"
RED = "#b00020"
_STYLE = (
    "body{font-family:sans-serif;font-size:10pt} h1{font-size:17pt} h2{font-size:13pt;margin-top:14pt} h3{font-size:11pt;margin-bottom:2pt}"
    f"del{{color:{RED};text-decoration:line-through}} ins{{color:{GREEN};text-decoration:underline}} .facts{{color:#444}}"
)


def title(review: Review) -> str:
    """What the review is called."""
    what = "Det, vi følger" if review.followed_only else "Ændringer i loven"
    return f"{what}, {written(review.since)}-{written(review.until)}"


def shortened(diff: Diff, around: int = _AROUND) -> Diff:
    """A difference with only so many words left of what stays on each side of a change."""
    found: list[tuple[str, str]] = []
    for place, (op, piece) in enumerate(diff):
        words = piece.split(" ")
        before, after = place > 0, place < len(diff) - 1
        if op == "=" and len(words) > (before + after) * around + 2:
            head = " ".join(words[:around]) if before else ""
            tail = " ".join(words[-around:]) if after else ""
            piece = f"{head} […] {tail}" if head and tail else f"{head} […]" if head else f"[…] {tail}"
        found.append((op, piece))
    return tuple(found)  # type: ignore[arg-type]


def facts(change: ChangeDetail) -> str:
    """One line on a change: what it is, from when, by which act, and where it went."""
    row = change.row
    parts = [row.kind_words]
    parts.append(f"i kraft {written(row.effective)}" if row.effective else f"i tekst fra {written(row.day)}" if row.day else "uden dato")
    sure = dict.fromkeys(f"{b.short}{f', § {b.section}' if b.section else ''}" for b in row.sure_acts)
    parts += [f"ved {' og '.join(sure)}"] if sure else []
    parts += [f"formentlig ved {act_number(row.likely_act.eli)}, efter titlen"] if row.likely_act else []
    return "; ".join(parts)


def possible(law: ReviewLaw) -> str:
    """The acts that may be behind the changes of which it is not known, in a sentence; "" where there are none."""
    acts = law.possible_acts
    return f"Ændringslove mellem teksterne, hvis egen tekst ikke er i biblioteket: {'; '.join(acts)}." if acts else ""


def sections_label(sections: Iterable[str]) -> str:
    """Sections as they are cited: "§ 13, § 65 a"."""
    return ", ".join(format_address(Address(section)) for section in sections)


def pending_line(one: Pending) -> str:
    """One line on an amendment that the text does not hold."""
    when = f"fra {written(one.effective)}" if one.effective else "uden kendt dato"
    touched = f"; berører {sections_label(one.sections)}" if one.sections else ""
    return f"{one.way_words}: {one.short} ({when}{touched}). {one.commencement}".strip()


def queue_line(entry: QueueEntry) -> str:
    """One line on a card that waits for somebody."""
    return f"{entry.card_title} ({entry.label}): {entry.why.value}. {entry.note}".strip()


def to_markdown(review: Review) -> str:
    """The review as Markdown; struck-through and bold with signs, as every viewer knows them."""
    lines = [f"# {title(review)}", "", f"{LEGEND} ~~−udgået~~, **+nyt**.", ""]
    lines += [f"> {note}" for note in review.notes] + ([""] if review.notes else [])
    for law in review.laws:
        lines += [f"## {law.title}", "", *([possible(law), ""] if law.possible_acts else [])]
        for change in law.changes:
            lines += [f"### {change.row.label}{_heading(change)}", "", f"*{facts(change)}*", "", _markdown_words(change), ""]
            lines += [f"- {note}" for note in notes_of(change)]
            lines += [f"- Kort: {', '.join(cards)}"] if (cards := card_titles(review, change)) else []
            lines += [""]
        lines += _markdown_list("På vej", map(pending_line, law.pending), 3)
    lines += _markdown_list(
        "Praksis, der ikke længere står", (f"{p.label}: {p.status}. {_replaced(p.replaced_by)}".strip() for p in review.practice), 2
    )
    lines += _markdown_list("Kort, der venter", map(queue_line, review.queue), 2)
    if not review.laws:
        lines += ["Ingen ændringer i perioden.", ""]
    return "\n".join(lines)


def _markdown_list(heading: str, rows: Iterable[str], level: int) -> list[str]:
    found = [f"- {row}" for row in rows]
    return [f"{'#' * level} {heading}", "", *found, ""] if found else []


def _markdown_words(change: ChangeDetail) -> str:
    def one(op: str, piece: str) -> str:
        words = " ".join(piece.split())
        if op == "=" or not words:
            return piece.replace("\n", " ")
        lead, trail = (" " if piece[:1].isspace() else ""), (" " if piece[-1:].isspace() else "")
        return f"{lead}~~−{words}~~{trail}" if op == "-" else f"{lead}**+{words}**{trail}"

    return "\n\n".join(
        f"{f'{label}: ' if label else ''}{''.join(one(op, piece) for op, piece in shortened(diff))}" for label, diff in parts_of(change)
    )


def parts_of(change: ChangeDetail) -> list[tuple[str, Diff]]:
    """What to show of a change, each with its label: subsection by subsection where they are known, else as a whole."""
    if change.row.kind is ChangeKind.HEADING:
        return [("Overskrift", change.diff)]
    reworded = [p for p in change.parts if any(op != "=" for op, _ in p.diff)]
    renumbered = [p.label for p in change.parts if p not in reworded]
    found = [(p.label, p.diff) for p in reworded]
    if renumbered:
        found.append(("Kun nye numre", (("=", "; ".join(renumbered)),)))
    return found or [("", change.diff)]


def to_html(review: Review) -> str:
    """The review as one HTML page without scripts or outside files, in the small HTML that Qt prints too."""
    body = [f"<h1>{escape(title(review))}</h1>", f"<p>{LEGEND} <del>−udgået</del>, <ins>+nyt</ins>.</p>"]
    body += [f"<p class='facts'>{escape(note)}</p>" for note in review.notes]
    for law in review.laws:
        body += _html_law(review, law)
    rows = [f"{p.label}: {p.status}. {_replaced(p.replaced_by)}" for p in review.practice]
    body += _html_list("Praksis, der ikke længere står", rows, "h2")
    body += _html_list("Kort, der venter", map(queue_line, review.queue), "h2")
    if not review.laws:
        body.append("<p>Ingen ændringer i perioden.</p>")
    head = f"<meta charset='utf-8'><title>{escape(title(review))}</title><style>{_STYLE}</style>"
    return f"<!DOCTYPE html><html lang='da'><head>{head}</head><body>{''.join(body)}</body></html>"


def _html_law(review: Review, law: ReviewLaw) -> list[str]:
    found = [f"<h2>{escape(law.title)}</h2>"] + ([f"<p class='facts'>{escape(possible(law))}</p>"] if law.possible_acts else [])
    for change in law.changes:
        found.append(f"<h3>{escape(change.row.label + _heading(change))}</h3><p class='facts'>{escape(facts(change))}</p>")
        found += [f"<p>{f'<b>{escape(label)}:</b> ' if label else ''}{html_diff(shortened(diff))}</p>" for label, diff in parts_of(change)]
        notes = [*notes_of(change), *([f"Kort: {', '.join(cards)}"] if (cards := card_titles(review, change)) else [])]
        found += [f"<p class='facts'>{escape(note)}</p>" for note in notes]
    return found + _html_list("På vej", map(pending_line, law.pending), "h3")


def html_diff(diff: Diff) -> str:
    """A difference as HTML, each change with its sign, tag and (by the page's style) colour."""
    tags = {"-": ("del", "−"), "+": ("ins", "+")}
    found = []
    for op, piece in diff:
        text = escape(piece).replace("\n", "<br>")
        if op == "=":
            found.append(text)
        else:
            tag, sign = tags[op]
            lead = text[: len(text) - len(text.lstrip())]
            found.append(f"{lead}<{tag}>{sign}{text.lstrip()}</{tag}>")
    return "".join(found)


def _html_list(heading: str, rows: Iterable[str], level: str) -> list[str]:
    found = "".join(f"<li>{escape(row)}</li>" for row in rows)
    return [f"<{level}>{heading}</{level}><ul>{found}</ul>"] if found else []


def notes_of(change: ChangeDetail) -> list[str]:
    """What to say of one change, without what the review says of its act once."""
    return [note for note in change.notes if note != change.row.reason and not (change.row.by and note == POSSIBLE)]


def card_titles(review: Review, change: ChangeDetail) -> list[str]:
    """The titles of the cards that a change touches."""
    return [review.card_titles.get(card, card) for card in change.row.cards]


def _heading(change: ChangeDetail) -> str:
    return f" {change.row.heading}" if change.row.heading else ""


def _replaced(by: str) -> str:
    return f"Se i stedet {by}." if by else ""
