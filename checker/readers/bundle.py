"""A zip file that holds the parts of one filing → one Document, each address naming its part.

Nothing is unpacked to disk, so the names of members are never paths. What is no document is listed as skipped.
"""

from __future__ import annotations

import hashlib
import zipfile
from io import BytesIO

import msgspec

from checker.model.document import Document, Skipped
from checker.readers import is_debris, read_content
from checker.readers.formats import Format, format_of
from checker.readers.limits import Limits, Source, Unreadable
from checker.readers.packed import Package, open_package
from checker.readers.parts import natural
from checker.readers.together import join, located


def read(content: bytes, source: Source, limits: Limits) -> Document:
    """Read every document in an archive, in the natural order of their names; archives inside are opened likewise.

    Raises:
        Unreadable: when the archive is damaged or larger than the limits allow, or holds nothing that can be read.
    """
    bundle = _Bundle(source, limits)
    bundle.open(content, source.part, 1)
    return join(bundle.documents, bundle.skipped, source, "zip")


class _Bundle:
    """What has been read of an archive; `_left` counts the bytes that it and those inside it may still unpack to."""

    def __init__(self, source: Source, limits: Limits) -> None:
        self.documents: list[Document] = []
        self.skipped: list[Skipped] = []
        self._source = source
        self._limits = limits
        self._left = limits.inflated

    def open(self, content: bytes, inside: str, depth: int) -> None:
        """Read the members of one archive; `inside` names the archive within the outermost one."""
        if depth > self._limits.archives:
            raise Unreadable(f"压缩包套了 {depth} 层，超过上限 {self._limits.archives} 层")
        with open_package(content, self._within()) as package:
            names = {name: f"{inside}/{repaired(name)}".lstrip("/") for name in package.names if not name.endswith("/")}
            for name, part in sorted(names.items(), key=lambda pair: natural(pair[1])):
                if _is_part(part):
                    self._take(package, name, part, depth)

    def _take(self, package: Package, name: str, part: str, depth: int) -> None:
        try:
            content = package.read(name)
            self._left -= len(content)
            if content[:2] == b"PK":
                self._check_inside(content)
            if content.strip() and format_of(content) is Format.ZIP:
                self.open(content, part, depth + 1)
                return
            source = Source(self._source.path, hashlib.sha256(content).hexdigest(), len(content), part)
            self.documents.append(read_content(content, source, self._within()))
        except Unreadable as error:
            if self._left <= 0:
                raise
            self.skipped.append(Skipped(located(error.place, part), f"{part}：{error.reason}", part))

    def _within(self) -> Limits:
        return msgspec.structs.replace(self._limits, inflated=max(self._left, 0))

    def _check_inside(self, content: bytes) -> None:
        """Count what a member that is itself zipped unpacks to against what is left for the whole archive."""
        try:
            with zipfile.ZipFile(BytesIO(content)) as inner:
                self._left -= sum(info.file_size for info in inner.infolist())
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            return
        if self._left <= 0:
            raise Unreadable(f"压缩包解压后超过上限 {self._limits.inflated:,} 字节")


def repaired(name: str) -> str:
    """Return the name of a member with Chinese characters that the archive did not mark as such.

    Chinese Windows writes names in GBK and other programs in UTF-8 without saying so; both are then taken for CP437.
    """
    if name.isascii():
        return name
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def _is_part(name: str) -> bool:
    """Say whether a member is the sender's own, not what an operating system leaves beside it."""
    pieces = name.split("/")
    return "__MACOSX" not in pieces and not is_debris(pieces[-1])
