"""The formats that are one piece of bytes, by name: each a module with `render(audit, words) -> bytes`.

The pages in HTML, the terminal's summary and the annotated originals are not: `checker.sinks` has a way in for each.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Final

import msgspec

from checker.contract.shape import AuditJson
from checker.outputs.words import Words

Render = Callable[[AuditJson, Words], bytes]
"""What makes the bytes of a format."""


class Format(msgspec.Struct, frozen=True):
    """A format: the module that renders it, and whether it is text that a terminal can show."""

    module: str
    text: bool = True


FORMATS: Final = {
    "json": Format("checker.outputs.json"),
    "jsonl": Format("checker.outputs.jsonl"),
    "csv": Format("checker.outputs.csv"),
    "sarif": Format("checker.outputs.sarif"),
    "junit": Format("checker.outputs.junit"),
    "github": Format("checker.outputs.github"),
    "gitlab": Format("checker.outputs.gitlab"),
    "markdown": Format("checker.outputs.markdown"),
    "docx": Format("checker.outputs.letter", text=False),
    "xlsx": Format("checker.outputs.ledger", text=False),
}


def renderer(name: str) -> Render:
    """Return what renders a format; its module, and the libraries behind it, are imported now and no sooner.

    Raises:
        KeyError: when there is no such format.
    """
    render: Render = import_module(FORMATS[name].module).render
    return render
