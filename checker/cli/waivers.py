"""`gouji waivers`: findings that somebody answers for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.settings import ConfigOption, WaiversOption, gate_complaints, settings_of
from checker.cli.words import LangOption, give_up, nearest, os_reason, say
from checker.gate.policy import Exit

if TYPE_CHECKING:
    from checker.contract.finding import FindingJson
    from checker.contract.shape import FilingJson
    from checker.gate.settings import Settings
    from checker.gate.waiver_text import Draft
    from checker.gate.waivers import Waiver

    Found = tuple[FilingJson, FindingJson, str]
    """A finding in its filing, and the reason why it may stay."""

AUDIT = Path("gouji-audit.json")
"""What `gouji audit` writes where it is not told otherwise."""
LEAST_ID = 6
"""Characters of a finding's id that are taken for it."""


def add(
    context: typer.Context,
    findings: Annotated[
        list[str] | None,
        typer.Argument(metavar="FINDING|RULE", help=say("help.waivers.add.findings"), show_default=False),
    ] = None,
    *,
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help=say("help.waivers.add.reason"), show_default=False)
    ] = "",
    approver: Annotated[str, typer.Option("--approver", metavar="NAME", help=say("help.waivers.add.approver"))],
    expires: Annotated[str, typer.Option("--expires", metavar="DATE", help=say("help.waivers.add.expires"))],
    approved_on: Annotated[
        str, typer.Option("--approved-on", metavar="DATE", help=say("help.waivers.add.approved_on"), show_default=False)
    ] = "",
    source: Annotated[
        Path | None, typer.Option("--from", metavar="AUDIT.json", help=say("help.waivers.add.from"), show_default=False)
    ] = None,
    marks: Annotated[
        Path | None,
        typer.Option("--marks", metavar="MARKS.json", help=say("help.waivers.add.marks"), show_default=False),
    ] = None,
    filer: Annotated[
        str, typer.Option("--filer", metavar="NAME", help=say("help.waivers.add.filer"), show_default=False)
    ] = "",
    year: Annotated[
        int, typer.Option("--year", metavar="YEAR", help=say("help.waivers.add.year"), show_default=False)
    ] = 0,
    waivers: WaiversOption = None,
    config: ConfigOption = None,
    lang: LangOption = "zh",
) -> None:
    """Write a waiver for findings of an audit, bound to their figures."""
    from checker.cli.filings import today_here
    from checker.gate.waiver_text import drafts

    settings = settings_of(context, [Path()], config)
    target = _target(settings)
    source = source or _last_audit(settings)
    filings = [filing for filing in _audited(source) if filer in {"", filing.filer} and year in {0, filing.year}]
    chosen = [pair for text in findings or [] for pair in _named(text, filings, source, reason)]
    if marks is not None:
        chosen += _marked(marks, filings, reason)
    if not chosen:
        give_up(say("gate.no_finding", path=source, text="", hint=""))
    today = today_here()
    added = drafts(chosen, approver, approved_on or today, expires)
    known = _known(target, settings) if target.exists() else ()
    for draft in added:
        _check(draft, known, today, settings)
    _append(target, added, settings)
    count = sum(len(draft.waiver.findings) for draft in added)
    typer.echo(say("gate.waiver_added", path=target, count=len(added), findings=count), err=True)


def show_list(
    context: typer.Context,
    *,
    waivers: WaiversOption = None,
    within: Annotated[int, typer.Option("--within", metavar="DAYS", min=0, help=say("help.waivers.within"))] = 30,
    config: ConfigOption = None,
    lang: LangOption = "zh",
) -> None:
    """List all waivers, with those marked that are expired or soon will be."""
    from checker.cli.filings import today_here

    settings = settings_of(context, [Path()], config)
    target = _target(settings)
    known = _known(target, settings) if target.exists() else ()
    today = today_here()
    soon = (date.fromisoformat(today) + timedelta(days=within)).isoformat()
    for waiver in known:
        state = "expired" if waiver.is_over(today) else "soon" if waiver.is_over(soon) else "used"
        typer.echo(_line(waiver, state))
    if not known:
        typer.echo(say("gate.waiver_none", path=target), err=True)


def check(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="AUDIT.json|PATH", help=say("help.baseline.paths"), show_default=False),
    ] = None,
    *,
    waivers: WaiversOption = None,
    config: ConfigOption = None,
    lang: LangOption = "zh",
) -> None:
    """Check every waiver: well-formed, not expired, and with an audit at hand neither lapsed nor without need."""
    from checker.cli.filings import today_here

    settings = settings_of(context, paths or [Path()], config)
    target = _target(settings)
    known = _known(target, settings) if target.exists() else ()
    today = today_here()
    states = _states(known, paths, settings) if paths and known else ["used"] * len(known)
    bad = 0
    for waiver, told in zip(known, states, strict=True):
        state = "expired" if waiver.is_over(today) else told or "unasked"
        if state in {"expired", "lapsed", "stale"}:
            bad += 1
            typer.echo(_line(waiver, state))
    typer.echo(say("gate.waiver_bad", count=bad) if bad else say("gate.waiver_fine", count=len(known)), err=True)
    raise typer.Exit(Exit.FINDINGS if bad else Exit.CLEAN)


