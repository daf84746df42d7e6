"""pdfplumber as an independent reader: what it sees in ruled tables we see too, figure by figure."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest

from checker.model.document import Grid
from checker.readers import read_document
from tests.conftest import PUBLISHED
from tests.support.paper import Paper, read, steps

pdfplumber = pytest.importorskip("pdfplumber")

FILINGS = PUBLISHED.parent
FIGURE = re.compile(r"[\-−－]?[0-9][0-9,]*(?:\.[0-9]+)?%?")


def squeezed(text):
    return "".join((text or "").split())


def figures(rows):
    found = [[text for text in row if FIGURE.fullmatch(text)] for row in rows]
    return [row for row in found if row]


def theirs(source):
    with pdfplumber.open(source) as opened:
        for number, page in enumerate(opened.pages, start=1):
            yield number, [[squeezed(cell) for cell in row] for table in page.extract_tables() for row in table]


def ours(document):
    pages = {}
    for block in document.blocks:
        if isinstance(block, Grid):
            for row in block.rows:
                pages.setdefault(row.place.page, []).append([squeezed(text) for text in row.texts])
    return pages


def test_generated_tables_cell_by_cell():
    paper = Paper()
    for page in range(3):
        xs, ys = steps(50, 70, 5 + page), steps(80, 22, 20)
        rows = [
            [
                f"第{row}项",
                *(f"{(row * 37 + column * 11 + page) % 997}.{column}{row % 10}" for column in range(4 + page)),
            ]
            for row in range(20)
        ]
        paper.text(200, 50, f"第{page}表")
        paper.table(xs, ys, rows)
        paper.turn_page()
    content = paper.content()
    mine = ours(read(content))
    for number, rows in theirs(BytesIO(content)):
        assert len(rows) == 20
        assert mine[number] == rows


@pytest.mark.filings
@pytest.mark.skipif(not FILINGS.is_dir(), reason="the published filings are not beside the project")
@pytest.mark.parametrize("path", sorted(FILINGS.glob("*/*.pdf")), ids=lambda path: path.stem)
def test_published_tables_figure_by_figure(path: Path):
    """Every row of figures, in the same order; pdfplumber adds what is no row of figures (clips, contents)."""
    mine = ours(read_document(path))
    for number, rows in theirs(path):
        assert figures(mine.get(number, [])) == figures(rows), number
