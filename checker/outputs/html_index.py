"""Summaries of a batch → its index in HTML: who has what verdict, what is systematic, where to begin.

Nothing runs and nothing is fetched. Ten thousand filings stay under 5 MB, a short line each.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from os.path import commonpath
from pathlib import PurePath
from typing import Final
from urllib.parse import quote, unquote

import msgspec

from checker.contract.order import WORST_FIRST
from checker.contract.reading import ContractJson
from checker.contract.shape import AuditJson, RunJson, UnreadableJson
from checker.model.conclusion import Conclusion
from checker.model.rule import Severity
from checker.outputs.causes import causes, heat
from checker.outputs.contracts import demanded, suite, summary, verdict
from checker.outputs.html_environment import render
from checker.outputs.names import rule_name
from checker.outputs.places import where
from checker.outputs.regions import Region, Sort, regions
from checker.outputs.summaries import Summary, summary_of
from checker.outputs.words import Words

__all__ = ["ContractNote", "Summary", "render_index", "summary_of"]

TONES: Final = {
    Conclusion.CLEAN: "clean",
    Conclusion.REVISE: "revise",
    Conclusion.RETURN: "return",
    Conclusion.INCOMPLETE: "incomplete",
}
"""The style class of a verdict; its words and its mark say the same without colour."""
WORST_SHOWN: Final = 20
OPEN_UP_TO: Final = 200
"""So many filings are shown at once; of more, the counties are closed but for the first."""
MOST_NAMED: Final = 1500
"""Filings named under all causes together; each cause names at least …"""
FEWEST_NAMED: Final = 10
RULES_NAMED: Final = 3


_ASCII: Final = re.compile(r"[\x00-\x7f]+")


class ContractNote(msgspec.Struct, frozen=True):
    """What the contracts on the reading say of one column: in how many of the filings that have it it is broken.

    `examples` are paths of filings.
    """

    form: str
    column: str
    says: str
    filings: int
    of: int
    examples: tuple[str, ...] = ()


class Fact(msgspec.Struct, frozen=True):
    """A label with a text or a code."""

    label: str
    text: str
    code: str = ""


class Stack(msgspec.Struct, frozen=True):
    """How many of some filings have a verdict, and their share in percent; the verdict as a style class and a key."""

    tone: str
    verdict: str
    count: int
    share: str


class Group(msgspec.Struct, frozen=True):
    """A county or folder with its lines as HTML; `root` is the folder that all its files lie in."""

    anchor: str
    name: str
    count: int
    verdicts: tuple[Stack, ...]
    severities: tuple[int, int, int]
    open: bool
    root: str
    rows_html: str


def index_html(audit: AuditJson, summaries: Sequence[Summary], words: Words) -> str:
    """Return the index over filings: from their summaries, and from what an audit has beside its filings."""
    notes = [_note(each, words) for each in audit.contracts.broken] if audit.contracts else []
    told = summary(audit.contracts, words) if audit.contracts else ""
    return render_index(audit.run, summaries, audit.unreadable, words, notes, told)


def _note(contract: ContractJson, words: Words) -> ContractNote:
    """Return a contract on the reading that does not hold, as the index tells it."""
    filings, of = contract.filings
    paths = tuple(dict.fromkeys(example.path for example in contract.examples))
    says = f"{demanded(contract, words)} — {verdict(contract, words)}"
    return ContractNote(suite(contract.suite, words), "", says, filings, of, paths)


def render_index(
    run: RunJson,
    summaries: Iterable[Summary],
    unreadable: Sequence[UnreadableJson],
    words: Words,
    contracts: Sequence[ContractNote] = (),
    contracts_told: str = "",
) -> str:
    """Return the index: unreadable files first and loud, what is systematic, then the filings group by group."""
    filings = sorted(summaries, key=lambda each: each.rank)
    sort, groups = regions(filings)
    root = _root([*(each.path for each in filings), *(each.path for each in unreadable)])
    anchors = {group.name: f"g{number}" for number, group in enumerate(groups)}
    compared = any(each.new or each.remaining or each.fixed for each in filings)
    lines = Lines(words, compared)
    found = causes(groups)
    worst = [each for each in filings if each.errors][:WORST_SHOWN] if len(filings) > WORST_SHOWN else []
    return render(
        "index.html.j2",
        words,
        script="",
        run_facts=_facts(run, words),
        filings=filings,
        totals=_stacks(filings),
        sums=_sums(filings),
        compared=compared,
        unreadable=[(each, where(each.at, words) if each.at else "", _below(each.path, root)) for each in unreadable],
        root=root,
        by_region=sort is Sort.REGION,
        worst_html="".join(lines.row(each, root) for each in worst),
        worst=len(worst),
        causes=found,
        heat=heat(groups) if filings else None,
        warmth=_warmth,
        anchors=anchors,
        links_html=lines.links,
        named=max(FEWEST_NAMED, MOST_NAMED // max(len(found), 1)),
        rule_name=lambda each: rule_name(each, words),
        groups=_groups(groups, anchors, lines, root, len(filings) <= OPEN_UP_TO),
        contracts=contracts,
        contracts_told=contracts_told,
        Severity=Severity,
    )


class Lines:
    """Writes the lines of filings; `compared` when there is an earlier audit to compare with."""

    def __init__(self, words: Words, compared: bool) -> None:
        self._words = words
        self._compared = compared
        self._verdicts = {
            each: f"<tr class={TONES[each]}><td>{escape(words(f'verdict.{each}'))}<th" for each in Conclusion
        }
        self._kinds: dict[tuple[int, str, str], str] = {}

    def row(self, each: Summary, root: str, unit: bool = False) -> str:
        """Return the line of a filing, its file as seen from `root`; that of a `unit` is indented.

        End tags are left out where HTML lets one leave them out: they would be a seventh of the index.
        """
        counts = "".join(
            f"<td class={tone}>{count}" if count else "<td>0"
            for tone, count in zip(("e", "w", "o"), each.severities, strict=True)
        )
        changes = f"<td>{each.new}<td>{each.remaining}<td>{each.fixed}" if self._compared else ""
        return (
            f"{self._verdicts[Conclusion(each.verdict)]}{' class=u' if unit else ''}>{self.link(each)}"
            f"<td>{self._kind(each)}{counts}{changes}<td>{each.unassessed}"
            f"<td>{_percent(*each.outcomes)}<td>{_percent(*each.figures)}"
            f"<td>{self._rules(each)}<td>{escape(_below(each.path, root))}\n"
        )

    def link(self, each: Summary) -> str:
        """Return the filer as a link to its page, where there is one."""
        name = escape(each.filer or PurePath(each.path).name)
        return f'<a href="{escape(_shortened(each.link))}">{name}</a>' if each.link else name

    def links(self, filings: Sequence[Summary]) -> str:
        """Return the links to some filings, with commas between them."""
        return "，".join(map(self.link, filings))

    def _kind(self, each: Summary) -> str:
        key = each.year, each.stage, each.level
        if key not in self._kinds:
            said = f"{each.year or ''} {self._words(f'stage.{each.stage}')} {self._words(f'level.{each.level}')}"
            self._kinds[key] = escape(said.strip())
        return self._kinds[key]

    def _rules(self, each: Summary) -> str:
        counts: Counter[str] = Counter()
        for noted in each.noted:
            counts[noted.rule] += noted.count
        named = [f"{rule}×{count}" if count > 1 else rule for rule, count in counts.items()]
        rest = len(named) - RULES_NAMED
        more = " " + self._words("html.index.more-rules", count=rest) if rest > 0 else ""
        return escape(" ".join(named[:RULES_NAMED]) + more)


def _groups(
    groups: Sequence[Region], anchors: Mapping[str, str], lines: Lines, whole_root: str, everything: bool
) -> Iterator[Group]:
    for number, group in enumerate(groups):
        filings = group.filings
        root = _root([each.path for each in filings])
        rows = "".join(
            lines.row(each, root, unit=each.filer != department[0].filer)
            for department in group.departments
            for each in department
        )
        severities = tuple(sum(each.severities[rank] for each in filings) for rank in range(3))
        yield Group(
            anchor=anchors[group.name],
            name=group.name,
            count=len(filings),
            verdicts=_stacks(filings),
            severities=(severities[0], severities[1], severities[2]),
            open=everything or not number,
            root=_below(root, whole_root),
            rows_html=rows,
        )


def _stacks(filings: Sequence[Summary]) -> tuple[Stack, ...]:
    counts = Counter(each.verdict for each in filings)
    whole = len(filings) or 1
    return tuple(
        Stack(TONES[each], f"verdict.{each}", counts[each], f"{counts[each] * 100 / whole:.2f}") for each in WORST_FIRST
    )


def _sums(filings: Sequence[Summary]) -> dict[str, int]:
    names = ("errors", "warnings", "notices", "unassessed", "waived", "new", "remaining", "fixed")
    return {name: sum(getattr(each, name) for each in filings) for name in names}


def _warmth(count: int, size: int) -> int:
    """Return how dark a cell of the map is: 0 for none, 1 to 5 for up to a tenth, a quarter, a half, three quarters."""
    share = count * 100 / size if size else 0
    return 0 if not count else 1 + sum(share > bound for bound in (10, 25, 50, 75))


def _facts(run: RunJson, words: Words) -> list[Fact]:
    facts = [
        Fact(words("html.run.program"), f"gouji {run.version}"),
        Fact(words("html.run.rules"), "", run.rules),
        Fact(words("html.run.packs"), "、".join(run.packs)),
    ]
    return [*facts, Fact(words("html.run.started"), run.started)] if run.started else facts


def _percent(part: int, whole: int) -> str:
    """Return a share in per cent with one decimal, rounded down: 999 of 1000 must not read as the whole."""
    tenths = part * 1000 // whole if whole else 0
    return "100%" if tenths == 1000 else f"{tenths // 10}.{tenths % 10}%"


def _root(paths: Sequence[str]) -> str:
    """Return the folder that all files lie in, nothing when there is none but the working one."""
    try:
        return commonpath({str(PurePath(path).parent) for path in paths}) if paths else ""
    except ValueError:  # relative and absolute paths, or two drives
        return ""


def _below(path: str, root: str) -> str:
    """Return a path as seen from a folder that it lies in."""
    inside = root and path.startswith(root) and path[len(root) :].startswith(("/", "\\"))
    return path[len(root) + 1 :] if inside else path


def _shortened(link: str) -> str:
    """Write out the letters of other scripts in an address, as HTML allows: that takes a third of their bytes."""
    return _ASCII.sub(lambda found: quote(found[0]), unquote(link))
