"""Sums and products in running text: sentences of our own, with what each of them must come to."""

from __future__ import annotations

import time

import pytest

from checker.prose.arithmetic import Answer, Form, relations_in
from checker.prose.arithmetic.pieces import narrow
from checker.prose.quantities import quantities_in

# Each sentence stands with its relations in their order: form, answer, and what the operands make or why it is unclear.
EXPRESSIONS = [
    ("培训费200元×15人×12个月=3.6万元", ["expression agrees"]),
    ("培训费200元×15人×12个月=3.5万元", ["expression differs 3.6万元"]),
    ("副处级1800元/人*50人=9万元", ["expression agrees"]),
    ("副处级1800元/人*50人=9.5万元；科级1500元/人*300人=45万元", ["expression differs 9万元", "expression agrees"]),
    ("三项为3+3+2.5=8.5万元", ["expression agrees"]),
    ("三项为3+3+2.5=8.6万元", ["expression differs 8.5万元"]),
    ("三项为3万元+3万元+2.5万元=9.5万元", ["expression differs 8.5万元"]),
    ("（800+540×3+200×2+120×14）元/月×12月=54000元", ["expression agrees"]),
    ("（800+540×3+200×2+120×14）元/月×12月=53000元", ["expression differs 54000元"]),
    ("(800元+540元×3)×12＝29040元", ["expression agrees"]),
    ("住宿费200元×30人+伙食费100元×30人=9000元", ["expression agrees"]),
    ("住宿费200元×30人+伙食费100元×30人=8000元", ["expression differs 9000元"]),
    ("30人（含带队2人）×200元=6000元", ["expression agrees"]),
    ("30人（含带队2人）×200元=7000元", ["expression differs 6000元"]),
    ("100元/人·天×20人×5天=1万元", ["expression agrees"]),
    ("2万元×6个点=12万元", ["expression agrees"]),
    ("2万元×6个点=13万元", ["expression differs 12万元"]),
    ("100万元×30%=30万元", ["expression agrees"]),
    ("100万元×30%=35万元", ["expression differs 30万元"]),
    ("120万元÷12=10万元", ["expression agrees"]),
    ("120万元÷12=1万元", ["expression differs 10万元"]),
    ("全年2期×30人=60人", ["expression agrees"]),
    ("全年2期×30人=80人", ["expression differs 60人"]),
    ("50-8=42万元", ["expression agrees"]),
    ("50-8=44万元", ["expression differs 42万元"]),
    ("专家费600元/人×10人，共计6000元", ["expression agrees"]),
    ("专家费600元/人×10人，共计8000元", ["expression differs 6000元"]),
    ("专家费600元/人×10人共6000元", ["expression agrees"]),
    ("2.58+1.56+0.94=5.08万元", ["expression agrees"]),
    ("33.33万元+33.33万元+33.33万元=100万元", ["expression rounding"]),
    ("5x8元=40元", ["expression agrees"]),
    ("1. 讲课费500元×4天=2000元", ["expression agrees"]),
    ("2024年讲课费500元×4天=2000元", ["expression agrees"]),
    ("1,200元×10套=12,000元", ["expression agrees"]),
    ("１２００元×１０套＝１．２万元", ["expression agrees"]),
    ("（3万元+2万元）×2=10万元", ["expression agrees"]),
    ("((3万元+2万元)×(1+1))=10万元", ["expression agrees"]),
    ("每期30人每人200元×2期=12000元", ["expression unclear 没有运算符号"]),
    ("200元/人/月×15人=3.6万元", ["expression unclear 月"]),
    ("5万元×3万元=8万元", ["expression unclear 金额与金额相乘"]),
    ("15人×12月=90元×2", ["expression unclear 等号右边也是算式"]),
    ("800×3+200=2600元/月×12=31200元", ["expression agrees", "expression agrees"]),
    ("完成率=实际数/计划数×100%", []),
    ("互联网+医疗，1+X证书", []),
    ("规格3×4米的展板", []),
    ("24×7小时值守", []),
    ("满意度≥95%", []),
]
SUMS = [
    ("印刷费3万元；宣传费2.5万元；培训费2万元，合计7.5万元。", ["sum agrees"]),
    ("印刷费3万元；宣传费2.5万元；培训费2万元，合计8.5万元。", ["sum differs 7.5万元"]),
    ("需印刷费3万元、宣传费2.5万元、培训费2万元，共需9万元。", ["sum differs 7.5万元"]),
    ("印刷费3万元，宣传费25000元，共计5.5万元。", ["sum agrees"]),
    ("印刷费3万元，宣传费25000元，共计28000元。", ["sum differs 55000元"]),
    ("光纤费3.58万元；专线费1.56万元。通信费0.94万元，合计7.08万元。", ["sum differs 6.08万元"]),
    ("光纤费3.58万元；专线费1.56万元。通信费0.94万元，合计6.08万元。", ["sum agrees"]),
    ("设备费12.34万元，材料费5.67万元，合计18.01万元。", ["sum agrees"]),
    ("设备费12.34万元，材料费5.67万元，其他0.11万元，合计18.13万元。", ["sum rounding"]),
    ("设备费12.34万元，材料费5.67万元，合计18.05万元。", ["sum differs 18.01万元"]),
    ("设备费12.3万元，材料费5.2万元，合计18万元。", ["sum rounding"]),
    ("办公费4万元，差旅费约4万元，共需10万元。", ["sum unclear 约数"]),
    ("办公费4万元，差旅费4万元左右，共需10万元。", ["sum unclear 约数"]),
    ("办公费4万元，差旅费4万元等，共需10万元。", ["sum unclear 没有全部列出"]),
    ("培训印刷费等2万元，差旅费4万元，共需10万元。", ["sum differs 6万元"]),
    ("办公费4万元，其中纸张1万元，差旅费4万元，共需8万元。", ["breakdown unclear 之后还有合计", "sum unclear 其中"]),
    ("办公费4万元，用于日常办公，差旅费4万元，共需8万元。", ["sum agrees"]),
    ("办公费4万元，用于日常办公，差旅费4万元，共需9万元。", ["sum unclear 其他内容"]),
    ("办公费4万元（含纸张1万元），差旅费4万元，共需9万元。", ["sum differs 8万元"]),
    ("宣传费（3万元）、培训费（2万元），共计6万元。", ["sum differs 5万元"]),
    ("办公费4万元，比上年减少1万元，差旅费4万元，共需9万元。", ["sum unclear 其他"]),
    ("甲项3万元，乙项2万元，小计5万元；丙项4万元，丁项1万元，小计5万元；总计10万元。", ["sum agrees"] * 3),
    ("甲项3万元，乙项2万元，小计6万元。", ["sum differs 5万元"]),
    ("1. 人员经费32万元；2. 治疗费4万元；3. 工作经费10万元，用于印刷，共计46万元。", ["sum agrees"]),
    ("人员经费32万元，工作经费10万元，财政拨款总计50万元。", []),
    ("人员经费32万元，工作经费10万元，财政拨款总计42万元。", ["sum agrees"]),
    ("工作经费10万元，用于宣传等，共计52万元。", []),
    ("共计3家单位，安排经费5万元。", []),
    ("公共卫生经费5万元，中共党员培训2万元。", []),
    ("2023年支出5万元，2024年支出6万元。", []),
    ("纳入管理的项目8个，共计金额294.5万元。", []),
    ("把A费3万元（印刷费1万元，邮寄费1万元，共计3万元）列入预算。", ["sum differs 2万元"]),
    ("椅子2把500元，桌子1张800元，共计1800元。", ["sum agrees"]),
    ("椅子2把500元，桌子1张800元，共计1900元。", ["sum unclear 单价还是总价"]),
    ("办案经费3万元、装备费2万元、救助经费1万元三项共计7万元。", ["sum differs 6万元"]),
    ("办案经费3万元、装备费2万元、救助经费1万元三项共计6万元。", ["sum agrees"]),
    ("中央资金50万元，省级资金30万元，共计80万元，市级配套20万元，总投资100万元。", ["sum agrees", "sum agrees"]),
    ("项目总金额120万元，今年支付48万元，明年支付72万元，合计120万元。", ["sum agrees"]),
    ("前年投入100万元，去年投入120万元，三年累计投入350万元。", []),
    (
        "工资20人×3000元×12月=72万元，社保20人×800元×12月=19.2万元，共计91.2万元。",
        ["expression agrees", "expression agrees", "sum agrees"],
    ),
    (
        "工资20人×3000元×12月=72万元，社保20人×800元×12月=19.2万元，共计99.2万元。",
        ["expression agrees", "expression agrees", "sum differs 91.2万元"],
    ),
    ("（一）基本支出100万元。（二）项目支出50万元。总计150万元。", ["sum agrees"]),
    ("（一）基本支出100万元。（二）项目支出50万元。总计160万元。", []),
    ("总计134万元，其中：年初结转10万元，本年收入125万元，本年支出124万元。", ["breakdown unclear 有收有支"]),
]
PRODUCTS = [
    ("检测血液5100人份，每人份80元，共计40.8万元。", ["product agrees"]),
    ("检测血液5100人份，每人份80元，共计48.8万元。", ["product differs 40.8万元"]),
    ("检测血液约5100人份，每人份80元，共计48.8万元。", ["product unclear 约数"]),
    ("每人鉴定费3500元，年度鉴定30人，预计需要资金12.25万元。", ["product differs 10.5万元"]),
    ("每人鉴定费3500元，年度鉴定30人，预计需要资金10.5万元。", ["product agrees"]),
    ("上缴3辆车，每辆车1.8万元，合计5.4万元。", ["product agrees"]),
    ("上缴3辆车，每辆车1.8万元，合计5.8万元。", ["product differs 5.4万元"]),
    ("床位1000张，补助5000元/床位，共计500万元。", ["product agrees"]),
    ("床位1000张，补助5000元 / 床位，共计550万元。", ["product differs 500万元"]),
    ("收治床位50张，每张床位补助5000元，需经费25万元", ["product agrees"]),
    ("每人每月200元，15人，共12个月，共计3.6万元。", ["product agrees"]),
    ("每人每月200元，15人，12个月，共计3.0万元。", ["product differs 3.6万元"]),
    ("每人每月200元，15人，全年共计3.6万元。", ["product agrees"]),
    ("每人每月200元，15人，共计3.5万元。", ["product unclear 月"]),
    ("培训2期，每期30人，每人500元，共计3万元。", ["product agrees"]),
    ("培训2期，每期30人，每人500元，共计4万元。", ["product unclear 还有数量"]),
    ("正高10人，每人1000元；副高20人，每人500元，共计2万元。", ["product agrees"]),
    ("正高10人，每人1000元；副高20人，每人500元，共计3万元。", ["product unclear 单价"]),
    ("人均500元，参训人员40人，共计2万元。", ["product agrees"]),
    ("人均500元，参训人员40人，共计3万元。", ["product differs 2万元"]),
    ("单价3200元，购置5台，共计1.6万元。", ["product agrees"]),
    ("单价3200元，购置5台，共计2.6万元。", ["product differs 1.6万元"]),
    ("每户补贴300元，惠及120户，共3.6万元。", ["product agrees"]),
    ("每村5万元，12个村，共计60万元。", ["product agrees"]),
    ("每村5万元，12个村，共计65万元。", ["product differs 60万元"]),
    ("评审费每人600元，10人，场租费2000元，共计8000元。", ["product agrees"]),
    ("评审费每人600元，10人，场租费2000元，共计9000元。", ["product unclear 其他金额"]),
    ("每人500元，设备3台，共计3万元。", ["product unclear 人"]),
    ("工作人员4名，每年32万元。", []),
    ("副县级1人每月800元，正科级3人每月540元。", []),
    ("慰问困难群众200户，每户500元，春节、中秋两次，共计20万元。", ["product agrees"]),
    ("慰问困难群众200户，每户500元，春节、中秋两次，共计30万元。", ["product unclear 汉字"]),
    ("慰问金每户1000元，慰问品每户200元，慰问100户，共计12万元。", ["product agrees"]),
    ("慰问金每户1000元，慰问品每户200元，慰问100户，共计14万元。", ["product unclear 单价"]),
    ("电脑10台，单价5000元，打印机2台，单价2000元，共计5.4万元。", ["product agrees"]),
    ("租车2辆，每辆每年6万元，租期3年，共计36万元。", ["product agrees"]),
    ("环卫工人1200名，每人每年保险100元，共12万元。", ["product agrees"]),
    ("环卫工人1200名，每人每年保险100元，共15万元。", ["product differs 12万元"]),
    (
        "15个村，每村2万元，计30万元；5个社区，每个社区3万元，计15万元，合计45万元。",
        ["product agrees", "product agrees", "product agrees"],
    ),
    ("聘用保安10人，月工资3000元，全年共计36万元。", []),
    ("公示牌120块，每块800元，计9.6万元；巡河40架次，每架次4500元，计18万元；培训6万元。", ["product agrees"] * 2),
    ("公示牌120块，每块800元，计9.9万元；无人机2架，计4.1万元。", ["product differs 9.6万元"]),
    ("购置记录仪30台，每台2150元；无人机2架，计41330元。", []),
    ("专项经费300万元，分三年执行，每年100万元。", []),
]
BREAKDOWNS = [
    ("下达经费16.72万元，用于食品监测7万元，其他防治9.72万元。", ["breakdown agrees"]),
    ("下达经费16.72万元，用于食品监测7万元，其他防治9.22万元。", ["breakdown differs 16.22万元"]),
    ("下达经费16万元，用于食品监测7万元，疾病防治8万元。", ["breakdown unclear 只是一部分"]),
    ("下达经费16万元，用于食品监测9万元，疾病防治8万元。", ["breakdown differs 17万元"]),
    ("采购预算251.25万元，其中：货物4.79万元、工程0万元、服务246.47万元。", ["breakdown rounding"]),
    ("采购预算251.25万元，其中：货物4.79万元、工程0万元、服务266.47万元。", ["breakdown differs 271.26万元"]),
    ("收入预算90万元，其中：财政拨款90万元，比上年减少20万元；事业收入0万元。", ["breakdown agrees"]),
    ("项目8个，金额29.5万元。其中：甲类2个，金额5.5万元；乙类6个，金额24万元。", ["breakdown agrees"]),
    ("甲类5万元，乙类0万元。其中：当年3万元，结转2万元。", []),
    ("基金50万元，包括甲项30万元（含丙项10万元）、乙项30万元。", ["breakdown differs 60万元"]),
    ("经费50万元，其中甲项30万元，其中丙项15万元，乙项20万元。", ["breakdown unclear 分项"] * 2),
    ("中央资金100万元，用于监测60万元；省级资金50万元，用于防治50万元。", ["breakdown unclear 重复"]),
    ("采购预算500万元，其中：面向中小企业400万元，面向小微企业300万元。", ["breakdown unclear 重复"]),
    ("预算100万元，其中：一般公共预算100万元，基本支出60万元，项目支出40万元。", ["breakdown agrees"]),
    ("预算100万元，其中：人员50万元，公用60万元；另有结转5万元。", ["breakdown differs 110万元"]),
    (
        "接待10万元，其中：出国0万元；接待4万元；购车6万元，其中：购置0万元，运行6万元。",
        ["breakdown agrees", "breakdown agrees"],
    ),
    ("比上年增加10万元，主要用于人员增加6万元，公用增加5万元。", []),
    ("安排20万元，比上年增加3万元，增长17.65%。其中：清淤12万元，巡查8万元。", ["breakdown agrees"]),
    ("安排20万元，比上年增加3万元，增长17.65%。其中：清淤12万元，巡查9万元。", ["breakdown differs 21万元"]),
    ("安排20万元，保障日常管护，其中：清淤12万元，巡查9万元。", []),
    ("总计20万元。其中：收入18万元，年初结余2万元；支出19万元，年末结余1万元。", ["breakdown agrees"]),
    ("总计20.68万元。其中：收入18.52万元，年初结余2.17万元；支出19万元，结余1.68万元。", ["breakdown rounding"]),
    ("总计20万元。其中：收入18万元，年初结余3万元；支出19万元，年末结余1万元。", ["breakdown unclear 口径"]),
    ("收支总计20万元。与上年相比，收支总计增加3万元。其中：收入18万元，结余2万元。", []),
    ("人员经费11万元，主要包括：绩效工资；公用经费7万元，主要包括：水费；采购2万元。", []),
    ("经费约50万元，其中甲项30万元，乙项30万元。", ["breakdown unclear 约数"]),
]  # fmt: skip
SENTENCES = [*EXPRESSIONS, *SUMS, *PRODUCTS, *BREAKDOWNS]


