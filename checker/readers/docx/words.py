"""The words of one paragraph as it is printed: tracked changes accepted, fields by their results, hidden text dropped.

Nearly all paragraphs hold plain runs only and are read in one pass of the C library; the first sign of anything else
sends the paragraph to the careful walk.
"""

from __future__ import annotations

from typing import Final

from lxml import etree

from checker.readers.docx import tags
from checker.readers.docx.numbering import Numbering, Style

MARKS: Final = {
    tags.TAB: "\t", tags.PTAB: "\t", tags.BR: "\n", tags.CR: "\n", tags.NO_BREAK_HYPHEN: "-",
}  # fmt: skip
UNUSUAL: Final = (
    tags.TABS, tags.NUM_PR, tags.DEL, tags.MOVE_FROM, tags.FLD_CHAR, tags.ALTERNATE, tags.TEXT_BOX, tags.SYM,
    tags.VANISH, tags.RUBY_TEXT, tags.FOOTNOTE_REFERENCE, tags.ENDNOTE_REFERENCE, tags.OBJECT, tags.BLIP,
    tags.IMAGE_DATA, tags.CHART, tags.MATH_TEXT,
)  # fmt: skip
_WATCHED: Final = (tags.T, *MARKS, tags.P_STYLE, tags.R_STYLE, *UNUSUAL)
_SILENT: Final = frozenset(
    {tags.PPR, tags.RPR, tags.SDT_PR, tags.DEL, tags.MOVE_FROM, tags.DEL_TEXT, tags.INSTR_TEXT, tags.RUBY_TEXT}
)
NOTES: Final = {tags.FOOTNOTE_REFERENCE: tags.FOOTNOTE, tags.ENDNOTE_REFERENCE: tags.ENDNOTE}
"""The marks of notes, and the elements that hold these."""
_EMU_PER_CM = 360_000
_SYMBOLS: Final = {
    "wingdings": {0x6F: "□", 0xA8: "□", 0xFC: "✓", 0xFE: "☑", 0xFD: "☒", 0xFB: "✗", 0x6C: "●", 0x6E: "■"},
    "wingdings 2": {0x50: "✓", 0x52: "☑", 0x54: "☒", 0xA3: "□", 0x4F: "✗"},
    "symbol": {
        0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xB0: "°", 0x2D: "-", 0x3C: "<",
        0x3D: "=", 0x3E: ">", 0x25: "%", 0x2B: "+", 0xB7: "·", 0x44: "Δ",
    },
}  # fmt: skip
"""What the letters of the symbol fonts print, as far as filings use them."""


class Words:
    """What a paragraph prints, and what else hangs on it.

    `text` holds tabs as tabs and line breaks as line feeds; `boxes` are its text boxes, `notes` the kinds and ids of
    its footnotes and endnotes; `hidden` counts hidden runs,
    `objects` and `charts` embedded ones; `pictures` gives the size of each picture in square centimetres. `goes_on`
    says that the mark at its end is deleted, so that the next paragraph continues it.
    """

    __slots__ = (
        "boxes",
        "charts",
        "fields",
        "goes_on",
        "hidden",
        "is_contents",
        "notes",
        "objects",
        "pictures",
        "pieces",
    )

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.boxes: list[etree._Element] = []
        self.notes: list[tuple[str, str]] = []
        self.pictures: list[float] = []
        self.fields: list[bool] = []
        self.hidden = self.objects = self.charts = 0
        self.goes_on = self.is_contents = False

    @property
    def text(self) -> str:
        """The words as printed."""
        return "".join(self.pieces)


