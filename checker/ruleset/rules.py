"""Rules: what every kind says, typed. One structure per kind; the checks know the rest."""

from __future__ import annotations

import msgspec

from checker.model.filing import Stage
from checker.model.rule import RuleInfo, Severity
from checker.ruleset.arithmetic import Arithmetic
from checker.ruleset.codes import Codes
from checker.ruleset.expression import Relation
from checker.ruleset.targets import TargetSlots
from checker.ruleset.wording import Text


class Balance(msgspec.Struct, frozen=True, tag=True):
    """Equations between figures, in one table or several; those with `*` hold for each of `columns`."""

    relations: tuple[Relation, ...]
    columns: tuple[str, ...] = ()


class Across(msgspec.Struct, frozen=True, tag=True):
    """Every row of a table satisfies an equation.

    `rows` names levels or keys of rows, none meaning all that have the columns; `below` keeps rows that stand under
    one of these keys. `exact` says that the figures are filled in as they are, not rounded: a difference that rounding
    could explain is then a notice.
    """

    table: str
    relation: Relation
    rows: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    exact: bool = False


class Rollup(msgspec.Struct, frozen=True, tag=True):
    """Children add up to their parent, level by level, to the total row; in every column, or in `columns`."""

    table: str
    columns: tuple[str, ...] = ()


class Source(msgspec.Struct, frozen=True):
    """One table of a tie: its rows of the given levels, and the columns that are added up."""

    table: str
    rows: tuple[str, ...]
    columns: tuple[str, ...] = ()


class Tie(msgspec.Struct, frozen=True, tag=True):
    """Two tables agree key by key; the right side may be the sum of several.

    A key that one side lacks counts as zero there, unless `keys_only`, when the sets of keys are compared and nothing
    else (`one_way`: every key on the left must be on the right), or `matched_only`, when it is left to such a rule.
    """

    left: Source
    right: tuple[Source, ...]
    at_most: bool = False
    keys_only: bool = False
    one_way: bool = False
    matched_only: bool = False


class Present(msgspec.Struct, frozen=True, tag=True):
    """Required forms are there; or an empty table says so, and only an empty one (`nil_table`, `nil_when`).

    Or the narrative speaks of a `matter`, in one of the words of `mentions`. `unnoted` is the severity of an empty
    table that does not say so.
    """

    forms: tuple[str, ...] = ()
    nil_table: str = ""
    nil_when: tuple[Relation, ...] = ()
    unnoted: Severity = Severity.NOTICE
    matter: str = ""
    mentions: tuple[str, ...] = ()


EVERY_TABLE = "*"
"""Stands for every table of a filing."""


class Values(msgspec.Struct, frozen=True, tag=True):
    """The names of the rows of a table lie in their domain: allowed `pairs`, or each only once (`unique`).

    `displayed` says that totals display all that they store; its table may be every table of the filing.
    """

    table: str
    rows: tuple[str, ...] = ()
    pairs: dict[str, tuple[str, ...]] = {}
    unique: bool = False
    displayed: bool = False


ITEMS = "科目"
"""As the subject of a statement rule: every claim about an item of the classification."""
THIS_ITEM = "本科目"
"""As a row in a statement rule: the row of the item that the claim speaks of."""


class Names(msgspec.Struct, frozen=True):
    """The rows of a table whose names a passage should list: those below the keys, where a column is not nil."""

    table: str
    below: tuple[str, ...]
    column: str


class Statement(msgspec.Struct, frozen=True, tag=True):
    """What the prose claims agrees with the tables, or with itself.

    A bare name in a relation is a measure of the claim (`checker.model.claim.Measure`); of several relations one must
    hold. `subjects` and `passages` say which claims are meant (none: all); `needs` keeps those that state these
    measures, other than zero. `whole` tries the amount of the claim of which it is a part where its own does not fit.
    `direction` compares two measures with the direction word of the claim; `names` its list of names with a table;
    `parts` a measure with the sum of those of its parts; `count` its number with that of the tables of a form;
    `items_of` the path of its item with those of the tables.
    """

    relations: tuple[Relation, ...] = ()
    passages: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    whole: bool = False
    direction: tuple[str, ...] = ()
    names: Names | None = None
    parts: str = ""
    count: str = ""
    items_of: tuple[str, ...] = ()


class SaidTargets(msgspec.Struct, frozen=True, tag=True):
    """Numbers that passages give for what an indicator of some target form is named after are what the form says."""

    table: str
    passages: tuple[str, ...]


class Shares(msgspec.Struct, frozen=True, tag=True):
    """Printed shares are the ratio that they claim; or those of all parts of a whole add up to 100 % (`complete`).

    A share is of what it names, of the claim of which it is a part, or of a figure that `bases` gives by name.
    """

    passages: tuple[str, ...] = ()
    complete: bool = False
    bases: dict[str, Relation] = {}


Slots = (
    Balance
    | Across
    | Rollup
    | Tie
    | Present
    | Values
    | Statement
    | SaidTargets
    | Shares
    | Text
    | TargetSlots
    | Arithmetic
    | Codes
)


class Rule(msgspec.Struct, frozen=True):
    """A rule ready to be applied, to filings of its stage only, or of any where it names none.

    It is not applicable unless all of `when` hold, every table named in `titled` carries that qualifier in its title,
    and no table named in `lacking` prints that row or column (which another rule then looks at).
    """

    info: RuleInfo
    slots: Slots
    stage: Stage | None
    when: tuple[Relation, ...] = ()
    titled: dict[str, str] = {}
    lacking: dict[str, str] = {}


class RuleSet(msgspec.Struct, frozen=True):
    """All rules of a run, in the order of their ids, and the hash of their sources."""

    rules: tuple[Rule, ...]
    digest: str
    packs: tuple[str, ...] = ()

    def of(self, stage: Stage) -> tuple[Rule, ...]:
        """Return the rules for filings of a stage, budgets or final accounts: no other rule has anything to say."""
        return tuple(rule for rule in self.rules if rule.stage in (stage, None))
