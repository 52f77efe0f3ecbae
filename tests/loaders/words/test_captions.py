"""Captions: number, title, unit, body and year, and what is none of them."""

from __future__ import annotations

import pytest

from loaders.words import captions
from loaders.words.captions import Caption


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("表1-1 支出预算表", ("表1-1", "支出预算表")),
        ("附表3：支出预算表", ("表3", "支出预算表")),
        ("公开05表支出预算表", ("表05", "支出预算表")),
        ("支出预算表", ("", "支出预算表")),
        ("表一般公共预算支出", ("", "表一般公共预算支出")),
        ("附件2024年支出预算表", ("", "附件2024年支出预算表")),
    ],
)
def test_numbers_before_titles(text: str, parts: tuple[str, str]) -> None:
    assert captions.split_number(text) == parts


@pytest.mark.parametrize("text", ["表1-1", "（公开05表）", "附件3", "附表三", "预算公开07表", "表2："])
def test_numbers_on_lines_of_their_own(text: str) -> None:
    assert captions.is_caption_line(text)
    assert not captions.is_title(text)


@pytest.mark.parametrize(
    "text",
    [
        "部门收支总体情况表", "《2024年一般公共预算支出表》", "某某区档案馆2024年支出决算表", "四、支出预算表",
        "一般公共预算财政拨款支出决算", "项目支出表（按项目）", "支出预算表（续表）",
    ],
)  # fmt: skip
def test_titles(text: str) -> None:
    assert captions.is_title(text)


@pytest.mark.parametrize(
    "text",
    [
        "本表无数据。", "注：本表按收付实现制填列", "第二部分", "目录", "单位：万元", "编制单位：某某区档案馆",
        "十七、援助其他地区支出", "某某区档案馆", "填报日期：2024年1月1日", "",
        "一、本年收入\t\t201 一般公共服务支出",
    ],
)  # fmt: skip
def test_what_is_no_title(text: str) -> None:
    assert not captions.is_title(text)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("编制单位：某某区档案馆 单位：万元", "某某区档案馆"),
        ("部门（单位）名称：某某区档案馆", "某某区档案馆"),
        ("单位名称：301某某区档案馆", "某某区档案馆"),
        ("填报单位（盖章）：某某区档案馆 填报日期：2024年1月", "某某区档案馆"),
        ("单位：万元", ""),
        ("单位：（万元）", ""),
    ],
)
def test_bodies_in_captions(text: str, body: str) -> None:
    assert captions.printed_body(text) == body


def test_a_caption_takes_in_what_lines_say_and_keeps_the_first() -> None:
    caption = Caption()
    for line in ("预算年度：2024", "部门：某某区档案馆", "金额单位：元", "单位：万元"):
        caption.take(line)
    assert (caption.unit, caption.body, caption.edition_word, caption.year) == (
        "元",
        "某某区档案馆",
        "department",
        2024,
    )
    other = Caption(number="表1", body="另一个馆")
    other.fill(caption)
    assert (other.number, other.body, other.unit) == ("表1", "另一个馆", "元")


def test_a_code_before_a_name_is_a_body_and_a_year_is_no_code() -> None:
    assert captions.is_caption_line("920某某县某某镇财政所")
    assert not captions.is_caption_line("2020年一般公共预算机关")
    assert not captions.is_caption_line("205教育支出")


def test_names_of_bodies() -> None:
    assert captions.names_body("某某区档案馆本级")
    assert not captions.names_body("一般公共服务支出")
    assert not captions.names_body("人员经费")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("第二部分 收支总体情况表", "收支总体情况表"),
        ("第二部分 2024年部门预算表", ""),
        ("第三部分 预算情况说明", ""),
    ],
)
def test_a_part_of_the_document_may_be_one_table(text: str, title: str) -> None:
    assert captions.is_title(text) is bool(title)
    assert not title or captions.split_number(text) == ("", title)
