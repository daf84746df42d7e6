"""The indicators of a target form, both sides, out of rows whose merged cells are ragged."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from checker.indicators.grammar import read_value
from checker.indicators.values import ValueKind
from checker.model.document import GridRow
from checker.model.table import Cell, Indicator
from checker.recognition.words import label_words

_FIRST = {
    "产出": "产出",
    "效益": "效益",
    "效果": "效益",
    "满意度": "满意度",
    "成本": "成本",
    "管理": "管理",
    "投入": "投入",
}
_SECOND = {
    **{name: name for name in ("数量", "质量", "时效", "成本", "经济成本", "社会成本", "生态环境成本", "经济效益")},
    **{name: name for name in ("社会效益", "生态效益", "可持续影响", "服务对象满意度")},
    "时间": "时效",
    "生态成本": "生态环境成本",
    "环境效益": "生态效益",
    "可持续性影响": "可持续影响",
    "持续影响": "可持续影响",
    "可持续发展": "可持续影响",
    "社会公众或服务对象满意度": "服务对象满意度",
    "社会公众满意度": "服务对象满意度",
    "受益对象满意度": "服务对象满意度",
}
"""Names of the levels, without the 指标 that most forms print behind them."""
_HOME = {
    **dict.fromkeys(("数量", "质量", "时效"), "产出"),
    **dict.fromkeys(("经济效益", "社会效益", "生态效益", "可持续影响"), "效益"),
    **dict.fromkeys(("经济成本", "社会成本", "生态环境成本"), "成本"),
    "服务对象满意度": "满意度",
}
"""The first level that a second level belongs to; 成本 stands under 产出, in newer forms under itself."""
_HEAD_WORDS = frozenset({"一级指标", "二级指标", "三级指标", "绩效指标", "指标", "绩效目标"})
_NAME_HEADS = frozenset({"三级指标", "指标名称", "具体指标", "三级指标名称", "绩效指标名称", "指标内容", "明细指标"})
_VALUE_HEADS = frozenset(
    {"指标值", "目标值", "年度指标值", "绩效指标值", "年度目标值", "指标目标值", "全年目标值", "预期指标值"}
)
_SIGN_HEADS = frozenset({"符号", "指标性质", "比较符号", "运算符号", "计算符号", "指标值符号"})
_UNIT_HEADS = frozenset({"计量单位", "度量单位", "指标单位", "指标值单位", "单位", "绩效度量单位"})
NO_HEADER = "没有找到绩效指标的表头"
TOO_OFTEN = 3
"""Lines of one side with the same name and value from which on a table was misread."""
_END_WORDS = ("负责人", "经办人", "联系电话", "填报日期", "填表人", "审核人")
_DEGREE = re.compile(
    "(?:(?:有效|有限|显著|明显|逐步|逐年|大幅|持续|不断|稳步|及时|按时|长期|有所)[一-鿿]{0,2}|较上年[一-鿿]{2})"
)
"""A value in words that can be nothing else."""
_GLUED = re.compile(
    "(?P<name>[^0-9]{4,}?)(?P<value>(?:有效|有限|显著|明显|逐步|逐年|大幅|持续|不断|稳步)(?:保障|加强|提升|提高|改善|增强|降低|下降|落实))"
)
"""A name and its value printed in one cell."""
_MARKUP = re.compile(r"<[^<>]*>")
_BARE = frozenset({"数量", "质量", "时效", "成本", "时间"})
"""Second levels that are words of other meanings too: labels without 指标 only where a label is due."""


@dataclass(slots=True)
class _Walk:
    """How far a row has been read: the cells and labels found, the side, and the position of the last label."""

    lanes: dict[str, list[int]]
    labels: dict[str, int]
    side: int = 0
    last_label: int = -1


class _Header(NamedTuple):
    """Where the sides of the indicators begin, and what each column holds where a value is split over several."""

    second_side: int
    roles: dict[int, tuple[int, str]]


def read_indicators(rows: list[GridRow]) -> tuple[tuple[Indicator, ...], list[str]]:
    """Return the indicators of every side, and a remark for each row that could not be taken apart.

    The header row says at which columns the second side begins. In a row, labels of the first and second level are told
    by their words; what is left comes in pairs of name and value.
    """
    start = next((n for n, row in enumerate(rows) if is_indicator_header(row)), None)
    if start is None:
        return (), [NO_HEADER]
    levels = _Levels(_read_header(rows[start]))
    indicators: list[Indicator] = []
    remarks: list[str] = []
    for row in rows[start + 1 :]:
        texts = [text for text in row.texts if text]
        if not texts or any(label_words(texts[0]).startswith(word) for word in _END_WORDS):
            break
        lanes, labels = levels.lanes(row)
        for side, positions in lanes.items():
            if not _read_side(side, positions, labels, row, levels, indicators):
                remarks.append(f"第{row.place.line}行的绩效指标无法拆分")
    if garbled := _repeated(indicators):
        remarks.append(f"绩效指标“{garbled}”重复印出，表格没有读对")
    return tuple(indicators), remarks


def _home(second: str, first: str) -> str:
    """Return the first level: labels of merged cells slip down a line, so that the second level knows better."""
    return _HOME.get(second) or ("成本" if first == "成本" else "产出" if second == "成本" else first)


def _waits(indicators: list[Indicator], value: Indicator) -> bool:
    """Say whether a value without a name belongs to the line above, which has a name and no value."""
    return bool(indicators) and indicators[-1].value is None and indicators[-1].side == value.side


def _repeated(indicators: list[Indicator]) -> str:
    """Return the name of an indicator that stands too often on one side: the lines of the table were not told apart."""
    counts = Counter(
        (read.side, read.name.text, read.value.text if read.value else "")
        for read in indicators
        if read.name and read.name.text
    )
    return next((name for (_, name, _), count in counts.items() if count >= TOO_OFTEN), "")


def _read_side(
    side: str,
    positions: list[int],
    labels: dict[str, int],
    row: GridRow,
    levels: _Levels,
    indicators: list[Indicator],
) -> bool:
    """Read one side of a row into the indicators; say whether its cells could be told apart."""
    second = levels.second[side]
    first = _home(second, levels.first)
    if not positions:
        if side in labels:
            indicators.append(Indicator(side, first, second, Cell("", row.places[labels[side]]), None))
        return True
    if len(positions) > 2 and not levels.header.roles:
        return False
    read = _indicator(side, first, second, row, positions, levels.header)
    if read is None:
        return False
    if read.name is None and _waits(indicators, read):
        indicators[-1] = msgspec.structs.replace(indicators[-1], value=read.value)
    else:
        indicators.append(read)
    return True


def is_indicator_header(row: GridRow) -> bool:
    """Say whether a row heads the indicators of a target form."""
    words = {label_words(text) for text in row.texts if text}
    return bool(words & _NAME_HEADS) and any(_is_value_head(word) for word in words)


def _is_value_head(word: str) -> bool:
    return word in _VALUE_HEADS or word.startswith("指标值(")


def _read_header(header: GridRow) -> _Header:
    """Return the column at which the annual side begins (0: one side only), and the columns of split values."""
    words = [label_words(text) for text in header.texts]
    thirds = [position for position, word in enumerate(words) if word in _NAME_HEADS]
    seconds = [position for position, word in enumerate(words) if word == "二级指标"]
    second_side = 0
    if len(thirds) > 1:
        second_side = seconds[1] if len(seconds) > 1 else thirds[1]
    roles: dict[int, tuple[int, str]] = {}
    if any(word in _SIGN_HEADS | _UNIT_HEADS for word in words):
        for position, word in enumerate(words):
            side = 1 if second_side and position >= second_side else 0
            if word in _NAME_HEADS:
                roles[position] = (side, "name")
            elif word in _SIGN_HEADS:
                roles[position] = (side, "sign")
            elif _is_value_head(word):
                roles[position] = (side, "value")
            elif word in _UNIT_HEADS:
                roles[position] = (side, "unit")
    return _Header(second_side, roles)


def _level(text: str) -> tuple[str, str]:
    """Return the first and the second level that a cell names, either empty."""
    words = label_words(_MARKUP.sub("", text))
    half = len(words) // 2
    if half > 3 and words[:half] == words[half:]:
        words = words[:half]
    stem = words.removesuffix("指标").removesuffix("指")
    marked = stem != words
    if stem in _SECOND and (marked or stem not in _BARE):
        return (_FIRST.get(stem, "") if marked else ""), _SECOND[stem]
    return (_FIRST[stem], "") if stem in _FIRST and marked else ("", "")


class _Levels:
    """Walks down the rows of the indicators and remembers the levels that merged cells name once for several rows."""

    def __init__(self, header: _Header) -> None:
        self.header = header
        self.sides = ("实施期", "年度") if header.second_side else ("年度",)
        self.second = dict.fromkeys(self.sides, "")
        self.first = ""

    def lanes(self, row: GridRow) -> tuple[dict[str, list[int]], dict[str, int]]:
        """Return, by side, the cells of a row that are no labels, and where its label of the second level stands."""
        walk = _Walk({side: [] for side in self.sides}, {})
        filled = row.filled()
        for order, position in enumerate(filled):
            if position in self.header.roles:
                walk.lanes[self.sides[min(self.header.roles[position][0], len(self.sides) - 1)]].append(position)
                continue
            upper, second = _level(row.texts[position])
            if not upper and not second and _is_bare_label(row, filled, order, self.header):
                second = _SECOND[label_words(row.texts[position])]
            following = _level(row.texts[filled[order + 1]])[1] if order + 1 < len(filled) else ""
            if upper and not (second and not _heads(upper, following)):
                self._take_first(walk, upper, position)
            elif second:
                if len(self.sides) == 1 and walk.lanes[self.sides[0]]:
                    break  # a second side whose header was cut off
                self._take_second(walk, second, position)
            elif label_words(row.texts[position]) not in _HEAD_WORDS:
                walk.lanes[self.sides[walk.side]].append(position)
        if len(self.sides) > 1 and not walk.lanes[self.sides[1]] and self.sides[1] not in walk.labels:
            _part(walk.lanes, self.sides, self.header.second_side)
        if self.sides[0] in walk.labels and self.sides[-1] not in walk.labels:
            self.second[self.sides[-1]] = self.second[self.sides[0]]  # its label is merged
        return walk.lanes, walk.labels

    def _take_first(self, walk: _Walk, upper: str, position: int) -> None:
        """Note a first level; one that is printed again behind name and value begins the annual side."""
        walk.last_label = position
        if walk.lanes[self.sides[walk.side]]:
            walk.side = len(self.sides) - 1
        elif self.sides[walk.side] not in walk.labels:
            self.first = upper
            if upper == "满意度":
                self.second.update(dict.fromkeys(self.sides, "服务对象满意度"))

    def _take_second(self, walk: _Walk, second: str, position: int) -> None:
        if len(self.sides) > 1 and walk.side == 0 and self._turns(walk, position):
            walk.side = 1
        self.second[self.sides[walk.side]] = second
        walk.labels[self.sides[walk.side]] = position
        walk.last_label = position

    def _turns(self, walk: _Walk, position: int) -> bool:
        """Say whether a label of the second level begins the annual side."""
        if walk.lanes[self.sides[0]] or position >= self.header.second_side:
            return True
        return self.sides[0] in walk.labels and position - walk.last_label > 1


def _heads(upper: str, following: str) -> bool:
    """Say whether 成本指标 is of the first level: it stands before a label of its second."""
    return _HOME.get(following) == upper == "成本"


def _is_bare_label(row: GridRow, filled: list[int], order: int, header: _Header) -> bool:
    """Say whether 数量, 质量 … stand for a level: first in the row or behind a label, and not last."""
    words = label_words(row.texts[filled[order]])
    if words not in _BARE:
        return False
    behind_label = order == 0 or any(_level(row.texts[filled[order - 1]]))
    turns = bool(header.second_side) and filled[order] == header.second_side
    return (behind_label or turns) and len(filled) > order + 1


def _part(lanes: dict[str, list[int]], sides: tuple[str, ...], second_side: int) -> None:
    """Share the cells of a row without a second label between the sides: four make two pairs, else by column."""
    positions = lanes[sides[0]]
    if len(positions) == 4:
        lanes[sides[0]], lanes[sides[1]] = positions[:2], positions[2:]
    else:
        lanes[sides[0]] = [position for position in positions if position < second_side]
        lanes[sides[1]] = [position for position in positions if position >= second_side]


def _indicator(
    side: str, first: str, second: str, row: GridRow, positions: list[int], header: _Header
) -> Indicator | None:
    """Return the indicator of these cells, None where they are no name and value."""
    if header.roles:
        return _joined(side, first, second, row, positions, header)
    cells = [Cell(row.texts[position], row.places[position]) for position in positions]
    if len(cells) == 1 and (_is_measure(cells[0].text) or _DEGREE.fullmatch(cells[0].text)):
        return Indicator(side, first, second, None, cells[0])
    if len(cells) == 1 and (match := _GLUED.fullmatch(cells[0].text)):
        cells = [Cell(match["name"], cells[0].place), Cell(match["value"], cells[0].place)]
    if len(cells) > 1 and _is_measure(cells[0].text):
        return Indicator(side, first, second, None, cells[0]) if cells[0].text == cells[1].text else None
    return Indicator(side, first, second, cells[0], cells[1] if len(cells) > 1 else None)


def _is_measure(text: str) -> bool:
    """Say whether a cell alone is a value whose name is missing, not a name."""
    value = read_value(text)
    return value.kind in {ValueKind.NUMBER, ValueKind.RANGE} and not value.words


def _joined(side: str, first: str, second: str, row: GridRow, positions: list[int], header: _Header) -> Indicator:
    """Return an indicator whose value is printed in several columns: sign, number and unit make one."""
    by_role: dict[str, list[int]] = {"name": [], "sign": [], "value": [], "unit": []}
    for position in positions:
        by_role[header.roles.get(position, (0, "name"))[1]].append(position)
    names = by_role["name"]
    name = Cell(row.texts[names[0]], row.places[names[0]]) if names else None
    signs = [n for n in by_role["sign"] if label_words(row.texts[n]) not in {"定性", "定量", "正向指标", "反向指标"}]
    pieces = [*signs, *by_role["value"], *by_role["unit"]]
    anchor = next(iter([*by_role["value"], *pieces]), None)
    value = Cell("".join(row.texts[n] for n in pieces), row.places[anchor]) if anchor is not None else None
    return Indicator(side, first, second, name, value)
