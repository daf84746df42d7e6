"""The classification codes that the invented filings use, with their public names.

Only the names a filing needs are here; the order of the economic items is the order they are printed in.
"""

from typing import Final, NamedTuple

CLASSES: Final[tuple[tuple[str, str], ...]] = (
    ("201", "一般公共服务支出"),
    ("202", "外交支出"),
    ("203", "国防支出"),
    ("204", "公共安全支出"),
    ("205", "教育支出"),
    ("206", "科学技术支出"),
    ("207", "文化旅游体育与传媒支出"),
    ("208", "社会保障和就业支出"),
    ("209", "社会保险基金支出"),
    ("210", "卫生健康支出"),
    ("211", "节能环保支出"),
    ("212", "城乡社区支出"),
    ("213", "农林水支出"),
    ("214", "交通运输支出"),
    ("215", "资源勘探工业信息等支出"),
    ("216", "商业服务业等支出"),
    ("217", "金融支出"),
    ("219", "援助其他地区支出"),
    ("220", "自然资源海洋气象等支出"),
    ("221", "住房保障支出"),
    ("222", "粮油物资储备支出"),
    ("223", "国有资本经营预算支出"),
    ("224", "灾害防治及应急管理支出"),
    ("227", "预备费"),
    ("229", "其他支出"),
    ("230", "转移性支出"),
    ("231", "债务还本支出"),
    ("232", "债务付息支出"),
    ("233", "债务发行费用支出"),
    ("234", "抗疫特别国债安排的支出"),
)
"""The thirty function classes in the order that 收支总表 lists them: code, caption."""

FUNCTIONS: Final[dict[str, str]] = {
    **dict(CLASSES),
    "20508": "进修及培训",
    "2050803": "培训支出",
    "20805": "行政事业单位养老支出",
    "2080501": "行政单位离退休",
    "2080502": "事业单位离退休",
    "2080505": "机关事业单位基本养老保险缴费支出",
    "2080506": "机关事业单位职业年金缴费支出",
    "20808": "抚恤",
    "2080801": "死亡抚恤",
    "21011": "行政事业单位医疗",
    "2101101": "行政单位医疗",
    "2101102": "事业单位医疗",
    "2101103": "公务员医疗补助",
    "21208": "国有土地使用权出让收入安排的支出",
    "2120804": "农村基础设施建设支出",
    "21303": "水利",
    "2130301": "行政运行",
    "2130304": "水利行业业务管理",
    "2130306": "水利工程运行与维护",
    "2130308": "水利前期工作",
    "2130309": "水利执法监督",
    "2130310": "水土保持",
    "2130311": "水资源节约管理与保护",
    "2130314": "防汛",
    "2130315": "抗旱",
    "2130316": "农村水利",
    "2130317": "水利技术推广",
    "2130335": "农村供水",
    "21366": "大中型水库库区基金安排的支出",
    "2136601": "基础设施建设和经济发展",
    "22102": "住房改革支出",
    "2210201": "住房公积金",
    "22301": "解决历史遗留问题及改革成本支出",
    "2230105": "国有企业退休人员社会化管理补助支出",
    "22407": "自然灾害救灾及恢复重建支出",
    "2240703": "自然灾害救灾补助",
}
"""Function code (3, 5 or 7 digits) to its name."""


class EconomicItem(NamedTuple):
    """One 部门预算支出经济科目 with the government item it stands beside in an office and in an institution."""

    code: str
    name: str
    office: str
    institution: str


ECONOMIC_CLASSES: Final[dict[str, str]] = {
    "301": "工资福利支出",
    "302": "商品和服务支出",
    "303": "对个人和家庭的补助",
}

STAFF_CLASSES: Final = ("301", "303")
"""Economic classes whose items are 人员经费; the others are 公用经费."""

_OFFICE, _PAY, _GOODS = "办公经费", "工资福利支出", "商品和服务支出"

ECONOMIC_ITEMS: Final[tuple[EconomicItem, ...]] = (
    EconomicItem("30101", "基本工资", "工资奖金津补贴", _PAY),
    EconomicItem("30102", "津贴补贴", "工资奖金津补贴", _PAY),
    EconomicItem("30103", "奖金", "工资奖金津补贴", _PAY),
    EconomicItem("30107", "绩效工资", "", _PAY),
    EconomicItem("30108", "机关事业单位基本养老保险缴费", "社会保障缴费", _PAY),
    EconomicItem("30109", "职业年金缴费", "社会保障缴费", _PAY),
    EconomicItem("30110", "职工基本医疗保险缴费", "社会保障缴费", _PAY),
    EconomicItem("30111", "公务员医疗补助缴费", "社会保障缴费", _PAY),
    EconomicItem("30112", "其他社会保障缴费", "社会保障缴费", _PAY),
    EconomicItem("30113", "住房公积金", "住房公积金", _PAY),
    EconomicItem("30199", "其他工资福利支出", "其他工资福利支出", _PAY),
    EconomicItem("30201", "办公费", _OFFICE, _GOODS),
    EconomicItem("30202", "印刷费", _OFFICE, _GOODS),
    EconomicItem("30205", "水费", _OFFICE, _GOODS),
    EconomicItem("30206", "电费", _OFFICE, _GOODS),
    EconomicItem("30207", "邮电费", _OFFICE, _GOODS),
    EconomicItem("30208", "取暖费", _OFFICE, _GOODS),
    EconomicItem("30209", "物业管理费", _OFFICE, _GOODS),
    EconomicItem("30211", "差旅费", _OFFICE, _GOODS),
    EconomicItem("30215", "会议费", "会议费", _GOODS),
    EconomicItem("30216", "培训费", "培训费", _GOODS),
    EconomicItem("30217", "公务接待费", "公务接待费", _GOODS),
    EconomicItem("30228", "工会经费", _OFFICE, _GOODS),
    EconomicItem("30229", "福利费", _OFFICE, _GOODS),
    EconomicItem("30231", "公务用车运行维护费", "公务用车运行维护费", _GOODS),
    EconomicItem("30239", "其他交通费用", _OFFICE, _GOODS),
    EconomicItem("30299", "其他商品和服务支出", "其他商品和服务支出", _GOODS),
    EconomicItem("30302", "退休费", "离退休费", "离退休费"),
    EconomicItem("30309", "奖励金", "社会福利和救助", "社会福利和救助"),
)

FISCAL: Final = ("一般公共预算", "政府性基金预算", "国有资本经营预算")
"""The three budgets that make up 财政拨款."""

SOURCES: Final = (*FISCAL, "财政专户管理资金", "单位资金")
"""The five sources of this year's income, in the order the tables print them."""

_DIGITS: Final = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九")

ORDINALS: Final = (*[f"{tens}{digit}" for tens in ("", "十", "二十") for digit in _DIGITS][1:], "三十")
"""一 to 三十, for numbering captions."""
