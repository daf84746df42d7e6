"""What is written at which place of the original: one note for each place that findings name."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from checker.contract.finding import FindingJson
from checker.contract.place import At
from checker.contract.shape import FilingJson
from checker.model.rule import Severity
from checker.outputs.names import name_of
from checker.outputs.places import where
from checker.outputs.plain import plain_lines
from checker.outputs.standing import standing
from checker.outputs.words import Words
from checker.outputs.worked import worked_line

MOST_RELATED = 12
"""Findings named in a note on a figure that they only refer to."""


class Numbered(msgspec.Struct, frozen=True):
    """A finding and its number: the one that it has in the filing's other lists."""

    number: int
    finding: FindingJson


class Note(msgspec.Struct, frozen=True):
    """A place, what is printed there, and the findings: those about it, and those that it is only compared in."""

    at: At
    printed: str
    about: tuple[Numbered, ...]
    related: tuple[Numbered, ...]

    @property
    def severity(self) -> str:
        """The worst severity of what stands here; nothing when all of it is waived."""
        found = {each.finding.severity for each in self.about or self.related if each.finding.waived is None}
        return next((severity for severity in Severity if severity in found), "")

    @property
    def tag(self) -> str:
        """The numbers of the findings about this place."""
        return ",".join(str(each.number) for each in self.about)

    @property
    def rules(self) -> str:
        """The rules that were broken here."""
        return " ".join(dict.fromkeys(each.finding.rule for each in self.about or self.related))


def notes_of(filing: FilingJson) -> tuple[Note, ...]:
    """Return the notes of a filing, those about a place before those on figures compared with it."""
    about: dict[At, list[Numbered]] = {}
    related: dict[At, list[Numbered]] = {}
    printed: dict[At, str] = {}
    for number, finding in enumerate(filing.findings, start=1):
        numbered = Numbered(number, finding)
        about.setdefault(finding.at, []).append(numbered)
        for operand in finding.operands:
            printed.setdefault(operand.at, operand.text)
            if operand.at != finding.at and numbered not in related.setdefault(operand.at, []):
                related[operand.at].append(numbered)
    places = [*about, *(at for at in related if at not in about)]
    return tuple(Note(at, printed.get(at, ""), tuple(about.get(at, ())), tuple(related.get(at, ()))) for at in places)


def notes_in(notes: Iterable[Note], names: Iterable[str]) -> dict[str, list[Note]]:
    """Return the notes by the names of the files that they belong to, the first file for those that name none."""
    found: dict[str, list[Note]] = {name: [] for name in names}
    first = next(iter(found), "")
    for note in notes:
        found[note.at.file if note.at.file in found else first].append(note)
    return found


class Writer:
    """Writes notes in words."""

    def __init__(self, filing: FilingJson, words: Words) -> None:
        self._rules = {rule.id: rule for rule in filing.rules}
        self._words = words

    @property
    def author(self) -> str:
        """Who signs the notes."""
        return self._words("note.author")

    def text(self, note: Note) -> str:
        """Return the text of a note, its findings one below the other."""
        paragraphs = [self._about(each) for each in note.about]
        if note.related:
            named = [self._named(each) for each in note.related[:MOST_RELATED]]
            if len(note.related) > MOST_RELATED:
                named.append(self._words("note.more", count=len(note.related) - MOST_RELATED))
            paragraphs.append("\n".join([self._words("note.related"), *named]))
        return plain_lines("\n\n".join(paragraphs))

    def _about(self, numbered: Numbered) -> str:
        finding, words = numbered.finding, self._words
        lines = [self._head(numbered), finding.message, worked_line(finding, words)]
        if finding.advice:
            lines.append(words("note.advice", text=finding.advice))
        if finding.basis:
            lines.append(words("note.basis", text=finding.basis))
        return "\n".join(line for line in lines if line)

    def _head(self, numbered: Numbered) -> str:
        finding, words = numbered.finding, self._words
        severity = words(f"severity.{finding.severity}")
        told = standing(finding, words)
        if told:
            severity = f"{severity}{words('worked.between')}{told}"
        name = name_of(finding, self._rules, words)
        return words("note.head", severity=severity, number=numbered.number, rule=finding.rule, name=name)

    def _named(self, numbered: Numbered) -> str:
        finding, words = numbered.finding, self._words
        place = where(finding.at, words)
        return words("note.named", number=numbered.number, rule=finding.rule, place=place)
