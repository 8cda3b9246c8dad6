"""One provision through all texts, newest first: also where it was renumbered, and where its rule came from another act."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from vidensplatform.changes.records import ChangeDetail, HistoryEntry
from vidensplatform.changes.showing import label_of, place_label, written
from vidensplatform.knowledge.loading import Corpus
from vidensplatform.law.chain import Chain, Link, chain
from vidensplatform.law.model import Address
from vidensplatform.store.changes import ChangeReading, StoredChange
from vidensplatform.store.library import Library
from vidensplatform.store.texts import Texts

Detail = Callable[[str], ChangeDetail | None]
_MOST_MOVES = 6


@dataclass(frozen=True, slots=True)
class _Step:
    """Where the walk goes on: in an act, with a number, from a text backwards (None: from the newest)."""

    law: str
    section: str
    moves: int


class Tracing:
    """Follows provisions back in time through one library."""

    def __init__(self, library: Library, corpus: Corpus, detail: Detail) -> None:
        self.library = library
        self.corpus = corpus
        self.detail = detail
        self.tables = ChangeReading(library)
        self.texts = Texts(library)

    def chain_of(self, law: str) -> Chain:
        """The chain of an act's texts in the library."""
        return chain(t.version for t in self.texts.of_work(law))

    def trace(self, law: str, section: str) -> tuple[list[HistoryEntry], list[str]]:
        """(entries newest first, sentences on what is not known) of a section."""
        entries: list[HistoryEntry] = []
        notes: list[str] = []
        waiting = [_Step(law, section, 0)]
        seen: set[tuple[str, str]] = set()
        while waiting:
            step = waiting.pop(0)
            if (step.law, step.section) in seen or step.moves > _MOST_MOVES:
                continue
            seen.add((step.law, step.section))
            history = self.chain_of(step.law)
            if not history.versions:
                notes.append(f"{self.corpus.registry.label(step.law)} er ikke i biblioteket, så historien ender her.")
                continue
            notes += gap_sentences(self.corpus, step.law, history)
            first = step.section
            for entry in self._in_act(step.law, step.section, history):
                entries.append(entry)
                first = entry.change.row.section if entry.change else entry.section
            waiting += [_Step(old, number, step.moves + 1) for old, number in self._former(step.law, first)]
        return sorted(entries, key=lambda e: (e.signed is not None, e.signed), reverse=True), list(dict.fromkeys(notes))

    def _in_act(self, law: str, section: str, history: Chain) -> Iterator[HistoryEntry]:
        by_link: dict[tuple[str, str], list[StoredChange]] = {}
        for change in self.tables.of_work(law):
            by_link.setdefault((change.older, change.newer), []).append(change)
        alive = True
        for link in reversed(history.links):
            found = _change_of(section, by_link.get((link.older.eli, link.newer.eli), []))
            if found is None:
                continue
            detail = self.detail(found.key)
            if detail is None:
                continue
            yield self._entry(law, section, link, detail)
            section = found.section
            if found.kind == "added":
                alive = False
                break
        if alive and (first := self._first(law, section, history)) is not None:
            yield first

    def _entry(self, law: str, section: str, link: Link, detail: ChangeDetail) -> HistoryEntry:
        version = link.newer
        title = version.popular_title or version.title
        return HistoryEntry(
            law, section, label_of(self.corpus, law, section), version.eli, title, version.signed, detail.new_text or detail.old_text, detail
        )

    def _first(self, law: str, section: str, history: Chain) -> HistoryEntry | None:
        """The oldest text in which the section stands."""
        oldest = history.versions[0]
        stored = self.library.version(oldest.eli)
        text = self.library.provision_of(stored, Address(section)) if stored else None
        if text is None:
            return None
        title = oldest.popular_title or oldest.title
        return HistoryEntry(law, section, label_of(self.corpus, law, section), oldest.eli, title, oldest.signed, text.text)

    def _former(self, law: str, section: str) -> list[tuple[str, str]]:
        """Where the rule stood before it came to this act, by the curators' table."""
        place = f"{law}/{section}"
        found = []
        for moved in self.corpus.cards.moved:
            old_law, *old = moved.old.split("/")
            if old_law != law and any(new == place or new.startswith(f"{place}/") for new in moved.new):
                found.append((old_law, old[0]))
        return list(dict.fromkeys(found))


def forwarding_notes(corpus: Corpus, law: str, section: str) -> list[str]:
    """Where the rule went and where it came from, by the curators' table, in sentences."""
    place = f"{law}/{section}"
    notes = []
    for moved in corpus.cards.moved:
        if moved.old == place or moved.old.startswith(f"{place}/"):
            to = ", ".join(place_label(corpus, new, law) for new in moved.new)
            notes.append(f"{place_label(corpus, moved.old, law)} er flyttet til {to} den {written(moved.on)}. {moved.note}".strip())
        elif any(new == place or new.startswith(f"{place}/") for new in moved.new):
            old = place_label(corpus, moved.old, law)
            notes.append(f"Reglen stod i {old} indtil den {written(moved.on)}. {moved.note}".strip())
    return notes


def gap_sentences(corpus: Corpus, law: str, history: Chain) -> list[str]:
    """What is missing of an act's chain, in sentences."""
    label = corpus.registry.label(law)
    found = []
    for missing in history.missing:
        named = f" ({missing.eli})" if missing.eli else ""
        if missing.older is None:
            found.append(f"{label}: historien begynder med {missing.newer}; teksten før den{named} er ikke i biblioteket.")
        else:
            found.append(
                f"{label}: mellem {missing.older} og {missing.newer} mangler mindst én tekst{named}. {missing.why.value.capitalize()}. "
                "En ændring der vises mellem de to kan være sket i flere skridt."
            )
    return found


def _change_of(section: str, changes: list[StoredChange]) -> StoredChange | None:
    """The change that led to a section of the newer text; that it went away, where the newer text has none of that number."""
    into = next((c for c in changes if section in c.moved_to), None)
    if into is not None:
        return into
    own = [c for c in changes if c.section == section]
    stays = next((c for c in own if c.kind not in ("moved", "repealed")), None)
    return stays or next(iter(own), None)
