"""The index of a batch: who has what verdict, what many filings share, and that it stays small."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import msgspec
import pytest

from checker.contract.reading import ContractJson, ContractsJson, ContractVerdict
from checker.contract.shape import SCHEMA, AuditJson, RunJson, UnreadableJson
from checker.outputs import html
from checker.outputs.causes import Hint, Scope, causes, heat
from checker.outputs.html_index import ContractNote, render_index
from checker.outputs.regions import Sort, administrative, regions
from checker.outputs.summaries import Noted, Summary, summary_of
from checker.outputs.words import load_words

ZH, EN = load_words("zh"), load_words("en")
RUN = RunJson("0.0", "sha256:" + "ab" * 32, "2026-01-02T03:04:05+00:00", ("收支总表",))
VERDICTS = {"return": "建议退回", "revise": "建议修改后公开", "incomplete": "核验不完整", "clean": "未发现问题"}


def noted(rule: str, severity: str = "error", count: int = 1, ref: str = "", theme: str = "收支总表") -> Noted:
    return Noted(rule, f"{rule}的名称", f"Name of {rule}", theme, severity, count, ref)


def summary(
    path: str, filer: str = "临溪县水利局", verdict: str = "clean", *found: Noted, **changes: object
) -> Summary:
    counts = {each: sum(one.count for one in found if one.severity == each) for each in ("error", "warning", "notice")}
    made = Summary(
        path=path,
        link=f"pages/{path.replace('/', '-')}.html",
        filer=filer,
        year=2026,
        stage="budget",
        level="department",
        layout="plain",
        layout_title="通行版式",
        verdict=VERDICTS[verdict],
        errors=counts["error"],
        warnings=counts["warning"],
        notices=counts["notice"],
        unassessed=0,
        outcomes=(10, 10),
        figures=(1999, 2000),
        noted=found,
    )
    return msgspec.structs.replace(made, **changes)


class Cells(HTMLParser):
    """The text of every cell of the lines of filings, and every link and id of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.lines: list[list[str]] = []
        self.hrefs: list[str] = []
        self.ids: list[str] = []
        self.tags: set[str] = set()
        self.text = ""
        self.within = False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.tags.add(tag)
        self.hrefs += [values["href"]] if "href" in values else []
        self.ids += [values["id"]] if "id" in values else []
        if tag == "table":
            self.within = values.get("class") == "filings"
        elif tag == "tr":
            self.lines.append([])
        elif tag in {"td", "th"} and self.within:
            self.lines[-1].append("")

    def handle_endtag(self, tag):
        self.within = self.within and tag != "table"

    def handle_data(self, data):
        self.text += data
        if self.within and self.lines and self.lines[-1]:
            self.lines[-1][-1] += data.strip()

    def line(self, path: str) -> list[str]:
        """The cells of the line that ends with this path."""
        return next(line for line in self.lines if line and line[-1] == path)


@pytest.mark.parametrize(
    ("filer", "place"),
    [
        ("临溪县水利局", "临溪县"),
        ("青山省白河市临溪县水利局", "青山省白河市临溪县"),
        ("白河市北区万柳街道办事处", "白河市北区"),
        ("白河市市中区财政局", "白河市市中区"),
        ("临溪县城市管理局", "临溪县"),
        ("临溪县市场监督管理局", "临溪县"),
        ("临溪县工业园区管理委员会", "临溪县"),
        ("临溪县林业局沙河林区管理所", "临溪县"),
        ("中共白河市委办公室", "白河市"),
        ("水利局", ""),
        ("", ""),
    ],
)
def test_a_filer_says_where_it_is(filer, place):
    assert administrative(filer) == place


def test_filings_are_grouped_by_the_counties_of_their_filers():
    filings = [
        summary("a/1.pdf", "临溪县水利局"),
        summary("a/2.pdf", "望山县水利局"),
        summary("b/3.pdf", "临溪县林业局"),
    ]
    sort, found = regions(filings)
    assert sort is Sort.REGION
    assert {group.name: {each.path for each in group.filings} for group in found} == {
        "临溪县": {"a/1.pdf", "b/3.pdf"},
        "望山县": {"a/2.pdf"},
    }


