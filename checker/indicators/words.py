"""The words and signs of indicator values: comparators in every printing, and what stands behind a number."""

from __future__ import annotations

from typing import Final

FOLD: Final = str.maketrans(
    {
        **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
        **dict.fromkeys(" \t\u00a0\u3000\r\n", ""),
        **dict.fromkeys("≧⩾≮", "≥"),
        **dict.fromkeys("≦⩽≯", "≤"),
        **dict.fromkeys("﹥〉", ">"),
        **dict.fromkeys("﹤〈", "<"),
        **dict.fromkeys("—–－−─", "-"),
        **dict.fromkeys("～〜", "~"),
        **dict.fromkeys("／∕", "/"),
        **{"﹪": "%", "．": ".", "㎡": "平方米", "，": ",", "；": ";"},
    }
)
"""Full-width and look-alike signs, by what they stand for."""

SIGNS: Final = {
    "≥": "≥", "≤": "≤", ">": ">", "<": "<", "=": "=", "≈": "≈", ">=": "≥", "=>": "≥", "≥=": "≥", "<=": "≤", "=<": "≤",
    "≤=": "≤", "==": "=", "≥≥": "≥", "≤≤": "≤", "=≥": "≥", "=≤": "≤",
}  # fmt: skip

BEFORE: Final = {
    **dict.fromkeys(
        ["大于或等于", "大于等于", "高于等于", "超过或等于", "不得低于", "不得少于", "不得小于", "不低于", "不少于"],
        "≥",
    ),
    **dict.fromkeys(["不得小于", "不低于", "不少于", "不小于", "不短于", "至少", "最少", "最低", "达到", "达"], "≥"),
    **dict.fromkeys(
        ["小于或等于", "小于等于", "低于等于", "不得超过", "不得高于", "不得大于", "不得多于", "不超过", "不高于"], "≤"
    ),
    **dict.fromkeys(["不超过", "不高于", "不大于", "不多于", "不超出", "不超", "至多", "最多", "最高", "控制在"], "≤"),
    **dict.fromkeys(["大于", "高于", "超过", "多于"], ">"),
    **dict.fromkeys(["小于", "低于", "少于"], "<"),
    **dict.fromkeys(["等于", "等於"], "="),
    **dict.fromkeys(["大约", "约"], "≈"),
}
"""Comparators in words before the number."""

BEHIND: Final = {
    **dict.fromkeys(["(含)以上", "(及)以上", "及以上", "以上"], "≥"),
    **dict.fromkeys(["(含)以下", "(及)以下", "(含)以内", "及以下", "以下", "以内", "之内", "内"], "≤"),
    **dict.fromkeys(["左右", "上下"], "≈"),
}
"""Comparators in words behind the unit."""

TAILS: Final = (
    *[
        "及时",
        "按时",
        "准确",
        "完成",
        "合格",
        "达标",
        "覆盖",
        "满意",
        "发放",
        "到位",
        "支付",
        "拨付",
        "执行",
        "建设",
        "验收",
    ],
    *"按的且并无不",
)
"""Words that begin a statement behind a number and its unit: 100%及时, 12个月完成."""
