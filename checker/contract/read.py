"""JSON → the contract: an audit that was written before, by this version or an earlier one."""

from __future__ import annotations

from pathlib import Path

import msgspec

from checker.contract.shape import SCHEMA, AuditJson


class NotAnAudit(ValueError):
    """A file is no audit of this contract; the message says why, in one line."""


def read_audit(path: Path) -> AuditJson:
    """Return the audit in a file, as `gouji audit -o json=FILE` wrote it.

    Raises:
        OSError: when the file cannot be opened.
        NotAnAudit: when it is no JSON, or not of this contract.
    """
    try:
        audit = msgspec.json.decode(path.read_bytes(), type=AuditJson)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NotAnAudit(f"{path}: {error}") from None
    if audit.schema != SCHEMA:
        raise NotAnAudit(f"{path}: {audit.schema} ≠ {SCHEMA}")
    return audit
