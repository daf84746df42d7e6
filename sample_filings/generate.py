"""Writes the invented filings and what must be found in them; the same bytes every time.

Run `python sample_filings/generate.py` to rewrite them, with `--check` to see whether the files on disk are current.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from maker.families import FAMILIES, Family
from maker.grid import Paper
from maker.hand import Change
from maker.ledger import Finding
from maker.province.filing import part_in_two
from maker.render import render
from maker.render.packing import alike

HERE: Final = Path(__file__).parent
COUNTY: Final = "county"
FOLDERS: Final = ("clean", "defects", "formats", *(name for name in FAMILIES if name != COUNTY))

RENDERED: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    ("county", "clean"): ("department.docx", "department.xlsx", "department.html", "department.pdf", "unit.htm"),
    ("county", "basic-total"): ("unit.docx", "unit.xlsx", "unit.html", "unit.pdf"),
    ("county", "swapped-columns"): ("unit.docx", "unit.xlsx", "unit.htm", "unit.pdf"),
    ("county", "vehicle-purchase"): ("department.docx", "department.xlsx", "department.html", "department.pdf"),
    ("city", "clean"): ("department.pdf", "unit.xlsx"),
    ("city", "subtotal"): ("unit.pdf",),
    ("province", "clean"): ("department-narrative.pdf", "department-tables.pdf"),
    ("province", "use-of-fiscal"): ("department-narrative.pdf", "department-tables.pdf"),
    ("final-accounts", "clean"): ("department.pdf", "unit.docx"),
    ("final-accounts", "opening-differs"): ("department.pdf",),
}
"""The filings that are also printed in other formats: family and planted error to files in the folder `formats`."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check the files; answer the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="exit 1 if the files on disk are not current")
    wanted = make_files()
    on_disk = {path.relative_to(HERE): path for folder in FOLDERS for path in (HERE / folder).rglob("*.*")}
    stale = sorted(set(on_disk) - set(wanted))
    changed = [
        path for path, data in wanted.items() if path not in on_disk or not alike(on_disk[path].read_bytes(), data)
    ]
    if parser.parse_args(arguments).check:
        for path in [*stale, *changed]:
            print(f"not current: {path.as_posix()}")
        return 1 if stale or changed else 0
    for path in stale:
        on_disk[path].unlink()
    for path in changed:
        (HERE / path).parent.mkdir(parents=True, exist_ok=True)
        (HERE / path).write_bytes(wanted[path])
    print(f"{len(wanted)} files, {len(changed)} written, {len(stale)} removed")
    return 0


def make_files() -> dict[Path, bytes]:
    """Make every file: path below this folder to its bytes."""
    files = _rendered()
    for name, family in FAMILIES.items():
        files |= _family(_folder(name), family)
    # Older tools save text as GB18030 with Windows line ends.
    windows = FAMILIES[COUNTY].papers()["unit"].text().replace("\n", "\r\n").encode("gb18030")
    return files | _clean(Path("clean"), "unit_gb18030.txt", windows)


def _family(folder: Path, family: Family) -> dict[Path, bytes]:
    files: dict[Path, bytes] = {}
    papers = family.papers()
    for level, paper in papers.items():
        if found := family.find(paper.lines):
            raise ValueError(f"the clean {level} filing does not add up: {found}")
        files |= _clean(folder / "clean", f"{level}.txt", paper.text().encode())
    for slug, (level, _) in family.defects.items():
        planted = family.plant(slug, papers[level].lines)
        if not planted.findings:
            raise ValueError(f"{slug}: nothing would be found")
        place, name = folder / "defects" / slug, f"{level}.txt"
        files[place / name] = Paper(list(planted.lines)).text().encode()
        expected = _expected(name, planted.sentence, planted.changes, planted.findings)
        files[place / f"{level}.expected.yaml"] = expected.encode()
    return files


def _rendered() -> dict[Path, bytes]:
    files: dict[Path, bytes] = {}
    printed = {name: family.papers() for name, family in FAMILIES.items()}
    for (name, slug), file_names in RENDERED.items():
        for file_name in file_names:
            stem, _, suffix = file_name.partition(".")
            level, _, part = stem.partition("-")
            clean = printed[name][level].lines
            lines = list(clean if slug == "clean" else FAMILIES[name].plant(slug, clean).lines)
            if part:
                lines = part_in_two(lines)[part == "tables"]
            files[_folder(name) / "formats" / slug / file_name] = render(lines, suffix)
    return files


def _folder(family: str) -> Path:
    return Path() if family == COUNTY else Path(family)


def _clean(folder: Path, name: str, data: bytes) -> dict[Path, bytes]:
    expected = _expected(name, "没有设错", (), ())
    return {folder / name: data, folder / f"{Path(name).stem}.expected.yaml": expected.encode()}


def _expected(
    filing: str,
    sentence: str,
    changes: Sequence[Change],
    findings: Sequence[Finding],
) -> str:
    """Write what a reader of the filing must be told."""
    parts = [f"filing: {filing}", f"planted: {json.dumps(sentence, ensure_ascii=False)}"]
    shown = [
        f"{{line: {change.line}, column: {change.column}, from: {json.dumps(change.before, ensure_ascii=False)}, "
        f"to: {json.dumps(change.after, ensure_ascii=False)}}}"
        for change in changes
    ]
    if len(shown) == 1:
        parts.append(f"changed: {shown[0]}")
    elif shown:
        parts += ["changed:", *(f"  - {one}" for one in shown)]
    if findings:
        parts += ["findings:", *(f"  - {_finding(one)}" for one in findings)]
    else:
        parts.append("findings: []")
    return "\n".join(parts) + "\n"


def _finding(one: Finding) -> str:
    return f"{{rule: {one.rule}, severity: {one.severity}, place: {json.dumps(one.place, ensure_ascii=False)}}}"


if __name__ == "__main__":
    sys.exit(main())
