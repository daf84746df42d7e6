"""What is recognised in sentences: which quantity, what of it, with which sign, as part of what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from checker.model.claim import Measure
from checker.model.document import Paragraph
from checker.model.filing import Passage, Stage
from checker.model.place import LinePlace
from checker.model.table import Cell, Table
from checker.recognition.claims import claims_of
from checker.recognition.words import fold
from tests.support.project import vocabulary

SENTENCES = Path(__file__).parent / "claims" / "sentences.txt"
FILER = "清泉县水利局"
YEAR = 2026
_HEAD = re.compile("【(?P<passage>[^】]+)】(?P<final>决算)?")
_VALUE = re.compile(r"(?P<number>-?[0-9.]+)(?P<unit>\S*)")


class Told(msgspec.Struct, frozen=True):
    """A claim as the list of sentences writes it: how deep it is indented, its quantity, its measures as printed."""

    depth: int
    name: str
    says: tuple[tuple[str, str], ...]


class Example(msgspec.Struct, frozen=True):
    """A passage with the claims that it makes."""

    line: int
    passage: str
    stage: Stage
    text: tuple[str, ...]
    claims: tuple[Told, ...]


def examples() -> Iterator[Example]:
    """Yield the passages of the list of sentences."""
    blocks = re.split(r"\n\s*\n", SENTENCES.read_text(encoding="utf-8"))
    line = 1
    for block in blocks:
        lines = [one for one in block.split("\n") if one.strip() and not one.startswith(("#", "=="))]
        if lines:
            match = _HEAD.fullmatch(lines[0])
            assert match is not None, f"第{line}行起：{lines[0]}"
            stage = Stage.FINAL_ACCOUNTS if match["final"] else Stage.BUDGET
            text = tuple(one.removeprefix("> ") for one in lines[1:] if one.startswith(">"))
            claims = tuple(_told(one) for one in lines[1:] if not one.startswith((">", "（什么")))
            yield Example(line, match["passage"], stage, text, claims)
        line += block.count("\n") + 2


def _told(line: str) -> Told:
    name, _, says = line.strip().partition("：")
    pairs = [one.partition(" ") for one in says.split("，")]
    return Told((len(line) - len(line.lstrip())) // 2, name, tuple((measure, value) for measure, _, value in pairs))


def read(passage: str, text: tuple[str, ...], stage: Stage = Stage.BUDGET) -> Table | None:
    """Return the claims of a passage of these paragraphs."""
    paragraphs = tuple(Paragraph(line, LinePlace(number)) for number, line in enumerate(text, 1))
    told = Passage(passage, "情况说明", passage, LinePlace(1), paragraphs)
    tables = claims_of([told], (), [FILER], vocabulary(), stage, YEAR)
    return tables[0] if tables else None


def _depth(table: Table, index: int) -> int:
    parent = table.rows[index].parent
    return 0 if parent < 0 else 1 + _depth(table, parent)


def _as_told(cell: Cell, words: str) -> bool:
    """Say whether a cell is what the list writes: a number with its unit, or words to the letter."""
    match = _VALUE.fullmatch(words)
    if match is None or cell.figure is None:
        return cell.text == words
    return cell.figure.value == Decimal(match["number"]) and cell.figure.unit.symbol == match["unit"]


@pytest.mark.parametrize("example", [pytest.param(one, id=f"{one.line}-{one.text[0][:24]}") for one in examples()])
def test_a_passage_says_what_it_says(example: Example) -> None:
    table = read(example.passage, example.text, example.stage)
    rows = table.rows if table is not None else ()
    assert [fold(row.name) for row in rows] == [fold(claim.name) for claim in example.claims]
    for index, claim in enumerate(example.claims):
        assert table is not None
        said = {name: cell for name, cell in zip(table.columns, rows[index].cells, strict=True) if cell is not None}
        assert set(said) == {measure for measure, _ in claim.says}, claim.name
        assert [words for measure, words in claim.says if not _as_told(said[measure], words)] == [], claim.name
        assert _depth(table, index) == claim.depth, claim.name


def test_there_are_enough_sentences() -> None:
    assert sum(len(example.text) for example in examples()) >= 60


def test_a_claim_is_placed_at_its_very_characters() -> None:
    text = "预算收入总计120.00万元，比上年增加20.00万元。"
    table = read("收支变动", (text,))
    assert table is not None
    amount, change = (table.rows[0].cells[table.columns.index(name)] for name in (Measure.AMOUNT, Measure.CHANGE))
    assert amount is not None
    assert change is not None
    assert [_cut(text, amount), _cut(text, change)] == ["120.00万元", "20.00万元"]


def test_a_claim_behind_a_page_break_stands_in_the_second_paragraph() -> None:
    text = ("清泉县水利局2026年度预算收入总计120.00万元，比上年", "增加20.00万元。")
    table = read("收支变动", text)
    assert table is not None
    change = table.rows[0].cells[table.columns.index(Measure.CHANGE)]
    assert change is not None
    assert isinstance(change.place, LinePlace)
    assert change.place.line == 2
    assert _cut(text[1], change) == "20.00万元"


def _cut(text: str, cell: Cell) -> str:
    assert isinstance(cell.place, LinePlace)
    assert cell.place.span is not None
    start, end = cell.place.span
    return text[start:end]
