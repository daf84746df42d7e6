"""What the words before a number make of it: an amount, a share, a change, a rate of completion."""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

import msgspec
from msgspec.structs import replace

from checker.model.claim import Measure
from checker.model.filing import Stage
from checker.recognition.words import fold

_UP: Final = "增加|增长|上升|提高|上涨|增幅|多|增"
_DOWN: Final = "减少|下降|降低|压减|压缩|缩减|下浮|降幅|少|减|降"
_THEN: Final = (
    r"(?:上年度?(?!结转|结余|财政拨款结转)|上一年度|去年|上年同期|(?:19|20)[0-9]{2}年度?)"
    r"(?:(?:的|年初|全年|调整|当年)*(?:(?:收支|收、支|收入支出|收入|支出)?总?[预决]算)?(?:执行)?(?:总数|总额|数|额|安排)?的?)"
)
_COMPARED = re.compile(rf"(?:与|比|较|同){_THEN}(?:相比|比较|对比|相较)?|同比|与上年相比|比上年")
_CHANGE = re.compile(
    rf"(?P<who>.*?)(?:(?P<both>(?:{_UP})[(/、]?(?:{_DOWN})[)]?|(?:{_DOWN})[(/、]?(?:{_UP})[)]?)"
    rf"|(?P<up>{_UP})|(?P<down>{_DOWN}))(?:了|额|额为|幅度|幅度为|率|为|约)*"
)
_SHARE = re.compile(r".*?(?:占比|占)(?P<of>.*?)(?:的)?(?:比例|比重)?(?:为|约|达|达到)?")
_COMPLETION = re.compile(r".*?(?:完成|执行率|完成率)(?P<of>.*?)(?:的)?(?:为)?")
_BUDGET = re.compile(r"(?P<who>.*?)(?P<of>(?:年初|全年|调整后?|当年|本年)?预算)(?:数|安排数?)?(?:为|是)?")
_SETTLED = re.compile(r"(?P<who>.*?)(?:(?:^|(?<=[年度]))(?:支出|收入))?决算数?(?:为|是)")
_PRIOR = re.compile(rf"(?P<who>.*?){_THEN}(?P<rest>.*)")
_OPENS = re.compile(
    r"(?:其中|包括|包含|以下方面|具体情况|情况|具体|支出主要用于|分别|分别为)(?:如下)?|如下|.*用于以下方面|.*主要包括|.*(?:收入|支出)包括|.*具体如下|按[^,]{1,8}分(?:类)?"
)
_BESIDE = re.compile(r"[^,]{0,8}(?:收入|支出)(?:主要)?包括")
_BRACKET = re.compile(r"\((?:其中|包括|含)")
_WHOLE = re.compile(r"(?P<of>.{2,})中")
_BEGINS: Final = ("其中", "主要包括", "包括")
_REASON = re.compile(r"原因|主要是|主要由于|主要系|由于|因为")
_THRESHOLD = re.compile(r"\s*(?:\([^)]{0,2}含[^)]{0,2}\)|（[^）]{0,2}含[^）]{0,2}）)?(?:以上|以下|以内)")
_COUNTED_AFTER = re.compile(r"项目(?:实行|实施|纳入|编报|开展|设置)[^,，。；]{0,4}绩效")
"""What is counted stands behind its number: 共5个项目实行绩效目标管理."""
_STOPS = re.compile(r"[,;:。!?\n]")


class Role(Enum):
    """What a number is to the claim it stands in."""

    AMOUNT = Measure.AMOUNT
    COUNT = Measure.COUNT
    SHARE = Measure.SHARE
    CHANGE = Measure.CHANGE
    RATE = Measure.RATE
    PRIOR = Measure.PRIOR
    BUDGET = Measure.BUDGET
    COMPLETION = Measure.COMPLETION
    NOTHING = "nothing"


