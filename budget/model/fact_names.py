"""Names of the figures beside the statements, in order of display."""

from __future__ import annotations

from budget.i18n.language import N_, tr

TOPICS = {
    "staffing": N_("机构人员"),
    "operating_expenses": N_("运行经费"),
    "procurement": N_("政府采购"),
    "assets": N_("国有资产"),
    "performance_summary": N_("预算绩效"),
}
"""Topic -> its title; topics that are not here follow under their own names."""

PLANNED = "planned_"
"""What the keys of things still to be bought begin with."""

_UNITS = frozenset({N_("个"), N_("家"), N_("人"), N_("辆"), N_("台"), N_("台（套）"), N_("平方米")})
"""Units of figures that are no money; others are shown as they are printed."""

_VEHICLES = {
    "vehicles": N_("车辆"),
    "vehicle": N_("车辆"),
    "ministerial_vehicles": N_("部级领导干部用车"),
    "chief_leader_vehicles": N_("主要领导干部用车"),
    "confidential_communication_vehicles": N_("机要通信用车"),
    "emergency_vehicles": N_("应急保障用车"),
    "enforcement_vehicles": N_("执法执勤用车"),
    "special_technical_vehicles": N_("特种专业技术用车"),
    "retired_cadre_vehicles": N_("离退休干部用车"),
    "business_vehicles": N_("业务用车"),
    "general_vehicles": N_("一般公务用车"),
    "other_vehicles": N_("其他用车"),
}
_LARGE = {
    "large_equipment_over_50": N_("50万元以上设备"),
    "large_equipment_over_100": N_("100万元以上设备"),
    "large_equipment_over_200": N_("200万元以上设备"),
    "large_over_50": N_("50万元以上设备"),
    "large_over_100": N_("100万元以上设备"),
    "large_over_200": N_("200万元以上设备"),
}
WORDS = {
    "departments": N_("内设机构"),
    "subordinate_units": N_("所属单位"),
    "administrative_units": N_("行政单位"),
    "civil_service_managed_units": N_("参公单位"),
    "public_institutions": N_("事业单位"),
    "approved_posts": N_("编制数"),
    "administrative_posts": N_("行政编制"),
    "institution_posts": N_("事业编制"),
    "support_posts": N_("工勤编制"),
    "actual": N_("实有人数"),
    "in_service": N_("在职人员"),
    "retired": N_("退休人员"),
    "li_xiu": N_("离休人员"),
    "retired_and_li_xiu": N_("离退休人员"),
    "contract_staff": N_("编外人员"),
    "dependants": N_("遗属"),
    "amount": N_("机关运行经费"),
    "direction": N_("比上年（自述）"),
    "delta": N_("比上年增减额（自述）"),
    "percent": N_("比上年增减幅度（自述）"),
    "total": N_("采购总额"),
    "goods": N_("货物"),
    "works": N_("工程"),
    "services": N_("服务"),
    "sme": N_("面向中小企业"),
    "micro": N_("其中面向小微企业"),
    "as_of": N_("截止时间"),
    "house_area_m2": N_("房屋"),
    "house": N_("房屋"),
    "land_area_m2": N_("土地"),
    "land": N_("土地"),
    "furniture": N_("家具"),
    "other": N_("其他资产"),
    "other_assets": N_("其他资产"),
    "total_assets": N_("资产总额"),
    "intangible": N_("无形资产"),
    "equipment": N_("设备"),
    "units": N_("预算单位"),
    "overall_goals": N_("整体绩效目标"),
    "overall": N_("整体绩效目标"),
    "projects": N_("绩效项目"),
    "fiscal_projects": N_("财政拨款项目"),
    "fiscal": N_("财政拨款项目"),
    "non_fiscal_projects": N_("非财政拨款项目"),
    "non_fiscal": N_("非财政拨款项目"),
    "upper_transfer_projects": N_("上级转移支付项目"),
    "upper_transfer": N_("上级转移支付项目"),
    **_VEHICLES,
    **_LARGE,
}
_WHOLE_KEYS = {"total_value": N_("资产总额"), "projects_total": N_("绩效项目")}
_ENDS = (("_change", N_("{}增减")), ("_value", N_("{}价值")), ("_amount", N_("{}金额")))


def fact_title(key: str) -> str:
    """What a figure is called; the key itself where it has no words."""
    if key in _WHOLE_KEYS:
        return tr(_WHOLE_KEYS[key])
    bare = key.removeprefix(PLANNED)
    whole = tr("计划购置{}") if bare != key else "{}"
    for end, said in _ENDS:
        if bare not in WORDS and bare.endswith(end):
            stem = bare.removesuffix(end)
            return whole.format(tr(said).format(tr(WORDS[stem]))) if stem in WORDS else key
    return whole.format(tr(WORDS[bare])) if bare in WORDS else key


def unit_word(printed: str) -> str:
    """Unit of a figure that is no money, as displayed."""
    return tr(printed) if printed in _UNITS else printed
