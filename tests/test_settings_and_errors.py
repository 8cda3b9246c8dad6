"""Where things lie, and how errors are told."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from vidensplatform import errors
from vidensplatform.errors import CardError, EnvironmentError_, InputError, VidensplatformError
from vidensplatform.settings import HOME_VARIABLE, Home, corpus_dir


def test_the_named_folder_goes_before_the_environment_and_that_before_the_platform(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "miljø"))
    assert Home.of(tmp_path / "navngivet").folder == tmp_path / "navngivet"
    assert Home.of().folder == tmp_path / "miljø"
    monkeypatch.delenv(HOME_VARIABLE)
    assert Home.of().folder.name == "vidensplatform"
    monkeypatch.setenv(HOME_VARIABLE, "")
    assert Home.of().folder.name == "vidensplatform"


def test_a_home_is_absolute_and_knows_the_users_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert Home.of(Path("her")).folder == tmp_path / "her"
    assert Home.of(Path("~/hjemme")).folder == tmp_path / "hjemme"
    monkeypatch.setenv(HOME_VARIABLE, "~/miljø")
    assert Home.of().folder == tmp_path / "miljø"


def test_naming_a_home_creates_nothing(tmp_path: Path) -> None:
    home = Home.of(tmp_path / "nyt")
    for path in (home.database, home.index, home.cache, home.log):
        assert home.folder in path.parents
    assert not home.folder.exists()
    assert home.ensure() == home
    assert home.ensure().folder.is_dir()


def test_a_home_that_cannot_be_made_is_told_with_what_mends_it(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("x")
    for folder in (tmp_path / "fil", tmp_path / "fil" / "under"):
        with pytest.raises(EnvironmentError_, match="kan ikke oprettes") as told:
            Home.of(folder).ensure()
        assert "--home" in told.value.action


def test_the_cards_are_found_beside_the_source() -> None:
    assert (corpus_dir() / "laws.toml").is_file()


def test_an_error_says_what_happened_and_what_mends_it() -> None:
    error = EnvironmentError_("Disken er fuld.", "Frigør plads.")
    assert (error.message, error.action, str(error)) == ("Disken er fuld.", "Frigør plads.", "Disken er fuld. Frigør plads.")
    assert str(VidensplatformError("Kun dette.")) == "Kun dette."


def test_wrong_input_is_told_with_file_and_place() -> None:
    error = CardError("kort.toml", "er forkert", "linje 3", "Ret det.")
    assert str(error) == "kort.toml, linje 3: er forkert Ret det."
    assert (error.file, error.place, error.reason) == ("kort.toml", "linje 3", "er forkert")
    assert InputError("a", "b").message == "a: b"


def test_every_error_stands_in_the_tree_that_the_module_draws() -> None:
    ours = [c for _, c in inspect.getmembers(errors, inspect.isclass) if c.__module__ == errors.__name__]
    assert len(ours) >= 9
    for error in ours:
        assert issubclass(error, VidensplatformError)
        assert error.__name__ in (errors.__doc__ or "")
