"""The text of one section as it is compared: its words without footnotes and without its own number, and the heading it stands under.

Made from a :class:`~vidensplatform.law.model.Version` or from the nodes that the store gives back, so that both compare alike. Two renderings
of the same act must give the same words (measured on ``data/chains`` against ``data/current``): a footnote that a poorer rendering has put
into the text ("… 7) Se note 6.") is cut off, and where a line belongs in the tree does not count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from vidensplatform.law.model import Address, NodeKind, Part, Provision, Version
from vidensplatform.law.texthash import text_sha256

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_LOOKS = str.maketrans(
    dict.fromkeys("‐‑‒–—−", "-") | dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‘’‚‛′´`", "'") | dict.fromkeys("\t\u00a0\u2007\u2009\u202f", " ")
)
_SPACES = re.compile(r" *(\n) *|  +")
_UNEVEN = re.compile("[" + "".join(map(chr, _LOOKS)) + "\u00ad\u200b-\u200f\u2060\ufeff]|[ (] |\n | [\n,.;:)!?]|^\\s|\\s$")
_SPACE_BEFORE = re.compile(r" +(?=[,.;:)!?])|(?<=\() +")
_NO_LETTER = re.compile(r"[\W_]+")
_NUMBER = r"\d+(?:\s?[a-zæøå](?![^\W\d_]))?"
_WITHOUT_TEXT = re.compile(
    rf"[.\s]*(?:(?:og\s+)?§{{1,2}}\s*{_NUMBER}(?:\s*(?:-|og|,)\s*{_NUMBER})*\s*\.?\s*)?[(\s]*(?P<why>ophævet|ophæves(?=\)\.?\s*$)|bortfaldet|udgået|udeladt|udelades)\b.{{0,80}}",
    re.IGNORECASE | re.DOTALL,
)
_RANGE = re.compile(rf"§{{1,2}}\s*{_NUMBER}\s*(?:-|–|og)\s*(?P<last>{_NUMBER})", re.IGNORECASE)
_LAST_LETTERS = str.maketrans("æøå", "{|}")
_LEFT_OUT = ("udeladt", "udelades")
_NOTE = re.compile(r"(?:(?<=[.,;])|(?<= og)|(?<=\w ,)|(?<=\w \.)) (?P<number>\d{1,2})\) (?=[A-ZÆØÅ§])")
_NOTE_MARK = re.compile(r"(?<=[^\W\d_]{4})\d{1,2}\)(?=[\s,.;:]|$)")
_ITEM = re.compile(r"(?<![\d§.] )(?<!\w)\d{1,2}\) (?!$)")


class TextNode(Protocol):
    """What is read of a node: :class:`~vidensplatform.law.model.Provision` and the store's node both have it."""

    @property
    def kind(self) -> NodeKind: ...  # noqa: D102
    @property
    def address(self) -> Address: ...  # noqa: D102
    @property
    def marker(self) -> str: ...  # noqa: D102
    @property
    def heading(self) -> str: ...  # noqa: D102
    @property
    def text(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class SectionText:
    """A section as it is compared.

    ``section`` is its number ("82a"), ``through`` the last one where one line stands for several ("§§ 22-29. (Ophævet)"). ``text`` holds its
    words, a line a node, with the markers of subsections and items but without its own marker, headings and footnotes. ``headings`` are
    those it stands under, outermost first, its own last. ``subsections`` are (number, words without the marker), in order.
    """

    section: str
    text: str
    headings: tuple[str, ...] = ()
    subsections: tuple[tuple[str, str], ...] = ()
    through: str | None = None

    @property
    def heading(self) -> str:
        """The nearest heading, "" where the text has none."""
        return self.headings[-1] if self.headings else ""

    @property
    def sha256(self) -> str:
        """The hash over the letters and digits of :attr:`text` (:func:`~vidensplatform.law.texthash.text_sha256`)."""
        return text_sha256(self.text)

    @property
    def gone(self) -> bool:
        """Whether only the number stands, "(Ophævet)": a section that is repealed."""
        found = _WITHOUT_TEXT.fullmatch(self.text.strip())
        return not self.text.strip() or (found is not None and found["why"].lower() not in _LEFT_OUT)

    @property
    def left_out(self) -> bool:
        """Whether the editor left the words out, "(Udelades)": it says nothing of the law. So are sections that amend other acts printed."""
        found = _WITHOUT_TEXT.fullmatch(self.text.strip())
        return found is not None and found["why"].lower() in _LEFT_OUT

    def covers(self, section: str) -> bool:
        """Whether this section, or the range that it stands for, holds the section with that number."""
        return self.section == section or (self.through is not None and order(self.section) <= order(section) <= order(self.through))


def order(section: str) -> tuple[int, str]:
    """What sections are sorted by: 82, 82 a, 82 b, 83. The alphabet's last letters are æ, ø, å, as in a list of sections."""
    letters = section.lstrip("0123456789")
    digits = section[: len(section) - len(letters)]
    return int(digits or 0), letters.translate(_LAST_LETTERS)


def plain(text: str) -> str:
    """``text`` with one form for what only looks different: spaces, hyphens, quotation marks, invisible characters. Lines are kept."""
    if _UNEVEN.search(text) is None and unicodedata.is_normalized("NFC", text):
        return text
    even = _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).translate(_LOOKS)
    return _SPACE_BEFORE.sub("", _SPACES.sub(lambda m: m[1] or " ", even)).strip()


