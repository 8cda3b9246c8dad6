"""Background work as operations: the work itself, and what happens in the window when it succeeded, failed, went on a step or was cancelled.

The work gets a :class:`Token` and nothing of the window: no widget may be named in it. What it returns or raises is delivered in the UI thread by
queued signals. A :class:`Lane` runs its operations one after the other in one thread of its own, so that what they share needs no locks of ours.
:class:`LatestOnly` is for search while typing: only the newest question's answer is delivered, whatever order the work ends in.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Generic, Self, TypeVar

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal, Slot

T = TypeVar("T")
Q = TypeVar("Q")

_BETWEEN_STEPS = 0.05
"""Seconds between two steps that are told; the rest are not worth a repaint."""


class Cancelled(Exception):
    """Raised inside the work when its token was cancelled: no error, somebody asked for it."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far the work is: what it is doing, how many are done of how many (0: not known), and where."""

    name: str
    done: int = 0
    total: int = 0
    at: str = ""


class Token:
    """Goes into the work: asks whether to go on, and tells how far it is. Safe from any thread."""

    def __init__(self, tell: Callable[[Step], None]) -> None:
        self._tell = tell
        self._cancelled = threading.Event()
        self._told_at = 0.0

    def cancel(self) -> None:
        """Ask the work to stop at its next :meth:`check` or :meth:`step`."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked to stop."""
        return self._cancelled.is_set()

    def check(self) -> None:
        """Raises :class:`Cancelled` where somebody asked to stop."""
        if self.cancelled:
            raise Cancelled

    def step(self, name: str, done: int = 0) -> None:
        """Tell how far the work is. Raises :class:`Cancelled` where somebody asked to stop."""
        self.check()
        self.tell(Step(name, done))

    def tell(self, step: Step) -> None:
        """Tell how far the work is, and go on whatever was asked: for work that stops by itself where it best can."""
        now = time.monotonic()
        if now - self._told_at >= _BETWEEN_STEPS:
            self._told_at = now
            self._tell(step)


