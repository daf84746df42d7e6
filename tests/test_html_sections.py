"""The page of one filing, section by section: prose, evidence, waivers, what is gone, the ledger and the letter."""

from __future__ import annotations

import re
from base64 import b64encode
from html import unescape
from io import BytesIO

import msgspec
import openpyxl
import pytest

from benchmarks.report import RUN, synthetic
from checker.contract.finding import FindingJson, ObservationJson, OperandJson, State, WaivedJson
from checker.contract.place import At
from checker.contract.printed import NumberJson, ParagraphJson, PassageJson, Ticked
from checker.contract.rule import ReasonJson
from checker.contract.shape import SCHEMA, AuditJson, FilingJson
from checker.contract.waiver import WaiverJson, WaiverState
from checker.outputs import html, ledger
from checker.outputs.html_findings import MOST_DRAWN
from checker.outputs.html_tables import cell_id
from checker.outputs.words import load_words

ZH, EN = load_words("zh"), load_words("en")
replace = msgspec.structs.replace

SENTENCE = "本年支出99.50万元，其中基本支出60.00万元，共3项。"
WHERE = At(line=40)
SAID = PassageJson(
    "支出说明",
    "情况说明",
    "三、支出说明",
    WHERE,
    (
        ParagraphJson(
            SENTENCE,
            WHERE,
            (
                NumberJson(4, 11, Ticked.FAILED, (0,), "支出说明[合计, 金额]"),
                NumberJson(18, 25, Ticked.TICKED, (2,)),
                NumberJson(27, 29, Ticked.UNCHECKED, ()),
            ),
        ),
    ),
)
QUIET = PassageJson("名词解释", "", "", At(line=60), (ParagraphJson("没有数字的一段。", At(line=60)),))


@pytest.fixture(scope="module")
def plain() -> FilingJson:
    """Twelve findings of three rules over one table; nothing else."""
    return synthetic(12, 100, 3)


@pytest.fixture(scope="module")
def spoken(plain) -> FilingJson:
    """The same with two passages, one of whose numbers does not agree."""
    subject = OperandJson("支出说明[合计, 金额]", "99.50万元", "99.50", "万元", replace(WHERE, span=(4, 11)), 1)
    other = replace(plain.findings[0].operands[0], sign=-1)
    finding = replace(
        plain.findings[0], id="feed", rule="TIE-0009", message="说错了。", operands=(subject, other), ref=subject.ref,
        at=subject.at, address=(), excerpt=SENTENCE,
    )  # fmt: skip
    observed = (*plain.observations, ObservationJson("TIE-0009", "error", 1, ("feed",), "feed"))
    return replace(plain, passages=(SAID, QUIET), findings=(*plain.findings, finding), observations=observed)


def element(page: str, anchor: str, tag: str) -> str:
    """The element with an id, up to where its tag first closes."""
    return page[page.index(f'id="{anchor}"') :].partition(f"</{tag}>")[0]


def told(markup: str) -> str:
    """The text of a piece of markup."""
    return unescape(re.sub(r"<[^>]*>", "", markup))


def test_each_number_of_the_prose_is_tied_mismatched_or_untied(spoken):
    page = html.render_filing(spoken, RUN, ZH)
    body = element(page, "p-0-0", "p")
    assert told(body).split(">", 1)[-1] == SENTENCE
    numbers = re.findall(
        r'<span id="(p-0-0-\d+)" class="num (\w)"(?: data-r="([\d ]+)")? title="(\w+)">(.*?)</span>', body
    )
    assert [each[:4] for each in numbers] == [
        ("p-0-0-4", "x", "0", "不符"), ("p-0-0-18", "k", "2", "相符"), ("p-0-0-27", "o", "", "未勾对")
    ]  # fmt: skip
    assert numbers[0][4] == '<a href="#f-feed">99.50万元</a>'
    assert numbers[2][4] == "3项"
    assert "文字中共 3 个数字：勾对相符 1 个，不符 1 个，没有规则涉及 1 个" in page


