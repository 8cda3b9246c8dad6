"""The cards held against the text of the law: sections that do not exist, time limits and shares it does not state, duties it does not lay down."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

from vidensplatform.errors import CardError
from vidensplatform.knowledge.loading import Cards
from vidensplatform.knowledge.model import Duty, Obligation, Option, PracticeStatus
from vidensplatform.knowledge.stated import lengths, shares, time_limits, told
from vidensplatform.knowledge.wording import prose
from vidensplatform.law.model import Address
from vidensplatform.law.registry import Registry

# Danish acts lay down a duty with "skal" or in the present tense ("kommunalbestyrelsen yder"), or from the citizen's side ("har ret til").
_DUTY_IN_LAW = re.compile(
    r"\b(?:skal|påhviler|har ansvaret for|har pligt|er forpligtet|sørger|yder|ydes|behandler|tilbyder|tilbydes|udbetales?|bevilges|udpeger"
    r"|træffer|giver|gives|ansætter|anviser|dækkes?|er vederlagsfri|har adgang|kan få"
    r"|har (?:\w+ ){0,3}(?:ret|krav|retskrav)|er (?:\w+ )?berettigede?)\b",
    re.IGNORECASE,
)
_CHOICE_IN_LAW = re.compile(r"\b(?:kan|beslutter|mulighed|fastlægges af den enkelte|med samtykke)\b", re.IGNORECASE)
_STILL_LAW = re.compile(r"\bgælder (?:stadig|fortsat|i dag)\b|\bkun (?:for|ved)\b|\bfor (?:børn|ældre|unge)\b", re.IGNORECASE)


_REPEALED = re.compile(r"^(?:§§? [^.]{1,20}\.\s*)?(?:Stk\. \d+\.\s*)?\(?Ophævet\)?\.?\s*$", re.IGNORECASE)


def is_repealed(text: str) -> bool:
    """Whether nothing is left of a provision but its number and the word that it is repealed."""
    return _REPEALED.match(text) is not None


class LawText(Protocol):
    """What checking asks of a library: whether it holds an act at all, a provision in it, and what that says."""

    def holds(self, law: str) -> bool:
        """Whether a text of the act is there."""
        ...

    def has(self, law: str, address: Address) -> bool:
        """Whether that text has the provision, and not only its number with the word »(Ophævet)«."""
        ...

    def text(self, law: str, address: Address) -> str | None:
        """What the provision says, or None where the text does not have it."""
        ...


def sections(cards: Cards, registry: Registry, law: LawText | None) -> Iterator[CardError]:
    """Acts the registry does not name, and sections the act's text does not have."""
    for card, basis in cards.bases():
        yield from _section(registry, law, _file(card), "basis", basis.provision)
    for d in cards.duties.values():
        for deadline in d.deadlines:
            yield from _section(registry, law, _file(d), "deadlines", deadline.source)
    for p in cards.practice.values():
        # What no longer stands may have been about a section that no longer stands either.
        text = law if p.status is PracticeStatus.CURRENT else None
        for provision in p.provisions:
            yield from _section(registry, text, f"practice/{p.id}.toml", "provisions", provision)


def forwarding(cards: Cards, registry: Registry, law: LawText | None) -> Iterator[CardError]:
    """Law said to have moved: to a section that is not there, from an act nobody knows, twice, or though it still stands where it stood."""
    seen: set[str] = set()
    for moved in cards.moved:
        place = f"{moved.old} → {', '.join(moved.new)}"
        if moved.old in seen:
            yield CardError("forwarding.toml", f"{moved.old} er flyttet to gange: saml det i ét", place)
        seen.add(moved.old)
        if moved.old in moved.new:
            yield CardError("forwarding.toml", "er flyttet til sig selv", place)
        for provision in moved.new:
            yield from _section(registry, law, "forwarding.toml", f"{moved.old} → {provision}", provision)
        yield from _section(registry, None, "forwarding.toml", place, moved.old)
        slug, address = _split(moved.old)
        if law is not None and law.has(slug, address) and not _STILL_LAW.search(moved.note):
            yield CardError("forwarding.toml", "bestemmelsen findes stadig; skriv i note, for hvem den gælder", place)


