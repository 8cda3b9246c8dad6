"""From a citation to what it refers to: a :class:`Reference`, resolved where the work is known and kept as written where it is not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from vidensplatform.law.citation import Citation
from vidensplatform.law.model import Address
from vidensplatform.law.registry import Registry

_STATEMENT = re.compile(r"fob-(\d{4})-(.+)")


@dataclass(frozen=True, slots=True)
class Reference:
    """A citation and where it leads.

    ``target_work`` is the id of the work, None where the text does not say which, or where it is not among the known ones. ``target`` is
    the address as the parsers give it to provisions; ``through`` is the end of a range, on the citation's deepest level
    (:attr:`Citation.level`).
    """

    citation: Citation
    target_work: str | None
    target: Address
    through: str | None


def resolve(citation: Citation, works_by_number: Mapping[str, str], registry: Registry) -> Reference:
    """What a citation refers to.

    ``works_by_number`` is the id of every known work by its ELI (``lta/2024/329``, also of its older texts) or by the id of a decision
    (``pm-22-18``). The law by name goes first, then the act by number, then the registry's current texts. Nothing is guessed.
    """
    return Reference(citation, _work(citation, works_by_number, registry), _target(citation.address), citation.through)


def _work(citation: Citation, works: Mapping[str, str], registry: Registry) -> str | None:
    if citation.law:
        return citation.law
    if citation.act and citation.act.eli:
        return works.get(citation.act.eli) or registry.by_eli.get(citation.act.eli)
    if citation.practice:
        statement = _STATEMENT.fullmatch(citation.practice)
        return works.get(citation.practice) or (works.get(f"fob/{statement[1]}/{statement[2]}") if statement else None)
    return None


def _target(address: Address) -> Address:
    """The address of the provision: "§ 13 d, nr. 3" is number 3 of the only subsection, which the parsers call the first.

    Source: Justitsministeriets vejledning om lovkvalitet; a section with several subsections is always cited with "stk.".
    """
    if address.section and not address.subsection and (address.number or address.letter):
        return replace(address, subsection="1")
    return address
