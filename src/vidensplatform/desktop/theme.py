"""Colours that follow the platform: derived from its palette, light or dark, and always readable.

Nothing is forced upon the platform's style. What has a meaning of its own (a badge, a mark, a banner) mixes a hue into the palette's own
background and moves the letters towards black or white until WCAG's contrast ratio of 4.5:1 is reached. Where the user asked for high
contrast there are no tints, only the palette's two colours and an edge.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

LEAST_CONTRAST = 4.5
"""WCAG 2.1, 1.4.3: ordinary text."""
_LEAST_EDGE = 3.0
"""WCAG 2.1, 1.4.11: what is needed to recognise a control."""
_HUES = {
    "must": "#1d5fbf",
    "may": "#1f7a5c",
    "voluntary": "#7a4fb5",
    "urgent": "#c62828",
    "good": "#2e7d32",
    "warning": "#b26a00",
    "neutral": "#6b7280",
    "hit": "#e6a700",
}


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` as WCAG defines it."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """``one`` with ``share`` (0 to 1) of ``other`` in it."""
    pairs = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


@lru_cache(maxsize=256)
def readable(ink: str, ground: str, least: float = LEAST_CONTRAST) -> str:
    """The ink, moved towards black or white just as far as it takes to be read on that ground."""
    end = max("#000000", "#ffffff", key=lambda c: contrast(c, ground))
    for step in range(21):
        moved = mix(ink, end, step / 20)
        if contrast(moved, ground) >= least:
            return moved
    return end


@dataclass(frozen=True, slots=True)
class Badge:
    """A small filled mark: its ground, its letters, its edge."""

    fill: str
    ink: str
    edge: str


@dataclass(frozen=True, slots=True)
class Theme:
    """All colours of our own, as ``#rrggbb``. Plain strings, so that pages can be made outside the UI thread."""

    base: str
    text: str
    muted: str
    line: str
    link: str
    cite: str
    chosen: str
    hover: str
    accent: str
    must: Badge
    may: Badge
    voluntary: Badge
    urgent: Badge
    good: Badge
    warning: Badge
    neutral: Badge
    hit: Badge
    dark: bool
    high_contrast: bool = False

    @classmethod
    def of(cls, palette: QPalette, *, high_contrast: bool = False) -> Theme:
        """The colours that go with a palette."""
        base, text = palette.color(QPalette.ColorRole.Base).name(), palette.color(QPalette.ColorRole.Text).name()
        accent = palette.color(QPalette.ColorRole.Highlight).name()
        link = palette.color(QPalette.ColorRole.Link).name()
        dark = luminance(base) < luminance(text)
        share = 0.0 if high_contrast else 0.24 if dark else 0.12

        def badge(name: str) -> Badge:
            fill = mix(base, _HUES[name], share)
            ink = text if high_contrast else readable(mix(_HUES[name], text, 0.15), fill)
            return Badge(fill, ink, text if high_contrast else mix(fill, _HUES[name], 0.45))

        chosen = mix(base, accent, 0.26 if dark else 0.14)
        hit = mix(base, _HUES["hit"], 0.0 if high_contrast else 0.35)
        return cls(
            base,
            readable(text, chosen),
            readable(text if high_contrast else mix(text, base, 0.35), chosen),
            text if high_contrast else mix(base, text, 0.16),
            readable(link, chosen),
            readable(mix(link, text, 0.4), chosen),
            chosen,
            mix(base, text, 0.05),
            readable(accent, base, _LEAST_EDGE),
            badge("must"),
            badge("may"),
            badge("voluntary"),
            badge("urgent"),
            badge("good"),
            badge("warning"),
            badge("neutral"),
            Badge(hit, readable(text, hit), text),
            dark,
            high_contrast,
        )

    @classmethod
    def now(cls, palette: QPalette | None = None) -> Theme:
        """The colours that go with a widget's palette, or with the application's, and with the contrast the user asked the platform for."""
        return cls.of(palette or QGuiApplication.palette(), high_contrast=wants_high_contrast())

    def badge_of(self, obligation: str) -> Badge:
        """The badge of ``skal``, ``kan`` or ``frivillig``."""
        return {"skal": self.must, "kan": self.may}.get(obligation, self.voluntary)

    def badge_of_status(self, status: str) -> Badge:
        """The badge of a card's tie to the law."""
        return {"kontrolleret": self.good, "ændret siden kontrol": self.warning}.get(status, self.neutral)

    def badge_of_change(self, kind: str) -> Badge:
        """The badge of what happened to a provision, or of how far an amendment has come."""
        known = {"added": self.good, "amended": self.must, "repealed": self.urgent, "moved": self.voluntary, "vedtaget": self.warning}
        return known.get(kind, self.neutral)

    def badge_in_force(self, status: str) -> Badge:
        """The badge of what is in force, historic, or unknown."""
        return {"gældende": self.good, "historisk": self.warning}.get(status, self.neutral)


def wants_high_contrast() -> bool:
    """Whether the user asked the platform for high contrast (known from Qt 6.10 on)."""
    application = QGuiApplication.instance()
    hints = QGuiApplication.styleHints() if application is not None else None
    preference = getattr(hints, "accessibility", None)
    if hints is None or preference is None:
        return False
    found = hints.accessibility()
    return bool(found.contrastPreference() == Qt.ContrastPreference.HighContrast)


def colour(value: str) -> QColor:
    """The colour for painting."""
    return QColor(value)
