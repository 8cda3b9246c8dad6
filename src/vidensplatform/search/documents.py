"""Finding units of documents by their text, and putting the law that applies before the rest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from vidensplatform.law.citations import format_address
from vidensplatform.law.model import DocumentKind, NodeKind, Part, Status
from vidensplatform.law.registry import Registry
from vidensplatform.search.analysis import Analyzer
from vidensplatform.search.answers import DocumentHit
from vidensplatform.search.engine import Engine
from vidensplatform.search.query import Filters, Node, words_of
from vidensplatform.search.snippets import snippet
from vidensplatform.store.library import Library
from vidensplatform.store.records import StoredProvision, StoredVersion

# Acts before orders before guidelines before reports; what applies before what applied.
_KIND_WEIGHT = {
    DocumentKind.ACT: 1.0,
    DocumentKind.CONSOLIDATED_ACT: 1.0,
    DocumentKind.ORDER: 0.8,
    DocumentKind.DECISION: 0.8,
    DocumentKind.STATEMENT: 0.75,
    DocumentKind.GUIDELINE: 0.7,
    DocumentKind.CIRCULAR: 0.65,
    DocumentKind.OTHER: 0.55,
    DocumentKind.BILL: 0.4,
    DocumentKind.AMENDING_ACT: 0.35,
}
_STATUS_WEIGHT = {Status.VALID: 1.0, Status.UNKNOWN: 0.9, Status.HISTORIC: 0.4}
_PART_WEIGHT = {
    Part.BODY: 1.0,
    Part.ANNEX: 0.7,
    Part.AMENDMENT: 0.6,
    Part.COMMENCEMENT: 0.5,
    Part.PREAMBLE: 0.4,
    Part.TITLE: 0.6,
    Part.SIGNATURE: 0.1,
}
_BASIS_BONUS = 0.6
_ON_A_CARD = 0.6
_JOIN_K = 3.0
_DEPTH = 80

Spot = tuple[str, str]
"""A work and a section of it."""


@dataclass(frozen=True, slots=True)
class RankedUnit:
    """A unit found, with the score after weighing kind, status and part."""

    score: float
    key: int
    version: StoredVersion
    place: StoredProvision

    @property
    def spot(self) -> Spot:
        """(work, section) where the unit is a section of the document's own text, else (work, "")."""
        return self.version.work, (self.place.address.section or "") if self.place.part is Part.BODY else ""


