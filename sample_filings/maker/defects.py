"""The planted errors: one per filing, each of a kind that people really make, and what must be found because of it.

What must be found is worked out again from the changed filing's printed figures, never written down by hand.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from maker.function_tables import NO_DATA
from maker.grid import INCOME, Line
from maker.hand import Change, Hand, take
from maker.ledger import Finding, read_ledger
from maker.relations import T1, T2, T3, T4, T5, T8, T9, T12, T13, TOTAL, front_tables
from maker.relations_detail import T6, T7, T10, T11, back_tables

Act = Callable[[Hand], str]
"""Makes the change; answers one sentence in Chinese that says what was done."""

DAM: Final = "临溪县青石峪水库服务中心/大坝安全监测与设备检修"
VALLEY: Final = "临溪县水土保持工作站/柳树沟小流域综合治理尾款"


@dataclass(frozen=True, slots=True)
class Planted:
    """A filing with one error: its lines, what was done, and the findings."""

    slug: str
    level: str
    lines: Sequence[Line]
    sentence: str
    changes: Sequence[Change]
    findings: Sequence[Finding]


def carry_out(
    slug: str, level: str, act: Act, lines: Sequence[Line], find: Callable[[Sequence[Line]], list[Finding]]
) -> Planted:
    """Plant an error in a copy of the lines; `find` works out what the figures then contradict."""
    hand = take(lines)
    sentence = act(hand)
    where = "、".join(f"第{change.line}行第{change.column}栏" for change in hand.changes)
    told = f"{sentence}（{where}）。" if where else f"{sentence}。"
    return Planted(slug, level, hand.lines, told, hand.changes, [*find(hand.lines), *hand.told])


def findings_of(lines: Sequence[Line]) -> list[Finding]:
    """Work out what the printed figures contradict."""
    ledger = read_ledger(lines)
    return [*front_tables(ledger), *back_tables(ledger)]


def rewrite(form: str, row: str, column: str, kind: str, new: Callable[[str], str]) -> Act:
    """Make an act that prints `new(old)` in one cell; `kind` says what went wrong."""

    def act(hand: Hand) -> str:
        old = hand.read(form, row, column)
        text = new(old)
        hand.write(form, row, column, text)
        inside = "，".join(part for part in (row, column) if part)
        return f"{form}［{inside}］{kind}，由{old}印成{text}"

    return act


def plus_yuan(amount: int) -> Callable[[str], str]:
    """Make a change that adds whole 元 to an amount with separators."""
    return lambda text: f"{int(text.replace(',', '')) + amount:,}"


def leave_out(form: str) -> Act:
    """Make an act that leaves out a table, its title too."""
    return lambda hand: f"{form}整张漏印，标题和表身原自第{hand.drop_table(form)}行起"


def plus(amount: str) -> Callable[[str], str]:
    """Make a change that adds to an amount with decimals."""
    return lambda text: str(Decimal(text) + Decimal(amount))


def swap(first: int) -> Callable[[str], str]:
    """Exchange the digit at `first` with the next one."""
    return lambda text: text[:first] + text[first + 1] + text[first] + text[first + 2 :]


def without(position: int) -> Callable[[str], str]:
    """Make a change that leaves out the character at `position`."""
    return lambda text: text[:position] + text[position + 1 :]


def same(text: str) -> Callable[[str], str]:
    """Make a change to `text`, whatever was printed."""
    return lambda _: text


def _total_in_child(hand: Hand) -> str:
    source = "一般公共预算"
    hand.write(T2, "2130314", source, hand.read(T2, "21303", source))
    return f"{T2}2130314一行的{source}栏误抄了上级科目21303的合计"


def _dropped_row(hand: Hand) -> str:
    return f"{T2}漏印2080502一行，原在第{hand.drop_row(T2, '2080502')}行"


def _wrong_fund(hand: Hand) -> str:
    from_row, to_row = "上年结转·政府性基金预算", "上年结转·国有资本经营预算"
    amount = hand.read(T4, from_row, INCOME)
    hand.write(T4, from_row, INCOME, "")
    hand.write(T4, to_row, INCOME, amount)
    return f"{T4}政府性基金预算的上年结转{amount}印在了国有资本经营预算一行"


def _swapped_columns(hand: Hand) -> str:
    row, wrong, right = "差旅费/商品和服务支出", "人员经费", "公用经费"
    amount = hand.read(T6, row, right)
    hand.write(T6, row, wrong, amount)
    hand.write(T6, row, right, "")
    return f"{T6}差旅费的{amount}由{right}栏错印到{wrong}栏"


def _forbidden_pair(hand: Hand) -> str:
    hand.rename(T6, "差旅费/办公经费", 1, "社会保障缴费", "差旅费/社会保障缴费")
    return f"{T6}差旅费对应的政府预算支出经济科目由办公经费误作社会保障缴费"


def _duplicate_pair(hand: Hand) -> str:
    hand.rename(T6, "水费/商品和服务支出", 1, "办公经费", "水费/办公经费")
    return f"{T6}水费的第二行政府预算支出经济科目误作办公经费，与上一行重复"


def _note_over_figures(hand: Hand) -> str:
    return f"{T7}有数据，表下却在第{hand.add_note(T7, NO_DATA)}行注明本表无数据"


def _note_missing(hand: Hand) -> str:
    return f"{T9}没有数据，删去了原在第{hand.drop_note(T9)}行的本表无数据"


def _mistyped_code(hand: Hand) -> str:
    hand.rename(T2, "2130315", 0, "2130351", "2130351")
    return f"{T2}科目编码2130315误作2130351"


def _unlisted_code(hand: Hand) -> str:
    hand.rename(T5, "2130311", 0, "2130331", "2130331")
    return f"{T5}科目编码2130311误作2130331，支出总表没有这个科目"


DEFECTS: Final[dict[str, tuple[str, Act]]] = {
    "agency-running-unit": ("department", rewrite(T11, "临溪县水政监察大队", TOTAL, "少印1万元", plus("-1.00"))),
    "amount-in-yuan": ("department", rewrite(T8, "2136601", "项目支出", "误用元为单位", same("460000.00"))),
    "basic-total": ("unit", rewrite(T6, TOTAL, TOTAL, "末两位颠倒", swap(4))),
    "capital-detail": ("department", rewrite(T9, "2230105", "项目支出", "两位数字颠倒", same("6.84"))),
    "carried-fund-misplaced": ("department", _wrong_fund),
    "carried-over-differs": ("unit", rewrite(T1, "上年结转", INCOME, "首两位颠倒", swap(0))),
    "carried-projects-total": ("department", rewrite(T13, TOTAL, TOTAL, "两位颠倒", swap(1))),
    "code-mistyped": ("unit", _mistyped_code),
    "code-not-in-spending": ("department", _unlisted_code),
    "decimal-point": ("department", rewrite(T1, "住房保障支出", "当年预算安排", "小数点错位", same("913.30"))),
    "dropped-row": ("department", _dropped_row),
    "fiscal-class-digit": ("unit", rewrite(T4, "农林水支出", "一般公共预算", "错一位数字", plus("-10.00"))),
    "income-total": ("department", rewrite(T1, "本年收入合计", INCOME, "多印10万元", plus("10.00"))),
    "last-digit": ("department", rewrite(T7, TOTAL, "金额", "与另一处同一数字差末位", plus("0.01"))),
    "note-missing": ("unit", _note_missing),
    "note-over-figures": ("department", _note_over_figures),
    "pair-duplicate": ("department", _duplicate_pair),
    "pair-not-allowed": ("department", _forbidden_pair),
    "project-digit-missing": ("department", rewrite(T12, DAM, "一般公共预算", "漏一位数字", without(1))),
    "project-sign": ("department", rewrite(T13, VALLEY, "一般公共预算", "多印了负号", lambda text: f"-{text}")),
    "subtotal-off-by-one": ("department", rewrite(T5, "20805", TOTAL, "多1万元", plus("1.00"))),
    "swapped-columns": ("unit", _swapped_columns),
    "table-left-out": ("department", leave_out(T11)),
    "target-sources": (
        "department",
        rewrite("项目绩效目标表〈大坝安全监测与设备检修〉", "年度", "省级财政资金", "漏一个零", same("40,000")),
    ),
    "total-in-child": ("department", _total_in_child),
    "transposed-digits": ("unit", rewrite(T3, "2130314", "基本支出", "两位数字颠倒", swap(1))),
    "vehicle-purchase": ("department", rewrite(T10, "公务用车购置费", TOTAL, "多0.60万元", plus("0.60"))),
}
"""Folder name to the filing that carries the error, and the act that plants it."""
