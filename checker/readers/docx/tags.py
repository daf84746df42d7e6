"""The names of WordprocessingML that the reader looks at."""

from __future__ import annotations

from typing import Final

MAIN: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT: Final = "http://purl.oclc.org/ooxml/wordprocessingml/main"
"""The same vocabulary under the name that ISO 29500 Strict gives it."""

_W: Final = "{%s}" % MAIN  # noqa: UP031 - braces are part of the name
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

VAL: Final = _W + "val"
ID: Final = _W + "id"

BODY: Final = _W + "body"
P: Final = _W + "p"
PPR: Final = _W + "pPr"
R: Final = _W + "r"
RPR: Final = _W + "rPr"
T: Final = _W + "t"
TAB: Final = _W + "tab"
PTAB: Final = _W + "ptab"
TABS: Final = _W + "tabs"
BR: Final = _W + "br"
CR: Final = _W + "cr"
NO_BREAK_HYPHEN: Final = _W + "noBreakHyphen"
SYM: Final = _W + "sym"
FLD_CHAR: Final = _W + "fldChar"
FLD_CHAR_TYPE: Final = _W + "fldCharType"
DEL: Final = _W + "del"
DEL_TEXT: Final = _W + "delText"
INSTR_TEXT: Final = _W + "instrText"
MOVE_FROM: Final = _W + "moveFrom"
RUBY_TEXT: Final = _W + "rt"
VANISH: Final = _W + "vanish"
P_STYLE: Final = _W + "pStyle"
R_STYLE: Final = _W + "rStyle"
NUM_PR: Final = _W + "numPr"
NUM_ID: Final = _W + "numId"
ILVL: Final = _W + "ilvl"
TEXT_BOX: Final = _W + "txbxContent"
OBJECT: Final = _W + "object"
SDT: Final = _W + "sdt"
SDT_PR: Final = _W + "sdtPr"
SDT_CONTENT: Final = _W + "sdtContent"
ALT_CHUNK: Final = _W + "altChunk"
SUB_DOCUMENT: Final = _W + "subDoc"
LEADER: Final = _W + "leader"
FOOTNOTE: Final = _W + "footnote"
FOOTNOTE_REFERENCE: Final = _W + "footnoteReference"
ENDNOTE: Final = _W + "endnote"
ENDNOTE_REFERENCE: Final = _W + "endnoteReference"

TBL: Final = _W + "tbl"
TR: Final = _W + "tr"
TR_PR: Final = _W + "trPr"
TC: Final = _W + "tc"
TC_PR: Final = _W + "tcPr"
GRID_SPAN: Final = _W + "gridSpan"
V_MERGE: Final = _W + "vMerge"
H_MERGE: Final = _W + "hMerge"
GRID_BEFORE: Final = _W + "gridBefore"
HIDDEN: Final = _W + "hidden"

ALTERNATE: Final = _MC + "AlternateContent"
CHOICE: Final = _MC + "Choice"
FALLBACK: Final = _MC + "Fallback"
MATH_TEXT: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
EXTENT: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
BLIP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
CHART: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
IMAGE_DATA: Final = "{urn:schemas-microsoft-com:vml}imagedata"

WRAPPERS: Final = frozenset(
    {SDT, SDT_CONTENT, ALTERNATE, CHOICE, FALLBACK}
    | {_W + name for name in ("ins", "moveTo", "customXml", "smartTag", "hyperlink", "fldSimple", "dir", "bdo")}
)
"""Elements that stand around others without printing anything themselves."""

_OFF: Final = ("0", "false", "off")


def is_on(value: str | None) -> bool:
    """Say whether a switch that is present is on: without a value it is."""
    return value not in _OFF


def whole(value: str | None, otherwise: int = 0) -> int:
    """Return a whole number written in an attribute, or `otherwise` where there is none."""
    return int(value) if value and len(value) < 12 and value.isascii() and value.isdigit() else otherwise
