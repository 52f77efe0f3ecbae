"""What the figures beside the statements are called on the screen, in the order in which they are shown."""

from __future__ import annotations

TOPICS = {
    "staffing": "机构人员",
    "operating_expenses": "运行经费",
    "procurement": "政府采购",
    "assets": "国有资产",
    "performance_summary": "预算绩效",
}
"""Topic -> its title; topics that are not here follow under their own names."""

PLANNED = "planned_"
"""What the keys of things still to be bought begin with."""

_VEHICLES = {
    "vehicles": "车辆",
    "vehicle": "车辆",
    "ministerial_vehicles": "部级领导干部用车",
    "chief_leader_vehicles": "主要领导干部用车",
    "confidential_communication_vehicles": "机要通信用车",
    "emergency_vehicles": "应急保障用车",
    "enforcement_vehicles": "执法执勤用车",
    "special_technical_vehicles": "特种专业技术用车",
    "retired_cadre_vehicles": "离退休干部用车",
    "business_vehicles": "业务用车",
    "general_vehicles": "一般公务用车",
    "other_vehicles": "其他用车",
}
_LARGE = {
    "large_equipment_over_50": "50万元以上设备",
    "large_equipment_over_100": "100万元以上设备",
    "large_equipment_over_200": "200万元以上设备",
    "large_over_50": "50万元以上设备",
    "large_over_100": "100万元以上设备",
    "large_over_200": "200万元以上设备",
}
WORDS = {
    "departments": "内设机构",
    "subordinate_units": "所属单位",
    "administrative_units": "行政单位",
    "civil_service_managed_units": "参公单位",
    "public_institutions": "事业单位",
    "approved_posts": "编制数",
    "administrative_posts": "行政编制",
    "institution_posts": "事业编制",
    "support_posts": "工勤编制",
    "actual": "实有人数",
    "in_service": "在职人员",
    "retired": "退休人员",
    "li_xiu": "离休人员",
    "retired_and_li_xiu": "离退休人员",
    "contract_staff": "编外人员",
    "dependants": "遗属",
    "amount": "机关运行经费",
    "direction": "比上年（自述）",
    "delta": "比上年增减额（自述）",
    "percent": "比上年增减幅度（自述）",
    "total": "采购总额",
    "goods": "货物",
    "works": "工程",
    "services": "服务",
    "sme": "面向中小企业",
    "micro": "其中面向小微企业",
    "as_of": "截止时间",
    "house_area_m2": "房屋",
    "house": "房屋",
    "land_area_m2": "土地",
    "land": "土地",
    "furniture": "家具",
    "other": "其他资产",
    "other_assets": "其他资产",
    "total_assets": "资产总额",
    "intangible": "无形资产",
    "equipment": "设备",
    "units": "预算单位",
    "overall_goals": "整体绩效目标",
    "overall": "整体绩效目标",
    "projects": "绩效项目",
    "fiscal_projects": "财政拨款项目",
    "fiscal": "财政拨款项目",
    "non_fiscal_projects": "非财政拨款项目",
    "non_fiscal": "非财政拨款项目",
    "upper_transfer_projects": "上级转移支付项目",
    "upper_transfer": "上级转移支付项目",
    **_VEHICLES,
    **_LARGE,
}
_WHOLE_KEYS = {"total_value": "资产总额", "projects_total": "绩效项目"}
_ENDS = (("_change", "增减"), ("_value", "价值"), ("_amount", "金额"))


def fact_title(key: str) -> str:
    """The Chinese name of a figure; the key itself where it has none."""
    if key in _WHOLE_KEYS:
        return _WHOLE_KEYS[key]
    planned = key.startswith(PLANNED)
    bare = key.removeprefix(PLANNED)
    for end, said in _ENDS:
        if bare not in WORDS and bare.endswith(end):
            stem = bare.removesuffix(end)
            title = WORDS.get(stem)
            return f"{'计划购置' if planned else ''}{title}{said}" if title else key
    title = WORDS.get(bare)
    return f"{'计划购置' if planned else ''}{title}" if title else key
