"""Writes the third part: the twelve numbered passages, every figure in them taken from the same books."""

from collections.abc import Iterable, Sequence

from maker.books import BASIC, CARRIED, CURRENT, PROJECT, Books, itemised, natured, of_year, paid_by, under
from maker.classification import CLASSES, ECONOMIC_ITEMS, FISCAL, SOURCES, STAFF_CLASSES
from maker.grid import Paper, wan
from maker.story import Telling

FIRST_SECTIONS = (
    "预算收支数据变动情况及原因",
    "收入预算情况说明",
    "支出预算情况说明",
    "财政拨款收支预算总体情况说明",
    "一般公共预算支出情况说明",
    "一般公共预算基本支出情况说明",
    "“三公”经费增减变动原因说明",
    "机关运行经费增减变动原因说明",
    "政府采购情况",
    "绩效管理情况",
    "国有资产占有使用情况",
    "其他说明",
)
"""The headings that every filing of the layout carries, in order."""


def passages_before_targets(paper: Paper, books: Books) -> None:
    """Print passages 一 to 十, up to where the performance tables follow."""
    telling, body = books.story.telling[books.level], _body(books)
    who, year = books.filer, books.story.year
    heads = iter([f"一、{body}{FIRST_SECTIONS[0]}"] + [f"{o}、{s}" for o, s in _numbered(FIRST_SECTIONS[1:10], 1)])
    paper.say(next(heads))
    now, before = books.total(of_year(CURRENT)), books.total(of_year(CARRIED))
    paper.say(
        f"{year}年度{who}预算收入总计{money(now + before)}万元，"
        f"其中：本年收入{money(now)}万元，上年结转{money(before)}万元，"
        f"{change(telling.changes['收入总计'], now + before)}，主要原因是{telling.reasons['收入原因']}。"
    )
    paper.say(next(heads))
    shares = [f"{_source_name(s)}{_share(books.total(of_year(CURRENT), paid_by(s)), now + before)}" for s in SOURCES]
    paper.say(
        f"{year}年度{who}收入预算{money(now + before)}万元，"
        f"按来源分：{'；'.join(shares)}；上年结转{_share(before, now + before)}。"
    )
    paper.say("收入预算图", "")
    paper.say(next(heads))
    basic, project = books.total(natured(BASIC)), books.total(natured(PROJECT))
    sentence = f"{year}年度{who}支出预算{money(basic + project)}万元，其中：基本支出"
    _cut(paper, sentence, f"{_share(basic, now + before)}；项目支出{_share(project, now + before)}。", books.level)
    paper.say(next(heads), _fiscal(books), next(heads))
    _general(paper, books, telling)
    paper.say(next(heads))
    _basic(paper, books)
    paper.say(next(heads), _three_public(books, telling), next(heads), _running(books, telling), next(heads))
    bought = telling.procurement
    parts = "、".join(f"政府采购{kind}预算{money(amount)}万元" for kind, amount in bought.items())
    paper.say(f"{year}年{who}编制政府采购预算{money(sum(bought.values()))}万元，其中：{parts}。", next(heads))
    _performance(paper, books)


def passages_after_targets(paper: Paper, books: Books) -> None:
    """Print passages 十一 and 十二."""
    telling, body, who = books.story.telling[books.level], _body(books), books.filer
    cars = {kind: count for kind, count in telling.vehicles.items() if kind != "编制"}
    kinds = "，".join(f"{kind}{count}辆" for kind, count in cars.items())
    date = f"截至{books.story.year - 1}年12月31日，"
    paper.say("十一、国有资产占有使用情况", "1、车辆情况：")
    paper.say(f"{date}{who}核定公务用车编制{telling.vehicles['编制']}辆，实有{sum(cars.values())}辆，其中：{kinds}。")
    paper.say("2、房屋情况：", f"{date}{who}使用办公用房建筑面积共{telling.floor}平方米。")
    paper.say("3、其他国有资产占有使用情况：")
    more, most = telling.big_equipment
    paper.say(f"{date}{who}占有使用单价50万元以上的通用设备{more}台（套），单价100万元以上的通用设备{most}台（套）。")
    paper.say("十二、其他说明", "（一）政府购买服务指导性目录", f"本{body}没有编制政府购买服务指导性目录。")
    paper.say("（二）其他", "无。")


def money(amount: int) -> str:
    """Print 元 as 万元 the way prose does: thousands separated, 0 for nil."""
    if not amount:
        return "0"
    whole, decimals = wan(amount).split(".")
    return f"{int(whole):,}.{decimals}"


def rate(part: int, whole: int) -> str:
    """Print a percentage with two decimals, half up."""
    if not part:
        return "0%"
    basis_points = (abs(part) * 20_000 + whole) // (2 * whole)
    return f"{basis_points // 100}.{basis_points % 100:02d}%"


def change(amount: int, now: int) -> str:
    """Say how much more or less than last year; a zero base carries no percentage."""
    if not amount:
        return "与上年预算数相同"
    verb, trend = ("增加", "增长") if amount > 0 else ("减少", "下降")
    base = now - amount
    return f"比上年{verb}{money(abs(amount))}万元" + (f"，{trend}{rate(amount, base)}" if base else "（上年未安排）")


