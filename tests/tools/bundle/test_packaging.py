"""What is handed to machines without a network; `tasks.py bundle --check` builds and tries it, nothing here does."""

from __future__ import annotations

import ast
import os
import platform
import re
import shutil
import stat
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

from tools.bundle import contents, elf, licences, machines, parcel, wheelhouse
from tui.terminal import cpu

ROOT = Path(__file__).parents[3]
OPTIONAL = {"loaders.formats.pdf.scan", "loaders.formats.pdf.scan_image"}
"""What reads pages that are pictures, with packages that are not locked."""
PIN = re.compile(r"^([a-z][\w.-]*)==([^\s;]+)", re.MULTILINE)


def lock(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


class TestLocks:
    def test_every_lock_has_the_same_versions(self) -> None:
        development = dict(PIN.findall(lock("requirements/dev.lock")))
        for name in ("requirements/offline.lock", "requirements/bundle.lock"):
            versions = dict(PIN.findall(lock(name)))
            common = versions.keys() & development.keys()
            assert common
            assert {key: versions[key] for key in common} == {key: development[key] for key in common}

    def test_what_is_handed_out_is_what_is_needed_and_the_runtime_for_old_processors(self) -> None:
        settings = tomllib.loads(lock("pyproject.toml"))
        needed = {re.split(r"[<>=\[]", line)[0] for line in settings["project"]["dependencies"]}
        handed = dict(PIN.findall(lock("requirements/offline.lock")))
        assert needed < handed.keys()
        assert handed["polars-runtime-compat"] == handed["polars-runtime-32"] == handed["polars"]
        assert "pyinstaller" not in handed
        assert "pyinstaller" in dict(PIN.findall(lock("requirements/bundle.lock")))

    def test_development_runs_on_the_normal_runtime(self) -> None:
        assert "polars-runtime-compat" not in lock("requirements/dev.lock")

    @pytest.mark.parametrize("name", ["requirements/offline.lock", "requirements/bundle.lock"])
    def test_every_package_has_its_hashes_and_no_address(self, name: str) -> None:
        text = lock(name)
        entries = re.split(r"\n(?=[a-z])", text.partition("\n")[2].partition("\n")[2])
        assert len(entries) == len(PIN.findall(text))
        assert all("--hash=sha256:" in entry for entry in entries)
        assert not re.search(r"https?:|file:|--index-url|--find-links|@ ", text)


class TestContents:
    def test_every_data_file_goes_along_to_its_place(self) -> None:
        found = {Path(path).relative_to(ROOT).as_posix(): folder for path, folder in contents.data()}
        assert found["tui/yusuan.tcss"] == "tui"
        assert found["budget/i18n/locale/en/LC_MESSAGES/yusuan.mo"] == "budget/i18n/locale/en/LC_MESSAGES"
        assert sum(name.startswith("sample_data/") for name in found) == 3

    def test_every_module_of_ours_goes_along(self) -> None:
        found = contents.modules()
        for name in (
            "budget",
            "budget.views.table",
            "loaders.formats.ofd.reader",
            "loaders.workers.worker",
            "tui.cli.main",
            "sample_data",
        ):
            assert name in found
        assert not [name for name in found if name.startswith(("tests", "tools"))]

    @pytest.mark.long
    def test_nothing_that_is_left_out_is_imported_by_us(self) -> None:
        for name in set(contents.modules()) - OPTIONAL:
            base = ROOT / name.replace(".", "/")
            path = base.with_suffix(".py") if base.with_suffix(".py").is_file() else base / "__init__.py"
            assert not imported(path) & set(contents.EXCLUDED), path

    def test_the_versions_that_the_program_tells_go_along(self) -> None:
        from tui.cli.doctor import PACKAGES

        assert set(PACKAGES) <= set(contents.dependencies())

    def test_textual_goes_without_its_demonstration(self) -> None:
        assert contents.wanted("textual.widgets._markdown")
        assert not contents.wanted("textual.demo.home")
        assert not contents.wanted("textual.__main__")


def imported(path: Path) -> set[str]:
    """The modules that a file names in its imports, with the packages in which they are."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found | {name.partition(".")[0] for name in found}


class TestParcels:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        folder = tmp_path / "包"
        (folder / "里 面").mkdir(parents=True)
        (folder / "说明.txt").write_bytes("说明".encode())
        (folder / "里 面" / "program").write_bytes(b"\x7fELF")
        (folder / "里 面" / "program").chmod(0o755)
        return folder

    def test_sums_are_those_that_the_system_computes(self, folder: Path) -> None:
        path = parcel.write_sums(folder)
        assert parcel.write_sums(folder) == path, "a second list does not list itself"
        lines = path.read_text(encoding="utf-8").splitlines()
        assert [line.partition("  ")[2] for line in lines] == ["说明.txt", "里 面/program"]
        checker = shutil.which("sha256sum")
        if checker:
            subprocess.run([checker, "--quiet", "--check", parcel.SUMS], cwd=folder, check=True)
            (folder / "说明.txt").write_bytes(b"other")
            assert subprocess.run([checker, "--status", "--check", parcel.SUMS], cwd=folder, check=False).returncode

    @pytest.mark.skipif(os.name == "nt", reason="programs are told by their endings")
    def test_a_tar_file_keeps_programs_and_names_nobody(self, folder: Path) -> None:
        with tarfile.open(parcel.tarred(folder)) as archive:
            members = {member.name: member for member in archive.getmembers()}
        assert members["包/里 面/program"].mode & stat.S_IXUSR
        assert not members["包/说明.txt"].mode & stat.S_IXUSR
        assert {(member.uid, member.uname) for member in members.values()} == {(0, "")}

    def test_a_zip_file_marks_its_names_as_utf8(self, folder: Path) -> None:
        with zipfile.ZipFile(parcel.zipped(folder)) as archive:
            infos = {info.filename: info for info in archive.infolist()}
        assert set(infos) == {"包/说明.txt", "包/里 面/program"}
        assert all(info.flag_bits & 0x800 for info in infos.values())

    @pytest.mark.skipif(os.name == "nt", reason="links need rights there")
    def test_links_become_files(self, folder: Path) -> None:
        (folder / "link").symlink_to("说明.txt")
        parcel.without_links(folder)
        assert not (folder / "link").is_symlink()
        assert (folder / "link").read_bytes() == "说明".encode()

    def test_sizes_are_in_megabytes(self, folder: Path) -> None:
        (folder / "large").write_bytes(b"\0" * 2_340_000)
        assert parcel.size(folder) == "2.3 MB"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="programs of Linux")
def test_what_a_program_asks_of_its_system(tmp_path: Path) -> None:
    python = Path(sys.executable).resolve()
    shutil.copy(python, tmp_path / "python")
    (tmp_path / "text.txt").write_bytes(b"\0GLIBC_9.99\0")
    oldest = elf.oldest_glibc(tmp_path)
    assert re.fullmatch(r"2\.\d+", oldest)
    running = platform.libc_ver()[1]
    assert [int(part) for part in oldest.split(".")] <= [int(part) for part in running.split(".")]
    assert Path(elf.loader(python)).is_file()


def test_the_newest_version_that_anything_asks_for_counts(tmp_path: Path) -> None:
    (tmp_path / "a.so").write_bytes(b"\x7fELF...\0GLIBC_2.4\0GLIBC_2.17\0GLIBC_2.2.5\0")
    (tmp_path / "b.so").write_bytes(b"\x7fELF...\0GLIBC_2.9\0GLIBC_PRIVATE\0")
    assert elf.oldest_glibc(tmp_path) == "2.17"


@pytest.mark.parametrize(
    ("named", "machine", "told"),
    [("AMD64", "x86_64", False), ("arm64", "aarch64", False), ("loongarch64", "loongarch64", True)],
)
def test_machines_without_packages_get_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], named: str, machine: str, *, told: bool
) -> None:
    monkeypatch.setattr(machines.platform, "machine", lambda: named)
    assert machines.machine() == machine
    assert machines.main() == int(told)
    assert ("龙芯" in capsys.readouterr().out) is told


def test_other_systems_get_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machines.platform, "machine", lambda: "arm64")
    for name, told in (("Windows", False), ("Linux", False), ("Darwin", True)):
        monkeypatch.setattr(machines.platform, "system", lambda name=name: name)
        assert (machines.problem() is not None) is told


class TestWheels:
    LOCK = (
        "# head\nany==1 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n    # via x\n"
        "old==2 ; platform_machine == 'AMD64' or platform_machine == 'x86_64' \\\n    --hash=sha256:cc\n"
        "win-only==3 ; sys_platform == 'win32' \\\n    --hash=sha256:dd\n"
        "early==4 ; python_full_version < '3.12' \\\n    --hash=sha256:ee\n"
    )

    @pytest.mark.parametrize(
        ("name", "python", "pins"),
        [
            ("win_amd64", "3.11", ["any==1", "old==2", "win-only==3", "early==4"]),
            ("manylinux_x86_64", "3.12", ["any==1", "old==2"]),
            ("manylinux_aarch64", "3.11", ["any==1", "early==4"]),
        ],
    )
    def test_markers_are_asked_of_the_machine_that_gets_them(self, name: str, python: str, pins: list[str]) -> None:
        found = wheelhouse.required(self.LOCK, name, python)
        assert [line.partition(" ")[0] for line in found] == pins
        assert found[0] == "any==1 --hash=sha256:aa --hash=sha256:bb"

    def test_every_package_of_the_lock_is_understood(self) -> None:
        text = lock("requirements/offline.lock")
        assert len(wheelhouse.required(text, "manylinux_x86_64", "3.11")) == len(PIN.findall(text))

    def test_an_installation_is_two_lines_in_the_words_of_its_system(self) -> None:
        assert wheelhouse.install_lines("win_amd64") == (
            "python -m venv 环境",
            r"环境\Scripts\pip install --no-index --find-links . --require-hashes -r requirements.txt",
        )
        first, second = wheelhouse.install_lines("manylinux_aarch64")
        assert (first, second.split()[0]) == ("python3 -m venv 环境", "环境/bin/pip")
        assert all(line in wheelhouse.note("manylinux_aarch64", "3.11") for line in (first, second))

    def test_no_wheel_is_newer_than_the_systems_in_use(self) -> None:
        for name in ("manylinux_x86_64", "manylinux_aarch64"):
            tags = wheelhouse.PLATFORMS[name].tags
            minors = [int(found[1]) for tag in tags if (found := re.match(r"manylinux_2_(\d+)_", tag))]
            assert max(minors) == 28
            assert f"manylinux2014_{name.removeprefix('manylinux_')}" in tags


class TestRuntimes:
    def test_polars_takes_the_build_for_older_processors_where_it_is_installed(self) -> None:
        packages = Path(metadata.distribution("polars").locate_file("")).resolve()
        asked = (packages / "polars" / "_plr.py").read_text(encoding="utf-8")
        assert "default_prefer = [rt_compat," in asked

    def test_what_the_normal_build_needs_is_what_it_says(self) -> None:
        packages = Path(metadata.distribution("polars").locate_file("")).resolve()
        flags = (packages / "_polars_runtime_32" / "build_feature_flags.py").read_text(encoding="utf-8")
        older = {"sse3", "ssse3", "sse4.1", "sse4.2", "popcnt", "cmpxchg16b", "avx"}
        needed = {"abm" if flag == "lzcnt" else flag for flag in re.findall(r"\+([\w.]+)", flags)} - older
        assert needed == cpu.NEEDED or platform.machine() not in {"x86_64", "AMD64"}

    def test_a_folder_holds_one_build_that_runs_on_every_processor(self) -> None:
        text = lock("requirements/offline.lock")
        for name, build in (("manylinux_x86_64", "compat"), ("manylinux_aarch64", "32"), ("win_amd64", "compat")):
            pins = [line.split("==")[0] for line in contents.one_polars(wheelhouse.required(text, name, "3.11"))]
            assert [pin for pin in pins if pin.startswith("polars-runtime")] == [f"polars-runtime-{build}"]
            assert {"polars", "textual"} < set(pins)


def test_the_licence_of_every_package_goes_along(tmp_path: Path) -> None:
    (built := tmp_path / "built").mkdir()
    for name in ("python3.11", "zlib"):
        (built / name).write_text(name, encoding="utf-8")
    bare = tmp_path / "bare" / "olefile-0.47.dist-info"
    bare.mkdir(parents=True)
    (bare / "METADATA").write_text("Name: olefile\nVersion: 0.47\n", encoding="utf-8")
    packages = [str(bare.parent), *sys.path]
    lines = licences.collect(tmp_path, ROOT / "requirements/offline.lock", packages, built)
    folder = tmp_path / licences.FOLDER
    assert (folder / licences.LIST).read_text(encoding="utf-8").splitlines() == lines
    by_name = {line.split(" ", maxsplit=1)[0].lower(): line for line in lines}
    for name in ("textual", "polars", "pypdfium2", "selectolax", "mdurl"):
        assert by_name[name].endswith("份文本"), by_name[name]
    assert [line.split(" ", maxsplit=1)[0] for line in lines[:2]] == ["python3.11", "zlib"]
    assert (folder / "zlib" / "copyright").read_text(encoding="utf-8") == "zlib"
    assert by_name["olefile"].endswith("未找到文本"), "what is missing is said"
    texts = [path for path in folder.rglob("*") if path.is_file()]
    assert len(texts) == 1 + sum(int(found[1]) for line in lines if (found := re.search(r"(\d+) 份文本$", line)))
    assert all(path.stat().st_size for path in texts)
