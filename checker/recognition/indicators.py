"""The indicators of a target form, both sides, out of rows whose merged cells are ragged."""

from __future__ import annotations

from checker.model.document import GridRow
from checker.model.table import Cell, Indicator
from checker.recognition.words import label_words

_FIRST = {"产出指标": "产出", "效益指标": "效益", "满意度指标": "满意度", "成本指标": "成本"}
_SECOND = {
    "数量指标": "数量",
    "质量指标": "质量",
    "时效指标": "时效",
    "成本指标": "成本",
    "经济成本指标": "经济成本",
    "社会成本指标": "社会成本",
    "生态环境成本指标": "生态环境成本",
    "经济效益指标": "经济效益",
    "社会效益指标": "社会效益",
    "生态效益指标": "生态效益",
    "可持续影响指标": "可持续影响",
    "可持续性影响指标": "可持续影响",
    "持续影响指标": "可持续影响",
    "服务对象满意度指标": "服务对象满意度",
    "服务对象满意度指": "服务对象满意度",
    "服务对象满意度": "服务对象满意度",
    "经济效益": "经济效益",
    "社会效益": "社会效益",
    "生态效益": "生态效益",
    "可持续影响": "可持续影响",
}
_HEAD_WORDS = {"一级指标", "二级指标", "三级指标", "指标值", "绩效指标"}
_END_WORDS = ("负责人", "经办人", "联系电话", "填报日期")


def read_indicators(rows: list[GridRow]) -> tuple[tuple[Indicator, ...], list[str]]:
    """Return the indicators of every side, and a remark for each row that could not be taken apart.

    The header row says at which columns the second side begins. In a row, labels of the first and second level are told
    by their words; what is left comes in pairs of name and value.
    """
    indicators: list[Indicator] = []
    remarks: list[str] = []
    header = next((n for n, row in enumerate(rows) if is_indicator_header(row)), None)
    if header is None:
        return (), []
    second_side = _second_side(rows[header])
    first = ""
    second = {"实施期": "", "年度": ""}
    sides = ("实施期", "年度") if second_side else ("年度",)
    for row in rows[header + 1 :]:
        texts = [text for text in row.texts if text]
        if not texts or any(label_words(texts[0]).startswith(word) for word in _END_WORDS):
            break
        lanes: dict[str, list[int]] = {side: [] for side in sides}
        side = sides[0]
        seen_second = False
        for position in row.filled():
            label = label_words(row.texts[position])
            if label in _FIRST and not seen_second and not lanes[sides[0]] and _is_first(row, position, second_side):
                first = _FIRST[label]
            elif label in _SECOND:
                if (seen_second and side == sides[0] and len(sides) > 1) or (
                    not seen_second and second_side and position >= second_side and len(sides) > 1
                ):
                    side = sides[1]
                second[side] = _SECOND[label]
                seen_second = True
            elif label not in _HEAD_WORDS:
                lanes[side].append(position)
        if len(sides) > 1 and not lanes[sides[1]]:
            _part(lanes, sides, row, second_side)
        for name, positions in lanes.items():
            if len(positions) > 2:
                remarks.append(f"第{row.place.line}行的绩效指标无法拆分")
                continue
            if positions:
                indicators.append(_indicator(name, first, second[name], row, positions))
    return tuple(indicators), remarks


def is_indicator_header(row: GridRow) -> bool:
    """Say whether a row heads the indicators of a target form."""
    words = [label_words(text) for text in row.texts if text]
    return "三级指标" in words and "指标值" in words


def _second_side(header: GridRow) -> int:
    """Return the column at which the annual side begins, or 0 when there is one side only."""
    thirds = [position for position, text in enumerate(header.texts) if label_words(text) == "三级指标"]
    seconds = [position for position, text in enumerate(header.texts) if label_words(text) == "二级指标"]
    if len(thirds) < 2:
        return 0
    return seconds[1] if len(seconds) > 1 else thirds[1]


def _is_first(row: GridRow, position: int, second_side: int) -> bool:
    """Tell 成本指标 of the first level from 成本指标 of the second: the former stands before another label."""
    later = [label_words(row.texts[n]) for n in row.filled() if n > position]
    if label_words(row.texts[position]) != "成本指标":
        return True
    return bool(later) and later[0] in _SECOND and (not second_side or position < 2)


def _part(lanes: dict[str, list[int]], sides: tuple[str, ...], row: GridRow, second_side: int) -> None:
    """Share the cells of a row without a second label between the sides: four make two pairs, else by column."""
    positions = lanes[sides[0]]
    if len(positions) == 4:
        lanes[sides[0]], lanes[sides[1]] = positions[:2], positions[2:]
    else:
        lanes[sides[0]] = [position for position in positions if position < second_side]
        lanes[sides[1]] = [position for position in positions if position >= second_side]


def _indicator(side: str, first: str, second: str, row: GridRow, positions: list[int]) -> Indicator:
    name = Cell(row.texts[positions[0]], row.places[positions[0]])
    value = Cell(row.texts[positions[1]], row.places[positions[1]]) if len(positions) > 1 else None
    return Indicator(side, first, second, name, value)
