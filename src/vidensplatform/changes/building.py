"""Bringing the tables of changes up to date with the texts in the library: only what is new is compared, and nothing twice.

A comparison is known by the two texts, by the bytes each was read from, and by the method. So the order of imports does not matter, a text that lands
between two others is compared with both, and a better rendering of a known text is compared anew under the same names. Where the process is
killed, the next run goes on with what is missing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from vidensplatform.changes.dating import KnownActs, date_change
from vidensplatform.changes.subject import Subjects, words_of
from vidensplatform.knowledge.loading import Corpus
from vidensplatform.knowledge.model import Moved
from vidensplatform.law.amendingact import commencements, instructions
from vidensplatform.law.chain import Chain, Link, chain
from vidensplatform.law.commencement import CommencementKind, commencement_of
from vidensplatform.law.diff import Change, ChangeKind, compare, moved_away, moved_here
from vidensplatform.law.model import DocumentKind, Version
from vidensplatform.law.quoted import only_day, quoted
from vidensplatform.law.registry import Registry
from vidensplatform.law.sectiontext import SectionText, sections_of
from vidensplatform.law.worddiff import Diff
from vidensplatform.store.change_writing import ChangeWriting
from vidensplatform.store.changes import ChangeReading, Dated, NewChange, PairKey, StoredChange, StoredInstruction, StoredQuote
from vidensplatform.store.library import Library
from vidensplatform.store.texts import StoredText, Texts

METHOD = 1
"""Counts the ways in which texts were compared; another number has everything compared anew."""

_READ_FOR_COMMENCEMENT = (DocumentKind.ACT, DocumentKind.CONSOLIDATED_ACT, DocumentKind.AMENDING_ACT, DocumentKind.ORDER)
_EXCERPT = 150
_PIECE = 55

OnBuilt = Callable[[int, str], None]
"""Called with how many steps are done and the one at hand."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What was done: texts read for their commencement, pairs compared, changes found in them."""

    texts: int = 0
    pairs: int = 0
    changes: int = 0


def method_of(corpus: Corpus) -> str:
    """The method and the curators' tables that it uses, as one word."""
    used = repr((sorted((m.old, m.new, m.on) for m in corpus.cards.moved), sorted(map(repr, corpus.registry.acts.values()))))
    return f"{METHOD}-{hashlib.sha256(used.encode()).hexdigest()[:16]}"


def dates_of(corpus: Corpus) -> str:
    """What else the dating of changes rests on, as one word: the titles of the cards on each section."""
    titles = {card.id: card.title for card, _ in corpus.cards.bases()}
    return hashlib.sha256(repr((sorted(corpus.cards_by_section.items()), sorted(titles.items()))).encode()).hexdigest()[:16]


def is_current(library: Library, corpus: Corpus) -> bool:
    """Whether nothing is to be built."""
    return ChangeReading(library).stamp() == (f"{method_of(corpus)}.{dates_of(corpus)}", library.revision)


def bring_up_to_date(library: Library, corpus: Corpus, on_built: OnBuilt | None = None) -> BuildReport:
    """Build what is missing. In: a library open for writing. Raises only errors of the environment."""
    return _Builder(library, corpus, on_built).run()


