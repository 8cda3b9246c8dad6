"""Bytes from anywhere: whole documents are read whatever their encoding, everything else is refused with a reason."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexers.retsinformation.lexdania import parse
from vidensplatform.errors import DamagedDocument
from vidensplatform.law.model import Version


def document(content: str = "") -> bytes:
    meta = "<Meta><AccessionNumber>A20300004130</AccessionNumber></Meta>"
    return f"<Dokument>{meta}<DokumentIndhold>{content}</DokumentIndhold></Dokument>".encode()


def section(words: str) -> str:
    return f"<Paragraf><Explicatus>§ 1.</Explicatus><Stk><Exitus><Linea><Char>{words}</Char></Linea></Exitus></Stk></Paragraf>"


def words_of(version: Version) -> str:
    """The words of the first subsection."""
    return version.provisions[0].children[0].text


def test_parsing_twice_gives_the_same() -> None:
    data = document(section("Ord."))
    assert parse(data, "a") == parse(data, "b")


@pytest.mark.parametrize(
    ("data", "reason", "place"),
    [
        (b"", "tom", ""),
        (b"\xef\xbb\xbf  \n", "tom", ""),
        (document()[:-12], "ikke hel", "linje"),
        (document() + b"<", "ikke hel", "linje"),
        (b"<!DOCTYPE html>\n<html><body>404</body></html>", "hjemmeside", "linje 1"),
        (b"\n<html><body>Siden findes ikke</body></html>", "hjemmeside", "linje 1"),
        (b"404 Not Found", "ikke XML", "linje 1"),
        (b"<feed>\n</feed>", "<feed>", "linje 1"),
        (b"<Dokument>\n<Meta>\n</Dokument>", "velformet", "linje 3"),
        (b"<Dokument>&ukendt;</Dokument>", "velformet", "linje 1"),
        (b"<Dokument>\n<Meta>\xc3\xa6 \xff</Meta></Dokument>", "UTF-8", "linje 2"),
    ],
)
def test_what_is_not_one_whole_document_is_refused_with_a_reason(data: bytes, reason: str, place: str) -> None:
    with pytest.raises(DamagedDocument) as caught:
        parse(data, "fejl.xml")
    assert caught.value.file == "fejl.xml"
    assert reason in caught.value.reason
    assert caught.value.place.startswith(place)


def test_entity_bombs_and_external_entities_are_refused_before_they_are_parsed(tmp_path: Path) -> None:
    secret = tmp_path / "hemmelig.txt"
    secret.write_text("hemmeligt")
    bomb = '<!DOCTYPE Dokument [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    external = f'<!DOCTYPE Dokument [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    for doctype in (bomb, external):
        with pytest.raises(DamagedDocument, match="sikkerhed"):
            parse(b'<?xml version="1.0"?>' + doctype.encode() + document(), "x")
        with pytest.raises(DamagedDocument, match="sikkerhed"):
            parse((doctype + document().decode()).encode("utf-16"), "x")


def test_a_file_that_is_too_large_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexers.retsinformation.lexdania_xml.MAX_BYTES", 100)
    with pytest.raises(DamagedDocument, match="større"):
        parse(document(), "x")


@pytest.mark.parametrize("depth", [200, 1200, 5000])
def test_a_document_nested_beyond_reason_is_refused_and_not_a_crash(depth: int) -> None:
    data = document("<Kapitel><Explicatus>K</Explicatus>" * depth + "</Kapitel>" * depth)
    if depth == 200:
        assert len(list(parse(data, "x").walk())) == depth
    else:
        with pytest.raises(DamagedDocument):
            parse(data, "x")


def test_a_document_too_deep_for_the_reader_is_refused_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_deep(_: object) -> None:
        raise RecursionError

    monkeypatch.setattr("indexers.retsinformation.lexdania.read_text", too_deep)
    with pytest.raises(DamagedDocument, match="indlejret"):
        parse(document(), "x")


@pytest.mark.parametrize(
    ("declared", "codec"),
    [
        ("utf-8", "utf-8"),
        ("utf-8", "utf-8-sig"),
        ("utf-16", "utf-8"),
        ("utf-8", "utf-16"),
        ("utf-16", "utf-16-le"),
        ("utf-16", "utf-16-be"),
        ("iso-8859-1", "iso-8859-1"),
        ("windows-1252", "cp1252"),
        ("utf-8", "cp1252"),
        ("iso-8859-1", "utf-8"),
        ("klingon", "cp1252"),
    ],
)
def test_the_letters_are_right_whatever_encoding_is_declared(declared: str, codec: str) -> None:
    text = f'<?xml version="1.0" encoding="{declared}"?>\n' + document(section("æøå")).decode()
    assert words_of(parse(text.encode(codec), "x")) == "æøå"


def test_the_newer_root_with_a_namespace_is_read() -> None:
    inner = document(section("Ord.")).decode().removeprefix("<Dokument>").removesuffix("</Dokument>")
    plain = f'<lex:LexDaniaDokument xmlns:lex="urn:lex">{inner}</lex:LexDaniaDokument>\n'
    wrapped = f'<lex:LexDaniaDokument xmlns:lex="urn:lex"><lex:Dokument>{inner}</lex:Dokument></lex:LexDaniaDokument>'
    default = f'<Dokument xmlns="urn:lex">{inner}</Dokument >'
    for text in (plain, wrapped, default):
        assert parse(text.encode(), "x").section("1") is not None


def test_comments_and_instructions_do_not_split_words() -> None:
    assert words_of(parse(document(section("prøve<!-- x --><?y z?>bænk")), "x")) == "prøvebænk"


@given(st.binary(max_size=300))
def test_any_bytes_give_a_version_or_a_damaged_document(data: bytes) -> None:
    with pytest.raises(DamagedDocument):
        parse(data, "x")
    try:
        parse(b"<Dokument>" + data + b"</Dokument>", "x")
    except DamagedDocument as error:
        assert error.reason  # noqa: PT017 - either outcome is right
