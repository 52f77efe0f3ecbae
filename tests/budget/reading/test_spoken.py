"""Where a text speaks of something, and where it says that a fund has nothing."""

from __future__ import annotations

import pytest

from budget.reading.spoken import Line, spoken_nothing, spoken_of

FUND, CAPITAL = "government_fund", "state_capital"


def lines(*texts: tuple[str, str]) -> list[Line]:
    """Lines of a text from headings and texts, each on a page of its own."""
    return [Line(number, number, heading, text) for number, (heading, text) in enumerate(texts, 1)]


def page(subject: str, *texts: tuple[str, str]) -> int | None:
    """The page where the text speaks of a subject."""
    found = spoken_of(subject, lines(*texts))
    return None if found is None else found.page


@pytest.mark.parametrize(
    ("subject", "heading", "text"),
    [
        ("targets", "第二部分 表 › 六、基本支出预算表", "30107绩效工资77.00"),
        ("targets", "第三部分 说明 › 六、基本支出情况说明", "津贴补贴、奖金、绩效工资、社会保障缴费"),
        ("targets", "第一部分 概况 › 三、深化改革", "健全绩效目标管理"),
        ("assets", "第一部分 概况 › 一、主要职责", "负责国有资产占有使用的管理，共有车辆3辆"),
        ("assets", "第二部分 表 › 十二、政府采购预算表", "车辆维修和保养服务 267.80"),
        ("operation", "目录 › （四）机关运行经费", "（四）机关运行经费：指行政单位使用的日常公用经费"),
    ],
)
def test_a_word_anywhere_is_no_explanation(subject: str, heading: str, text: str) -> None:
    assert page(subject, (heading, text), (heading, "又一行")) is None


@pytest.mark.parametrize(
    ("subject", "heading"),
    [
        ("targets", "（一）预算绩效目标设置情况说明"),
        ("targets", "十、预算绩效管理情况"),
        ("assets", "十三、国有资产占用情况"),
        ("duties", "一、主要职能"),
        ("terms", "第四部分 名词解释"),
    ],
)
def test_a_heading_is_where_a_text_begins_to_speak(subject: str, heading: str) -> None:
    contents = ("第二部分 说明", "第二部分 说明"), (heading, heading), ("第一部分 概况", "第一部分 概况")
    assert page(subject, *contents, ("三、其他", "绩效工资"), (heading, heading), (heading, "本部门的情况。")) == 5


def test_without_a_heading_a_sentence_speaks() -> None:
    assert page("targets", ("三、其他", "支出情况。"), ("三、其他", "5个项目编报绩效目标。")) == 2
    assert page("assets", ("三、其他", "支出情况。"), ("三、其他", "本部门共有车辆46辆。")) == 2


SECTION = "第三部分 说明 › 七、政府性基金支出预算表情况说明"


@pytest.mark.parametrize(
    ("fund", "heading", "text"),
    [
        (FUND, SECTION, "本院2025年政府性基金支出预算支出0万元。"),
        (FUND, "说明", "政府性基金预算支出为0.00元，与上年持平。"),
        (FUND, "说明", "本部门无政府性基金预算。"),
        (FUND, "说明", "本年度没有政府性基金预算财政拨款收入和支出，"),
        (FUND, "说明", "2025年没有使用政府性基金预算拨款安排的支出。"),
        (FUND, "说明", "政府性基金预算未安排。"),
        (FUND, "说明", "未安排政府性基金预算支出。"),
        (FUND, SECTION, "本部门无此项预算。"),
        (CAPITAL, "说明", "无政府性基金预算拨款和国有资本经营预算拨款。"),
        (CAPITAL, "说明", "2025年没有国有资本经营预算支出。"),
    ],
)
def test_a_sentence_says_that_a_fund_has_nothing(fund: str, heading: str, text: str) -> None:
    found = spoken_nothing(fund, lines((heading, "本表反映情况。"), (heading, text)), 2025)
    assert found is not None
    assert found.text == text


def test_a_sentence_goes_on_in_the_next_line_and_over_a_page_number() -> None:
    broken = lines(("说明", "2025年没有政府性"), ("说明", "-14-"), ("说明", "基金预算支出。"))
    assert spoken_nothing(FUND, broken, 2025) == broken[0]


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        (SECTION, "本表反映政府性基金支出预算安排情况。"),
        (SECTION, "政府性基金支出预算10万元，比上年增加0万元。"),
        (SECTION, "政府性基金支出预算比上年增加0万元。"),
        (SECTION, "政府性基金支出预算10,000.00元，占0.00%。"),
        ("说明", "上级政府性基金安排的转移支付资金未安排。"),
        ("说明", "2024年政府性基金预算支出0万元。"),
        ("说明", "没有政府性基金预算的部门应当公开空表。"),
        ("说明", "没有使用政府性基金预算安排“三公”经费。"),
        ("说明", "无国有资本经营预算。"),
        ("第四部分 名词解释", "无政府性基金预算。"),
        ("说明 › 八、国有资本经营预算情况说明", "本部门无此项预算。"),
    ],
)
def test_other_sentences_do_not(heading: str, text: str) -> None:
    assert spoken_nothing(FUND, lines((heading, text)), 2025) is None


def test_of_other_funds_nothing_is_asked() -> None:
    assert spoken_nothing("general_public", lines(("说明", "一般公共预算支出0万元。"))) is None
