"""Where the reader was: back and forward, as in a browser."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class History:
    """Addresses in the order of visiting. ``replace`` takes the place of the present one: for what was only passed by."""

    _places: list[str] = field(default_factory=list)
    _at: int = -1
    _passing: bool = False

    @property
    def current(self) -> str:
        """Where the reader is; empty at the beginning."""
        return self._places[self._at] if self._at >= 0 else ""

    @property
    def can_go_back(self) -> bool:
        """Whether there is something before."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether there is something after."""
        return self._at + 1 < len(self._places)

    def visit(self, target: str, *, passing: bool = False) -> None:
        """Go to a place. What was only passed by is forgotten when the next place is visited or passed."""
        if target == self.current:
            self._passing = self._passing and passing
            return
        kept = self._at if self._passing else self._at + 1
        self._places[max(kept, 0) :] = [target]
        self._at = len(self._places) - 1
        self._passing = passing

    def back(self) -> str:
        """One step back; stays where there is none."""
        self._at = max(self._at - 1, 0) if self._places else -1
        self._passing = False
        return self.current

    def forward(self) -> str:
        """One step forward; stays where there is none."""
        self._at = min(self._at + 1, len(self._places) - 1)
        self._passing = False
        return self.current
