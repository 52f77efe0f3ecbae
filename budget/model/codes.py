"""Functional (功能分类) and economic (部门经济分类) codes: level, parent, Chinese and English names.

Source: the yearly 政府收支分类科目 of the Ministry of Finance.  Names for display and for reading documents that
print no names; what a document itself prints always comes first.
"""

from __future__ import annotations

from enum import StrEnum

from budget.model.codes_english import FURTHER

CLASS, SECTION, ITEM = 3, 5, 7
"""Digits of a code of each level: 类, 款, 项."""


class Kind(StrEnum):
    """The classification that a code belongs to."""

    FUNCTIONAL = "functional"
    ECONOMIC = "economic"


FUNCTIONAL: dict[str, tuple[str, str]] = {
    "201": ("一般公共服务支出", "general public services"),
    "202": ("外交支出", "foreign affairs"),
    "203": ("国防支出", "national defence"),
    "204": ("公共安全支出", "public security"),
    "205": ("教育支出", "education"),
    "206": ("科学技术支出", "science and technology"),
    "207": ("文化旅游体育与传媒支出", "culture, tourism, sports and media"),
    "208": ("社会保障和就业支出", "social security and employment"),
    "20805": ("行政事业单位养老支出", "pensions of administrative units and public institutions"),
    "2080501": ("行政单位离退休", "retirement, administrative units"),
    "2080502": ("事业单位离退休", "retirement, public institutions"),
    "2080505": ("机关事业单位基本养老保险缴费支出", "basic pension insurance contributions"),
    "2080506": ("机关事业单位职业年金缴费支出", "occupational annuity contributions"),
    "209": ("社会保险基金支出", "social insurance funds"),
    "210": ("卫生健康支出", "health"),
    "21011": ("行政事业单位医疗", "medical care of administrative units and public institutions"),
    "2101101": ("行政单位医疗", "medical care, administrative units"),
    "2101102": ("事业单位医疗", "medical care, public institutions"),
    "2101103": ("公务员医疗补助", "medical subsidies for civil servants"),
    "2101199": ("其他行政事业单位医疗支出", "other medical care of units"),
    "21012": ("财政对基本医疗保险基金的补助", "fiscal subsidies to basic medical insurance funds"),
    "21013": ("医疗救助", "medical assistance"),
    "21015": ("医疗保障管理事务", "healthcare security administration"),
    "2101501": ("行政运行", "administrative operation"),
    "2101502": ("一般行政管理事务", "general administrative affairs"),
    "2101503": ("机关服务", "services for organs"),
    "2101504": ("信息化建设", "information systems"),
    "2101505": ("医疗保障政策管理", "healthcare security policy"),
    "2101506": ("医疗保障经办事务", "healthcare security agencies"),
    "2101550": ("事业运行", "operation of public institutions"),
    "2101599": ("其他医疗保障管理事务支出", "other healthcare security administration"),
    "211": ("节能环保支出", "energy conservation and environmental protection"),
    "212": ("城乡社区支出", "urban and rural communities"),
    "213": ("农林水支出", "agriculture, forestry and water"),
    "214": ("交通运输支出", "transport"),
    "215": ("资源勘探工业信息等支出", "resource exploration, industry and information"),
    "216": ("商业服务业等支出", "commerce and services"),
    "217": ("金融支出", "finance"),
    "219": ("援助其他地区支出", "assistance to other regions"),
    "220": ("自然资源海洋气象等支出", "natural resources, oceans and meteorology"),
    "221": ("住房保障支出", "housing security"),
    "22102": ("住房改革支出", "housing reform"),
    "2210201": ("住房公积金", "housing provident fund"),
    "2210202": ("提租补贴", "rent subsidies"),
    "2210203": ("购房补贴", "house purchase subsidies"),
    "222": ("粮油物资储备支出", "grain, oil and materials reserves"),
    "223": ("国有资本经营预算支出", "state capital operations"),
    "224": ("灾害防治及应急管理支出", "disaster prevention and emergency management"),
    "227": ("预备费", "reserve fund"),
    "229": ("其他支出", "other expenditure"),
    "230": ("转移性支出", "transfers"),
    "231": ("债务还本支出", "debt principal"),
    "232": ("债务付息支出", "debt interest"),
    "233": ("债务发行费用支出", "debt issuance costs"),
    "234": ("抗疫特别国债安排的支出", "anti-epidemic special treasury bonds"),
}
"""Functional code -> Chinese and English name."""