class _Delivery(QObject):
    """Lives in the UI thread and carries what the work sends over to it."""

    stepped = Signal(object)
    ended = Signal(object, object)

    def __init__(self, on_step: Callable[[Step], None], on_end: Callable[[Any, BaseException | None], None]) -> None:
        super().__init__()
        self._on_step = on_step
        self._on_end = on_end
        self.stepped.connect(self._step, Qt.ConnectionType.QueuedConnection)
        self.ended.connect(self._end, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _step(self, step: Step) -> None:
        self._on_step(step)

    @Slot(object, object)
    def _end(self, result: Any, error: BaseException | None) -> None:
        self._on_end(result, error)


class Operation(Generic[T]):
    """One piece of background work. Make it, say what follows, and give it to a lane::

    Operation(lambda token: bench.search(question)).on_success(self.show).on_failure(self.tell).start(lane)
    """

    def __init__(self, work: Callable[[Token], T]) -> None:
        self._work = work
        self._success: Callable[[T], None] | None = None
        self._failure: Callable[[BaseException], None] | None = None
        self._progress: Callable[[Step], None] | None = None
        self._cancelled: Callable[[], None] | None = None
        self._finally: Callable[[], None] | None = None
        self._silenced = False
        self._delivery = _Delivery(self._stepped, self._ended)
        self.token = Token(self._delivery.stepped.emit)

    def on_success(self, call: Callable[[T], None]) -> Self:
        """Called in the UI thread with what the work returned."""
        self._success = call
        return self

    def on_failure(self, call: Callable[[BaseException], None]) -> Self:
        """Called in the UI thread with what the work raised; without it the lane's own ``on_failure`` is."""
        self._failure = call
        return self

    def on_progress(self, call: Callable[[Step], None]) -> Self:
        """Called in the UI thread now and then with how far the work is."""
        self._progress = call
        return self

    def on_cancelled(self, call: Callable[[], None]) -> Self:
        """Called in the UI thread when the work stopped because it was asked to."""
        self._cancelled = call
        return self

    def start(self, lane: Lane) -> Self:
        """Put it into the lane. From the UI thread."""
        lane.run(self)
        return self

    def cancel(self) -> None:
        """Ask the work to stop; work that has not begun will not."""
        self.token.cancel()

    def silence(self) -> None:
        """Deliver nothing any more: the window that asked is closing."""
        self._silenced = True
        self.token.cancel()

    def _begin(self, failure: Callable[[BaseException], None], done: Callable[[], None]) -> None:
        """By the lane: who hears of a failure that nobody waits for, and who is told at the very end."""
        self._failure = self._failure or failure
        self._finally = done

    def _run(self) -> None:
        """In the lane's thread."""
        result: T | None = None
        error: BaseException | None = None
        try:
            self.token.check()
            result = self._work(self.token)
        except BaseException as raised:
            error = raised
        with suppress(RuntimeError):  # the window is gone, and with it the receiver
            self._delivery.ended.emit(result, error)

    def _stepped(self, step: Step) -> None:
        if self._progress is not None and not self._silenced and not self.token.cancelled:
            self._progress(step)

    def _ended(self, result: Any, error: BaseException | None) -> None:
        if self._finally is not None:
            self._finally()
        if self._silenced:
            return
        if isinstance(error, Cancelled):
            if self._cancelled is not None:
                self._cancelled()
        elif error is not None:
            if self._failure is not None:
                self._failure(error)
        elif self._success is not None:
            self._success(result)


class Lane:
    """One background thread that runs operations in the order they came."""

    def __init__(self, on_failure: Callable[[BaseException], None]) -> None:
        self._on_failure = on_failure
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(1)
        self._running: set[Operation[Any]] = set()

    @property
    def busy(self) -> bool:
        """Whether anything runs, waits, or is about to be delivered."""
        return bool(self._running)

    def run(self, operation: Operation[Any]) -> None:
        """Run the operation when those before it are through."""
        self._running.add(operation)
        operation._begin(self._on_failure, lambda: self._running.discard(operation))
        self._pool.start(operation._run)

    def close(self, wait_ms: int = 10_000) -> bool:
        """Cancel everything, deliver nothing more, and wait for the thread. False where it did not end in that time."""
        for operation in self._running:
            operation.silence()
        return self._pool.waitForDone(wait_ms)


class LatestOnly(Generic[Q, T]):
    """Asks the newest question only. An answer that a newer question has overtaken is thrown away, and questions in between are never asked."""

    def __init__(
        self,
        lane: Lane,
        work: Callable[[Q, Token], T],
        on_answer: Callable[[T], None],
        on_failure: Callable[[BaseException], None] | None = None,
    ) -> None:
        self._lane = lane
        self._work = work
        self._on_answer = on_answer
        self._on_failure = on_failure
        self._running: Operation[T] | None = None
        self._waiting: list[Q] = []

    @property
    def busy(self) -> bool:
        """Whether an answer is on its way."""
        return self._running is not None and not self._running.token.cancelled

    def ask(self, question: Q) -> None:
        """Ask; whatever was asked before is overtaken."""
        if self._running is not None:
            self._running.cancel()
            self._waiting = [question]
            return
        self._start(question)

    def forget(self) -> None:
        """No answer is wanted any more."""
        self._waiting = []
        if self._running is not None:
            self._running.cancel()

    def _start(self, question: Q) -> None:
        operation: Operation[T] = Operation(lambda token: self._work(question, token))
        operation.on_success(lambda answer: self._answered(operation, answer))
        operation.on_failure(lambda error: self._failed(operation, error))
        operation.on_cancelled(self._next)
        self._running = operation
        operation.start(self._lane)

    def _answered(self, operation: Operation[T], answer: T) -> None:
        overtaken = operation.token.cancelled
        self._next()
        if not overtaken:
            self._on_answer(answer)

    def _failed(self, operation: Operation[T], error: BaseException) -> None:
        overtaken = operation.token.cancelled
        self._next()
        if overtaken:
            return
        if self._on_failure is not None:
            self._on_failure(error)
        else:
            self._lane._on_failure(error)

    def _next(self) -> None:
        self._running = None
        if self._waiting:
            self._start(self._waiting.pop())
