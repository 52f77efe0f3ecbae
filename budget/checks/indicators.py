"""Indicators: targets below last year's result, operators that cannot be meant, counts of another scale."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from budget.checks import verdicts
from budget.checks.model import Check, Finding
from budget.checks.projects import ENTITY, project_ref
from budget.checks.said import said
from budget.dossiers import dossiers
from budget.language import N_, tr
from budget.quantities import number_of, quantity_of
from budget.targets import MORE_IS_BETTER, UNCERTAIN, below_prior

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from budget.checks.book import Book
    from budget.checks.model import Ref
    from budget.checks.said import Said
    from budget.dossiers import Dossier
    from budget.records import Indicator

PRIOR = Check(
    "G.prior",
    N_("绩效目标"),
    N_("目标不低于上年完成值"),
    N_("越高越好（≥）的指标，目标值不低于单位相同的上年完成值"),
    hard=False,
    needs=("indicators",),
)
OPERATOR = Check(
    "G.operator",
    N_("绩效目标"),
    N_("符号合乎指标含义"),
    N_("完成率、覆盖率、满意度等越高越好的比率不用“≤”或“＜”"),
    hard=False,
    needs=("indicators",),
)
SCALE = Check(
    "G.scale",
    N_("绩效目标"),
    N_("人数与项目说明同一量级"),
    N_("目标的人数与项目说明中的人数不相差整十倍"),
    hard=False,
    needs=("indicators", "projects"),
)
CHECKS = (PRIOR, OPERATOR, SCALE)

_MORE = re.compile(
    r"(?:完成|覆盖|执行|合格|及时|到位|知晓|参保|达标|办结|出勤|保障|结算|使用|整改|普及|就业|运行|公开|满意)率|满意度"
)
_LESS = frozenset({"<", "<="})
_PERSONS = re.compile(r"(\d[\d,]*(?:\.\d+)?)(万)?(?:余|多)?人(?!次|民|均)")
_WAN = 10_000
_SAME_SCALE = 3
"""Percent by which two counts may differ from an exact power of ten."""


def check(book: Book, baseline: Book | None = None) -> Iterator[Finding]:  # noqa: ARG001 - as every topic
    """Findings on single indicators."""
    own = said(book)
    for one in own.records.indicators:
        yield from _prior(own, one)
        yield from _operator(own, one)
    for dossier in dossiers(book.sheets, own.records):
        if not dossier.shared:
            yield from _scale(own, dossier)


def indicator_ref(own: Said, one: Indicator, text: str) -> Ref:
    """Where an indicator stands."""
    title = one.project or tr(ENTITY)
    label = tr("目标 {title} {indicator}").format(title=title, indicator=one.level3)
    return own.ref("indicators", label, text, (one.line, one.page))


def _prior(own: Said, one: Indicator) -> Iterator[Finding]:
    prior = quantity_of(one.prior_value.removeprefix("="))
    if one.operator not in MORE_IS_BETTER or prior is None or number_of(one.target_value) is None:
        return
    refs = (indicator_ref(own, one, one.target), indicator_ref(own, one, one.prior_value))
    if one.status == UNCERTAIN or prior.unit != one.target_unit:
        message = tr("{indicator}：目标与上年完成值单位不同或读数存疑，未比较").format(indicator=one.level3)
        yield verdicts.unchecked(PRIOR, message, *refs)
    elif below_prior(one):
        message = tr("{indicator}：目标{target}，上年完成{prior}，低于上年").format(
            indicator=one.level3, target=one.target, prior=one.prior_value
        )
        yield verdicts.hint(PRIOR, message, refs, one.target, one.prior_value)
    else:
        yield verdicts.fine(PRIOR, tr("{indicator}：目标不低于上年完成值").format(indicator=one.level3), *refs)


def _operator(own: Said, one: Indicator) -> Iterator[Finding]:
    if not _MORE.search(one.level3) or not one.operator or one.target_unit not in {"%", "％"}:
        return
    ref = indicator_ref(own, one, one.target)
    if one.status == UNCERTAIN:
        yield verdicts.unchecked(OPERATOR, tr("{indicator}：读数存疑，符号未核对").format(indicator=one.level3), ref)
    elif one.operator in _LESS:
        message = tr("{indicator}：写作“{target}”，符号可能用反，请核对")
        message = message.format(indicator=one.level3, target=one.target)
        yield verdicts.hint(OPERATOR, message, (ref,), one.target)
    else:
        message = tr("{indicator}：{target}").format(indicator=one.level3, target=one.target)
        yield verdicts.fine(OPERATOR, message, ref)


def _scale(own: Said, dossier: Dossier) -> Iterator[Finding]:
    told: list[tuple[Decimal, Ref]] = [
        (count, project_ref(own, project, found.group()))
        for project in dossier.described
        for text in (project.recipients, project.standard, project.overview, project.benefits)
        for found in _PERSONS.finditer("".join(text.split()))
        if (count := _count(found[1], found[2])) is not None and count >= _WAN
    ]
    for one in dossier.indicators if told else ():
        wanted = _count(one.target_value, "万" if one.target_unit == "万人" else None)
        if one.target_unit not in {"人", "万人"} or wanted is None or wanted < _WAN or one.status == UNCERTAIN:
            continue
        ref = indicator_ref(own, one, one.target)
        other = next((place for count, place in told if _power_of_ten(wanted, count)), None)
        if other is None or any(_near(wanted, count) for count, _ in told):
            continue
        message = tr("{indicator}：目标{target}，项目说明为{described}，量级不同，请核对").format(
            indicator=one.level3, target=one.target, described=other.text
        )
        yield verdicts.hint(SCALE, message, (ref, other), one.target, other.text)


def _count(number: str, wan: str | None) -> Decimal | None:
    found = number_of(number)
    return None if found is None else found * (_WAN if wan else 1)


def _power_of_ten(left: Decimal, right: Decimal) -> bool:
    """Whether two counts differ by a factor of 10, 100, ..., within a few percent."""
    high, low = max(left, right), min(left, right)
    while low * 5 <= high:
        low *= 10
        if _near(low, high):
            return True
    return False


def _near(left: Decimal, right: Decimal) -> bool:
    return 100 * abs(left - right) <= _SAME_SCALE * max(left, right)
