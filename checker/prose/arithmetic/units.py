"""What a price is per, and what a count counts: 每人每月, 元/人份, 床位50张."""

from __future__ import annotations

import re
from typing import Final

from checker.prose.quantities import COUNTED

SINGLE: Final = tuple(
    sorted(
        {
            *(word for word in COUNTED if word not in {"元", "%", "分", "倍", "个百分点"}),
            "个月", "月", "年度", "年", "天", "日", "学期", "季度", "周", "床位", "床", "车", "学生", "生",
            "架次", "员工", "班", "校", "站", "点", "头", "株", "学时", "课时", "餐", "考次", "机位", "室", "单位",
            "项目", "公里", "平方米", "千米", "吨", "u", "U", "病例", "患者", "老师", "专家", "晚", "夜",
            "人天", "人次", "人份", "村", "社区", "乡镇", "县", "标段", "测试", "架", "盏", "根", "棵",
            "匹", "幢", "栋", "层", "口", "眼", "枚", "副", "双", "箱", "瓶", "盒", "袋", "桶", "斤", "公斤",
            "千克", "米", "平米", "立方米", "剂", "周岁", "孔", "段", "车次", "学年", "班次", "工日", "小时",
        },
        key=lambda word: (-len(word), word),
    )
)  # fmt: skip
"""Words behind 每 or /: what one price buys, longest first."""
UNIT: Final = "|".join(map(re.escape, SINGLE))
_ALIASES: Final = {
    "名": "人", "位": "人", "生": "人", "学生": "人", "员工": "人", "患者": "人", "老师": "人", "专家": "人",
    "个月": "月", "日": "天", "年度": "年", "晚": "天", "夜": "天",
    "张": "床", "床位": "床", "车": "辆", "课时": "学时", "单位": "家", "病例": "例", "户": "家", "U": "u", "餐": "次",
}  # fmt: skip
TIMES: Final = frozenset({"年", "月", "天", "学期", "季度", "周"})
"""Units of time: a count that may be left unsaid (全年, 每月)."""
_EXTRA: Final = re.compile(
    r"\s*(个月|月|年|学时|课时|学期|季度|周|天|日|床位|床|车|餐|考次|机位|室|晚|夜|u|U|头|株|班|公里)"
)
_NOUN: Final = re.compile(r"[一-鿿]{1,3}")


def base(unit: str) -> str:
    """Return the one word for a unit that goes by several."""
    return _ALIASES.get(unit, unit)


def counted(text: str, start: int, end: int, unit: str) -> tuple[str, ...]:
    """Return what a number counts, by its unit and the words around it: 床位1000张 counts 张 and 床位.

    `text[start:end]` is the number with its printed unit. A 个 behind which 月 stands is a month.
    """
    units: list[str] = []
    if unit in {"", "个"}:
        after = _EXTRA.match(text, end - len(unit), end + 6)
        if after is not None:
            return (base(after[1]),)
    if unit:
        units.append(base(unit))
    following = _NOUN.match(text, end, end + 3)
    if following is not None:
        units += [base(following[0][:length]) for length in (3, 2, 1) if following[0][:length] in _WORDS]
    before = text[max(start - 4, 0) : start].strip()
    units += [base(before[-length:]) for length in (2, 1) if before[-length:] in _WORDS]
    if before.endswith(("人数", "人员")):
        units.append("人")
    return tuple(dict.fromkeys(units))


_WORDS: Final = frozenset(SINGLE)
