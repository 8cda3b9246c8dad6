"""Whom a story and a card speak of. What only resembles a story must not bring a child, an old person or a relative into it that nobody named.

A story names a person by a word ("min søn", "skolen"), or by an age. A card names whom it is for in its title, or by areas that all are bound to
an age. Words for persons never say what somebody needs: they are in every story and on many cards.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from itertools import pairwise

from vidensplatform.knowledge.model import Area, Duty, Option, Situation
from vidensplatform.search.analysis import Analyzer, Token, fold


class Person(StrEnum):
    """A kind of person whose law differs from everybody's."""

    CHILD = "barn"
    YOUNG = "ung"
    OLD = "ældre"
    RELATIVE = "pårørende"


_ADULT, _GROWN_UP, _OLD = 18, 30, 60


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in text.split())


_KIN = _words("mor far mamma søn datter bror søster forælder familie stedfar stedmor")
"""A child, a relative or an aged parent, whichever the rest of the story makes them."""
_WHOSE = _words("min hendes hans sin din")
_NAMES = {
    Person.CHILD: _words(
        """barn barnebarn dreng pige knægt baby spædbarn nyfødt unge teenager elev skole klasse børnehave vuggestue dagpleje fødsel føde gravid
        graviditet barsel tvilling anbringe anbragt anbringelse plejefamilie plejebarn samvær efterskole mindreårig lillesøster lillebror storebror
        storesøster eneforsørger forsørger forældremyndighed ung lærer pædagog"""
    ),
    Person.YOUNG: _words("ung unge knægt fyr teenager elev studerende lærling gymnasium efterskole uddannelse efterværn"),
    Person.OLD: _words(
        """gammel ældre pensionist folkepension folkepensionist plejehjem plejebolig demens dement alderdom mormor farmor morfar farfar bedstefar
        bedstemor svigermor svigerfar alzheimer"""
    ),
    Person.RELATIVE: _words(
        """pårørende kone hustru ægtefælle samlever kæreste partner barn barnebarn dreng pige svigermor svigerfar mormor farmor morfar farfar
        bedstefar bedstemor nevø niece tante onkel svigersøn svigerdatter"""
    ),
}
_ON_CARDS = {
    Person.CHILD: _words("barn forælder elev anbringelse anbragt skole teenager"),
    Person.YOUNG: _words("ung unge teenager"),
    Person.OLD: _words("ældre pensionist folkepensionist"),
    Person.RELATIVE: _words("pårørende"),
}
_SINGLE = _words("mand kvinde dame herre fyr borger person menneske folk beboer bruger klient ven veninde nabo ung voksen gammel ældre")
WORDS_FOR_PERSONS = (
    _KIN | _SINGLE | _words("barn dreng pige baby kone hustru ægtefælle samlever kæreste mormor farmor morfar farfar svigermor svigerfar unge")
)
"""Words (folded) that say who somebody is, and nothing about what is needed."""


def persons_in(tokens: Iterable[Token], ages: Iterable[int]) -> frozenset[Person]:
    """The persons a story speaks of, by its words and by the ages told in it."""
    told = list(ages)
    tokens = list(tokens)
    words = {key for token in tokens for key in (token.lemma, token.exact, *token.parts)}
    found = {person for person, names in _NAMES.items() if words & names}
    if any(before.exact in _WHOSE and token.lemma == "mand" for before, token in pairwise(tokens)):
        found.add(Person.RELATIVE)
    if words & _KIN:
        found |= {Person.RELATIVE, Person.OLD}
        if not told or min(told) < _OLD:
            found |= {Person.CHILD, Person.YOUNG}
    for age in told:
        found |= {Person.CHILD} if age < _ADULT else {Person.YOUNG} if age < _GROWN_UP else {Person.OLD} if age >= _OLD else set()
    if Person.CHILD in found:
        found.add(Person.YOUNG)  # how old the child is, is seldom told
    return frozenset(found)


def meant(for_whom: frozenset[Person] | None, persons: frozenset[Person]) -> bool:
    """Whether a card for these persons can be about a story that speaks of ``persons``: it is for everybody, or for one of them."""
    return not for_whom or not for_whom.isdisjoint(persons)


def persons_of(card: Situation | Option | Duty, areas: dict[str, Area], analyzer: Analyzer) -> frozenset[Person]:
    """The persons a card is for, by its title and its areas; none for a card that is for everybody."""
    words = {key for token in analyzer.tokens(card.title) for key in (token.lemma, token.exact, *token.parts)}
    found = {person for person, names in _ON_CARDS.items() if words & names}
    limits = [areas[area].ages for area in card.areas if area in areas]
    bounded = [limit for limit in limits if limit is not None]
    if bounded and len(bounded) == len(limits):
        for low, high in bounded:
            found.add(Person.OLD if low >= _OLD else Person.CHILD if high < _ADULT else Person.YOUNG)
    return frozenset(found)
