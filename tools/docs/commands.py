"""What can be typed on the command line: options out of the helps, exit statuses, environment variables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tools.docs.markdown import code, table
from tui.cli import arguments
from tui.config import load
from tui.config.settings import IN_ENVIRONMENT
from tui.library import documents
from tui.terminal import output

if TYPE_CHECKING:
    from collections.abc import Callable

PARSERS: dict[str, Callable[[], arguments.Parser]] = {
    "": arguments.browse_parser,
    "load": arguments.load_parser,
    "export": arguments.export_parser,
    "check": arguments.check_parser,
    "report": arguments.report_parser,
    "config": arguments.config_parser,
    "doctor": arguments.doctor_parser,
}
"""The word after `yusuan` -> the parser of what follows."""
TITLES = {
    "": "打开浏览器",
    "load": "读入资料库",
    "export": "导出",
    "check": "核对",
    "report": "审查意见",
    "config": "设置",
    "doctor": "检查这台机器",
}
STATUSES = {
    output.OK: "正常",
    output.FAILED: "有文件读不了或写不了",
    output.MISUSED: "用法不对，或配置文件有错",
    output.DISCREPANT: "`yusuan check` 发现不符",
    output.INTERRUPTED: "按 Ctrl+C 中断",
}
VARIABLES = {
    documents.HOME: "资料库放在哪个文件夹；其中的 `config.toml` 也用作配置文件",
    load.CONFIG: "读哪个配置文件",
    **{load.VARIABLE.format(name.upper()): f"设置 {code(name)} 的值，先于配置文件" for name in IN_ENVIRONMENT},
    "NO_COLOR": "设了就不用颜色",
}
_OPTION = re.compile(r"  ((?:-h, )?-\S.*?)(?: {2,})(.+)")


def options() -> str:
    """Every command with its usage and options, taken from its help."""
    return "\n\n".join(map(_command, PARSERS))


def _command(name: str) -> str:
    text = PARSERS[name]().format_help()
    usage = text.split("\n\n")[0].removeprefix("用法:")
    lines = [line.strip() for line in usage.splitlines()]
    own = [line for line in lines if name or not re.match(r"yusuan (?:load|export|check|report|config|doctor)\b", line)]
    rows = [(code(option), said) for option, said in _OPTION.findall(text)]
    head = f"### {' '.join(filter(None, ('yusuan', name)))}：{TITLES[name]}"
    return "\n".join([head, "", "```text", *own, "```", "", table(("选项", "作用"), rows)])


def statuses() -> str:
    """The exit statuses."""
    return table(("退出状态", "意思"), [(str(status), said) for status, said in STATUSES.items()])


def variables() -> str:
    """The environment variables."""
    return table(("环境变量", "作用"), [(code(name), said) for name, said in VARIABLES.items()])
