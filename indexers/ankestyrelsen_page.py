"""A principmeddelelse as it lies in its source, before anything is concluded from it: on a page of ast.dk, or in a record of a collection of them.

The page's shape as known (the page on sources, section 2): the text in ``div.rich-text`` boxes with a heading above each, the metadata as pairs of
label and value, and labels that name laws, keywords, status and authority. The boxes' headings and order are the named parts of the decision.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from lxml import etree

from indexers.fetch_errors import LayoutChanged
from indexers.markup import HEADINGS, Block, blocks, classes, has_class, open_page, words_of

HOLDING: Final = "Principmeddelelsen fastslår"
CASE: Final = "Den konkrete sag"
BACKGROUND: Final = "Baggrund for at offentliggøre"
RULES: Final = "Reglerne"
DECISION: Final = "Den konkrete afgørelse"
REISSUE: Final = "Genudgivelse"

_NAMES: Final = (
    (re.compile(r"principmeddelelsen fastslår|principafgørelsen fastslår|resumé", re.IGNORECASE), HOLDING),
    (re.compile(r"den konkrete sag|de konkrete sager", re.IGNORECASE), CASE),
    (re.compile(r"baggrund(?:en)? for(?: at offentliggøre)?\b.*|formål", re.IGNORECASE), BACKGROUND),
    (re.compile(r"reglerne|lovgrundlag", re.IGNORECASE), RULES),
    (re.compile(r"den konkrete afgørelse|de konkrete afgørelser|afgørelsen", re.IGNORECASE), DECISION),
)
METADATA: Final = ("Dato for underskrift", "Offentliggørelsesdato", "Paragraf", "Journalnummer")

_LABEL_CLASS = re.compile(
    r"(?:^|[-_])(?:label|labels|tag|tags|badge|badges|keyword|keywords|emneord|kategori|kategorier|category|categories)(?:[-_]|$)"
)
_FOOTER = re.compile(r"Ankestyrelsen Teglholmsgade|EAN:|CVR:|Telefon:|Er du bekymret for")
_REISSUE = re.compile(r"Princip(?:meddelelsen|afgørelsen) er (?:tidligere offentliggjort|genudgivet)", re.IGNORECASE)
_SUBHEADING = (
    r"Love og bekendtgørelser|Praksis|Resultatet er:|Begrundelse for afgørelsen|Sådan vurderer vi sagen|Hvad er afgørende for resultatet"
    r"|Hvad skal (?:kommunen|Udbetaling Danmark) gøre|Om reglerne|Oplysninger i sagen|Bemærkninger til klagen|Mødebehandling"
    r"|Sag (?:nr\. \d+, )?j\. ?nr\. \d\d-\d+"
)
_IN_LINE = re.compile(
    rf"(?:(?<=^)|(?<=[.:)?!»”] ))({_SUBHEADING})(?= [A-ZÆØÅ§0-9])"
    r"|(?<= )(Praksis)(?= (?:Gældende|Kasserede|Brugte?|Anvendte?|Følgende|Ankestyrelsen)\b)"
)
_PART_IN_LINE = re.compile(r"(?:(?<=^)|(?<=[.:)?!»”] ))(Principmeddelelsen fastslår|Den konkrete sag|De konkrete sager)(?= [A-ZÆØÅ])")


@dataclass(slots=True)
class Section:
    """Some paragraphs under a heading of their own ("" where they have none)."""

    heading: str = ""
    paragraphs: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Named:
    """A named part of a decision. ``name`` is one of the five known ones, "Genudgivelse", or ""; ``heading`` is what the source calls it."""

    name: str
    sections: list[Section] = field(default_factory=list)
    heading: str = ""

    @property
    def words(self) -> str:
        """All its words on one line."""
        return " ".join(words for section in self.sections for words in (section.heading, *section.paragraphs) if words)


@dataclass(slots=True)
class Sheet:
    """What the source gives: title, metadata by label, labels, and the named parts in order."""

    title: str
    url: str
    metadata: dict[str, str]
    labels: tuple[str, ...]
    parts: list[Named]


def name_of_part(heading: str) -> str | None:
    """The known name that a heading stands for, or None."""
    folded = heading.strip(" :.")
    return next((name for pattern, name in _NAMES if pattern.fullmatch(folded)), None)


# ---- a page


def read_page(data: bytes, url: str) -> Sheet:
    """The sheet on a page of ast.dk. Raises :class:`LayoutChanged` where it has no title or no text box."""
    root = open_page(data, url)
    main = next(iter(root.iter("main")), None)
    if main is None:
        main = root.find("body")
    if main is None:
        raise LayoutChanged(url, "Siden har intet indhold.")
    title = next((words_of(e) for e in main.iter("h1")), "")
    if not title:
        raise LayoutChanged(url, "Siden har ingen overskrift (h1).")
    boxes = [(heading, box) for heading, box in _boxes(main) if not _FOOTER.match(words_of(box))]
    if not any(words_of(box) for _, box in boxes):
        raise LayoutChanged(url, "Siden har ingen tekstbokse (div.rich-text), eller de er tomme.")
    parts: list[Named] = []
    for heading, box in boxes:
        _add_box(parts, heading, list(blocks(box)))
    return Sheet(title, url, _metadata(main), tuple(dict.fromkeys(_labels(main))), [part for part in parts if part.words])


def _boxes(main: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Each outermost text box with the last heading or button above it."""
    heading = ""
    inside: list[etree._Element] = []
    for element in main.iter():
        if not isinstance(element.tag, str) or any(box in inside for box in element.iterancestors()):
            continue
        if any(str(a.tag) in ("footer", "nav", "aside") for a in element.iterancestors()):
            continue
        if has_class(element, "rich-text"):
            inside.append(element)
            yield heading, element
            heading = ""
        elif element.tag in HEADINGS - {"h1"} or element.tag in ("summary", "button"):
            words = words_of(element)
            heading = words if name_of_part(words) or not heading else heading


