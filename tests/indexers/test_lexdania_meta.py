"""What a document says of itself: its number, kind, dates, status and the acts that changed it later."""

import pytest

from indexers.retsinformation.lexdania import parse
from vidensplatform.errors import DamagedDocument
from vidensplatform.law.model import DocumentKind, Status, Version

META = "<AccessionNumber>A20300004130</AccessionNumber><Status>Valid</Status>"


def read(meta: str = META) -> Version:
    return parse(f"<Dokument><Meta>{meta}</Meta></Dokument>".encode(), "prøve.xml")


def short_names(*names: str) -> str:
    return f"<AendresAf>{''.join(f'<Dokument><KortNavn>{name}</KortNavn></Dokument>' for name in names)}</AendresAf>"


@pytest.mark.parametrize(
    ("meta", "eli"),
    [
        ("<AccessionNumber>A20250112929</AccessionNumber>", "lta/2025/1129"),
        ("<AccessionNumber>B20240022705</AccessionNumber>", "lta/2024/227"),
        ("<AccessionNumber>C20230943260</AccessionNumber>", "retsinfo/2023/9432"),
        ("<AccessionNumber>W20170959925</AccessionNumber>", "retsinfo/2017/9599"),
        ("<AccessionNumber>202522L00004</AccessionNumber>", "ft/202522L00004"),
        ("<Rank>A</Rank><Year>2030</Year><Number>41</Number>", "lta/2030/41"),
        ("<AccessionNumber>?</AccessionNumber><Year>2030</Year><Number>9041</Number>", "retsinfo/2030/9041"),
    ],
)
def test_the_eli_follows_from_the_accession_number_or_year_and_number(meta: str, eli: str) -> None:
    assert read(meta).eli == eli


def test_a_document_that_does_not_say_which_it_is_is_refused() -> None:
    with pytest.raises(DamagedDocument, match="hvilket nummer"):
        read("<DocumentTitle>Lov om prøvebænke</DocumentTitle><Number>41</Number>")
    with pytest.raises(DamagedDocument, match="Meta"):
        parse(b"<Dokument><DokumentIndhold/></Dokument>", "x")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("LOV H#LOKDOK 01", DocumentKind.ACT),
        ("LOV Æ#LOKDOK02", DocumentKind.AMENDING_ACT),
        ("LBK H#LOKDOK03", DocumentKind.CONSOLIDATED_ACT),
        ("BEK Æ#LOKDOK05", DocumentKind.ORDER),
        ("CIR1H#LOKDOK11", DocumentKind.CIRCULAR),
        ("VEJ#LOKDOK60", DocumentKind.GUIDELINE),
        ("KEN#LOKDOK23", DocumentKind.OTHER),
        ("LSV L#LOKDOK26", DocumentKind.BILL),
        ("Lovbekendtgørelse", DocumentKind.CONSOLIDATED_ACT),
        ("Cirkulære", DocumentKind.CIRCULAR),
        ("SKR#LOKDOK22", DocumentKind.OTHER),
        ("", DocumentKind.OTHER),
    ],
)
def test_the_kind_is_that_of_the_type_not_of_the_title(words: str, kind: DocumentKind) -> None:
    meta = f"<DocumentType>{words}</DocumentType><Year>2030</Year><Number>1</Number><DocumentTitle>Lov om ændring af lov</DocumentTitle>"
    assert read(meta).kind is kind


def test_dates_of_submission_are_metadata_only() -> None:
    version = read(META + '<StartDate REFid="s">2030-01-01</StartDate><EndDate REFid="s">2031-01-01</EndDate><DateOfSubmit id="s"/>')
    assert (version.signed, version.published, version.historic_since) == (None, None, None)
    assert dict(version.metadata) == {"StartDate": "2030-01-01", "EndDate": "2031-01-01"}


def test_a_date_that_is_none_stays_away() -> None:
    assert read(META + "<DiesSigni>i går</DiesSigni><DateOfHistoricMark>2030-13-01</DateOfHistoricMark>").signed is None


def test_status_is_unknown_where_the_source_says_nothing() -> None:
    assert read().status is Status.VALID
    assert read("<Year>2030</Year><Number>1</Number><Status>Historic</Status>").status is Status.HISTORIC
    assert read("<Year>2030</Year><Number>1</Number>").status is Status.UNKNOWN


def test_a_later_amendment_named_twice_is_listed_once_with_its_title() -> None:
    first = '<Change id="c1"/><Ref_Accn REFid="c1">A20310000730</Ref_Accn><Ref_Af REFid="c1">2031-03-01</Ref_Af>'
    second = '<Change id="c2"/><Ref_Accn REFid="c2">A20310000930</Ref_Accn><Ref_Accn REFid="c2">X1</Ref_Accn>'
    named = short_names("LOV nr 7 af 01/03/2031 ", "BEK nr 3 af 02/03/2031", "LBK nr 12 af 05/05/2031", "Ingen")
    version = read(META + named + first + '<Ref_Text REFid="c1">Flere bænke</Ref_Text>' + second)
    assert [(a.act.kind, a.act.number, a.act.eli, a.title) for a in version.later_amendments] == [
        ("lov", 7, "lta/2031/7", "Flere bænke"),
        ("bekendtgørelse", 3, "lta/2031/3", ""),
        ("lov", 9, "lta/2031/9", ""),
    ]
    assert version.metadata == (("AendresAf", "LBK nr 12 af 05/05/2031"), ("Change", "X1"))


def test_a_number_that_is_none_is_kept_in_the_metadata() -> None:
    version = read("<AccessionNumber>F20090000155</AccessionNumber><Year>2009</Year><Number>1-1</Number>")
    assert ("Number", "1-1") in version.metadata


def test_an_old_document_with_metadata_only_has_no_text() -> None:
    assert parse(f"<Dokument><Meta>{META}</Meta></Dokument>".encode(), "x").provisions == ()


def test_the_printed_title_stands_in_for_a_missing_one() -> None:
    title = "<TitelGruppe><Titel><Linea><Char>Lov om skamler</Char></Linea></Titel></TitelGruppe>"
    assert parse(f"<Dokument><Meta>{META}</Meta>{title}</Dokument>".encode(), "x").title == "Lov om skamler"