def test_a_passage_is_open_when_a_number_in_it_does_not_agree(spoken):
    page = html.render_filing(spoken, RUN, ZH)
    assert re.findall(r'<details class="table passage" id="(p-\d)"( open)?>', page) == [("p-0", " open"), ("p-1", "")]
    assert "名词解释" in element(page, "p-1", "summary")


def test_a_finding_in_the_prose_quotes_its_sentence_under_its_heading(spoken):
    card = element(html.render_filing(spoken, RUN, ZH), "f-feed", "article")
    assert "<mark>99.50万元</mark>" in card
    assert '<a href="#p-0-0">三、支出说明</a>' in card
    assert SENTENCE in told(card)


def test_coverage_has_a_bar_for_the_prose(spoken):
    page = html.render_filing(replace(spoken, coverage=replace(spoken.coverage, prose=(2, 3))), RUN, ZH)
    assert ZH("html.coverage.prose") in page and "2 / 3（66.6%）" in page


def test_findings_that_share_a_figure_lead_to_each_other(plain):
    first, second, third = plain.findings[:3]
    shared = replace(second, operands=(second.operands[0], first.operands[0]))
    alone = replace(third, operands=third.operands[:1])
    filing = replace(
        plain,
        findings=(replace(first, operands=first.operands[:1]), shared, alone),
        observations=tuple(
            ObservationJson(each.rule, "error", 1, (each.id,), each.id) for each in (first, second, third)
        ),
    )
    page = html.render_filing(filing, RUN, ZH)
    listed = rf"<dt>{ZH('html.finding.related')}</dt><dd>(.*?)</dd>"
    related = {each.id: re.findall(listed, element(page, f"f-{each.id}", "article")) for each in filing.findings}
    assert re.findall(r'href="#([^"]+)"', related[first.id][0]) == [f"f-{second.id}"]
    assert re.findall(r'href="#([^"]+)"', related[second.id][0]) == [f"f-{first.id}"]
    assert related[third.id] == []


def test_the_other_places_of_an_observation_are_a_line_each(plain):
    page = html.render_filing(plain, RUN, ZH)
    group = page[page.index('<section class="group" data-rule="TIE-0001"') :].split("</section>")[0]
    assert group.count("<article") == 1
    rows = re.findall(r'<tr class="finding error" id="f-([0-9a-f]+)".*?(?=<tr|</tbody>)', group)
    assert rows == [each.id for each in plain.findings if each.rule == "TIE-0001"][1:]
    line = group[group.index(f'id="f-{rows[0]}"') :].split("<tr")[0]
    finding = next(each for each in plain.findings if each.id == rows[0])
    assert finding.ref in told(line)
    for text in ("1000.25", "1003.75", "-3.50", finding.operands[1].text):
        assert text in told(line)
    assert 'href="#c-{}-{}-{}"'.format(*finding.address) in line


def test_a_picture_of_the_page_stands_in_its_finding_with_words_for_it(plain):
    class Crop(msgspec.Struct):
        png: bytes
        width: int
        height: int
        at: At

    first = plain.findings[0]
    page = html.render_filing(plain, RUN, ZH, pictures={first.id: Crop(b"\x89PNG...", 640, 120, At(page=7))})
    card = element(page, f"f-{first.id}", "article")
    source = b64encode(b"\x89PNG...").decode()
    assert f'<img src="data:image/png;base64,{source}" width="640" height="120" alt="原文件第7页">' in card
    assert page.count("<img") == 1


WAIVED = WaivedJson("决算口径与预算不同，已附说明", "王某", "2026-01-05", "2026-12-31")


def test_what_is_waived_is_shown_apart_and_does_not_count(plain):
    first, *others = plain.findings
    filing = replace(plain, findings=(replace(first, waived=WAIVED), *others))
    page = html.render_filing(filing, RUN, ZH)
    waived = page[page.index('id="waivers"') :].split("</section>")[0]
    assert f'id="f-{first.id}"' in waived and 'data-waived="1"' in waived
    for text in (WAIVED.reason, WAIVED.approver, WAIVED.expires):
        assert text in waived
    assert page.count('data-waived="1"') == 1
    assert "错误 11 处" in page and f"{ZH('html.state.waived')}</a> <b>1</b>" in page


