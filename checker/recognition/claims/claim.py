"""A claim while it is read: what is said so far of one quantity."""

from __future__ import annotations

from checker.model.claim import OTHER, Measure
from checker.model.place import Place
from checker.model.table import Cell
from checker.recognition.claims.subjects import Subject


class Claim:
    """A claim while it is read."""

    __slots__ = ("budgets", "cells", "level", "name", "names", "paragraph", "parent", "place")

    def __init__(self, subject: Subject, place: Place, paragraph: int, parent: int) -> None:
        self.name, self.level, self.names = subject.key, subject.level, subject.names
        self.place, self.paragraph, self.parent = place, paragraph, parent
        self.cells: dict[Measure, Cell] = {}
        self.budgets: dict[str, Cell] = {}

    def is_of(self, subject: Subject) -> bool:
        """Say whether it is a claim about this subject."""
        return self.level == subject.level != OTHER and self.name == subject.key
