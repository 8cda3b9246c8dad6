"""What ``sources.toml`` may say, and how its faults are told."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_sources import SOURCES

from indexers.assembly import account_of, fetcher_of, sources_of
from indexers.configuration import load_sources
from indexers.fetch import open_session
from indexers.pace import PACES, SystemClock
from vidensplatform.errors import CardError, QueryError
from vidensplatform.law.registry import Registry
from vidensplatform.settings import corpus_dir


def written(folder: Path, text: str = SOURCES) -> Path:
    (folder / "sources.toml").write_text(text, encoding="utf-8")
    return folder


def test_the_program_s_own_file_is_whole_and_no_quicker_than_the_program() -> None:
    settings = load_sources(corpus_dir())
    assert set(settings.sources) == {"retsinformation", "ankestyrelsen", "ombudsmanden", "folketinget", "domsdatabasen"}
    assert all(settings.paces[host].interval >= pace.interval for host, pace in PACES.items())
    assert settings.paces["api.retsinformation.dk"] == PACES["api.retsinformation.dk"]
    assert settings.mirrors == {}
    assert settings.retsinformation.collections == ("fob",)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("every_hours = 168", "every_hour = 168", "[ombudsmanden] every_hour"),
        ("every_hours = 168", "every_hours = 0", "[ombudsmanden] every_hours"),
        ("every_hours = 168", "every_hours = 1\nenabled = 1", "[ombudsmanden] enabled: skal være true eller false"),
        ("cross_check_days = 1", "cross_check_days = 11", "cross_check_days"),
        ("cross_check_days = 1", 'collections = ["ltz"]', "»ltz« kendes ikke"),
        ("cross_check_days = 1", 'documents = ["BEK 12"]', "forkert form"),
        ("cross_check_days = 1", 'belonging = ["domme"]', "tilladte værdier"),
        ("seconds = 10, opens", "seconds = 1, opens", "oftere end hvert 10. sekund"),
        ("opens = 03:00:00, ", "", "hører sammen"),
        ("opens = 03:00:00", "opens = 23:50:00", "før closes"),
        ('"https://oda.ft.dk"', '"oda.ft.dk"', "er ikke en adresse"),
        ('"oda.ft.dk" =', '"oda.example.dk" =', "værten »oda.example.dk« kendes ikke"),
        ("[folketinget]", "[folketinget", "linje"),
        ("[domsdatabasen]\nevery_hours = 24\n", "", "[domsdatabasen] every_hours: nøglen mangler"),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in SOURCES
    with pytest.raises(CardError) as error:
        load_sources(written(tmp_path, SOURCES.replace(old, new, 1)))
    assert "sources.toml" in error.value.message
    assert told in error.value.message


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = SOURCES.replace("every_hours = 168", "every_hours = 0").replace("cross_check_days = 1", "cross_check_days = 11")
    with pytest.raises(CardError) as error:
        load_sources(written(tmp_path, text))
    assert "every_hours" in error.value.message
    assert "cross_check_days" in error.value.message


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(CardError, match="mangler"):
        load_sources(tmp_path)


def test_a_source_that_is_switched_off_is_not_read(tmp_path: Path) -> None:
    settings = load_sources(written(tmp_path, SOURCES.replace("every_hours = 168", "every_hours = 168\nenabled = false")))
    assert list(sources_of(settings, Registry(), None)) == ["retsinformation", "ankestyrelsen", "folketinget", "domsdatabasen"]


def test_a_mirror_stands_in_for_its_host(tmp_path: Path) -> None:
    settings = load_sources(written(tmp_path, SOURCES.replace('"https://oda.ft.dk"', '"http://spejl.kommune.invalid/oda"')))
    assert settings.mirrors == {"oda.ft.dk": "http://spejl.kommune.invalid/oda"}
    with open_session("x") as session:
        fetcher = fetcher_of(settings, session, None, SystemClock())
        assert fetcher._sent_to("https://oda.ft.dk/api/Sag?x=1") == "http://spejl.kommune.invalid/oda/api/Sag?x=1"
        assert fetcher._sent_to("https://www.ast.dk/sitemap.xml") == "https://www.ast.dk/sitemap.xml"


def test_only_a_server_on_this_machine_is_asked_without_manners(tmp_path: Path) -> None:
    settings = load_sources(written(tmp_path))
    with open_session("x") as session:
        near = fetcher_of(settings, session, None, SystemClock(), base_url="http://127.0.0.1:8800")
        far = fetcher_of(settings, session, None, SystemClock(), base_url="http://prøve.kommune.invalid")
        assert {pace.interval for pace in near._paces.values()} == {0.0}
        assert far._paces == settings.paces
        for wrong in ("her", "ftp://127.0.0.1", "http://"):
            with pytest.raises(QueryError):
                fetcher_of(settings, session, None, SystemClock(), base_url=wrong)


def test_an_account_is_whole_or_none() -> None:
    email, password = "VIDENSPLATFORM_DOMSDATABASEN_EMAIL", "VIDENSPLATFORM_DOMSDATABASEN_PASSWORD"
    assert account_of({}) is None
    assert account_of({email: "a@b.invalid"}) is None
    account = account_of({email: "a@b.invalid", password: "hemmelig"})
    assert account is not None
    assert "hemmelig" not in repr(account)
