"""Codes printed in parts, 类 | 款 | 项, of which the upper ones may be printed once for all rows below."""

from __future__ import annotations

import msgspec

from checker.model.document import GridRow
from checker.recognition.columns import LaneColumns
from checker.recognition.words import fold


def with_whole_codes(rows: list[GridRow], lanes: list[LaneColumns]) -> list[GridRow]:
    """Return the rows with the parts of a code that only a row above prints: 208 | 05 | 02 for a bare `| | 02`.

    The parts above may stand in a cell merged downwards, or in no cell at all.
    """
    for lane in lanes:
        if lane.more_codes and "科目编码" in lane.keys:
            rows = _filled(rows, [lane.keys["科目编码"], *lane.more_codes])
    return rows


def _filled(rows: list[GridRow], columns: list[int]) -> list[GridRow]:
    above: list[str] = []
    whole: list[GridRow] = []
    for row in rows:
        parts = [_part(row, column) for column in columns]
        if not any(parts) or len(row.texts) <= columns[-1] or not all(part.isdigit() for part in parts if part):
            whole.append(row)
            continue
        last = max(n for n, part in enumerate(parts) if part)
        for n in range(last):
            if not parts[n] and above[:n] == parts[:n] and len(above) > n:
                parts[n] = above[n]
        above = parts
        if parts == [row.texts[column] for column in columns]:
            whole.append(row)
            continue
        texts = list(row.texts)
        for column, part in zip(columns, parts, strict=True):
            texts[column] = part
        whole.append(msgspec.structs.replace(row, texts=tuple(texts)))
    return whole


def _part(row: GridRow, column: int) -> str:
    """Return a part of a code: what the cell prints, or the number in the merged cell that covers it."""
    text = row.texts[column] if column < len(row.texts) else ""
    spread = row.spread[column] if not text and column < len(row.spread) else ""
    return fold(text or (spread if spread.isdigit() else ""))
