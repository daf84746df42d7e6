"""`python -m benchmarks [batch|pdf] [FILE]`, `… report [FOLDER]`, `… opening`: how long the stages of an audit take.

FILE defaults to the largest published text filing where those are beside the project, else to the department's sample.
Times are CPU times, the best of several runs; ratios hold across machines, milliseconds do not.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

from checker import Auditor
from checker.contract.build import audit_json, filing_json, run_json
from checker.contract.write import render
from checker.engine import judge
from checker.model.document import Document
from checker.model.filing import Filing
from checker.outputs import html
from checker.outputs.words import load_words
from checker.readers import read_document
from checker.recognition import recognise

ROOT = Path(__file__).parent.parent
PUBLISHED = ROOT.parent / "shared" / "filings" / "shanxi"
ROUNDS = 15


def best(action: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the least CPU time of an action, in milliseconds."""
    times = []
    for _ in range(rounds):
        started = time.process_time()
        action()
        times.append(time.process_time() - started)
    return min(times) * 1000


def largest() -> Path:
    """Return the file that is measured."""
    published = sorted(PUBLISHED.glob("*.txt"), key=lambda path: path.stat().st_size)
    return published[-1] if published else ROOT / "sample_filings" / "clean" / "department.txt"


def split_floor(path: Path) -> object:
    """Split the file into fields and do nothing more: what no reader of it can beat."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def decimal_rollup(filing: Filing) -> int:
    """Add up every column of every table in `Decimal`: the arithmetic alone, without rules, bands or outcomes."""
    figures = 0
    for table in filing.tables:
        for column in range(len(table.columns)):
            total = Decimal(0)
            for row in table.rows:
                cell = row.cells[column]
                if cell is not None and cell.figure is not None:
                    total += Decimal(cell.text.replace(",", ""))
                    figures += 1
    return figures


CHILD = """
import atexit, resource, sys

@atexit.register
def tell():
    used = resource.getrusage(resource.RUSAGE_SELF)
    with open("used", "w") as stream:
        stream.write(f"{used.ru_utime + used.ru_stime} {used.ru_maxrss}")

if sys.argv[1:]:
    from checker.cli import main
    main()
"""


def cold(arguments: Sequence[str], folder: Path) -> tuple[float, float]:
    """Run a command in a fresh process (none: the bare interpreter); return CPU milliseconds and peak memory in MB."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", CHILD, *arguments]
    subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    seconds, kilobytes = (folder / "used").read_text(encoding="utf-8").split()
    return float(seconds) * 1000, float(kilobytes) / 1024


def fresh_judge(auditor: Auditor, document: Document) -> float:
    """Return the least CPU time of all rules on a filing just recognised, nothing of it looked up before."""
    times = []
    for _ in range(ROUNDS):
        filing = recognise(document, auditor.vocabulary)
        started = time.process_time()
        judge(filing, auditor.ruleset)
        times.append(time.process_time() - started)
    return min(times) * 1000


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    import tempfile

    if arguments[:1] == ["batch"]:
        from benchmarks import batch

        return batch.main(arguments[1:])
    if arguments[:1] == ["pdf"]:
        from benchmarks import pdf

        return pdf.main(arguments[1:])
    if arguments[:1] == ["report"]:
        from benchmarks import report

        report.measure(best, Path(arguments[1]) if arguments[1:] else None)
        return 0
    if arguments[:1] == ["opening"]:
        from benchmarks import opening

        return opening.measure()
    path = Path(arguments[0]) if arguments else largest()
    auditor = Auditor.load()
    document = read_document(path)
    filing = recognise(document, auditor.vocabulary)
    audit = judge(filing, auditor.ruleset)
    run = auditor.run([path])
    words = load_words("zh")
    floor = best(lambda: split_floor(path))
    rows = [
        ("split into fields (floor)", floor),
        ("read", best(lambda: read_document(path))),
        ("recognise", best(lambda: recognise(document, auditor.vocabulary))),
        ("judge, all rules", fresh_judge(auditor, document)),
        ("column sums in Decimal (no rules)", best(lambda: decimal_rollup(filing))),
        ("JSON", best(lambda: render(audit_json(run)))),
        ("HTML", best(lambda: html.render_filing(filing_json(audit), run_json(run.run), words))),
        ("read + recognise + judge", best(lambda: auditor.audit_file(path))),
        ("rules and vocabulary from cache", best(Auditor.load)),
    ]
    print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB, {len(figures(filing))} figures, "
          f"{len(filing.tables)} tables, {len(audit.outcomes)} outcomes of {len(audit.rules)} rules")  # fmt: skip
    for name, milliseconds in rows:
        print(f"  {name:<36} {milliseconds:7.1f} ms   {milliseconds / floor:6.1f} × floor")
    with tempfile.TemporaryDirectory() as folder:
        for name, command in (
            ("python, nothing imported", []),
            ("gouji --version", ["--version"]),
            ("gouji audit, console", ["audit", str(path.resolve()), "-o", "console"]),
            ("gouji audit, HTML and JSON", ["audit", str(path.resolve()), "-o", "html=a.html", "-o", "json=a.json"]),
        ):
            milliseconds, peak = min(cold(command, Path(folder)) for _ in range(5))
            print(f"  cold: {name:<30} {milliseconds:7.0f} ms   {peak:6.0f} MB")
    # after the child processes: they inherit the peak memory of what is imported here
    from benchmarks import excel, office

    for formats in (office, excel):
        formats.measure(path, best)
    return 0


def figures(filing: Filing) -> list[object]:
    """Return every figure of a filing."""
    return [operand for table in filing.tables for operand in table.figures()]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
