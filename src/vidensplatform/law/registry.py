"""The registry of acts: from the many names of an act to its slug, and from its slug to the names shown.

Filled from ``corpus/laws.toml`` by :mod:`vidensplatform.knowledge.loading`; here it is a plain value, so that the citation grammar needs no files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

_CONSOLIDATED = re.compile(r"^(?:bekendtgørelse\s+af\s+)", re.IGNORECASE)
_TRANSLITERATION = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e", "ü": "u", "ö": "o", "ä": "a"})


def fold_name(name: str) -> str:
    """A name as it is compared: lower case, single spaces, no punctuation at its ends, no "bekendtgørelse af" before it."""
    folded = " ".join(name.replace("\u00a0", " ").split()).casefold().strip(" .,;:\"'»«“”")
    return _CONSOLIDATED.sub("", folded)


def slug_of_title(title: str) -> str:
    """A stable id made from a title, for works the registry does not name: ``lov-om-drift-af-landbrugsjorder``."""
    words = fold_name(title).translate(_TRANSLITERATION)
    return re.sub(r"[^a-z0-9]+", "-", words).strip("-")[:120]


def _genitive(name: str) -> str:
    return name + ("'" if name.endswith("s") else "s")


@dataclass(frozen=True, slots=True)
class Act:
    """One act of the registry. ``eli`` is the text that is current as far as the corpus knows, or None."""

    slug: str
    name: str
    title: str
    eli: str | None = None
    abbreviations: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    kind: str = "lov"

    @property
    def label(self) -> str:
        """The shortest name in use: the abbreviation, or the name."""
        return self.abbreviations[0] if self.abbreviations else self.name

    def names(self) -> Iterator[str]:
        """Every name the act is cited by, without genitives."""
        yield from (self.name, self.title, *self.abbreviations, *self.also)
        yield self.slug


@dataclass(frozen=True)
class Registry:
    """All acts by slug, and the look-up by any of their names."""

    acts: dict[str, Act] = field(default_factory=dict)

    @classmethod
    def of(cls, acts: Iterable[Act]) -> Registry:
        """A registry of these acts, in their order."""
        return cls({act.slug: act for act in acts})

    @cached_property
    def _by_name(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for act in self.acts.values():
            for name in act.names():
                folded = fold_name(name)
                for form in (folded, _genitive(folded)):
                    found.setdefault(form, act.slug)
        return found

    @cached_property
    def by_eli(self) -> dict[str, str]:
        """Slug by the ELI of the current text."""
        return {act.eli: act.slug for act in self.acts.values() if act.eli}

    def names(self) -> dict[str, str]:
        """Every folded name and its genitive -> slug, for the citation grammar."""
        return dict(self._by_name)

    def slug_for(self, name: str) -> str | None:
        """The slug of the act with that name, title, abbreviation or genitive ("servicelovens"), or None."""
        return self._by_name.get(fold_name(name))

    def act(self, slug: str) -> Act | None:
        """The act, or None where the registry does not name it."""
        return self.acts.get(slug)

    def label(self, slug: str) -> str:
        """What the act is called in a citation: ``SEL``; for works outside the registry the slug itself."""
        act = self.acts.get(slug)
        return act.label if act else slug

    def name(self, slug: str) -> str:
        """What the act is called in running text: ``serviceloven``."""
        act = self.acts.get(slug)
        return act.name if act else slug
