"""Running a source: plan, fetch, parse, hand over; stopped or killed at any moment, it goes on where it was.

The order matters. A plan is written down before anything is fetched, a document is handed over before it is ticked off, and what follows from it is
added to the plan before that. So a run that was killed ends in the same state as one that was not; at worst one document is handed over twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, Protocol

from indexers.fetch_errors import FetchError, HostClosed, HostResting, Stopped
from indexers.fetched import Fetch
from indexers.journal import Journal
from indexers.outcomes import Done
from indexers.pace import Clock
from indexers.source import MAIN, Item, Parts, Plan, Source
from vidensplatform.errors import DamagedDocument
from vidensplatform.law.model import Version


@dataclass(frozen=True, slots=True)
class Document:
    """The bytes of a document: where they came from, and the hash that tells whether they are known.

    ``main_sha256`` is the hash of ``raw`` where ``sha256`` is over several answers, else "".
    """

    origin: str
    raw: bytes
    sha256: str
    main_sha256: str = ""


class Sink(Protocol):
    """Where documents go: the library, or whatever a test counts with. The same document twice must change nothing."""

    def put(self, version: Version, document: Document) -> Done:
        """Store a document; NEW, CHANGED or UNCHANGED."""
        ...

    def damaged(self, document: Document, reason: str) -> None:
        """Keep a document that could not be parsed, with the reason."""
        ...

    def removed(self, item: Item, *, erase: bool) -> None:
        """Mark a document that its source withdrew; it stays readable. Only with ``erase`` it must disappear, with everything known of it."""
        ...


@dataclass(frozen=True, slots=True)
class Step:
    """How far a run is: documents done and planned, the one just done, and an estimate of the seconds left."""

    source: str
    done: int
    planned: int
    at: str
    outcome: Done
    seconds_left: float


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did, each document by name. ``left`` documents are still to do: the next call goes on with them. ``stopped_by`` says why."""

    source: str
    how: str = ""
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    failed: tuple[tuple[str, str], ...] = ()
    vanished: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    left: int = 0
    stopped_by: str = ""
    downloads: int = 0
    """Whole bodies that the documents took; answers of "unchanged" do not count."""


CONTINUED: Final = "fortsat"
"""How a run was planned that goes on with an unfinished one."""

_PAUSES = (HostResting, HostClosed, Stopped)


def harvest(
    source: Source, fetch: Fetch, journal: Journal, sink: Sink, clock: Clock, on_step: Callable[[Step], None] | None = None, *, anew: bool = False
) -> Report:
    """Run a source once: go on with an unfinished run, or plan and do a new one (``anew``: over everything it offers).

    What goes wrong with one document is reported and tried again in the next run; the others are read all the same. Where the host closes, needs rest
    or the user stops, the rest is left for the next call. Raises only errors of the environment.
    """
    run = journal.unfinished(source.name)
    plan = Plan(CONTINUED)
    if run is None:
        try:
            plan = source.plan(fetch, journal.state(source.name, anew=anew), clock.now())
        except (FetchError, DamagedDocument) as error:
            journal.failure(source.name, error.message, clock.now())
            return Report(source.name, stopped_by=error.message)
        run = journal.begin(source.name, plan, clock.now())
    began, before = clock.monotonic(), journal.counts(run)[0]
    downloads = 0
    stopped_by = ""
    for item in journal.pending(run):
        try:
            outcome, reason, loaded = _one(source, item, fetch, journal, run, sink)
        except _PAUSES as error:
            stopped_by = error.reason if isinstance(error, Stopped) else error.message
            break
        downloads += loaded
        journal.tick(run, source.name, item, outcome, clock.now(), reason)
        if on_step is not None:
            done, planned = journal.counts(run)
            each = (clock.monotonic() - began) / max(1, done - before)
            on_step(Step(source.name, done, planned, item.id, outcome, each * (planned - done)))
    done, planned = journal.counts(run)
    gaps = source.gaps()
    report = replace(_report(source.name, journal, run), how=plan.how, vanished=plan.vanished, notes=(*plan.notes, *gaps), downloads=downloads)
    journal.note(run, gaps)
    if not stopped_by:
        journal.end(run, source.name, clock.now())
    return replace(report, left=planned - done, stopped_by=stopped_by)


