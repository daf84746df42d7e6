"""Contracts on the reading: what forms demand, what a broken reading breaks, and what it costs those who do not ask."""

import json
import socket
import subprocess
import sys
from pathlib import Path

import msgspec
import pandas
import pytest

from checker import Auditor
from checker.contract.build import filing_json
from checker.contract.printed import CellJson, Ticked
from checker.contract.reading import ContractVerdict
from checker.contract.shape import FilingJson
from checker.expectations.contracts import Contracts, run_contracts
from checker.expectations.demands import FILINGS, TABLES, Demand, Kind
from checker.expectations.derive import chosen, suites
from checker.expectations.export import export, stacked, table_csv
from checker.expectations.frames import BEYOND, fen
from checker.model.figure import UNITS
from checker.outputs.contracts import told
from checker.outputs.words import load_words
from tests.conftest import ROOT, SAMPLES

WORDS = load_words("zh")
FORM = "支出总表"


@pytest.fixture(scope="module")
def filings(auditor) -> list[FilingJson]:
    names = (
        "clean/department.txt",
        "clean/unit.txt",
        "city/clean/department.txt",
        "final-accounts/clean/department.txt",
    )
    return [filing_json(auditor.audit_file(SAMPLES / name)) for name in names]


def demands_of(auditor: Auditor, name: str) -> list[Demand]:
    (suite,) = (suite for suite in suites(auditor.vocabulary) if suite.name == name)
    return list(suite.demands)


def copies(filing: FilingJson, count: int, first: int = 0) -> list[FilingJson]:
    return [msgspec.structs.replace(filing, path=f"{first + number}/{filing.path}") for number in range(count)]


def misread(
    filing: FilingJson, form: str, column: str, text: str, value: str | None = None, row: int = 2
) -> FilingJson:
    """Return a filing with one cell read otherwise: as text, or as another number."""
    tables = list(filing.tables)
    (place,) = (number for number, table in enumerate(tables) if table.form == form)
    table = tables[place]
    body = list(table.body)
    position = table.columns.index(column)
    cells = list(body[row].cells)
    at = cells[position].at
    cells[position] = CellJson(text, value, Ticked.UNREAD if value is None else Ticked.UNCHECKED, (), at)
    body[row] = msgspec.structs.replace(body[row], cells=tuple(cells))
    tables[place] = msgspec.structs.replace(table, body=tuple(body))
    return msgspec.structs.replace(filing, tables=tuple(tables))


def broken(filings, auditor):
    return {
        (each.suite, each.demand, each.columns[-1]): each for each in run_contracts(filings, auditor.vocabulary).broken
    }


# What the forms demand


def test_a_form_with_codes_demands_what_its_yaml_says(auditor):
    demands = demands_of(auditor, FORM)
    digits = {each.within[0].values: each.pattern for each in demands if each.kind is Kind.CODE}
    assert digits == {("类",): "^[0-9]{3}$", ("款",): "^[0-9]{5}$", ("项",): "^[0-9]{7}$"}
    figures = ("合计", "基本支出", "项目支出", "单位预留机动经费", "结转下年")
    assert tuple(each.columns[0] for each in demands if each.kind is Kind.NUMBER) == figures
    parts = [each.columns for each in demands if each.kind is Kind.PART]
    assert parts == [("合计.fen", f"{part}.fen") for part in figures[1:]]
    (levels,) = (each.values for each in demands if each.kind is Kind.ONE_OF and each.columns == ("level",))
    assert levels == ("类", "款", "项", "合计")


def test_only_rows_that_the_form_names_may_be_negative(auditor):
    amounts = [each for each in demands_of(auditor, "收入支出决算总表") if each.kind is Kind.AMOUNT]
    carried = ("使用非财政拨款结余", "年初结转和结余", "结余分配", "年末结转和结余")
    assert [(each.low == 0, each.within[0].relation.value, each.within[0].values) for each in amounts] == [
        (True, "not_in", carried),
        (False, "in", carried),
    ]


def test_row_counts_are_those_of_the_printings(auditor):
    counts = {
        each.within[0].values[0]: (each.low, each.high)
        for each in demands_of(auditor, TABLES)
        if each.kind is Kind.COUNT and each.columns == ("rows",)
    }
    assert counts["财政拨款三公经费支出决算表"] == (6, 6)
    assert counts["三公经费表"] == (6, 10)
    assert counts["项目绩效目标表"] == (1, 2)


