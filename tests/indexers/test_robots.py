"""robots.txt as RFC 9309 reads it. Each row is a statement about a file, an address and whether it may be fetched."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexers.robots import LONGEST_DELAY, read_robots

ALL = "User-agent: *\n"


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/x", True),
        ("Sitemap: https://www.retsinformation.dk/eli/sitemap.xml", "/eli/lta/2025/1129", True),
        (ALL + "Disallow: /", "/x", False),
        (ALL + "Disallow:", "/x", True),
        (ALL + "Disallow: /a", "/ab", False),
        (ALL + "Disallow: /a/", "/ab", True),
        (ALL + "Disallow: /a\nAllow: /a/b", "/a/b/c", True),
        (ALL + "Allow: /a\nDisallow: /a/b", "/a/b/c", False),
        (ALL + "Disallow: /a\nAllow: /a", "/a", True),
        (ALL + "Disallow: /*.pdf$", "/fil.pdf", False),
        (ALL + "Disallow: /*.pdf$", "/fil.pdf?x=1", True),
        (ALL + "Disallow: /a*b$", "/ab/b", False),
        (ALL + "Disallow: /a*b$", "/ab/bc", True),
        (ALL + "Disallow: /a$", "/a", False),
        (ALL + "Disallow: /a$", "/a/a", True),
        (ALL + "Disallow: /*", "/a", False),
        (ALL + "Disallow: /*?side=", "/liste?side=2", False),
        (ALL + "Disallow: /b%C3%A6nk", "/bænk", False),
        (ALL + "Disallow: /bænk", "/b%c3%a6nk", False),
        ("User-agent: Vidensplatform\nDisallow: /a\n\nUser-agent: *\nDisallow: /", "/b", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: VIDENSPLATFORM\nDisallow: /a", "/b", True),
        ("User-agent: en\nUser-agent: vidensplatform\nDisallow: /a", "/a", False),
        ("User-agent: en-anden\nDisallow: /", "/a", True),
        ("User-agent: vidensplatform\nDisallow: /a\nUser-agent: en\nDisallow: /b", "/b", True),
        ("User-agent: * # alle\nDisallow: /a # lukket", "/a", False),
        ("\ufeffUser-agent: *\r\nDisallow: /a\r\n", "/a", False),
        ("Disallow: /", "/a", True),
        ("<html><body>Disallow: /</body></html>", "/a", True),
    ],
)
def test_rules(text: str, path: str, allowed: bool) -> None:
    assert read_robots(text.encode(), "Vidensplatform").allows(f"https://x.invalid{path}") is allowed


def test_delay_and_sitemaps() -> None:
    robots = read_robots(b"User-agent: *\nCrawl-delay: 2.5\nSitemap: https://x.invalid/s.xml\n", "Vidensplatform")
    assert (robots.delay, robots.sitemaps) == (2.5, ("https://x.invalid/s.xml",))
    assert read_robots(b"User-agent: *\nCrawl-delay: 99999", "Vidensplatform").delay == LONGEST_DELAY
    assert read_robots(b"User-agent: *\nCrawl-delay: snart", "Vidensplatform").delay == 0


def test_a_hostile_file_does_not_make_matching_slow() -> None:
    robots = read_robots((ALL + "Disallow: /" + "*a" * 5000 + "*b").encode(), "Vidensplatform")
    began = time.perf_counter()
    assert robots.allows("https://x.invalid/" + "a" * 6000)
    assert time.perf_counter() - began < 2


@given(st.binary(max_size=300), st.text(max_size=40))
def test_anything_can_be_read(body: bytes, path: str) -> None:
    read_robots(body, "Vidensplatform").allows(f"https://x.invalid/{path}")
