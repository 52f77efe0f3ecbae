from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.model.disclosure import Severity
from loaders.narrative import changes
from tests.loaders.narrative.narrative_documents import BODY, document, shanghai, wrapped, xinjiang
from tests.support.limits import processor_seconds
from tests.support.tiers import turns

if TYPE_CHECKING:
    from budget.model.records import StatedChange
    from loaders.document import Document

WAN = 1_000_000
"""Fen."""


def read(given_document: Document, known: tuple[int, ...] = ()) -> list[StatedChange]:
    return changes.read(given_document, known=known)[0]


def brief(record: StatedChange) -> tuple[str, str, str, str, str, str]:
    return (
        record.subject,
        record.printed,
        record.share_percent,
        record.direction,
        record.delta_printed,
        record.percent,
    )


def test_amount_share_change_and_reason() -> None:
    (record,) = read(
        xinjiang(
            "一般公共预算1,140.42万元，占72.41%，比上年预算减少411.4万元，下降33.25%，主要原因是测站减少；设备已购齐。"
        )
    )
    assert brief(record) == ("一般公共预算", "1,140.42万元", "72.41", "减少", "411.4万元", "33.25")
    assert (record.amount_fen, record.half_unit) == (114_042 * WAN // 100, 5_000)
    assert (record.delta_fen, record.delta_half_unit) == (4_114 * WAN // 10, 50_000)
    assert (record.base, record.section, record.line, record.page) == ("prior_budget", "二", 3, None)
    assert record.reason == "主要原因是测站减少；设备已购齐。"
    assert record.flags == ()


def test_an_amount_alone_is_no_statement() -> None:
    assert read(xinjiang(f"{BODY}2024年收支总预算20.00万元。", "人员经费12.00万元，主要包括：基本工资、奖金。")) == []


@pytest.mark.parametrize(
    ("words", "base"),
    [
        ("比上年预算", "prior_budget"), ("较上年度预算数", "prior_budget"), ("比2023年预算", "prior_budget"),
        ("与上年预算相比，", "prior_budget"), ("比2023年执行数", "prior_executed"),
        ("比2023年预算执行数", "prior_executed"), ("较上年决算数", "prior_executed"), ("同比", "prior_year"),
        ("与上年同期相比", "prior_year"), ("比去年", "prior_year"), ("与上年相比，收支总计各", "prior_year"),
        ("与年初预算相比，", "own_budget"),
    ],
)  # fmt: skip
def test_what_it_is_compared_with(words: str, base: str) -> None:
    (record,) = read(xinjiang(f"基本支出10.00万元，{words}增加了2.00万元，增幅25.00%。"))
    assert (record.base, record.direction, record.delta_printed, record.percent) == (base, "增加", "2.00万元", "25.00")


@pytest.mark.parametrize("words", ["比上年预算持平", "与上年基本持平", "与上年预算相比无变化", "较上年无增减"])
def test_an_unchanged_amount(words: str) -> None:
    (record,) = read(xinjiang(f"公务接待费1.00万元，{words}，主要原因是厉行节约。"))
    assert (record.direction, record.delta_fen, record.percent) == ("持平", None, "")
    assert record.reason == "主要原因是厉行节约。"


@pytest.mark.parametrize(
    "reason",
    [
        "主要原因是增员。",
        "主要是增员。",
        "其主要原因为增员。",
        "原因：增员。",
        "变动的主要原因是：增员。",
        "主要由于增员。",
        "是因为增员。",
    ],
)
@pytest.mark.parametrize("mark", ["，", "。", ",", "；", ""])
def test_a_reason_begins_with_its_words(reason: str, mark: str) -> None:
    (record,) = read(xinjiang(f"基本支出10.00万元，比上年预算增加1.00万元，增长11.11%{mark}{reason}"))
    assert record.reason == reason


def test_reasons_keep_the_statements_that_they_repeat() -> None:
    reason = "主要原因是本年无此来源，所以单位资金0.00万元，比上年预算减少2.00万元，下降100.00%；基本支出增加1.00万元。"
    (record,) = read(xinjiang(f"单位资金0.00万元，占0.00%，比上年预算减少2.00万元，下降100.00%，{reason}"))
    assert record.reason == reason


def test_a_statement_behind_a_reason_begins_a_new_one() -> None:
    first, second = read(
        xinjiang(
            "基本支出10.00万元，占50.00%，比上年预算增加1.00万元，增长11.11%，主要原因是增员。"
            "项目支出10.00万元，占50.00%，比上年预算减少1.00万元，下降9.09%，主要原因是设备已购齐。"
        )
    )
    assert (first.reason, second.reason) == ("主要原因是增员。", "主要原因是设备已购齐。")
    assert brief(second) == ("项目支出", "10.00万元", "50.00", "减少", "1.00万元", "9.09")


def test_nothing_planned_is_a_statement() -> None:
    (record,) = read(xinjiang("上级政府性基金安排的转移支付资金未安排。"))
    assert (record.subject, record.printed, record.amount_fen) == ("上级政府性基金安排的转移支付资金", "未安排", None)
    assert record.flags == ("not_planned",)


def test_items_and_their_codes() -> None:
    codes = {("农林水支出", "水利", "水文测报"): "2130313", ("农林水支出", "", ""): "213"}
    found, notices = changes.read(
        xinjiang(
            "1、农林水支出（类）30.00万元，占60.00%。",
            "2、农林水支出（类）水利（款）水文测报（项）：2024年预算数为20.00万元，比上年预算增加5.00万元，增长33.33%。",
            "3.农林水支出(类)水利(款)防汛(项)2024年预算数为5.00万元,其中:项目1.00万元,比上年预算数减少1.00万元,下降16.67%。",
            "4、农林水支出（类）水利（款）抗旱（项）：2024年预算数为万元。",
        ),
        codes,
    )
    assert [(record.subject, record.code, record.printed, record.percent) for record in found] == [
        ("农林水支出", "213", "30.00万元", ""),
        ("农林水支出/水利/水文测报", "2130313", "20.00万元", "33.33"),
        ("农林水支出/水利/防汛", "", "5.00万元", "16.67"),
    ]
    assert [(notice.severity, notice.line) for notice in notices] == [(Severity.LOST, 6)]


def test_amounts_first_and_changes_later() -> None:
    found = read(
        xinjiang(
            f"{BODY}2024年财政拨款“三公”经费预算数为4.00万元，其中：因公出国（境）费0万元，公务用车运行费3.00万元，"
            "公务接待费1.00万元。",
            "2024年财政拨款“三公”经费预算比上年预算增加0.50万元，增长14.29%，其中：因公出国（境）费增加0.00万元，增长0.00%，"
            "主要原因是未安排出国；公务用车运行费减少0.50万元，下降14.29%，主要原因是车辆减少；公务接待费增加1.00万元，"
            "增长100.00%，主要原因是上年没有预算。",
            section="十、关于某县水文站2024年“三公”经费预算情况说明",
        )
    )
    assert [brief(record) for record in found] == [
        ("“三公”经费", "4.00万元", "", "增加", "0.50万元", "14.29"),
        ("因公出国（境）费", "0万元", "", "增加", "0.00万元", "0.00"),
        ("公务用车运行费", "3.00万元", "", "减少", "0.50万元", "14.29"),
        ("公务接待费", "1.00万元", "", "增加", "1.00万元", "100.00"),
    ]
    assert {record.base for record in found} == {"prior_budget"}
    assert [record.reason for record in found][1:3] == ["主要原因是未安排出国", "主要原因是车辆减少"]


def test_a_change_behind_a_list_of_parts_is_that_of_the_whole() -> None:
    found = read(
        xinjiang(
            "公务用车购置及运行维护费8万元（公务用车购置费0万元，公务用车运行维护费8万元），比上年减少2万元，下降20%。",
            "本年收入合计9万元，其中：财政拨款收入8万元，其他收入1万元。与上年相比，增加1万元，增长12.5%。",
        )
    )
    assert [brief(record)[:4] for record in found] == [
        ("公务用车购置及运行维护费", "8万元", "", "减少"), ("本年收入", "9万元", "", "增加"),
    ]  # fmt: skip


def test_every_amount_of_an_explanation_without_shares() -> None:
    found = read(
        shanghai(
            f"2024年，{BODY}收入预算1,234,567元，其中：财政拨款收入1,234,567元，比2023年预算减少1,000元；事业收入0元。",
            "财政拨款收入减少的主要原因是项目调整。",
            "1. “农林水支出（类）水利（款）水文测报（项）”科目900,000元，主要用于测报，其中仪器10元。"
            "2023年当年预算执行数为800,000元，2024年预算安排900,001元，比2023年预算执行数增加12.50%。主要原因是：仪器更新。",
            "2. “农林水支出（类）水利（款）防汛（项）”20元，主要用于防汛。",
        )
    )
    assert [brief(record) for record in found] == [
        ("收入预算", "1,234,567元", "", "", "", ""),
        ("财政拨款收入", "1,234,567元", "", "减少", "1,000元", ""),
        ("事业收入", "0元", "", "", "", ""),
        ("农林水支出/水利/水文测报", "900,000元", "", "增加", "", "12.50"),
        ("农林水支出/水利/防汛", "20元", "", "", "", ""),
    ]
    assert found[1].reason == "主要原因是项目调整。"
    assert (found[3].base, found[3].base_fen, found[3].base_printed) == ("prior_executed", 80_000_000, "800,000元")
    assert found[3].flags == ("amount_contradicts",)


@pytest.mark.parametrize(
    ("text", "flags", "amount"),
    [
        ("单位资金7.65元，占0.01%，比上年预算增加1.05万元，增长15.91%。", ("unit_doubtful",), 765),
        ("单位资金1..75万元，占0.01%。", ("number_broken",), None),
        ("单位资金1.75万元，占0.01%%。", ("number_broken",), 1_750_000),
        ("单位资金12.50，占1.00%。", ("no_unit",), 12_500_000),
        ("单位资金3.00万元，比上年预算减少1.00万元，增长50.00%。", ("sign_contradicts",), 3_000_000),
        ("单位资金3.00万元，比上年预算增加-1.00万元。", ("sign_contradicts",), 3_000_000),
        ("单位资金0.00万元，比上年预算增加（减少）0.00万元。", ("direction_open",), 0),
    ],
)
def test_odd_prints_are_kept_and_flagged(text: str, flags: tuple[str, ...], amount: int | None) -> None:
    found, notices = changes.read(xinjiang("基本支出10.00万元，占1.00%。", text))
    assert (found[1].flags, found[1].amount_fen) == (flags, amount)
    assert text.startswith("单位资金" + found[1].printed)
    assert [(notice.severity, notice.line) for notice in notices] == [(Severity.UNCERTAIN, 4)]


def test_a_doubtful_unit_is_told_by_the_tables() -> None:
    text = xinjiang("基本支出10.00万元，占1.00%。", "项目支出7.65元，占1.00%。")
    assert read(text)[1].flags == ()
    assert read(text, known=(7_650_000,))[1].flags == ("unit_doubtful",)
    too_much = xinjiang("基本支出10.00万元，占1.00%。", "项目支出500,000.00万元，占1.00%。")
    assert read(too_much, known=(50_000_000,))[1].flags == ("unit_doubtful",)
    assert read(too_much, known=(50_000_000, 500_000 * WAN))[1].flags == ()


def test_what_has_no_subject_is_said() -> None:
    found, notices = changes.read(
        xinjiang("占5.00%。", "基本支出10.00万元，占1.00%，比上年预算增加1.00万元，增长11.11%。")
    )
    assert len(found) == 1
    assert [(notice.severity, notice.line) for notice in notices] == [(Severity.LOST, 3)]


def test_a_missing_title_of_the_part_loses_nothing() -> None:
    lines = ("第二部分 2024年部门预算公开表", "二、关于某站2024年收入预算情况说明", "基本支出10.00万元，占1.00%。")
    assert [record.section for record in read(document(*lines, format_="docx"))] == ["二"]


@pytest.mark.parametrize("section", ["五、财政拨款支出预算表情况说明", "三、支出决算表的说明"])
def test_a_section_that_explains_a_table_states_changes(section: str) -> None:
    (record,) = read(xinjiang("财政拨款支出预算20.00万元，比上年预算增加5.00万元，增长33.33%。", section=section))
    assert (record.subject, record.printed, record.percent) == ("财政拨款支出预算", "20.00万元", "33.33")


def test_an_item_under_the_heading_of_its_class_has_a_code() -> None:
    codes = {("农林水支出", "水利", "水文测报"): "2130313", ("农林水支出", "林业", "水文测报"): "2130299"}
    text = "{}（款）水文测报（项）支出20.00万元，与上年相比增加5.00万元，增长33.33%。"
    found = {name: changes.read(xinjiang(text.format(name)), codes)[0][0].code for name in ("水利", "林业", "农业")}
    assert found == {"水利": "2130313", "林业": "2130299", "农业": ""}
    twice = codes | {("其他支出", "水利", "水文测报"): "2290313"}
    assert changes.read(xinjiang(text.format("水利")), twice)[0][0].code == ""


def test_projects_targets_and_terms_state_no_changes() -> None:
    change = "项目支出10.00万元，占1.00%，比上年预算增加1.00万元，增长11.11%。"
    given_document = document(
        "第三部分 2024年部门预算情况说明", "七、关于项目支出情况说明", "（一）项目名称：测报",
        "资金分配情况：" + change,
        "十二、其他重要事项", "（四）预算绩效情况", change, "第四部分 名词解释", "一、项目支出：" + change,
        format_="docx",
    )  # fmt: skip
    assert read(given_document) == []


MONEY = st.decimals(0, 99_999, places=2).map(lambda amount: f"{amount:,}")
RATE = st.decimals(0, 999, places=2).map(str)
STATEMENTS = st.lists(st.tuples(MONEY, RATE, st.sampled_from(["增加", "减少"]), MONEY, RATE), min_size=4, max_size=9)
REASON = "主要原因是：一是测站增加，测验经费较上年增加3.00万元；二是本年新增2人，资料整编经费随之调整。"


@pytest.mark.parametrize("blank_lines", [True, False])
@given(stated=STATEMENTS, width=st.integers(27, 45))
def test_what_was_written_is_read_wherever_lines_are_broken(
    blank_lines: bool, stated: list[tuple[str, str, str, str, str]], width: int
) -> None:
    lines = [
        f"{number}、农林水支出（类）水利（款）水文测报{'甲乙丙丁戊己庚辛壬'[number - 1]}（项）："
        f"2024年预算数为{amount}万元，占{share}%，比上年预算{move}{delta}万元，"
        f"{'增长' if move == '增加' else '下降'}{rate}%。{REASON}"
        for number, (amount, share, move, delta, rate) in enumerate(stated, 1)
    ]
    head = ["第三部分 2024年部门预算情况说明", "五、拨款使用情况说明"]
    found = read(wrapped([*head, *lines], 2 * width, blank_lines=blank_lines))
    assert [brief(record)[1:] for record in found] == [
        (f"{amount}万元", share, move, f"{delta}万元", rate) for amount, share, move, delta, rate in stated
    ]
    assert {record.reason for record in found} == {REASON}
    assert [record.subject[-1] for record in found] == list("甲乙丙丁戊己庚辛壬"[: len(stated)])


@given(
    st.lists(
        st.text(
            alphabet="基本支出一二1.,，。；：万元%占比上年预算增加减少下降持平（类）主要原因是“”未安排-", max_size=60
        ),
        max_size=8,
    )
)
def test_any_words_give_only_what_is_printed(lines: list[str]) -> None:
    given_document = xinjiang(*lines)
    for record in read(given_document):
        printed = "".join("".join(given_document.lines).split())
        for figure in (record.printed, record.delta_printed, record.share_percent, record.percent, record.reason):
            assert "".join(figure.split()) in printed
        assert record.share_percent or record.direction or record.flags or "/" in record.subject or record.delta_printed


@pytest.mark.parametrize(
    "piece",
    [
        "比上年预算",
        "占",
        "9",
        "9,",
        "增加",
        "甲（类）乙（款）丙（项）",
        "“",
        "（",
        "（一）",
        "2024年",
        "其中：1.00万元，",
        "主要原因是1万元；",
        "，",
    ][:: turns(4)],
)
def test_hostile_lines_cost_little_time(piece: str) -> None:
    line = (piece * 20_000)[:20_000]
    with processor_seconds(2.0):
        read(xinjiang(*[line] * 5))
        read(document(*[line] * 5))


def test_income_and_expenditure_named_together_are_one_subject() -> None:
    records = read(
        document(
            "二、财政拨款收支预算总体情况说明",
            f"{BODY}2031年度收入、支出预算总计150万元，与上年相比收、支预算总计各增加50万元，增长50%。",
            f"{BODY}2031年度财政拨款收、支预算140万元。与上年相比，财政拨款收、支总计各增加40万元，增长40%。",
        )
    )
    assert [(one.subject, one.printed, one.delta_printed, one.percent) for one in records] == [
        ("收入、支出预算总计", "150万元", "50万元", "50"),
        ("财政拨款收、支预算", "140万元", "40万元", "40"),
    ]


def test_what_a_table_must_agree_with_is_no_change() -> None:
    assert not read(document("二、收入预算情况说明", "填列数应与《收支预算总表》收入数一致。"))


def test_the_figure_of_the_year_is_the_amount_before_it() -> None:
    (flat,) = read(document("三、“三公”经费情况说明", "公务接待费预算支出20万元，本年数与上年数持平，零增长。"))
    assert (flat.subject, flat.printed, flat.direction) == ("公务接待费预算支出", "20万元", "持平")
    text = (
        "1、住房保障支出（类）住房改革支出（款）购房补贴（项）。主要用于：职工购房补贴支出。年初预算为171.49万元，"
        "支出决算为171.49万元，完成年初预算的100.00%。决算数同预算数持平。"
    )
    (done,) = read(wrapped(["三、支出决算情况说明", text], 59))
    assert done.subject == "住房保障支出/住房改革支出/购房补贴"
    assert (done.printed, done.base_printed, done.base) == ("171.49万元", "171.49万元", "own_budget")


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("渔政局机关及东湖、西湖水文站会议费9万元，比上年增加2万元。", ["渔政局机关及东湖、西湖水文站会议费"]),
        ("东湖水文站、西湖水文站项目支出9万元，比上年增加2万元。", ["东湖水文站、西湖水文站项目支出"]),
        (
            "3．测流、巡河、除草等渔业监督支出（项）9万元，与上年相比减少2万元。",
            ["测流、巡河、除草等渔业监督支出（项）"],
        ),
        ("会议费9万元，占60%、培训费6万元，占40%。", ["会议费", "培训费"]),
        ("会议费9万元，占60%（含网络费）、培训费6万元，占40%。", ["会议费", "培训费"]),
        ("其中：1、会议费9万元，占60%；2、培训费6万元，占40%。", ["会议费", "培训费"]),
        (
            "渔业（类）测流、巡河（款）9万元，占60%、水利（类）6万元，占40%。",
            ["渔业/测流、巡河", "水利"],
        ),
    ],
)
def test_an_enumeration_within_a_name_is_kept(text: str, subjects: list[str]) -> None:
    assert [one.subject for one in read(xinjiang(text))] == subjects


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("渔业支出9万元，主要用于巡河、测流等支出。与上年相比增加2万元，增长28.57%。", ("渔业支出", "9万元", "2万元")),
        ("渔业支出9万元。主要用于巡河，测流。比上年增加2万元。", ("渔业支出", "9万元", "2万元")),
        ("渔业支出9万元，用于巡河、测流，比上年增加2万元。", ("渔业支出", "9万元", "2万元")),
        ("渔业支出9万元，比2030年（上一年度，下同）预算增加2万元。", ("渔业支出", "9万元", "2万元")),
    ],
)
def test_a_change_behind_the_use_is_that_of_the_amount(text: str, expected: tuple[str, ...]) -> None:
    (one,) = read(xinjiang(text))
    assert (one.subject, one.printed, one.delta_printed) == expected


@pytest.mark.parametrize(
    "text",
    [
        "渔业支出9万元，其中：巡河费3万元，用于燃油。与上年相比增加2万元。",
        "渔业支出9万元，用于测流；巡河费3万元，用于燃油。与上年相比增加2万元。",
        "渔业支出9万元，用于燃油。因船只报废。与上年相比增加2万元。",
    ],
)
def test_a_change_that_may_be_of_the_whole_is_said_to_be_unread(text: str) -> None:
    records, lost = changes.read(xinjiang(text))
    assert not [one for one in records if one.delta_fen is not None]
    assert [one.severity for one in lost] == [Severity.LOST]


def test_an_item_under_the_heading_of_its_class_is_stated_without_a_change() -> None:
    (one,) = read(xinjiang("水文管理（款）水质监测（项）支出9万元，今年新增支出。"))
    assert (one.subject, one.printed, one.direction) == ("水文管理（款）水质监测（项）支出", "9万元", "")
