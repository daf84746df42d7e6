"""How long a browser takes over the page of one filing: to open it, to filter it, to go to the next finding.

`python -m benchmarks opening` needs Chromium and playwright. The floor is of the same run: the same pages with scripts
off, and an empty page.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

from benchmarks.report import RUN, synthetic
from checker.outputs import html
from checker.outputs.words import load_words

SIZES = ((300, 60), (2000, 60), (2000, 200))
ROUNDS = 5
FILTER = """value => {
  const control = document.getElementById("f-by-rule");
  const started = performance.now();
  control.selectedIndex = value;
  control.dispatchEvent(new Event("change", {bubbles: true}));
  const filtered = performance.now();
  document.body.offsetHeight;
  return [filtered - started, performance.now() - filtered];
}"""
NEXT = """() => {
  const started = performance.now();
  document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "n", bubbles: true}));
  return performance.now() - started;
}"""


def measure() -> int:
    """Print times in milliseconds, the best of several; return 2 where there is no browser."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("no Chromium on this machine")
        return 2
    from playwright.sync_api import sync_playwright

    words = load_words("zh")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        empty = Path(folder) / "empty.html"
        empty.write_text("<!DOCTYPE html><title>nothing</title>", encoding="utf-8")

        def opened(file: Path, scripts: bool) -> float:
            times = []
            for _ in range(ROUNDS):
                page = browser.new_page(java_script_enabled=scripts)
                started = time.perf_counter()
                page.goto(file.as_uri())
                times.append(time.perf_counter() - started)
                page.close()
            return min(times) * 1000

        print(f"  an empty page opens in {opened(empty, True):.0f} ms")
        for findings, rules in SIZES:
            file = Path(folder) / f"{findings}-{rules}.html"
            file.write_text(html.render_filing(synthetic(findings, 5000, rules), RUN, words), encoding="utf-8")
            page = browser.new_page()
            page.goto(file.as_uri())
            filters = [page.evaluate(FILTER, value) for value in (1, 0, 2, 0)]
            steps = [page.evaluate(NEXT) for _ in range(10)]
            page.close()
            size = file.stat().st_size / 1e6
            print(f"  {findings:,} findings of {rules} rules, 5,000 cells, {size:.2f} MB: opens in "
                  f"{opened(file, True):.0f} ms, without scripts in {opened(file, False):.0f} ms")  # fmt: skip
            print(f"    a filter takes {max(each[0] for each in filters):.1f} ms and the layout after it "
                  f"{max(each[1] for each in filters):.0f} ms; the next finding {max(steps):.0f} ms")  # fmt: skip
        browser.close()
    return 0