def test_a_name_that_the_form_does_not_have_is_refused(tmp_path):
    from checker.forms.load import read_vocabulary
    from checker.yaml_source import SourceError

    (tmp_path / "forms").mkdir()
    file = tmp_path / "forms" / "one.yaml"
    file.write_text(
        "forms:\n  - form: 甲表\n    unit: 元\n    reading: {negative: [结于]}\n"
        "    lanes: [{keys: [项目], columns: [金额], rows: [结余]}]\n",
        encoding="utf-8",
    )
    with pytest.raises(SourceError, match=r"甲表 没有“结于”.*结余"):
        read_vocabulary([file])


def test_every_contract_can_be_said_in_both_languages(auditor):
    from checker.expectations.derive import said

    for language in ("zh", "en"):
        words = load_words(language)
        for suite in suites(auditor.vocabulary):
            lines = [said(demand, words) for demand in suite.demands]
            assert all(lines) and len(set(lines)) == len(lines), suite.name


@pytest.mark.parametrize(
    ("value", "unit", "amount"),
    [("1.00", "万元", 1_000_000), ("-0.05", "元", -5), ("0.005", "元", 0), ("3", "亿元", 30_000_000_000)],
)
def test_amounts_become_whole_fen(value, unit, amount):
    assert fen(value, UNITS[unit]) == amount


def test_amounts_beyond_all_measure_stay_so():
    assert fen("9" * 15, UNITS["亿元"]) == BEYOND
    assert fen("12.5", UNITS["%"]) is None


# What comes of it


def test_clean_filings_keep_every_contract(filings, auditor):
    found = run_contracts(filings, auditor.vocabulary)
    assert not found.broken
    assert (found.filings, found.idle) == (4, 717 - found.checked)
    assert found.checked > 500
    assert next(told(found, WORDS)).startswith("读取核对：4 份文本")


def test_text_in_a_column_of_many_filings_is_the_readings_fault(filings, auditor):
    wrong = misread(filings[0], FORM, "基本支出", "见附表")
    found = broken([*copies(wrong, 4), *copies(filings[0], 2, 10), *filings[1:]], auditor)
    ((_, kind, column),) = found
    assert (kind, column) == ("number", "基本支出")
    (note,) = found.values()
    assert note.verdict is ContractVerdict.READING
    assert note.filings == (4, 8)  # the final accounts have no such form
    assert [(share.layout, share.format, share.filings) for share in note.shares] == [("shanxi", "txt", (4, 7))]
    (place,) = {example.at for example in note.examples}
    cell = next(table for table in wrong.tables if table.form == FORM).body[2].cells[1]
    assert place == cell.at
    assert {example.text for example in note.examples} == {"见附表"}
    assert [example.path[0] for example in note.examples] == ["0", "1", "2", "3"]


def test_one_filing_is_an_oddity_and_two_are_looked_at(filings, auditor):
    wrong = misread(filings[0], FORM, "基本支出", "甲")
    (one,) = broken([wrong, *filings[1:]], auditor).values()
    assert one.verdict is ContractVerdict.FILING
    (two,) = broken([*copies(wrong, 2), *filings[1:]], auditor).values()
    assert two.verdict is ContractVerdict.SCATTERED


def test_negative_and_shifted_amounts_are_seen(filings, auditor):
    negative = misread(filings[0], FORM, "项目支出", "-1", "-1.00")
    assert (FORM, "amount", "项目支出.fen") in broken([negative], auditor)
    shifted = misread(filings[0], FORM, "项目支出", "99999999", "99999999.00")
    assert set(broken([shifted], auditor)) == {(FORM, "part", "项目支出.fen")}


def test_rows_and_codes_that_are_read_wrongly_are_seen(filings, auditor):
    tables = list(filings[0].tables)
    (place,) = (number for number, table in enumerate(tables) if table.form == FORM)
    body = list(tables[place].body)
    detail = next(number for number, row in enumerate(body) if row.level == "项")
    body[detail] = msgspec.structs.replace(body[detail], code="99901", key="99901#2")
    body += [row for row in body if row.level == "合计"]
    tables[place] = msgspec.structs.replace(tables[place], body=tuple(body))
    found = broken([msgspec.structs.replace(filings[0], tables=tuple(tables))], auditor)
    assert set(found) == {
        (FORM, "unique", "key"),
        (FORM, "once", "key"),
        (FORM, "code", "code"),
        (FORM, "one_of", "class"),
        (TABLES, "count", "totals"),
    }


def test_figures_without_a_place_are_told_of_the_filing(filings, auditor):
    from checker.contract.unverified import UnreadJson

    lost = UnreadJson(filings[0].tables[0].at, "12.3", FORM, "栏不明")
    found = broken([msgspec.structs.replace(filings[0], unread=(lost,))], auditor)
    assert set(found) == {(FILINGS, "count", "unread")}
    (note,) = found.values()
    assert note.examples[0].at == lost.at


