"""The HTML report: complete, self-contained, and deaf to whatever a filing would have it say."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from string import Formatter
from urllib.parse import unquote

import msgspec
import pytest

from checker.contract.build import filing_json
from checker.contract.finding import State
from checker.contract.groups import groups
from checker.contract.place import At
from checker.contract.printed import TextJson, Ticked
from checker.contract.rule import ReasonJson
from checker.contract.shape import SCHEMA, AuditJson, FilingJson, RunJson, UnreadableJson
from checker.contract.unverified import SkippedJson, UnreadJson
from checker.model.conclusion import Conclusion
from checker.model.outcome import Verdict
from checker.model.rule import Kind, Severity
from checker.outputs import html, html_environment
from checker.outputs.html_page import percent
from checker.outputs.html_tables import head_html, lay_out
from checker.outputs.places import where
from checker.outputs.words import Words, load_words
from checker.resources import reports_folder

ZH, EN = load_words("zh"), load_words("en")
RUN = RunJson("0.0", "sha256:" + "ab" * 32, "2026-01-02T03:04:05+00:00", ("收支总表",))
CALL = re.compile(r"""w\(["']([a-z0-9.-]+)["']((?:, \w+=[^()]*(?:\([^()]*\))?[^()]*)*)\)""")
OWN_SCRIPTS = 2 if (reports_folder() / "script.js").is_file() else 0
"""The words and the script; nothing else on a page may be one."""
OPENS_AFTER = {
    "td": {"td", "th"},
    "th": {"td", "th"},
    "tr": {"td", "th", "tr"},
    "tbody": {"td", "th", "tr", "thead", "tbody"},
}
VOID = {"meta", "br", "hr", "img", "link", "input", "col"}

# One county bureau, three tables; the total of 支出总表 and one detail of 收支总表 are wrong on purpose.
FILING = """\
临溪县林业局

2026年度部门预算公开

第二部分 2026年部门预算报表

2026年预算收支总表

单位：万元

收入\t\t支出\t\t\t
项目\t2026年\t项目\t2026年合计\t当年预算安排\t上年结转安排
一、一般公共预算\t100.00\t一、农林水支出\t90.00\t80.00\t
二、政府性基金预算\t\t二、其他支出\t10.00\t10.00\t
本年收入合计\t100.00\t本年支出合计\t100.00\t100.00\t
上年结转\t\t年终结转\t\t\t
收入总计\t100.00\t支出总计\t100.00\t100.00\t

2026年预算支出总表

单位：万元

项目\t\t2026年预算数\t\t
科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t100.90\t60.00\t40.00
213\t农林水支出\t90.00\t55.00\t35.00
21302\t林业和草原\t90.00\t55.00\t35.00
2130201\t行政运行\t55.00\t55.00\t
2130205\t森林资源培育\t35.00\t\t3<5.00
229\t其他支出\t10.00\t5.00\t5.00
22999\t其他支出\t10.00\t5.00\t5.00
2299999\t其他支出\t10.00\t5.00\t5.00

2026年“三公”经费支出预算表

单位：万元

项目\t2026年预算数\t\t\t
\t合计\t一般公共预算\t政府性基金预算\t国有资本经营预算
因公出国（境）费\t\t\t\t
公务接待费\t1.00\t1.00\t\t
公务用车购置及运行费\t2.00\t2.00\t\t
公务用车购置费\t\t\t\t
公务用车运行维护费\t2.00\t2.00\t\t
合计\t\t3.00\t\t
"""


class Reading(HTMLParser):
    """A page as a browser would take it apart: tags in balance, ids, links, and the text outside <details>."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.shown: list[str] = []
        self.text: list[str] = []
        self.feed(page)
        self.close()
        assert self.stack == []

    def handle_starttag(self, tag, attrs):
        self.imply_ends(OPENS_AFTER.get(tag, set()))
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        values = dict(attrs)
        self.ids += [values["id"]] if "id" in values else []
        self.hrefs += [values["href"]] if "href" in values else []
        if tag not in VOID:
            self.stack.append(tag)

    def handle_endtag(self, tag):
        if tag in {"table", "thead", "tbody", "tr"}:
            self.imply_ends({"td", "th", "tr", "thead", "tbody"} - {tag})
        assert self.stack.pop() == tag

    def imply_ends(self, tags: set[str]) -> None:
        """Close the cells and rows that HTML lets end without a tag."""
        while self.stack and self.stack[-1] in tags:
            self.stack.pop()

    def handle_data(self, data):
        if not {"style", "script"} & set(self.stack):
            self.text.append(data)
            if "details" not in self.stack:
                self.shown.append(data)

    def says(self, wanted: str) -> bool:
        """Whether the text stands on the page, collapsed or not."""
        return wanted in "".join(self.text)

    def shows(self, wanted: str) -> bool:
        """Whether the text stands outside everything that can be collapsed."""
        return wanted in "".join(self.shown)


@pytest.fixture(scope="module")
def audited(tmp_path_factory) -> FilingJson:
    from checker import audit

    file = tmp_path_factory.mktemp("filing") / "林业局 2026.txt"
    file.write_text(FILING, encoding="utf-8")
    return filing_json(audit(file).filings[0])


replace = msgspec.structs.replace


def report(*filings: FilingJson, unreadable: tuple[UnreadableJson, ...] = ()) -> AuditJson:
    """An audit of these filings."""
    return AuditJson(SCHEMA, RUN, filings, unreadable)


def with_reasons(audited: FilingJson, *reasons: ReasonJson) -> FilingJson:
    """The same audit, whose first rule has these reasons for having said nothing."""
    first, *others = audited.rules
    return replace(audited, rules=(replace(first, reasons=reasons), *others))


def test_every_finding_is_on_the_page_with_its_anchor_its_numbers_and_its_places(audited):
    page = Reading(html.render_filing(audited, RUN, ZH))
    assert len(audited.findings) >= 5
    for finding in audited.findings:
        assert f"f-{finding.id}" in page.ids
        assert page.says(finding.message)
        assert page.says(where(finding.at, ZH))
        assert page.shows(finding.basis)
        for number in (finding.actual, finding.expected, finding.difference):
            assert number is None or page.says(number)
        for operand in finding.operands:
            assert page.says(operand.ref)
            assert page.says(where(operand.at, ZH))


def test_what_speaks_for_an_observation_is_never_collapsed(audited):
    page = Reading(html.render_filing(audited, RUN, ZH))
    for group in groups(audited):
        assert page.shows(group.first.message)
        assert page.shows(where(group.first.at, ZH))


def test_findings_stand_worst_first_and_after_what_was_not_verified(audited):
    page = html.render_filing(audited, RUN, ZH)
    ranks = [Severity(name).rank for name in re.findall(r'<article class="finding card (\w+)"', page)]
    assert ranks == sorted(ranks)
    assert page.index('id="verdict"') < page.index('id="gaps"') < page.index("<article")
    assert page.rindex("<article") < page.index('id="tables"') < page.index('id="rules"') < page.index('id="run"')


def test_the_excerpt_marks_the_subject_and_its_operands_under_the_printed_headers(audited):
    page = html.render_filing(audited, RUN, ZH)
    finding = next(each for each in audited.findings if each.ref == "支出总表[合计, 合计]" and each.kind == Kind.ACROSS)
    card = page[page.index(f'id="f-{finding.id}"') :].split("</article>")[0]
    assert re.search(r'<td class="subject"><a href="#c-1-0-0">100\.90</a>', card)
    assert len(re.findall(r'<td class="op">', card)) == 2
    assert '<th scope="colgroup" colspan="2">项目</th>' in card
    assert ZH("html.table.gap", lines=6) in card


def test_a_blank_subject_is_shown_as_blank(audited):
    page = html.render_filing(audited, RUN, ZH)
    assert re.search(r'<td class="subject"><a href="#[^"]+">空白</a>', page)


def test_a_finding_across_two_tables_excerpts_both(audited):
    page = html.render_filing(audited, RUN, ZH)
    across = [each for each in audited.findings if len({operand.ref.split("[")[0] for operand in each.operands}) == 2]
    assert across
    for finding in across:
        card = page[page.index(f'id="f-{finding.id}"') :].split("</article>")[0]
        assert card.count("<figure>") == 2


def test_the_page_is_well_formed_and_every_link_arrives(audited):
    page = Reading(html.render_filing(audited, RUN, ZH))
    assert len(page.ids) == len(set(page.ids))
    assert {href[1:] for href in page.hrefs} <= set(page.ids)
    assert all(href.startswith("#") for href in page.hrefs)


@pytest.mark.parametrize("words", [ZH, EN], ids=["zh", "en"])
def test_the_page_needs_nothing_and_runs_nothing_but_its_own_script(audited, words):
    text = html.render_filing(audited, RUN, words)
    page = Reading(text)
    policy = "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'unsafe-inline'; img-src data:"
    for script in re.findall(r"<script>(.*?)</script>", text, re.DOTALL):
        policy += f"; script-src 'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"
        policy += "; require-trusted-types-for 'script'"
    assert ("meta", "content", policy) in page.attributes
    assert page.tags.count("script") == OWN_SCRIPTS
    assert not {"link", "img", "iframe", "object", "base", "form"} & set(page.tags)
    assert not [value for _, name, value in page.attributes if name == "src" or name.startswith("on")]
    markup = re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL)
    assert "http://" not in markup and "https://" not in markup and "url(" not in markup and "@import" not in markup


def test_words_of_the_script_cannot_end_its_element():
    words = Words("zh", {"script.a": "</script><b>", "html.b": "x"})
    assert html_environment._script_words(words) == r'{"script.a": "\u003c/script>\u003cb>"}'


@pytest.mark.parametrize("words", [ZH, EN], ids=["zh", "en"])
def test_findings_carry_what_the_script_sorts_them_by(audited, words):
    first, *others = audited.findings
    changed = replace(audited, findings=(replace(first, state=State.REMAINING), *others))
    text = html.render_filing(changed, RUN, words)
    found = re.findall(
        r'class="finding[^"]*" id="f-([^"]+)" data-rule="([^"]*)" data-severity="([^"]*)"'
        r' data-table="([^"]*)" data-values="([^"]*)"(?: data-state="([^"]*)")?',
        text,
    )
    table = {number: table.label for number, table in enumerate(audited.tables)}
    assert sorted(found) == sorted(
        (each.id, each.rule, each.severity, table[each.address[0]] if each.address else "", each.values, each.state)
        for each in changed.findings
    )
    assert text.count('<div class="marking" hidden></div>') == len(audited.findings)
    assert '<div id="filters" hidden></div>' in text and '<div id="help" hidden></div>' in text
    assert set(re.findall(r'id="r-(\d+)"', text)) == set(map(str, range(len(audited.rules))))


def hostile(audited: FilingJson, evil: str) -> FilingJson:
    """An audit in which every text that a filing or a rule supplies is markup."""
    table = audited.tables[1]
    rows = tuple(
        replace(row, name=evil, code=evil, cells=tuple(each and replace(each, text=evil) for each in row.cells))
        for row in table.body
    )
    ledger = replace(table, title=evil, body=rows, doubts=(evil,), lacking=(evil,))
    card = replace(
        table,
        form=evil,
        title=evil,
        body=rows,
        subject=evil,
        headers=((evil,) * 5,),
        fields={evil: TextJson(evil, At())},
    )
    findings = tuple(
        replace(
            each,
            message=evil,
            advice=evil,
            basis=evil,
            excerpt=evil,
            address=(1, 0, 0),
            operands=tuple(replace(operand, text=evil, ref=evil, address=(1, 0, 0)) for operand in each.operands),
        )
        for each in audited.findings
    )
    reasons = (ReasonJson(Verdict.UNASSESSED, evil, 1, (evil,)), ReasonJson(Verdict.FAULT, evil, 1))
    return replace(
        with_reasons(audited, *reasons),
        path=f"/tmp/{evil}.txt",
        filer=evil,
        tables=(ledger, card),
        unread=(UnreadJson(At(line=1, column=2), evil, evil, evil),),
        skipped=(SkippedJson(At(line=3), evil, evil, 4),),
        unticked=(),
        findings=findings,
    )


def test_filing_content_is_never_markup(audited):
    evil = '<script>alert(1)</script>"><img src=x onerror=alert(2)>{{ 7*7 }}'
    bad = hostile(audited, evil)
    page = html.render_filing(bad, RUN, ZH)
    assert page.count('class="subject"') >= 3
    index = html.render_index(report(bad, unreadable=(UnreadableJson(evil, evil, "", None),)), {}, ZH)
    for text, own in ((page, OWN_SCRIPTS), (index, 0)):
        reading = Reading(text)
        assert "img" not in reading.tags and reading.tags.count("script") == own
        assert not [name for _, name, _ in reading.attributes if name.startswith("on")]
        assert reading.shows(evil)
    assert page.count("<script") == OWN_SCRIPTS


def test_what_was_not_verified_is_never_collapsed(audited):
    unread = UnreadJson(At(line=70, column=3), "1O0", "支出总表[213, 合计]", "应为数字，无法读出")
    skipped = SkippedJson(At(line=80), "附件，未核验", "采购目录", 12)
    reasons = (
        ReasonJson(Verdict.UNASSESSED, "栏次不明", 1, ("某处",), (At(line=9, column=2),)),
        ReasonJson(Verdict.FAULT, "ZeroDivisionError: 测试", 1),
    )
    doubtful = replace(audited.tables[0], lacking=("年终结转栏",), doubts=("某行无法拆分",))
    shown = replace(
        with_reasons(audited, *reasons),
        unread=(unread,), skipped=(skipped,), tables=(doubtful, *audited.tables[1:]),
    )  # fmt: skip
    page = Reading(html.render_filing(shown, RUN, ZH))
    unsaid = [
        reason.reason
        for rule in audited.rules
        for reason in rule.reasons
        if reason.outcome in {Verdict.UNASSESSED, Verdict.FAULT}
    ]
    assert shown.missing
    for wanted in (*shown.missing, *unsaid, "栏次不明", "某处（第9行第2栏）", "测试", "1O0", unread.reason, "采购目录",
                   "附件，未核验", "年终结转栏", "某行无法拆分", "第70行第3栏"):  # fmt: skip
        assert page.shows(wanted)
    assert shown.unticked
    assert all(page.shows(each.ref) for each in shown.unticked)


def test_nothing_unverified_says_so_in_one_line(audited):
    rules = tuple(replace(rule, reasons=()) for rule in audited.rules)
    whole = replace(
        audited, missing=(), unread=(), skipped=(), findings=(), observations=(), rules=rules,
        verdict=Conclusion.CLEAN, complete=True,
    )  # fmt: skip
    page = Reading(html.render_filing(whole, RUN, ZH))
    assert page.shows(ZH("html.gaps.nothing"))
    assert page.shows(ZH("html.findings.none"))


def test_every_figure_carries_its_mark(audited):
    page = html.render_filing(audited, RUN, ZH)
    body = page[page.index('id="tables"') :]
    drawn = {
        found[1]: found.groups()[1:]
        for found in re.finditer(r'<td id="c-([\d-]+)" class="(\w)"(?: data-r="([\d ]+)")? title="([^"]+)"', body)
    }
    figures = 0
    for number, table in enumerate(audited.tables):
        for line, row in enumerate(table.body):
            for column, cell in enumerate(row.cells):
                if cell is not None and cell.value is not None:
                    letter, rules, title = drawn[f"{number}-{line}-{column}"]
                    assert letter == {"ticked": "k", "failed": "x", "unchecked": "o"}[cell.mark]
                    assert title.startswith(ZH(f"html.tick.{cell.mark}"))
                    assert tuple(map(int, (rules or "").split())) == cell.rules
                    assert (cell.mark == Ticked.UNCHECKED) == (not cell.rules)
                    figures += 1
    assert figures == sum(table.figures for table in audited.tables) > 30


def test_tables_with_findings_are_open_and_others_closed(audited):
    page = html.render_filing(audited, RUN, ZH)
    states = re.findall(r'<details class="table" id="t-(\d+)"( open)?>', page)
    failed = {
        number
        for number, table in enumerate(audited.tables)
        if any(cell.mark == Ticked.FAILED for cell in table.cells())
    }
    assert {int(number) for number, state in states if state} == failed


def test_two_sided_tables_are_put_side_by_side_again(audited):
    printed = lay_out(0, audited.tables[0])
    assert [half.columns for half in printed.halves] == [(0,), (1, 2, 3)]
    names = [[printed.table.body[row].name for row in line if row is not None] for line in printed.lines]
    assert names[0] == ["一般公共预算", "农林水支出"]
    assert names[-1] == ["收入总计", "支出总计"]


def test_headers_that_do_not_stand_over_their_columns_give_way_to_canonical_ones(audited):
    fitting = audited.tables[1]
    ragged = msgspec.structs.replace(fitting, headers=(("项目", "数"),))
    assert "2026年预算数" in head_html(lay_out(1, fitting), ZH)
    head = head_html(lay_out(1, ragged), ZH)
    assert ">数<" not in head
    assert all(f">{column}</th>" in head for column in ragged.columns)


def test_every_rule_is_listed_with_its_counts(audited):
    page = Reading(html.render_filing(audited, RUN, ZH))
    for rule in audited.rules:
        assert page.says(rule.id) and page.says(rule.name)
        assert all(page.says(reason.reason) for reason in rule.reasons)
    assert any(reason.outcome == Verdict.NOT_APPLICABLE for rule in audited.rules for reason in rule.reasons)


def test_english_pages_name_rules_in_english_and_say_so(audited):
    text = html.render_filing(audited, RUN, EN)
    page = Reading(text)
    named = next(group.rule for group in groups(audited) if group.rule.name_en)
    assert ("html", "lang", "en") in page.attributes
    assert page.shows(named.name_en)
    assert page.shows(EN("html.verdict"))
    assert re.search(r"line \d+, field \d+", text)


def test_the_same_audit_gives_the_same_bytes(audited):
    assert html.render_filing(audited, RUN, ZH) == html.render_filing(audited, RUN, ZH)


def test_coverage_is_rounded_down():
    assert percent(1999, 2000) == "99.9"
    assert percent(2000, 2000) == "100"
    assert percent(0, 0) == "0.0"


def test_catalogues_have_the_same_keys_and_placeholders():
    zh, en = (json.loads((reports_folder() / "messages" / f"{each}.json").read_text("utf-8")) for each in ("zh", "en"))
    assert zh.keys() == en.keys()

    def names(text):
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}

    assert {key: names(text) for key, text in zh.items()} == {key: names(text) for key, text in en.items()}


def test_every_word_that_a_template_asks_for_exists_with_its_placeholders():
    catalogue = json.loads((reports_folder() / "messages" / "zh.json").read_text("utf-8"))
    asked = set()
    for file in (reports_folder() / "templates").glob("*.j2"):
        for key, rest in CALL.findall(file.read_text("utf-8")):
            given = set(re.findall(r"[ ,](\w+)=", rest))
            wanted = {name for _, name, _, _ in Formatter().parse(catalogue[key]) if name is not None}
            assert wanted == given, key
            asked.add(key)
    assert len(asked) > 80


def test_one_filing_is_one_page(audited, tmp_path):
    target = tmp_path / "out" / "report.html"
    assert html.write(report(audited), target, ZH) == [target]
    assert target.read_text("utf-8") == html.render_filing(audited, RUN, ZH)
    assert [file.name for file in target.parent.iterdir()] == ["report.html"]


def test_several_filings_get_an_index_whose_links_arrive(audited, tmp_path):
    paths = ["a/预算 (1).txt", "b/预算 (1).txt", "c/PLAN.txt", "d/plan.txt", "e/../../x.txt", "f/....txt", "长" * 300]
    filings = tuple(replace(audited, path=path) for path in paths)
    unreadable = (
        UnreadableJson("坏/空.txt", "文件为空", "00" * 32, None),
        UnreadableJson("坏/乱.txt", "编码不明", "", At(line=7)),
    )
    target = tmp_path / "汇总 report.html"
    written = html.write(report(*filings, unreadable=unreadable), target, ZH)
    folder = tmp_path / "汇总 report"
    assert written[0] == target and len(set(written)) == len(paths) + 1
    assert {path.parent for path in written[1:]} == {folder}
    assert len({path.name.casefold() for path in written[1:]}) == len(paths)
    assert sorted(written[1:]) == sorted(folder.iterdir())
    page = Reading(target.read_text("utf-8"))
    assert {tmp_path / unquote(href) for href in page.hrefs if not href.startswith("#")} == set(written[1:])
    for item in unreadable:
        assert page.shows(item.path) and page.shows(item.reason)
    assert page.shows("第7行")
    assert all(page.says(path.rsplit("/")[-1]) for path in paths)


def test_a_lone_filing_beside_an_unreadable_file_still_gets_the_index(audited, tmp_path):
    empty = UnreadableJson("b.txt", "文件为空", "", None)
    written = html.write(report(audited, unreadable=(empty,)), tmp_path / "r.html", ZH)
    assert len(written) == 2
    assert Reading((tmp_path / "r.html").read_text("utf-8")).shows("文件为空")


def test_a_target_without_suffix_does_not_collide_with_its_folder(audited, tmp_path):
    written = html.write(report(audited, replace(audited, path="b.txt")), tmp_path / "report", ZH)
    assert written[0].is_file() and len(written) == 3


def test_names_are_safe_and_unique():
    names = html.page_names(["x/../..", "CON:<>|?.txt", "a.txt", "A.txt", "a-2.txt", ".hidden", ""])
    assert names == ["filing.html", "CON.html", "a.html", "A-2.html", "a-2-2.html", "hidden.html", "filing-2.html"]


def test_index_is_sorted_worst_first(audited):
    clean = replace(audited, findings=(), verdict=Conclusion.INCOMPLETE)
    page = html.render_index(report(clean, audited), {}, ZH)
    order = re.findall(r"<tr class=(\w+)><td>", page)
    assert order == ["return" if audited.verdict == Conclusion.RETURN else "revise", "incomplete"]


def test_a_write_that_fails_leaves_the_old_report_whole(audited, tmp_path, monkeypatch):
    target = tmp_path / "report.html"
    target.write_text("old", encoding="utf-8")

    def fail(self, other):
        raise OSError("disk full")

    monkeypatch.setattr("pathlib.Path.replace", fail)
    with pytest.raises(OSError, match="disk full"):
        html.write(report(audited), target, ZH)
    assert target.read_text("utf-8") == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["report.html"]


def test_importing_the_module_does_not_import_the_template_engine():
    code = "import sys, checker.outputs.html; sys.exit('jinja2' in sys.modules or 'pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
