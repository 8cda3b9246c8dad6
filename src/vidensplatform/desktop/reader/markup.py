"""Building HTML in which nothing is markup but what was built here: every plain string is escaped, always.

:class:`Html` marks what is markup already. There is no way to put a plain string in unescaped but to build an ``Html`` of it by name.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from vidensplatform.desktop.theme import Badge, Theme


class Html(str):
    """Text that is markup already."""

    __slots__ = ()


def esc(text: str) -> Html:
    """The text as it must stand in HTML; markup of ours goes through unchanged."""
    return text if isinstance(text, Html) else Html(html.escape(text, quote=True))


def join(parts: Iterable[str], between: str = "") -> Html:
    """All parts, each escaped where it is plain, with something between."""
    return Html(esc(between).join(esc(part) for part in parts if part))


def tag(name: str, *parts: str, **attributes: str) -> Html:
    """``tag("p", "a < b", css="note")`` -> ``<p class="note">a &lt; b</p>``."""
    written = "".join(f' {"class" if key == "css" else key}="{html.escape(value, quote=True)}"' for key, value in attributes.items())
    return Html(f"<{name}{written}>{join(parts)}</{name}>")


def link(target: str, *parts: str) -> Html:
    """A link to an address of ours."""
    return tag("a", *parts, href=target)


def badge(text: str, look: Badge) -> Html:
    """A word on a ground of its own."""
    return tag("span", f"\u00a0{text}\u00a0", style=f"background-color:{look.fill}; color:{look.ink}; font-weight:600;")


def banner(look: Badge, title: str, *parts: str) -> Html:
    """A box across the page with a bold first word. A table, because Qt's rich text knows no boxes."""
    cell = tag("td", tag("b", tag("span", title, style=f"color:{look.ink};")), *parts, style=f"background-color:{look.fill}; padding:8px;")
    return Html(f'<table width="100%" cellspacing="0" cellpadding="0" style="margin-top:6px; margin-bottom:6px;"><tr>{cell}</tr></table>')


def section(title: str, *parts: str) -> Html:
    """A heading and what is below it; nothing where there is nothing below it."""
    body = join(parts)
    return Html(tag("h3", title) + body) if body else Html("")


def bullets(lines: Sequence[str]) -> Html:
    """A list; nothing where it is empty."""
    return tag("ul", *(tag("li", line) for line in lines)) if lines else Html("")


def marked(text: str, hits: Sequence[tuple[int, int]]) -> Html:
    """The text with the words that hit marked."""
    pieces: list[str] = []
    at = 0
    for start, end in sorted(hits):
        if start >= at:
            pieces += [text[at:start], tag("span", text[start:end], css="hit")]
            at = end
    return join([*pieces, text[at:]])


def style_sheet(theme: Theme) -> str:
    """The looks of a page, from the platform's colours."""
    return f"""
    body {{ color: {theme.text}; }}
    h1 {{ font-size: x-large; font-weight: 600; margin-top: 4px; margin-bottom: 6px; }}
    h2 {{ font-size: large; font-weight: 600; margin-top: 20px; margin-bottom: 4px; }}
    h3 {{ font-size: medium; font-weight: 700; color: {theme.muted}; margin-top: 16px; margin-bottom: 2px; }}
    p {{ margin-top: 4px; margin-bottom: 6px; line-height: 135%; }}
    ul {{ margin-top: 2px; margin-bottom: 4px; margin-left: 0px; -qt-list-indent: 1; }}
    li {{ margin-top: 2px; margin-bottom: 3px; line-height: 130%; }}
    a {{ color: {theme.cite}; }}
    h2 a {{ text-decoration: none; }}
    .muted {{ color: {theme.muted}; }}
    .small {{ color: {theme.muted}; font-size: small; }}
    .lead {{ font-size: medium; }}
    .hit {{ background-color: {theme.hit.fill}; color: {theme.hit.ink}; }}
    """
