"""Excel workbooks (.xlsx, .xlsm): displayed texts, merged cells, stored numbers, and what is hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from checker.model.document import Document
from checker.readers.limits import Limits, Source, Unreadable
from checker.readers.number_formats import BUILT_IN, NumberFormat, number_format
from checker.readers.packed import Package, open_package, parse_events, parse_xml
from checker.readers.sheet_xml import Palette, plain_text, read_sheet
from checker.readers.sheets import SheetCells, assemble, clean_text

if TYPE_CHECKING:
    from lxml import etree

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATION_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_PLAIN_STRING = re.compile(r'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>')


def read(content: bytes, source: Source, limits: Limits) -> Document:
    """Read a workbook.

    Raises:
        Unreadable: when it is damaged, encrypted, binary (.xlsb), or larger than the limits allow.
    """
    with open_package(content, limits) as package:
        return assemble(_sheets(package, limits), source, limits, "xlsx")


def _sheets(package: Package, limits: Limits) -> Iterator[SheetCells]:
    part = next((link.target for link in package.relations().values() if link.kind == "officeDocument"), "")
    if part.endswith(".bin") or (not part and "xl/workbook.bin" in package):
        raise Unreadable("这是 xlsb 二进制工作簿，请另存为 xlsx")
    part = part or "xl/workbook.xml"
    book = parse_xml(package.read(part), part)
    links = package.relations(part)
    targets = {link.kind: link.target for link in links.values() if link.target in package}
    settings = book.find("{*}workbookPr")
    from_1904 = settings is not None and settings.get("date1904") in {"1", "true"}
    palette = Palette(
        _strings(package, targets.get("sharedStrings", ""), limits),
        _formats(package, targets.get("styles", ""), from_1904),
    )
    listed = list(book.iterfind("{*}sheets/{*}sheet"))
    if len(listed) > limits.sheets:
        raise Unreadable(f"工作簿有 {len(listed):,} 张工作表，超过上限 {limits.sheets:,} 张")
    for sheet in listed:
        link = links.get(sheet.get(_RELATION) or sheet.get(_RELATION_STRICT) or "")
        if link is None:
            raise Unreadable(f"文件已损坏：找不到工作表“{sheet.get('name', '')}”")
        if link.kind == "worksheet":
            yield _sheet(package, link.target, sheet, palette, limits)


def _sheet(package: Package, part: str, listed: etree._Element, palette: Palette, limits: Limits) -> SheetCells:
    cells = read_sheet(package.read(part), part, listed.get("name", ""), palette, limits)
    cells = cells._replace(hidden=listed.get("state") in {"hidden", "veryHidden"})
    if cells.pictures:
        drawings = [link.target for link in package.relations(part).values() if link.kind == "drawing"]
        kinds = {link.kind for drawing in drawings for link in package.relations(drawing).values()}
        cells = cells._replace(pictures="image" in kinds or not (drawings or cells.rows))
    return cells


def _strings(package: Package, part: str, limits: Limits) -> dict[str, str]:
    """Return the shared strings by their numbers, without the readings set above characters."""
    if not part:
        return {}
    data = package.read(part)
    count = data.count(b"</si>")
    if count > limits.cells:
        raise Unreadable(f"工作簿有 {count:,} 段文字，超过上限 {limits.cells:,}")
    texts: list[str] = []
    if b"<!" not in data and data.rstrip().endswith(b"</sst>"):
        texts = _PLAIN_STRING.findall(data.decode("utf-8", "replace"))
    if len(texts) != count or not texts:
        texts = []
        for _, item in parse_events(data, ["{*}si"], part):
            runs = [*item.iterfind("{*}t"), *item.iterfind("{*}r/{*}t")]
            texts.append("".join(run.text or "" for run in runs))
            item.clear()
    else:
        texts = [plain_text(text) if "&" in text else text for text in texts]
    return {str(number): clean_text(plain_text(text) if "_x" in text else text) for number, text in enumerate(texts)}


def _formats(package: Package, part: str, from_1904: bool) -> list[NumberFormat]:
    """Return the number formats by the styles that cells name."""
    if not part:
        return []
    styles = parse_xml(package.read(part), part)
    codes = {str(number): code for number, code in BUILT_IN.items()}
    codes |= {one.get("numFmtId", ""): one.get("formatCode", "") for one in styles.iterfind("{*}numFmts/{*}numFmt")}
    used = [codes.get(style.get("numFmtId", "0"), "") for style in styles.iterfind("{*}cellXfs/{*}xf")]
    return [number_format(code, from_1904) for code in used]