ECONOMIC: dict[str, tuple[str, str]] = {
    "301": ("工资福利支出", "wages and welfare"),
    "30101": ("基本工资", "basic wages"),
    "30102": ("津贴补贴", "allowances and subsidies"),
    "30103": ("奖金", "bonuses"),
    "30106": ("伙食补助费", "meal subsidies"),
    "30107": ("绩效工资", "performance pay"),
    "30108": ("机关事业单位基本养老保险缴费", "basic pension insurance contributions"),
    "30109": ("职业年金缴费", "occupational annuity contributions"),
    "30110": ("职工基本医疗保险缴费", "basic medical insurance contributions"),
    "30111": ("公务员医疗补助缴费", "medical subsidies for civil servants"),
    "30112": ("其他社会保障缴费", "other social security contributions"),
    "30113": ("住房公积金", "housing provident fund"),
    "30114": ("医疗费", "medical expenses"),
    "30199": ("其他工资福利支出", "other wages and welfare"),
    "302": ("商品和服务支出", "goods and services"),
    "30201": ("办公费", "office expenses"),
    "30202": ("印刷费", "printing"),
    "30203": ("咨询费", "consulting"),
    "30204": ("手续费", "fees"),
    "30205": ("水费", "water"),
    "30206": ("电费", "electricity"),
    "30207": ("邮电费", "post and telecommunications"),
    "30208": ("取暖费", "heating"),
    "30209": ("物业管理费", "property management"),
    "30211": ("差旅费", "travel"),
    "30212": ("因公出国（境）费用", "official overseas travel"),
    "30213": ("维修（护）费", "maintenance"),
    "30214": ("租赁费", "rent"),
    "30215": ("会议费", "meetings"),
    "30216": ("培训费", "training"),
    "30217": ("公务接待费", "official receptions"),
    "30218": ("专用材料费", "special materials"),
    "30226": ("劳务费", "labour services"),
    "30227": ("委托业务费", "commissioned services"),
    "30228": ("工会经费", "trade union funds"),
    "30229": ("福利费", "welfare"),
    "30231": ("公务用车运行维护费", "official vehicle operation"),
    "30239": ("其他交通费用", "other transport"),
    "30240": ("税金及附加费用", "taxes and surcharges"),
    "30299": ("其他商品和服务支出", "other goods and services"),
    "303": ("对个人和家庭的补助", "subsidies to individuals and families"),
    "30301": ("离休费", "veteran retirement pay"),
    "30302": ("退休费", "retirement pay"),
    "30304": ("抚恤金", "survivors' pensions"),
    "30305": ("生活补助", "living allowances"),
    "30307": ("医疗费补助", "medical subsidies"),
    "30309": ("奖励金", "rewards"),
    "30399": ("其他对个人和家庭的补助", "other subsidies to individuals and families"),
    "307": ("债务利息及费用支出", "debt interest and fees"),
    "309": ("资本性支出（基本建设）", "capital expenditure (capital construction)"),
    "310": ("资本性支出", "capital expenditure"),
    "31002": ("办公设备购置", "office equipment"),
    "31003": ("专用设备购置", "special equipment"),
    "31007": ("信息网络及软件购置更新", "networks and software"),
    "31013": ("公务用车购置", "official vehicle purchase"),
    "31099": ("其他资本性支出", "other capital expenditure"),
    "311": ("对企业补助（基本建设）", "subsidies to enterprises (capital construction)"),
    "312": ("对企业补助", "subsidies to enterprises"),
    "313": ("对社会保障基金补助", "subsidies to social security funds"),
    "399": ("其他支出", "other expenditure"),
}
"""Departmental economic code -> Chinese and English name."""

_NAMES = {Kind.FUNCTIONAL: FUNCTIONAL, Kind.ECONOMIC: ECONOMIC}


def level(code: str) -> int:
    """Depth of a code: 类 1, 款 2, 项 3; 0 for "" and for what is no code."""
    return (len(code) - 1) // 2 if code.isdigit() and len(code) in {CLASS, SECTION, ITEM} else 0


def parent(code: str) -> str:
    """The code one level up: 2101502 -> 21015; "" above a 类."""
    return code[:-2] if level(code) > 1 else ""


def ancestors(code: str) -> tuple[str, ...]:
    """The codes above this one, the 类 first: 2101502 -> ("210", "21015")."""
    above = parent(code)
    return (*ancestors(above), above) if above else ()


def kind_of(code: str) -> Kind | None:
    """The classification of a code by its first digit: 2 functional, 3 economic (部门); None for others."""
    if not level(code):
        return None
    return {"2": Kind.FUNCTIONAL, "3": Kind.ECONOMIC}.get(code[0])


def name_zh(code: str) -> str:
    """Official Chinese name; "" where this module does not know the code."""
    return _name(code)[0]


def name_en(code: str) -> str:
    """English name; "" where this module does not know the code."""
    return _name(code)[1] or FURTHER.get(code, "")


def codes_in_english() -> frozenset[str]:
    """The codes that have an English name."""
    every = {*FURTHER, *(code for names in _NAMES.values() for code in names)}
    return frozenset(code for code in every if name_en(code))


def _name(code: str) -> tuple[str, str]:
    kind = kind_of(code)
    return ("", "") if kind is None else _NAMES[kind].get(code, ("", ""))