def told(text: str) -> list[tuple[str, str, str]]:
    """Return form, answer, and what the operands make or the doubt, of every relation."""
    return [(one.form.value, one.answer.value, one.doubt or one.words) for one in relations_in(text)]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_what_a_sentence_comes_to(text: str, expected: list[str]) -> None:
    found = told(text)
    assert [f"{form} {answer}" for form, answer, _ in found] == [" ".join(one.split()[:2]) for one in expected]
    for (_, _, says), one in zip(found, expected, strict=True):
        wanted = one.split()[2:]
        if wanted:
            made = says.partition("，文中为")[0].rpartition(" = ")[2] if "文中为" in says else says
            assert made == wanted[0] or ("unclear" in one and wanted[0] in says), says


def test_the_sentences_are_many_and_of_every_kind() -> None:
    answers = [word for _, expected in SENTENCES for word in expected or ["nothing"]]
    assert len(SENTENCES) >= 80
    for form in Form:
        for answer in (Answer.AGREES, Answer.DIFFERS, Answer.UNCLEAR):
            assert any(word.startswith(f"{form} {answer}") for word in answers), (form, answer)
    assert "nothing" in answers


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_a_relation_stands_where_it_says(text: str, expected: list[str]) -> None:
    for relation in relations_in(text):
        assert 0 <= relation.start < relation.end <= len(text)
        assert narrow(text).startswith(narrow(relation.result.text.strip()), relation.result_start)


