"""``vidensplatform harvest --json``: what was done at each source, every document by name; and what a dry run would fetch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from vidensplatform.as_json.sources import iso
from vidensplatform.store.sources import SOURCES, SourceState
from vidensplatform.update import HarvestReport, Plan, Report, unresolved_json


def report_json(report: HarvestReport) -> dict[str, Any]:
    """The report of a harvest. The numbers at the top are those of all sources together; keys may be added, none removed."""
    states = {state.name: state for state in report.states}
    counts = {name: sum(len(getattr(r, name)) for r in report.sources) for name in ("new", "changed", "unchanged", "removed", "failed")}
    return {
        **counts,
        "downloads": report.downloads,
        "left": sum(r.left for r in report.sources),
        "stopped": report.stopped,
        "provisions": report.provisions,
        "seconds": round(report.seconds, 2),
        "sources": [_source(r, states[r.source], report.titles) for r in report.sources],
        "unresolved": unresolved_json(report.unresolved),
    }


def _source(r: Report, state: SourceState, titles: Mapping[str, str]) -> dict[str, Any]:
    def named(ids: Iterable[str]) -> list[dict[str, str]]:
        return [{"id": i, "title": titles.get(i, "")} for i in ids]

    return {
        "source": r.source,
        "title": state.title,
        "how": r.how,
        "new": named(r.new),
        "changed": named(r.changed),
        "unchanged": list(r.unchanged),
        "removed": named(r.removed),
        "failed": [{"id": i, "title": titles.get(i, ""), "reason": reason} for i, reason in r.failed],
        "unwanted": list(r.unwanted),
        "vanished": list(r.vanished),
        "notes": list(r.notes),
        "left": r.left,
        "stopped_by": r.stopped_by,
        "downloads": r.downloads,
        "read_to": iso(state.read_to),
    }


def plans_json(plans: Mapping[str, Plan | str]) -> dict[str, Any]:
    """What a dry run found, by source."""
    return {
        "documents": sum(len(plan.items) for plan in plans.values() if isinstance(plan, Plan)),
        "sources": [_plan(name, plan) for name, plan in plans.items()],
    }


def _plan(name: str, plan: Plan | str) -> dict[str, Any]:
    head = {"source": name, "title": SOURCES[name]}
    if isinstance(plan, str):
        return {**head, "how": "", "fetch": [], "remove": [], "notes": [], "stopped_by": plan}
    return {
        **head,
        "how": plan.how,
        "fetch": [{"id": item.id, "url": item.url, "title": item.title} for item in plan.items if not item.removed],
        "remove": [item.id for item in plan.items if item.removed],
        "notes": list(plan.notes),
        "stopped_by": "",
    }
