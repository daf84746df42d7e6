"""The settings of a run as the commands ask for them, and `gouji config`, which shows them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.words import LangOption, give_up, os_reason, say

if TYPE_CHECKING:
    from checker.auditing import Auditor
    from checker.gate.apply import Gate
    from checker.gate.settings import Settings

ConfigOption = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", help=say("help.gate.config"), show_default=False)
]
BaselineOption = Annotated[
    Path | None, typer.Option("-b", "--baseline", metavar="FILE", help=say("help.gate.baseline"), show_default=False)
]
WaiversOption = Annotated[
    Path | None, typer.Option("-w", "--waivers", metavar="FILE", help=say("help.gate.waivers"), show_default=False)
]
PreviousOption = Annotated[
    Path | None, typer.Option("--previous", metavar="AUDIT.json", help=say("help.audit.previous"), show_default=False)
]
NewOnlyOption = Annotated[bool, typer.Option("--new-only", help=say("help.gate.new_only"))]

_RENAMED = {"limit": "limits"}
"""Options whose setting has another name."""


def settings_of(context: typer.Context, paths: Sequence[Path], config: Path | None = None) -> Settings:
    """Return the settings that hold for a command, or end with what is wrong in them."""
    from checker.gate.keys import KEYS
    from checker.gate.settings import settle

    flags: dict[str, object] = {}
    for name, value in context.params.items():
        key = _RENAMED.get(name, name.replace("_", "-"))
        source = context.get_parameter_source(name)
        if key in KEYS and source is not None and source.name == "COMMANDLINE":
            flags[key] = tuple(map(_plain, value)) if isinstance(value, list | tuple) else _plain(value)
    with gate_complaints():
        settings = settle(paths, flags, os.environ, config)
    if settings.text("lang") is not None and "lang" not in flags:
        os.environ["GOUJI_LANG"] = str(settings["lang"])
    return settings


def gate_of(settings: Settings, started: str) -> Gate:
    """Return the gate that the settings ask for, or end with what is wrong in its files.

    `started` is when the audit was started; its day is the one that waivers are measured against.
    """
    from checker.gate.apply import open_gate

    with gate_complaints():
        return open_gate(
            settings.path("previous"),
            settings.path("baseline"),
            settings.path("waivers"),
            started[:10],
            settings.number("waiver-days"),
        )


def named_gate(started: str, previous: Path | None, baseline: Path | None, waivers: Path | None) -> Gate:
    """Return a gate with the files named and no others: what a saved audit carries is left as it is."""
    from checker.gate.apply import open_gate

    with gate_complaints():
        return open_gate(previous, baseline, waivers, started[:10])


def check_lock(settings: Settings, auditor: Auditor) -> None:
    """End when the rules that were loaded are not those that are locked."""
    lock = settings.lock
    faults = lock.unmet(f"sha256:{auditor.ruleset.digest}", auditor.ruleset.packs)
    if not faults and "packs" in lock.values and set(settings.texts("rules")) - set(lock.folders):
        from checker.auditing import Auditor as Loader

        if not _untouched(Loader.load(lock.folders), auditor):
            faults = [say("gate.lock.changed", where=lock.where("packs"))]
    if faults:
        give_up("\n".join(faults))


def _untouched(locked: Auditor, auditor: Auditor) -> bool:
    """Say whether rules folders only added to what is locked, and changed no rule, form, layout or word of it."""
    one, other = locked.vocabulary, auditor.vocabulary
    return (
        {rule.info.id: rule for rule in locked.ruleset.rules}.items()
        <= {rule.info.id: rule for rule in auditor.ruleset.rules}.items()
        and all(other.forms.get(name) == form for name, form in one.forms.items())
        and all(other.layouts.get(name) == layout for name, layout in one.layouts.items())
        and (one.classification, one.wording) == (other.classification, other.wording)
    )


@contextmanager
def gate_complaints() -> Iterator[None]:
    """End with every complaint about configuration, baseline, waivers or the previous audit."""
    from checker.contract.read import NotAnAudit
    from checker.gate.baseline import NotABaseline
    from checker.gate.settings import WrongSetting
    from checker.yaml_source import SourceError

    try:
        yield
    except SourceError as error:
        for complaint in error.complaints:
            typer.echo(str(complaint), err=True)
        give_up(say("gate.wrong", count=len(error.complaints)))
    except NotAnAudit as error:
        give_up(say("cli.no_audit", reason=error))
    except NotABaseline as error:
        give_up(say("gate.no_baseline", reason=error))
    except WrongSetting as error:
        give_up(str(error))
    except OSError as error:
        give_up(say("cli.cannot_read", path=error.filename or "", reason=os_reason(error)))


def show(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(metavar="PATH", help=say("help.config.path"))] = Path(),
    *,
    config: ConfigOption = None,
    lang: LangOption = "zh",
) -> None:
    """Show every setting that holds for a file or folder, and where it comes from."""
    settings = settings_of(context, [path], config)
    for key, setting in settings.values.items():
        typer.echo(f"{key} = {_written(setting.value)}  # {setting.origin or say('gate.default')}")
    for key, value in settings.lock.values.items():
        typer.echo(f"lock.{key} = {_written(value)}  # {settings.lock.where(key)}")


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Path) else value


def _written(value: object) -> str:
    match value:
        case None:
            return "-"
        case bool():
            return str(value).lower()
        case tuple() | list():
            return f"[{', '.join(map(_written, value))}]"
        case int():
            return str(value)
        case _:
            return f'"{value}"'
