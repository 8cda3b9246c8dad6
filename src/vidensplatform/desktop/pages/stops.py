"""Going round the columns of a page with one key."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QApplication, QWidget

Stop = tuple[QWidget, Callable[[], object]]
"""A column, and what puts the keyboard on it; False from that means there is nothing to stand on."""


def holds_keyboard(column: QWidget) -> bool:
    """Whether the keyboard is somewhere inside."""
    focused = QApplication.focusWidget()
    return focused is not None and (focused is column or column.isAncestorOf(focused))


def next_stop(stops: Sequence[Stop]) -> None:
    """Put the keyboard on the stop after the one that has it, passing those that have no place for it."""
    here = next((n for n, (column, _) in enumerate(stops) if holds_keyboard(column)), -1)
    for step in range(1, len(stops) + 1):
        if stops[(here + step) % len(stops)][1]() is not False:
            return
