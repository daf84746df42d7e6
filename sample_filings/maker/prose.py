"""Writes the third part: the twelve numbered passages, every figure in them taken from the same books."""

from collections.abc import Iterable, Mapping, Sequence

from maker.books import BASIC, CARRIED, CURRENT, PROJECT, Books, itemised, natured, of_year, paid_by, under
from maker.classification import CLASSES, ECONOMIC_ITEMS, FISCAL, SOURCES, STAFF_CLASSES
from maker.grid import Paper
from maker.last_year import last_year
from maker.said import COUNT, NAMES, change, of, percent, said, share
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

MOVES, INCOMES, SPENDING, FISCAL_MONEY = "收支变动", "收入说明", "支出说明", "财政拨款说明"
GENERAL, ITEMS, THREE_PUBLIC, RUNNING = "一般公共预算支出说明", "基本支出说明", "三公经费说明", "机关运行经费说明"
PURCHASES, TARGETS, PROPERTY = "政府采购", "绩效管理", "国有资产"
"""The passages by their canonical names."""

PROJECT_KINDS = ("其他运转类", "特定目标类")
PUBLIC_ROWS = {"公务用车运行维护费": "公务用车运行费"}
"""三公 items whose claim goes by another name than their row of the table."""


_CAPITAL = {"国有资本经营预算支出": "国有资本经营支出"}
"""The one class that goes by the name of a quantity."""


def passages_before_targets(paper: Paper, books: Books) -> None:
    """Print passages 一 to 十, up to where the performance tables follow."""
    telling, body = books.story.telling[books.level], body_of(books)
    heads = iter([f"一、{body}{FIRST_SECTIONS[0]}"] + [f"{o}、{s}" for o, s in _numbered(FIRST_SECTIONS[1:10], 1)])
    paper.say(next(heads))
    _moves(paper, books, telling)
    paper.say(next(heads))
    _incomes(paper, books)
    paper.say(next(heads))
    _spending(paper, books)
    paper.say(next(heads))
    _fiscal(paper, books)
    paper.say(next(heads))
    _general(paper, books)
    paper.say(next(heads))
    basic_items(paper, books)
    paper.say(next(heads))
    _three_public(paper, books, telling)
    paper.say(next(heads))
    _running(paper, books, telling)
    paper.say(next(heads))
    paper.tell(PURCHASES, f"{books.story.year}年{books.filer}编制{purchases(telling.procurement)}")
    paper.say(next(heads))
    _performance(paper, books)


def passages_after_targets(paper: Paper, books: Books) -> None:
    """Print passages 十一 and 十二."""
    telling, body, who = books.story.telling[books.level], body_of(books), books.filer
    date = f"截至{books.story.year - 1}年12月31日，"
    paper.say("十一、国有资产占有使用情况", "1、车辆情况：")
    allowed = said("车辆编制", COUNT, f"{telling.vehicles['编制']}")
    paper.tell(PROPERTY, f"{date}{who}核定公务用车编制{allowed}辆，{vehicles(telling.vehicles, '实有')}。")
    paper.say("2、房屋情况：", f"{date}{who}使用办公用房建筑面积共{telling.floor}平方米。")
    paper.say("3、其他国有资产占有使用情况：")
    more, most = telling.big_equipment
    paper.say(f"{date}{who}占有使用单价50万元以上的通用设备{more}台（套），单价100万元以上的通用设备{most}台（套）。")
    paper.say("十二、其他说明", "（一）政府购买服务指导性目录", f"本{body}没有编制政府购买服务指导性目录。")
    paper.say("（二）其他", "无。")


def purchases(bought: Mapping[str, int], word: str = "预算") -> str:
    """Say what is bought in all and of each kind."""
    parts = "、".join(f"政府采购{kind}{word}{of(f'政府采购{kind}', amount)}" for kind, amount in bought.items())
    return f"政府采购{word}{of('政府采购', sum(bought.values()))}，其中：{parts}。"


def vehicles(kept: Mapping[str, int], lead: str) -> str:
    """Say how many vehicles there are in all and of each kind."""
    cars = {kind: count for kind, count in kept.items() if kind != "编制"}
    kinds = "、".join(f"{kind}{said(kind, COUNT, str(count))}辆" for kind, count in cars.items())
    return f"{lead}{said('车辆', COUNT, str(sum(cars.values())))}辆，其中：{kinds}"


def body_of(books: Books) -> str:
    """Say what a filer of this level calls itself."""
    return "部门" if books.level == "department" else "单位"


