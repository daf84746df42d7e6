"""`gouji report`: any output once more, from an audit that was saved as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.outputs import ReportOutputOption, parse_outputs
from checker.cli.saved import saved_audit
from checker.cli.settings import NewOnlyOption, PreviousOption, named_gate
from checker.cli.words import LangOption, say
from checker.gate.policy import FailOn, Policy, Tally

if TYPE_CHECKING:
    from checker.cli.progress import Progress
    from checker.contract.reading import ContractsJson
    from checker.contract.shape import AuditJson, FilingJson, UnreadableJson
    from checker.contract.waiver import WaiverJson
    from checker.gate.apply import Gate
    from checker.sinks.deliver import Contracts

DEFAULT_OUTPUTS = ["console"]


def report(
    audits: Annotated[
        list[Path], typer.Argument(metavar="AUDIT.json", help=say("help.report.audits"), show_default=False)
    ],
    *,
    output: ReportOutputOption = None,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", metavar="SEVERITY", help=say("help.report.fail_on"))
    ] = FailOn.NEVER,
    min_coverage: Annotated[
        int, typer.Option("--min-coverage", metavar="PERCENT", min=0, max=100, help=say("help.report.min_coverage"))
    ] = 0,
    previous: PreviousOption = None,
    new_only: NewOnlyOption = False,
    baseline: Annotated[
        Path | None,
        typer.Option("-b", "--baseline", metavar="FILE", help=say("help.report.baseline"), show_default=False),
    ] = None,
    waivers: Annotated[
        Path | None,
        typer.Option("-w", "--waivers", metavar="FILE", help=say("help.report.waivers"), show_default=False),
    ] = None,
    contracts: Annotated[bool, typer.Option("--contracts", help=say("help.report.contracts"))] = False,
    rules: Annotated[list[Path] | None, typer.Option("--rules", metavar="DIR", help=say("help.report.rules"))] = None,
    lang: LangOption = "zh",
) -> None:
    """Render saved audits; nothing is read or judged again."""
    outputs = parse_outputs(output or DEFAULT_OUTPUTS, audits)
    read = [saved_audit(path) for path in audits]
    from checker.cli.progress import Progress
    from checker.cli.run import conclude, tell_remarks, write_outputs

    progress = Progress(sum(len(each.filings) + len(each.unreadable) for each in read))
    gate = named_gate(read[0].run.started, previous, baseline, waivers)
    tally = Tally(Policy(fail_on, min_coverage, new_only))
    write_outputs(
        _results(read, progress),
        read[0].run,
        outputs,
        gate if waivers else _Kept(gate, read),
        (tally, progress),
        _contracts(read, contracts, rules),
    )
    tell_remarks(gate)
    if fail_on is FailOn.NEVER and not min_coverage:
        raise typer.Exit
    raise typer.Exit(conclude(tally).code)


class _Saved:
    """What was found when the audit was made, once more."""

    def __init__(self, found: ContractsJson | None) -> None:
        self._found = found

    def add(self, filing: FilingJson) -> None:
        """Look at nothing again."""

    def finish(self) -> ContractsJson | None:
        """Return what was found."""
        return self._found


def _contracts(audits: Sequence[AuditJson], asked: bool, rules: list[Path] | None) -> Contracts:
    """Return the contracts on the reading: held over the saved filings when asked for, else as they were saved."""
    if not asked:
        return _Saved(audits[0].contracts if len(audits) == 1 else None)
    from checker.cli.audit import load_auditor
    from checker.cli.run import contracts_of

    return contracts_of(load_auditor(rules or []).vocabulary)


class _Kept:
    """A gate that leaves the waivers of saved audits as they were, where no others are given."""

    def __init__(self, gate: Gate, audits: Sequence[AuditJson]) -> None:
        self._gate = gate
        self._waivers = tuple(dict.fromkeys(waiver for audit in audits for waiver in audit.waivers))

    def apply(self, filing: FilingJson) -> FilingJson:
        """Return the filing as the gate leaves it."""
        return self._gate.apply(filing)

    def finish(self) -> tuple[WaiverJson, ...]:
        """Return the waivers that were saved."""
        return self._waivers


def _results(audits: Sequence[AuditJson], progress: Progress) -> Iterator[FilingJson | UnreadableJson]:
    for audit in audits:
        for filing in audit.filings:
            progress.group_done()
            yield filing
        yield from audit.unreadable
