"""Waivers: findings that somebody answers for, with a reason and until a day, for the figures as they were then."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Final

import msgspec

from checker.contract.finding import FindingJson, WaivedJson
from checker.contract.shape import FilingJson
from checker.contract.waiver import WaiverJson, WaiverState
from checker.gate.reach import reachable
from checker.gate.reasons import is_nobody, says_nothing
from checker.model.conclusion import conclude
from checker.model.rule import Severity
from checker.yaml_source import Complaint, SourceError, YamlSource

FILE: Final = "gouji-waivers.yaml"
"""The name of the waivers where no other is given."""
LONGEST: Final = 366
"""Days that a waiver may hold where no other limit is set."""
EVERYWHERE: Final = ("all", "全部")
"""What `places` says when every place that the waiver has findings for is meant."""


class Waiver(msgspec.Struct, frozen=True):
    """A waiver as it is written: `findings` are the ids it was given for, each with the hash of its figures then."""

    rule: str
    filer: str
    year: int
    places: tuple[str, ...] | str
    reason: str
    approver: str
    approved_on: str
    expires: str
    findings: dict[str, str]

    def covers(self, finding: FindingJson) -> bool:
        """Say whether a finding is one of those that it was given for, its figures left aside."""
        return finding.id in self.findings and finding.rule == self.rule and self.is_about(finding.ref)

    def is_about(self, ref: str) -> bool:
        """Say whether a place is meant."""
        return self.places in EVERYWHERE if isinstance(self.places, str) else ref in self.places

    def is_over(self, today: str) -> bool:
        """Say whether its last day has passed; ISO days compare as texts."""
        return self.expires < today


class Waivers:
    """The waivers of a file, and what has become of each so far; `today` is the day of the audit, as ISO writes it."""

    def __init__(self, waivers: tuple[Waiver, ...], today: str) -> None:
        self.waivers = waivers
        self.today = today
        self._fates = tuple(_Fate() for _ in waivers)

    def apply(self, filing: FilingJson) -> FilingJson:
        """Return a filing with what is waived in it, and the verdict over what still stands."""
        about = [
            number
            for number, waiver in enumerate(self.waivers)
            if (waiver.filer, waiver.year) == (filing.filer, filing.year)
        ]
        here = [(self.waivers[number], _Fate()) for number in about]
        concerned = [self._fates[number] for number in about]
        findings = tuple(
            msgspec.structs.replace(finding, waived=self._waived(finding, here)) for finding in filing.findings
        )
        for (waiver, fate), run in zip(here, concerned, strict=True):
            fate.close(waiver, filing)
            run.add(fate)
        told = tuple(_told(waiver, fate, self.today) for waiver, fate in here)
        return concluded(msgspec.structs.replace(filing, findings=findings, waivers=told))

    def finish(self) -> tuple[WaiverJson, ...]:
        """Return every waiver of the filings that were audited, with what became of it."""
        pairs = zip(self.waivers, self._fates, strict=True)
        return tuple(_told(waiver, fate, self.today) for waiver, fate in pairs if fate.seen)

    def states(self) -> tuple[str, ...]:
        """Return the state of every waiver, in their order; nothing where no filing of its filer and year was met."""
        pairs = zip(self.waivers, self._fates, strict=True)
        return tuple(str(_told(waiver, fate, self.today).state) if fate.seen else "" for waiver, fate in pairs)

    def _waived(self, finding: FindingJson, concerned: Collection[tuple[Waiver, _Fate]]) -> WaivedJson | None:
        """Return what waives a finding: the first waiver in force that was given for these figures."""
        found = None
        for waiver, fate in concerned:
            if waiver.covers(finding):
                same = waiver.findings[finding.id] == finding.values
                (fate.used if same else fate.lapsed)[finding.id] = None
                if same and found is None and not waiver.is_over(self.today):
                    found = WaivedJson(waiver.reason, waiver.approver, waiver.approved_on, waiver.expires)
        return found


class _Fate:
    """What became of the findings of one waiver, by their ids; `open` when they could not all be looked for."""

    def __init__(self) -> None:
        self.seen = False
        self.used: dict[str, None] = {}
        self.lapsed: dict[str, None] = {}
        self.open = False

    def add(self, other: _Fate) -> None:
        """Take in what became of them in one filing."""
        self.seen = True
        self.used |= other.used
        self.lapsed |= other.lapsed
        self.open |= other.open

    def close(self, waiver: Waiver, filing: FilingJson) -> None:
        """Note whether everything that was waived could be looked for in a filing."""
        places = () if isinstance(waiver.places, str) else waiver.places
        self.open |= not reachable(waiver.rule, places, filing)


def concluded(filing: FilingJson) -> FilingJson:
    """Return a filing with the verdict over the findings that are not waived."""
    counts = filing.severities
    verdict = conclude(counts[Severity.ERROR], counts[Severity.WARNING], filing.complete)
    return msgspec.structs.replace(filing, verdict=verdict)


def read_waivers(path: Path, today: str, longest: int = LONGEST) -> tuple[Waiver, ...]:
    """Return the waivers in a file; `longest` is how many days one may hold.

    Raises:
        OSError: when it cannot be opened.
        SourceError: with every complaint, when it does not say what it must.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise SourceError([Complaint(str(path), 1, 1, "不是 UTF-8 文本")]) from None
    if all(not line.strip() or line.lstrip().startswith("#") for line in text.splitlines()):
        return ()
    source = YamlSource(path, text)
    waivers = source.decode(tuple[Waiver, ...])
    complaints = [
        source.complain(f"{number}.{key}", message)
        for number, waiver in enumerate(waivers)
        for key, message in faults(waiver, today, longest)
    ]
    if complaints:
        raise SourceError(complaints)
    return waivers


