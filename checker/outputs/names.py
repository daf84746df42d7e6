"""What rules and filings are called, in the language of the report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from checker.contract.finding import FindingJson
from checker.contract.rule import RuleJson
from checker.contract.shape import FilingJson
from checker.outputs.plain import plain
from checker.outputs.words import Words


class Named(Protocol):
    """What has a name in Chinese, and may have one in English."""

    @property
    def name(self) -> str:
        """The name in Chinese."""

    @property
    def name_en(self) -> str:
        """The name in English, or nothing."""


def rule_name(rule: Named, words: Words) -> str:
    """Return the name of a rule in the language of the report."""
    return rule.name_en if words.language == "en" and rule.name_en else rule.name


def name_of(finding: FindingJson, rules: Mapping[str, RuleJson], words: Words) -> str:
    """Return the name of a finding's rule in the language of the report, where that is known."""
    rule = rules.get(finding.rule)
    return rule_name(rule, words) if rule is not None else finding.name


def filing_title(filing: FilingJson, words: Words) -> str:
    """Return whose filing it is, of which year and stage."""
    stage = words(f"stage.{filing.stage}")
    return plain(words("console.title", filer=filing.filer or "—", year=filing.year or "—", stage=stage))