def test_a_filer_without_a_county_goes_with_the_others_of_its_folder():
    names = ["临溪县水利局", "临溪县林业局", "临溪县财政局", "临溪县教育局", "望山县水利局", "第一人民医院"]
    filings = [summary(f"{'b' if name.startswith('望') else 'a'}/{name}.pdf", name) for name in names]
    _, found = regions(filings)
    assert {group.name: len(group.filings) for group in found} == {"临溪县": 5, "望山县": 1}


def test_folders_group_what_names_do_not():
    filings = [summary(f"2026/{county}/{year}/{name}.pdf", name) for county in ("东河", "西河")
               for name in ("水利局", "林业局") for year in (2025, 2026)]  # fmt: skip
    sort, found = regions(filings)
    assert sort is Sort.FOLDER
    assert {group.name: len(group.filings) for group in found} == {"东河": 4, "西河": 4}


def test_folders_of_years_are_no_groups():
    filings = [summary(f"{year}/临溪/{name}.pdf", name) for year in (2025, 2026) for name in ("水利局", "林业局")]
    _, found = regions(filings)
    assert [group.name for group in found] == [""]


def test_units_stand_behind_their_department_and_the_worst_department_first():
    filings = [
        summary("1", "临溪县林业局"),
        summary("2", "临溪县水利局"),
        summary("3", "临溪县水利局水文站", "return", noted("BAL-1", count=12)),
        summary("4", "临溪县财政局", "revise", noted("BAL-1")),
        summary("5", "临溪县"),
    ]
    _, (group,) = regions(filings)
    assert [[each.path for each in department] for department in group.departments] == [["2", "3"], ["4"], ["1"], ["5"]]


def batch(failing: int, size: int, county: str = "临溪县", rule: str = "TIE-1", ref: str = "") -> list[Summary]:
    """Filings of one county, the first of which fail one rule."""
    fails = ("revise", noted(rule, ref=ref))
    return [
        summary(f"{county}/{number}", f"{county}{number}局", *(fails if number < failing else ()))
        for number in range(size)
    ]


def found_causes(*filings: list[Summary]):
    return causes(regions([each for some in filings for each in some])[1])


@pytest.mark.parametrize(("failing", "size", "many"), [(2, 4, False), (3, 60, True), (3, 61, False), (4, 61, True)])
def test_systematic_is_three_filings_and_five_per_cent(failing, size, many):
    assert bool(found_causes(batch(failing, size))) is many


def test_what_every_county_shares_is_told_of_the_layout():
    (cause,) = found_causes(
        batch(5, 10, "临溪县", ref="收支总表[收入总计]"), batch(4, 10, "望山县", ref="收支总表[收入总计]")
    )
    assert (cause.scope, cause.where, cause.count, cause.of) == (Scope.LAYOUT, "通行版式", 9, 20)
    assert cause.regions == (("临溪县", 5), ("望山县", 4))
    assert cause.hint is Hint.TEMPLATE
    assert (cause.shared[0].same, cause.shared[0].ref) == (9, "收支总表[收入总计]")


def test_what_one_county_shows_is_told_of_the_county():
    (cause,) = found_causes(batch(5, 10, "临溪县", ref="支出总表[合计]"), batch(1, 10, "望山县", ref="支出总表[合计]"))
    assert (cause.scope, cause.where, cause.count, cause.of) == (Scope.REGION, "临溪县", 5, 10)
    assert cause.hint is Hint.PUBLISHER


def test_a_county_stands_out_of_a_layout_that_as_a_whole_does_not():
    (cause,) = found_causes(batch(3, 10, "临溪县"), batch(0, 100, "望山县"))
    assert (cause.scope, cause.where, cause.count) == (Scope.REGION, "临溪县", 3)


