"""One Chromium for all tests of the report; without one they are skipped."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from checker.contract.shape import AuditJson, FilingJson, UnreadableJson
from checker.outputs import html
from checker.outputs.words import load_words
from tests.browser import making

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
DESK = {"width": 1280, "height": 900}

Open = Callable[..., "playwright.Page"]


class Watch:
    """What a page does that it must not: ask for anything, complain, or open a dialog."""

    def __init__(self, page: playwright.Page) -> None:
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._console)
        page.on("dialog", self._dialog)

    def _console(self, said: playwright.ConsoleMessage) -> None:
        if said.type in ("error", "warning"):
            self.complaints.append(said.text)

    def _dialog(self, dialog: playwright.Dialog) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()


@pytest.fixture(scope="session")
def browser() -> Iterator[playwright.Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with playwright.sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield launched
        launched.close()


@pytest.fixture
def visit(browser) -> Iterator[Open]:
    """Open a file in a window of its own; what it does wrong fails the test at its end if watched."""
    contexts = []
    watches = []

    def open_page(
        file: Path, anchor: str = "", context=None, watched: bool = True, **options: object
    ) -> playwright.Page:
        if context is None:
            context = browser.new_context(**{"viewport": DESK, **options})
            contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(5000)
        if watched:
            watches.append((file, Watch(page)))
        page.goto(file.as_uri() + anchor, timeout=30000)
        return page

    yield open_page
    for context in contexts:
        context.close()
    for file, watch in watches:
        assert watch.complaints == []
        assert {url.split("#")[0] for url in watch.requests if not url.startswith("data:")} <= {file.as_uri()}


@pytest.fixture(scope="session")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("report")


@pytest.fixture(scope="session")
def rich(folder) -> FilingJson:
    return making.rich(folder)


@pytest.fixture(scope="session")
def small(folder) -> FilingJson:
    return making.small(folder)


def until(page: playwright.Page, claim: str, patience: int = 3000) -> None:
    """Wait until a JavaScript expression holds; waiting as Playwright does it needs `eval`, which the page forbids."""
    for _ in range(patience // 20):
        if page.evaluate(claim):
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"never true: {claim}")


def put(audit: AuditJson, folder: Path, name: str, language: str = "zh") -> Path:
    """Write a report and return its file."""
    return html.write(audit, folder / name, load_words(language))[0]


@pytest.fixture(scope="session")
def page_file(rich, folder) -> Path:
    return put(making.audit_of(rich), folder, "rich.html")


@pytest.fixture(scope="session")
def small_files(small, folder) -> dict[str, Path]:
    return {each: put(making.audit_of(small), folder, f"small-{each}.html", each) for each in ("zh", "en")}


@pytest.fixture(scope="session")
def index_files(small, rich, folder) -> dict[str, Path]:
    audit = index_audit(small, rich)
    return {each: put(audit, folder, f"index-{each}.html", each) for each in ("zh", "en")}


def index_audit(*filings: FilingJson) -> AuditJson:
    """Return an audit of several filings, with a file that could not be read."""
    return making.audit_of(*filings, unreadable=(UnreadableJson("坏/空.txt", "文件为空", "00" * 32, None),))
