"""The help of each command: its layout and its texts.

Also the values that options take. Views are named only where a help is printed: the browser is opened without importing
`budget.views`.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from budget.i18n.language import N_, tr
from tui.terminal.cells import padded

if TYPE_CHECKING:
    from collections.abc import Iterable
    from enum import StrEnum

FORMATS = ("csv", "xlsx", "json", "md", "svg")
PACKAGE = "datapackage"
"""In place of a format: all figures of the documents as a Fiscal Data Package."""
PARQUET = "parquet"
"""In place of a format: all frames as a folder of Parquet files."""
ALL_VIEWS = "all"
"""In place of a view: all of them in one workbook."""
REPORTS = ("text", "json", "csv", "md", "xlsx")
"""Formats of a report of findings; a test compares them with `budget.export.findings`."""
FRAMES = (
    *("disclosures", "statements", "lines", "cells", "passages", "notices"),
    *("stated_changes", "projects", "allocations", "plans", "indicators", "facts", "terms"),
)
"""The frames that can be printed; a test compares them with `budget.library.frames`, which costs Polars to import."""
AXES = (
    *("function", "economic", "kind", "fund", "item", "project", "unit", "flow", "version"),
    *("body", "year"),
)
"""The dimensions of a pivot; a test compares them with `budget.views.across.spec`."""
MEASURES = ("amount", "share")
WITH_PLACES = ("expenditure", "revenue", "basic", "project", "one-project")
CODE_LENGTHS = frozenset({3, 5, 7})
LABEL_WIDTH = 29
BROWSE = N_("""\
浏览部门预算公开：逐级查看类、款、项，切换基本支出与项目支出，对比两年，导出所见。
不写文件时打开资料库，首次是示例数据；写文件或文件夹时读入并打开，
PDF、Word、Excel、WPS、网页、OFD 和文本都可以；文件夹在后台逐个读入，未改变的文件不再读。
标准输出不是终端时，打印资料库或收支总览。""")
BROWSE_USAGE = N_("""\
yusuan [选项] [文件或文件夹...]
      yusuan load 文件或文件夹... [选项]
      yusuan export 文件或文件夹... --view 视图 [选项]
      yusuan check 文件或文件夹... [选项]
      yusuan report 文件或文件夹... -o 输出
      yusuan config [选项]
      yusuan doctor [选项]""")
EXPORT_USAGE = N_("""\
yusuan export 文件... --view 视图 [--scope 范围] [--at 编码] [--against 文件] [-o 输出]
      yusuan export 文件... --view all --format xlsx [-o 输出]
      yusuan export 文件... --frame 数据表 [-o 输出]
      yusuan export 文件... --format datapackage -o 输出.zip
      yusuan export [文件...] --format parquet -o 文件夹""")
EXPORT = N_("""\
不打开界面，直接导出一个视图，或导出读出的原始数据；不读写资料库。
只有 --format parquet 不写文件时导出整个资料库。""")
FURTHER = N_("导出的选项见 yusuan export --help，核对的选项见 yusuan check --help。")
SAME_NAMES = N_("与名为 load、export、check、report、config、doctor 的文件夹混淆时，写成 ./load 等。")
LOAD = N_("""\
把文件和文件夹里的资料读入资料库，不打开界面；未改变的文件不再读。
写 --scheduler 时由 Dask 集群读（须装 yusuan[cluster]）：资料和资料库须在各台机器路径相同的共享文件夹里。""")
LOAD_USAGE = N_("""\
yusuan load 文件或文件夹... [--scheduler 地址]""")
CHECK = N_("""\
核对各表之间、表与说明、两年之间的数，列出对不上的和没有核对的；不打开界面，不读写资料库。
结果是信号，不是结论，须回原文核实。""")
CHECK_USAGE = N_("""\
yusuan check 文件或文件夹... [--against 文件或文件夹] [--format 格式] [-o 输出]""")
REPORT = N_("""\
把核对结果、审查记录和完整性写成审查意见，最后是问题清单；不打开界面，不读写资料库。
不符记为“不成立”的不列入问题清单；记录在浏览器里按 \\ 写。""")
REPORT_USAGE = N_("""\
yusuan report 文件或文件夹... -o 输出.docx|.xlsx|.md [--against 文件或文件夹]""")
OPINIONS = ("docx", "xlsx", "md")
"""Formats of a review opinion; a test compares them with `budget.export.opinion_files`."""
CONFIG = N_("""\
显示每项设置的值和来处：命令行先于环境变量，环境变量先于配置文件，其余为默认。""")
CONFIG_USAGE = N_("""\
yusuan config [--path | --init] [选项]""")
DOCTOR = N_("""\
显示程序、处理器、系统、终端、文件夹的情况，一屏以内，供求助时抄给对方；
不含姓名、计算机名和资料名称，用户文件夹写作 ~。""")
DOCTOR_USAGE = N_("""\
yusuan doctor [选项]""")
CHECK_STATUS = N_("退出状态: 0 没有不符，3 有不符，1 文件读不了或写不了，2 用法不对。")
STATUS = N_("退出状态: 0 正常，1 文件读不了或写不了，2 用法不对。")


class Formatter(argparse.RawDescriptionHelpFormatter):
    """Options in two columns that are counted in cells: Chinese letters take two."""

    def _format_action(self, action: argparse.Action) -> str:
        label = f"{', '.join(action.option_strings)} {action.metavar or ''}".strip()
        return f"  {padded(label, LABEL_WIDTH)}  {action.help}\n"


def browsing() -> str:
    """What follows the options of `yusuan`."""
    return "\n\n".join([f"{tr(FURTHER)}\n{tr(SAME_NAMES)}", exporting()])


def exporting() -> str:
    """What follows the options of `yusuan export`."""
    return "\n\n".join([_views(), tr(STATUS)])


def _views() -> str:
    from budget.views.state import VIEW_SCOPES, VIEW_TITLES, View

    rows: list[tuple[str, str]] = []
    for view in View:
        rows.append((view.value, tr(VIEW_TITLES[view])))
        rows += [(f"  {scope.value}", _scope_title(scope)) for scope in VIEW_SCOPES[view] if scope]
        if view is View.ONE_PROJECT:
            rows.append(("  " + tr("项目名称"), tr("只看这一个项目；不写时看全部项目")))
    rows.append(("  other_1", tr("第一张没有通用名称的表，其余类推")))
    rows.append((ALL_VIEWS, tr("一份资料的全部视图及范围，各一张工作表，只用于 xlsx")))
    return _section(tr("视图及其范围"), rows)


def _scope_title(scope: StrEnum) -> str:
    from budget.model.titles import statement_title
    from budget.views.state import SCOPE_TITLES

    return tr(SCOPE_TITLES.get(scope, "")) or tr(statement_title(scope.value)) or scope.value


def _section(title: str, rows: Iterable[tuple[str, str]]) -> str:
    return "\n".join([f"{title}:", *(f"  {padded(label, LABEL_WIDTH)}  {text}" for label, text in rows)])
