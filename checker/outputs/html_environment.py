"""Templates filled in, in a language."""

from __future__ import annotations

from checker.outputs.words import Words


def render(template: str, words: Words, **values: object) -> str:
    """Return a template with its values filled in; whatever they say is escaped."""
    from checker.outputs import html

    return html._render(template, words, **values)
