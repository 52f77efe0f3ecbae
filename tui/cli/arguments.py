"""Parsers of the command line: commands with their options.

What else the help says stands in `tui.cli.help`. argparse speaks the language of the interface through gettext. The
browser is opened without importing `budget.views`: only the help and the export name views and units.
"""

from __future__ import annotations

import argparse
import gettext
import os
import sys
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NoReturn

from budget.i18n.language import CHINESE, FOLDER, LANGUAGES, N_, current, joined, tr
from tui import __version__
from tui.cli.help import (
    ALL_VIEWS,
    AXES,
    BROWSE,
    BROWSE_USAGE,
    CHECK,
    CHECK_STATUS,
    CHECK_USAGE,
    CODE_LENGTHS,
    CONFIG,
    CONFIG_USAGE,
    DOCTOR,
    DOCTOR_USAGE,
    EXPORT,
    EXPORT_USAGE,
    FORMATS,
    FRAMES,
    LOAD,
    LOAD_USAGE,
    MEASURES,
    OPINIONS,
    PACKAGE,
    PARQUET,
    REPORT,
    REPORT_USAGE,
    REPORTS,
    STATUS,
    WITH_PLACES,
    Formatter,
    browsing,
    exporting,
)
from tui.config.settings import ENCODINGS, THEMES, UNITS
from tui.terminal.capabilities import GLYPHS
from tui.terminal.output import PROGRAM, say

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence

    from _typeshed import SupportsWrite

PATHS = N_("文件或文件夹")
DOMAIN = "argparse"
"""The catalogue of what argparse itself says; English needs none."""
_WITH_VALUE = {"--lang", "--config", "--theme", "--unit", "--glyphs"}
"""The options of the browser that are followed by a value."""


class Parser(argparse.ArgumentParser):
    """A parser that speaks the language of the interface; errors end the program with status 2."""

    def __init__(self, usage: str, about: str, further: Callable[[], str]) -> None:
        os.environ["LANGUAGE"] = current()  # gettext asks the environment which language is spoken
        gettext.bindtextdomain(DOMAIN, FOLDER)
        gettext.textdomain(DOMAIN)
        super().__init__(
            prog=PROGRAM,
            usage=tr(usage),
            description=tr(about),
            add_help=False,
            allow_abbrev=False,
            formatter_class=Formatter,
        )
        self._further = further

    def format_help(self) -> str:
        """The help; what names views is found only now."""
        self.epilog = self._further()
        return super().format_help()

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        """Print as all else is printed: argparse would be silent where standard output takes nothing."""
        if file is sys.stdout:
            say(message.splitlines())
        else:
            super()._print_message(message, file)

    def refuse(self, option: str, reason: str) -> NoReturn:
        """Say what is wrong with an option, and leave with status 2."""
        self.error(tr("{}：{}").format(option, reason))

    def option(self, label: str, text: str, **how: Any) -> None:  # noqa: ANN401 - as argparse has it
        """Add an option as the help calls it: "-o, --output FILE", or a flag where no value is named."""
        names, _, value = label.replace(", ", ",").partition(" ")
        how |= {"metavar": value} if value else {"action": how.get("action", "store_true")}
        self.add_argument(*names.split(","), help=text, **how)


def as_file_name(word: str, encoding: str) -> str:
    """Spell a word of the command line as file names are spelled.

    In GBK the C library reads the byte 0x80 as the euro sign, which Python cannot write: a name in UTF-8 may hold it.
    """
    try:
        word.encode(encoding, "surrogateescape")
    except UnicodeEncodeError:
        return word.replace("\u20ac", "\udc80")
    return word


def command_first(given: Sequence[str], commands: Container[str]) -> list[str]:
    """Put the command in front of the options that stand before it.

    So `--lang en export ...` works; what follows the first word that is no option is left alone, for it may be the name
    of a file.
    """
    at = 0
    while at < len(given) and given[at].startswith("--") and given[at] != "--":
        at += 2 if given[at] in _WITH_VALUE else 1
    if at < len(given) and given[at] in commands:
        return [given[at], *given[:at], *given[at + 1 :]]
    return list(given)


def browse_parser() -> Parser:
    """The parser of `yusuan [PATH...]`."""
    parser = Parser(BROWSE_USAGE, BROWSE, browsing)
    parser.add_argument("paths", nargs="*", help=argparse.SUPPRESS)
    _display_options(parser)
    _common_options(parser, version=tr("显示版本"))
    return parser