def _fiscal(books: Books) -> str:
    funds = [f"{fund}拨款{money(books.total(paid_by(fund)))}万元" for fund in FISCAL]
    classes = [(name, books.total(under(code), paid_by(*FISCAL))) for code, name in CLASSES]
    spent = "、".join(f"{name}{money(amount)}万元" for name, amount in classes if amount)
    now, before = (money(books.total(of_year(when), paid_by(*FISCAL))) for when in (CURRENT, CARRIED))
    return (
        f"{books.story.year}年度{books.filer}财政拨款收支总预算{money(books.total(paid_by(*FISCAL)))}万元。按预算分：{'，'.join(funds)}。"
        f"按年度分：当年拨款收入{now}万元，上年结转收入{before}万元。支出包括：{spent}。"
    )


def _general(paper: Paper, books: Books, telling: Telling) -> None:
    here = (of_year(CURRENT), paid_by(FISCAL[0]))
    whole = books.total(*here)
    start = f"{books.story.year}年度{books.filer}一般公共预算当年支出{money(whole)}万元，"
    classes = [(name, books.total(under(code), *here)) for code, name in CLASSES]
    shares = "；".join(f"{name}{_share(amount, whole)}" for name, amount in classes if amount)
    paper.say("（一）一般公共预算当年支出规模变化情况", f"{start}{change(telling.changes['一般公共预算'], whole)}。")
    paper.say("（二）一般公共预算当年支出结构情况", f"{start}用于以下方面：{shares}。")
    paper.say("一般公共预算当年拨款结构图", "")


def _basic(paper: Paper, books: Books) -> None:
    items = [(item, books.total(itemised(item.code))) for item in ECONOMIC_ITEMS]
    staff = [(item.name, amount) for item, amount in items if amount and item.code[:3] in STAFF_CLASSES]
    public = [(item.name, amount) for item, amount in items if amount and item.code[:3] not in STAFF_CLASSES]
    whole = sum(amount for _, amount in staff + public)
    paper.say(f"{books.story.year}年度{books.filer}一般公共预算安排基本支出{money(whole)}万元，其中：")
    for name, part, end in (("人员经费", staff, "；"), ("公用经费", public, "。")):
        listed = "、".join(item for item, _ in part)
        paper.say(f"{name}{money(sum(amount for _, amount in part))}万元，包括：{listed}{end}")


def _three_public(books: Books, telling: Telling) -> str:
    parts = {name: (books.three_public(name), moved) for name, moved in telling.three_public.items()}
    whole = sum(amount for amount, _ in parts.values())
    lines = "；".join(f"{name}{money(amount)}万元，{change(moved, amount)}" for name, (amount, moved) in parts.items())
    reason = telling.reasons["三公原因"]
    return (
        f"{books.story.year}年{books.filer}财政拨款安排的“三公”经费预算{money(whole)}万元，"
        f"{change(telling.changes['三公'], whole)}，原因是{reason}。其中：{lines}。"
    )


def _running(books: Books, telling: Telling) -> str:
    offices = [unit for unit in books.units if unit.is_office]
    if not offices:
        return "本单位是事业单位，不编制机关运行经费。"
    whole = sum(books.running(unit) for unit in offices)
    return (
        f"{books.story.year}年本部门{'、'.join(unit.name for unit in offices)}共{len(offices)}家行政、参公单位"
        f"机关运行经费财政拨款预算{money(whole)}万元，{change(telling.changes['机关运行'], whole)}，"
        f"原因是{telling.reasons['机关运行原因']}。"
    )


def _performance(paper: Paper, books: Books) -> None:
    body, who, year = _body(books), books.filer, books.story.year
    now, basic = books.total(of_year(CURRENT)), books.total(of_year(CURRENT), natured(BASIC))
    whole = now - basic
    paper.say("1、整体绩效目标")
    paper.say(
        f"{year}年{who}编报{body}整体支出绩效目标，涉及预算资金{money(now)}万元，其中：基本支出{money(basic)}万元，"
        f"项目支出{money(whole)}万元。"
    )
    count = len(books.projects)
    kinds = {"其他运转类": 0, "特定目标类": 0}
    counts = dict(kinds)
    for project in books.projects:
        kinds[project.kind] += project.amount
        counts[project.kind] += 1
    parts = "；".join(f"{kind}项目{counts[kind]}个，涉及金额{money(kinds[kind])}万元" for kind in kinds)
    paper.say("2、项目绩效目标")
    first = (
        f"{year}年{who}纳入绩效目标管理的二级项目{count}个，共计金额{money(whole)}万元。其中：{parts}。"
        f"公开项目绩效目标{count}个，涉及项目金"
    )
    _cut(paper, first, f"额{money(whole)}万元，占本年项目支出总额的{rate(whole, whole)}。", books.level)
    paper.say("（项目绩效目标表公开情况见附件）")


def _cut(paper: Paper, before: str, after: str, level: str) -> None:
    """In the department's filing a page ends inside the sentence."""
    if level == "department":
        paper.cut(before, after)
    else:
        paper.say(before + after)


def _share(amount: int, whole: int) -> str:
    return f"{money(amount)}万元，占{rate(amount, whole)}"


def _source_name(source: str) -> str:
    return f"{source}拨款收入" if source in FISCAL else f"{source}收入" if source.endswith("管理资金") else source


def _body(books: Books) -> str:
    return "部门" if books.level == "department" else "单位"


def _numbered(sections: Sequence[str], skip: int) -> Iterable[tuple[str, str]]:
    return zip("一二三四五六七八九十"[skip:], sections, strict=False)
