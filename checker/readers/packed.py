"""Zipped XML, safely opened: what Word documents and workbooks are made of.

Nothing is unpacked to disk, so the names of members are only ever looked up. Every limit is checked before the bytes
are inflated; document type declarations, which Office never writes, are refused because entities live in them.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from types import TracebackType
from typing import NamedTuple

from lxml import etree

from checker.readers.limits import Limits, Unreadable

RATIO_FREE = 16 * 1024 * 1024
"""Bytes that a member may always inflate to, however small it is packed: short parts of blanks compress absurdly."""

MOST_TAGS = 8_000_000
"""Tags in an XML part beyond which its tree would fill the memory, however few bytes it is packed into."""

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


class Relation(NamedTuple):
    """A link from one part of a package to another: the last word of its type, and the name of the part it leads to.

    `outside` says that the target is an address outside the package.
    """

    kind: str
    target: str
    outside: bool


class Package:
    """An opened zip file whose members are read within the limits; close it, or use it in a `with` statement."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self._archive = archive
        self._limits = limits
        self._inflated = 0
        self._members: dict[str, zipfile.ZipInfo] = {}
        for info in archive.infolist():
            name = info.filename.replace("\\", "/").lstrip("/")
            if self._members.setdefault(name, info) is not info and not name.endswith("/"):
                # Programs differ in which of the two they open; whichever is read, the other would go unread.
                archive.close()
                raise Unreadable(f"压缩文件里有两个 {name}，无法确定用哪一个")
        self._folded = {name.lower(): name for name in self._members}

    def __enter__(self) -> Package:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._archive.close()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the members, in the order of the archive, with forward slashes."""
        return tuple(self._members)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._folded

    def read(self, name: str) -> bytes:
        """Return a member; a name that no member has exactly is looked up without regard to case, as Office does.

        Raises:
            Unreadable: when it is missing, encrypted, damaged, or larger than the limits allow.
        """
        key = name if name in self._members else self._folded.get(name.lower())
        if key is None:
            raise Unreadable(f"文件不完整：缺少 {name}")
        info = self._members[key]
        if info.flag_bits & 1:
            raise Unreadable("文件已加密，请先去掉密码")
        if info.file_size > max(RATIO_FREE, self._limits.ratio * info.compress_size):
            raise Unreadable(f"{name} 解压后是压缩时的 {self._limits.ratio} 倍以上，疑为压缩炸弹")
        self._inflated += info.file_size
        if self._inflated > self._limits.inflated:
            raise Unreadable(f"文件解压后超过上限 {self._limits.inflated:,} 字节")
        try:
            return self._archive.read(info)
        except _BROKEN as error:
            raise Unreadable(f"文件已损坏：{name} 无法解压") from error

    def relations(self, part: str = "") -> dict[str, Relation]:
        """Return the links of a part (of the package itself for "") by their ids; none when it has no list of links.

        Raises:
            Unreadable: when the list is damaged.
        """
        folder, base = posixpath.split(part)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        if name not in self:
            return {}
        found: dict[str, Relation] = {}
        for link in parse_xml(self.read(name), name).iterchildren("{*}Relationship"):
            target, outside = link.get("Target", ""), link.get("TargetMode") == "External"
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[link.get("Id", "")] = Relation(link.get("Type", "").rpartition("/")[2], target, outside)
        return found


def open_package(content: bytes, limits: Limits) -> Package:
    """Open the bytes of a zip file.

    Raises:
        Unreadable: when they are no complete zip file, or promise more members or bytes than the limits allow.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(content))
    except _BROKEN as error:
        raise Unreadable("压缩文件不完整或已损坏") from error
    members = archive.infolist()
    if len(members) > limits.members:
        raise Unreadable(f"压缩文件里有 {len(members):,} 个文件，超过上限 {limits.members:,} 个")
    if (inflated := sum(info.file_size for info in members)) > limits.inflated:
        raise Unreadable(f"文件解压后将有 {inflated:,} 字节，超过上限 {limits.inflated:,} 字节")
    return Package(archive, limits)


def parse_xml(data: bytes, name: str = "") -> etree._Element:
    """Parse an XML part and return its root; `name` is for the message.

    Raises:
        Unreadable: when it is no XML, is nested deeper than any real part, or declares a document type.
    """
    _refuse_crowds(data, name)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _bad_xml(name, error) from error
    _refuse_declarations(root, name)
    return root


def parse_events(
    data: bytes, tags: Iterable[str], name: str = "", events: tuple[str, ...] = ("end",)
) -> Iterator[tuple[str, etree._Element]]:
    """Yield (event, element) for the elements of an XML part that have one of `tags`, while it is being parsed.

    The caller clears the elements that it is done with; the names of tags are written `{namespace}name`.

    Raises:
        Unreadable: as `parse_xml`, at the element where the trouble is met.
    """
    _refuse_crowds(data, name)
    stream = etree.iterparse(
        BytesIO(data), events, tag=list(tags), resolve_entities=False, no_network=True, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    checked = False
    try:
        for event, element in stream:
            if not checked:
                _refuse_declarations(element, name)
                checked = True
            yield event, element
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _bad_xml(name, error) from error


def _refuse_crowds(data: bytes, name: str) -> None:
    if len(data) > MOST_TAGS and (tags := data.count(b"<")) > MOST_TAGS:
        raise Unreadable(f"{name} 有 {tags:,} 个标记，超过上限 {MOST_TAGS:,} 个")


def _refuse_declarations(element: etree._Element, name: str) -> None:
    if element.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(f"{name} 含有文档类型声明（DTD），Office 文件不应有，疑为实体炸弹")


def _bad_xml(name: str, error: Exception) -> Unreadable:
    reason = str(error)
    if "depth" in reason.lower():
        return Unreadable(f"{name} 嵌套过深")
    if "entit" in reason.lower() or "amplification" in reason.lower():
        return Unreadable(f"{name} 含有实体，疑为实体炸弹")
    return Unreadable(f"文件已损坏：{name} 不是完整的 XML（{reason}）")
