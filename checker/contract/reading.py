"""The contracts on the reading as the contract of the audit tells them: what the forms demand, and was not kept."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from checker.contract.place import At


class ContractVerdict(StrEnum):
    """What a broken contract on the reading points at.

    Many filings of one layout and format: the reader, the layout, or the template of all of them · one filing: its own
    oddity · a few without a pattern: to be looked at one by one · the check itself failed: a fault of the program.
    """

    READING = "reading"
    FILING = "filing"
    SCATTERED = "scattered"
    FAULT = "fault"


class ContractShareJson(msgspec.Struct, frozen=True):
    """Filings of one layout and file format (`pdf`, `xlsx`) that break a contract, of those that have the form."""

    layout: str
    format: str
    filings: tuple[int, int]


class ContractExampleJson(msgspec.Struct, frozen=True):
    """A cell or row that breaks a contract; `text` is what was read there, nothing where nothing was."""

    path: str
    filer: str
    key: str
    text: str
    at: At | None


class ContractJson(msgspec.Struct, frozen=True):
    """A contract on the reading that does not hold over a batch: about the reader and the templates, not a filing.

    `suite` is the form, or the name of the suite over all of its tables or filings; `demand` the kind of contract with
    its `columns`, its parameters in `expected` and the rows it holds for in `within`. `rows` and `filings` say how many
    of how many do not keep it; `shares` the same by layout and format, the worst first. `reason` is told of a fault.
    """

    suite: str
    demand: str
    columns: tuple[str, ...]
    expected: tuple[str, ...]
    within: tuple[tuple[str, str, tuple[str, ...]], ...]
    verdict: ContractVerdict
    rows: tuple[int, int]
    filings: tuple[int, int]
    shares: tuple[ContractShareJson, ...]
    examples: tuple[ContractExampleJson, ...]
    reason: str = ""


class ContractsJson(msgspec.Struct, frozen=True):
    """The contracts on the reading over a batch: how many were checked over how many filings and rows, and the broken.

    `idle` counts contracts that nothing in the batch could keep or break (a column that no filing fills).
    """

    filings: int
    rows: int
    checked: int
    idle: int
    broken: tuple[ContractJson, ...]
