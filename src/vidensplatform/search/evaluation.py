"""Scoring the search against queries whose provisions are known.

A query's ``must`` is a list of groups; a group is met when any of its provisions is among the first ten options, the first five duties or the first
five documents. A provision is met by its act and section (a subsection in the key is not demanded).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vidensplatform.errors import InputError
from vidensplatform.search.answers import Answer

FIRST_OPTIONS, FIRST_DUTIES, FIRST_DOCUMENTS = 10, 5, 5
Spot = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Case:
    """A query with the groups of provisions that must appear."""

    id: str
    query: str
    domain: str
    kind: str
    must: tuple[tuple[Spot, ...], ...]


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What was found for a case: one truth value a group, and the acts that met them."""

    case: Case
    met: tuple[bool, ...]
    laws: frozenset[str]

    @property
    def missed(self) -> list[list[str]]:
        """The groups that were not met, as "act § section"."""
        return [[f"{law} § {section}" for law, section in group] for group, met in zip(self.case.must, self.met, strict=True) if not met]


@dataclass(frozen=True, slots=True)
class Report:
    """The figures over all cases."""

    results: tuple[CaseResult, ...]

    @property
    def groups(self) -> int:
        """How many groups there are."""
        return sum(len(r.met) for r in self.results)

    @property
    def group_recall(self) -> float:
        """The share of groups met."""
        return sum(sum(r.met) for r in self.results) / self.groups if self.groups else 0.0

    @property
    def all_met(self) -> float:
        """The share of queries with all groups met."""
        return sum(all(r.met) for r in self.results) / len(self.results) if self.results else 0.0

    @property
    def across(self) -> float:
        """Over queries whose groups no single act can serve: the share answered from at least two acts."""
        several = [r for r in self.results if r.case.must and not set.intersection(*({law for law, _ in group} for group in r.case.must))]
        return sum(len(r.laws) >= 2 for r in several) / len(several) if several else 0.0

    def by_domain(self) -> dict[str, tuple[int, int]]:
        """(groups met, groups) by domain."""
        found: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
        for result in self.results:
            found[result.case.domain][0] += sum(result.met)
            found[result.case.domain][1] += len(result.met)
        return {domain: (met, total) for domain, (met, total) in sorted(found.items())}

    def to_json(self) -> dict[str, Any]:
        """The report as ``vidensplatform evaluate --json`` prints it."""
        return {
            "queries": len(self.results),
            "groups": self.groups,
            "group_recall": round(self.group_recall, 4),
            "all_groups_met": round(self.all_met, 4),
            "across_acts": round(self.across, 4),
            "domains": {
                d: {"met": met, "groups": total, "recall": round(met / total, 4) if total else None} for d, (met, total) in self.by_domain().items()
            },
            "failures": [{"id": r.case.id, "query": r.case.query, "missed": r.missed} for r in self.results if not all(r.met)],
        }


def read_cases(path: Path) -> list[Case]:
    """The cases of a JSON Lines file. Raises :class:`InputError` with file and line for one that cannot be read."""
    cases: list[Case] = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), f"kan ikke læses ({error})") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            must = tuple(tuple((p["law"], str(p["section"])) for p in group) for group in row["must"])
            case = Case(row["id"], row["query"], row.get("domain", ""), row.get("kind", ""), must)
            if not all(isinstance(text, str) for text in (case.id, case.query, case.domain, case.kind)):
                raise TypeError("id, query, domain og kind skal være tekst")
            cases.append(case)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(str(path), f"er ikke et spørgsmål med id, query og must ({error})", f"linje {number}") from error
    return cases


def spots(answer: Answer, first_documents: int = FIRST_DOCUMENTS) -> set[Spot]:
    """The provisions that count as shown first."""
    found = {(p.law, p.section) for card in answer.options[:FIRST_OPTIONS] for p in card.provisions}
    found |= {(p.law, p.section) for card in answer.duties[:FIRST_DUTIES] for p in card.provisions}
    return found | {(d.law, d.section) for d in answer.documents[:first_documents] if d.section}


def evaluate(cases: Iterable[Case], ask: Callable[[str], Answer], first_documents: int = FIRST_DOCUMENTS) -> Report:
    """Put every case to ``ask`` and score what it shows first."""
    results = []
    for case in cases:
        shown = spots(ask(case.query), first_documents)
        met = tuple(any(spot in shown for spot in group) for group in case.must)
        laws = frozenset(law for group in case.must for law, section in group if (law, section) in shown)
        results.append(CaseResult(case, met, laws))
    return Report(tuple(results))
