"""The LexDania parser, on documents invented for it: no sentence here is from a real act."""

import json
import os
import re
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexers.retsinformation.lexdania import parse
from vidensplatform.law.model import Address, NodeKind, Part, Provision, Version

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.xml"))

META = """
  <DocumentType>LOV H#LOKDOK01</DocumentType>
  <AccessionNumber>A20300004130</AccessionNumber>
  <DocumentTitle>Lov om prøvebænke</DocumentTitle>
  <Year>2030</Year><Number>41</Number><Status>Valid</Status>
"""


def document(content: str = "", *, meta: str = META, after: str = "") -> bytes:
    return f"<Dokument><Meta>{meta}</Meta><DokumentIndhold>{content}</DokumentIndhold>{after}</Dokument>".encode()


def line(words: str) -> str:
    return f"<Exitus><Linea><Char>{words}</Char></Linea></Exitus>"


def section(marker: str, *subsections: str) -> str:
    return f"<Paragraf><Explicatus>{marker}</Explicatus>{''.join(f'<Stk>{s}</Stk>' for s in subsections)}</Paragraf>"


def items(*pairs: tuple[str, str], form: str = "Nummer") -> str:
    inner = "".join(f'<Indentatio formaInd="{form}"><Explicatus>{m}</Explicatus>{words}</Indentatio>' for m, words in pairs)
    return f"<Exitus><Index>{inner}</Index></Exitus>"


def amendment(marker: str, words: str) -> str:
    definition = f"<AendringDefinition>{line(words)}</AendringDefinition>"
    return f"<AendringsNummer><Explicatus>{marker}</Explicatus><Aendring>{definition}</Aendring></AendringsNummer>"


def commencement(marker: str, words: str) -> str:
    return f"<IkraftCentreretParagraf><Explicatus>{marker}</Explicatus><Stk>{line(words)}</Stk></IkraftCentreretParagraf>"


def table(cell: str) -> str:
    return f"<Exitus><Table><Tr><Td>{cell}</Td><Td/></Tr><Tr><Td>{cell}</Td></Tr></Table></Exitus>"


LINES = st.lists(st.text("ab §1\u00a0\n", max_size=6), min_size=1, max_size=3).map(lambda pieces: line("</Char><Char>".join(pieces)))
CONTENT = st.recursive(
    LINES,
    lambda inner: st.lists(inner | inner.map(table), min_size=1, max_size=4).map("".join).flatmap(
        lambda parts: st.sampled_from(["1)", "b)", "–", "ii)", "2 a)", "", "Stk. 3."]).map(lambda marker: items((marker, parts), ("2)", parts)))
    ),
    max_leaves=8,
)  # fmt: skip


def read(content: str = "", **rest: str) -> Version:
    return parse(document(content, **rest), "prøve.xml")


def at(version: Version, *path: str | None) -> Provision:
    address = Address(*path)
    return next(node for node in version.walk() if node.address == address)


def as_json(value: object) -> object:
    """A version as plain data, without what is empty."""
    if is_dataclass(value):
        pairs = ((f.name, f.default, getattr(value, f.name)) for f in fields(value))
        return {name: as_json(v) for name, default, v in pairs if v not in ("", None, ()) and (default is MISSING or v != default)}
    if isinstance(value, tuple):
        return [as_json(v) for v in value]
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("source", GOLDEN, ids=lambda path: path.stem)
def test_the_golden_documents_give_what_is_written_beside_them(source: Path) -> None:
    """To write them anew after a change that is meant: VIDENSPLATFORM_WRITE_GOLDEN=1, and then read the difference."""
    found = as_json(parse(source.read_bytes(), source.name))
    beside = source.with_suffix(".json")
    if os.environ.get("VIDENSPLATFORM_WRITE_GOLDEN"):
        beside.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(beside.read_text(encoding="utf-8"))


