"""Which text of an act is shown for a day, and what the library cannot know of that day."""

from __future__ import annotations

from datetime import date

from vidensplatform.changes.history import gap_sentences
from vidensplatform.changes.pending import pending_of
from vidensplatform.changes.records import AsOf, Way
from vidensplatform.knowledge.loading import Corpus
from vidensplatform.law.chain import Evidence, chain
from vidensplatform.law.model import DocumentKind, Status
from vidensplatform.store.changes import ChangeReading
from vidensplatform.store.library import Library
from vidensplatform.store.texts import Texts


def written(day: date) -> str:
    """A day as it is written in the program: 1.7.2024."""
    return f"{day.day}.{day.month}.{day.year}"


def known_as_of(library: Library, corpus: Corpus, law: str, day: date) -> AsOf:
    """The text shown for a day with sentences on its limits. An act the library has no text of gives no text and one sentence."""
    label = corpus.registry.label(law)
    stored = [t.version for t in Texts(library).of_work(law)]
    if not stored:
        return AsOf(law, day, None, "", (f"{label} er ikke i biblioteket.",))
    history = chain(stored)
    shown = library.current(law, day)
    if shown is None:
        return AsOf(law, day, None, "", tuple(_none_shown(library, label, history.versions or tuple(stored), day)))
    notes = [f"Vist er den tekst, der var den nyeste den {written(day)}: {shown.short_name or shown.eli}, udstedt {_signed(shown.signed)}."]
    own = next(v for v in stored if v.eli == shown.eli)
    if own.kind is DocumentKind.ACT and ChangeReading(library).commencement(own.eli)[0] is None:
        notes.append("Hvornår loven selv trådte i kraft, kan ikke læses; den er regnet fra sin underskrift.")
    if own.kind is DocumentKind.ORDER and own.status is not Status.HISTORIC:
        notes.append("At bekendtgørelsen gjaldt den dag, er ikke kontrolleret hos kilden.")
    notes += _gaps_around(corpus, law, history, shown.eli, day)
    for waiting in pending_of(library, corpus, law, shown, day, enacted_by=day):
        if waiting.effective is not None and waiting.effective <= day:
            notes.append(f"{waiting.title} gjaldt den dag (fra {written(waiting.effective)}), men er ikke i teksten.")
        elif waiting.effective is None:
            until = "afventede ministeren" if waiting.way is Way.MINISTER else "er ikke i teksten; om den gjaldt den dag, vides ikke"
            notes.append(f"{waiting.title} {until}.")
    return AsOf(law, day, shown.eli, shown.title, tuple(notes))


def _none_shown(library: Library, label: str, versions: tuple[object, ...], day: date) -> list[str]:
    first = versions[0]
    signed = getattr(first, "signed", None)
    since, _ = ChangeReading(library).commencement(getattr(first, "eli", ""))
    begins = since or signed
    if begins is not None and day < begins:
        why = "loven var ikke i kraft" if since else f"bibliotekets ældste tekst er fra {written(begins)}; hvad der gjaldt før, vides ikke her"
        return [f"{label} har ingen tekst for den {written(day)}: {why}."]
    return [f"{label} har ingen tekst for den {written(day)}: den seneste tekst var da markeret som historisk, og en nyere er ikke i biblioteket."]


def _gaps_around(corpus: Corpus, law: str, history: object, eli: str, day: date) -> list[str]:
    """What is missing beside the text shown, and where only the order of dates ties it to the next."""
    found = []
    whole = chain(getattr(history, "versions", ()))
    for missing, sentence in zip(whole.missing, gap_sentences(corpus, law, whole), strict=True):
        if eli in (missing.older, missing.newer):
            found.append(sentence)
    follower = next((link for link in whole.links if link.older.eli == eli), None)
    if follower is not None and follower.evidence is Evidence.ORDER_ONLY:
        found.append("At den næste tekst fulgte lige efter denne, ses kun af datoerne.")
    return found


def _signed(day: date | None) -> str:
    return written(day) if day else "på en ukendt dag"