def faults(waiver: Waiver, today: str, longest: int = LONGEST) -> list[tuple[str, str]]:
    """Return what is wrong with a waiver, by key; that it has expired is nothing wrong."""
    found: list[tuple[str, str]] = []
    if isinstance(waiver.places, str) and waiver.places not in EVERYWHERE:
        found.append(("places", "应为位置的列表，或者 all"))
    if not waiver.places:
        found.append(("places", "没有写位置"))
    if says_nothing(waiver.reason):
        found.append(("reason", f"“{waiver.reason}”没有说明理由：请写明为什么数字不一致而可以不改"))
    if is_nobody(waiver.approver):
        found.append(("approver", f"“{waiver.approver}”不是批准人：请写姓名或者岗位"))
    if not waiver.findings:
        found.append(("findings", "没有写问题编号：请用 gouji waivers add 写入，豁免只对当时的数字有效"))
    return found + _wrong_days(waiver, today, longest)


def _wrong_days(waiver: Waiver, today: str, longest: int) -> list[tuple[str, str]]:
    days = {key: _day(getattr(waiver, key)) for key in ("approved_on", "expires")}
    found = [(key, f"“{getattr(waiver, key)}”不是日期，应写作 2026-12-31") for key, day in days.items() if day is None]
    approved, expires = days["approved_on"], days["expires"]
    if approved and waiver.approved_on > today:
        found.append(("approved_on", f"批准日期 {waiver.approved_on} 还没有到（今天是 {today}）"))
    if approved and expires:
        if expires < approved:
            found.append(("expires", f"到期日 {waiver.expires} 早于批准日期 {waiver.approved_on}"))
        elif (expires - approved).days > longest:
            found.append(("expires", f"有效期 {(expires - approved).days} 天，最长 {longest} 天"))
    return found


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if text == day.isoformat() else None


def _told(waiver: Waiver, fate: _Fate, today: str) -> WaiverJson:
    gone = () if fate.open else tuple(id for id in waiver.findings if id not in fate.used and id not in fate.lapsed)
    over = waiver.is_over(today)
    lapsed = tuple(fate.lapsed)
    state = WaiverState.USED
    if over:
        state = WaiverState.EXPIRED
    elif lapsed:
        state = WaiverState.LAPSED
    elif gone and not fate.used:
        state = WaiverState.STALE
    places = (waiver.places,) if isinstance(waiver.places, str) else waiver.places
    return WaiverJson(
        state,
        waiver.rule,
        waiver.filer,
        waiver.year,
        places,
        waiver.reason,
        waiver.approver,
        waiver.approved_on,
        waiver.expires,
        () if over else tuple(fate.used),
        lapsed,
        gone,
    )
