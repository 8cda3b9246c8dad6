"""One act changes: from the start of its import to the first search that finds the new word."""

from __future__ import annotations

import shutil
import sqlite3
import sys
import time
import zlib
from pathlib import Path

from importing import INDEX, PARSE, REFERENCES, RELATE, ROWS, STORE, watched
from report import Aim, Section
from timing import Spread, run_program

import vidensplatform.update
from vidensplatform.search.answering import Question
from vidensplatform.settings import Home
from vidensplatform.workbench import Workbench

ACT = "serviceloven"
_WORD = "hjælpemidler"
_RUNS = 7


def measure(home: Home, folder: Path) -> Section:
    """Change one word of the act's shown text in memory, import it into a copy of the library, search for the word."""
    section = Section(f"5. One changed act ({ACT}) is searchable")
    copy = Home(folder / "changing")
    shutil.copytree(home.folder, copy.folder)
    raw = shown_xml(copy.database, ACT)
    totals, imports, opens, searches = [], [], [], []
    steps_by_name: dict[str, list[float]] = {name: [] for name in (PARSE, ROWS, REFERENCES, STORE, RELATE, INDEX)}
    for number in range(_RUNS):
        word, file = changed_copy(raw, folder, number)
        began = time.perf_counter()
        with watched() as steps:
            vidensplatform.update.import_paths([file], copy)
        imported = time.perf_counter()
        with Workbench.open(copy) as bench:
            opened = time.perf_counter()
            found = bench.search(Question(word)).documents
        ended = time.perf_counter()
        if not any(hit.law == ACT for hit in found):
            raise RuntimeError(f"{word} was not found after its import")
        totals.append(ended - began)
        imports.append(imported - began)
        opens.append(opened - imported)
        searches.append(ended - opened)
        for name, values in steps_by_name.items():
            values.append(steps.seconds[name])
    whole = Spread.of([_fresh(copy, *changed_copy(raw, folder, 100 + n)) for n in range(_RUNS)])
    total = Spread.of(totals)
    section.aims.append(Aim("one changed act searchable, median (open program)", total.p50, 2, "s"))
    section.say(
        f"The {len(raw) / 1e6:.1f} MB text of {ACT} that is shown, with one word replaced by one that no text holds. {_RUNS} runs, seconds. "
        "In the open program: import, opening the library again, first search. Fresh processes: `vidensplatform import`, then "
        "`vidensplatform search`."
    )
    named = {"**import to found, open program**": totals, "import": imports, "opening again": opens, "first search": searches}
    rows = [(name, f"{s.p50:.2f}", f"{s.p95:.2f}") for name, s in ((n, Spread.of(v)) for n, v in named.items())]
    rows += [(f"of the import: {name}", f"{s.p50:.2f}", f"{s.p95:.2f}") for name, s in ((n, Spread.of(v)) for n, v in steps_by_name.items())]
    rows.append(("**import to found, two fresh processes**", f"{whole.p50:.2f}", f"{whole.p95:.2f}"))
    section.table(("step", "median", "p95"), rows)
    shutil.rmtree(copy.folder)
    return section


def shown_xml(database: Path, work: str) -> bytes:
    """The bytes that a work's shown text was read from."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        row = connection.execute(
            "SELECT s.raw FROM snapshots s JOIN versions v ON v.eli = s.eli AND v.raw_sha256 = s.sha256 WHERE v.work = ? AND v.current", (work,)
        ).fetchone()
    finally:
        connection.close()
    return zlib.decompress(row[0])


def changed_copy(raw: bytes, folder: Path, number: int) -> tuple[str, Path]:
    """(the new word, a file with the act in which it stands once)."""
    old, word = _WORD.encode(), f"maalebaenk{number}ord"
    places = raw.count(old)
    if not places:
        raise RuntimeError(f"{_WORD} does not stand in the text")
    before, after = _cut(raw, old, places // 2)
    file = folder / f"changed-{number}.xml"
    file.write_bytes(before + word.encode() + after)
    return word, file


def _cut(raw: bytes, old: bytes, nth: int) -> tuple[bytes, bytes]:
    at = -1
    for _ in range(nth + 1):
        at = raw.index(old, at + 1)
    return raw[:at], raw[at + len(old) :]


def _fresh(home: Home, word: str, file: Path) -> float:
    program = [sys.executable, "-m", "vidensplatform"]
    imported, _, _ = run_program([*program, "import", str(file), "--json", "--home", str(home.folder)])
    searched, _, output = run_program([*program, "search", word, "--json", "--home", str(home.folder)])
    if f'"law": "{ACT}"' not in output:
        raise RuntimeError(f"{word} was not found by a fresh process: {output[:300]}")
    return imported + searched
