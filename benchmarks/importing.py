"""Import: how fast documents become a library, and where the time goes. The steps are timed from outside; the product is not changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest.mock import patch

from material import holdings
from report import Section
from timing import Steps, timed_cpu

import indexers.pipeline
import vidensplatform.update
from indexers.relate import Relater
from vidensplatform.settings import Home
from vidensplatform.store.library import Library

READ, PARSE, ROWS, REFERENCES = "read and unpack", "parse", "rows and hashes", "references"
STORE, RELATE, INDEX, REST = "store", "references resolved anew", "index", "the rest"
STEPS = (READ, PARSE, ROWS, REFERENCES, STORE, RELATE, INDEX, REST)


@contextmanager
def watched() -> Iterator[Steps]:
    """Times the steps of every import inside."""
    steps = Steps()
    functions = (
        (indexers.pipeline, "parse", PARSE),
        (indexers.pipeline, "rows", ROWS),
        (Library, "has_bytes", STORE),
        (Library, "put", STORE),
        (Library, "relate_anew", RELATE),
        (vidensplatform.update, "update_index", INDEX),
    )
    generators = ((vidensplatform.update, "read_paths", READ), (Relater, "references", REFERENCES))
    with ExitStack() as stack:
        for owner, name, step in functions:
            stack.enter_context(patch.object(owner, name, steps.function(step, getattr(owner, name))))
        for owner, name, step in generators:
            stack.enter_context(patch.object(owner, name, steps.generator(step, getattr(owner, name))))
        steps.enter(REST)
        yield steps
        steps.leave()


def measure(sources: list[Path], home: Home) -> Section:
    """Import everything into an empty home, then again."""
    section = Section("1. Import")
    with watched() as steps:
        total, cpu, report = timed_cpu(lambda: vidensplatform.update.import_paths(sources, home))
    again, again_cpu, second = timed_cpu(lambda: vidensplatform.update.import_paths(sources, home))
    held = holdings(home.database)
    without_index = total - steps.seconds[INDEX]
    section.say(
        f"{report.read:,} documents read ({report.new:,} new, {report.changed:,} changed, {report.unchanged:,} unchanged), "
        f"{len(report.failed)} failed, {report.skipped} other files passed over. The library holds {held.documents:,} texts of "
        f"{held.works:,} works: **{held.units:,} provisions** (units that search finds; {held.current_units:,} of them in the texts that are "
        f"shown), {held.nodes:,} rows, {held.references:,} references, {held.words:,} words; {held.database_bytes / 1e6:,.0f} MB on disk."
    )
    section.table(
        ("import", "seconds", "of them CPU", "documents/s", "words/s", "MB of XML/s"),
        [
            ("everything, index included", *_rates(total, f"{cpu:.1f}", report.read, held.words, held.xml_bytes)),
            ("without the index", *_rates(without_index, "", report.read, held.words, held.xml_bytes)),
            ("a second time (nothing changed)", *_rates(again, f"{again_cpu:.1f}", second.read, held.words, held.xml_bytes)),
        ],
    )
    section.table(
        ("step of the first import", "seconds", "share"),
        [(name, f"{steps.seconds[name]:.1f}", f"{steps.seconds[name] / total:.0%}") for name in STEPS],
    )
    section.say(f"Second import: {second.unchanged:,} unchanged, {second.new + second.changed} stored again.")
    for failure in report.failed[:10]:
        section.say(f"Failed: `{failure.file}`: {failure.reason}")
    return section


def _rates(seconds: float, cpu: str, documents: int, words: int, size: int) -> tuple[str, ...]:
    return f"{seconds:.1f}", cpu, f"{documents / seconds:,.1f}", f"{words / seconds:,.0f}", f"{size / 1e6 / seconds:.2f}"