def time_limits_of_duties(cards: Cards, law: LawText | None) -> Iterator[CardError]:
    """A duty's time limits: told in its text without being listed with start and source, without a length, or not in the source."""
    for duty in cards.duties.values():
        file = f"duties/{duty.id}.toml"
        listed = frozenset(length for deadline in duty.deadlines for length in lengths(deadline.length))
        for length in sorted(frozenset(found for text in (duty.title, duty.summary, *duty.steps) for found in time_limits(text)) - listed):
            yield CardError(file, f"nævner fristen {told(length)}, men har ingen [[deadlines]] med dens start og kilde", "deadlines")
        sections_named = {tuple(basis.provision.split("/")[:2]) for basis in duty.basis}
        for deadline in duty.deadlines:
            if tuple(deadline.source.split("/")[:2]) not in sections_named:
                yield CardError(file, f"fristens kilde {deadline.source} står ikke blandt kortets hjemler og bliver derfor ikke fulgt", "deadlines")
            text = law.text(*_split(deadline.source)) if law is not None else None
            if deadline.kind == "lovbestemt" and text is not None and (missing := lengths(deadline.length) - lengths(text)):
                yield CardError(file, f"fristen {told(min(missing))} står ikke i {deadline.source}", "deadlines")


def stated_figures(cards: Cards, law: LawText) -> Iterator[CardError]:
    """Time limits and percentages in a card's text that none of its provisions states. Where a provision is not at hand, nothing can be said."""
    cards_with_basis: list[Option | Duty] = [*cards.options.values(), *cards.duties.values()]
    for card in cards_with_basis:
        provisions = [basis.provision for basis in card.basis]
        if isinstance(card, Duty):
            provisions += [deadline.source for deadline in card.deadlines]
        elif card.complaint in cards.duties:
            provisions += [deadline.source for deadline in cards.duties[card.complaint].deadlines]
        found = [law.text(*_split(provision)) for provision in provisions]
        law_says = [text for text in found if text is not None]
        if len(law_says) < len(found):
            continue
        known_lengths = frozenset(length for text in law_says for length in lengths(text))
        known_shares = frozenset(share for text in law_says for share in shares(text))
        for text in prose(card):
            for length in sorted(time_limits(text) - known_lengths):
                yield CardError(_file(card), f"fristen {told(length)} står ikke i nogen af kortets bestemmelser: »{text[:80]}«")
            for share in sorted(shares(text) - known_shares):
                yield CardError(_file(card), f"{share} procent står ikke i nogen af kortets bestemmelser: »{text[:80]}«")


def obligations(cards: Cards, law: LawText) -> Iterator[CardError]:
    """Options said to be a duty or a choice, where none of the provisions speaks of one."""
    for option in cards.options.values():
        # A number in a list says only what; the duty stands in the words before the list.
        found = [law.text(basis.law, Address(basis.address.section, basis.address.subsection)) for basis in option.basis]
        if any(text is None for text in found):
            continue
        needed = _DUTY_IN_LAW if option.obligation is Obligation.MUST else _CHOICE_IN_LAW
        if not any(needed.search(text) for text in found if text):
            yield CardError(_file(option), f"ingen af bestemmelserne siger »{option.obligation.value}«", "obligation")


def _section(registry: Registry, law: LawText | None, file: str, key: str, provision: str) -> Iterator[CardError]:
    slug, address = _split(provision)
    if registry.act(slug) is None:
        yield CardError(file, f"loven »{slug}« står ikke i laws.toml", key)
    elif law is not None and law.holds(slug) and not law.has(slug, address):
        yield CardError(file, f"{slug} har ingen bestemmelse {address.path} i den tekst, biblioteket viser", key)


def _split(provision: str) -> tuple[str, Address]:
    slug, *rest = provision.split("/")
    return slug, Address(*rest)


def _file(card: Option | Duty) -> str:
    return f"{'options' if isinstance(card, Option) else 'duties'}/{card.id}.toml"
