"""Build the self-contained folder: `python3 tasks.py bundle [--machine x86_64|aarch64]`.

For Linux it is an interpreter and packages (`tools.bundle.linux`), for either processor from either. For Windows it is
made there, by PyInstaller in an environment of its own (`.venv-bundle`).
"""

from __future__ import annotations

import argparse
import shutil
import stat
import subprocess
import sys
from pathlib import Path

from tools.bundle import elf, interpreter, licences, linux, machines, parcel
from tools.bundle.contents import NAME, ROOT, version

DIST = ROOT / "dist"
WORK = ROOT / "build" / "bundle"
LAUNCHERS = Path(__file__).with_name("launchers")
LOCK = ROOT / "requirements" / "offline.lock"
DOCUMENTS = ("README*.md", "CONTRIBUTING.md", "docs/*.md", "docs/decisions/*.md", "docs/pictures/*.svg")
"""What goes along to be read, besides the note; all pages, for they name each other."""


def main(given: list[str]) -> int:
    """Build the bundle and its archive; say how large they are and what their checksums are."""
    options = argparse.ArgumentParser(prog="python3 tasks.py bundle", description="制作免安装文件夹")
    options.add_argument("--machine", choices=machines.MACHINES, default=machines.machine(), help="缺省是本机的")
    machine: str = options.parse_args(given).machine
    on_windows = machines.system() == "windows"
    if trouble := None if on_windows else linux.problem(machine):
        print(trouble)
        return 1
    folder = place(machine)
    program = frozen() if on_windows else linux.build(machine)
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(exist_ok=True)
    program.rename(folder)
    found = finish(folder, machine)
    without = [line for line in found if line.endswith("未找到文本")]
    parcel.write_sums(folder)
    trial = not on_windows and linux.of_this_machine(machine)
    archive = parcel.zipped(folder) if on_windows else parcel.tarred(folder, tight=not trial)
    print(f"文件夹 {folder.relative_to(ROOT)}  {parcel.size(folder)}，{len(parcel.files(folder))} 个文件")
    print(f"压缩包 {archive.relative_to(ROOT)}  {parcel.size(archive)}")
    if not on_windows:
        print(f"需要 glibc {elf.oldest_glibc(folder)} 或更新")
        if trial:
            print("用的是本机的 Python 和系统库，只供在本机试用；要给别处用，先运行 python3 tasks.py interpreter")
    print("\n".join([f"许可文本 {len(found) - len(without)} 份，缺 {len(without)} 份", *without]))
    print(f"SHA-256（每个文件见 {folder.name}/{parcel.SUMS}）\n{parcel.note_sum(archive)}", flush=True)
    return 0


def place(machine: str) -> Path:
    """The folder that is built for a machine of this system."""
    return DIST / f"{NAME}-{version()}-{machines.system()}-{machine}"


def frozen() -> Path:
    """Let PyInstaller put program, interpreter and packages together; return its folder."""
    options = ["--noconfirm", "--log-level", "WARN", "--distpath", str(WORK), "--workpath", str(WORK / "parts")]
    spec = Path(__file__).with_name(f"{NAME}.spec")
    subprocess.run([sys.executable, "-m", "PyInstaller", *options, str(spec)], cwd=ROOT, check=True)
    return WORK / NAME


def finish(folder: Path, machine: str) -> list[str]:
    """Add what belongs beside the program: launchers, what is to be read, licences; return the list of licences."""
    parcel.without_links(folder)
    system = machines.system()
    values = {"VERSION": version(), "MACHINE": machine, "GLIBC": "", "LOADER": "", "INTERPRETER": ""}
    if system == "linux":
        program = linux.program(folder)
        values |= {"GLIBC": elf.oldest_glibc(folder), "LOADER": elf.loader(program)}
        values |= {"INTERPRETER": program.relative_to(folder).as_posix()}
    for name, data in launchers(system, values).items():
        (folder / name).write_bytes(data)
        if name in PROGRAMS:
            (folder / name).chmod(0o755)
    for pattern in DOCUMENTS:
        for path in sorted(ROOT.glob(pattern)):
            target = folder / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    for path in parcel.files(folder):  # whatever umask it is built under, everyone may read it
        path.chmod(path.stat().st_mode | stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
    if system == "linux":
        own = None if linux.of_this_machine(machine) else interpreter.place(machine) / licences.FOLDER
        return licences.collect(folder, LOCK, [str(linux.PACKAGED)], own)
    return licences.collect(folder, LOCK, sys.path, None)


PROGRAMS = (NAME, f"{NAME}.sh", f"{NAME}.desktop")
"""What is started on Linux: by its name, with a double click."""


def launchers(system: str, values: dict[str, str]) -> dict[str, bytes]:
    """Files to double-click and the note: name -> bytes for the system. Windows has its own ends of lines."""
    names = ("yusuan.bat",) if system == "windows" else PROGRAMS
    made = {name: filled(name, values) for name in names}
    made["说明.txt"] = filled(f"{'windows' if system == 'windows' else 'linux'}.txt", values)
    if system != "windows":
        return {name: text.encode() for name, text in made.items()}
    # A batch file is read in the console's own encoding and must not begin with a mark; Notepad needs one.
    return {
        name: text.replace("\n", "\r\n").encode("utf-8" if name.endswith(".bat") else "utf-8-sig")
        for name, text in made.items()
    }


def filled(name: str, values: dict[str, str]) -> str:
    """A launcher's text with its places `@NAME@` filled."""
    text = (LAUNCHERS / name).read_text(encoding="utf-8")
    for key, value in values.items():
        text = text.replace(f"@{key}@", value)
    return text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
