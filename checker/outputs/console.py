"""The audit as a terminal shows it: the verdict of each filing and its worst findings, within the width of a line."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from checker.model.audit import Audit, Conclusion, FilingAudit, Unreadable
from checker.model.finding import Finding
from checker.model.outcome import Verdict
from checker.model.rule import Severity
from checker.outputs.places import where
from checker.outputs.words import Words

MOST_FINDINGS = 10
"""Findings shown of one filing; the others are counted, and are in the report."""
MOST_DOUBTS = 8
"""Lines shown of what could not be verified."""

_COLOURS = {
    Severity.ERROR: "31",
    Severity.WARNING: "33",
    Severity.NOTICE: "36",
    Conclusion.CLEAN: "32",
    Conclusion.REVISE: "31",
    Conclusion.RETURN: "31",
    Conclusion.INCOMPLETE: "33",
}


class Console:
    """Lays an audit out in lines of at most `width` columns, with colours if the terminal takes them."""

    def __init__(self, words: Words, width: int = 80, colour: bool = False) -> None:
        self.words = words
        self.width = max(40, width)
        self.colour = colour

    def render(self, audit: Audit) -> str:
        """Return the whole summary."""
        lines = [line for filing in audit.filings for line in (*self._filing(filing), "")]
        lines += [line for file in audit.unreadable for line in (*self._unreadable(file), "")]
        if len(audit.filings) + len(audit.unreadable) > 1:
            lines += list(self._total(audit))
        return "\n".join(lines).rstrip("\n") + "\n"

    def _filing(self, audit: FilingAudit) -> Iterator[str]:
        filing = audit.filing
        stage = self.words(f"stage.{filing.layout.stage}")
        title = self.words("console.title", filer=filing.filer or "—", year=filing.year or "—", stage=stage)
        conclusion = self._paint(self.words(f"verdict.{audit.conclusion}"), _COLOURS[audit.conclusion])
        yield from self._wrap(f"{title}  ", conclusion, "")
        yield from self._wrap("  ", filing.path, "  ")
        counts = audit.counts
        yield from self._wrap(
            "  ",
            self.words(
                "console.counts",
                agrees=counts[Verdict.AGREES],
                rounding=counts[Verdict.ROUNDING],
                differs=counts[Verdict.DIFFERS],
                unassessed=counts[Verdict.UNASSESSED] + counts[Verdict.FAULT],
                ticked=audit.figure_coverage.part,
                figures=audit.figure_coverage.whole,
            ),
            "  ",
        )
        yield from self._unverified(audit)
        for finding in audit.findings[:MOST_FINDINGS]:
            yield from self._finding(finding)
        if len(audit.findings) > MOST_FINDINGS:
            yield f"  {self.words('console.more', count=len(audit.findings) - MOST_FINDINGS)}"

    def _unverified(self, audit: FilingAudit) -> Iterator[str]:
        doubts: list[str] = []
        if audit.missing_forms:
            doubts.append(self.words("console.missing", forms="、".join(audit.missing_forms)))
        doubts += [
            self.words("console.unassessed", rule=outcome.rule.id, reason=outcome.reason)
            for outcome in audit.outcomes
            if outcome.verdict in {Verdict.UNASSESSED, Verdict.FAULT}
        ]
        doubts += [
            self.words("console.unread", place=where(lost.cell.place, self.words), text=text[:20], reason=lost.reason)
            for lost in audit.filing.unread
            for text in [lost.cell.text]
        ]
        doubts += [
            self.words("console.skipped", place=where(part.place, self.words), reason=part.reason, lines=part.lines)
            for part in audit.filing.skipped
        ]
        doubts = list(dict.fromkeys(doubts))
        for doubt in doubts[:MOST_DOUBTS]:
            yield from self._wrap("  ? ", doubt, "    ")
        if len(doubts) > MOST_DOUBTS:
            yield f"  ? {self.words('console.more_doubts', count=len(doubts) - MOST_DOUBTS)}"

    def _finding(self, finding: Finding) -> Iterator[str]:
        severity = self._paint(self.words(f"severity.{finding.severity}"), _COLOURS[finding.severity])
        name = finding.rule.name_en if self.words.language == "en" and finding.rule.name_en else finding.rule.name
        yield from self._wrap("  ", f"{severity} {finding.rule.id} {where(finding.at, self.words)} {name}", "    ")
        yield from self._wrap("    ", finding.message, "    ")

    def _unreadable(self, file: Unreadable) -> Iterator[str]:
        at = f"{where(file.at, self.words)}：" if file.at else ""
        verdict = self._paint(self.words("console.unreadable"), _COLOURS[Conclusion.INCOMPLETE])
        yield from self._wrap(f"{verdict} ", file.path, "  ")
        yield from self._wrap("  ", at + file.reason, "  ")

    def _total(self, audit: Audit) -> Iterator[str]:
        findings = [finding for filing in audit.filings for finding in filing.findings]
        yield from self._wrap(
            "",
            self.words(
                "console.total",
                files=len(audit.filings) + len(audit.unreadable),
                clean=sum(filing.conclusion is Conclusion.CLEAN for filing in audit.filings),
                errors=sum(finding.severity is Severity.ERROR for finding in findings),
                warnings=sum(finding.severity is Severity.WARNING for finding in findings),
                notices=sum(finding.severity is Severity.NOTICE for finding in findings),
                unreadable=len(audit.unreadable),
            ),
            "",
        )

    def _paint(self, text: str, colour: str) -> str:
        return f"\x1b[{colour}m{text}\x1b[0m" if self.colour else text

    def _wrap(self, lead: str, text: str, indent: str) -> Iterator[str]:
        """Break a line at the terminal's width; a Chinese character takes two columns, a colour code none."""
        line, used = lead, columns_of(lead)
        for token in _tokens(text):
            needed = columns_of(token)
            if used + needed > self.width and line.strip():
                yield line.rstrip()
                line, used = indent, columns_of(indent)
                token = token.lstrip(" ")
                needed = columns_of(token)
            while needed > self.width - used and len(token) > 1:
                head = _cut(token, self.width - used)
                yield line + head
                token = token[len(head) :]
                line, used, needed = indent, columns_of(indent), columns_of(token)
            line, used = line + token, used + needed
        if line.strip():
            yield line.rstrip()


def columns_of(text: str) -> int:
    """Return how many terminal columns a text takes."""
    if text.startswith("\x1b["):
        text = text[text.index("m") + 1 :].removesuffix("\x1b[0m")
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _tokens(text: str) -> Iterator[str]:
    """Split where a line may break: after spaces, and between Chinese characters but not before closing marks."""
    token = ""
    colour = False
    for character in text:
        wide = unicodedata.east_asian_width(character) in "WF"
        closing = character in "，。；：、）〉》”％%!?"
        if character == "\x1b" and not colour:
            if token:
                yield token
                token = ""
            colour = True
        elif not colour and token and not closing and (wide or token[-1] == " " or _is_wide(token[-1])):
            yield token
            token = ""
        token += character
        if colour and token.endswith("\x1b[0m"):
            yield token
            token, colour = "", False
    if token:
        yield token


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _cut(token: str, room: int) -> str:
    for length in range(1, len(token)):
        if columns_of(token[: length + 1]) > room:
            return token[:length]
    return token
