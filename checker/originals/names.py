"""What annotated copies are called, so that they are told from the originals."""

from __future__ import annotations

import re
from pathlib import Path

from checker.outputs.words import LANGUAGES, Words, load_words


def copy_name(original: Path, words: Words) -> str:
    """Return the name of a file's copy: its own, and that it is annotated."""
    return f"{original.stem}-{words('originals.suffix')}{original.suffix}"


def is_copy(path: Path) -> bool:
    """Say whether a name is that of a copy, in any language, with or without a number behind."""
    suffixes = "|".join(re.escape(load_words(language)("originals.suffix")) for language in LANGUAGES)
    return re.search(rf"-(?:{suffixes})(?:-[0-9]+)?$", path.stem) is not None
