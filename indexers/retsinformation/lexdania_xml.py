"""From untrusted bytes to an XML tree: whole, harmless and rightly decoded, or refused with a reason.

Retsinformation answers a wrong address now and then with a web page or a half file and status 200, its feeds declare encodings they do
not have, and a file from a folder may be anything. So nothing is parsed before it is known to end as a LexDania document ends, to hold
no DOCTYPE (the only way to XML bombs and external entities) and to be text in a known encoding.
"""

from __future__ import annotations

import codecs
import re

from lxml import etree

from vidensplatform.errors import DamagedDocument

MAX_BYTES = 64 * 1024 * 1024
"""The largest document that is read. The largest seen (a bill) was 11 MB."""

_ROOTS = ("Dokument", "LexDaniaDokument")
_END = re.compile(rb"</(?:[\w.-]+:)?(?:Dokument|LexDaniaDokument)\s*>\s*\Z")
_FIRST_ELEMENT = re.compile(rb"<([A-Za-z_][\w:.-]*)")
_DECLARED = re.compile(rb"""\A<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']""")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_GOOD_UTF8_PAIR = re.compile(rb"[\xc2-\xdf][\x80-\xbf]")


def open_document(data: bytes, name: str) -> etree._Element:
    """The root element of a LexDania document, without namespaces, comments and processing instructions.

    ``data`` are the bytes as the source sent them, ``name`` is what the user knows the file by. Raises :class:`DamagedDocument`, with
    the line where it is known, for anything that is not one whole document of at most :data:`MAX_BYTES`.
    """
    if len(data) > MAX_BYTES:
        raise DamagedDocument(name, f"Filen er større end {MAX_BYTES // (1024 * 1024)} MiB og læses ikke.")
    text = _as_utf8(data, name)
    _refuse_incomplete(text, name)
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        place = _line_of(text, text.find(b"<!DOCTYPE") if b"<!DOCTYPE" in text else text.find(b"<!ENTITY"))
        raise DamagedDocument(name, "Filen har en DOCTYPE- eller ENTITY-erklæring og afvises af sikkerhedsgrunde.", place)
    parser = etree.XMLParser(
        encoding="utf-8",  # decided above; what the file says of itself no longer counts
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text, parser)
    except etree.XMLSyntaxError as error:
        place = f"linje {error.lineno}" if error.lineno else ""
        raise DamagedDocument(name, "Filen er ikke velformet XML.", place) from error
    return _root_of(root, name)


def _as_utf8(data: bytes, name: str) -> bytes:
    """The document in UTF-8 without a byte order mark, whatever it is in and whatever it declares."""
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return _decoded(data[len(bom) :], codec, name)
    if data[:2] in (b"<\0", b"\0<"):
        return _decoded(data, "utf-16-le" if data[0] else "utf-16-be", name)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _GOOD_UTF8_PAIR.search(data):  # UTF-8 with a broken byte: read as anything else, every æ, ø and å would be wrong
            raise DamagedDocument(name, "Filen har tegn, der er ødelagt (ikke gyldig UTF-8).", _line_of(data, error.start)) from error
        return _decoded(data, _declared_single_byte(data), name)
    return data


def _declared_single_byte(data: bytes) -> str:
    match = _DECLARED.match(data)
    declared = match[1].decode("ascii").lower() if match else ""
    try:
        known = codecs.lookup(declared).name if declared else ""
    except LookupError:
        known = ""
    return known if known.startswith(("iso8859", "cp125")) else "cp1252"


def _decoded(data: bytes, codec: str, name: str) -> bytes:
    try:
        return data.decode(codec).encode("utf-8")
    except UnicodeError as error:
        raise DamagedDocument(name, "Filens tegnsæt kan ikke læses.") from error


def _refuse_incomplete(text: bytes, name: str) -> None:
    if not text.strip():
        raise DamagedDocument(name, "Filen er tom.")
    head = text[:2000].lstrip()
    if head.lower().startswith((b"<!doctype html", b"<html")):
        raise DamagedDocument(name, "Filen er en hjemmeside (HTML), ikke LexDania-XML. Det kan være en »siden findes ikke«-side.", "linje 1")
    first = _FIRST_ELEMENT.search(text)
    if not head.startswith(b"<") or first is None:
        raise DamagedDocument(name, "Filen er ikke XML.", "linje 1")
    tag = first[1].decode("utf-8")
    if tag.rpartition(":")[2] not in _ROOTS:
        raise DamagedDocument(name, f"Filen er ikke LexDania-XML: det første element er <{tag}>.", _line_of(text, first.start()))
    if not _END.search(text, max(0, len(text.rstrip()) - 200)):
        raise DamagedDocument(name, "Filen er ikke hel: den ender ikke med </Dokument>.", _line_of(text, len(text.rstrip())))


def _root_of(root: etree._Element, name: str) -> etree._Element:
    """The element that holds Meta and text; tags lose their namespace, since only the root's name tells the newer variant apart."""
    if root.nsmap or any("{" in str(element.tag) for element in root.iter()):
        for element in root.iter():
            element.tag = str(element.tag).rpartition("}")[2]
    if root.tag not in _ROOTS:
        raise DamagedDocument(name, f"Filen er ikke LexDania-XML: det første element er <{root.tag!s}>.", "linje 1")
    inner = root.find("Dokument") if root.tag == "LexDaniaDokument" else None
    return root if inner is None else inner


def _line_of(data: bytes, position: int) -> str:
    return f"linje {data.count(10, 0, position) + 1}"
