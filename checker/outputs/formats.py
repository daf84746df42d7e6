"""The formats made of the findings alone, by name: each a module with `render(audit, words) -> bytes`.

The pages in HTML, the terminal's summary and the annotated originals are more than one piece of bytes each, and have
ways of their own in.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Final

import msgspec

from checker.contract.shape import AuditJson
from checker.outputs.words import Words


class Format(msgspec.Struct, frozen=True):
    """A format: the module that renders it, and whether it is text that a terminal can show."""

    module: str
    text: bool = True


FORMATS: Final = {
    "json": Format("checker.outputs.json"),
    "xlsx": Format("checker.outputs.ledger", text=False),
}


def renderer(name: str) -> Callable[[AuditJson, Words], bytes]:
    """Return what renders a format; its module, and the libraries behind it, are imported now and no sooner.

    Raises:
        KeyError: when there is no such format.
    """
    render: Callable[[AuditJson, Words], bytes] = import_module(FORMATS[name].module).render
    return render
