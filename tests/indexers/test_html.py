"""Documents that exist as HTML only: every word kept, every address certain, and a page of another layout reported."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from replay import faults
from replay.golden import check_golden, golden_pairs
from replay.texts import act_xml

from indexers.fetch_errors import LayoutChanged
from indexers.markup import blocks, open_page, words_of
from indexers.retsinformation.html import add_text, has_text, parse
from indexers.retsinformation.lexdania import parse as parse_xml
from vidensplatform.law.model import ActNumber, Address, DocumentKind, NodeKind, Part, Provision, Status, Version

FOLDER = Path(__file__).parent / "golden" / "html"
ACT = parse_xml(act_xml(12, "Lov om gamle bænke", {}, year=1999), "12.xml")
KINDS = {"guideline": ("VEJ#LOKDOK60", "C", "60"), "amending_act": ("LOV Æ#LOKDOK02", "A", "30")}


def page(inner: str) -> bytes:
    return f"<html><body><div id='INDHOLD'>{inner}</div></body></html>".encode()


def read(inner: str, version: Version = ACT) -> Version:
    return add_text(version, page(inner), "https://www.retsinformation.dk/eli/lta/1999/12/rawhtml")


def at(version: Version, *path: str | None) -> Provision:
    return next(node for node in version.walk() if node.address == Address(*path))


LONG = "<p>Dette er en indledning, som er lang nok til at være en rigtig tekst om bænke og åer.</p>"


@pytest.mark.parametrize("pair", golden_pairs("html"), ids=lambda pair: pair.stem)
def test_golden(pair: Path) -> None:
    if pair.stem == "old_site":
        check_golden(parse(pair.read_bytes(), pair.name), pair)
        return
    kind, letter, suffix = KINDS.get(pair.stem, ("LOV H#LOKDOK01", "A", "30"))
    meta = parse_xml(act_xml(12, "Om gamle bænke", {}, year=1999, kind=kind, letter=letter, suffix=suffix), "12.xml")
    assert not has_text(meta)
    version = add_text(meta, pair.read_bytes(), pair.name)
    assert has_text(version)
    check_golden(version, pair)


# ---- addresses


def test_sections_subsections_numbers_and_letters() -> None:
    version = add_text(ACT, (FOLDER / "old_document.html").read_bytes(), "old_document.html")
    assert at(version, "1", "2", "1").text == "åen er frosset,"
    assert at(version, "1", "2", "3", "b").text == "to har hørt det."
    assert at(version, "2a", "2").text == "Farven er grøn."
    assert [p.address.section for p in version.walk() if p.kind is NodeKind.SECTION] == ["1", "2a", "3"]


def test_commencement_sections_of_other_acts_have_no_address() -> None:
    version = parse((FOLDER / "old_site.html").read_bytes(), "old_site.html")
    quoted = [p for p in version.walk() if p.part is Part.COMMENCEMENT]
    assert quoted
    assert all(p.address == Address() for p in quoted)


def test_a_section_that_comes_twice_has_an_address_once() -> None:
    version = read(f"{LONG}<p>§ 1. Den første.</p><p>§ 2. Den næste.</p><p>§ 1. Den citerede.</p>")
    assert [p.address.section for p in version.walk() if p.kind is NodeKind.SECTION] == ["1", "2", None]
    section = version.section("1")
    assert section is not None
    assert section.children[0].text == "Den første."


def test_new_text_of_an_amending_act_is_not_its_own_section() -> None:
    meta = parse_xml(act_xml(5, "Lov om ændring af lov om gamle bænke", {}, kind="LOV Æ#LOKDOK02"), "5.xml")
    version = add_text(meta, (FOLDER / "amending_act.html").read_bytes(), "amending_act.html")
    assert version.kind is DocumentKind.AMENDING_ACT
    assert [p.address.section for p in version.walk() if p.kind is NodeKind.AMENDING_SECTION] == ["1", "2"]
    assert [p.marker for p in version.walk() if p.kind is NodeKind.AMENDMENT] == ["1.", "2."]


def test_the_head_of_the_old_site() -> None:
    version = parse((FOLDER / "old_site.html").read_bytes(), "old_site.html")
    assert (version.eli, version.kind, version.status) == ("lta/2012/77", DocumentKind.CONSOLIDATED_ACT, Status.HISTORIC)
    assert (version.popular_title, version.ministry, version.published) == ("Bænkeloven", "Bænkeministeriet", date(2012, 11, 12))
    assert version.base == ActNumber("lovbekendtgørelse", 12, date(2009, 2, 3))
    assert [a.act.number for a in version.incorporated] == [8]
    assert [(a.act.number, a.title) for a in version.later_amendments] == [(5, "Lov om ændring af bænkeloven (Flere bænke)")]


# ---- another layout


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "tom"),
        (faults.PAGE.encode(), "tekstdel"),
        (page(""), "tom"),
        (page("<p>Teksten findes kun i trykt form.</p>"), "tom"),
        (page(LONG).replace(b"INDHOLD", b"content"), "tekstdel"),
        (page(f"{LONG}<p>Paragraf et siger noget om § 1 og § 2.</p>"), "paragraffer"),
        (page(LONG * 9).decode().encode().decode("cp1252", "replace").encode(), "tegnsættet"),
        (b"<p>lidt", "tekstdel"),
    ],
)
def test_a_page_that_no_longer_matches_is_reported(data: bytes, reason: str) -> None:
    with pytest.raises(LayoutChanged, match=reason):
        add_text(ACT, data, "side.html")


def test_a_page_without_the_head_of_a_document_is_none() -> None:
    with pytest.raises(LayoutChanged, match="hoved"):
        parse(page(LONG), "side.html")


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_pages_are_read_in_whatever_encoding_they_come(codec: str) -> None:
    source = (FOLDER / "old_document.html").read_text(encoding="utf-8")
    assert add_text(ACT, source.encode(codec), "x.html") == add_text(ACT, source.encode(), "x.html")


# ---- no word lost

WORDS = st.text("abø §1.,)", min_size=1, max_size=12).map(lambda words: f"ord {words}")
MARKS = ["§ 1. ", "§ 2 a. ", "§ 2 a. ", "Stk. 2. ", "Stk. 3. ", "1) ", "2) ", "a) ", "– ", "Kapitel 3 ", "Afsnit II ", "Bilag 1", "", "1. ", "(1) "]
MARKED = st.sampled_from(MARKS)
TAGS = st.sampled_from(
    ["p", "div", "li", "h3", "p align='center'", "td", "p class='Stk2'", "p class='Liste1'", "p class='Paragraf'", "p class='Kapitel'"]
)
INLINE = st.sampled_from(["{}", "<b>{}</b>", "<i>{}</i>", "{}<br>§ 9. mere", "<span>{}</span> efter", "{}<hr>bagefter", "<a href='#'>{}</a>"])
PAGES = st.lists(st.tuples(TAGS, MARKED, WORDS, INLINE), min_size=3, max_size=14)


def build(parts: list[tuple[str, str, str, str]]) -> str:
    return "".join(f"<{tag}>{inline.format(mark + words)}</{tag.split()[0]}>" for tag, mark, words, inline in parts)


@settings(max_examples=150, deadline=None)
@given(PAGES, st.booleans())
def test_every_word_of_a_page_is_kept_in_its_order(parts: list[tuple[str, str, str, str]], amending: bool) -> None:
    """The parser itself checks it, and would report a layout; here nothing may be reported."""
    meta = parse_xml(act_xml(5, "Om bænke", {}, kind="LOV Æ#LOKDOK02" if amending else "VEJ#LOKDOK60", letter="A" if amending else "C"), "5.xml")
    version = read(LONG + build(parts), meta)
    kept = "".join("".join(p.full_text().split()) for p in version.provisions)
    assert kept == re.sub(r"\s", "", words_of(open_page(page(LONG + build(parts)), "x")))
    own = [p.address for p in version.walk() if p.kind in (NodeKind.SECTION, NodeKind.AMENDING_SECTION) and p.address.section]
    assert len(own) == len(set(own))


def test_tables_of_the_layout_are_not_tables_of_the_text() -> None:
    body = "<table><tr><td>§ 1. " + "Bænke står ved åer. " * 15 + "</td></tr><tr><td>§ 2. " + "Åer løber forbi bænke. " * 15 + "</td></tr></table>"
    assert [p.address.section for p in read(body).walk() if p.kind is NodeKind.SECTION] == ["1", "2"]


def test_blocks_hold_every_word_once() -> None:
    root = open_page(b"<div>a<p>b<br>c</p>d<ul><li>e<p>f</p>g</li></ul><table><caption>h</caption><tr><td>i</td></tr></table>j</div>", "x")
    assert [block.words for block in blocks(root)] == ["a", "b c", "d", "e", "f", "g", "h\ni", "j"]


# ---- the real pages


@pytest.mark.real_data
def test_the_real_page_of_the_old_site(shared_data: Path) -> None:
    version = parse((shared_data / "retsinfo-old-html" / "R0710-164746.html").read_bytes(), "R0710-164746.html")
    assert (version.eli, version.popular_title, version.status) == ("lta/2015/1238", "Forældelsesloven", Status.VALID)
    own = [p.address.section for p in version.walk() if p.kind is NodeKind.SECTION and p.address.section]
    assert own[:4] == ["1", "2", "2a", "3"]
    assert own[-1] == "31"
    assert len([n for n in at(version, "3", "3").children if n.kind is NodeKind.NUMBER]) == 4


@pytest.mark.real_data
def test_the_real_pages_that_are_no_documents_are_reported(shared_data: Path) -> None:
    others = [p for p in (shared_data / "retsinfo-old-html").iterdir() if not p.name.startswith("R0710")]
    assert len(others) == 7
    for path in others:
        with pytest.raises(LayoutChanged):
            parse(path.read_bytes(), path.name)
