"""What to read from Retsinformation this time: first everything wanted, then what the feed names, after a long pause what the dates show.

Pure: lists in, a :class:`Plan` out. A document is never counted as removed because a list no longer names it, only where the source says
``RemovedDocument``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Final

from indexers.retsinformation.elis import collection_of, eli_of_accession, url_of
from indexers.retsinformation.feeds import Listed, Reason, newest
from indexers.source import Item, Known, Plan, ReadState
from vidensplatform.law.model import DocumentKind, Part, Version
from vidensplatform.law.registry import Registry, fold_name

FEED_DAYS: Final = 60
"""How far back the feed is known to reach."""
OVERLAP: Final = timedelta(days=1)
"""How much is read again each time: records may be entered late, and asking whether something changed costs little."""

_OPEN = frozenset({"lta", "retsinfo"})
"""Collections whose documents have to be read to know whether they are wanted: an order's title seldom names its act."""


@dataclass(frozen=True)
class Wanted:
    """Which documents belong in the library.

    ``elis`` are named one by one (``laws.toml``, ``sources.toml``), ``collections`` are wanted whole (``fob``). Otherwise: texts of the registry's
    acts, acts that amend them, and orders, circulars and guidelines issued under them.
    """

    registry: Registry
    elis: frozenset[str] = frozenset()
    collections: frozenset[str] = field(default=frozenset())

    @cached_property
    def _named(self) -> frozenset[str]:
        return self.elis | self.registry.by_eli.keys()

    @cached_property
    def _slugs(self) -> dict[str, str]:
        """Slug by every name long enough to be known inside a title."""
        found: dict[str, str] = {}
        for act in self.registry.acts.values():
            for name in (act.name, act.title, *act.also):
                if len(folded := fold_name(name)) > 5:
                    found.setdefault(folded, act.slug)
        return found

    @cached_property
    def _act_names(self) -> re.Pattern[str]:
        longest_first = sorted(map(re.escape, self._slugs), key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first) or '(?!)'})(?:s|')?(?!\w)")

    def by_eli(self, eli: str) -> bool:
        """Whether the document is named, or lies in a collection wanted whole."""
        return eli in self._named or collection_of(eli) in self.collections

    def by_title(self, title: str) -> bool:
        """Whether the title is one of the registry's acts, or names one ("Lov om ændring af lov om social service og …")."""
        folded = fold_name(title)
        return bool(folded) and (self.registry.slug_for(title) is not None or self._act_names.search(folded) is not None)

    def acts_in(self, title: str) -> tuple[str, ...]:
        """The slugs of the acts that a title names, in their order."""
        names = (match[0] for match in self._act_names.finditer(fold_name(title)))
        return tuple(dict.fromkeys(self._slugs.get(name) or self._slugs[name[:-1]] for name in names))

    def perhaps(self, eli: str) -> bool:
        """Whether it has to be read to know."""
        return collection_of(eli) in _OPEN

    def version(self, version: Version) -> bool:
        """Whether a document that was read is wanted: by ELI, by title, or because it says under which act it is issued.

        It says so in its metadata (``Concerns``, which the source keeps pointing at the act's newest text) and in its preamble ("I medfør af § 12,
        stk. 3, i lov om …").
        """
        if self.by_eli(version.eli) or self.by_title(version.title) or self.by_title(version.popular_title):
            return True
        accessions = (value for name, value in version.metadata if name == "Concerns/Ref_Accn")
        if any((eli := eli_of_accession(accession)) and eli in self._named for accession in accessions):
            return True
        titles = [value for name, value in version.metadata if name == "Concerns/Ref_Text"]
        preamble = [p.text for p in version.walk() if p.part is Part.PREAMBLE] if version.kind is DocumentKind.ORDER else []
        return any(self.by_title(words) for words in (*titles, *preamble))


def first_fill(listed: Sequence[Listed], wanted: Wanted, recent: Sequence[Listed] = ()) -> Plan:
    """Everything wanted. ``listed`` is the sitemap; ``recent`` the feed, since the sitemap may be a month old.

    A document named one by one is asked for even where no list names it; that is noted. What the feed names on its last day is looked at as in a
    daily run, so that the run after this one finds nothing left to look at.
    """
    records = newest([*listed, *recent])
    removed = {record.eli for record in recent if record.reason is Reason.REMOVED}
    chosen = [r for r in records if r.eli not in removed and (wanted.by_eli(r.eli) or (r.title and wanted.by_title(r.title)))]
    missing = sorted(wanted.elis.union(wanted.registry.by_eli) - {record.eli for record in records})
    read_to = _read_to(recent)
    elis = {record.eli for record in chosen} | removed
    last_day = [r for r in _changes(recent, wanted, ReadState(read_to)) if r.id not in elis] if read_to else []
    items = [*map(_item, chosen), *last_day, *(Item(eli, url_of(eli, "xml")) for eli in missing)]
    notes = (f"{len(missing)} ønskede dokumenter står ikke i kildens lister: {_some(missing)}.",) if missing else ()
    return Plan("første hentning", tuple(items), read_to or _read_to(listed), notes=notes)


def daily(recent: Sequence[Listed], wanted: Wanted, state: ReadState) -> Plan:
    """What the feed names since the last time."""
    return Plan("feedet", tuple(_changes(recent, wanted, state)), _latest(state.read_to, _read_to(recent)))


def after_a_gap(listed: Sequence[Listed], recent: Sequence[Listed], wanted: Wanted, state: ReadState) -> Plan:
    """What the dates of the sitemap show after a pause longer than the feed reaches: known documents whose date is another, and new ones."""
    records = newest([*listed, *recent])
    since = state.read_to - OVERLAP if state.read_to else None
    items: list[Item] = []
    for record in records:
        known = state.known.get(record.eli)
        if record.reason is Reason.REMOVED:
            items.extend(_removal(record, known))
        elif known is not None:
            if _newer(record, known):
                items.append(_item(record))
        elif wanted.by_eli(record.eli) or (_since(record, since) and (wanted.perhaps(record.eli) or wanted.by_title(record.title))):
            items.append(_item(record))
    vanished = _vanished(records, state.known)
    notes = (f"{len(vanished)} kendte dokumenter står ikke længere i sitemappet; de er beholdt: {_some(vanished)}.",) if vanished else ()
    return Plan("sammenligning af datoer", tuple(items), _latest(state.read_to, _read_to(recent) or _read_to(listed)), vanished, notes)


def reaches_back(recent: Sequence[Listed], state: ReadState, now: datetime) -> bool:
    """Whether the feed covers everything since the last time. Its oldest entry decides, where it reaches back at all."""
    if state.read_to is None or now - state.read_to > timedelta(days=FEED_DAYS):
        return False
    oldest = min((record.changed for record in recent if record.changed), default=None)
    return oldest is not None and (oldest <= state.read_to or now - state.read_to < timedelta(days=FEED_DAYS // 2))


def _changes(records: Iterable[Listed], wanted: Wanted, state: ReadState) -> Iterable[Item]:
    since = state.read_to - OVERLAP if state.read_to else None
    for record in newest(records):
        known = state.known.get(record.eli)
        if not _since(record, since):
            continue
        if record.reason is Reason.REMOVED:
            yield from _removal(record, known)
        elif known is not None:
            if _newer(record, known):
                yield _item(record)
        elif wanted.by_eli(record.eli) or wanted.by_title(record.title) or wanted.perhaps(record.eli):
            yield _item(record)


def _newer(record: Listed, known: Known) -> bool:
    """Whether a record is later than the one that was read. Without dates it is: then the source itself is asked whether anything changed."""
    return known.removed or known.changed is None or record.changed is None or record.changed > known.changed


def _since(record: Listed, since: datetime | None) -> bool:
    return since is None or record.changed is None or record.changed >= since


def _removal(record: Listed, known: Known | None) -> Iterable[Item]:
    """A removal is told only of documents that we have and have not marked yet."""
    if known is not None and known.wanted and not known.removed:
        yield Item(record.eli, url_of(record.eli, "xml"), record.changed, record.title, removed=True)


def _item(record: Listed) -> Item:
    return Item(record.eli, url_of(record.eli, "xml"), record.changed, record.title)


def _vanished(records: Sequence[Listed], known: Mapping[str, Known]) -> tuple[str, ...]:
    listed = {record.eli for record in records}
    return tuple(sorted(eli for eli, what in known.items() if what.wanted and not what.removed and eli not in listed))


def _read_to(records: Sequence[Listed]) -> datetime | None:
    return max((record.changed for record in records if record.changed), default=None)


def _latest(one: datetime | None, other: datetime | None) -> datetime | None:
    return max(one, other) if one and other else one or other


def _some(elis: Sequence[str]) -> str:
    return ", ".join(elis[:5]) + (" …" if len(elis) > 5 else "")
