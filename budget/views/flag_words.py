"""What the screen says of the flags of records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.language import N_, tr

if TYPE_CHECKING:
    from collections.abc import Iterable

FLAGS = {
    "unit_doubtful": N_("单位可能有误"),
    "number_broken": N_("数字不完整"),
    "number_mended": N_("数字按合计补正"),
    "no_unit": N_("没有印单位"),
    "sign_contradicts": N_("增减方向前后不一"),
    "amount_contradicts": N_("同一数前后不一"),
    "direction_open": N_("增减方向未选定"),
    "not_planned": N_("未安排"),
    "no_amount": N_("没有印金额"),
    "name_derived": N_("名称取自概况"),
    "exceeds_project": N_("大于项目金额"),
    "weights_sum": N_("权重合计不是90或100"),
    "amounts_sum": N_("资金合计不符"),
    "amount_unread": N_("有金额未读出"),
}
_REPEATED = "repeated_"
_FIELDS = {
    "name": N_("名称"),
    "policy_basis": N_("依据"),
    "amount": N_("金额"),
    "executing_unit": N_("单位"),
    "allocation": N_("构成"),
    "period": N_("期限"),
}


def flag_words(flags: Iterable[str]) -> tuple[str, ...]:
    """Each flag in words; one without words as it is."""
    return tuple(_words(flag) for flag in flags)


def _words(flag: str) -> str:
    if flag.startswith(_REPEATED):
        field = flag.removeprefix(_REPEATED)
        return tr("{}印了两次").format(tr(_FIELDS.get(field, field)))
    return tr(FLAGS[flag]) if flag in FLAGS else flag
