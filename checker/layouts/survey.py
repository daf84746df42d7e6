"""What a filing of an unknown publisher prints, seen without any layout: titles over tables, headings, notes, labels."""

from __future__ import annotations

import re
from collections import Counter
from os.path import commonprefix
from typing import Final, NamedTuple

from checker.forms.vocabulary import Layout, PassageSpec, SectionSpec, TableSpec
from checker.layouts.likeness import headings_alike, pair_up
from checker.model.document import GridRow
from checker.model.figure import UNITS, read_figure
from checker.model.filing import Stage
from checker.model.place import Place
from checker.recognition.columns import is_numbering, is_rule
from checker.recognition.items import Item, is_page_number
from checker.recognition.outline import Outliner
from checker.recognition.words import (
    YEAR_WORD,
    Heading,
    caption_words,
    fold,
    header_words,
    is_sentence,
    is_table_number,
)

DRAFT: Final = "draft"
"""Name of a layout in the making."""

_NUMBER = "[一二三四五六七八九十0-9]{1,3}(?:-[0-9]{1,2})?"
_NUMBER_LINE = re.compile(f"([\u4e00-\u9fff]{{0,8}}?(?:表|附件))({_NUMBER})[:、.]?")
_NUMBER_WITHIN = re.compile(f"[\u4e00-\u9fff]{{0,6}}{_NUMBER}表")
_BEFORE_TITLE = re.compile(f"((?:[\u4e00-\u9fff]{{0,6}}公开)?表|附表|附件)({_NUMBER})[:、.]?(?=[^0-9])")
_UNIT = re.compile(r"单位:?(千元|万元|百万元|亿元|元)")
_LABEL = re.compile(r"([\u4e00-\u9fff]{0,8}(?:部门|单位)(?:\(单位\))?(?:名称|全称)?):(.{2,40})")
_PART = re.compile(r"第[一二三四五六七八九十]+部分")
_NUMBERED = re.compile(r"[(]?[一二三四五六七八九十]+[)]?、")
_ENTRY = re.compile(r"[.…·。\-—]{2,}[0-9]*$|[^0-9年][0-9]{1,3}$")
_NIL = re.compile(r".{0,20}(?:无|没有|不涉及).{0,16}|.*空表.*|.*为空.*")
_LEADING_YEAR = re.compile(r"^(?:19|20)[0-9]{2}年度?")
_DIGITS = "零一二三四五六七八九"
LOOK_AHEAD = 8
"""Items below a title among which the first row of its table must stand."""
TITLE_LENGTH = 50
HEADER_ROWS = 6


class HeaderCell(NamedTuple):
    """A header cell; a leaf has none below it, else it heads a group."""

    text: str
    place: Place
    leaf: bool


class Seen(NamedTuple):
    """All printings of one title, with the rows below them."""

    title: str
    qualifier: str
    number: int
    places: tuple[Place, ...]
    rows: tuple[GridRow, ...]
    header: tuple[HeaderCell, ...]
    amounts: int

    @property
    def words(self) -> str:
        """The title with its qualifier."""
        return self.title + self.qualifier

    def names(self) -> dict[str, Place]:
        """Return the cells below the header that hold words, in reading order, each with its first place."""
        found: dict[str, Place] = {}
        for row in self.rows:
            for text, place in zip(row.texts, row.places, strict=True):
                if text and not _is_amount(text):
                    found.setdefault(text, place)
        return found


class Survey(NamedTuple):
    """What was seen in a filing; `layout` can take the document apart, its forms being named after their titles."""

    layout: Layout
    tables: tuple[Seen, ...]
    filer: str
    strange_headings: tuple[Item, ...]
    guessed: frozenset[str]
    known_notes: bool


