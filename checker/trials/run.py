"""Rules × cases → which cases hold, and which rules have none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from checker.ruleset.rules import Rule
from checker.trials.cases import Case, complaints, shown


class Trial(msgspec.Struct, frozen=True):
    """One case with what the rule says otherwise than it expects; nothing when it holds."""

    case: Case
    complaints: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether the rule says what the case expects."""
        return not self.complaints


def run(cases: Iterable[Case], rules: Mapping[str, Rule]) -> list[Trial]:
    """Try every case, in their order; one about a rule that does not exist fails."""
    return [_try(case, rules.get(case.rule)) for case in cases]


def without_cases(cases: Iterable[Case], rules: Iterable[Rule]) -> list[Rule]:
    """Return the rules that no case is about."""
    tried = {case.rule for case in cases}
    return [rule for rule in rules if rule.info.id not in tried]


def _try(case: Case, rule: Rule | None) -> Trial:
    if rule is None:
        return Trial(case, (f"没有编号为“{case.rule}”的规则",))
    return Trial(case, tuple(complaints(case, rule, shown(case, rule))))
