"""Workbooks: our reader against openpyxl and calamine, on one file.

The file is a filing of the text format written as a workbook: amounts under a number format, names as texts, blanks
with borders only. openpyxl is measured twice: streaming values alone, and whole, which it needs for merged cells,
hidden rows and number formats. calamine gives values alone.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import python_calamine
import xlsxwriter

from checker.model.document import Grid
from checker.readers import read_document

_AMOUNT = re.compile(r"-?[0-9,]+\.[0-9]+")
ROUNDS = 7


def make_workbook(source: Path, target: Path) -> None:
    """Write the tables of a text filing, each with the lines above it, as a workbook."""
    book = xlsxwriter.Workbook(target)
    money, text = book.add_format({"num_format": "#,##0.00", "border": 1}), book.add_format({"border": 1})
    page, line = book.add_worksheet(), 0
    for block in read_document(source).blocks:
        if not isinstance(block, Grid):
            if line > 40 and len(block.text) < 40:
                page, line = book.add_worksheet(), 0
            page.write_string(line, 0, block.text)
            line += 1
            continue
        for row in block.rows:
            for column, printed in enumerate(row.texts):
                if _AMOUNT.fullmatch(printed):
                    page.write_number(line, column, float(printed.replace(",", "")), money)
                elif printed:
                    page.write_string(line, column, printed, text)
                else:
                    page.write_blank(line, column, None, money)
            line += 1
    book.close()


def stream_with_openpyxl(path: Path) -> int:
    """Walk over the values, as openpyxl does it fastest; return the number of cells."""
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    return sum(len(row) for page in book for row in page.iter_rows(values_only=True))


def load_with_openpyxl(path: Path) -> int:
    """Load what a reader of displayed texts needs: values, addresses, number formats, merged cells."""
    book = openpyxl.load_workbook(path, data_only=True)
    cells = 0
    for page in book:
        _ = page.merged_cells.ranges
        cells += sum(bool(cell.coordinate and cell.number_format) for row in page.iter_rows() for cell in row)
    return cells


def load_with_calamine(path: Path) -> int:
    """Load the values alone."""
    book = python_calamine.CalamineWorkbook.from_path(path)
    return sum(len(row) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python())


def measure(source: Path, best: Callable[[Callable[[], object], int], float]) -> None:
    """Measure the workbook of a text filing, and print."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "filing.xlsx"
        make_workbook(source, path)
        ours = best(lambda: read_document(path), ROUNDS)
        peers = [
            ("openpyxl, values streamed", best(lambda: stream_with_openpyxl(path), ROUNDS)),
            ("openpyxl, with formats and merges", best(lambda: load_with_openpyxl(path), ROUNDS)),
            ("calamine, values alone", best(lambda: load_with_calamine(path), ROUNDS)),
        ]
        print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB, {stream_with_openpyxl(path)} cells")
    print(f"  {'read as displayed (this project)':<36} {ours:7.1f} ms")
    for name, milliseconds in peers:
        print(f"  {name:<36} {milliseconds:7.1f} ms   {milliseconds / ours:6.1f} × ours")
