"""`gouji.toml`: where it is found, and what it says; unknown keys and wrong values are complaints with their line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import msgspec

from checker.gate.keys import KEYS, LOCK_KEYS, Key
from checker.yaml_source import Complaint, SourceError, did_you_mean

FILE: Final = "gouji.toml"
_LOCK: Final = "lock"
_AT: Final = re.compile(r"\(at line (\d+), column (\d+)\)")


class ConfigFile(msgspec.Struct, frozen=True):
    """What a file sets and what it locks, by key, each value checked; `lines` says where, locks under `lock.KEY`."""

    path: Path
    settings: dict[str, object]
    lock: dict[str, object]
    lines: dict[str, int]

    def where(self, key: str) -> str:
        """Return the file and line of a key."""
        return f"{self.path}:{self.lines.get(key, 1)}"


def find_config(start: Path) -> Path | None:
    """Return the nearest `gouji.toml` from a file or folder upwards, a repository's own folder being the last."""
    for folder in _upwards(start):
        if (folder / FILE).is_file():
            return _near(folder / FILE)
        if (folder / ".git").exists():
            return None
    return None


def find_locks(starts: Iterable[Path]) -> list[Path]:
    """Return every `gouji.toml` above some files and folders, outermost first: locks reach into repositories."""
    found = {folder / FILE: None for start in starts for folder in reversed(_upwards(start))}
    return [_near(path) for path in sorted(found, key=lambda path: len(path.parts)) if path.is_file()]


def read_config(path: Path) -> ConfigFile:
    """Return what a file says.

    Raises:
        OSError: when it cannot be opened.
        SourceError: with every complaint, when it does not say what it must.
    """
    text = _text(path)
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = _AT.search(str(error))
        line, column = (int(at[1]), int(at[2])) if at else (len(text.splitlines()) or 1, 1)
        raise SourceError([Complaint(str(path), line, column, f"TOML 语法错误：{_AT.sub('', str(error))}")]) from None
    lines = _lines(text)
    lock = content.pop(_LOCK, {})
    complaints: list[Complaint] = []
    if not isinstance(lock, dict):
        complaints.append(Complaint(str(path), lines.get(_LOCK, 1), 1, "[lock] 应为一节"))
        lock = {}
    settings = _checked(path, content, KEYS, lines, "", complaints)
    locked = _checked(path, lock, LOCK_KEYS, lines, "lock.", complaints)
    if complaints:
        raise SourceError(complaints)
    return ConfigFile(path, settings, locked, lines)


def _checked(
    path: Path,
    content: Mapping[str, object],
    keys: Mapping[str, Key],
    lines: Mapping[str, int],
    lead: str,
    complaints: list[Complaint],
) -> dict[str, object]:
    """Return the values of known keys in the terms of the settings, and complain about everything else."""
    values: dict[str, object] = {}
    for name, raw in content.items():
        line = lines.get(f"{lead}{name}", 1)
        if name not in keys:
            section = "[lock] 没有这一项" if lead else "未知的键"
            complaints.append(Complaint(str(path), line, 1, f"{section}“{name}”{did_you_mean(name, keys)}"))
            continue
        try:
            values[name] = keys[name].typed(raw, path.parent)
        except ValueError as error:
            complaints.append(Complaint(str(path), line, 1, f"{name}：{error}"))
    return values


def _lines(text: str) -> dict[str, int]:
    """Return the line of each key, those of a section under `section.key`; what stands in a text is not looked for."""
    found: dict[str, int] = {}
    section = ""
    for number, line in enumerate(text.splitlines(), start=1):
        bare = line.strip()
        if bare.startswith("["):
            section = bare.strip("[] \t").partition("]")[0].strip(" \"'")
            found.setdefault(section, number)
            section += "."
        elif "=" in bare and not bare.startswith("#"):
            name = bare.partition("=")[0].strip(" \"'")
            found.setdefault(f"{section}{name}", number)
    return found


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise SourceError([Complaint(str(path), 1, 1, "不是 UTF-8 文本")]) from None


def _near(path: Path) -> Path:
    """Return a path as seen from the folder of the run when it lies below it: so it is told, and so are its files."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _upwards(start: Path) -> list[Path]:
    """Return the folder of a file, or a folder, and all folders above it."""
    whole = start.resolve()
    return [*([whole] if whole.is_dir() else []), *whole.parents]
