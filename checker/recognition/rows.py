"""Rows with keys, roles and parents, by the hierarchy of their lane."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from checker.forms.vocabulary import FIXED, LEVELS, TOTAL, Classification, Hierarchy, Lane, TableSpec
from checker.model.place import Place
from checker.model.table import Cell, Role, Row
from checker.recognition.words import caption_words, fold, is_total

_CODE = re.compile(r"[0-9]{3,11}")
_CODE_BEFORE_NAME = re.compile(r"\[?([0-9]{3,11})\]?[-—.、]?(?=[^0-9\]])")
_ORDINAL = re.compile(r"[(]?[一二三四五六七八九十]+[)]?、")
_SUBTOTALS = frozenset({"小计", "合计"})
_CODE_MARKS = str.maketrans("", "", ".-'\"")
_FLOAT_TAIL = re.compile(r"\.0+$")


class RawRow(NamedTuple):
    """A printed row of one lane: its key cells in the order of the lane's keys, and its figures."""

    keys: tuple[str, ...]
    cells: tuple[Cell | None, ...]
    place: Place

    @property
    def blank(self) -> bool:
        """Whether the row prints no figure."""
        return not any(cell is not None and cell.text for cell in self.cells)


def arrange(
    rows: list[RawRow], lane: Lane, spec: TableSpec, classification: Classification
) -> tuple[list[Row], list[str]]:
    """Return the rows of a lane with keys, roles and parents, and the names of those that the form does not know."""
    arrangers: dict[Hierarchy, Callable[[list[RawRow], Lane, TableSpec, Classification], tuple[list[Row], list[str]]]]
    arrangers = {
        Hierarchy.ROWS: _captioned,
        Hierarchy.CODE: _coded,
        Hierarchy.ECONOMIC: _economic,
        Hierarchy.UNITS: _units,
        Hierarchy.OUTLINE: _outlined,
        Hierarchy.PROJECTS: _flat,
    }
    arranged, strange = arrangers[lane.hierarchy](rows, lane, spec, classification)
    return unique(arranged), strange


def unique(rows: list[Row]) -> list[Row]:
    """Return the rows with the second and later ones of one key numbered: `某项目#2`."""
    seen: dict[str, int] = {}
    numbered = []
    for row in rows:
        seen[row.key] = seen.get(row.key, 0) + 1
        count = seen[row.key]
        numbered.append(row if count == 1 else _keyed(row, f"{row.key}#{count}"))
    return numbered


def under(row: Row, parent: int) -> Row:
    """Return the row hung under another."""
    return _again(row, parent=parent)


def _keyed(row: Row, key: str) -> Row:
    return _again(row, key=key)


def _again(row: Row, key: str = "", name: str = "", role: Role | None = None, parent: int | None = None) -> Row:
    """Return the row with one thing changed; spelt out, as it is done for every row."""
    return Row(
        key or row.key, name or row.name, role or row.role, row.level, row.cells, row.place, row.code, row.names,
        row.parent if parent is None else parent, row.printed,
    )  # fmt: skip


def _aliases(spec: TableSpec, rows: tuple[str, ...]) -> dict[str, str]:
    aliases: dict[str, str] = {}
    known = {*rows, *(row.rpartition("·")[2] for row in rows)}
    for canonical, printed in spec.captions.items():
        if canonical in known:
            aliases |= {caption_words(name): canonical for name in printed}
    own = {caption_words(part): part for row in rows for part in [row.rpartition("·")[2]]}
    return own | aliases | {caption_words(row): row for row in rows if "·" not in row}


def _ungrouped(raw: RawRow) -> tuple[RawRow, str]:
    """Return a row of a list that is printed in groups under its own caption, and the name of its group.

    A group prints its name beside its rows: 其他资金 | 小计, 其他资金 | 事业收入. The subtotal bears its name.
    """
    if len(raw.keys) < 2:
        return raw, ""
    group, item = (fold(key) for key in raw.keys[:2])
    if not item or group == item or item in _SUBTOTALS:
        return raw._replace(keys=(raw.keys[0],)), ""
    return raw._replace(keys=(raw.keys[1],)), group


