"""An Office file in which some parts are replaced or added, and all others stay byte for byte."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Final

from lxml import etree

from checker.outputs.packing import packed
from checker.readers.limits import Limits
from checker.readers.packed import open_package, parse_xml

_CONTENT_TYPES: Final = "[Content_Types].xml"
_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_LINKS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT: Final = "http://purl.oclc.org/ooxml/officeDocument/relationships"


class EditedPackage:
    """The members of an Office file, read within the limits of the readers.

    Raises:
        Unreadable: when it is damaged, encrypted, or larger than the limits allow.
    """

    def __init__(self, content: bytes) -> None:
        with open_package(content, Limits()) as package:
            self._members = {name: package.read(name) for name in package.names if not name.endswith("/")}
        self._folded = {name.lower(): name for name in self._members}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._folded

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the parts, in their order."""
        return tuple(self._members)

    def read(self, name: str) -> bytes:
        """Return a part; its name is looked up without regard to case, as Office does."""
        return self._members[self._folded[name.lower()]]

    def write(self, name: str, content: bytes) -> None:
        """Replace a part, or add one."""
        name = self._folded.setdefault(name.lower(), name)
        self._members[name] = content

    def tree(self, name: str) -> etree._Element:
        """Return the root of an XML part."""
        return parse_xml(self.read(name), name)

    def write_tree(self, name: str, root: etree._Element) -> None:
        """Replace or add an XML part."""
        self.write(name, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))

    def free_name(self, pattern: str) -> str:
        """Return the first name that no part has; `pattern` has `{}` for its number."""
        number = 1
        while pattern.format(number) in self:
            number += 1
        return pattern.format(number)

    def links(self, part: str = "") -> Iterator[tuple[str, str, str]]:
        """Yield the links of a part to parts inside the package: id, the last word of the type, and target."""
        name = _links_of(part)
        if name in self:
            for link in self.tree(name):
                if isinstance(link.tag, str) and link.get("TargetMode") != "External":
                    target = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), link.get("Target", "")))
                    yield link.get("Id", ""), link.get("Type", "").rpartition("/")[2], target.lstrip("/")

    def link(self, part: str, kind: str, target: str, *, strict: bool = False) -> str:
        """Link a part to another one, and return the id of the link."""
        name = _links_of(part)
        root = self.tree(name) if name in self else etree.fromstring(f'<Relationships xmlns="{_LINKS}"/>')
        taken = {link.get("Id") for link in root}
        number = len(root) + 1
        while f"rId{number}" in taken:
            number += 1
        base = _STRICT if strict else _OFFICE
        etree.SubElement(
            root, f"{{{_LINKS}}}Relationship",
            {"Id": f"rId{number}", "Type": f"{base}/{kind}", "Target": f"/{target}"},
        )  # fmt: skip
        self.write_tree(name, root)
        return f"rId{number}"

    def declare(self, name: str, kind: str) -> None:
        """Say of which content type a new part is."""
        root = self.tree(_CONTENT_TYPES)
        if not any(each.get("PartName", "").lower() == f"/{name}".lower() for each in root):
            etree.SubElement(root, f"{{{_TYPES}}}Override", {"PartName": f"/{name}", "ContentType": kind})
            self.write_tree(_CONTENT_TYPES, root)

    def rendered(self) -> bytes:
        """Return the file; the same edits give the same bytes."""
        return packed(self._members)


def _links_of(part: str) -> str:
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{base}.rels")
