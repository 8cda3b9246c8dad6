"""The workbench behind the window: opened in the background, asked in one lane, kept up to date in another, exchanged after an import.

All widgets talk to this and to nothing else of the program. Two lanes: ``reading`` asks the workbench (searches, texts, status), ``working``
does what takes long (opening, indexing, importing), so that the box answers while a library is being read in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from vidensplatform.desktop.operations import Cancelled, Lane, Operation, Step, Token
from vidensplatform.settings import Home

if TYPE_CHECKING:
    from vidensplatform.update import HarvestReport, ImportReport, Progress
    from vidensplatform.workbench import LibraryStatus, Workbench

T = TypeVar("T")

READING, INDEXING, COMPARING = "læser", "indekserer", "sammenligner"
ASKING, FETCHING = "spørger", "henter"
"""The steps of an import and a harvest, as :mod:`vidensplatform.update` names them, and the comparing of the texts of an act."""


class Session(QObject):
    """One home folder's workbench, from the window's opening to its closing."""

    opened = Signal()
    """There is a workbench to ask, or another one than before."""
    status_changed = Signal(object)
    """What :meth:`Workbench.status` says now."""
    step = Signal(object)
    """Long work went on: the :class:`Step`, named READING, INDEXING, COMPARING, ASKING or FETCHING."""
    idle = Signal()
    """No long work is under way any more."""
    imported = Signal(object)
    """An import came to its end: its report, or None where it was cancelled."""
    harvested = Signal(object)
    """A harvest came to its end: its report, also where it was stopped on the way; None where it had not begun."""
    failed = Signal(object)
    """Something went wrong that nobody waits for: the exception."""

    def __init__(self, home: Home, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.home = home
        self.bench: Workbench | None = None
        self.reading = Lane(self.failed.emit)
        self._working = Lane(self._work_failed)
        self._long: Operation[object] | None = None
        self._index_waits = False
        self._last: Callable[[], None] = self.open
        self._last_failed = False

    @property
    def working(self) -> bool:
        """Whether long work is under way."""
        return self._long is not None

    @property
    def index_waits(self) -> bool:
        """Whether the index was left behind the library because somebody stopped its update."""
        return self._index_waits

    # -- opening ---------------------------------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Open the workbench in the background; ``opened`` or ``failed`` tells how it went."""
        home = self.home
        self._last, self._last_failed = self.open, False

        def work(token: Token) -> Workbench:
            from vidensplatform.workbench import Workbench

            home.ensure()
            return Workbench.open(home)

        Operation(work).on_success(self._exchange).start(self._working)

    def open_other(self, home: Home) -> None:
        """Turn to another home folder."""
        self.home = home
        self.open()

    def _exchange(self, bench: Workbench, *, update: bool = True) -> None:
        old, self.bench = self.bench, bench
        if old is not None:
            Operation(lambda token: old.close()).start(self.reading)
        self.opened.emit()
        if update:
            Operation(lambda token: bench.check_library()).start(self.reading)
        self.ask(lambda bench, token: (bench.status(), bench.changes.is_current), lambda told: self._after_opening(*told, update=update))

    def ask_status(self) -> None:
        """Ask how much there is and how fresh, and tell it by ``status_changed``."""
        self.ask(lambda bench, token: bench.status(), self.status_changed.emit)

    def _after_opening(self, status: LibraryStatus, compared: bool, *, update: bool) -> None:
        self.status_changed.emit(status)
        behind = status.counts is not None and (status.index != "klar" or not compared)
        if behind and update:
            self.update_index()
        elif behind:
            self._leave_index()

    def again(self) -> None:
        """Do once more what failed: the opening, the indexing, the import, or what was asked."""
        if self._last_failed or self.bench is None:
            self._last()
        else:
            self.opened.emit()

    # -- asking ----------------------------------------------------------------------------------------------------------------------------

    def ask(self, work: Callable[[Workbench, Token], T], then: Callable[[T], None]) -> Operation[T] | None:
        """Ask the workbench something short in the background. None where there is no workbench yet."""
        bench = self.bench
        if bench is None:
            return None
        return Operation(lambda token: work(bench, token)).on_success(then).start(self.reading)

    # -- long work -------------------------------------------------------------------------------------------------------------------------

    def update_index(self) -> None:
        """Bring the full-text index, then the changes, up to date; searching goes on meanwhile."""
        bench = self.bench
        if bench is None or self.working:
            return
        self._last, self._last_failed = self.update_index, False

        def work(token: Token) -> object:
            def tell(done: int, _name: str) -> None:
                token.step(INDEXING, done)

            def compared(done: int, _name: str) -> None:
                token.step(COMPARING, done)

            token.step(INDEXING)
            state = bench.bring_index_up_to_date(tell)
            bench.changes.bring_up_to_date(compared)
            return state

        self._index_waits = False
        self._begin(Operation(work).on_success(self._indexed).on_cancelled(self._leave_index))

    def _indexed(self, _state: object) -> None:
        self._end()
        self.opened.emit()
        self.ask_status()

    def _leave_index(self) -> None:
        self._index_waits = True
        self._end()
        self.ask_status()

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Import files and folders in the background, then open the workbench anew; ``imported`` brings the report."""
        if self.working:
            return
        self._last, self._last_failed = lambda: self.import_paths(paths), False
        home = self.home
        reached = [READING]

        def work(token: Token) -> tuple[ImportReport | None, Workbench]:
            from vidensplatform.update import import_paths
            from vidensplatform.workbench import Workbench

            def tell(progress: Progress) -> None:
                reached[0] = progress.step
                token.step(progress.step, progress.done)

            report = None
            with suppress(Cancelled):  # what was read stays, and is shown
                report = import_paths(paths, home, on_progress=tell)
            return report, Workbench.open(home)

        def done(result: tuple[ImportReport | None, Workbench]) -> None:
            self._end()
            report, bench = result
            self._exchange(bench, update=reached[0] == READING)
            self.imported.emit(report)

        def never_begun() -> None:
            self._end()
            self.imported.emit(None)

        self._begin(Operation(work).on_success(done).on_cancelled(never_begun))

    def harvest(self, base_url: str | None = None) -> None:
        """Fetch what is new at the sources in the background, then open the workbench anew; ``harvested`` brings the report.

        ``base_url`` sends every call to a server there, for rehearsals. A harvest that is cancelled stops between two calls; what came is kept.
        """
        if self.working:
            return
        self._last, self._last_failed = lambda: self.harvest(base_url), False
        home = self.home

        def work(token: Token) -> tuple[HarvestReport | None, Workbench]:
            from vidensplatform.update import harvest
            from vidensplatform.workbench import Workbench

            def tell(progress: Progress) -> None:
                token.tell(Step(progress.step, progress.done, progress.total, progress.source or progress.at))

            report = harvest(home, base_url=base_url, on_progress=tell, stop=lambda: token.cancelled)
            return report, Workbench.open(home)

        def done(result: tuple[HarvestReport | None, Workbench]) -> None:
            self._end()
            report, bench = result
            self._exchange(bench, update=report is None or not report.stopped)
            self.harvested.emit(report)

        def never_begun() -> None:
            self._end()
            self.harvested.emit(None)

        self._begin(Operation(work).on_success(done).on_cancelled(never_begun))

    def cancel(self) -> None:
        """Stop the long work at its next step."""
        if self._long is not None:
            self._long.cancel()

    def _begin(self, operation: Operation[T]) -> None:
        operation.on_progress(self.step.emit)
        self._long = operation  # type: ignore[assignment]  # an operation of whatever result can be cancelled
        self.step.emit(Step(""))
        operation.start(self._working)

    def _end(self) -> None:
        self._long = None
        self.idle.emit()

    def _work_failed(self, error: BaseException) -> None:
        self._last_failed = True
        self._end()
        self.failed.emit(error)

    def close(self) -> None:
        """Stop everything, deliver nothing more, and let go of the files."""
        ended = self._working.close()
        ended = self.reading.close() and ended
        if self.bench is not None and ended:
            self.bench.close()
        self.bench = None


__all__ = ["ASKING", "COMPARING", "FETCHING", "INDEXING", "READING", "Session", "Step"]
