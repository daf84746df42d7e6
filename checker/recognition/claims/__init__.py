"""Passages → what they claim of quantities, as tables: one row a claim, one column for each thing said of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checker.forms.vocabulary import Vocabulary
from checker.model.filing import Passage, Stage
from checker.model.table import Table
from checker.recognition.claims.passage import PassageReader
from checker.recognition.claims.subjects import Subjects

__all__ = ["claims_of"]


def claims_of(
    passages: Sequence[Passage],
    tables: Iterable[Table],
    bodies: Iterable[str],
    vocabulary: Vocabulary,
    stage: Stage,
    year: int,
) -> tuple[Table, ...]:
    """Return the claims of every passage that makes any.

    A table of claims carries the passage's name as its form; its rows are claims under the canonical name of what they
    speak of, its columns the measures of `checker.model.claim`. `Row.parent` is the claim of which one is a part.
    """
    if not passages:
        return ()
    classes = {row.name for table in tables for row in table.rows if row.level == "类"}
    subjects = Subjects(vocabulary.wording, bodies, classes | set(vocabulary.classification.functions))
    read = (PassageReader(passage, subjects, stage, year).read() for passage in passages)
    return tuple(table for table in read if table is not None)
