"""The engines there are: which can be used here, which one is chosen, and making or opening one.

An engine's module is imported when the engine is asked for: tantivy may not be installed, and Whoosh takes time to load.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from vidensplatform.errors import QueryError
from vidensplatform.search.engine import Engine


def names() -> list[str]:
    """The engines that can be used here, fastest first."""
    return [name for name, module in (("tantivy", "tantivy"), ("whoosh", "whoosh")) if find_spec(module) is not None]


def choose(wanted: str = "auto") -> str:
    """The name of the engine to use: the wanted one, or for "auto" the fastest installed. Raises :class:`QueryError` for an unknown one."""
    here = names()
    if wanted == "auto":
        return here[0]
    if wanted not in here:
        raise QueryError(f"Søgemaskinen »{wanted}« findes ikke her.", f"Vælg auto eller en af: {', '.join(here)}.")
    return wanted


def create(name: str, folder: Path | None) -> Engine:
    """A new, empty engine in ``folder`` (or in memory)."""
    if name == "tantivy":
        from vidensplatform.search.engine_tantivy import TantivyEngine

        return TantivyEngine.create(folder)
    from vidensplatform.search.engine_whoosh import WhooshEngine

    return WhooshEngine.create(folder)


def open_existing(name: str, folder: Path) -> Engine:
    """The engine whose files lie in ``folder``. Raises whatever the engine raises when they are damaged."""
    if name == "tantivy":
        from vidensplatform.search.engine_tantivy import TantivyEngine

        return TantivyEngine.open(folder)
    from vidensplatform.search.engine_whoosh import WhooshEngine

    return WhooshEngine.open(folder)