def _add_box(parts: list[Named], heading: str, found: Sequence[Block]) -> None:
    """A box's paragraphs, under the part that its heading names, or that its own headings name."""
    name = name_of_part(heading)
    if not name and found and _REISSUE.match(found[0].words):
        name = REISSUE
    parts.append(Named(name or "", [Section("" if name else heading)], heading if name else ""))
    for block in found:
        inner = name_of_part(block.words) if block.tag in HEADINGS or _is_bold(block) else None
        if inner is not None and inner == parts[-1].name and not parts[-1].words:
            continue  # the box repeats its heading
        if inner is not None and (block.tag in HEADINGS or inner != parts[-1].name):
            parts.append(Named(inner, [Section()], block.words))
        elif block.tag in HEADINGS or (_is_bold(block) and len(block.words) < 120):
            parts[-1].sections.append(Section(block.words))
        else:
            parts[-1].sections[-1].paragraphs.append(block.words)


def _is_bold(block: Block) -> bool:
    element = block.element
    bold = [child for child in element if str(child.tag) in ("b", "strong")]
    return len(bold) == 1 and len(element) == 1 and not (element.text or "").strip() and not (bold[0].tail or "").strip()


def _metadata(main: etree._Element) -> dict[str, str]:
    """Values by label: "Paragraf" in one element and its value in the next, or both in one."""
    lines = [line for block in _outside_boxes(main) for row in block.lines for line in row.split("\t") if line]
    found: dict[str, str] = {}
    for at, line in enumerate(lines):
        label = next((label for label in METADATA if line.casefold().startswith(label.casefold())), None)
        if label is None or label in found:
            continue
        rest = line[len(label) :]
        if rest and rest[0] not in ": ":
            continue  # "Paragraffer i spil" is another word
        value = rest.strip(" :")
        if not value and at + 1 < len(lines) and not any(lines[at + 1].casefold().startswith(other.casefold()) for other in METADATA):
            value = lines[at + 1]
        found[label] = value
    return found


