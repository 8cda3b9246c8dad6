"""The parser on real documents: nothing lost, nothing out of order, the act's own sections never mixed up with others."""

import os
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from indexers.folder import Failure, SourceFile, read_paths
from indexers.retsinformation.lexdania import parse
from vidensplatform.law.model import ActNumber, DocumentKind, NodeKind, Part, Version

pytestmark = pytest.mark.real_data

INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
SERVICELOVEN = "current/lta/2025/1129.xml"


@pytest.fixture(scope="module")
def read() -> dict[Path, list[tuple[SourceFile, Version]]]:
    """Documents by path in the shared data, parsed once."""
    return {}


def documents(shared: Path, read: dict[Path, list[tuple[SourceFile, Version]]], *names: str) -> Iterator[tuple[SourceFile, Version]]:
    for path in (shared / name for name in names):
        if path not in read:
            found = list(read_paths([path]))
            assert not [f for f in found if isinstance(f, Failure)]
            read[path] = [(f, parse(f.data, f.name)) for f in found if isinstance(f, SourceFile)]
        yield from read[path]


ALL = ("lexdania-2010-2014.tar.xz", "current", "chains", "lexdania-2024")

Read = dict[Path, list[tuple[SourceFile, Version]]]


def spell(element: etree._Element, words: list[str], notes: list[str]) -> None:
    """The words of an element by the plainest rule there is: every tag but Char parts words; footnotes are read apart."""
    out = notes if element.tag == "Nota" else words
    out.append("" if element.tag == "Char" else " ")
    if element.text and (element.tag == "Char" or not element.text.isspace()):
        out.append(element.text)
    for child in element:
        spell(child, out, notes)
        if child.tail and not child.tail.isspace():
            out.append(child.tail)
    out.append("" if element.tag == "Char" else " ")


def test_every_word_of_every_document_is_kept_and_in_order(shared_data: Path, read: Read) -> None:
    files = words_read = 0
    for source, version in documents(shared_data, read, *ALL):
        words: list[str] = []
        notes: list[str] = []
        for part in etree.fromstring(source.data):
            if part.tag != "Meta" and isinstance(part.tag, str):
                spell(part, words, notes)
        expected, expected_notes = ("".join(w).translate(INVISIBLE).split() for w in (words, notes))
        stored: list[str] = []
        stored_notes: list[str] = []
        for node in version.walk():
            if node.kind is not NodeKind.IMAGE:
                out = stored_notes if node.kind is NodeKind.FOOTNOTE else stored
                out.extend(f"{node.marker} {node.heading} {node.text}".split())
        assert stored == expected, source.name
        assert Counter(stored_notes) == Counter(expected_notes), source.name
        files += 1
        words_read += len(expected) + len(expected_notes)
    assert files >= 1549
    assert words_read > 10_000_000


def test_no_element_is_unknown(shared_data: Path, read: Read) -> None:
    assert {name: field for s, v in documents(shared_data, read, *ALL) for name, field in v.metadata if name == "unknown-element"} == {}


def test_the_eli_is_the_one_in_the_path(shared_data: Path, read: Read) -> None:
    for source, version in documents(shared_data, read, "current", "chains"):
        assert source.name.endswith(f"{version.eli}.xml")


def test_sections_of_commencement_parts_and_new_texts_are_never_the_acts_own(shared_data: Path, read: Read) -> None:
    for source, version in documents(shared_data, read, *ALL):
        root = etree.fromstring(source.data)
        elsewhere = {"Ikraft", "AendringNyTekst", "Bilag"}
        own = [p for p in root.iter("Paragraf") if not any(a.tag in elsewhere for a in p.iterancestors())]
        body = [n for n in version.walk() if n.kind is NodeKind.SECTION and n.part is Part.BODY]
        assert len(body) == len(own), source.name
        for node in version.walk():
            assert node.part in (Part.BODY, Part.AMENDMENT, Part.COMMENCEMENT) or not node.address.section


def test_nearly_every_section_has_an_address_and_it_is_its_alone(shared_data: Path, read: Read) -> None:
    sections = unnumbered = 0
    for source, version in documents(shared_data, read, *ALL):
        numbers = Counter(n.address.section for n in version.walk() if n.kind is NodeKind.SECTION and n.part is Part.BODY)
        sections += numbers.total()
        unnumbered += numbers.pop(None, 0)
        assert max(numbers.values(), default=1) == 1, source.name
    assert unnumbered / sections < 0.002  # "(Ophævet)" under no number


