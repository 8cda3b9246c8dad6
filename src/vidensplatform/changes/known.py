"""Which text of an act is shown for a day, and what the library cannot know of that day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from vidensplatform.changes.history import gap_sentences
from vidensplatform.changes.pending import pending_of
from vidensplatform.changes.records import AsOf, Way
from vidensplatform.changes.showing import place_label, written
from vidensplatform.knowledge.anchoring import TextLookup
from vidensplatform.knowledge.loading import Corpus
from vidensplatform.law.chain import Chain, Evidence, chain
from vidensplatform.law.model import Address, DocumentKind, Status, Version
from vidensplatform.store.changes import ChangeReading
from vidensplatform.store.library import Library
from vidensplatform.store.texts import Texts


def known_as_of(library: Library, corpus: Corpus, law: str, day: date) -> AsOf:
    """The text shown for a day with sentences on its limits. An act the library has no text of gives no text and one sentence."""
    label = corpus.registry.label(law)
    stored = [t.version for t in Texts(library).of_work(law)]
    if not stored:
        return AsOf(law, day, None, "", (f"{label} er ikke i biblioteket.",))
    history = chain(stored)
    shown = library.current(law, day)
    if shown is None:
        return AsOf(law, day, None, "", (_none_shown(library, label, history.versions or tuple(stored), day),))
    own = next(v for v in stored if v.eli == shown.eli)
    signed = written(own.signed) if own.signed else "en ukendt dag"
    notes = [f"{label}: vist er {shown.short_name or shown.eli}, den nyeste tekst den dag, udstedt {signed}."]
    if own.kind is DocumentKind.ACT and ChangeReading(library).commencement(own.eli)[0] is None:
        notes.append(f"{label}: hvornår loven selv trådte i kraft, kan ikke læses; den er regnet fra sin underskrift.")
    if own.kind is DocumentKind.ORDER and own.status is not Status.HISTORIC:
        notes.append(f"{label}: at teksten gjaldt den dag, er ikke kontrolleret hos kilden.")
    notes += _gaps_around(corpus, law, history, shown.eli)
    for waiting in pending_of(library, corpus, law, shown, day, enacted_by=day):
        if waiting.effective is not None and waiting.effective <= day:
            notes.append(f"{label}: {waiting.short} gjaldt den dag (fra {written(waiting.effective)}), men er ikke i teksten.")
        elif waiting.effective is None:
            until = "afventede ministeren" if waiting.way is Way.MINISTER else "er ikke i teksten; om den gjaldt den dag, vides ikke"
            notes.append(f"{label}: {waiting.short} {until}.")
    return AsOf(law, day, shown.eli, shown.title, tuple(notes))


def limits_of_answer(library: Library, corpus: Corpus, lookup: TextLookup, day: date, places: Iterable[tuple[str, Address]]) -> list[str]:
    """What to say over an answer for an earlier day: whose law it shows, where the text then was another than today, what is not known."""
    notes = [f"Lovteksten er vist, som den var den {written(day)}. Muligheder og pligter er skrevet til loven i dag."]
    other, missing, without = [], [], []
    known: dict[str, bool] = {}
    for law, address in dict.fromkeys(places):
        label = place_label(corpus, "/".join(p for p in (law, address.path) if p), law)
        if law not in known:
            known[law] = library.current(law, day) is not None
            if not known[law]:
                without.append(known_as_of(library, corpus, law, day).notes[0])
        if not known[law]:
            continue
        then = library.provision(law, address, day)
        today = lookup(law, address)
        if then is None:
            missing.append(label)
        elif today is not None and then.node.sha256 != today[1]:
            other.append(label)
    if other:
        notes.append(f"Teksten var en anden den dag end i dag i {', '.join(other)}.")
    if missing:
        notes.append(f"Fandtes ikke i den dags tekst: {', '.join(missing)}.")
    return [*notes, *without]


def _none_shown(library: Library, label: str, versions: tuple[Version, ...], day: date) -> str:
    first = versions[0]
    since, _ = ChangeReading(library).commencement(first.eli)
    begins = since or first.signed
    if begins is not None and day < begins:
        own = "loven var ikke i kraft" if since else f"bibliotekets ældste tekst er fra {written(begins)}, og hvad der gjaldt før, vides ikke her"
        return f"{label} har ingen tekst for den {written(day)}: {own}."
    return f"{label} har ingen tekst for den {written(day)}: den seneste tekst var da markeret som historisk, og en nyere er ikke i biblioteket."


def _gaps_around(corpus: Corpus, law: str, history: Chain, eli: str) -> list[str]:
    """What is missing beside the text shown, and where only the order of dates ties it to the next."""
    sentences = gap_sentences(corpus, law, history)
    found = [s for missing, s in zip(history.missing, sentences, strict=True) if eli in (missing.older, missing.newer)]
    follower = next((link for link in history.links if link.older.eli == eli), None)
    if follower is not None and follower.evidence is Evidence.ORDER_ONLY:
        found.append(f"{corpus.registry.label(law)}: at den næste tekst fulgte lige efter denne, ses kun af datoerne.")
    return found
