"""Writing into a card that a consultant has read its provisions: version, hash of the text, day. The rest of the file stays as it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import tomlkit
from pydantic import ValidationError
from tomlkit.exceptions import TOMLKitError

from vidensplatform.errors import CardError
from vidensplatform.knowledge.anchoring import TextLookup
from vidensplatform.knowledge.model import Basis


def stamp(path: Path, lookup: TextLookup, on: date, *, renew: bool = False) -> list[str]:
    """Stamp the bases of one card that are not stamped, or with ``renew`` all whose text is another by now.

    Returns the provisions stamped. A provision the library does not hold stays unstamped. Raises :class:`CardError` for a file that is not TOML.
    """
    try:
        document = tomlkit.parse(path.read_bytes().decode("utf-8"))
    except UnicodeDecodeError as error:
        raise CardError(str(path), f"er ikke gemt som UTF-8 (byte {error.start})") from error
    except TOMLKitError as error:
        raise CardError(str(path), f"kan ikke læses som TOML: {error}") from error
    rows = document.get("basis", [])
    if not isinstance(rows, list):
        raise CardError(str(path), "skal være en liste af tabeller: [[basis]]", "basis")
    stamped = []
    for number, row in enumerate(rows, 1):
        basis = _basis(path, number, row)
        shown = lookup(basis.law, basis.address)
        old = basis.checked
        if shown is None or (old is not None and not (renew and old.text_sha256 != shown[1])):
            continue
        checked = tomlkit.inline_table()
        checked.update({"version": shown[0], "text_sha256": shown[1], "on": on})
        row["checked"] = checked
        stamped.append(basis.provision)
    if stamped:
        part = path.with_suffix(".part")
        part.write_bytes(tomlkit.dumps(document).encode("utf-8"))
        part.replace(path)
    return stamped


def _basis(path: Path, number: int, row: object) -> Basis:
    try:
        return Basis.model_validate(row.unwrap() if hasattr(row, "unwrap") else row)
    except ValidationError as error:
        raise CardError(str(path), f"er ikke en gyldig hjemmel: {error.errors()[0]['msg']}", f"[[basis]] nr. {number}") from error
