"""Import of files from disk: real files, folders and archives, also hostile ones."""

import gzip
import hashlib
import io
import os
import stat
import tarfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from indexers import folder
from indexers.folder import Failure, SourceFile, read_paths

DOC = b"<Dokument/>"


def read(*paths: Path) -> tuple[list[str], list[tuple[str, str]], list[str]]:
    """The names read, the failures, and the names passed over; each relative to the folder that the first path lies in."""
    skipped: list[str] = []
    base = str(paths[0].parent) + os.sep
    found = list(read_paths(paths, on_skip=skipped.append))
    names = [f.name.removeprefix(base) for f in found if isinstance(f, SourceFile)]
    return names, [(f.file.removeprefix(base), f.reason) for f in found if isinstance(f, Failure)], [s.removeprefix(base) for s in skipped]


def zipped(path: Path, members: Iterable[tuple[str | zipfile.ZipInfo, bytes]]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data, zipfile.ZIP_DEFLATED)
    return path


def tarred(path: Path, members: Iterable[tuple[str | tarfile.TarInfo, bytes]], mode: str = "w") -> Path:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, data in members:
            info = tarfile.TarInfo(name) if isinstance(name, str) else name
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


def test_a_file_is_read_with_its_hash(tmp_path: Path) -> None:
    path = tmp_path / "lov.xml"
    path.write_bytes(DOC)
    assert list(read_paths([path])) == [SourceFile(str(path), DOC, hashlib.sha256(DOC).hexdigest())]


def test_a_folder_is_walked_in_order_and_other_kinds_are_passed_over(tmp_path: Path) -> None:
    for name in ("b/2.xml", "b/1.XML", "a.xml", "læsmig.txt", "b/x.csv", "b/._1.xml"):
        path = tmp_path / "mappe" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(DOC)
    zipped(tmp_path / "mappe" / "c.zip", [("3.xml", DOC)])
    names, failures, skipped = read(tmp_path / "mappe")
    assert names == ["mappe/a.xml", "mappe/c.zip!3.xml", "mappe/b/1.XML", "mappe/b/2.xml"]
    assert failures == []
    assert skipped == ["mappe/læsmig.txt", "mappe/b/._1.xml", "mappe/b/x.csv"]


def test_links_in_a_folder_do_not_lead_in_circles(tmp_path: Path) -> None:
    inner = tmp_path / "mappe" / "inde"
    inner.mkdir(parents=True)
    (inner / "lov.xml").write_bytes(DOC)
    (inner / "rundt").symlink_to(tmp_path / "mappe")
    (inner / "brudt.xml").symlink_to(tmp_path / "findes-ikke.xml")
    os.mkfifo(inner / "kø.xml")
    names, failures, _ = read(tmp_path / "mappe")
    assert names == ["mappe/inde/lov.xml"]
    assert sorted(name for name, _ in failures) == ["mappe/inde/brudt.xml", "mappe/inde/kø.xml"]


@pytest.mark.parametrize("name", ["data.csv", "billede.png", "uden_endelse"])
def test_another_kind_of_file_is_a_failure_where_it_was_named(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"{}")
    assert [n for n, reason in read(tmp_path / name)[1] if "ikke en slags fil" in reason] == [name]


@pytest.mark.parametrize("name", ["a.7z", "a.rar", "a.xml.gz"])
def test_an_archive_of_a_kind_that_is_not_read_is_a_failure(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert "denne slags" in read(tmp_path / name)[1][0][1]


def test_a_missing_path_and_an_empty_folder_are_told_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "tom").mkdir()
    (tmp_path / "lov.xml").write_bytes(DOC)
    names, failures, _ = read(
        tmp_path / "findes-ikke", tmp_path / "tom", tmp_path / "lov.xml" / "under", tmp_path / "nul\0.xml", tmp_path / "lov.xml"
    )
    assert names == ["lov.xml"]
    assert ["findes ikke" in reason for _, reason in failures] == [True, False, True, True]
    assert failures[1] == ("tom", "Mappen indeholder ingen filer, der kan indlæses (.xml, .json, .html, .htm).")


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "lov.xml"
    path.write_bytes(DOC)
    path.chmod(0)
    assert "adgang" in read(path)[1][0][1]


