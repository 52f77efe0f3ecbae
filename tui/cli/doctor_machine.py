"""What `yusuan doctor` says of the program, the machine and its folders; the standard library only."""

from __future__ import annotations

import getpass
import os
import platform
import shutil
import sys
import tempfile
import zipfile
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from budget.i18n.language import N_, shown, tr
from tui import __version__
from tui.library import documents
from tui.terminal import cpu
from tui.terminal.output import PROGRAM

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.config.settings import Effective

BETWEEN = " | "
PACKAGES = ("textual", "polars", "pydantic", "pypdfium2", "selectolax", "xlsxwriter", "msdoc2docx")
OPTIONAL = ("rapidocr", "onnxruntime", "cv2", "numpy")
"""What reads text off images."""
USUAL_PAGE = 4
"""KiB of a memory page that everything is built for; Kylin on aarch64 has 64."""
MODEL = "model name"
YES, NO, UNKNOWN = N_("有"), N_("没有"), N_("不知道")


def program() -> str:
    """Version, Python, and whether it is a bundle."""
    bundle = tr("离线包") if getattr(sys, "frozen", False) else tr("不是离线包")
    return BETWEEN.join([f"{PROGRAM} {__version__}", f"Python {platform.python_version()}", bundle])


def packages() -> str:
    """The versions of what the program is made of."""
    return " ".join(f"{name} {_version(name)}" for name in PACKAGES)


def system() -> str:
    """The operating system, its version and its C library."""
    name = " ".join(filter(None, (platform.system(), platform.release(), platform.machine())))
    library = " ".join(filter(None, platform.libc_ver()))
    return BETWEEN.join(filter(None, (_distribution(), name, library)))


def processor() -> str:
    """Model and whether it has what the normal build of Polars needs."""
    if not cpu.is_x86_64():
        return BETWEEN.join(filter(None, (_model(), platform.machine())))
    enough = cpu.processor_is_enough()
    return BETWEEN.join(filter(None, (_model(), f"AVX2 {tr(UNKNOWN if enough is None else YES if enough else NO)}")))


def runtime() -> str:
    """Which builds of Polars are installed, and which of them is taken."""
    normal, older = cpu.has_normal_runtime(), cpu.has_compatible_runtime()
    installed = [name for name, there in ((tr("标准版"), normal), (tr("兼容版"), older)) if there]
    cpu.choose_runtime()
    chosen = os.environ.get(cpu.FORCED) or os.environ.get(cpu.PREFERRED)
    told = tr("已装 {}").format(" ".join(installed)) if installed else tr("没有安装")
    return BETWEEN.join(filter(None, (told, tr("选用 {}").format(chosen) if chosen else "", _trouble())))


def page() -> str:
    """The size of a memory page."""
    if not hasattr(os, "sysconf"):
        return tr(UNKNOWN)
    size = os.sysconf("SC_PAGE_SIZE") // 1024
    note = tr("大于 4 KiB：标准的 Polars 等组件可能不能启动") if size > USUAL_PAGE else ""
    return BETWEEN.join(filter(None, (f"{size} KiB", note)))


def recognition() -> str:
    """Whether pages that are pictures can be read."""
    missing = [name for name in OPTIONAL if find_spec(name) is None]
    return tr("不能识别，缺 {}").format(" ".join(missing)) if missing else tr("能识别")


def library() -> str:
    """The folder of the library: how many disclosures it holds, whether it can be written, what is free."""
    folder = documents.home()
    count = tr("资料 {} 份").format(_disclosures(folder / "library"))
    return BETWEEN.join([without_names(folder), count, *_state(folder)])


def configuration(found: Effective) -> str:
    """The configuration file: there or not, valid or not."""
    path = found.file
    if path is None or not path.exists():
        told = tr("没有配置文件")
    else:
        told = tr("有误：{}").format(_unnamed(shown(found.troubles[0]))) if found.troubles else tr("有效")
    return BETWEEN.join(filter(None, (without_names(path) if path else "", told)))


def without_names(path: Path) -> str:
    """A path that names nobody: the user's folder is ~, a part that is the user's name is left out."""
    return _unnamed(str(path))


def _unnamed(text: str) -> str:
    """A text without the user's folder and name."""
    home = str(Path.home())
    if len(home) > 1:
        text = text.replace(home, "~")
    names = {part for part in (_user(), Path.home().name) if part}
    parts = [[("***" if part in names else part) for part in half.split("\\")] for half in text.split("/")]
    return "/".join("\\".join(part) for part in parts)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _state(folder: Path) -> Iterable[str]:
    """Whether a folder can be written to and what is free there; of the nearest one that is there."""
    there = next((one for one in (folder, *folder.parents) if one.is_dir()), None)
    if there is None:
        return [tr("没有这个文件夹")]
    try:
        with tempfile.TemporaryFile(dir=there):
            writable = tr("可写")
    except OSError:
        writable = tr("不可写")
    return [writable, tr("剩余 {} GB").format(f"{shutil.disk_usage(there).free / 1e9:.1f}")]


def _disclosures(folder: Path) -> int:
    """How many disclosures the parts of a library name; a damaged part counts for nothing."""
    found: set[str] = set()
    for part in folder.glob("*.part"):
        try:
            with zipfile.ZipFile(part) as archive:
                found |= {name for name in archive.namelist() if name.startswith("passages/")}
        except (OSError, zipfile.BadZipFile):
            continue
    return len(found)


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "?" if find_spec(name) else "-"


def _trouble() -> str:
    return tr("不能运行") if cpu.problem() else ""


def _model() -> str:
    try:
        text = cpu.CPUINFO.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return platform.processor()
    lines = (line.partition(":") for line in text.splitlines())
    return next((value.strip() for name, _, value in lines if name.strip().lower() == MODEL), "")


def _distribution() -> str:
    try:
        return platform.freedesktop_os_release().get("PRETTY_NAME", "")
    except OSError:
        return " ".join(platform.win32_ver()[:2]).strip()