def test_what_a_county_shows_no_more_than_others_is_chance():
    # Elsewhere 40 of 1,000: of 40 filings 1.6 are expected, so that 1.6 + 4 × 1.26 + 1 = 7.7 stand out.
    others = [batch(2, 50, f"望山{letter}县") for letter in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"]
    assert found_causes(*others, batch(7, 40, "临溪县")) == ()
    (cause,) = found_causes(*others, batch(8, 40, "临溪县"))
    assert (cause.where, cause.count) == ("临溪县", 8)


def test_a_rule_that_nearly_all_filings_fail_is_itself_in_doubt():
    (cause,) = found_causes(batch(8, 10))
    assert cause.hint is Hint.RULE
    (cause,) = found_causes(batch(7, 10))
    assert cause.hint is Hint.PRACTICE


def test_what_the_same_filings_show_is_one_cause():
    both = (noted("TIE-2", "warning"), noted("BAL-9"))
    (cause,) = found_causes([summary(f"a/{each}", f"临溪县{each}局", "revise", *both) for each in range(3)])
    assert [each.rule for each in cause.shared] == ["BAL-9", "TIE-2"]


def test_a_form_that_many_lack_is_a_cause():
    lacking = [summary(f"a/{each}", f"临溪县{each}局", "incomplete", missing=("三公经费表",)) for each in range(3)]
    (cause,) = found_causes(lacking)
    assert cause.missing and cause.hint is Hint.MISSING
    page = render_index(RUN, lacking, (), ZH)
    assert "通行版式：3 份中有 3 份都没有认出" in page and "三公经费表" in page


def test_the_map_counts_filings_with_errors_or_doubts_of_a_theme():
    filings = [
        summary("东河/1", "水利局", "revise", noted("A", theme="三公经费", count=9), noted("B", theme="三公经费")),
        summary("东河/2", "林业局", "revise", noted("C", "warning", theme="三公经费"), noted("D", theme="收支总表")),
        summary("西河/3", "林业局", "clean", noted("E", "notice", theme="模板残留")),
    ]
    found = heat(regions(filings)[1])
    assert found.themes == ("三公经费", "收支总表")
    assert {group.name: cells for group, cells in zip(found.regions, found.cells, strict=True)} == {
        "东河": (2, 1),
        "西河": (0, 0),
    }
    assert heat(regions(filings)[1], most=1).others == 1


def test_a_line_tells_verdict_counts_coverage_and_the_rules_that_found_most():
    found = [noted("BAL-1", count=2), noted("TIE-2"), noted("SHA-3", "warning", 3), noted("TEX-4", "notice")]
    filing = summary("a/甲.pdf", "临溪县水利局", "revise", *found, unassessed=7)
    page = Cells(render_index(RUN, [filing, summary("a/乙.pdf", "临溪县林业局")], (), ZH))
    assert page.line("甲.pdf") == [
        "建议修改后公开", "临溪县水利局", "2026 预算 部门", "3", "3", "1", "7", "100%", "99.9%",
        "BAL-1×2 TIE-2 SHA-3×3 等另1条", "甲.pdf",
    ]  # fmt: skip
    assert page.line("乙.pdf")[3:7] == ["0", "0", "0", "0"]


def test_totals_add_up_and_changes_show_only_when_there_was_an_earlier_audit():
    filings = [summary("a/1", "甲局", "return", noted("A", count=10)), summary("a/2", "乙局", "revise", noted("A"))]
    page = render_index(RUN, filings, (), ZH)
    assert "错误 11 处，疑点 0 处" in page and "已消除" not in page and "豁免" not in page
    compared = [msgspec.structs.replace(filings[0], new=4, remaining=6, fixed=2, waived=5), filings[1]]
    page = render_index(RUN, compared, (), ZH)
    assert "与上次相比：新增 4 处，仍存在 6 处，已消除 2 处。" in page and "已豁免 5 处" in page
    assert Cells(page).line("1")[6:9] == ["4", "6", "2"]


def test_unreadable_files_stand_first():
    bad = UnreadableJson("东河/空.pdf", "文件为空", "cd" * 32, None)
    page = render_index(RUN, [summary("东河/1.pdf")], (bad,), ZH)
    assert page.index("空.pdf") < page.index("1.pdf")
    assert "文件为空" in page and "1 份文件没能核验" in page


def test_links_arrive_and_ids_are_unique():
    filings = [*batch(8, 30, "临溪县"), *batch(8, 30, "望山县")]
    page = Cells(render_index(RUN, filings, (), ZH))
    assert len(page.ids) == len(set(page.ids))
    assert {href[1:] for href in page.hrefs if href.startswith("#")} <= set(page.ids)
    assert {href for href in page.hrefs if not href.startswith("#")} == {each.link for each in filings}


def test_addresses_keep_what_must_be_quoted():
    filing = summary("a/1", link="%E6%B1%87%E6%80%BB%20%231/%E7%94%B2%22.html")
    assert 'href="汇总%20%231/甲%22.html"' in render_index(RUN, [filing], (), ZH)


def test_nothing_a_filing_says_is_markup():
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7*7 }}"
    bad = summary(f"{evil}/1", evil, "revise", noted(evil, ref=evil, theme=evil), layout_title=evil, missing=(evil,))
    filings = [msgspec.structs.replace(bad, path=f"{evil}/{number}") for number in range(4)]
    note = ContractNote(evil, evil, evil, 1, 2, (evil,))
    page = Cells(render_index(RUN, filings, (UnreadableJson(evil, evil, "", None),), ZH, (note,)))
    assert not {"img"} & page.tags
    assert evil in page.text


