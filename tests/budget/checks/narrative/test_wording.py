"""What findings call a subject with namesakes, an item named otherwise, and a part that is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from budget.checks import findings
from budget.library.frames import frames
from tests.support.making_records import change, fact, speaking

if TYPE_CHECKING:
    from typing import Any


def messages(check: str, **records: Any) -> list[str]:  # noqa: ANN401 - the fields of Records
    """What a check says of the small bureau that says this besides its tables."""
    return [one.message for one in findings(frames([speaking(2025, **records)])) if one.check == check]


def test_a_subject_with_namesakes_is_called_by_what_stands_above_it_too() -> None:
    def grown(subject: str) -> Any:  # noqa: ANN401 - a stated change
        return change("10.00", "5.00", "增加", subject=subject, percent="50")

    both = (grown("农林水支出/水利/行政运行"), grown("农林水支出/林业和草原/行政运行"))
    names = [message.partition("增减幅度")[0] for message in messages("stated_percent", stated_changes=both)]
    assert names == ["水利/行政运行", "林业和草原/行政运行"]
    alone = messages("stated_percent", stated_changes=both[:1])
    assert [message.partition("增减幅度")[0] for message in alone] == ["行政运行"]


@pytest.mark.parametrize(
    ("amount", "subject", "told"),
    [
        ("12.00", "农林水支出/渔业/事业机构", "；说明把它列在“农林水支出/渔业”下，金额相同"),
        (
            "12.00",
            "农林水支出/林业和草原/事业单位",
            "；说明中没有这个名称，金额相同的是“农林水支出/林业和草原/事业单位”",
        ),
        ("7.00", "农林水支出/渔业/事业机构", "，说明中没有这一项"),
    ],
)
def test_of_an_item_one_thing_is_said(amount: str, subject: str, told: str) -> None:
    found = messages("stated_items", stated_changes=(change(amount, subject=subject),))
    assert [one for one in found if "有事业机构（2130204）12.00万元" in one] == [
        f"第4张表有事业机构（2130204）12.00万元{told}。"
    ]


def test_the_part_of_procurement_that_is_not_there_is_named() -> None:
    facts = (fact("procurement", "total", "9.00", "万元", "9.00"), fact("procurement", "goods", "9.00", "万元", "9.00"))
    assert messages("procurement_sum", facts=facts) == ["没有找到采购工程、采购服务的金额。"]
