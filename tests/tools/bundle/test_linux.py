"""The folder for Linux: what is taken into it, and for which machines it can be made."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.bundle import elf, interpreter, linux, machines
from tools.bundle.check import stage


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of interpreters in which there is none."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "yusuan-build"


class TestInterpreter:
    def test_it_is_kept_outside_the_checkout_by_version_and_machine(self, cache: Path) -> None:
        places = {interpreter.place(machine) for machine in machines.MACHINES}
        assert {path.parent for path in places} == {cache}
        assert len(places) == len(machines.MACHINES)
        assert all(interpreter.VERSION in path.name and interpreter.GLIBC in path.name for path in places)

    def test_what_is_there_is_not_built_again(
        self, cache: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        built: list[str] = []
        monkeypatch.setattr(interpreter, "build", built.append)
        monkeypatch.setattr(interpreter.shutil, "which", lambda name: name)
        interpreter.place("x86_64").mkdir(parents=True)
        assert interpreter.main([]) == 0
        assert built == ["aarch64"]
        assert f"已有 {interpreter.place('x86_64')}" in capsys.readouterr().out

    def test_another_machine_and_another_system_get_a_sentence(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert interpreter.main(["loongarch64"]) == 2
        assert "没有这种处理器：loongarch64" in capsys.readouterr().out
        monkeypatch.setattr(interpreter.shutil, "which", lambda _: None)
        assert interpreter.main([]) == 1
        assert "apt-get" in capsys.readouterr().out

    def test_mends_are_taken_and_fittings_to_debian_are_not(self) -> None:
        mends = ("CVE-2025-4516-1.patch", "0002-3.11-gh-121650-Encode.patch", "frame_dealloc-crash.diff")
        assert all(interpreter.MENDED.search(name) for name in mends)
        assert not any(
            map(interpreter.MENDED.search, ("deb-locations.diff", "multiarch.diff", "ensurepip-disabled.diff"))
        )

    def test_no_line_of_a_module_is_taken_for_a_variable(self) -> None:
        assert not [line for line in interpreter.MODULES.splitlines() if "=" in line]


class TestFolder:
    def test_without_an_interpreter_that_of_this_machine_serves_and_no_other(self, cache: Path) -> None:
        own = machines.machine()
        other = next(name for name in machines.MACHINES if name != own)
        assert linux.problem(own) is None
        assert linux.of_this_machine(own)
        assert f"tasks.py interpreter {other}" in str(linux.problem(other))

    def test_byte_code_is_compiled_by_the_version_that_reads_it(
        self, cache: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        interpreter.place("aarch64").mkdir(parents=True)
        monkeypatch.setattr(sys, "version", f"{interpreter.VERSION} (main)")
        assert linux.problem("aarch64") is None
        monkeypatch.setattr(sys, "version", "3.110.1 (main)")
        assert "请用 Python 3.11 运行" in str(linux.problem("aarch64"))

    def test_modules_are_read_without_their_sources_wherever_the_folder_lies(self, tmp_path: Path) -> None:
        library = tmp_path / "library"
        (library / "package").mkdir(parents=True)
        (library / "package" / "__init__.py").write_text("from package.part import ANSWER\n", encoding="utf-8")
        (library / "package" / "part.py").write_text("ANSWER = 42\n", encoding="utf-8")
        linux.compile_all(library)
        assert not list(library.rglob("*.py"))
        moved = shutil.copytree(library, tmp_path / "别 处", copy_function=shutil.copyfile)
        script = f"import sys; sys.path.insert(0, {str(moved)!r}); import package; print(package.ANSWER)"
        done = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, check=True)
        assert done.stdout.strip() == b"42"

    def test_a_module_that_cannot_be_compiled_stops_it(self, tmp_path: Path) -> None:
        (tmp_path / "bad.py").write_text("1 +", encoding="utf-8")
        with pytest.raises(RuntimeError):
            linux.compile_all(tmp_path)

    def test_of_packages_what_is_not_run_stays_behind(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(linux, "PACKAGED", tmp_path / "packages")
        for name in (
            "textual/app.py", "textual/app.pyi", "textual/demo/home.py", "selectolax/parser.c", "selectolax/parser.so",
            "olefile/olefile.py", "olefile/olefile2.py", "mdurl-1.dist-info/METADATA", "mdurl-1.dist-info/RECORD",
        ):  # fmt: skip
            path = linux.PACKAGED / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        taken = shutil.copytree(linux.PACKAGED, tmp_path / "taken", ignore=linux._not_of_a_package)
        assert {path.relative_to(taken).as_posix() for path in taken.rglob("*") if path.is_file()} == {
            "textual/app.py", "selectolax/parser.so", "olefile/olefile.py", "mdurl-1.dist-info/METADATA",
        }  # fmt: skip


class TestPrograms:
    @pytest.mark.skipif(not sys.platform.startswith("linux"), reason="programs of Linux")
    def test_a_program_runs_without_what_is_cut_off(self, tmp_path: Path) -> None:
        program = tmp_path / "python"
        shutil.copy(Path(sys.executable).resolve(), program)
        before = program.stat().st_size
        asked, loader = elf.oldest_glibc(program), elf.loader(program)
        elf.strip(program)
        assert program.stat().st_size < before
        assert (elf.oldest_glibc(program), elf.loader(program)) == (asked, loader)
        done = subprocess.run([str(program), "--version"], capture_output=True, check=True, encoding="utf-8")
        assert re.match(r"Python 3\.", done.stdout)

    @pytest.mark.parametrize(
        ("version", "newer"),
        [("2.36", True), ("2.28", False), ("2.9", False), ("2.4", False), ("3.0", True), ("", False)],
    )
    def test_versions_are_compared_as_numbers(self, version: str, *, newer: bool) -> None:
        assert elf.newer(version, "2.28") is newer


def test_what_another_processor_needs_is_said(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage.shutil, "which", lambda _: None)
    assert "qemu-aarch64" in stage.lacks("aarch64")
    monkeypatch.setattr(stage.shutil, "which", lambda name: f"/usr/bin/{name}")
    assert str(cache / "root-aarch64") in stage.lacks("aarch64")
    (cache / "root-aarch64").mkdir(parents=True)
    assert stage.lacks("aarch64") == ""
