"""Start to first answer: a fresh process each time, with warm and with cold caches."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from report import Aim, Section
from timing import Spread, ms, run_program

from vidensplatform.settings import Home

_RUNS = 9
_QUESTION = "mand sover i bil, lige løsladt, drikker, ingen penge"
_PROBE = """
import json, sys, time
began = time.perf_counter()
from pathlib import Path
from vidensplatform.search.answering import Question
from vidensplatform.settings import Home
from vidensplatform.workbench import Workbench
imported = time.perf_counter()
bench = Workbench.open(Home(Path(sys.argv[1])))
opened = time.perf_counter()
bench.search(Question(sys.argv[2]))
answered = time.perf_counter()
bench.search(Question(sys.argv[2]))
print(json.dumps([imported - began, opened - imported, answered - opened, time.perf_counter() - answered]))
"""


def measure(home: Home, folder: Path) -> Section:
    """From the command to the printed answer."""
    section = Section("6. Start to first answer")
    starter, fresh = folder / "starter", folder / "fresh"
    starter.mkdir()
    bytecode = folder / "bytecode"

    def cold_home() -> Path:
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
        return fresh

    def cold_everything() -> Path:
        shutil.rmtree(bytecode, ignore_errors=True)
        return cold_home()

    uncompiled = {**os.environ, "PYTHONPYCACHEPREFIX": str(bytecode)}
    cases: dict[str, tuple[Callable[[], Path], dict[str, str] | None, bool]] = {
        "starter corpus, no library, warm caches": (lambda: starter, None, True),
        "this library, warm caches": (lambda: home.folder, None, True),
        "starter corpus, first start in a new home": (cold_home, None, False),
        "starter corpus, home that does not exist": (lambda: folder / "nowhere", None, False),
        "starter corpus, first start ever (new home, Python not compiled)": (cold_everything, uncompiled, False),
    }
    section.say(
        f'`python -m vidensplatform search "{_QUESTION}" --json`, from the command until the whole answer is printed, {_RUNS} fresh processes '
        "each. The caches are the program's own; the operating system's cache of files is warm throughout. Milliseconds."
    )
    rows = []
    for name, (place, environment, warm) in cases.items():
        if warm:
            _run(place(), environment)
        runs = [_run(place(), environment) for _ in range(_RUNS)]
        spread, ended, cpu = (Spread.of([run[n] for run in runs]) for n in range(3))
        rows.append((name, ms(spread.p50), ms(spread.p95), ms(spread.worst), ms(ended.p50), ms(cpu.p50)))
        if warm:
            section.aims.append(Aim(f"start to first answer, {name}, median", spread.p50, 1, "s"))
    section.table(("start to first answer", "median", "p95", "worst", "process ended, median", "CPU, median"), rows)
    section.say("Inside such a process (warm caches), without the interpreter's own start and without the command line:")
    for name, place in (("starter corpus, no library", starter), ("this library", home.folder)):
        probes = [_probe(place) for _ in range(_RUNS)]
        parts = [Spread.of([probe[n] for probe in probes]) for n in range(4)]
        labels = ("importing the modules", "`Workbench.open`", "first answer", "same answer again")
        section.table(
            (f"in the process: {name}", "median", "p95"),
            [(label, ms(part.p50), ms(part.p95)) for label, part in zip(labels, parts, strict=True)],
        )
    return section


def _run(home: Path, environment: dict[str, str] | None) -> tuple[float, float, float]:
    """Seconds until the whole answer was printed, until the process had ended, and of processor time."""
    command = [sys.executable, "-m", "vidensplatform", "search", _QUESTION, "--json", "--home", str(home)]
    before, began = os.times(), time.perf_counter()
    printed, output = began, b""
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
        if process.stdout is None:
            raise RuntimeError("The program has no output.")
        while piece := os.read(process.stdout.fileno(), 65536):
            printed, output = time.perf_counter(), output + piece
    ended, after = time.perf_counter(), os.times()
    if process.returncode or not json.loads(output)["options"]:
        raise RuntimeError("The answer holds no options.")
    return printed - began, ended - began, sum(after[2:4]) - sum(before[2:4])


def _probe(home: Path) -> list[float]:
    _, _, output = run_program([sys.executable, "-c", _PROBE, str(home), _QUESTION])
    return [float(value) for value in json.loads(output)]
