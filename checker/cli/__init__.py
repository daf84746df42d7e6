"""The command line: thin commands, one file each."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

LANGUAGES = ("zh", "en")


def language() -> str:
    """Return the language asked for: `--lang`, else $GOUJI_LANG, else Chinese.

    The command line is looked at before it is parsed, because help texts are words too.
    """
    return next((chosen for _, chosen in _chosen() if chosen in LANGUAGES), "zh")


def _chosen() -> Iterator[tuple[str, str]]:
    """Yield the languages that were asked for, the decisive one first, each with what asked for it."""
    arguments = sys.argv[1:]
    for position, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == "--lang":
            text = value or next(iter(arguments[position + 1 :]), "")
            yield from [(name, text)] if text else []
    if chosen := os.environ.get("GOUJI_LANG", ""):
        yield "GOUJI_LANG", chosen


def main() -> None:
    """Run the command line, and end with its exit code."""
    from checker.outputs.glyphs import register

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=register())
    from checker.cli.app import app
    from checker.cli.usage import end_wrong, no_language

    for name, chosen in _chosen():
        if chosen not in LANGUAGES:
            sys.exit(no_language(name, chosen, LANGUAGES))
    try:
        code = app(standalone_mode=False)
    except Exception as error:
        if not hasattr(error, "format_message"):  # what typer and click raise for a wrong command line
            raise
        code = end_wrong(error)
    sys.exit(code)