def _captioned(
    rows: list[RawRow], lane: Lane, spec: TableSpec, classification: Classification
) -> tuple[list[Row], list[str]]:
    aliases = _aliases(spec, lane.rows)
    arranged: list[Row] = []
    strange: list[str] = []
    above = ""
    for raw in rows:
        raw, group = _ungrouped(raw)
        above = aliases.get(caption_words(group), group) if group else above
        caption = caption_words(raw.keys[0])
        if _continues_name(raw, caption, aliases, classification) and arranged and arranged[-1].level:
            arranged[-1] = _completed(arranged[-1], caption, classification)
            continue
        key = aliases.get(caption)
        child = f"{above}·{key}"
        if key and child in lane.rows:
            key = child
        elif key:
            above = key if any(row.startswith(f"{key}·") for row in lane.rows) else ("" if key in lane.rows else above)
        if key in lane.rows:
            role = Role.TOTAL if key.endswith(("合计", "总计")) else Role.DETAIL
            arranged.append(Row(key, key, role, FIXED, raw.cells, raw.place))
        elif lane.classes and _names_class(raw.keys[0], caption, classification):
            code = classification.functions.get(caption, "")
            arranged.append(Row(caption, caption, Role.DETAIL, LEVELS[lane.hierarchy][0], raw.cells, raw.place, code))
        else:
            if not raw.blank and not fold(raw.keys[0]).startswith("其中"):
                strange.append(raw.keys[0])
            arranged.append(Row(caption, caption, Role.DETAIL, "", raw.cells, raw.place))
    return arranged, strange


def _names_class(printed: str, caption: str, classification: Classification) -> bool:
    """Say whether a caption is a function class: an official name, or one that carries a number of its own (二十、)."""
    if caption in classification.functions:
        return True
    numbered = _ORDINAL.match(fold(printed)) is not None
    return numbered and not any(word in caption for word in ("合计", "总计", "结转", "结余"))


def _continues_name(raw: RawRow, caption: str, aliases: dict[str, str], classification: Classification) -> bool:
    """Say whether a row is only the end of the caption above it, wrapped onto a line of its own."""
    printed = fold(raw.keys[0])
    return raw.blank and printed == caption and caption not in aliases and caption not in classification.functions


def _completed(row: Row, rest: str, classification: Classification) -> Row:
    name = row.name + rest
    key = name if row.key == row.name else row.key
    code = classification.functions.get(name, row.code)
    return Row(key, name, row.role, row.level, row.cells, row.place, code, row.names, row.parent)


def _coded(
    rows: list[RawRow], lane: Lane, spec: TableSpec, classification: Classification
) -> tuple[list[Row], list[str]]:
    arranged: list[Row] = []
    strange: list[str] = []
    total = next((n for n, raw in enumerate(rows) if any(is_total(key) for key in raw.keys)), -1)
    open_rows: list[tuple[str, int]] = []
    levels = LEVELS[lane.hierarchy]
    index_of_total = -1
    for number, raw in enumerate(rows):
        code, name = _code_and_name(raw.keys)
        position = len(arranged)
        if number == total or is_total(name) or (not code and is_total(raw.keys[0])):
            arranged.append(Row(lane.total, name or TOTAL, Role.TOTAL, TOTAL, raw.cells, raw.place))
            index_of_total = position
        elif code:
            while open_rows and not (code.startswith(open_rows[-1][0]) and len(code) > len(open_rows[-1][0])):
                open_rows.pop()
            parent = open_rows[-1][1] if open_rows else -1
            depth = (len(code) - 3) // 2
            level = levels[depth] if 0 <= depth < len(levels) and len(code) % 2 else ""
            arranged.append(Row(code, name, Role.DETAIL, level, raw.cells, raw.place, code, (), parent))
            open_rows.append((code, position))
        elif raw.blank and arranged and arranged[-1].code:
            arranged[-1] = _renamed(arranged[-1], arranged[-1].name + name)
        else:
            if not raw.blank:
                strange.append(name)
            printed = _as_printed(raw.keys)
            arranged.append(Row(name, name, Role.DETAIL, "", raw.cells, raw.place, printed=printed))
    return _with_parents(arranged, index_of_total), strange