class DocumentSearch:
    """Searches one library through one engine."""

    def __init__(self, library: Library, engine: Engine, analyzer: Analyzer, registry: Registry) -> None:
        self._library = library
        self._engine = engine
        self._analyzer = analyzer
        self._registry = registry

    def rank(
        self,
        node: Node,
        *,
        as_of: date | None = None,
        works: Collection[str] = (),
        kinds: Collection[str] = (),
        include_historic: bool = False,
    ) -> list[RankedUnit]:
        """The best units for a query tree, best first.

        ``kinds`` are kinds of documents as answers show them ("lov"). With ``as_of`` each work answers with the text that was its newest on that day.
        """
        versions = self._library.current_versions(as_of) if as_of else None
        filters = Filters(
            works=frozenset(works),
            kinds=frozenset(kind.value for name in kinds for kind in DocumentKind.of_family(name)),
            current_only=versions is None and not include_historic,
            versions=frozenset(versions) if versions is not None else None,
        )
        hits = self._engine.search(node, filters, _DEPTH)
        places = self._library.unit_places(hit.key for hit in hits)
        known: dict[int, StoredVersion] = dict(versions or {})
        ranked: list[RankedUnit] = []
        for hit in hits:
            place = places.get(hit.key)
            if place is None:
                continue
            if place.version not in known:
                known[place.version] = self._library.version_by_id(place.version)
            version = known[place.version]
            ranked.append(RankedUnit(hit.score * weight(version, place), hit.key, version, place))
        return sorted(ranked, key=lambda unit: (-unit.score, unit.key))

    def sections(self, spots: Iterable[Spot], as_of: date | None = None) -> list[RankedUnit]:
        """The units of these sections, in the given order; those that the library does not hold are left out."""
        versions: dict[str, StoredVersion | None] = {}
        found: list[RankedUnit] = []
        for work, section in dict.fromkeys(spots):
            if work not in versions:
                versions[work] = self._library.current(work, as_of)
            version = versions[work]
            unit = self._library.section_unit(version.id, section) if version is not None else None
            if version is not None and unit is not None:
                found.append(RankedUnit(1.0, unit[0], version, unit[1]))
        return found

    def join(
        self, by_text: list[RankedUnit], behind: list[RankedUnit], risen: Mapping[Spot, float], on_cards: Collection[Spot], text_weight: float
    ) -> list[RankedUnit]:
        """One order of what the words found and of the sections that stand behind the rest of the answer.

        ``risen`` are sections that the answer's cards stand on, with a weight from 0 to 1: found by words too, they rise. Sections ``on_cards`` are
        shown beside those already, so they make room for what adds to the answer.
        """
        scored = {u.key: u.score * (1 + _BASIS_BONUS * risen.get(u.spot, 0.0)) * (_ON_A_CARD if u.spot in on_cards else 1.0) for u in by_text}
        ordered = sorted(by_text, key=lambda u: (-scored[u.key], u.key))
        gains: dict[int, float] = {}
        units = {u.key: u for u in (*ordered, *behind)}
        for weight_, ranked in ((text_weight, ordered), (1.0, behind)):
            for place, unit in enumerate(ranked):
                gains[unit.key] = gains.get(unit.key, 0.0) + weight_ / (_JOIN_K + place)
        return [replace(units[key], score=gain) for key, gain in sorted(gains.items(), key=lambda row: (-row[1], row[0]))]

    def show(self, ranked: list[RankedUnit], node: Node, limit: int) -> list[DocumentHit]:
        """The first ``limit`` units as they are shown, one per section of a work."""
        best = ranked[0].score if ranked else 1.0
        keys = words_of(node)
        seen: set[Spot] = set()
        shown: list[DocumentHit] = []
        for unit in ranked:
            version, place = unit.version, unit.place
            spot = (version.work, place.address.path or f"#{place.part}{place.ord}")
            if spot in seen:
                continue
            seen.add(spot)
            text = self._library.unit(unit.key)
            shown.append(
                DocumentHit(
                    unit.key,
                    version.kind.family,
                    version.popular_title or version.title,
                    version.work,
                    place.address.section if place.part is Part.BODY else None,
                    label(self._registry, version, place),
                    version.eli,
                    version.status.value,
                    snippet(self._analyzer, text.text if text else "", keys),
                    round(unit.score / best, 4) if best else 0.0,
                )
            )
            if len(shown) >= limit:
                break
        return shown


def weight(version: StoredVersion, place: StoredProvision) -> float:
    """How much a unit counts by kind of document, status and part of the text."""
    return _KIND_WEIGHT[version.kind] * _STATUS_WEIGHT[version.status] * _PART_WEIGHT[place.part]


def label(registry: Registry, version: StoredVersion, place: StoredProvision) -> str:
    """How a unit is cited: "SEL § 110", "LOV nr 329 af 09/04/2024 § 1, nr. 2", "BEK nr 92 af …, bilag 1"."""
    act = registry.act(version.work)
    name = act.label if act else (version.short_name or version.title)
    if place.part is Part.BODY and place.address.section:
        return f"{name} {format_address(place.address)}"
    if place.kind is NodeKind.AMENDMENT and place.address.section:
        return f"{version.short_name or name} {format_address(place.address)}"
    where = {
        Part.COMMENCEMENT: "ikrafttræden",
        Part.PREAMBLE: "indledning",
        Part.TITLE: "titel",
        Part.ANNEX: "bilag",
        Part.SIGNATURE: "underskrift",
    }
    return ", ".join(p for p in (name, where.get(place.part, ""), place.marker if place.part is not Part.TITLE else "") if p)
