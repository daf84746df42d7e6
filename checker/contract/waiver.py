"""Waivers as the contract writes them, and what became of each."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class WaiverState(StrEnum):
    """What became of a waiver: used, no such finding any more, its figure changed, or its time is over."""

    USED = "used"
    STALE = "stale"
    LAPSED = "lapsed"
    EXPIRED = "expired"


class WaiverJson(msgspec.Struct, frozen=True):
    """A waiver, and what became of it in this run.

    `used`, `lapsed` and `stale` are the ids of the findings that it names: waived, printed with other figures now, and
    found no more. Its state is the worst of them; an expired waiver waives nothing.
    """

    state: WaiverState
    rule: str
    filer: str
    year: int
    places: tuple[str, ...]
    reason: str
    approver: str
    approved_on: str
    expires: str
    used: tuple[str, ...] = ()
    lapsed: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