def _as_printed(keys: tuple[str, ...]) -> tuple[str, str]:
    """Return the number that is no code (a serial number, a code cut short), and the name beside it."""
    number = fold(keys[0])
    return (number, fold(keys[1])) if number.isdigit() and len(keys) > 1 else ("", "".join(map(fold, keys)))


def _code_and_name(keys: tuple[str, ...]) -> tuple[str, str]:
    """Split the key cells of a coded row: `208 | 社会保障` and `208社会保障` alike."""
    code, name = fold(keys[0]), fold(keys[1]) if len(keys) > 1 else ""
    if (bare := _FLOAT_TAIL.sub("", code).translate(_CODE_MARKS)).isdigit():
        code = bare
    if _CODE.fullmatch(code):
        return code, name
    for text in (code, name):
        if match := _CODE_BEFORE_NAME.match(text):
            return match[1], text[match.end() :] or name
    if _CODE.fullmatch(name):
        return name, code
    return "", code + name


def _renamed(row: Row, name: str) -> Row:
    return _again(row, name=name)


def _with_parents(rows: list[Row], total: int) -> list[Row]:
    """Hang coded rows without a parent under the total, and mark those with children as subtotals."""
    parents = {row.parent for row in rows}
    arranged = []
    for index, row in enumerate(rows):
        parent = row.parent if row.parent >= 0 or index == total or not row.level else total
        role = Role.SUBTOTAL if row.role is Role.DETAIL and index in parents else row.role
        arranged.append(_again(row, role=role, parent=parent))
    return arranged


def _economic(
    rows: list[RawRow], lane: Lane, spec: TableSpec, classification: Classification
) -> tuple[list[Row], list[str]]:
    arranged: list[Row] = []
    total = group = -1
    official = (
        *classification.economic,
        *classification.items.values(),
        *classification.pairs,
        *(name for names in classification.pairs.values() for name in names),
    )
    canonical = {fold(name): name for name in official}
    by_code = classification.items | {code: name for name, code in classification.economic.items()}
    fixed = _aliases(spec, lane.rows)
    for raw in _with_whole_names(rows, canonical):
        number = fold(raw.keys[0])
        serial = number.isdigit() and not _CODE.fullmatch(number) and raw.keys[1] != ""
        code, item = _economic_name(raw.keys[1] if serial else raw.keys[0] + raw.keys[1])
        printed = (number if serial else code, item)
        item = canonical.get(item) or canonical.get(item.removesuffix("支出")) or by_code.get(code, item)
        government = _economic_name(raw.keys[2])[1] if len(raw.keys) > 2 else ""
        government = canonical.get(government, government)
        position = len(arranged)
        if item in fixed:
            arranged.append(Row(fixed[item], fixed[item], Role.TOTAL, FIXED, raw.cells, raw.place))
        elif is_total(item) or (not item and is_total(government)):
            total = position
            arranged.append(Row(TOTAL, TOTAL, Role.TOTAL, TOTAL, raw.cells, raw.place))
        elif _is_class(item, code, classification) and item not in {row.key for row in arranged}:
            group = position
            code = classification.economic.get(item, code)
            names = (item, government)
            arranged.append(Row(item, item, Role.SUBTOTAL, "类", raw.cells, raw.place, code, names, -1, printed))
        elif not item and raw.blank:
            continue
        else:
            key = f"{item}/{government}" if government else item
            names = (item, government)
            arranged.append(Row(key, item, Role.DETAIL, "款", raw.cells, raw.place, code, names, group, printed))
    return [row if row.parent >= 0 or row.role is Role.TOTAL else under(row, total) for row in arranged], []