def load_parser() -> Parser:
    """The parser of `yusuan load PATH...`."""
    parser = Parser(LOAD_USAGE, LOAD, lambda: tr(STATUS))
    _path_arguments(parser)
    parser.option(tr("--scheduler 地址"), tr("在 Dask 集群上读；这是它的调度进程，如 10.0.0.1:8786"))
    parser.option(tr("--lang 语言"), tr("{}，界面的语言").format(" ".join(LANGUAGES)), choices=LANGUAGES)
    _common_options(parser)
    return parser


def export_parser() -> Parser:
    """The parser of `yusuan export PATH...`."""
    from budget.views.state import View

    parser = Parser(EXPORT_USAGE, EXPORT, exporting)
    parser.add_argument("paths", nargs="*", metavar=tr(PATHS), help=argparse.SUPPRESS)
    views = [*(view.value for view in View), ALL_VIEWS]
    parser.option(tr("--view 视图"), tr("导出一个视图，视图与范围见下"), choices=views)
    parser.option(tr("--scope 范围"), tr("视图的范围，不写时用第一个"))
    axes = tr("交叉表的行: {}").format(" ".join(AXES))
    parser.option(tr("--rows 维度"), axes, choices=AXES)
    parser.option(tr("--columns 维度"), tr("交叉表的列，与行同样的维度"), choices=AXES)
    parser.option(
        tr("--where 维度=值"),
        tr("交叉表只看这个值，可以写几次，如 fund=general_public"),
        type=_filter_of_pivot,
        action="append",
        default=[],
    )
    parser.option(tr("--measure 数"), tr("交叉表的数: amount 金额，share 占所在栏合计的百分比"), choices=MEASURES)
    at = tr("从哪一类、款、项看起，如 21015（只用于支出、收入、基本和项目支出、项目详情）")
    parser.option(tr("--at 编码"), at, default="")
    parser.option(tr("--against 文件"), tr("对比的另一份资料，通常是上一年的"))
    parser.option(tr("--frame 数据表"), tr("导出原始数据: {}").format(" ".join(FRAMES)), choices=FRAMES)
    parser.option(tr("--unit 单位"), tr("视图的金额单位: {}，默认按原表").format(" ".join(unit_names())), type=_unit)
    parser.option(
        tr("--format 格式"),
        tr("{}，默认按输出的文件名，否则 csv").format(" ".join((*FORMATS, PACKAGE, PARQUET))),
        choices=(*FORMATS, PACKAGE, PARQUET),
    )
    encodings = tr("{}，csv 文件默认 utf-8-sig，json 和 md 默认 utf-8").format(" ".join(ENCODINGS))
    parser.option(tr("--encoding 编码"), encodings, choices=ENCODINGS)
    _output_options(parser)
    return parser


def parse_export(arguments: Sequence[str]) -> argparse.Namespace:
    """Parse what follows `yusuan export` and refuse what does not go together."""
    parser = export_parser()
    parsed = parser.parse_args(arguments)
    if not parsed.paths and parsed.format != PARQUET:  # as argparse says it
        parser.error(gettext.gettext("the following arguments are required: %s") % tr(PATHS))
    if parsed.format in {PACKAGE, PARQUET}:
        _check_package(parser, parsed)
        return parsed
    if (parsed.view is None) == (parsed.frame is None):
        parser.refuse(tr("{} 与 {}").format("--view", "--frame"), tr("需要且只能写其中一个"))
    ending = PurePath(parsed.output or "").suffix.lower().lstrip(".")
    if ending and not parsed.format and ending not in FORMATS:
        text = tr("不认识扩展名 .{}，可用 {}，或用 --format 指明格式").format(ending, joined(FORMATS))
        parser.refuse("--output", text)
    if parsed.format and ending in FORMATS and ending != parsed.format:
        parser.refuse("--format", tr("{} 与文件名的扩展名 .{} 不一致").format(parsed.format, ending))
    if parsed.frame is not None:
        _check_frame(parser, parsed)
        return parsed
    parsed.format = parsed.format or ending or "csv"
    if parsed.format == "xlsx" and parsed.encoding:
        parser.refuse("--encoding", tr("工作簿（xlsx）没有编码可选"))
    if parsed.view == ALL_VIEWS:
        _check_all(parser, parsed)
    else:
        _check_view(parser, parsed)
    return parsed


