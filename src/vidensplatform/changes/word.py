"""The review as a Word file that a team can go on writing in: struck through in red, underlined in green."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable

from docx import Document
from docx.document import Document as WordFile
from docx.shared import RGBColor
from docx.text.paragraph import Paragraph

from vidensplatform.changes.exporting import (
    GREEN,
    LEGEND,
    RED,
    card_titles,
    facts,
    notes_of,
    parts_of,
    pending_line,
    possible,
    queue_line,
    shortened,
    title,
)
from vidensplatform.changes.records import ChangeDetail, Review
from vidensplatform.law.worddiff import Diff

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def to_docx(review: Review) -> bytes:
    """The review as the bytes of a .docx file."""
    file = Document()
    file.core_properties.title = title(review)
    file.core_properties.author = "Vidensplatform"
    file.core_properties.language = "da-DK"
    file.add_heading(title(review), level=0)
    _diff(file.add_paragraph(f"{LEGEND} "), (("-", "−udgået"), ("=", ", "), ("+", "+nyt")), signs=False)
    for note in review.notes:
        _add(file, note, italic=True)
    for law in review.laws:
        file.add_heading(law.title, level=1)
        if law.possible_acts:
            _add(file, possible(law), italic=True)
        for change in law.changes:
            _change(file, review, change)
        _bullets(file, "På vej", map(pending_line, law.pending), 2)
    practice = (f"{p.label}: {p.status}.{f' Se i stedet {p.replaced_by}.' if p.replaced_by else ''}" for p in review.practice)
    _bullets(file, "Praksis, der ikke længere står", practice, 1)
    _bullets(file, "Kort, der venter", map(queue_line, review.queue), 1)
    if not review.laws:
        file.add_paragraph("Ingen ændringer i perioden.")
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def _change(file: WordFile, review: Review, change: ChangeDetail) -> None:
    row = change.row
    file.add_heading(_clean(f"{row.label} {row.heading}".strip()), level=2)
    _add(file, facts(change), italic=True)
    for label, diff in parts_of(change):
        paragraph = file.add_paragraph()
        if label:
            paragraph.add_run(_clean(f"{label}: ")).bold = True
        _diff(paragraph, shortened(diff))
    for note in notes_of(change):
        _add(file, note, italic=True)
    if cards := card_titles(review, change):
        _add(file, f"Kort: {', '.join(cards)}")


def _diff(paragraph: Paragraph, diff: Diff, *, signs: bool = True) -> None:
    for op, piece in diff:
        if op == "=":
            paragraph.add_run(_clean(piece))
            continue
        words = piece.lstrip()
        paragraph.add_run(_clean(piece[: len(piece) - len(words)]))
        sign = {"-": "−", "+": "+"}[op] if signs else ""
        run = paragraph.add_run(_clean(f"{sign}{words}"))
        run.font.color.rgb = RGBColor.from_string((RED if op == "-" else GREEN).removeprefix("#"))
        if op == "-":
            run.font.strike = True
        else:
            run.font.underline = True


def _bullets(file: WordFile, heading: str, rows: Iterable[str], level: int) -> None:
    found = list(rows)
    if found:
        file.add_heading(heading, level=level)
        for row in found:
            file.add_paragraph(_clean(row), style="List Bullet")


def _add(file: WordFile, text: str, *, italic: bool = False) -> None:
    file.add_paragraph().add_run(_clean(text)).italic = italic


def _clean(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return _NOT_IN_XML.sub("", text)
