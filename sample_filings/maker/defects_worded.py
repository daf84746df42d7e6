"""The errors planted in the words of the county's narrative and in its performance tables."""

from typing import Final

from maker.defects import Act, rewrite, same
from maker.defects_said import DEPARTMENT, ERROR, NOTICE, UNIT, WARNING, also, worded
from maker.hand import Hand
from maker.ledger import Finding
from maker.prose import GENERAL, INCOMES, PROPERTY, RUNNING
from maker.relations import T2
from maker.said import TURN


def card(project: str) -> str:
    """Name the performance table of a project."""
    return f"项目绩效目标表〈{project}〉"


def _sources_of_another_level(hand: Hand) -> str:
    form, year = card("防汛抗旱物资储备与轮换"), "年度"
    central, provincial = hand.read(form, year, "中央财政资金"), hand.read(form, year, "省级财政资金")
    hand.write(form, year, "省级财政资金", central)
    hand.write(form, year, "中央财政资金", provincial)
    return f"{form}年度的中央财政资金{central}印在了省级财政资金一栏"


def _subject_of_another_name(hand: Hand) -> str:
    hand.rename(T2, "2130314", 1, "抗旱", "2130314")
    return f"{T2}科目2130314的名称防汛误作抗旱"


DEFECTS: Final[dict[str, tuple[str, Act]]] = {
    "worded-year": (
        DEPARTMENT,
        worded(
            "2026年度临溪县水利局收入预算",
            "2025年度临溪县水利局收入预算",
            "留着上年的年份",
            Finding("TXT-6005", WARNING, f"{INCOMES}“2025年”"),
            passage=INCOMES,
        ),
    ),
    "worded-part-year": (
        UNIT,
        worded(
            "第三部分 2026年度",
            "第三部分 2025年度",
            "标题留着上年的年份",
            Finding("TXT-6004", ERROR, "标题“2025年”"),
            which=1,
        ),
    ),
    "worded-assets-year": (
        DEPARTMENT,
        worded(
            "截至2025年12月31日",
            "截至2024年12月31日",
            "截至日期留着上年的年份",
            Finding("TXT-6006", WARNING, f"{PROPERTY}“截至2024年12月31日”"),
            passage=PROPERTY,
        ),
    ),
    "worded-document-year": (
        DEPARTMENT,
        worded(
            "临财农〔2026〕6号",
            "临财农〔2021〕6号",
            "文号的年份没有更新",
            Finding("TXT-6007", NOTICE, f"{card('库区道路及护岸整治')}[立项依据]“临财农〔2021〕6号”"),
        ),
    ),
    "worded-residue": (
        DEPARTMENT,
        also(
            rewrite(RUNNING, "机关运行经费", TURN, "留着样表的选项", same("增加（减少）")),
            Finding("TXT-6053", ERROR, f"{RUNNING}“增加（减少）0”"),
        ),
    ),
    "worded-placeholder": (
        DEPARTMENT,
        worded(
            "2026年临溪县水利局编制政府采购预算",
            "2026年XX局编制政府采购预算",
            "没有换掉样表的名称",
            Finding("TXT-6052", ERROR, "政府采购“XX局”"),
        ),
    ),
    "worded-percent-sign": (
        DEPARTMENT,
        worded(
            "%。",
            "。",
            "漏百分号",
            Finding("TXT-6071", ERROR, f"{GENERAL}“下降2.22。”"),
            passage=GENERAL,
        ),
    ),
    "worded-full-stop": (
        DEPARTMENT,
        worded(
            "%。",
            "%。。",
            "句号重复",
            Finding("TXT-6078", ERROR, f"{GENERAL}“。。”"),
            passage=GENERAL,
        ),
    ),
    "worded-other-body": (
        DEPARTMENT,
        worded(
            "部门名称：临溪县水利局",
            "部门名称：临溪县林业局",
            "沿用别的部门的名称",
            Finding("TXT-6032", WARNING, "支出总表[表头]“临溪县林业局”"),
            which=2,
        ),
    ),
    "worded-no-reason": (
        DEPARTMENT,
        worded(
            "主要原因是新增灌区末级渠系配套工程，并将续建的槐沟灌区节水改造结转到本年继续安排",
            "主要原因是",
            "没有写原因",
            Finding("TXT-6056", WARNING, "收支变动“原因是。”"),
        ),
    ),
    "worded-other-self": (
        UNIT,
        worded(
            "本单位没有编制",
            "本部门没有编制",
            "单位自称部门",
            Finding("TXT-6034", NOTICE, "其他说明“本部门”"),
        ),
    ),
    "worded-subject-name": (
        DEPARTMENT,
        also(
            _subject_of_another_name,
            Finding("COD-5508", WARNING, f"{T2}[2130314]"),
            Finding("COD-5509", WARNING, f"{T2}[2130315]"),
        ),
    ),
    "target-cost-floor": (
        DEPARTMENT,
        worded(
            "≤250000元/公里",
            "≥250000元/公里",
            "成本指标设了下限",
            Finding("IND-5001", WARNING, f"{card('灌区末级渠系配套工程')}[实施期·成本·每公里造价]"),
            Finding("IND-5021", WARNING, f"{card('灌区末级渠系配套工程')}[成本·每公里造价]"),
        ),
    ),
    "target-rate-in-yuan": (
        DEPARTMENT,
        worded(
            "≥95%",
            "≥95元",
            "比率以元计",
            Finding("IND-5009", WARNING, f"{card('河湖长制工作经费')}[实施期·质量·巡河发现问题整改率]"),
            Finding("IND-5020", WARNING, f"{card('河湖长制工作经费')}[质量·巡河发现问题整改率]"),
        ),
    ),
    "target-price-unit": (
        DEPARTMENT,
        worded(
            "696元/人/月",
            "696人/月",
            "漏了元",
            Finding("IND-5002", WARNING, f"{card('遗属生活补助#2')}[实施期·成本·每月补助标准]"),
            Finding("IND-5020", WARNING, f"{card('遗属生活补助#2')}[成本·每月补助标准]"),
        ),
    ),
    "target-sides": (
        DEPARTMENT,
        worded(
            "72处",
            "72套",
            "两侧单位不同",
            Finding("IND-5020", WARNING, f"{card('山洪灾害监测预警设施运行维护')}[数量·维护自动监测站处数]"),
        ),
    ),
    "target-level": (DEPARTMENT, _sources_of_another_level),
    "target-product": (
        DEPARTMENT,
        worded(
            "计180000元",
            "计160000元",
            "单价乘以数量不等于金额",
            Finding("ARI-6512", WARNING, f"{card('河湖长制工作经费')}[项目概况]·2"),
        ),
    ),
    "target-satisfaction": (
        DEPARTMENT,
        worded(
            "≥88%",
            "≤88%",
            "满意度设了上限",
            Finding("IND-5004", WARNING, f"{card('农村饮水安全工程维修养护补助')}[实施期·服务对象满意度·用水户满意度]"),
            Finding("IND-5021", WARNING, f"{card('农村饮水安全工程维修养护补助')}[服务对象满意度·用水户满意度]"),
        ),
    ),
    "target-no-value": (
        DEPARTMENT,
        worded(
            "≥26000条",
            "",
            "没有指标值",
            Finding("IND-5015", NOTICE, f"{card('防汛抗旱物资储备与轮换')}[实施期·数量·补充编织袋数量]"),
        ),
    ),
}
"""Folder name to the filing that carries the error, and the act that plants it."""
