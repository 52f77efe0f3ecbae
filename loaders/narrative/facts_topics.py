"""What the figures of the other matters are called: one topic a paragraph, subjects by the words before a number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from budget.i18n.language import N_


@dataclass(frozen=True, slots=True)
class Subject:
    """What a number is about, told by the words before it ("◊" stands for the number) and the few behind it."""

    pattern: re.Pattern[str]
    count: str = ""
    """Key of a number of persons, things or square metres; "" leaves it out."""
    money: str = ""
    """Key of an amount of money about the same."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A group of figures and the paragraphs that they stand in."""

    name: str
    label: str
    heading: re.Pattern[str]
    """Of the section whose paragraphs are read."""
    text: re.Pattern[str]
    """Of a paragraph that is read under any heading."""
    needs: re.Pattern[str]
    """What a paragraph under the heading must hold."""
    subjects: tuple[Subject, ...]
    """The first that fits counts."""
    changes: bool = False
    """True where 增加 and 减少 state a change of the subject before."""


def _subject(pattern: str, count: str = "", money: str = "") -> Subject:
    return Subject(re.compile(pattern), count, money)


_VEHICLES = (
    (r"部[^◊，、]{0,12}领导(?:干部)?用车", "ministerial_vehicles"),
    ("主要(?:领导干部|负责人)用车", "chief_leader_vehicles"),
    ("机要通信用车", "confidential_communication_vehicles"),
    ("应急保障用车", "emergency_vehicles"),
    ("执法执勤用车", "enforcement_vehicles"),
    ("特种专业技术用车", "special_technical_vehicles"),
    ("离退休干部(?:服务)?用车", "retired_cadre_vehicles"),
    ("业务用车", "business_vehicles"),
    ("一般公务用车", "general_vehicles"),
    ("其他(?:用车|车辆|公务用车)", "other_vehicles"),
)

STAFFING = Topic(
    "staffing",
    N_("机构和人员"),
    heading=re.compile("机构设置|人员(?:情况|构成|编制)|机构人员"),
    text=re.compile(r"\A(?=.*编制[^，。；]{0,12}\d)(?=.*(?:在职|实有|退休))"),
    needs=re.compile(r"\d"),
    subjects=(
        _subject(r"行政编制", "administrative_posts"),
        _subject(r"事业编制", "institution_posts"),
        _subject(r"工勤编制|机关工勤", "support_posts"),
        _subject(r"编制(?!外)", "approved_posts"),
        _subject(r"离休", "li_xiu"),
        _subject(r"离退休", "retired_and_li_xiu"),
        _subject(r"退休", "retired"),
        _subject(r"在职|在编|在岗", "in_service"),
        _subject(r"编外|聘用|派遣|临聘", "contract_staff"),
        _subject(r"遗属", "dependants"),
        _subject(r"实有", "actual"),
        _subject(r"参公[^◊]*◊|参照公务员[^◊]*◊|◊[个家]参公", "civil_service_managed_units"),
        _subject(r"行政单位◊|◊[个家]行政单位|机关◊家", "administrative_units"),
        _subject(r"事业单位◊|◊[个家]事业单位", "public_institutions"),
        _subject(
            r"◊[个家][^，。；]{0,3}(?:预算|下属|所属|二级|基层)[^，。；]{0,4}单位|下属[^◊]*单位◊", "subordinate_units"
        ),
        _subject(r"◊个[^，。；]{0,4}(?:处室|科室|股室|部门|机构|处|科|室)|(?:处室|科室|内设机构)◊", "departments"),
    ),
    changes=True,
)

PROCUREMENT = Topic(
    "procurement",
    N_("政府采购"),
    heading=re.compile("政府采购"),
    text=re.compile(r"政府采购(?:货物|工程|服务)|预留政府采购"),
    needs=re.compile(r"采购|企业|\d"),
    subjects=(
        _subject(r"小微企业|小型(?:和|、|及)?微型|小、微", money="micro"),
        _subject(r"中小企业|中、小", money="sme"),
        _subject(r"货物", money="goods"),
        _subject(r"工程", money="works"),
        _subject(r"服务", money="services"),
        _subject(r"采购", money="total"),
    ),
)