class _Builder:
    def __init__(self, library: Library, corpus: Corpus, on_built: OnBuilt | None) -> None:
        self.library = library
        self.tables = ChangeWriting(library)
        self.texts = Texts(library)
        self.registry: Registry = corpus.registry
        self.moved: Sequence[Moved] = corpus.cards.moved
        self.corpus = corpus
        self.method = method_of(corpus)
        self.dates = dates_of(corpus)
        self.on_built = on_built
        self.done = 0

    def run(self) -> BuildReport:
        stamp, revision = self.tables.stamp()
        method, _, dates = stamp.partition(".")
        target = self.library.revision
        if (method, dates, revision) == (self.method, self.dates, target):
            return BuildReport()
        if method not in ("", self.method):
            self.tables.forget_texts()
        if (method, dates) != (self.method, self.dates):
            revision = -1
        texts, touched = self._read_texts()
        with_history = set(self.texts.works_with_history(-1))
        works = touched | set(self.texts.works_with_history(revision)) | set(self.tables.works_out_of_step())
        pairs = changes = 0
        for work in sorted(works & with_history):
            self._tell(work)
            compared, found = self._work(work)
            pairs, changes = pairs + compared, changes + found
        for work in set(self.tables.works()) - with_history:
            self.tables.forget_work(work)
        self.tables.put_stamp(f"{self.method}.{self.dates}", target)
        return BuildReport(texts, pairs, changes)

    def _tell(self, at: str) -> None:
        self.done += 1
        if self.on_built is not None:
            self.on_built(self.done, at)

    # -- texts ---------------------------------------------

    def _read_texts(self) -> tuple[int, set[str]]:
        """Read commencements and instructions of texts not read yet; the works that these concern."""
        unread = self.tables.unread_texts(_READ_FOR_COMMENCEMENT)
        touched: set[str] = set()
        for version_id, work in unread:
            version = self.texts.whole(version_id)
            self._tell(version.short_name or version.eli)
            since, words = _own_commencement(version)
            found, names = _instructions(version, self.registry)
            self.tables.put_text(version_id, since, words, found, names, _quotes(version))
            touched |= {work, *(i.act for i in found if i.act)}
        return len(unread), touched

    # -- works ---------------------------------------------

    def _work(self, work: str) -> tuple[int, int]:
        stored = {t.version.eli: t for t in self.texts.of_work(work)}
        history = chain(t.version for t in stored.values())
        known = known_acts(self.tables, work)
        have = self.tables.pairs(work)
        keep: list[PairKey] = []
        new: list[tuple[PairKey, str, list[NewChange]]] = []
        read: dict[str, list[SectionText]] = {}
        for link in history.links:
            pair = _pair(stored[link.older.eli], stored[link.newer.eli])
            if have.get(pair) == self.method:
                keep.append(pair)
                continue
            old, fresh = (self._sections(stored[v.eli], read) for v in (link.older, link.newer))
            new.append((pair, self.method, self._changes(work, link, known, compare(old, fresh))))
        if new or len(keep) != len(have):
            self.tables.put_work(work, keep, new)
        self._date_kept(work, history, known, {(p.older, p.newer) for p in keep})
        return len(new), sum(len(changes) for _, _, changes in new)

    def _sections(self, text: StoredText, read: dict[str, list[SectionText]]) -> list[SectionText]:
        if text.version.eli not in read:
            read[text.version.eli] = sections_of(self.texts.whole(text.id))
        return read[text.version.eli]

    def _changes(self, work: str, link: Link, known: KnownActs, found: Iterable[Change]) -> list[NewChange]:
        away, here = _forwarding(self.moved, work)
        changes = moved_here(moved_away(found, away), here)
        named: dict[str, int] = {}
        result = []
        for change, dated in zip(changes, self._dated(work, changes, link, known), strict=True):
            name = f"{work}/{change.section}@{link.newer.eli}:{change.kind.value}"
            named[name] = named.get(name, 0) + 1
            key = name if named[name] == 1 else f"{name}:{named[name]}"
            result.append(NewChange(key, change, dated, excerpt(change)))
        return result

    def _dated(self, work: str, changes: Sequence[Change], link: Link, known: KnownActs) -> list[Dated]:
        """What is known of all changes between two texts."""
        words = [words_of(change, self._card_titles(work, change)) for change in changes]
        subjects = Subjects(words)
        act = self.registry.act(work)
        names = (act.title, act.name) if act else ()
        return [
            date_change(
                change.kind,
                (change.section, *(p for p in change.moved_to if "/" not in p)),
                link,
                known,
                self._moved_on(work, change),
                lambda acts, own=own: subjects.likeliest(own, acts, names),  # type: ignore[misc]
            )
            for change, own in zip(changes, words, strict=True)
        ]

    def _moved_on(self, work: str, change: Change) -> date | None:
        if not any("/" in place for place in change.moved_to):
            return None
        return next((m.on for m in self.moved if m.old == f"{work}/{change.section}"), None)

    def _card_titles(self, work: str, change: Change) -> list[str]:
        cards = self.corpus.cards
        ids = (i for s in (change.section, *change.moved_to) for i in self.corpus.cards_by_section.get((work, s), ()))
        return [card.title for i in ids if (card := cards.options.get(i) or cards.duties.get(i)) is not None]

    def _date_kept(self, work: str, history: Chain, known: KnownActs, kept: set[tuple[str, str]]) -> None:
        """An amending act that came later may date what was compared before."""
        if not kept:
            return
        by_pair: dict[tuple[str, str], list[tuple[StoredChange, Change]]] = {}
        for stored, change in self.tables.with_words(work):
            by_pair.setdefault((stored.older, stored.newer), []).append((stored, change))
        anew = []
        for link in history.links:
            pair = (link.older.eli, link.newer.eli)
            if pair in kept and (own := by_pair.get(pair)):
                dated = self._dated(work, [change for _, change in own], link, known)
                anew += [(stored.id, now) for (stored, _), now in zip(own, dated, strict=True) if now != stored.dated]
        if anew:
            self.tables.date_anew(anew)


