from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from packaging.requirements import Requirement

import tasks

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parent.parent
LOCK = (ROOT / "requirements" / "dev.lock").read_text(encoding="utf-8")


class Recorder:
    """Stands for subprocess: remembers the commands and fails those that it is told to fail."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, failing: str = "") -> None:
        self.commands: list[str] = []
        self.kept = 0
        """How often the compiled patterns were kept: each installation ends with it."""
        self.failing = failing
        monkeypatch.setattr(tasks.subprocess, "call", self.call)
        monkeypatch.setattr(tasks.subprocess, "run", self.run)

    def call(self, command: Sequence[object], **_: object) -> int:
        text = " ".join(Path(str(part)).name or str(part) for part in command)
        if "budget.system.compiled_patterns" in text:
            self.kept += 1
        else:
            self.commands.append(text)
        return int(bool(self.failing) and self.failing in text)

    def run(self, command: Sequence[object], **_: object) -> None:
        if self.call(command):
            raise subprocess.CalledProcessError(1, [])


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An environment elsewhere, so that no test touches the real one."""
    venv = tmp_path / ".venv"
    monkeypatch.setattr(tasks, "VENV", venv)
    monkeypatch.setattr(tasks, "BUNDLE_VENV", tmp_path / ".venv-bundle")
    monkeypatch.setattr(tasks, "COMPILER_VENV", tmp_path / ".venv-compiler")

    def create(path: Path, **_: object) -> None:
        python = tasks.program(path, "python")
        python.parent.mkdir(parents=True)
        python.touch()

    monkeypatch.setattr(tasks.venv, "create", create)
    return venv


