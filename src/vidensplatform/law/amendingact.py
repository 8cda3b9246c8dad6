"""An amending act as the instructions it holds: which act each of its sections changes, and which provisions its instructions touch.

Only for texts with the structure of LexDania (sections of amendments with numbered instructions). The normalised JSON of later amending acts
(``data/amending-acts-2019-2026-json``) does not allow it: it holds newly worded sections alone, without instruction, act or commencement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from vidensplatform.law.amendment import Action, Touch, touched
from vidensplatform.law.citation_grammar import read_act
from vidensplatform.law.citation_spans import ACT, CleanText
from vidensplatform.law.commencement import Commencement, read_commencement
from vidensplatform.law.model import ActNumber, Address, DocumentKind, NodeKind, Part, Provision, Version
from vidensplatform.law.registry import Registry

_VERB = r"(?:foretages|affattes|indsættes|ændres|ophæves|udgår|bliver|gøres)\b"
_INTRODUCTION = re.compile(rf"^\s*I\s+(?P<act>.+?)(?:,\s+|\s+)(?={_VERB})(?P<what>.*)$", re.DOTALL)
_WHOLE_ACT = re.compile(r"^\s*(?P<act>[^§]{3,}?)\s+ophæves\b", re.DOTALL)
_NAME_ENDS = re.compile(r",?\s+(?:jf\.|som\s+(?:senest\s+)?(?:ændret|affattet|bekendtgjort)|med\s+senere|foretages)")
_BY_NUMBER = re.compile(r"^\s*(?:lov|lovbekendtgørelse|anordning)\s+nr\.\s*\d+\s+af\s+\d+\.\s*\w+\s+\d{4}\s*,?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AmendedAct:
    """The act that a section of an amending act changes: its slug where the registry knows it, its name as written, and the text it builds on."""

    slug: str | None
    name: str
    base: ActNumber | None = None


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction: where it stands (section and number of the amending act), which act it changes, its words, and what it touches.

    ``words`` hold the instruction and its renumbering ("Stk. 5 bliver herefter stk. 6"), ``new_text`` the words it puts in.
    """

    section: str
    number: str | None
    act: AmendedAct
    words: str
    new_text: str
    touches: tuple[Touch, ...]

    @property
    def address(self) -> Address:
        """Where it stands in the amending act, as commencement clauses name it: § 1, nr. 3."""
        return Address(self.section, number=self.number)

    def touches_section(self, section: str) -> bool:
        """Whether it touches the words of that section of the amended act."""
        return any(touch.in_section(section) for touch in self.touches)


def amended_act(words: str, registry: Registry) -> AmendedAct | None:
    """The act named in "I lov om …, jf. lovbekendtgørelse nr. … af …, foretages følgende ændringer:" or "Lov nr. … om … ophæves."; else None."""
    text = CleanText(words).clean
    match = _INTRODUCTION.match(text) or _WHOLE_ACT.match(text)
    if match is None:
        return None
    named = match["act"]
    end = _NAME_ENDS.search(named)
    name = named[: end.start()] if end else named
    cited = ACT.search(named)
    base = read_act(cited.group()) if cited else None
    title = _BY_NUMBER.sub("", name).strip(" ,")
    if title.startswith("om "):
        title = f"lov {title}"
    slug = registry.slug_for(title) or registry.slug_for(re.sub(r"\s*\([^)]*\)\s*$", "", title))
    return AmendedAct(slug, title, base)


def instructions(version: Version, registry: Registry) -> list[Instruction]:
    """Every instruction of an amending act, in order; empty for any other document.

    A section whose act cannot be read gives instructions whose act has no slug and its words as the name, so that nothing is dropped in silence.
    """
    found: list[Instruction] = []
    for node in version.walk():
        if node.kind is NodeKind.AMENDING_SECTION and node.address.section:
            found += _of_section(node, registry)
    return found


def _of_section(node: Provision, registry: Registry) -> Iterator[Instruction]:
    section = node.address.section or ""
    act = amended_act(node.text, registry)
    numbered = [child for child in node.children if child.kind is NodeKind.AMENDMENT]
    if act is None and not numbered:
        return
    act = act or AmendedAct(None, node.text)
    for child in numbered:
        yield _instruction(section, child.address.number, act, child.text, child)
    if not numbered:
        introduction = _INTRODUCTION.match(CleanText(node.text).clean)
        if introduction is None:
            yield Instruction(section, None, act, node.text, "", (Touch(address=Address(), action=Action.REPEALED, what="hele loven"),))
        else:
            yield _instruction(section, None, act, introduction["what"], node)


def _instruction(section: str, number: str | None, act: AmendedAct, words: str, node: Provision) -> Instruction:
    after = [child.text for child in node.children if child.kind is NodeKind.TEXT and child.text]
    new = [child for child in node.children if child.kind is NodeKind.NEW_TEXT]
    all_words = "\n".join([words, *after])
    inserted = [m for text in new for m in _sections_in(text)]
    touches = tuple(_with_new_sections(touched(all_words), inserted))
    return Instruction(section, number, act, all_words, "\n".join(text.full_text(footnotes=False) for text in new), touches)


def _sections_in(new_text: Provision) -> list[str]:
    """The numbers of whole sections that an instruction puts in; their addresses are empty, because they are not the amending act's own."""
    markers = [node.marker for node in new_text.walk() if node.kind is NodeKind.SECTION]
    found = (re.match(r"§{1,2}\s*(\d+)\s*([a-zæøå](?![^\W\d_]))?", CleanText(m).low) for m in markers)
    return [f"{match[1]}{match[2] or ''}" for match in found if match]


def _with_new_sections(touches: list[Touch], inserted: list[str]) -> Iterator[Touch]:
    """With the sections put in: "Efter § 99 indsættes" and § 99 a below it touches § 99 a, and stands beside § 99."""
    put_in = False
    for touch in touches:
        yield touch
        if inserted and not put_in and touch.action is Action.INSERTED and not (touch.address.subsection or touch.address.number):
            put_in = True
            known = {t.address.section for t in touches if t.action is Action.INSERTED and not t.beside}
            for section in inserted:
                if section not in known:
                    yield replace(touch, address=Address(section), through=None, beside="", what="")


def commencements(version: Version) -> list[Commencement]:
    """What an act says of its own commencement: the clauses of its sections outside the instructions, in order.

    Commencement sections that a consolidated act quotes from others have no number, and give none.
    """
    found: list[Commencement] = []
    for node in version.walk():
        numbered = node.address.section is not None or (node.part is Part.COMMENCEMENT and version.kind is DocumentKind.AMENDING_ACT)
        own = node.kind is NodeKind.SECTION and node.part in (Part.BODY, Part.COMMENCEMENT) and numbered
        if own or (node.kind is NodeKind.AMENDING_SECTION and not any(c.kind is NodeKind.AMENDMENT for c in node.children)):
            found += read_commencement(node.full_text(footnotes=False).removeprefix(node.marker).strip(), section=node.address.section)
    return found
