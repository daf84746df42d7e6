"""`python -m benchmarks batch [JOBS]`: many filings, in this process and in others, from scratch and from the cache.

Measured against ProcessPoolExecutor, which does the same work in the same run but loses the batch when a worker is
killed, and holds every result until it is asked for. Wall-clock seconds, and the CPU seconds of this
process alone: it is what every filing passes through, whatever the number of workers.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from checker.corpus.batch import Batch
from checker.corpus.pieces import Files, unpacked
from checker.corpus.work import Order, Task, audit_files, auditor_of, results_of
from checker.corpus.workers import cores
from checker.readers.parts import find_filings

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "sample_filings"
COPIES = (200, 2000)

CHILD = """
import resource, sys
sys.argv = ["gouji", *sys.argv[1:]]
from checker.cli import main
try:
    main()
except SystemExit:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, file=sys.stderr)
"""


def with_batch(order: Order, groups: Sequence[Files], jobs: int) -> int:
    """Audit as `gouji audit` does; return how many results there are."""
    return sum(len(results) for _, results in Batch(order, jobs).results(groups))


def with_executor(order: Order, groups: Sequence[Files], jobs: int) -> int:
    """Audit with the standard library's processes."""
    context = multiprocessing.get_context("forkserver")
    with ProcessPoolExecutor(jobs, context, auditor_of, (order,)) as pool:
        done = pool.map(partial(audit_files, order), [Task(files) for files in groups])
        return sum(len(unpacked(content)) for content in done)


def cpu() -> float:
    """Return the CPU seconds of this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def timed(name: str, action: Callable[[], int]) -> None:
    """Print how long an action takes."""
    before, began = cpu(), time.perf_counter()
    count = action()
    spent = time.perf_counter() - began
    print(
        f"  {name:<44} {spent:7.1f} s wall {cpu() - before:7.1f} s CPU here {count / spent:7.1f} filings/s", flush=True
    )


def peak(copies: int, folder: Path) -> float:
    """Return the peak memory in MB of a run over copies of one filing, from the cache, every result written out."""
    source = SAMPLES / "clean" / "department.txt"
    papers = folder / str(copies)
    papers.mkdir()
    for number in range(copies):
        (papers / f"{number:05d}.txt").symlink_to(source)
    command = [sys.executable, "-c", CHILD, "audit", str(papers), "-j1", "-o", "jsonl", "-o", f"console={folder}/c"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    return float(done.stderr.decode().split()[-1])


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    jobs = int(arguments[0]) if arguments else cores()
    groups = find_filings([SAMPLES])
    plain, kept = Order(), Order(cached=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["GOUJI_CACHE"] = folder
        auditor_of(plain)
        print(f"{len(groups)} filings, {jobs} jobs, {cores()} processors")
        timed("one process", lambda: with_batch(plain, groups, 1))
        timed(f"{jobs} processes (pebble)", lambda: with_batch(plain, groups, jobs))
        timed(f"{jobs} processes (ProcessPoolExecutor)", lambda: with_executor(plain, groups, jobs))
        timed(f"{jobs} processes, filling the cache", lambda: with_batch(kept, groups, jobs))
        timed("from the cache", lambda: with_batch(kept, groups, jobs))
        for entry in Path(folder).glob("??/results-*"):
            entry.unlink()
        results_of.cache_clear()
        timed("one process, readings from the cache", lambda: with_batch(kept, groups, 1))
        for copies in COPIES:
            print(f"  {copies} filings of one text: peak memory {peak(copies, Path(folder)):.0f} MB", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