class Lead(msgspec.Struct, frozen=True):
    """The words between two numbers, taken apart.

    `phrase` names what the number is of, `of` what a share or rate is said to be of. `direction` is +1 or -1, 0 where
    the words leave it open. `opens` says that a list of parts begins here, `whole` names what they are parts of;
    `ends` that a sentence ended before, `reason` that a reason was begun, `parted` that a semicolon stood before;
    `again` that an amount of this year is given, whatever was before; `beside` that a list is of the same whole as the
    one before (支出包括); `bracketed` that a list in brackets begins, `closes` that it has ended. `earlier` are the
    clauses before the last.
    """

    role: Role
    phrase: str = ""
    of: str = ""
    direction: int = 1
    opens: bool = False
    whole: str = ""
    ends: bool = False
    reason: bool = False
    parted: bool = False
    again: bool = False
    beside: bool = False
    bracketed: bool = False
    closes: bool = False
    earlier: tuple[str, ...] = ()


def read_lead(lead: str, dimension: str, after: str, stage: Stage, year: int) -> Lead:
    """Take the words before a number apart; `after` is what follows it, `dimension` what it measures."""
    folded = fold(lead)
    ends = "。" in folded
    sentence = folded.rpartition("。")[2]
    closes = folded.count(")") > folded.count("(")
    bracketed = _BRACKET.search(sentence) is not None
    pieces = [
        piece.lstrip("(") if bracketed else piece for piece in _STOPS.split(sentence.lstrip("、)" if closes else "、"))
    ]
    clause = pieces[-1]
    opens = any(_OPENS.fullmatch(piece) for piece in pieces[:-1]) or clause.startswith(_BEGINS)
    whole = next((match["of"] for piece in pieces[:-1] if (match := _WHOLE.fullmatch(piece))), "")
    reason = _REASON.search(sentence) is not None and not _REASON.fullmatch(clause)
    told = Lead(Role.NOTHING, opens=opens, whole=whole, ends=ends, parted=";" in sentence, reason=reason)
    beside = any(_BESIDE.fullmatch(piece) for piece in pieces[:-1])
    told = replace(told, earlier=tuple(pieces[:-1]), beside=beside, bracketed=bracketed, closes=closes)
    if _THRESHOLD.match(after) or clause.endswith(("单价", "单位价值", "单台价值", "价值")):
        return told
    if dimension == "money":
        return _of_money(told, clause, stage, year)
    if dimension == "count" and _COUNTED_AFTER.match(after):
        return replace(told, role=Role.COUNT, phrase="实行绩效目标管理的项目")
    return _of_other(told, clause, dimension)


def _of_money(lead: Lead, clause: str, stage: Stage, year: int) -> Lead:
    bare = _COMPARED.sub("", clause)
    if match := _CHANGE.fullmatch(bare):
        return replace(lead, role=Role.CHANGE, phrase=match["who"], direction=_sign(match))
    if stage is Stage.FINAL_ACCOUNTS:
        if match := _SETTLED.fullmatch(clause):
            return replace(lead, role=Role.AMOUNT, phrase=match["who"])
        if match := _BUDGET.fullmatch(clause):
            return replace(lead, role=Role.BUDGET, phrase=match["who"], of=match["of"])
    if clause and not bare:
        return replace(lead, role=Role.PRIOR)
    if str(year) not in bare and (match := _PRIOR.fullmatch(bare)):
        return replace(lead, role=Role.PRIOR, phrase=match["who"] + match["rest"])
    again = f"{year}年" in clause and any(word in clause for word in ("安排", "预算", "决算"))
    return replace(lead, role=Role.AMOUNT, phrase=bare, again=again)


def _of_other(lead: Lead, clause: str, dimension: str) -> Lead:
    """Read the words before a share, a count, or a number without a unit."""
    if match := _COMPLETION.fullmatch(clause):
        return replace(lead, role=Role.COMPLETION, of=match["of"]) if dimension == "share" else lead
    if match := _SHARE.fullmatch(clause):
        return replace(lead, role=Role.SHARE, of=match["of"]) if dimension == "share" else lead
    if match := _CHANGE.fullmatch(_COMPARED.sub("", clause)):
        return (
            replace(lead, role=Role.RATE, phrase=match["who"], direction=_sign(match)) if dimension == "share" else lead
        )
    return replace(lead, role=Role.COUNT, phrase=clause) if dimension == "count" else lead


def _sign(match: re.Match[str]) -> int:
    if match["both"]:
        return 0
    return 1 if match["up"] else -1
