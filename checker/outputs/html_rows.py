"""Findings as rows: the other places of an observation, what is waived, and the ledger of what has to be put right.

Rows are joined from escaped strings without end tags, like the bodies of tables: there may be thousands of findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Final

import msgspec

from checker.contract.finding import FindingJson, OperandJson
from checker.contract.shape import FilingJson
from checker.outputs.html_places import Places
from checker.outputs.html_tables import cell_id
from checker.outputs.places import where
from checker.outputs.words import Words

MOST_INLINE: Final = 4
"""Figures compared with a finding's own that its line shows at once."""


class Row(msgspec.Struct, frozen=True):
    """A finding with its anchor, the form it is about, and the anchor of the place it is about."""

    finding: FindingJson
    anchor: str
    form: str
    source: str


def rows_html(rows: Sequence[Row], words: Words, waived: bool = False) -> str:
    """Return findings as the head and body of a table, a line each: where, what, and where it was worked out, how."""
    worked = any(row.finding.expected is not None for row in rows)
    columns = ["html.gaps.at", "html.rows.what"]
    columns += ["html.finding.actual", "html.finding.expected", "html.finding.difference"] if worked else []
    columns += ["html.waiver.reason", "html.waiver.approver", "html.waiver.until"] if waived else []
    heads = "".join(f'<th scope="col">{escape(words(key))}</th>' for key in columns)
    lines = "".join(_row_html(row, worked, waived, words) for row in rows)
    return f"<thead><tr>{heads}</tr></thead><tbody>{lines}</tbody>"


def data_html(finding: FindingJson, form: str) -> str:
    """Return the attributes that every element of a finding bears."""
    state = f' data-state="{escape(finding.state)}"' if finding.state else ""
    waived = ' data-waived="1"' if finding.waived is not None else ""
    return (
        f'data-rule="{escape(finding.rule)}" data-severity="{escape(finding.severity)}" data-table="{escape(form)}" '
        f'data-values="{escape(finding.values)}"{state}{waived}'
    )


def ledger_html(filing: FilingJson, places: Places, words: Words) -> str:
    """Return the rows of the 整改台账: every finding, with room to fill in by hand.

    Numbered as in the workbook, the letter and the notes on the original, so that 第3条 is the same finding in all.
    """
    severities = {finding.severity: escape(words(f"severity.{finding.severity}")) for finding in filing.findings}
    chinese = "" if words.language == "zh" else ' lang="zh-CN"'
    blanks = "<td>" * 4
    lines = []
    for number, finding in enumerate(filing.findings, start=1):
        actual, expected = _worked(finding)
        lines.append(
            f'<tr><td><a href="#{places.anchor(finding)}">{number}</a>'
            f"<td>{severities[finding.severity]}{_standing(finding, words)}"
            f"<td{chinese}>{escape(finding.message)}<td>{escape(where(finding.at, words))}"
            f"<td>{actual}<td>{expected}{blanks}"
        )
    return "".join(lines)


def _standing(finding: FindingJson, words: Words, severity: bool = False) -> str:
    """Return in words how a finding stands to the previous audit, to the baseline, and whether it is waived.

    `severity` puts its severity first, where neither a card nor a column says it.
    """
    said = [words(f"severity.{finding.severity}")] if severity else []
    said += [words(f"html.state.{finding.state}")] if finding.state else []
    said += [words("html.state.before", difference=finding.before or "—")] if finding.before is not None else []
    said += [words("html.state.baselined")] if finding.baselined else []
    said += [words("html.state.waived")] if finding.waived is not None else []
    return f" <small>{escape('、'.join(said))}</small>" if said else ""


def _row_html(row: Row, worked: bool, waived: bool, words: Words) -> str:
    """Return a line; its cells bear no classes of their own, since thousands of them would outweigh the figures."""
    finding = row.finding
    place = escape(where(finding.at, words))
    if row.source:
        place = f'<a href="#{row.source}">{place}</a>'
    numbers = worked and finding.expected is not None
    what = escape(finding.ref if numbers else finding.message)
    wide = ' colspan="4"' if worked and not numbers else ""
    parts = [
        f'<tr class="finding {escape(finding.severity)}" id="{row.anchor}" {data_html(finding, row.form)}>'
        f"<td>{place}<td{wide}>{what}{_standing(finding, words, waived)}{compared_html(finding, words)}"
        '<div class="marking" hidden></div>'
    ]
    if numbers:
        actual, expected = _worked(finding)
        parts.append(
            f"<td>{actual}<td>{expected}<td>{escape(finding.difference or '') if finding.relation != '≠' else ''}"
        )
    if waived and finding.waived is not None:
        why = finding.waived
        parts.append(f"<td>{escape(why.reason)}<td>{escape(why.approver)}<td>{escape(why.expires)}")
    return "".join(parts)


def _worked(finding: FindingJson) -> tuple[str, str]:
    """Return what is stated, and what it should be with its unit; nothing where nothing was worked out."""
    if finding.expected is None:
        return "", ""
    relation = "" if finding.relation == "=" else f"{escape(finding.relation)} "
    unit = f" <small>{escape(finding.unit)}</small>" if finding.unit else ""
    return escape(finding.actual or ""), f"{relation}{escape(finding.expected)}{unit}"


def compared_html(finding: FindingJson, words: Words) -> str:
    """Return the figures that a finding's own is compared with; many stand behind a line that opens."""
    others = finding.operands[1:] if finding.operands and finding.operands[0].ref == finding.ref else finding.operands
    if len(finding.operands) < 2:
        return ""
    said = "<br>".join(_operands(others, words))
    if len(others) <= MOST_INLINE:
        return f"<p>{said}</p>"
    return f"<details><summary>{escape(words('html.rows.compared', count=len(others)))}</summary>{said}</details>"


def _operands(operands: Iterable[OperandJson], words: Words) -> Iterator[str]:
    for operand in operands:
        ref = escape(operand.ref)
        if operand.address:
            ref = f'<a href="#{cell_id(operand.address)}">{ref}</a>'
        text = escape(operand.text) or f"<em>{escape(words('html.blank'))}</em>"
        yield f"{'+' if operand.sign > 0 else '−'} {ref} <b>{text}</b>"
