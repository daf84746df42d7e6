"""Files → results as the contract has them, in the order of the files, whatever happens to a process on the way."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from functools import partial
from typing import Final

import msgspec

from checker.auditing import sha256_of
from checker.contract.shape import FilingJson, UnreadableJson
from checker.corpus.pieces import Files, unpacked
from checker.corpus.results import Results, moved
from checker.corpus.work import Order, Task, audit_files, auditor_of, results_of
from checker.corpus.workers import Fate, Here, Lost, Processes, Worker, cores, in_order
from checker.readers.parts import filing_name

HANDFUL: Final = 5
"""So many filings are audited sooner in this process than in others, which have to be started first."""
TIMEOUT: Final = 600.0
"""Seconds that a filing may take in a process of its own: a real one takes less than ten."""

Result = FilingJson | UnreadableJson


class Batch(msgspec.Struct, frozen=True):
    """How filings are worked through: in so many processes (0: as many as are useful), with so many seconds each.

    Without a time limit of its own, work in this process is not limited.
    """

    order: Order
    jobs: int = 0
    timeout: float | None = None

    def results(self, groups: Sequence[Files]) -> Generator[tuple[Files, list[Result]], None, None]:
        """Yield what each group of files came to, in their order; not more than a few are held at a time."""
        with closing(in_order(self._worker(len(groups)), groups)) as done:
            yield from done

    def _worker(self, count: int) -> Worker[Files, list[Result]]:
        worker = self._auditing(count)
        results = results_of(self.order)
        return Remembering(worker, results) if results else Telling(worker)

    def _auditing(self, count: int) -> Worker[Task, bytes | Lost]:
        work = partial(audit_files, self.order)
        jobs = min(self.jobs or (cores() if count > HANDFUL else 1), count)
        if jobs <= 1 and self.timeout is None:
            return Here(work)
        return Processes(work, max(1, jobs), self.timeout or TIMEOUT, partial(auditor_of, self.order))


class Telling:
    """Has each filing audited, and tells what came of it."""

    def __init__(self, worker: Worker[Task, bytes | Lost]) -> None:
        self.ahead = worker.ahead
        self._worker = worker

    def begin(self, files: Files) -> Callable[[], list[Result]]:
        """Begin an audit."""
        end = self._worker.begin(Task(files))
        return lambda: _told(files, end())

    def stop(self) -> None:
        """Drop what has begun."""
        self._worker.stop()


class Remembering:
    """Looks for the result of each filing, and has audited what was not audited before."""

    def __init__(self, worker: Worker[Task, bytes | Lost], results: Results) -> None:
        self.ahead = worker.ahead
        self._worker = worker
        self._results = results

    def begin(self, files: Files) -> Callable[[], list[Result]]:
        """Find a result, or begin an audit."""
        key = self._results.key(files)
        task = Task(files, key)
        kept = self._results.get(key) if key else None
        if kept is None:
            end = self._worker.begin(task)
            return lambda: _told(files, end())
        return lambda: self._open(kept, task)

    def stop(self) -> None:
        """Drop what has begun."""
        self._worker.stop()

    def _open(self, kept: bytes, task: Task) -> list[Result]:
        found = moved(kept, task.files)
        if found is None:
            return _told(task.files, self._worker.begin(task)())
        return list(found)


def _told(files: Files, content: bytes | Lost) -> list[Result]:
    if isinstance(content, Lost):
        return [
            UnreadableJson(filing_name(files), _reason(content), sha256_of(files), None, content.fate is Fate.FAILED)
        ]
    return [piece.result for piece in unpacked(content)]


def _reason(lost: Lost) -> str:
    match lost.fate:
        case Fate.TOO_LONG:
            return f"超过 {lost.detail} 秒仍未核验完，已中止"
        case Fate.KILLED:
            return f"核验它的进程意外终止（{lost.detail}）：可能内存不足，或者文件使所用的程序库崩溃"
        case _:
            return f"程序出错，请报告：{lost.detail}"
