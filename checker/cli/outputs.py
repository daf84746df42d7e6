"""`-o FORMAT[=FILE]`: what is written, where, and what may not be overwritten."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import msgspec
import typer

from checker.cli.words import give_up, nearest, say, words
from checker.outputs.formats import FORMATS

if TYPE_CHECKING:
    from checker.contract.shape import RunJson
    from checker.sinks import Sink

PAGES: Final = "html"
SCREEN: Final = "console"
COPIES: Final = "annotated"
"""Copies of the originals with notes in them: a folder, not a file."""


def known_formats() -> list[str]:
    """Return the names of all formats."""
    return [SCREEN, PAGES, COPIES, *FORMATS]


def _listed() -> str:
    return say("exit.and").join(known_formats())


OutputOption = Annotated[
    list[str] | None,
    typer.Option("-o", "--output", metavar="FORMAT[=FILE]", help=say("help.audit.output", known=_listed())),
]
ReportOutputOption = Annotated[
    list[str] | None,
    typer.Option("-o", "--output", metavar="FORMAT[=FILE]", help=say("help.report.output", known=_listed())),
]


class Output(msgspec.Struct, frozen=True):
    """A format, and the file (`-` or nothing: the standard output) that it goes to."""

    kind: str
    target: str

    @property
    def path(self) -> Path | None:
        """The file, if it is one."""
        return None if self.target in {"", "-"} else Path(self.target)


def parse_outputs(texts: Sequence[str], inputs: Iterable[Path]) -> list[Output]:
    """Return the outputs asked for, or end saying which cannot be: unknown, without its file, or over another file."""
    outputs = [_parse(text) for text in texts]
    taken = {path.resolve(): str(path) for path in inputs if path.is_file()}
    for output in outputs:
        if output.kind == COPIES:
            _check_folder(output)
        elif output.path is not None:
            where = output.path.resolve()
            if where in taken:
                give_up(say("cli.same_file", path=output.target, other=taken[where]))
            if where.is_dir():
                give_up(say("cli.is_folder", path=output.target))
            taken[where] = f"-o {output.kind}={output.target}"
    return outputs


def own_files(outputs: Iterable[Output]) -> Callable[[Path], bool]:
    """Return what tells files that these outputs write: they may lie in a folder that is audited."""
    from checker.originals.names import is_copy
    from checker.outputs.html import pages_folder
    from checker.readers.own import is_own_report

    files = {output.path.resolve() for output in outputs if output.path is not None}
    folders = {pages_folder(output.path).resolve() for output in outputs if output.kind == PAGES and output.path}
    copies = {output.path.resolve() for output in outputs if output.kind == COPIES and output.path}

    def is_own(path: Path) -> bool:
        whole = path.resolve()
        if whole.parent in folders and is_own_report(whole):
            return True
        return whole in files or (whole.parent in copies and is_copy(whole))

    return is_own


def check_pages(outputs: Iterable[Output], groups: Sequence[Sequence[Path]]) -> None:
    """End when the pages of several filings would be written among the files that are audited."""
    from checker.outputs.html import pages_folder

    if len(groups) < 2:
        return
    folders = {path.resolve().parent for group in groups for path in group}
    for output in outputs:
        if output.kind == PAGES and output.path and pages_folder(output.path).resolve() in folders:
            give_up(say("cli.pages_over", path=output.target, folder=pages_folder(output.path)))


def open_sinks(outputs: Iterable[Output], run: RunJson, clear: Callable[[], None]) -> list[Sink]:
    """Return a sink for each output; `clear` is called before anything is written to the terminal.

    Raises:
        OSError: when an output cannot be written; `filename` tells which.
    """
    sinks: list[Sink] = []
    shown = False
    try:
        for output in outputs:
            sinks.append(_open(output, run, clear, shown))
            if output.kind == "github":
                sinks += _step_summary()
            shown = shown or output.path is None
    except BaseException:
        for sink in sinks:
            sink.abandon()
        raise
    return sinks


def _open(output: Output, run: RunJson, clear: Callable[[], None], shown: bool) -> Sink:
    from checker.sinks.targets import target

    if output.kind == PAGES:
        from checker.sinks.pages import HtmlSink

        return HtmlSink(Path(output.target), run, words())
    if output.kind == COPIES:
        from checker.sinks.originals import OriginalsSink

        return OriginalsSink(Path(output.target), words(), _teller(clear))
    there = target(output.target, clear, behind=shown)
    if output.kind == SCREEN:
        from checker.outputs.console import Console
        from checker.sinks.screen import ConsoleSink

        if output.path is not None:
            return ConsoleSink(there, Console(words()))
        return ConsoleSink(there, Console(words(), _width(), _takes_colour()), sys.stdout.encoding or "utf-8")
    if output.kind in {"json", "jsonl"}:
        from checker.sinks.records import JsonLinesSink, JsonSink

        return JsonSink(there, run) if output.kind == "json" else JsonLinesSink(there, run)
    from checker.outputs.formats import renderer
    from checker.sinks.whole import WholeSink

    return WholeSink(there, renderer(output.kind), words())


def _step_summary() -> list[Sink]:
    """Return what adds to the summary of a step of a GitHub workflow, when this is one."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if not path:
        return []
    from checker.outputs.github import summary
    from checker.sinks.appended import Appended
    from checker.sinks.whole import WholeSink

    return [WholeSink(Appended(Path(path)), summary, words())]


def _parse(text: str) -> Output:
    kind, _, name = text.partition("=")
    if kind not in known_formats():
        give_up(say("cli.bad_output", text=text, hint=nearest(kind, known_formats()), known=_listed()))
    if name in {"", "-"} and (kind in {PAGES, COPIES} or (kind in FORMATS and not FORMATS[kind].text)):
        give_up(say("cli.output_folder" if kind == COPIES else "cli.output_file", format=kind))
    return Output(kind, name)


def _check_folder(output: Output) -> None:
    if output.path is not None and output.path.exists() and not output.path.is_dir():
        give_up(say("cli.is_file", path=output.target))


def _teller(clear: Callable[[], None]) -> Callable[[str], None]:
    def tell(line: str) -> None:
        clear()
        typer.echo(line, err=True)

    return tell


def _width() -> int:
    return min(shutil.get_terminal_size((80, 24)).columns, 100)


def _takes_colour() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ
