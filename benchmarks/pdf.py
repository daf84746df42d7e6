"""`python -m benchmarks pdf [FILE]`: a PDF into grids, against a C-speed pass over it and against pdfplumber.

FILE defaults to the largest published PDF where those are beside the project, else to 75 pages made here. The floor
reads every character with its box and every point of every path through ctypes, and does nothing with them. Rounds of
floor and reader take turns, so that a busy machine slows both; pdfplumber runs once.
"""

from __future__ import annotations

import ctypes
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from pathlib import Path

import pypdfium2.raw as pdfium

from benchmarks.__main__ import PUBLISHED, cold
from checker.model.document import Grid
from checker.readers import Limits, Source, read_content

PAGES = 75
LONG = 200
ROUNDS = 7

_box_at = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(
    ctypes.cast(pdfium.FPDFText_GetLooseCharBox, ctypes.c_void_p).value or 0
)


def floor(content: bytes) -> int:
    """Read every character with its box and every point of every path, and return how many."""
    document = pdfium.FPDF_LoadMemDocument64(content, len(content), None)
    x, y = ctypes.c_float(), ctypes.c_float()
    met = 0
    for number in range(pdfium.FPDF_GetPageCount(document)):
        page = pdfium.FPDF_LoadPage(document, number)
        text = pdfium.FPDFText_LoadPage(page)
        count = pdfium.FPDFText_CountChars(text)
        letters = (ctypes.c_ushort * (count + 1))()
        pdfium.FPDFText_GetText(text, 0, count, letters)
        boxes = (ctypes.c_float * (4 * count))()
        address, handle = ctypes.addressof(boxes), ctypes.cast(text, ctypes.c_void_p).value
        for position in range(count):
            _box_at(handle, position, address + 16 * position)
        met += count
        for position in range(pdfium.FPDFPage_CountObjects(page)):
            shape = pdfium.FPDFPage_GetObject(page, position)
            if pdfium.FPDFPageObj_GetType(shape) == pdfium.FPDF_PAGEOBJ_PATH:
                for segment in range(pdfium.FPDFPath_CountSegments(shape)):
                    pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFPath_GetPathSegment(shape, segment), x, y)
                    met += 1
        pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)
    pdfium.FPDF_CloseDocument(document)
    return met


def pages(count: int) -> bytes:
    """Return a PDF of invented tables, every third page prose."""
    import reportlab
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    # Embedded, as in published files: PDFium reads other fonts from the system, glyph by glyph.
    pdfmetrics.registerFont(TTFont("Vera", Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"))
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    height = A4[1]
    xs = [50.0, 110.0, 290.0, 360.0, 430.0, 490.0, 545.0]
    ys = [height - 90 - 18 * row for row in range(39)]
    for page in range(count):
        canvas.setFont("Vera", 8)
        if page % 3 == 2:
            for y in ys:
                canvas.drawString(
                    50,
                    y,
                    "The bureau sums its income to 1,234.56 and publishes what it spends, item by item.",
                )
            canvas.showPage()
            continue
        canvas.drawString(250, height - 60, f"Expenditure, sheet {page + 1}")
        for y in ys:
            canvas.line(xs[0], y, xs[-1], y)
        for x in xs:
            canvas.line(x, ys[0], x, ys[-1])
        for row, y in enumerate(ys[1:]):
            code = 2010101 + page * 100 + row
            canvas.drawString(xs[0] + 2, y + 5, str(code))
            canvas.drawString(xs[1] + 2, y + 5, f"Public services, item {row + 1}")
            for column, right in enumerate(xs[3:]):
                canvas.drawRightString(right - 2, y + 5, f"{(code * (column + 3)) % 999983 / 100:,.2f}")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def turns(first: Callable[[], object], second: Callable[[], object]) -> tuple[float, float]:
    """Return the least CPU milliseconds of two actions that take turns."""
    least = [float("inf")] * 2
    for _ in range(ROUNDS):
        for which, action in enumerate((first, second)):
            started = time.process_time()
            action()
            least[which] = min(least[which], time.process_time() - started)
    return least[0] * 1000, least[1] * 1000


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    published = sorted(PUBLISHED.parent.glob("*/*.pdf"), key=lambda path: path.stat().st_size)
    path = Path(arguments[0]) if arguments else published[-1] if published else None
    content = path.read_bytes() if path else pages(PAGES)
    source = Source(str(path or "made"), "", len(content))
    document = read_content(content, source, Limits())
    rows = sum(len(block.rows) for block in document.blocks if isinstance(block, Grid))
    lowest, own = turns(lambda: floor(content), lambda: read_content(content, source, Limits()))
    # Fresh processes first: a child counts its parent's peak memory as its own.
    colds = dict(_colds(content))
    started = time.process_time()
    import pdfplumber

    with pdfplumber.open(BytesIO(content)) as opened:
        peer_rows = sum(len(table) for page in opened.pages for table in page.extract_tables())
    peer = (time.process_time() - started) * 1000
    print(f"{source.path}: {len(content) / 1000:.0f} kB, {rows} rows (pdfplumber: {peer_rows})")
    print(f"  characters and paths (floor) {lowest:8.1f} ms")
    print(f"  into grids                   {own:8.1f} ms   {own / lowest:5.2f} × floor")
    print(f"  pdfplumber extract_tables    {peer:8.1f} ms   {peer / own:5.1f} × ours")
    for name, (milliseconds, peak) in colds.items():
        print(f"  cold: gouji audit, {name:<10} {milliseconds:8.0f} ms   {peak:6.0f} MB")
    return 0


def _colds(content: bytes) -> Iterator[tuple[str, tuple[float, float]]]:
    """Audit in fresh processes, and yield CPU milliseconds and peak memory in MB by the name of what was audited."""
    with tempfile.TemporaryDirectory() as folder:
        for name, inside in (("given", content), (f"{PAGES} pages", pages(PAGES)), (f"{LONG} pages", pages(LONG))):
            file = Path(folder) / "measured.pdf"
            file.write_bytes(inside)
            yield name, min(cold(["audit", str(file), "-o", "console"], Path(folder)) for _ in range(3))
