"""Import of files that are already on disk: single files, folders, and zip and tar archives of them.

For machines without internet. Nothing is unpacked to disk: members are read one by one, and what an archive says of them (path, size,
kind) is checked first, since an archive may come from anywhere. Whatever cannot be read is told as a :class:`Failure`; the rest is read
all the same.
"""

from __future__ import annotations

import bz2
import gzip
import hashlib
import lzma
import os
import re
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final

MAX_MEMBER_BYTES: Final = 64 * 1024 * 1024
"""The largest file that is read, packed or not."""
MAX_RATIO: Final = 250
"""How many times its packed size an archive (or a member of a zip) may grow. Real collections of acts: 14 (tar.xz)."""
FREE_BYTES: Final = 256 * 1024 * 1024
"""What a tar archive may always grow to, whatever its ratio: small archives of much repeated text are no bombs."""

_READ = (".xml", ".json", ".html", ".htm")
_ENDINGS = ", ".join(_READ)
_TAR: Final[dict[str, Callable[..., Any]]] = {
    ".tar": open,
    ".tar.xz": lzma.open,
    ".txz": lzma.open,
    ".tar.gz": gzip.open,
    ".tgz": gzip.open,
    ".tar.bz2": bz2.open,
    ".tbz2": bz2.open,
}
_OTHER_ARCHIVES = (".7z", ".rar", ".gz", ".bz2", ".xz", ".zst")
_DAMAGED = (tarfile.TarError, zipfile.BadZipFile, lzma.LZMAError, zlib.error, EOFError, OSError, ValueError)

_BLOCK = tarfile.BLOCKSIZE


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it was found: what the user knows it by ("laws.zip!2019/1.xml"), its bytes and their SHA-256."""

    name: str
    data: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that was not read, and why (in Danish)."""

    file: str
    reason: str


Found = SourceFile | Failure
OnSkip = Callable[[str], None]


def read_paths(paths: Sequence[Path], *, on_skip: OnSkip | None = None) -> Iterator[Found]:
    """Every file in ``paths`` (files, folders, archives) that may be a document, in the order given, folders sorted.

    One at a time, never all in memory. What may be a document is told by its ending; what it is, its content says (:mod:`indexers.readers`).
    Yields a :class:`SourceFile` for each file read and a :class:`Failure` for each that should have been but could not; raises nothing
    for what is wrong with the input. Files of other kinds are failures where they were named directly; inside folders and archives they
    are passed over, and ``on_skip`` is called with the name of each.
    """
    skip = on_skip or (lambda name: None)
    for path in paths:
        name = _shown(path)
        try:
            is_folder = stat.S_ISDIR(path.stat().st_mode)
        except (FileNotFoundError, NotADirectoryError, ValueError):
            yield Failure(name, "Filen eller mappen findes ikke.")
            continue
        except OSError as error:
            yield Failure(name, _os_reason(error))
            continue
        if is_folder:
            yield from _folder(path, skip)
        elif _kind(path.name) == "other":
            yield Failure(name, f"Det er ikke en slags fil, der kan indlæses ({path.suffix or 'uden endelse'}).")
        else:
            yield from _something(_file(path, skip), name, f"Arkivet indeholder ingen filer, der kan indlæses ({_ENDINGS}).")


def _shown(name: str | Path) -> str:
    """A path as it is shown: bytes that are no text in its name are replaced, so that it can be printed and stored."""
    return str(name).encode("utf-8", "replace").decode("utf-8")


def _kind(name: str) -> str:
    """What a file is by its name: "document", "zip", "tar", "packed" (an archive that is not read) or "other"."""
    lower = name.lower()
    if lower.endswith(_READ):
        return "document"
    if lower.endswith(".zip"):
        return "zip"
    if lower.endswith(tuple(_TAR)):
        return "tar"
    return "packed" if lower.endswith(_OTHER_ARCHIVES) else "other"


def _something(found: Iterator[Found], name: str, nothing: str) -> Iterator[Found]:
    """``found``; or, where it is empty, the failure that nothing was found."""
    empty = True
    for one in found:
        empty = False
        yield one
    if empty:
        yield Failure(name, nothing)


def _folder(folder: Path, skip: OnSkip) -> Iterator[Found]:
    def walk() -> Iterator[Found]:
        failures: list[Failure] = []

        def unreadable(error: OSError) -> None:
            failures.append(Failure(_shown(str(error.filename)), _os_reason(error)))

        for directory, below, files in os.walk(folder, onerror=unreadable):  # does not follow links to folders: they may lead in circles
            yield from failures
            failures.clear()
            below.sort()
            for file in sorted(files):
                path = Path(directory, file)
                if _is_litter(file) or _kind(file) == "other":
                    skip(_shown(path))
                else:
                    yield from _file(path, skip)
        yield from failures

    return _something(walk(), _shown(folder), f"Mappen indeholder ingen filer, der kan indlæses ({_ENDINGS}).")


def _file(path: Path, skip: OnSkip) -> Iterator[Found]:
    name, kind = _shown(path), _kind(path.name)
    try:
        status = path.stat()
    except OSError as error:
        yield Failure(name, _os_reason(error))
        return
    if not stat.S_ISREG(status.st_mode):
        yield Failure(name, "Det er ikke en almindelig fil.")
    elif kind == "zip":
        yield from _zip(path, skip)
    elif kind == "tar":
        yield from _tar(path, status.st_size, skip)
    elif kind == "packed":
        yield Failure(name, "Arkiver af denne slags læses ikke. Pak det ud, eller brug zip eller tar.")
    elif status.st_size > MAX_MEMBER_BYTES:
        yield Failure(name, _TOO_LARGE)
    else:
        try:
            yield _source(name, path.read_bytes())
        except OSError as error:
            yield Failure(name, _os_reason(error))