def test_words_behind_a_relation_change_nothing() -> None:
    for text, _ in SENTENCES:
        longer = f"按照有关要求。{text.rstrip('。')}。以上经费专款专用。"
        assert [one[:2] for one in told(longer)] == [one[:2] for one in told(text)], text


@pytest.mark.parametrize(
    "text",
    [
        "(" * 50_000 + "1+2" + ")" * 50_000 + "=4万元",
        "（" * 100_000,
        "9" * 100_000 + "元×3=5元",
        "1+" * 50_000 + "1=3万元",
        "1万元，" * 30_000 + "共计5万元",
        "共计5万元；" * 20_000,
        "每人5元，3人，" * 15_000 + "共计5万元",
        "其中1万元，" * 20_000,
        "\n" * 100_000,
        "1 " * 50_000,
        "=" * 100_000,
        "每人" * 50_000 + "5元",
        "3元/人" * 30_000,
        "2024年5月1日" * 10_000,
        "共" * 100_000 + "5万元3万元",
        "A费（1万元" * 20_000,
        "1,000," * 20_000 + "元2元",
    ],
    ids=lambda text: text[:12],
)
def test_hostile_text_is_read_in_linear_time(text: str) -> None:
    spent = []
    for part in (text, text + text):
        begun = time.process_time()
        relations_in(part)
        quantities_in(part)
        spent.append(time.process_time() - begun)
    assert spent[1] < 4 * spent[0] + 1, "time grows faster than the text"
    assert spent[0] < 20
