"""The command `yusuan doctor`: what a support call asks for, on one screen, without anything personal.

It needs neither Polars nor Textual: it must answer where those cannot be imported.
"""

from __future__ import annotations

import getpass
import os
import platform
import re
import shutil
import sys
import tempfile
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from budget.i18n.language import N_, Message, tr
from tui import __version__
from tui.library import documents
from tui.terminal import capabilities, cpu, probe, streams
from tui.terminal.cells import cells, padded
from tui.terminal.output import OK, PROGRAM, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tui.config.load import Effective

WIDTH, HEIGHT = 80, 24
LABEL = 10
"""Cells of what stands before a fact."""
PACKAGES = ("textual", "polars", "pydantic", "pypdfium2", "selectolax", "xlsxwriter", "msdoc2docx")
RECOGNITION = ("rapidocr", "onnxruntime", "cv2", "numpy")
"""What reads text off images."""
NAMED = ("TERM", "COLORTERM", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "VTE_VERSION", "KONSOLE_VERSION", "NO_COLOR")
"""Variables by which terminals say what they are."""
PRESENT = ("WT_SESSION", "ConEmuANSI", "TMUX", "STY", "SSH_CONNECTION", "WSL_DISTRO_NAME")
"""Variables whose being there says enough: their values name addresses and sockets."""
LOCALE = ("LC_ALL", "LC_CTYPE", "LANG", "PYTHONIOENCODING", "PYTHONUTF8")
USUAL_PAGE = 4
"""KiB of a memory page that everything is built for; Kylin on aarch64 has 64."""
TWO = 2
AVX2 = {True: N_("有"), False: N_("没有"), None: N_("不知道")}


def doctor(found: Effective) -> int:
    """Print what was found out, for the settings that count; status 0 whatever it is."""
    say(lines(found))
    return OK


def lines(found: Effective) -> Iterator[str]:
    """Give the report: at most two lines a subject.

    None is wider than a screen; what cannot be found out does not hide the rest.
    """
    for label, facts in SUBJECTS.items():
        try:
            text = " | ".join(filter(None, facts(found)))
        except Exception as error:  # noqa: BLE001 - a damaged installation is what this command is for
            text = f"? {type(error).__name__}"
        first, *rest = two_lines(text, WIDTH - LABEL)
        yield padded(f"{tr(label)} ", LABEL) + first
        yield from (" " * LABEL + piece for piece in rest)


def two_lines(text: str, width: int) -> list[str]:
    """Break a text at blanks into at most two lines. Control characters become "?"; what has no room ends with ".."."""
    pieces = [""]
    for word in "".join(char if char.isprintable() else "?" for char in text).split(" "):
        if len(pieces) == 1 and pieces[0] and cells(f"{pieces[0]} {word}") > width:
            pieces.append(word)
        else:
            pieces[-1] = f"{pieces[-1]} {word}".strip()
    return [_cut(piece, width) for piece in pieces]


def _cut(text: str, width: int) -> str:
    if cells(text) <= width:
        return text
    while cells(text) > width - len(".."):
        text = text[:-1]
    return text + ".."


def _program(_: Effective) -> Iterator[str]:
    yield from (f"{PROGRAM} {__version__}", f"Python {platform.python_version()}")
    yield tr("离线包") if bundled() else tr("不是离线包")


def bundled() -> bool:
    """Whether the program runs out of the folder that is handed out: one file, or with its launcher beside it."""
    return getattr(sys, "frozen", False) or (Path(sys.prefix).parent / f"{PROGRAM}.sh").is_file()


def _packages(_: Effective) -> Iterator[str]:
    yield " ".join(f"{name} {_version(name)}" for name in PACKAGES)


def _system(_: Effective) -> Iterator[str]:
    try:
        yield platform.freedesktop_os_release().get("PRETTY_NAME", "")
    except OSError:
        yield " ".join(platform.win32_ver()[:2]).strip()
    yield f"{platform.system()} {platform.release()} {platform.machine()}"
    yield " ".join(filter(None, platform.libc_ver()))


