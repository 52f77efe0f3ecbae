"""What the folder that runs by itself holds; `yusuan.spec` asks here, so that tests can ask too."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAME = "yusuan"
LIBRARY = "lib"
"""The folder of what the program needs, beside the program."""

PACKAGES = ("budget", "loaders", "tui", "sample_data")
"""Our packages import some of their modules by name: all of their modules are taken."""

UNWANTED = ("textual.demo", "textual.__main__", "olefile.olefile2")
"""Modules of packages that are not taken, with all below them: a demonstration, a program, one for Python 2."""

EXCLUDED = (
    "tkinter",
    "unittest",
    "doctest",
    "pdb",
    "pydoc",
    "pydoc_data",
    "lib2to3",
    "setuptools",
    "pip",
    "pkg_resources",
    "wheel",
    "hypothesis",  # asked for by optional parts of the libraries: only where it happens to be installed
    "numpy",
    "pandas",
    "pyarrow",
    "PIL",
    "IPython",
    "readline",  # the library behind it is under the GPL, and nothing here asks for lines
    "_ssl",  # no network: no OpenSSL; the standard library has its own hashes
    "_hashlib",
    "_curses",
    "_uuid",  # random ones need no library
)
"""Modules that are left out; the check of the bundle runs every command and every format without them."""

NORMAL, COMPATIBLE = "polars-runtime-32", "polars-runtime-compat"
"""The builds of Polars: for processors with AVX2, and for all."""

STANDARD_EXCLUDED = (
    "__pycache__",
    "site-packages",
    "dist-packages",
    "test",
    "tests",
    "idlelib",
    "turtledemo",
    "turtle",
    "config-3",  # what extensions are compiled with
    "ensurepip",
    "venv",
    "distutils",
    "curses",
    "ssl",
)
"""Parts of the standard library that are left out besides."""

NOT_RUN = (".pyi", ".pyx", ".pxd", ".c", ".h", ".typed", "__pycache__")
"""Files of packages that are there for compilers and editors."""


def data(root: Path = ROOT) -> list[tuple[str, str]]:
    """Every data file of our packages, with its folder in the bundle. They are those that `pyproject.toml` lists."""
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    listed: dict[str, list[str]] = settings["tool"]["setuptools"]["package-data"]
    globs = [(root / package, pattern) for package, patterns in listed.items() for pattern in patterns]
    found = [path for folder, pattern in globs for path in folder.glob(pattern)]
    return [(str(path), path.parent.relative_to(root).as_posix()) for path in sorted(found)]


def dependencies(root: Path = ROOT) -> list[str]:
    """The packages that the project names; what they say of themselves goes along: the program tells their versions."""
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    return [re.split(r"[^\w.-]", line)[0] for line in settings["project"]["dependencies"]]


def version(root: Path = ROOT) -> str:
    """The version of the project."""
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    return str(settings["project"]["version"])


def modules(root: Path = ROOT) -> list[str]:
    """Every module of our packages, by name."""
    paths = (path for package in PACKAGES for path in (root / package).rglob("*.py"))
    names = (".".join(path.relative_to(root).with_suffix("").parts) for path in paths)
    return sorted(name.removesuffix(".__init__") for name in names)


def one_polars(entries: list[str]) -> list[str]:
    """Keep of two builds of Polars the one for older processors.

    Each takes 137 MB; that one runs on every processor, and nothing here was measured to be slower with it.
    """
    compatible = any(line.startswith(f"{COMPATIBLE}==") for line in entries)
    return [line for line in entries if not (compatible and line.startswith(f"{NORMAL}=="))]


def wanted(module: str) -> bool:
    """Whether a module of a package is taken."""
    return not any(module == name or module.startswith(f"{name}.") for name in UNWANTED)
