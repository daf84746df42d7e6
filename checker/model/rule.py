"""What every rule tells about itself, whatever its kind."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Kind(StrEnum):
    """What a rule says; one check each."""

    PRESENT = "present"
    BALANCE = "balance"
    ACROSS = "across"
    ROLLUP = "rollup"
    TIE = "tie"
    VALUES = "values"
    SHARE = "share"
    STATEMENT = "statement"
    TEXT = "text"
    ARITHMETIC = "arithmetic"


class Severity(StrEnum):
    """How certain a finding is: provable from the document, in need of an explanation, or a matter of style."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"

    @property
    def rank(self) -> int:
        """Worst first: 0 for an error."""
        return list(Severity).index(self)


class Basis(msgspec.Struct, frozen=True):
    """What a rule stands on: a document, and its clause."""

    document: str
    clause: str = ""

    def words(self) -> str:
        """Return the citation in one line."""
        return f"{self.document}，{self.clause}" if self.clause else self.document


class RuleInfo(msgspec.Struct, frozen=True):
    """The part of a rule that reports show."""

    id: str
    name: str
    kind: Kind
    severity: Severity
    basis: Basis
    message: str
    advice: str
    name_en: str = ""
    possible_false_alarm: str = ""
    pack: str = ""
