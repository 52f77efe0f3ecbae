"""Use the bundle as someone would who has no Python: `python3 tasks.py bundle --check`.

The archive is unpacked at another path, with blanks and Chinese characters, read-only; the program gets an environment
of its own without Python, another home, and is asked for everything that it can do.  What it gives is compared with
what the program gives in the environment of development, byte by byte.  It is run in that environment: the writers of
the tests make the documents.  Only on Linux: elsewhere neither another home nor a pseudo-terminal can be given to it.
The folder for another processor (`--machine aarch64`) is run by qemu-user, with libraries of that processor.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tools.bundle import elf, interpreter, linux, machines, parcel
from tools.bundle.check import documents
from tools.bundle.check.stage import DATA, lacks, listing, loosen, prepared, strays
from tools.bundle.contents import LIBRARY, NAME, ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tools.bundle.check.stage import Stage

NEW, OLD = "changji-2025.txt", "changji-2024.txt"


class Ran(NamedTuple):
    """How a command ended and what it printed."""

    status: int
    out: bytes
    err: bytes

    @property
    def error_tail(self) -> str:
        """The end of what it said on standard error."""
        return self.err[-500:].decode(errors="replace")


def main(given: list[str]) -> int:
    """Run every check, the later ones too when an earlier one fails; 0 when all passed."""
    options = argparse.ArgumentParser(description="试用免安装文件夹")
    options.add_argument("--machine", choices=machines.MACHINES, default=machines.machine())
    machine: str = options.parse_args(given).machine
    if machines.system() != "linux":
        print("只有 Linux 的免安装文件夹可以这样检查。")
        return 1
    if machine != machines.machine() and (lacking := lacks(machine)):
        print(lacking)
        return 1
    with tempfile.TemporaryDirectory(prefix="yusuan-check-") as folder:
        stage = prepared(Path(folder), machine)
        before = listing(stage.bundle)
        names = documents.write(stage.documents)
        results = {name: tried(check) for name, check in checks(stage, names).items()}
        results["程序文件夹没有改变"] = [] if listing(stage.bundle) == before else ["有文件改变或增加"]
        results[f"只写用户资料文件夹 ~/{DATA}"] = strays(stage)
        loosen(stage.bundle)
    for name, troubles in results.items():
        print(f"{'未通过' if troubles else '通过'}  {name}")
        for trouble in troubles:
            print(f"        {trouble}")
    passed = not any(results.values())
    print(f"== 结果: 免安装文件夹{'通过' if passed else '未通过'}", flush=True)
    return int(not passed)


def tried(check: Callable[[], Iterator[str]]) -> list[str]:
    """The troubles that a check finds; one that breaks is trouble too."""
    try:
        return list(check())
    except Exception as error:  # noqa: BLE001 - the other checks are run all the same
        return [f"{type(error).__name__}: {error}"]


def checks(stage: Stage, names: list[str]) -> dict[str, Callable[[], Iterator[str]]]:
    """Every check by what it asks for."""
    return {
        "文件与 SHA256SUMS 一致": lambda: sums(stage),
        "没有 Python": lambda: no_python(stage),
        f"不要求比 {interpreter.GLIBC} 新的 glibc": lambda: old_glibc(stage),
        "用法、版本、英文": lambda: same(stage, *USAGE),
        f"读 {len(names)} 份资料，每种格式": lambda: same(stage, ["export", *names, "--frame", "cells"]),
        "打印、导出、勾稽": lambda: same(stage, *COMMANDS),
        "全部视图导出为表格": lambda: workbook(stage),
        "自查、配置": lambda: support(stage),
        "Polars 适合各种处理器": lambda: every_processor(stage),
        "在终端里打开": lambda: screens(stage),
    }


USAGE = (["--version"], ["--help"], ["export", "--help"], ["check", "--help"], ["--lang", "en", "--help"], ["--nope"])
COMMANDS = (
    [NEW],
    ["export", NEW, "--view", "expenditure", "--against", OLD],
    ["export", NEW, "--view", "expenditure", "--at", "210", "--encoding", "gb18030"],
    ["export", NEW, "--view", "overview", "--format", "md"],
    ["export", NEW, "--view", "project", "--format", "json"],
    ["check", NEW, "--against", OLD, "--format", "json"],
    ["export", "没有.pdf"],
)


def same(stage: Stage, *commands: list[str]) -> Iterator[str]:
    """Check that commands behave the same in bundle and development environment.

    They end the same way and print the same.
    """
    for command in commands:
        expected, found = reference(stage, command), bundled(stage, command)
        shown = " ".join(command)
        if found.status != expected.status:
            yield f"{shown}: 退出状态 {found.status}，应为 {expected.status}：{found.error_tail}"
        elif found != expected:
            yield f"{shown}: 输出不同：{found.out[:200]!r} {found.err[-300:]!r}，应为 {expected.out[:200]!r}"
        elif not (found.out or found.err):
            yield f"{shown}: 什么也没有输出"


def workbook(stage: Stage) -> Iterator[str]:
    """Every view as a sheet; the sheets of the two programs are the same."""
    command = ["export", NEW, "--view", "all", "--against", OLD, "--force", "-o"]
    expected = reference(stage, [*command, "../expected.xlsx"])
    found = bundled(stage, [*command, "../found.xlsx"])
    if (found.status, expected.status) != (0, 0):
        yield f"退出状态 {found.status}、{expected.status}：{found.error_tail}"
        return
    ours, theirs = (sheets(stage.documents.parent / name) for name in ("found.xlsx", "expected.xlsx"))
    if ours != theirs:
        yield f"表格不同：{sorted(name for name in ours | theirs if ours.get(name) != theirs.get(name))}"


def sheets(path: Path) -> dict[str, bytes]:
    """The content of a workbook without the time of its making."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist() if not name.startswith("docProps/")}


