"""What a change of rules changes, as a terminal shows it and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

import msgspec

from checker.contract.place import at
from checker.model.difference import Change, Comparison, Difference
from checker.outputs.names import rule_name
from checker.outputs.places import where
from checker.outputs.words import Words

SCHEMA = "gouji/rules-diff/1"
MOST_SHOWN = 20
"""Differences shown of one rule; the others are counted, and are in the JSON."""

_SIGNS = {Change.ADDED: "+", Change.REMOVED: "-", Change.RERATED: "~", Change.UNASSESSED: "?"}


def as_text(comparison: Comparison, words: Words) -> str:
    """Return the differences by rule: what is added (+), removed (-), rated otherwise (~), no longer assessed (?)."""
    lines = list(_heading(comparison, words))
    ordered = sorted(comparison.differences, key=lambda one: one.rule.id)
    for _, group in groupby(ordered, key=lambda one: one.rule.id):
        lines += _rule(list(group), words)
    lines.append(_total(comparison, words))
    return "\n".join(lines) + "\n"


def as_json(comparison: Comparison) -> bytes:
    """Return the comparison as indented UTF-8 JSON."""
    content = {
        "schema": SCHEMA,
        "filings": comparison.filings,
        "rules": {"removed": comparison.rules[0], "added": comparison.rules[1]},
        "differences": [_as_dict(one) for one in comparison.differences],
        "verdicts": [{"path": path, "before": one, "after": other} for path, one, other in comparison.verdicts],
        "misread": [{"path": path, "before": one, "after": other} for path, one, other in comparison.misread],
        "unreadable": [{"path": path, "reason": reason} for path, reason in comparison.unreadable],
    }
    return msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n"


def _as_dict(one: Difference) -> dict[str, object]:
    return {
        "change": one.change,
        "rule": one.rule.id,
        "path": one.path,
        "ref": one.ref,
        "at": at(one.at) if one.at else None,
        "before": one.before,
        "after": one.after,
        "text": one.text,
    }


def _heading(comparison: Comparison, words: Words) -> Iterator[str]:
    for key, names in zip(("removed", "added"), comparison.rules, strict=True):
        if names:
            yield words(f"diff.rules.{key}", count=len(names), rules="、".join(names))
    for path, before, after in comparison.misread:
        read = words("diff.read")
        yield words("diff.misread", path=path, before=before or read, after=after or read)
    for path, before, after in comparison.verdicts:
        yield words("diff.verdict", path=path, before=words(f"verdict.{before}"), after=words(f"verdict.{after}"))


def _rule(group: list[Difference], words: Words) -> Iterator[str]:
    rule = group[0].rule
    yield f"{rule.id}  {rule_name(rule, words)}  {_counts(group, words)}"
    for one in group[:MOST_SHOWN]:
        place = where(at(one.at), words) if one.at else ""
        severities = [words(f"severity.{each}") for each in (one.before, one.after) if each]
        parts = (
            _SIGNS[one.change],
            one.path,
            place,
            " → ".join(severities),
            one.ref if not severities else "",
            one.text,
        )
        yield f"  {' '.join(filter(None, parts))}"
    if len(group) > MOST_SHOWN:
        yield f"  {words('diff.more', count=len(group) - MOST_SHOWN)}"


def _counts(group: list[Difference], words: Words) -> str:
    counts = Counter(one.change for one in group)
    return "，".join(words(f"diff.{change}", count=counts[change]) for change in Change if counts[change])


def _total(comparison: Comparison, words: Words) -> str:
    counts = Counter(one.change for one in comparison.differences)
    return words(
        "diff.total",
        filings=comparison.filings,
        unreadable=len(comparison.unreadable),
        **{change.value: counts[change] for change in Change},
    )
