"""Golden pairs: what a parser reads beside what it must make of it.

With ``VIDENSPLATFORM_WRITE_GOLDEN`` set the second is written anew, to be looked at before it is committed.
"""

from __future__ import annotations

import json
import os
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "indexers" / "golden"


def golden_pairs(folder: str) -> list[Path]:
    """The files of a folder that have (or are to get) a ``.json`` beside them."""
    return sorted(path for path in (FOLDER / folder).iterdir() if path.suffix != ".json")


def check_golden(value: object, source: Path) -> None:
    """Compare a value with the golden file beside ``source``."""
    golden = source.with_suffix(".json")
    found = json.dumps(as_json(value), ensure_ascii=False, indent=1) + "\n"
    if os.environ.get("VIDENSPLATFORM_WRITE_GOLDEN"):
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


def as_json(value: object) -> object:
    """A value as plain data, without what is empty."""
    if is_dataclass(value):
        pairs = ((f.name, f.default, getattr(value, f.name)) for f in fields(value))
        return {name: as_json(v) for name, default, v in pairs if v not in ("", None, ()) and (default is MISSING or v != default)}
    if isinstance(value, tuple | list):
        return [as_json(v) for v in value]
    return value if isinstance(value, int | str | None) else str(value)
