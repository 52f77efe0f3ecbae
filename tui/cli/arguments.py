"""The command line: its options and its errors; what the help says stands in `tui.cli.help`.

The browser is opened without importing `budget`: only the help and the export name views and units.
"""

from __future__ import annotations

import argparse
import re
from pathlib import PurePath
from typing import TYPE_CHECKING, NoReturn

from budget.i18n.language import CHINESE, LANGUAGES, N_, current, joined, tr
from tui.cli.help import (
    ALL_VIEWS,
    CODE_LENGTHS,
    ENCODINGS,
    FORMATS,
    FRAMES,
    REPORTS,
    THEMES,
    UNITS,
    WITH_PLACES,
    browse_help,
    check_help,
    config_help,
    doctor_help,
    export_help,
    unit_names,
)
from tui.terminal.capabilities import GLYPHS
from tui.terminal.output import MISUSED, PROGRAM

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Sequence

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


_WITH_VALUE = {"--lang", "--config", "--theme", "--unit", "--glyphs"}
"""The options of the browser that are followed by a value."""


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
        said = translate(message) if current() == CHINESE else message
        self.exit(MISUSED, self.format_usage() + tr("{}：{}。用 --help 查看帮助。").format(PROGRAM, said) + "\n")

    def refuse(self, option: str, reason: str) -> NoReturn:
        """Say what is wrong with an option, and leave with status 2."""
        self.error(f"argument {option}: {reason}")

    def need(self, paths: Sequence[str]) -> None:
        """Say that a command names no documents, and leave with status 2; nothing where it does."""
        if not paths:
            missing = tr("文件或文件夹")
            self.error(f"the following arguments are required: {missing}")


def translate(message: str) -> str:
    """A message of argparse in Chinese."""
    for pattern, chinese in _ERRORS:
        match = re.fullmatch(pattern, message, re.DOTALL)
        if match:
            return match.expand(chinese)
    return "参数不对"


def spelled(word: str, encoding: str) -> str:
    """A word of the command line as names of files are spelled in the encoding of the file system.

    In GBK the C library reads the byte 0x80 as the euro sign, which Python cannot write: a name in UTF-8 may hold it.
    """
    try:
        word.encode(encoding, "surrogateescape")
    except UnicodeEncodeError:
        return word.replace("\u20ac", "\udc80")
    return word


def command_first(given: Sequence[str], commands: Container[str]) -> list[str]:
    """The words of a command line, its command in front: options may stand before it (`--lang en export ...`).

    What follows the first word that is no option is left alone, for it may be the name of a file.
    """
    at = 0
    while at < len(given) and given[at].startswith("--") and given[at] != "--":
        at += 2 if given[at] in _WITH_VALUE else 1
    if at < len(given) and given[at] in commands:
        return [given[at], *given[:at], *given[at + 1 :]]
    return list(given)


def browse_parser() -> Parser:
    """The parser of `yusuan [PATH...]`."""
    parser = Parser(browse_help)
    parser.add_argument("paths", nargs="*")
    _shown(parser)
    _common(parser)
    return parser


def export_parser() -> Parser:
    """The parser of `yusuan export PATH...`."""
    from budget.views.state import View

    parser = Parser(export_help)
    parser.add_argument("paths", nargs="*")
    parser.add_argument(
        "--view", type=_one_of([*(view.value for view in View), ALL_VIEWS], N_("没有视图“{}”，可用的有 {}"))
    )
    parser.add_argument("--scope")
    parser.add_argument("--at", default="")
    parser.add_argument("--against")
    parser.add_argument("--frame", type=_one_of(FRAMES, N_("没有数据表“{}”，可用的有 {}")))
    parser.add_argument("--unit", type=_unit)
    parser.add_argument("--format", type=_one_of(FORMATS, N_("没有格式“{}”，可用的有 {}")))
    _encoding(parser)
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
    parser.need(parsed.paths)
    if (parsed.view is None) == (parsed.frame is None):
        parser.refuse(tr("{} 与 {}").format("--view", "--frame"), tr("需要且只能写其中一个"))
    ending = PurePath(parsed.output or "").suffix.lower().lstrip(".")
    if ending and not parsed.format and ending not in FORMATS:
        said = tr("不认识扩展名 .{}，可用 {}，或用 --format 指明格式").format(ending, joined(FORMATS))
        parser.refuse("--output", said)
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
    parser = Parser(check_help)
    parser.add_argument("paths", nargs="*")
    parser.add_argument("--against")
    parser.add_argument("--format", type=_one_of(REPORTS, N_("没有格式“{}”，可用的有 {}")))
    parser.add_argument("--force", action="store_true")
    parser.add_argument("-o", "--output")
    _common(parser)
    return parser


