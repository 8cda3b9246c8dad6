"""How an amending act is called in a line. Their titles name every act they touch; what they are about stands in the last brackets."""

from __future__ import annotations

import re

_NUMBERED = re.compile(r"(?i)lov nr\. \d+ af [^(]+")


def short_title(title: str) -> str:
    """``Lov om ændring af a og b (Om noget)`` -> ``Om noget``; ``lov nr. 1 af 2.1.2030 (Om noget)`` -> ``lov nr. 1 af 2.1.2030: Om noget``."""
    opened = _opening(title)
    if opened <= 0:
        return title
    about = title[opened + 1 : -1]
    return f"{title[:opened].strip()}: {about}" if _NUMBERED.match(title) else about


def _opening(title: str) -> int:
    """Where the last brackets open, which may hold brackets of their own; -1 where the title does not end with any."""
    depth = 0
    for place in range(len(title) - 1, -1, -1) if title.endswith(")") else ():
        depth += (title[place] == ")") - (title[place] == "(")
        if depth == 0:
            return place
    return -1
