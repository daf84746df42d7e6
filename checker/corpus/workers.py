"""Work done in this process or in others, so that what breaks on the way is one piece of work and not the run.

Processes come from pebble, which tells which piece of work a killed worker was at, and ends one that takes too long. It
is imported here alone.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Generator, Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Generic, Protocol, TypeVar

import msgspec

if TYPE_CHECKING:
    from pebble import ProcessFuture, ProcessPool

Task = TypeVar("Task")
Done = TypeVar("Done")
Task_contra = TypeVar("Task_contra", contravariant=True)
Done_co = TypeVar("Done_co", covariant=True)

AHEAD: Final = 4
"""Pieces of work begun for each worker before the first of them has to be done: what bounds the memory of a run."""


class Fate(StrEnum):
    """What became of work that was not done."""

    TOO_LONG = "too_long"
    KILLED = "killed"
    FAILED = "failed"


class Lost(msgspec.Struct, frozen=True):
    """Work that was not done; `detail` is the time allowed in seconds, the exit code of the process, or the error."""

    fate: Fate
    detail: str


class Worker(Protocol[Task_contra, Done_co]):
    """Something that does one piece of work after the other."""

    ahead: int

    def begin(self, task: Task_contra) -> Callable[[], Done_co]:
        """Begin a piece of work, and return what waits for its end."""

    def stop(self) -> None:
        """Drop what has begun."""


class Here(Generic[Task, Done]):
    """The process that asks: work is done when it is waited for."""

    ahead = 1

    def __init__(self, work: Callable[[Task], Done]) -> None:
        self._work = work

    def begin(self, task: Task) -> Callable[[], Done]:
        """Return the work."""
        return lambda: self._work(task)

    def stop(self) -> None:
        """Do nothing: nothing goes on."""


class Processes(Generic[Task, Done]):
    """Processes that are started with the first piece of work; `start` prepares each of them.

    `work` and `start` must be functions that another process can import.
    """

    def __init__(
        self,
        work: Callable[[Task], Done],
        jobs: int,
        timeout: float | None = None,
        start: Callable[[], object] | None = None,
    ) -> None:
        self.ahead = jobs * AHEAD
        self._work = work
        self._jobs = jobs
        self._timeout = timeout
        self._start = start
        self._pool: ProcessPool | None = None

    def begin(self, task: Task) -> Callable[[], Done | Lost]:
        """Hand a piece of work to the processes."""
        begun = self._schedule(task)
        return lambda: self._result(begun, task)

    def stop(self) -> None:
        """End the processes, whatever they are at."""
        if self._pool is not None:
            pool, self._pool = self._pool, None
            _end(pool)

    def _schedule(self, task: Task) -> ProcessFuture[Done]:
        if self._pool is None:
            self._pool = self._new_pool(self._jobs)
        try:
            return self._pool.schedule(self._work, (task,), timeout=self._timeout)
        except RuntimeError:  # a worker died between two pieces of work, and the pool with it
            self.stop()
            self._pool = self._new_pool(self._jobs)
            return self._pool.schedule(self._work, (task,), timeout=self._timeout)

    def _new_pool(self, jobs: int) -> ProcessPool:
        from pebble import ProcessPool

        context = multiprocessing.get_context(_start_method())
        return ProcessPool(jobs, initializer=_prepare, initargs=(self._start,), context=context)

    def _result(self, begun: ProcessFuture[Done], task: Task) -> Done | Lost:
        from concurrent.futures.process import BrokenProcessPool

        try:
            return self._outcome(begun)
        except BrokenProcessPool:
            # It is not known whose fault it was: this piece of work is tried once more, alone.
            return self._alone(task)

    def _alone(self, task: Task) -> Done | Lost:
        from concurrent.futures.process import BrokenProcessPool

        pool = self._new_pool(1)
        try:
            return self._outcome(pool.schedule(self._work, (task,), timeout=self._timeout))
        except BrokenProcessPool as error:
            return Lost(Fate.KILLED, str(error))
        finally:
            _end(pool)

    def _outcome(self, begun: ProcessFuture[Done]) -> Done | Lost:
        from concurrent.futures.process import BrokenProcessPool

        from pebble import ProcessExpired

        try:
            done: Done = begun.result()
        except BrokenProcessPool:
            raise
        except TimeoutError:
            return Lost(Fate.TOO_LONG, f"{self._timeout:g}")
        except ProcessExpired as error:
            return Lost(Fate.KILLED, str(error.exitcode))
        except Exception as error:
            return Lost(Fate.FAILED, f"{type(error).__name__}: {error}")
        return done


def in_order(worker: Worker[Task, Done], tasks: Iterable[Task]) -> Generator[tuple[Task, Done], None, None]:
    """Yield each task with what came of it, in the order of the tasks; only so many are begun ahead of time."""
    begun: deque[tuple[Task, Callable[[], Done]]] = deque()
    try:
        for task in tasks:
            begun.append((task, worker.begin(task)))
            if len(begun) >= worker.ahead:
                first, end = begun.popleft()
                yield first, end()
        while begun:
            first, end = begun.popleft()
            yield first, end()
    finally:
        worker.stop()


def cores() -> int:
    """Return how many processors this process may use."""
    with contextlib.suppress(AttributeError):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _end(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]
    pool.join()


def _start_method() -> str:
    """Return how processes start: never as a copy of this one, whose threads would not come along."""
    return "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"


def _prepare(start: Callable[[], object] | None) -> None:
    """Prepare a worker: as many processes as cores work already, so libraries shall not start threads of their own."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    if start is not None:
        start()
