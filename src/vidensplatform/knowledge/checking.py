"""What makes a corpus wrong, beyond the shape of each card: ids that lead nowhere, sections that do not exist, promises, copied sentences.

Each rule is a generator of its own, and ``check`` names them all. What needs the text of the law is in ``against_law``.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from vidensplatform.errors import CardError
from vidensplatform.knowledge.against_law import LawText, forwarding, obligations, sections, stated_figures, time_limits_of_duties
from vidensplatform.knowledge.loading import Cards, Corpus
from vidensplatform.knowledge.model import Duty, Option, PracticeStatus, Term, TermKind
from vidensplatform.knowledge.stated import undated_amount
from vidensplatform.knowledge.wording import promise, texts
from vidensplatform.law.registry import fold_name

_PRACTICE_FORM = {
    "principmeddelelse": re.compile(r"^PM (?:[A-Z]{1,2}-)?\d{1,3}-\d{2}$"),
    "ombudsmandsudtalelse": re.compile(r"^FOB \d{4}(?:[-.]\d{1,4}| \d{1,3}-\d{1,3})$"),
    "dom": re.compile(r"^(?:U ?\d{4}\.\d+ ?[A-ZÆØÅ]{0,3}|TFA ?\d{4}[.,]\d+\S*|.*\bdom af \d.*|[BS]S?-?\d+/\d{4}.*)$"),
}


def check(
    corpus: Corpus,
    law: LawText | None = None,
    copied: Callable[[str], str | None] | None = None,
    findable: Callable[[str], bool] | None = None,
) -> list[CardError]:
    """Everything that is wrong with a corpus, the faults of reading first.

    ``law`` lets sections and figures be looked up; ``copied`` gives, for a text, a run of words that also stands in a document, or None;
    ``findable`` says whether the search hears anything at all in a word or phrase.
    """
    cards = corpus.cards
    faults = [
        *corpus.faults,
        *ids(cards),
        *sections(cards, corpus.registry, law),
        *reach(cards),
        *terms(cards),
        *practice(cards),
        *forwarding(cards, corpus.registry, law),
        *time_limits_of_duties(cards, law),
        *wording(cards),
    ]
    if law is not None:
        faults += [*stated_figures(cards, law), *obligations(cards, law)]
    if copied is not None:
        faults += copies(cards, copied)
    if findable is not None:
        faults += unheard(cards, findable)
    return faults


def ids(cards: Cards) -> Iterator[CardError]:
    """Ids that no card has, that stand twice in a list, or that lead a card to itself."""
    with_practice: tuple[Option | Duty, ...] = (*cards.options.values(), *cards.duties.values())
    practice_of = {c.id: [link.id for link in c.practice] for c in with_practice}
    either = {**cards.options, **cards.duties}
    for s in cards.situations.values():
        file = f"situations/{s.id}.toml"
        yield from _known(file, "areas", s.areas, cards.areas)
        yield from _known(file, "options", s.options, cards.options)
        yield from _known(file, "duties", s.duties, cards.duties)
        yield from _known(file, "ask", s.ask, cards.situations, itself=s.id)
        for other in s.ask:
            if other in cards.situations and not cards.situations[other].question:
                yield CardError(file, f"»{other}« har ingen question at spørge med", "ask")
    for o in cards.options.values():
        file = f"options/{o.id}.toml"
        yield from _known(file, "areas", o.areas, cards.areas)
        yield from _known(file, "if_refused", o.if_refused, cards.options, itself=o.id)
        yield from _known(file, "adjacent", o.adjacent, either, itself=o.id)
        yield from _known(file, "practice", practice_of[o.id], cards.practice)
        if o.complaint:
            yield from _known(file, "complaint", [o.complaint], cards.duties)
        elif not o.no_complaint:
            yield CardError(file, "giver hverken klagevej (complaint) eller grunden til, at der ingen er (no_complaint)")
    for d in cards.duties.values():
        file = f"duties/{d.id}.toml"
        yield from _known(file, "areas", d.areas, cards.areas)
        yield from _known(file, "adjacent", d.adjacent, either, itself=d.id)
        yield from _known(file, "practice", practice_of[d.id], cards.practice)
    for number, t in enumerate(cards.terms, 1):
        place = f"terms: »{t.word}« (nr. {number})"
        yield from _known(place, "situations", t.situations, cards.situations)
        yield from _known(place, "options", t.options, cards.options)
        yield from _known(place, "duties", t.duties, cards.duties)


def _known(file: str, key: str, listed: Iterable[str], there: Iterable[str], itself: str = "") -> Iterator[CardError]:
    known = set(there)
    for card_id, times in Counter(listed).items():
        if card_id not in known:
            yield CardError(file, f"intet kort har id »{card_id}«", key)
        elif times > 1:
            yield CardError(file, f"»{card_id}« står {times} gange", key)
        elif card_id == itself:
            yield CardError(file, "henviser til sig selv", key)


def reach(cards: Cards) -> Iterator[CardError]:
    """What nobody gets to see: situations whose options are all unknown, options no situation leads to, practice no card names, empty areas."""
    for situation in cards.situations.values():
        if not any(option in cards.options for option in situation.options):
            yield CardError(f"situations/{situation.id}.toml", "situationen fører ikke til nogen mulighed")
    reached = {i for s in cards.situations.values() for i in s.options}
    for option in cards.options.values():
        if option.id not in reached:
            yield CardError(f"options/{option.id}.toml", "ingen situation fører til muligheden")
    with_practice: tuple[Option | Duty, ...] = (*cards.options.values(), *cards.duties.values())
    named = {link.id for card in with_practice for link in card.practice}
    for p in cards.practice.values():
        if p.id not in named and not p.provisions:
            yield CardError(f"practice/{p.id}.toml", "ingen mulighed eller pligt nævner praksissen, og den nævner ingen bestemmelse")
    used = {a for table in (cards.situations, cards.options, cards.duties) for card in table.values() for a in card.areas}
    for area in cards.areas:
        if area not in used:
            yield CardError("areas.toml", "intet kort hører til området", f"[{area}]")


def terms(cards: Cards) -> Iterator[CardError]:
    """A word that two terms explain, that is said not to mean what it leads to, or that leads only to itself."""
    places: defaultdict[str, list[Term]] = defaultdict(list)
    for term in cards.terms:
        file = f"terms: »{term.word}«"
        own = {fold_name(w) for w in (term.word, *term.also)}
        legal = {fold_name(w) for w in term.legal}
        for word in own:
            places[word].append(term)
        if term.kind is TermKind.FALSE_FRIEND and not (term.not_to_be_confused and term.note):
            yield CardError(file, "en falsk ven skal have not_to_be_confused og note")
        led_to = {fold_name(table[i].title) for table, found in _targets(cards, term) for i in found if i in table}
        for other in term.not_to_be_confused:
            if fold_name(other) in own | legal | led_to:
                yield CardError(file, f"siger både, at det er og ikke er »{other}«")
        if legal <= own and not (term.situations or term.options or term.duties):
            yield CardError(file, "fører kun til sig selv: giv et andet ord i legal, eller et kort")
    for word, found in sorted(places.items()):
        if len(found) > 1:
            yield CardError(f"terms: »{word}«", f"forklares {len(found)} steder: saml dem i ét")


def _targets(cards: Cards, term: Term) -> tuple[tuple[dict[str, Any], tuple[str, ...]], ...]:
    return (cards.situations, term.situations), (cards.options, term.options), (cards.duties, term.duties)


def unheard(cards: Cards, findable: Callable[[str], bool]) -> Iterator[CardError]:
    """Words and phrases in which the search hears nothing, so that they can never reveal anything."""
    for term in cards.terms:
        for word in (term.word, *term.also):
            if not findable(word):
                yield CardError(f"terms: »{term.word}«", f"søgningen kan aldrig finde »{word}«: det er kun småord")
    for folder, table in (("situations", cards.situations), ("options", cards.options), ("duties", cards.duties)):
        for card in table.values():
            for word in card.words:
                if not findable(word):
                    yield CardError(f"{folder}/{card.id}.toml", f"søgningen kan aldrig finde »{word}«: det er kun småord", "words")


def practice(cards: Cards) -> Iterator[CardError]:
    """Numbers in a form their kind does not have, the same number twice, and a status that what replaced it speaks against."""
    labels: defaultdict[str, list[str]] = defaultdict(list)
    for p in cards.practice.values():
        file = f"practice/{p.id}.toml"
        labels[p.label].append(p.id)
        if not _PRACTICE_FORM[p.kind].match(p.label):
            yield CardError(file, f"»{p.label}« er ikke et nummer på en {p.kind}", "label")
        if p.replaced_by and p.status is PracticeStatus.CURRENT:
            yield CardError(file, f"kan ikke både være gældende og afløst af {p.replaced_by}", "status")
        if p.label in (*p.replaces, p.replaced_by):
            yield CardError(file, "afløser sig selv", "replaces")
    replaced = {label: p for p in cards.practice.values() for label in p.replaces}
    for p in cards.practice.values():
        newer = replaced.get(p.label)
        if newer is not None and newer.id != p.id and p.status is PracticeStatus.CURRENT:
            yield CardError(f"practice/{p.id}.toml", f"står som gældende, men {newer.label} siger, at den er afløst", "status")
    for label, found in labels.items():
        if len(found) > 1:
            yield CardError(f"practice/{found[-1]}.toml", f"»{label}« har også kortet {found[0]}", "label")


def wording(cards: Cards) -> Iterator[CardError]:
    """Words that promise, and amounts of money without year and source."""
    for file, text in texts(cards):
        if found := promise(text):
            yield CardError(file, f"lover for meget: »{found}«")
        if amount := undated_amount(text):
            yield CardError(file, f"nævner et beløb uden årstal og kilde: »{amount}«")


def copies(cards: Cards, copied: Callable[[str], str | None]) -> Iterator[CardError]:
    """Sentences that stand word for word in a document."""
    for file, text in texts(cards):
        if run := copied(text):
            yield CardError(file, f"står ordret i et dokument: »{run}«")
