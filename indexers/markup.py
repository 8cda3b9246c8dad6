"""Web pages of the sources: from untrusted bytes to a tree, and from the tree to blocks of words in reading order.

Pages declare encodings they do not have, so the bytes decide: what is valid UTF-8 is UTF-8. Scripts, styles and forms are no text.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from indexers.fetch_errors import LayoutChanged, WrongContent
from indexers.fetched import Fetched
from indexers.retsinformation.lexdania_words import tidy

MAX_BYTES: Final = 32 * 1024 * 1024

_DECLARED = re.compile(rb"""<meta[^>]{1,200}?charset\s*=\s*["']?\s*([\w.-]+)""", re.IGNORECASE)
_TWICE_ENCODED = re.compile("Ã[¦¸¥†˜…]")
_DANISH = re.compile("[æøåÆØÅ]")

_BREAK = "\x1e"
"""What stands for a ``<br>`` while words are gathered: white space that no page has."""

_SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "head", "select", "option", "button", "input", "textarea", "svg", "iframe", "object", "nav"}
)
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figure", "footer"}
    | {"form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "ol", "p", "pre", "section", "summary", "table"}
    | {"tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
)
HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, table or rule of a page: its tag, its classes (lower case), its words, and the lines they were broken into."""

    tag: str
    classes: tuple[str, ...]
    lines: tuple[str, ...]
    element: etree._Element

    @property
    def words(self) -> str:
        """All its words on one line; of a table, a line a row and a tab between cells."""
        return ("\n" if self.tag == "table" else " ").join(self.lines)


def is_whole_page(fetched: Fetched) -> None:
    """Raises :class:`WrongContent` for a page that breaks off before its end."""
    body = fetched.body.rstrip().lower()
    if re.match(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html)", body) and not body.endswith(b"</html>"):
        raise WrongContent(fetched.url, "Siden er ikke hel.")
    if not body:
        raise WrongContent(fetched.url, "Siden er tom.")


def open_page(data: bytes, name: str) -> etree._Element:
    """The root element of a page. Raises :class:`LayoutChanged` for what is no page, or has had its letters broken on the way."""
    if len(data) > MAX_BYTES:
        raise LayoutChanged(name, f"Siden er større end {MAX_BYTES // (1024 * 1024)} MiB og læses ikke.")
    text = _as_text(data)
    if not text.strip() or "<" not in text:
        raise LayoutChanged(name, "Siden er tom eller er ikke en hjemmeside.")
    if len(_TWICE_ENCODED.findall(text)) > len(_DANISH.findall(text)):
        raise LayoutChanged(name, "Sidens æ, ø og å er ødelagt (tegnsættet er lavet om to gange).")
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(re.sub(r"\A\s*<\?xml[^>]*\?>", "", text), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise LayoutChanged(name, "Siden kan ikke læses som hjemmeside.") from error
    if root is None:
        raise LayoutChanged(name, "Siden er tom.")
    return root


def _as_text(data: bytes) -> str:
    for bom, codec in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(bom):
            return data[len(bom) :].decode(codec, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        declared = _DECLARED.search(data[:4096])
        name = declared[1].decode("ascii").lower() if declared else ""
        try:
            known = codecs.lookup(name).name if name else ""
        except LookupError:
            known = ""
        return data.decode(known if known.startswith(("iso8859", "cp125")) and known != "iso8859-1" else "cp1252", "replace")


def classes(element: etree._Element) -> tuple[str, ...]:
    """The element's classes, lower case."""
    return tuple((element.get("class") or "").lower().split())


def has_class(element: etree._Element, *names: str) -> bool:
    """Whether one of the element's classes is one of these."""
    return not set(names).isdisjoint(classes(element))


def words_of(element: etree._Element) -> str:
    """All words of an element on one line; line breaks and blocks separate words, other tags do not."""
    return tidy(_raw(element))


def _raw(element: etree._Element) -> str:
    pieces = [element.text or ""]
    for child in element:
        tag = str(child.tag)
        if tag in _SKIPPED:
            pieces.append(" ")
        elif tag == "br":
            pieces.append(_BREAK)
        elif tag in _BLOCKS:
            pieces.append(f" {_raw(child)} ")
        else:
            pieces.append(_raw(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def blocks(element: etree._Element) -> Iterator[Block]:
    """The blocks of an element in reading order; every word of it is in exactly one of them."""
    tag = str(element.tag)
    if tag in _SKIPPED:
        return
    if tag == "table" and not _arranges(element):
        rows = tuple(row for row in map(_row, element.iter("caption", "tr")) if row.strip())
        if rows:
            yield Block("table", classes(element), rows, element)
        return
    loose: list[str] = [element.text or ""]
    for child in element:
        inner = str(child.tag)
        if inner == "hr":
            yield from _flushed(element, loose)
            yield Block("hr", classes(child), (), child)
        elif inner == "br":
            loose.append(_BREAK)
        elif inner in _BLOCKS or _holds_blocks(child):
            yield from _flushed(element, loose)
            yield from blocks(child)
        elif inner not in _SKIPPED:
            loose.append(_raw(child))
        loose.append(child.tail or "")
    yield from _flushed(element, loose)


def _flushed(element: etree._Element, loose: list[str]) -> Iterator[Block]:
    """The words read so far as a block of the element that they lie in. A line break in the source is a space, a ``<br>`` a new line."""
    lines = tuple(line for line in map(tidy, "".join(loose).split(_BREAK)) if line)
    loose.clear()
    if lines:
        yield Block(str(element.tag), classes(element), lines, element)


def _row(element: etree._Element) -> str:
    if str(element.tag) == "caption":
        return words_of(element)
    return "\t".join(words_of(cell) for cell in element if str(cell.tag) in ("td", "th")).rstrip()


def _holds_blocks(element: etree._Element) -> bool:
    return any(str(inner.tag) in _BLOCKS for inner in element.iter() if inner is not element)


def _arranges(table: etree._Element) -> bool:
    """Whether a table only arranges the page: it holds another table, or paragraphs that are sections of a text."""
    if table.find(".//table") is not None:
        return True
    return any(words_of(cell).startswith("§") and len(words_of(cell)) > 200 for cell in table.iter("td"))
