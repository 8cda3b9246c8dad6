"""Works, versions and provisions: immutable values, the shape that every parser produces and the store keeps.

A :class:`Work` is an act or other document as such (ELI's work level), a :class:`Version` is one text of it, e.g. LBK 1129/2025, and a
:class:`Provision` is a node in that text's tree. Reading the tree in order, ``marker``, ``heading``, ``text`` and then the children, gives every
word of the document back, in the order in which it was written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum


class DocumentKind(StrEnum):
    """What a document is. The value is what the program shows."""

    ACT = "lov"
    CONSOLIDATED_ACT = "lovbekendtgørelse"
    AMENDING_ACT = "ændringslov"
    ORDER = "bekendtgørelse"
    CIRCULAR = "cirkulære"
    GUIDELINE = "vejledning"
    DECISION = "principmeddelelse"
    STATEMENT = "ombudsmandsudtalelse"
    BILL = "lovforslag"
    OTHER = "andet dokument"

    @property
    def family(self) -> str:
        """The kind as readers name it: an act is "lov" whether consolidated or not."""
        return "lov" if self is DocumentKind.CONSOLIDATED_ACT else self.value

    @classmethod
    def of_family(cls, name: str) -> frozenset[DocumentKind]:
        """The kinds that readers call by this name; empty for a name that none has."""
        return frozenset(kind for kind in cls if name in (kind.family, kind.value))


class Status(StrEnum):
    """Whether a text is in force, as far as its source says. Dates of submission say nothing about it."""

    VALID = "gældende"
    HISTORIC = "historisk"
    UNKNOWN = "ukendt"


class Part(StrEnum):
    """Which part of a document a provision lies in. Only BODY holds the document's own sections."""

    TITLE = "titel"
    PREAMBLE = "indledning"
    BODY = "tekst"
    COMMENCEMENT = "ikrafttræden"
    AMENDMENT = "ændring"
    SIGNATURE = "underskrift"
    ANNEX = "bilag"


class NodeKind(StrEnum):
    """What a node of the text's tree is."""

    BOOK = "bog"
    DIVISION = "afsnit"
    CHAPTER = "kapitel"
    GROUP = "paragrafgruppe"
    SECTION = "paragraf"
    SUBSECTION = "stykke"
    NUMBER = "nummer"
    LETTER = "litra"
    ITEM = "punkt"
    TEXT = "tekst"
    HEADING = "overskrift"
    TABLE = "tabel"
    IMAGE = "billede"
    FOOTNOTE = "fodnote"
    AMENDING_SECTION = "ændringsparagraf"
    AMENDMENT = "ændringsnummer"
    NEW_TEXT = "ny tekst"
    ANNEX = "bilag"
    TITLE = "titel"
    PREAMBLE = "indledning"
    SIGNATURE = "underskrift"


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """Where a provision stands inside its act: section ``"82a"``, subsection ``"2"``, number ``"3"``, letter ``"b"``.

    Letters are lower case and glued on. ``None`` means: not that deep.
    """

    section: str | None = None
    subsection: str | None = None
    number: str | None = None
    letter: str | None = None

    @property
    def path(self) -> str:
        """``110/2/3``; numbers directly under a section without subsections keep their place: ``13d/1/3``."""
        return "/".join(p for p in (self.section, self.subsection, self.number, self.letter) if p)

    def covers(self, other: Address) -> bool:
        """Whether ``other`` is this address or lies inside it."""
        mine = (self.section, self.subsection, self.number, self.letter)
        theirs = (other.section, other.subsection, other.number, other.letter)
        return all(m is None or m == t for m, t in zip(mine, theirs, strict=True))

    def of_section(self) -> Address:
        """The address of the section that holds this provision."""
        return Address(section=self.section)


@dataclass(frozen=True, slots=True)
class Provision:
    """A node of the text: its own marker ("§ 110.", "Stk. 2.", "1)"), heading and text, and the nodes inside it."""

    kind: NodeKind
    part: Part = Part.BODY
    address: Address = field(default=Address())
    marker: str = ""
    heading: str = ""
    text: str = ""
    children: tuple[Provision, ...] = ()

    def walk(self) -> Iterator[Provision]:
        """This node and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def full_text(self, *, footnotes: bool = True) -> str:
        """All words of this node and those below it, one line a node.

        ``footnotes=False`` leaves footnotes out, as quotations and hashes do.
        """
        return "\n".join(
            line
            for node in self.walk()
            if footnotes or node.kind is not NodeKind.FOOTNOTE
            if (line := " ".join(p for p in (node.marker, node.heading, node.text) if p))
        )

    def find(self, address: Address) -> Provision | None:
        """The first node below (or at) this one with exactly that address."""
        return next((node for node in self.walk() if node.address == address), None)


@dataclass(frozen=True, slots=True, order=True)
class ActNumber:
    """An act by kind of promulgation, number and date, as texts cite it: "lov nr. 329 af 9. april 2024".

    ``kind`` is ``"lov"``, ``"lovbekendtgørelse"`` or ``"bekendtgørelse"``; ``signed`` may be unknown.
    """

    kind: str
    number: int
    signed: date | None = None
    year: int | None = None

    @property
    def eli(self) -> str | None:
        """``lta/2024/329``, or None where the year is unknown."""
        year = self.signed.year if self.signed else self.year
        return f"lta/{year}/{self.number}" if year else None


@dataclass(frozen=True, slots=True)
class Amendment:
    """An amending act as another act names it: which act, which of its sections, and what is said of its commencement."""

    act: ActNumber
    sections: tuple[str, ...] = ()
    title: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One text of a work, with what its source says of it.

    ``eli`` is ``lta/2025/1129``. ``base`` is the consolidated act that this text builds on, ``incorporated`` the amendments worked into it,
    ``not_incorporated`` those that its preamble says are not, ``later_amendments`` those its source lists as made since. ``metadata`` keeps every
    further field as (name, value), in the order of the source. ``historic_since`` is the source's historic mark. Dates the source does not
    give stay None: validity is never read from dates of submission.
    """

    eli: str
    kind: DocumentKind
    title: str
    accession: str = ""
    document_type: str = ""
    number: int | None = None
    year: int | None = None
    popular_title: str = ""
    short_name: str = ""
    signed: date | None = None
    published: date | None = None
    status: Status = Status.UNKNOWN
    historic_since: date | None = None
    ministry: str = ""
    base: ActNumber | None = None
    incorporated: tuple[Amendment, ...] = ()
    not_incorporated: tuple[Amendment, ...] = ()
    later_amendments: tuple[Amendment, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    provisions: tuple[Provision, ...] = ()

    def walk(self) -> Iterator[Provision]:
        """Every node of the text, in reading order."""
        for provision in self.provisions:
            yield from provision.walk()

    def section(self, section: str) -> Provision | None:
        """The act's own section (never one of its commencement part or of an amendment's new text)."""
        wanted = Address(section=section)
        return next((p for p in self.walk() if p.kind is NodeKind.SECTION and p.part is Part.BODY and p.address == wanted), None)

    def without_text(self) -> Version:
        """The same version without its provisions, for lists."""
        return replace(self, provisions=())


@dataclass(frozen=True, slots=True)
class Work:
    """An act or document as such. ``id`` is its slug where the registry names it, otherwise made from title or ELI."""

    id: str
    kind: DocumentKind
    title: str
    name: str = ""