class TestAddresses:
    @pytest.mark.parametrize(
        "marker",
        ["§ 82 a.", "§\u00a082 a.", "§\u00a082\u00a0a.", "§\u00a0\u00a082\u00a0\u00a0a.", "§ 82a.", "§ 82 A.", " § 82 a. ", "§82 a", "82 a."],
    )
    def test_section_with_letter_however_it_is_spaced(self, marker: str) -> None:
        assert read(section(marker, line("Ord."))).section("82a") is not None

    @pytest.mark.parametrize(
        ("marker", "number"),
        [("§§ 19-21.", "19"), ("§§ 24 a-24 b.", "24a"), ("§§ 11 og 12.", "11"), ("§ 16-§ 24.", "16"), ("§§ 160 f-j.", "160f")],
    )
    def test_a_marker_for_several_sections_gives_the_first(self, marker: str, number: str) -> None:
        assert read(section(marker, line("(Ophævet)"))).section(number) is not None

    def test_the_printed_marker_wins_over_the_attribute(self) -> None:
        version = read(f'<Paragraf localId="16"><Explicatus>§ 15 a.</Explicatus><Stk>{line("Ord.")}</Stk></Paragraf>')
        assert version.section("15a") is not None
        assert version.section("16") is None

    def test_the_attribute_helps_where_nothing_is_printed(self) -> None:
        assert read(f'<Paragraf localId="7b"><Stk>{line("Ord.")}</Stk></Paragraf>').section("7b") is not None

    def test_a_marker_left_in_the_text_is_taken_out_of_it(self) -> None:
        found = read(f"<Paragraf><Stk>{line('§ 78.')}{line('Bænke males.')}</Stk></Paragraf>").section("78")
        assert found is not None
        assert (found.marker, found.children[0].text) == ("§ 78.", "Bænke males.")

    def test_a_section_without_number_has_no_address_nor_has_anything_in_it(self) -> None:
        version = read(f"<Paragraf><Explicatus> </Explicatus><Stk>{line('Ord')}{items(('1)', line('et')))}</Stk></Paragraf>")
        assert [node.address for node in version.walk()] == [Address()] * 3

    def test_the_first_subsection_is_1_though_nothing_says_so(self) -> None:
        version = read(section("§ 3.", line("Først."), f"<Explicatus>Stk.\u00a02.</Explicatus>{line('Så.')}"))
        assert at(version, "3", "1").text == "Først."
        assert at(version, "3", "2").text == "Så."

    def test_numbers_of_a_section_with_one_subsection_lie_in_subsection_1(self) -> None:
        version = read(section("§ 13 d.", line("Bænke er") + items(("1)", line("røde,")), ("2)", line("blå.")))))
        assert at(version, "13d", "1", "2").text == "blå."
        assert at(version, "13d", "1", "2").address.path == "13d/1/2"

    def test_letters_lie_in_numbers(self) -> None:
        letters = items(("a)", line("gran")), ("b)", line("fyr")), form="Litra")
        version = read(section("§ 4.", line("Træ:") + items(("1)", line("nål:") + letters), ("1 a)", line("løv")))))
        assert at(version, "4", "1", "1", "b").text == "fyr"
        assert at(version, "4", "1", "1a").text == "løv"

    def test_letters_directly_in_a_subsection_have_no_number(self) -> None:
        assert at(read(section("§ 4.", items(("a)", line("gran")), form="Litra"))), "4", "1", None, "a").text == "gran"

    def test_i_is_a_letter_after_h_and_roman_where_no_letter_came_before(self) -> None:
        letters = [node.kind for node in read(section("§ 4.", items(("h)", line("x")), ("i)", line("y"))))).walk()]
        roman = [node.kind for node in read(section("§ 4.", items(("i)", line("x")), ("ii)", line("y"))))).walk()]
        assert letters[2:] == [NodeKind.LETTER, NodeKind.LETTER]
        assert roman[2:] == [NodeKind.ITEM, NodeKind.ITEM]

    def test_dashes_and_numbers_below_numbers_share_the_address_of_what_holds_them(self) -> None:
        deep = items(("1)", line("nord") + items(("1.", line("nordnord")), ("–", line("syd")))))
        nodes = list(read(section("§ 4.", deep)).walk())
        assert [(node.kind, node.address.path) for node in nodes[-2:]] == [(NodeKind.ITEM, "4/1/1")] * 2

    def test_an_item_without_marker_is_text_that_goes_on(self) -> None:
        node = list(read(section("§ 4.", items(("1)", line("nord")), (" ", line("men ikke øst"))))).walk())[-1]
        assert (node.kind, node.text, node.address.path) == (NodeKind.TEXT, "men ikke øst", "4/1")

    def test_a_later_subsection_without_marker_goes_on_with_the_one_before(self) -> None:
        version = read(section("§ 2.", line("Ved bænk forstås:"), line("et møbel."), f"<Explicatus>Stk. 2.</Explicatus>{line('Slut.')}"))
        assert [(node.kind, node.address.path) for node in version.walk()][1:] == [
            (NodeKind.SUBSECTION, "2/1"),
            (NodeKind.TEXT, "2/1"),
            (NodeKind.SUBSECTION, "2/2"),
        ]

    def test_a_subsection_marker_without_number_gets_no_address(self) -> None:
        version = read(section("§ 2.", line("Et."), f"<Explicatus>Stk.</Explicatus>{line('To.')}"))
        assert list(version.walk())[-1].address == Address()

    def test_words_directly_in_a_section_are_its_first_subsection(self) -> None:
        version = read(f"<Paragraf><Explicatus>§ 6.</Explicatus>{line('Bænke')}{items(('1)', line('står.')))}</Paragraf>")
        assert at(version, "6", "1").text == "Bænke"
        assert at(version, "6", "1", "1").text == "står."


