"""JSON → the contract: an audit that was written before, by this version or an earlier one."""

from __future__ import annotations

from pathlib import Path

import msgspec

from checker.contract.shape import SCHEMA, AuditJson, FilingJson, RunJson, UnreadableJson


class NotAnAudit(ValueError):
    """A file is no audit of this contract; the message says why, in one line."""


def read_audit(path: Path) -> AuditJson:
    """Return the audit in a file, as `gouji audit` wrote it with `-o json=FILE` or `-o jsonl=FILE`.

    Raises:
        OSError: when the file cannot be opened.
        NotAnAudit: when it is no JSON, or not of this contract.
    """
    content = path.read_bytes()
    try:
        audit = _from_lines(content) if _is_lines(content) else msgspec.json.decode(content, type=AuditJson)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotAnAudit(f"{path}: {error}") from None
    if audit.schema != SCHEMA:
        raise NotAnAudit(f"{path}: {audit.schema} ≠ {SCHEMA}")
    return audit


class _Line(msgspec.Struct, frozen=True):
    """A line of JSON lines: one filing, or one file that could not be read."""

    schema: str
    run: RunJson
    filing: FilingJson | None = None
    unreadable: UnreadableJson | None = None


def _is_lines(content: bytes) -> bool:
    """Say whether the first line is a whole record of its own."""
    head, _, _ = content.partition(b"\n")
    try:
        line = msgspec.json.decode(head, type=_Line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return line.filing is not None or line.unreadable is not None


def _from_lines(content: bytes) -> AuditJson:
    lines = [msgspec.json.decode(line, type=_Line) for line in content.splitlines() if line.strip()]
    return AuditJson(
        next((line.schema for line in lines if line.schema != SCHEMA), SCHEMA),
        lines[0].run,
        tuple(line.filing for line in lines if line.filing),
        tuple(line.unreadable for line in lines if line.unreadable),
    )
