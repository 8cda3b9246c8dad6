"""The rows as a Qt list model. Headers cannot be chosen; every row has one sentence for screen readers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from vidensplatform.desktop.labels import plain_tip
from vidensplatform.desktop.results.rows import Row, RowKind

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole
_NO_PARENT = QModelIndex()


class AnswerModel(QAbstractListModel):
    """What the list shows now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    def show(self, rows: Sequence[Row]) -> None:
        """Show these rows instead."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    @property
    def rows(self) -> list[Row]:
        """All rows, headers among them."""
        return list(self._rows)

    def row(self, index: Index) -> Row | None:
        """The row at an index."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def first(self) -> QModelIndex:
        """The first row that can be chosen."""
        place = next((n for n, row in enumerate(self._rows) if row.kind is not RowKind.HEADER), -1)
        return self.index(place) if place >= 0 else QModelIndex()

    def place_of(self, wanted: Row) -> QModelIndex:
        """Where a row that leads to the same place stands now."""
        for n, row in enumerate(self._rows):
            if row.kind is wanted.kind and (row.target, row.situation) == (wanted.target, wanted.situation):
                return self.index(n)
        return QModelIndex()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headers are neither enabled nor selectable, so that the keyboard passes them."""
        row = self.row(index)
        if row is None or row.kind is RowKind.HEADER:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The row itself, its title, its sentence, or its tool tip."""
        row = self.row(index)
        if row is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.spoken
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(row.tip) or None
            case _:
                return row if role == ROW_ROLE else None
