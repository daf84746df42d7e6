"""Rules as written in YAML: every slot a rule may have, and which of them each kind takes."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from checker.model.filing import Stage
from checker.model.rule import Basis, Kind, Severity
from checker.ruleset.arithmetic import ArithmeticText
from checker.ruleset.codes import CodeCheck, CodeList
from checker.ruleset.targets import IndicatorsText, TargetsText
from checker.ruleset.wording import TextSlots


class SourceText(msgspec.Struct, frozen=True):
    """One side of a tie."""

    table: str
    rows: tuple[str, ...] | str
    columns: tuple[str, ...] | str = ()


class NamesText(msgspec.Struct, frozen=True):
    """The rows of a table whose names a passage lists."""

    table: str
    below: tuple[str, ...] | str
    column: str


class RuleText(msgspec.Struct, frozen=True):
    """One rule as written."""

    id: str
    name: str
    kind: Kind
    message: str = ""
    name_en: str = ""
    severity: Severity | None = None
    basis: Basis | None = None
    advice: str = ""
    when: tuple[str, ...] | str = ()
    titled: dict[str, str] = {}
    lacking: dict[str, str] = {}
    possible_false_alarm: str = ""
    equation: str = ""
    equations: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    table: str = ""
    rows: tuple[str, ...] | str = ()
    below: tuple[str, ...] | str = ()
    left: SourceText | None = None
    right: tuple[SourceText, ...] | SourceText | None = None
    exact: bool = False
    at_most: bool = False
    keys_only: bool = False
    one_way: bool = False
    matched_only: bool = False
    forms: tuple[str, ...] = ()
    nil_table: str = ""
    nil_when: tuple[str, ...] | str = ()
    unnoted: Severity = Severity.NOTICE
    matter: str = ""
    mentions: tuple[str, ...] = ()
    count: str = ""
    items_of: tuple[str, ...] | str = ()
    indicators_of: str = ""
    pairs: bool = False
    unique: bool = False
    displayed: bool = False
    codes: CodeList | None = None
    check: CodeCheck | None = None
    passages: tuple[str, ...] | str = ()
    subject: tuple[str, ...] | str = ()
    needs: tuple[str, ...] | str = ()
    whole: bool = False
    direction: tuple[str, ...] = ()
    names: NamesText | None = None
    parts: str = ""
    complete: bool = False
    bases: dict[str, str] = {}
    text: TextSlots | None = None
    indicators: IndicatorsText | None = None
    sides: str = ""
    fields: dict[str, tuple[str, ...]] = {}
    agreeing: str = ""
    total: str = ""
    groups: tuple[tuple[str, ...], ...] = ()
    against: tuple[str, ...] = ()
    targets: TargetsText | None = None
    arithmetic: ArithmeticText | None = None


class Defaults(msgspec.Struct, frozen=True):
    """What the rules of a pack share unless they say otherwise."""

    severity: Severity | None = None
    basis: Basis | None = None
    message: str = ""
    advice: str = ""


class PackStage(StrEnum):
    """Which filings the rules of a pack are for: one of the stages, or all."""

    BUDGET = "budget"
    FINAL_ACCOUNTS = "final_accounts"
    ANY = "any"

    @property
    def only(self) -> Stage | None:
        """The one stage, None where there is more than one."""
        return None if self is PackStage.ANY else Stage(self.value)


class PackText(msgspec.Struct, frozen=True):
    """A file of rules, for one stage or for any."""

    pack: str
    stage: PackStage
    rules: tuple[RuleText, ...]
    defaults: Defaults = Defaults()


COMMON = frozenset(
    {
        "id", "name", "name_en", "kind", "severity", "basis", "message", "advice", "when", "titled", "lacking",
        "possible_false_alarm",
    }
)  # fmt: skip
SLOTS: dict[Kind, frozenset[str]] = {
    Kind.BALANCE: frozenset({"equation", "equations", "columns"}),
    Kind.ACROSS: frozenset(
        {"table", "equation", "rows", "below", "exact", "sides", "columns", "fields", "agreeing", "total", "groups"}
        | {"against"}
    ),
    Kind.ROLLUP: frozenset({"table", "columns"}),
    Kind.TIE: frozenset({"left", "right", "at_most", "keys_only", "one_way", "matched_only", "table", "targets"}),
    Kind.PRESENT: frozenset({"forms", "nil_table", "nil_when", "unnoted", "matter", "mentions"}),
    Kind.VALUES: frozenset({"table", "rows", "pairs", "unique", "displayed", "indicators", "codes", "check"}),
    Kind.STATEMENT: frozenset(
        {
            "passages", "subject", "equation", "equations", "needs", "whole", "direction", "names", "parts", "count",
            "items_of", "indicators_of",
        }
    ),
    Kind.SHARE: frozenset({"passages", "complete", "bases"}),
    Kind.TEXT: frozenset({"text"}),
    Kind.ARITHMETIC: frozenset({"arithmetic"}),
}  # fmt: skip
"""The slots of each kind beside the common ones."""

REQUIRED: dict[Kind, tuple[frozenset[str], ...]] = {
    Kind.BALANCE: (frozenset({"equation", "equations"}),),
    Kind.ACROSS: (frozenset({"table"}), frozenset({"equation", "sides", "groups", "against"})),
    Kind.ROLLUP: (frozenset({"table"}),),
    Kind.TIE: (frozenset({"left", "targets"}), frozenset({"right", "targets"})),
    Kind.PRESENT: (frozenset({"forms", "nil_table", "mentions"}),),
    Kind.VALUES: (frozenset({"table"}), frozenset({"pairs", "unique", "displayed", "indicators", "codes"})),
    Kind.STATEMENT: (
        frozenset({"equation", "equations", "direction", "names", "parts", "count", "items_of", "indicators_of"}),
    ),
    Kind.SHARE: (),
    Kind.TEXT: (frozenset({"text"}),),
    Kind.ARITHMETIC: (frozenset({"arithmetic"}),),
}
"""Groups of slots of each kind of which one must be filled."""

PLACEHOLDERS = frozenset(
    {
        "subject",
        "table",
        "row",
        "column",
        "actual",
        "expected",
        "difference",
        "unit",
        "parts",
        "reason",
        "excerpt",
        "filer",
        "year",
    }
)
"""What a message or advice may interpolate."""
