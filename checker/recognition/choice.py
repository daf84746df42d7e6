"""Which layout is a document printed by? The one with most of its titles; of two that come close, what they place.

Another stage's layout may share most titles: where the titles speak of 预算 or of 决算 only, that decides first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from checker.forms.vocabulary import Layout
from checker.model.filing import Filing, Stage
from checker.recognition.items import Item
from checker.recognition.outline import Outliner
from checker.recognition.words import fold

CLOSE = 1
"""Titles that the second layout may be behind before its reading is not looked at."""
COVER = 20
"""Lines from the top that speak for a stage as titles do."""
LONGEST = 60
_STAGE_WORDS = {Stage.BUDGET: "预算", Stage.FINAL_ACCOUNTS: "决算"}

FORCED = "按指定的版式"


class Candidate(NamedTuple):
    """A layout, and how many of its forms are titled in the document."""

    outliner: Outliner
    titles: int

    @property
    def layout(self) -> Layout:
        """The layout itself."""
        return self.outliner.layout


def choose(
    items: list[Item], layouts: list[Layout], read: Callable[[Outliner], Filing | None]
) -> tuple[Outliner, Filing | None, str]:
    """Return the layout that fits best, the filing if it had to be read to know, and the reason in words.

    `read` returns the filing as a layout reads it, None when it finds no table.
    """
    outliners = [Outliner(layout) for layout in layouts]
    candidates = sorted(
        (Candidate(outliner, outliner.count_titles(items)) for outliner in outliners),
        key=lambda one: (-one.titles, one.layout.layout),
    )
    best = candidates[0]
    if len(candidates) == 1 or not candidates[1].titles:
        return best.outliner, None, f"{best.titles} 种表的标题相符"
    second = candidates[1]
    also = f"{best.titles} 种表的标题相符（其次 {second.layout.layout}，{second.titles} 种）"
    if best.titles - second.titles > CLOSE:
        return best.outliner, None, also
    stage = _stage(items, best, second)
    if stage and best.layout.stage is not second.layout.stage:
        chosen = best if best.layout.stage is stage else second
        return chosen.outliner, None, f"{_both(chosen, best, second)}；标题和封面写的是“{_STAGE_WORDS[stage]}”"
    readings = [(_placed(filing), filing) for filing in (read(best.outliner), read(second.outliner))]
    (one, first), (other, next_best) = readings
    # Fewer cells lost decides between readings that place as much; then more titles, then the name.
    if (other, -_lost(next_best)) > (one, -_lost(first)):
        return second.outliner, next_best, f"{_both(second, best, second)}；归位的数字较多（{other} 个，{one} 个）"
    return best.outliner, first, f"{_both(best, best, second)}；归位的数字不少于后者（{one} 个，{other} 个）"


def _both(chosen: Candidate, best: Candidate, second: Candidate) -> str:
    other = second if chosen is best else best
    return f"{chosen.titles} 种表的标题相符（{other.layout.layout} 也有 {other.titles} 种）"


def _stage(items: list[Item], *candidates: Candidate) -> Stage | None:
    """Return the stage that titles and cover speak of more often, None when neither is."""
    short = [item for item in items if item.text and len(item.text) < LONGEST]
    lines = [fold(item.text) for item in short[:COVER]]
    lines += [fold(item.text) for item in short if any(one.outliner.title(item) for one in candidates)]
    counts = {stage: sum(word in line for line in lines) for stage, word in _STAGE_WORDS.items()}
    budget, final = counts[Stage.BUDGET], counts[Stage.FINAL_ACCOUNTS]
    if budget == final:
        return None
    return Stage.BUDGET if budget > final else Stage.FINAL_ACCOUNTS


def _placed(filing: Filing | None) -> int:
    """Return the figures that have a row and a column that the form knows."""
    if filing is None:
        return 0
    return sum(
        1
        for table in filing.tables
        for operand in table.figures()
        if not table.strange_rows or table.rows[operand.row].level
    )


def _lost(filing: Filing | None) -> int:
    return len(filing.unread) + len(filing.skipped) if filing else 0
