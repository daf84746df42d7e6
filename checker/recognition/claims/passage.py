"""One passage → its claims: who said how much of what, in the order of the text."""

from __future__ import annotations

import re

import msgspec

from checker.model.claim import COLUMNS, ITEM, KNOWN, OTHER, Measure
from checker.model.figure import UNITS, Figure, Unit
from checker.model.filing import Passage, Stage
from checker.model.place import Place
from checker.model.table import Cell, Row, Table
from checker.model.table import Role as RowRole
from checker.prose.quantities import Quantity, quantities_in
from checker.recognition.claims.claim import Claim
from checker.recognition.claims.clauses import Lead, Role, read_lead
from checker.recognition.claims.events import Event, Saying, events_in
from checker.recognition.claims.subjects import Subject, Subjects
from checker.recognition.healing import Block, healed
from checker.recognition.words import fold

_STYLES = (
    re.compile(r"\s*[一二三四五六七八九十]{1,3}、"),
    re.compile(r"\s*[(（][一二三四五六七八九十]{1,3}[)）]"),
    re.compile(r"\s*[0-9]{1,2}(?:[、．]|\.(?![0-9]))"),
    re.compile(r"\s*[(（][0-9]{1,2}[)）]"),
)
_HEAD = re.compile(r"[。，,：:；;]|[0-9](?=[0-9.,，]*\s*[万千百]?元)")
_BUDGETS = ("年初", "全年", "调整")
"""Words that tell the budgets apart of which a rate of completion can be."""
_ITEMISED = frozenset({"人员经费", "公用经费", "基本支出"})
"""Quantities whose items a passage lists by name."""
_LIST_FOLLOWS = re.compile(r"(?:其中|包括|方面|如下|用于|具体情况)[:：。]?\s*$")
_SIGN = Unit("", "count", 0, 0)