def whole_harvest(
    source: Source, fetch: Fetch, journal: Journal, sink: Sink, clock: Clock, on_step: Callable[[Step], None] | None = None, *, anew: bool = False
) -> Report:
    """Bring a source up to now: where there is an unfinished run, that one first, then what changed since. Raises as :func:`harvest`."""
    report = harvest(source, fetch, journal, sink, clock, on_step, anew=anew)
    if report.how != CONTINUED or report.stopped_by:
        return report
    return joined(report, harvest(source, fetch, journal, sink, clock, on_step, anew=anew))


def joined(first: Report, then: Report) -> Report:
    """Two runs of a source, one after the other, as one."""
    return Report(
        first.source,
        ", ".join(how for how in (first.how, then.how) if how),
        first.new + then.new,
        first.changed + then.changed,
        first.unchanged + then.unchanged,
        first.removed + then.removed,
        first.unwanted + then.unwanted,
        then.failed,  # what failed in the first run was tried again in the second
        first.vanished + then.vanished,
        tuple(dict.fromkeys(first.notes + then.notes)),
        then.left,
        then.stopped_by,
        first.downloads + then.downloads,
    )


def rehearse(source: Source, fetch: Fetch, journal: Journal, clock: Clock, *, anew: bool = False) -> Plan:
    """What a run would fetch (``--dry-run``): the source is listed, nothing is fetched or written down. Raises what the source raises."""
    run = journal.unfinished(source.name)
    if run is not None:
        return Plan(CONTINUED, tuple(journal.pending(run)))
    return source.plan(fetch, journal.state(source.name, anew=anew), clock.now())


def document_of(parts: Parts) -> Document:
    """The bytes that a document counts as. Of one answer its own hash (as an import of the same file has it), of several a hash over theirs."""
    main = parts[MAIN]
    if len(parts) == 1:
        return Document(main.url, main.body, main.sha256)
    together = "\n".join(f"{name} {part.sha256}" for name, part in sorted(parts.items()))
    return Document(main.url, main.body, hashlib.sha256(together.encode()).hexdigest(), main.sha256)


def _one(source: Source, item: Item, fetch: Fetch, journal: Journal, run: int, sink: Sink) -> tuple[Done, str, int]:
    """(what became of a document, why it failed, how many bodies were loaded). Raises what pauses the run, and errors of the environment."""
    if item.removed:
        sink.removed(item, erase=source.erases)
        return Done.REMOVED, "", 0
    try:
        parts = source.fetch(item, fetch)
    except _PAUSES:
        raise
    except FetchError as error:
        return Done.FAILED, error.reason, 0
    loaded = sum(not part.not_modified for part in parts.values())
    document = document_of(parts)
    try:
        version = source.parse(parts, item)
    except DamagedDocument as error:
        reason = f"{error.place}: {error.reason}" if error.place else error.reason
        sink.damaged(document, reason)
        return Done.FAILED, reason, loaded
    if not source.wants(version):
        return Done.UNWANTED, "", loaded
    outcome = sink.put(version, document)
    try:
        journal.add(run, source.follow(version, parts, fetch))
    except _PAUSES:
        raise
    except FetchError as error:
        return Done.FAILED, f"Dokumentet er gemt, men ikke de dokumenter, der hører til det: {error.reason}", loaded
    return outcome, "", loaded


def _report(source: str, journal: Journal, run: int) -> Report:
    by: dict[Done, list[str]] = {outcome: [] for outcome in Done}
    failed: list[tuple[str, str]] = []
    for ticked in journal.ticked(run):
        by[ticked.outcome].append(ticked.id)
        if ticked.outcome is Done.FAILED:
            failed.append((ticked.id, ticked.reason))
    return Report(
        source,
        new=tuple(by[Done.NEW]),
        changed=tuple(by[Done.CHANGED]),
        unchanged=tuple(by[Done.UNCHANGED]),
        removed=tuple(by[Done.REMOVED]),
        unwanted=tuple(by[Done.UNWANTED]),
        failed=tuple(failed),
    )
