"""Cards held against the text of the law: what a consultant must be told when card and law do not go together."""

from __future__ import annotations

from pathlib import Path

import pytest
from small import DUTY, OPTION, PRACTICE, faults

from vidensplatform.knowledge.against_law import is_repealed
from vidensplatform.law.model import Address

BENCH = "options/laanebaenk.toml"
LEND = "Byrådet skal låne en bænk ud til den, der står op."
JOURNAL = "Udlånet skrives i en journal inden 14 dage. Hvert femte udlån, dog højst 20 pct., efterses."
COMPLAINT = "Klagen skal være fremme senest fire uger efter udlånet."


class Law:
    """The sections of baenkeloven, and nothing else."""

    def __init__(self, **sections: str) -> None:
        self.sections = {"1": LEND, "2": JOURNAL, "3": COMPLAINT, **{name.strip("_"): text for name, text in sections.items()}}

    def holds(self, law: str) -> bool:
        return law == "baenkeloven"

    def has(self, law: str, address: Address) -> bool:
        text = self.text(law, address)
        return text is not None and not is_repealed(text)

    def text(self, law: str, address: Address) -> str | None:
        return self.sections.get(address.section or "") if self.holds(law) else None


def test_cards_that_say_what_the_law_says_have_no_faults(cards_folder: Path) -> None:
    assert faults(cards_folder, law=Law()) == []


def test_a_section_that_the_text_does_not_have_is_told(cards_folder: Path) -> None:
    found = faults(cards_folder, (BENCH, "baenkeloven/1", "baenkeloven/8"), law=Law())
    assert [(f.file, f.place) for f in found] == [(BENCH, "basis")]
    assert "baenkeloven har ingen bestemmelse 8" in found[0].reason


def test_a_repealed_section_is_no_basis(cards_folder: Path) -> None:
    found = faults(cards_folder, (BENCH, "baenkeloven/1", "baenkeloven/8"), law=Law(_8="§§ 8-9.\n(Ophævet)"))
    assert (BENCH, "basis") in [(f.file, f.place) for f in found]


@pytest.mark.parametrize("text", ["§ 8.\n(Ophævet)", "§§ 8-9 b.\n(Ophævet)", "Stk. 2. (Ophævet)", "(ophævet)."])
def test_what_repealed_looks_like(text: str) -> None:
    assert is_repealed(text)


@pytest.mark.parametrize("text", ["§ 8.\nLoven om stole ophæves.", "Ophævet er den, der har sat sig.", "§ 8.\nEn bænk er (ophævet) jern."])
def test_what_only_sounds_repealed(text: str) -> None:
    assert not is_repealed(text)


@pytest.mark.parametrize(("status", "told"), [("gældende", ["provisions"]), ("historisk", []), ("ukendt", [])])
def test_only_practice_that_stands_must_stand_on_a_section_that_is_there(cards_folder: Path, status: str, told: list[str]) -> None:
    edits = (PRACTICE, "baenkeloven/1", "baenkeloven/8"), (PRACTICE, 'status = "gældende"', f'status = "{status}"')
    assert [f.place for f in faults(cards_folder, *edits, law=Law())] == told


def test_a_time_limit_that_its_source_does_not_state_is_told(cards_folder: Path) -> None:
    (fault,) = faults(cards_folder, (DUTY, 'length = "4 uger"', 'length = "6 uger"'), law=Law())
    assert (fault.file, fault.place, fault.reason) == (DUTY, "deadlines", "fristen 6 uger står ikke i baenkeloven/3")


def test_a_local_time_limit_is_not_sought_in_the_law(cards_folder: Path) -> None:
    local = (DUTY, 'length = "4 uger"', 'length = "6 uger"'), (DUTY, 'kind = "lovbestemt"', 'kind = "lokal"')
    assert faults(cards_folder, *local, law=Law()) == []


def test_a_time_limit_stands_on_a_section_the_card_follows(cards_folder: Path) -> None:
    (fault,) = faults(cards_folder, (DUTY, 'provision = "baenkeloven/3"', 'provision = "baenkeloven/2"'))
    assert (fault.file, fault.place) == (DUTY, "deadlines")
    assert "står ikke blandt kortets hjemler" in fault.reason


@pytest.mark.parametrize("said", ["Der klages inden 3 dage.", "Klagen skal være der senest tre dage efter"])
@pytest.mark.parametrize("key", ["summary", "title", "steps"])
def test_a_duty_that_tells_a_time_limit_lists_it(cards_folder: Path, said: str, key: str) -> None:
    value = f'["{said}"]' if key == "steps" else f'"{said}"'
    edit = (DUTY, "words =", f"steps = {value}\nwords =") if key == "steps" else (DUTY, f"{key} = ", f"{key} = {value}\n#")
    (fault,) = faults(cards_folder, edit)
    assert fault.reason == "nævner fristen 3 dage, men har ingen [[deadlines]] med dens start og kilde"


