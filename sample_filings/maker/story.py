"""Reads the invented story (`story.yaml`, `projects.yaml`) into plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

HERE: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the department: what it is, where its running costs are booked, and how big it is."""

    name: str
    body: str
    main: str
    staff: int
    retired: int
    car: int
    reception: int

    @property
    def is_office(self) -> bool:
        """Say whether the unit is 行政 or 参公, and so uses the office side of the government items."""
        return self.body == "机关"


@dataclass(frozen=True, slots=True)
class Project:
    """A project of the current year with its performance target; amounts in 元."""

    name: str
    unit: str
    function: str
    kind: str
    funds: Mapping[str, int]
    levels: Mapping[str, int]
    attribute: str
    overview: str
    basis: str
    need: str
    measures: str
    plan: str
    goal: str
    indicators: tuple[tuple[str, str, str], ...]
    years: int = 1

    @property
    def amount(self) -> int:
        """The year's money from every source."""
        return sum(self.funds.values())


@dataclass(frozen=True, slots=True)
class Carried:
    """Money of the year before that a project goes on spending."""

    unit: str
    name: str
    function: str
    source: str
    amount: int


@dataclass(frozen=True, slots=True)
class FundIncome:
    """A line of fund income and the prefix of the function codes that spend it."""

    code: str
    name: str
    functions: str


@dataclass(frozen=True, slots=True)
class Telling:
    """What a filing says beyond its tables: changes against last year, procurement, property, duties."""

    changes: Mapping[str, int]
    three_public: Mapping[str, int]
    reasons: Mapping[str, str]
    procurement: Mapping[str, int]
    vehicles: Mapping[str, int]
    floor: str
    big_equipment: tuple[int, int]
    duties: str
    setup: str


@dataclass(frozen=True, slots=True)
class Story:
    """Everything that is invented, before anything is added up."""

    year: int
    county: str
    code: str
    department: str
    filed_unit: str
    units: tuple[Unit, ...]
    own_money: tuple[tuple[str, str, int], ...]
    cars: Mapping[str, Mapping[str, int]]
    carried: tuple[Carried, ...]
    fund_income: tuple[FundIncome, ...]
    capital_income: tuple[str, str]
    projects: tuple[Project, ...]
    telling: Mapping[str, Telling]


def read_story(folder: Path = HERE) -> Story:
    """Read the two YAML files of `folder`; a missing or misspelt key raises `KeyError` or `TypeError`."""
    raw: dict[str, Any] = yaml.safe_load((folder / "story.yaml").read_text(encoding="utf-8"))
    projects: list[dict[str, Any]] = yaml.safe_load((folder / "projects.yaml").read_text(encoding="utf-8"))
    return Story(
        year=raw["year"],
        county=raw["county"],
        code=raw["code"],
        department=raw["department"],
        filed_unit=raw["filed_unit"],
        units=tuple(Unit(**unit) for unit in raw["units"]),
        own_money=tuple((line["unit"], line["function"], line["amount"]) for line in raw["own_money"]),
        cars=raw["cars_in_projects"],
        carried=tuple(Carried(**line) for line in raw["carried_over"]),
        fund_income=tuple(FundIncome(**line) for line in raw["fund_income"]),
        capital_income=(raw["capital_income"]["code"], raw["capital_income"]["name"]),
        projects=tuple(_project(line) for line in projects),
        telling={level: _telling(lines) for level, lines in raw["filings"].items()},
    )


def _project(raw: dict[str, Any]) -> Project:
    indicators = tuple((kind, name, value) for kind, name, value in raw.pop("indicators"))
    project = Project(indicators=indicators, **raw)
    if project.amount != sum(project.levels.values()):
        raise ValueError(f"{project.name}: funds and levels differ")
    return project


def _telling(raw: dict[str, Any]) -> Telling:
    changes: dict[str, Any] = raw["changes"]
    return Telling(
        changes={key: value for key, value in changes.items() if isinstance(value, int)},
        three_public=changes["三公分项"],
        reasons={key: value for key, value in changes.items() if isinstance(value, str)},
        procurement=raw["procurement"],
        vehicles=raw["vehicles"],
        floor=str(raw["floor"]),
        big_equipment=(raw["big_equipment"][0], raw["big_equipment"][1]),
        duties=raw["duties"].replace("\n", "").replace(" ", ""),
        setup=raw["setup"].replace("\n", "").replace(" ", ""),
    )
