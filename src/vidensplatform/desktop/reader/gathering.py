"""Everything the reader needs for one place, asked from the workbench in the background: values only, nothing of the window."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from vidensplatform.changes.records import Pending
from vidensplatform.desktop.reader import targets
from vidensplatform.desktop.reader.targets import Wanted
from vidensplatform.knowledge.model import Duty, Moved, Option, Practice, Situation
from vidensplatform.law.citation_format import format_address
from vidensplatform.law.model import Address, Amendment
from vidensplatform.search.analysis import TokenKind
from vidensplatform.search.answers import ProvisionLink
from vidensplatform.search.snippets import hits_in
from vidensplatform.showing.records import AnyCard
from vidensplatform.store.records import ProvisionText, StoredReference
from vidensplatform.workbench import Workbench

Hits = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class LawText:
    """One provision as the Lovtekst tab shows it. ``text`` is None where the library does not hold it; ``act_held`` whether it holds the act."""

    label: str
    target: str
    note: str = ""
    status: str = ""
    text: ProvisionText | None = None
    hits: tuple[Hits, ...] = ()
    references_out: tuple[StoredReference, ...] = ()
    references_in: tuple[StoredReference, ...] = ()
    not_incorporated: tuple[Amendment, ...] = ()
    later_amendments: tuple[Amendment, ...] = ()
    moved: tuple[Moved, ...] = ()
    pending: tuple[Pending, ...] = ()
    as_of_notes: tuple[str, ...] = ()
    act_held: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """One place, gathered. ``titles`` names every card that is linked to, ``laws`` every act."""

    target: str
    title: str
    card: AnyCard | None = None
    status: str = ""
    basis: tuple[ProvisionLink, ...] = ()
    complaint: Duty | None = None
    texts: tuple[LawText, ...] = ()
    practice: tuple[Practice, ...] = ()
    cards: tuple[str, ...] = ()
    titles: dict[str, str] = field(default_factory=dict)
    laws: dict[str, str] = field(default_factory=dict)
    as_of: date | None = None
    found: bool = True

    @property
    def opens_law(self) -> bool:
        """Whether the place is a provision, to be opened at its text."""
        return self.card is None

    @property
    def lacks_text(self) -> bool:
        """Whether there is law to show here, and nothing of it to read: no text of these acts, and no word of where it moved.

        Another day's missing text is no reason to import today's.
        """
        return self.as_of is None and bool(self.texts) and not any(text.text or text.act_held or text.moved for text in self.texts)


def gather(bench: Workbench, wanted: Wanted) -> Reading:
    """Everything for one place. ``found`` is False where there is nothing."""
    keys = frozenset(t.lemma for t in bench.analyzer.tokens(wanted.words) if t.kind is TokenKind.WORD and not t.stop and not t.negator)
    match targets.kind_of(wanted.target):
        case targets.CARD:
            reading = _card(bench, wanted, keys)
        case targets.PROVISION:
            work, path = targets.provision_of(wanted.target)
            reading = _provision(bench, wanted, work, Address(*path.split("/")[:4]) if path else Address(), keys)
        case targets.UNIT:
            reading = _unit(bench, wanted, keys)
        case _:
            reading = _nothing(wanted.target, wanted.target)
    laws = {slug: act.label for slug, act in bench.corpus.registry.acts.items()}
    return replace(reading, titles=_titles(bench, reading), laws=laws, as_of=wanted.as_of)


def _nothing(target: str, title: str) -> Reading:
    return Reading(target, title, found=False)


def _card(bench: Workbench, wanted: Wanted, keys: frozenset[str]) -> Reading:
    card = bench.card(targets.card_of(wanted.target))
    if card is None:
        return _nothing(wanted.target, targets.card_of(wanted.target))
    cards = bench.corpus.cards
    reading = Reading(wanted.target, card.title, card)
    match card:
        case Option() | Duty():
            links = bench.links(card)
            notes = [basis.note for basis in card.basis]
            texts = tuple(
                _law_text(bench, basis.law, basis.address, wanted.as_of, keys, label=link.label, note=note, status=link.status)
                for basis, link, note in zip(card.basis, links, notes, strict=True)
            )
            practice = tuple(cards.practice[p.id] for p in card.practice if p.id in cards.practice)
            complaint = cards.duties.get(card.complaint) if isinstance(card, Option) and card.complaint else None
            return replace(reading, status=bench.card_status(card), basis=tuple(links), texts=_once(texts), practice=practice, complaint=complaint)
        case Practice():
            texts = tuple(_law_text(bench, path.split("/")[0], Address(*path.split("/")[1:5]), wanted.as_of, keys) for path in card.provisions)
            standing: list[Option | Duty] = [*cards.options.values(), *cards.duties.values()]
            leaning = tuple(c.id for c in standing if any(p.id == card.id for p in c.practice))
            return replace(reading, texts=texts, practice=(card,), cards=leaning)
        case Situation():
            return reading


def _once(texts: Iterable[LawText]) -> tuple[LawText, ...]:
    return tuple({text.target: text for text in reversed(list(texts))}.values())[::-1]


def _provision(bench: Workbench, wanted: Wanted, work: str, address: Address, keys: frozenset[str]) -> Reading:
    text = _law_text(bench, work, address, wanted.as_of, keys)
    cards = bench.corpus.cards_by_section.get((work, address.section or ""), ())
    known = text.text is not None or cards or text.moved or bench.corpus.registry.act(work) is not None
    if not known:
        return _nothing(wanted.target, text.label)
    return Reading(wanted.target, text.label, texts=(text,), cards=cards, practice=_practice_of(bench, cards, work, address))


def _practice_of(bench: Workbench, cards: Iterable[str], work: str, address: Address) -> tuple[Practice, ...]:
    """Practice of the cards that stand on a section, and practice that names it."""
    held = bench.corpus.cards
    ids: list[str] = []
    for i in cards:
        practice = held.options[i].practice if i in held.options else held.duties[i].practice
        ids += (link.id for link in practice)
    section = f"{work}/{address.section}"
    ids += [p.id for p in held.practice.values() if any(path == section or path.startswith(f"{section}/") for path in p.provisions)]
    return tuple(held.practice[i] for i in dict.fromkeys(ids) if i in held.practice)


def _unit(bench: Workbench, wanted: Wanted, keys: frozenset[str]) -> Reading:
    """A unit that search found: as a provision where it is one of the text that is shown, else just as it stands."""
    key, library = targets.unit_of(wanted.target), bench.library
    text = library.unit(key) if library is not None and key is not None else None
    if text is None:
        return _nothing(wanted.target, wanted.target)
    address, version = text.node.address, text.version
    if version.current and wanted.as_of is None and address.section and library is not None:
        shown = library.provision(version.work, address)
        if shown is not None and shown.node.ord == text.node.ord:
            return replace(_provision(bench, wanted, version.work, address, keys), target=wanted.target)
    label = f"{bench.corpus.registry.name(version.work) if bench.corpus.registry.act(version.work) else version.popular_title or version.title}"
    place = format_address(address) or text.node.marker
    title = f"{label}, {place}" if place else label
    return Reading(wanted.target, title, texts=(LawText(title, wanted.target, text=text, hits=_hits(bench, text, keys)),))


def _law_text(
    bench: Workbench, work: str, address: Address, as_of: date | None, keys: frozenset[str], *, label: str = "", note: str = "", status: str = ""
) -> LawText:
    """A provision's text and what belongs to it, or only its label where the library does not hold it."""
    path, registry = address.path, bench.corpus.registry
    known = registry.act(work)
    title = label or f"{registry.label(work)} {format_address(address)}".strip()
    bare = LawText(title, targets.to_provision(work, path), note, status, act_held=bench.version_of(work) is not None)
    if known is None or not path:
        return _unregistered(bench, bare, work, address, as_of, keys)
    shown = bench.show(f"{work}/{path}", as_of)
    if shown is None:
        return replace(bare, as_of_notes=bench.changes.known_as_of(work, as_of).notes if as_of is not None else ())
    found = shown.provision
    if found is None:
        return replace(bare, moved=shown.moved, as_of_notes=shown.as_of_notes)
    return replace(
        bare,
        text=found.provision,
        hits=_hits(bench, found.provision, keys),
        references_out=found.references_out,
        references_in=found.references_in,
        not_incorporated=found.not_incorporated,
        later_amendments=found.later_amendments,
        moved=shown.moved,
        pending=found.pending,
        as_of_notes=shown.as_of_notes,
    )