class TestWords:
    def test_pieces_of_a_line_are_glued_and_lines_are_spaced(self) -> None:
        pieces = "<Exitus><Linea>\n <Char>prøve</Char>\n <Char>bænk</Char>\n</Linea><Linea><Char>her.</Char></Linea></Exitus>"
        assert at(read(section("§ 1.", pieces)), "1", "1").text == "prøvebænk her."

    def test_invisible_characters_go_and_spaces_of_every_kind_become_plain(self) -> None:
        version = read(section("§ 1.", line("prø\u00adve\u200cbæn\u200dk\u00a0\u2005\u2003\n  her")))
        assert at(version, "1", "1").text == "prøvebænk her"

    def test_text_after_a_list_is_a_node_of_its_own_so_that_the_order_is_kept(self) -> None:
        version = read(section("§ 1.", line("Før") + items(("1)", line("et"))) + line("efter")))
        subsection = at(version, "1", "1")
        assert subsection.full_text() == "Før\n1) et\nefter"
        assert (subsection.text, subsection.children[-1].kind, subsection.children[-1].address.path) == ("Før", NodeKind.TEXT, "1/1")

    def test_text_between_list_and_table_in_one_paragraph_keeps_its_place(self) -> None:
        cell = "<Table><Tr><Td><Exitus><Linea><Char>x</Char></Linea></Exitus></Td></Tr></Table>"
        content = f"<Exitus><Linea><Char>a</Char></Linea>{cell}<Linea><Char>b</Char></Linea></Exitus>"
        assert at(read(section("§ 1.", content)), "1", "1").full_text().split() == ["a", "x", "b"]

    def test_a_footnote_in_a_sentence_does_not_break_it(self) -> None:
        note = f"<Nota><Explicatus>1)</Explicatus>{line('Se')}{items(('a)', line('her')))}</Nota>"
        content = f"<Exitus><Linea><Char>En bænk</Char></Linea>{note}<Linea><Char>står.</Char></Linea></Exitus>"
        subsection = at(read(section("§ 1.", content)), "1", "1")
        assert subsection.text == "En bænk står."
        assert subsection.children == (Provision(NodeKind.FOOTNOTE, Part.BODY, Address("1", "1"), "1)", text="Se a) her"),)
        assert subsection.full_text(footnotes=False) == "En bænk står."

    def test_a_footnote_after_a_list_stays_with_its_text(self) -> None:
        after = "<Exitus><Linea><Char>efter</Char></Linea><Nota><Exitus><Linea><Char>note</Char></Linea></Exitus></Nota></Exitus>"
        last = at(read(section("§ 1.", items(("1)", line("et"))) + after)), "1", "1").children[-1]
        assert (last.text, last.children[0].kind) == ("efter", NodeKind.FOOTNOTE)

    def test_the_heading_of_a_group_is_the_groups_and_a_late_one_stands_where_it_stood(self) -> None:
        rubrica = "<Rubrica><Linea><Char>{}</Char></Linea></Rubrica>"
        version = read(
            f"<ParagrafGruppe>{rubrica.format('Pligter')}{section('§ 1.', line('Et.'))}{rubrica.format('Senere')}</ParagrafGruppe>"
            f"<Paragraf><Explicatus>§ 2.</Explicatus>{rubrica.format('Frister')}<Stk>{line('To.')}</Stk></Paragraf>"
        )
        assert version.provisions[0].kind is NodeKind.GROUP
        assert version.provisions[0].heading == "Pligter"
        assert version.provisions[0].children[-1] == Provision(NodeKind.HEADING, Part.BODY, heading="Senere")
        assert at(version, "2").heading == "Frister"

    def test_wrappers_without_words_are_dropped(self) -> None:
        version = read(f"<Bog><Afsnit><Kapitel><ParagrafGruppe>{section('§ 1.', line('Et.'))}</ParagrafGruppe></Kapitel></Afsnit></Bog>")
        assert [node.kind for node in version.provisions] == [NodeKind.SECTION]

    def test_a_footnote_in_a_heading_and_in_the_title_is_a_node(self) -> None:
        note = "<Nota><Explicatus>*)</Explicatus><Exitus><Linea><Char>note</Char></Linea></Exitus></Nota>"
        title = f"<TitelGruppe><Titel><Linea><Char>Lov</Char></Linea>{note}</Titel></TitelGruppe>"
        chapter = f"<Kapitel><Rubrica><Linea><Char>Først</Char></Linea>{note}</Rubrica></Kapitel>"
        version = parse(document(chapter).replace(b"<DokumentIndhold>", title.encode() + b"<DokumentIndhold>"), "x")
        assert [(node.kind, node.full_text()) for node in version.walk()] == [
            (NodeKind.TITLE, "Lov\n*) note"),
            (NodeKind.FOOTNOTE, "*) note"),
            (NodeKind.CHAPTER, "Først\n*) note"),
            (NodeKind.FOOTNOTE, "*) note"),
        ]

    def test_a_table_is_lines_of_cells_and_an_empty_row_is_none(self) -> None:
        def cell(words: str) -> str:
            return f"<Td>{line(words)}</Td>" if words else "<Td/>"

        rows = "".join(f"<Tr>{''.join(cell(w) for w in row)}</Tr>" for row in (("a b", "c"), ("", ""), ("", "d")))
        table = next(n for n in read(section("§ 1.", f"<Exitus><Table>{rows}</Table></Exitus>")).walk() if n.kind is NodeKind.TABLE)
        assert table.text == "a b\tc\n\td"

    def test_rows_in_a_group_notes_images_and_unknown_words_of_a_table_are_kept(self) -> None:
        note = f"<Nota><Explicatus>1)</Explicatus>{line('note')}</Nota>"
        cell = f"<Td><Exitus><Linea><Char>a</Char></Linea>{note}<Image name='bænk.png'/></Exitus></Td>løst"
        rows = f"<Krop><Tr>{cell}</Tr></Krop><Tekst>under</Tekst>"
        version = read(section("§ 1.", f"<Exitus><Table>{rows}</Table></Exitus>"))
        table_node = next(node for node in version.walk() if node.kind is NodeKind.TABLE)
        assert table_node.text == "a\tløst\nunder"
        assert [(node.kind, node.full_text()) for node in table_node.children] == [
            (NodeKind.FOOTNOTE, "1) note"),
            (NodeKind.IMAGE, "bænk.png"),
        ]
        assert [tag for name, tag in version.metadata if name == "unknown-element"] == ["Krop", "Tekst"]

    def test_loose_words_before_a_late_heading_in_a_section_stay_before_it(self) -> None:
        content = f"{line('Først.')}<Rubrica><Linea><Char>Så</Char></Linea></Rubrica><Stk>{line('Sidst.')}</Stk>"
        version = read(f"<Paragraf><Explicatus>§ 1.</Explicatus>{content}</Paragraf>")
        assert version.provisions[0].full_text() == "§ 1.\nFørst.\nSå\nSidst."
        assert [node.kind for node in version.provisions[0].children] == [NodeKind.SUBSECTION, NodeKind.HEADING, NodeKind.TEXT]

    def test_unknown_elements_keep_their_words_and_are_named(self) -> None:
        version = read(
            f"<Sidebemærkning><Ramme>I margen</Ramme></Sidebemærkning><Nyhed>{section('§ 1.', line('Et.'))}</Nyhed>løst"
            "<Exitus><Linea><Char>en</Char><Link>kæde</Link></Linea></Exitus>"
        )
        assert " ".join(p.full_text() for p in version.provisions).split() == ["I", "margen", "§", "1.", "Et.", "løst", "enkæde"]
        assert version.section("1") is not None
        assert [tag for name, tag in version.metadata if name == "unknown-element"] == ["Sidebemærkning", "Nyhed", "Link"]

    @given(CONTENT)
    def test_every_word_comes_back_in_its_order(self, content: str) -> None:
        version = read(section("§ 1.", content))
        words = content.replace("</Char><Char>", "")
        assert "\n".join(p.full_text() for p in version.provisions).split()[2:] == re.sub(r"<[^>]*>", " ", words).split()


