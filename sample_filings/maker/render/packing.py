"""Packs and compares files so that the same content is the same file, whatever the clock and the compressor say."""

import re
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import Final

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_STREAM: Final = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_POSITIONS: Final = re.compile(rb"/Length \d+|\nxref.*\Z", re.DOTALL)


def pack(parts: Mapping[str, str]) -> bytes:
    """Pack texts into a zip archive that carries no time."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in parts.items():
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            archive.writestr(member, text.encode())
    return packed.getvalue()


def alike(one: bytes, other: bytes) -> bool:
    """Say whether two files hold the same; compressors may differ between machines, what they pack may not."""
    if one == other:
        return True
    if one.startswith(b"PK") and other.startswith(b"PK"):
        return _members(one) == _members(other)
    return one.startswith(b"%PDF") and other.startswith(b"%PDF") and _unpacked(one) == _unpacked(other)


def _members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _unpacked(content: bytes) -> bytes:
    return _POSITIONS.sub(b"", _STREAM.sub(lambda found: _inflated(found[1]), content))


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream
