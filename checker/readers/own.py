"""Which files in a folder are reports that this program has written, and no filings.

Reports are often written beside what they are about, and the next run is given the folder as a whole.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Final

MARK: Final = b'<meta name="generator" content="Gouji">'
"""What every page of ours has near its beginning (`reports/templates/base.html.j2`)."""

_HEAD: Final = 512
_PROPERTIES: Final = "docProps/core.xml"
_MOST: Final = 1 << 16
_WRITTEN_BY: Final = re.compile(
    r"<dc:creator>(?:勾稽|Gouji)</dc:creator>.*<dcterms:created[^>]*>2000-01-01T00:00:00Z<", re.DOTALL
)
"""The author and the fixed day of our ledgers and letters; they stay when somebody fills them in and saves them."""


def is_own_report(path: Path) -> bool:
    """Say whether a file is a report, a ledger or a letter of ours, by what it holds; never by its name."""
    try:
        match path.suffix.lower():
            case ".html" | ".htm":
                with path.open("rb") as file:
                    return MARK in file.read(_HEAD)
            case ".xlsx" | ".docx":
                return _WRITTEN_BY.search(_properties(path)) is not None
    except (OSError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile):
        pass  # what cannot be looked into is for the readers to refuse, by name
    return False


def _properties(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        if _PROPERTIES not in archive.namelist():
            return ""
        with archive.open(_PROPERTIES) as member:
            return member.read(_MOST).decode("utf-8", "replace")
