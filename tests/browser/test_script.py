"""What the script adds: filters in the address, keys, marks that outlive the visit, the rules behind a figure."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, unquote

import jsonschema
import pytest
from msgspec.structs import replace
from playwright.sync_api import expect

from checker.gate.marks import read_marks
from checker.outputs.words import load_words
from checker.resources import reports_folder
from tests.browser.conftest import put, until
from tests.browser.making import audit_of

ZH = load_words("zh")
SHOWN = "() => [...document.querySelectorAll('.finding')].filter(node => node.offsetParent !== null).length"
UNFOLD = "for (const each of document.querySelectorAll('#findings details')) each.open = true"
NO_STORAGE = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('denied') }})"
NO_PRINTER = """window.printed = []; window.print = () => {
  dispatchEvent(new Event('beforeprint'));
  window.printed.push([document.body.dataset.print, document.querySelectorAll('details:not([open])').length]);
  dispatchEvent(new Event('afterprint'));
}"""


def all_shown(page) -> str:
    """What the bar says when no filter is set; what is waived is told apart."""
    every, waived = (page.locator(f".finding{which}").count() for which in ("", '[data-waived="1"]'))
    return ZH("script.shown.waived" if waived else "script.shown.all", all=every, waived=waived)


def said(page) -> str:
    return page.locator(".line [role=status]").inner_text()


def current(page) -> str:
    return page.locator("[aria-current=true]").get_attribute("id")


def hash_of(page) -> str:
    return unquote(page.url.partition("#")[2])


def by_id(page, finding):
    return page.locator(f"#f-{finding.id}")


def visible_in_order(page) -> list[str]:
    return page.evaluate(
        "() => [...document.querySelectorAll('.finding:not(.out)')].map(node => node.id)"
        ".filter(id => !document.getElementById(id).closest('#fixed'))"
    )


@pytest.fixture
def page(visit, page_file):
    return visit(page_file)


# Filters


def test_a_filter_shows_what_fits_and_says_how_many_it_hides(page, rich):
    warnings = sum(finding.severity == "warning" for finding in rich.findings)
    assert 0 < warnings < len(rich.findings)
    page.select_option("#f-by-severity", "warning")
    page.evaluate(UNFOLD)
    assert page.evaluate(SHOWN) == warnings
    whole = page.locator(".finding").count()
    assert said(page) == ZH("script.shown.some", shown=warnings, all=whole, hidden=whole - warnings)
    assert hash_of(page) == "f?severity=warning"
    page.get_by_role("button", name=ZH("script.clear")).click()
    page.evaluate(UNFOLD)
    assert page.evaluate(SHOWN) == whole
    assert said(page) == all_shown(page)


def test_filters_stand_in_the_address_and_come_back_from_it(page, rich):
    wrong = next(finding for finding in rich.findings if finding.severity == "error" and finding.address)
    table = rich.tables[wrong.address[0]].label
    page.select_option("#f-by-severity", "error")
    page.select_option("#f-by-table", table)
    page.fill("#f-by-text", "万元")
    page.wait_for_url("**text=*")
    assert parse_qs(hash_of(page)[2:]) == {"severity": ["error"], "table": [table], "text": ["万元"]}
    before = said(page)
    page.reload()
    assert said(page) == before
    assert page.input_value("#f-by-table") == table
    assert page.input_value("#f-by-text") == "万元"


def test_back_and_forward_undo_and_redo_filters(page):
    everything = said(page)
    page.select_option("#f-by-severity", "error")
    errors = said(page)
    page.select_option("#f-by-severity", "warning")
    page.go_back()
    assert said(page) == errors and page.input_value("#f-by-severity") == "error"
    page.go_back()
    assert said(page) == everything
    page.go_forward()
    assert said(page) == errors


def test_what_the_page_does_not_know_filters_nothing(visit, page_file):
    page = visit(page_file, anchor="#f?severity=dreadful&colour=red&table=%E0%A4%A")
    assert said(page) == all_shown(page)


def test_an_anchor_is_shown_even_where_a_filter_hides_it(page, rich):
    hidden = next(finding for finding in rich.findings if finding.severity == "error")
    page.select_option("#f-by-severity", "warning")
    assert not by_id(page, hidden).is_visible()
    page.evaluate(f"location.hash = 'f-{hidden.id}'")
    until(page, "document.querySelector('[aria-current=true]') !== null")
    assert by_id(page, hidden).is_visible()
    assert current(page) == f"f-{hidden.id}"
    assert said(page) == all_shown(page)


def test_a_link_to_a_cell_leaves_the_filters_alone(page):
    page.select_option("#f-by-severity", "error")
    before = said(page)
    link = page.locator(".finding:not(.out) a[href^='#c-']").first
    target = link.get_attribute("href")[1:]
    link.click()
    page.wait_for_url(f"**#{target}")
    expect(page.locator(f"[id='{target}']")).to_be_in_viewport()
    assert said(page) == before
    page.go_back()
    assert said(page) == before


def test_search_finds_figures_with_and_without_separators(page, rich):
    finding = next(each for each in rich.findings if each.actual and "." in each.actual and len(each.actual) >= 7)
    plain = finding.actual
    whole, _, rest = plain.partition(".")
    wide = plain.translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))
    for text in (plain, f"{int(whole):,}.{rest}", wide):
        page.fill("#f-by-text", text)
        until(page, "document.querySelector('.out') !== null")
        page.evaluate(UNFOLD)
        assert by_id(page, finding).is_visible(), text
    page.fill("#f-by-text", "没有这样的话")
    until(page, "!document.querySelector('.finding:not(.out)')")
    assert page.evaluate(SHOWN) == 0


def test_new_and_remaining_can_be_told_apart(page, rich):
    page.select_option("#f-by-state", "new")
    page.evaluate(UNFOLD)
    ids = {f"f-{finding.id}" for finding in rich.findings if finding.state == "new"}
    assert set(visible_in_order(page)) == ids


# Keys


def test_n_and_p_walk_through_what_is_shown(page):
    order = visible_in_order(page)
    page.keyboard.press("n")
    assert current(page) == order[0]
    page.keyboard.press("n")
    assert current(page) == order[1] and hash_of(page) == order[1]
    expect(page.locator(f"#{order[1]} h3")).to_be_in_viewport()
    assert page.evaluate("document.activeElement.id") == order[1]
    page.keyboard.press("p")
    assert current(page) == order[0]
    page.keyboard.press("p")
    assert current(page) == order[0]
    page.select_option("#f-by-severity", "warning")
    page.locator("body").click(position={"x": 1, "y": 1})
    page.keyboard.press("n")
    warned = visible_in_order(page)
    assert current(page) == warned[0] and len(warned) < len(order)
    assert hash_of(page) == f"f?severity=warning&at={warned[0]}"
    page.reload()
    assert current(page) == warned[0]


def test_every_finding_can_be_walked_to(page):
    order = visible_in_order(page)
    walked = []
    for _ in order:
        page.keyboard.press("n")
        walked.append(current(page))
    assert walked == order


def test_keys_do_nothing_while_one_types_or_holds_a_modifier(page):
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "f-by-text"
    page.keyboard.type("ncx?/p")
    assert page.input_value("#f-by-text") == "ncx?/p"
    assert page.locator("[aria-current=true]").count() == 0
    page.keyboard.press("Escape")
    assert page.input_value("#f-by-text") == ""
    page.locator("h1").click()
    page.keyboard.press("Alt+n")
    page.keyboard.press("Control+x")
    assert page.locator("[aria-current=true]").count() == 0


def test_c_confirms_x_dismisses_and_again_takes_back(page):
    whole = page.evaluate("document.querySelectorAll('.finding:not([data-waived])').length")
    page.keyboard.press("n")
    page.keyboard.press("c")
    node = page.locator("[aria-current=true]")
    assert node.get_attribute("data-mark") == "confirmed"
    assert node.get_by_role("button", name=ZH("script.mark.confirmed")).get_attribute("aria-pressed") == "true"
    assert page.locator(".done").inner_text() == ZH("script.progress", done=1, all=whole)
    page.keyboard.press("x")
    assert node.get_attribute("data-mark") == "false_alarm"
    page.keyboard.press("x")
    assert node.get_attribute("data-mark") is None
    assert page.locator(".done").inner_text() == ZH("script.progress", done=0, all=whole)


def test_help_is_a_dialog_that_keeps_and_returns_the_focus(page):
    page.keyboard.press("n")
    held = page.evaluate("document.activeElement.id")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    assert dialog.is_visible()
    for key in ("n", "p", "c", "x"):
        assert key in dialog.locator("kbd").all_inner_texts()
    for _ in range(5):
        page.keyboard.press("Tab")
        assert page.evaluate("document.getElementById('help').contains(document.activeElement)")
    page.keyboard.press("n")
    assert current(page) == held
    page.keyboard.press("Escape")
    assert not page.locator("#help").is_visible()
    assert page.evaluate("document.activeElement.id") == held


def test_single_keys_can_be_turned_off_for_good(page):
    page.keyboard.press("?")
    page.locator("#keys-on").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    assert page.locator("[aria-current=true]").count() == 0
    page.reload()
    page.keyboard.press("n")
    assert page.locator("[aria-current=true]").count() == 0
    page.keyboard.press("?")
    page.locator("#keys-on").check()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    assert page.locator("[aria-current=true]").count() == 1


# Marks


def mark_first(page, name: str, note: str = "") -> str:
    page.keyboard.press("n")
    marked = current(page)
    node = page.locator(f"#{marked}")
    node.get_by_role("button", name=ZH(f"script.mark.{name}")).click()
    if note:
        node.get_by_role("button", name=ZH("script.note"), exact=True).click()
        page.keyboard.type(note)
        node.locator("textarea").blur()
    return marked


def test_marks_and_notes_survive_a_reload_and_another_window(visit, page_file):
    page = visit(page_file)
    first = mark_first(page, "explained", "单位已来函说明 <b>")
    second = mark_first(page, "fixed")
    page.wait_for_timeout(50)
    other = visit(page_file, context=page.context)
    for each in (other, page):
        each.reload()
        assert each.locator(f"#{first}").get_attribute("data-mark") == "explained"
        assert ZH("script.note.said", note="单位已来函说明 <b>") in each.locator(f"#{first}").text_content()
        assert each.locator(f"#{second}").get_attribute("data-mark") == "fixed"
    mark_first(other, "confirmed")
    until(page, f"document.getElementById('{first}').dataset.mark === 'confirmed'")
    page.select_option("#f-by-mark", "fixed")
    assert visible_in_order(page) == [second]


def test_a_mark_lapses_when_its_figures_have_changed_in_the_corrected_filing(visit, small, tmp_path):
    page = visit(put(audit_of(small), tmp_path, "before.html"))
    changed, same = mark_first(page, "false_alarm", "见批复"), mark_first(page, "explained")
    page.wait_for_timeout(50)
    findings = tuple(replace(each, values="ff" * 8) if f"f-{each.id}" == changed else each for each in small.findings)
    after = replace(small, sha256="cd" * 32, findings=findings)
    later = visit(put(audit_of(after), tmp_path, "after.html"), context=page.context)
    assert later.locator(f"#{same}").get_attribute("data-mark") == "explained"
    assert later.locator(f"#{changed}").get_attribute("data-mark") == "lapsed"
    shown = later.locator(f"#{changed} .lapsed").text_content()
    assert ZH("script.mark.false_alarm") in shown
    assert ZH("script.progress", done=1, all="").rstrip() in later.locator(".done").inner_text()
    later.select_option("#f-by-mark", "lapsed")
    assert visible_in_order(later) == [changed]
    other = replace(small, sha256="ef" * 32, year=small.year + 1)
    stranger = visit(put(audit_of(other), tmp_path, "other.html"), context=page.context)
    assert stranger.locator("[data-mark=explained].finding").count() == 0


def test_where_nothing_can_be_kept_the_page_says_so_and_still_exports(visit, page_file, browser):
    context = browser.new_context()
    context.add_init_script(NO_STORAGE)
    page = visit(page_file, context=context)
    assert page.locator(".trouble").inner_text() == ZH("script.storage.none")
    first = mark_first(page, "confirmed")
    with page.expect_download() as waiting:
        page.get_by_role("button", name=ZH("script.export")).click()
    content = json.loads(waiting.value.path().read_text("utf-8"))
    assert [each["id"] for each in content["marks"]] == [first.removeprefix("f-")]
    context.close()


def exported(page, target):
    with page.expect_download() as waiting:
        page.get_by_role("button", name=ZH("script.export")).click()
    waiting.value.save_as(target)
    return json.loads(target.read_text("utf-8"))


def imported(page, file) -> str:
    page.locator("input[type=file]").set_input_files(file)
    until(page, "!document.querySelector('#filters .message').hidden")
    return page.locator("#filters .message").inner_text()


def test_marks_go_out_and_come_in_elsewhere(visit, page_file, rich, tmp_path):
    page = visit(page_file)
    first, second = mark_first(page, "confirmed", "数字抄错"), mark_first(page, "false_alarm")
    content = exported(page, tmp_path / "marks.json")
    jsonschema.validate(content, json.loads((reports_folder() / "schema" / "marks-1.json").read_text("utf-8")))
    findings = {finding.id: finding for finding in rich.findings}
    assert (content["sha256"], content["filer"], content["year"]) == (rich.sha256, rich.filer, rich.year)
    assert [(each["id"], each["mark"], each["note"]) for each in content["marks"]] == [
        (first[2:], "confirmed", "数字抄错"),
        (second[2:], "false_alarm", ""),
    ]
    for each in content["marks"]:
        assert (each["rule"], each["values"]) == (findings[each["id"]].rule, findings[each["id"]].values)

    # What says that a finding may stay as it is can become a waiver.
    assert [(mark.id, mark.mark) for mark in read_marks(tmp_path / "marks.json")] == [(second[2:], "false_alarm")]

    elsewhere = visit(page_file)
    assert ZH("script.import.taken", count=2) in imported(elsewhere, tmp_path / "marks.json")
    assert elsewhere.locator(f"#{first}").get_attribute("data-mark") == "confirmed"
    elsewhere.reload()
    assert exported(elsewhere, tmp_path / "again.json") == content
    assert ZH("script.import.older", count=2) in imported(elsewhere, tmp_path / "marks.json")


def test_an_import_says_what_did_not_fit(visit, page_file, rich, tmp_path):
    one, two = rich.findings[:2]
    at = "2026-01-02T03:04:05.000Z"
    entries = [
        {"id": one.id, "rule": one.rule, "values": one.values, "mark": "fixed", "note": "", "at": at},
        {"id": two.id, "rule": two.rule, "values": "00", "mark": "explained", "note": "<img src=x>", "at": at},
        {"id": "11" * 8, "rule": "X", "values": "00", "mark": "fixed", "note": "", "at": at},
        {"id": one.id, "values": one.values, "mark": "wrong", "note": "", "at": at},
        {"id": one.id, "values": one.values, "mark": "fixed", "note": 7, "at": at},
        "nonsense",
        None,
    ]
    head = {"schema": "gouji/marks/1", "sha256": "", "filer": "邻县财政局", "year": 2020, "stage": "budget"}
    file = tmp_path / "m.json"
    file.write_text("\ufeff" + json.dumps({**head, "marks": entries}), encoding="utf-8")
    page = visit(page_file)
    report = imported(page, file)
    assert ZH("script.import.other-filing", filer="邻县财政局", year=2020) in report
    assert ZH("script.import.taken", count=2) in report
    assert ZH("script.import.lapsed", count=1) in report
    assert ZH("script.import.unknown", count=1) in report
    assert ZH("script.import.broken", count=4) in report
    assert by_id(page, one).get_attribute("data-mark") == "fixed"
    assert by_id(page, two).get_attribute("data-mark") == "lapsed"
    for content in ("{", "[]", '{"schema": "gouji/marks/2", "marks": []}', "null", '{"schema": "gouji/marks/1"}'):
        file.write_text(content, encoding="utf-8")
        assert imported(page, file) == ZH("script.import.not-marks", file="m.json")
    assert by_id(page, one).get_attribute("data-mark") == "fixed"


def test_spoiled_storage_does_not_stop_the_page(visit, page_file, rich):
    page = visit(page_file)
    for content in ("{", '{"schema":"gouji/marks/1","marks":[null,{"id":7}]}', '"x"'):
        page.evaluate("([key, text]) => localStorage.setItem(key, text)", [f"gouji/marks/1 {rich.sha256}", content])
        page.reload()
        assert said(page) == all_shown(page)


# Figures


def test_a_figure_tells_its_rules_and_gives_the_focus_back(page, rich):
    number, row, column = next(each.address for each in rich.findings if len(each.address) == 3)
    cell = page.locator(f"#c-{number}-{row}-{column}")
    cell.evaluate("node => { node.closest('details').open = true; node.focus(); }")
    cell.click(position={"x": 2, "y": 2})
    dialog = page.get_by_role("dialog")
    printed = rich.tables[number].body[row].cells[column]
    text = dialog.inner_text()
    assert printed.text in text
    for position in printed.rules:
        assert rich.rules[position].id in text
    assert dialog.locator("a[href^='#r-']").count() == len(printed.rules)
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").count() == 0
    assert page.evaluate("document.activeElement.id") == f"c-{number}-{row}-{column}"
    page.keyboard.press("Enter")
    page.get_by_role("dialog").locator("a[href^='#r-']").first.click()
    assert page.locator("tr[id^='r-']").first.is_visible()


def test_a_figure_is_never_said_to_agree_with_a_rule_that_found_it_wrong(page, rich):
    """Every cell and number that failed: each rule with a finding about it says so, or at least where it found some."""
    wrong = {}
    for finding in rich.findings:
        for operand in finding.operands:
            if operand.address:
                wrong.setdefault("c-{}-{}-{}".format(*operand.address), set()).add(finding.rule)
    agrees = ZH("script.rule.agrees")
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    failed = page.evaluate("() => [...document.querySelectorAll('td.x, .num.x[id]')].map(node => node.id)")
    findings = {finding.rule for finding in rich.findings}
    for anchor in failed:
        page.locator(f"#{anchor}").dispatch_event("click")
        for line in page.locator("#popover li").all_inner_texts():
            rule = line.split()[0]
            if agrees in line:
                assert rule not in wrong.get(anchor, findings if anchor.startswith("p-") else ()), anchor
    assert any(each.startswith("c-") for each in failed) and any(each.startswith("p-") for each in failed)


def test_a_table_is_one_stop_and_arrows_move_within(page):
    table = page.locator("details.table[open] table.ticked").first
    stops = table.evaluate('node => node.querySelectorAll(\'[tabindex="0"], a:not([tabindex="-1"])\').length')
    assert stops == 1
    table.locator("[tabindex='0']").focus()
    seen = {page.evaluate("document.activeElement.id")}
    for key in ("ArrowDown", "ArrowRight", "ArrowDown", "End", "ArrowUp", "Home"):
        page.keyboard.press(key)
        seen.add(page.evaluate("document.activeElement.id"))
    assert len(seen) >= 3 and all(each.startswith("c-") for each in seen)
    assert table.evaluate("node => node.querySelectorAll('[tabindex=\"0\"]').length") == 1


def test_marked_text_is_copied_not_opened(page):
    cell = page.locator("details.table[open] td.k").first
    cell.scroll_into_view_if_needed()
    cell.dblclick()
    page.keyboard.press("Escape")
    cell.evaluate("node => getSelection().selectAllChildren(node)")
    cell.dispatch_event("click")
    assert page.get_by_role("dialog").count() == 0


# Print


def test_each_print_button_sets_its_mode_unfolds_and_puts_back(visit, page_file, browser):
    context = browser.new_context()
    context.add_init_script(NO_PRINTER)
    page = visit(page_file, context=context)
    folded = page.locator("details:not([open])").count()
    assert folded
    for mode in ("opinion", "ledger", "full"):
        page.locator(f"[data-mode={mode}]").click()
    assert page.evaluate("window.printed") == [["opinion", 0], ["ledger", 0], ["full", 0]]
    assert page.evaluate("document.body.dataset.print") == "full"
    assert page.locator("details:not([open])").count() == folded
    context.close()
