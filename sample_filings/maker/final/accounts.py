"""The accounts at the end of the year: for every entry of the books, what there was, came in, was spent and is left."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from maker.books import CARRIED, PROJECT, Books, Condition, Entry, itemised, paid_by
from maker.classification import CLASSES, FISCAL

SEED: Final = 20261231
_THREE_PUBLIC: Final = ("30217", "30231")

FINAL_CLASSES: Final = tuple((code, name) for code, name in CLASSES if code not in ("209", "227", "230", "233"))
"""The function classes that 收入支出决算总表 lists: code, caption."""


@dataclass(frozen=True, slots=True)
class Account:
    """One entry of the books with its flows in whole 元."""

    entry: Entry
    opening: int
    income: int
    spent: int

    @property
    def closing(self) -> int:
        """What is left at the end of the year."""
        return self.opening + self.income - self.spent


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts that one filing of final accounts is made from; `books` are those of its budget."""

    books: Books
    accounts: tuple[Account, ...]

    @property
    def filer(self) -> str:
        """Whose accounts these are."""
        return self.books.filer

    @property
    def year(self) -> int:
        """The year that has ended."""
        return self.books.story.year

    @property
    def body(self) -> str:
        """What a filer of this level calls itself."""
        return "部门" if self.books.level == "department" else "单位"

    def total(self, flow: str, *conditions: Condition) -> int:
        """Add up opening, income, spent or closing of the accounts that meet every condition."""
        return sum(
            int(getattr(account, flow))
            for account in self.accounts
            if all(condition(account.entry) for condition in conditions)
        )

    def codes(self, flows: Sequence[str], *conditions: Condition) -> list[str]:
        """List the function codes with a flow, with their 款 and 类, in code order."""
        found = {
            account.entry.function
            for account in self.accounts
            if any(getattr(account, flow) for flow in flows) and all(one(account.entry) for one in conditions)
        }
        return sorted({code[:length] for code in found for length in (3, 5, 7)})

    def three_public(self, part: str) -> int:
        """Add up what a 三公 item cost; what projects pay is spent as planned."""
        inside = {"公务接待费": "30217", "公务用车运行维护费": "30231"}.get(part)
        basic = self.total("spent", paid_by(*FISCAL), itemised(inside)) if inside else 0
        key = {"公务用车运行维护费": "run", "公务用车购置费": "buy"}.get(part, "")
        return basic + sum(self.books.story.cars.get(unit.name, {}).get(key, 0) for unit in self.books.units)


def close(books: Books) -> Accounts:
    """Close the books of a year; an entry fares the same in a department's accounts and in a unit's."""
    return Accounts(books, tuple(_close(entry) for entry in books.entries))


def year_before(accounts: Accounts) -> Accounts:
    """Invent the accounts of the year before: what the narrative compares these with."""
    return replace(accounts, accounts=tuple(_earlier(account) for account in accounts.accounts))


def _earlier(account: Account) -> Account:
    chance = Random(
        f"{SEED}before{account.entry.unit}{account.entry.function}{account.entry.project}{account.entry.item}"
    )
    share = chance.choice((0, 610, 930, 1150)) if account.entry.nature == PROJECT else chance.randint(905, 1035)
    return replace(
        account,
        opening=account.opening * share // 1000,
        income=account.income * share // 1000,
        spent=account.spent * share // 1000,
    )


def _close(entry: Entry) -> Account:
    chance = Random(
        f"{SEED}{entry.unit}{entry.function}{entry.nature}{entry.source}{entry.year}{entry.project}{entry.item}"
    )
    if entry.nature != PROJECT:
        rate = chance.randint(930, 1000) if entry.item in _THREE_PUBLIC else chance.randint(955, 1048)
        spent = entry.amount * rate // 1000
        return Account(entry, 0, spent, spent)
    share = chance.choice((1000, 1000, 1000, 962, 884, 791))
    spent = entry.amount * share // 1000
    if entry.year == CARRIED:
        return Account(entry, entry.amount, 0, spent)
    return Account(entry, 0, entry.amount, spent)
