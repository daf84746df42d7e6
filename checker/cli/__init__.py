"""The command line: thin commands, one file each."""

from __future__ import annotations

import os
import sys

LANGUAGES = ("zh", "en")


def language() -> str:
    """Return the language asked for: `--lang`, else $GOUJI_LANG, else Chinese.

    The command line is looked at before it is parsed, because help texts are words too.
    """
    arguments = sys.argv[1:]
    for position, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == "--lang":
            chosen = value or (arguments[position + 1] if position + 1 < len(arguments) else "")
            if chosen in LANGUAGES:
                return chosen
    chosen = os.environ.get("GOUJI_LANG", "zh")
    return chosen if chosen in LANGUAGES else "zh"


def main() -> None:
    """Run the command line."""
    from checker.outputs.glyphs import register

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=register())
    from checker.cli.app import app

    app()