def test_it_needs_the_standard_library_alone() -> None:
    tree = ast.parse((ROOT / "tasks.py").read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


def test_an_older_python_gets_a_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    ast.parse((ROOT / "tasks.py").read_text(encoding="utf-8"), feature_version=(3, 7))
    monkeypatch.setattr(tasks, "OLDEST", (4, 0))
    assert tasks.main(["test"]) == 1
    assert capsys.readouterr().out.startswith("需要 Python 3.11 或更新版本，现在是 ")


@pytest.mark.parametrize(("given", "status"), [([], 2), (["nope"], 2), (["--help"], 0)])
def test_usage_names_every_task(given: list[str], status: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert tasks.main(given) == status
    shown = capsys.readouterr().out
    for task in (
        "run",
        "test",
        "bench",
        "bundle",
        "interpreter",
        "wheelhouse",
        "lock",
        "locale",
        "docs",
        "screenshots",
    ):
        assert re.search(rf"^  {task}\b", shown, re.MULTILINE)


def test_installing_requires_hashes_and_happens_once_for_a_lock(
    environment: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    recorder = Recorder(monkeypatch)
    tasks.install()
    assert [command for command in recorder.commands if "--require-hashes" in command]
    assert "--no-deps" in recorder.commands[-1], "the project itself brings no dependencies"
    recorder.commands.clear()
    tasks.install()
    assert recorder.commands == []
    assert recorder.kept == 2, "with the byte code, which is renewed each time"
    changed = tmp_path / "dev.lock"
    changed.write_text("another", encoding="utf-8")
    monkeypatch.setattr(tasks, "LOCK", changed)
    tasks.install()
    assert len(recorder.commands) == 3, "pip is there, the lock, the project"


def test_an_environment_that_was_moved_is_made_anew(environment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Recorder(monkeypatch)
    tasks.install()
    stamp = environment / tasks.STAMP
    stamp.write_text(stamp.read_text(encoding="utf-8") + "/elsewhere", encoding="utf-8")
    made: list[Path] = []
    monkeypatch.setattr(tasks.venv, "create", lambda path, **_: made.append(path))
    tasks.install()
    assert made == [environment]


def test_a_failed_installation_is_not_taken_for_done(
    environment: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Recorder(monkeypatch, failing="--require-hashes")
    assert tasks.main(["run"]) == 1
    assert "没有成功" in capsys.readouterr().out
    assert not (environment / tasks.STAMP).exists()


def test_the_bundle_is_built_and_used_in_the_environment(environment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = Recorder(monkeypatch)
    monkeypatch.setattr(tasks, "ON_WINDOWS", False)
    assert tasks.main(["bundle", "--machine", "aarch64"]) == 0
    assert recorder.commands[-1] == "python -m tools.bundle.bundle --machine aarch64"
    assert tasks.main(["bundle", "--check", "--machine", "aarch64"]) == 0
    assert recorder.commands[-2:] == [
        "python -m tools.bundle.bundle --machine aarch64",
        "python -m tools.bundle.check --machine aarch64",
    ]
    assert environment.exists(), "what checks it has the writers of documents"


def test_on_windows_the_builder_has_an_environment_of_its_own(
    environment: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    recorder = Recorder(monkeypatch)
    monkeypatch.setattr(tasks, "ON_WINDOWS", True)
    assert tasks.main(["bundle"]) == 0
    locks = "--requirement offline.lock --requirement bundle.lock"
    assert [command for command in recorder.commands if "--require-hashes" in command and locks in command]
    assert recorder.commands[-1].endswith(" -m tools.bundle.bundle")
    assert (tmp_path / ".venv-bundle" / tasks.STAMP).is_file()
    assert not environment.exists(), "development stays on the normal build of Polars"


def test_the_compiler_has_an_environment_of_its_own(
    environment: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    recorder = Recorder(monkeypatch)
    assert tasks.main(["interpreter", "x86_64"]) == 0
    assert [command for command in recorder.commands if "--requirement compiler.lock" in command]
    assert recorder.commands[-1] == "python -m tools.bundle.interpreter x86_64"
    assert (tmp_path / ".venv-compiler" / tasks.STAMP).is_file()
    assert not environment.exists()


@pytest.mark.parametrize("failing", ["tools.bundle.machines", "tools.bundle.bundle", "tools.bundle.check"])
def test_a_bundle_that_cannot_be_built_or_used_is_no_success(
    environment: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    recorder = Recorder(monkeypatch, failing=failing)
    assert tasks.main(["bundle", "--check"]) == 1
    assert failing in recorder.commands[-1], "nothing is tried after it"


def test_wheels_are_collected_for_the_platforms_that_are_named(
    environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = Recorder(monkeypatch)
    assert tasks.main(["wheelhouse", "--platform", "win_amd64"]) == 0
    assert recorder.commands[-1] == "python -m tools.bundle.wheelhouse --platform win_amd64"


def test_docs_and_pictures_are_made_in_the_environment(environment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = Recorder(monkeypatch)
    assert tasks.main(["docs"]) == 0
    assert recorder.commands[-1] == "python -m tools.docs"
    assert tasks.main(["screenshots"]) == 0
    assert recorder.commands[-1] == "python -m tools.docs screenshots"


def test_every_lock_is_written_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = Recorder(monkeypatch)
    monkeypatch.setattr(tasks.shutil, "which", lambda *_, **__: "uv")
    assert tasks.main(["lock"]) == 0
    written = [command.rpartition(" ")[2] for command in recorder.commands]
    assert written == ["dev.lock", "offline.lock", "cluster.lock", "bundle.lock", "compiler.lock", "peers.lock"]
    assert all("--universal" in command and "--generate-hashes" in command for command in recorder.commands)
    assert all("--constraint dev.lock" in command for command in recorder.commands[1:4])


def test_test_runs_every_check_even_after_a_failure(
    environment: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    recorder = Recorder(monkeypatch)
    assert tasks.main(["test"]) == 0
    checks = "\n".join(recorder.commands)
    for check in ("-m pytest", "-m ruff check .", "-m ruff format --check .", "-m mypy", "lint-imports"):
        assert check in checks
    for failing in ("pytest", "ruff check", "ruff format", "mypy", "lint-imports"):
        recorder = Recorder(monkeypatch, failing=failing)
        assert tasks.main(["test"]) == 1
        assert len(recorder.commands) == 5
        assert "未通过" in capsys.readouterr().out


def test_a_run_without_the_originals_says_so(
    environment: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Recorder(monkeypatch)
    monkeypatch.delenv("YUSUAN_SHARED", raising=False)
    tasks.main(["test"])
    assert "跳过对公开原文的测试" in capsys.readouterr().out


def test_run_hands_its_arguments_on(environment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = Recorder(monkeypatch)
    assert tasks.main(["run", "甲.txt", "--ascii"]) == 0
    assert recorder.commands[-1] == "python -m tui 甲.txt --ascii"


def test_bench_runs_programs_and_not_their_helpers(
    environment: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "tools" / "bench"
    folder.mkdir(parents=True)
    (folder / "a.py").write_text('if __name__ == "__main__":\n    print(1)\n', encoding="utf-8")
    (folder / "helper.py").write_text("X = 1\n", encoding="utf-8")
    recorder = Recorder(monkeypatch)
    monkeypatch.setattr(tasks, "install", lambda: None)
    monkeypatch.setattr(tasks, "prepare", lambda folder, locks: False)
    monkeypatch.setattr(tasks, "ROOT", tmp_path)
    assert tasks.main(["bench"]) == 0
    assert recorder.commands == ["python -m tools.bench.a"]


def test_the_lock_has_hashes_and_no_addresses() -> None:
    assert not re.search(r"https?:|file:|--index-url|--extra-index-url|--find-links|@ ", LOCK)
    entries = re.split(r"\n(?=[a-z])", LOCK.partition("\n")[2].partition("\n")[2])
    pinned = [entry for entry in entries if re.match(r"[a-z][\w.-]*==", entry)]
    assert len(pinned) == len(entries)
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "sys_platform == 'win32'" in LOCK, "markers for other platforms"


def test_the_lock_satisfies_the_dependencies() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*settings["project"]["dependencies"], *settings["dependency-groups"]["dev"]]
    locked = dict(re.findall(r"^([a-z][\w.-]*)==(\S+)", LOCK, re.MULTILINE))
    assert len(wanted) > 10
    for requirement in map(Requirement, wanted):
        assert requirement.specifier.contains(locked[requirement.name]), requirement


@pytest.mark.skipif(os.name == "nt", reason=".ci/run is a script for bash")
def test_ci_calls_the_tests_and_names_the_originals(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    (clone / ".ci").mkdir(parents=True)
    shutil.copy(ROOT / ".ci" / "run", clone / ".ci" / "run")
    (clone / "tasks.py").write_text(
        "import os, sys; print(sys.argv[1:], os.environ.get('YUSUAN_SHARED'))", encoding="utf-8"
    )
    without = {name: value for name, value in os.environ.items() if name != "YUSUAN_SHARED"}
    command = ["bash", ".ci/run"]
    done = subprocess.run(command, cwd=clone, env=without, capture_output=True, check=True, encoding="utf-8")
    assert done.stdout == "['test', '--all'] None\n['bundle', '--check'] None\n"
    (tmp_path / "shared").mkdir()
    done = subprocess.run(command, cwd=clone, env=without, capture_output=True, check=True, encoding="utf-8")
    shared = (tmp_path / "shared").resolve()
    assert done.stdout == f"['test', '--all'] {shared}\n['bundle', '--check'] {shared}\n"
    (clone / "tasks.py").write_text("import sys; sys.exit(sys.argv[1] == 'test')", encoding="utf-8")
    assert subprocess.run(command, cwd=clone, env=without, check=False).returncode == 1, "a failure is not forgotten"
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_what_is_built_holds_the_packages_and_their_data(tmp_path: Path) -> None:
    pytest.importorskip("setuptools", minversion="77", reason="an older setuptools cannot build the project")
    source = tmp_path / "source"
    ignored = shutil.ignore_patterns("__pycache__")
    for package in ("budget", "loaders", "tui", "sample_data", "tools", "tests"):
        shutil.copytree(ROOT / package, source / package, ignore=ignored)
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, source / name)
    script = "from setuptools.build_meta import build_wheel; print(build_wheel('.'))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=source, capture_output=True, check=False, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(source / done.stdout.splitlines()[-1]) as wheel:
        built = {name for name in wheel.namelist() if ".dist-info" not in name}
    packages = ("budget", "loaders", "tui", "sample_data")
    present = {path.relative_to(source).as_posix() for package in packages for path in (source / package).rglob("*.*")}
    assert built == {name for name in present if not name.endswith(".po")}, "translators' files stay at home"


def test_the_long_tier_is_asked_of_pytest_alone(environment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = Recorder(monkeypatch)
    for given in (["--all"], []):
        assert tasks.main(["test", *given]) == 0
    long, quick = (command for command in recorder.commands if "-m pytest " in command)
    assert long == f"{quick} --all"
    assert len([command for command in recorder.commands if "--all" in command]) == 1
