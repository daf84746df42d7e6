"""The balanced books: detail entries in whole 元, and nothing that is not summed from them.

A table never holds a figure of its own. It asks the books for a sum and rounds it when it is printed, which is
why printed columns differ from printed totals by 0.01 万元 here and there, as they do in real filings.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Final

from maker.classification import ECONOMIC_ITEMS, FISCAL, STAFF_CLASSES
from maker.story import Carried, Project, Story, Unit

SEED: Final = 20260131

BASIC, PROJECT = "基本支出", "项目支出"
CURRENT, CARRIED = "当年", "上年结转"


@dataclass(frozen=True, slots=True)
class Entry:
    """One detail line of the books; `item` is the economic code of basic expenditure, else empty."""

    unit: str
    function: str
    nature: str
    source: str
    year: str
    amount: int
    project: str = ""
    item: str = ""


Condition = Callable[[Entry], bool]


@dataclass(frozen=True, slots=True)
class Books:
    """The entries that one filing accounts for, with the units and projects they belong to."""

    story: Story
    filer: str
    level: str
    units: tuple[Unit, ...]
    entries: tuple[Entry, ...]

    @property
    def projects(self) -> tuple[Project, ...]:
        """The current-year projects of the filing's units, in story order."""
        names = {unit.name for unit in self.units}
        return tuple(project for project in self.story.projects if project.unit in names)

    @property
    def carried(self) -> tuple[Carried, ...]:
        """The carried-over projects of the filing's units, in story order."""
        names = {unit.name for unit in self.units}
        return tuple(line for line in self.story.carried if line.unit in names)

    def total(self, *conditions: Condition) -> int:
        """Add up the entries that meet every condition, in 元."""
        return sum(entry.amount for entry in self.entries if all(condition(entry) for condition in conditions))

    def codes(self, *conditions: Condition) -> list[str]:
        """List the function codes of the matching entries with their 款 and 类, in code order."""
        found = {entry.function for entry in self.entries if all(condition(entry) for condition in conditions)}
        return sorted({code[:length] for code in found for length in (3, 5, 7)})

    def three_public(self, part: str) -> int:
        """Add up the fiscal money of a 三公 item: running costs inside 基本支出 plus vehicles inside projects."""
        items = {"公务接待费": "30217", "公务用车运行维护费": "30231"}
        inside = self.total(paid_by(*FISCAL), lambda entry: bool(entry.item) and entry.item == items.get(part))
        key = {"公务用车运行维护费": "run", "公务用车购置费": "buy"}.get(part, "")
        return inside + sum(self.story.cars.get(unit.name, {}).get(key, 0) for unit in self.units)

    def running(self, unit: Unit) -> int:
        """Add up the 机关运行经费 of a unit: the goods and services of an office's basic expenditure."""
        if not unit.is_office:
            return 0
        return self.total(paid_by(*FISCAL), lambda entry: entry.unit == unit.name and entry.item.startswith("302"))


def under(code: str) -> Condition:
    """Entries whose function code begins with `code`; the empty code takes all."""
    return lambda entry: entry.function.startswith(code)


def natured(*natures: str) -> Condition:
    """Entries that are one of `natures` (基本支出, 项目支出)."""
    return lambda entry: entry.nature in natures


def paid_by(*sources: str) -> Condition:
    """Entries paid by one of `sources`."""
    return lambda entry: entry.source in sources


def of_year(year: str) -> Condition:
    """Entries of this year's money, or of money carried over."""
    return lambda entry: entry.year == year


def itemised(code: str) -> Condition:
    """Entries whose economic code begins with `code`."""
    return lambda entry: entry.item.startswith(code)


def department_books(story: Story) -> Books:
    """Keep the books of the whole department."""
    return Books(story, story.department, "department", story.units, tuple(_entries(story)))


def unit_books(whole: Books) -> Books:
    """Take the filed unit's share out of the department's books."""
    name = whole.story.filed_unit
    units = tuple(unit for unit in whole.units if unit.name == name)
    return Books(whole.story, name, "unit", units, tuple(entry for entry in whole.entries if entry.unit == name))


def _entries(story: Story) -> Iterator[Entry]:
    chance = Random(SEED)
    for unit in story.units:
        yield from _basic(unit, chance)
    for name, function, amount in story.own_money:
        yield Entry(name, function, BASIC, "单位资金", CURRENT, amount)
    for project in story.projects:
        for source, amount in project.funds.items():
            yield Entry(project.unit, project.function, PROJECT, source, CURRENT, amount, project.name)
    for line in story.carried:
        yield Entry(line.unit, line.function, PROJECT, line.source, CARRIED, line.amount, line.name)


def _basic(unit: Unit, chance: Random) -> Iterator[Entry]:
    amounts = _pay(unit, chance) | _goods(unit, chance)
    for item in ECONOMIC_ITEMS:
        if amounts.get(item.code, 0):
            function = _function(unit, item.code)
            yield Entry(unit.name, function, BASIC, FISCAL[0], CURRENT, amounts[item.code], item=item.code)


def _function(unit: Unit, item: str) -> str:
    """Book insurance, medical care, housing and pensions under their own functions, the rest under the main one."""
    fixed = {"30108": "2080505", "30109": "2080506", "30111": "2101103", "30113": "2210201"}
    medical, retired = ("2101101", "2080501") if unit.is_office else ("2101102", "2080502")
    return {**fixed, "30110": medical, "30302": retired}.get(item, unit.main)


def _pay(unit: Unit, chance: Random) -> dict[str, int]:
    wage = unit.staff * chance.randint(43_200, 48_900) + chance.randint(0, 9_999)
    allowance = unit.staff * (chance.randint(21_000, 24_500) if unit.is_office else chance.randint(3_100, 4_200))
    extra = unit.staff * chance.randint(15_800, 21_900) + chance.randint(0, 999)
    base = wage + allowance + extra
    pay = {
        "30101": wage,
        "30102": allowance,
        "30103" if unit.is_office else "30107": extra,
        "30108": base * 16 // 100,
        "30109": base * 8 // 100,
        "30110": base * 65 // 1000,
        "30111": base * 35 // 1000 if unit.is_office else 0,
        "30112": base * 7 // 1000,
        "30113": base * 12 // 100,
        "30199": unit.staff * chance.randint(700, 1_300) if unit.is_office else 0,
        "30302": unit.retired * chance.randint(5_600, 7_900),
        "30309": 60 * chance.randint(4, 19),
    }
    assert all(code[:3] in STAFF_CLASSES for code in pay)
    return pay


def _goods(unit: Unit, chance: Random) -> dict[str, int]:
    def each(low: int, high: int) -> int:
        return unit.staff * chance.randint(low, high)

    return {
        "30201": each(620, 1_140),
        "30202": each(180, 420),
        "30205": each(60, 120),
        "30206": each(210, 380),
        "30207": each(240, 410),
        "30208": each(1_150, 1_760),
        "30209": each(300, 690),
        "30211": each(900, 1_650),
        "30215": each(190, 330) if unit.is_office else 0,
        "30216": each(350, 560),
        "30217": unit.reception,
        "30228": each(930, 1_270),
        "30229": each(1_080, 1_520),
        "30231": unit.car,
        "30239": each(5_900, 6_900) if unit.is_office else 0,
        "30299": each(230, 640),
    }
