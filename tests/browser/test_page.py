"""The page as it stands: silent, complete without scripts, fit for every reader, and deaf to hostile content."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from msgspec.structs import replace
from playwright.sync_api import expect

from checker.outputs.words import load_words
from tests.browser.conftest import DESK, index_audit, put
from tests.browser.making import audit_of, crowded

AA = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}, "resultTypes": ["violations"]}
PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}
OPEN_ALL = "for (const each of document.querySelectorAll('details')) each.open = true"
RULES_KEPT = "for (const row of [...document.querySelectorAll('#rules tbody tr')].slice(12)) row.remove()"
"""All rows of rules are made alike, and looking at the contrast of each of their cells takes seconds."""
BROKEN_LINKS = """() => [...document.querySelectorAll("a[href^='#']")].map(link => link.getAttribute("href"))
  .filter(href => href.length < 2 || !document.getElementById(decodeURIComponent(href.slice(1))))"""
TWICE = """() => { const ids = [...document.querySelectorAll("[id]")].map(node => node.id);
  return ids.filter((id, at) => ids.indexOf(id) !== at) }"""
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
HOSTILE = [
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "=cmd|' /C calc'!A0",
    "财政局\u202egnp.exe",
    "</title></style><svg onload=alert(1)>{{ 7*7 }}<!--",
    "很长的单位名称" * 60,
]


def violations(page, *places: str) -> list[str]:
    """Return what axe finds against WCAG 2.1 AA with everything unfolded, on the whole page or in some places."""
    page.evaluate(OPEN_ALL)
    page.evaluate(RULES_KEPT)
    found = Axe().run(page, context={"include": list(places)} if places else None, options=AA).response["violations"]
    return [f"{each['id']}: {len(each['nodes'])} × {each['nodes'][0]['html'][:160]}" for each in found]


def fault_of(page) -> str:
    return page.locator("#filters").evaluate("node => node.hidden ? 'the script did not run' : ''")


def test_a_page_asks_for_nothing_and_complains_of_nothing(visit, page_file):
    page = visit(page_file)
    assert fault_of(page) == ""
    page.evaluate(OPEN_ALL)
    page.mouse.wheel(0, 5000)


def test_no_other_script_can_run_on_the_page(visit, page_file):
    page = visit(page_file, watched=False)  # the browser says what it blocks; here it shall
    assert page.evaluate("""() => {
      window.ran = [];
      const attempts = [
        () => { const made = document.createElement("script"); made.append("ran.push('script')");
                document.body.append(made); },
        () => { document.createElement("div").innerHTML = "<p>"; ran.push("markup from text"); },
        () => { const image = document.createElement("img"); image.setAttribute("onerror", "ran.push('handler')");
                image.src = "data:,"; document.body.append(image); },
        () => eval("ran.push('eval')"),
      ];
      for (const attempt of attempts) try { attempt(); } catch { /* so it should be */ }
      return new Promise(done => setTimeout(() => done(ran), 200));
    }""") in ([], ["eval"])  # what a test evaluates may itself evaluate


def test_every_finding_has_its_anchor_and_every_link_arrives(visit, page_file, rich):
    page = visit(page_file)
    ids = set(page.evaluate("() => [...document.querySelectorAll('.finding')].map(node => node.id)"))
    assert {f"f-{finding.id}" for finding in rich.findings} <= ids
    assert page.evaluate(BROKEN_LINKS) == []
    assert page.evaluate(TWICE) == []


def test_findings_lead_to_every_cell_that_they_compare(visit, page_file, rich):
    """What the page says about a figure that somebody clicks is looked up by these links."""
    page = visit(page_file, java_script_enabled=False)
    linked = page.evaluate(
        "() => Object.fromEntries([...document.querySelectorAll('.finding')].map(node => [node.id, "
        "[...node.querySelectorAll('a')].map(link => link.getAttribute('href'))]))"
    )
    compared = 0
    for finding in rich.findings:
        for operand in finding.operands:
            if operand.address:
                compared += 1
                assert "#c-{}-{}-{}".format(*operand.address) in linked[f"f-{finding.id}"], finding.id
    assert compared > 100


def test_without_scripts_everything_can_be_read(visit, page_file, rich):
    page = visit(page_file, java_script_enabled=False)
    text = page.locator("body").text_content()
    for finding in rich.findings:
        assert finding.message in text
        assert finding.actual is None or finding.actual in text
    assert page.locator("table.ticked").count() == len(rich.tables)
    assert page.locator("#filters").is_hidden() and page.locator("#help").is_hidden()
    assert not page.locator(".marking").first.is_visible()
    folded = page.locator("details:not([open]) > summary").first.element_handle()
    folded.press("Enter")
    assert folded.evaluate("node => node.parentElement.open")


@pytest.mark.parametrize(
    ("language", "scheme", "window"),
    [("zh", "light", DESK), ("zh", "dark", PHONE), ("en", "light", PHONE), ("en", "dark", DESK)],
)
@pytest.mark.parametrize("kind", ["filing", "index"])
def test_wcag_aa(visit, small_files, index_files, kind, language, scheme, window):
    file = (small_files if kind == "filing" else index_files)[language]
    assert violations(visit(file, viewport=window, color_scheme=scheme)) == []


def test_wcag_aa_with_everything_in_use(visit, small_files):
    page = visit(small_files["zh"])
    page.keyboard.press("n")
    page.keyboard.press("c")
    page.locator("[data-note]:visible").first.click()
    page.select_option("#f-by-severity", index=1)
    page.evaluate(OPEN_ALL)
    page.locator("table.ticked td.x").first.click(position={"x": 2, "y": 2})
    assert violations(page, "#filters", ".line", ".group:not(.out)", "#popover") == []
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert violations(page, "#help") == []


@pytest.mark.parametrize("window", [PHONE, NARROW], ids=["390", "320"])
def test_no_page_is_wider_than_a_phone(visit, page_file, small_files, index_files, window):
    for file in (page_file, small_files["en"], index_files["zh"], index_files["en"]):
        page = visit(file, viewport=window)
        page.evaluate(OPEN_ALL)
        assert page.evaluate(OVERFLOW) <= 0, file.name


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_content_is_only_ever_text(visit, small, tmp_path, name):
    finding = replace(small.findings[0], message=f"{name} 不符", excerpt=name, ref=name, advice=name)
    table = replace(small.tables[0], title=name, subject=name)
    changed = {"findings": (finding, *small.findings[1:]), "tables": (table, *small.tables[1:])}
    filing = replace(small, filer=name, path=f"{name}.txt", **changed)
    page = visit(put(audit_of(filing), tmp_path, "r.html"))
    assert fault_of(page) == ""
    assert page.locator("h1").text_content() == name
    assert name.split()[0] in page.title()
    assert page.locator("h1").is_visible()
    assert page.evaluate("document.querySelectorAll('script').length") == 2
    assert page.locator("img:not([src^='data:']), svg[onload]").count() == 0
    assert page.evaluate(OVERFLOW) <= 0
    page.keyboard.press("n")
    assert name in page.locator("[aria-current=true]").first.text_content()
    page = visit(put(audit_of(filing, small), tmp_path, "i.html"))
    assert page.locator("img:not([src^='data:']), svg[onload]").count() == 0
    assert name in page.locator("body").text_content()


def test_the_same_audit_gives_the_same_bytes(rich, small, page_file, index_files, tmp_path):
    assert put(audit_of(rich), tmp_path, "elsewhere.html").read_bytes() == page_file.read_bytes()
    again = put(index_audit(small, rich), tmp_path, index_files["zh"].name)
    assert again.read_bytes() == index_files["zh"].read_bytes()


def test_grey_is_enough(visit, small_files, small):
    """Verdict, severities and ticks are told by words and signs; colour only repeats them."""
    page = visit(small_files["zh"])
    assert small.verdict in page.locator("#verdict").inner_text()
    for finding in small.findings:
        word = load_words("zh")(f"severity.{finding.severity}")
        row = page.locator(f"#ledger tr:has(a[href='#f-{finding.id}'])").text_content()
        assert word in row
        assert (load_words("zh")("html.state.waived") in row) == (finding.waived is not None)
    page.evaluate(OPEN_ALL)
    signs = {"k": "✓", "x": "✗", "o": "○"}
    for name, sign in signs.items():
        for text in page.locator(f"table.ticked td.{name}").all_text_contents():
            assert sign in text
    assert page.locator("table.ticked td.x").count() and page.locator("table.ticked td.k").count()


def test_two_thousand_findings_stay_small_and_each_can_be_reached(visit, rich, tmp_path):
    filing = crowded(rich, 2000)
    file = put(audit_of(filing), tmp_path, "many.html")
    assert file.stat().st_size < 3_000_000
    page = visit(file, anchor=f"#f-{filing.findings[-1].id}")
    assert page.locator(".finding").count() == 2000
    last = page.locator("[aria-current=true]")
    assert last.get_attribute("id") == f"f-{filing.findings[-1].id}"
    expect(last).to_be_in_viewport()
