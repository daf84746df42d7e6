"""The narrative as HTML: each number tied, mismatched with a link to its finding, or untied; and quotations from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape
from typing import Final

import msgspec

from checker.contract.finding import FindingJson
from checker.contract.place import At
from checker.contract.printed import NumberJson, ParagraphJson, Ticked
from checker.contract.shape import FilingJson
from checker.outputs.html_places import Places, paragraph_of
from checker.outputs.html_tables import CLASSES
from checker.outputs.places import where
from checker.outputs.words import Words

AROUND: Final = 90
"""Characters quoted before and behind the words that a finding is about."""

Span = tuple[int, int]


class PassageSection(msgspec.Struct, frozen=True):
    """A passage with its numbers marked; `open` when one of them does not agree."""

    anchor: str
    section: str
    heading: str
    at: str
    counts: Counter[str]
    open: bool
    body_html: str


class Quote(msgspec.Struct, frozen=True):
    """Words of the narrative that a finding is about, in their paragraph: where it stands, and the text as HTML."""

    section: str
    heading: str
    anchor: str
    text_html: str


class _Known(msgspec.Struct, frozen=True):
    anchor: str
    section: str
    heading: str
    paragraph: ParagraphJson


class Said:
    """Draws the narrative of one filing, and quotes from it."""

    def __init__(self, filing: FilingJson, places: Places, words: Words) -> None:
        self._filing = filing
        self._places = places
        self._words = words
        self._titles = {mark: escape(words(f"html.tick.{mark}")) for mark in CLASSES}
        self._known: dict[At, _Known] = {}
        for number, passage in enumerate(filing.passages):
            for position, paragraph in enumerate(passage.paragraphs):
                known = _Known(f"p-{number}-{position}", passage.section, passage.heading, paragraph)
                self._known.setdefault(paragraph.at, known)

    def passages(self) -> tuple[PassageSection, ...]:
        """Return every passage in reading order."""
        sections = []
        for number, passage in enumerate(self._filing.passages):
            marks = Counter(each.mark.value for said in passage.paragraphs for each in said.numbers)
            drawn = (self._paragraph(f"p-{number}-{at}", each) for at, each in enumerate(passage.paragraphs))
            sections.append(
                PassageSection(
                    anchor=f"p-{number}",
                    section=passage.section,
                    heading=passage.heading or passage.name,
                    at=where(passage.at, self._words),
                    counts=marks,
                    open=bool(marks[Ticked.FAILED]),
                    body_html="".join(drawn),
                )
            )
        return tuple(sections)

    def anchor(self, at: At) -> str:
        """Return the anchor of the paragraph that a place is in; nothing when the page shows none there."""
        known = self._known.get(paragraph_of(at))
        return known.anchor if known else ""

    def quotes(self, finding: FindingJson) -> tuple[Quote, ...]:
        """Return the paragraphs that a finding is about, its words marked and what is far from them left out."""
        spans: dict[At, list[Span]] = {}
        for at in (finding.at, *(operand.at for operand in finding.operands)):
            if paragraph_of(at) in self._known:
                spans.setdefault(paragraph_of(at), []).extend([(at.span[0], at.span[1])] if at.span else [])
        subject = finding.operands[0].at if finding.operands else finding.at
        return tuple(
            self._quote(self._known[at], merged(found), subject.span if paragraph_of(subject) == at else ())
            for at, found in spans.items()
        )

    def _quote(self, known: _Known, spans: Sequence[Span], subject: tuple[int, ...]) -> Quote:
        """Quote a paragraph; the words that the finding is about are marked otherwise than those compared with them."""
        text = known.paragraph.text
        begin = max(0, spans[0][0] - AROUND) if spans else 0
        finish = min(len(text), (spans[-1][1] if spans else 0) + AROUND)
        parts, at = ["…" if begin else ""], begin
        for start, end in spans:
            other = "" if subject and start < subject[1] and subject[0] < end else ' class="op"'
            parts += (escape(text[at:start]), f"<mark{other}>{escape(text[start:end])}</mark>")
            at = end
        parts += (escape(text[at:finish]), "…" if finish < len(text) else "")
        return Quote(known.section, known.heading, known.anchor, "".join(parts))

    def _paragraph(self, anchor: str, paragraph: ParagraphJson) -> str:
        text, parts, at = paragraph.text, [f'<p id="{anchor}">'], 0
        for number in paragraph.numbers:
            parts += (escape(text[at : number.start]), self._number(anchor, paragraph, number))
            at = number.end
        return "".join((*parts, escape(text[at:]), "</p>"))

    def _number(self, anchor: str, paragraph: ParagraphJson, number: NumberJson) -> str:
        rules = f' data-r="{" ".join(map(str, number.rules))}"' if number.rules else ""
        text = escape(paragraph.text[number.start : number.end])
        finding = self._finding(paragraph.at, number) if number.mark is Ticked.FAILED else ""
        if finding:
            text = f'<a href="#{finding}">{text}</a>'
        mark = number.mark if number.mark in CLASSES else Ticked.UNCHECKED
        return (
            f'<span id="{anchor}-{number.start}" class="num {CLASSES[mark]}"{rules} title="{self._titles[mark]}">'
            f"{text}</span>"
        )

    def _finding(self, at: At, number: NumberJson) -> str:
        """Return the anchor of the finding about a number: about itself if there is one, else about words around it."""
        spots = self._places.spots.get(at, ())
        for span, anchor in spots:
            if span == (number.start, number.end):
                return anchor
        over = (anchor for span, anchor in spots if span and span[0] < number.end and number.start < span[1])
        return next(over, "")


def merged(spans: Sequence[Span]) -> list[Span]:
    """Return spans in their order, those that touch as one."""
    apart: list[Span] = []
    for start, end in sorted(spans):
        if apart and start <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart
