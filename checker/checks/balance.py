"""`balance`: an equation between figures, in one table or several."""

from __future__ import annotations

from collections.abc import Iterator

from checker.equations import relate
from checker.model.filing import Filing
from checker.model.outcome import Outcome
from checker.model.rule import RuleInfo
from checker.ruleset.names import EACH
from checker.ruleset.rules import Balance


def check(info: RuleInfo, slots: Balance, filing: Filing) -> Iterator[Outcome]:
    """Apply every equation once, or once for each of the rule's columns where it says `*`."""
    for relation in slots.relations:
        if any(reference.column == EACH for reference in relation.references()):
            for column in slots.columns:
                yield relate(info, filing, relation, column)
        else:
            yield relate(info, filing, relation)
