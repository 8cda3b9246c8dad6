"""Cards tied to the law: what was read, whether it still says the same, and writing down that it was read."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from small import act, section, sha256

from indexers.folder import SourceFile
from indexers.pipeline import Pipeline
from vidensplatform.curation import LibraryText, check_corpus, stamp_cards
from vidensplatform.errors import CardError, EnvironmentError_
from vidensplatform.knowledge.anchoring import AnchorStatus, anchor_status, card_status
from vidensplatform.knowledge.loading import load
from vidensplatform.knowledge.model import Basis, Checked
from vidensplatform.knowledge.stamping import stamp
from vidensplatform.law.model import Address
from vidensplatform.law.texthash import text_sha256
from vidensplatform.settings import Home
from vidensplatform.store.library import Library

DAY = date(2031, 3, 4)


def bring(home: Home, cards: Path, *documents: bytes) -> None:
    with Library.open(home.database) as library:
        Pipeline(library, load(cards).registry).run(SourceFile(f"{n}.xml", data, sha256(data)) for n, data in enumerate(documents))


def status(home: Home, basis: Basis) -> AnchorStatus:
    with Library.open(home.database, read_only=True) as library:
        return anchor_status(basis, library.text_sha256)


def read(provision: str, text: str) -> Basis:
    return Basis(provision=provision, checked=Checked(version="lta/2031/7", text_sha256=text_sha256(text), on=DAY))


SENTENCE = "En ødelagt bænk laves af byrådet."


@pytest.mark.parametrize(
    "rendering",
    [
        SENTENCE,
        "En  ødelagt\u00a0bænk\n laves af byrådet",
        "En ødelagt bænk laves af by-\nrådet.",
        "En ødelagt bæ\u00adnk laves af by\u200brådet .",
        "EN ØDELAGT BÆNK LAVES AF BYRÅDET",
    ],
)
def test_the_same_words_in_another_rendering_are_still_checked(home: Home, cards_folder: Path, rendering: str) -> None:
    bring(home, cards_folder, act(section("3", rendering)))
    assert status(home, read("baenkeloven/3", SENTENCE)) is AnchorStatus.CHECKED


@pytest.mark.parametrize(
    "other", ["En ødelagt bænk laves ikke af byrådet.", "En bænk laves af byrådet.", "En ødelagt bænk laves af byrådet efter 2 dage."]
)
def test_other_words_are_a_change_since_the_check(home: Home, cards_folder: Path, other: str) -> None:
    bring(home, cards_folder, act(section("3", other)))
    assert status(home, read("baenkeloven/3", SENTENCE)) is AnchorStatus.CHANGED


def test_what_nobody_read_or_the_library_does_not_hold_is_unchecked(home: Home, cards_folder: Path) -> None:
    bring(home, cards_folder, act())
    assert status(home, Basis(provision="baenkeloven/3")) is AnchorStatus.UNCHECKED
    assert status(home, read("parasolloven/9", SENTENCE)) is AnchorStatus.UNCHECKED
    assert status(home, read("baenkeloven/17", SENTENCE)) is AnchorStatus.UNCHECKED


def test_a_newer_text_is_the_one_that_counts(home: Home, cards_folder: Path) -> None:
    bring(home, cards_folder, act())
    assert status(home, read("baenkeloven/3", SENTENCE)) is AnchorStatus.CHECKED
    bring(home, cards_folder, act(section("3", "Ingen laver den."), year=2032))
    assert status(home, read("baenkeloven/3", SENTENCE)) is AnchorStatus.CHANGED


def test_a_card_is_as_good_as_its_worst_basis() -> None:
    good, changed, unread = read("baenkeloven/1", "en"), read("baenkeloven/2", "to"), Basis(provision="baenkeloven/3")
    texts = {"1": text_sha256("en"), "2": text_sha256("noget andet")}

    def lookup(_law: str, address: Address) -> tuple[str, str] | None:
        return ("lta/2031/7", texts[address.section]) if address.section in texts else None

    assert card_status([good], lookup) is AnchorStatus.CHECKED
    assert card_status([good, unread], lookup) is AnchorStatus.UNCHECKED
    assert card_status([unread, good, changed], lookup) is AnchorStatus.CHANGED
    assert card_status([], lookup) is AnchorStatus.UNCHECKED


CARD = """# Skrevet af en konsulent
title  =  "Lån af en bænk"   # to mellemrum
summary = '''
Flere
linjer'''
obligation = "kan"
areas = [
  "bolig",  # med et efterhængt komma
]
authority = "Byrådet"
conditions = ["Om borgeren er uden husly"]
no_complaint = "Ikke læst"

