"""Change numbers in the sentences of a filing and see whether the audit notices: `python -m tests.mutate_prose FILE…`.

Every quantity of every paragraph of the numbered passages gets one digit changed, drawn with a fixed seed; what the
passages claim is read again and the filing is judged again. A mutant is *noticed* when the audit has a finding, not in
the audit of the original, in that paragraph or with an operand in it. A quantity is *related* when the original audit
compares it with another figure, and *tabled* when some table of the filing prints the same amount: of those nearly all
must be noticed. All others are counted apart. Files of every format will do.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from checker import Auditor
from checker.engine import judge
from checker.model.audit import FilingAudit
from checker.model.document import Paragraph
from checker.model.filing import Filing
from checker.model.finding import Finding
from checker.model.outcome import Verdict
from checker.model.place import Place
from checker.prose.quantities import Quantity, quantities_in
from checker.recognition import _bodies
from checker.recognition.claims import claims_of
from tests.mutate import SEED

REQUIRED = 0.95


class Spoken(NamedTuple):
    """A quantity of a paragraph: passage and paragraph by number."""

    passage: int
    paragraph: int
    quantity: Quantity

    @property
    def printed(self) -> str:
        return self.quantity.figure.text


class ProseTally(NamedTuple):
    """What became of the quantities of one filing, by passage."""

    tried: Counter[str]
    noticed: Counter[str]
    concerned: Counter[str]
    concerned_noticed: Counter[str]
    missed: dict[str, list[str]]

    @property
    def rate(self) -> float:
        """Share of the related and tabled quantities that were noticed."""
        concerned = self.concerned.total()
        return self.concerned_noticed.total() / concerned if concerned else 1.0


class ProseMutator:
    """Judges copies of one filing with a digit of one sentence changed."""

    def __init__(self, auditor: Auditor, path: Path) -> None:
        self.auditor = auditor
        self.filing = auditor.read(path)
        self.original = judge(self.filing, auditor.ruleset)
        self.known = {(finding.id, finding.values) for finding in self.original.findings}
        self.amounts = {_amount(operand.figure) for table in self.filing.tables for operand in table.figures()}
        self.related = set(self._related())

    def quantities(self) -> Iterator[Spoken]:
        """Yield every quantity of the passages in its order."""
        for number, passage in enumerate(self.filing.passages):
            for index, paragraph in enumerate(passage.paragraphs):
                for quantity in quantities_in(paragraph.text):
                    yield Spoken(number, index, quantity)

    def paragraph(self, one: Spoken) -> Paragraph:
        """Return the paragraph that a quantity stands in."""
        return self.filing.passages[one.passage].paragraphs[one.paragraph]

    def concerned(self, one: Spoken) -> bool:
        """Say whether a quantity is compared with another figure, or is an amount that some table prints."""
        place, quantity = self.paragraph(one).place, one.quantity
        spans = [span for part, line, span in self.related if (part, line) == (place.part, place.line)]
        if any(start < quantity.end and quantity.start < end for start, end in spans):
            return True
        return quantity.dimension == "money" and quantity.figure.minor != 0 and _amount(quantity.figure) in self.amounts

    def changed(self, one: Spoken, draw: random.Random) -> Filing:
        """Return the filing with one digit of one quantity changed, and its claims read again."""
        paragraph = self.paragraph(one)
        text = _misprinted(paragraph.text, one.quantity, draw)
        passage = self.filing.passages[one.passage]
        said = msgspec.structs.replace(paragraph, text=text)
        paragraphs = (*passage.paragraphs[: one.paragraph], said, *passage.paragraphs[one.paragraph + 1 :])
        passages = list(self.filing.passages)
        passages[one.passage] = msgspec.structs.replace(passage, paragraphs=paragraphs)
        filing, vocabulary = self.filing, self.auditor.vocabulary
        bodies = _bodies(list(filing.tables), filing.filer)
        claims = claims_of(passages, filing.tables, bodies, vocabulary, filing.layout.stage, filing.year)
        return msgspec.structs.replace(filing, passages=tuple(passages), statements=claims)

    def notices(self, one: Spoken, draw: random.Random) -> bool:
        """Say whether the audit of a changed copy points at the paragraph that was changed."""
        audit = judge(self.changed(one, draw), self.auditor.ruleset)
        return any(_points_at(finding, self.paragraph(one).place) for finding in self._new(audit))

    def run(self, sample: int, draw: random.Random) -> ProseTally:
        """Try every quantity, or `sample` of them drawn at random."""
        quantities = list(self.quantities())
        if sample and sample < len(quantities):
            quantities = draw.sample(quantities, sample)
        tally = ProseTally(Counter(), Counter(), Counter(), Counter(), defaultdict(list))
        for one in quantities:
            name = self.filing.passages[one.passage].name
            concerned, noticed = self.concerned(one), self.notices(one, draw)
            tally.tried[name] += 1
            tally.noticed[name] += noticed
            tally.concerned[name] += concerned
            tally.concerned_noticed[name] += concerned and noticed
            if not noticed:
                text, quantity = self.paragraph(one).text, one.quantity
                around = text[max(0, quantity.start - 24) : quantity.end + 6].replace("\n", " ")
                mark = "missed" if concerned else "in no relation"
                tally.missed[name].append(f"{mark} {self.paragraph(one).place.words()} {one.printed}: …{around}…")
        return tally

    def _new(self, audit: FilingAudit) -> list[Finding]:
        return [finding for finding in audit.findings if (finding.id, finding.values) not in self.known]

    def _related(self) -> Iterator[tuple[str, int, tuple[int, int]]]:
        """Yield the places of the quantities that the original audit compares with another figure."""
        assessed = {Verdict.AGREES, Verdict.ROUNDING, Verdict.DIFFERS}
        for outcome in self.original.outcomes:
            if outcome.verdict in assessed and len(outcome.operands) > 1:
                for operand in outcome.operands:
                    if operand.place.span:
                        start, end = operand.place.span
                        yield operand.place.part, operand.place.line, (start, end)


def _amount(figure: object) -> tuple[int, int, str] | None:
    """Return an amount without trailing zeros, so that 12.50 万元 and 125,000 元 are one."""
    from checker.model.figure import Figure

    if not isinstance(figure, Figure) or figure.unit.dimension != "money" or not figure.minor:
        return None
    minor, exponent = figure.minor, figure.exponent
    while minor % 10 == 0:
        minor, exponent = minor // 10, exponent + 1
    return minor, exponent, "money"


def _misprinted(text: str, quantity: Quantity, draw: random.Random) -> str:
    """Return a text with one digit of a quantity changed; the last digit only where there is no other."""
    digits = [place for place in range(quantity.start, quantity.end) if text[place] in "0123456789"]
    if not digits:
        return text
    place = draw.choice(digits[:-1] or digits)
    other = draw.choice([digit for digit in "123456789" if digit != text[place]])
    return text[:place] + other + text[place + 1 :]


def _points_at(finding: Finding, place: Place) -> bool:
    places = [finding.at, *(evidence.at for evidence in finding.operands)]
    return any((at.part, at.line) == (place.part, place.line) for at in places)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line; exit 1 when fewer than 95 % of a file's related quantities were noticed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--sample", type=int, default=0, help="quantities tried (0: all)")
    options = parser.parse_args(arguments)
    auditor = Auditor.load()
    worst = 1.0
    for path in options.files:
        started = time.perf_counter()
        tally = ProseMutator(auditor, path).run(options.sample, random.Random(SEED))
        worst = min(worst, tally.rate)
        report(path, tally, time.perf_counter() - started)
    return 0 if worst >= REQUIRED else 1


def report(path: Path, tally: ProseTally, seconds: float) -> None:
    """Print what became of the quantities of a filing, by passage."""
    related = f"{tally.concerned_noticed.total()}/{tally.concerned.total()}"
    print(
        f"{path}: {tally.tried.total()} quantities, {tally.noticed.total()} noticed; "
        f"of those related or tabled {related} ({tally.rate:.2%}), {seconds:.0f} s"
    )
    for name in tally.tried:
        counts = f"{tally.concerned_noticed[name]}/{tally.concerned[name]}"
        print(f"  {name}: {tally.noticed[name]}/{tally.tried[name]}, related or tabled {counts}")
        for line in tally.missed.get(name, [])[:20]:
            print(f"      {line}")


if __name__ == "__main__":
    sys.exit(main())
