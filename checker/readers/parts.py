"""Which files are the parts of one filing? By their names.

Filings are published as “X情况说明.pdf” and “X预算表.pdf”, or as “X 表1.xls”, “X 表2.xls”: names that are the same but
for a word that says which part the file is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import takewhile
from pathlib import Path

from checker.readers import find_documents
from checker.readers.limits import legible


class Grouping(StrEnum):
    """Which of the files that were named make up one filing."""

    BY_NAME = "by_name"
    TOGETHER = "together"
    SEPARATELY = "separately"


_NUMBER = r"[0-9０-９一二三四五六七八九十]{1,3}"
_PART = re.compile(
    rf"(?:编制|公开|情况|文字){{0,3}}说明书?|文字部分|文本|正文|(?:附表|附件|(?<!申)报表|表格){_NUMBER}|附表|附件|(?<!申)报表|表格"
    rf"|第?{_NUMBER}部分|表{_NUMBER}|(?<=[预决]算)(?:公开)?表|(?<=公开)表"
    r"|(?<![a-z])(?:narrative|explanation|tables?|text|annex|appendix|part)(?:[-_ ]?[0-9]{1,2})?(?![a-z])",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"[-_ \u3000.·—－–:：,，、()（）\[\]【】《》“”]+")
_DIGITS = re.compile(r"([0-9]+)")


def find_filings(
    paths: Sequence[Path], grouping: Grouping = Grouping.BY_NAME, left_out: list[Path] | None = None
) -> list[tuple[Path, ...]]:
    """Return the documents that `paths` name, the parts of each filing together.

    Of files that are named together, each folder is one filing, and the single files are one more. Our own reports
    that lie in a folder go to `left_out`.
    """
    if grouping is Grouping.TOGETHER:
        files = tuple(dict.fromkeys(path for path in paths if not path.is_dir()))
        folders = [tuple(sorted(find_documents([path], left_out), key=_in_order)) for path in paths if path.is_dir()]
        return [group for group in (files, *dict.fromkeys(folders)) if group]
    found = list(find_documents(list(paths), left_out))
    return [(path,) for path in found] if grouping is Grouping.SEPARATELY else group_parts(found)


def group_parts(paths: Iterable[Path]) -> list[tuple[Path, ...]]:
    """Put the files of a folder together whose names differ only in the word that says which part each is.

    Files without any other name (正文.pdf, 附表.xls) belong together where the folder holds nothing else. Two files
    that claim to be the same part are editions, not parts: none of that name are put together. The order of the first
    parts is kept; the parts of a filing come in the natural order of their names.
    """
    files = list(dict.fromkeys(paths))
    groups: dict[tuple[Path, str], list[Path]] = {}
    for path in files:
        groups.setdefault((path.parent, _subject(path.stem)), []).append(path)
    crowded = {folder for folder, subject in groups if subject}
    filings: list[tuple[Path, ...]] = []
    for (folder, subject), members in groups.items():
        parts = {_which(path.stem) for path in members}
        if len(parts) < len(members) or (not subject and folder in crowded):
            filings += [(path,) for path in members]
        else:
            filings.append(tuple(sorted(members, key=_in_order)))
    position = {path: number for number, path in enumerate(files)}
    return sorted(filings, key=lambda members: min(position[path] for path in members))


def filing_name(paths: Sequence[Path]) -> str:
    """Return a name for the files of a filing: their folder, and what is common to their names."""
    if len(paths) == 1:
        return legible(paths[0])
    folders = {path.parent for path in paths}
    if len(folders) > 1:
        shared = takewhile(lambda names: len(set(names)) == 1, zip(*[path.parts for path in paths], strict=False))
        return legible(Path(*[names[0] for names in shared]))
    subjects = {_subject(path.stem) for path in paths}
    if len(subjects) == 1 and subjects != {""}:
        plain = min((_PART.sub("", path.stem) for path in paths), key=len)
        stem = plain.strip(" \u3000-_.·—－–:：,，、")
    else:
        alike = takewhile(lambda letters: len(set(letters)) == 1, zip(*[path.stem for path in paths], strict=False))
        stem = "".join(letters[0] for letters in alike).rstrip(" \u3000-_.·—－–:：,，、（(【[")
    return legible(paths[0].with_name(stem) if stem else paths[0].parent)


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """Return what sorts names as people do: 表2 before 表10."""
    pieces = _DIGITS.split(name.casefold())
    return tuple((0, int(piece), "") if piece.isdecimal() else (1, 0, piece) for piece in pieces if piece)


def _in_order(path: Path) -> tuple[tuple[tuple[int, int, str], ...], str]:
    return natural(path.as_posix()), str(path)


def _subject(stem: str) -> str:
    """Return a name without the words that say which part it is, and without what stands between words."""
    return _SEPARATORS.sub("-", _PART.sub("-", stem).replace("公开", "")).strip("-").casefold()


def _which(stem: str) -> tuple[str, ...]:
    """Return the words that say which part a file is."""
    return tuple(word.casefold() for word in _PART.findall(stem))
