"""The settings of a run: what the command line, the environment, `gouji.toml` and the defaults make together.

The order of precedence is as listed. A lock of a folder above comes before all of them: they may only tighten it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import msgspec

from checker.gate import baseline, waivers
from checker.gate.config_file import ConfigFile, find_config, find_locks, read_config
from checker.gate.keys import KEYS, NONE, OTHER_VARIABLES, PREFIX, variable
from checker.gate.locks import Lock, combined
from checker.gate.policy import FailOn, Policy
from checker.yaml_source import did_you_mean

_DEFAULTS: Final[dict[str, object]] = {
    "fail-on": FailOn.ERROR,
    "min-coverage": 100,
    "new-only": False,
    "waiver-days": waivers.LONGEST,
    "jobs": 0,
}
_FOUND: Final = {"baseline": baseline.FILE, "waivers": waivers.FILE}
"""Files that are used where they lie beside `gouji.toml`, or in the folder of the run, without being named."""


class WrongSetting(ValueError):
    """A setting that cannot be, or that a lock does not allow; the message says which, and where it stands."""


class Setting(msgspec.Struct, frozen=True):
    """A value, and where it comes from: an option, a variable, a file and line, a file found, or nothing (default)."""

    value: object
    origin: str = ""


class Settings(msgspec.Struct, frozen=True):
    """Every key with its value and origin, the lock that holds, and the folder that files lie in by default."""

    values: dict[str, Setting]
    lock: Lock
    home: Path = Path()

    def __getitem__(self, key: str) -> object:
        """Return the value of a key; None where nothing is set."""
        return self.values[key].value

    @property
    def policy(self) -> Policy:
        """What fails the run."""
        return msgspec.convert(
            {"fail_on": self["fail-on"], "min_coverage": self["min-coverage"], "new_only": self["new-only"]}, Policy
        )

    def path(self, key: str) -> Path | None:
        """Return the file that a key names."""
        value = self[key]
        return Path(str(value)) if value not in {None, NONE} else None

    def texts(self, key: str) -> list[str]:
        """Return a list of texts; empty where nothing is set."""
        value = self[key]
        return [str(each) for each in value] if isinstance(value, tuple | list) else []

    def text(self, key: str) -> str | None:
        """Return a text; None where nothing is set."""
        value = self[key]
        return None if value is None else str(value)

    def number(self, key: str) -> int:
        """Return a whole number that has a default."""
        value = self[key]
        assert isinstance(value, int)
        return value


def settle(
    paths: Iterable[Path],
    flags: Mapping[str, object],
    environment: Mapping[str, str],
    config: Path | None = None,
) -> Settings:
    """Return the settings for a run over some files and folders; `flags` are the options that were given.

    Raises:
        OSError: when a file named with `--config` or $GOUJI_CONFIG cannot be opened.
        SourceError: when a `gouji.toml` does not say what it must.
        WrongSetting: when the environment says what cannot be, or something loosens what is locked.
    """
    starts = list(paths) or [Path()]
    named = config or (Path(environment["GOUJI_CONFIG"]) if environment.get("GOUJI_CONFIG") else None)
    chosen = named or find_config(starts[0])
    reach = [*starts, *([chosen] if chosen is not None else [])]
    above = [path for path in find_locks(reach) if chosen is None or not _same(path, chosen)]
    files = [read_config(path) for path in above]
    own = read_config(chosen) if chosen is not None else None
    lock = combined([*files, *([own] if own else [])])
    values = {name: _setting(name, flags, environment, own) for name in KEYS}
    _check_variables(environment)
    home = chosen.parent if chosen is not None else Path()
    for name, file in _FOUND.items():
        if values[name].value is None and lock.allows(name) and (home / file).is_file():
            values[name] = Setting(str(home / file), str(home / file))
    return Settings({name: _held(name, setting, lock) for name, setting in values.items()}, lock, home)


def _setting(
    name: str, flags: Mapping[str, object], environment: Mapping[str, str], file: ConfigFile | None
) -> Setting:
    if flags.get(name) is not None:
        return Setting(flags[name], f"--{name}")
    text = environment.get(variable(name), "")
    if text:
        try:
            return Setting(KEYS[name].parsed(text, Path()), f"${variable(name)}")
        except ValueError as error:
            raise WrongSetting(f"${variable(name)}：{error}") from None
    if file is not None and name in file.settings:
        return Setting(file.settings[name], file.where(name))
    return Setting(_DEFAULTS.get(name))


def _held(name: str, setting: Setting, lock: Lock) -> Setting:
    """Return a setting as the lock allows it: a default is tightened, what somebody loosened is refused."""
    complaint = lock.complaint(name, setting.value)
    if complaint is None:
        return lock.with_folders(setting) if name == "rules" else setting
    if setting.origin:
        raise WrongSetting(f"{setting.origin}：{complaint}")
    return Setting(lock.floor(name), lock.where(name))


def _check_variables(environment: Mapping[str, str]) -> None:
    known = {variable(name) for name in KEYS}
    for name in environment:
        if name.startswith(PREFIX) and name not in known and not name.startswith(OTHER_VARIABLES):
            hint = did_you_mean(name, [*known, *OTHER_VARIABLES])
            raise WrongSetting(f"${name}：没有这个环境变量的设置{hint}")


def _same(one: Path, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)
