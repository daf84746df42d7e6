"""Names of bodies: the filer's own in other spellings, and another body's where the filer's should stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from checker.model.filing import Filing
from checker.model.rule import Severity
from checker.model.wording import Line, Scope
from checker.prose.remarks import Remark, is_title_line

_HEADED = re.compile(
    r"^(?:第[一二三四五六七八九十]+部分[：:]?)?(?!第[一二三四五六七八九十])(?P<name>[一-鿿（）()]{3,40}?)(?:20[0-9]{2}年度?)?(?:区级|市级|省级|县级)?"
    r"(?:部门|单位)?(?:预算|决算|概况|主要职能|主要职责|机构设置|职责)"
)
_BODY = re.compile(r"(?:局|委|厅|办|办公室|办事处|院|中心|馆|所|站|队|会|社|学校|中学|小学|大学|政府)$")
_PLACE = re.compile(r"(?:省|市|区|县|旗|镇|乡|街道)$")
_PLACED = re.compile(r"[^社][省市区县旗镇乡州盟]|街道")
_AND = "和与及"
_ASIDE = re.compile(r"[（(](?:部门|本部|本级|机关|单位|汇总)[）)]|本级$|机关$|\s")


def plain_name(name: str) -> str:
    """Return a name without spaces and without what is bracketed behind it: （部门）, （本级）."""
    return _ASIDE.sub("", name)


def other_bodies(filing: Filing, lines: Iterable[Line]) -> Iterator[Remark]:
    """Yield the titles that name a body which is not the filer and none that the filing knows."""
    known = _known(filing)
    for line in lines:
        text = line.text.replace(" ", "")
        if line.scope is Scope.PROSE and not is_title_line(text):
            continue
        match = _HEADED.match(text)
        if match is None or not _BODY.search(plain_name(match["name"])) or not _PLACED.search(match["name"]):
            continue
        name = plain_name(match["name"])
        if any(name in other for other in known) or same_body(name, plain_name(filing.filer)):
            continue
        start = line.text.find(match["name"])
        yield Remark(line, max(start, 0), max(start, 0) + len(match["name"]) if start >= 0 else 0, name)


def other_headers(filing: Filing) -> Iterator[Remark]:
    """Yield the tables whose header names a body which is not the filer and none of its units."""
    known = _known(filing)
    for table in filing.tables:
        name, filer = plain_name(table.body), plain_name(filing.filer)
        if not name or "…" in name or same_body(name, filer) or name in known or _cut_off(name, filer, known):
            continue
        if not table.fields:
            yield Remark(Line(Scope.HEADING, table.body, table.place, "表头", table.form), reason=name)


def _cut_off(name: str, filer: str, known: frozenset[str]) -> bool:
    """Say whether a name is the beginning of a known one: a narrow cell cuts it off."""
    return any(other.startswith(name) or name.startswith(other) for other in (filer, *known) if other)


def spellings(filing: Filing, lines: Iterable[Line]) -> Iterator[Remark]:
    """Yield the filer's own name where it stands with another 和, 与 or 及 in it."""
    filer = plain_name(filing.filer)
    if not any(word in filer[1:-1] for word in _AND):
        return
    pattern = re.compile("".join(f"[{_AND}]" if letter in _AND else re.escape(letter) for letter in filer))
    for line in lines:
        for match in pattern.finditer(line.text):
            if match[0] != filer:
                reason = f"“{match[0]}”与“{filer}”写法不一"
                yield Remark(line, match.start(), match.end(), reason, Severity.NOTICE)


def same_body(name: str, filer: str) -> bool:
    """Say whether a name is the filer's, in full or shortened; one that lacks a place in its middle is another's.

    上海市某局 is not 上海市某区某局: leaving out the district makes it the city's.
    """
    if not filer or name == filer or filer.endswith(name) or name.endswith(filer) or name.startswith(filer):
        return True
    gaps = _gaps(name, filer)
    if gaps is None:
        return all(a == b or {a, b} <= set(_AND) for a, b in zip(name, filer, strict=False)) and len(name) == len(filer)
    return not any(len(gap) > 1 and _PLACE.search(gap) for gap in gaps)


def _gaps(short: str, full: str) -> list[str] | None:
    """Return what a shortened name leaves out of the full one behind its first letter, None if it is no shortening."""
    position = full.find(short[:1])
    if position < 0:
        return None
    gaps: list[str] = []
    for letter in short:
        found = full.find(letter, position)
        if found < 0:
            return None
        if found > position:
            gaps.append(full[position:found])
        position = found + 1
    return gaps


def _known(filing: Filing) -> frozenset[str]:
    """Return the names of bodies that the filing shows as its own: its units, its forms' departments."""
    names = {plain_name(row.name) for table in filing.tables for row in table.rows if row.level in {"单位", "部门"}}
    for table in filing.tables:
        names |= {
            re.sub(r"^[0-9\-—]+", "", plain_name(table.fields[label].text))
            for label in ("实施单位", "主管部门")
            if label in table.fields
        }
    names.add("".join(line.text for line in filing.cover).replace(" ", ""))
    names |= {
        line.text
        for passage in filing.passages
        if passage.name == "机构设置"
        for line in passage.paragraphs
        if not is_title_line(line.text)
    }
    return frozenset(names - {""})
