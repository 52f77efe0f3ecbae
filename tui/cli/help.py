"""What the help of each command says, and the values that options take.

Views are named only where a help is printed: the browser is opened without importing `budget`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.i18n.language import CHINESE, LANGUAGES, N_, current, tr
from tui.terminal.capabilities import GLYPHS
from tui.terminal.text import padded

if TYPE_CHECKING:
    from collections.abc import Iterable
    from enum import StrEnum

FORMATS = ("csv", "xlsx", "json", "md")
ALL_VIEWS = "all"
"""In place of a view: all of them in one workbook."""
REPORTS = ("text", "json", "csv", "md")
"""Formats of a report of findings; a test compares them with `budget.export.findings`."""
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030")
FRAMES = (
    *("disclosures", "statements", "lines", "cells", "passages", "notices"),
    *("stated_changes", "projects", "allocations", "plans", "indicators", "facts", "terms"),
)
"""The frames that can be printed; a test compares them with `budget.library.frames`, which costs Polars to import."""
WITH_PLACES = ("expenditure", "revenue", "basic", "project", "one-project")
CODE_LENGTHS = frozenset({3, 5, 7})
UNITS = {"元": "yuan", "万元": "wan", "亿元": "yi"}
"""The money units with the names that need no Chinese input method: `--unit` takes both."""
THEMES = ("terminal", "dark", "light")
"""The colours; a test compares them with `tui.terminal.themes`."""
LABEL_WIDTH = 29
BROWSE = N_("""\
浏览部门预算公开：逐级查看类、款、项，切换基本支出与项目支出，对比两年，导出所见。
不写文件时打开资料库，首次是示例数据；写文件或文件夹时读入并打开，
PDF、Word、Excel、WPS、网页、OFD 和文本都可以；文件夹在后台逐个读入，未改变的文件不再读。
标准输出不是终端时，打印资料库或收支总览。""")
BROWSE_USAGE = N_("""\
用法: yusuan [选项] [文件或文件夹...]
      yusuan export 文件或文件夹... --view 视图 [选项]
      yusuan check 文件或文件夹... [选项]
      yusuan config [选项]
      yusuan doctor [选项]""")
EXPORT_USAGE = N_("""\
用法: yusuan export 文件... --view 视图 [--scope 范围] [--at 编码] [--against 文件] [-o 输出]
      yusuan export 文件... --view all --format xlsx [-o 输出]
      yusuan export 文件... --frame 数据表 [-o 输出]""")
EXPORT = N_("不打开界面，直接导出一个视图，或导出读出的原始数据；不读写资料库。")
FURTHER = N_("导出的选项见 yusuan export --help，核对的选项见 yusuan check --help。")
SAME_NAMES = N_("与名为 export、check、config、doctor 的文件夹混淆时，写成 ./export 等。")
CHECK = N_("""\
核对各表之间、表与说明、两年之间的数，列出对不上的和没有核对的；不打开界面，不读写资料库。
结果是信号，不是结论，须回原文核实。""")
CHECK_USAGE = N_("""\
用法: yusuan check 文件或文件夹... [--against 文件或文件夹] [--format 格式] [-o 输出]""")
CONFIG = N_("""\
显示每项设置的值和来处：命令行先于环境变量，环境变量先于配置文件，其余为默认。""")
CONFIG_USAGE = N_("""\
用法: yusuan config [--path | --init] [选项]""")
DOCTOR = N_("""\
显示程序、处理器、系统、终端、文件夹的情况，一屏以内，供求助时抄给对方；
不含姓名、计算机名和资料名称，用户文件夹写作 ~。""")
DOCTOR_USAGE = N_("""\
用法: yusuan doctor [选项]""")
CHECK_STATUS = N_("退出状态: 0 没有不符，3 有不符，1 文件读不了或写不了，2 用法不对。")
STATUS = N_("退出状态: 0 正常，1 文件读不了或写不了，2 用法不对。")


def browse_help() -> str:
    """The help of `yusuan`."""
    options = [
        *_shown(),
        *_configured(),
        ("--version", tr("显示版本")),
        ("-h, --help", tr("显示帮助")),
    ]
    further = f"{tr(FURTHER)}\n{tr(SAME_NAMES)}"
    return _paragraphs(tr(BROWSE_USAGE), tr(BROWSE), _section(tr("选项"), options), further, _views(), tr(STATUS))


def export_help() -> str:
    """The help of `yusuan export`."""
    options = [
        (tr("--view 视图"), tr("导出一个视图，视图与范围见下")),
        (tr("--scope 范围"), tr("视图的范围，不写时用第一个")),
        (
            tr("--at 编码"),
            tr("从哪一类、款、项看起，如 21015（只用于支出、收入、基本和项目支出、项目详情）"),
        ),
        (tr("--against 文件"), tr("对比的另一份资料，通常是上一年的")),
        (tr("--frame 数据表"), tr("导出原始数据: {}").format(" ".join(FRAMES))),
        (tr("--unit 单位"), tr("视图的金额单位: {}，默认按原表").format(" ".join(unit_names()))),
        (tr("--format 格式"), tr("{}，默认按输出的文件名，否则 csv").format(" ".join(FORMATS))),
        (
            tr("--encoding 编码"),
            tr("{}，csv 文件默认 utf-8-sig，json 和 md 默认 utf-8").format(" ".join(ENCODINGS)),
        ),
        *_output(),
    ]
    return _paragraphs(tr(EXPORT_USAGE), tr(EXPORT), _section(tr("选项"), options), _views(), tr(STATUS))


def check_help() -> str:
    """The help of `yusuan check`."""
    options = [
        (tr("--against 文件或文件夹"), tr("对照的上一年度资料；有几份时按单位和年度配对")),
        (tr("--format 格式"), tr("{}，默认按输出的文件名，否则 text").format(" ".join(REPORTS))),
        *_output(),
    ]
    return _paragraphs(tr(CHECK_USAGE), tr(CHECK), _section(tr("选项"), options), tr(CHECK_STATUS))


def unit_names() -> tuple[str, ...]:
    """What `--unit` takes, as the language of the interface writes it."""
    return tuple(UNITS) if current() == CHINESE else tuple(UNITS.values())


def config_help() -> str:
    """The help of `yusuan config`."""
    options = [
        ("--path", tr("只显示配置文件的位置")),
        ("--init", tr("没有配置文件时写一份，每项都有说明；已有的不动")),
        *_shown(),
        (tr("--encoding 编码"), tr("{}，写入文件的 csv 的编码").format(" ".join(ENCODINGS))),
        *_configured(),
        ("-h, --help", tr("显示帮助")),
    ]
    return _paragraphs(tr(CONFIG_USAGE), tr(CONFIG), _section(tr("选项"), options), tr(STATUS))


def doctor_help() -> str:
    """The help of `yusuan doctor`."""
    options = [*_shown(), *_configured(), ("-h, --help", tr("显示帮助"))]
    return _paragraphs(tr(DOCTOR_USAGE), tr(DOCTOR), _section(tr("选项"), options), tr(STATUS))


def _shown() -> list[tuple[str, str]]:
    return [
        (tr("--theme 配色"), tr("{}：终端的颜色，深色，浅色").format(" ".join(THEMES))),
        (tr("--unit 单位"), tr("打开视图时的金额单位: {}，默认按原表").format(" ".join(unit_names()))),
        (tr("--glyphs 字符"), tr("{}，画线和标记的字符").format(" ".join(GLYPHS))),
        ("--ascii", tr("即 --glyphs ascii，只用 ASCII 字符")),
        ("--no-mouse", tr("不接管鼠标，便于用终端选取文字")),
        (tr("--lang 语言"), tr("{}，界面的语言").format(" ".join(LANGUAGES))),
    ]


def _configured() -> list[tuple[str, str]]:
    return [
        (tr("--config 文件"), tr("读这个配置文件；平时读哪个见 yusuan config --path")),
        ("--no-config", tr("不读配置文件")),
    ]


def _output() -> list[tuple[str, str]]:
    return [
        (tr("-o, --output 输出"), tr("输出到文件；不写时输出到标准输出")),
        ("--force", tr("覆盖已有的输出文件")),
        (tr("--lang 语言"), tr("{}，界面和文件中的语言").format(" ".join(LANGUAGES))),
        *_configured(),
        ("-h, --help", tr("显示帮助")),
    ]


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(parts) + "\n"


def _views() -> str:
    from budget.views.state import VIEW_SCOPES, VIEW_TITLES, View

    rows: list[tuple[str, str]] = []
    for view in View:
        rows.append((view.value, tr(VIEW_TITLES[view])))
        rows += [(f"  {scope.value}", _scope_title(scope)) for scope in VIEW_SCOPES[view] if scope]
        if view is View.ONE_PROJECT:
            rows.append(("  " + tr("项目名称"), tr("只看这一个项目；不写时看全部项目")))
    rows.append(("  other_1", tr("表式以外的第一张表，其余类推")))
    rows.append((ALL_VIEWS, tr("一份资料的全部视图及范围，各一张工作表，只用于 xlsx")))
    return _section(tr("视图及其范围"), rows)


def _scope_title(scope: StrEnum) -> str:
    from budget.forms.catalogue import statement_form
    from budget.views.state import SCOPE_TITLES

    form = statement_form("", scope.value)
    return tr(SCOPE_TITLES.get(scope, "")) or (tr(form.short) if form else scope.value)


def _section(title: str, rows: Iterable[tuple[str, str]]) -> str:
    return "\n".join([f"{title}:", *(f"  {padded(label, LABEL_WIDTH)}  {text}" for label, text in rows)])
