"""The machine and the versions measured on, and how much of it other programs used meanwhile."""

from __future__ import annotations

import hashlib
import os
import platform
import sqlite3
import subprocess
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from vidensplatform import __version__
from vidensplatform.settings import corpus_dir

SYSTEM_PYTHON = Path("/usr/bin/python3")
_TICKS = os.sysconf("SC_CLK_TCK")


def facts() -> list[tuple[str, str]]:
    """(what, value) of everything the figures depend on."""
    return [
        ("Cores", str(os.cpu_count())),
        ("CPU", _line("/proc/cpuinfo", "model name")),
        ("RAM", f"{int(_line('/proc/meminfo', 'MemTotal').split()[0]) / 1024 / 1024:.1f} GiB"),
        ("System", platform.platform()),
        ("Python", platform.python_version()),
        ("Vidensplatform", f"{__version__}, source {source_digest()}"),
        *((name, _version(name)) for name in ("tantivy", "whoosh3", "simplemma", "lxml", "lark")),
        ("SQLite (FTS5)", sqlite3.sqlite_version),
        ("Xapian", xapian_version() or "not here"),
    ]


def _line(file: str, key: str) -> str:
    try:
        lines = Path(file).read_text(encoding="utf-8").splitlines()
    except OSError:
        return "0 (unknown)"
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith(key)), "0 (unknown)")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not here"


def xapian_version() -> str | None:
    """The version of Debian's Xapian, which only the system's Python has; None where it is missing."""
    if not SYSTEM_PYTHON.exists():
        return None
    asked = subprocess.run([SYSTEM_PYTHON, "-c", "import xapian; print(xapian.version_string())"], capture_output=True, text=True, check=False)
    return asked.stdout.strip() or None


def source_digest() -> str:
    """Twelve digits over the program's and the cards' files: two runs with the same digest measured the same thing."""
    digest = hashlib.sha256()
    cards = corpus_dir()
    for folder, pattern in ((cards, "*.toml"), (cards.parent / "src", "*.py"), (cards.parent / "indexers", "*.py")):
        for path in sorted(folder.rglob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


class Others:
    """The share of the cores that programs other than this benchmark and its children used since this was made (Linux)."""

    def __init__(self) -> None:
        self._began = time.perf_counter()
        self._busy, self._own = _busy(), _own()

    @property
    def share(self) -> float:
        """0 (alone) to 1 (all cores taken by others)."""
        passed = (time.perf_counter() - self._began) * (os.cpu_count() or 1)
        return max(0.0, (_busy() - self._busy) - (_own() - self._own)) / passed if passed else 0.0


def _busy() -> float:
    """CPU seconds that all programs used since the machine started."""
    try:
        numbers = [int(n) for n in Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()[1:9]]
    except OSError:
        return 0.0
    user, nice, system, _idle, _wait, irq, soft, _steal = numbers
    return (user + nice + system + irq + soft) / _TICKS


def _own() -> float:
    """CPU seconds of this process, its finished children and its running children."""
    used = sum(os.times()[:4])
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == os.getpid():
            used += sum(int(n) for n in fields[11:15]) / _TICKS
    return used