def _processor(_: Effective) -> Iterator[str]:
    """The model, what the normal build of Polars needs, the builds that there are, the size of a memory page."""
    info = cpu.CPUINFO.read_text(encoding="utf-8", errors="replace") if cpu.CPUINFO.exists() else ""
    model = re.search(r"^model name\s*: *(.*)$", info, re.MULTILINE)
    yield model[1] if model else platform.processor()
    if cpu.is_x86_64():
        yield f"AVX2 {tr(AVX2[cpu.processor_runs_polars()])}"
    builds = {N_("标准版"): cpu.has_normal_runtime(), N_("兼容版"): cpu.has_compatible_runtime()}
    yield "Polars " + (" ".join(tr(name) for name, there in builds.items() if there) or tr("没有安装"))
    yield tr("不能运行") if cpu.problem() else ""
    page = os.sysconf("SC_PAGE_SIZE") // 1024 if hasattr(os, "sysconf") else USUAL_PAGE
    if page > USUAL_PAGE:
        yield tr("内存页 {} KiB，大于 4 KiB：标准的 Polars 等组件可能不能启动").format(page)


def _recognition(_: Effective) -> Iterator[str]:
    missing = [name for name in RECOGNITION if find_spec(name) is None]
    yield tr("不能识别，缺 {}").format(" ".join(missing)) if missing else tr("能识别")


def _terminal(_: Effective) -> Iterator[str]:
    """Its size, its type and program as it says itself, what lies between."""
    try:
        size = os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1)
        yield f"{size.columns}x{size.lines}"
    except (OSError, ValueError):
        yield tr("不是终端")
    yield " ".join([*_variables(*NAMED), *(name for name in PRESENT if os.environ.get(name))])


def _encodings(_: Effective) -> Iterator[str]:
    names = [getattr(stream, "encoding", None) or "-" for stream in (sys.__stdin__, sys.stdout)]
    yield tr("输入 {} 输出 {} 文件名 {}").format(*names, sys.getfilesystemencoding())
    pages = streams.this_console().code_pages
    yield tr("代码页 {}").format(" ".join(map(str, pages))) if pages else ""
    yield " ".join(_variables(*LOCALE))


def _glyphs(found: Effective) -> Iterator[str]:
    """The set of characters that is drawn, and why."""
    chosen = capabilities.glyphs(found.settings.glyphs, streams.this_console())
    yield from (chosen.name, tr(chosen.why))


def _ambiguous(_: Effective) -> Iterator[str]:
    """How wide the terminal draws a character of ambiguous width: it is asked."""
    width = probe.ambiguous_width()
    text = tr("没有测：不是终端，或终端没有回答") if width is None else tr("实测 {} 格").format(width)
    yield text + (tr("：画线和标记请用 --glyphs ascii") if width == TWO else "")


def _library(_: Effective) -> Iterator[str]:
    """The folder of the library: whether it, or the nearest one that is there, can be written, what is free."""
    folder = documents.home()
    yield anonymous(str(folder))
    there = next(one for one in (folder.absolute(), *folder.absolute().parents) if one.is_dir())
    try:
        with tempfile.TemporaryFile(dir=there):
            yield tr("可写")
    except OSError:
        yield tr("不可写")
    yield tr("剩余 {} GB").format(f"{shutil.disk_usage(there).free / 1e9:.1f}")


def _configuration(found: Effective) -> Iterator[str]:
    """The configuration file: there or not, valid or not."""
    yield anonymous(str(found.file or ""))
    if found.troubles:
        yield tr("有误：{}").format(anonymous(Message(found.troubles[0]).text()))
    else:
        yield tr("有效") if found.file and found.file.exists() else tr("没有配置文件")


SUBJECTS: dict[str, Callable[[Effective], Iterator[str]]] = {
    N_("版本"): _program,
    N_("组件"): _packages,
    N_("系统"): _system,
    N_("处理器"): _processor,
    N_("图片文字"): _recognition,
    N_("终端"): _terminal,
    N_("文字编码"): _encodings,
    N_("字符集"): _glyphs,
    N_("歧义宽度"): _ambiguous,
    N_("资料"): _library,
    N_("配置"): _configuration,
}


def anonymous(text: str) -> str:
    """Take the user's name out of a text. The user's folder becomes ~, a part of a path that is the user's name ***."""
    home = str(Path.home())
    text = text.replace(home, "~") if len(home) > 1 else text
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):
        user = ""
    names = "|".join(map(re.escape, filter(None, (user, Path.home().name))))
    return re.sub(rf"(?<=[/\\])(?:{names})(?=[/\\]|$)", "***", text) if names else text


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "?" if find_spec(package) else "-"


def _variables(*names: str) -> list[str]:
    return [f"{name}={os.environ[name]}" for name in names if os.environ.get(name)]
