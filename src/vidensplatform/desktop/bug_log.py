"""The log of bugs: where in the program, and which kind of error; never its message, which may hold what somebody typed."""

from __future__ import annotations

import logging
import logging.handlers
import traceback

from vidensplatform.settings import Home

_BYTES, _KEPT = 1_000_000, 3


def anonymous_trace(error: BaseException) -> str:
    """The trace of an error and of those behind it, with the kinds of error and without their messages."""
    parts: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        frames = "".join(traceback.format_list(traceback.extract_tb(current.__traceback__)))
        parts.append(f"Traceback (most recent call last):\n{frames}{type(current).__module__}.{type(current).__qualname__}\n")
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return "\n".join(reversed(parts))


def log_bug(home: Home, error: BaseException) -> bool:
    """Write the error to the rotating log of this home. False where that cannot be done."""
    try:
        home.log.parent.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(home.log, maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8", delay=False)
    except OSError:
        return False
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    try:
        handler.handle(logging.LogRecord("vidensplatform.desktop", logging.ERROR, "", 0, anonymous_trace(error), None, None))
    finally:
        handler.close()
    return True
