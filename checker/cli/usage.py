"""What is wrong with a command line, as typer finds it, in the language asked for and on one line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

import typer

from checker.cli.words import say
from checker.gate.policy import Exit

_KNOWN: Final = {
    r"Missing argument '(?P<name>.+?)'\..*": "usage.no_argument",
    r"Missing option '(?P<name>.+?)'\..*": "usage.no_option_given",
    r"No such option: (?P<name>\S+?)\.?(?: \(Possible options: (?P<near>.+)\)| Did you mean (?P<near2>.+)\?)?": (
        "usage.no_option"
    ),
    r"No such command '(?P<name>.+?)'\.(?: Did you mean (?P<near>.+)\?)?": "usage.no_command",
    r"Option '(?P<name>.+?)' requires an argument\.": "usage.no_value",
    r"Option '(?P<name>.+?)' does not take a value\.": "usage.takes_none",
    r"Got unexpected extra argument(?:s|\(s\))? \((?P<name>.+)\)": "usage.unexpected",
    r"Invalid value for (?P<name>.+?): (?:Value error, )?(?P<why>.+)": "usage.bad_value",
}
_WHY: Final = {
    r"'(?P<text>.+)' is not one of (?P<known>.+?)\.?": "usage.not_one_of",
    r"Input should be a valid (?:integer|number).*": "usage.no_number",
    r"Input should be less than or equal to (?P<most>\S+)": "usage.too_large",
    r"Input should be greater than or equal to (?P<least>\S+)": "usage.too_small",
}


def end_wrong(error: Any) -> int:
    """Say what is wrong with a command line, and return the exit code for that.

    `error` is what typer or click raised: it has `format_message`, and `ctx`, the command that was meant.
    """
    if type(error).__name__ == "NoArgsIsHelpError":  # a command that needs another behind it: its help is the answer
        error.show()
        return int(Exit.BROKEN)
    line = say("exit.because", what=say("exit.usage"), why=told(error.format_message()))
    context = getattr(error, "ctx", None)
    hint = say("usage.help", command=context.command_path) if context is not None else ""
    typer.echo(f"gouji: {line}{hint}", err=True)
    return int(Exit.BROKEN)


def no_language(option: str, text: str, known: Iterable[str]) -> int:
    """Say that a language is not known, and return the exit code for that."""
    why = say("cli.bad_choice", option=option, text=text, known=say("exit.and").join(known))
    typer.echo(f"gouji: {say('exit.because', what=say('exit.usage'), why=why)}", err=True)
    return int(Exit.BROKEN)


def told(message: str) -> str:
    """Return what is wrong in the words of the catalogue; what is not known there, as typer says it."""
    for pattern, key in _KNOWN.items():
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found is None:
            continue
        values = {name: text or "" for name, text in found.groupdict().items()}
        near = (values.pop("near", "") or values.pop("near2", "")).replace("'", "")
        values.pop("near2", None)
        values["name"] = values["name"].replace("'", "")
        if "why" in values:
            values["why"] = _why(values["why"])
        return say(key, **values) + (say("usage.near", near=near) if near else "")
    return message


def _why(text: str) -> str:
    for pattern, key in _WHY.items():
        if found := re.fullmatch(pattern, text, re.DOTALL):
            return say(key, **{name: part.replace("'", "") for name, part in found.groupdict().items()})
    return text