@pytest.mark.parametrize("suffix", [".tar", ".tar.xz", ".tar.gz", ".tgz", ".tar.bz2", ".txz"])
def test_tar_archives_are_streamed_in_their_own_order(tmp_path: Path, suffix: str) -> None:
    mode = {"z": "w:gz", "2": "w:bz2", "r": "w"}.get(suffix[-1], "w")
    mode = {".tar.xz": "w:xz", ".txz": "w:xz"}.get(suffix, mode)
    path = tarred(tmp_path / f"love{suffix}", [("2019/2.xml", DOC), ("læsmig.txt", b"x"), ("2019/1.xml", DOC * 1000)], mode)
    names, failures, skipped = read(path)
    assert names == [f"love{suffix}!2019/2.xml", f"love{suffix}!2019/1.xml"]
    assert failures == []
    assert skipped == [f"love{suffix}!læsmig.txt"]


EVIL = ["/etc/lov.xml", "../lov.xml", "a/../../lov.xml", "a\\..\\lov.xml", "C:\\lov.xml", "\\\\vært\\lov.xml"]


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_members_with_paths_out_of_the_archive_are_refused_one_by_one(tmp_path: Path, kind: str) -> None:
    members = [*((name, DOC) for name in EVIL), ("god.xml", DOC)]
    path = (zipped if kind == "zip" else tarred)(tmp_path / f"love.{kind}", members)
    names, failures, _ = read(path)
    assert names == [f"love.{kind}!god.xml"]
    assert len(failures) == len(EVIL)
    assert all("afvises" in reason for _, reason in failures)


def test_links_and_devices_in_a_tar_are_refused(tmp_path: Path) -> None:
    members: list[tuple[str | tarfile.TarInfo, bytes]] = []
    for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
        info = tarfile.TarInfo(f"{kind.decode()}.xml")
        info.type, info.linkname = kind, "/etc/passwd"
        members.append((info, b""))
    folder_entry = tarfile.TarInfo("mappe")
    folder_entry.type = tarfile.DIRTYPE
    names, failures, _ = read(tarred(tmp_path / "love.tar", [(folder_entry, b""), *members, ("god.xml", DOC)]))
    assert names == ["love.tar!god.xml"]
    assert [reason for _, reason in failures] == ["Det er et link eller en enhed, ikke en fil, og afvises."] * 4


def test_links_in_a_zip_are_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.xml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    names, failures, _ = read(zipped(tmp_path / "love.zip", [(link, b"/etc/passwd"), ("mappe/", b""), ("god.xml", DOC)]))
    assert names == ["love.zip!god.xml"]
    assert [name for name, _ in failures] == ["love.zip!link.xml"]


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_archives_in_archives_are_refused_and_litter_is_passed_over(tmp_path: Path, kind: str) -> None:
    members = [("indre.zip", b"PK"), ("indre.tar.xz", b""), ("__MACOSX/._1.xml", b""), ("1.xml", DOC)]
    names, failures, skipped = read((zipped if kind == "zip" else tarred)(tmp_path / f"love.{kind}", members))
    assert names == [f"love.{kind}!1.xml"]
    assert ["Arkiver inde i arkiver" in reason for _, reason in failures] == [True, True]
    assert len(skipped) == 1


def test_an_archive_without_anything_to_read_is_told(tmp_path: Path) -> None:
    assert "ingen filer" in read(zipped(tmp_path / "love.zip", [("a.csv", b"1")]))[1][0][1]
    assert "ingen filer" in read(tarred(tmp_path / "love.tar", []))[1][0][1]


@pytest.mark.parametrize("kind", ["zip", "tar.gz"])
def test_a_bomb_is_refused_without_being_unpacked(tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "FREE_BYTES", 1024 * 1024)
    members = [("0.xml", DOC), *((f"{i}.xml", bytes(3 * 1024 * 1024)) for i in (1, 2))]
    path = zipped(tmp_path / "bombe.zip", members) if kind == "zip" else tarred(tmp_path / "bombe.tar.gz", members, "w:gz")
    names, failures, _ = read(path)
    assert names[0].endswith("!0.xml")
    assert any("arkivbombe" in reason for _, reason in failures)