def check_parser() -> Parser:
    """The parser of `yusuan check PATH...`."""
    parser = Parser(CHECK_USAGE, CHECK, lambda: tr(CHECK_STATUS))
    _path_arguments(parser)
    parser.option(tr("--against 文件或文件夹"), tr("对照的上一年度资料；有几份时按单位和年度配对"))
    parser.option(
        tr("--format 格式"), tr("{}，默认按输出的文件名，否则 text").format(" ".join(REPORTS)), choices=REPORTS
    )
    _output_options(parser)
    return parser


def report_parser() -> Parser:
    """The parser of `yusuan report PATH...`."""
    parser = Parser(REPORT_USAGE, REPORT, lambda: tr(STATUS))
    _path_arguments(parser)
    parser.option(tr("--against 文件或文件夹"), tr("对照的上一年度资料；有几份时按单位和年度配对"))
    parser.option(tr("--format 格式"), tr("{}，默认按输出的文件名").format(" ".join(OPINIONS)), choices=OPINIONS)
    _output_options(parser)
    return parser


def parse_report(arguments: Sequence[str]) -> argparse.Namespace:
    """Parse what follows `yusuan report`; an output is needed, and a format that its name may tell."""
    parser = report_parser()
    parsed = parser.parse_args(arguments)
    if not parsed.output:
        parser.refuse("--output", tr("写出审查意见的文件名，如 意见.docx"))
    ending = PurePath(parsed.output).suffix.lower().lstrip(".")
    if not parsed.format and ending not in OPINIONS:
        text = tr("不认识扩展名 .{}，可用 {}，或用 --format 指明格式").format(ending, joined(OPINIONS))
        parser.refuse("--output", text)
    parsed.format = parsed.format or ending
    return parsed


def config_parser() -> Parser:
    """The parser of `yusuan config`."""
    parser = Parser(CONFIG_USAGE, CONFIG, lambda: tr(STATUS))
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--path", action="store_true", help=tr("只显示配置文件的位置"))
    only.add_argument("--init", action="store_true", help=tr("没有配置文件时写一份，每项都有说明；已有的不动"))
    _display_options(parser)
    parser.option(tr("--encoding 编码"), tr("{}，写入文件的 csv 的编码").format(" ".join(ENCODINGS)), choices=ENCODINGS)
    _common_options(parser)
    return parser


def doctor_parser() -> Parser:
    """The parser of `yusuan doctor`."""
    parser = Parser(DOCTOR_USAGE, DOCTOR, lambda: tr(STATUS))
    _display_options(parser)
    _common_options(parser)
    return parser


def unit_names() -> tuple[str, ...]:
    """What `--unit` takes, as the language of the interface writes it."""
    return tuple(UNITS) if current() == CHINESE else tuple(UNITS.values())


def _check_package(parser: Parser, parsed: argparse.Namespace) -> None:
    """A package and a folder of Parquet hold everything: nothing is chosen, and neither is text."""
    for name in ("view", "frame", "scope", "at", "against", "unit", "encoding"):
        if getattr(parsed, name):
            parser.refuse(f"--{name}", tr("不能与 --format {} 同时使用").format(parsed.format))
    if not parsed.output and parsed.format == PARQUET:
        parser.refuse("--output", tr("写出放 Parquet 文件的文件夹，如 tables"))
    if not parsed.output:
        parser.refuse("--output", tr("数据包是 zip 文件，请写出文件名，如 数据.zip"))


def _check_frame(parser: Parser, parsed: argparse.Namespace) -> None:
    for name in ("scope", "at", "against", "rows", "columns", "where", "measure"):
        if getattr(parsed, name):
            parser.refuse(f"--{name}", tr("只用于 --view"))
    ending = PurePath(parsed.output or "").suffix.lower().lstrip(".")
    if (parsed.format or (ending if ending in FORMATS else "csv")) != "csv":
        parser.refuse("--format", tr("数据表只能导出为 csv"))


def _check_all(parser: Parser, parsed: argparse.Namespace) -> None:
    if parsed.format != "xlsx":
        parser.refuse("--view", tr("全部视图只能导出为 xlsx，每个视图一张工作表"))
    for name in ("scope", "at", "rows", "columns", "where", "measure"):
        if getattr(parsed, name):
            parser.refuse(f"--{name}", tr("不能与 --view {} 同时使用").format(ALL_VIEWS))


