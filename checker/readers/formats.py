"""Which format is this? By content, since published files carry any name."""

from __future__ import annotations

import re
import zipfile
from enum import StrEnum
from io import BytesIO

from checker.readers.limits import Unreadable


class Format(StrEnum):
    """The formats that can be read."""

    TEXT = "text"
    PDF = "pdf"
    DOCX = "docx"
    DOC = "doc"
    XLSX = "xlsx"
    XLS = "xls"
    HTML = "html"
    ZIP = "zip"


_FIRST_BYTES = 4096
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_OTHER_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|div|meta)[\s>]", re.IGNORECASE)
_SHEETS_OF_2003 = b"urn:schemas-microsoft-com:office:spreadsheet"
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_EXCEL_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


def format_of(content: bytes) -> Format:
    """Return the format of a file's bytes.

    Raises:
        Unreadable: for pictures, other archives, encrypted Office files and unknown binary formats.
    """
    first = content[:_FIRST_BYTES]
    if first.startswith(b"PK\x03\x04"):
        return _packed(content)
    if first.startswith(b"PK\x05\x06"):
        raise Unreadable("压缩包是空的")
    if first.startswith(_OLE):
        return _compound(content)
    if b"%PDF-" in first[:1024]:  # some producers write a line before it
        return Format.PDF
    if first.startswith(b"{\\rtf"):
        return Format.DOC
    if first.startswith(_IMAGES[:4]) or (first.startswith(_IMAGES[4:]) and b"\x00" in first[4:64]):
        raise Unreadable("这是图片，不是文档")
    if first.startswith(_OTHER_ARCHIVES):
        raise Unreadable("这是 RAR、7z 或 gzip 压缩包，请解压，或改用 zip")
    text = first.decode("utf-16", "ignore").encode() if first.startswith((b"\xff\xfe", b"\xfe\xff")) else first
    if _SHEETS_OF_2003 in text and b"<?xml" in text[:100]:
        raise Unreadable("这是“XML 表格 2003”，请用 Excel 或 WPS 另存为 xlsx")
    return Format.HTML if _MARKUP.search(text) else Format.TEXT


def _packed(content: bytes) -> Format:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = {name.replace("\\", "/") for name in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise Unreadable("压缩文件不完整或已损坏（Word、Excel 和 zip 都是压缩文件）") from error
    if "OFD.xml" in names:
        raise Unreadable("这是 OFD 版式文件，请转换为 PDF")
    # In an archive of several files a folder of that name alone is somebody's order.
    parts = {name.partition("/")[0] for name in names if name.endswith((".xml", ".bin"))}
    if "word" in parts:
        return Format.DOCX
    if "xl" in parts:
        return Format.XLSX
    if "mimetype" in names and "content.xml" in names:
        raise Unreadable("这是 OpenDocument 文件，请另存为 Word 或 Excel 格式")
    return Format.ZIP


def _compound(content: bytes) -> Format:
    """Tell the old binary formats apart by the names of their streams."""
    if _ENCRYPTED_STREAM in content:
        raise Unreadable("文件已加密，请先去掉密码")
    if _WORD_STREAM in content:
        return Format.DOC
    if any(stream in content for stream in _EXCEL_STREAMS):
        return Format.XLS
    raise Unreadable("这是旧版 Office 格式的文件，但既不是 Word 也不是 Excel")
