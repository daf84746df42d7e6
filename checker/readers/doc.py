"""Older Word formats (.doc, .rtf, .wps), read as the Word document that LibreOffice makes of them.

The addresses are those of that document: its paragraphs and tables are the same.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec

from checker.model.document import Document
from checker.readers import read_content
from checker.readers.formats import Format, format_of
from checker.readers.limits import Limits, Source, Unreadable

_COMMANDS = ("soffice", "libreoffice")
_USUAL_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
)
_GO_ON = "请安装 LibreOffice，或用 Word、WPS 另存为 .docx 再核验"

_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"
  oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
  oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel"
  oor:op="fuse"><value>3</value></prop></item>
</oor:items>
"""
"""Settings of LibreOffice under which a filing runs no macro and loads nothing from elsewhere."""


def read(content: bytes, source: Source, limits: Limits) -> Document:
    """Read an older Word document.

    Raises:
        Unreadable: when LibreOffice is not there, cannot convert the file or takes too long; or as for `.docx`.
    """
    program = find_office()
    if program is None:
        raise Unreadable(f"旧版 Word 文件要通过 LibreOffice 读取，但没有找到它：{_GO_ON}")
    with tempfile.TemporaryDirectory(prefix="gouji-") as folder:
        converted = _convert(program, content, Path(folder), limits)
    if len(converted) > limits.bytes:
        raise Unreadable(f"转换后的文件 {len(converted):,} 字节，超过上限 {limits.bytes:,} 字节")
    if format_of(converted) is not Format.DOCX:
        raise Unreadable("LibreOffice 没有把文件转换成 Word 文档")
    return msgspec.structs.replace(read_content(converted, source, limits), format="doc")


def find_office() -> str | None:
    """Return the path of LibreOffice: on the search path, else where it is usually installed."""
    for command in _COMMANDS:
        if found := shutil.which(command):
            return found
    return next((place for place in _USUAL_PLACES if Path(place).is_file()), None)


def _convert(program: str, content: bytes, folder: Path, limits: Limits) -> bytes:
    """Convert in a folder of its own, with a profile of its own, so that runs side by side do not meet."""
    original = folder / ("filing.rtf" if content.startswith(b"{\\rtf") else "filing.doc")
    original.write_bytes(content)
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_SETTINGS, encoding="utf-8")
    output = folder / "converted"
    command = [
        program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", "--nolockcheck",
        "--convert-to", "docx", "--outdir", str(output), str(original),
    ]  # fmt: skip
    said = _run(command, folder, limits.seconds)
    try:
        return (output / "filing.docx").read_bytes()
    except OSError as error:
        raise Unreadable(f"LibreOffice 打不开这个文件，可能已损坏或已加密{said}") from error


def _run(command: list[str], folder: Path, seconds: int) -> str:
    """Run a program to its end and return its last words in brackets; what it starts itself ends with it."""
    log = folder / "log"
    try:
        with log.open("wb") as stream:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=stream, stderr=subprocess.STDOUT, cwd=folder,
                env={**os.environ, "HOME": str(folder)}, start_new_session=True,
            )  # fmt: skip
            try:
                process.wait(seconds)
            finally:
                _end(process)
    except subprocess.TimeoutExpired as error:
        raise Unreadable(f"LibreOffice 转换超过 {seconds} 秒，请用 Word、WPS 另存为 .docx 再核验") from error
    except OSError as error:
        raise Unreadable(f"LibreOffice 无法运行（{error.strerror or error}）：{_GO_ON}") from error
    lines = log.read_text("utf-8", "replace").strip().splitlines()
    return f"（{lines[-1][:200]}）" if lines else ""


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process that still runs, with all that it started: LibreOffice's program starts the one that works."""
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], check=False, capture_output=True)
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
