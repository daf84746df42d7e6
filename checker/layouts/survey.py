"""What a filing of an unknown publisher prints, seen without any layout: tables, headings, notes, labels."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final, NamedTuple

import msgspec

from checker.forms.vocabulary import Layout, TableSpec
from checker.layouts.headings import Headings, headings, with_guesses
from checker.layouts.seen import Seen, tables_seen
from checker.layouts.titles import NIL_NOTE, TITLE_LENGTH, table_numbers, titles_over_tables
from checker.model.figure import UNITS
from checker.model.filing import Stage
from checker.recognition.items import Item
from checker.recognition.words import fold

DRAFT: Final = "draft"
"""Name of a layout in the making."""
USUAL_NOTES: Final = ("本表无数据", "本表为空")
_UNIT = re.compile(r"单位:?(千元|万元|百万元|亿元|元)")
_LABEL = re.compile(r"([\u4e00-\u9fff]{0,8}(?:部门|单位)(?:\(单位\))?(?:名称|全称)?):(.{2,40})")
_LONGEST_LINE = 80


class Survey(NamedTuple):
    """What was seen in a filing; `layout` can take the document apart, its forms being named after their titles.

    `known_notes` says that the notes of empty tables were found in the filing.
    """

    layout: Layout
    tables: tuple[Seen, ...]
    filer: str
    headings: Headings
    known_notes: bool


def survey(items: list[Item], known: list[Layout]) -> Survey:
    """Look over a filing; `known` layouts lend their headings and notes, the likeliest first."""
    lines = [item for item in items if item.text and item.text.isprintable()]
    stage = stage_of(lines)
    known = [layout for layout in known if layout.stage is stage] or known
    numbers = table_numbers(lines, known)
    labels, filer = _bodies(items)
    notes = _nil_notes(lines, known)
    found = headings(lines, known, numbers)
    titles = titles_over_tables(items, numbers, known, filer)
    word = "预算" if stage is Stage.BUDGET else "决算"
    layout = Layout(
        layout=DRAFT,
        name=DRAFT,
        stage=stage,
        unit=_unit(items),
        table_numbers=numbers,
        contents=_contents(lines),
        nil_notes=notes or USUAL_NOTES,
        body_labels=labels,
        levels={"department": (f"部门{word}",), "unit": (f"单位{word}",)},
        sections=found.sections,
        passages=found.passages,
        tables=tuple(TableSpec(f"{title}({words})", (title,), qualifier=words) for title, words in titles),
    )
    tables, inside = tables_seen(items, layout)
    outside = tuple(item for item in found.strange if item.place not in inside)
    found = with_guesses(found._replace(strange=outside), known)
    return Survey(msgspec.structs.replace(layout, passages=found.passages), tables, filer, found, bool(notes))


def stage_of(lines: list[Item]) -> Stage:
    """Return the stage that the short lines of a filing speak of more often."""
    short = [fold(item.text) for item in lines if len(item.text) < TITLE_LENGTH]
    budget, final = (sum(word in line for line in short) for word in ("预算", "决算"))
    return Stage.FINAL_ACCOUNTS if final > budget else Stage.BUDGET


def _unit(items: list[Item]) -> str:
    texts = [text for item in items for text in ([item.text] if item.row is None else item.row.texts) if text]
    units = Counter(match[1] for text in texts if len(text) < _LONGEST_LINE and (match := _UNIT.search(fold(text))))
    return units.most_common(1)[0][0] if units else "万元"


def _contents(lines: list[Item]) -> tuple[str, ...]:
    found = [fold(item.text) for item in lines if fold(item.text) in {"目录", "目次"}]
    return tuple(dict.fromkeys(found)) or ("目录",)


def _bodies(items: list[Item]) -> tuple[tuple[str, ...], str]:
    """Return the labels before the name of the body whose table it is, and the name that stands there most often."""
    labels: Counter[str] = Counter()
    names: Counter[str] = Counter()
    for item in items:
        for text in [item.text] if item.row is None else item.row.texts[:3]:
            folded = fold(text) if text and len(text) < _LONGEST_LINE and text.isprintable() else ""
            match = _LABEL.match(_UNIT.sub("", folded).removesuffix("金额")) if folded else None
            if match and match[2] not in UNITS:
                labels[match[1]] += 1
                names[match[2]] += 1
    found = [label for label, count in labels.most_common() if count > 1 or len(labels) == 1]
    return tuple(found) or ("部门", "单位名称"), names.most_common(1)[0][0] if names else ""


def _nil_notes(lines: list[Item], known: list[Layout]) -> tuple[str, ...]:
    """Return the notes of empty tables that are printed: known ones, and what looks like one."""
    texts = [fold(item.text) for item in lines if len(item.text) < TITLE_LENGTH]
    notes = dict.fromkeys(note for layout in known for note in layout.nil_notes)
    found = [note for note in notes if any(fold(note) in text for text in texts)]
    found += [match[1] for text in texts if (match := NIL_NOTE.fullmatch(text))]
    distinct = list(dict.fromkeys(found))
    return tuple(note for note in distinct if not any(fold(o) in fold(note) for o in distinct if o != note))
