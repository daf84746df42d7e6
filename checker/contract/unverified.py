"""What could not be verified, as the contract writes it: parts skipped, cells not read, figures not ticked."""

from __future__ import annotations

import msgspec

from checker.contract.place import At


class SkippedJson(msgspec.Struct, frozen=True):
    """A part of the document that was not audited, and why; `foreign` when it is none of the filing's own."""

    at: At
    reason: str
    title: str
    lines: int
    foreign: bool = False


class UnreadJson(msgspec.Struct, frozen=True):
    """A cell whose number, or whose column, could not be established."""

    at: At
    text: str
    where: str
    reason: str


class UntickedJson(msgspec.Struct, frozen=True):
    """A figure that no assessed relation touches; `address` is its table, row and column (from 0) in `tables`."""

    ref: str
    text: str
    at: At
    address: tuple[int, ...] = ()
