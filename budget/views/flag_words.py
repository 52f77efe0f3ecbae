"""What the screen says of the flags of records."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

FLAGS = {
    "unit_doubtful": "单位可能有误",
    "number_broken": "数字不完整",
    "no_unit": "没有印单位",
    "sign_contradicts": "增减方向前后不一",
    "amount_contradicts": "同一数前后不一",
    "direction_open": "增减方向未选定",
    "not_planned": "未安排",
    "no_amount": "没有印金额",
    "name_derived": "名称取自概况",
    "exceeds_project": "大于项目金额",
    "weights_sum": "权重合计不是90或100",
    "amounts_sum": "资金合计不符",
    "amount_unread": "有金额未读出",
}
_REPEATED = "repeated_"
_FIELDS = {
    "name": "名称",
    "policy_basis": "依据",
    "amount": "金额",
    "executing_unit": "单位",
    "allocation": "构成",
    "period": "期限",
}


def flag_words(flags: Iterable[str]) -> tuple[str, ...]:
    """Each flag in words; one without words as it is."""
    return tuple(_words(flag) for flag in flags)


def _words(flag: str) -> str:
    if flag.startswith(_REPEATED):
        field = flag.removeprefix(_REPEATED)
        return f"{_FIELDS.get(field, field)}印了两次"
    return FLAGS.get(flag, flag)