def _outside_boxes(main: etree._Element) -> Iterator[Block]:
    for block in blocks(main):
        if not has_class(block.element, "rich-text") and not any(has_class(a, "rich-text") for a in block.element.iterancestors()):
            yield block


def _labels(main: etree._Element) -> Iterator[str]:
    """The words of the innermost elements that are set as labels, by their class or that of the list they stand in."""
    for element in main.iter("a", "li", "span", "p", "div"):
        if len(element) and any(str(child.tag) in ("a", "li", "span", "p", "div") for child in element):
            continue
        near = [element, *list(element.iterancestors())[:3]]
        if any(_LABEL_CLASS.search(name) for e in near for name in classes(e)) and not any(has_class(e, "rich-text") for e in near):
            words = words_of(element).strip(" ,")
            if words and len(words) < 150 and not words.endswith(":"):
                yield words


# ---- a record


def read_record(data: bytes, name: str) -> Sheet:
    """The sheet in a JSON record (text flattened, boxes apart by an empty line). Raises :class:`LayoutChanged` for any other JSON."""
    try:
        record: Any = json.loads(data)
    except ValueError as error:
        raise LayoutChanged(name, "Filen er ikke JSON.") from error
    if not isinstance(record, dict) or record.get("_source") != "DK/Ankestyrelsen" or not isinstance(record.get("text"), str):
        raise LayoutChanged(name, "Filen er ikke en post fra Ankestyrelsens samling.")
    metadata = {"Journalnummer": record.get("journal_number"), "Paragraf": record.get("paragraph"), "Dato for underskrift": _own_date(record)}
    parts: list[Named] = []
    for text in record["text"].split("\n\n"):
        if _FOOTER.match(text):
            break  # from here on it is the foot of the page
        _add_text(parts, " ".join(text.split()))
    if not parts:
        raise LayoutChanged(name, "Posten har ingen tekst.")
    labels = tuple(str(label) for label in record.get("categories") or () if label)
    return Sheet(str(record.get("title") or ""), str(record.get("url") or name), {k: str(v) for k, v in metadata.items() if v}, labels, parts)


def _own_date(record: dict[str, Any]) -> str | None:
    """The record's date, unless it is the first of January of the year in its address: that is what the collection puts where it found none.

    It is the date of signature where both are known to differ (28-24 was signed in December 2024 and published in 2025).
    """
    text = str(record.get("date") or "")
    return None if text == f"{record.get('year')}-01-01" else text


def _add_text(parts: list[Named], text: str) -> None:
    if _REISSUE.match(text):
        parts.append(Named(REISSUE, [Section("", [text])]))
        return
    pieces = _PART_IN_LINE.split(text)
    pieces = [_name_by_beginning(parts, text), *pieces] if pieces[0].strip() else pieces[1:]
    for heading, words in zip(pieces[::2], pieces[1::2], strict=True):
        name = name_of_part(heading) or heading
        if parts and parts[-1].name == name and name == HOLDING:  # "Principmeddelelsen fastslår Principmeddelelsen fastslår, at …"
            parts[-1].sections[-1].paragraphs.append(f"{heading} {words.strip()}")
        elif words.strip():
            parts.append(Named(name, _sections(words.strip().removeprefix(f"{name} ")), heading))


def _name_by_beginning(parts: Sequence[Named], text: str) -> str:
    """The part that a box without heading is: the boxes come in a fixed order, and the rules begin with their own words."""
    if text.startswith("Love og bekendtgørelser"):
        return RULES
    if text.startswith(DECISION) or any(part.name == RULES for part in parts):
        return DECISION
    return BACKGROUND


def _sections(text: str) -> list[Section]:
    """The text at the subheadings that such decisions have, where they stand like one: after the end of a sentence, before a capital."""
    found: list[Section] = []
    heading, at = "", 0
    for match in [*_IN_LINE.finditer(text), None]:
        words = text[at : match.start() if match else len(text)].strip()
        if words or heading:
            found.append(Section(heading, [words] if words else []))
        if match:
            heading, at = match[0], match.end()
    return found