def survey(items: list[Item], known: list[Layout]) -> Survey:
    """Look over a filing; `known` layouts lend their headings and notes, the likeliest first."""
    lines = [item for item in items if item.text and item.text.isprintable()]
    stage = stage_of(lines)
    known = [layout for layout in known if layout.stage is stage] or known
    numbers = _table_numbers(lines, known)
    labels, filer = _bodies(items)
    notes, known_notes = _nil_notes(items, known)
    layout = Layout(
        layout=DRAFT,
        name=DRAFT,
        stage=stage,
        unit=_unit(items),
        table_numbers=numbers,
        contents=_contents(lines),
        nil_notes=notes,
        body_labels=labels,
        levels=_levels(stage),
        sections=(),
        passages=(),
        tables=(),
    )
    titles = _titles(items, layout, known, filer)
    specs = tuple(
        TableSpec(form=f"{title}({qualifier})", titles=(title,), qualifier=qualifier) for title, qualifier in titles
    )
    sections, passages, strange = _headings(lines, known, numbers)
    layout = _with(layout, sections, passages, specs)
    tables, inside = _tables(items, layout)
    strange = [item for item in strange if item.place not in inside]
    passages, guessed, strange = _guess_passages(passages, strange, known, sections)
    return Survey(_with(layout, sections, passages, specs), tables, filer, tuple(strange), guessed, known_notes)


def stage_of(lines: list[Item]) -> Stage:
    """Return the stage that the short lines of a filing speak of more often."""
    short = [fold(item.text) for item in lines if len(item.text) < TITLE_LENGTH]
    budget, final = (sum(word in line for line in short) for word in ("预算", "决算"))
    return Stage.FINAL_ACCOUNTS if final > budget else Stage.BUDGET


def _with(
    layout: Layout,
    sections: tuple[SectionSpec, ...],
    passages: tuple[PassageSpec, ...],
    tables: tuple[TableSpec, ...],
) -> Layout:
    import msgspec

    return msgspec.structs.replace(layout, sections=sections, passages=passages, tables=tables)


def _levels(stage: Stage) -> dict[str, tuple[str, ...]]:
    word = "预算" if stage is Stage.BUDGET else "决算"
    return {"department": (f"部门{word}",), "unit": (f"单位{word}",)}


def _unit(items: list[Item]) -> str:
    texts = [text for item in items for text in ([item.text] if item.row is None else item.row.texts) if text]
    units = Counter(match[1] for text in texts if len(text) < 80 and (match := _UNIT.search(fold(text))))
    return units.most_common(1)[0][0] if units else "万元"


def _contents(lines: list[Item]) -> tuple[str, ...]:
    found = [fold(item.text) for item in lines if fold(item.text) in {"目录", "目次"}]
    return tuple(dict.fromkeys(found)) or ("目录",)


def _table_numbers(lines: list[Item], known: list[Layout]) -> tuple[str, ...]:
    """Return the words that tables are numbered with: 公开表 in 公开表3, or 附表."""
    words: Counter[str] = Counter()
    for item in lines:
        folded = fold(item.text)
        match = _NUMBER_LINE.fullmatch(folded) or (_BEFORE_TITLE.match(folded) if len(folded) < TITLE_LENGTH else None)
        if match:
            words[match[1]] += 1
    found = [word for word, count in words.most_common() if count > 1]
    common = {word for layout in known for word in layout.table_numbers if word in words}
    return tuple(dict.fromkeys([*found, *sorted(common), "表"]))


def _bodies(items: list[Item]) -> tuple[tuple[str, ...], str]:
    """Return the labels before the name of the body whose table it is, and the name that stands there most often."""
    labels: Counter[str] = Counter()
    names: Counter[str] = Counter()
    for item in items:
        for text in [item.text] if item.row is None else item.row.texts[:3]:
            folded = fold(text) if text and len(text) < 80 and text.isprintable() else ""
            match = _LABEL.match(_UNIT.sub("", folded).removesuffix("金额")) if folded else None
            if match and match[2] not in UNITS:
                labels[match[1]] += 1
                names[match[2]] += 1
    found = [label for label, count in labels.most_common() if count > 1 or len(labels) == 1]
    return tuple(found) or ("部门", "单位名称"), names.most_common(1)[0][0] if names else ""


