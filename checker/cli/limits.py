"""`--limit NAME=NUMBER`: the limits that a reader keeps to, set for one run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.words import give_up, nearest, say

if TYPE_CHECKING:
    from checker.readers import Limits

LimitOption = Annotated[list[str] | None, typer.Option("--limit", metavar="NAME=NUMBER", help=say("help.audit.limit"))]


def parse_limits(settings: list[str] | None) -> Limits:
    """Return the limits with these settings, or end saying which of them is no limit or no number."""
    from checker.readers import Limits

    known = Limits.__struct_fields__
    chosen: dict[str, int] = {}
    for setting in settings or []:
        name, _, number = setting.partition("=")
        if name not in known:
            give_up(say("cli.no_limit", name=name, hint=nearest(name, known), known=say("exit.and").join(known)))
        if not number.isascii() or not number.isdecimal() or int(number[:20]) == 0:
            give_up(say("cli.bad_limit", name=name, text=number))
        chosen[name] = int(number[:20])
    return Limits(**chosen)
