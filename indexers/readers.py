"""The kinds of files that can be imported, each known by its content: the registry of readers.

A file's name says little: pages and records lie about as ``0001.json`` or ``side.html``. So the bytes decide. The first reader that knows them reads
them; a file that no reader knows is a :class:`DamagedDocument` like any other that cannot be read, and is told by name.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from indexers.ankestyrelsen import Reader as DecisionReader
from indexers.retsinformation import html, lexdania, record
from vidensplatform.errors import DamagedDocument
from vidensplatform.law.model import Version
from vidensplatform.law.registry import Registry

_HEAD = 4096
_OLD_SITE = re.compile(rb"class=[\"']?kortnavn|retsinformation\.dk|id=[\"']?(?:INDHOLD|GIVET)\b", re.IGNORECASE)
_DECISION_PAGE = re.compile(rb"class=[\"'][^\"']*\brich-text\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FileReader:
    """One kind of file: what it is called, how its bytes are known, and how it is read (may raise :class:`DamagedDocument`)."""

    kind: str
    knows: Callable[[bytes], bool]
    read: Callable[[bytes, str], Version]


class Readers:
    """All readers, with the names of one registry."""

    def __init__(self, registry: Registry) -> None:
        decisions = DecisionReader(registry)
        self.all: tuple[FileReader, ...] = (
            FileReader("principmeddelelse, gemt post", lambda data: _source(data) == "DK/Ankestyrelsen", decisions.record),
            FileReader("dokument fra Retsinformation, gemt post", lambda data: _source(data) == "DK/Retsinformation", record.parse),
            FileReader("principmeddelelse, side fra ast.dk", lambda data: _is_page(data) and _DECISION_PAGE.search(data) is not None, decisions.page),
            FileReader("side fra Retsinformation", lambda data: _is_page(data) and _OLD_SITE.search(data) is not None, html.parse),
            FileReader("LexDania-XML", _is_xml, lexdania.parse),
        )

    def read(self, data: bytes, name: str) -> Version:
        """The document in ``data``. Raises :class:`DamagedDocument`."""
        reader = next((reader for reader in self.all if reader.knows(data)), None)
        if reader is None:
            what = "Filen er en hjemmeside" if _is_page(data) else "Filens indhold er"
            raise DamagedDocument(name, f"{what} af en slags, der ikke kendes.", action=f"Kendte: {'; '.join(reader.kind for reader in self.all)}.")
        return reader.read(data, name)


def _beginning(data: bytes) -> bytes:
    """The first bytes as they are compared: without byte order mark, white space and the zeros of UTF-16."""
    head = data[:_HEAD]
    for bom in (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        head = head.removeprefix(bom)
    return head.replace(b"\0", b"").lstrip().lower()


def _is_page(data: bytes) -> bool:
    head = re.sub(rb"\A(?:<\?xml[^>]*\?>|<!--.*?-->|\s)+", b"", _beginning(data), flags=re.DOTALL)
    return head.startswith((b"<!doctype html", b"<html"))


def _is_xml(data: bytes) -> bool:
    """Anything with angle brackets that is no web page, and whatever is neither text nor JSON: the XML parser says best what is wrong with it."""
    return not _is_page(data) and not _beginning(data).startswith((b"{", b"["))


def _source(data: bytes) -> str:
    """What a JSON record says of the collection it is from, "" for anything else."""
    if not _beginning(data).startswith(b"{"):
        return ""
    try:
        found: Any = json.loads(data)
    except (ValueError, RecursionError):
        return ""
    return str(found.get("_source", "")) if isinstance(found, dict) else ""