def _nil_notes(items: list[Item], known: list[Layout]) -> tuple[tuple[str, ...], bool]:
    """Return the notes of empty tables that are printed, and whether they are known ones."""
    texts = [fold(item.text) for item in items if item.text and len(item.text) < 60]
    notes = dict.fromkeys(note for layout in known for note in layout.nil_notes)
    found = [note for note in notes if any(fold(note) in text for text in texts)]
    shortest = [note for note in found if not any(other != note and fold(other) in fold(note) for other in found)]
    return (tuple(shortest), True) if found else (("本表无数据", "本表为空"), False)


def _titles(items: list[Item], layout: Layout, known: list[Layout], filer: str) -> list[tuple[str, str]]:
    """Return the titles that stand over tables, with their qualifiers where a title has several."""
    endings = tuple(fold(title) for other in known for spec in other.tables for title in spec.titles)
    found: dict[str, dict[str, None]] = {}
    numbers = layout.table_numbers
    for position, item in enumerate(items):
        title = _title(item, numbers, endings, filer)
        if title and _heads_rows(items, position, numbers, endings):
            found.setdefault(title[0], {}).setdefault(title[1], None)
    titles: list[tuple[str, str]] = []
    for title, qualifiers in found.items():
        told_apart = len(qualifiers) > 1
        titles += [(title, qualifier if told_apart else "") for qualifier in (qualifiers if told_apart else [""])]
    return titles


def _title(item: Item, numbers: tuple[str, ...], endings: tuple[str, ...], filer: str = "") -> tuple[str, str] | None:
    """Return title and qualifier of a line that may be the title of a table."""
    folded = fold(item.text)
    if not 2 < len(folded) <= TITLE_LENGTH or not folded.isprintable() or is_sentence(folded):
        return None
    if is_table_number(item.text, numbers) or _NUMBER_WITHIN.fullmatch(folded) or re.search(r"[…·.]{3,}", folded):
        return None
    if re.search(r"[,:;]", _BEFORE_TITLE.sub("", folded)) and not _UNIT.search(folded):
        return None
    heading = Heading(item.text, numbers)
    core = _without_filer(heading.core.removeprefix("续表"), filer)
    if not core.endswith(("表", *endings)) or len(core) < 3 or "续表" in core:
        return None
    return core, "".join(heading.qualifiers[-1:])


def _without_filer(core: str, filer: str) -> str:
    """Return a title without the name of the body, or of its county, before it: `某县县级预算部门（单位）` and all."""
    place = commonprefix([core, fold(filer)])
    core = core[len(place) :] if len(place) > 1 else core
    behind = core.rpartition(")")[2]
    core = behind if len(behind) > 3 else core
    whose = core.removeprefix("部门").removeprefix("单位")
    return whose if len(whose) > 3 else core


def _heads_rows(items: list[Item], position: int, numbers: tuple[str, ...], endings: tuple[str, ...]) -> bool:
    """Say whether rows, or the note of an empty table, stand soon below a line."""
    for item in items[position + 1 : position + 1 + LOOK_AHEAD]:
        if item.row is not None and len(item.row.filled()) > 1:
            return True
        if _title(item, numbers, endings) or _PART.match(fold(item.text)):
            return False
        if item.text and len(item.text) < 40 and _NIL.fullmatch(fold(item.text)) and "表" in item.text:
            return True
    return False