def known_acts(tables: ChangeReading, work: str) -> KnownActs:
    """What the library knows of the acts that amend a work."""
    by_act: dict[str, list[StoredInstruction]] = {}
    for instruction in tables.instructions(work):
        by_act.setdefault(instruction.eli, []).append(instruction)
    return KnownActs(by_act, tables.quotes(work))


def excerpt(change: Change) -> str:
    """A change in one line: the first words that went and came, or the first words of what is new or gone."""
    if change.kind in (ChangeKind.ADDED, ChangeKind.REPEALED, ChangeKind.MOVED):
        return _shortened(change.new_text or change.old_text, _EXCERPT)
    return " … ".join(_pieces(change.diff))[: 3 * _EXCERPT]


def _pieces(diff: Diff, most: int = 2) -> list[str]:
    found: list[str] = []
    went = ""
    for op, piece in (*diff, ("=", "")):
        if op == "-":
            went = piece
            continue
        if op == "+":
            came = _shortened(piece, _PIECE)
            found.append(f"»{_shortened(went, _PIECE)}« → »{came}«" if went.strip() else f"+ »{came}«")
        elif went.strip():
            found.append(f"− »{_shortened(went, _PIECE)}«")
        went = ""
    return found[:most]


def _shortened(text: str, length: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[:length].rsplit(' ', 1)[0]} …"


def _pair(older: StoredText, newer: StoredText) -> PairKey:
    return PairKey(older.version.eli, older.sha256, newer.version.eli, newer.sha256)


def _forwarding(moved: Iterable[Moved], work: str) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Where the sections of a work went, and where those that came to it stood; only whole sections, and only from and to other acts."""
    away: dict[str, tuple[str, ...]] = {}
    here: dict[str, tuple[str, ...]] = {}
    for entry in moved:
        law, _, section = entry.old.partition("/")
        if "/" in section:
            continue
        elsewhere = tuple(place for place in entry.new if not place.startswith(f"{law}/"))
        if law == work and elsewhere:
            away[section] = elsewhere
        for place in elsewhere:
            target, new = place.split("/")[:2]
            if target == work:
                here[new] = (*here.get(new, ()), entry.old)
    return away, here


def _own_commencement(version: Version) -> tuple[date | None, str]:
    """The day a text of its own takes effect. A consolidated act has none: it is an editorial text, in force by the acts in it."""
    if version.kind is DocumentKind.CONSOLIDATED_ACT:
        return None, ""
    clauses = commencements(version)
    whole = next((c for c in clauses if c.whole and c.kind is not CommencementKind.EFFECT), None)
    return (whole.day(version.published) if whole else None), " ".join(dict.fromkeys(c.words for c in clauses))


def _instructions(version: Version, registry: Registry) -> tuple[list[StoredInstruction], list[str]]:
    if version.kind is not DocumentKind.AMENDING_ACT:
        return [], []
    clauses = commencements(version)
    found, names = [], []
    for one in instructions(version, registry):
        clause = commencement_of(clauses, one.address)
        names.append(one.act.name)
        found.append(
            StoredInstruction(
                version.eli,
                version.title,
                version.signed,
                one.act.slug,
                one.section,
                one.number,
                one.words,
                one.new_text,
                one.touches,
                clause.day(version.published) if clause else None,
                clause.kind.value if clause else "",
                clause.words if clause else "",
            )
        )
    return found, names


def _quotes(version: Version) -> list[StoredQuote]:
    if version.kind is not DocumentKind.CONSOLIDATED_ACT:
        return []
    return [StoredQuote(q.eli, q.title, only_day(q.clauses), q.words) for q in quoted(version)]
