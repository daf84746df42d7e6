"""What the narrative contradicts: its figures against the tables and against each other, by what is printed alone.

The relations of one layout are listed beside its tables (`Tick`); those that hold wherever a passage says an amount
with its change, its share or its parts are here.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from maker.ledger import NIL, Finding, Ledger, Ref, Severity, amount, place
from maker.said import AMOUNT, CHANGE, COUNT, RATE, SHARE, TREND, TURN

Terms = Sequence[tuple[int, Ref]]
"""Figures with their signs."""

Scale = Callable[[str], Decimal]
"""How many 万元 a figure of a form counts."""

_UP: Final = ("增加", "增长")


@dataclass(frozen=True, slots=True)
class Tick:
    """A rule that a quantity of some passages has one of several sums; each claim of the quantity is looked at."""

    rule: str
    passages: tuple[str, ...]
    row: str
    options: tuple[Terms, ...]
    column: str = AMOUNT
    severity: Severity = "error"


def ticked(rule: str, passages: str, row: str, *refs: Ref, severity: Severity = "error") -> Tick:
    """Make a tick against one figure, or one of several."""
    return Tick(rule, tuple(passages.split()), row, tuple(((1, ref),) for ref in refs), severity=severity)


def in_wan(form: str) -> Decimal:
    """Count in 万元, whatever the form."""
    return Decimal(1)


def ticks(book: Ledger, tick: Tick, scale: Scale = in_wan) -> Iterator[Finding]:
    """Yield what one tick finds."""
    for passage in tick.passages:
        for name in claims(book, passage, tick.row):
            said = (passage, name, tick.column)
            text = book.text(said)
            verdicts = [_sum(book, said, terms, scale, tick.severity) for terms in tick.options] if text else []
            if verdicts and None not in verdicts and "open" not in verdicts:
                yield Finding(tick.rule, next(iter(verdicts)), place(said))  # type: ignore[arg-type]


def claims(book: Ledger, passage: str, row: str) -> list[str]:
    """List the claims of a passage about a quantity, the second of them with `#2`."""
    return [name for name in dict.fromkeys(book.names(passage)) if name.partition("#")[0] == row]


def changes(book: Ledger, passages: Sequence[str]) -> Iterator[Finding]:
    """Rates fit the change and the amount; a change that is the whole amount has no rate."""
    for passage, row in _rows(book, passages):
        now, moved, rate = (book.text((passage, row, column)) for column in (AMOUNT, CHANGE, RATE))
        if not (now and moved and rate) or not (amount(now) and amount(moved)):
            continue
        signed = _signed(book, passage, row, moved, TURN)
        if signed == amount(now):
            yield Finding("STA-4205", "warning", place((passage, row, CHANGE)))
        part, whole = _span(signed, moved), _minus(_span(amount(now), now), _span(signed, moved))
        verdict = _ratio(_signed(book, passage, row, rate, TREND), rate, part, whole)
        if verdict:
            yield Finding("STA-4201", verdict, place((passage, row, RATE)))


def shares(book: Ledger, wholes: Mapping[str, Sequence[Ref]]) -> Iterator[Finding]:
    """Judge shares: each is the amount by the whole of its passage, those of all parts add up to 100 %."""
    for passage, of in wholes.items():
        total = next((text for ref in of if (text := book.text(ref))), "")
        listed: list[tuple[str, str, str]] = []
        for row in dict.fromkeys(book.names(passage)):
            now, share = book.text((passage, row, AMOUNT)), book.text((passage, row, SHARE))
            if now is None or share is None:
                continue
            listed.append((row, now, share))
            verdict = _ratio(amount(share), share, _span(amount(now), now), _span(amount(total), total))
            if verdict and amount(total):
                yield Finding("SHA-4250", verdict, place((passage, row, SHARE)))
        yield from _hundred(passage, listed, total)


def names(
    book: Ledger, rule: str, said: Ref, listed: Sequence[tuple[str, Ref]], severity: Severity = "warning"
) -> Iterator[Finding]:
    """Judge a list of items: they are those of the table (name, figure) that hold a figure."""
    text = book.text(said)
    if text is None:
        return
    spoken = set(text.split("、"))
    filled = {name for name, ref in listed if book.value(ref)}
    if spoken - filled:
        yield Finding(rule, severity, place(said))
    elif filled - spoken:
        yield Finding(rule, "notice", place(said))


def counted(book: Ledger, rule: str, passage: str, whole: str, parts: Sequence[str]) -> Iterator[Finding]:
    """Judge a count: it is the sum of those of its parts."""
    total = book.text((passage, whole, COUNT))
    texts = [book.text((passage, part, COUNT)) for part in parts]
    if total is not None and None not in texts and int(total) != sum(int(text or 0) for text in texts):
        yield Finding(rule, "error", place((passage, whole, COUNT)))


def moved_together(
    book: Ledger, rule: str, passage: str, whole: str, parts: Sequence[str], severity: Severity = "error"
) -> Iterator[Finding]:
    """Judge a change: it is the sum of the changes of the parts, each with its own direction."""
    texts = [book.text((passage, row, CHANGE)) for row in (whole, *parts)]
    if None in texts or not any(texts):
        return
    signed = [_signed(book, passage, row, text or "", TURN) for row, text in zip((whole, *parts), texts, strict=True)]
    live = [(value, text or "") for value, text in zip(signed, texts, strict=True) if value]
    verdict = judge_printed(signed[0] - sum(signed[1:], NIL), [text for _, text in live], pair=len(live) == 2)
    if verdict:
        yield Finding(rule, severity if verdict == "error" else verdict, place((passage, whole, CHANGE)))


def judge_printed(
    residual: Decimal, texts: Sequence[str], pair: bool = False, scales: Sequence[Decimal] = ()
) -> Severity | None:
    """Say how severely printed figures disagree; `pair` says that they are two printings of one quantity."""
    steps = [step_of(text) * scale for text, scale in zip(texts, scales or [Decimal(1)] * len(texts), strict=True)]
    if residual == 0:
        return None
    if pair and len(set(steps)) == 1:
        return "notice" if abs(residual) == steps[0] else "error"
    worst = sum(steps, NIL) / 2
    noise = 4 * (sum((step * step for step in steps), NIL) / 12).sqrt()
    return None if abs(residual) <= min(worst, noise) else "error"


def step_of(text: str) -> Decimal:
    """Say what the last printed digit is worth."""
    return Decimal(1).scaleb(-len(text.partition(".")[2]))


def _sum(book: Ledger, said: Ref, terms: Terms, scale: Scale, severity: Severity) -> Severity | str | None:
    """Say how severely a claim differs from a sum of figures: None when it agrees, 'open' when one is not printed."""
    texts = [book.text(ref) for _, ref in terms]
    if None in texts:
        return "open"
    stated = book.text(said) or ""
    values = [(sign * amount(text or "") * scale(ref[0])) for (sign, ref), text in zip(terms, texts, strict=True)]
    live = [(text or "", scale(ref[0])) for (_, ref), text in zip(terms, texts, strict=True) if amount(text or "")]
    if amount(stated):
        live.insert(0, (stated, Decimal(1)))
    found = judge_printed(
        amount(stated) - sum(values, NIL), [text for text, _ in live], len(live) == 2, [one for _, one in live]
    )
    return severity if found == "error" else found


def _rows(book: Ledger, passages: Sequence[str]) -> Iterator[tuple[str, str]]:
    for passage in passages:
        for row in dict.fromkeys(book.names(passage)):
            yield passage, row


def _signed(book: Ledger, passage: str, row: str, text: str, words: str) -> Decimal:
    up = (book.text((passage, row, words)) or _UP[0]).startswith(_UP)
    return amount(text) if up else -amount(text)


def ratio_of(rate: str, part: str, whole: str) -> Severity | None:
    """Say how severely a printed percentage differs from the ratio of two printed amounts."""
    return _ratio(amount(rate), rate, _span(amount(part), part), _span(amount(whole), whole))


Span = tuple[Fraction, Fraction]
"""A value, and how far rounding reaches on either side."""


def _span(value: Decimal, text: str) -> Span:
    return Fraction(value), Fraction(step_of(text)) / 2 if value else Fraction(0)


def _minus(one: Span, other: Span) -> Span:
    return one[0] - other[0], one[1] + other[1]


def _ratio(value: Decimal, text: str, part: Span, whole: Span) -> Severity | None:
    """Say how severely a printed percentage differs from a ratio: off by its last digit is a notice."""
    if abs(whole[0]) <= whole[1]:
        return None
    ratio = part[0] / whole[0]
    corners = [(part[0] + a * part[1]) / (whole[0] + b * whole[1]) for a in (-1, 1) for b in (-1, 1)]
    step = Fraction(step_of(text)) / 100
    radius = step / 2 + max(abs(corner - ratio) for corner in corners)
    off = abs(Fraction(value) / 100 - ratio)
    if off <= radius:
        return None
    return "notice" if off <= radius + step and step <= Fraction(1, 10_000) else "error"


def _hundred(passage: str, listed: Sequence[tuple[str, str, str]], total: str) -> Iterator[Finding]:
    """Judge the sum of the shares of parts that make up the whole."""
    parts = sum((amount(now) for _, now, _ in listed), NIL)
    slack = sum((step_of(now) for _, now, _ in listed if amount(now)), step_of(total)) / 2
    if len(listed) < 2 or abs(parts - amount(total)) > slack:
        return
    texts = [share for _, _, share in listed]
    steps = [step_of(text) for text in texts]
    residual = sum(map(amount, texts), NIL) - 100
    noise = 4 * (sum((step * step for step in steps), NIL) / 12).sqrt()
    if abs(residual) > min(sum(steps, NIL) / 2, noise):
        yield Finding("SHA-4251", "warning", place((passage, listed[0][0], SHARE)))
