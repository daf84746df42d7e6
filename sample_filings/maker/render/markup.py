"""Writes a filing as a web page, in two kinds: a bureau's site today, and a page that a spreadsheet saved long ago."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from maker.render.blocks import CAPTION, COVER, ENTRY, HEADING, MONEY, PART, Block, Saying, Table
from maker.render.merging import AMOUNT
from maker.render.merging import CAPTION as HEAD

_TAGS: Final = {PART: "h2", HEADING: "h3", COVER: "h1", CAPTION: "h4"}
_STYLE: Final = (
    "table{border-collapse:collapse}td,th{border:1px solid #000;padding:2px 6px}"
    ".r{text-align:right}.c{text-align:center}"
)


def page(blocks: Sequence[Block]) -> bytes:
    """Write an article of a bureau's site in UTF-8: navigation around it, heads in `thead`."""
    title = escape(next(block.text for block in blocks if isinstance(block, Saying)))
    article = "\n".join(_article(blocks))
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n"
        "<script>var visits = 2026; document.title += '';</script>\n</head>\n<body>\n"
        '<div class="nav"><ul><li><a href="#">首页</a></li><li><a href="#">信息公开</a></li></ul></div>\n'
        f'<div class="article">\n{article}\n</div>\n'
        "</body>\n</html>\n"
    ).encode()


def saved_page(blocks: Sequence[Block]) -> bytes:
    """Write a page as spreadsheets saved them: GBK, capital tags that are not closed, titles inside the table."""
    lines = [
        '<HTML xmlns:x="urn:schemas-microsoft-com:office:excel">',
        '<HEAD><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=gb2312"></HEAD>',
        "<BODY>",
    ]
    for block in blocks:
        if isinstance(block, Saying):
            after = f"&nbsp;&nbsp;{escape(block.page)}" if block.look == ENTRY else ""
            lines.append(f"<P>{escape(block.text)}{after}")
        else:
            lines += _saved_table(block)
    lines.append("</BODY></HTML>")
    return ("\r\n".join(lines) + "\r\n").encode("gb18030")


def _article(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Saying):
            yield _saying(block)
            continue
        yield from map(_saying, block.above)
        yield "<table>"
        if block.heads:
            yield "<thead>"
            yield from (_row(block, number, "th") for number in range(block.heads))
            yield "</thead>"
        yield "<tbody>"
        yield from (_row(block, number, "td") for number in range(block.heads, len(block.rows)))
        yield "</tbody>\n</table>"
        yield from map(_saying, block.below)


def _saying(saying: Saying) -> str:
    tag = _TAGS.get(saying.look, "p")
    look = ' class="r"' if saying.look == MONEY else ' class="c"' if saying.look in (CAPTION, COVER) else ""
    page_number = f"<span>&nbsp;{escape(saying.page)}</span>" if saying.look == ENTRY else ""
    return f"<{tag}{look}>{escape(saying.text)}{page_number}</{tag}>"


def _row(table: Table, number: int, tag: str) -> str:
    cells = []
    for field in table.rows[number].values():
        spans = _spans(field.across, field.down)
        look = ' class="r"' if field.holds == AMOUNT else ' class="c"' if field.holds == HEAD else ""
        cells.append(f"<{tag}{spans}{look}>{escape(field.text) or '&nbsp;'}</{tag}>")
    return f"<tr>{''.join(cells)}</tr>"


def _spans(across: int, down: int) -> str:
    return (f' colspan="{across}"' if across > 1 else "") + (f' rowspan="{down}"' if down > 1 else "")


def _saved_table(table: Table) -> Iterator[str]:
    yield "<TABLE BORDER=1 CELLSPACING=0>"
    for saying in table.above:
        side = {CAPTION: "center", MONEY: "right"}.get(saying.look, "left")
        yield f"<TR><TD COLSPAN={table.width} ALIGN={side}>{escape(saying.text)}"
    for row in table.rows:
        cells = []
        for field in row.values():
            side = " ALIGN=right" if field.holds == AMOUNT else ""
            # Long texts were broken by hand, so that the cell stays narrow.
            text = escape(field.text)
            if field.holds == HEAD and len(text) > 6:
                text = f"{text[:4]}<BR>{text[4:]}"
            spans = _spans(field.across, field.down).upper().replace('"', "")
            cells.append(f"<TD{spans}{side}>{text}")
        yield f"<TR>{''.join(cells)}"
    for saying in table.below:
        yield f"<TR><TD COLSPAN={table.width}>{escape(saying.text)}"
    yield "</TABLE>"
