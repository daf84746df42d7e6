"""The claims of sketched passages, every passage read once: a case and its misprints differ in one of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from checker.forms.vocabulary import Vocabulary
from checker.model.filing import Passage, Stage
from checker.model.table import Table
from checker.recognition.claims import claims_of, classes_of

MOST_READ = 4096
"""Passages whose claims are remembered."""


def claims_told(
    passages: Sequence[Passage], tables: Iterable[Table], filer: str, vocabulary: Vocabulary, stage: Stage, year: int
) -> tuple[Table, ...]:
    """Return the claims of the passages of a sketch, as recognition would read them."""
    classes = classes_of(tables)
    words = _Same(vocabulary)
    return tuple(claim for passage in passages for claim in _read(passage, classes, filer, words, stage, year))


class _Same:
    """A vocabulary as a key: it is equal to nothing but itself, and too large to be compared."""

    __slots__ = ("vocabulary",)

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def __hash__(self) -> int:
        return id(self.vocabulary)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.vocabulary is other.vocabulary


@lru_cache(maxsize=MOST_READ)
def _read(
    passage: Passage, classes: frozenset[str], filer: str, words: _Same, stage: Stage, year: int
) -> tuple[Table, ...]:
    return claims_of([passage], classes, [filer], words.vocabulary, stage, year)
