"""Plain text, tables as tab-separated lines: what PDF extraction leaves behind.

An address is the 1-based line of the file and the 1-based tab-separated field. Lines end with LF, CRLF or CR; a form
feed counts as white space, not as a line.
"""

from __future__ import annotations

import codecs

from checker.model.document import Block, Document, Grid, GridRow, Paragraph
from checker.model.place import LinePlace
from checker.readers.limits import Limits, Source, Unreadable

_SPACES = " \u00a0\u3000\f\v\ufeff\r"


def read(content: bytes, source: Source, limits: Limits) -> Document:
    """Read a text file in UTF-8, with or without a byte order mark, or GB18030.

    Raises:
        Unreadable: for binary content, another encoding, or a line, field or line count beyond the limits.
    """
    text, encoding = _decode(content)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) > limits.lines:
        raise Unreadable(f"文件有 {len(lines):,} 行，超过上限 {limits.lines:,} 行", LinePlace(limits.lines))
    blocks = tuple(_blocks(lines, limits, source.part))
    return Document(source.path, source.sha256, source.size, encoding, blocks)


def _decode(content: bytes) -> tuple[str, str]:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Unreadable("文件是 UTF-16 编码，请另存为 UTF-8")
    nul = content.find(b"\0")
    if nul >= 0:
        raise Unreadable("文件含二进制内容，不是文本", LinePlace(content.count(b"\n", 0, nul) + 1))
    try:
        return content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError as utf8:
        try:
            text = content.decode("gb18030")
        except UnicodeDecodeError as error:
            bad = max(utf8.start, error.start)
            place = LinePlace(content.count(b"\n", 0, bad) + 1)
            raise Unreadable("编码既不是 UTF-8 也不是 GB18030", place) from error
    controls = sum(character < " " and character not in "\t\n\r\f\v" for character in text)
    if controls * 100 > len(text):
        raise Unreadable("文件含大量控制字符，不是文本")
    return text, "gb18030"


def _blocks(lines: list[str], limits: Limits, part: str) -> list[Block]:
    blocks: list[Block] = []
    rows: list[GridRow] = []
    for number, line in enumerate(lines, start=1):
        if len(line) > limits.line_length:
            reason = f"一行有 {len(line):,} 个字符，超过上限 {limits.line_length:,}"
            raise Unreadable(reason, LinePlace(number))
        if "\t" in line:
            fields = line.split("\t")
            if len(fields) > limits.fields:
                reason = f"一行有 {len(fields):,} 栏，超过上限 {limits.fields:,}"
                raise Unreadable(reason, LinePlace(number))
            texts = tuple(field.strip(_SPACES) for field in fields)
            if any(texts):
                places = tuple([LinePlace(number, column, part) for column in range(1, len(fields) + 1)])
                rows.append(GridRow(texts, places))
                continue
            line = ""
        if rows:
            blocks.append(Grid(tuple(rows)))
            rows = []
        text = line.strip(_SPACES)
        if text:
            blocks.append(Paragraph(text, LinePlace(number, 0, part)))
    if rows:
        blocks.append(Grid(tuple(rows)))
    return blocks