def named_items(books: Books) -> list[tuple[str, str, int]]:
    """List 人员经费 and 公用经费 with the names of their items and their sum."""
    items = [(item, books.total(itemised(item.code))) for item in ECONOMIC_ITEMS]
    listed = []
    for name, is_staff in (("人员经费", True), ("公用经费", False)):
        part = [(item, amount) for item, amount in items if amount and (item.code[:3] in STAFF_CLASSES) is is_staff]
        listed.append((name, "、".join(item.name for item, _ in part), sum(amount for _, amount in part)))
    return listed


def _moves(paper: Paper, books: Books, telling: Telling) -> None:
    year, who, past = books.story.year, books.filer, last_year(books)
    now, before, whole = books.total(of_year(CURRENT)), books.total(of_year(CARRIED)), books.total()
    reason = telling.reasons["收入原因"]
    paper.tell(
        MOVES,
        f"{year}年度{who}预算收入总计{of('收入总计', whole)}，"
        f"其中：本年收入{of('本年收入', now)}，上年结转{of('上年结转', before)}，"
        f"{change('收入总计', whole, past.total())}，主要原因是{reason}。"
        f"预算支出总计{of('支出总计', whole)}，"
        f"其中：本年预算安排{of('本年支出', now)}，上年结转{of('上年结转#2', before)}，"
        f"{change('支出总计', whole, past.total())}，主要原因是支出随收入相应变化。",
    )


def _incomes(paper: Paper, books: Books) -> None:
    whole, before = books.total(), books.total(of_year(CARRIED))
    amounts = {source: books.total(of_year(CURRENT), paid_by(source)) for source in SOURCES}
    parts = [
        f"{_source_name(source)}{of(source, amount)}，{share(source, amount, whole)}"
        for source, amount in amounts.items()
    ]
    paper.tell(
        INCOMES,
        f"{books.story.year}年度{books.filer}收入预算{of('收入总计', whole)}，"
        f"按来源分：{'；'.join(parts)}；上年结转{of('上年结转', before)}，{share('上年结转', before, whole)}。",
    )
    paper.say("收入预算图", "")


def _spending(paper: Paper, books: Books) -> None:
    whole, basic, project = books.total(), books.total(natured(BASIC)), books.total(natured(PROJECT))
    sentence = f"{books.story.year}年度{books.filer}支出预算{of('支出总计', whole)}，其中：基本支出"
    parts = f"{of('基本支出', basic)}，{share('基本支出', basic, whole)}；项目支出{of('项目支出', project)}，"
    _cut(paper, SPENDING, sentence, f"{parts}{share('项目支出', project, whole)}。", books.level)


def _fiscal(paper: Paper, books: Books) -> None:
    funds = [f"{fund}拨款{of(fund, books.total(paid_by(fund)))}" for fund in FISCAL]
    classes = [(name, books.total(under(code), paid_by(*FISCAL))) for code, name in CLASSES]
    spent = "、".join(f"{name}{of(_CAPITAL.get(name, name), amount)}" for name, amount in classes if amount)
    now, before = (books.total(of_year(when), paid_by(*FISCAL)) for when in (CURRENT, CARRIED))
    paper.tell(
        FISCAL_MONEY,
        f"{books.story.year}年度{books.filer}财政拨款收支总预算{of('财政拨款收支', now + before)}。"
        f"按预算分：{'，'.join(funds)}。"
        f"按年度分：当年拨款收入{of('当年拨款收入', now)}，上年结转收入{of('上年结转', before)}。支出包括：{spent}。",
    )


def _general(paper: Paper, books: Books) -> None:
    here = (of_year(CURRENT), paid_by(FISCAL[0]))
    whole, row = books.total(*here), "一般公共预算支出"
    start = f"{books.story.year}年度{books.filer}一般公共预算当年支出"
    classes = [(name, books.total(under(code), *here)) for code, name in CLASSES]
    shares = "；".join(f"{name}{of(name, amount)}，{share(name, amount, whole)}" for name, amount in classes if amount)
    moved = change(row, whole, last_year(books).total(*here))
    paper.say("（一）一般公共预算当年支出规模变化情况")
    paper.tell(GENERAL, f"{start}{of(row, whole)}，{moved}。")
    paper.say("（二）一般公共预算当年支出结构情况")
    paper.tell(GENERAL, f"{start}{of(f'{row}#2', whole)}，用于以下方面：{shares}。")
    paper.say("一般公共预算当年拨款结构图", "")


