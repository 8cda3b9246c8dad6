"""What is followed, as places in the law: whole acts and single sections. Areas and situations stand for the provisions of their cards."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from vidensplatform.changes.records import FollowKind
from vidensplatform.errors import QueryError
from vidensplatform.knowledge.loading import Corpus
from vidensplatform.knowledge.model import Duty, Option

Place = tuple[str, str]
"""(act, section); "" as the section stands for the whole act."""
Places = frozenset[Place]
FindProvisions = Callable[[str], Iterable[Place]]
"""From the words of a search to the provisions that it finds today."""


def places_of(corpus: Corpus, kind: FollowKind, key: str, find: FindProvisions) -> Places:
    """The places that one followed thing stands for; empty where the cards have it no longer."""
    match kind:
        case FollowKind.ACT:
            return frozenset({(key, "")})
        case FollowKind.SECTION:
            law, _, section = key.partition("/")
            return frozenset({(law, section.split("/")[0])})
        case FollowKind.AREA:
            return area_places(corpus, {key})
        case FollowKind.SITUATION:
            situation = corpus.cards.situations.get(key)
            return _of_cards(corpus, (*situation.options, *situation.duties)) if situation else frozenset()
        case FollowKind.SEARCH:
            return frozenset(find(key))


def area_places(corpus: Corpus, areas: Iterable[str]) -> Places:
    """The provisions that the cards of these areas stand on."""
    wanted = set(areas)
    return frozenset((b.law, b.address.section or "") for card, b in corpus.cards.bases() if wanted & set(card.areas))


def title_of(corpus: Corpus, kind: FollowKind, key: str) -> str:
    """What something followed is called. Raises :class:`QueryError` for a key that leads nowhere."""
    match kind:
        case FollowKind.ACT:
            return corpus.registry.label(key)
        case FollowKind.SECTION:
            law, _, section = key.partition("/")
            if section:
                return f"{corpus.registry.label(law)} § {section.split('/')[0]}"
        case FollowKind.AREA:
            if (area := corpus.cards.areas.get(key)) is not None:
                return area.title
        case FollowKind.SITUATION:
            if (situation := corpus.cards.situations.get(key)) is not None:
                return situation.title
        case FollowKind.SEARCH:
            if key.strip():
                return key.strip()
    raise QueryError(
        f"»{key}« kan ikke følges som {kind.value}.", "Skriv en lov (serviceloven), en paragraf (serviceloven/110) eller et id fra vidensbasen."
    )


def _of_cards(corpus: Corpus, ids: Iterable[str]) -> Places:
    cards: list[Option | Duty] = [card for i in ids if (card := corpus.cards.options.get(i) or corpus.cards.duties.get(i)) is not None]
    return frozenset((b.law, b.address.section or "") for card in cards for b in card.basis)


def followed_by(places: Places, law: str, section: str) -> bool:
    """Whether a section is among the places."""
    return (law, "") in places or (law, section) in places