def parse_check(arguments: Sequence[str]) -> argparse.Namespace:
    """Parse what follows `yusuan check`."""
    parser = check_parser()
    parsed = parser.parse_args(arguments)
    if not parsed.version:
        parser.need(parsed.paths)
    return parsed


def config_parser() -> Parser:
    """The parser of `yusuan config`."""
    parser = Parser(config_help)
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--path", action="store_true")
    only.add_argument("--init", action="store_true")
    _shown(parser)
    _encoding(parser)
    _common(parser)
    return parser


def doctor_parser() -> Parser:
    """The parser of `yusuan doctor`."""
    parser = Parser(doctor_help)
    _shown(parser)
    _common(parser)
    return parser


def _check_frame(parser: Parser, parsed: argparse.Namespace) -> None:
    for name in ("scope", "at", "against"):
        if getattr(parsed, name):
            parser.refuse(f"--{name}", tr("只用于 --view"))
    ending = PurePath(parsed.output or "").suffix.lower().lstrip(".")
    if (parsed.format or (ending if ending in FORMATS else "csv")) != "csv":
        parser.refuse("--format", tr("数据表只能导出为 csv"))


def _check_all(parser: Parser, parsed: argparse.Namespace) -> None:
    if parsed.format != "xlsx":
        parser.refuse("--view", tr("全部视图只能导出为 xlsx，每个视图一张工作表"))
    for name in ("scope", "at"):
        if getattr(parsed, name):
            parser.refuse(f"--{name}", tr("不能与 --view {} 同时使用").format(ALL_VIEWS))


def _check_view(parser: Parser, parsed: argparse.Namespace) -> None:
    from budget.views.state import VIEW_SCOPES, View

    view = View(parsed.view)
    known = [scope.value for scope in VIEW_SCOPES[view] if scope]
    named_by_documents = view in {View.STATEMENT, View.ONE_PROJECT}  # whatever statements and projects they have
    if parsed.scope and parsed.scope not in known and not named_by_documents:
        only = tr("视图 {} 的范围只有 {}") if known else tr("视图 {} 没有范围可选")
        parser.refuse("--scope", only.format(view, " ".join(known)))
    if parsed.at and view not in WITH_PLACES:
        parser.refuse("--at", tr("只用于视图 {}").format(" ".join(WITH_PLACES)))
    if parsed.at and not (parsed.at.isascii() and parsed.at.isdecimal() and len(parsed.at) in CODE_LENGTHS):
        parser.refuse("--at", tr("应是 3、5 或 7 位数字的编码，不是“{}”").format(parsed.at))
    if parsed.against and view == "library":
        parser.refuse("--against", tr("资料库没有可对比的"))


def _common(parser: Parser) -> None:
    parser.add_argument("-h", "--help", action="help")
    parser.add_argument("--version", action="store_true")
    parser.add_argument("--lang", type=_one_of(LANGUAGES, N_("没有语言“{}”，可用的有 {}")))
    parser.add_argument("--config")
    parser.add_argument("--no-config", action="store_true")


def _shown(parser: Parser) -> None:
    parser.add_argument("--theme", type=_one_of(THEMES, N_("没有配色“{}”，可用的有 {}")))
    parser.add_argument("--unit", type=_unit)
    parser.add_argument("--glyphs", type=_one_of(GLYPHS, N_("没有字符集“{}”，可用的有 {}")))
    parser.add_argument("--ascii", action="store_true")
    parser.add_argument("--no-mouse", action="store_true")


def _encoding(parser: Parser) -> None:
    parser.add_argument("--encoding", type=_one_of(ENCODINGS, N_("没有编码“{}”，可用的有 {}")))


def _one_of(known: Iterable[str], otherwise: str) -> Callable[[str], str]:
    values = [str(value) for value in known]

    def check(value: str) -> str:
        if value not in values:
            raise argparse.ArgumentTypeError(tr(otherwise).format(value, " ".join(values)))
        return value

    return check


def _unit(value: str) -> str:
    """A money unit, by the name that the views give it or by the one that needs no input method."""
    for unit, name in UNITS.items():
        if value in {unit, name}:
            return unit
    raise argparse.ArgumentTypeError(tr("没有金额单位“{}”，可用的有 {}").format(value, " ".join(unit_names())))
