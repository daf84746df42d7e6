"""What a clause speaks of: printed words → a quantity that the vocabulary names, or an item of the classification."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from checker.forms.vocabulary import Wording
from checker.model.claim import ITEM, KNOWN, OTHER
from checker.recognition.words import caption_words, fold

_YEARS = re.compile(r"(?:19|20)[0-9]{2}(?:年度|年)?")
_MARKED = re.compile(
    r"(?:(?P<first>[^()]+(?:\([^()类款项]*\)[^()]*)*)\(类\))?-?"
    r"(?:(?P<second>[^()]+(?:\([^()类款项]*\)[^()]*)*)\(款\))?-?"
    r"(?:(?P<third>[^()]+(?:\([^()类款项]*\)[^()]*)*)\(项\))?(?P<rest>.*)"
)
_BODY_ENDS = re.compile(r"[局委厅办处室院所站队校馆社区镇乡]|中心|政府|机关|单位|部门")
_DEEPEST = 5
"""Words stripped from either end before a phrase is given up."""
_TRAILING = re.compile("(?:科目|支出|预算|决算|安排|数|为|是|共)*")
"""What may stand between the name of an item and its amount."""
_NUMBERED = re.compile(r"\((?:[0-9]{1,7})([类款项])\)")
"""A level with the item's code: (208类)."""


class Subject(msgspec.Struct, frozen=True):
    """A quantity by its canonical name, or the path of an item (as far as it is named), or printed words."""

    key: str
    level: str
    names: tuple[str, ...] = ()


class Subjects:
    """Resolves the phrases of one filing."""

    def __init__(self, wording: Wording, bodies: Iterable[str], classes: Iterable[str]) -> None:
        self._words = {plain(word): name for name, words in wording.quantities.items() for word in (name, *words)}
        self._within: dict[str, dict[str, str]] = {}
        for name, passages in wording.within.items():
            for passage, words in passages.items():
                self._within.setdefault(passage, {}).update({plain(word): name for word in words})
        self._lead = tuple(sorted(map(plain, wording.lead), key=len, reverse=True))
        self._tail = tuple(sorted(map(plain, wording.tail), key=len, reverse=True))
        self._bodies = tuple(sorted({plain(body) for body in bodies} - {""}, key=len, reverse=True))
        self._classes = frozenset(plain(name) for name in classes)
        self._known: dict[tuple[str, str], Subject | None] = {}

    def resolve(self, phrase: str, passage: str) -> Subject | None:
        """Return what a phrase speaks of, None when it is nothing but words that change no meaning."""
        key = (phrase, passage)
        if key not in self._known:
            self._known[key] = self._resolve(phrase, passage)
        return self._known[key]

    def _resolve(self, phrase: str, passage: str) -> Subject | None:
        words = self._bare(phrase)
        if not words:
            return None
        if item := _item(words):
            return item
        shortest = words
        for candidate in self._candidates(words):
            if not candidate:
                name = self._within.get(passage, {}).get(words)
                return Subject(name, KNOWN) if name else None
            shortest = min(shortest, candidate, key=len)
            if known_name := self._words.get(candidate):
                return Subject(known_name, KNOWN)
            if candidate in self._classes:
                return Subject(candidate, ITEM, (candidate,))
            if candidate == words and f"{candidate}支出" in self._classes:
                return Subject(f"{candidate}支出", ITEM, (f"{candidate}支出",))
        if known := self._behind_body(words):
            return known
        for word, name in self._within.get(passage, {}).items():
            if words.endswith(word):
                return Subject(name, KNOWN)
        return Subject(shortest, OTHER)

    def _behind_body(self, words: str) -> Subject | None:
        """Return what is spoken of behind the name of some body: 某局政府采购预算."""
        for match in _BODY_ENDS.finditer(words):
            for candidate in self._candidates(words[match.end() :]):
                if candidate in self._words:
                    return Subject(self._words[candidate], KNOWN)
        return None

    def _bare(self, phrase: str) -> str:
        """Return a phrase without years, and without the body whose quantity it is."""
        words = plain(caption_words(phrase))
        for body in self._bodies:
            if body in words:
                words = words.rpartition(body)[2]
        return _YEARS.sub("", words).strip("-,、")

    def _candidates(self, words: str) -> Iterator[str]:
        """Yield a phrase with ever more of the words stripped that change no meaning, those in front first."""
        seen: set[str] = set()
        level = [words]
        for _ in range(_DEEPEST):
            following: list[str] = []
            for candidate in level:
                if candidate in seen:
                    continue
                seen.add(candidate)
                yield candidate
                following += [candidate[len(word) :] for word in self._lead if candidate.startswith(word)]
                following += [candidate[: -len(word)] for word in self._tail if candidate.endswith(word)]
            level = following


def plain(text: str) -> str:
    """Return words folded, without quotation marks."""
    return fold(text).replace('"', "")


def _item(words: str) -> Subject | None:
    """Return the item that a path names: 甲（类）乙（款）丙（项）, or 甲-乙-丙."""
    words = _NUMBERED.sub(r"(\1)", words)
    if "(类)" in words or "(款)" in words or "(项)" in words:
        match = _MARKED.fullmatch(words)
        if match is None:
            return None
        names = [name.strip("-") for name in (match["first"], match["second"], match["third"]) if name]
        rest = match["rest"]
        if not names or not _TRAILING.fullmatch(rest):
            return None
        if len(names) == 1 and rest.startswith("支出") and not names[-1].endswith("支出"):
            names[-1] += "支出"
        return Subject("-".join(names), ITEM, tuple(names))
    parts = words.split("-")
    if len(parts) in {2, 3} and all(len(part) > 1 for part in parts):
        last = parts[-1].removesuffix("科目")
        return Subject("-".join([*parts[:-1], last]), ITEM, (*parts[:-1], last))
    return None
