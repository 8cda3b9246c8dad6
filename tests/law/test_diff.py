"""What changed between two texts of an act: the section's words, their difference, which section is which, and what is only the editor's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidensplatform.law.alignment import Pair, align, likely_destinations, moved_across
from vidensplatform.law.diff import Change, ChangeKind, compare, moved_away, moved_here
from vidensplatform.law.editorial import Editorial, why_editorial
from vidensplatform.law.model import Address, DocumentKind, NodeKind, Part, Provision, Version
from vidensplatform.law.sectiontext import SectionText, order, plain, section_text, sections_of, without_notes
from vidensplatform.law.subsections import SubsectionChange, subsection_changes
from vidensplatform.law.worddiff import Diff, word_diff, words

BENCHES = "Byrådet stiller bænke til rådighed i parken for borgere, der har gået langt og trænger til at hvile fødderne."
FOUNTAINS = "Springvand holdes i gang fra solopgang til solnedgang, medmindre vandet er frosset eller nogen har hældt sæbe i kummen."
PIGEONS = "Duer fodres ikke på torvet, og den, der alligevel gør det, fejer selv stenene og bortskaffer krummerne samme aften."


def section(number: str, text: str, *headings: str, through: str | None = None) -> SectionText:
    lines = text.split("\n")
    subsections = [("1", lines[0])] + [(line.split()[1].rstrip("."), line.split(". ", 2)[2]) for line in lines[1:] if line.startswith("Stk. ")]
    return SectionText(number, text, headings, tuple(subsections), through)


def repealed(number: str, through: str | None = None) -> SectionText:
    return section(number, "(Ophævet)", through=through)


def only(changes: list[Change]) -> Change:
    assert len(changes) == 1, changes
    return changes[0]


def side(diff: Diff, op: str) -> str:
    return "".join(piece for sign, piece in diff if sign in ("=", op))


class TestWords:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("efter § 82 a, stk. 2, nr. 3", ["efter", "§ 82 a", ",", "stk. 2", ",", "nr. 3"]),
            ("§ 5 i lov om bænke", ["§ 5", "i", "lov", "om", "bænke"]),
            ("§ 26 i, stk. 2", ["§ 26 i", ",", "stk. 2"]),
            ("§§ 82 a og 82 b", ["§§ 82 a", "og", "82 b"]),
            ("stk. 1, 2. pkt., litra b", ["stk. 1", ",", "2. pkt.", ",", "litra b"]),
            ("den 1. juli 2026", ["den", "1. juli 2026"]),
            ("12.345,50 kr. m.v.", ["12.345,50", "kr.", "m.v."]),
            ("børne- og ungeudvalget", ["børne-", "og", "ungeudvalget"]),
            ("kapitel 5 a", ["kapitel 5 a"]),
        ],
    )
    def test_legal_numbers_are_one_word(self, text: str, expected: list[str]) -> None:
        assert words(text) == expected

    def test_a_new_subsection_number_is_struck_whole(self) -> None:
        assert word_diff("bænke efter stk. 2, jf. § 4", "bænke efter stk. 3, jf. § 4") == (
            ("=", "bænke efter"),
            ("-", " stk. 2"),
            ("+", " stk. 3"),
            ("=", ", jf. § 4"),
        )

    def test_a_slight_word_between_two_changes_is_changed_with_them(self) -> None:
        diff = word_diff("Byrådet vasker og maler hver bænk.", "Byrådet skrubber og bejdser hver bænk.")
        assert diff == (("=", "Byrådet"), ("-", " vasker og maler"), ("+", " skrubber og bejdser"), ("=", " hver bænk."))

    def test_a_line_break_is_kept_where_the_new_text_has_it(self) -> None:
        assert word_diff("En bænk. Stk. 2. To.", "En bænk.\nStk. 2. Tre.") == (("=", "En bænk.\nStk. 2."), ("-", " To"), ("+", " Tre"), ("=", "."))

    def test_nothing(self) -> None:
        assert word_diff("", "") == ()
        assert word_diff("", "bænk") == (("+", "bænk"),)
        assert word_diff("bænk", "bænk") == (("=", "bænk"),)

    texts = st.lists(
        st.sampled_from(["bænk", "stk. 2", "§ 82 a", ",", "og", "\n", "den 1. juli 2026", "(", "jf.", "Stk. 3."]) | st.text(max_size=4)
    ).map(" ".join)

    @given(texts, texts)
    def test_its_words_rebuild_both_sides(self, old: str, new: str) -> None:
        diff = word_diff(old, new)
        assert side(diff, "-").split() == plain(old).split()
        assert side(diff, "+").split() == plain(new).split()
        assert all(piece.strip() for _, piece in diff)


class TestSectionText:
    def version(self, *provisions: Provision) -> Version:
        return Version(eli="lta/2030/1", kind=DocumentKind.CONSOLIDATED_ACT, title="Bænkelov", provisions=provisions)

    def provision(self, *, footnote: bool) -> Provision:
        at = Address("2a")
        note = (Provision(NodeKind.FOOTNOTE, address=at, marker="1)", text="Ændret i 2029."),) if footnote else ()
        return Provision(
            NodeKind.SECTION,
            address=at,
            marker="§ 2 a.",
            children=(
                Provision(
                    NodeKind.SUBSECTION,
                    address=Address("2a", "1"),
                    text="En bænk har",
                    children=(
                        Provision(NodeKind.NUMBER, address=Address("2a", "1", "1"), marker="1)", text="fire ben og"),
                        Provision(NodeKind.NUMBER, address=Address("2a", "1", "2"), marker="2)", text="et sæde.", children=note),
                    ),
                ),
                Provision(NodeKind.SUBSECTION, address=Address("2a", "2"), marker="Stk. 2.", text="Den males."),
            ),
        )

    def test_lines_subsections_and_headings(self) -> None:
        chapter = Provision(NodeKind.CHAPTER, marker="Kapitel 1", heading="Bænke", children=(self.provision(footnote=True),))
        other = Provision(NodeKind.SECTION, Part.COMMENCEMENT, marker="§ 9.", text="Citeret fra en anden lov.")
        found = sections_of(self.version(chapter, other))
        assert found == [
            SectionText(
                "2a",
                "En bænk har\n1) fire ben og\n2) et sæde.\nStk. 2. Den males.",
                ("Bænke",),
                (("1", "En bænk har\n1) fire ben og\n2) et sæde."), ("2", "Den males.")),
            )
        ]
        assert found[0].heading == "Bænke"

    def test_footnotes_do_not_count(self) -> None:
        with_note, without = (section_text(list(self.provision(footnote=f).walk())) for f in (True, False))
        assert with_note == without
        assert with_note.sha256 == without.sha256

    def test_a_second_heading_stands_above_what_follows(self) -> None:
        numbers = (Provision(NodeKind.SECTION, address=Address(n), marker=f"§ {n}.") for n in "12")
        first, second = numbers
        chapter = Provision(NodeKind.CHAPTER, heading="Bænke", children=(first, Provision(NodeKind.HEADING, heading="Maling"), second))
        assert [s.headings for s in sections_of(self.version(chapter))] == [("Bænke",), ("Bænke", "Maling")]

    def test_a_section_without_a_number_has_no_place(self) -> None:
        with pytest.raises(ValueError, match="no section"):
            section_text([Provision(NodeKind.SECTION, marker="§ ?.")])
        assert sections_of(self.version(Provision(NodeKind.SECTION, marker="§ ?."))) == []

    @pytest.mark.parametrize(
        "words_left", ["(Ophævet)", "(Ophævet).", "(ophævet)", "§§ 3-5. (Ophævet)", ". (ophævet)", "og § 7 a. (Ophævet)", "(Ophæves).", ""]
    )
    def test_only_the_number_stands(self, words_left: str) -> None:
        assert section("3", words_left).gone
        assert not section("3", words_left).left_out

    def test_left_out_says_nothing_of_the_law(self) -> None:
        assert section("3", "(Udelades)").left_out
        assert not section("3", "(Udelades)").gone

    @pytest.mark.parametrize("words_left", [BENCHES, "En ophævet bænk fjernes.", "§ 3 ophæves.", "Ophæves bænken, fjernes benene."])
    def test_words_that_stand(self, words_left: str) -> None:
        assert not section("3", words_left).gone

    def test_a_range_covers_its_sections(self) -> None:
        marked = section_text([Provision(NodeKind.SECTION, address=Address("12"), marker="§§ 12-13 b.", text="(Ophævet)")])
        assert marked.through == "13b"
        assert [s for s in ("11", "12", "12a", "13", "13b", "13c", "14") if marked.covers(s)] == ["12", "12a", "13", "13b"]

    def test_order_of_sections(self) -> None:
        assert sorted(["10", "9z", "9å", "9æ", "9", "9a", "9ø"], key=order) == ["9", "9a", "9z", "9æ", "9ø", "9å", "10"]

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Bænken males. 7) Se note 6.", "Bænken males."),
            ("Bænken males . 2) § 3 trådte i kraft den 1. maj 2029.", "Bænken males ."),
            ("byrådet1) maler bænken.", "byrådet maler bænken."),
            ("En bænk er 1) af træ og 2) malet.", "En bænk er 1) af træ og 2) malet."),
            ("Der gives til: 1) Enlige. 2) Par.", "Der gives til: 1) Enlige. 2) Par."),
            ("Pladsen er 20 m2) stor.", "Pladsen er 20 m2) stor."),
        ],
    )
    def test_notes_printed_into_the_text(self, text: str, expected: str) -> None:
        assert without_notes(text) == expected

    def test_what_only_looks_different(self) -> None:
        assert plain("»§\u00a02\u00a0a« – træ\u00adbænke ,\n  malede ( røde )") == '"§ 2 a" - træbænke,\nmalede (røde)'


class TestEditorial:
    @pytest.mark.parametrize(
        ("old", "new", "why"),
        [
            ("En bænk, der er rød.", "En bænk der er rød", Editorial.SIGNS),
            ("(2030-niveau)for bænken", "(2030-niveau) for bænken", Editorial.SIGNS),
            ("Bænke- og parkministeren fastsætter regler.", "Park- og springvandsministeren fastsætter regler.", Editorial.MINISTER),
            ("Parkministeren fastsætter regler.", "Ministeren for by, bolig og landdistrikter fastsætter regler.", Editorial.MINISTER),
            ("Parkministerens regler", "Ministeren for ligestilling og kirkes regler", Editorial.MINISTER),
            ("til Park- og Bænkeministeriet", "til Bænkeministeriet", Editorial.MINISTER),
            ("efter stk. 1-3 males", "efter stk. 1, 2 og 3 males", Editorial.REFERENCE),
            ("bænken, § 4 i lov om træ", "bænken, jf. § 4 i lov om træ", Editorial.REFERENCE),
            ("Stk. 1. En bænk.\nStk. 2. To.", "En bænk.\nStk. 2. To.", Editorial.REFERENCE),
            ("Loven træder i kraft.\nStk. 2. Bænkeloven ophæves.", "Loven træder i kraft.\nStk. 2. (Udeladt)", Editorial.LEFT_OUT),
            ("Stk. 2. (Udeladt)", "Stk. 2. (Udelades)", Editorial.LEFT_OUT),
            ("En bænk er rød.", "En bænk  er\nrød.", None),
            ("En bænk er rød.", "En bænk er blå.", None),
            ("efter stk. 2", "efter stk. 3", None),
            ("efter stk. 1-3", "efter stk. 1 og 3", None),
            ("bænken, jf. § 4", "bænken, jf. dog § 4", None),
            ("Parkministeren fastsætter regler.", "Parkministeren fastsætter efter forhandling med springvandsministeren regler.", None),
            ("Bænkestyrelsen maler.", "Bænke- og Parkstyrelsen maler.", None),
            ("Byrådet kan male.", "Byrådet skal male.", None),
        ],
    )
    def test_the_editors_hand(self, old: str, new: str, why: Editorial | None) -> None:
        assert why_editorial(old, new) is why


class TestSubsections:
    def test_a_new_one_moves_the_others_down(self) -> None:
        old = [("1", "En bænk."), ("2", "To bænke."), ("3", "Tre bænke.")]
        new = [("1", "En bænk."), ("2", "Bænken males hvert år."), ("3", "To bænke."), ("4", "Tre bænke.")]
        assert subsection_changes(old, new) == (
            SubsectionChange(None, "2"),
            SubsectionChange("2", "3", reworded=False),
            SubsectionChange("3", "4", reworded=False),
        )

    def test_one_that_went_and_one_reworded(self) -> None:
        old = [("1", "Byrådet maler bænken rød hvert år i maj."), ("2", PIGEONS), ("3", FOUNTAINS)]
        new = [("1", "Byrådet maler bænken grøn hvert år i maj."), ("2", FOUNTAINS)]
        assert subsection_changes(old, new) == (
            SubsectionChange("1", "1"),
            SubsectionChange("2", None),
            SubsectionChange("3", "2", reworded=False),
        )

    def test_nothing_touched(self) -> None:
        assert subsection_changes([("1", "En bænk.")], [("1", "En  BÆNK")]) == ()


class TestAlignment:
    def test_by_number(self) -> None:
        old, new = [section("1", BENCHES), section("2", PIGEONS)], [section("1", BENCHES), section("1a", FOUNTAINS), section("2", PIGEONS)]
        assert align(old, new) == [Pair(old[0], new[0]), Pair(None, new[1]), Pair(old[1], new[2])]

    def test_a_section_that_went_keeps_its_place_in_the_order(self) -> None:
        old, new = [section("1", BENCHES), section("2", PIGEONS), section("3", FOUNTAINS)], [section("1", BENCHES), section("3", FOUNTAINS)]
        assert align(old, new) == [Pair(old[0], new[0]), Pair(old[1], None), Pair(old[2], new[1])]

    def test_under_another_number(self) -> None:
        old, new = [section("5", PIGEONS)], [section("9b", PIGEONS.replace("samme aften", "inden midnat"))]
        assert align(old, new) == [Pair(old[0], new[0])]

    def test_a_number_given_to_something_new(self) -> None:
        old, new = [section("5", PIGEONS)], [section("5", FOUNTAINS), section("6", PIGEONS)]
        assert align(old, new) == [Pair(None, new[0]), Pair(old[0], new[1])]

    def test_a_section_worded_anew_stays_itself(self) -> None:
        old, new = [section("5", PIGEONS)], [section("5", FOUNTAINS), section("6", BENCHES)]
        assert align(old, new) == [Pair(old[0], new[0]), Pair(None, new[1])]

    def test_short_sections_are_all_alike_and_never_moved(self) -> None:
        old, new = [section("8", "Loven træder i kraft den 1. juli 2030.")], [section("9", "Loven træder i kraft den 1. juli 2030.")]
        assert align(old, new) == [Pair(None, new[0]), Pair(old[0], None)]

    def test_across_acts(self) -> None:
        left = [section("5", PIGEONS), section("6", "Byrådet kan lade en bænk navngive efter en borger, der har siddet på den i mindst tredive år.")]
        park = [section("1", BENCHES), section("2", FOUNTAINS), section("3", PIGEONS.replace("fejer", "rengør"))]
        candidates = moved_across(left, park)
        assert [(c.old, c.new, c.likely) for c in candidates] == [("5", "3", True)]
        assert likely_destinations(candidates, "parkloven") == {"5": ("parkloven/3",)}

    def test_a_faint_likeness_is_a_candidate_and_no_answer(self) -> None:
        candidates = moved_across([section("5", PIGEONS)], [section("3", f"{FOUNTAINS} Duer fodres ikke på torvet.")])
        assert [(c.new, c.likely) for c in candidates] == [("3", False)]
        assert likely_destinations(candidates, "parkloven") == {}

    def test_a_section_that_was_split_up(self) -> None:
        candidates = moved_across([section("5", f"{PIGEONS} {FOUNTAINS}")], [section("1", BENCHES), section("2", FOUNTAINS), section("3", PIGEONS)])
        assert {c.new for c in candidates if c.likely} == {"2", "3"}
        assert all(c.likeness.known > 0.9 for c in candidates)


class TestCompare:
    def test_added_amended_repealed(self) -> None:
        old = [section("1", BENCHES), section("2", PIGEONS)]
        new = [section("1", BENCHES.replace("parken", "parken og på torvet")), section("3", FOUNTAINS)]
        changes = compare(old, new)
        assert [(c.kind, c.section) for c in changes] == [(ChangeKind.AMENDED, "1"), (ChangeKind.ADDED, "3"), (ChangeKind.REPEALED, "2")]
        assert [piece for piece in changes[0].diff if piece[0] != "="] == [("+", " og på torvet")]
        assert changes[1].diff == (("+", FOUNTAINS),)
        assert changes[2].diff == (("-", PIGEONS),)
        assert all(c.kind.substantive for c in changes)

    def test_the_word_repealed_is_a_repeal_once(self) -> None:
        real, gone = [section("2", PIGEONS)], [repealed("2")]
        assert only(compare(real, gone)).kind is ChangeKind.REPEALED
        assert only(compare(gone, real)).kind is ChangeKind.ADDED
        assert compare(gone, []) == compare([], gone) == compare(gone, [repealed("1", "5")]) == []

    def test_a_section_that_moved_is_one_change(self) -> None:
        change = only(compare([section("5", PIGEONS)], [section("9b", PIGEONS.replace("samme aften", "inden midnat"))]))
        assert (change.kind, change.section, change.moved_to) == (ChangeKind.MOVED, "5", ("9b",))
        assert [piece for piece in change.diff if piece[0] != "="] == [("-", " samme aften"), ("+", " inden midnat")]

    def test_renumbered_subsections_are_an_amendment(self) -> None:
        old = section("3", f"{BENCHES}\nStk. 2. {PIGEONS}\nStk. 3. {FOUNTAINS}")
        new = section("3", f"{BENCHES}\nStk. 3. {PIGEONS}\nStk. 4. {FOUNTAINS}")
        change = only(compare([old], [new]))
        assert change.kind is ChangeKind.AMENDED
        assert change.only_renumbered
        assert [(s.old, s.new) for s in change.subsections] == [("2", "3"), ("3", "4")]

    def test_only_the_editor(self) -> None:
        change = only(compare([section("1", "Parkministeren maler.")], [section("1", "Bænke- og parkministeren maler.")]))
        assert (change.kind, change.why) == (ChangeKind.EDITORIAL, Editorial.MINISTER)
        assert not change.kind.substantive
        assert change.diff

    def test_a_range_left_out_by_the_editor(self) -> None:
        changes = compare([section("8", PIGEONS), section("9", FOUNTAINS)], [section("8", "(Udelades)", through="9")])
        assert [(c.section, c.kind, c.why) for c in changes] == [(n, ChangeKind.EDITORIAL, Editorial.LEFT_OUT) for n in "89"]

    def test_text_that_a_poorer_rendering_put_into_the_lists_last_member(self) -> None:
        good = section("1", "Der ydes\n1) en bænk og\n2) et bord,\nnår solen skinner.")
        assert compare([good], [section("1", "Der ydes\n1) en bænk og\n2) et bord, når solen skinner.")]) == []

    def test_a_note_before_the_words(self) -> None:
        noted = section("1", f"7) Det fremgår af § 8, at datoen ikke er fastsat. {BENCHES}")
        assert compare([noted], [section("1", BENCHES)]) == compare([section("1", BENCHES)], [noted]) == []

    def test_a_new_item_of_a_list_is_no_note(self) -> None:
        change = only(compare([section("1", "Der ydes\n1) En bænk.")], [section("1", "Der ydes\n1) En bænk.\n2) Et bord.")]))
        assert change.kind is ChangeKind.AMENDED

    def test_only_the_heading(self) -> None:
        old = [section("1", BENCHES, "Møbler"), section("2", PIGEONS, "Møbler"), section("3", FOUNTAINS, "Vand")]
        new = [section("1", BENCHES, "Bænke og borde"), section("2", PIGEONS, "Bænke og borde"), section("3", FOUNTAINS, "Vand")]
        change = only(compare(old, new))
        assert (change.kind, change.section) == (ChangeKind.HEADING, "1")
        assert (change.old_heading, change.new_heading) == ("Møbler", "Bænke og borde")
        assert not change.kind.substantive

    def test_a_heading_that_changed_above_an_amended_section_is_said_there(self) -> None:
        old = [section("1", BENCHES, "Møbler"), section("2", PIGEONS, "Møbler")]
        new = [section("1", FOUNTAINS, "Vand"), section("2", PIGEONS, "Vand")]
        change = only(compare(old, new))
        assert (change.kind, change.old_heading, change.new_heading) == (ChangeKind.AMENDED, "Møbler", "Vand")

    def test_a_chapters_heading_above_a_groups(self) -> None:
        old, new = ([section("1", BENCHES, chapter, "Maling")] for chapter in ("Møbler", "Bænke"))
        assert (only(compare(old, new)).old_heading, only(compare(old, new)).new_heading) == ("Møbler", "Bænke")

    def test_a_heading_above_what_is_new(self) -> None:
        old = [section("1", BENCHES, "Møbler")]
        changes = compare(old, [section("1", BENCHES, "Møbler"), section("2", PIGEONS, "Duer")])
        assert [(c.kind, c.new_heading) for c in changes] == [(ChangeKind.ADDED, "Duer")]

    def test_a_text_without_headings_proves_nothing(self) -> None:
        assert compare([section("1", BENCHES, "Møbler")], [section("1", BENCHES)]) == []

    def test_to_another_act(self) -> None:
        changes = compare([section("5", PIGEONS), section("6", BENCHES)], [section("7", FOUNTAINS)])
        away = moved_away(changes, {"5": ["parkloven/3", "parkloven/4"], "7": ["parkloven/9"]})
        assert [(c.kind, c.section, c.moved_to) for c in away] == [
            (ChangeKind.ADDED, "7", ()),
            (ChangeKind.MOVED, "5", ("parkloven/3", "parkloven/4")),
            (ChangeKind.REPEALED, "6", ()),
        ]
        assert moved_here(away, {"7": ["torveloven/2"]})[0].moved_from == ("torveloven/2",)

    sections = st.lists(
        st.builds(
            section,
            st.sampled_from(["1", "2", "2a", "2b", "3", "10"]),
            st.sampled_from([BENCHES, PIGEONS, FOUNTAINS, "(Ophævet)", f"{BENCHES}\nStk. 2. {PIGEONS}", "Loven gælder ikke for duer."])
            | st.text(max_size=40),
        ),
        unique_by=lambda s: s.section,
        max_size=5,
    )

    @given(sections)
    def test_a_text_has_not_changed_from_itself(self, text: list[SectionText]) -> None:
        assert compare(text, text) == []

    @given(sections, sections)
    def test_every_section_of_either_text_is_accounted_for_at_most_once(self, old: list[SectionText], new: list[SectionText]) -> None:
        changes = compare(old, new)
        left = [c.section for c in changes if c.kind is not ChangeKind.ADDED]
        came = [c.moved_to[0] if c.moved_to else c.section for c in changes if c.kind is not ChangeKind.REPEALED and c.why is not Editorial.LEFT_OUT]
        assert len(left) == len(set(left))
        assert len(came) == len(set(came))
        for change in changes:
            assert side(change.diff, "-").split() == plain(change.old_text).split()
            assert side(change.diff, "+").split() == plain(change.new_text).split()

    @given(sections)
    def test_the_same_words_in_another_rendering(self, text: list[SectionText]) -> None:
        rendered = [section(s.section, s.text.replace(" ", "\u00a0\u200b").replace("\n", " ")) for s in text]
        assert compare(text, rendered) == []
