"""Findings: outcomes that differ, told so that another program or person can act on them."""

from __future__ import annotations

import hashlib

import msgspec

from checker.model.place import Place
from checker.model.rule import RuleInfo, Severity


class Evidence(msgspec.Struct, frozen=True):
    """One operand of a finding: semantic address, printed text, value, unit, place; `sign` is +1 on the stated side."""

    ref: str
    text: str
    value: str | None
    unit: str
    at: Place
    sign: int = 1


class Finding(msgspec.Struct, frozen=True):
    """Something that does not agree.

    `actual` is what is printed at the subject, `expected` what the other figures make it, `difference` actual minus
    expected, `limit` the largest difference that rounding alone could explain; all exact decimals in `unit`, as text.
    `id` holds still when pages and rows move and when figures change; `values` changes with the figures. `excerpt` is
    the sentence or cell of the original that is meant, where it is no figure.
    """

    id: str
    values: str
    rule: RuleInfo
    severity: Severity
    message: str
    advice: str
    ref: str
    at: Place
    operands: tuple[Evidence, ...] = ()
    expected: str | None = None
    actual: str | None = None
    difference: str | None = None
    limit: str | None = None
    unit: str = ""
    relation: str = "="
    excerpt: str = ""


def fingerprint(*parts: str) -> str:
    """Return a short stable hash of the parts that identify a finding."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