def test_every_waiver_of_the_filer_says_what_became_of_it(plain):
    def waiver(state: WaiverState, filer: str = plain.filer, year: int = plain.year) -> WaiverJson:
        return WaiverJson(
            state, f"W-{state}-{filer or 'all'}-{year}", filer, year, (), "理由", "某人", "2026-01-01", "2026-06-30"
        )

    mine = [waiver(state) for state in WaiverState]
    others = [waiver(WaiverState.USED, "别的单位"), waiver(WaiverState.USED, year=2020)]
    page = html.render_filing(plain, RUN, ZH, waivers=(*mine, *others))
    section = page[page.index('id="waivers"') :].split("</section>")[0]
    for each in mine:
        assert each.rule in section and ZH(f"html.waiver.{each.state}") in section
    assert not any(each.rule in page for each in others)


def test_what_is_gone_since_the_previous_audit_is_listed(plain):
    gone = replace(plain.findings[0], id="gone", message="上次的问题，已改。")
    lost = replace(plain.findings[0], id="lost", message="上次的问题，这次没看到表。")
    first, second, *rest = plain.findings
    again = replace(second, state=State.REMAINING, baselined=True, before="-7.25")
    marked = (replace(first, state=State.NEW), again, *rest)
    filing = replace(plain, findings=marked, fixed=(gone,), unverified=(lost,), previous="2025-12-01T08:00:00+00:00")
    page = html.render_filing(filing, RUN, ZH)
    section = page[page.index('id="fixed"') :].split("</section>")[0]
    assert gone.message in section and filing.previous in section
    assert lost.message in page[page.index('id="gaps"') : page.index('id="findings"')]
    assert lost.message not in section and 'id="f-gone"' not in page
    assert "原差额 -7.25" in element(page, f"f-{second.id}", "article")
    standing = page[page.index('<ul class="standing">') :].split("</ul>")[0]
    assert told(standing).count("1") == 5
    for state in ("new", "remaining", "fixed", "lost", "baselined"):
        assert ZH(f"html.state.{state}") in standing
    assert ZH("html.state.new") in element(page, f"f-{first.id}", "article")


def test_without_a_previous_audit_or_waivers_nothing_is_said_of_them(plain):
    page = html.render_filing(plain, RUN, ZH)
    assert 'id="waivers"' not in page and 'id="fixed"' not in page and 'class="standing"' not in page


@pytest.mark.parametrize("words", [ZH, EN], ids=["zh", "en"])
def test_the_ledger_has_a_row_for_every_finding_and_room_to_fill_in(plain, words):
    first, *others = plain.findings
    filing = replace(plain, findings=(replace(first, waived=WAIVED), *others))
    page = html.render_filing(filing, RUN, words)
    body = page[page.index('id="ledger"') :].split("<tbody>")[1].split("</tbody>")[0]
    rows = [row.split("<td") for row in body.split("<tr>")[1:]]
    assert len(rows) == len(filing.findings)
    assert all(len(row) == 11 and row[7:] == [">"] * 4 for row in rows)
    assert [told(f"<td{row[1]}") for row in rows] == [str(number) for number in range(1, 13)]
    assert [words("html.state.waived") in row[2] for row in rows] == [True] + [False] * len(others)
    assert [told(f"<td{row[3]}") for row in rows] == [each.message for each in filing.findings]
    assert re.findall(r'href="#f-([^"]+)"', body) == [each.id for each in filing.findings]


def test_a_finding_has_the_same_number_in_the_ledger_of_the_page_and_in_the_workbook(plain):
    page = html.render_filing(plain, RUN, ZH)
    body = page[page.index('id="ledger"') :].split("<tbody>")[1].split("</tbody>")[0]
    on_page = {each: int(number) for each, number in re.findall(r'href="#f-([^"]+)">([0-9]+)<', body)}
    assert len(on_page) == len(plain.findings)
    book = openpyxl.load_workbook(BytesIO(ledger.render(AuditJson(SCHEMA, RUN, (plain,), ()), ZH)))
    head, *rows = [row for row in book.worksheets[0].iter_rows(values_only=True) if row[1]]
    identity = head.index(ZH("ledger.column.id"))
    assert {row[identity]: row[0] for row in rows} == on_page


