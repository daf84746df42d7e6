"""Where things stand on the page: anchors of findings, and what in tables and sentences leads to them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from checker.contract.finding import FindingJson
from checker.contract.place import At
from checker.contract.printed import IndicatorJson
from checker.contract.shape import FilingJson
from checker.outputs.html_tables import Address, cell_id


class Places:
    """The anchors of one filing's page: a finding's own, the place it is about, and the way back from there."""

    def __init__(self, filing: FilingJson) -> None:
        names = anchors(filing.findings)
        self._anchors = {id(finding): name for finding, name in zip(filing.findings, names, strict=True)}
        self._forms = {table.label: table.form for table in filing.tables}
        self._numbers = {table.label: number for number, table in reversed(list(enumerate(filing.tables)))}
        self._tables = filing.tables
        self.cells: dict[Address, str] = {}
        """The anchor of the first finding about each cell."""
        self.named = {operand.address for finding in filing.findings for operand in finding.operands}
        """The cells that findings name; each has an anchor, even where nothing is printed."""
        self.spots: dict[At, list[tuple[tuple[int, ...], str]]] = {}
        """The findings about each paragraph or cell of words: the characters meant, and the anchor."""
        self._indicators = {
            text.at: f"i-{number}-{position}"
            for number, table in enumerate(filing.tables)
            for position, indicator in enumerate(table.indicators)
            for text in (indicator.value, indicator.name)
            if text is not None
        }
        standing_first = sorted(filing.findings, key=lambda finding: finding.waived is not None)
        for finding in standing_first:
            self._lead_back(finding)

    def anchor(self, finding: FindingJson) -> str:
        """Return the permanent anchor of a finding."""
        return self._anchors[id(finding)]

    def form(self, finding: FindingJson) -> str:
        """Return the form of the table that a finding is about; nothing when it is about the prose or the whole."""
        if finding.address:
            return self._tables[finding.address[0]].form
        return self._forms.get(finding.ref.partition("[")[0], "")

    def source(self, finding: FindingJson) -> str:
        """Return the anchor of the cell, indicator or table that a finding is about, as far as the page shows it."""
        if len(finding.address) == 3:
            return cell_id(finding.address)
        if finding.at in self._indicators:
            return self._indicators[finding.at]
        number = finding.address[0] if finding.address else self._numbers.get(finding.ref.partition("[")[0], -1)
        return f"t-{number}" if number >= 0 else ""

    def about(self, indicator: IndicatorJson) -> str:
        """Return the anchor of the first finding about an indicator; nothing when there is none."""
        texts = (text for text in (indicator.name, indicator.value) if text is not None)
        return next((self.spots[text.at][0][1] for text in texts if text.at in self.spots), "")

    def _lead_back(self, finding: FindingJson) -> None:
        anchor = self.anchor(finding)
        if len(finding.address) == 3:
            self.cells.setdefault(finding.address, anchor)
        places = {finding.at, *(operand.at for operand in finding.operands if not operand.address)}
        for at in sorted(places, key=lambda at: at.span):
            self.spots.setdefault(paragraph_of(at), []).append((at.span, anchor))


def paragraph_of(at: At) -> At:
    """Return the place of the paragraph that characters stand in."""
    return msgspec.structs.replace(at, span=()) if at.span else at


def anchors(findings: Sequence[FindingJson]) -> list[str]:
    """Return the permanent anchor of each finding: its fingerprint, told apart should two ever share one."""
    seen: dict[str, int] = {}
    names: list[str] = []
    for finding in findings:
        seen[finding.id] = seen.get(finding.id, 0) + 1
        names.append(f"f-{finding.id}" if seen[finding.id] == 1 else f"f-{finding.id}-{seen[finding.id]}")
    return names