def test_windows_add_up(filings, auditor):
    wrong = misread(filings[0], FORM, "基本支出", "甲")
    batch = [*copies(wrong, 3), *copies(filings[0], 2, 10)]
    whole = run_contracts(batch, auditor.vocabulary)
    contracts = Contracts(auditor.vocabulary, window=2)
    for filing in batch:
        contracts.add(filing)
    assert contracts.finish() == whole
    assert whole.broken[0].filings == (3, 5)


def test_an_expectation_that_cannot_be_held_is_a_fault_not_a_pass(filings, auditor, monkeypatch):
    from checker.expectations import derive

    monkeypatch.setattr(derive, "_NUMBER", "(")
    found = run_contracts(filings[:1], auditor.vocabulary)
    assert found.broken
    assert {note.verdict for note in found.broken} == {ContractVerdict.FAULT}
    assert all(note.reason for note in found.broken)


def test_nothing_is_sent_and_the_environment_stays(filings, auditor, monkeypatch, tmp_path):
    import os

    def refuse(*args, **kwargs):
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    before = dict(os.environ)
    assert run_contracts(filings[:1], auditor.vocabulary).checked
    export(tmp_path, chosen(auditor.vocabulary, [FORM]), None, WORDS, "1")
    assert dict(os.environ) == before


# Exported suites, run by great-expectations alone


@pytest.fixture(scope="module")
def project(filings, auditor, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("exported")
    export(folder, suites(auditor.vocabulary), stacked(filings, auditor.vocabulary), WORDS, "1")
    return folder


def validate(project: Path, name: str, spoil=lambda frame: None) -> set[str]:
    """Return the notes of the expectations that fail over an exported table, with nothing of ours at work."""
    import great_expectations

    context = great_expectations.get_context(mode="file", project_root_dir=project)
    suite = context.suites.get(name)
    frame = pandas.read_csv(
        project / "tables" / f"{name}.csv", dtype=suite.meta["gouji"]["dtypes"], keep_default_na=False, na_values=[""]
    )
    spoil(frame)
    source = great_expectations.get_context(mode="ephemeral").data_sources.add_pandas("plain")
    batch = source.add_dataframe_asset("a").add_batch_definition_whole_dataframe("b").get_batch({"dataframe": frame})
    results = batch.validate(suite).results
    assert not any(result.exception_info["raised_exception"] for result in results)
    return {result.expectation_config.notes for result in results if not result.success}


def test_exported_suites_hold_over_exported_tables(project):
    names = sorted(path.stem for path in (project / "tables").iterdir())
    assert {FORM, TABLES, FILINGS, "收支总表", "项目绩效目标表·indicators", "收入支出决算总表"} <= set(names)
    for name in names:
        assert validate(project, name) == set(), name


def put(column, row, value):
    def spoil(frame):
        frame.loc[row, column] = value

    return spoil


def double(frame):
    frame.loc[3, ["filing", "table", "key"]] = frame.loc[2, ["filing", "table", "key"]]


@pytest.mark.parametrize(
    ("spoil", "notes"),
    [
        (put("基本支出", 2, "见附表"), {"“基本支出”里只有数字"}),
        (put("level", 2, "目"), {"级次只有 类、款、项、合计"}),
        (put("项目支出.fen", 2, -1), {"“项目支出”的金额在 0 至 100000亿元 之间"}),
        (put("name", 2, None), {"名称不空"}),
        (double, {"文本、表、行合起来不重复"}),
    ],
)
def test_exported_suites_see_a_broken_reading(project, spoil, notes):
    assert validate(project, FORM, spoil) == notes


def test_a_bad_code_is_seen_at_its_level(project):
    def spoil(frame):
        row = frame.index[frame["level"] == "项"][0]
        frame.loc[row, "code"] = "20101"

    assert validate(project, FORM, spoil) == {"科目编码是 7 位数字（级次为项的行）"}


def test_exports_are_the_same_bytes_each_time(project, filings, auditor, tmp_path):
    export(tmp_path, suites(auditor.vocabulary), stacked(filings, auditor.vocabulary), WORDS, "1")
    for path in tmp_path.rglob("*"):
        if path.is_file() and path.name != "great_expectations.yml":  # that one is rewritten by whoever opens it
            assert path.read_bytes() == (project / path.relative_to(tmp_path)).read_bytes(), path


def test_a_table_holds_no_formula():
    frame = pandas.DataFrame(
        {"name": pandas.Series(["=cmd", "+1", "-2+3", "@a", "-12.30", "甲", None], dtype="object")}
    )
    lines = table_csv(frame).decode().splitlines()
    assert lines == ["name", "'=cmd", "'+1", "'-2+3", "'@a", "-12.30", "甲", '""']


def test_its_own_pages_load_nothing(filings, auditor, tmp_path):
    from lxml import html

    from checker.expectations.data_docs import data_docs

    hostile = msgspec.structs.replace(filings[0], filer="<img src=//x onerror=alert(1)>")
    stacks = stacked([misread(hostile, FORM, "基本支出", "<script>alert(1)</script>")], auditor.vocabulary)
    picked = chosen(auditor.vocabulary, [FORM])
    for folder in ("one", "two"):
        data_docs(tmp_path / folder, picked, stacks, WORDS, "1", "2026-01-02T03:04:05+00:00")
    pages = sorted((tmp_path / "one").rglob("*.html"))
    assert [str(page.relative_to(tmp_path / "one")) for page in pages] == [
        f"expectations/{FORM}.html", "index.html", f"results/{FORM}.html",
    ]  # fmt: skip
    for page in pages:
        tree = html.document_fromstring(page.read_text(encoding="utf-8"))
        assert not list(tree.iter("script", "img", "iframe", "base", "form"))
        assert "default-src 'none'" in tree.xpath("//meta[@http-equiv]/@content")[0]
        assert not [link for *_, link, _ in tree.iterlinks() if "//" in link]
        assert page.read_bytes() == (tmp_path / "two" / page.relative_to(tmp_path / "one")).read_bytes()
    assert "＜script＞alert(1)" in pages[2].read_text(encoding="utf-8")
    assert "“基本支出”里只有数字" in pages[0].read_text(encoding="utf-8")


# The command line


def gouji(*arguments, code=None, **environment) -> subprocess.CompletedProcess:
    """Run the command, then a line of Python in the same process."""
    program = f"import sys\nfrom checker.cli import main\ntry:\n    main()\nfinally:\n    {code or 'pass'}"
    return subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        check=False,
    )


