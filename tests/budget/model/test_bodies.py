"""When two printed names mean one body: abbreviations, places, renamed offices; in doubt they do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.library.frames import frames
from budget.model.bodies import is_region, may_be_name, same_body
from budget.reading.disclosure import disclosures_of_year, opened
from tests.support.builders import disclosure

ONE = (
    ("临河省人民检察院", "临河省检察院"),
    ("白石州医疗保障局", "白石回族自治州医疗保障局"),
    ("白石州医保局", "白石回族自治州医疗保障局"),
    ("新疆维吾尔自治区审计厅", "新疆审计厅"),
    ("内蒙古自治区水利厅", "内蒙古水利厅"),
    ("临河市卫生和计划生育委员会", "临河市卫生健康委员会"),
    ("临河市卫计委", "临河市卫健委"),
    ("云山市临河区人民政府东岭街道办事处", "临河区东岭街道办事处"),
    ("临河市规划和自然资源局", "临河市规划与自然资源局"),
    ("临河省政协办公厅", "政协临河省委员会办公厅"),
    ("临河省政协办公厅", "中国人民政治协商会议临河省委员会办公厅"),
    ("中共临河市委组织部", "临河市委组织部"),
    ("中国共产党临河市委员会组织部", "中共临河市委组织部"),
    ("共青团临河市委", "共青团临河市委员会"),
    ("临河市国资委", "临河市人民政府国有资产监督管理委员会"),
    ("三山水族自治县人民法院", "贵州省临河州三山水族自治县人民法院"),
    ("临河县白石土家族乡人民政府", "临河县白石乡政府"),
    ("临河县下口镇财政所", "920临河县下口镇财政所"),
    ("沛县教育局", "徐州市沛县教育局"),
    ("临河县妇联", "临河县妇女联合会"),
    ("重庆市临河区", "临河区"),
    ("临河市环境保护局", "临河市生态环境局"),
    ("临河市人力资源和社会保障局", "临河市人社局"),
    ("临河市发展和改革委员会", "临河市发改委"),
)
OTHERS = (
    ("临河省高级人民法院", "临河省中级人民法院"),
    ("临河省人民法院", "临河省高级人民法院"),
    ("下口镇财政局", "下口镇财政所"),
    ("吉林市教育局", "吉林省教育局"),
    ("吉林省吉林市教育局", "吉林省教育局"),
    ("教育局", "临河市教育局"),
    ("市财政局", "临河市财政局"),
    ("东岭区财政局", "西岭区财政局"),
    ("云山市东岭区财政局", "临河市东岭区财政局"),
    ("临河市第一中学", "临河市第二中学"),
    ("临河市医保局", "临河市医疗保障局本级"),
    ("临河市", "临河市人民政府"),
    ("临河省检察院", "临河省南山市检察院"),
    ("临河市农业局", "临河市林业局"),
    ("临河市人大常委会办公室", "临河市政协办公室"),
    ("中共临河市委组织部", "中共临河市委宣传部"),
    ("临河市委", "临河市政府"),
    ("", ""),
)


@pytest.mark.parametrize(("name", "other"), ONE)
def test_names_of_one_body(name: str, other: str) -> None:
    assert same_body(name, other)
    assert same_body(other, name)


@pytest.mark.parametrize(("name", "other"), OTHERS)
def test_names_of_two_bodies(name: str, other: str) -> None:
    assert not same_body(name, other)
    assert not same_body(other, name)


@pytest.mark.parametrize("name", sorted({name for pair in (*ONE, *OTHERS) for name in pair if name and name[0] != "9"}))
def test_names_of_bodies_may_be_names(name: str) -> None:
    assert may_be_name(name)


@pytest.mark.parametrize(
    "text",
    [
        *("财政厅关于编制省级", "1.", "项目", "2020年完成数", "人员经费合计", "纳入临河市规划和自然资源局", "下达"),
        *("收入总计", "本部门", "区本级", "本地区", "地方政府", "推进政府信息公开工作部署和要求，经汇总，"),
        *("一般公共预算支出", "单位：万元", ""),
    ],
)
def test_fragments_and_heads_are_no_names(text: str) -> None:
    assert not may_be_name(text)


def test_a_place_alone_is_a_region() -> None:
    assert is_region("云山省临河市东岭区")
    assert not is_region("临河市东岭区教育局")
    assert not is_region("教育局")


_PLACES = ("临河市", "云山市", "东岭区", "白石县", "江东州", "江东省")
_OFFICES = (
    "财政局",
    "财政所",
    "教育局",
    "人民法院",
    "高级人民法院",
    "卫生健康局",
    "党委宣传部",
    "林业站",
    "气象台",
    "审计局",
)


@given(
    place=st.sampled_from(_PLACES),
    office=st.sampled_from(_OFFICES),
    another=st.sampled_from(_PLACES),
    other=st.sampled_from(_OFFICES),
    around=st.sampled_from(("", "广东省", "南山市")),
)
def test_same_place_and_office_and_nothing_else(place: str, office: str, another: str, other: str, around: str) -> None:
    assert same_body(around + place + office, place + office)
    assert same_body(around + place + office, another + other) == ((place, office) == (another, other))


def test_last_year_is_found_under_another_name_unless_that_name_means_several() -> None:
    now = disclosure(2025, {}, body="云山省临河市卫生健康委员会")
    before = disclosure(2024, {}, body="临河市卫生和计划生育委员会")
    loaded = frames([now, before])
    assert [head.body for head in disclosures_of_year(loaded, opened(loaded, now.head.disclosure_id).head, 2024)] == [
        "临河市卫生和计划生育委员会"
    ]
    short = disclosure(2025, {}, body="东岭区教育局")
    several = [disclosure(2024, {}, body=f"{city}东岭区教育局") for city in ("云山市", "临河市")]
    loaded = frames([short, *several])
    assert disclosures_of_year(loaded, opened(loaded, short.head.disclosure_id).head, 2024) == []