def basic_items(paper: Paper, books: Books) -> None:
    """Print 基本支出 with 人员经费 and 公用经费 and the names of the items of each."""
    parts = named_items(books)
    whole = sum(amount for _, _, amount in parts)
    paper.tell(ITEMS, f"{books.story.year}年度{books.filer}一般公共预算安排基本支出{of('基本支出', whole)}，其中：")
    for (name, listed, amount), end in zip(parts, "；。", strict=True):
        paper.tell(ITEMS, f"{name}{of(name, amount)}，主要包括：{said(name, NAMES, listed)}{end}")


def _three_public(paper: Paper, books: Books, telling: Telling) -> None:
    parts = {name: (books.three_public(name), moved) for name, moved in telling.three_public.items()}
    whole, moved = sum(now for now, _ in parts.values()), sum(moved for _, moved in parts.values())
    lines = "；".join(
        f"{name}{of(PUBLIC_ROWS.get(name, name), now)}，{change(PUBLIC_ROWS.get(name, name), now, now - moved)}"
        for name, (now, moved) in parts.items()
    )
    paper.tell(
        THREE_PUBLIC,
        f"{books.story.year}年{books.filer}财政拨款安排的“三公”经费预算{of('三公经费', whole)}，"
        f"{change('三公经费', whole, whole - moved)}，原因是{telling.reasons['三公原因']}。其中：{lines}。",
    )


def _running(paper: Paper, books: Books, telling: Telling) -> None:
    offices = [unit for unit in books.units if unit.is_office]
    if not offices:
        paper.say("本单位是事业单位，不编制机关运行经费。")
        return
    whole = sum(books.running(unit) for unit in offices)
    paper.tell(
        RUNNING,
        f"{books.story.year}年本部门{'、'.join(unit.name for unit in offices)}共{len(offices)}家行政、参公单位"
        f"机关运行经费财政拨款预算{of('机关运行经费', whole)}，"
        f"{change('机关运行经费', whole, whole - telling.changes['机关运行'])}，"
        f"原因是{telling.reasons['机关运行原因']}。",
    )


def _performance(paper: Paper, books: Books) -> None:
    body, who, year = body_of(books), books.filer, books.story.year
    now, basic = books.total(of_year(CURRENT)), books.total(of_year(CURRENT), natured(BASIC))
    whole = now - basic
    paper.say("1、整体绩效目标")
    paper.tell(
        TARGETS,
        f"{year}年{who}编报{body}整体支出绩效目标，涉及预算资金{of('整体绩效目标', now)}，"
        f"其中：基本支出{of('基本支出', basic)}，项目支出{of('项目支出', whole)}。",
    )
    count = said("二级项目", COUNT, str(len(books.projects)))
    shown = said("公开项目", COUNT, str(len(books.projects)))
    paper.say("2、项目绩效目标")
    first = (
        f"{year}年{who}纳入绩效目标管理的二级项目{count}个，共计金额{of('二级项目', whole)}。"
        f"其中：{_kinds(books, '')}。公开项目绩效目标{shown}个，涉及项目金"
    )
    share_of_all = f"占本年{body}项目支出总额的{said('公开项目', '占比', percent(whole, whole))}%"
    after = f"额{of('公开项目', whole)}，{share_of_all}。其中：{_kinds(books, '#2')}。"
    _cut(paper, TARGETS, first, after, books.level)
    paper.say("（项目绩效目标表公开情况见附件）")


def _kinds(books: Books, number: str) -> str:
    listed = []
    for kind in PROJECT_KINDS:
        amounts = [project.amount for project in books.projects if project.kind == kind]
        row = f"{kind}项目{number}"
        listed.append(f"{kind}项目{said(row, COUNT, str(len(amounts)))}个，涉及金额{of(row, sum(amounts))}")
    return "；".join(listed)


def _cut(paper: Paper, passage: str, before: str, after: str, level: str) -> None:
    """In the department's filing a page ends inside the sentence."""
    if level == "department":
        paper.cut(passage, before, after)
    else:
        paper.tell(passage, before + after)


def _source_name(source: str) -> str:
    return f"{source}拨款收入" if source in FISCAL else f"{source}收入" if source.endswith("管理资金") else source


def _numbered(sections: Sequence[str], skip: int) -> Iterable[tuple[str, str]]:
    return zip("一二三四五六七八九十"[skip:], sections, strict=False)
