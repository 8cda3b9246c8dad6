"""Which law holds for a member of a list, and what the place where the text stands adds to it."""

from __future__ import annotations

from dataclasses import replace

from vidensplatform.law.citation import Context
from vidensplatform.law.citation_members import Member
from vidensplatform.law.citation_names import LawName
from vidensplatform.law.model import Address
from vidensplatform.law.registry import Registry


def law_of(member: Member, members: tuple[Member, ...], before: LawName | None, after: LawName | None, chain: bool) -> LawName | None:
    """Which of the laws named before and after a list holds for this member of it; None: the context's.

    ``chain``: a comma stands before "i", so that the law after "§ 58, jf. § 59, i X" holds for both.
    """
    last = members[-1]
    if before and after and member.item == last.item:
        return after  # "servicelovens § 85 og § 5 i retssikkerhedsloven"
    if before or after is None or (member.relative and not last.relative):
        return None if member.relative else before
    deep = last.address.subsection or last.address.number or last.address.letter or last.sentence
    return after if member.group == last.group or (chain and not deep) else None


def meant_by(law: LawName, context: Context, registry: Registry) -> str | None:
    """The slug of a law that is named. "Loven" in an executive order is the act it is issued under, "bekendtgørelsen" in an act is no one's."""
    if not law.own:
        return law.slug
    act = registry.act(context.law) if context.law else None
    order = context.order or (act is not None and act.kind != "lov")
    if law.own == "lov":
        return context.enabling if order else context.law
    return context.law if order else None


def in_context(address: Address, sentence: str | None, context: Context) -> Address:
    """An address without section, completed from where the text stands: "nr. 3" in § 5, stk. 2, is § 5, stk. 2, nr. 3."""
    if address.subsection:
        return replace(address, section=context.section)
    if address.number:
        return replace(address, section=context.section, subsection=context.subsection)
    if address.letter:
        return replace(address, section=context.section, subsection=context.subsection, number=context.number)
    return Address(context.section, context.subsection) if sentence else address
