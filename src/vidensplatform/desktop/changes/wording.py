"""The difference of two wordings as HTML: struck through for what went, underlined for what came.

Not by colour alone: every piece that went begins with a minus and every one that came with a plus, which a screen reader reads out and which
stands in print without colours.
"""

from __future__ import annotations

from vidensplatform.desktop import strings as s
from vidensplatform.desktop.reader.markup import Html, join, tag
from vidensplatform.desktop.strings import tr
from vidensplatform.desktop.theme import Badge, Theme
from vidensplatform.law.worddiff import Diff

GONE, CAME = "−\u00a0", "+\u00a0"
"""The signs before what went and what came."""


def removed(text: str, theme: Theme) -> Html:
    """Words that went."""
    return _marked(GONE, text, theme.urgent, "line-through")


def added(text: str, theme: Theme) -> Html:
    """Words that came."""
    return _marked(CAME, text, theme.good, "underline")


def merged(diff: Diff, theme: Theme) -> Html:
    """Both wordings in one text."""
    return join(_piece(op, text, theme) for op, text in diff)


def old_side(diff: Diff, theme: Theme) -> Html:
    """The old wording, with what went struck through."""
    return join(_piece(op, text, theme) for op, text in diff if op != "+")


def new_side(diff: Diff, theme: Theme) -> Html:
    """The new wording, with what came underlined."""
    return join(_piece(op, text, theme) for op, text in diff if op != "-")


def _piece(op: str, text: str, theme: Theme) -> Html:
    """A piece, with the space before it outside its mark."""
    words = text.lstrip()
    space = _broken(text[: len(text) - len(words)])
    if op == "=":
        return join([space, _broken(words)])
    return join([space, (removed if op == "-" else added)(words, theme)]) if words else space


def _marked(sign: str, text: str, look: Badge, line: str) -> Html:
    style = f"color:{look.ink}; background-color:{look.fill};"
    return join([tag("span", sign, style=style), tag("span", _broken(text), style=f"{style} text-decoration:{line};")])


def _broken(text: str) -> Html:
    return join(text.split("\n"), Html("<br>")) if "\n" in text else join([text])


def legend(theme: Theme) -> Html:
    """How the marks are to be read."""
    return tag("p", removed(tr(s.DIFF_GONE), theme), " ", added(tr(s.DIFF_CAME), theme), css="small")


def side_by_side(diff: Diff, theme: Theme, titles: tuple[str, str]) -> Html:
    """Two columns: the old wording at the left, the new one at the right."""
    heads = join(tag("td", tag("b", title), style="padding:6px;", width="50%") for title in titles)
    sides = (old_side(diff, theme), new_side(diff, theme))
    cells = join(
        tag("td", tag("p", side or Html("–")), style=f"padding:6px; background-color:{theme.hover};", valign="top", width="50%") for side in sides
    )
    return Html(f'<table width="100%" cellspacing="4" cellpadding="0"><tr>{heads}</tr><tr>{cells}</tr></table>')
