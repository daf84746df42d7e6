"""An outcome that differs → a finding: the worked line, the words, the fingerprint."""

from __future__ import annotations

from decimal import Decimal

from checker.model.figure import Unit
from checker.model.filing import Filing
from checker.model.finding import Evidence, Finding, fingerprint
from checker.model.outcome import Outcome
from checker.model.place import PagePlace, Place
from checker.model.rule import Kind, Severity
from checker.model.table import Operand


def finding_of(outcome: Outcome, filing: Filing) -> Finding:
    """Tell an outcome as a finding.

    The subject is the first operand. `actual` sums the left side as printed, `expected` is what the right side makes
    it; where nothing numeric was compared, both are missing and the reason speaks.
    """
    rule = outcome.rule
    subject = outcome.operands[0] if outcome.operands else None
    numeric = rule.kind in _NUMERIC and not outcome.reason
    unit = _unit(subject) if subject else None
    worked = _worked(outcome, unit) if numeric and unit else None
    ref = _ref(outcome, subject)
    words = {
        "subject": ref,
        "table": subject.table.form if subject else outcome.about,
        "row": subject.table.rows[subject.row].key if subject else "",
        "column": subject.table.columns[subject.column] if subject else "",
        "actual": worked[0] if worked else "",
        "expected": worked[1] if worked else "",
        "difference": worked[2] if worked else "",
        "unit": unit.symbol if unit else "",
        "parts": _parts(outcome),
        "reason": outcome.reason,
        "excerpt": outcome.excerpt,
        "filer": filing.filer,
        "year": str(filing.year),
    }
    place: Place = outcome.place or (subject.place if subject else filing.tables[0].place)
    evidence = tuple(_evidence(operand, sign) for operand, sign in _shown(outcome))
    return Finding(
        id=fingerprint(rule.id, filing.filer, str(filing.year), filing.layout.stage, ref, outcome.about),
        values=fingerprint(*(operand.text for operand in outcome.operands), *filter(None, [outcome.excerpt])),
        rule=rule,
        severity=_severity(outcome, filing),
        message=rule.message.format_map(words),
        advice=rule.advice.format_map(words),
        ref=ref,
        at=place,
        operands=evidence,
        expected=worked[1] if worked else None,
        actual=worked[0] if worked else None,
        difference=worked[2] if worked else None,
        limit=worked[3] if worked else None,
        unit=unit.symbol if unit and worked else "",
        relation=outcome.relation,
        excerpt=outcome.excerpt or _sentence(filing, place),
    )


def _sentence(filing: Filing, place: Place) -> str:
    """Return the sentence of the narrative in which the characters meant stand; nothing when a place means no words."""
    if not place.span:
        return ""
    start, end = place.span
    for passage in filing.passages:
        for paragraph in passage.paragraphs:
            if paragraph.place.order == place.order and end <= len(paragraph.text):
                first = paragraph.text.rfind("。", 0, start) + 1
                last = paragraph.text.find("。", end)
                return paragraph.text[first : last + 1 if last >= 0 else None].strip()
    return ""


_NUMERIC = frozenset({Kind.BALANCE, Kind.ACROSS, Kind.ROLLUP, Kind.TIE, Kind.SHARE, Kind.STATEMENT})


_SPOKEN = frozenset({Kind.SHARE, Kind.STATEMENT})
"""Kinds whose stated side is one figure of the prose, told with the decimals that it is printed with."""


def _unit(subject: Operand) -> Unit:
    """Return the unit to tell a difference in: that of the table, or of the figure where it measures something else."""
    figure, unit = subject.figure, subject.table.unit
    return figure.unit if figure is not None and figure.unit.dimension != unit.dimension else unit


def _severity(outcome: Outcome, filing: Filing) -> Severity:
    """Return how certain a finding is: a figure that a machine made out in a picture proves nothing."""
    severity = outcome.severity or outcome.rule.severity
    if severity is not Severity.ERROR or not filing.guessed:
        return severity
    places = [operand.place for operand in outcome.operands]
    guessed = any(isinstance(at, PagePlace) and (at.part, at.page) in filing.guessed for at in places)
    return Severity.WARNING if guessed else severity


def _ref(outcome: Outcome, subject: Operand | None) -> str:
    """Return what the finding is about: a figure, or a row where its names are judged, or a form."""
    if subject is None or outcome.rule.kind is Kind.PRESENT:
        return outcome.about
    if outcome.rule.kind is Kind.VALUES:
        return f"{subject.table.label}[{subject.table.rows[subject.row].key}]"
    return subject.ref


def _worked(outcome: Outcome, unit: Unit) -> tuple[str, str, str, str]:
    """Return actual, expected, difference and limit in a unit, as exact decimals."""
    shift = outcome.exponent - unit.exponent
    actual = Decimal(0)
    for operand, sign in zip(outcome.operands, outcome.signs, strict=True):
        if sign != outcome.signs[0]:
            break
        if operand.figure is not None:
            figure = operand.figure
            actual += Decimal(figure.minor).scaleb(figure.exponent - unit.exponent)
    difference = Decimal(outcome.residual * outcome.signs[0]).scaleb(shift)
    places = Decimal(1).scaleb(min(shift, 0))
    limit = (Decimal(outcome.tolerance) / 10).scaleb(shift).normalize()
    as_printed = outcome.rule.kind in _SPOKEN and _is_number(outcome.operands[0].text)
    return (
        str(actual if as_printed else actual.quantize(places)),
        str((actual - difference).quantize(places)),
        f"{difference.quantize(places):+f}",
        f"{limit:f}",
    )


def _is_number(text: str) -> bool:
    """Say whether a text is a printed number, and no word that stands for zero (持平)."""
    return text.lstrip("-－")[:1].isdecimal()


def _shown(outcome: Outcome) -> list[tuple[Operand, int]]:
    """Return the operands that say something: the subject, and every one that is not blank."""
    pairs = list(zip(outcome.operands, outcome.signs, strict=True))
    return [pair for number, pair in enumerate(pairs) if number == 0 or pair[0].cell.text]


def _parts(outcome: Outcome) -> str:
    """Return the right side as a sum of printed figures, shortened in the middle when it is long."""
    texts = [operand.text for operand, sign in _shown(outcome) if sign < 0 and operand.text]
    if len(texts) > 6:
        texts = [*texts[:3], f"…（共{len(texts)}项）…", texts[-1]]
    return " + ".join(texts) or "0"


def _evidence(operand: Operand, sign: int) -> Evidence:
    figure = operand.figure
    return Evidence(
        ref=operand.ref,
        text=operand.text,
        value=str(figure.value) if figure else None,
        unit=figure.unit.symbol if figure else operand.table.unit.symbol,
        at=operand.place,
        sign=sign,
    )
