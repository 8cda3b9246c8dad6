"""What ``corpus/sources.toml`` says: which sources are read, how often, how gently, from where, and what of them.

The file is written by legal consultants and IT. Every fault in it is told with file and place, all of them at once; a file with a fault is not used.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import time as clock_time
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, field_validator, model_validator

from indexers.pace import PACES, Hours, Pace
from indexers.retsinformation.elis import COLLECTIONS
from indexers.retsinformation.feeds import REST_DAYS
from indexers.retsinformation.links import Belonging
from vidensplatform.errors import CardError

FILE: Final = "sources.toml"
BELONGING: Final = {"regler": Belonging.ISSUED_UNDER, "ombudsmand": Belonging.OMBUDSMAN, "afgørelser": Belonging.DECISIONS}

_LINE = re.compile(r"at line (\d+)")
_STRICT = ConfigDict(extra="forbid", strict=True, frozen=True)
Eli = Annotated[str, StringConstraints(pattern=r"^[a-z]+(?:/\d{4})?/[0-9A-ZÆØÅ-]+$")]


class Sender(BaseModel):
    """Who asks: the municipality's own address, sent along in the User-Agent."""

    model_config = _STRICT

    contact: Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]*$", max_length=200)] = ""


class Host(BaseModel):
    """One host of a source: where it answers, and how gently it is asked."""

    model_config = _STRICT

    base: str
    seconds: Annotated[float, Field(gt=0, le=3600, strict=False)]
    opens: clock_time | None = None
    closes: clock_time | None = None

    @field_validator("base")
    @classmethod
    def _is_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
            raise ValueError(f"»{value}« er ikke en adresse som https://www.eksempel.dk")
        return value.rstrip("/")

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> Host:
        if (self.opens is None) != (self.closes is None):
            raise ValueError("opens og closes hører sammen")
        if self.opens is not None and self.closes is not None and self.opens >= self.closes:
            raise ValueError("opens skal ligge før closes samme dag")
        return self

    @property
    def pace(self) -> Pace:
        """How the host is asked."""
        hours = Hours(self.opens, self.closes) if self.opens is not None and self.closes is not None else None
        return Pace(self.seconds, hours)


class SourceSettings(BaseModel):
    """What all sources have."""

    model_config = _STRICT

    enabled: bool = True
    every_hours: Annotated[int, Field(ge=1, le=24 * 366)]
    hosts: dict[str, Host]

    @field_validator("hosts")
    @classmethod
    def _known_and_gentle(cls, value: dict[str, Host]) -> dict[str, Host]:
        for name, host in value.items():
            if name not in PACES:
                raise ValueError(f"værten »{name}« kendes ikke (kendte: {', '.join(sorted(PACES))})")
            if host.seconds < PACES[name].interval:
                raise ValueError(f"{name} må ikke spørges oftere end hvert {PACES[name].interval:g}. sekund")
        return value


class RetsinformationSettings(SourceSettings):
    """What is wanted of Retsinformation beside the acts of ``laws.toml``."""

    collections: Annotated[tuple[str, ...], Field(strict=False)] = ()
    documents: Annotated[tuple[Eli, ...], Field(strict=False)] = ()
    belonging: Annotated[tuple[Literal["regler", "ombudsmand", "afgørelser"], ...], Field(strict=False)] = ("regler",)
    cross_check_days: Annotated[int, Field(ge=0, le=REST_DAYS)] = 2

    @field_validator("collections")
    @classmethod
    def _known(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for name in value:
            if name not in COLLECTIONS:
                raise ValueError(f"samlingen »{name}« kendes ikke (kendte: {', '.join(sorted(COLLECTIONS))})")
        return value


class AnkestyrelsenSettings(SourceSettings):
    """What is wanted of Ankestyrelsen: decisions published in ``since`` or later, or all."""

    since: Annotated[int, Field(ge=1980, le=2100)] | None = None


class SourcesFile(BaseModel):
    """The whole file."""

    model_config = _STRICT

    afsender: Sender = Sender()
    retsinformation: RetsinformationSettings
    ankestyrelsen: AnkestyrelsenSettings
    ombudsmanden: SourceSettings
    folketinget: SourceSettings
    domsdatabasen: SourceSettings

    @property
    def sources(self) -> Mapping[str, SourceSettings]:
        """The settings of every source by name, in the order in which they are read."""
        return {
            "retsinformation": self.retsinformation,
            "ankestyrelsen": self.ankestyrelsen,
            "ombudsmanden": self.ombudsmanden,
            "folketinget": self.folketinget,
            "domsdatabasen": self.domsdatabasen,
        }

    @property
    def paces(self) -> Mapping[str, Pace]:
        """How gently each host is asked: as the file says, and as the program itself does where it says nothing."""
        return {**PACES, **{name: host.pace for settings in self.sources.values() for name, host in settings.hosts.items()}}

    @property
    def mirrors(self) -> Mapping[str, str]:
        """Where hosts are really asked, for those whose ``base`` is another address than their own."""
        hosts = {name: host.base for settings in self.sources.values() for name, host in settings.hosts.items()}
        return {name: base for name, base in hosts.items() if base != f"https://{name}"}


def own_or_given(home: Path, corpus: Path) -> Path:
    """The folder whose ``sources.toml`` counts: the user's own beside the library, else the one that came with the program."""
    return home if (home / FILE).is_file() else corpus


def load_sources(folder: Path) -> SourcesFile:
    """The settings in ``folder``. Raises :class:`CardError` for the first fault, its message naming them all."""
    path = folder / FILE
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CardError(FILE, "filen mangler; uden den vides det ikke, hvor der må hentes fra", action="Installér programmet igen.") from None
    except tomllib.TOMLDecodeError as error:
        found = _LINE.search(str(error))
        raise CardError(FILE, f"kan ikke læses som TOML: {error}", f"linje {found[1]}" if found else "") from error
    except UnicodeDecodeError as error:
        raise CardError(FILE, f"er ikke gemt som UTF-8 (byte {error.start})") from error
    faults = faults_of(table)
    if faults:
        (place, reason), *others = faults
        more = "".join(f"; {place}: {reason}" for place, reason in others)
        raise CardError(FILE, reason + more, place, "Ret filen.")
    return SourcesFile.model_validate(table)


def faults_of(table: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(place, what is wrong) for every fault of the file's content."""
    try:
        SourcesFile.model_validate(table)
    except ValidationError as error:
        return [(_place(fault["loc"]), _in_danish(fault["type"], fault["msg"])) for fault in error.errors()]
    return []


def _place(location: tuple[int | str, ...]) -> str:
    first, *rest = location or ("",)
    return " ".join((f"[{first}]", " → ".join(map(str, rest)))).strip()


def _in_danish(kind: str, message: str) -> str:
    """What pydantic found, in the words of those who write the file; unknown kinds keep pydantic's own."""
    known = {
        "missing": "nøglen mangler",
        "extra_forbidden": "ukendt nøgle (stavefejl?)",
        "string_type": "skal være tekst i anførselstegn",
        "bool_type": "skal være true eller false",
        "int_type": "skal være et helt tal",
        "tuple_type": "skal være en liste",
        "time_type": "skal være et klokkeslæt som 03:00:00",
        "string_pattern_mismatch": "har en forkert form",
        "literal_error": "er ikke en af de tilladte værdier (regler, ombudsmand, afgørelser)",
    }
    if kind in known:
        return known[kind]
    if kind in ("greater_than", "greater_than_equal", "less_than", "less_than_equal"):
        return f"er uden for det tilladte ({message.removeprefix('Input should be ')})"
    return message.removeprefix("Value error, ")
