from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

from tui.library import documents

ROOT = Path(__file__).parent.parent
PACKAGES = ("budget", "loaders", "tui", "sample_data")
MOST_LINES = 600
MOST_MODULES = 12
HEAVY = {"textual", "polars", "pypinyin", "rich"}
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for package in ("budget", "loaders")
    for path in (ROOT / package).rglob("*.py")
)


def imported_by(script: str) -> set[str]:
    """The top-level modules that a fresh interpreter has imported after `script`; the language of messages is light."""
    names = (
        "{name.partition('.')[0] for name in sys.modules.keys() - {'budget', 'budget.i18n', 'budget.i18n.language'}}"
    )
    report = f"import sys; print(' '.join({names}), file=sys.__stdout__)"
    done = subprocess.run(
        [sys.executable, "-c", f"{script}\n{report}"],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=True, encoding="utf-8",
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return set(done.stdout.splitlines()[-1].split())


def test_no_folder_holds_more_than_a_dozen_modules() -> None:
    crowded = {
        folder.relative_to(ROOT).as_posix(): len(modules)
        for package in (*PACKAGES, "tools")
        for folder in [ROOT / package, *(path for path in (ROOT / package).rglob("*") if path.is_dir())]
        if len(modules := [path for path in folder.glob("*.py") if path.name != "__init__.py"]) > MOST_MODULES
    }
    assert crowded == {}


@pytest.mark.parametrize(
    "given",
    [
        ["--help"],
        ["export", "--help"],
        ["--version"],
        ["--nope"],
        ["export"],
        ["export", "x", "--view", "y"],
        ["no.txt"],
    ],
)
def test_help_and_bad_usage_import_neither_textual_nor_polars(given: list[str]) -> None:
    assert not imported_by(f"from tui.cli.main import main; main({given!r})") & HEAVY


def test_the_way_to_the_first_paint_imports_textual_alone() -> None:
    script = "import sys, tui.app; from tui.cli import arguments, main; from tui.library import documents"
    script += "; documents.find_documents(['sample_data']); main.streams.prepare(); main.configuration.effective(['x'])"
    script += "; main.streams.draws_ascii('auto'); arguments.browse_parser().parse_args(['x'])"
    script += "; assert 'loaders.load' not in sys.modules"
    found = imported_by(script)
    assert "textual" in found
    assert not found & {"polars", "pypinyin", "pydantic", "json", "ctypes", "tomllib"}


def test_the_endings_of_documents_are_those_of_the_loader() -> None:
    assert documents.SUFFIXES == import_module("loaders.load").SUFFIXES


def test_budget_and_loaders_never_import_the_terminal() -> None:
    assert not imported_by("import " + ", ".join(MODULES)) & {"textual", "rich", "tui", "sample_data", "pypinyin"}


def test_budget_imports_nothing_else_of_ours() -> None:
    only = [module for module in MODULES if module.startswith("budget")]
    assert not imported_by("import " + ", ".join(only)) & {"loaders", "tui", "sample_data", "tests"}


def test_naming_the_views_does_not_import_polars() -> None:
    assert "polars" not in imported_by("import budget, budget.model.disclosure, budget.vocabulary, budget.views.state")


def test_files_are_small() -> None:
    folders = (*PACKAGES, "tools", "tests")
    files = [ROOT / "tasks.py", *(path for folder in folders for path in (ROOT / folder).rglob("*.py"))]
    writer = ROOT / "tools" / "documents" / "any_form" / "tables.py"  # one kind of table after another, nothing shared
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in files
        if path != writer
    }
    assert not {name: lines for name, lines in lengths.items() if lines > MOST_LINES}


def test_every_exception_of_the_linter_has_its_reason() -> None:
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = settings[settings.index("[tool.ruff.lint]") : settings.index("[tool.ruff.lint.isort]")]
    lines = re.findall(r'^    "[A-Z]+\d*",?.*$', block, re.MULTILINE)
    assert len(lines) > 20
    reasoned = [index for index, line in enumerate(lines) if "#" in line]
    assert reasoned[0] <= 1, "the first rule of a list names the reason that those below share"
    assert len(reasoned) > len(lines) / 2


def test_every_package_is_installed_and_nothing_else() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = settings["tool"]["setuptools"]["packages"]["find"]["include"]
    assert patterns == [f"{package}*" for package in PACKAGES]
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            assert (path.parent / "__init__.py").exists(), f"{path.parent} would not be installed"


def test_every_data_file_is_installed() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    data: dict[str, list[str]] = settings["tool"]["setuptools"]["package-data"]
    listed = {path for package, globs in data.items() for glob in globs for path in (ROOT / package).glob(glob)}
    code = {".py", ".pyc", ".po", ".bin"}  # catalogues are installed compiled; patterns are kept beside byte code
    present = {
        path
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and path.suffix not in code
    }
    assert present == listed


def test_no_document_text_and_no_address_is_in_the_repository() -> None:
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            assert not re.search(r"https?://", path.read_text(encoding="utf-8")), path
