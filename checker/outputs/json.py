"""The audit as JSON: the source of truth that every other program works from."""

from __future__ import annotations

from checker.contract.shape import AuditJson
from checker.contract.write import render as write
from checker.outputs.words import Words


def render(audit: AuditJson, words: Words) -> bytes:
    """Return the whole audit; its keys are the same in every language."""
    return write(audit)
