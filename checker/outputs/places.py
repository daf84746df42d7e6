"""Where something stands, as a reviewer says it, in the language of the report."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import quote

from checker.contract.place import At
from checker.contract.shape import FilingJson, UnreadableJson
from checker.outputs.words import Words

_POINTS_PER_CENTIMETRE = 72 / 2.54
_DRIVE = re.compile(r"[A-Za-z]:/")


def where(at: At, words: Words) -> str:
    """Return a place in the terms of its format, with the file when the filing is published in several."""
    here = _inside(at, words)
    return words("at.part", part=at.file, place=here) if at.file else here


def _inside(at: At, words: Words) -> str:
    match at:
        case At(page=page, box=(_, top, _, _), column=column) if page and column:
            return words("at.page.cell", page=page, down=f"{top / _POINTS_PER_CENTIMETRE:.1f}", column=column)
        case At(page=page) if page:
            return words("at.page", page=page)
        case At(sheet=sheet, cell=cell) if sheet:
            return words("at.sheet", sheet=sheet, cell=cell)
        case At(paragraph=paragraph) if paragraph:
            return words("at.paragraph", paragraph=paragraph)
        case At(table=table, row=row, column=0) if table:
            return words("at.table", table=table, row=row)
        case At(table=table, row=row, column=cell) if table:
            return words("at.table.cell", table=table, row=row, cell=cell)
        case At(xpath=xpath) if xpath:
            return xpath
        case _:
            key = "at.line.cell" if at.column else "at.line"
            return words(key, line=at.line, column=at.column)


def file_of(filing: FilingJson, at: At | None = None) -> str:
    """Return the path of the file that a place is in, with slashes; that of the first file when it is not told."""
    part = at.file if at else ""
    paths = [file.path for file in filing.files if file.name == part] or [file.path for file in filing.files]
    return slashed(paths[0] if paths else filing.path)


def slashed(path: str) -> str:
    """Return a path as repositories write it: with slashes, and without a dot before it."""
    if "\\" in path and "/" not in path:
        path = path.replace("\\", "/")
    return path if path.startswith("//") else str(PurePosixPath(path))


def file_name(path: str) -> str:
    """Return the name of a file without its folders, whichever system wrote the path."""
    return path.replace("\\", "/").rpartition("/")[2]


def why_unreadable(file: UnreadableJson, words: Words) -> str:
    """Return why a file could not be read, after the place where it could not."""
    return f"{where(file.at, words)}：{file.reason}" if file.at else file.reason


def uri_of(path: str) -> str:
    """Return a path as a URI: a relative one stays relative."""
    if _DRIVE.match(path):
        return f"file:///{path[:2]}{quote(path[2:])}"
    if path.startswith("/"):
        return ("file:" if path.startswith("//") else "file://") + quote(path)
    return quote(path)


def line_of(filing: FilingJson, at: At | None) -> int:
    """Return the line of a place in a text file, from 1; 0 in every other format, whose lines nobody can open."""
    return at.line if at and PurePosixPath(file_of(filing, at)).suffix.lower() == ".txt" else 0
