"""Consoles that cannot show everything: Chinese Windows (cp936), and those that know no Chinese."""

import json
import os
import subprocess
import sys
import unicodedata

import pytest

from checker.outputs.glyphs import register
from checker.resources import reports_folder
from tests.conftest import ROOT, SAMPLES

WRONG = SAMPLES / "defects" / "total-in-child" / "department.txt"
INDICATORS = SAMPLES / "defects" / "target-cost-floor" / "department.txt"
LACKING = SAMPLES / "defects" / "table-left-out" / "department.txt"


def gouji(encoding, *arguments, cwd=ROOT):
    return subprocess.run(
        [sys.executable, "-c", "from checker.cli import main; main()", *map(str, arguments)],
        capture_output=True,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        check=False,
    )


@pytest.mark.parametrize("encoding", ["cp936", "gb18030", "ascii", "cp437"])
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["audit", WRONG, INDICATORS, LACKING, "-o", "console"], 1),
        (["audit", "none.txt"], 2),
        (["audit", "--help"], 0),
        (["rules", "list"], 0),
        (["rules", "explain", "ROL-302"], 0),
    ],
    ids=["audit", "wrong", "help", "list", "explain"],
)
def test_no_console_ends_a_run(encoding, arguments, code):
    done = gouji(encoding, *arguments)
    assert done.returncode == code, done.stderr
    assert b"Traceback" not in done.stderr
    if encoding in {"cp936", "gb18030"}:
        told = (done.stdout + done.stderr).decode(encoding)
        assert any("一" <= character <= "鿿" for character in told)
        assert not {"?", "〓"} & set(told.replace("  ? ", "")), "a glyph is lost"


def test_a_name_that_the_console_lacks_is_shown_as_near_as_can_be(tmp_path):
    text = WRONG.read_text(encoding="utf-8").replace("临溪县水利局", "临溪县✓𠮷²局")
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    done = gouji("cp936", "audit", "a.txt", "-o", "console", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert "临溪县√〓2局" in done.stdout.decode("cp936")


@pytest.mark.parametrize(
    ("text", "encoding", "shown"),
    [
        ("✓ ✗ − • ² ㎥ ⩾", "gbk", "√ × - · 2 m3 ≥"),
        ("甲\u200b乙\u202e丙", "gbk", "甲乙丙"),
        ("Café ≥ 3…", "ascii", "Cafe >= 3..."),
        ("预算", "ascii", "??"),
        ("✕ 3×4", "cp437", "x 3x4"),
        ("𠮷", "gbk", "〓"),
        ("\udcc4.txt", "utf-8", "〓.txt"),
    ],
)
def test_glyphs(text, encoding, shown):
    assert text.encode(encoding, errors=register()).decode(encoding) == shown


def test_every_word_of_the_catalogues_can_be_shown_in_gbk():
    for file in sorted((reports_folder() / "messages").glob("*.json")):
        for key, text in json.loads(file.read_text(encoding="utf-8")).items():
            if not key.startswith("html."):
                lost = [each for each in text if not each.encode("gbk", errors="ignore")]
                assert not lost, (key, [unicodedata.name(each) for each in lost])


@pytest.mark.skipif(sys.platform == "win32", reason="names are text there")
def test_names_that_windows_packed_are_read_as_what_they_are(tmp_path):
    """Unpacked on Linux, a GBK name is bytes that are no UTF-8."""
    for name, sample in (("水利局", WRONG), ("坏", None)):
        file = tmp_path / os.fsdecode(f"{name}.txt".encode("gbk"))
        file.write_bytes(sample.read_bytes() if sample else b"")
    outputs = ("console", "json=a.json", "sarif=a.sarif", "junit=a.xml", "html=a.html", "xlsx=a.xlsx", "csv=a.csv")
    for _ in ("read", "known from before"):
        done = gouji("utf-8", "audit", ".", *(part for each in outputs for part in ("-o", each)), cwd=tmp_path)
        assert done.returncode == 1, done.stderr.decode()
        assert "水利局.txt" in done.stdout.decode()
        told = json.loads((tmp_path / "a.json").read_bytes())
        assert [filing["path"] for filing in told["filings"]] == ["水利局.txt"]
        assert [filing["files"] for filing in told["filings"]] == [[{"path": "水利局.txt"}]]
        assert [file["path"] for file in told["unreadable"]] == ["坏.txt"]
