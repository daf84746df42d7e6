"""Outcomes: what applying one rule to one place came to. All are recorded, not only failures."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from checker.model.place import Place
from checker.model.rule import RuleInfo, Severity
from checker.model.table import Operand


class Verdict(StrEnum):
    """The result of one application of a rule.

    NIL is an equation between blanks and zeros: it holds, and proves nothing. FAULT is the rule's own failure.
    """

    AGREES = "agrees"
    NIL = "nil"
    ROUNDING = "rounding"
    DIFFERS = "differs"
    NOT_APPLICABLE = "not_applicable"
    UNASSESSED = "unassessed"
    FAULT = "fault"


class Outcome(msgspec.Struct, frozen=True, gc=False):
    """One application of one rule.

    `operands` are the cells that took part, the subject first; `residual` is what the stated side exceeds the derived
    side by, in steps of 10 ** `exponent` of the base unit, `tolerance` the largest residual that rounding explains, in
    tenths of a step. `reason` says why nothing was assessed, or what was found where nothing numeric was. `about` names
    the place of an application without operands (a missing form, an unmatched key). `excerpt` is the sentence or cell
    of the original that was judged, where it is no figure.
    """

    rule: RuleInfo
    verdict: Verdict
    operands: tuple[Operand, ...] = ()
    signs: tuple[int, ...] = ()
    about: str = ""
    residual: int = 0
    exponent: int = 0
    tolerance: int = 0
    severity: Severity | None = None
    reason: str = ""
    place: Place | None = None
    relation: str = "="
    excerpt: str = ""
