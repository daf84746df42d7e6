"""The audit as lines of JSON: one a filing and an unreadable file, each with the schema and the run it belongs to."""

from __future__ import annotations

from checker.contract.shape import AuditJson
from checker.contract.write import render_lines
from checker.outputs.words import Words


def render(audit: AuditJson, words: Words) -> bytes:
    """Return the lines; their keys are the same in every language."""
    return render_lines(audit)
