"""Which rules have something to say about the filings of a layout, and why the others have not."""

from __future__ import annotations

from typing import NamedTuple

from checker.forms.vocabulary import Layout, Vocabulary
from checker.ruleset.names import not_printed
from checker.ruleset.rules import RuleSet


class Reach(NamedTuple):
    """How many rules apply to a layout; the others by the first thing they name that it does not print."""

    layout: Layout
    applying: int
    lacking: dict[str, list[str]]

    @property
    def silent(self) -> int:
        """Return how many rules do not apply."""
        return sum(map(len, self.lacking.values()))


def reach(layout: Layout, ruleset: RuleSet, vocabulary: Vocabulary) -> Reach:
    """Return which rules of its stage apply to a layout; the reason that keeps most rules silent comes first."""
    lacking: dict[str, list[str]] = {}
    applying = 0
    for rule in ruleset.of(layout.stage):
        missing = not_printed(rule, layout, vocabulary.forms)
        if missing:
            lacking.setdefault(missing[0], []).append(rule.info.id)
        else:
            applying += 1
    ordered = dict(sorted(lacking.items(), key=lambda pair: (-len(pair[1]), pair[0])))
    return Reach(layout, applying, ordered)
