"""Document → Filing: which form is this grid, which row, which column, which passage.

Tolerant in layout and strict in meaning: what cannot be established is listed, never guessed into a finding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from checker.forms.vocabulary import Hierarchy, Layout, Vocabulary
from checker.model.document import Document, Paragraph
from checker.model.filing import Filing, Level, Passage, Unread
from checker.model.table import Table
from checker.recognition.body import Region
from checker.recognition.cards import read_card
from checker.recognition.choice import FORCED, choose
from checker.recognition.claims import claims_of, classes_of
from checker.recognition.healing import in_one_piece
from checker.recognition.items import Item, items_of
from checker.recognition.ledger import read_ledger, usual_unit
from checker.recognition.outline import Outline, Outliner
from checker.recognition.projects import arrange_projects
from checker.recognition.words import fold, years_in

__all__ = ["NotRecognised", "heard_anew", "recognise"]


class NotRecognised(Exception):
    """A readable document in which no table of any known layout was found."""


def recognise(document: Document, vocabulary: Vocabulary, layout: str | None = None) -> Filing:
    """Return the filing that a document holds, by the layout named or the one that fits best.

    Raises:
        NotRecognised: when no layout finds a table in it.
        LookupError: when there is no layout of that name.
    """
    items = items_of(document)

    def read(outliner: Outliner) -> Filing | None:
        outline = outliner.outline(items)
        return _filing(document, outline, outliner.layout, vocabulary) if outline.regions else None

    if layout is not None:
        outliner, filing, why = Outliner(vocabulary.layouts[layout]), None, FORCED
    else:
        outliner, filing, why = choose(items, list(vocabulary.layouts.values()), read)
    filing = filing or read(outliner)
    if filing is None:
        raise NotRecognised(_why(document, outliner.outline(items)))
    return msgspec.structs.replace(filing, layout_reason=why)


def heard_anew(filing: Filing, passages: Sequence[Passage], vocabulary: Vocabulary) -> Filing:
    """Return a filing whose passages say something else: the same tables, the claims read again."""
    bodies = _bodies(list(filing.tables), filing.filer)
    statements = claims_of(passages, classes_of(filing.tables), bodies, vocabulary, filing.layout.stage, filing.year)
    return msgspec.structs.replace(filing, passages=tuple(passages), statements=statements)


def _why(document: Document, outline: Outline) -> str:
    for first in (*document.skipped, *outline.skipped):
        return f"没有找到可识别的表格（例如{first.place.words()}：{first.reason}）"
    if outline.passages:
        return "只有文字说明，没有表格；表格在另一个文件里的，请与它一起核验"
    return "没有找到任何表格"


def _filing(document: Document, outline: Outline, layout: Layout, vocabulary: Vocabulary) -> Filing:
    passages = tuple(in_one_piece(passage) for passage in outline.passages)
    tables: list[Table] = []
    unread: list[Unread] = []
    unit = usual_unit(outline.regions, layout)
    for region in _told_apart(outline.regions, layout):
        form = vocabulary.forms[region.spec.form]
        if form.card:
            table, lost = read_card(region, form, form.card, layout)
        else:
            table, lost = read_ledger(region, form, layout, vocabulary.classification, outline.trimmed, unit)
        tables.append(table)
        unread += lost
    filer = _filer(tables, outline, layout)
    bodies = _bodies(tables, filer)
    tables = [_with_projects(table, vocabulary, bodies) for table in tables]
    tables = _with_class_codes(tables)
    year = _year(tables, outline)
    return Filing(
        path=document.path,
        sha256=document.sha256,
        filer=filer,
        year=year,
        level=_level(outline, layout),
        layout=layout.facts(vocabulary.forms),
        tables=tuple(_distinct(tables)),
        passages=passages,
        contents=tuple(_paragraph(item) for item in outline.contents),
        promised=outline.promised,
        cover=tuple(_paragraph(item) for item in outline.cover),
        headings=tuple(outline.headings),
        loose=tuple(outline.loose),
        skipped=(*document.skipped, *outline.skipped),
        unread=tuple(unread),
        statements=claims_of(passages, classes_of(tables), bodies, vocabulary, layout.stage, year),
    )


def _told_apart(regions: list[Region], layout: Layout) -> list[Region]:
    """Tell apart tables that share a title and print no qualifier: the second 项目支出预算表 is the carry-over one."""
    told: list[Region] = []
    for region in regions:
        twins = [spec for spec in layout.tables if spec is not region.spec and spec.titles == region.spec.titles]
        taken = any(region.spec is other.spec for other in told)
        free = [spec for spec in twins if not any(spec is other.spec for other in regions)]
        told.append(region._replace(spec=free[0]) if taken and free else region)
    return told


def _paragraph(item: Item) -> Paragraph:
    return Paragraph(item.text or "\t".join(item.row.texts if item.row else ()), item.place)


def _filer(tables: list[Table], outline: Outline, layout: Layout) -> str:
    """Return whose filing it is: the name most tables carry, else the one on the cover."""
    ledgers = [table for table in tables if not table.fields and table.body]
    bodies = Counter(table.body for table in ledgers) or Counter(table.body for table in tables if table.body)
    return bodies.most_common(1)[0][0] if bodies else _name_on_cover(outline)


def _name_on_cover(outline: Outline) -> str:
    """Return what stands before the year on the cover, in one line or several, as far as the text confirms the name.

    Where it does not, the first line is taken for the name.
    """
    lines = [fold(item.text) for item in outline.cover if item.text]
    dated = next((number for number, line in enumerate(lines) if years_in(line)), -1)
    texts = [item.text for item in outline.contents] + [passage.text for passage in outline.passages]
    spoken = fold("".join(texts)).replace("\n", "")
    for start in range(dated + 1):
        name = "".join(lines[start : dated + 1]).split("20", 1)[0]
        if name and name in spoken:
            return name
    first = next(iter(lines), "")
    return first.split("20", 1)[0] or first


def _bodies(tables: list[Table], filer: str) -> frozenset[str]:
    """Return the names of bodies that the filing itself shows: in its headers, its unit tables and its target forms."""
    names = {filer}
    for table in tables:
        names.add(fold(table.body))
        names |= {row.name for row in table.rows if row.level == "单位"}
        if "主管部门" in table.fields:
            names.add(fold(table.fields["主管部门"].text).lstrip("0123456789-—"))
    return frozenset(names - {""})


def _with_projects(table: Table, vocabulary: Vocabulary, bodies: frozenset[str]) -> Table:
    lanes = vocabulary.forms[table.form].lanes
    if not lanes or lanes[0].hierarchy is not Hierarchy.PROJECTS:
        return table
    rows, unsure = arrange_projects(table, bodies)
    return msgspec.structs.replace(table, rows=rows, unsure=unsure)


def _with_class_codes(tables: list[Table]) -> list[Table]:
    """Give class rows that print a name only the code which the filing's own coded tables give that name."""
    own = {row.name: row.code for table in tables for row in table.rows if row.level == "类" and row.code}
    completed = []
    for table in tables:
        if any(row.level == "类" and not row.code and row.name in own for row in table.rows):
            rows = tuple(
                msgspec.structs.replace(row, code=own[row.name])
                if row.level == "类" and not row.code and row.name in own
                else row
                for row in table.rows
            )
            table = msgspec.structs.replace(table, rows=rows)
        completed.append(table)
    return completed


def _distinct(tables: list[Table]) -> list[Table]:
    """Return the tables with repeated forms of one subject numbered, so that every figure has an address of its own."""
    seen: Counter[tuple[str, str]] = Counter()
    distinct = []
    for table in tables:
        key = (table.form, table.subject)
        seen[key] += 1
        if table.subject and seen[key] > 1:
            table = msgspec.structs.replace(table, subject=f"{table.subject}#{seen[key]}")
        distinct.append(table)
    return distinct


def _year(tables: list[Table], outline: Outline) -> int:
    years = Counter(year for table in tables for year in years_in(table.title))
    years = years or Counter(year for table in tables for words in table.qualifiers for year in years_in(words))
    years = years or Counter(year for item in outline.cover for year in years_in(item.text))
    return years.most_common(1)[0][0] if years else 0


def _level(outline: Outline, layout: Layout) -> Level:
    lines = [fold(item.text) for item in outline.cover if item.text and len(item.text) < 60]
    for named in ([line for line in lines if years_in(line)], lines):
        found = [(len(word), level) for level, words in layout.levels.items() for word in words
                 if any(fold(word) in line for line in named)]  # fmt: skip
        if found:
            return Level(max(found)[1])
    return Level.UNKNOWN
