"""The parts and passages of a filing, under the canonical names that known layouts give their headings."""

from __future__ import annotations

import re
from typing import NamedTuple

from checker.forms.vocabulary import Layout, PassageSpec, SectionSpec
from checker.layouts.likeness import headings_alike, pair_up
from checker.layouts.titles import PART, TITLE_LENGTH
from checker.recognition.items import Item
from checker.recognition.words import Heading, caption_words, fold

_NUMBERED = re.compile(r"[一二三四五六七八九十]+、")
_ENTRY = re.compile(r"[.…·。\-—]{2,}[0-9]*$|[^0-9年][0-9]{1,3}$")
_LEADING_YEAR = re.compile(r"^(?:19|20)[0-9]{2}年度?")
_CLAUSE = re.compile(r"[,:。;]")


class Headings(NamedTuple):
    """Parts and passages; the numbered headings that nothing is known of; and those whose passage is guessed."""

    sections: tuple[SectionSpec, ...]
    passages: tuple[PassageSpec, ...]
    strange: tuple[Item, ...]
    guessed: frozenset[str] = frozenset()


def headings(lines: list[Item], known: list[Layout], numbers: tuple[str, ...]) -> Headings:
    """Return the parts and passages of a filing."""
    names = {fold(name): spec.section for layout in known for spec in layout.sections for name in spec.headings}
    specs = {fold(name): spec for layout in known[::-1] for spec in layout.passages for name in spec.headings}
    sections: dict[str, dict[str, None]] = {}
    passages: dict[tuple[str, bool], dict[str, None]] = {}
    homes: dict[str, str] = {}
    strange: dict[str, Item] = {}
    here = ""
    for item in lines:
        folded = fold(item.text)
        if len(folded) >= TITLE_LENGTH or item.row is not None or _ENTRY.search(folded):
            continue
        if PART.match(folded):
            part = Heading(item.text, numbers).core
            here = _section(part, names)
            sections.setdefault(here, {}).setdefault(part, None)
            continue
        bare, core = heading_core(item.text), _LEADING_YEAR.sub("", caption_words(item.text))
        spec = specs.get(bare) or specs.get(core)
        numbered = _NUMBERED.match(folded) is not None
        if spec and (numbered or spec.plain):
            passages.setdefault((spec.passage, not numbered), {}).setdefault(core if core in specs else bare, None)
            homes.setdefault(spec.passage, here or spec.section)
        elif numbered and not _CLAUSE.search(folded):
            strange.setdefault(folded, item)
    for home in homes.values():
        if home not in sections:
            sections[home] = dict.fromkeys(name for name, section in names.items() if section == home) or {home: None}
    return Headings(
        tuple(SectionSpec(section, tuple(printed)) for section, printed in sections.items()),
        tuple(PassageSpec(name, homes[name], tuple(own), plain=plain) for (name, plain), own in passages.items()),
        tuple(strange.values()),
    )


def with_guesses(found: Headings, known: list[Layout]) -> Headings:
    """Return the headings with a passage for those that resemble a known one."""
    taken = {passage.passage for passage in found.passages}
    specs = {spec.passage: spec for layout in known[::-1] for spec in layout.passages}
    names: dict[str, list[str]] = {}
    for layout in known:
        for spec in layout.passages:
            if spec.passage not in taken:
                names.setdefault(spec.passage, []).extend(spec.headings)
    cores = {heading_core(item.text): item for item in found.strange}
    alike = pair_up(cores, names, headings_alike)
    homes = {spec.section for spec in found.sections}
    guessed = [core for core in cores if core in alike and specs[alike[core]].section in homes]
    return Headings(
        found.sections,
        (*found.passages, *(PassageSpec(alike[core], specs[alike[core]].section, (core,)) for core in guessed)),
        tuple(item for item in found.strange if heading_core(item.text) not in guessed),
        frozenset(guessed),
    )


def heading_core(text: str) -> str:
    """Return a numbered heading as passages are compared: without number, year and whose it is."""
    return _LEADING_YEAR.sub("", caption_words(text)).removeprefix("部门").removeprefix("单位")


def _section(core: str, names: dict[str, str]) -> str:
    """Return the canonical name of a part: of the longest known heading that it ends with, else its own."""
    known = [name for name in names if core.endswith(name)]
    return names[max(known, key=len)] if known else core
