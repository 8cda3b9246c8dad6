"""Xapian over the analysed keys, for comparison. Debian's Xapian needs the system's Python, so it works in a process of its own."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from machine import SYSTEM_PYTHON
from material import folder_bytes

from vidensplatform.search.engine import IndexDocument
from vidensplatform.search.query import AllOf, AnyOf, But, Node, Phrase, Word

_WORKER = Path(__file__).with_name("xapian_worker.py")


class Xapian:
    """Talks to ``xapian_worker.py`` in lines of JSON; the worker times itself, so the talking is not counted."""

    name = "Xapian"

    def __init__(self, folder: Path, documents: Sequence[IndexDocument], limit: int) -> None:
        folder.mkdir(parents=True)
        handed = folder.with_suffix(".jsonl")
        with handed.open("w", encoding="utf-8") as file:
            for d in documents:
                row = [d.key, d.current, " ".join(d.lemma), " ".join(d.parts), " ".join(d.heading), " ".join(d.exact)]
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
        self._worker = subprocess.Popen(
            [SYSTEM_PYTHON, _WORKER, handed, folder, str(limit)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self.build_seconds, self.build_cpu = self._read()
        self.size = folder_bytes(folder)
        handed.unlink()

    def _read(self) -> Any:
        if self._worker.stdout is None or not (line := self._worker.stdout.readline()):
            raise RuntimeError("The Xapian worker has stopped.")
        return json.loads(line)

    def ask(self, node: Node) -> tuple[float, list[int]]:
        if self._worker.stdin is None:
            raise RuntimeError("The Xapian worker has no input.")
        self._worker.stdin.write(json.dumps(as_list(node)) + "\n")
        self._worker.stdin.flush()
        seconds, keys = self._read()
        return seconds, keys

    def close(self) -> None:
        if self._worker.stdin is not None:
            self._worker.stdin.close()
        self._worker.wait(timeout=60)
        if self._worker.stdout is not None:
            self._worker.stdout.close()


def as_list(node: Node) -> list[Any]:
    """The tree as JSON can hold it."""
    match node:
        case Word():
            return ["word", node.field, node.key, node.weight]
        case Phrase():
            return ["phrase", list(node.keys), node.weight]
        case AnyOf():
            return ["any", *map(as_list, node.nodes)]
        case AllOf():
            return ["all", *map(as_list, node.nodes)]
        case But():
            return ["but", as_list(node.wanted), as_list(node.unwanted)]
