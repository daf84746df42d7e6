"""`gouji report`: what was saved renders to the bytes that the audit itself wrote, in every format."""

import json
from pathlib import Path

import msgspec
import pytest

from checker.contract.brief import brief
from checker.contract.read import NotAnAudit, read_audit
from checker.outputs.formats import FORMATS, renderer
from checker.outputs.words import load_words
from tests.conftest import SAMPLES
from tests.test_cli import CLEAN, WRONG, gouji

PAPERS = [CLEAN, WRONG, SAMPLES / "defects" / "table-left-out", SAMPLES / "formats", "bad.txt"]


def outputs(stem):
    """Name an output of every format; the pages bear the same name, since the index links to them by it."""
    return [each for name in FORMATS for each in ("-o", f"{name}={stem}/{name}")] + ["-o", f"html={stem}/a.html",
            "-o", f"console={stem}/console"]  # fmt: skip


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    (folder / "bad.txt").write_bytes(b"\x00\x01\x02")
    done = gouji("audit", *PAPERS, *outputs("first"), cwd=folder)
    assert done.returncode == 1, done.stderr
    return folder


@pytest.mark.parametrize("saved", ["json", "jsonl"])
def test_every_output_is_rendered_to_the_same_bytes(folder, saved):
    done = gouji("report", f"first/{saved}", *outputs(saved), cwd=folder)
    assert done.returncode == 0, done.stderr
    first, again = files(folder / "first"), files(folder / saved)
    assert len(first) > len(FORMATS) + 5
    assert first.keys() == again.keys()
    assert [name for name in first if first[name] != again[name]] == []


def test_a_single_filing_is_one_page(tmp_path):
    gouji("audit", WRONG, "-o", "json=a.json", "-o", "html=a.html", cwd=tmp_path)
    gouji("report", "a.json", "-o", "html=b.html", cwd=tmp_path)
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    assert not (tmp_path / "b").exists()


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in {"json", "jsonl"}])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_brief_filing_says_what_the_whole_one_says(folder, name, language):
    audit = read_audit(folder / "first" / "json")
    short = msgspec.structs.replace(audit, filings=tuple(map(brief, audit.filings)))
    words = load_words(language)
    assert renderer(name)(short, words) == renderer(name)(audit, words)


def test_the_language_is_that_of_the_report(folder):
    done = gouji("report", "first/json", "--lang", "en", cwd=folder)
    assert "Findings" in done.stdout or "errors" in done.stdout


def test_several_audits_become_one(tmp_path):
    for number, paper in enumerate((CLEAN, WRONG)):
        gouji("audit", paper, "-o", f"json={number}.json", cwd=tmp_path)
    gouji("report", "0.json", "1.json", "-o", "json=both.json", cwd=tmp_path)
    both = read_audit(tmp_path / "both.json")
    assert [filing.path for filing in both.filings] == [str(CLEAN), str(WRONG)]


def test_the_exit_code_follows_a_policy_only_when_one_is_given(folder):
    assert gouji("report", "first/json", cwd=folder).returncode == 0
    assert gouji("report", "first/json", "--fail-on", "error", cwd=folder).returncode == 1


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "无法读取"),
        (b"", "不是核验结果"),
        (b"{", "不是核验结果"),
        (b"[1, 2]", "不是核验结果"),
        (b"\xff\xfe", "不是核验结果"),
        (b'{"schema": "other/2", "run": {"version": "", "rules": "", "started": ""}, "filings": [], "unreadable": []}',
         "gouji/audit/1"),
        (b"[" * 100_000, "不是核验结果"),
    ],
)  # fmt: skip
def test_what_is_no_audit_is_refused(tmp_path, content, says):
    if content is not None:
        (tmp_path / "a.json").write_bytes(content)
    done = gouji("report", "a.json", "-o", "json=b.json", cwd=tmp_path)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "b.json").exists()


def test_an_audit_that_others_wrote_in_one_line_can_be_read(folder, tmp_path):
    audit = json.loads((folder / "first" / "json").read_bytes())
    (tmp_path / "a.json").write_text(json.dumps(audit), encoding="utf-8")
    assert read_audit(tmp_path / "a.json") == read_audit(folder / "first" / "json")
    (tmp_path / "b.json").write_text('{"schema": 1}', encoding="utf-8")
    with pytest.raises(NotAnAudit):
        read_audit(tmp_path / "b.json")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["-o", "json=a", "-o", "csv=a"], "会覆盖 -o json=a"),
        (["-o", "json=paper.txt"], "会覆盖 paper.txt"),
        (["-o", "json=./x/../paper.txt"], "会覆盖 paper.txt"),
        (["-o", "json=."], "是文件夹"),
        (["-o", "htlm=a.html"], "是否为“html”"),
        (["-o", "html"], "须写明文件"),
        (["-o", "xlsx"], "须写明文件"),
    ],
)
def test_outputs_that_would_destroy_something_are_refused(tmp_path, options, says):
    (tmp_path / "paper.txt").write_bytes(CLEAN.read_bytes())
    done = gouji("audit", "paper.txt", *options, cwd=tmp_path)
    assert done.returncode == 2
    assert says in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["paper.txt"]
    assert (tmp_path / "paper.txt").read_bytes() == CLEAN.read_bytes()


def test_outputs_in_the_folder_that_is_audited_are_no_filings(tmp_path):
    (tmp_path / "paper.txt").write_bytes(CLEAN.read_bytes())
    (tmp_path / "other.txt").write_bytes(WRONG.read_bytes())
    for _ in range(2):
        done = gouji("audit", ".", cwd=tmp_path)
        assert "共 2 份" in done.stdout
    assert len(read_audit(tmp_path / "gouji-audit.json").filings) == 2