def test_a_duty_may_tell_the_time_limit_it_lists(cards_folder: Path) -> None:
    assert faults(cards_folder, (DUTY, "summary = ", 'summary = "Der klages inden fire uger."\n#'), law=Law()) == []


def test_an_option_states_no_time_limit_that_its_law_does_not(cards_folder: Path) -> None:
    (fault,) = faults(cards_folder, (BENCH, "summary = ", 'summary = "Bænken kommer inden to døgn."\n#'), law=Law())
    assert (fault.file, fault.reason[:45]) == (BENCH, "fristen 2 døgn står ikke i nogen af kortets b")


def test_an_option_may_state_the_time_limit_of_its_law_and_of_its_complaint(cards_folder: Path) -> None:
    said = (BENCH, "summary = ", 'summary = "Skrives ned inden 14 dage; klage inden 4 uger."\n#')
    law = Law(_2=f"Byrådet skal føre bog. {JOURNAL}")
    assert faults(cards_folder, said, (BENCH, "baenkeloven/1", "baenkeloven/2"), law=law) == []


def test_a_share_stands_in_the_law(cards_folder: Path) -> None:
    journal = "duties/baenkejournal.toml"
    assert faults(cards_folder, (journal, "summary = ", 'summary = "Højst 20 procent efterses."\n#'), law=Law()) == []
    (fault,) = faults(cards_folder, (journal, "summary = ", 'summary = "Højst 25 % efterses."\n#'), law=Law())
    assert "25 procent står ikke" in fault.reason


def test_nothing_is_said_where_a_text_is_not_at_hand(cards_folder: Path) -> None:
    """The parasol act is not in the library, so what the card says about it cannot be wrong here."""
    assert faults(cards_folder, (OPTION, "summary = ", 'summary = "Parasollen kommer inden 3 dage, 99 procent skygge."\n#'), law=Law()) == []


@pytest.mark.parametrize(
    ("obligation", "text", "fits"),
    [
        ("skal", "Byrådet skal låne en bænk ud.", True),
        ("skal", "Byrådet tilbyder en bænk.", True),
        ("skal", "Den stående har altid ret til en bænk.", True),
        ("skal", "Byrådet kan låne en bænk ud.", False),
        ("kan", "Byrådet kan låne en bænk ud.", True),
        ("frivillig", "Byrådet kan låne en bænk ud.", True),
        ("kan", "Byrådet skal låne en bænk ud.", False),
        ("frivillig", "Byrådet skal låne en bænk ud.", False),
    ],
)
def test_a_card_says_must_where_the_law_does(cards_folder: Path, obligation: str, text: str, *, fits: bool) -> None:
    found = faults(cards_folder, (BENCH, 'obligation = "skal"', f'obligation = "{obligation}"'), law=Law(_1=text))
    assert [(f.file, f.place) for f in found] == ([] if fits else [(BENCH, "obligation")])


def moved(folder: Path, *rows: tuple[str, str, str]) -> Path:
    text = "\n".join(f'[[moved]]\nold = "{old}"\nnew = ["{new}"]\non = 2032-01-01\nnote = "{note}"\n' for old, new, note in rows)
    (folder / "forwarding.toml").write_text(text, encoding="utf-8")
    return folder


def test_law_does_not_move_to_where_nothing_stands(cards_folder: Path) -> None:
    (fault,) = faults(moved(cards_folder, ("baenkeloven/7", "baenkeloven/8", "")), law=Law())
    assert fault.place == "baenkeloven/7 → baenkeloven/8"


def test_law_does_not_move_from_an_act_nobody_knows(cards_folder: Path) -> None:
    (fault,) = faults(moved(cards_folder, ("hatteloven/7", "baenkeloven/1", "")), law=Law())
    assert "»hatteloven« står ikke i laws.toml" in fault.reason


def test_law_that_still_stands_says_for_whom(cards_folder: Path) -> None:
    (fault,) = faults(moved(cards_folder, ("baenkeloven/2", "baenkeloven/1", "Om bænke")), law=Law())
    assert "bestemmelsen findes stadig" in fault.reason
    assert faults(moved(cards_folder, ("baenkeloven/2", "baenkeloven/1", "Kun for børn")), law=Law()) == []


def test_law_moves_once_and_not_to_itself(cards_folder: Path) -> None:
    rows = ("baenkeloven/7", "baenkeloven/1", ""), ("baenkeloven/7", "baenkeloven/2", ""), ("baenkeloven/9", "baenkeloven/9", "")
    reasons = [f.reason for f in faults(moved(cards_folder, *rows))]
    assert reasons == ["baenkeloven/7 er flyttet to gange: saml det i ét", "er flyttet til sig selv"]