def _headings(
    lines: list[Item], known: list[Layout], numbers: tuple[str, ...]
) -> tuple[tuple[SectionSpec, ...], tuple[PassageSpec, ...], list[Item]]:
    """Return parts and passages under the canonical names of their headings, and the numbered headings left over."""
    names = {fold(name): spec.section for layout in known for spec in layout.sections for name in spec.headings}
    specs = {fold(name): spec for layout in known[::-1] for spec in layout.passages for name in spec.headings}
    sections: dict[str, dict[str, None]] = {}
    passages: dict[tuple[str, bool], dict[str, None]] = {}
    homes: dict[str, str] = {}
    strange: list[Item] = []
    here = ""
    for item in lines:
        folded = fold(item.text)
        if len(folded) >= TITLE_LENGTH or item.row is not None or _ENTRY.search(folded):
            continue
        if _PART.match(folded):
            part = Heading(item.text, numbers).core
            here = _section(part, names)
            sections.setdefault(here, {}).setdefault(part, None)
            continue
        bare = _core(item)
        core = _LEADING_YEAR.sub("", caption_words(item.text))
        spec = specs.get(bare) or specs.get(core)
        numbered = _NUMBERED.match(folded) is not None and caption_words(folded) != folded
        if spec and (numbered or spec.plain):
            passages.setdefault((spec.passage, not numbered), {}).setdefault(core if core in specs else bare, None)
            homes.setdefault(spec.passage, here or spec.section)
        elif numbered and folded.startswith(tuple("一二三四五六七八九十")) and not re.search(r"[,:。;]", folded):
            strange.append(item)
    for passage, home in homes.items():
        if home not in sections:
            sections[home] = dict.fromkeys(name for name, section in names.items() if section == home) or {home: None}
        homes[passage] = home
    return (
        tuple(SectionSpec(section, tuple(headings)) for section, headings in sections.items()),
        tuple(
            PassageSpec(name, homes[name], tuple(headings), plain=plain) for (name, plain), headings in passages.items()
        ),
        list({fold(item.text): item for item in reversed(strange)}.values())[::-1],
    )


def _guess_passages(
    passages: tuple[PassageSpec, ...], strange: list[Item], known: list[Layout], sections: tuple[SectionSpec, ...]
) -> tuple[tuple[PassageSpec, ...], frozenset[str], list[Item]]:
    """Give headings that resemble a known one its passage; return all passages, the guessed headings, what is left."""
    taken = {passage.passage for passage in passages}
    specs = {spec.passage: spec for layout in known[::-1] for spec in layout.passages}
    names: dict[str, list[str]] = {}
    for layout in known:
        for spec in layout.passages:
            if spec.passage not in taken:
                names.setdefault(spec.passage, []).extend(spec.headings)
    cores = {_core(item): item for item in strange}
    found = pair_up(cores, names, headings_alike)
    homes = {spec.section for spec in sections}
    guessed = tuple(
        PassageSpec(found[core], specs[found[core]].section, (core,))
        for core in cores
        if core in found and specs[found[core]].section in homes
    )
    headings = frozenset(heading for spec in guessed for heading in spec.headings)
    return (*passages, *guessed), headings, [item for item in strange if _core(item) not in headings]


def _core(item: Item) -> str:
    """Return a numbered heading as passages are compared: without number, year and whose it is."""
    return _LEADING_YEAR.sub("", caption_words(item.text)).removeprefix("部门").removeprefix("单位")


def _section(core: str, names: dict[str, str]) -> str:
    """Return the canonical name of a part: of the longest known heading that it ends with, else its own."""
    known = [name for name in names if core.endswith(name)]
    return names[max(known, key=len)] if known else core