ASSETS = Topic(
    "assets",
    N_("国有资产"),
    heading=re.compile("国有资产|资产占[有用]"),
    text=re.compile(r"占[有用]使用国有资产|共有车辆◊?\d|安排购置车辆|万元[^，。；]{0,6}以上[^，。；]{0,6}设备"),
    needs=re.compile(r"\d|未安排"),
    subjects=(
        *(_subject(pattern, key, f"{key}_value") for pattern, key in _VEHICLES),
        _subject(r"(?<!\d)50万元[^◊]*(?:以上|设备)", "large_equipment_over_50", "large_equipment_over_50_value"),
        _subject(r"(?<!\d)100万元[^◊]*(?:以上|设备)", "large_equipment_over_100", "large_equipment_over_100_value"),
        _subject(r"(?<!\d)200万元[^◊]*(?:以上|设备)", "large_equipment_over_200", "large_equipment_over_200_value"),
        _subject(r"房屋|用房|建筑物", "house_area_m2", "house_value"),
        _subject(r"土地", "land_area_m2", "land_value"),
        _subject(r"车辆|公务用车", "vehicles", "vehicle_value"),
        _subject(r"家具", "furniture", "furniture_value"),
        _subject(r"其他(?:固定|国有)?资产", "other_assets", "other_value"),
        _subject(r"(?:资产|固定资产)[^◊]{0,4}(?:总额|总计|合计|总值|共计)", "", "total_value"),
        _subject(r"无形资产", "", "intangible_value"),
        _subject(r"设备", "equipment", "equipment_value"),
    ),
)

OPERATING = Topic(
    "operating_expenses",
    N_("机关运行经费"),
    heading=re.compile("(?:机关|单位)运行经费"),
    text=re.compile(r"(?:机关|单位)运行经费[^，。；]{0,30}?\d[\d,.]*[万亿]?元"),
    needs=re.compile(r"\A(?=.*运行经费)(?=.*\d)"),
    subjects=(
        _subject(r"参公[^◊]*◊|◊[个家]参公", "civil_service_managed_units"),
        _subject(r"◊[个家](?:行政)?机关|◊[个家]行政单位", "administrative_units"),
        _subject(r"◊[个家]事业单位", "public_institutions"),
        _subject(r"运行经费", money="amount"),
    ),
    changes=True,
)

PERFORMANCE = Topic(
    "performance_summary",
    N_("预算绩效"),
    heading=re.compile("绩效"),
    text=re.compile(r"\A(?=.*绩效目标)(?=.*涉及)(?=.*\d)"),
    needs=re.compile(r"\A(?=.*\d)(?=.*(?:涉及|绩效目标))"),
    subjects=(
        _subject(r"预算单位◊|◊[个家]预算单位", "units"),
        _subject(r"整体[^◊]*目标", "overall_goals", "overall_amount"),
        _subject(
            r"转移支付[^◊]*项目|◊个[，,]?[均全]?部?[为是属][^，。；]{0,8}转移支付",
            "upper_transfer_projects",
            "upper_transfer_amount",
        ),
        _subject(r"非财政拨款[^◊]*项目", "non_fiscal_projects", "non_fiscal_amount"),
        _subject(r"财政拨款[^◊]*项目", "fiscal_projects", "fiscal_amount"),
        _subject(
            r"项目[^◊]{0,4}◊个|◊个[^，。；]{0,8}项目|(?<!涉及)(?<!涉及预算)项目(?:支出|预算|总)*(?:资金|金额)[^◊]{0,3}◊",
            "projects_total",
            "projects_amount",
        ),
    ),
)

TOPICS = (STAFFING, OPERATING, PROCUREMENT, ASSETS, PERFORMANCE)
"""In the order in which a paragraph is tried under any heading."""
