"""A filing with less in it: all that summaries, lists and the gate are made from, without its tables and its text.

A whole filing takes some hundred kilobytes; of ten thousand filings no more than this can be kept at once.
"""

from __future__ import annotations

from sys import intern

import msgspec

from checker.contract.printed import TableJson
from checker.contract.rule import RuleJson
from checker.contract.shape import FilingJson
from checker.model.outcome import Verdict


def brief(filing: FilingJson) -> FilingJson:
    """Return a filing without the bodies of its tables, its passages, and the rules that do not apply to it.

    Every finding, every reason why something was not assessed and every count stays; addresses into `tables` keep the
    number of the table. A format of `checker.outputs.formats` says the same of a brief filing as of the whole one.
    """
    return msgspec.structs.replace(
        filing,
        tables=tuple(map(_without_body, filing.tables)),
        passages=(),
        rules=tuple(_shared(rule) for rule in filing.rules if _applies(rule)),
    )


def _without_body(table: TableJson) -> TableJson:
    return msgspec.structs.replace(table, headers=(), body=(), fields={}, indicators=())


def _applies(rule: RuleJson) -> bool:
    return any(count for outcome, count in rule.outcomes.items() if outcome != Verdict.NOT_APPLICABLE)


def _shared(rule: RuleJson) -> RuleJson:
    """Return a rule whose words are the same objects in every filing."""
    return msgspec.structs.replace(
        rule,
        id=intern(rule.id),
        name=intern(rule.name),
        kind=intern(rule.kind),
        name_en=intern(rule.name_en),
        pack=intern(rule.pack),
        basis=intern(rule.basis),
        possible_false_alarm=intern(rule.possible_false_alarm),
    )
