"""What was understood of a query: recognised situations, needs and terms, and the legal words they add."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from vidensplatform.knowledge.loading import Cards
from vidensplatform.search.ages import ages, fitness
from vidensplatform.search.answers import Chip, Question
from vidensplatform.search.cards import AREA, DUTY, MOVED, OPTION, PRACTICE, SITUATION, TERM
from vidensplatform.search.likeness import Alike, Likeness
from vidensplatform.search.persons import Person, meant
from vidensplatform.search.situations import Recogniser, Revealed, Story

SITUATION_THRESHOLD = 0.4
"""A situation is recognised from this strength on: about one word that only a few cards share."""
_NAMED_THRESHOLD = 0.5
_RELATIVE = 0.3
_FROM_TERM = 0.9
_MOST_SITUATIONS = 7
_MOST_ALIKE = 4
_FOR_SOMEBODY_ELSE = 0.7
"""What the words of a situation count that is for a child, a young or an old person or a relative, where the story names none."""
_LIKENESS = 0.3
_MOST_QUESTIONS = 5


@dataclass(frozen=True, slots=True)
class Understanding:
    """The query, understood. Strengths are comparable within it; each tuple is ordered, strongest first."""

    chips: tuple[Chip, ...]
    situations: tuple[Revealed, ...]
    alike: tuple[Alike, ...]
    terms: tuple[Revealed, ...]
    named: dict[str, tuple[Revealed, ...]]
    moved: tuple[Revealed, ...]
    legal_words: tuple[str, ...]
    questions: tuple[Question, ...]
    story: Story
    ages: tuple[int, ...]
    persons: frozenset[Person]


def understand(
    recogniser: Recogniser,
    likeness: Likeness,
    cards: Cards,
    text: str,
    *,
    for_whom: Mapping[str, frozenset[Person]] | None = None,
    without: Collection[str] = (),
    added: Collection[str] = (),
) -> Understanding:
    """Recognise what the text holds. ``without`` are ids the user removed, ``added`` situations the user put in by hand.

    ``for_whom``: the persons each situation is for; one that is for somebody the text does not name cannot be alike.
    """
    revealed = recogniser.recognise(text, without=without)
    terms = tuple(r for r in revealed if r.kind == TERM and r.strength >= _NAMED_THRESHOLD * _full(cards, r) and _term_id(cards, r) not in without)
    told = tuple(ages(text))
    story, persons = recogniser.story(text), recogniser.persons(text, told)
    alike = {a.id: replace(a, evidence=a.evidence * fitness(cards.situations[a.id], cards.areas, told)) for a in likeness.of(story)}
    strengths = _strengths(cards, revealed, terms, without)

    def for_these(situation: str) -> float:
        unnamed = 1.0 if meant((for_whom or {}).get(situation), persons) else _FOR_SOMEBODY_ELSE
        return unnamed * fitness(cards.situations[situation], cards.areas, told)

    weighed = {key: replace(r, strength=r.strength * for_these(key)) for key, r in strengths.items()}
    situations = _situations(cards, _with_likeness(weighed, alike), added)
    here = {r.id for r in situations}
    named = {kind: _strong(revealed, kind) for kind in (OPTION, DUTY, PRACTICE)}
    areas = [r for r in revealed if r.kind == AREA]
    return Understanding(
        tuple(chip for chip in _chips(cards, situations, areas, terms) if chip.id not in without),
        situations,
        tuple(
            sorted(
                (a for a in alike.values() if a.id not in here and a.id not in without and meant((for_whom or {}).get(a.id), persons)),
                key=lambda a: (-a.evidence, a.id),
            )[:_MOST_ALIKE]
        ),
        terms,
        named,
        tuple(r for r in revealed if r.kind == MOVED),
        tuple(dict.fromkeys(word for r in terms for word in cards.terms[int(r.id)].legal)),
        tuple(_questions(cards, situations, without)),
        story,
        told,
        persons,
    )


def _full(cards: Cards, revealed: Revealed) -> float:
    """What a term must reach, from 0 to 1: phrases of several words were found whole, so a single rare word is enough."""
    return 1.0 if len(cards.terms[int(revealed.id)].word.split()) == 1 else 0.8


def _strong(revealed: list[Revealed], kind: str) -> tuple[Revealed, ...]:
    return tuple(r for r in revealed if r.kind == kind and r.strength >= _NAMED_THRESHOLD)


def _strengths(cards: Cards, revealed: list[Revealed], terms: tuple[Revealed, ...], without: Collection[str]) -> dict[str, Revealed]:
    """How strongly each situation is revealed: by its own phrases and by terms that lead to it."""
    strengths = {r.id: r for r in revealed if r.kind == SITUATION and r.id in cards.situations}
    for term in terms:
        for situation in cards.terms[int(term.id)].situations:
            if situation in without or situation not in cards.situations:
                continue
            known = strengths.get(situation)
            fresh = [w for w in term.words if known is None or w not in known.words]
            if known is None:
                strengths[situation] = Revealed(SITUATION, situation, term.strength * _FROM_TERM, term.words)
            elif fresh:
                strengths[situation] = Revealed(SITUATION, situation, known.strength + term.strength * _FROM_TERM, (*known.words, *fresh))
    return strengths


def _with_likeness(strengths: dict[str, Revealed], alike: dict[str, Alike]) -> dict[str, Revealed]:
    """A situation whose other words stand in the story too is more surely meant."""
    return {key: replace(r, strength=r.strength + _LIKENESS * alike[key].evidence) if key in alike else r for key, r in strengths.items()}


def _situations(cards: Cards, strengths: dict[str, Revealed], added: Collection[str]) -> tuple[Revealed, ...]:
    """Those strong enough, strongest first.

    One that is weak beside the strongest is kept where words of its own reveal it, words that no stronger one explains: a long story about one
    thing does not drown the few words about another.
    """
    best = max((r.strength for r in strengths.values()), default=0.0)
    chosen = [Revealed(SITUATION, key, max(best, 1.0), ()) for key in added if key in cards.situations]
    explained: set[str] = set()
    for r in sorted((r for r in strengths.values() if r.id not in added), key=lambda r: (-r.strength, r.id)):
        own = r.strength * sum(w not in explained for w in r.words) / (len(r.words) or 1)
        if r.strength >= SITUATION_THRESHOLD and (r.strength >= _RELATIVE * best or own >= SITUATION_THRESHOLD):
            chosen.append(r)
            explained.update(r.words)
    return tuple(chosen[:_MOST_SITUATIONS])


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