class WordReader:
    """Reads paragraphs one after another; the order matters, since lists count on."""

    def __init__(self, styles: dict[str, Style], numbering: Numbering) -> None:
        self.styles = styles
        self._numbering = numbering

    def read(self, paragraph: etree._Element) -> str | Words:
        """Return the words of a paragraph: plain text, or more where there is more to say."""
        pieces: list[str] = []
        for element in paragraph.iter(*_WATCHED):
            tag = element.tag
            if tag == tags.T:
                pieces.append(element.text or "")
            elif tag in MARKS:
                pieces.append(MARKS[tag])
            elif tag in (tags.P_STYLE, tags.R_STYLE):
                if element.get(tags.VAL) in self.styles:
                    return self._read_carefully(paragraph)
            else:
                return self._read_carefully(paragraph)
        return "".join(pieces)

    def _read_carefully(self, paragraph: etree._Element) -> Words:
        words = Words()
        properties = paragraph.find(tags.PPR)
        if properties is not None:
            self._begin(properties, words)
        self._walk(paragraph, words)
        return words

    def _begin(self, properties: etree._Element, words: Words) -> None:
        """Take from the properties of a paragraph its number, and whether its end is deleted."""
        named = properties.find(tags.P_STYLE)
        style_id = "" if named is None else named.get(tags.VAL, "")
        style = self.styles.get(style_id, Style())
        words.is_contents = style.is_contents or any(
            stop.get(tags.LEADER, "none") != "none" for stop in properties.iterfind(f"{tags.TABS}/{tags.TAB}")
        )
        mark = properties.find(tags.RPR)
        words.goes_on = mark is not None and any(mark.find(tag) is not None for tag in (tags.DEL, tags.MOVE_FROM))
        list_id, level = style.list_id, style.level
        numbered = properties.find(tags.NUM_PR)
        if numbered is not None:
            own_id, own_level = numbered.find(tags.NUM_ID), numbered.find(tags.ILVL)
            list_id = list_id if own_id is None else own_id.get(tags.VAL, "")
            level = level if own_level is None else tags.whole(own_level.get(tags.VAL))
        if list_id and list_id != "0":
            words.pieces.append(self._numbering.next(list_id, level, style_id))

    def _walk(self, parent: etree._Element, words: Words) -> None:
        for element in parent:
            tag = element.tag
            if tag in _SILENT:
                continue
            if tag == tags.FLD_CHAR:
                _follow_field(element, words)
            elif tag == tags.R and self._is_hidden(element):
                words.hidden += any(part.text for part in element.iter(tags.T))
                for mark in element.iterchildren(tags.FLD_CHAR):
                    _follow_field(mark, words)
            elif tag == tags.R:
                self._walk(element, words)
            elif not any(words.fields):
                self._print(element, words)

    def _print(self, element: etree._Element, words: Words) -> None:
        tag = element.tag
        if tag in (tags.T, tags.MATH_TEXT):
            words.pieces.append(element.text or "")
        elif tag in MARKS:
            words.pieces.append(MARKS[tag])
        elif tag == tags.SYM:
            words.pieces.append(_symbol(element))
        elif tag == tags.TEXT_BOX:
            words.boxes.append(element)
        elif tag in NOTES:
            words.notes.append((NOTES[tag], element.get(tags.ID, "")))
        elif tag == tags.ALTERNATE:
            branch = chosen(element)
            if branch is not None:
                self._walk(branch, words)
        else:
            _note(element, words)
            self._walk(element, words)

    def _is_hidden(self, run: etree._Element) -> bool:
        properties = run.find(tags.RPR)
        if properties is None:
            return False
        vanish = properties.find(tags.VANISH)
        if vanish is not None:
            return tags.is_on(vanish.get(tags.VAL))
        named = properties.find(tags.R_STYLE)
        style = None if named is None else self.styles.get(named.get(tags.VAL, ""))
        return style is not None and style.hidden


def chosen(alternate: etree._Element) -> etree._Element | None:
    """Return the branch of alternate contents that is read: the first choice, unless only the fallback holds words."""
    choice, fallback = alternate.find(tags.CHOICE), alternate.find(tags.FALLBACK)
    if choice is None or (fallback is not None and _says(fallback) and not _says(choice)):
        return fallback
    return choice


def _says(branch: etree._Element) -> bool:
    return next(branch.iter(tags.T, tags.TBL), None) is not None


def _follow_field(element: etree._Element, words: Words) -> None:
    """Keep track of fields: what stands between their begin and their separator is an instruction."""
    kind = element.get(tags.FLD_CHAR_TYPE)
    if kind == "begin":
        words.fields.append(True)
    elif kind == "separate" and words.fields:
        words.fields[-1] = False
    elif kind == "end" and words.fields:
        words.fields.pop()


def _note(element: etree._Element, words: Words) -> None:
    """Count what cannot be read as words: objects, charts, pictures."""
    if element.tag == tags.OBJECT:
        words.objects += 1
    elif element.tag == tags.CHART:
        words.charts += 1
    elif element.tag in (tags.BLIP, tags.IMAGE_DATA):
        words.pictures.append(_area(element))


def _area(picture: etree._Element) -> float:
    """Return the size of a picture in square centimetres; nothing where the drawing does not say."""
    for ancestor in picture.iterancestors():
        extent = ancestor.find(tags.EXTENT)
        if extent is not None:
            return tags.whole(extent.get("cx")) * tags.whole(extent.get("cy")) / _EMU_PER_CM**2
        if ancestor.tag == tags.R:
            break
    return 0.0


def _symbol(element: etree._Element) -> str:
    """Return the sign that a letter of a symbol font prints; nothing for an ornament."""
    try:
        code = int(element.get(f"{{{tags.MAIN}}}char", ""), 16)
    except ValueError:
        return ""
    if 0xF000 <= code <= 0xF0FF:
        code -= 0xF000
    font = element.get(f"{{{tags.MAIN}}}font", "").lower()
    if font in _SYMBOLS:
        return _SYMBOLS[font].get(code, "")
    return chr(code) if 0x20 <= code < 0xE000 and not 0xD800 <= code < 0xE000 else ""
