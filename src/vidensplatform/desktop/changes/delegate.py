"""How a change looks in the list: what happened to it as a word, whether it was read, when it applies and by which act."""

from __future__ import annotations

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.changes.rows import FeedRow
from vidensplatform.desktop.results.delegate import RowDelegate
from vidensplatform.desktop.results.rows import Row
from vidensplatform.desktop.strings import tr
from vidensplatform.desktop.theme import Badge


class FeedDelegate(RowDelegate):
    """Paints :class:`FeedRow`."""

    def _badges(self, row: Row) -> list[tuple[str, Badge]]:
        if not isinstance(row, FeedRow):
            return super()._badges(row)
        found = [(row.kind_words, self.theme.badge_of_change(row.kind_key))] if row.kind_words else []
        if row.unread:
            found.append((tr(s.UNREAD), self.theme.neutral))
        return found
