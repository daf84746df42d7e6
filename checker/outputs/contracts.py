"""Contracts on the reading in words: what is demanded, what came of it, and what that points at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from checker.contract.reading import (
    ContractExampleJson,
    ContractJson,
    ContractShareJson,
    ContractsJson,
    ContractVerdict,
)
from checker.outputs.places import where
from checker.outputs.words import Words

Within = Sequence[tuple[str, str, Sequence[str]]]
"""Conditions on rows: column, `in` or `not_in`, values."""
MOST_TOLD: Final = 10
"""Contracts that do not hold told in full on a terminal; the index over the filings has all."""
_VALUES_NAMED: Final = 6
_FEN: Final = ".fen"
_INDICATORS: Final = "·indicators"
_FEN_IN_YI: Final = 10**10
"""分 in 亿元."""
_OWN: Final = frozenset(
    [
        *("filing", "filer", "year", "layout", "format", "table", "row", "nil", "subject", "key", "name", "role"),
        *("level", "code", "class", "form", "title", "unit", "rows", "totals", "figures", "tables", "missing"),
        *("unread", "side", "first", "second", "value"),
    ]
)
"""Columns that say whose row it is, and those of the suites over tables, filings and indicators."""
_ROLES: Final = frozenset({"detail", "subtotal", "total"})
_DIGITS: Final = re.compile(r"\{(\d+)\}")


def told(contracts: ContractsJson, words: Words) -> Iterator[str]:
    """Yield lines: how many contracts were held and broken, then each that is broken, what it points at, an example."""
    yield summary(contracts, words)
    for contract in contracts.broken[:MOST_TOLD]:
        yield f"  {broken(contract, words)}"
        yield f"    {verdict(contract, words)}"
        for each in contract.examples[:1]:
            yield f"    {example(each, words)}"
    if len(contracts.broken) > MOST_TOLD:
        yield f"  {words('contracts.rest', count=len(contracts.broken) - MOST_TOLD)}"
    if contracts.broken:
        yield f"  {words('contracts.advice')}"


def summary(contracts: ContractsJson, words: Words) -> str:
    """Return in one sentence what became of all contracts."""
    counts = {"filings": contracts.filings, "rows": contracts.rows, "checked": contracts.checked}
    if not contracts.broken:
        return words("contracts.held", **counts, idle=contracts.idle)
    reading = sum(each.verdict is ContractVerdict.READING for each in contracts.broken)
    return words("contracts.told", **counts, idle=contracts.idle, broken=len(contracts.broken), reading=reading)


def broken(contract: ContractJson, words: Words) -> str:
    """Return which contract does not hold, and in how many rows."""
    rows, of = contract.rows
    name = suite(contract.suite, words)
    return words("contracts.broken", suite=name, demand=demanded(contract, words), rows=rows, of=of)


def demanded(contract: ContractJson, words: Words) -> str:
    """Return what a contract that does not hold demands."""
    return demand(contract.demand, contract.columns, contract.expected, contract.within, words)


def verdict(contract: ContractJson, words: Words) -> str:
    """Return what a contract that does not hold points at."""
    shares = (_share(share, words) for share in contract.shares)
    listed = words("contracts.between").join(shares)
    return words(
        f"contracts.verdict.{contract.verdict}", count=contract.filings[0], shares=listed, reason=contract.reason
    )


def _share(share: ContractShareJson, words: Words) -> str:
    count, total = share.filings
    return words("contracts.share", layout=share.layout, format=share.format, count=count, total=total)


def example(each: ContractExampleJson, words: Words) -> str:
    """Return where a contract is broken, and what was read there."""
    place = where(each.at, words) if each.at is not None else ""
    text = each.text or words("contracts.example.empty")
    return " ".join(words("contracts.example", path=each.path, place=place, row=each.key, text=text).split())


def suite(name: str, words: Words) -> str:
    """Return the name of a suite: a form, or what it is about."""
    if name.endswith(_INDICATORS):
        return words("contracts.suite.indicators", form=name.removesuffix(_INDICATORS))
    return words(f"contracts.suite.{name}") if name in {"tables", "filings"} else name


def demand(kind: str, columns: Sequence[str], expected: Sequence[str], within: Within, words: Words) -> str:
    """Return what a contract demands."""
    said = words(f"contracts.{_key(kind, expected)}", **_values(kind, columns, expected, words))
    if not within:
        return said
    conditions = [_condition(*each, words) for each in within]
    return said + words("contracts.within", conditions=words("contracts.between").join(conditions))


def _key(kind: str, expected: Sequence[str]) -> str:
    return "exactly" if kind == "count" and len(set(expected)) == 1 else kind


def _values(kind: str, columns: Sequence[str], expected: Sequence[str], words: Words) -> dict[str, object]:
    named = [_column(column, words) for column in columns]
    values: dict[str, object] = {
        "column": named[0],
        "columns": words("contracts.or").join(named),
        "count": len(columns),
        "whole": named[0],
        "part": named[-1],
        "values": _listed(expected, words),
    }
    if kind in {"amount", "count"}:
        values |= {"low": expected[0], "high": expected[1]}
    if kind == "amount":
        values |= {"low": _amount(expected[0], words), "high": _amount(expected[1], words)}
    if kind == "code":
        values["digits"] = "/".join(_DIGITS.findall(expected[0]))
    return values


def _column(column: str, words: Words) -> str:
    if column in _OWN:
        return words(f"contracts.column.{column}")
    return words("contracts.quoted", name=column.removesuffix(_FEN))


def _condition(column: str, relation: str, values: Sequence[str], words: Words) -> str:
    if column == "nil":
        return words("contracts.within.printed")
    key = "contracts.within.form" if column == "form" else f"contracts.within.{relation}"
    return words(key, column=_column(column, words), values=_listed(values, words))


def _listed(values: Sequence[str], words: Words) -> str:
    shown = [words(f"contracts.value.{value}") if value in _ROLES else value for value in values[:_VALUES_NAMED]]
    listed = words("contracts.or").join(shown)
    return words("contracts.more", values=listed, count=len(values)) if len(values) > len(shown) else listed


def _amount(fen: str, words: Words) -> str:
    if not int(fen):
        return words("contracts.amount.none")
    return words("contracts.amount.unit", amount=int(fen) // _FEN_IN_YI)
