"""The official lists of subjects: names by year, what counts as another name, and what only as another spelling."""

from __future__ import annotations

import pytest

from checker.forms.subjects import Fit, Subject, alike, judge_name, plain, read_subjects
from checker.model.place import LinePlace
from checker.model.table import Cell
from checker.recognition.rows import RawRow, arrange
from tests.support.project import vocabulary

PENSIONS = (
    Subject("行政事业单位离退休", until=2019, certain=True),
    Subject("行政事业单位养老支出", since=2020, certain=True),
)


@pytest.mark.parametrize(
    ("name", "year", "fit"),
    [
        ("行政事业单位养老支出", 2024, Fit.RIGHT),
        ("行政事业单位养老支出（款）", 2024, Fit.RIGHT),
        ("行政事业单位离退休", 2019, Fit.RIGHT),
        ("行政事业单位离退休", 2020, Fit.RENAMED),
        ("行政事业单位养老支出", 2019, Fit.RENAMED),
        ("行政事业单位养老", 2024, Fit.SPELT),
        ("就业补助", 2024, Fit.OTHER),
    ],
)
def test_a_name_is_held_against_those_of_its_year(name, year, fit):
    found = judge_name(name, PENSIONS, year)
    assert found.fit is fit
    if fit is not Fit.RIGHT:
        assert found.certain
        assert found.official.name == ("行政事业单位离退休" if year < 2020 else "行政事业单位养老支出")


def test_an_unknown_code_says_nothing():
    assert judge_name("就业补助", (), 2024).fit is Fit.UNKNOWN


def test_a_name_not_yet_in_use_is_held_against_nothing():
    assert judge_name("房屋建筑物购建", (Subject("资本性支出", since=2018, certain=True),), 2016).fit is Fit.UNKNOWN


@pytest.mark.parametrize(("year", "certain"), [(2022, True), (2019, True), (2026, True), (2018, False), (2027, False)])
def test_a_contradiction_is_certain_near_the_years_that_the_name_was_seen_in(year, certain):
    known = (Subject("抚恤", seen=(2021, 2024), certain=True),)
    assert judge_name("就业补助", known, year).certain is certain


def test_what_is_not_certain_stays_so():
    assert not judge_name("就业补助", (Subject("抚恤", seen=(2021, 2024)),), 2022).certain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("维修(护)费", "维修（护）费"),
        ("维修费", "维修（护）费用"),
        ("基本养老保险缴费", "机关事业单位基本养老保险缴费支出"),
        ("公务用车运行费", "公务用车运行维护费"),
        ("党委办公厅(室)及相关机构事务", "党委办公厅〔室〕及相关机构事务"),
    ],
)
def test_another_spelling(one, other):
    assert alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("行政单位医疗", "事业单位医疗"),
        ("行政单位离退休", "事业单位离退休"),
        ("水费", "电费"),
        ("离休费", "退休费"),
        ("医疗费", "医疗费补助"),
        ("机关事业单位基本养老保险缴费支出", "机关事业单位职业年金缴费支出"),
    ],
)
def test_another_subject(one, other):
    assert not alike(one, other)


def test_marks_around_a_name_are_no_part_of_it():
    assert plain("其中：行政运行（项）") == plain("  行政 运行") == "行政运行"


def test_years_are_read_as_they_are_written(tmp_path):
    file = tmp_path / "subjects.csv"
    file.write_text(
        "code,name,years,status,filings\n"
        "208,社会保障和就业支出,2017-2024,observed,20\n"
        "210,医疗卫生与计划生育支出,-2018,renamed,\n"
        "210,卫生健康支出,2019+,renamed,\n"
        "210,卫生健康支出,2023-2024,observed,12\n"
        "215,资源勘探信息等支出,-2020?,unverified,\n"
        "21399,其他农林水支出,2024,observed,1\n",
        encoding="utf-8",
    )
    subjects = read_subjects([file])
    assert subjects["208"] == (Subject("社会保障和就业支出", seen=(2017, 2024), certain=True, sole=True),)
    assert subjects["210"] == (
        Subject("医疗卫生与计划生育支出", until=2018, certain=True),
        Subject("卫生健康支出", since=2019, seen=(2023, 2024), certain=True, sole=True),
    )
    assert subjects["215"] == (Subject("资源勘探信息等支出", until=2021),)
    assert subjects["21399"] == (Subject("其他农林水支出", seen=(2024, 2024)),)


def test_years_that_are_none_are_refused(tmp_path):
    file = tmp_path / "subjects.csv"
    file.write_text("code,name,years,status\n208,社会保障和就业支出,以来,observed\n", encoding="utf-8")
    with pytest.raises(ValueError, match="以来"):
        read_subjects([file])


@pytest.mark.parametrize(
    ("keys", "printed", "row"),
    [
        (("30201", "办公用品费", ""), ("30201", "办公用品费"), ("30201", "办公费")),
        (("301", "商品和服务支出", ""), ("301", "商品和服务支出"), ("302", "商品和服务支出")),
        (("3", "津贴补贴", ""), ("3", "津贴补贴"), ("", "津贴补贴")),
    ],
)
def test_what_is_printed_is_kept_beside_the_official_name(keys, printed, row):
    lane = next(lane for lane in vocabulary().forms["一般公共预算基本支出表"].lanes)
    spec = next(spec for spec in vocabulary().layouts["shanxi"].tables if spec.form == "一般公共预算基本支出表")
    cells = tuple(Cell("1.00", LinePlace(1, 4 + n)) for n in range(len(lane.columns)))
    rows, strange = arrange([RawRow(keys, cells, LinePlace(1))], lane, spec, vocabulary().classification)
    assert strange == []
    assert rows[0].printed == printed
    assert (rows[0].code, rows[0].name) == row
