"""`arithmetic`: sums and products written out in running text come out right, and agree with the project's money."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from checker.equations import no_table
from checker.model.filing import Filing
from checker.model.outcome import Outcome, Verdict
from checker.model.place import PagePlace, Place
from checker.model.rule import RuleInfo, Severity
from checker.model.table import Operand, Table
from checker.prose.arithmetic import Answer, Relation, relations_in
from checker.prose.arithmetic.funds import Claim, list_of, total_of
from checker.ruleset.arithmetic import Arithmetic, Sums

REMEMBERED = 2048
"""Texts whose relations are kept from one rule to the next."""
_EXCERPT = 120
_DIGITS = re.compile("[0-9０-９]")
_STOPS = "。；;！!？?：:…）)”"
_SHORT = 20
_VERDICTS = {
    Answer.AGREES: Verdict.AGREES,
    Answer.ROUNDING: Verdict.ROUNDING,
    Answer.DIFFERS: Verdict.DIFFERS,
    Answer.UNCLEAR: Verdict.UNASSESSED,
}


class Text(msgspec.Struct, frozen=True):
    """A text of the filing with its place and its name; `torn` says that its beginning stands on the page before."""

    words: str
    place: Place
    name: str
    torn: bool = False


def check(info: RuleInfo, slots: Arithmetic, filing: Filing) -> Iterator[Outcome]:
    """Judge the relations of one form in every text, or what the texts of every target form say of its money."""
    if slots.form and slots.form not in filing.by_form:
        yield no_table(filing, slots.form).outcome(info)
        return
    if slots.check.of_funds:
        for table in filing.tables_of(slots.form):
            yield from _check_funds(info, slots, table, filing.year)
        return
    if not slots.form:
        yield from _check_texts(info, slots.check, _passages(filing), filing)
        return
    for table in filing.tables_of(slots.form):
        yield from _check_texts(info, slots.check, _labelled(table, slots.fields), filing)


def _passages(filing: Filing) -> Iterator[Text]:
    for passage in filing.passages:
        before = ""
        for paragraph in passage.paragraphs:
            torn = len(before) > _SHORT and before.rstrip()[-1:] not in _STOPS
            yield Text(paragraph.text, paragraph.place, passage.name, torn)
            before = paragraph.text
    for paragraph in filing.loose:
        yield Text(paragraph.text, paragraph.place, "正文")


def _labelled(table: Table, fields: tuple[str, ...]) -> Iterator[Text]:
    """Yield the labelled texts of a target form, each wording once: the same words often fill several fields."""
    seen: set[str] = set()
    beside = [(name, f"{name}·另一侧", cell) for name, cell in table.further]
    for name, shown, cell in [*((name, name, cell) for name, cell in table.fields.items()), *beside]:
        if (not fields or name in fields) and cell.text not in seen:
            seen.add(cell.text)
            yield Text(cell.text, cell.place, f"{table.label}[{shown}]")


def _check_texts(info: RuleInfo, form: Sums, texts: Iterator[Text], filing: Filing) -> Iterator[Outcome]:
    count: dict[str, int] = {}
    for text in texts:
        if not _DIGITS.search(text.words):
            continue
        for relation in _relations(text.words):
            count[text.name] = number = count.get(text.name, 0) + 1
            if relation.form.value == form.value:
                about = text.name if number == 1 else f"{text.name}·{number}"
                yield _outcome(info, text, relation, about, filing)


@lru_cache(maxsize=REMEMBERED)
def _relations(text: str) -> tuple[Relation, ...]:
    return tuple(relations_in(text))


def _outcome(info: RuleInfo, text: Text, relation: Relation, about: str, filing: Filing) -> Outcome:
    verdict, doubt = _VERDICTS[relation.answer], relation.doubt
    if verdict is Verdict.DIFFERS and text.torn and "。" not in text.words[: relation.start]:
        verdict, doubt = Verdict.UNASSESSED, "句子的前半在上一页，没有接上"
    reason = ""
    if verdict in {Verdict.DIFFERS, Verdict.UNASSESSED}:
        reason = f"{doubt}：{relation.words}" if doubt else relation.words
    return Outcome(
        info,
        verdict,
        about=about,
        reason=reason,
        place=msgspec.structs.replace(text.place, span=(relation.start, relation.end)),
        severity=None if relation.complete and not _guessed(text.place, filing) else Severity.WARNING,
        excerpt=_shortened(text.words[relation.start : relation.end]),
    )


def _guessed(place: Place, filing: Filing) -> bool:
    return isinstance(place, PagePlace) and (place.part, place.page) in filing.guessed


def _shortened(words: str) -> str:
    words = re.sub(r"\s+", " ", words)
    return words if len(words) <= _EXCERPT else f"{words[: _EXCERPT // 2]}…{words[-_EXCERPT // 2 :]}"


def _check_funds(info: RuleInfo, slots: Arithmetic, table: Table, year: int) -> Iterator[Outcome]:
    money = [
        operand
        for index in range(len(table.rows))
        if (operand := table.operand(index, 0)) is not None and operand.figure is not None and operand.figure.minor
    ]
    said: set[str] = set()
    for text in _labelled(table, slots.fields):
        if not _DIGITS.search(text.words):
            continue
        relations = _relations(text.words)
        read = total_of if slots.check is Sums.TOTAL else list_of
        claim = read(text.words, relations, year)
        if claim is None or claim.worked in said:
            continue
        said.add(claim.worked)
        yield _against(info, text, claim, table, money)


def _against(info: RuleInfo, text: Text, claim: Claim, table: Table, money: list[Operand]) -> Outcome:
    """Compare what a text says with the money of either side: 实施期 or 年度."""
    shown = " 或 ".join(f"{operand.table.rows[operand.row].key}{operand.text}元" for operand in money)
    operands, signs = tuple(money), (-1,) * len(money)
    place = msgspec.structs.replace(text.place, span=(claim.start, claim.end))
    excerpt = _shortened(text.words[claim.start : claim.end])
    figures = [operand.figure for operand in money if operand.figure is not None]
    if any(claim.is_said_of(figure) for figure in figures):
        return Outcome(info, Verdict.AGREES, operands, signs, text.name, place=place, excerpt=excerpt)
    doubt = claim.doubt or table.shortfall()
    if not figures:
        doubt = doubt or "没有读出项目资金"
    verdict = Verdict.UNASSESSED if doubt else Verdict.DIFFERS
    reason = f"{claim.worked}，项目资金为{shown}"
    return Outcome(
        info, verdict, operands, signs, text.name,
        reason=f"{doubt}：{reason}" if doubt else reason, place=place, excerpt=excerpt,
    )  # fmt: skip
