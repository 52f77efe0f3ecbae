"""The command line: its options, its help, and its errors, all of it in Chinese.

The browser is opened without importing `budget`: only the help and the export name views and units.
"""

from __future__ import annotations

import argparse
import re
import unicodedata
from pathlib import PurePath
from typing import TYPE_CHECKING, NoReturn

from budget.language import CHINESE, LANGUAGES
from tui.console import MISUSED, PROGRAM

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
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

_ERRORS = (
    (r"the following arguments are required: (.*)", r"缺少 \1"),
    (r"unrecognized arguments: (.*)", r"不认识的参数 \1"),
    (r"argument (.*?): expected one argument", r"\1 后面要有一个值"),
    (r"argument (.*?): expected at least one argument", r"\1 后面至少要有一个值"),
    (r"argument (.*?): ignored explicit argument (.*)", r"\1 后面不带值，却写了 \2"),
    (r"argument (.*?): not allowed with argument (.*)", r"\1 不能与 \2 同时使用"),
    (r"argument (.*?): ([^a-z].*)", r"\1：\2"),
)
"""What argparse says, and what is said instead; a sentence that none of these knows is not shown."""


class Parser(argparse.ArgumentParser):
    """A parser without a word of its own: the help is a text, and errors are translated; exit status 2."""

    def __init__(self, help_text: Callable[[], str]) -> None:
        super().__init__(prog=PROGRAM, add_help=False, allow_abbrev=False)
        self.help_text = help_text

    def format_help(self) -> str:
        """The help."""
        return self.help_text()

    def format_usage(self) -> str:
        """The first paragraph of the help."""
        return self.help_text().split("\n\n")[0] + "\n"

    def error(self, message: str) -> NoReturn:
        """Say in one sentence what is wrong with the command, and leave with status 2."""
        self.exit(MISUSED, f"{self.format_usage()}{PROGRAM}：{translate(message)}。用 --help 查看帮助。\n")


def translate(message: str) -> str:
    """A message of argparse in Chinese."""
    for pattern, chinese in _ERRORS:
        match = re.fullmatch(pattern, message, re.DOTALL)
        if match:
            return match.expand(chinese)
    return "参数不对"


def language_of(given: Sequence[str]) -> str:
    """The language that a command line asks for, before it is parsed: its help and its errors are in it, too."""
    for option, value in zip(given, [*given[1:], ""], strict=True):
        wanted = value if option == "--lang" else option.removeprefix("--lang=")
        if wanted in LANGUAGES and option.startswith("--lang"):
            return wanted
    return CHINESE


def browse_parser() -> Parser:
    """The parser of `yusuan [PATH...]`."""
    parser = Parser(browse_help)
    parser.add_argument("paths", nargs="*")
    parser.add_argument("--ascii", action="store_true")
    parser.add_argument("--no-mouse", action="store_true")
    _common(parser)
    return parser


def export_parser() -> Parser:
    """The parser of `yusuan export PATH...`."""
    from budget.views.state import View

    parser = Parser(export_help)
    parser.add_argument("paths", nargs="*")
    parser.add_argument("--view", type=_one_of([*(view.value for view in View), ALL_VIEWS], "视图"))
    parser.add_argument("--scope")
    parser.add_argument("--at", default="")
    parser.add_argument("--against")
    parser.add_argument("--frame", type=_one_of(FRAMES, "数据表"))
    parser.add_argument("--unit", type=_one_of(UNITS, "金额单位"))
    parser.add_argument("--format", type=_one_of(FORMATS, "格式"))
    parser.add_argument("--encoding", type=_one_of(ENCODINGS, "编码"))
    parser.add_argument("--force", action="store_true")
    parser.add_argument("-o", "--output")
    _common(parser)
    return parser


