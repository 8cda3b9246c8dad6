"""How a source misbehaves. Each fault spoils one answer; see :meth:`replay.server.ReplayServer.misbehave`."""

from __future__ import annotations

import gzip
import time
from collections.abc import Mapping
from dataclasses import replace

from replay.server import Answer, Fault, Request, Wire

PAGE = (
    "<!DOCTYPE html><html lang='da'><head><title>Siden findes ikke</title></head><body><h1>Siden findes ikke</h1><p>Prøv forsiden.</p></body></html>"
)


def says(status: int, headers: Mapping[str, str] | None = None) -> Fault:
    """Another status: 429 with Retry-After, 403, 500."""

    def fault(request: Request, answer: Answer, wire: Wire) -> Answer:
        return Answer(f"Status {status}".encode(), "text/plain", status, headers or {})

    return fault


def page_instead(request: Request, answer: Answer, wire: Wire) -> Answer:
    """ "Not found" as a web page with status 200."""
    return Answer(PAGE.encode())


def truncated(request: Request, answer: Answer, wire: Wire) -> None:
    """Half the body, then the end, though the headers promise all of it."""
    wire.status(200, {"Content-Type": answer.content_type, "Content-Length": str(len(answer.body))})
    wire.send(answer.body[: len(answer.body) // 2])
    wire.hang_up()


def truncated_in_silence(request: Request, answer: Answer, wire: Wire) -> Answer:
    """Half the body, and headers that say it is all."""
    return replace(answer, body=answer.body[: len(answer.body) // 2])


def truncated_chunks(request: Request, answer: Answer, wire: Wire) -> None:
    """Chunked, and the last chunk never comes."""
    wire.status(200, {"Content-Type": answer.content_type, "Transfer-Encoding": "chunked"})
    wire.send(f"{len(answer.body):x}\r\n".encode() + answer.body[: len(answer.body) // 2])
    wire.hang_up()


def in_chunks(request: Request, answer: Answer, wire: Wire) -> None:
    """Chunked and whole."""
    wire.status(200, {"Content-Type": answer.content_type, "Transfer-Encoding": "chunked"})
    for start in range(0, len(answer.body), 1000):
        piece = answer.body[start : start + 1000]
        wire.send(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
    wire.send(b"0\r\n\r\n")


def hangs_up(request: Request, answer: Answer, wire: Wire) -> None:
    """No answer at all."""
    wire.hang_up()


def recoded(codec: str) -> Fault:
    """The body in another encoding than it says."""

    def fault(request: Request, answer: Answer, wire: Wire) -> Answer:
        return replace(answer, body=answer.body.decode("utf-8-sig").encode(codec, "replace"))

    return fault


def redirected(target: str, status: int = 302) -> Fault:
    """To another address."""

    def fault(request: Request, answer: Answer, wire: Wire) -> Answer:
        return Answer(b"", status=status, headers={"Location": target})

    return fault


def drips(seconds: float, size: int = 1) -> Fault:
    """A few bytes at a time, each soon enough for the time limit of one read."""

    def fault(request: Request, answer: Answer, wire: Wire) -> None:
        wire.status(200, {"Content-Type": answer.content_type, "Content-Length": str(len(answer.body))})
        try:
            for start in range(0, len(answer.body), size):
                wire.send(answer.body[start : start + size])
                time.sleep(seconds)
        except OSError:
            wire.hang_up()

    return fault


def silent(seconds: float) -> Fault:
    """Nothing for a while."""

    def fault(request: Request, answer: Answer, wire: Wire) -> Answer:
        time.sleep(seconds)
        return answer

    return fault


def replaced(old: str, new: str) -> Fault:
    """A changed layout: a class or element has another name."""

    def fault(request: Request, answer: Answer, wire: Wire) -> Answer:
        text = answer.body.decode()
        assert old in text, f"{old} is not in the answer"
        return replace(answer, body=text.replace(old, new).encode())

    return fault


def swollen(mebibytes: int) -> Fault:
    """A small packed answer that unpacks to very much."""

    def fault(request: Request, answer: Answer, wire: Wire) -> Answer:
        return Answer(gzip.compress(bytes(mebibytes * 1024 * 1024), 9), answer.content_type, headers={"Content-Encoding": "gzip"})

    return fault


def damaged_packing(request: Request, answer: Answer, wire: Wire) -> Answer:
    """Says gzip and is not."""
    return Answer(b"\x1f\x8bnot gzip at all, only a beginning", answer.content_type, headers={"Content-Encoding": "gzip"})
