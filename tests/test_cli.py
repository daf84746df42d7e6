"""The command line as a newcomer meets it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, SAMPLES

CLEAN = SAMPLES / "clean" / "unit.txt"
WRONG = SAMPLES / "defects" / "transposed-digits" / "unit.txt"
LACKING = SAMPLES / "defects" / "table-left-out" / "department.txt"


def gouji(*arguments, cwd=None, **environment):
    import os

    return subprocess.run(
        [sys.executable, "-c", "from checker.cli import main; main()", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **environment},
        check=False,
    )


@pytest.mark.parametrize(
    ("paths", "options", "code", "words"),
    [
        ([CLEAN], [], 0, "通过"),
        ([WRONG], [], 1, "未通过：有 3 条"),
        ([WRONG], ["--fail-on", "never"], 0, "通过"),
        ([LACKING], [], 1, "未通过"),
        ([LACKING], ["--fail-on", "never"], 3, "缺少规定的报表"),
        ([SAMPLES / "defects" / "last-digit"], ["--fail-on", "notice"], 1, "未通过"),
        ([SAMPLES / "defects" / "last-digit"], [], 0, "通过"),
        (["none.txt"], [], 2, "用法"),
        ([CLEAN], ["-o", "pdf"], 2, "用法"),
        ([CLEAN], ["--layout", "mars"], 2, "用法"),
        ([CLEAN], ["--rules", "none"], 2, "用法"),
    ],
)
def test_exit_codes_and_the_last_line(tmp_path, paths, options, code, words):
    outputs = [] if "-o" in options else ["-o", "console"]
    done = gouji("audit", *paths, *options, *outputs, cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert words in done.stderr.splitlines()[-1]


def test_a_missing_table_that_the_contents_do_not_list_is_no_proof(tmp_path):
    lines = LACKING.read_text(encoding="utf-8").splitlines(keepends=True)
    entry = next(number for number, line in enumerate(lines) if "机关运行经费预算表" in line)
    (tmp_path / "copy.txt").write_text("".join(lines[:entry] + lines[entry + 1 :]), encoding="utf-8")
    done = gouji("audit", "copy.txt", "-o", "console", cwd=tmp_path)
    assert done.returncode == 3
    assert "疑点 PRE-001" in done.stdout
    assert "缺少规定的报表" in done.stderr.splitlines()[-1]


def test_default_outputs_appear(tmp_path):
    done = gouji("audit", WRONG, cwd=tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["gouji-audit.html", "gouji-audit.json"]
    assert "建议修改后公开" in done.stdout
    assert "ACR-301" in done.stdout


def test_several_files_make_an_index_with_a_report_each(tmp_path):
    gouji("audit", SAMPLES / "clean", "-o", "html=out/report.html", cwd=tmp_path)
    assert (tmp_path / "out" / "report.html").exists()
    assert len(list((tmp_path / "out" / "report").glob("*.html"))) == 3


def test_json_to_standard_output_is_nothing_else(tmp_path):
    done = gouji("audit", CLEAN, "-o", "json=-", cwd=tmp_path)
    assert json.loads(done.stdout)["schema"] == "gouji/audit/1"
    assert not list(tmp_path.iterdir())


BAD = {
    "empty.txt": b"",
    "binary.txt": bytes(range(256)) * 20,
    "latin.txt": "é".encode("latin-1") * 50 + b"\xff\xfe\xfd\n",
    "prose.txt": "只有一句话，没有表格。\n".encode(),
    "untitled.txt": "科目编码\t科目名称\t合计\n208\t社会保障和就业支出\t1.00\n".encode(),
    "long.txt": b"1" * 1_000_000,
    "fields.txt": b"1\t" * 500_000,
    "scan.pdf": b"%PDF-1.4 garbage",
}


def test_bad_files_are_named_and_the_rest_goes_on(tmp_path):
    for name, content in BAD.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "good.txt").write_bytes(CLEAN.read_bytes())
    done = gouji("audit", ".", "-o", "json=-", cwd=tmp_path)
    assert done.returncode == 3
    result = json.loads(done.stdout)
    assert {Path(file["path"]).name for file in result["unreadable"]} == set(BAD)
    assert all(file["reason"] for file in result["unreadable"])
    assert [Path(filing["path"]).name for filing in result["filings"]] == ["good.txt"]
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_alone_ends_with_three(tmp_path, name):
    (tmp_path / name).write_bytes(BAD[name])
    done = gouji("audit", name, "-o", "console", cwd=tmp_path)
    assert done.returncode == 3
    assert "无法核验" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_bug_is_told_as_one_and_the_rest_goes_on(tmp_path, monkeypatch, auditor):
    from checker import auditing
    from checker.contract.build import audit_json
    from checker.gate.policy import Exit, decide

    def fail(document, vocabulary, layout=None):
        if "bad" in document.path:
            raise IndexError("row 7")
        return recognise(document, vocabulary, layout)

    recognise = auditing.recognise
    monkeypatch.setattr(auditing, "recognise", fail)
    for name in ("bad.txt", "good.txt"):
        (tmp_path / name).write_bytes(CLEAN.read_bytes())
    result = auditor.run([tmp_path])
    assert [Path(file.path).name for file in result.unreadable] == ["bad.txt"]
    assert "IndexError: row 7" in result.unreadable[0].reason
    assert len(result.filings) == 1
    assert decide(audit_json(result)).code is Exit.BROKEN


def test_the_same_input_gives_the_same_bytes(tmp_path):
    results = []
    for seed in ("1", "2"):
        done = gouji("audit", SAMPLES / "clean", WRONG, "-o", "json=-", cwd=tmp_path, PYTHONHASHSEED=seed)
        audit = json.loads(done.stdout)
        audit["run"].pop("started")
        results.append(json.dumps(audit))
    assert results[0] == results[1]


@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_starting_imports_nothing_heavy(argument):
    code = (
        "import sys\nfrom checker.cli import main\nsys.argv=['gouji', sys.argv[1]]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'pandas', 'numpy', 'jinja2', 'lark', 'yaml', 'xlsxwriter'} & set(sys.modules)\n"
        "sys.exit(f'imported {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code, argument], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr


def test_an_audit_with_its_report_imports_no_pandas(tmp_path):
    code = (
        "import sys\nfrom checker.cli import main\n"
        f"sys.argv=['gouji', 'audit', {str(CLEAN)!r}, '-o', 'html={tmp_path / 'x.html'}']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "sys.exit('imported pandas' if 'pandas' in sys.modules else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr


def test_english_is_a_switch(tmp_path):
    done = gouji("audit", CLEAN, "-o", "console", "--lang", "en", cwd=tmp_path)
    assert "no error or doubt found" in done.stdout
    assert "passed" in done.stderr
    assert "Audit files" in gouji("--help", GOUJI_LANG="en").stdout


def test_no_line_is_wider_than_the_terminal(tmp_path):
    import unicodedata

    done = gouji("audit", SAMPLES / "defects" / "carried-over-differs", "-o", "console", cwd=tmp_path, COLUMNS="80")
    widths = [
        sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line) for line in done.stdout.splitlines()
    ]
    assert max(widths) <= 80
    assert "\x1b" not in done.stdout


def test_rules_can_be_listed_explained_and_linted():
    assert "BAL-106" in gouji("rules", "list").stdout
    assert "收支总表[收入总计] = 收支总表[支出总计, 合计]" in gouji("rules", "explain", "BAL-106").stdout
    assert "没有错误" in gouji("rules", "lint").stdout
    unknown = gouji("rules", "explain", "BAL-10")
    assert unknown.returncode == 2
    assert "是否为" in unknown.stderr


def test_the_index_of_rules_is_current():
    assert gouji("rules", "docs", "--check").returncode == 0


def test_tables_lists_what_was_recognised(tmp_path):
    listing = json.loads(gouji("tables", CLEAN).stdout)
    table = next(table for table in listing["tables"] if table["form"] == "支出总表")
    assert table["rows"][0]["cells"]["合计"]["value"] == "357.17"
    assert gouji("tables", CLEAN, "-o", "t.xlsx", cwd=tmp_path).returncode == 0
    assert (tmp_path / "t.xlsx").stat().st_size > 5000
    (tmp_path / "scan.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    refused = gouji("tables", CLEAN, "-o", "t.pdf", cwd=tmp_path)
    assert refused.returncode == 2
    assert "t.pdf" in refused.stderr
    assert not (tmp_path / "t.pdf").exists()
    assert gouji("tables", tmp_path / "scan.png").returncode == 3


def test_a_cache_that_cannot_be_written_is_no_reason_to_fail(tmp_path):
    blocker = tmp_path / "file"
    blocker.write_text("x", encoding="utf-8")
    done = gouji("audit", CLEAN, "-o", "console", cwd=tmp_path, GOUJI_CACHE=str(blocker / "cache"))
    assert done.returncode == 0
    damaged = tmp_path / "cache"
    gouji("audit", CLEAN, "-o", "console", cwd=tmp_path, GOUJI_CACHE=str(damaged))
    for file in filter(Path.is_file, damaged.rglob("*")):
        file.write_bytes(b"\xc1 not msgpack")
    assert gouji("audit", CLEAN, "-o", "console", cwd=tmp_path, GOUJI_CACHE=str(damaged)).returncode == 0


def test_limits_are_set_by_name(tmp_path):
    assert gouji("audit", CLEAN, "-o", "console", "--limit", "lines=10").returncode == 3
    assert gouji("tables", CLEAN, "--limit", "lines=10").returncode == 3
    wrong = gouji("audit", CLEAN, "--limit", "line=10", cwd=tmp_path)
    assert wrong.returncode == 2
    assert "是否为“lines”" in wrong.stderr
    for text in ("lines", "lines=", "lines=0", "lines=-1", "lines=1.5", "lines=many"):
        wrong = gouji("audit", CLEAN, "--limit", text, "--lang", "en", cwd=tmp_path)
        assert wrong.returncode == 2, text
        assert "not a positive whole number" in wrong.stderr, text
    assert not list(tmp_path.iterdir())


def halves(folder):
    """Write the sample in two files, cut before its fourth table, and return their names."""
    lines = CLEAN.read_text(encoding="utf-8").splitlines(keepends=True)
    cut = next(number for number, line in enumerate(lines) if number > 60 and "总表" in line and "\t" not in line)
    folder.mkdir(exist_ok=True)
    paths = folder / "某中心预算情况说明.txt", folder / "某中心预算表.txt"
    for path, part in zip(paths, (lines[:cut], lines[cut:]), strict=True):
        path.write_text("".join(part), encoding="utf-8")
    return paths


def filings(*arguments, cwd):
    return json.loads(gouji("audit", *arguments, "-o", "json=-", cwd=cwd).stdout)


def test_parts_of_a_filing_are_audited_as_one(tmp_path):
    first, second = halves(tmp_path / "全县")
    (filing,) = filings(tmp_path / "全县", cwd=tmp_path)["filings"]
    (whole,) = filings(CLEAN, cwd=tmp_path)["filings"]
    assert filing["path"] == str(tmp_path / "全县" / "某中心预算")
    assert filing["outcomes"] == whole["outcomes"]
    assert {table["at"]["file"] for table in filing["tables"]} == {first.name, second.name}
    apart = filings(tmp_path / "全县", "--separately", cwd=tmp_path)
    assert len(apart["filings"]) + len(apart["unreadable"]) == 2


def test_files_of_any_name_are_one_filing_when_told_so(tmp_path):
    first, second = halves(tmp_path / "全县")
    first, second = first.rename(first.with_name("甲.txt")), second.rename(second.with_name("乙.txt"))
    for arguments in ([first, second], [tmp_path / "全县"]):
        told = filings(*arguments, "--together", cwd=tmp_path)
        assert len(told["filings"]) == 1
        assert not told["unreadable"]
    assert gouji("audit", first, "--together", "--separately", cwd=tmp_path).returncode == 2
    tables = json.loads(gouji("tables", first, second, cwd=tmp_path).stdout)["tables"]
    assert {table["at"]["file"] for table in tables} == {"甲.txt", "乙.txt"}


def test_files_that_print_the_same_tables_are_no_parts(tmp_path):
    for name in ("某中心预算.txt", "某中心预算附表.txt"):
        (tmp_path / name).write_bytes(CLEAN.read_bytes())
    audited = filings(tmp_path, cwd=tmp_path)["filings"]
    assert [filing["path"] for filing in audited] == [
        str(tmp_path / name) for name in ("某中心预算.txt", "某中心预算附表.txt")
    ]
    assert {filing["verdict"] for filing in audited} == {"未发现问题"}


def test_reports_written_beside_the_filings_are_not_taken_for_filings(tmp_path):
    for name in ("一.txt", "二.txt"):
        (tmp_path / name).write_bytes(WRONG.read_bytes())
    formats = [word for kind in ("html=报告.html", "xlsx=台账.xlsx", "docx=意见书.docx") for word in ("-o", kind)]
    assert gouji("audit", ".", *formats, cwd=tmp_path).returncode == 1
    again = gouji("audit", ".", "-o", "json=结果.json", cwd=tmp_path)
    assert again.returncode == 1
    assert again.stderr.splitlines()[0].startswith("不是公开文本，没有核验：本程序写的报告 5 份")
    result = json.loads((tmp_path / "结果.json").read_text(encoding="utf-8"))
    assert [filing["path"] for filing in result["filings"]] == ["一.txt", "二.txt"]
    assert result["unreadable"] == []
    named = gouji("audit", "报告.html", "-o", "console", cwd=tmp_path)
    assert (named.returncode, "无法核验 报告.html" in named.stdout) == (3, True)


@pytest.mark.parametrize(
    ("arguments", "zh", "en"),
    [
        (["audit"], "没有写 PATH（详见", "PATH is missing (see"),
        (
            ["audit", CLEAN, "--fail-on", "errors"],
            "--fail-on 的值不对：没有“errors”，可用的有 error",
            "“errors” is not",
        ),
        (["audit", CLEAN, "--jobs", "-1"], "不得小于 0", "must not be less than 0"),
        (["audit", CLEAN, "--min-coverage", "101"], "不得大于 100", "must not be more than 100"),
        (["audit", CLEAN, "--min-coverage", "most"], "--min-coverage 的值不对：应为数字", "should be a number"),
        (["audit", CLEAN, "--out", "x"], "没有选项 --out，是否为“", "no option --out; did you mean “"),
        (["audit", CLEAN, "--timeout"], "选项 --timeout 后面要写上值", "option --timeout needs a value"),
        (["audit", CLEAN, "--watch=3"], "选项 --watch 后面不写值", "option --watch takes no value"),
        (["cache", "info", "all"], "多写了 all", "unexpected: all"),
        (["audti", CLEAN], "没有命令“audti”，是否为“audit”？", "no command “audti”; did you mean “audit”?"),
        (["waivers", "add"], "缺少选项 --approver", "option --approver is missing"),
        (["audit", CLEAN, "-o", "htm=x"], "格式有 console、html", "did you mean"),
        (["audit", CLEAN, "--config", "none.toml"], "none.toml：没有这个文件", "none.toml: no such file"),
        (["tables", "none.txt"], "没有这个文件或文件夹：none.txt", "no such file"),
        (["tables", CLEAN, "-o", "x.csv"], "“x.csv”应以 .json 或 .xlsx 结尾", "“x.csv” should end in"),
    ],
)
def test_wrong_usage_is_told_on_the_last_line_in_the_language_asked_for(tmp_path, arguments, zh, en):
    for language, words in (("zh", zh), ("en", en)):
        done = gouji(*arguments, cwd=tmp_path, GOUJI_LANG=language)
        assert (done.returncode, done.stdout) == (2, "")
        last = done.stderr.splitlines()[-1]
        assert last.startswith("gouji: ")
        assert words in last


def test_an_unknown_language_is_wrong_usage(tmp_path):
    for arguments, environment in ((["--lang", "fr"], {}), (["--lang=fr"], {}), ([], {"GOUJI_LANG": "fr"})):
        done = gouji("audit", CLEAN, *arguments, cwd=tmp_path, **environment)
        assert done.returncode == 2
        assert "没有“fr”，可用的有 zh、en" in done.stderr


def test_help_keeps_to_the_width_of_the_terminal_and_its_names_whole():
    from checker.cli.help_text import columns_of, wrapped
    from checker.cli.outputs import known_formats

    for language in ("zh", "en"):
        shown = gouji("audit", "--help", COLUMNS="80", GOUJI_LANG=language)
        lines = shown.stdout.splitlines()
        assert shown.returncode == 0
        assert max(map(columns_of, lines)) <= 80
        assert not any(line.lstrip().startswith(tuple("，。；：、）”")) for line in lines)
        words = set(shown.stdout.replace("、", " ").replace(",", " ").replace("。", " ").replace(";", " ").split())
        assert set(known_formats()) <= words
        assert "list[Path]" not in shown.stdout
    assert wrapped("默认 gouji-audit.json（见 README）", 20) == ["默认", "gouji-audit.json（见", "README）"]


def test_pages_never_go_over_the_files_that_are_audited(tmp_path):
    """`-o html=X.html` puts the pages of several filings into `X/`: that may be the folder of the filings."""
    folder = tmp_path / "全县"
    folder.mkdir()
    page = SAMPLES / "formats" / "basic-total" / "unit.html"
    for name in ("一局.html", "二局.html"):
        (folder / name).write_bytes(page.read_bytes())
    refused = gouji("audit", "全县", "-o", "html=全县.html", cwd=tmp_path)
    assert refused.returncode == 2
    assert "全县.html 的各页要写进文件夹 全县，那里有要核验的文件" in refused.stderr
    assert gouji("audit", "全县", "-o", "json=全县.json", cwd=tmp_path).returncode == 1
    again = gouji("report", "全县.json", "-o", "html=全县.html", cwd=tmp_path)
    assert again.returncode == 2
    assert "一局.html：已有同名的文件" in again.stderr
    assert {(folder / name).read_bytes() for name in ("一局.html", "二局.html")} == {page.read_bytes()}
    alone = gouji("audit", "全县/一局.html", "-o", "html=全县.html", cwd=tmp_path)
    assert alone.returncode == 1
    assert (tmp_path / "全县.html").exists()


def test_a_run_that_never_fails_does_not_call_errors_mild(tmp_path):
    done = gouji("audit", WRONG, "-o", "console", "--fail-on", "never", "--new-only", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        "--new-only 没有上次的结果（--previous）可比，全部问题都算新增",
        "gouji: 通过：--fail-on never，有 3 条问题，请看报告",
    ]
