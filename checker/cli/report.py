"""`gouji report`: any output once more, from an audit that was saved as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.outputs import OutputOption, parse_outputs
from checker.cli.words import LangOption, give_up, say
from checker.gate.policy import FailOn

if TYPE_CHECKING:
    from checker.cli.progress import Progress
    from checker.contract.shape import AuditJson, FilingJson, UnreadableJson

DEFAULT_OUTPUTS = ["console"]


def report(
    audits: Annotated[
        list[Path], typer.Argument(metavar="AUDIT.json", help=say("help.report.audits"), show_default=False)
    ],
    *,
    output: OutputOption = None,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", metavar="SEVERITY", help=say("help.report.fail_on"))
    ] = FailOn.NEVER,
    min_coverage: Annotated[
        int, typer.Option("--min-coverage", metavar="PERCENT", min=0, max=100, help=say("help.report.min_coverage"))
    ] = 0,
    lang: LangOption = "zh",
) -> None:
    """Render saved audits; nothing is read or judged again."""
    outputs = parse_outputs(output or DEFAULT_OUTPUTS, audits)
    read = [_read(path) for path in audits]
    from checker.cli.progress import Progress
    from checker.cli.run import Policy, conclude, write_outputs

    progress = Progress(sum(len(each.filings) + len(each.unreadable) for each in read))
    audit = write_outputs(_results(read, progress), read[0].run, outputs, None, progress)
    if fail_on is FailOn.NEVER and not min_coverage:
        raise typer.Exit
    raise typer.Exit(conclude(audit, Policy(fail_on, min_coverage)).code)


def _read(path: Path) -> AuditJson:
    from checker.contract.read import NotAnAudit, read_audit

    try:
        return read_audit(path)
    except OSError as error:
        give_up(say("cli.cannot_read", path=path, reason=error.strerror or error))
    except NotAnAudit as error:
        give_up(say("cli.no_audit", reason=error))


def _results(audits: Sequence[AuditJson], progress: Progress) -> Iterator[FilingJson | UnreadableJson]:
    for audit in audits:
        for filing in audit.filings:
            progress.group_done()
            yield filing
        yield from audit.unreadable
