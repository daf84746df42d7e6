"""The audit as a terminal shows it: the verdict of each filing and its worst findings, within the width of a line."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from checker.contract.finding import State
from checker.contract.groups import Group, groups
from checker.contract.reading import ContractsJson
from checker.contract.shape import FilingJson, UnreadableJson
from checker.model.conclusion import Conclusion
from checker.model.outcome import Verdict
from checker.model.rule import Severity
from checker.outputs.contracts import told as contract_lines
from checker.outputs.gap_words import sentences
from checker.outputs.gaps import Sort
from checker.outputs.names import rule_name
from checker.outputs.places import where, why_unreadable
from checker.outputs.words import Words

MOST_LINES = 25
"""Lines given to one filing, so that its first screen is worth reading; what has no room is counted."""
MOST_DOUBTS = 4
"""Remarks shown of what could not be verified, of two lines at most each."""
MOST_PRINTED = 20
"""Characters shown of a cell that could not be read."""
MOST_BRIEF = 6
"""Observations that keep a line of their own where there is no room for more."""
MOST_PLACES = 8
"""Further places named of one observation."""

_COLOURS: dict[str, str] = {
    Severity.ERROR: "31",
    Severity.WARNING: "33",
    Severity.NOTICE: "36",
    Conclusion.CLEAN: "32",
    Conclusion.REVISE: "31",
    Conclusion.RETURN: "31",
    Conclusion.INCOMPLETE: "33",
}
_UNSAID = frozenset({Sort.DOUBT, Sort.UNVERIFIED})
"""What the terminal leaves to the report: doubts, and what was not found again, which it counts."""
_COLOUR_CODE = re.compile(r"\x1b\[[0-9]*m")


class Console:
    """Lays an audit out in lines of at most `width` columns, with colours if the terminal takes them."""

    def __init__(self, words: Words, width: int = 80, colour: bool = False) -> None:
        self.words = words
        self.width = max(40, width)
        self.colour = colour

    def filing(self, filing: FilingJson) -> list[str]:
        """Return the lines of one filing: its verdict, what was not verified, and its observations."""
        head = list(self._head(filing))
        return head + list(self._observations(groups(filing), MOST_LINES - len(head)))

    def _head(self, filing: FilingJson) -> Iterator[str]:
        stage = self.words(f"stage.{filing.stage}")
        title = self.words("console.title", filer=filing.filer or "—", year=filing.year or "—", stage=stage)
        conclusion = self._paint(self.words(f"verdict.{filing.verdict}"), _COLOURS[filing.verdict])
        yield from self._wrap(f"{title}  ", conclusion, "")
        yield from self._wrap("  ", filing.path, "  ")
        counts = filing.outcomes
        ticked, figures = filing.coverage.figures
        yield from self._wrap(
            "  ",
            self.words(
                "console.counts",
                agrees=counts[Verdict.AGREES],
                rounding=counts[Verdict.ROUNDING],
                differs=counts[Verdict.DIFFERS],
                unassessed=counts[Verdict.UNASSESSED] + counts[Verdict.FAULT],
                ticked=ticked,
                figures=figures,
            ),
            "  ",
        )
        known = self._known(filing)
        if known:
            yield from self._wrap("  ", known, "  ")
        yield from self._unverified(filing)

    def _known(self, filing: FilingJson) -> str:
        """Tell how the findings stand to the previous audit, the baseline and the waivers; what is none is left out."""
        counts = Counter(str(finding.state) for finding in filing.standing)
        counts["fixed"] = len(filing.fixed)
        counts["unverified"] = len(filing.unverified)
        counts["baselined"] = sum(finding.baselined for finding in filing.standing)
        counts["waived"] = len(filing.waived)
        names = ("new", "remaining", "fixed", "unverified", "baselined", "waived")
        return " · ".join(self.words(f"console.known.{name}", count=counts[name]) for name in names if counts[name])

    def _observations(self, observations: Sequence[Group], room: int) -> Iterator[str]:
        """Tell observations in so many lines: the first in full, the next in a line each, the others as counts."""
        waiting = list(observations)
        while waiting and waiting[0].severity is not Severity.NOTICE:
            lines = list(self._observation(waiting[0]))
            if len(lines) + min(len(waiting) - 1, MOST_BRIEF) > room:
                break
            yield from lines
            room -= len(lines)
            del waiting[0]
        shown = len(waiting) if len(waiting) <= room else max(0, room - 1)
        for observation in waiting[:shown]:
            yield from self._wrap("  ", self._headline(observation), "    ", 1)
        yield from self._rest(waiting[shown:])

    def _rest(self, observations: Sequence[Group]) -> Iterator[str]:
        if not observations:
            return
        kinds = Counter(observation.severity for observation in observations)
        places = Counter[str]()
        for observation in observations:
            places[observation.severity] += observation.count
        parts = [
            self.words("console.rest", severity=self.words(f"severity.{each}"), kinds=count, places=places[each])
            for each, count in kinds.items()
        ]
        yield from self._wrap("  ", self.words("console.more", rest="、".join(parts)), "  ", 1)

    def _headline(self, observation: Group) -> str:
        severity = self._paint(self.words(f"severity.{observation.severity}"), _COLOURS[observation.severity])
        rule = observation.rule
        name = rule_name(rule, self.words)
        place = where(observation.first.at, self.words)
        if observation.count > 1:
            place = self.words("console.places", place=place, count=observation.count)
        return f"{severity} {rule.id} {place} {name}{self._newness(observation)}"

    def _newness(self, observation: Group) -> str:
        """Tell how many places of an observation are new since the previous audit, or known to the baseline."""
        new = sum(finding.state is State.NEW for finding in observation.findings)
        known = sum(finding.baselined for finding in observation.findings)
        parts = [self.words("console.known.new", count=new)] if new else []
        parts += [self.words("console.known.baselined", count=known)] if known else []
        return f" [{' · '.join(parts)}]" if parts else ""

    def _observation(self, observation: Group) -> Iterator[str]:
        first = observation.first
        yield from self._wrap("  ", self._headline(observation), "    ", 2)
        yield from self._wrap("    ", first.message, "    ", 2)
        others = dict.fromkeys(where(each.at, self.words) for each in observation.others)
        if others:
            named = "、".join(islice(others, MOST_PLACES))
            yield from self._wrap(
                "    ", self.words("console.also", count=observation.count - 1, places=named), "    ", 1
            )

    def _unverified(self, filing: FilingJson) -> Iterator[str]:
        told = sentences(filing, self.words, longest=MOST_PRINTED)
        doubts = [each.text for each in told if each.sort not in _UNSAID]
        for doubt in doubts[:MOST_DOUBTS]:
            yield from self._wrap("  ? ", doubt, "    ", 2)
        if len(doubts) > MOST_DOUBTS:
            yield f"  ? {self.words('console.more_doubts', count=len(doubts) - MOST_DOUBTS)}"

    def line(self, filing: FilingJson) -> list[str]:
        """Return the one line that a filing gets where there are many: its verdict, its counts, and its path."""
        verdict = self._paint(self.words(f"verdict.{filing.verdict}"), _COLOURS[filing.verdict])
        counts = filing.severities
        told = self.words(
            "console.line",
            errors=counts[Severity.ERROR],
            warnings=counts[Severity.WARNING],
            notices=counts[Severity.NOTICE],
            path=filing.path,
        )
        return list(self._wrap(f"{verdict} ", told, "    "))

    def unreadable(self, file: UnreadableJson) -> list[str]:
        """Return the lines of a file that could not be read: where, and why."""
        verdict = self._paint(self.words("console.unreadable"), _COLOURS[Conclusion.INCOMPLETE])
        return [*self._wrap(f"{verdict} ", file.path, "  "), *self._wrap("  ", why_unreadable(file, self.words), "  ")]

    def worst(self, count: int) -> list[str]:
        """Return the heading over the worst filings."""
        return list(self._wrap("", self.words("console.worst", count=count), ""))

    def total(self, verdicts: Counter[str], severities: Counter[str], unreadable: int) -> list[str]:
        """Return the line that sums a run up: how many filings have each verdict, how many findings each severity."""
        told = self.words(
            "console.total",
            files=verdicts.total() + unreadable,
            clean=verdicts[Conclusion.CLEAN],
            errors=severities[Severity.ERROR],
            warnings=severities[Severity.WARNING],
            notices=severities[Severity.NOTICE],
            unreadable=unreadable,
        )
        return list(self._wrap("", told, ""))

    def contracts(self, found: ContractsJson) -> list[str]:
        """Return the lines on how filings were read: what does not hold, and what that points at."""
        return [line for told in contract_lines(found, self.words) for line in self._told(told)]

    def _told(self, line: str) -> Iterator[str]:
        text = line.lstrip()
        lead = line[: len(line) - len(text)]
        return self._wrap(lead, text, f"{lead}  ")

    def _paint(self, text: str, colour: str) -> str:
        return f"\x1b[{colour}m{text}\x1b[0m" if self.colour else text

    def _wrap(self, lead: str, text: str, indent: str, most: int = 0) -> Iterator[str]:
        """Break a text at the terminal's width; beyond `most` lines (0: none) it is cut, and ends in `…`."""
        lines = list(self._broken(lead, text, indent))
        if most and len(lines) > most:
            last = lines[most - 1]
            while columns_of(last) > self.width - 2:
                last = last[:-1]
            lines[most - 1 :] = [f"{last}…"]
        yield from lines

    def _broken(self, lead: str, text: str, indent: str) -> Iterator[str]:
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
    """Return how many terminal columns a text takes; colour codes take none."""
    plain = _COLOUR_CODE.sub("", text)
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in plain)


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
