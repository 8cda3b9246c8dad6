"""Which kind of file a file is, by its content; and documents as JSON records."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from replay.ankestyrelsen import decision
from replay.golden import FOLDER, check_golden, golden_pairs
from small import act

from indexers.folder import SourceFile, read_paths
from indexers.pipeline import Pipeline
from indexers.readers import Readers
from indexers.retsinformation.record import parse
from vidensplatform.errors import DamagedDocument
from vidensplatform.knowledge.loading import Corpus
from vidensplatform.law.model import DocumentKind, NodeKind, Part, Status, Version
from vidensplatform.law.registry import Registry
from vidensplatform.store.library import Library

HEAD = ["2030-02-03", "2030-02-04", "2030-02-05", "Lovtidende A", "2030-02-05", "Nej", "Bodil Bænk", "Bænkeministeriet"]


def record(*body: str, title: str = "Bekendtgørelse om bænkes farve", head: list[str] | None = None, **more: object) -> bytes:
    text = "\n".join([title, *(HEAD if head is None else head), title, *body])
    fields = {
        "_source": "DK/Retsinformation",
        "title": title,
        "text": text,
        "date": "2030-02-05",
        "url": "https://retsinformation.dk/eli/lta/2030/44",
        "accession_number": "B20300004405",
        "document_type": "BEK H#LOKDOK04",
        "status": "Valid",
        **more,
    }
    return json.dumps(fields, ensure_ascii=False).encode()


ORDER = ("I medfør af § 2 i lov om prøvebænke fastsættes:", "§ 1.", "Bænke males grønne.", "§ 2.", "Malingen tørrer.", "Bilag 1", "§ 14.", "2,28 kr.")


def read(data: bytes) -> Version:
    return Readers(Registry()).read(data, "fil")


@pytest.mark.parametrize(
    ("data", "eli"),
    [
        (act(), "lta/2031/7"),
        (act().decode().replace('encoding="utf-8"', 'encoding="utf-16"').encode("utf-16"), "lta/2031/7"),
        (record(*ORDER), "lta/2030/44"),
        (decision("5-30", "paraplyer", ["Gældende"]).html().encode(), "ast/5-30"),
        ((FOLDER / "ankestyrelsen" / "6-29.record").read_bytes(), "ast/6-29"),
        ((FOLDER / "html" / "old_site.html").read_bytes(), json.loads((FOLDER / "html" / "old_site.json").read_bytes())["eli"]),
    ],
)
def test_a_file_is_what_its_content_says(data: bytes, eli: str) -> None:
    assert read(data).eli == eli


@pytest.mark.parametrize(
    "data",
    [b'{"name": "noget andet"}', b"[1, 2]", b"{", b"<!DOCTYPE html><html><body><p>Hej</p></body></html>", b"", b"\x00\x01\x02", b"[" * 100_000],
)
def test_a_file_of_no_known_kind_is_told(data: bytes) -> None:
    with pytest.raises(DamagedDocument):
        read(data)


@pytest.mark.parametrize("path", golden_pairs("record"), ids=lambda path: path.stem)
def test_a_record_gives_its_golden_document(path: Path) -> None:
    check_golden(parse(path.read_bytes(), path.name), path)


def test_a_plain_order_has_sections_and_an_annex_has_none() -> None:
    version = parse(record(*ORDER), "x")
    assert (version.kind, version.number, version.year, version.status) == (DocumentKind.ORDER, 44, 2030, Status.VALID)
    assert (version.signed, version.published) == (date(2030, 2, 3), date(2030, 2, 5))
    sections = [p for p in version.walk() if p.kind is NodeKind.SECTION]
    assert [(p.address.section, p.full_text().splitlines()[-1]) for p in sections] == [("1", "Bænke males grønne."), ("2", "Malingen tørrer.")]
    assert [p.text for p in version.walk() if p.part is Part.PREAMBLE] == [ORDER[0]]
    assert [p.text for p in version.walk() if p.part is Part.ANNEX] == ["Bilag 1", "§ 14.", "2,28 kr."]


@pytest.mark.parametrize("document_type", ["BEK Æ#LOKDOK05", "CIR1H#LOKDOK11", "KEN#LOKDOK23"])
def test_elsewhere_no_section_is_made_of_a_line_that_looks_like_one(document_type: str) -> None:
    version = parse(record(*ORDER, document_type=document_type), "x")
    assert not any(p.kind is NodeKind.SECTION for p in version.walk())
    assert [p.text for p in version.walk() if p.part is not Part.TITLE] == list(ORDER)


def test_sections_that_do_not_count_up_are_paragraphs() -> None:
    version = parse(record("§ 1.", "Bænke.", "§ 3.", "Stole."), "x")
    assert [p.text for p in version.walk() if p.part is Part.BODY] == ["§ 1.", "Bænke.", "§ 3.", "Stole."]


def test_a_board_s_decision_is_no_principmeddelelse() -> None:
    assert parse(record("Nævnet siger nej.", document_type="KEN#LOKDOK23"), "x").kind is DocumentKind.OTHER
    head = [*HEAD[:-1], "Ankestyrelsen"]
    assert parse(record("Styrelsen siger ja.", document_type="KEN#LOKDOK23", head=head), "x").kind is DocumentKind.DECISION


def test_no_date_is_made_up_where_the_metadata_have_another_order() -> None:
    version = parse(record("Bænke males.", head=["Nej", "2030-02-03"], date="i går"), "x")
    assert (version.signed, version.published) == (None, None)


def test_the_acts_it_concerns_are_kept() -> None:
    head = [*HEAD[:5], "A20300004130", "2030-01-02", "Lov om prøvebænke", "Nej"]
    assert ("Concerns/Ref_Text", "Lov om prøvebænke") in parse(record("Bænke males.", head=head), "x").metadata


@pytest.mark.parametrize("more", [{"text": "Noget helt andet"}, {"title": ""}, {"url": "", "accession_number": ""}, {"text": ""}])
def test_a_record_without_title_text_or_number_is_told(more: dict[str, object]) -> None:
    with pytest.raises(DamagedDocument):
        parse(record("Bænke males.", **more), "x")


@pytest.mark.real_data
def test_the_real_files_of_other_kinds_are_read_or_told(shared_data: Path, corpus: Corpus, tmp_path: Path) -> None:
    folders = [shared_data / name for name in ("ast-principmeddelelser", "retsinformation-2026-json", "retsinfo-old-html")]
    with Library.open(tmp_path / "l.sqlite3") as library:
        tally = Pipeline(library, corpus.registry).run(read_paths(folders))
        # six of the old pages are lists and forms of the old site, one is another site's
        assert (tally.read, len(tally.failed)) == (26, 7)
        assert {failure.file.rpartition("/")[2] for failure in tally.failed} <= {p.name for p in (shared_data / "retsinfo-old-html").iterdir()}
        invented = library._db.execute("SELECT eli, signed, published FROM versions WHERE eli = 'ast/17-25'").fetchone()
        assert tuple(invented) == ("ast/17-25", None, None)
        shown = {version.eli for version in library.current_versions().values()}
        assert {"ast/1-26", "ast/2-26", "ast/3-26"} <= shown
        assert not {"ast/20-25", "ast/21-25", "ast/22-25"} & shown
        assert {"ast/1-26"} <= {r.source_eli for r in library.references_to("serviceloven", "110")}
        kinds = library.kinds()
        assert kinds["principmeddelelse"][0] == 7


@pytest.mark.real_data
def test_no_word_of_a_real_record_is_lost(shared_data: Path) -> None:
    for found in read_paths([shared_data / "retsinformation-2026-json"]):
        assert isinstance(found, SourceFile)
        version = parse(found.data, found.name)
        kept = "".join("".join(p.full_text().split()) for p in version.provisions)
        words = "".join(json.loads(found.data)["text"].split())
        assert words.endswith(kept.removeprefix("".join(version.title.split())))
        assert len(kept) > 100
