"""Writing into a card that a consultant has read its provisions: version, hash of the text, day. The rest of the file stays as it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT

from vidensplatform.errors import CardError
from vidensplatform.knowledge.anchoring import TextLookup
from vidensplatform.knowledge.model import Basis


def stamp(path: Path, lookup: TextLookup, on: date, *, renew: bool = False) -> list[str]:
    """Stamp the bases of one card that are not stamped, or with ``renew`` all whose text is another by now.

    Returns the provisions stamped. A provision the library does not hold stays unstamped. Raises :class:`CardError` for a file that is not TOML.
    """
    try:
        document = tomlkit.parse(path.read_text(encoding="utf-8"))
    except TOMLKitError as error:
        raise CardError(str(path), f"kan ikke læses som TOML: {error}") from error
    rows = document.get("basis", [])
    stamped = []
    for row in rows if isinstance(rows, AoT) else []:
        provision = str(row["provision"])
        basis = Basis(provision=provision)
        shown = lookup(basis.law, basis.address)
        old = row.get("checked")
        if shown is None or (old is not None and not (renew and old["text_sha256"] != shown[1])):
            continue
        checked = tomlkit.inline_table()
        checked.update({"version": shown[0], "text_sha256": shown[1], "on": on})
        row["checked"] = checked
        stamped.append(provision)
    if stamped:
        part = path.with_suffix(".part")
        part.write_text(tomlkit.dumps(document), encoding="utf-8")
        part.replace(path)
    return stamped