def test_serviceloven_has_every_own_section_once(shared_data: Path, read: Read) -> None:
    ((_, version),) = documents(shared_data, read, SERVICELOVEN)
    own = [n for n in version.walk() if n.part is Part.BODY and n.kind in (NodeKind.SECTION, NodeKind.SUBSECTION)]
    assert len(own) == len({n.address for n in own})
    assert all(n.address.section for n in own)
    assert {"1", "82a", "82b", "110", "85", "100"} <= {n.address.section for n in own}


def test_82a_is_found_however_the_source_spaces_it(shared_data: Path, read: Read) -> None:
    plain = (shared_data / SERVICELOVEN).read_bytes()
    assert "§ 82 a.".encode() in plain
    for spelling in ("§ 82 a.", "§\u00a082 a.", "§\u00a082\u00a0a.", "§\u00a0\u00a082\u00a0\u00a0a."):
        version = parse(plain.replace("§ 82 a.</Explicatus>".encode(), f"{spelling}</Explicatus>".encode()), "x")
        assert version.section("82a") is not None
    spacings = Counter(
        re.sub(r"\d+|[a-z]", "x", marker)
        for source, _ in documents(shared_data, read, *ALL)
        for marker in re.findall(r"<Paragraf[^>]*>\s*<Explicatus>(§\s*\d+\s*[a-z]\.)", source.data.decode("utf-8-sig"))
    )
    assert len(spacings) >= 3  # plain, one no-break space, two: all are in the files that the test above reads


def test_serviceloven_names_base_incorporated_and_not_incorporated(shared_data: Path, read: Read) -> None:
    ((_, version),) = documents(shared_data, read, SERVICELOVEN)
    assert version.base is not None
    assert (version.base.kind, version.base.eli) == ("lovbekendtgørelse", "lta/2025/155")
    assert [(a.act.eli, a.sections) for a in version.incorporated] == [
        ("lta/2024/1703", ("1",)),
        ("lta/2025/407", ("1",)),
        ("lta/2025/469", ("13",)),
        ("lta/2025/729", ("2",)),
        ("lta/2025/746", ("1",)),
        ("lta/2025/747", ("1",)),
        ("lta/2025/748", ()),
    ]
    assert [(a.act.eli, a.sections) for a in version.not_incorporated] == [("lta/2025/716", ("4",)), ("lta/2025/745", ("2",))]
    assert all("1. januar 2026" in a.words and a.title.startswith("Lov om ændring af") for a in version.not_incorporated)
    assert [a.act.eli for a in version.later_amendments] == ["lta/2025/716", "lta/2025/745", "lta/2025/1344"]
    assert all(a.title for a in version.later_amendments)


def test_nearly_every_preamble_is_read(shared_data: Path, read: Read) -> None:
    acts = [v for _, v in documents(shared_data, read, *ALL) if v.kind is DocumentKind.CONSOLIDATED_ACT]
    with_preamble = [v for v in acts if any(p.part is Part.PREAMBLE for p in v.provisions)]
    assert len(acts) > 700
    assert sum(v.base is not None for v in with_preamble) == len(with_preamble)
    assert sum(bool(v.incorporated) for v in with_preamble) >= 0.98 * len(with_preamble)
    assert sum(bool(v.not_incorporated) for v in with_preamble) >= 145


def test_the_executive_order_of_2024_is_historic_since_its_mark(shared_data: Path, read: Read) -> None:
    ((_, version),) = documents(shared_data, read, "lexdania-2024")
    assert (version.eli, version.kind, version.status.value) == ("lta/2024/227", DocumentKind.ORDER, "historisk")
    assert str(version.historic_since) == "2026-06-18"
    assert version.base is None
    assert ("Concerns/Ref_Accn", "A20240028029") in version.metadata


def test_amending_acts_hold_numbered_amendments(shared_data: Path, read: Read) -> None:
    acts = [v for _, v in documents(shared_data, read, "lexdania-2010-2014.tar.xz") if v.kind is DocumentKind.AMENDING_ACT]
    amendments = [n for v in acts for n in v.walk() if n.kind is NodeKind.AMENDMENT]
    addressed = [n for n in amendments if n.address.section and n.address.number]
    assert len(amendments) > 16_000
    assert len(addressed) / len(amendments) > 0.99
    act = next(v for v in acts if v.eli == "lta/2013/1459")
    assert isinstance(act.number, int)
    assert ActNumber("lov", act.number, act.signed).eli == act.eli


@pytest.mark.skipif(bool(os.environ.get("PYTEST_XDIST_WORKER")), reason="measured alone")
def test_fifteen_hundred_acts_are_parsed_in_less_than_a_minute(shared_data: Path) -> None:
    began, count = time.perf_counter(), 0
    for found in read_paths([shared_data / "lexdania-2010-2014.tar.xz"]):
        assert isinstance(found, SourceFile)
        parse(found.data, found.name)
        count += 1
    assert count >= 1549
    assert time.perf_counter() - began < 60
