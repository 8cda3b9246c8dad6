"""From an answer to the rows of one flat list: options by need or by law, then duties, practice, documents and questions."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.reader.targets import to_card, to_reference, to_unit
from vidensplatform.desktop.strings import day, number, tr
from vidensplatform.law.citation_format import format_address
from vidensplatform.law.model import Address

if TYPE_CHECKING:
    from vidensplatform.search.answers import Answer, CardHit, DocumentHit, MovedHit, PracticeHit, Question

DOCUMENTS_AT_FIRST = 6


class RowKind(enum.Enum):
    """What a row stands for."""

    HEADER = enum.auto()
    CANDIDATE = enum.auto()
    OPTION = enum.auto()
    DUTY = enum.auto()
    PRACTICE = enum.auto()
    DOCUMENT = enum.auto()
    MORE = enum.auto()
    QUESTION = enum.auto()
    CHANGE = enum.auto()
    PENDING = enum.auto()
    CARD = enum.auto()
    MOVED = enum.auto()


class Grouping(enum.Enum):
    """What the options are grouped by."""

    NEED = "need"
    LAW = "law"


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it is painted and spoken. ``target`` is where it leads, ``situation`` what a click adds."""

    kind: RowKind
    title: str
    spoken: str
    places: tuple[str, ...] = ()
    obligation: str = ""
    status: str = ""
    urgent: bool = False
    note: str = ""
    hits: tuple[tuple[int, int], ...] = ()
    tip: str = ""
    target: str = ""
    situation: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Names:
    """How acts and needs are called; taken from the corpus."""

    label: Callable[[str], str]
    law: Callable[[str], str]
    needs: dict[str, str]


def rows_of(answer: Answer, names: Names, grouping: Grouping, *, need: str = "", all_documents: bool = False) -> list[Row]:
    """The rows of an answer. ``need`` leaves the options (and the duties that say so) of one need only."""
    options = [hit for hit in answer.options if not need or need in hit.areas]
    found: list[Row] = []
    found += _group(tr(s.GROUP_MOVED), [row for moved in answer.moved for row in _moved(moved)])
    found += _group(tr(s.GROUP_CANDIDATES), [_candidate(c, names) for c in answer.candidates])
    for title, hits in _grouped(options, answer, names, grouping):
        found += _group(title, [_option(hit) for hit in hits])
    found += _group(tr(s.GROUP_DUTIES), [_duty(hit) for hit in answer.duties])
    found += _group(tr(s.GROUP_PRACTICE), [_practice(hit) for hit in answer.practice])
    found += _documents(answer.documents, all_documents=all_documents)
    found += _group(tr(s.GROUP_QUESTIONS), [_question(question) for question in answer.questions])
    return found


def needs_of(answer: Answer, names: Names) -> list[tuple[str, str, int]]:
    """(id, title, how many options) of the needs that were recognised or that the options serve, the recognised ones first."""
    counts: dict[str, int] = {chip.id: 0 for chip in answer.recognised if chip.kind == "need"}
    for hit in answer.options:
        for area in hit.areas:
            counts[area] = counts.get(area, 0) + 1
    return [(area, names.needs.get(area, area), n) for area, n in counts.items() if n]


def _moved(moved: MovedHit) -> list[Row]:
    """One row for each place the rule stands in now."""
    since = tr(s.MOVED, day=day(moved.on))
    found = []
    for place, label in zip(moved.new, moved.new_labels, strict=True):
        title, said = (tr(form, old=moved.old_label, new=label) for form in (s.MOVED_HERE, s.SPOKEN_MOVED))
        spoken = ". ".join(part for part in (said, since, moved.note) if part)
        found.append(Row(RowKind.MOVED, title, spoken, (since,), note=moved.note, target=to_reference(place)))
    return found


def _group(title: str, rows: Sequence[Row], total: int | None = None) -> list[Row]:
    if not rows:
        return []
    n = len(rows) if total is None else total
    return [Row(RowKind.HEADER, title, tr(s.SPOKEN_HEADER, title=title, n=number(n)), count=n), *rows]


