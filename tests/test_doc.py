"""Older Word files through LibreOffice, and what is said where it cannot help."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from checker.model.place import WordPlace
from checker.readers import Limits, Unreadable, doc
from tests.support.word import docx, p, read, tbl, tc, texts, tr

OFFICE = doc.find_office()
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")

BODY = (
    p("一、概况")
    + tbl(
        tr(tc("项目", '<w:vMerge w:val="restart"/>'), tc("金额", '<w:gridSpan w:val="2"/>')),
        tr(tc("", "<w:vMerge/>"), "本年", "上年"),
        tr("水利", "1,234.56", "-7"),
    )
    + p("后记")
)
EXPECTED = ["一、概况", [["项目", "金额", ""], ["", "本年", "上年"], ["水利", "1,234.56", "-7"]], "后记"]


def old(kind: str, folder: Path) -> bytes:
    """Return the body as an older file, made by LibreOffice itself."""
    (folder / "a.docx").write_bytes(docx(BODY))
    subprocess.run(
        [str(OFFICE), f"-env:UserInstallation={(folder / 'p').as_uri()}", "--headless", "--convert-to", kind,
         "--outdir", str(folder), str(folder / "a.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return (folder / f"a.{kind}").read_bytes()


@needs_office
@pytest.mark.parametrize("kind", ["doc", "rtf"])
def test_older_files_give_the_same_document(tmp_path, kind):
    document = read(old(kind, tmp_path))
    assert document.format == "doc"
    assert texts(document) == EXPECTED
    grid = document.blocks[1]
    assert grid.rows[2].places[1] == WordPlace(4, 2, table=1, row=3, cell=2)
    assert grid.rows[1].spread[0] == "项目"


RTF = rb"{\rtf1\ansi\ansicpg936 \'d4\'a4\'cb\'e3\par 2024\par}"


@needs_office
def test_rtf_of_another_program():
    assert texts(read(RTF)) == ["预算", "2024"]


@needs_office
def test_no_home_and_a_foreign_profile_make_no_difference(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path / "nowhere"))
    monkeypatch.chdir(tmp_path)
    assert texts(read(RTF)) == ["预算", "2024"]
    assert not list(tmp_path.iterdir())


@needs_office
def test_a_file_that_is_none_is_refused():
    content = (
        bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600 + "WordDocument".encode("utf-16-le") + bytes(range(256)) * 3
    )
    with pytest.raises(Unreadable, match="打不开"):
        read(content)


def test_without_libreoffice_the_way_on_is_said(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(doc, "_USUAL_PLACES", ())
    with pytest.raises(Unreadable, match=r"安装 LibreOffice，或用 Word、WPS 另存为 \.docx"):
        read(RTF)


def program(folder: Path, script: str) -> None:
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
def test_a_conversion_that_hangs_is_ended_with_all_that_it_started(monkeypatch, tmp_path):
    program(tmp_path, f'sh -c "echo \\$\\$ > {tmp_path}/pid; exec sleep 600" & wait')
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(Unreadable, match="超过 1 秒"):
        read(RTF, Limits(seconds=1))
    started = int((tmp_path / "pid").read_text())
    status = Path(f"/proc/{started}/stat")
    assert not status.exists() or status.read_text().rsplit(")")[1].split()[0] == "Z"


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
@pytest.mark.parametrize("script", ["echo no such filter; exit 1", "exit 0"])
def test_a_conversion_that_makes_nothing_is_told(monkeypatch, tmp_path, script):
    program(tmp_path, script)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(Unreadable, match="打不开"):
        read(RTF)


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a file without the right to run")
def test_a_program_that_cannot_run_is_told(monkeypatch, tmp_path):
    path = tmp_path / "soffice"
    path.write_bytes(b"\0")
    path.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unreadable, match="无法运行"):
        read(RTF)
