"""The catalogue in the language of this run, and how a command gives up."""

from __future__ import annotations

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
    typer.echo(message, err=True)
    typer.echo(f"gouji: {say('exit.usage')}", err=True)
    raise typer.Exit(Exit.BROKEN)


LangOption = Annotated[str, typer.Option("--lang", metavar="zh|en", help=say("help.lang"))]
"""The language, where a command takes it behind its name too; it has been read before parsing."""
