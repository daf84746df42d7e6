"""What does not agree, as the contract writes it: findings with their operands, and the observations they make."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from checker.contract.place import At


class State(StrEnum):
    """How a finding stands to the previous audit of the same filing; UNKNOWN where there is none."""

    UNKNOWN = ""
    NEW = "new"
    REMAINING = "remaining"


class OperandJson(msgspec.Struct, frozen=True):
    """One figure of a finding: `sign` is +1 on the stated side, -1 on the derived side.

    `address` is its table, row and column (from 0) in `tables`; nothing when it stands in the prose.
    """

    ref: str
    text: str
    value: str | None
    unit: str
    at: At
    sign: int
    address: tuple[int, ...] = ()


class WaivedJson(msgspec.Struct, frozen=True):
    """Why a finding is waived: who approved it, when, until when, for what reason."""

    reason: str
    approver: str
    approved_on: str
    expires: str


class FindingJson(msgspec.Struct, frozen=True):
    """Something that does not agree; amounts are exact decimals in `unit`, as text.

    `address` is the table, or table and row, or table, row and column (from 0) that it is about, nothing when it is
    about the prose or the filing. `state` compares with the previous audit; `baselined` says that a baseline knows it;
    `waived` that somebody answers for it. `before` is given when the figures are others than in the previous audit or
    in the baseline: the difference they had then, empty where none was told.
    """

    id: str
    values: str
    rule: str
    name: str
    kind: str
    severity: str
    message: str
    advice: str
    basis: str
    ref: str
    at: At
    expected: str | None
    actual: str | None
    difference: str | None
    limit: str | None
    unit: str
    relation: str
    operands: tuple[OperandJson, ...]
    excerpt: str = ""
    address: tuple[int, ...] = ()
    state: State = State.UNKNOWN
    baselined: bool = False
    waived: WaivedJson | None = None
    before: str | None = None


class ObservationJson(msgspec.Struct, frozen=True):
    """The findings of one rule at one severity, by their ids; observations stand in the order to look at them in.

    `first` is the id of the finding that speaks for all.
    """

    rule: str
    severity: str
    count: int
    findings: tuple[str, ...]
    first: str = ""
