"""Rows with a cell too few or too many, and where their cells stand."""

from __future__ import annotations

from checker.model.document import GridRow
from checker.model.figure import Unit
from checker.recognition.columns import Header, LaneColumns, fit


def align(row: GridRow, header: Header, lanes: list[LaneColumns], unit: Unit, trimmed: bool = False) -> GridRow | None:
    """Return a row as wide as the header, or None when its cells could stand in more than one way.

    A row some cells short is tried with blanks at every place, a row some cells long without as many of its blanks; the
    readings under which every cell fits its column, and the sums hold, must agree on where the numbers stand. In a
    `trimmed` file a short row has lost the blanks at its end.
    """
    if not any(lane.figures for lane in lanes):
        return None
    short = header.width - len(row.texts)
    plain = _insert(row, len(row.texts), short) if short > 0 else row
    if (short == 0 or (short > 0 and trimmed)) and _fits(plain, lanes, unit) is not False:
        return plain
    candidates = [plain] if short >= 0 else []
    candidates += [_insert(row, position, short) for position in range(len(row.texts)) if short > 0]
    candidates += [_without(row, position, -short) for position in range(len(row.texts) + short + 1) if short < 0]
    candidates = [candidate for candidate in candidates if len(candidate.texts) == header.width]
    judged = [(candidate, _fits(candidate, lanes, unit)) for candidate in candidates]
    proven = [candidate for candidate, verdict in judged if verdict is True]
    possible = proven or [candidate for candidate, verdict in judged if verdict is None]
    named = [candidate for candidate in possible if _begins_with_key(candidate, lanes)]
    readings = {_reading(candidate, lanes): candidate for candidate in named or possible}
    if len(readings) == 1:
        return next(iter(readings.values()))
    return plain if short == 0 else None


def _insert(row: GridRow, position: int, count: int) -> GridRow:
    place = row.places[min(position, len(row.places) - 1)]
    return GridRow(
        (*row.texts[:position], *[""] * count, *row.texts[position:]),
        (*row.places[:position], *[place] * count, *row.places[position:]),
    )


def _without(row: GridRow, position: int, count: int) -> GridRow:
    """Return the row without `count` blanks from `position`; unchanged where they are not blank."""
    if any(row.texts[position : position + count]):
        return row
    return GridRow(
        (*row.texts[:position], *row.texts[position + count :]),
        (*row.places[:position], *row.places[position + count :]),
    )


def _fits(row: GridRow, lanes: list[LaneColumns], unit: Unit) -> bool | None:
    """Say whether a row fits: False when a cell is out of place or a sum fails, True when sums hold, None untested."""
    tested = False
    for lane in lanes:
        found = fit(lane, [row], unit)
        if found.misplaced or found.held < found.tested:
            return False
        tested = tested or found.tested > 0
    return True if tested else None


def _begins_with_key(row: GridRow, lanes: list[LaneColumns]) -> bool:
    return any(_at(row, min(lane.keys.values())) for lane in lanes if lane.keys)


def _at(row: GridRow, position: int) -> str:
    return row.texts[position] if position < len(row.texts) else ""


def _reading(row: GridRow, lanes: list[LaneColumns]) -> tuple[tuple[str, ...], ...]:
    """Return what a row says when its cells stand as they do: names and figures of each lane."""
    return tuple(
        tuple(_at(row, position) for position in (*lane.keys.values(), *lane.figures.values())) for lane in lanes
    )