def _grouped(options: Iterable[CardHit], answer: Answer, names: Names, grouping: Grouping) -> list[tuple[str, list[CardHit]]]:
    """Groups in the order of their best option; inside a group the ranking stands."""
    recognised = [chip.id for chip in answer.recognised if chip.kind == "need"]
    groups: dict[str, list[CardHit]] = {}
    for hit in options:
        if grouping is Grouping.LAW:
            key = names.law(hit.provisions[0].law) if hit.provisions else tr(s.GROUP_OTHER)
            key = key[:1].upper() + key[1:]
        else:
            area = next((a for a in hit.areas if a in recognised), hit.areas[0] if hit.areas else "")
            key = names.needs.get(area, tr(s.GROUP_OTHER))
        groups.setdefault(key, []).append(hit)
    return list(groups.items())


def _places(hit: CardHit) -> tuple[str, ...]:
    return tuple(dict.fromkeys(p.label for p in hit.provisions))


def _tip(hit: CardHit) -> str:
    lines = [*hit.why, tr(s.MARK_MEANS.get(hit.status, ""))]
    return "\n".join(line for line in lines if line)


def _option(hit: CardHit) -> Row:
    places = _places(hit)
    spoken = tr(
        s.SPOKEN_OPTION,
        title=hit.title,
        places=", ".join(places),
        obligation=tr(s.OBLIGATIONS[hit.obligation]),
        urgent=tr(s.SPOKEN_URGENT) if hit.urgent else "",
        status=hit.status,
        why=hit.why[0] if hit.why else "",
    )
    meaning = tr(s.OBLIGATION_MEANS[hit.obligation])
    note = hit.why[0] if hit.why else ""
    tip = f"{meaning}\n{_tip(hit)}"
    return Row(RowKind.OPTION, hit.title, spoken.strip(), places, hit.obligation, hit.status, hit.urgent, note, tip=tip, target=to_card(hit.id))


def _duty(hit: CardHit) -> Row:
    places, note = _places(hit), hit.why[0] if hit.why else ""
    spoken = tr(s.SPOKEN_DUTY, title=hit.title, places=", ".join(places), status=hit.status, why=note)
    return Row(RowKind.DUTY, hit.title, spoken.strip(), places, "", hit.status, False, note, tip=_tip(hit), target=to_card(hit.id))


def _practice(hit: PracticeHit) -> Row:
    replaced = tr(s.REPLACED_BY, label=hit.replaced_by) if hit.replaced_by else ""
    spoken = tr(s.SPOKEN_PRACTICE, label=hit.label, status=hit.status, title=hit.title, replaced=f" {replaced}." if replaced else "")
    return Row(RowKind.PRACTICE, hit.title, spoken, (hit.label,), "", hit.status, False, replaced, target=to_card(hit.id))


def _documents(documents: Sequence[DocumentHit], *, all_documents: bool) -> list[Row]:
    shown = documents if all_documents else documents[:DOCUMENTS_AT_FIRST]
    rows = [_document(hit) for hit in shown]
    hidden = len(documents) - len(shown)
    if hidden:
        text = tr(s.MORE_DOCUMENTS, n=number(hidden))
        rows.append(Row(RowKind.MORE, text, text))
    return _group(tr(s.GROUP_DOCUMENTS), rows, len(documents))


def _document(hit: DocumentHit) -> Row:
    spoken = tr(s.SPOKEN_DOCUMENT, label=hit.label, title=hit.title, kind=hit.kind, status=hit.status, snippet=hit.snippet.text)
    return Row(
        RowKind.DOCUMENT, hit.label, spoken, (_named(hit),), "", hit.status, False, hit.snippet.text, hit.snippet.hits, target=to_unit(hit.key)
    )


def _named(hit: DocumentHit) -> str:
    """The title, with the kind of document where the title does not say it."""
    return hit.title if hit.title.casefold().startswith(f"{hit.kind} om") else f"{hit.title} ({hit.kind})"


def _question(question: Question) -> Row:
    return Row(RowKind.QUESTION, question.question, tr(s.SPOKEN_QUESTION, question=question.question), tip=tr(s.QUESTION_HINT), situation=question.id)


def _candidate(reference: str, names: Names) -> Row:
    law, _, path = reference.partition("/")
    label, name = f"{names.label(law)} {format_address(Address(*path.split('/')[:4]))}", names.law(law)
    places = () if label.startswith(name) else (name,)
    return Row(RowKind.CANDIDATE, label, tr(s.SPOKEN_CANDIDATE, label=label, name=name), places, target=to_reference(reference))
