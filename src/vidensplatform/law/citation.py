"""What a reference in a text is once it has been read: a :class:`Citation`, and the :class:`Context` it was read in.

A citation says only what the text says. A bare "§ 85" has no law, and "lov om fonde" has words but no slug: nothing is guessed. What it
points at is found by :mod:`vidensplatform.law.references`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from vidensplatform.law.citation_format import act_label, place_label, practice_label
from vidensplatform.law.model import ActNumber, Address


class CitationKind(StrEnum):
    """What is cited. The value is what the program shows."""

    PROVISION = "bestemmelse"
    CHAPTER = "kapitel"
    ACT = "lov eller bekendtgørelse"
    PRACTICE = "praksis"


@dataclass(frozen=True, slots=True)
class Context:
    """Where the text being read stands, so that "stk. 2", "§ 5" and "denne lov" can be understood.

    ``law`` is the id of the act or order whose text it is. ``order`` says that it is an executive order, where "loven" means the act it is
    issued under: ``enabling``, or None where that is not known. (The registry's own orders are known to be orders without being told.)
    """

    law: str | None = None
    section: str | None = None
    subsection: str | None = None
    number: str | None = None
    order: bool = False
    enabling: str | None = None

    @classmethod
    def at(cls, law: str | None, address: Address, *, order: bool = False, enabling: str | None = None) -> Context:
        """The context of the provision at ``address`` in ``law``."""
        return cls(law, address.section, address.subsection, address.number, order, enabling)


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A reference as it stands in a text.

    ``text`` is the slice ``start:end`` of that text. The first member of a list begins with the law's name where that comes first, the last
    one ends with it where it comes last. ``law`` is the slug, or the context's id; ``law_words`` is the law as written ("servicelovens",
    "lov om fonde"), empty where only the context names it. ``sentence`` is ``"2"`` for "2. pkt." and ``"sidste"`` for the last.

    ``through`` is the end of a range, at the citation's deepest level (:attr:`level`): "§§ 20-24" is section 20 through 24, "stk. 1-3"
    subsection 1 through 3, "1.-3. pkt." sentence 1 through 3, "kapitel 4-6" chapter 4 through 6.

    ``act`` is the act by number: the one cited, or the one a provision is said to lie in. ``practice`` is a normalised id: ``pm-22-18``,
    ``fob-2018-31``, ``fob-2010-20-2``, ``u-2023-2221``. ``former`` says that the text speaks of an earlier law or wording ("den tidligere
    lov om", "dagældende"); such a citation has no ``law``, as today's sections are not the ones meant.
    """

    kind: CitationKind
    text: str
    start: int
    end: int
    law: str | None = None
    law_words: str = ""
    address: Address = field(default=Address())
    through: str | None = None
    sentence: str | None = None
    chapter: str | None = None
    act: ActNumber | None = None
    practice: str | None = None
    former: bool = False

    @property
    def level(self) -> str | None:
        """The deepest level named, which is the one ``through`` belongs to; None for acts and practice.

        One of ``chapter``, ``sentence``, ``letter``, ``number``, ``subsection`` and ``section``.
        """
        if self.chapter:
            return "chapter"
        if self.sentence:
            return "sentence"
        return next((name for name in ("letter", "number", "subsection", "section") if getattr(self.address, name)), None)

    @property
    def label(self) -> str:
        """The reference without its law: ``§ 110, stk. 2``, ``kapitel 11``, ``lov nr. 329 af 9. april 2024``, ``PM 22-18``."""
        if self.practice:
            return practice_label(self.practice)
        if self.kind is CitationKind.ACT and self.act:
            return act_label(self.act)
        return place_label(self.address, self.through, self.sentence, self.chapter)

    @property
    def meaning(self) -> tuple[object, ...]:
        """What is cited, without where and in which words: equal for "servicelovens § 85" and "SEL §85"."""
        return (self.kind, self.law, self.address, self.through, self.sentence, self.chapter, self.act, self.practice, self.former)
