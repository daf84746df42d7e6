"""YAML and CSV under `rules/` → Vocabulary."""

from __future__ import annotations

import csv
from pathlib import Path

import msgspec

from checker import cache
from checker.forms.subjects import read_subjects
from checker.forms.vocabulary import Classification, Form, Layout, Vocabulary, Wording
from checker.model.figure import UNITS
from checker.model.filing import Level
from checker.yaml_source import Complaint, SourceError, YamlSource, did_you_mean


class FormsFile(msgspec.Struct, frozen=True):
    """A file of canonical forms."""

    forms: tuple[Form, ...]


def vocabulary_files(folders: list[Path]) -> list[Path]:
    """Return every file that the vocabulary is made of, in a fixed order."""
    return [
        file
        for folder in folders
        for pattern in ("forms/*.yaml", "layouts/*.yaml", "prose/*.yaml", "reference/*.csv")
        for file in sorted(folder.glob(pattern))
    ]


def load_vocabulary(folders: list[Path], salt: str) -> Vocabulary:
    """Return the vocabulary of the rules folders, later ones adding to and overriding earlier ones.

    Raises:
        SourceError: when a file does not say what it must.
    """
    files = vocabulary_files(folders)
    return cache.compiled("forms", cache.digest(files, salt), Vocabulary, lambda: read_vocabulary(files))


def read_vocabulary(files: list[Path]) -> Vocabulary:
    """Read forms, layouts and reference lists, and check that they fit together."""
    forms: dict[str, Form] = {}
    layouts: dict[str, Layout] = {}
    wording = Wording()
    complaints: list[Complaint] = []
    for file in files:
        if file.suffix != ".yaml":
            continue
        try:
            source = YamlSource(file, file.read_text(encoding="utf-8"))
            if file.parent.name == "prose":
                wording = _together(wording, source.decode(Wording))
            elif file.parent.name == "forms":
                for number, form in enumerate(source.decode(FormsFile).forms):
                    forms[form.form] = form
                    complaints += _check_form(form, f"forms.{number}", source)
            else:
                layout = source.decode(Layout)
                layouts[layout.layout] = layout
                complaints += _check_layout(layout, forms, source)
        except SourceError as error:
            complaints += error.complaints
    if complaints:
        raise SourceError(complaints)
    return Vocabulary(forms, layouts, _read_classification(files), wording)


def _together(one: Wording, other: Wording) -> Wording:
    """Return the wording of two files: words add up, file by file."""
    quantities = dict(one.quantities)
    for name, words in other.quantities.items():
        quantities[name] = (*quantities.get(name, ()), *words)
    within = {name: {**one.within.get(name, {}), **passages} for name, passages in (one.within | other.within).items()}
    return Wording(quantities, within, one.lead + other.lead, one.tail + other.tail)


def _check_form(form: Form, where: str, source: YamlSource) -> list[Complaint]:
    known = [*form.columns, *form.fixed_rows]
    return [
        source.complain(f"{where}.reading.negative", f"{form.form} 没有“{name}”{did_you_mean(name, known)}")
        for name in form.reading.negative
        if name not in known
    ]


def _check_layout(layout: Layout, forms: dict[str, Form], source: YamlSource) -> list[Complaint]:
    complaints = []
    if layout.unit not in UNITS:
        complaints.append(source.complain("unit", f"未知的单位“{layout.unit}”{did_you_mean(layout.unit, UNITS)}"))
    complaints += [
        source.complain(f"levels.{level}", f"未知的级次“{level}”{did_you_mean(level, Level)}")
        for level in layout.levels
        if level not in {Level.DEPARTMENT, Level.UNIT}
    ]
    sections = [section.section for section in layout.sections]
    for n, passage in enumerate(layout.passages):
        if passage.section not in sections:
            where = f"passages.{n}.section"
            complaints.append(
                source.complain(where, f"未知的部分“{passage.section}”{did_you_mean(passage.section, sections)}")
            )
    for n, table in enumerate(layout.tables):
        form = forms.get(table.form)
        if form is None:
            where = f"tables.{n}.form"
            complaints.append(source.complain(where, f"未知的表式“{table.form}”{did_you_mean(table.form, forms)}"))
            continue
        keys = {key for lane in form.lanes for key in (*lane.keys, lane.lane)}
        card = {*form.card.fields, *form.card.sides} if form.card else set()
        for slot, known in (
            ("headers", {*form.columns, *keys}),
            ("captions", {*form.fixed_rows, *(row.rpartition("·")[2] for row in form.fixed_rows)}),
            ("labels", {*form.columns, *card}),
        ):
            for name in getattr(table, slot):
                if name not in known and slot != "headers":
                    where = f"tables.{n}.{slot}.{name}"
                    complaints.append(source.complain(where, f"{table.form} 没有“{name}”{did_you_mean(name, known)}"))
        printed = {*form.columns, *form.fixed_rows, *form.levels}
        for slot in ("prints", "may_print", "lacks"):
            complaints += [
                source.complain(f"tables.{n}.{slot}", f"{table.form} 没有“{name}”{did_you_mean(name, printed)}")
                for name in getattr(table, slot)
                if name not in printed
            ]
        lanes = [lane.lane for lane in form.lanes]
        complaints += [
            source.complain(f"tables.{n}.lanes", f"{table.form} 没有“{name}”一半{did_you_mean(name, lanes)}")
            for name in table.lanes
            if name not in lanes
        ]
    return complaints


def _read_classification(files: list[Path]) -> Classification:
    rows: dict[str, list[dict[str, str]]] = {}
    for file in files:
        if file.suffix == ".csv":
            with file.open(encoding="utf-8", newline="") as stream:
                rows[file.stem] = list(csv.DictReader(stream))
    pairs: dict[str, list[str]] = {}
    for row in rows.get("economic-pairs", []):
        pairs.setdefault(row["department_name"], []).append(row["government_name"])
    return Classification(
        functions={row["name"]: row["code"] for row in rows.get("function-classes", [])},
        economic={row["name"]: row["code"] for row in rows.get("economic-classes", [])},
        pairs={name: tuple(governments) for name, governments in pairs.items()},
        items={row["code"]: row["name"] for row in rows.get("economic-items", [])},
        subjects=read_subjects([file for file in files if file.suffix == ".csv"]),
        places={row["name"]: tuple(row["endings"].split()) for row in rows.get("function-places", [])},
        funds={row["section"]: row["name"] for row in rows.get("fund-sections", [])},
    )