# Den første
[[basis]]
provision = "baenkeloven/1"
note = "husly"

[[basis]]
provision = "baenkeloven/2/1"

[[basis]]   # findes ikke i loven
provision = "baenkeloven/88"
"""


def stamped(home: Home, path: Path, on: date = DAY, *, renew: bool = False) -> list[str]:
    with Library.open(home.database, read_only=True) as library:
        return stamp(path, library.text_sha256, on, renew=renew)


@pytest.fixture
def card(cards_folder: Path) -> Path:
    path = cards_folder / "options" / "laanebaenk.toml"
    path.write_text(CARD, encoding="utf-8")
    return path


def test_stamping_writes_version_fingerprint_and_day(home: Home, cards_folder: Path, card: Path) -> None:
    bring(home, cards_folder, act())
    assert stamped(home, card) == ["baenkeloven/1", "baenkeloven/2/1"]
    corpus = load(cards_folder)
    assert corpus.faults == ()
    first, second, missing = corpus.cards.options["laanebaenk"].basis
    assert first.checked is not None
    assert (first.checked.version, first.checked.on, first.note) == ("lta/2031/7", DAY, "husly")
    assert missing.checked is None
    assert [status(home, b) for b in (first, second, missing)] == [AnchorStatus.CHECKED, AnchorStatus.CHECKED, AnchorStatus.UNCHECKED]


def test_stamping_keeps_comments_and_formatting(home: Home, cards_folder: Path, card: Path) -> None:
    bring(home, cards_folder, act())
    stamped(home, card)
    after = card.read_text(encoding="utf-8").splitlines()
    assert [line for line in after if not line.startswith("checked = ")] == CARD.splitlines()
    assert not list(card.parent.glob("*.part"))


def test_stamping_keeps_the_ends_of_lines(home: Home, cards_folder: Path, card: Path) -> None:
    bring(home, cards_folder, act())
    card.write_bytes(CARD.replace("\n", "\r\n").encode())
    stamped(home, card)
    lines = card.read_bytes().split(b"\n")
    assert all(line.endswith(b"\r") for line in lines[:-1] if not line.startswith(b"checked = "))


def test_stamping_again_changes_nothing(home: Home, cards_folder: Path, card: Path) -> None:
    bring(home, cards_folder, act())
    stamped(home, card)
    before = card.read_bytes()
    assert stamped(home, card, date(2040, 1, 1)) == []
    assert stamped(home, card, date(2040, 1, 1), renew=True) == []
    assert card.read_bytes() == before


def test_only_what_changed_is_stamped_anew_and_only_when_asked(home: Home, cards_folder: Path, card: Path) -> None:
    bring(home, cards_folder, act())
    stamped(home, card)
    bring(home, cards_folder, act(section("1", "Helt andre ord."), section("2", "Den, der låner efter § 1, stk. 1, passer på bænken."), year=2032))
    later = date(2032, 5, 6)
    assert stamped(home, card, later) == []
    assert stamped(home, card, later, renew=True) == ["baenkeloven/1"]
    basis = tomllib.loads(card.read_text(encoding="utf-8"))["basis"]
    assert [(b["checked"]["version"], b["checked"]["on"]) for b in basis[:2]] == [("lta/2032/7", later), ("lta/2031/7", DAY)]


@pytest.mark.parametrize(
    "text",
    [
        "title = \n",
        '[[basis]]\nprovision = "baenkeloven § 1"\n',
        '[[basis]]\nnote = "uden bestemmelse"\n',
        '[[basis]]\nprovision = "baenkeloven/1"\nchecked = { version = "lta/2031/7" }\n',
    ],
    ids=["no toml", "wrong form", "no provision", "half a stamp"],
)
def test_a_card_that_cannot_be_stamped_is_told_with_its_file(home: Home, cards_folder: Path, card: Path, text: str) -> None:
    bring(home, cards_folder, act())
    card.write_text(text, encoding="utf-8")
    with pytest.raises(CardError, match=r"laanebaenk\.toml"):
        stamped(home, card, renew=True)
    assert card.read_text(encoding="utf-8") == text


def test_a_card_that_is_not_utf8_cannot_be_stamped(home: Home, cards_folder: Path, card: Path) -> None:
    bring(home, cards_folder, act())
    card.write_bytes(CARD.encode("latin-1"))
    with pytest.raises(CardError, match="UTF-8"):
        stamped(home, card)


def test_basis_in_a_form_without_headings_is_stamped_or_told(home: Home, cards_folder: Path, card: Path) -> None:
    """``basis = [{…}]`` is as good TOML as ``[[basis]]``, and load reads it: it may not be passed over in silence."""
    bring(home, cards_folder, act())
    card.write_text(CARD[: CARD.index("# Den første")] + 'basis = [{ provision = "baenkeloven/1" }]\n', encoding="utf-8")
    assert load(cards_folder).faults == ()
    assert stamped(home, card) == ["baenkeloven/1"]


# -- the consultant's commands -----------------------------


def test_all_or_named_cards_are_stamped(home: Home, cards_folder: Path) -> None:
    bring(home, cards_folder, act())
    assert stamp_cards(home, cards_folder, ["baenkejournal"]) == {"baenkejournal": ["baenkeloven/2"]}
    assert set(stamp_cards(home, cards_folder, [])) == {"laanebaenk", "altid-vejlede", "klage-over-baenk"}
    assert stamp_cards(home, cards_folder, []) == {}


def test_a_card_that_is_not_there_cannot_be_stamped(home: Home, cards_folder: Path) -> None:
    bring(home, cards_folder, act())
    with pytest.raises(CardError, match="»hat«"):
        stamp_cards(home, cards_folder, ["baenkejournal", "hat"])


def test_without_law_there_is_nothing_to_stamp_after(home: Home, cards_folder: Path) -> None:
    with pytest.raises(EnvironmentError_) as told:
        stamp_cards(home, cards_folder, [])
    assert "import" in told.value.action


def test_cards_are_checked_against_the_law_where_there_is_one(home: Home, cards_folder: Path) -> None:
    without = check_corpus(home, cards_folder)
    assert (without.with_law, without.faults) == (False, ())
    assert without.to_json() == {"cards": without.cards, "checked_against_law": False, "faults": []}
    bring(home, cards_folder, act(section("1", "Byrådet kan låne en bænk ud, og det skal vurderes konkret i hver sag."), section("2", "To.")))
    summary = "Her byrådet kan låne en bænk ud og det skal vurderes konkret"
    path = cards_folder / "options" / "laanebaenk.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("summary = ", f'summary = "{summary}"\n#', 1), encoding="utf-8")
    report = check_corpus(home, cards_folder)
    assert report.with_law
    assert {(f.file, f.place) for f in report.faults} == {
        ("duties/klage-over-baenk.toml", "basis"),
        ("duties/klage-over-baenk.toml", "deadlines"),
        ("options/laanebaenk.toml", ""),
    }
    assert all(set(f) == {"file", "place", "reason"} for f in report.to_json()["faults"])


def test_the_library_answers_the_check(home: Home, cards_folder: Path) -> None:
    bring(home, cards_folder, act())
    with Library.open(home.database) as library:
        law = LibraryText(library)
        assert (law.holds("baenkeloven"), law.holds("parasolloven")) == (True, False)
        assert (law.has("baenkeloven", Address("1", "2")), law.has("baenkeloven", Address("1", "3"))) == (True, False)
        assert len(law.texts(["baenkeloven", "parasolloven"])) == 4
