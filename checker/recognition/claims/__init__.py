"""Passages → what they claim of quantities, as tables: one row a claim, one column for each thing said of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checker.forms.vocabulary import Vocabulary
from checker.model.filing import Passage, Stage
from checker.model.table import Table
from checker.recognition.claims.passage import PassageReader
from checker.recognition.claims.subjects import Subjects

__all__ = ["claims_of", "classes_of"]


def claims_of(
    passages: Sequence[Passage],
    classes: Iterable[str],
    bodies: Iterable[str],
    vocabulary: Vocabulary,
    stage: Stage,
    year: int,
) -> tuple[Table, ...]:
    """Return the claims of every passage that makes any; `classes` are those of expenditure that the filing prints.

    A table of claims carries the passage's name as its form; its rows are claims under the canonical name of what they
    speak of, its columns the measures of `checker.model.claim`. `Row.parent` is the claim of which one is a part.
    """
    if not passages:
        return ()
    subjects = Subjects(vocabulary.wording, bodies, {*classes, *vocabulary.classification.functions})
    read = (PassageReader(passage, subjects, stage, year).read() for passage in passages)
    return tuple(table for table in read if table is not None)


def classes_of(tables: Iterable[Table]) -> frozenset[str]:
    """Return the classes of expenditure that tables print, by their names."""
    return frozenset(row.name for table in tables for row in table.rows if row.level == "类")
