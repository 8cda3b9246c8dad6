"""Background work delivers in the UI thread, can be cancelled, and an overtaken answer is thrown away."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from vidensplatform.desktop.operations import Lane, LatestOnly, Operation, Step, Token


@pytest.fixture
def failures() -> list[BaseException]:
    return []


@pytest.fixture
def lane(qtbot: QtBot, failures: list[BaseException]) -> Iterator[Lane]:
    made = Lane(failures.append)
    yield made
    assert made.close()


def test_work_runs_elsewhere_and_is_delivered_in_the_ui_thread(qtbot: QtBot, lane: Lane) -> None:
    threads: dict[str, threading.Thread] = {}

    def work(token: Token) -> str:
        threads["work"] = threading.current_thread()
        token.step("halvvejs", 1)
        return "svar"

    def progress(step: Step) -> None:
        threads["progress"] = threading.current_thread()
        assert step == Step("halvvejs", 1)

    def success(result: str) -> None:
        threads["success"] = threading.current_thread()
        assert result == "svar"

    Operation(work).on_success(success).on_progress(progress).start(lane)
    qtbot.waitUntil(lambda: not lane.busy)
    assert threads["work"] is not threading.main_thread()
    assert threads["progress"] is threads["success"] is threading.main_thread()


def test_failure_goes_to_the_operation_and_else_to_the_lane(qtbot: QtBot, lane: Lane, failures: list[BaseException]) -> None:
    heard: list[BaseException] = []

    def work(token: Token) -> None:
        raise ValueError("nej")

    Operation(work).on_failure(heard.append).start(lane)
    Operation(work).start(lane)
    qtbot.waitUntil(lambda: not lane.busy)
    assert [type(e) for e in (*heard, *failures)] == [ValueError, ValueError]


def test_cancelled_work_stops_at_its_next_step(qtbot: QtBot, lane: Lane, failures: list[BaseException]) -> None:
    begun, ended = threading.Event(), []

    def work(token: Token) -> None:
        begun.set()
        while True:
            token.step("igen")

    operation = Operation(work).on_success(lambda _: ended.append("færdig")).on_cancelled(lambda: ended.append("afbrudt")).start(lane)
    assert begun.wait(5)
    operation.cancel()
    qtbot.waitUntil(lambda: not lane.busy)
    assert ended == ["afbrudt"]
    assert not failures


def test_operations_of_a_lane_run_one_after_the_other(qtbot: QtBot, lane: Lane) -> None:
    order: list[int] = []
    for n in range(50):
        Operation(lambda token, n=n: n).on_success(order.append).start(lane)
    qtbot.waitUntil(lambda: not lane.busy)
    assert order == list(range(50))


def test_thousands_of_deliveries_use_up_nothing(qtbot: QtBot, lane: Lane) -> None:
    """PySide6 6.12.0 gives away a reference to True with each signal on Python 3.11, which is why pyproject.toml stays below it."""
    done: list[int] = []
    for n in range(4000):
        Operation(lambda token, n=n: n).on_success(done.append).start(lane)
    qtbot.waitUntil(lambda: not lane.busy, timeout=30_000)
    assert len(done) == 4000


class Slow:
    """Work that waits for a gate of its own before it answers."""

    def __init__(self) -> None:
        self.gates: dict[str, threading.Event] = {}
        self.begun: list[str] = []
        self.seen = threading.Condition()

    def __call__(self, question: str, token: Token) -> str:
        with self.seen:
            self.begun.append(question)
            gate = self.gates.setdefault(question, threading.Event())
            self.seen.notify_all()
        assert gate.wait(10)
        return f"svar på {question}"

    def wait_for(self, question: str) -> None:
        with self.seen:
            assert self.seen.wait_for(lambda: question in self.begun, 10)

    def let(self, question: str) -> None:
        with self.seen:
            self.gates.setdefault(question, threading.Event()).set()


def test_overtaken_answer_is_thrown_away(qtbot: QtBot, lane: Lane) -> None:
    slow, answers = Slow(), []
    latest: LatestOnly[str, str] = LatestOnly(lane, slow, answers.append)
    latest.ask("b")
    slow.wait_for("b")
    latest.ask("bo")
    latest.ask("bol")
    slow.let("b")
    slow.let("bol")
    qtbot.waitUntil(lambda: bool(answers))
    qtbot.waitUntil(lambda: not lane.busy)
    assert answers == ["svar på bol"]
    assert slow.begun == ["b", "bol"], "the question in between was never asked"


def test_forgotten_question_brings_no_answer(qtbot: QtBot, lane: Lane) -> None:
    slow, answers = Slow(), []
    latest: LatestOnly[str, str] = LatestOnly(lane, slow, answers.append)
    latest.ask("a")
    slow.wait_for("a")
    latest.forget()
    slow.let("a")
    qtbot.waitUntil(lambda: not lane.busy)
    assert answers == []


def test_failure_of_an_overtaken_question_is_not_told(qtbot: QtBot, lane: Lane, failures: list[BaseException]) -> None:
    begun, go = threading.Event(), threading.Event()

    def work(question: str, token: Token) -> str:
        if question == "dårlig":
            begun.set()
            assert go.wait(10)
            raise ValueError(question)
        return question

    answers: list[str] = []
    latest: LatestOnly[str, str] = LatestOnly(lane, work, answers.append)
    latest.ask("dårlig")
    assert begun.wait(5)
    latest.ask("god")
    go.set()
    qtbot.waitUntil(lambda: not lane.busy)
    assert answers == ["god"]
    assert not failures


def test_closing_a_lane_delivers_nothing_more(qtbot: QtBot) -> None:
    heard: list[object] = []
    begun, lane = threading.Event(), Lane(heard.append)

    def work(token: Token) -> str:
        begun.set()
        while not token.cancelled:
            pass
        return "for sent"

    Operation(work).on_success(heard.append).start(lane)
    assert begun.wait(5)
    assert lane.close()
    qtbot.wait(20)
    assert heard == []
