"""Rules as the contract writes them: what they are, how often each outcome came of them, and why not."""

from __future__ import annotations

import msgspec

from checker.contract.place import At


class ReasonJson(msgspec.Struct, frozen=True):
    """Why applications of a rule were not assessed or not applicable, and how many; what they were about, and where."""

    outcome: str
    reason: str
    count: int
    about: tuple[str, ...] = ()
    places: tuple[At | None, ...] = ()


class RuleJson(msgspec.Struct, frozen=True):
    """One rule with the outcomes of its applications to one filing."""

    id: str
    name: str
    kind: str
    severity: str
    outcomes: dict[str, int]
    reasons: tuple[ReasonJson, ...] = ()
    name_en: str = ""
    pack: str = ""
    basis: str = ""
    possible_false_alarm: str = ""