def _is_class(item: str, code: str, classification: Classification) -> bool:
    return len(code) == 3 if code else item in classification.economic


def _with_whole_names(rows: list[RawRow], canonical: dict[str, str]) -> list[RawRow]:
    """Join an economic item's name with the rest of it that stands on a line of its own, if that makes a known name."""
    whole: list[RawRow] = []
    for raw in rows:
        above = whole[-1] if whole else None
        if above is not None and raw.blank:
            joined = fold(above.keys[1]) + fold(raw.keys[1])
            if _economic_name(joined)[1] in canonical:
                keys = tuple(one + other for one, other in zip(above.keys, raw.keys, strict=True))
                whole[-1] = above._replace(keys=keys)
                continue
        whole.append(raw)
    return whole


def _economic_name(text: str) -> tuple[str, str]:
    folded = caption_words(text)
    match = _CODE_BEFORE_NAME.match(folded)
    return (match[1], folded[match.end() :]) if match else ("", folded)


def _outlined(
    rows: list[RawRow], lane: Lane, spec: TableSpec, classification: Classification
) -> tuple[list[Row], list[str]]:
    """Arrange rows whose level is that of the last key column they fill."""
    arranged: list[Row] = []
    total = -1
    levels = list(lane.levels)
    above: list[int] = []
    columns = {key: position for position, key in enumerate(lane.keys)}
    for raw in rows:
        position = len(arranged)
        if any(is_total(key) for key in raw.keys):
            total = position
            arranged.append(Row(lane.total, TOTAL, Role.TOTAL, TOTAL, raw.cells, raw.place))
            continue
        filled = [depth for depth, keys in enumerate(lane.levels.values()) if any(raw.keys[columns[k]] for k in keys)]
        if not filled:
            continue
        depth = filled[-1]
        name = "·".join(fold(raw.keys[columns[key]]) for key in lane.levels[levels[depth]] if raw.keys[columns[key]])
        above = [*above[:depth], *[total] * (depth - len(above))]
        parent = above[-1] if above else total
        arranged.append(Row(name, name, Role.DETAIL, levels[depth], raw.cells, raw.place, parent=parent))
        above.append(position)
    return _with_parents(arranged, total), []


def _units(
    rows: list[RawRow], lane: Lane, spec: TableSpec, classification: Classification
) -> tuple[list[Row], list[str]]:
    aliases = {fold(name) for name in (TOTAL, *spec.captions.get(TOTAL, ()))}
    total = next((n for n, raw in enumerate(rows) if fold(raw.keys[0]) in aliases), -1)
    arranged = [
        Row(TOTAL, TOTAL, Role.TOTAL, TOTAL, raw.cells, raw.place)
        if number == total
        else Row(fold(raw.keys[0]), fold(raw.keys[0]), Role.DETAIL, "单位", raw.cells, raw.place, "", (), total)
        for number, raw in enumerate(rows)
    ]
    return arranged, []


def _flat(
    rows: list[RawRow], lane: Lane, spec: TableSpec, classification: Classification
) -> tuple[list[Row], list[str]]:
    """Project rows print no level: they are arranged when the names of the units are known.

    A row without any figure is the end of the name above it.
    """
    arranged: list[Row] = []
    for raw in rows:
        name = fold("".join(raw.keys))
        if raw.blank and arranged:
            name = arranged[-1].name + name
            arranged[-1] = Row(name, name, Role.DETAIL, "项目", arranged[-1].cells, arranged[-1].place)
        elif not raw.blank or name:
            arranged.append(Row(name, name, Role.DETAIL, "项目", raw.cells, raw.place))
    return arranged, []