def _source(name: str, data: bytes) -> Found:
    if len(data) > MAX_MEMBER_BYTES:
        return Failure(name, _TOO_LARGE)
    return SourceFile(name, data, hashlib.sha256(data).hexdigest())


_TOO_LARGE = f"Filen er større end {MAX_MEMBER_BYTES // (1024 * 1024)} MiB og læses ikke."
_BOMB = "Arkivet fylder unormalt meget udpakket og læses ikke videre (mulig arkivbombe)."
_BROKEN = "Arkivet er beskadiget eller ikke helt; det, der kom før fejlen, er læst."


def _os_reason(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "Der er ikke adgang til at læse filen."
    return f"Filen kan ikke læses ({error.strerror or type(error).__name__})."


def _is_litter(member: str) -> bool:
    """Whether a file is what macOS leaves beside the real one."""
    path = PurePosixPath(member)
    return path.name.startswith("._") or "__MACOSX" in path.parts


def _refused_path(member: str) -> str | None:
    """Why a member's path is not one of a file inside the archive, or None."""
    parts = re.split(r"[/\\]", member)
    if member.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", member):
        return "Filens sti i arkivet er absolut og afvises."
    return "Filens sti i arkivet peger ud af arkivet (..) og afvises." if ".." in parts else None


def _judge(member: str, size: int, name: str, skip: OnSkip) -> Failure | bool:
    """Whether to read a regular member of an archive: True, False (passed over), or the failure that says why not."""
    refused = _refused_path(member)
    if refused:
        return Failure(name, refused)
    kind = _kind(member)
    if _is_litter(member) or kind == "other":
        skip(name)
        return False
    if kind != "document":
        return Failure(name, "Arkiver inde i arkiver læses ikke. Pak det ud først.")
    return Failure(name, _TOO_LARGE) if size > MAX_MEMBER_BYTES else True


def _zip(path: Path, skip: OnSkip) -> Iterator[Found]:
    try:
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                if not info.is_dir():
                    yield from _zip_member(archive, info, _shown(f"{path}!{info.filename}"), skip)
    except _DAMAGED:
        yield Failure(_shown(path), "Arkivet er beskadiget eller ikke et zip-arkiv.")


def _zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, skip: OnSkip) -> Iterator[Found]:
    mode = info.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        yield Failure(name, "Det er et link eller en enhed, ikke en fil, og afvises.")
        return
    verdict = _judge(info.filename, info.file_size, name, skip)
    if isinstance(verdict, Failure):
        yield verdict
    elif verdict and info.flag_bits & 1:
        yield Failure(name, "Filen er beskyttet med adgangskode.")
    elif verdict and info.file_size > 1024 * 1024 and info.file_size > MAX_RATIO * max(1, info.compress_size):
        yield Failure(name, "Filen fylder unormalt meget udpakket og afvises (mulig arkivbombe).")
    elif verdict:
        try:
            with archive.open(info) as member:
                found = _source(name, member.read(MAX_MEMBER_BYTES + 1))
        except (*_DAMAGED, NotImplementedError, RuntimeError):
            found = Failure(name, "Filen er beskadiget i arkivet eller pakket på en måde, der ikke kan læses.")
        yield found


class _Stream:
    """The unpacked stream of a tar archive, which remembers its last block and stops at a limit.

    :mod:`tarfile` reads on past a member that nobody wants and takes extended headers into memory whole, so the limit must lie below it.
    """

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw = raw
        self.left = MAX_MEMBER_BYTES
        self.last = b""

    def read(self, size: int) -> bytes:
        if size > self.left:
            raise _TooMuch
        self.last = self._raw.read(size)
        self.left -= len(self.last)
        return self.last


class _TooMuch(Exception):
    """The archive wants to be larger than it may."""


def _tar(path: Path, packed: int, skip: OnSkip) -> Iterator[Found]:
    """Streamed: a tar.xz can only be read forwards."""
    opener = next(opener for suffix, opener in _TAR.items() if path.name.lower().endswith(suffix))
    allowed = max(FREE_BYTES, MAX_RATIO * packed)
    try:
        with opener(path, "rb") as raw:
            stream = _Stream(raw)
            # One block a read: then the stream's last block is the one at which tarfile stopped, and shows whether that was the end.
            with tarfile.open(fileobj=stream, mode="r|", bufsize=_BLOCK) as archive:  # type: ignore[call-overload]
                for member in archive:
                    allowed -= max(0, member.size) + _BLOCK
                    if allowed < 0:
                        raise _TooMuch
                    stream.left = member.size + MAX_MEMBER_BYTES
                    yield from _tar_member(archive, member, _shown(f"{path}!{member.name}"), skip)
            if stream.last != bytes(_BLOCK):
                yield Failure(_shown(path), _BROKEN)
    except _TooMuch:
        yield Failure(_shown(path), _BOMB)
    except _DAMAGED:
        yield Failure(_shown(path), _BROKEN)


def _tar_member(archive: tarfile.TarFile, member: tarfile.TarInfo, name: str, skip: OnSkip) -> Iterator[Found]:
    if member.isdir():
        return
    if not member.isreg():
        yield Failure(name, "Det er et link eller en enhed, ikke en fil, og afvises.")
        return
    verdict = _judge(member.name, member.size, name, skip)
    if isinstance(verdict, Failure):
        yield verdict
    elif verdict:
        content = archive.extractfile(member)
        yield _source(name, content.read(MAX_MEMBER_BYTES + 1) if content else b"")