def test_contracts_are_told_as_a_matter_of_the_reading():
    note = ContractNote("支出总表", "合计", "应为数字", 40, 200, ("a/1.pdf",))
    page = render_index(RUN, [summary("a/1.pdf")], (), ZH, (note,))
    assert "支出总表·合计" in page and "40 / 200" in page and "不是对公开文本的结论" in page
    assert "读取契约" not in render_index(RUN, [summary("a/1.pdf")], (), ZH)


def test_an_index_that_is_written_from_summaries_tells_the_contracts(tmp_path):
    broken = ContractJson(
        "支出总表", "number", ("合计",), (), (), ContractVerdict.READING, (50, 900), (40, 200), (), ()
    )
    rest = AuditJson(SCHEMA, RUN, (), (), contracts=ContractsJson(200, 900, 1, 0, (broken,)))
    html.write_index(rest, [summary("a/1.pdf")], tmp_path / "index.html", ZH)
    page = (tmp_path / "index.html").read_text("utf-8")
    assert 'id="contracts-h"' in page and "40 / 200" in page


def test_the_same_summaries_give_the_same_bytes_in_any_order():
    filings = [*batch(8, 30, "临溪县"), *batch(8, 30, "望山县")]
    assert render_index(RUN, filings, (), ZH) == render_index(RUN, filings[::-1], (), ZH)


def test_an_english_index_names_rules_in_english():
    page = render_index(RUN, batch(3, 3), (), EN)
    assert "Name of TIE-1" in page and "TIE-1的名称" not in page


def test_no_filing_at_all_is_said():
    assert ZH("html.index.none") in render_index(RUN, [], (), ZH)


def test_ten_thousand_filings_stay_below_five_megabytes():
    found = [noted(f"BAL-{number}", count=2, ref="收支总表[收入总计, 金额]") for number in range(6)]
    filings = [
        summary(
            f"/公开/2026/白河市{number % 100:02}县/白河市{number % 100:02}县水利局{number}站2026年部门预算公开.pdf",
            f"白河市{number % 100:02}县水利局{number}站",
            "revise",
            *found,
            link=f"gouji-audit/白河市{number % 100:02}县水利局{number}站2026年部门预算公开.html",
        )
        for number in range(10_000)
    ]
    page = render_index(RUN, filings, (), ZH)
    assert len(re.findall("<tr class=revise>", page)) == 10_020
    assert len(page.encode()) < 5_000_000


def test_a_summary_counts_what_is_not_waived(tmp_path):
    from checker import audit
    from checker.contract.build import filing_json
    from checker.contract.finding import WaivedJson

    file = tmp_path / "林业局.txt"
    file.write_text(
        "临溪县林业局\n\n2026年度部门预算公开\n\n2026年预算支出总表\n\n单位：万元\n\n项目\t\t2026年预算数\t\t\n"
        "科目编码\t科目名称\t合计\t基本支出\t项目支出\n\t合计\t100.90\t60.00\t40.00\n"
        "213\t农林水支出\t100.00\t60.00\t40.00\n21302\t林业和草原\t100.00\t60.00\t40.00\n"
        "2130201\t行政运行\t60.00\t60.00\t\n2130205\t森林资源培育\t40.00\t\t40.00\n",
        encoding="utf-8",
    )
    filing = filing_json(audit(file).filings[0])
    assert filing.findings
    whole = summary_of(filing, "x.html")
    assert sum(whole.severities) == len(filing.findings) == sum(each.count for each in whole.noted)
    assert [each.rule for each in whole.noted] == [each.rule for each in filing.observations]
    waived = msgspec.structs.replace(filing.findings[0], waived=WaivedJson("已核实", "张", "2026-01-01", "2027-01-01"))
    less = summary_of(msgspec.structs.replace(filing, findings=(waived, *filing.findings[1:])), "x.html")
    assert sum(less.severities) == len(filing.findings) - 1 and less.waived == 1
