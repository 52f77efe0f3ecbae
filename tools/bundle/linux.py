"""The folder for Linux: an interpreter, the locked packages of the machine it is for, our own, and a launcher.

Everything is put into the library folder of the interpreter, as compiled modules without their sources: one folder to
search, nothing that is written at the first start, and the same on every machine that makes it.
"""

from __future__ import annotations

import compileall
import py_compile
import shutil
import sys
import sysconfig
from pathlib import Path

from budget.system import compiled_patterns
from tools.bundle import elf, interpreter, machines, wheelhouse
from tools.bundle.contents import EXCLUDED, LIBRARY, NOT_RUN, PACKAGES, ROOT, STANDARD_EXCLUDED, one_polars, wanted

WORK = ROOT / "build" / "bundle"
PACKAGED = WORK / "packages"
"""The locked packages as pip installs them, with the texts of their licences."""


def problem(machine: str) -> str | None:
    """Why the folder for a machine cannot be made here, or None."""
    if not interpreter.place(machine).is_dir():
        if machine == machines.machine():
            return None  # this machine's own interpreter serves
        return f"还没有 {machine} 的解释器：请先运行 python3 tasks.py interpreter {machine}"
    wanted = interpreter.VERSION.rpartition(".")[0]
    if not sys.version.startswith(f"{wanted}."):  # what it compiles would not be read
        return f"解释器是 Python {interpreter.VERSION}：请用 Python {wanted} 运行 tasks.py。"
    return None


def of_this_machine(machine: str) -> bool:
    """Whether the folder gets the interpreter of this very machine."""
    return not interpreter.place(machine).is_dir()


def program(folder: Path) -> Path:
    """The interpreter of the folder."""
    return folder / LIBRARY / "bin" / f"python{version()}"


def version() -> str:
    """The version of the interpreter, as "3.11"; that which runs this is the same."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def build(machine: str) -> Path:
    """Put interpreter, packages and launcher together; return their folder."""
    shutil.rmtree(WORK, ignore_errors=True)
    folder = WORK / "folder"
    program(folder).parent.mkdir(parents=True)
    library = folder / LIBRARY / "lib" / f"python{version()}"
    if of_this_machine(machine):
        shutil.copy2(Path(sys.base_prefix) / "bin" / f"python{version()}", program(folder))
        standard = Path(sysconfig.get_path("stdlib", vars={"installed_base": sys.base_prefix}))
    else:
        shutil.copytree(interpreter.place(machine) / "bin", program(folder).parent, dirs_exist_ok=True)
        standard = interpreter.place(machine) / "lib" / f"python{version()}"
    shutil.copytree(standard, library, ignore=_not_of_the_library)
    packages(machine)
    shutil.copytree(PACKAGED, library, ignore=_not_of_a_package, dirs_exist_ok=True)
    for name in PACKAGES:
        shutil.copytree(ROOT / name, library / name, ignore=shutil.ignore_patterns("__pycache__", "*.po"))
    compile_all(library)
    kept = library / "budget" / "system" / "__pycache__" / compiled_patterns.PATH.name
    kept.parent.mkdir()
    shutil.copy2(compiled_patterns.PATH, kept)
    return folder


def packages(machine: str) -> None:
    """Let pip install the locked packages for a machine into `PACKAGED`."""
    wanted = WORK / wheelhouse.REQUIREMENTS
    name = f"manylinux_{machine}"
    entries = one_polars(wheelhouse.required(wheelhouse.LOCK.read_text(encoding="utf-8"), name, version()))
    wanted.write_text("\n".join([*entries, ""]), encoding="utf-8", newline="\n")
    wheelhouse.pip("install", wanted, name, version(), "--no-compile", "--target", str(PACKAGED))
    shutil.rmtree(PACKAGED / "bin", ignore_errors=True)
    for path in PACKAGED.rglob("*"):
        if path.is_file() and elf.is_elf(path):
            elf.strip(path)


def compile_all(library: Path) -> None:
    """Compile every module to lie where its source lay; the sources go. No time stamps: a copy of it has others."""
    if not compileall.compile_dir(
        library, maxlevels=20, force=True, quiet=1, legacy=True, workers=2,
        stripdir=str(library), invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    ):  # fmt: skip
        raise RuntimeError("有模块不能编译")
    for path in library.rglob("*.py"):
        path.unlink()


def _not_of_the_library(_: str, names: list[str]) -> list[str]:
    """What is not taken of the standard library."""
    return [name for name in names if name.partition(".")[0] in {*EXCLUDED, *STANDARD_EXCLUDED}]


def _not_of_a_package(folder: str, names: list[str]) -> list[str]:
    """What is not taken of packages: sources in C, types, and of their metadata all but what tells the version."""
    if folder.endswith(".dist-info"):
        return [name for name in names if name != "METADATA"]
    module = Path(folder).relative_to(PACKAGED).as_posix().replace("/", ".")
    return [name for name in names if name.endswith(NOT_RUN) or not wanted(f"{module}.{name.partition('.')[0]}")]
