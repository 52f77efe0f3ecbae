"""Economic classes that the words of projects name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from budget.system.patterns import lazy_pattern
from loaders.words.tokens import normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

WORDS: dict[str, str] = {
    "301": (
        "工资 津贴补贴 绩效奖 奖金 社保缴费 社会保险缴费 养老保险缴费 医疗保险缴费 职业年金 住房公积金 聘用人员 "
        "编外人员 伙食补助 加班补助"
    ),
    "302": (
        "办公 印刷 咨询 手续费 水费 电费 水电 邮电 取暖 物业 差旅 出国 维修 维护 修缮费 租赁 租用 会议 培训 接待 "
        "专用材料 耗材 被装 燃料 劳务 委托 工会 福利费 公务用车 车辆运行 交通费 税金 服务 宣传 制作 律师 审计费 评审 "
        "评估 鉴定 评定 检测 监测 调查 普查 清查 数字化 专线 运维 保洁 保安 安保 绿化 外包 代理 课题 规划编制 资料费 "
        "活动费 折页 通讯 网络费 化验 体检服务 机关运行"
    ),
    "303": (
        "离休 退休 退职 抚恤 生活补助 救济 救助 医疗费 医疗补助 保健医疗 助学 奖学金 奖励金 慰问 遗属 补助个人 "
        "个人补助 低保 特困 优抚 困难群众 临时补贴 养老补贴 高龄 残疾人补贴 特殊津贴 生活补贴 农业生产补贴"
    ),
    "307": "债务利息 付息 债务发行",
    "309": "基建 基本建设 中央预算内投资",
    "310": (
        "购置 采购设备 房屋建筑物购建 基础设施建设 大型修缮 改造工程 建设工程 新建工程 物资储备 征地 拆迁补偿 安置补助"
    ),
    "312": "资本金注入 企业补贴 费用补贴 贷款贴息 利息补贴 股权投资 企业补助",
    "313": "对社会保险基金补助 社保基金补助",
    "399": "国家赔偿 赠与 对民间非营利组织补贴",
}
"""Economic class -> words, parted by blanks, of what it pays."""

MEASURES = {
    "301": "wages_and_welfare",
    "302": "goods_and_services",
    "303": "individuals_and_families",
    "307": "debt_interest",
    "309": "capital_construction",
    "310": "capital_other",
    "312": "enterprise_subsidies",
    "313": "social_security_funds",
    "399": "other_expenditure",
}
_CLASS_OF = {word: code for code, words in WORDS.items() for word in words.split()}
_WORD = lazy_pattern("|".join(sorted(map(re.escape, _CLASS_OF), key=len, reverse=True)))
_AND = lazy_pattern("[、及和与]")


class Part(NamedTuple):
    """A part of a project's amount as the narrative names it."""

    item: str
    fen: int


class Description(NamedTuple):
    """What words tell of one project: amounts, and measures without one."""

    amounts: Mapping[str, int]
    measures: frozenset[str]
    unknown: int  # fen of parts whose words say nothing


def measures_of(text: str) -> frozenset[str]:
    """Find the measures that a text names.

    Of one thing (设备购置) its last word decides.
    """
    found: set[str] = set()
    for thing in _AND.split(normal(text)):
        if words := _WORD.findall(thing):
            found.add(MEASURES[_CLASS_OF[words[-1]]])
    return frozenset(found)


def description_of(name: str, parts: Sequence[Part]) -> Description:
    """Read the name of a project and the parts of its amount."""
    amounts: dict[str, int] = {}
    unknown = 0
    own = measures_of(name)
    for part in parts:
        named = measures_of(part.item) or (own if len(parts) == 1 else frozenset())
        if len(named) == 1:
            (measure,) = named
            amounts[measure] = amounts.get(measure, 0) + part.fen
        else:
            unknown += part.fen
    return Description(amounts, frozenset(amounts) | own, unknown)


def together(said: Iterable[Description]) -> Description:
    """What is said of several projects, as of one."""
    amounts: dict[str, int] = {}
    measures: set[str] = set()
    unknown = 0
    for one in said:
        measures |= one.measures
        unknown += one.unknown
        for measure, fen in one.amounts.items():
            amounts[measure] = amounts.get(measure, 0) + fen
    return Description(amounts, frozenset(measures), unknown)


def evidence(said: Description, measure: str, fen: int) -> int:
    """Weigh what words say for an amount in a column.

    0 for nothing, 3 where its parts make it up exactly.
    """
    if measure not in said.measures:
        return 0
    known = said.amounts.get(measure, 0)
    return 1 + (known <= fen <= known + said.unknown if known else 0) + (known == fen)
