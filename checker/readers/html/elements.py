"""What the elements of a web page mean for reading it, and which of them are not shown."""

from __future__ import annotations

import re
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from checker.readers.limits import Unreadable

TEXT: Final = "-text"
BREAK: Final = "\v"
"""What stands for a forced line break while the text of an element is collected."""

_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol option p pre search section summary "
    "table tbody td tfoot th thead tr ul"
)
BLOCKS: Final = frozenset(_BLOCK_NAMES.split())
"""Elements that begin and end a line."""

_SILENT_NAMES = (
    "audio base button canvas datalist embed head iframe input link map math meta noscript object script select "
    "style svg template textarea title video -comment"
)
SILENT: Final = frozenset(_SILENT_NAMES.split())
"""Elements whose contents are no words of the page."""

DEEPEST: Final = 2_000
"""Elements in one another that a page may have: sites stay below 50, and a parser's time grows with the square."""

_BLOCK_TAG = re.compile(
    r"<(/?)(?:div|section|article|main|nav|header|footer|aside|center|ul|ol|dl|blockquote|form|fieldset|details|menu"
    r"|figure|address|pre|dir)\b",
    re.IGNORECASE,
)
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_HIDING_WORDS = ("display", "visibility", "mso-hide")


def parse(text: str) -> LexborHTMLParser:
    """Parse a page as a browser does.

    Raises:
        Unreadable: when elements stand in each other deeper than any page has them.
    """
    depth = 0
    for match in _BLOCK_TAG.finditer(text):
        depth = max(0, depth - 1) if match[1] else depth + 1
        if depth > DEEPEST:
            raise Unreadable(f"网页元素嵌套超过 {DEEPEST:,} 层")
    return LexborHTMLParser(text)


def hidden_elements(page: LexborHTMLParser, text: str) -> frozenset[int]:
    """Return the elements that hide themselves, by their identity; what style sheets hide is not known."""
    hidden = {node.mem_id for node in page.css("[hidden]")}
    lowered = text.lower()
    if any(word in lowered for word in _HIDING_WORDS):
        hidden |= {node.mem_id for node in page.css("[style]") if _HIDING.search(node.attributes.get("style") or "")}
    return frozenset(hidden)


def attribute(node: LexborNode, name: str) -> str:
    """Return the value of an attribute, empty where there is none."""
    return node.attributes.get(name) or ""


def after(node: LexborNode, depth: int) -> tuple[LexborNode | None, int]:
    """Return the node that comes after one and all below it, and how many elements end before it, at most `depth`."""
    left = 0
    following = node.next
    while following is None and left < depth:
        parent = node.parent
        if parent is None:
            break
        node = parent
        following = node.next
        left += 1
    return following, left
