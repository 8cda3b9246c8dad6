"""How far the sources are read, as JSON."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from vidensplatform.store.sources import SourceState


def iso(when: datetime | None) -> str | None:
    """A time as JSON has it."""
    return when.isoformat(timespec="seconds") if when else None


def state_json(state: SourceState) -> dict[str, Any]:
    """How far a source is read, as ``vidensplatform status --json`` prints it."""
    return {
        "source": state.name,
        "title": state.title,
        "read_to": iso(state.read_to),
        "last_run": iso(state.last_run),
        "last_success": iso(state.last_success),
        "documents": state.documents,
        "withdrawn": state.withdrawn,
        "failing": [{"id": i, "reason": reason} for i, reason in state.failing],
        "left": state.left_over,
        "notes": list(state.notes),
        "last_failure": state.last_failure,
        "last_failure_at": iso(state.last_failure_at),
    }
