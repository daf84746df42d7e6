"""The contents page against the body: what it lists is there, under that title, in that order."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from checker.model.filing import Filing
from checker.model.place import Place
from checker.model.rule import Severity
from checker.model.wording import Line, Scope
from checker.prose.remarks import Remark, is_title_line

_TAIL = re.compile(r"[.…·。\-—_]*[0-9]*$")
_LABEL = re.compile(
    r"^(?:第[一二三四五六七八九十]+部分[:、]?|(?:附?表|公开表)(?:[一二三四五六七八九十](?!般)|[0-9])+[:、.]?"
    r"|[(]?[一二三四五六七八九十]+[)、.]+|[(]?[0-9]{1,2}[)、.]+(?![0-9]))+"
)
_PART = re.compile(r"第[一二三四五六七八九十]+部分")
_ANNEX = re.compile(r"附[件表录]")
_GROUP = re.compile(r".{0,25}(?:预算|决算)(?:报|公开)?表")
"""The entry above the tables, which may head nothing in the body."""
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_YEAR = re.compile(r"20[0-9]{2}年度?")
_QUOTES = re.compile(r"[“”\"‘’'「」\s]")
_OWNER = re.compile(r"^(?:本)?(?:部门|单位)")
_TITLE_LENGTH = 70
_ALIKE = 0.6
"""Share of letters in common from which a heading of the body is taken for the entry's, in other words."""


class Title(NamedTuple):
    """A line of the body that may be what an entry lists; `heads` says that it is a heading and no mere line."""

    core: str
    text: str
    place: Place
    heads: bool = False


def off_contents(filing: Filing) -> Iterator[Remark]:
    """Yield the entries that the body does not bear out.

    Tables that are missing are left to the rule on missing tables, and a year that differs to the rule on years. An
    entry is not missing where parts of the document were not read.
    """
    titles = _titles(filing)
    by_core: dict[str, Title] = {}
    for title in titles:
        by_core.setdefault(title.core, title)
    headings = [title for title in titles if title.heads]
    named = {title.core for title in headings}
    forms = {place: form for form, place in filing.promised.items()}
    last: tuple[str, Title] | None = None
    for line in filing.lines[Scope.CONTENTS]:
        shown = _shown(line.text)
        entry = _core(line.text)
        if len(entry) < 3:
            continue
        found = by_core.get(entry) or _ending(entry, titles)
        if found is None and line.place in forms:
            yield from _mistitled(filing, line, shown, entry, forms[line.place])
        elif found is None and not _GROUP.fullmatch(entry):
            yield from _told(filing, line, shown, entry, headings)
        elif found is not None and entry in named:
            if last and found.place.part == last[1].place.part and found.place.order < last[1].place.order:
                yield Remark(line, reason=f"目录把“{shown}”列在“{last[0]}”之后，正文中却在它之前")
            else:
                last = (shown, found)


def _mistitled(filing: Filing, line: Line, shown: str, entry: str, form: str) -> Iterator[Remark]:
    """Say that a table stands in the body under another title; words before one of the two make none."""
    titles = [table.title for table in filing.tables_of(form)]
    cores = [_core(_BRACKETS.sub("", title)) for title in titles]
    plain = _BRACKETS.sub("", entry)
    if titles and not any(plain.endswith(core) or core.endswith(plain) for core in cores):
        reason = f"目录写作“{shown}”，正文的标题是“{titles[0].strip()}”"
        yield Remark(line, reason=reason, severity=Severity.NOTICE)


def _told(filing: Filing, line: Line, shown: str, entry: str, headings: list[Title]) -> Iterator[Remark]:
    """Say what is wrong with an entry that no title of the body equals."""
    part = _PART.match(line.text.replace(" ", ""))
    same = [title for title in headings if not (part and (own := _PART.match(title.text)) and own[0] != part[0])]
    alike = max(same, key=lambda title: _likeness(entry, title.core), default=None)
    if alike is not None and _likeness(entry, alike.core) >= _ALIKE:
        reason = f"目录写作“{shown}”，正文的标题是“{alike.text}”"
        yield Remark(line, reason=reason, severity=Severity.NOTICE)
    elif not entry.endswith("表") and filing.legible and _stands_alone(filing, line, entry):
        yield Remark(line, reason=f"目录列有“{shown}”，正文中没有")


def _stands_alone(filing: Filing, line: Line, entry: str) -> bool:
    """Say whether an entry is one, and nowhere the beginning of a line of the body.

    A line without a number may be the end of the entry above it; an annex may be published by itself; a heading may go
    on in its paragraph.
    """
    numbered = _LABEL.match(unicodedata.normalize("NFKC", line.text.strip())) is not None
    if not numbered or _ANNEX.match(entry):
        return False
    return not any(
        _core(other.text).startswith(entry) for scope in (Scope.HEADING, Scope.PROSE) for other in filing.lines[scope]
    )


def _likeness(entry: str, core: str) -> float:
    matcher = difflib.SequenceMatcher(None, entry, core, autojunk=False)
    return 0.0 if matcher.real_quick_ratio() < _ALIKE else matcher.ratio()


def _ending(entry: str, titles: list[Title]) -> Title | None:
    """Return the title that ends as the entry does: 部门主要职能 heads as 某某局主要职能."""
    ending = _OWNER.sub("", entry)
    return next((title for title in titles if len(ending) > 3 and title.core.endswith(ending)), None)


def _titles(filing: Filing) -> list[Title]:
    """Return the short lines of the body in reading order, and each with the line below it: a title may be broken."""
    lines = [*filing.lines[Scope.HEADING], *filing.lines[Scope.PROSE]]
    short = sorted((line for line in lines if len(line.text) <= _TITLE_LENGTH), key=lambda line: line.place.order)
    titles = [
        Title(_core(line.text), line.text.strip(), line.place, line.scope is Scope.HEADING or is_title_line(line.text))
        for line in short
    ]
    joined = [
        Title(_core(above.text + below.text), above.text + below.text, above.place)
        for above, below in pairwise(short)
        if len(above.text) + len(below.text) <= _TITLE_LENGTH
    ]
    return titles + joined


def _shown(text: str) -> str:
    """Return an entry as it is printed, without the dots and the page number behind it."""
    return _TAIL.sub("", text.partition("\t")[0].strip()).strip()


def _core(text: str) -> str:
    """Return a title without its number, its year, quotation marks and spaces."""
    plain = _QUOTES.sub("", unicodedata.normalize("NFKC", text.partition("\t")[0]))
    return _YEAR.sub("", _LABEL.sub("", _TAIL.sub("", plain)))