def support(stage: Stage) -> Iterator[str]:
    """What a support call asks for: the same subjects, and the same versions of what the program is made of."""
    for command, word in ((["doctor"], "textual "), (["config"], "encoding")):
        expected, found = reference(stage, command), bundled(stage, command)
        lines, wanted = found.out.decode().splitlines(), expected.out.decode().splitlines()
        if found.status or len(lines) < len(wanted):
            yield f"{command[0]}: 退出状态 {found.status}，{len(lines)} 行，应为 {len(wanted)} 行：{found.error_tail}"
        if not (same_lines := [line for line in wanted if word in line]) or not set(same_lines) <= set(lines):
            yield f"{command[0]}: 没有 {same_lines}"


def every_processor(stage: Stage) -> Iterator[str]:
    """On x86-64 the only build of Polars is that for older processors."""
    if stage.machine != "x86_64":
        return
    library = stage.bundle / LIBRARY / "lib" / f"python{linux.version()}"
    builds = sorted(path.name for path in library.glob("_polars_runtime_*"))
    if builds != ["_polars_runtime_compat"]:
        yield "、".join(builds) or "没有 Polars"
    command = ["export", NEW, "--frame", "cells"]
    found = bundled(stage, command, POLARS_FORCE_PKG="compat")
    if found != reference(stage, command):
        yield found.error_tail or "输出不同"


def screens(stage: Stage) -> Iterator[str]:
    """Check the sample data, a document and the launcher in a terminal.

    Workers read the document; q ends the program.
    """
    from tools.bundle.check.terminal import Terminal

    program, launcher = str(stage.bundle / NAME), str(stage.bundle / f"{NAME}.sh")
    document = str(stage.documents / "版式 一.pdf")
    for command, language, text in (
        ([program], "C", "昌吉州医疗保障局"),
        ([program], "zh_CN.GBK", "昌吉州医疗保障局"),
        ([program, document], "zh_CN.UTF-8", "329.89"),
        (["/bin/sh", launcher, document], "zh_CN.UTF-8", "329.89"),
    ):
        terminal = Terminal(command, stage.environment(LANG=language), stage.documents)
        try:
            terminal.wait_for(text)
            terminal.press("q")
            status = terminal.leave()
        finally:
            terminal.close()
        if status:
            yield f"{command[-1]}（LANG={language}）: 退出状态 {status}"


def sums(stage: Stage) -> Iterator[str]:
    """Every file is listed with its checksum, and nothing else is."""
    lines = (stage.bundle / parcel.SUMS).read_text(encoding="utf-8").splitlines()
    listed = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    present = {path.relative_to(stage.bundle).as_posix(): path for path in parcel.files(stage.bundle)}
    del present[parcel.SUMS]
    yield from sorted(listed.keys() ^ present.keys())
    yield from sorted(name for name in listed.keys() & present.keys() if parcel.digest(present[name]) != listed[name])


def old_glibc(stage: Stage) -> Iterator[str]:
    """No file asks for a newer C library than old systems have; this machine's own interpreter is let off."""
    library = stage.bundle / LIBRARY
    own = (library / "bin", library / "lib" / f"python{linux.version()}" / "lib-dynload")
    let_off = own if linux.of_this_machine(stage.machine) else ()
    for path in filter(elf.is_elf, parcel.files(stage.bundle)):
        asked = elf.oldest_glibc(path)
        if elf.newer(asked, interpreter.GLIBC) and not any(path.is_relative_to(folder) for folder in let_off):
            yield f"{path.relative_to(stage.bundle)}: {asked}"
    if let_off:
        print(f"解释器是本机的（glibc {elf.oldest_glibc(stage.bundle)}），没有查：这个文件夹只供在本机试用。")


def no_python(stage: Stage) -> Iterator[str]:
    """What the program is given leads to no Python: neither its path nor the variables of this environment."""
    told = stage.environment()
    yield from (name for name in told if name.startswith("PYTHON"))
    yield from (path.name for path in stage.tools.iterdir() if "python" in path.resolve().name)


def bundled(stage: Stage, command: list[str], **more: str) -> Ran:
    """Run the program of the bundle."""
    return ran([str(stage.bundle / NAME), *command], stage.documents, stage.environment(**more))


def reference(stage: Stage, command: list[str]) -> Ran:
    """Run the program of this environment, its library elsewhere."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "YUSUAN_HOME": home, "HOME": home, "LANG": "C"}
        return ran([sys.executable, "-m", "tui", *command], stage.documents, environment)


def ran(command: list[str], folder: Path, environment: dict[str, str]) -> Ran:
    """Run a command that reads nothing from a terminal."""
    done = subprocess.run(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    return Ran(done.returncode, done.stdout, done.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