def letters(text: str) -> str:
    """The letters and digits of ``text``, which are what :func:`~vidensplatform.law.texthash.text_sha256` hashes."""
    return _NO_LETTER.sub("", unicodedata.normalize("NFKC", text).casefold())


def without_notes(text: str) -> str:
    """A paragraph without the marks of footnotes ("ministeren1)") and without those that a poorer rendering put at its end: " 7) Se note 6.".

    A note follows a full stop or comma and begins with a capital or "§". The number of an item written in the line ("… følgende: 1) Enlige.
    2) Par.") is none: there the numbers begin earlier, after a colon.
    """
    if ")" not in text:
        return text
    text = _NOTE_MARK.sub("", text)
    note = _NOTE.search(text)
    if note is None or _ITEM.search(text[: note.start()]) is not None:
        return text
    return text[: note.start()].rstrip()


def section_text(nodes: Sequence[TextNode], headings: Sequence[str] = ()) -> SectionText:
    """The section whose nodes these are, itself first, in reading order (``Provision.walk()``, or the nodes of the store's ``ProvisionText``).

    ``headings`` are those above it, outermost first, without "Kapitel 5". Raises ValueError where the first node has no section number.
    """
    own = nodes[0]
    if own.address.section is None:
        raise ValueError(f"no section: {own.marker!r}")
    lines: list[str] = []
    parts: list[tuple[str, list[str]]] = []
    for node in nodes:
        if node.kind is NodeKind.FOOTNOTE:
            continue
        words = plain(without_notes(node.text))
        if node is not own:
            words = " ".join(p for p in (plain(node.heading), words) if p)
        if node.kind is NodeKind.SUBSECTION and node.address.subsection:
            parts.append((node.address.subsection, []))
        marker = "" if node is own else plain(node.marker)
        if parts and (inner := words if node.kind is NodeKind.SUBSECTION else " ".join(p for p in (marker, words) if p)):
            parts[-1][1].append(inner)
        if line := " ".join(p for p in (marker, words) if p):
            lines.append(line)
    subsections = tuple((number, "\n".join(inner)) for number, inner in parts)
    last = _RANGE.match(own.marker)
    through = "".join(last["last"].split()).lower() if last else None
    above = tuple(plain(heading) for heading in (*headings, own.heading) if heading)
    return SectionText(own.address.section, "\n".join(lines), above, subsections, through)


def sections_of(version: Version) -> list[SectionText]:
    """The sections of an act's own text, in order. Sections without a number that can be read, and parts quoted from other acts, are left out."""
    return list(_sections(version.provisions, ()))


def _sections(provisions: Iterable[Provision], headings: tuple[str, ...]) -> Iterator[SectionText]:
    between: tuple[str, ...] = ()
    for provision in provisions:
        if provision.part is not Part.BODY:
            continue
        if provision.kind is NodeKind.SECTION:
            if provision.address.section is not None:
                yield section_text(list(provision.walk()), (*headings, *between))
        elif provision.kind is NodeKind.HEADING:
            between = (provision.heading,)
        else:
            yield from _sections(provision.children, (*headings, provision.heading))