def _states(known: tuple[Waiver, ...], paths: list[Path], settings: Settings) -> tuple[str, ...]:
    """Return what becomes of waivers in some audits and files."""
    from checker.cli.filings import audited, today_here
    from checker.gate.waivers import Waivers

    waivers = Waivers(known, today_here())
    for filing in audited(paths, settings):
        waivers.apply(filing)
    return waivers.states()


def _target(settings: Settings) -> Path:
    """Return the file of waivers: the one that is named or found, else the default one beside `gouji.toml`, or here."""
    from checker.gate.waivers import FILE

    if not settings.lock.allows("waivers"):
        give_up(say("gate.lock.no_waivers", where=settings.lock.where("waivers")))
    return settings.path("waivers") or settings.home / FILE


def _known(target: Path, settings: Settings) -> tuple[Waiver, ...]:
    from checker.cli.filings import today_here
    from checker.gate.waivers import read_waivers

    with gate_complaints():
        return read_waivers(target, today_here(), settings.number("waiver-days"))


def _last_audit(settings: Settings) -> Path:
    """Return where `gouji audit` writes its JSON: as `output` in the settings has it, or else the default file."""
    targets = [text.partition("=") for text in settings.texts("output")]
    written = [Path(target) for kind, _, target in targets if kind == "json" and target not in {"", "-"}]
    return written[0] if written else AUDIT


def _audited(source: Path) -> list[FilingJson]:
    from checker.cli.saved import saved_audit

    return list(saved_audit(source).filings)


def _named(text: str, filings: list[FilingJson], source: Path, reason: str) -> Iterator[Found]:
    """Yield the findings that an id, the beginning of one, or a rule names; end when there are none."""
    pairs = [(filing, finding) for filing in filings for finding in filing.findings]
    found = [
        (filing, finding)
        for filing, finding in pairs
        if text == finding.rule or (len(text) >= LEAST_ID and finding.id.startswith(text))
    ]
    if not found:
        names = {name for _, finding in pairs for name in (finding.id, finding.rule)}
        give_up(say("gate.no_finding", path=source, text=text, hint=nearest(text, sorted(names))))
    if not reason:
        give_up(say("gate.no_reason"))
    for filing, finding in found:
        yield filing, finding, reason


def _marked(path: Path, filings: list[FilingJson], reason: str) -> list[Found]:
    """Return the findings that a reviewer marked as explained or as a false alarm, their figures the same still."""
    from checker.gate.marks import NotMarks, read_marks

    try:
        marks = {(mark.id, mark.values): mark for mark in read_marks(path)}
    except OSError as error:
        give_up(say("cli.cannot_read", path=path, reason=os_reason(error)))
    except NotMarks as error:
        give_up(say("gate.marks_wrong", path=path, reason=error))
    found = [
        (filing, finding, mark.note or reason)
        for filing in filings
        for finding in filing.findings
        if (mark := marks.get((finding.id, finding.values))) is not None
    ]
    if not found:
        give_up(say("gate.marks_none", path=path))
    return found


def _check(draft: Draft, known: tuple[Waiver, ...], today: str, settings: Settings) -> None:
    """End when a waiver cannot be as it is asked for, or is there already."""
    from checker.gate.reasons import is_nobody, says_nothing
    from checker.gate.waivers import faults

    waiver = draft.waiver
    if any(says_nothing(waiver.reason, message) for message in draft.messages.values()):
        give_up(say("gate.filler", reason=waiver.reason))
    if is_nobody(waiver.approver):
        give_up(say("gate.nobody", approver=waiver.approver))
    wrong = [f"{key}：{message}" for key, message in faults(waiver, today, settings.number("waiver-days"))]
    if waiver.is_over(today):
        wrong.append(say("gate.waiver_over", expires=waiver.expires, today=today))
    if wrong:
        give_up(say("gate.waiver_wrong", reason="；".join(wrong)))
    for other in known:
        for id, values in waiver.findings.items():
            if not other.is_over(today) and other.findings.get(id) == values:
                give_up(say("gate.waived_already", id=id, message=draft.messages[id]))


def _append(target: Path, added: list[Draft], settings: Settings) -> None:
    """Write waivers behind those that are there, when the file then says what it must."""
    from checker.gate.waiver_text import CannotAppend, appended
    from checker.outputs.files import write_whole

    try:
        text = target.read_bytes().decode("utf-8-sig") if target.exists() else ""
        write_whole(target, appended(text, added).encode())
    except CannotAppend:
        give_up(say("gate.waiver_flow", path=target))
    except OSError as error:
        give_up(say("cli.cannot_write", path=target, reason=os_reason(error)))
    _known(target, settings)


def _line(waiver: Waiver, state: str) -> str:
    places = waiver.places if isinstance(waiver.places, str) else "、".join(waiver.places)
    return say(
        "gate.waiver_line",
        state=say(f"gate.waiver_state.{state}"),
        filer=waiver.filer,
        year=waiver.year,
        rule=waiver.rule,
        places=places,
        reason=waiver.reason,
        approver=waiver.approver,
        approved_on=waiver.approved_on,
        expires=waiver.expires,
    )
