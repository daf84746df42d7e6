"""`gouji audit`: read, judge, report, and end with the code that says how it went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import msgspec
import typer

from checker.cli.limits import LimitOption, parse_limits
from checker.cli.outputs import OutputOption, parse_outputs
from checker.cli.settings import (
    BaselineOption,
    ConfigOption,
    NewOnlyOption,
    PreviousOption,
    WaiversOption,
    check_lock,
    gate_of,
    settings_of,
)
from checker.cli.words import give_up, say
from checker.gate.policy import FailOn

if TYPE_CHECKING:
    from checker.auditing import Auditor
    from checker.cli.run import Job
    from checker.corpus.work import Order
    from checker.gate.settings import Settings
    from checker.readers import Limits
    from checker.readers.parts import Grouping
    from checker.yaml_source import SourceError

ContractsOption = Annotated[bool, typer.Option("--contracts", help=say("help.audit.contracts"))]
DEFAULT_OUTPUTS = ["console", "json=gouji-audit.json", "html=gouji-audit.html"]


def audit(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help=say("help.audit.paths"), show_default=False)],
    *,
    output: OutputOption = None,
    layout: Annotated[str | None, typer.Option("--layout", metavar="NAME", help=say("help.audit.layout"))] = None,
    rules: Annotated[list[Path] | None, typer.Option("--rules", metavar="DIR", help=say("help.audit.rules"))] = None,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", metavar="SEVERITY", help=say("help.audit.fail_on"))
    ] = FailOn.ERROR,
    min_coverage: Annotated[
        int, typer.Option("--min-coverage", metavar="PERCENT", min=0, max=100, help=say("help.audit.min_coverage"))
    ] = 100,
    together: Annotated[bool, typer.Option("--together", help=say("help.audit.together"))] = False,
    separately: Annotated[bool, typer.Option("--separately", help=say("help.audit.separately"))] = False,
    limit: LimitOption = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", metavar="N", min=0, help=say("help.audit.jobs"))] = 0,
    timeout: Annotated[
        float | None, typer.Option("--timeout", metavar="SECONDS", min=0.1, help=say("help.audit.timeout"))
    ] = None,
    previous: PreviousOption = None,
    new_only: NewOnlyOption = False,
    baseline: BaselineOption = None,
    waivers: WaiversOption = None,
    config: ConfigOption = None,
    contracts: ContractsOption = False,
    watch: Annotated[bool, typer.Option("--watch", help=say("help.audit.watch"))] = False,
    no_cache: Annotated[bool, typer.Option("--no-cache", help=say("help.audit.no_cache"))] = False,
    lang: Annotated[str, typer.Option("--lang", metavar="zh|en", help=say("help.lang"))] = "zh",
) -> None:
    """Audit files and folders; everything heavy is imported once the arguments are known to be right."""
    for path in paths:
        if not path.exists():
            give_up(say("cli.no_path", path=path))
    if together and separately:
        give_up(say("cli.one_of_two", one="--together", other="--separately"))

    def prepare() -> Job:
        settings = settings_of(context, paths, config)
        grouping = _grouping(together, separately)
        job = job_of(settings, paths, grouping, timeout=timeout, cached=not no_cache)
        return msgspec.structs.replace(job, contracts=contracts)

    if watch:
        from checker.cli.watch import keep_auditing

        raise typer.Exit(keep_auditing(prepare))
    from checker.cli.run import run_once

    raise typer.Exit(run_once(prepare()).code)


def job_of(
    settings: Settings, paths: Sequence[Path], grouping: Grouping, *, timeout: float | None, cached: bool
) -> Job:
    """Return what the settings ask for, or end with what is wrong in them, in the rules, or in the outputs."""
    outputs = parse_outputs(settings.texts("output") or DEFAULT_OUTPUTS, paths)
    limits = parse_limits(settings.texts("limits"))
    from checker.cli.run import Job
    from checker.corpus.batch import Batch
    from checker.corpus.work import Order

    order = Order(tuple(settings.texts("rules")), settings.text("layout"), limits, grouping, cached=cached)
    check_lock(settings, check_rules(order))
    if settings.policy.new_only and settings.path("previous") is None:
        typer.echo(say("gate.nothing_before"), err=True)
    batch = Batch(order, settings.number("jobs"), timeout)
    return Job(
        paths,
        outputs,
        batch,
        settings.policy,
        lambda run: gate_of(settings, run.started),
        watched=tuple(_deciding(settings)),
    )


def _deciding(settings: Settings) -> Iterator[Path]:
    """Yield the files and folders, beside those audited, that decide on a result."""
    from checker.resources import rules_folder

    yield rules_folder()
    yield from map(Path, settings.texts("rules"))
    yield settings.home / "gouji.toml"
    yield from (path for key in ("previous", "baseline", "waivers") if (path := settings.path(key)) is not None)


def check_rules(order: Order) -> Auditor:
    """Load the rules of a run, or end with every complaint about them."""
    from checker.corpus.work import auditor_of

    _folders_exist(order.rules)
    with complaining():
        return auditor_of(order)


def load_auditor(rules: list[Path], layout: str | None = None, limits: Limits | None = None) -> Auditor:
    """Load rules and vocabulary, or end with every complaint about them."""
    from checker.auditing import Auditor

    _folders_exist(rules)
    with complaining():
        return Auditor.load(rules, layout, limits)


@contextmanager
def complaining() -> Iterator[None]:
    """End with every complaint about rules that do not say what they must, or about a layout that there is not."""
    from checker.yaml_source import SourceError

    try:
        yield
    except SourceError as error:
        complain(error)
    except LookupError as error:
        give_up(str(error.args[0]))


def _folders_exist(rules: Iterable[str | Path]) -> None:
    for folder in rules:
        if not Path(folder).is_dir():
            give_up(say("cli.no_path", path=folder))


def complain(error: SourceError) -> NoReturn:
    """End with every complaint about files that do not say what they must."""
    for complaint in error.complaints:
        typer.echo(str(complaint), err=True)
    give_up(say("cli.rules_wrong", count=len(error.complaints)))


def _grouping(together: bool, separately: bool) -> Grouping:
    from checker.readers.parts import Grouping

    return Grouping.TOGETHER if together else Grouping.SEPARATELY if separately else Grouping.BY_NAME