def test_the_letter_names_each_observation_once_by_severity_and_what_was_not_verified(plain):
    rule = replace(plain.rules[5], reasons=(ReasonJson("unassessed", "未找到该表", 2, ("甲", "乙")),))
    milder = {"TIE-0001": "warning", "TIE-0002": "notice"}

    def rated(each: FindingJson) -> FindingJson:
        return replace(each, severity=milder.get(each.rule, "error"), message=f"{each.rule}的问题{each.id[-2:]}。")

    filing = replace(
        plain,
        findings=tuple(rated(each) for each in plain.findings),
        observations=tuple(replace(each, severity=milder.get(each.rule, "error")) for each in plain.observations),
        rules=(*plain.rules[:5], rule, *plain.rules[6:]),
        missing=("支出总表",),
    )
    letter = told(element(html.render_filing(filing, RUN, ZH), "opinion", "section"))
    order = ["关于某县某局", "2026年度预算公开文本的审核意见", "某县某局：", "一、核验结论", "建议退回", "二、核验发现",
             "（一）不符之处 4 处", "TIE-0000的问题00。", "（二）需要说明的疑点 4 处", "TIE-0001的问题01。",
             "（三）提示 4 处", "TIE-0002的问题02。", "三、未能核验的内容", "缺少规定的表 1 张：支出总表。",
             "“第5条关系两侧相等”有 2 处未能核验：未找到该表。", "四、有关要求", "附件：整改台账"]  # fmt: skip
    places = [letter.index(each) for each in order]
    assert places == sorted(places)
    assert letter.count("的问题") == 3 and "等 4 处" in letter


def test_the_letter_is_for_print_alone(plain):
    style = html.render_filing(plain, RUN, ZH).split("</style>")[0]
    screen, paper = style.split("@media print", 1)
    assert ".letter { display: none; }" in screen
    assert 'body[data-print="opinion"] .letter { display: block; page: letter;' in paper
    assert "@page letter { size: A4; margin: 37mm 26mm 35mm 28mm;" in screen
    assert "@page ledger { size: A4 landscape;" in screen


@pytest.mark.parametrize("rules", [60, 200])
def test_two_thousand_findings_stay_under_three_megabytes(rules):
    filing = synthetic(2000, 5000, rules)
    page = html.render_filing(filing, RUN, ZH)
    assert len(set(re.findall(r'class="finding[^"]*" id="([^"]+)"', page))) == 2000
    assert len(page.encode()) < 3_000_000


def test_where_findings_are_many_only_the_first_observations_have_excerpts():
    few, many = synthetic(100, 1000, 100), synthetic(600, 1000, 100)
    assert html.render_filing(few, RUN, ZH).count('aria-label="原表摘录"') >= 100
    page = html.render_filing(many, RUN, ZH)
    assert ZH("html.findings.brief", number=MOST_DRAWN + 1) in page
    first, last = (page[page.index(f'id="f-{number:016x}"') :].split("</article>")[0] for number in (0, MOST_DRAWN))
    assert "原表摘录" in first and "原表摘录" not in last
    for operand in many.findings[MOST_DRAWN].operands[1:]:
        assert f'<a href="#{cell_id(operand.address)}">' in last


def test_a_relation_other_than_equality_is_said_and_figures_that_may_not_be_equal_differ_by_nothing(plain):
    first, *others = plain.findings

    def line(**changes: object) -> str:
        filing = replace(plain, findings=(replace(first, actual="3", **changes), *others))
        page = html.render_filing(filing, RUN, ZH)
        return told(re.search(r'<tbody><tr><td class="stated">3</td>(.*?)</tr>', page).group(1))

    assert line(expected="2", relation="≤", difference="+1", limit="0") == "≤ 2+1±0 万元"
    assert line(expected="3", relation="≠", difference="0", limit="0") == "≠ 3万元"


def test_every_link_within_the_page_leads_somewhere(plain, spoken):
    for filing in (plain, spoken, replace(plain, findings=(), observations=())):
        page = html.render_filing(filing, RUN, ZH).partition("<script")[0]
        assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r' id="([^"]+)"', page))
