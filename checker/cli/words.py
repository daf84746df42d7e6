"""The catalogue in the language of this run, and how a command gives up."""

from __future__ import annotations

import difflib
import errno
from collections.abc import Iterable
from typing import Annotated, NoReturn

import typer

from checker.cli import language
from checker.gate.policy import Exit
from checker.outputs.words import Words, load_words


def words() -> Words:
    """Return the catalogue of the language asked for."""
    return load_words(language())


def say(key: str, **values: object) -> str:
    """Return a message in the language asked for."""
    return words()(key, **values)


def give_up(message: str) -> NoReturn:
    """End the process for wrong usage, configuration or rules: exit code 2, the reason on the last line."""
    *before, last = message.splitlines() or [""]
    for line in before:
        typer.echo(line, err=True)
    typer.echo(f"gouji: {say('exit.because', what=say('exit.usage'), why=last)}", err=True)
    raise typer.Exit(Exit.BROKEN)


def nearest(word: str, known: Iterable[str]) -> str:
    """Return `，是否为 …？` with the nearest known word, or nothing, in the language asked for."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
    return say("usage.near", near=near[0]) if near else ""


def os_reason(error: OSError) -> str:
    """Return why the system refused something, in the language asked for where the catalogue knows it."""
    name = errno.errorcode.get(error.errno or 0, "")
    return words().starting_with("os.").get(f"os.{name}") or error.strerror or str(error)


LangOption = Annotated[str, typer.Option("--lang", metavar="zh|en", help=say("help.lang"))]
"""The language, where a command takes it behind its name too; it has been read before parsing."""
