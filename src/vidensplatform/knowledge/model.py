"""The shape of a card. Written by legal consultants in TOML, one card a file, the file's name is its id.

Unknown keys are refused, so that a misspelt key is told and not lost. All texts are Danish and in our own words.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from vidensplatform.law.model import Address

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2)]
PROVISION = re.compile(r"^[a-z0-9-]+/\d+[a-zæøå]*(?:/\d+[a-zæøå]*(?:/\d+[a-zæøå]*(?:/[a-zæøå])?)?)?$")


class Obligation(StrEnum):
    """Whether the municipality must, may, or first decides whether to use the provision at all."""

    MUST = "skal"
    MAY = "kan"
    VOLUNTARY = "frivillig"


class PracticeStatus(StrEnum):
    """Whether a principmeddelelse, statement or judgment still stands, as far as was read."""

    CURRENT = "gældende"
    HISTORIC = "historisk"
    UNKNOWN = "ukendt"


class TermKind(StrEnum):
    """What kind of word a term is."""

    EVERYDAY = "hverdagsord"
    ABBREVIATION = "forkortelse"
    SYNONYM = "synonym"
    MISSPELLING = "stavefejl"
    FALSE_FRIEND = "falsk ven"


class Card(BaseModel):
    """What all cards share."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    id: Id
    title: Words


class Checked(BaseModel):
    """Against which text a consultant read a provision: version, hash of the text, day."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: Annotated[str, StringConstraints(pattern=r"^lta/\d{4}/\d+$")]
    text_sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    on: date


class Basis(BaseModel):
    """A card's tie to a provision: ``serviceloven/110``, ``serviceloven/110/2``, ``aktivloven/13/4/2``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    provision: Annotated[str, StringConstraints(pattern=PROVISION.pattern)]
    checked: Checked | None = None
    note: str = ""

    @property
    def law(self) -> str:
        """The slug of the act."""
        return self.provision.split("/")[0]

    @property
    def address(self) -> Address:
        """Where in the act: section, subsection, number, letter."""
        parts = self.provision.split("/")[1:]
        return Address(*parts)


class PracticeLink(BaseModel):
    """A card's tie to a practice card."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Id


class Area(Card):
    """A need or field of life, by which options are grouped ("Et sted at bo"). ``words`` reveal it directly.

    ``ages`` are the youngest and oldest age in years it is about, where it is about an age at all.
    """

    question: str = ""
    words: tuple[Words, ...] = ()
    ages: tuple[int, int] | None = None


class Situation(Card):
    """A citizen's circumstances in everyday words.

    ``words`` are phrases that reveal it, as citizens and caseworkers say them; ``options`` stand in the order in which a good consultant would
    name them; ``ask`` are situations that often go along with it, asked about as "Har borgeren også …?"; ``question`` is that question
    when another situation asks for this one. ``urgent``: somebody may come to harm, or have nowhere to sleep or nothing to eat, today.
    """

    summary: Words
    areas: tuple[Id, ...] = Field(min_length=1)
    words: tuple[Words, ...] = Field(min_length=3)
    options: tuple[Id, ...] = Field(min_length=1)
    duties: tuple[Id, ...] = ()
    ask: tuple[Id, ...] = ()
    question: str = ""
    urgent: bool = False


class Option(Card):
    """One form of help: its legal basis, what has to be assessed, who decides, and what choosing it may cost the citizen."""

    summary: Words
    obligation: Obligation
    areas: tuple[Id, ...] = Field(min_length=1)
    words: tuple[Words, ...] = ()
    authority: Words
    conditions: tuple[Words, ...] = Field(min_length=1)
    documentation: tuple[Words, ...] = ()
    drawbacks: tuple[Words, ...] = ()
    if_refused: tuple[Id, ...] = ()
    adjacent: tuple[Id, ...] = ()
    complaint: Id | Literal[""] = ""
    no_complaint: str = ""
    contested: str = ""
    volatile: str = ""
    urgent: bool = False
    basis: tuple[Basis, ...] = Field(min_length=1)
    practice: tuple[PracticeLink, ...] = ()


class Deadline(BaseModel):
    """A time limit: how long, what starts it, whether it stands in the law or the municipality sets it, and where it stands."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    length: Words
    start: Words
    kind: Literal["lovbestemt", "lokal"]
    source: Annotated[str, StringConstraints(pattern=PROVISION.pattern)]


class Duty(Card):
    """A procedural duty: what the authority has to do, how, and within what time. ``always``: goes with every situation."""

    summary: Words
    areas: tuple[Id, ...] = ()
    words: tuple[Words, ...] = ()
    authority: str = ""
    steps: tuple[Words, ...] = ()
    faults: tuple[Words, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    always: bool = False
    adjacent: tuple[Id, ...] = ()
    contested: str = ""
    volatile: str = ""
    basis: tuple[Basis, ...] = Field(min_length=1)
    practice: tuple[PracticeLink, ...] = ()


class Practice(Card):
    """A principmeddelelse, ombudsman statement or judgment whose number and holding somebody read; ``read_in`` says where."""

    kind: Literal["principmeddelelse", "ombudsmandsudtalelse", "dom"]
    label: Words
    holding: Words
    status: PracticeStatus
    read_in: Words
    replaces: tuple[Words, ...] = ()
    replaced_by: str = ""
    words: tuple[Words, ...] = ()
    provisions: tuple[Annotated[str, StringConstraints(pattern=PROVISION.pattern)], ...] = ()


class Term(BaseModel):
    """An everyday word, abbreviation or misspelling and what it stands for.

    ``legal`` are the words of the law, added to the search; ``options``, ``duties``, ``situations`` are cards it points at;
    ``not_to_be_confused`` with ``note`` marks a false friend.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    word: Words
    kind: TermKind = TermKind.EVERYDAY
    also: tuple[Words, ...] = ()
    legal: tuple[Words, ...] = ()
    situations: tuple[Id, ...] = ()
    options: tuple[Id, ...] = ()
    duties: tuple[Id, ...] = ()
    not_to_be_confused: tuple[Words, ...] = ()
    note: str = ""

    @field_validator("note")
    @classmethod
    def _one_line(cls, note: str) -> str:
        return " ".join(note.split())

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Term:
        if not (self.legal or self.situations or self.options or self.duties):
            raise ValueError(f"ordet »{self.word}« fører ingen steder hen: giv legal, situations, options eller duties")
        return self


class Moved(BaseModel):
    """Law that moved: where people still look, where it stands now, since when. ``words`` are what they still call it."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    old: Annotated[str, StringConstraints(pattern=PROVISION.pattern)]
    new: tuple[Annotated[str, StringConstraints(pattern=PROVISION.pattern)], ...] = Field(min_length=1)
    on: date
    note: str = ""
    words: tuple[Words, ...] = ()


class Synonyms(BaseModel):
    """Groups of everyday words that can change places in a story. A phrase of a card with one of them is heard, more faintly, in the others."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    groups: tuple[Annotated[tuple[Words, ...], Field(min_length=2)], ...] = ()
