"""Locks: what a bureau has fixed for every project below its folder; settings may tighten it, never loosen it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Final, cast

import msgspec

from checker.gate.config_file import ConfigFile
from checker.gate.keys import NONE
from checker.gate.policy import FailOn

if TYPE_CHECKING:
    from checker.gate.settings import Setting

_STRICTNESS: Final = {FailOn.NEVER: 0, FailOn.ERROR: 1, FailOn.WARNING: 2, FailOn.NOTICE: 3}


class Lock(msgspec.Struct, frozen=True):
    """What is locked, by key, where each stands, and the rules folders that locked packs come from."""

    values: dict[str, object] = {}
    origins: dict[str, str] = {}
    folders: tuple[str, ...] = ()

    def where(self, key: str) -> str:
        """Return the file and line of a lock."""
        return self.origins.get(key, "")

    def floor(self, key: str) -> object:
        """Return what a setting is raised to that nobody has set."""
        value = self.values[key]
        return None if value is False and key in {"baseline", "waivers"} else value

    def allows(self, key: str) -> bool:
        """Say whether something may be used at all."""
        return self.values.get(key) is not False

    def complaint(self, key: str, value: object) -> str | None:
        """Return why a value is looser than the lock allows; None when it is not."""
        if key not in self.values:
            return None
        locked = self.values[key]
        loose = False
        match key:
            case "fail-on":
                loose = _STRICTNESS[cast(FailOn, value)] < _STRICTNESS[cast(FailOn, locked)]
            case "min-coverage":
                loose = cast(int, value) < cast(int, locked)
            case "waiver-days":
                loose = cast(int, value) > cast(int, locked)
            case "new-only":
                loose = value is True and locked is False
            case "baseline" | "waivers":
                loose = value not in {None, NONE} and locked is False
        return f"“{_shown(value)}”比锁定的“{_shown(locked)}”宽，锁定见 {self.where(key)}" if loose else None

    def with_folders(self, setting: Setting) -> Setting:
        """Return the rules folders with those that locked packs come from in front."""
        chosen = cast("tuple[str, ...]", setting.value or ())
        missing = tuple(folder for folder in self.folders if folder not in chosen)
        if not missing:
            return setting
        return msgspec.structs.replace(setting, value=(*missing, *chosen), origin=setting.origin or self.where("packs"))

    def unmet(self, digest: str, packs: Collection[str]) -> list[str]:
        """Return what the loaded rules lack of what is locked; `digest` is that of the rules in force."""
        found = []
        locked = self.values.get("rules")
        if locked is not None and locked != digest:
            found.append(f"生效的规则是 {digest}，锁定的是 {locked}，锁定见 {self.where('rules')}")
        wanted = cast("tuple[str, ...]", self.values.get("packs", ()))
        lacking = [pack for pack in wanted if pack not in packs]
        if lacking:
            found.append(f"没有锁定的规则包“{'”“'.join(lacking)}”，锁定见 {self.where('packs')}")
        return found


def combined(files: Iterable[ConfigFile]) -> Lock:
    """Return what the locks of some files hold together, the outermost file first: inner ones can only add to it."""
    lock = Lock()
    for file in files:
        values, origins = dict(lock.values), dict(lock.origins)
        for key, value in file.lock.items():
            merged = _merged(key, values.get(key), value, lock)
            if merged != values.get(key):
                values[key], origins[key] = merged, file.where(f"lock.{key}")
        folders = lock.folders
        if "packs" in file.lock:
            folders += tuple(cast("tuple[str, ...]", file.settings.get("rules", ())))
        lock = Lock(values, origins, tuple(dict.fromkeys(folders)))
    return lock


def _merged(key: str, outer: object, inner: object, lock: Lock) -> object:
    """Return what holds of two locks of one key: the stricter; of two digests, which can not both hold, the outer."""
    if outer is None:
        return inner
    match key:
        case "packs":
            return tuple(dict.fromkeys((*cast("tuple[str, ...]", outer), *cast("tuple[str, ...]", inner))))
        case "rules":
            return outer
        case "new-only" | "baseline" | "waivers":
            return False if outer is False else inner
        case _:
            return outer if lock.complaint(key, inner) else inner


def _shown(value: object) -> str:
    words: Mapping[object, str] = {True: "true", False: "false"}
    return words.get(value, str(value)) if isinstance(value, bool) else str(value)