class TestParts:
    def test_sections_of_other_acts_in_the_commencement_part_are_not_the_acts_own(self) -> None:
        version = read(
            section("§ 1.", line("Egen."))
            + f"<Ikraft>{line('Lov nr. 7 siger:')}{commencement('§ 1', 'Straks.')}</Ikraft>"
            + f"<Ikraft>{section('§ 1.', line('Også straks.'))}</Ikraft>"
        )
        assert [node.full_text() for node in version.walk() if node.address == Address("1")] == ["§ 1.\nEgen."]
        quoted = [node for node in version.walk() if node.part is Part.COMMENCEMENT]
        assert [node.kind for node in quoted if node.marker] == [NodeKind.SECTION, NodeKind.SECTION]
        assert {node.address for node in quoted} == {Address()}

    def test_the_commencement_section_of_an_amending_act_is_its_own(self) -> None:
        version = read(commencement("§ 4", "Straks."))
        assert at(version, "4").part is Part.COMMENCEMENT
        assert version.section("4") is None

    def test_amendments_in_a_section_of_an_act_are_numbered_below_its_subsection(self) -> None:
        version = read(section("§ 50.", line("I lov om skamler ændres:") + amendment("2.", "§ 1 ophæves.")))
        assert at(version, "50", "1", "2").kind is NodeKind.AMENDMENT
        assert at(version, "50", "1", "2").part is Part.AMENDMENT

    def test_an_amending_section_without_number_gives_its_amendments_no_address(self) -> None:
        number = amendment("1.", "§ 1 ophæves.")
        version = read(f"<AendringCentreretParagraf><Explicatus>§ l</Explicatus>{number}</AendringCentreretParagraf>")
        assert {node.address for node in version.walk()} == {Address()}

    def test_new_text_may_hold_whole_chapters_and_titles_and_has_no_addresses(self) -> None:
        new = (
            "<AendringNyTekst><Explicatus>Kapitel 2 a</Explicatus><Rubrica><Linea><Char>Nyt</Char></Linea></Rubrica>"
            f"{section('§ 9.', line('Et.'), line('To.'))}<Titel><Linea><Char>Skamleloven</Char></Linea></Titel></AendringNyTekst>"
        )
        version = read(new)
        assert version.provisions[0].kind is NodeKind.NEW_TEXT
        assert (version.provisions[0].marker, version.provisions[0].heading) == ("Kapitel 2 a", "Nyt")
        assert {(node.part, node.address) for node in version.walk()} == {(Part.AMENDMENT, Address())}

    def test_paragraphs_of_preamble_and_annex_stay_apart(self) -> None:
        version = read(
            f"<Indledning>{line('Et.')}{line('To.')}</Indledning>",
            after=f"<Bilag><BilagIndhold><TekstGruppe>{line('Tre.')}{line('Fire.')}</TekstGruppe></BilagIndhold></Bilag>",
        )
        assert [(node.kind, node.text) for node in version.walk()] == [
            (NodeKind.PREAMBLE, "Et."),
            (NodeKind.TEXT, "To."),
            (NodeKind.ANNEX, ""),
            (NodeKind.TEXT, "Tre."),
            (NodeKind.TEXT, "Fire."),
        ]
