"""The XML of one worksheet → its cells, in one pass at the speed of a regular expression.

Nearly every program writes cells in one plain shape: `<c r="B2" s="1" t="s"><v>5</v></c>`. Sheets in that shape are
read as text. Any other shape that XML allows (prefixes, comments, cells without addresses, rich text in place) is
brought into it first by a real parser, which also refuses what is no XML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape

from lxml import etree

from checker.readers.limits import Limits, Unreadable
from checker.readers.number_formats import NumberFormat, Shown
from checker.readers.packed import parse_events
from checker.readers.sheets import Merge, SheetCells, clean_text, column_letters, column_number

_PLAIN_VALUE = re.compile(r'<c r="([A-Z]{1,3})([0-9]{1,7})"([^>]*)><v>([^<]*)')
_ANY_VALUE = re.compile(
    r'<c r="([A-Z]{1,3})([0-9]{1,7})"([^>]*)>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?(?:<v>|<is><t[^>/]*>)([^<]*)'
)
_NO_VALUE = re.compile(r'<c r="([A-Z]{1,3})([0-9]{1,7})"([^>]*)>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)(?:<v></v>|<v ?/>)?</c>')
_LONELY = re.compile(
    r'<row r="([0-9]{1,7})"[^>]*>\s*<c [^>]*>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?'
    r"(?:<v>[^<]*</v>|<is><t[^>/]*>[^<]*</t></is>)</c>\s*</row>"
)
_ROW = re.compile(r"<row ([^>]*)>")
_COLUMN = re.compile(r"<col ([^>]*)>")
_MERGE = re.compile(r'<mergeCell ref="\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})"')
_ATTRIBUTE = re.compile(r'([A-Za-z]+)="([^"]*)"')
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PIECE = 1 << 20
"""Characters of a sheet whose cells are held at a time."""
_TAGS = ("{*}c", "{*}row", "{*}col", "{*}mergeCell", "{*}sheetFormatPr", "{*}drawing", "{*}picture")


class Palette:
    """What the cells of a workbook refer to: its shared strings by number, and its number formats by style.

    `kinds` keeps what they have come to show, over all sheets: filings print the same amounts again and again.
    """

    def __init__(self, strings: dict[str, str], formats: list[NumberFormat]) -> None:
        self.strings = strings
        self.formats = formats
        self.kinds = _Kinds(self)


def read_sheet(data: bytes, part: str, name: str, palette: Palette, limits: Limits) -> SheetCells:
    """Read the XML of a worksheet.

    Raises:
        Unreadable: when it is no complete XML, or holds more cells than the limits allow.
    """
    xml = _plain(data) or _made_plain(data, part)
    values = xml.count("</v>") + xml.count("</is>")
    if values > limits.cells:
        raise Unreadable(f"工作表“{name}”有 {values:,} 个单元格，超过上限 {limits.cells:,}")
    rows: dict[int, dict[int, str]] = {}
    stored: dict[tuple[int, int], str] = {}
    found = _read_cells(xml, palette, rows, stored)
    if found != values:
        xml = _made_plain(data, part)
        rows.clear()
        stored.clear()
        _read_cells(xml, palette, rows, stored)
    head, tail = xml[: xml.find("<row")], xml[max(xml.rfind("</row>"), 0) :]
    return SheetCells(
        name=name,
        rows={number: cells for number, cells in rows.items() if cells},
        stored=stored,
        merges=[_merge(*match) for match in _MERGE.findall(tail)],
        hidden_rows=_hidden_rows(head, xml, rows),
        hidden_columns=_hidden_columns(head),
        lonely=frozenset(map(int, _LONELY.findall(xml))),
        uncached=tuple(_uncached(xml)),
        pictures="<drawing " in tail or "<picture " in tail,
    )


class _Numbers(dict[str, "str | Shown"]):
    """What a number format shows of stored numbers, each worked out once."""

    def __init__(self, format: NumberFormat) -> None:
        self._format = format

    def __missing__(self, value: str) -> str | Shown:
        result: str | Shown = self._format.exact(value)
        if not result:
            shown = self._format.show(value)
            result = shown if shown.stored else shown.text
        self[value] = result
        return result


class _Texts(dict[str, str]):
    """Texts that stand in the cell itself."""

    def __init__(self, format: NumberFormat) -> None:
        self._format = format

    def __missing__(self, value: str) -> str:
        text = self[value] = self._format.show_text(clean_text(plain_text(value)))
        return text


class _Kinds(dict[str, "dict[str, str] | _Numbers"]):
    """The texts by value for the attributes that a cell is written with, which say its style and type."""

    def __init__(self, palette: Palette) -> None:
        self._palette = palette

    def __missing__(self, attributes: str) -> dict[str, str] | _Numbers:
        found = dict(_ATTRIBUTE.findall(attributes))
        style = _number(found.get("s"), 0)
        formats = self._palette.formats
        format = formats[style] if style < len(formats) else NumberFormat("")
        kind: dict[str, str] | _Numbers
        match found.get("t", "n"):
            case "s":
                kind = {number: format.show_text(text) for number, text in self._palette.strings.items()} \
                    if format.changes_text else self._palette.strings  # fmt: skip
            case "n":
                kind = _Numbers(format)
            case "b":
                kind = {"0": "FALSE", "1": "TRUE", "false": "FALSE", "true": "TRUE"}
            case _:
                kind = _Texts(format)
        self[attributes] = kind
        return kind


def plain_text(text: str) -> str:
    """Return the text that XML and the escapes of spreadsheets (_x000A_) stand for."""
    if "&" in text:
        text = unescape(text)
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _read_cells(xml: str, palette: Palette, rows: dict[int, dict[int, str]], stored: dict[tuple[int, int], str]) -> int:
    """Fill in the displayed texts and the stored numbers that they hide; return how many values were met."""
    pattern = _ANY_VALUE if "<f" in xml or "<is>" in xml else _PLAIN_VALUE
    kinds = palette.kinds
    columns = _Columns()
    found, number, row = 0, "", dict[int, str]()
    letters = at = ""
    try:
        for start, end in _pieces(xml):
            values = pattern.findall(xml, start, end)
            found += len(values)
            for letters, at, attributes, value in values:
                if at != number:
                    number = at
                    row = rows.setdefault(int(at), {})
                shown = kinds[attributes][value]
                if isinstance(shown, str):
                    if shown:
                        row[columns[letters]] = shown
                else:
                    stored[int(at), columns[letters]] = shown.stored
                    if shown.text:
                        row[columns[letters]] = shown.text
    except KeyError as error:
        raise Unreadable(f"单元格 {letters}{at} 的内容已损坏，指向不存在的文字") from error
    return found


class _Columns(dict[str, int]):
    def __missing__(self, letters: str) -> int:
        number = self[letters] = column_number(letters)
        return number


def _pieces(xml: str) -> Iterator[tuple[int, int]]:
    """Yield where the sheet may be cut: behind rows."""
    start = 0
    while start < len(xml):
        cut = xml.find("</row>", start + _PIECE)
        end = len(xml) if cut < 0 else cut
        yield start, end
        start = end


def _plain(data: bytes) -> str:
    """Return the XML as text when it may be in the plain shape, else nothing."""
    try:
        xml = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""
    whole = xml.rstrip().endswith("</worksheet>") and (xml.rfind("</sheetData>") > 0 or "<sheetData/>" in xml)
    return xml if whole and "<!" not in xml and "='" not in xml[: xml.find("<row")] else ""


def _made_plain(data: bytes, part: str) -> str:
    """Return any sheet in the plain shape."""
    pieces: list[str] = ["<worksheet>"]
    row, column = 0, -1
    for event, element in parse_events(data, _TAGS, part, ("start", "end")):
        tag = etree.QName(element).localname
        if tag == "row":
            if event == "start":
                row, column = _number(element.get("r"), row + 1), -1
                pieces.append(f'<row r="{row}" {_attributes(element, "hidden", "ht", "customHeight")}>')
            else:
                element.clear()
                pieces.append("</row>")
        elif event == "start":
            continue
        elif tag == "c":
            match = re.fullmatch(r"([A-Z]{1,3})([0-9]{1,7})", element.get("r", ""))
            column = column_number(match[1]) if match else column + 1
            pieces.append(_plain_cell(element, f"{column_letters(column)}{match[2] if match else row}"))
            element.clear()
        else:
            pieces.append(f"<{tag} {_attributes(element, *map(str, element.keys()))}/>")
    return "".join(pieces)


def _plain_cell(element: etree._Element, address: str) -> str:
    head = f'<c r="{address}" {_attributes(element, "s", "t")}>'
    formula, value = element.find("{*}f"), element.find("{*}v")
    if element.get("t") == "inlineStr":
        texts = element.iterfind("{*}is//{*}t")
        text = "".join(one.text or "" for one in texts if not _phonetic(one))
        return f"{head}<is><t>{escape(text)}</t></is></c>"
    body = "" if formula is None else "<f/>"
    if value is not None:
        body += f"<v>{escape(value.text or '')}</v>"
    return f"{head}{body}</c>"


def _phonetic(text: etree._Element) -> bool:
    parent = text.getparent()
    return parent is not None and etree.QName(parent).localname == "rPh"


def _attributes(element: etree._Element, *names: str) -> str:
    return " ".join(f'{name}="{escape(value)}"' for name in names if (value := element.get(name)) is not None)


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and len(text) < 10 and text.isdecimal() else otherwise


def _merge(left: str, top: str, right: str, bottom: str) -> Merge:
    return Merge(int(top), int(bottom), column_number(left), column_number(right))


def _hidden_rows(head: str, xml: str, rows: dict[int, dict[int, str]]) -> frozenset[int]:
    unseen = re.search(r'<sheetFormatPr [^>]*zeroHeight="(?:1|true)"', head) is not None
    if not unseen and xml.find('hidden="', len(head)) < 0 and ' ht="0' not in xml:
        return frozenset()
    hidden: set[int] = set()
    shown: set[int] = set()
    for match in _ROW.findall(xml):
        found = dict(_ATTRIBUTE.findall(match))
        (hidden if _yes(found, "hidden") or _zero(found.get("ht")) else shown).add(_number(found.get("r"), 0))
    if unseen:
        hidden |= {number for number in rows if number not in shown}
    return frozenset(hidden)


def _hidden_columns(head: str) -> frozenset[int]:
    hidden: set[int] = set()
    for match in _COLUMN.findall(head):
        found = dict(_ATTRIBUTE.findall(match))
        if _yes(found, "hidden") or _zero(found.get("width")):
            hidden.update(range(_number(found.get("min"), 1) - 1, min(_number(found.get("max"), 1), 16_384)))
    return frozenset(hidden)


def _yes(attributes: dict[str, str], name: str) -> bool:
    return attributes.get(name) in {"1", "true"}


def _zero(size: str | None) -> bool:
    return size is not None and re.fullmatch(r"0(?:\.0*)?", size) is not None


def _uncached(xml: str) -> Iterator[tuple[int, int]]:
    if "<f" not in xml:
        return
    for letters, number, attributes in _NO_VALUE.findall(xml):
        if 't="str"' not in attributes:
            yield int(number), column_number(letters)