LOADED = "print('loaded', sorted({'great_expectations', 'scipy', 'altair'} & set(sys.modules)), file=sys.stderr)"


@pytest.mark.parametrize(
    "arguments", [["--help"], ["audit", "--help"], ["expectations", "list"], ["audit", "SAMPLE", "-o", "console"]]
)
def test_it_is_not_imported_unless_asked_for(arguments):
    sample = SAMPLES / "clean" / "unit.txt"
    done = gouji(*(sample if each == "SAMPLE" else each for each in arguments), code=LOADED)
    assert done.returncode == 0, done.stderr
    assert "loaded []" in done.stderr


def test_an_audit_with_contracts_tells_them_and_keeps_its_exit_code(tmp_path):
    sample, saved = SAMPLES / "clean" / "unit.txt", tmp_path / "a.json"
    done = gouji("audit", sample, "--contracts", "-o", "console", "-o", f"json={saved}")
    assert done.returncode == 0, done.stderr
    assert "读取核对：1 份文本" in done.stdout
    assert "全部做到" in done.stdout
    assert not [line for line in done.stderr.splitlines() if "Calculating" in line or "Warning" in line]
    audit = json.loads(saved.read_text(encoding="utf-8"))
    assert audit["contracts"]["filings"] == 1
    assert audit["contracts"]["broken"] == []
    again = tmp_path / "b.json"
    assert gouji("report", saved, "-o", f"json={again}").returncode == 0
    assert again.read_bytes() == saved.read_bytes()


def test_an_export_of_a_saved_audit(tmp_path):
    saved, folder = tmp_path / "a.json", tmp_path / "out"
    assert gouji("audit", SAMPLES / "clean" / "unit.txt", "-o", f"json={saved}").returncode == 0
    done = gouji("expectations", "export", folder, saved, "--form", FORM)
    assert done.returncode == 0, done.stderr
    assert sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()) == [
        "README.md", "gx/expectations/支出总表.json", "gx/great_expectations.yml", "tables/支出总表.csv",
    ]  # fmt: skip
    assert "已写入" in done.stderr


def test_wrong_usage_says_what_is_wrong(tmp_path):
    done = gouji("expectations", "list", "--form", "支出总裱")
    assert done.returncode == 2
    assert "没有“支出总裱”这个表式" in done.stderr
    assert "支出总表" in done.stderr
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    done = gouji("expectations", "export", tmp_path)
    assert done.returncode == 2
    assert "已有别的文件" in done.stderr


def test_without_the_package_it_says_how_to_install_it(monkeypatch, auditor):
    from checker.expectations.quiet import NotInstalled

    monkeypatch.setitem(sys.modules, "great_expectations", None)
    with pytest.raises(NotInstalled):
        Contracts(auditor.vocabulary)
