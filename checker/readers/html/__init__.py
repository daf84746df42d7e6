"""Web pages (.html, and workbooks saved as one): what a browser shows, read from the tree that a browser builds.

An address is the XPath of the element in that tree, as the inspector of a browser gives it.
"""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from checker.model.document import Document, Grid, Skipped
from checker.model.place import MarkupPlace
from checker.readers.html.elements import attribute, hidden_elements, parse
from checker.readers.html.encoding import decode
from checker.readers.html.flow import Page
from checker.readers.limits import Limits, Source, Unreadable

_ATTACHED = (".pdf", ".doc", ".docx", ".wps", ".xls", ".xlsx", ".et", ".zip", ".rar")
_BODY = "/html/body"


def read(content: bytes, source: Source, limits: Limits) -> Document:
    """Read a web page.

    Raises:
        Unreadable: when its encoding is unknown, it is beyond the limits, or it shows nothing.
    """
    text, encoding, undecoded = decode(content)
    tree = parse(text)
    page = Page(hidden_elements(tree, text), limits, source.part)
    body = tree.body
    if body is not None:
        page.read(body, _BODY)
    has_tables = any(isinstance(block, Grid) for block in page.blocks)
    skipped = [*page.skipped, *_unread(tree, source.part, foreign=has_tables)]
    if undecoded:
        skipped.append(Skipped(MarkupPlace(1, 0, source.part, xpath="/html"), f"{undecoded} 处字节无法解码，已略去"))
    if not page.blocks and not skipped:
        raise Unreadable("网页里没有文字")
    return Document(source.path, source.sha256, source.size, encoding, tuple(page.blocks), "html", tuple(skipped))


def _unread(tree: LexborHTMLParser, part: str, foreign: bool) -> list[Skipped]:
    """Say what a page shows that is no words of its own; beside its own tables (`foreign`) that is decoration."""
    place = MarkupPlace(1, 0, part, xpath=_BODY)
    files = [
        unquote(urlsplit(address).path.rpartition("/")[2])
        for link in tree.css("a[href], iframe[src], embed[src], object[data]")
        if _is_attachment(address := attribute(link, "href") or attribute(link, "src") or attribute(link, "data"))
    ]
    frames = len(tree.css("frame")) + sum(not _is_attachment(attribute(one, "src")) for one in tree.css("iframe[src]"))
    found = [
        (len(files), f"附件 {len(files)} 个（{'、'.join(files[:3])}），不在网页里，未核验"),
        (frames, f"框架 {frames} 个，内容在另外的网页里，未核验"),
        (count := len(tree.css("img")), f"图片 {count} 张，未核验"),
    ]
    return [Skipped(place, reason, foreign=foreign, opaque=True) for number, reason in found if number]


def _is_attachment(address: str) -> bool:
    try:
        return urlsplit(address).path.lower().endswith(_ATTACHED)
    except ValueError:
        return False
