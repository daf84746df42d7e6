"""The keys of the settings: how each is written in `gouji.toml` and in the environment, and what its values are."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec

from checker.gate.policy import FailOn
from checker.yaml_source import did_you_mean

NONE: Final = "none"
"""Names no file where one would be looked for: `--baseline none`."""
PREFIX: Final = "GOUJI_"


class Key(msgspec.Struct, frozen=True):
    """What the value of a key is made of.

    `typed` takes a value as TOML has it and the folder that paths are relative to, `parsed` the text of a variable;
    both raise ValueError with the reason when it is no such value.
    """

    typed: Callable[[object, Path], object]
    parsed: Callable[[str, Path], object]


def variable(key: str) -> str:
    """Return the environment variable of a key."""
    return PREFIX + key.upper().replace("-", "_")


def _severity(value: object, folder: Path) -> object:
    text = _text(value, folder)
    if text not in list(FailOn):
        raise ValueError(f"“{text}”不在 {'、'.join(FailOn)} 之中{did_you_mean(text, FailOn)}")
    return FailOn(text)


def _count(least: int, most: int) -> Callable[[object, Path], object]:
    def typed(value: object, folder: Path) -> object:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise ValueError(f"“{value}”不是 {least} 到 {most} 的整数")
        return value

    return typed


def _flag(value: object, folder: Path) -> object:
    if not isinstance(value, bool):
        raise ValueError(f"“{value}”应为 true 或 false")
    return value


def _text(value: object, folder: Path) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError(f"“{value}”应为文字")
    return value


def _path(value: object, folder: Path) -> object:
    text = _text(value, folder)
    return text if text == NONE else str(folder / text)


def _language(value: object, folder: Path) -> object:
    if value not in {"zh", "en"}:
        raise ValueError(f"“{value}”不在 zh、en 之中")
    return value


def _many(one: Callable[[object, Path], object]) -> Callable[[object, Path], object]:
    def typed(value: object, folder: Path) -> object:
        if not isinstance(value, list):
            raise ValueError(f"“{value}”应为列表")
        return tuple(one(each, folder) for each in value)

    return typed


def _output(value: object, folder: Path) -> object:
    kind, _, target = _text(value, folder).partition("=")
    return f"{kind}={folder / target}" if target not in {"", "-"} else str(value)


def _limits(value: object, folder: Path) -> object:
    if not isinstance(value, dict):
        raise ValueError("应为 名称 = 数字 的一节")
    for name, number in value.items():
        if isinstance(number, bool) or not isinstance(number, int) or number <= 0:
            raise ValueError(f"{name}：“{number}”不是正整数")
    return tuple(f"{name}={number}" for name, number in value.items())


def _parse_number(typed: Callable[[object, Path], object]) -> Callable[[str, Path], object]:
    return lambda text, folder: typed(int(text) if text.isascii() and text.isdecimal() else text, folder)


def _parse_flag(text: str, folder: Path) -> object:
    return _flag({"true": True, "1": True, "false": False, "0": False}.get(text.casefold(), text), folder)


def _parse_list(typed: Callable[[object, Path], object], separator: str) -> Callable[[str, Path], object]:
    return lambda text, folder: typed([part for part in text.split(separator) if part], folder)


def _parse_limits(text: str, folder: Path) -> object:
    return tuple(part for part in text.split(",") if part)


def _number(least: int, most: int) -> Key:
    typed = _count(least, most)
    return Key(typed, _parse_number(typed))


def _list(typed: Callable[[object, Path], object], separator: str = ",") -> Key:
    return Key(_many(typed), _parse_list(_many(typed), separator))


_SEVERITY: Final = Key(_severity, _severity)
_FLAG: Final = Key(_flag, _parse_flag)
_TEXT: Final = Key(_text, _text)
_PATH: Final = Key(_path, _path)

KEYS: Final[dict[str, Key]] = {
    "fail-on": _SEVERITY,
    "min-coverage": _number(0, 100),
    "new-only": _FLAG,
    "layout": _TEXT,
    "rules": _list(_path, os.pathsep),
    "baseline": _PATH,
    "waivers": _PATH,
    "waiver-days": _number(1, 3660),
    "previous": _PATH,
    "output": _list(_output),
    "jobs": _number(0, 1024),
    "lang": Key(_language, _language),
    "limits": Key(_limits, _parse_limits),
}
"""What can be set, in the order in which it is shown."""

LOCK_KEYS: Final[dict[str, Key]] = {
    "fail-on": _SEVERITY,
    "min-coverage": _number(0, 100),
    "new-only": _FLAG,
    "baseline": _FLAG,
    "waivers": _FLAG,
    "waiver-days": _number(1, 3660),
    "packs": _list(_text),
    "rules": _TEXT,
}
"""What can be locked: floors, what may be used at all, and the rules that must be in force."""

OTHER_VARIABLES: Final = ("GOUJI_CONFIG", "GOUJI_CACHE")
"""Variables that are no settings of the gate; what begins like one of them is left alone."""
