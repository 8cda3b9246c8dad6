"""What was understood of a query: recognised situations, needs and terms, and the legal words they add."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from vidensplatform.knowledge.loading import Cards
from vidensplatform.search.ages import ages, fitness
from vidensplatform.search.answers import Chip, Question
from vidensplatform.search.cards import AREA, DUTY, OPTION, PRACTICE, SITUATION, TERM
from vidensplatform.search.situations import Recogniser, Revealed

SITUATION_THRESHOLD = 0.5
"""A situation is recognised from this strength on: about one word that only a few cards share."""
_NAMED_THRESHOLD = 0.5
_RELATIVE = 0.3
_FROM_TERM = 0.9
_MOST_SITUATIONS = 7
_MOST_QUESTIONS = 5


@dataclass(frozen=True, slots=True)
class Understanding:
    """The query, understood. Strengths are comparable within it; each tuple is ordered, strongest first."""

    chips: tuple[Chip, ...]
    situations: tuple[Revealed, ...]
    terms: tuple[Revealed, ...]
    named: dict[str, tuple[Revealed, ...]]
    legal_words: tuple[str, ...]
    questions: tuple[Question, ...]


def understand(recogniser: Recogniser, cards: Cards, text: str, *, without: Collection[str] = (), added: Collection[str] = ()) -> Understanding:
    """Recognise what the text holds. ``without`` are ids the user removed, ``added`` situations the user put in by hand."""
    revealed = recogniser.recognise(text, without=without)
    terms = tuple(r for r in revealed if r.kind == TERM and r.strength >= _NAMED_THRESHOLD * _full(cards, r) and _term_id(cards, r) not in without)
    situations = _situations(cards, revealed, terms, added, without, ages(text))
    named = {kind: _strong(revealed, kind) for kind in (OPTION, DUTY, PRACTICE)}
    areas = [r for r in revealed if r.kind == AREA]
    return Understanding(
        tuple(chip for chip in _chips(cards, situations, areas, terms) if chip.id not in without),
        situations,
        terms,
        named,
        tuple(dict.fromkeys(word for r in terms for word in cards.terms[int(r.id)].legal)),
        tuple(_questions(cards, situations, without)),
    )


def _full(cards: Cards, revealed: Revealed) -> float:
    """What a term must reach, from 0 to 1: phrases of several words were found whole, so a single rare word is enough."""
    return 1.0 if len(cards.terms[int(revealed.id)].word.split()) == 1 else 0.8


def _strong(revealed: list[Revealed], kind: str) -> tuple[Revealed, ...]:
    return tuple(r for r in revealed if r.kind == kind and r.strength >= _NAMED_THRESHOLD)


def _situations(
    cards: Cards,
    revealed: list[Revealed],
    terms: tuple[Revealed, ...],
    added: Collection[str],
    without: Collection[str],
    told: Collection[int],
) -> tuple[Revealed, ...]:
    strengths = {r.id: r for r in revealed if r.kind == SITUATION}
    for term in terms:
        for situation in cards.terms[int(term.id)].situations:
            if situation in without:
                continue
            known = strengths.get(situation)
            fresh = [w for w in term.words if known is None or w not in known.words]
            if known is None:
                strengths[situation] = Revealed(SITUATION, situation, term.strength * _FROM_TERM, term.words)
            elif fresh:
                strengths[situation] = Revealed(SITUATION, situation, known.strength + term.strength * _FROM_TERM, (*known.words, *fresh))
    for key, r in strengths.items():
        if key in cards.situations:
            strengths[key] = replace(r, strength=r.strength * fitness(cards.situations[key], cards.areas, told))
    best = max((r.strength for r in strengths.values()), default=0.0)
    for situation in added:
        if situation in cards.situations:
            strengths[situation] = Revealed(SITUATION, situation, max(best, 1.0), ())
    floor = max(SITUATION_THRESHOLD, _RELATIVE * best)
    strong = [r for r in strengths.values() if r.id in cards.situations and r.strength >= floor]
    return tuple(sorted(strong, key=lambda r: (-r.strength, r.id))[:_MOST_SITUATIONS])


def _chips(cards: Cards, situations: tuple[Revealed, ...], areas: list[Revealed], terms: tuple[Revealed, ...]) -> list[Chip]:
    chips = [
        Chip(r.id, cards.situations[r.id].title, SITUATION, r.words, r.strength, cards.situations[r.id].urgent)
        for r in sorted(situations, key=lambda r: (not cards.situations[r.id].urgent, -r.strength))
    ]
    needs: dict[str, tuple[tuple[str, ...], float]] = {}
    for r in (*situations, *areas):
        for area in cards.situations[r.id].areas if r.kind == SITUATION else (r.id,):
            words, strength = needs.get(area, ((), 0.0))
            needs[area] = (tuple(dict.fromkeys((*words, *r.words))), max(strength, r.strength))
    chips += [Chip(a, cards.areas[a].title, AREA, words, strength) for a, (words, strength) in needs.items() if a in cards.areas]
    chips += [Chip(_term_id(cards, r), _term_title(cards, r), TERM, r.words, r.strength) for r in terms[:8]]
    return chips


def _term_id(cards: Cards, revealed: Revealed) -> str:
    """The id of a term's chip; terms have no file and so no id of their own."""
    return f"ord-{cards.terms[int(revealed.id)].word}"


def _term_title(cards: Cards, revealed: Revealed) -> str:
    term = cards.terms[int(revealed.id)]
    return f"{term.word}: {', '.join(term.legal[:3])}" if term.legal else term.word


def _questions(cards: Cards, situations: tuple[Revealed, ...], without: Collection[str]) -> list[Question]:
    here = {r.id for r in situations}
    asked: dict[str, float] = {}
    for r in situations:
        for place, other in enumerate(cards.situations[r.id].ask):
            if other not in here and other not in without and other in cards.situations and cards.situations[other].question:
                asked[other] = asked.get(other, 0.0) + r.strength / (1 + place)
    best = sorted(asked, key=lambda other: (-cards.situations[other].urgent, -asked[other], other))[:_MOST_QUESTIONS]
    return [Question(other, cards.situations[other].question) for other in best]