def _check_view(parser: Parser, parsed: argparse.Namespace) -> None:
    from budget.views.state import VIEW_SCOPES, View

    view = View(parsed.view)
    if view is View.PIVOT:
        parsed.scope = _pivot_scope(parser, parsed)
    elif given := next((name for name in ("rows", "columns", "where", "measure") if getattr(parsed, name)), ""):
        parser.refuse(f"--{given}", tr("只用于视图 {}").format(View.PIVOT))
    known = [scope.value for scope in VIEW_SCOPES[view] if scope]
    # whatever statements, projects and dimensions there are
    named_by_documents = view in {View.STATEMENT, View.ONE_PROJECT, View.PIVOT}
    if parsed.scope and parsed.scope not in known and not named_by_documents:
        only = tr("视图 {} 的范围只有 {}") if known else tr("视图 {} 没有范围可选")
        parser.refuse("--scope", only.format(view, " ".join(known)))
    if parsed.at and view not in WITH_PLACES:
        parser.refuse("--at", tr("只用于视图 {}").format(" ".join(WITH_PLACES)))
    if parsed.at and not (parsed.at.isascii() and parsed.at.isdecimal() and len(parsed.at) in CODE_LENGTHS):
        parser.refuse("--at", tr("应是 3、5 或 7 位数字的编码，不是“{}”").format(parsed.at))
    if parsed.against and view == "library":
        parser.refuse("--against", tr("资料库没有可对比的"))


def _pivot_scope(parser: Parser, parsed: argparse.Namespace) -> str:
    """The scope that the options of a pivot spell; the one that was named where there are none."""
    from budget.views.across.spec import PivotSpec, spec_of

    named = spec_of(parsed.scope) if parsed.scope else PivotSpec()
    if named is None:
        parser.refuse("--scope", tr("交叉表的范围是 行/列，维度有 {}，不是“{}”").format(" ".join(AXES), parsed.scope))
    where = (*named.where, *parsed.where)
    spec = PivotSpec(parsed.rows or named.rows, parsed.columns or named.columns, where, parsed.measure or named.measure)
    if spec.rows == spec.columns:
        parser.refuse("--columns", tr("行和列要用不同的维度"))
    if len(dict(where)) < len(where):
        parser.refuse("--where", tr("一个维度只能写一次"))
    return spec.text


def _filter_of_pivot(value: str) -> tuple[str, str]:
    """A filter of a pivot: dimension and value; nothing behind the sign is the whole of the dimension."""
    name, equals, wanted = value.partition("=")
    if not equals or name not in AXES:
        raise argparse.ArgumentTypeError(tr("应写成 维度=值，维度有 {}").format(" ".join(AXES)))
    return name, wanted


def _path_arguments(parser: Parser) -> None:
    parser.add_argument("paths", nargs="+", metavar=tr(PATHS), help=argparse.SUPPRESS)


def _display_options(parser: Parser) -> None:
    parser.option(tr("--theme 配色"), tr("{}：终端的颜色，深色，浅色").format(" ".join(THEMES)), choices=THEMES)
    text = tr("打开视图时的金额单位: {}，默认按原表").format(" ".join(unit_names()))
    parser.option(tr("--unit 单位"), text, type=_unit)
    parser.option(tr("--glyphs 字符"), tr("{}，画线和标记的字符").format(" ".join(GLYPHS)), choices=GLYPHS)
    parser.option("--ascii", tr("即 --glyphs ascii，只用 ASCII 字符"))
    parser.option("--no-mouse", tr("不接管鼠标，便于用终端选取文字"))
    parser.option(tr("--lang 语言"), tr("{}，界面的语言").format(" ".join(LANGUAGES)), choices=LANGUAGES)


def _output_options(parser: Parser) -> None:
    parser.option(tr("-o, --output 输出"), tr("输出到文件；不写时输出到标准输出"))
    parser.option("--force", tr("覆盖已有的输出文件"))
    parser.option(tr("--lang 语言"), tr("{}，界面和文件中的语言").format(" ".join(LANGUAGES)), choices=LANGUAGES)
    _common_options(parser)


def _common_options(parser: Parser, version: str = argparse.SUPPRESS) -> None:
    parser.option(tr("--config 文件"), tr("读这个配置文件；平时读哪个见 yusuan config --path"))
    parser.option("--no-config", tr("不读配置文件"))
    parser.option("--version", version, action="version", version=f"{PROGRAM} {__version__}")
    parser.option("-h, --help", tr("显示帮助"), action="help")


def _unit(value: str) -> str:
    """A money unit, by the name that the views give it or by the one that needs no input method."""
    for unit, name in UNITS.items():
        if value in {unit, name}:
            return unit
    raise argparse.ArgumentTypeError(tr("没有金额单位“{}”，可用的有 {}").format(value, " ".join(unit_names())))