def parse_export(arguments: Sequence[str]) -> argparse.Namespace:
    """Parse what follows `yusuan export` and refuse what does not go together."""
    parser = export_parser()
    parsed = parser.parse_args(arguments)
    if parsed.version:
        return parsed
    if not parsed.paths:
        parser.error("the following arguments are required: 文件或文件夹")
    if (parsed.view is None) == (parsed.frame is None):
        parser.error("argument --view 与 --frame: 需要且只能写其中一个")
    ending = PurePath(parsed.output or "").suffix.lower().lstrip(".")
    if ending and not parsed.format and ending not in FORMATS:
        parser.error(f"argument --output: 不认识扩展名 .{ending}，可用 {'、'.join(FORMATS)}，或用 --format 指明格式")
    if parsed.frame is not None:
        _check_frame(parser, parsed)
        return parsed
    parsed.format = parsed.format or ending or "csv"
    if parsed.format == "xlsx" and parsed.encoding:
        parser.error("argument --encoding: 工作簿（xlsx）没有编码可选")
    if parsed.view == ALL_VIEWS:
        _check_all(parser, parsed)
    else:
        _check_view(parser, parsed)
    return parsed


def check_parser() -> Parser:
    """The parser of `yusuan check PATH...`."""
    parser = Parser(check_help)
    parser.add_argument("paths", nargs="*")
    parser.add_argument("--against")
    parser.add_argument("--format", type=_one_of(REPORTS, "格式"))
    parser.add_argument("--force", action="store_true")
    parser.add_argument("-o", "--output")
    _common(parser)
    return parser


def parse_check(arguments: Sequence[str]) -> argparse.Namespace:
    """Parse what follows `yusuan check`."""
    parser = check_parser()
    parsed = parser.parse_args(arguments)
    if not parsed.version and not parsed.paths:
        parser.error("the following arguments are required: 文件或文件夹")
    return parsed


def _check_frame(parser: Parser, parsed: argparse.Namespace) -> None:
    for name in ("scope", "at", "against"):
        if getattr(parsed, name):
            parser.error(f"argument --{name}: 只用于 --view")
    ending = PurePath(parsed.output or "").suffix.lower().lstrip(".")
    if (parsed.format or (ending if ending in FORMATS else "csv")) != "csv":
        parser.error("argument --format: 数据表只能导出为 csv")


def _check_all(parser: Parser, parsed: argparse.Namespace) -> None:
    if parsed.format != "xlsx":
        parser.error("argument --view: 全部视图只能导出为 xlsx，每个视图一张工作表")
    for name in ("scope", "at"):
        if getattr(parsed, name):
            parser.error(f"argument --{name}: 不能与 --view {ALL_VIEWS} 同时使用")


def _check_view(parser: Parser, parsed: argparse.Namespace) -> None:
    from budget.views.state import VIEW_SCOPES, View

    view = View(parsed.view)
    known = [scope.value for scope in VIEW_SCOPES[view] if scope]
    named_by_documents = view in {View.STATEMENT, View.ONE_PROJECT}  # whatever statements and projects they have
    if parsed.scope and parsed.scope not in known and not named_by_documents:
        range_ = f"的范围只有 {' '.join(known)}" if known else "没有范围可选"
        parser.error(f"argument --scope: 视图 {view} {range_}")
    if parsed.at and view not in WITH_PLACES:
        parser.error(f"argument --at: 只用于视图 {' '.join(WITH_PLACES)}")
    if parsed.at and not (parsed.at.isascii() and parsed.at.isdecimal() and len(parsed.at) in CODE_LENGTHS):
        parser.error(f"argument --at: 应是 3、5 或 7 位数字的编码，不是“{parsed.at}”")
    if parsed.against and view == "library":
        parser.error("argument --against: 资料库没有可对比的")


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
                        ("-h, --help", "显示帮助"),
                    ],
                ),
                CHECK_STATUS,
            ]
        )
        + "\n"
    )


def _common(parser: Parser) -> None:
    parser.add_argument("-h", "--help", action="help")
    parser.add_argument("--version", action="store_true")
    parser.add_argument("--lang", type=_one_of(LANGUAGES, "语言"))


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


def _one_of(known: Iterable[str], what: str) -> Callable[[str], str]:
    values = [str(value) for value in known]

    def check(value: str) -> str:
        if value not in values:
            raise argparse.ArgumentTypeError(f"没有{what}“{value}”，可用的有 {' '.join(values)}")
        return value

    return check
