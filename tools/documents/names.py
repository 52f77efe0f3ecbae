"""Chinese names for random budgets: official classes, and words put together, nasty ones among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

CLASSES = {
    "201": "一般公共服务支出", "202": "外交支出", "203": "国防支出", "204": "公共安全支出", "205": "教育支出",
    "206": "科学技术支出", "207": "文化旅游体育与传媒支出", "208": "社会保障和就业支出", "209": "社会保险基金支出",
    "210": "卫生健康支出", "211": "节能环保支出", "212": "城乡社区支出", "213": "农林水支出", "214": "交通运输支出",
    "215": "资源勘探工业信息等支出", "216": "商业服务业等支出", "217": "金融支出", "219": "援助其他地区支出",
    "220": "自然资源海洋气象等支出", "221": "住房保障支出", "222": "粮油物资储备支出", "223": "国有资本经营预算支出",
    "224": "灾害防治及应急管理支出", "227": "预备费", "229": "其他支出", "230": "转移性支出", "231": "债务还本支出",
    "232": "债务付息支出", "233": "债务发行费用支出", "234": "抗疫特别国债安排的支出",
}  # fmt: skip
"""Every class of the functional classification that the form lists, in printed order."""

ECONOMIC_CLASSES = {
    "301": "工资福利支出", "302": "商品和服务支出", "303": "对个人和家庭的补助", "310": "资本性支出",
}  # fmt: skip
ECONOMIC_SECTIONS = {
    "301": {
        "01": "基本工资", "02": "津贴补贴", "03": "奖金", "07": "绩效工资", "08": "机关事业单位基本养老保险缴费",
        "09": "职业年金缴费", "10": "职工基本医疗保险缴费", "11": "公务员医疗补助缴费", "12": "其他社会保障缴费",
        "13": "住房公积金", "99": "其他工资福利支出",
    },
    "302": {
        "01": "办公费", "02": "印刷费", "05": "水费", "06": "电费", "07": "邮电费", "08": "取暖费", "09": "物业管理费",
        "11": "差旅费", "13": "维修（护）费", "16": "培训费", "17": "公务接待费", "26": "劳务费", "27": "委托业务费",
        "28": "工会经费", "29": "福利费", "31": "公务用车运行维护费", "39": "其他交通费用", "99": "其他商品和服务支出",
    },
    "303": {"01": "离休费", "02": "退休费", "05": "生活补助", "09": "奖励金", "99": "其他对个人和家庭的补助"},
    "310": {"02": "办公设备购置", "07": "信息网络及软件购置更新", "99": "其他资本性支出"},
}  # fmt: skip

SECTIONS = (
    "行政事业单位养老支出", "行政事业单位医疗", "医疗保障管理事务", "住房改革支出", "一般性转移支付", "水利",
    "林业和草原", "公路水路运输", "财政对基本医疗保险基金的补助",
    "普通教育", "文化和旅游", "自然资源事务", "商贸事务",
    "应急管理事务", "党委办公厅（室）及相关机构事务",
    "其他支出", "国有土地使用权出让收入安排的支出", "彩票公益金安排的支出",
)  # fmt: skip
ITEMS = (
    "行政运行", "一般行政管理事务", "机关服务", "事业运行", "行政单位离退休", "机关事业单位基本养老保险缴费支出",
    "机关事业单位职业年金缴费支出", "行政单位医疗", "事业单位医疗", "公务员医疗补助", "其他行政事业单位医疗支出",
    "住房公积金", "信息化建设", "医疗保障政策管理", "专项业务及机关事务管理", "水利工程运行与维护",
    "医疗卫生共同财政事权转移支付支出",
    "用于社会福利的彩票公益金支出", "其他国有土地使用权出让收入安排的支出", "公路养护", "小学教育", "预算改革业务",
)  # fmt: skip
_PLACES = ("天山", "河西", "云岭", "玉泉", "北塔", "沙湾", "青河", "白杨", "石城", "团结", "东湖", "阿勒腾")
_LEVELS = ("州", "市", "县", "区", "地区", "自治县", "经济技术开发区")
_BUREAUS = (
    "水利局", "教育局", "林业和草原局", "交通运输局", "民政局", "审计局", "医疗保障局", "科学技术协会", "第一中学",
    "疾病预防控制中心", "公安局交通警察支队", "机关事务服务中心", "总工会", "市场监督管理局（知识产权局）",
)  # fmt: skip
_WHAT = (
    "基层能力", "信息系统", "防汛抗旱", "学前教育", "河湖管护", "监督检查", "公益林", "城乡居民医保", "农村公路",
    "档案数字化",
    "专家保健", "困难群众", "宣传培训", "设备更新", "安全生产", "乡村振兴", "普法", "疫苗", "校舍维修", "人才引进",
)  # fmt: skip
_DOES = (
    "建设项目", "运行维护经费", "补助资金", "工作经费", "专项", "购置", "服务外包", "奖补资金", "配套经费", "周转金",
)  # fmt: skip
_NASTY = (
    "2024年{what}{does}", "12345热线经费", "{what}二期", "5G{what}{does}", "{what}{does}（本级）",
    "〔2023〕17号文{does}",
    "{what}[{does}部分]", "“两优一先”{what}{does}", "关于提前下达2023年{what}{does}预算的通知", "{what}合计{does}",
    "项目支出总计核对{does}", "基本支出", "{what}支出", "1.5万亩{what}{does}", "{what}（二期）", "120急救{does}",
    "第三方{what}",
    "“三公”经费核查", "{what}2025", "关于拨付2023年{what}{does}（{what}提升部分）预算的通知", "{what}—{does}",
    "一、{what}{does}",
)  # fmt: skip
"""Names that are possible and hard: years, numbers, brackets, quotation marks, words of the form itself."""


def body_name(rng: Random) -> str:
    """The name of a department or unit."""
    return rng.choice(_PLACES) + rng.choice(_LEVELS) + rng.choice(_BUREAUS) + rng.choice(("", "", "", "本级"))


def full_name(body: str) -> str:
    """Another name for the same body, as the sub-total lines print it."""
    for place in _PLACES:
        if body.startswith(f"{place}州"):
            return body.replace(f"{place}州", f"{place}回族自治州", 1)
    return "新疆" + body


def project_name(rng: Random, nasty: float) -> str:
    """A project's name; with probability `nasty` a hard one."""
    what, does = rng.choice(_WHAT), rng.choice(_DOES)
    if rng.random() < nasty:
        return rng.choice(_NASTY).format(what=what, does=does)
    return f"{rng.choice(_PLACES)}{what}{does}" if rng.random() < 0.4 else what + does


def functional_name(rng: Random, pool: tuple[str, ...]) -> str:
    """The name of a section or item: official, or put together."""
    if rng.random() < 0.75:
        return rng.choice(pool)
    return rng.choice(_WHAT) + rng.choice(("支出", "事务", "管理", "运行", "与保护", "服务支出"))
