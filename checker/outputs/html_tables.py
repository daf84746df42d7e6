"""Printed tables as HTML: laid out as the filing prints them, whole with every tick, or in excerpt around a finding.

Bodies are joined from escaped strings, a table at a time: a template engine going cell by cell would take ten times as
long over a large filing. Their cells and rows have no end tags, which HTML does not ask for, and which are a tenth of
a large page. Everything that comes out of a filing passes through `escape` here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from html import escape
from typing import Final, Protocol

import msgspec

from checker.contract.printed import CellJson, RowJson, TableJson, Ticked
from checker.model.table import Role
from checker.outputs.places import where
from checker.outputs.words import Words

GLYPHS: Final = {Ticked.TICKED: "✓", Ticked.FAILED: "✗", Ticked.UNCHECKED: "○"}
CLASSES: Final = {Ticked.TICKED: "k", Ticked.FAILED: "x", Ticked.UNCHECKED: "o"}
LONGEST_EXCERPT: Final = 16
"""Concerned lines beyond which an excerpt leaves out the middle; the list of operands stays whole."""

Address = tuple[int, ...]
"""A table, a row and a column of a filing, each counted from 0."""
DrawCell = Callable[[int, int, CellJson], str]


class Half(msgspec.Struct, frozen=True):
    """One side of a table that prints two side by side (收入 | 支出), or the whole.

    `labels` counts the label columns: a name, or code and name; `paired` when both hold names, as those of 基本支出.
    """

    columns: tuple[int, ...]
    labels: int
    paired: bool = False


class PrintedTable(msgspec.Struct, frozen=True, dict=True, eq=False):
    """A table as printed: its halves, and its lines, each the row of every half or None where a half is empty."""

    number: int
    table: TableJson
    halves: tuple[Half, ...]
    lines: tuple[tuple[int | None, ...], ...]

    @property
    def width(self) -> int:
        """How many columns are shown, label columns included."""
        return sum(half.labels + len(half.columns) for half in self.halves)

    def line_of(self, row: int) -> int:
        """Return the position of the line that prints a row."""
        return next(position for position, line in enumerate(self.lines) if row in line)


def cell_id(address: Address) -> str:
    """Return the anchor of a cell."""
    return "c-{}-{}-{}".format(*address)


def lay_out(number: int, table: TableJson) -> PrintedTable:
    """Put the two halves of a table side by side again, line by line, as they are printed."""
    if table.fields:
        lines = tuple((row,) for row in range(len(table.body)))
        return PrintedTable(number, table, (Half(tuple(range(len(table.columns))), 1),), lines)
    groups = _column_groups(table)
    halves: list[Half] = []
    start = 1
    paired = any(row.names for row in table.body)
    for columns in groups:
        first = _printed_column(table, columns[0])
        halves.append(Half(columns, min(max(first - start, 1), 2), paired))
        start = _printed_column(table, columns[-1]) + 1
    if len(halves) == 1:
        return PrintedTable(number, table, tuple(halves), tuple((row,) for row in range(len(table.body))))
    sides = {column: side for side, half in enumerate(halves) for column in half.columns}
    printed: dict[tuple[int, int], list[int | None]] = {}
    for index, row in enumerate(table.body):
        side = next((sides[column] for column, cell in enumerate(row.cells) if cell is not None), 0)
        again = 0
        while (line := printed.setdefault((row.line, again), [None] * len(halves)))[side] is not None:
            again += 1
        line[side] = index
    return PrintedTable(number, table, tuple(halves), tuple(tuple(printed[key]) for key in sorted(printed)))


def _column_groups(table: TableJson) -> list[tuple[int, ...]]:
    """Return the columns that rows share: two groups when the table prints two halves, else one."""
    everything = [tuple(range(len(table.columns)))]
    patterns = {tuple(column for column, cell in enumerate(row.cells) if cell is not None) for row in table.body}
    groups: list[set[int]] = []
    for pattern in patterns:
        touching = [group for group in groups if group & set(pattern)]
        groups = [group for group in groups if group not in touching]
        groups.append(set(pattern).union(*touching))
    halves = sorted(tuple(sorted(group)) for group in groups if group)
    covered = sum(halves, ())
    return halves if covered == everything[0] else everything


def _printed_column(table: TableJson, column: int) -> int:
    """Return the position at which a canonical column is printed; 0 when unknown."""
    return table.fields_printed[column] if table.fields_printed else 0


def head_html(printed: PrintedTable, words: Words) -> str:
    """Return the header rows as printed where they stand over their columns, and else the canonical columns."""
    if _headers_fit(printed):
        return f"<thead>{_printed_headers(printed.table.headers)}</thead>"
    cells: list[str] = []
    labels = (words("html.table.code"), words("html.table.funding" if printed.table.fields else "html.table.name"))
    for half in printed.halves:
        cells += [f'<th scope="col">{escape(label)}</th>' for label in labels[2 - half.labels :]]
        cells += [f'<th scope="col">{escape(printed.table.columns[column])}</th>' for column in half.columns]
    return f"<thead><tr>{''.join(cells)}</tr></thead>"


def _headers_fit(printed: PrintedTable) -> bool:
    """Say whether the printed headers have one cell over every column that is shown: ragged ones would mislead."""
    headers = printed.table.headers
    if not headers or any(len(header) != printed.width for header in headers):
        return False
    position = 0
    for half in printed.halves:
        position += half.labels
        for column in half.columns:
            position += 1
            if _printed_column(printed.table, column) != position:
                return False
    return True


def _printed_headers(headers: tuple[tuple[str, ...], ...]) -> str:
    """Return header rows with their merged cells: an empty header cell belongs to the one left of it or above it."""
    width = len(headers[0])
    owners: list[list[tuple[int, int] | None]] = [[None] * width for _ in headers]
    rows: list[str] = []
    for depth, header in enumerate(headers):
        cells: list[str] = []
        for position in range(width):
            if owners[depth][position] is not None:
                continue
            across = position + 1
            while across < width and not header[across] and _same_parent(owners, depth, position, across):
                across += 1
            down = depth + 1
            while down < len(headers) and not any(headers[down][position:across]):
                down += 1
            for row in range(depth, down):
                owners[row][position:across] = [(depth, position)] * (across - position)
            spans = f' colspan="{across - position}"' if across - position > 1 else ""
            spans += f' rowspan="{down - depth}"' if down - depth > 1 else ""
            scope = "colgroup" if across - position > 1 else "col"
            cells.append(f'<th scope="{scope}"{spans}>{escape(header[position])}</th>')
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return "".join(rows)


def _same_parent(owners: list[list[tuple[int, int] | None]], depth: int, left: int, right: int) -> bool:
    if owners[depth][right] is not None:
        return False
    return depth == 0 or owners[depth - 1][left] == owners[depth - 1][right]


class Linked(Protocol):
    """What leads from cells to findings."""

    @property
    def cells(self) -> Mapping[Address, str]:
        """The anchor of the first finding about each cell."""

    @property
    def named(self) -> Collection[Address]:
        """The cells that findings name."""


def body_html(printed: PrintedTable, linked: Linked, words: Words) -> str:
    """Return every line of a table, each figure with its tick and each subject of a finding linked to it."""
    titles = {mark: escape(words(f"html.tick.{mark}")) for mark in GLYPHS}
    number = printed.number
    links, named = linked.cells, linked.named

    def draw(row: int, column: int, cell: CellJson) -> str:
        address = (number, row, column)
        if cell.value is None and address not in links:
            anchor = f' id="{cell_id(address)}"' if cell.text or address in named else ""
            unread = ' class="u"' if cell.mark is Ticked.UNREAD else ""
            return f"<td{anchor}{unread}>{escape(cell.text)}"
        mark = cell.mark if cell.mark in GLYPHS else Ticked.UNCHECKED
        text = escape(cell.text)
        if address in links:
            text = f'<a href="#{links[address]}">{text or escape(words("html.blank"))}</a>'
        title = f"{titles[mark]} {escape(where(cell.at, words))}"
        rules = f' data-r="{" ".join(map(str, cell.rules))}"' if cell.rules else ""
        return f'<td id="{cell_id(address)}" class="{CLASSES[mark]}"{rules} title="{title}">{text}<i>{GLYPHS[mark]}</i>'

    return "<tbody>" + "".join(_line_html(printed, line, draw) for line in printed.lines) + "</tbody>"


def excerpt_html(
    printed: PrintedTable, wanted: Mapping[tuple[int, int], str], rows: Iterable[int], words: Words, context: int = 1
) -> str:
    """Return the lines of the cells of a finding, and as many above and below as `context` says.

    `wanted` gives each cell its class, `rows` adds whole rows.
    """

    def draw(row: int, column: int, cell: CellJson) -> str:
        kind = wanted.get((row, column))
        text = escape(cell.text)
        if kind is None:
            return f"<td>{text}"
        href = cell_id((printed.number, row, column))
        shown = text or escape(words("html.blank"))
        return f'<td class="{kind}"><a href="#{href}">{shown}</a>'

    concerned = sorted({printed.line_of(row) for row in {*rows, *(row for row, _ in wanted)}})
    whole = frozenset(rows)
    parts: list[str] = []
    following = 0
    for position in _shown_lines(concerned, len(printed.lines), context):
        parts.append(_gap_html(printed, position - following, words))
        parts.append(_line_html(printed, printed.lines[position], draw, whole))
        following = position + 1
    parts.append(_gap_html(printed, len(printed.lines) - following, words))
    return f"{head_html(printed, words)}<tbody>{''.join(parts)}</tbody>"


def _shown_lines(concerned: list[int], count: int, context: int) -> list[int]:
    """Return the concerned lines with those of context on either side; no gap is left that hides a single line."""
    if len(concerned) > LONGEST_EXCERPT:
        concerned = [*concerned[: LONGEST_EXCERPT - 4], *concerned[-4:]]
    shown = {line for at in concerned for line in range(at - context, at + context + 1) if 0 <= line < count}
    edges = {-1, *shown, count}
    shown |= {line + 1 for line in edges if line + 2 in edges}
    return sorted(shown)


def _gap_html(printed: PrintedTable, missing: int, words: Words) -> str:
    if missing <= 0:
        return ""
    return f'<tr class="gap"><td colspan="{printed.width}">{escape(words("html.table.gap", lines=missing))}'


def _line_html(
    printed: PrintedTable, line: tuple[int | None, ...], draw: DrawCell, whole: frozenset[int] = frozenset()
) -> str:
    cells: list[str] = []
    classes = set()
    for half, index in zip(printed.halves, line, strict=True):
        if index is None:
            cells.append("<td>" * (half.labels + len(half.columns)))
            continue
        row = printed.table.body[index]
        classes |= {"total"} if row.role is Role.TOTAL else {"sub"} if row.role is Role.SUBTOTAL else set()
        classes |= {"hit"} if index in whole else set()
        cells.append(_labels_html(printed.table, row, half))
        for column in half.columns:
            cell = row.cells[column]
            cells.append("<td>" if cell is None else draw(index, column, cell))
    start = f'<tr class="{" ".join(sorted(classes))}">' if classes else "<tr>"
    return f"{start}{''.join(cells)}"


def _labels_html(table: TableJson, row: RowJson, half: Half) -> str:
    """Return the code and name of a row, indented by its level; a total that is named after the body says 合计."""
    name = escape(row.name)
    if row.role is Role.TOTAL and row.key not in row.name:
        name += f" <small>{escape(row.key)}</small>"
    if half.labels == 2 and half.paired:
        second = escape(row.names[1]) if len(row.names) > 1 else ""
        return f'<th scope="row">{escape(row.names[0]) if row.names else name}<td class="l">{second}'
    depth, parent = 0, row.parent
    while parent >= 0 and depth < 4:
        depth, parent = depth + 1, table.body[parent].parent
    indent = f' class="d{depth}"' if depth else ""
    code = f'<td class="code">{escape(row.code)}' if half.labels == 2 else ""
    return f'{code}<th scope="row"{indent}>{name}'
