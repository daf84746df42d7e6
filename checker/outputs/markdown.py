"""The audit as Markdown, for a merge request or a mail."""

from __future__ import annotations

from checker.contract.shape import AuditJson
from checker.outputs.digest import digest
from checker.outputs.words import Words


def render(audit: AuditJson, words: Words) -> bytes:
    """Return all of it, however long."""
    return digest(audit, words)