def test_a_huge_header_is_not_taken_into_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "MAX_MEMBER_BYTES", 100_000)
    info = tarfile.TarInfo("x" * 200_000 + ".xml")
    names, failures, _ = read(tarred(tmp_path / "love.tar", [("0.xml", DOC), (info, DOC)]))
    assert names == ["love.tar!0.xml"]
    assert "arkivbombe" in failures[0][1]


def test_files_that_are_too_large_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "MAX_MEMBER_BYTES", 2000)
    big = b"<Dokument>" + os.urandom(3000)
    (tmp_path / "stor.xml").write_bytes(big)
    for path in (
        tmp_path / "stor.xml",
        zipped(tmp_path / "love.zip", [("stor.xml", big), ("lille.xml", DOC)]),
        tarred(tmp_path / "love.tar", [("stor.xml", big), ("lille.xml", DOC)]),
    ):
        names, failures, _ = read(path)
        assert len(names) == (path.suffix != ".xml")
        assert ["større end" in reason for _, reason in failures] == [True]


def test_what_came_before_the_damage_in_a_tar_is_read(tmp_path: Path) -> None:
    whole = tarred(tmp_path / "hel.tar", [(f"{i}.xml", DOC) for i in range(4)]).read_bytes()
    cut, bent, cut_in_header, cut_in_data = (tmp_path / f"{i}.tar" for i in range(4))
    cut.write_bytes(whole[:2048])
    bent.write_bytes(whole[:2048] + b"x" * 512 + whole[2560:])
    cut_in_header.write_bytes(whole[:2100])
    cut_in_data.write_bytes(whole[:1540])
    assert [len(read(p)[0]) for p in (cut, bent, cut_in_header, cut_in_data)] == [2, 2, 2, 1]
    assert [[("beskadiget" in r) for _, r in read(p)[1]] for p in (cut, bent, cut_in_header, cut_in_data)] == [[True]] * 4


@pytest.mark.parametrize("name", ["love.zip", "love.tar", "love.tar.xz", "love.tar.gz", "love.tar.bz2"])
def test_an_archive_that_is_none_is_a_failure(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"det er slet ikke et arkiv" * 100)
    assert ["beskadiget" in reason for _, reason in read(tmp_path / name)[1]] == [True]


def test_a_packed_tar_that_is_cut_off_is_told(tmp_path: Path) -> None:
    path = tmp_path / "love.tar.gz"
    whole = tarred(tmp_path / "hel.tar", [(f"{i}.xml", os.urandom(5000)) for i in range(9)]).read_bytes()
    path.write_bytes(gzip.compress(whole)[:20_000])
    names, failures, _ = read(path)
    assert 0 < len(names) < 9
    assert ["beskadiget" in reason for _, reason in failures] == [True]


def test_a_damaged_or_locked_member_of_a_zip_does_not_stop_the_others(tmp_path: Path) -> None:
    path = zipped(tmp_path / "love.zip", [("1.xml", b"<Dokument>" + os.urandom(500)), ("2.xml", DOC), ("3.xml", DOC)])
    data = bytearray(path.read_bytes())
    data[200] ^= 0xFF  # in the first member's packed bytes
    central = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    data[central + 8] |= 1  # the second member says it has a password
    path.write_bytes(data)
    names, failures, _ = read(path)
    assert names == ["love.zip!3.xml"]
    assert ["beskadiget" in failures[0][1], "adgangskode" in failures[1][1]] == [True, True]


def test_names_that_are_no_text_can_still_be_shown(tmp_path: Path) -> None:
    info = tarfile.TarInfo("l\udce6.xml")
    found = list(read_paths([tarred(tmp_path / "love.tar", [(info, DOC)])]))
    assert isinstance(found[0], SourceFile)
    found[0].name.encode("utf-8")
