"""Audits that were saved as JSON, as a command is given them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from checker.cli.words import give_up, os_reason, say

if TYPE_CHECKING:
    from checker.contract.shape import AuditJson


def saved_audit(path: Path) -> AuditJson:
    """Return a saved audit, or end saying what is wrong with the file."""
    from checker.contract.read import NotAnAudit, read_audit

    try:
        return read_audit(path)
    except OSError as error:
        give_up(say("cli.cannot_read", path=path, reason=os_reason(error)))
    except NotAnAudit as error:
        give_up(say("cli.no_audit", reason=error))