def _unregistered(bench: Workbench, bare: LawText, work: str, address: Address, as_of: date | None, keys: frozenset[str]) -> LawText:
    """A provision of a work whose id is its ELI, which the workbench's own ``show`` does not take."""
    text = bench.library.provision(work, address, as_of) if bench.library is not None else None
    if text is None:
        return bare
    name = text.version.short_name or text.version.popular_title or text.version.title
    return replace(bare, label=f"{name} {format_address(address)}".strip(), text=text, hits=_hits(bench, text, keys))


def _hits(bench: Workbench, text: ProvisionText, keys: frozenset[str]) -> tuple[Hits, ...]:
    """Per line the places of the words that hit."""
    if not keys:
        return ()
    return tuple(tuple((t.start, t.end) for t in hits_in(bench.analyzer, line, keys)) for _, line in text.lines())


def _titles(bench: Workbench, reading: Reading) -> dict[str, str]:
    ids = list(reading.cards)
    match reading.card:
        case Option(if_refused=refused, adjacent=adjacent, complaint=complaint):
            ids += [*refused, *adjacent, complaint]
        case Duty(adjacent=adjacent):
            ids += adjacent
        case Situation(options=options, duties=duties):
            ids += [*options, *duties]
        case _:
            pass
    for practice in reading.practice:
        ids += _replacing(bench, practice)
    cards = {i: bench.card(i) for i in ids if i}
    return {i: card.label if isinstance(card, Practice) else card.title for i, card in cards.items() if card is not None}


def _replacing(bench: Workbench, practice: Practice) -> list[str]:
    return [p.id for p in bench.corpus.cards.practice.values() if practice.replaced_by and practice.replaced_by in (p.id, p.label)]
