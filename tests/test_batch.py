"""Many filings: processes that die or hang, order, memory, interruption, and the same bytes whatever the way."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import zlib
from pathlib import Path

import msgspec
import pytest

from checker import cache
from checker.contract.shape import FilingJson
from checker.corpus.batch import HANDFUL, Batch
from checker.corpus.pieces import unpacked
from checker.corpus.results import moved
from checker.corpus.work import Order, Task, audit_files
from checker.corpus.workers import Fate, Here, Lost, Processes, in_order
from tests.conftest import ROOT, SAMPLES
from tests.test_cli import CLEAN, WRONG, gouji

BUDGET = SAMPLES / "clean" / "department.txt"


def misbehave(task: str) -> str:
    """What a reader can do to the process it runs in, by the name of its task."""
    if task == "exit":
        os._exit(7)
    if task == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if task == "hang":
        time.sleep(600)
    if task == "raise":
        raise IndexError("row 7")
    if task == "slow":
        time.sleep(0.3)
    return task.upper()


TASKS = ["a", "exit", "slow", "hang", "b", "kill", "raise", "c", "exit", "d"]


def test_what_kills_or_hangs_its_process_is_lost_alone_and_the_rest_is_done_in_order():
    done = dict(enumerate(in_order(Processes(misbehave, 2, timeout=2), TASKS)))
    assert [task for task, _ in done.values()] == TASKS
    results = [result for _, result in done.values()]
    assert [result for result in results if isinstance(result, str)] == ["A", "SLOW", "B", "C", "D"]
    fates = {task: result.fate for task, result in done.values() if isinstance(result, Lost)}
    assert fates == {"exit": Fate.KILLED, "hang": Fate.TOO_LONG, "kill": Fate.KILLED, "raise": Fate.FAILED}
    assert results[6].detail == "IndexError: row 7"
    assert results[3].detail == "2"


def test_a_process_that_dies_again_and_again_ends():
    done = list(in_order(Processes(misbehave, 2, timeout=5), ["exit"] * 9))
    assert [result.fate for _, result in done] == [Fate.KILLED] * 9


@pytest.mark.parametrize("worker", [Here(misbehave), Processes(misbehave, 2)])
def test_no_more_is_begun_than_memory_is_meant_for(worker):
    begun = 0

    def tasks():
        nonlocal begun
        for number in range(40):
            begun += 1
            yield str(number)

    for done, _ in enumerate(in_order(worker, tasks()), start=1):
        assert begun - done < worker.ahead
    assert begun == 40


def fail_on_bad(order: Order, task: Task) -> bytes:
    """Audit, but end the process over one file and never come back from another."""
    if "kills" in task.files[0].name:
        os.kill(os.getpid(), signal.SIGKILL)
    if "hangs" in task.files[0].name:
        time.sleep(600)
    return audit_files(order, task)


def test_a_filing_that_kills_or_hangs_its_process_is_unreadable_with_that_reason(tmp_path, monkeypatch):
    for name in ("a.txt", "kills.txt", "hangs.txt", "z.txt"):
        (tmp_path / name).write_bytes(CLEAN.read_bytes())
    monkeypatch.setattr("checker.corpus.batch.audit_files", fail_on_bad)
    groups = [(path,) for path in sorted(tmp_path.iterdir())]
    results = [result for _, found in Batch(Order(), jobs=2, timeout=20).results(groups) for result in found]
    assert [Path(result.path).name for result in results] == ["a.txt", "hangs.txt", "kills.txt", "z.txt"]
    assert [isinstance(result, FilingJson) for result in results] == [True, False, False, True]
    assert "超过 20 秒" in results[1].reason
    assert "进程意外终止（-9）" in results[2].reason
    assert results[1].sha256 == results[0].sha256


def same(*runs: bytes) -> bool:
    """Say whether audits differ in nothing but when they were started."""
    return len({re.sub(rb'"started":"[^"]*"', b"", run) for run in runs}) == 1


def test_the_bytes_are_the_same_with_any_number_of_jobs_and_with_a_warm_cache(tmp_path):
    paths = [SAMPLES / "clean", SAMPLES / "formats", WRONG]
    outputs, pages = [], []
    ways = [("-j1", "--no-cache"), ("-j1",), ("-j1",), ("-j2", "--no-cache"), ("-j2",), ("-j2", "--timeout=60")]
    for number, way in enumerate(ways):
        folder = tmp_path / str(number)
        folder.mkdir()
        gouji("audit", *paths, *way, "-o", "json=a.json", "-o", "html=a.html", cwd=folder)
        outputs.append((folder / "a.json").read_bytes())
        pages.append(b"".join(file.read_bytes() for file in sorted((folder / "a").iterdir())))
    assert len(json.loads(outputs[0])["filings"]) > HANDFUL
    assert same(*outputs)
    times = rb"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[^<\"]*"
    assert len({re.sub(times, b"", page) for page in pages}) == 1


def test_a_result_that_was_kept_bears_the_path_that_is_asked_for(tmp_path):
    order = Order(cached=True)
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_bytes(CLEAN.read_bytes())
    first, second = (
        next(Batch(order).results([(tmp_path / name / f"{name}.txt",)]))[1][0] for name in ("here", "there")
    )
    assert second.path == second.files[0].path == str(tmp_path / "there" / "there.txt")
    assert msgspec.structs.replace(second, path=first.path, files=first.files) == first


def test_parts_of_a_filing_keep_their_names_in_a_kept_result(tmp_path):
    content = BUDGET.read_text(encoding="utf-8")
    split = content.index("第三部分") if "第三部分" in content else len(content) // 2
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "某局预算表.txt").write_text(content[:split], encoding="utf-8")
        (tmp_path / folder / "某局情况说明.txt").write_text(content[split:], encoding="utf-8")
    order = Order(cached=True)
    told = []
    for folder in ("one", "two"):
        files = tuple(sorted((tmp_path / folder).iterdir()))
        told.append(next(Batch(order).results([files]))[1][0])
    fresh = next(Batch(Order()).results([tuple(sorted((tmp_path / "two").iterdir()))]))[1][0]
    assert len(told[1].files) == 2
    assert told[1] == fresh
    assert told[0].path != told[1].path


def entries(kind):
    return [entry for entry in cache.entries() if entry.kind == kind]


def test_a_damaged_or_foreign_entry_is_made_anew(tmp_path, monkeypatch):
    monkeypatch.setenv("GOUJI_CACHE", str(tmp_path / "cache"))
    order = Order(layout=None, cached=True, rules=())
    from checker.corpus import work

    work.results_of.cache_clear()
    groups = [(CLEAN,)]
    fresh = next(Batch(order).results(groups))[1]
    (entry,) = entries("results")
    for content in (b"", b"garbage", entry.path.read_bytes()[:-100]):
        entry.path.write_bytes(content)
        assert next(Batch(order).results(groups))[1] == fresh
        assert unpacked(zlib.decompress(entry.path.read_bytes()))[0].filing == fresh[0]
    assert moved(b"\x90", (CLEAN,)) is None
    work.results_of.cache_clear()


def test_what_could_not_be_read_is_not_kept(tmp_path, monkeypatch):
    monkeypatch.setenv("GOUJI_CACHE", str(tmp_path / "cache"))
    from checker.corpus import work

    work.results_of.cache_clear()
    (tmp_path / "bad.txt").write_bytes(b"\x00\x01")
    (_, (result,)) = next(Batch(Order(cached=True)).results([(tmp_path / "bad.txt",)]))
    assert result.reason
    assert not entries("results")
    work.results_of.cache_clear()


def test_the_least_used_goes_when_the_cache_is_full(tmp_path, monkeypatch):
    monkeypatch.setenv("GOUJI_CACHE", str(tmp_path))
    (tmp_path / "letter.txt").write_text("not ours")
    kept = cache.Store("results", tmp_path)
    content = os.urandom(10_000)
    for number in range(10):
        kept.put(f"{number:064x}", content)
        os.utime(kept._file(f"{number:064x}"), (number + 1, number + 1))
    assert kept.get(f"{0:064x}") == content
    removed, size = cache.tidy(60_000)
    assert removed * 10_000 <= size
    left = {number for number in range(10) if kept.get(f"{number:064x}")}
    assert 0 in left
    assert left - {0} == set(range(10 - len(left) + 1, 10))
    assert sum(entry.size for entry in cache.entries()) <= 60_000
    cache.remove(list(cache.entries()))
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_the_cache_is_told_and_cleared(tmp_path):
    place = {"GOUJI_CACHE": str(tmp_path / "cache")}
    gouji("audit", CLEAN, "-o", "console", cwd=tmp_path, **place)
    assert "核验结果 1 个" in gouji("cache", "info", cwd=tmp_path, **place).stdout
    assert "已删除 3 个文件" in gouji("cache", "clear", cwd=tmp_path, **place).stdout
    assert "共 0 个" in gouji("cache", "info", cwd=tmp_path, **place).stdout
    assert "没有使用缓存" in gouji("cache", "info", cwd=tmp_path, GOUJI_CACHE="off").stdout


LISTENING = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from checker.cli import main; main()"
)
"""The command, with interruptions arriving: what a shell starts in the background ignores them, and hands that on."""


@pytest.mark.skipif(os.name == "nt", reason="signals are others there")
@pytest.mark.parametrize("jobs", ["-j1", "-j2"])
def test_an_interruption_ends_the_run_and_leaves_nothing_half_written(tmp_path, jobs):
    (tmp_path / "old.json").write_text("as it was")
    command = [sys.executable, "-c", LISTENING, "audit", str(SAMPLES), jobs, "--no-cache"]
    command += ["-o", "json=old.json", "-o", "json=new.json", "-o", "console=c.txt"]
    run = subprocess.Popen(
        command,
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not any(file.stat().st_size for file in tmp_path.glob(".new.json.*")):
        time.sleep(0.05)
    os.killpg(run.pid, signal.SIGINT)
    _, said = run.communicate(timeout=20)
    assert run.returncode == 130
    assert "中断" in said.decode().splitlines()[-1]
    assert b"Traceback" not in said
    assert [path.name for path in tmp_path.iterdir()] == ["old.json"]
    assert (tmp_path / "old.json").read_text() == "as it was"


def lines_of(stream):
    """Collect what a process says, as it says it."""
    said: list[str] = []
    threading.Thread(target=lambda: said.extend(iter(stream.readline, "")), daemon=True).start()
    return said


def wait_for(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.skipif(os.name == "nt", reason="signals are others there")
def test_a_watched_folder_is_audited_again_when_a_file_changes(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "unit.txt").write_bytes(CLEAN.read_bytes())
    command = [sys.executable, "-c", LISTENING, "audit", "in", "--watch"]
    command += ["-o", "json=in/a.json", "-o", "html=in/a.html"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    run = subprocess.Popen(
        command,
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        env=environment,
        text=True,
        encoding="utf-8",
    )
    try:
        said = lines_of(run.stderr)
        assert wait_for(lambda: any("正在留意" in line for line in said)), said
        time.sleep(1)
        assert sum("正在留意" in line for line in said) == 1, "its own outputs are no change"
        (tmp_path / "in" / "unit.txt").write_bytes(WRONG.read_bytes())
        assert wait_for(lambda: sum("正在留意" in line for line in said) == 2), said
        assert any("未通过" in line for line in said)
        audit = json.loads((tmp_path / "in" / "a.json").read_bytes())
        assert [Path(filing["path"]).name for filing in audit["filings"]] == ["unit.txt"]
        run.send_signal(signal.SIGINT)
        assert run.wait(timeout=20) == 1
        assert not any("Traceback" in line for line in said)
    finally:
        run.kill()
