"""The audit as Markdown that a merge request, a mail or a job's summary can show: verdicts, findings, what is open.

What filings say is escaped: it makes no link, no markup, no mention, and stays in its cell of a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from checker.contract.finding import FindingJson
from checker.contract.order import badness
from checker.contract.place import At
from checker.contract.shape import AuditJson, FilingJson, UnreadableJson
from checker.contract.waiver import WaiverState
from checker.model.rule import Severity
from checker.outputs.gap_words import sentences
from checker.outputs.names import filing_title, rule_name
from checker.outputs.places import file_of, slashed, where, why_unreadable
from checker.outputs.plain import plain
from checker.outputs.standing import rank, remarks, tally
from checker.outputs.words import Words
from checker.outputs.worked import demanded, distance

_MARKUP = re.compile(r"[\\`*\[\]|~$:#!]|(?<!\w)_|_(?!\w)|(?<=www)\.", re.IGNORECASE)
_LEADING = re.compile(r"([0-9]*)([-+=.)])")
"""What makes a list or a heading of a line that begins with it."""
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "@&#8203;"}
_AMOUNTS = ("actual", "expected", "difference")


def digest(audit: AuditJson, words: Words, most: int = 0) -> bytes:
    """Return the audit in Markdown, worst filings first; beyond `most` bytes (0: none) it is cut, and says so."""
    pieces: list[str] = []
    used = 0
    cut = words("digest.cut") + "\n"
    room = most - len(cut.encode())
    for piece in _pieces(audit, words):
        size = len(piece.encode())
        if most and used + size > room:
            pieces.append(cut)
            break
        pieces.append(piece)
        used += size
    return "".join(pieces).encode()


def _pieces(audit: AuditJson, words: Words) -> Iterator[str]:
    """Yield the digest in pieces, between any two of which it may be cut."""
    yield f"# {words('digest.title')}\n\n"
    yield f"{words('digest.total', filings=len(audit.filings), unreadable=len(audit.unreadable), **tally(audit))}\n\n"
    filings = sorted(audit.filings, key=badness)
    if audit.unreadable:
        yield f"## {words('html.index.unreadable')}\n\n"
        yield from (f"- {_line(_unreadable(file, words))}\n" for file in audit.unreadable)
        yield "\n"
    if len(filings) > 1:
        yield from _overview(filings, words)
    for filing in filings:
        yield from _filing(filing, words)
    yield from _waivers(audit, words)


def _overview(filings: Iterable[FilingJson], words: Words) -> Iterator[str]:
    head = ["html.index.verdict", "html.index.filer", *(f"severity.{each}" for each in Severity), "html.index.file"]
    yield _row(words(key) for key in head)
    yield "| --- | --- | ---: | ---: | ---: | --- |\n"
    for filing in filings:
        counts = filing.severities
        cells = [words(f"verdict.{filing.verdict}"), _safe(filing_title(filing, words))]
        cells += [str(counts[each]) for each in Severity]
        yield _row([*cells, _safe(slashed(filing.path))])
    yield "\n"


def _filing(filing: FilingJson, words: Words) -> Iterator[str]:
    counts = filing.severities
    yield f"## {_safe(filing_title(filing, words))}\n\n"
    told = words(
        "digest.verdict",
        verdict=words(f"verdict.{filing.verdict}"),
        **{each.value: counts[each] for each in Severity},
        waived=len(filing.waived),
        ticked=filing.coverage.figures[0],
        figures=filing.coverage.figures[1],
    )
    yield f"**{told}**\n\n{_line(_safe(slashed(filing.path)))}\n\n"
    if filing.findings:
        yield _row(words(f"digest.{each}") for each in ("severity", "rule", "place", "message", *_AMOUNTS, "standing"))
        yield "| --- | --- | --- | --- | ---: | ---: | ---: | --- |\n"
        names = {rule.id: rule_name(rule, words) for rule in filing.rules}
        for finding in sorted(filing.findings, key=rank):
            yield _finding(filing, finding, names.get(finding.rule, finding.name), words)
        yield "\n"
    else:
        yield f"{words('html.findings.none')}\n\n"
    yield from _list(words("html.gaps.title"), (_safe(gap.text) for gap in sentences(filing, words)))
    gone = (_safe(f"{finding.rule} {finding.message}") for finding in filing.fixed)
    yield from _list(words("told.fixed"), gone)


def _finding(filing: FilingJson, finding: FindingJson, name: str, words: Words) -> str:
    place = where(finding.at, words) if finding.at != At() else ""
    if finding.at.file:
        place = f"{place} {file_of(filing, finding.at)}"
    unit = finding.unit if finding.actual is not None else ""
    cells = [
        words(f"severity.{finding.severity}"),
        f"{_safe(finding.rule)} {_safe(name)}",
        _safe(place),
        _safe(f"{finding.message} {finding.advice}"),
        _safe(f"{finding.actual} {unit}" if finding.actual is not None else ""),
        _safe(demanded(finding) or ""),
        _safe(distance(finding) or ""),
        _safe("；".join(remarks(finding, words))),
    ]
    return _row(cells)


def _list(title: str, items: Iterable[str]) -> Iterator[str]:
    listed = list(items)
    if listed:
        yield f"### {title}\n\n"
        yield from (f"- {_line(item)}\n" for item in listed)
        yield "\n"


def _waivers(audit: AuditJson, words: Words) -> Iterator[str]:
    """Yield the waivers that no longer hold: somebody has to renew or remove them."""
    void = [waiver for waiver in audit.waivers if waiver.state is not WaiverState.USED]
    yield from _list(
        words("digest.waivers"),
        (
            _safe(f"{words(f'told.waiver.{each.state}')}：{each.rule} {each.filer} {each.year} {each.reason}")
            for each in void
        ),
    )


def _unreadable(file: UnreadableJson, words: Words) -> str:
    return _safe(f"{slashed(file.path)}：{why_unreadable(file, words)}")


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _line(escaped: str) -> str:
    """Return an escaped text as a line of its own."""
    found = _LEADING.match(escaped)
    return f"{found[1]}\\{escaped[found.end(1) :]}" if found else escaped


def _safe(text: str) -> str:
    """Return a text that Markdown shows as it is, but that an invisible character keeps mentions asleep."""
    escaped = _MARKUP.sub(r"\\\g<0>", plain(text))
    return "".join(_ENTITIES.get(character, character) for character in escaped)
