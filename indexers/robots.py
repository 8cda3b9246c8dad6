"""robots.txt as RFC 9309 reads it: the group that names us, else ``*``; the longest matching rule wins; ``*`` and ``$`` are wildcards.

Python's own :mod:`urllib.robotparser` takes the first match and knows no wildcards, so it would read some files wrongly in either direction.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote, urlsplit

MAX_BYTES: Final = 512 * 1024
"""What is read of the file: the RFC asks for at least 500 KiB."""
LONGEST_DELAY: Final = 60.0
"""The longest Crawl-delay that is believed, in seconds."""

_KEPT = "/?=&$*%:@!~'(),;+-._"


@dataclass(frozen=True, slots=True)
class _Rule:
    allow: bool
    path: str

    def matches(self, path: str) -> bool:
        """Whether ``path`` begins as the rule says; each part between wildcards is looked for after the one before, so it is quick for any rule."""
        at_end = self.path.endswith("$")
        first, *others = self.path.removesuffix("$").split("*")
        if not path.startswith(first):
            return False
        at = len(first)
        for part in others:
            found = path.find(part, at)
            if found < 0:
                return False
            at = found + len(part)
        last = others[-1] if others else first
        return not at_end or (path.endswith(last) and (at == len(path) or bool(others)))


@dataclass(frozen=True, slots=True)
class Robots:
    """What one host asks of programs: for us, since the groups for others are left out. ``sitemaps`` are those it names."""

    rules: tuple[_Rule, ...] = ()
    delay: float = 0.0
    sitemaps: tuple[str, ...] = ()

    def allows(self, url: str) -> bool:
        """Whether the address may be fetched; of equally long rules the allowing one wins."""
        parts = urlsplit(url)
        path = _normal(parts.path or "/") + (f"?{_normal(parts.query)}" if parts.query else "")
        matching = [rule for rule in self.rules if rule.matches(path)]
        return max(matching, key=lambda rule: (len(rule.path), rule.allow)).allow if matching else True


def read_robots(body: bytes, agent: str) -> Robots:
    """The rules for ``agent`` (the product name of our User-Agent). Anything that is no robots.txt, such as a web page, has no rules."""
    groups: list[tuple[set[str], list[_Rule], list[float]]] = []
    sitemaps: list[str] = []
    naming = False
    for line in body[:MAX_BYTES].decode("utf-8", "replace").lstrip("\ufeff").splitlines():
        name, colon, value = line.partition("#")[0].partition(":")
        name, value = name.strip().lower(), value.strip()
        if not colon:
            continue
        if name == "sitemap":
            sitemaps.append(value)
        elif name == "user-agent":
            if not naming:
                groups.append((set(), [], []))
            groups[-1][0].add(value.lower())
            naming = True
        elif groups and name in ("allow", "disallow"):
            naming = False
            if value:
                groups[-1][1].append(_Rule(name == "allow", _normal(value)))
        elif groups and name == "crawl-delay":
            naming = False
            if re.fullmatch(r"\d{1,6}(?:\.\d{1,6})?", value):
                groups[-1][2].append(min(float(value), LONGEST_DELAY))
    ours = [group for group in groups if agent.lower() in group[0]] or [group for group in groups if "*" in group[0]]
    rules = tuple(rule for group in ours for rule in group[1])
    return Robots(rules, max((delay for group in ours for delay in group[2]), default=0.0), tuple(sitemaps))


def _normal(path: str) -> str:
    """A path as it is compared: æ, ø and å written out or as %C3%A6 are the same."""
    return quote(unquote(path), safe=_KEPT)
