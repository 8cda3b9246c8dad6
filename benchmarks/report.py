"""What a measurement says: sections of tables in Markdown, and aims met or not met."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Aim:
    """A figure to reach: at most ``limit``, in ``unit``."""

    what: str
    measured: float
    limit: float
    unit: str

    @property
    def row(self) -> tuple[str, str, str, str]:
        decimals = 0 if self.measured >= 100 else 1 if self.measured >= 10 else 2
        verdict = "met" if self.measured <= self.limit else "**not met**"
        return self.what, f"≤ {self.limit:g} {self.unit}", f"{self.measured:,.{decimals}f} {self.unit}", verdict


@dataclass(slots=True)
class Section:
    """One subject's results."""

    title: str
    blocks: list[str] = field(default_factory=list)
    aims: list[Aim] = field(default_factory=list)

    def say(self, text: str) -> None:
        self.blocks.append(text)

    def table(self, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """A table whose first column is words and whose others are figures."""
        lines = ["| " + " | ".join(header) + " |", "|---|" + "---:|" * (len(header) - 1)]
        lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
        self.blocks.append("\n".join(lines))

    @property
    def markdown(self) -> str:
        return "\n\n".join([f"## {self.title}", *self.blocks])
