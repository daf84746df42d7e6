"""Zipped XML that comes out the same every time."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Final

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file can give its members."""


def packed(members: dict[str, bytes]) -> bytes:
    """Return a zip file of members in their order, none of which tells when it was made."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            archive.writestr(member, content)
    return buffer.getvalue()


def unpacked(content: bytes) -> dict[str, bytes]:
    """Return the members of a zip file that this program has made itself."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
