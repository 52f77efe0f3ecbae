"""Build the self-contained folder for this platform: `python3 tasks.py bundle`.

It is run with the environment of the bundle (`.venv-bundle`), which holds the locked packages and PyInstaller.
"""

from __future__ import annotations

import shutil
import stat
import subprocess
import sys
from pathlib import Path

from tools.bundle import elf, licences, machines, parcel
from tools.bundle.contents import LIBRARY, NAME, ROOT, version

DIST = ROOT / "dist"
WORK = ROOT / "build" / "bundle"
LAUNCHERS = Path(__file__).with_name("launchers")
LOCK = ROOT / "requirements" / "offline.lock"
DOCUMENTS = ("README*.md", "CONTRIBUTING.md", "docs/*.md", "docs/decisions/*.md", "docs/pictures/*.svg")
"""What goes along to be read, besides the note; all pages, for they name each other."""


def main() -> int:
    """Build the bundle and its archive; say how large they are and what their checksums are."""
    folder = place()
    program = build()
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(exist_ok=True)
    program.rename(folder)
    found = finish(folder, machines.system())
    without = [line for line in found if line.endswith("未找到文本")]
    parcel.write_sums(folder)
    archive = parcel.zipped(folder) if machines.system() == "windows" else parcel.tarred(folder)
    print(f"文件夹 {folder.relative_to(ROOT)}  {parcel.size(folder)}，{len(parcel.files(folder))} 个文件")
    print(f"压缩包 {archive.relative_to(ROOT)}  {parcel.size(archive)}")
    if machines.system() == "linux":
        print(f"需要 glibc {elf.oldest_glibc(folder)} 或更新（由制作时所用的 Python 和系统库决定）")
    print("\n".join([f"许可文本 {len(found) - len(without)} 份，缺 {len(without)} 份", *without]))
    print(f"SHA-256（每个文件见 {folder.name}/{parcel.SUMS}）\n{parcel.note_sum(archive)}", flush=True)
    return 0


def place() -> Path:
    """The folder that is built for this machine."""
    return DIST / f"{NAME}-{version()}-{machines.system()}-{machines.machine()}"


def build() -> Path:
    """Let PyInstaller put program, interpreter and packages together; return its folder."""
    options = ["--noconfirm", "--log-level", "WARN", "--distpath", str(WORK), "--workpath", str(WORK / "parts")]
    spec = Path(__file__).with_name(f"{NAME}.spec")
    subprocess.run([sys.executable, "-m", "PyInstaller", *options, str(spec)], cwd=ROOT, check=True)
    return WORK / NAME


def finish(folder: Path, system: str) -> list[str]:
    """Add what belongs beside the program: launchers, what is to be read, licences; return the list of licences."""
    parcel.without_links(folder)
    program = folder / NAME
    values = {"VERSION": version(), "MACHINE": machines.machine(), "GLIBC": "", "LOADER": ""}
    if system == "linux":
        values |= {"GLIBC": elf.oldest_glibc(folder), "LOADER": elf.loader(program)}
    for name, data in launchers(system, values).items():
        (folder / name).write_bytes(data)
        if name.endswith((".sh", ".desktop")):
            (folder / name).chmod(0o755)
    for pattern in DOCUMENTS:
        for path in sorted(ROOT.glob(pattern)):
            target = folder / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    for path in parcel.files(folder):  # whatever umask it is built under, everyone may read it
        path.chmod(path.stat().st_mode | stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
    return licences.collect(folder, LOCK, licences.system_libraries(folder / LIBRARY))


def launchers(system: str, values: dict[str, str]) -> dict[str, bytes]:
    """Files to double-click and the note: name -> bytes for the system. Windows has its own ends of lines."""
    names = ("yusuan.bat",) if system == "windows" else ("yusuan.sh", "yusuan.desktop")
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
    sys.exit(main())
