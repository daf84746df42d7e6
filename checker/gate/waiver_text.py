"""Waivers as text: appended to a file that people keep, so that their comments and their order stay."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from checker.contract.finding import FindingJson
from checker.contract.shape import FilingJson
from checker.gate.waivers import EVERYWHERE, Waiver

HEADING: Final = (
    "# 豁免：每项有理由、批准人、到期日；所列问题的数字一变就失效。\n"
    "# 用 gouji waivers add 添加，gouji waivers check 检查。\n"
)
_TOLD: Final = 70
"""Characters of a message that stand as a comment beside the finding's id."""
_UNSAFE: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Co", "Cn"})


class CannotAppend(ValueError):
    """A file holds its waivers in a way that nothing can be appended to."""


class Draft(msgspec.Struct, frozen=True):
    """A waiver to be written, and what its findings say."""

    waiver: Waiver
    messages: dict[str, str]


def drafts(
    found: Iterable[tuple[FilingJson, FindingJson, str]], approver: str, approved_on: str, expires: str
) -> list[Draft]:
    """Return a waiver for each rule, filer, year and reason (the last of the three) of some findings."""
    groups: dict[tuple[str, str, int, str], dict[str, FindingJson]] = {}
    for filing, finding, reason in found:
        groups.setdefault((finding.rule, filing.filer, filing.year, reason), {})[finding.id] = finding
    return [
        Draft(
            Waiver(
                rule=rule,
                filer=filer,
                year=year,
                places=tuple(dict.fromkeys(finding.ref for finding in findings.values())),
                reason=reason,
                approver=approver,
                approved_on=approved_on,
                expires=expires,
                findings={id: finding.values for id, finding in findings.items()},
            ),
            {id: finding.message for id, finding in findings.items()},
        )
        for (rule, filer, year, reason), findings in groups.items()
    ]


def appended(text: str, added: Sequence[Draft]) -> str:
    """Return the text of a file with waivers added at its end.

    Raises:
        CannotAppend: when the file is no list with an entry a dash.
    """
    indent = _indent(text)
    if text and not text.endswith("\n"):
        text += "\n"
    lines = [f"{' ' * indent}{line}".rstrip() for draft in added for line in ("", *_lines(draft))]
    return (text or HEADING) + "\n".join(lines) + "\n"


def _indent(text: str) -> int:
    """Return how far the entries of a file are indented."""
    import yaml

    root = yaml.compose(text, Loader=yaml.BaseLoader)
    if root is None:
        return 0
    if not isinstance(root, yaml.SequenceNode) or root.flow_style:
        raise CannotAppend
    return int(root.start_mark.column)


def _lines(draft: Draft) -> list[str]:
    waiver = draft.waiver
    lines = [f"- rule: {_quoted(waiver.rule)}", f"  filer: {_quoted(waiver.filer)}", f"  year: {waiver.year}"]
    if waiver.places in EVERYWHERE:
        lines.append(f"  places: {waiver.places}")
    else:
        lines += ["  places:", *(f"    - {_quoted(place)}" for place in waiver.places)]
    lines += [
        f"  reason: {_quoted(waiver.reason)}",
        f"  approver: {_quoted(waiver.approver)}",
        f"  approved_on: {waiver.approved_on}",
        f"  expires: {waiver.expires}",
        "  findings:",
    ]
    return lines + [
        f"    {_quoted(id)}: {_quoted(values)}  # {_comment(draft.messages.get(id, ''))}"
        for id, values in waiver.findings.items()
    ]


def _quoted(text: str) -> str:
    """Return a text in double quotes, in which YAML takes nothing for a sign of its own."""
    plain = json.dumps(text, ensure_ascii=False)
    return "".join(
        _escaped(character) if unicodedata.category(character) in _UNSAFE else character for character in plain
    )


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _comment(message: str) -> str:
    """Return a message on one line, without what could end the line or turn it around."""
    plain = "".join(" " if unicodedata.category(character) in _UNSAFE else character for character in message)
    return plain if len(plain) <= _TOLD else f"{plain[:_TOLD]}…"