def _tables(items: list[Item], layout: Layout) -> tuple[tuple[Seen, ...], set[Place]]:
    """Return the tables by title, and the places that lie inside them."""
    outline = Outliner(layout).outline(items)
    order = {spec.form: position for position, spec in enumerate(layout.tables)}
    rows: dict[str, list[GridRow]] = {}
    header: dict[str, tuple[HeaderCell, ...]] = {}
    titles: dict[str, list[Item]] = {}
    inside: set[Place] = set()
    numbers = _numbers_above(items, layout.table_numbers)
    for region in outline.regions:
        own = [item.row for item in region.items if item.row is not None and not item.text]
        inside |= {item.place for item in (region.title, *region.items)}
        titles.setdefault(region.spec.form, []).append(region.title)
        rows.setdefault(region.spec.form, []).extend(own)
        header.setdefault(region.spec.form, _header(own))
    seen: list[Seen] = []
    for spec in sorted(layout.tables, key=lambda spec: order[spec.form]):
        if spec.form in titles:
            amounts = sum(_is_amount(text) for row in rows[spec.form] for text in row.texts)
            number = numbers.get(titles[spec.form][0].place, 0)
            places = tuple(item.place for item in titles[spec.form])
            one = Seen(
                spec.titles[0],
                spec.qualifier,
                number,
                places,
                tuple(rows[spec.form]),
                header[spec.form],
                amounts,
            )
            seen.append(one)
    return tuple(sorted(seen, key=lambda one: one.places[0].order)), inside


def _header(rows: list[GridRow]) -> tuple[HeaderCell, ...]:
    """Return the header cells of a table: of the rows above its first amount or code."""
    head: list[GridRow] = []
    for row in rows[:HEADER_ROWS]:
        if is_numbering(row) or is_rule(row):
            continue
        if any(text and (_is_amount(text) or re.fullmatch(r"[0-9]{3,9}", fold(text))) for text in row.texts):
            break
        head.append(row)
    # A table without an amount has no end of its header to see: rows with a single name below two full ones are data.
    full = [number for number, row in enumerate(head) if len(row.filled()) > 1 and _headed(row)]
    head = head[: full[-1] + 1] if full else head[:1]
    return tuple(
        HeaderCell(text, place, not any(position < len(low.texts) and low.texts[position] for low in head[depth + 1 :]))
        for depth, row in enumerate(head)
        for position, (text, place) in enumerate(zip(row.texts, row.places, strict=True))
        if text and text.isprintable()
    )


def _headed(row: GridRow) -> bool:
    """Say whether a row can be a header: none of its cells is numbered as a caption is."""
    return not any(text and caption_words(text) != fold(text) for text in row.texts)


def _is_amount(text: str) -> bool:
    figure = read_figure(text, UNITS["万元"]) if text else None
    return figure is not None and ("." in fold(text) or len(fold(text)) > 1)


def _numbers_above(items: list[Item], numbers: tuple[str, ...]) -> dict[Place, int]:
    """Return the number of every title that prints one, or has a line with one above it."""
    found: dict[Place, int] = {}
    above: list[Item] = []
    for item in items:
        if not item.text or is_page_number(item.text):
            continue
        for text in (item.text, *(line.text for line in above[-2:])):
            folded = fold(text)
            match = _NUMBER_LINE.fullmatch(folded) or _BEFORE_TITLE.match(folded)
            if match and len(folded) < TITLE_LENGTH and (text is item.text or is_table_number(text, numbers)):
                found[item.place] = _value(match[2])
                break
        above = [*above[-2:], item]
    return found


def _value(number: str) -> int:
    if number[0].isdigit():
        return int(number.partition("-")[0])
    tens, ten, ones = number.rpartition("十")
    if not ten:
        return _DIGITS.index(number) if len(number) == 1 else 0
    return (_DIGITS.index(tens) if tens else 1) * 10 + (_DIGITS.index(ones) if ones else 0)


def unknown_header(seen: Seen, understood: set[str], groups: bool) -> list[HeaderCell]:
    """Return the header cells that are not understood, each once: the leaves, and where they matter the `groups`.

    `understood` are header words.
    """
    ignored = {"序号", "行次", "备注", "说明", "栏次"}
    found = {
        header_words(cell.text): cell
        for cell in reversed(seen.header)
        if (cell.leaf or groups)
        and header_words(cell.text).removeprefix(YEAR_WORD) not in understood | ignored
        and header_words(cell.text) not in understood
    }
    return list(found.values())[::-1]
