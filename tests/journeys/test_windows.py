"""What can be shown of Windows without it: nothing is imported or named that only POSIX has, and the program runs so.

Not shown: the calls of Windows themselves, its console, its processes and its locks.
"""

from __future__ import annotations

import ast
import errno
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import sample_data
from tests.support import disguise

ROOT = Path(__file__).parents[2]
PACKAGES = ("budget", "loaders", "tui", "sample_data")
SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
ONLY_POSIX = {"os": disguise.OS_MISSING, "signal": disguise.SIGNAL_MISSING}
_WINDOWS_ERRNO = """
    EPERM ENOENT ESRCH EINTR EIO ENXIO E2BIG ENOEXEC EBADF ECHILD EAGAIN ENOMEM EACCES EFAULT EBUSY EEXIST EXDEV
    ENODEV ENOTDIR EISDIR EINVAL ENFILE EMFILE ENOTTY ETXTBSY EFBIG ENOSPC ESPIPE EROFS EMLINK EPIPE EDOM ERANGE
    EDEADLK ENAMETOOLONG ENOLCK ENOSYS ENOTEMPTY EILSEQ EDQUOT EHOSTUNREACH ELOOP
"""
WINDOWS_ERRNO = frozenset(_WINDOWS_ERRNO.split())
"""Names that `errno` has in Python for Windows."""
POSIX_MODULES = {"tui.terminal.driver"}
"""Modules that Windows never imports."""
NEW = sample_data.paths()[1]


def disguised(script: str, home: Path) -> str:
    """What a script prints in an interpreter that passes for Windows."""
    done = subprocess.run(
        [sys.executable, "-c", "from tests.support import disguise\ndisguise.put_on()\n" + textwrap.dedent(script)],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT), "YUSUAN_HOME": str(home), "PYTHONUTF8": "1"},
        capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@pytest.mark.long
def test_every_module_is_imported_without_what_only_posix_has(tmp_path: Path) -> None:
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in SOURCES]
    wanted = [name for name in names if not name.endswith("__main__") and name not in POSIX_MODULES]
    script = f"""
        import importlib, sys
        for name in {wanted!r}:
            importlib.import_module(name)
        importlib.import_module("textual.drivers.windows_driver")
        absent = disguise.MISSING | {POSIX_MODULES!r}
        print(len({wanted!r}), [name for name in absent if name in sys.modules])
    """
    assert disguised(script, tmp_path) == f"{len(wanted)} []\n"
    assert len(wanted) > 200


def test_the_disguise_finds_what_it_should(tmp_path: Path) -> None:
    script = """
        import os, signal, subprocess, sys
        for broken in ("import fcntl", "import termios", "from pwd import getpwuid", "os.fork", "signal.SIGKILL"):
            try:
                exec(broken)
            except (ImportError, AttributeError):
                print("refused")
        print(sys.platform, os.name)
    """
    assert disguised(script, tmp_path).split() == ["refused"] * 5 + ["win32", "nt"]


@pytest.mark.long
def test_commands_and_the_browser_run_without_what_only_posix_has(tmp_path: Path) -> None:
    script = f"""
        import asyncio
        from pathlib import Path
        from tui import app; from tui.cli import main as cli; from tui.library import start as opening
        from tests.support.driving import loaded
        from tui.library.loaded import Options
        from tui.library import intake
        from loaders.workers import result, start

        def nobody(first):
            raise OSError  # a worker would be Linux's

        start.Reserve = nobody
        intake.results = lambda paths, unread, *how: map(result.attempt, unread)
        document, output = {str(NEW)!r}, {str(tmp_path / "支出.csv")!r}
        print(cli.main(["--version"]), cli.main(["check", document, "--format", "json", "-o", output + ".json"]))
        print(cli.main(["export", document, "--view", "expenditure", "-o", output]))

        async def browse():
            browser = app.YusuanApp(lambda: opening.load_documents([Path(document)]), Options(), None)
            async with browser.run_test(size=(80, 24)) as pilot:
                await loaded(pilot)
                print(browser.screen.session.table.title, browser.get_driver_class().__name__)

        asyncio.run(browse())
    """
    printed = disguised(script, tmp_path / "home").splitlines()
    assert printed[1].split()[0] == "0"
    assert printed[2] == "0"
    assert printed[3].split() == ["收支总览", "WindowsDriver"]
    assert (tmp_path / "支出.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def guarded(tree: ast.Module) -> set[ast.AST]:
    """The nodes behind a question for the platform: in either branch of it, or in a function that asks first."""
    found: set[ast.AST] = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(node, ast.If | ast.IfExp | ast.BoolOp) and _asks(getattr(node, "test", node)):
            found.update(ast.walk(node))
        elif isinstance(node, ast.Try) and any("ImportError" in ast.unparse(one) for one in node.handlers):
            found.update(one for one in node.body if isinstance(one, ast.Import | ast.ImportFrom))
        elif isinstance(body, list):
            asked = [index for index, one in enumerate(body) if isinstance(one, ast.If) and _asks(one.test)]
            for one in body[asked[0] :] if asked else []:
                found.update(ast.walk(one))
    return found


def _asks(test: ast.AST) -> bool:
    said = ast.unparse(test)
    return any(word in said for word in ("sys.platform", "os.name", "on_windows()", "hasattr(os", "hasattr(signal"))


def uses(tree: ast.Module) -> list[tuple[int, str]]:
    """Where names that Windows does not have are used without a question for the platform."""
    safe = guarded(tree)
    found = []
    for node in ast.walk(tree):
        if node in safe:
            continue
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.attr in ONLY_POSIX.get(node.value.id, ()):
                found.append((node.lineno, f"{node.value.id}.{node.attr}"))
            elif node.value.id == "errno" and node.attr not in WINDOWS_ERRNO:
                found.append((node.lineno, f"errno.{node.attr}"))
        elif isinstance(node, ast.ImportFrom) and node.module in ONLY_POSIX:
            names = ONLY_POSIX[node.module]
            found += [(node.lineno, f"{node.module}.{one.name}") for one in node.names if one.name in names]
        elif isinstance(node, ast.Import | ast.ImportFrom):
            modules = [one.name for one in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            found += [(node.lineno, name) for name in modules if name.partition(".")[0] in disguise.MISSING]
    return found


@pytest.mark.long
def test_what_only_posix_has_stands_behind_a_question_for_the_platform() -> None:
    found = {str(path.relative_to(ROOT)): uses(ast.parse(path.read_text(encoding="utf-8"))) for path in SOURCES}
    assert found.pop("tui/terminal/driver.py"), "the module for POSIX alone shows that the search finds something"
    assert not {path: names for path, names in found.items() if names}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import os\nos.fork()", ["os.fork"]),
        ("import resource", ["resource"]),
        ("from signal import SIGKILL", ["signal.SIGKILL"]),
        ("import errno\nerrno.ENOTBLK", ["errno.ENOTBLK"]),
        ("import os, sys\nif sys.platform != 'win32':\n    os.fork()", []),
        ("def f():\n    if sys.platform == 'win32':\n        return\n    import resource", []),
        ("import os\nos.getpid()", []),
    ],
)
def test_the_search_for_such_names_finds_them(source: str, found: list[str]) -> None:
    assert [name for _, name in uses(ast.parse(source))] == found


def test_the_lists_name_what_there_is() -> None:
    assert not [name for name in WINDOWS_ERRNO if not hasattr(errno, name)]
    assert "fork" in disguise.OS_MISSING & set(dir(os))
    assert "SIGKILL" in disguise.SIGNAL_MISSING & set(dir(signal))
