"""Collect the locked packages as wheels for offline installation: `python3 tasks.py wheelhouse`.

The machine has Python but no network. pip decides which wheel fits a platform, and checks the hashes of the lock; which
packages a platform needs is decided here by the markers of the lock, because pip would ask them of the machine that it
runs on.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from packaging.markers import Marker

from tools.bundle import parcel
from tools.bundle.contents import NAME, ROOT, version

DIST = ROOT / "dist"
LOCK = ROOT / "requirements" / "offline.lock"
REQUIREMENTS = "requirements.txt"
NOTE = "安装.txt"
PYTHON = "3.11"
"""The oldest Python that the project runs on; wheels for it are what the oldest machines need."""
_HASH = re.compile(r"--hash=\S+")
_ENTRY = re.compile(
    r"^(?P<pin>[a-z][\w.-]*==[^\s;]+)(?: ; (?P<marker>[^\\\n]+?))?(?P<hashes>(?: \\\n +--hash=\S+)+)", re.MULTILINE
)


class Platform(NamedTuple):
    """A kind of machine: the tags of wheels that it takes, the best first, and what markers ask of it."""

    tags: tuple[str, ...]
    markers: dict[str, str]
    python: str
    scripts: str


def _linux(machine: str) -> Platform:
    # The GNU C library of UOS 20 is 2.28, of Kylin V10 2.31: no newer tag is taken.
    glibc = [f"manylinux_2_{minor}_{machine}" for minor in range(28, 16, -1)]
    named = {"platform_system": "Linux", "sys_platform": "linux", "os_name": "posix", "platform_machine": machine}
    older = [f"manylinux_2_12_{machine}", f"manylinux2010_{machine}"] if machine == "x86_64" else []
    return Platform((*glibc, f"manylinux2014_{machine}", *older), named, "python3", "bin")


PLATFORMS = {
    "win_amd64": Platform(
        ("win_amd64",),
        {"platform_system": "Windows", "sys_platform": "win32", "os_name": "nt", "platform_machine": "AMD64"},
        "python",
        "Scripts",
    ),
    "manylinux_x86_64": _linux("x86_64"),
    "manylinux_aarch64": _linux("aarch64"),
}


def parser() -> argparse.ArgumentParser:
    """What can be asked for."""
    options = argparse.ArgumentParser(prog="python3 tasks.py wheelhouse", description="收集离线安装用的包")
    options.add_argument("--platform", action="append", choices=PLATFORMS, help="可以写多次，缺省是全部")
    options.add_argument("--python", default=PYTHON, metavar="3.11", help="目标计算机上 Python 的版本，缺省 3.11")
    return options


def main(given: list[str]) -> int:
    """Collect the wheels for the platforms that are named, else for all."""
    parsed = parser().parse_args(given)
    own = build_own()
    for name in parsed.platform or PLATFORMS:
        collect(name, parsed.python, own)
    return 0


def collect(name: str, python: str, own: Path) -> Path:
    """Put wheels, requirements, a note and checksums into a platform's folder. Returns the folder."""
    folder = DIST / f"wheelhouse-{version()}-{name}-py{python}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    entries = required(LOCK.read_text(encoding="utf-8"), name, python)
    requirements = folder / REQUIREMENTS
    requirements.write_text("\n".join([*entries, ""]), encoding="utf-8", newline="\n")
    pip("download", requirements, name, python, "--dest", str(folder))
    shutil.copy2(own, folder)
    line = f"{NAME}=={version()} --hash=sha256:{parcel.digest(own)}"
    requirements.write_text("\n".join([*entries, line, ""]), encoding="utf-8", newline="\n")
    (folder / NOTE).write_text(note(name, python), encoding="utf-8-sig" if name.startswith("win") else "utf-8")
    parcel.write_sums(folder)
    wheels = [path for path in parcel.files(folder) if path.suffix == ".whl"]
    print(f"== {folder.relative_to(ROOT)}  {len(wheels)} 个包，{parcel.size(folder)}")
    print("\n".join(f"{parcel.digest(path)}  {parcel.size(path):>9}  {path.name}" for path in wheels))
    print(
        "\n".join(["在目标计算机上，于这个文件夹里运行两行：", *(f"    {line}" for line in install_lines(name))]),
        flush=True,
    )
    return folder


def required(lock: str, name: str, python: str) -> list[str]:
    """Pinned packages that a platform needs, one a line with their hashes. Their markers are left out."""
    full = f"{python}.0"
    asked = {**PLATFORMS[name].markers, "python_version": python, "python_full_version": full}
    asked |= {"implementation_name": "cpython", "platform_python_implementation": "CPython", "extra": ""}
    entries = (entry for entry in _ENTRY.finditer(lock) if fits(entry["marker"], asked))
    return [" ".join([entry["pin"], *_HASH.findall(entry["hashes"])]) for entry in entries]


def fits(marker: str | None, asked: dict[str, str]) -> bool:
    """Whether a marker of the lock holds for the target environment."""
    return marker is None or Marker(marker).evaluate(asked)


def pip(task: str, requirements: Path, name: str, python: str, *more: str) -> None:
    """Have pip fetch a platform's required wheels, and no others."""
    tags = [part for tag in PLATFORMS[name].tags for part in ("--platform", tag)]
    abis = [part for abi in (f"cp{python.replace('.', '')}", "abi3", "none") for part in ("--abi", abi)]
    options = ["--only-binary=:all:", "--no-deps", "--require-hashes", "--implementation", "cp"]
    wanted = ["--python-version", python, *tags, *abis, "--requirement", str(requirements)]
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", task]
    subprocess.run([*command, *options, *wanted, *more], check=True)


def build_own() -> Path:
    """Build the project's own wheel, the same for every platform."""
    folder = ROOT / "build" / "wheel"
    shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory() as source:  # a checkout that was built in before brings files of then
        copied = Path(source) / NAME
        ignored = shutil.ignore_patterns(".*", "__pycache__", "build", "dist", "tests", "tools", "*.egg-info")
        shutil.copytree(ROOT, copied, ignore=ignored)
        command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "wheel"]
        options = ["--no-deps", "--no-build-isolation", "--wheel-dir", str(folder)]
        subprocess.run([*command, *options, str(copied)], check=True)
    return next(folder.glob("*.whl"))


def install_lines(name: str) -> tuple[str, str]:
    """Two shell lines that install without a network on the platform."""
    platform = PLATFORMS[name]
    installer = f"{platform.scripts}/pip" if platform.scripts == "bin" else f"{platform.scripts}\\pip"
    here = "环境/" if platform.scripts == "bin" else "环境\\"
    return (
        f"{platform.python} -m venv 环境",
        f"{here}{installer} install --no-index --find-links . --require-hashes -r {REQUIREMENTS}",
    )


def note(name: str, python: str) -> str:
    """What is to be done, for someone who has the folder alone."""
    platform = PLATFORMS[name]
    program = "环境/bin/yusuan" if platform.scripts == "bin" else "环境\\Scripts\\yusuan"
    lines = [
        f"预算 yusuan {version()} 的离线安装包（{name}，Python {python}）",
        "",
        f"需要已经装好的 Python {python}（64 位）。不需要联网，不需要管理员权限。在这个文件夹里打开终端，运行两行：",
        "",
        *(f"    {line}" for line in install_lines(name)),
        "",
        f"然后运行 {program}。“环境”是新建的文件夹，也可以写别的名字；安装后这个文件夹可以删除，“环境”要留着。",
        f"pip 按 {REQUIREMENTS} 核对每个包的 SHA-256；{parcel.SUMS} 供另外核对。卸载：删除“环境”文件夹。",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