class PassageReader:
    """Reads the claims of one passage."""

    def __init__(self, passage: Passage, subjects: Subjects, stage: Stage, year: int) -> None:
        self.passage = passage
        self.subjects = subjects
        self.stage = stage
        self.year = year
        self.claims: list[Claim] = []
        self.context: tuple[str, ...] = ()
        self.lists: list[tuple[str, int]] = []
        self._begin()

    def _begin(self) -> None:
        self.current = self.head = self.whole = self.bracket = -1
        self.reason = self.apart = False

    def read(self) -> Table | None:
        """Return the claims as a table, None when there are none."""
        for number, block in enumerate(healed(self.passage.paragraphs)):
            self._paragraph(block, number)
        return self._table() if self.claims else None

    def _paragraph(self, block: Block, number: int) -> None:
        text = block.text
        style = _style(text)
        item = self._unfinished_item() if not style else -1
        self._begin()
        self.number = number
        self.current = self.head = item
        while style and self.lists and self.lists[-1][0] == style:
            self.lists.pop()
        marks: list[Quantity | Event] = [*quantities_in(text), *events_in(text)]
        marks.sort(key=lambda mark: (mark.start, mark.end))
        if not marks and not self._names_item(text):
            self._heading(text)
            return
        self._item_head(text, block)
        last = 0
        for mark in marks:
            if mark.start < last:
                continue
            place = block.place_of(mark.start, mark.end)
            if isinstance(mark, Quantity):
                dimension = "none" if not mark.unit else mark.dimension
                lead = read_lead(
                    text[last : mark.start], dimension, text[mark.end : mark.end + 12], self.stage, self.year
                )
                self._take(lead, Cell(text[mark.start : mark.end], place, mark.figure), place)
            else:
                self._hear(mark, text[last : mark.start], Cell(text[mark.start : mark.end], place), place)
            last = mark.end
        if _LIST_FOLLOWS.search(text):
            self.lists.append((style, self._listed(text[last:])))

    def _listed(self, rest: str) -> int:
        """Return the claim whose parts the paragraphs below list: the last one, or what its sentence was about.

        Where a sentence ended that was about several things, none of them is the whole.
        """
        if self.current < 0:
            return self.lists[-1][1] if self.lists else -1
        if "。" not in rest:
            return self.current
        tops = self._tops()
        return tops[-1] if len(tops) == 1 else -1

    def _top(self) -> int:
        """Return the last claim of this paragraph that is no part of another one in it, else the first."""
        tops = self._tops()
        return tops[-1] if tops else self.head

    def _tops(self) -> list[int]:
        here = [n for n in range(len(self.claims)) if self.claims[n].paragraph == self.number]
        return [n for n in here if self.claims[n].parent not in here]

    def _item_head(self, text: str, block: Block) -> None:
        """Begin a claim where the paragraph begins with the name of an item, its amounts to follow."""
        head = _HEAD.split(text, maxsplit=1)[0]
        if not any(mark in head for mark in ("类", "款", "项", "-")):
            return
        subject = self.subjects.resolve(head, self.passage.name)
        if subject is not None and subject.level == ITEM:
            self._open(subject, block.place_of(0, len(head)))

    def _unfinished_item(self) -> int:
        """Return the item that the paragraph before named and said nothing of: a page may end between the two."""
        claim = self.claims[self.current] if self.current >= 0 else None
        return self.current if claim is not None and claim.level == ITEM and not claim.cells else -1

    def _names_item(self, text: str) -> bool:
        """Say whether a paragraph without figures begins with the whole path of an item, its amounts to follow."""
        subject = self.subjects.resolve(_HEAD.split(text, maxsplit=1)[0], self.passage.name)
        return subject is not None and len(subject.names) == 3

    def _heading(self, text: str) -> None:
        """Take a line without figures for the heading of what follows, if it names an item."""
        subject = self.subjects.resolve(text, self.passage.name) if len(text) < 40 else None
        if subject is not None and subject.names:
            self.context = subject.names

    def _take(self, lead: Lead, cell: Cell, place: Place) -> None:
        """Put a number where its words say that it belongs."""
        self._turn(lead)
        subject = self.subjects.resolve(lead.phrase, self.passage.name) if lead.phrase else None
        back = lead.parted and subject is not None and subject.level == KNOWN and lead.role is Role.AMOUNT
        self.reason = (self.reason or lead.reason) and not back
        if self.reason:
            return
        match lead.role:
            case Role.NOTHING:
                return
            case Role.AMOUNT:
                self._amount(lead, subject, cell, place)
            case Role.COUNT:
                if subject is not None and (subject.level == KNOWN or self._counts_alike(cell)):
                    self._open(subject, place)
                    self._put(self.current, Measure.COUNT, cell)
            case Role.SHARE:
                self._put(self.current, Measure.SHARE, cell)
                if lead.of:
                    base = self.subjects.resolve(lead.of, self.passage.name)
                    self._put(self.current, Measure.BASE, Cell(base.key if base else lead.of, place))
            case Role.CHANGE | Role.RATE:
                self._change(lead, subject, cell)
            case Role.BUDGET | Role.PRIOR:
                self._before(lead, subject, cell, place)
            case Role.COMPLETION:
                self._completion(lead, cell, place)

    def _counts_alike(self, cell: Cell) -> bool:
        """Say whether a count is of the same things as the whole whose parts are being listed."""
        whole = self.claims[self.whole].cells.get(Measure.COUNT) if self.whole >= 0 else None
        return bool(whole and whole.figure and cell.figure and whole.figure.unit == cell.figure.unit)

    def _turn(self, lead: Lead) -> None:
        """Follow the words to where a sentence ends or a list of parts begins."""
        if lead.ends:
            self.reason = False
            self.whole = -1
        if lead.closes and self.bracket >= 0:
            self.current, self.whole, self.bracket = self.bracket, self.claims[self.bracket].parent, -1
        if lead.bracketed:
            self.bracket = self.current
        if lead.opens:
            above = self.claims[self.current].parent if lead.beside and not lead.ends and self.current >= 0 else -1
            self.whole = self._top() if lead.ends and self.head >= 0 else above if above >= 0 else self.current
            if self.whole < 0 and self.lists:
                self.whole = self.lists[-1][1]
        if lead.whole:
            subject = self.subjects.resolve(lead.whole, self.passage.name)
            self.whole = self._latest(subject) if subject is not None else self.whole

    def _amount(self, lead: Lead, subject: Subject | None, cell: Cell, place: Place) -> None:
        claim = self.claims[self.current] if self.current >= 0 else None
        if subject is None and (claim is None or (Measure.AMOUNT in claim.cells and not lead.again)):
            subject = self._spoken_before(lead)
        if subject is None:
            if claim is None:
                return
            if Measure.AMOUNT not in claim.cells:
                self._put(self.current, Measure.AMOUNT, cell)
            elif lead.again:
                self._put(self.current, Measure.AGAIN, cell)
            return
        if self._continues_item(subject):
            self._put(self.current, Measure.AMOUNT, cell)
            return
        here = self._latest(subject)
        if here >= 0 and self.claims[here].paragraph == self.number and Measure.AMOUNT not in self.claims[here].cells:
            self.current = here
        else:
            self._open(subject, place)
        self._put(self.current, Measure.AMOUNT, cell)

    def _continues_item(self, subject: Subject) -> bool:
        """Say whether the item that the paragraph begins with is named here again, with its amount."""
        claim = self.claims[self.current] if self.current >= 0 else None
        if claim is None or claim.paragraph != self.number or Measure.AMOUNT in claim.cells or not subject.names:
            return False
        return claim.names[-len(subject.names) :] == subject.names

    def _spoken_before(self, lead: Lead) -> Subject | None:
        """Return the quantity that an earlier clause names, where the last one says 涉及资金 only."""
        for phrase in reversed(lead.earlier):
            subject = self.subjects.resolve(phrase, self.passage.name) if phrase else None
            if subject is not None and subject.level == KNOWN:
                return subject
        return None

    def _open(self, subject: Subject, place: Place) -> None:
        """Begin a claim, a part of the whole that is open."""
        parent = self.whole
        if parent < 0 and self.head < 0 and self.lists:
            parent = self.lists[-1][1]
        names = subject.names
        if len(names) == 2 and self.context and names[0] != self.context[0]:
            names = (self.context[0], *names)
            subject = Subject("-".join(names), subject.level, names)
        self.claims.append(Claim(subject, place, self.number, parent))
        self.current = len(self.claims) - 1
        if self.head < 0:
            self.head = self.current

    def _change(self, lead: Lead, subject: Subject | None, cell: Cell) -> None:
        """Put a change where it belongs: to the subject it names, else to the claim that it follows.

        After a list of parts it may be the change of the whole or of the last part: the whole, if the part has no
        amount that fits; which of them is settled by the arithmetic.
        """
        measure = Measure.CHANGE if lead.role is Role.CHANGE else Measure.RATE
        target = self.current
        self.apart = self.apart and subject is None and measure is Measure.RATE
        if self.apart:  # the rate of a change of something else
            return
        if subject is not None:
            if subject.level == OTHER:
                self.apart = True
                return
            named = self._latest(subject)
            if named < 0:
                self._open(subject, cell.place)
                named = self.current
            target = self.current = named
        elif self._follows_parts(lead):
            target = self.current = self.claims[self.current].parent
        figure = cell.figure
        if figure is not None:
            sign = lead.direction or self._sign_of(target)
            cell = msgspec.structs.replace(cell, figure=msgspec.structs.replace(figure, minor=figure.minor * sign))
        self._put(target, measure, cell)

    def _sign_of(self, target: int) -> int:
        """Return the direction of a claim's change, for a rate whose own words leave it open: 下降（增长）."""
        change = self.claims[target].cells.get(Measure.CHANGE) if target >= 0 else None
        return -1 if change is not None and change.figure is not None and change.figure.minor < 0 else 1

    def _follows_parts(self, lead: Lead) -> bool:
        """Say whether a change stands behind a list of parts, introduced by 比上年, and so is the whole's."""
        claim = self.claims[self.current] if self.current >= 0 else None
        if claim is None or claim.parent < 0 or self.whole < 0 or lead.role is not Role.CHANGE:
            return False
        siblings = [one for one in self.claims if one.parent == claim.parent and one.paragraph == claim.paragraph]
        plain = all(not {Measure.CHANGE, Measure.RATE} & set(one.cells) for one in siblings)
        return plain and len(siblings) > 1 and not {Measure.CHANGE} & set(self.claims[claim.parent].cells)

    def _before(self, lead: Lead, subject: Subject | None, cell: Cell, place: Place) -> None:
        measure = Measure.BUDGET if lead.role is Role.BUDGET else Measure.PRIOR
        if subject is not None:
            if subject.level == OTHER:
                return
            named = self._latest(subject)
            if named < 0 or measure in self.claims[named].cells or self.claims[named].paragraph != self.number:
                self._open(subject, place)
            else:
                self.current = named
        self._put(self.current, measure, cell)
        if lead.of and measure is Measure.BUDGET and self.current >= 0:
            self._put(self.current, Measure.SCOPE, Cell(lead.of, place))
            self.claims[self.current].budgets.setdefault(lead.of, cell)

    def _completion(self, lead: Lead, cell: Cell, place: Place) -> None:
        """Put a rate of completion beside the budget that it names; one whose budget is not given is left out."""
        if self.current < 0:
            return
        claim = self.claims[self.current]
        named = next((word for word in _BUDGETS if word in lead.of), "")
        fitting = [scope for scope in claim.budgets if not named or named in scope]
        if not fitting and named and len(claim.budgets) == 1:
            fitting = [scope for scope in claim.budgets if not any(word in scope for word in _BUDGETS)]
        if claim.budgets and len(fitting) != 1:
            return
        if fitting:
            claim.cells[Measure.BUDGET] = claim.budgets[fitting[0]]
            claim.cells[Measure.SCOPE] = Cell(fitting[0], place)
        elif lead.of:
            self._put(self.current, Measure.SCOPE, Cell(lead.of, place))
        self._put(self.current, Measure.COMPLETION, cell)

    def _hear(self, event: Event, lead: str, cell: Cell, place: Place) -> None:
        folded = fold(lead)
        if "。" in folded:
            self.reason = False
            self.whole = -1
        match event.saying:
            case Saying.SAME:
                self._same(event, cell, place)
            case Saying.COMPARISON:
                figure = Figure(event.value, 0, _SIGN, cell.text)
                subject = self.subjects.resolve(event.phrase, self.passage.name) if event.phrase else None
                named = self._latest(subject) if subject is not None else -1
                self._put(
                    named if named >= 0 else self.current,
                    Measure.COMPARISON,
                    msgspec.structs.replace(cell, figure=figure),
                )
            case Saying.NOTHING:
                subject = self.subjects.resolve(event.phrase, self.passage.name)
                if subject is not None and subject.level == KNOWN and not self.reason:
                    self._open(subject, place)
                    self._put(self.current, Measure.AMOUNT, _zero(cell))
            case Saying.NAMES:
                if self.current >= 0 and self.claims[self.current].name in _ITEMISED:
                    self._put(self.current, Measure.NAMES, Cell(event.words, place))

    def _same(self, event: Event, cell: Cell, place: Place) -> None:
        if self.reason:
            return
        subject = self.subjects.resolve(event.phrase, self.passage.name) if event.phrase else None
        if subject is not None:
            if subject.level == OTHER:
                return
            named = self._latest(subject)
            if named < 0:
                self._open(subject, place)
                named = self.current
            self.current = named
        self._put(self.current, Measure.CHANGE, _zero(cell))

    def _latest(self, subject: Subject) -> int:
        """Return the last claim about a subject, -1 when there is none."""
        return next((n for n in range(len(self.claims) - 1, -1, -1) if self.claims[n].is_of(subject)), -1)

    def _put(self, index: int, measure: Measure, cell: Cell) -> None:
        if index >= 0:
            self.claims[index].cells.setdefault(measure, cell)

    def _table(self) -> Table:
        seen: dict[str, int] = {}
        rows: list[Row] = []
        for claim in self.claims:
            seen[claim.name] = seen.get(claim.name, 0) + 1
            key = claim.name if seen[claim.name] == 1 else f"{claim.name}#{seen[claim.name]}"
            cells = tuple(claim.cells.get(Measure(column)) for column in COLUMNS)
            rows.append(
                Row(
                    key,
                    claim.name,
                    RowRole.DETAIL,
                    claim.level,
                    cells,
                    claim.place,
                    names=claim.names,
                    parent=claim.parent,
                )
            )
        name = self.passage.name
        return Table(name, self.passage.heading, UNITS["万元"], COLUMNS, tuple(rows), self.passage.place)


def _style(text: str) -> str:
    """Return how a paragraph is numbered, nothing when it is not."""
    return next((str(number) for number, style in enumerate(_STYLES) if style.match(text)), "")


def _zero(cell: Cell) -> Cell:
    """Return a cell that says in words that there is nothing: an exact zero."""
    return msgspec.structs.replace(cell, figure=Figure(0, -2, UNITS["元"], cell.text))
