"""`values` of codes: what a rule may ask of the codes and names of subjects."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from checker.forms.subjects import Subjects
from checker.forms.vocabulary import Form, Hierarchy, Vocabulary


class CodeList(StrEnum):
    """The list that the codes of a table are from."""

    FUNCTION = "function"
    ECONOMIC = "economic"


class CodeCheck(StrEnum):
    """What is asked of them."""

    FORMAT = "format"
    PARENT = "parent"
    NAME = "name"
    RENAMED = "renamed"
    SPELLING = "spelling"
    PLACE = "place"
    REPEATED = "repeated"
    ONE_NAME = "one_name"
    ONE_CODE = "one_code"
    AMOUNT = "amount"
    FUND = "fund"
    NOT_FUND = "not_fund"
    SIDE = "side"
    DEPTH = "depth"
    PAIRED = "paired"


SAYS = {
    CodeCheck.FORMAT: "科目编码的位数合乎级次",
    CodeCheck.PARENT: "每个科目列在其上级科目之下",
    CodeCheck.NAME: "科目编码与科目名称一致",
    CodeCheck.RENAMED: "科目名称是当年的名称",
    CodeCheck.SPELLING: "科目名称的写法与分类科目相同",
    CodeCheck.PLACE: "末两位为99的科目是“其他”，通用的项级科目用其固定的末两位",
    CodeCheck.REPEATED: "同一科目只列一次",
    CodeCheck.ONE_NAME: "同一编码在各表中名称相同",
    CodeCheck.ONE_CODE: "同级科目名称不重复",
    CodeCheck.AMOUNT: "下级科目有数字的，上级科目不空",
    CodeCheck.FUND: "没有政府性基金、国有资本经营预算的科目",
    CodeCheck.NOT_FUND: "没有一般公共预算的科目",
    CodeCheck.DEPTH: "有数字的科目列到最细一级（功能分类到项，经济分类到款）",
    CodeCheck.PAIRED: "每款都有对应的政府预算经济科目",
    CodeCheck.SIDE: "一个单位的政府预算经济科目或都属机关，或都属事业单位",
}
"""What each check says, for the index of rules."""

FIRST_DIGITS = {CodeList.FUNCTION: "2", CodeList.ECONOMIC: "3"}
"""What the codes of each list begin with."""

GOVERNMENT = "5"
"""What the codes of government economic subjects begin with, printed beside economic ones by their names only."""


class Codes(msgspec.Struct, frozen=True, tag=True):
    """The codes and names of subjects are what the official lists and the filing itself make them.

    The lists are open: a code that they do not have is not verified, never a finding. `forms` are the tables that are
    looked at, those of `table`; `subjects`, `places` and `funds` are what the check needs of the lists.
    """

    codes: CodeList
    check: CodeCheck
    table: str
    forms: tuple[str, ...]
    subjects: Subjects = {}
    places: dict[str, tuple[str, ...]] = {}
    funds: dict[str, str] = {}


def codes_of(codes: CodeList, check: CodeCheck, table: str, vocabulary: Vocabulary, every: bool) -> Codes:
    """Return the slots of a rule about codes in one table or every, with as much of the official lists as it needs."""
    official = vocabulary.classification
    forms = tuple(name for name, form in vocabulary.forms.items() if (every or table == name) and _has(form, codes))
    named = check in {CodeCheck.NAME, CodeCheck.RENAMED, CodeCheck.SPELLING, CodeCheck.SIDE, CodeCheck.NOT_FUND}
    named = named or (check is CodeCheck.PARENT and codes is not CodeList.FUNCTION)
    digit = GOVERNMENT if check is CodeCheck.SIDE else FIRST_DIGITS[codes]
    subjects = {code: names for code, names in official.subjects.items() if named and code.startswith(digit)}
    places = official.places if check is CodeCheck.PLACE and codes is CodeList.FUNCTION else {}
    funds = official.funds if check in {CodeCheck.FUND, CodeCheck.NOT_FUND} else {}
    return Codes(codes, check, table, forms, subjects, places, funds)


def _has(form: Form, codes: CodeList) -> bool:
    """Say whether a form has rows with subjects of a list."""
    if codes is CodeList.FUNCTION:
        return any(lane.hierarchy is Hierarchy.CODE or lane.classes for lane in form.lanes)
    return any(lane.hierarchy is Hierarchy.ECONOMIC for lane in form.lanes)
