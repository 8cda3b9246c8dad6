"""The references of today's acts and orders: nearly every "§" is read, nothing falls over, and hand-checked acts give what they hold."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from vidensplatform.knowledge.loading import Corpus
from vidensplatform.law.citations import CitationKind, Citations, Context, format_citation
from vidensplatform.law.registry import Registry

pytestmark = pytest.mark.real_data


@pytest.fixture(scope="module")
def registry(corpus: Corpus) -> Registry:
    return corpus.registry


@pytest.fixture(scope="module")
def citations(registry: Registry) -> Citations:
    return Citations(registry)


def paragraphs(file: Path) -> list[str]:
    """The lines and markers of a document, as they are printed."""
    root = ElementTree.fromstring(file.read_bytes())
    return ["".join(element.itertext()).strip() for element in root.iter() if element.tag in ("Linea", "Explicatus")]


def test_nearly_every_section_sign_is_in_a_citation(shared_data: Path, citations: Citations) -> None:
    signs = read = 0
    for file in sorted((shared_data / "current").rglob("*.xml")):
        text = "\n".join(paragraphs(file))
        found = citations.find(text)
        assert all(c.text == text[c.start : c.end] for c in found)
        assert all(one.end <= following.start for one, following in pairwise(found))
        starts = [c.start for c in found]
        for at, character in enumerate(text):
            if character == "§":
                signs += 1
                place = bisect_right(starts, at) - 1
                read += place >= 0 and found[place].end > at
    assert signs > 29_000
    assert read / signs >= 0.98


# Counted by hand in the printed text: provisions and chapters of other acts that each document refers to.
@pytest.mark.parametrize(
    ("file", "slug", "expected"),
    [
        ("lta/2025/92.xml", "hjaelpemiddelbekendtgoerelsen", {"serviceloven": 17, "barnets-lov": 4}),
        (
            "lta/2014/433.xml",
            "forvaltningsloven",
            {
                "straffeloven": 10,
                "straffuldbyrdelsesloven": 3,
                "lov om behandling af personoplysninger": 6,
                "lov nr. 638 af 12. juni 2013": 1,
                "lov nr. 1624 af 26. december 2013": 1,
            },
        ),
        (
            "lta/2020/1768.xml",
            "foraeldreansvarsloven",
            {
                "straffeloven": 10,
                "boerneloven": 10,
                "adoptionsloven": 6,
                "retsplejeloven": 4,
                "familieretshusloven": 4,
                "serviceloven": 2,
                "aegteskabsloven": 1,
                "lov nr. 962 af 26. juni 2020": 1,
            },
        ),
    ],
)
def test_hand_counted(shared_data: Path, citations: Citations, file: str, slug: str, expected: dict[str, int]) -> None:
    found: Counter[str] = Counter()
    for paragraph in paragraphs(shared_data / "current" / file):
        for citation in citations.find(paragraph, Context(slug)):
            if citation.kind in (CitationKind.PROVISION, CitationKind.CHAPTER) and citation.law != slug:
                found[citation.law or citation.law_words] += 1
    assert found == expected


def test_every_act_of_the_registry_is_read_back_by_its_label_and_its_name(registry: Registry, citations: Citations) -> None:
    for slug in registry.acts:
        for name in (registry.label(slug), registry.name(slug)):
            citation = citations.parse_one(f"{name} § 5")
            assert citation is not None, name
            assert citation.law == slug, name


def test_what_is_read_is_read_back(shared_data: Path, citations: Citations, registry: Registry) -> None:
    known = 0
    for file in sorted((shared_data / "current").rglob("*.xml"))[:40]:
        for paragraph in paragraphs(file):
            for citation in citations.find(paragraph):
                if citation.law:
                    again = citations.parse_one(format_citation(citation, registry))
                    assert again is not None, citation
                    assert again.meaning == citation.meaning
                    known += 1
    assert known > 500
