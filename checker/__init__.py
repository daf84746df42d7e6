"""Gouji 勾稽: an auditor of published government budgets.

    from checker import audit, read_filing

    result = audit("filing.txt")
    values, places = read_filing("filing.txt").table("支出总表").frame()

Everything is imported when it is first used: `import checker` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

__all__ = ["Audit", "Auditor", "Filing", "FilingAudit", "Finding", "Outcome", "Table", "__version__", "audit",
           "read_filing"]  # fmt: skip

if TYPE_CHECKING:
    from checker.auditing import Auditor, audit, read_filing
    from checker.model.audit import Audit, FilingAudit
    from checker.model.filing import Filing
    from checker.model.finding import Finding
    from checker.model.outcome import Outcome
    from checker.model.table import Table

_HOMES = {
    "audit": "checker.auditing",
    "read_filing": "checker.auditing",
    "Auditor": "checker.auditing",
    "Audit": "checker.model.audit",
    "FilingAudit": "checker.model.audit",
    "Filing": "checker.model.filing",
    "Finding": "checker.model.finding",
    "Outcome": "checker.model.outcome",
    "Table": "checker.model.table",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        value = getattr(import_module(_HOMES[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
