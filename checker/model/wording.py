"""What a filing says in words, line by line, with where each line stands: what rules about wording look at."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from checker.model.place import Place


class Scope(StrEnum):
    """Where in a filing words stand."""

    COVER = "封面"
    CONTENTS = "目录"
    HEADING = "标题"
    PROSE = "正文"
    FIELD = "字段"
    INDICATOR = "指标"


class Line(msgspec.Struct, frozen=True, gc=False):
    """A line, paragraph or cell: its words, and whose they are.

    `name` is the passage or the labelled field, `owner` the form (with its subject) that the field or indicator belongs
    to. A heading's `name` is the form that it titles, or nothing.
    """

    scope: Scope
    text: str
    place: Place
    name: str = ""
    owner: str = ""

    @property
    def ref(self) -> str:
        """What the line is, the same wherever it is printed."""
        if self.owner:
            return f"{self.owner}[{self.name}]"
        return self.name if self.scope is Scope.PROSE and self.name else str(self.scope)

    def at(self, start: int, end: int) -> Place:
        """Return the place of some of the line's characters."""
        return msgspec.structs.replace(self.place, span=(start, end))
