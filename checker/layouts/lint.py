"""What a person should look at again in form and layout files that load: names that can never match, or match twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from pathlib import Path

from checker.forms.load import FormsFile, vocabulary_files
from checker.forms.vocabulary import Form, Lane, Layout, TableSpec, Vocabulary
from checker.layouts.known import row_names
from checker.model.figure import UNITS
from checker.recognition.words import Heading, caption_words, fold, header_words, label_words
from checker.yaml_source import Complaint, YamlSource, did_you_mean

Doubt = tuple[str, str]
"""A dotted path in the file, and what is doubtful there."""


def lint(folders: list[Path], vocabulary: Vocabulary) -> list[Complaint]:
    """Return what is doubtful in the form and layout files of folders whose vocabulary has been loaded."""
    doubts: list[Complaint] = []
    for file in vocabulary_files(folders):
        if file.suffix == ".yaml" and file.parent.name in {"forms", "layouts"}:
            source = YamlSource(file, file.read_text(encoding="utf-8"))
            if file.parent.name == "forms":
                found = [doubt for n, form in enumerate(source.decode(FormsFile).forms) for doubt in _form(form, n)]
            else:
                found = list(_layout(source.decode(Layout), vocabulary.forms))
            doubts += [source.complain(where, message) for where, message in found]
    return sorted(set(doubts))


def _form(form: Form, n: int) -> Iterator[Doubt]:
    where = f"forms.{n}"
    if form.unit not in UNITS:
        yield f"{where}.unit", f"未知的单位“{form.unit}”{did_you_mean(form.unit, UNITS)}"
    if not form.lanes and form.card is None:
        yield where, f"{form.form} 既没有 lanes 也没有 card"
    for one, other in combinations(form.lanes, 2):
        if one.lane == other.lane:
            yield f"{where}.lanes", f"{form.form} 有两个“{one.lane}”半表"
    for m, lane in enumerate(form.lanes):
        yield from _lane(lane, form.form, f"{where}.lanes.{m}")


def _lane(lane: Lane, form: str, at: str) -> Iterator[Doubt]:
    for total, parts in lane.sums.items():
        for name in (total, *parts):
            if name not in lane.columns:
                yield f"{at}.sums.{total}", f"{form} 没有栏“{name}”{did_you_mean(name, lane.columns)}"
    for level, keys in lane.levels.items():
        for key in keys:
            if key not in lane.keys:
                yield f"{at}.levels.{level}", f"{form} 没有“{key}”{did_you_mean(key, lane.keys)}"
    for row in lane.rows:
        above = row.rpartition("·")[0]
        if above and above not in lane.rows:
            yield f"{at}.rows", f"“{row}”印在“{above}”之下，而 {form} 没有行“{above}”"
    for name in _twice((*lane.keys, *lane.columns)):
        yield at, f"{form} 有两个“{name}”栏"
    for name in _twice(lane.rows):
        yield f"{at}.rows", f"{form} 有两个“{name}”行"


def _layout(layout: Layout, forms: dict[str, Form]) -> Iterator[Doubt]:
    for slot in ("table_numbers", "body_labels", "nil_notes"):
        if not getattr(layout, slot):
            yield slot, f"{slot} 是空的"
    yield from _sections(layout)
    yield from _passages(layout)
    yield from _titles(layout)
    every = {name for form in forms.values() for lane in form.lanes for name in (*lane.keys, *lane.columns, lane.lane)}
    every |= {part for form in forms.values() for name in form.columns for part in name.split("·")}
    for n, spec in enumerate(layout.tables):
        where = f"tables.{n}"
        for name in spec.headers:
            if name not in every:
                yield f"{where}.headers.{name}", f"没有哪个表式有“{name}”{did_you_mean(name, every)}"
        for one, other in combinations(("prints", "may_print", "lacks"), 2):
            for name in getattr(spec, one):
                if name in getattr(spec, other):
                    yield f"{where}.{other}", f"{spec.form} 的“{name}”既在 {one} 又在 {other}"
        yield from _names(spec, forms[spec.form], where)


def _sections(layout: Layout) -> Iterator[Doubt]:
    seen: list[tuple[str, str]] = []
    for n, spec in enumerate(layout.sections):
        for m, heading in enumerate(spec.headings):
            at = f"sections.{n}.headings.{m}"
            if Heading(heading, layout.table_numbers).core != fold(heading):
                yield at, f"“{heading}”含有比较前会去掉的字（“第一部分”、年份、表号、末尾的括号），永远比不上"
            for name, section in seen:
                if section != spec.section and fold(heading).endswith(name):
                    yield at, f"“{heading}”以“{section}”的标题结尾，会被当作“{section}”；请把它排到前面"
        seen += [(fold(heading), spec.section) for heading in spec.headings]


def _passages(layout: Layout) -> Iterator[Doubt]:
    seen: dict[str, str] = {}
    for n, spec in enumerate(layout.passages):
        for m, heading in enumerate(spec.headings):
            at = f"passages.{n}.headings.{m}"
            words = fold(heading)
            if caption_words(heading) != words or words[:4].isdigit():
                yield at, f"“{heading}”含有比较前会去掉的序号或年份，永远比不上"
            if words in seen:
                yield at, f"“{heading}”已是段落“{seen[words]}”的标题"
            seen.setdefault(words, spec.passage)


def _titles(layout: Layout) -> Iterator[Doubt]:
    for n, spec in enumerate(layout.tables):
        if not spec.titles:
            yield f"tables.{n}", f"{spec.form} 没有标题，永远认不出"
        if any(spec.form == other.form for other in layout.tables[:n]):
            yield f"tables.{n}.form", f"{spec.form} 已出现过，后一个会盖住前一个印哪些行和栏的说明"
        for m, title in enumerate(spec.titles):
            at = f"tables.{n}.titles.{m}"
            words = fold(title)
            if Heading(title, layout.table_numbers).core != words:
                yield at, f"“{title}”含有比较前会去掉的字（年份、表号、末尾的括号），永远比不上"
            yield from ((at, doubt) for doubt in _taken_for(title, spec, layout.tables))


def _taken_for(title: str, spec: TableSpec, specs: tuple[TableSpec, ...]) -> Iterator[str]:
    """Yield why the tables of other forms may be taken for this one by a title of it.

    A longer title wins over its own ending; but printed a little differently, only the ending is left to match. That is
    so where every title of the other form ends so, and nothing in them tells of another table.
    """
    for other in specs:
        if other.form == spec.form:
            continue
        if title in other.titles and not (spec.qualifier or other.qualifier):
            yield f"“{title}”也是 {other.form} 的标题，须用 qualifier 区分"
        elif other.titles and all(_ends_with(longer, title) for longer in other.titles):
            yield f"{other.form} 的标题“{other.titles[0]}”以“{title}”结尾：换一种印法，就会被认作 {spec.form}"


def _ends_with(longer: str, title: str) -> bool:
    return fold(longer) != fold(title) and Heading(longer, ()).ends_with(fold(title))


def _names(spec: TableSpec, form: Form, where: str) -> Iterator[Doubt]:
    """Yield the printed names that stand for two canonical ones, or for the one that they say anyway."""
    if form.card:
        for group in (form.card.fields, form.card.sides, form.card.sources):
            yield from _aliases(spec.labels, group, label_words, f"{where}.labels")
        return
    never = {*spec.omits(form)} - {*spec.may_print}
    rows: set[str] = set()
    for lane in spec.lanes_of(form):
        for group in (lane.columns, lane.keys):
            printed = tuple(name for name in group if name not in never)
            yield from _aliases(spec.headers, printed, header_words, f"{where}.headers")
        own = tuple(name for name in row_names(lane) if name not in never)
        # Over the columns of a transposed table an alias comes before the canonical name of another row.
        yield from _aliases(spec.captions, own, caption_words, f"{where}.captions", spec.transposed)
        rows |= {part for name in own for part in (name, name.rpartition("·")[2])}
    for name in spec.captions:
        if name not in rows:
            yield f"{where}.captions.{name}", f"{spec.form} 的“{name}”这里不印（lanes、prints、lacks），别名用不上"


def _aliases(
    slot: dict[str, tuple[str, ...]],
    names: Iterable[str],
    words: Callable[[str], str],
    where: str,
    may_override: bool = False,
) -> Iterator[Doubt]:
    canonical = {words(name): name for name in names}
    seen: dict[str, str] = {}
    for name in names:
        for alias in slot.get(name, ()):
            plain = words(alias)
            at = f"{where}.{name}"
            if canonical.get(plain) == name:
                yield at, f"“{alias}”与规范名称“{name}”比较起来相同，不必写"
            elif plain in canonical and not may_override:
                yield at, f"“{alias}”是另一个规范名称“{canonical[plain]}”，不能再作“{name}”的别名"
            elif plain in seen:
                same = seen[plain] == name
                yield at, f"“{alias}”写了两次" if same else f"“{alias}”既代表“{seen[plain]}”又代表“{name}”"
            seen.setdefault(plain, name)


def _twice(names: tuple[str, ...]) -> list[str]:
    return [name for name in dict.fromkeys(names) if names.count(name) > 1]
