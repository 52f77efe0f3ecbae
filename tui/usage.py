"""What the help of each command says, and the values that options take.

Views are named only where a help is printed: the browser is opened without importing `budget`.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from budget.language import LANGUAGES
from tui.console import PROGRAM

if TYPE_CHECKING:
    from collections.abc import Iterable
    from enum import StrEnum

FORMATS = ("csv", "xlsx", "json", "md")
ALL_VIEWS = "all"
"""In place of a view: all of them in one workbook."""
REPORTS = ("text", "json", "csv", "md")
"""Formats of a report of findings; a test compares them with `budget.export_findings`."""
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030")
FRAMES = (
    *("disclosures", "statements", "lines", "cells", "passages", "notices"),
    *("stated_changes", "projects", "allocations", "plans", "indicators", "facts", "terms"),
)
"""The frames that can be printed; a test compares them with `budget.frames`, which costs Polars to import."""
WITH_PLACES = ("expenditure", "revenue", "basic", "project", "one-project")
CODE_LENGTHS = frozenset({3, 5, 7})
UNITS = ("元", "万元", "亿元")
LABEL_WIDTH = 29
BROWSE = """\
浏览部门预算公开：逐级查看类、款、项，切换基本支出与项目支出，对比两年，导出所见。
不写文件时打开资料库，首次是示例数据；写文件或文件夹时读入并打开，
PDF、Word、Excel、WPS、网页、OFD 和文本都可以；文件夹在后台逐个读入，未改变的文件不再读。
标准输出不是终端时，打印收支总览。"""
BROWSE_USAGE = """\
用法: yusuan [选项] [文件或文件夹...]
      yusuan export 文件或文件夹... --view 视图 [选项]
      yusuan check 文件或文件夹... [选项]"""
EXPORT_USAGE = """\
用法: yusuan export 文件... --view 视图 [--scope 范围] [--at 编码] [--against 文件] [-o 输出]
      yusuan export 文件... --view all --format xlsx [-o 输出]
      yusuan export 文件... --frame 数据表 [-o 输出]"""
SAME_NAMES = "与名为 export、check 的文件夹混淆时，写成 ./export、./check。"
CHECK = """\
核对各表之间、表与说明、两年之间的数，列出对不上的和没有核对的；不打开界面，不读写资料库。
结果是信号，不是结论，须回原文核实。"""
CHECK_USAGE = """\
用法: yusuan check 文件或文件夹... [--against 文件或文件夹] [--format 格式] [-o 输出]"""
CHECK_STATUS = "退出状态: 0 没有不符，3 有不符，1 文件读不了或写不了，2 用法不对。"
STATUS = "退出状态: 0 正常，1 文件读不了或写不了，2 用法不对。"


def browse_help() -> str:
    """The help of `yusuan`."""
    return (
        "\n\n".join(
            [
                BROWSE_USAGE,
                BROWSE,
                _section(
                    "选项",
                    [
                        ("--ascii", "只用 ASCII 字符画线和标记"),
                        ("--no-mouse", "不接管鼠标，便于用终端选取文字"),
                        ("--lang 语言", " ".join(LANGUAGES) + "，界面的语言"),
                        ("--version", "显示版本"),
                        ("-h, --help", "显示帮助"),
                    ],
                ),
                f"导出的选项见 {PROGRAM} export --help，核对的选项见 {PROGRAM} check --help。\n{SAME_NAMES}",
                _views(),
                STATUS,
            ]
        )
        + "\n"
    )


def export_help() -> str:
    """The help of `yusuan export`."""
    return (
        "\n\n".join(
            [
                EXPORT_USAGE,
                "不打开界面，直接导出一个视图，或导出读出的原始数据；不读写资料库。",
                _section(
                    "选项",
                    [
                        ("--view 视图", "导出一个视图，视图与范围见下"),
                        ("--scope 范围", "视图的范围，不写时用第一个"),
                        ("--at 编码", "从哪一类、款、项看起，如 21015（只用于支出、收入、基本和项目支出、项目详情）"),
                        ("--against 文件", "对比的另一份资料，通常是上一年的"),
                        ("--frame 数据表", "导出原始数据: " + " ".join(FRAMES)),
                        ("--unit 单位", "视图的金额单位: " + " ".join(UNITS) + "，默认按原表"),
                        ("--format 格式", " ".join(FORMATS) + "，默认按输出的文件名，否则 csv"),
                        ("--encoding 编码", " ".join(ENCODINGS) + "，csv 文件默认 utf-8-sig，json 和 md 默认 utf-8"),
                        ("-o, --output 输出", "输出到文件；不写时输出到标准输出"),
                        ("--force", "覆盖已有的输出文件"),
                        ("--lang 语言", " ".join(LANGUAGES) + "，界面和文件中的语言"),
                        ("-h, --help", "显示帮助"),
                    ],
                ),
                _views(),
                STATUS,
            ]
        )
        + "\n"
    )


def check_help() -> str:
    """The help of `yusuan check`."""
    return (
        "\n\n".join(
            [
                CHECK_USAGE,
                CHECK,
                _section(
                    "选项",
                    [
                        ("--against 文件或文件夹", "对照的上一年度资料；有几份时按单位和年度配对"),
                        ("--format 格式", " ".join(REPORTS) + "，默认按输出的文件名，否则 text"),
                        ("-o, --output 输出", "输出到文件；不写时输出到标准输出"),
                        ("--force", "覆盖已有的输出文件"),
                        ("--lang 语言", " ".join(LANGUAGES) + "，界面和文件中的语言"),
                        ("-h, --help", "显示帮助"),
                    ],
                ),
                CHECK_STATUS,
            ]
        )
        + "\n"
    )


def _views() -> str:
    from budget.views.state import VIEW_SCOPES, VIEW_TITLES, View

    rows: list[tuple[str, str]] = []
    for view in View:
        rows.append((view.value, VIEW_TITLES[view]))
        rows += [(f"  {scope.value}", _scope_title(scope)) for scope in VIEW_SCOPES[view] if scope]
        if view is View.ONE_PROJECT:
            rows.append(("  项目名称", "只看这一个项目；不写时看全部项目"))
    rows.append(("  other_1", "表式以外的第一张表，其余类推"))
    rows.append((ALL_VIEWS, "一份资料的全部视图及范围，各一张工作表，只用于 xlsx"))
    return _section("视图及其范围", rows)


def _scope_title(scope: StrEnum) -> str:
    from budget.forms import statement_form
    from budget.views.state import SCOPE_TITLES

    form = statement_form("", scope.value)
    return SCOPE_TITLES.get(scope) or (form.short if form else scope.value)


def _section(title: str, rows: Iterable[tuple[str, str]]) -> str:
    return "\n".join([f"{title}:", *(f"  {_padded(label)}  {text}" for label, text in rows)])


def _padded(label: str) -> str:
    cells = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in label)
    return label + " " * (LABEL_WIDTH - cells)
