from __future__ import annotations

import ctypes
import errno
import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import sample_data
from budget.i18n.language import LANGUAGES
from budget.library.frames import SCHEMAS
from budget.model.disclosure import Disclosure, MoneyUnit
from budget.system.files import reason
from budget.views.state import VIEW_SCOPES, VIEW_TITLES, View
from tests.support import reading
from tests.support.command import ROOT, Command, Ran, program
from tui import __version__
from tui.cli import arguments, export
from tui.cli import help as usage
from tui.config.settings import ENCODINGS, THEMES, UNITS
from tui.library import start
from tui.terminal import cpu, output
from tui.terminal.capabilities import GLYPHS

OLD, NEW, HEADQUARTERS = (str(path) for path in sample_data.paths())


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    return Command(tmp_path / "home", capsysbinary, monkeypatch)


def test_a_name_in_utf_8_is_found_in_a_terminal_of_gbk() -> None:
    name = "预算 公开/三.txt"
    read = name.encode().decode("gbk", "surrogateescape").replace("\udc80", "€")  # as the C library hands it over
    assert "€" in read
    assert arguments.as_file_name(read, "gbk").encode("gbk", "surrogateescape") == name.encode()
    for encoding in ("gbk", "utf-8", "gb18030"):
        assert arguments.as_file_name(name, encoding) == name
    assert arguments.as_file_name("5€.txt", "utf-8") == "5€.txt"


# Help and usage


def test_the_help_names_every_view_every_scope_and_every_option(run: Command) -> None:
    for given, parser in ((["--help"], arguments.browse_parser()), (["export", "-h"], arguments.export_parser())):
        shown = run(*given)
        assert shown.status == 0
        for view in View:
            assert re.search(rf"^  {view.value} +{VIEW_TITLES[view]}$", shown.text, re.MULTILINE)
            for scope in VIEW_SCOPES[view]:
                assert not scope or re.search(rf"^    {scope.value} +\S", shown.text, re.MULTILINE)
        for action in parser._actions:
            for option in action.option_strings:
                assert option in shown.text or option == "--version"


def test_the_help_speaks_chinese(run: Command) -> None:
    known = (
        {view.value for view in View}
        | {scope.value for scopes in VIEW_SCOPES.values() for scope in scopes}
        | set(usage.FRAMES)
    )
    known |= (
        set(usage.FORMATS)
        | set(ENCODINGS)
        | set(usage.REPORTS)
        | set(LANGUAGES)
        | set(THEMES)
        | set(GLYPHS)
        | {"ascii", "config", "doctor", "csv"}
        | {
            "yusuan",
            "export",
            "check",
            "report",
            *("load", usage.PARQUET, "Dask", "cluster"),
            usage.PACKAGE,
            "zip",
            *usage.OPINIONS,
            *(*usage.AXES, "amount", "share", "general_public"),
            usage.ALL_VIEWS,
            "ASCII",
            "other_1",
            "PDF",
            "Word",
            "Excel",
            "WPS",
            "OFD",
        }
    )
    for name in ("", "load", "export", "check", "report", "config"):
        given = [*([name] if name else []), "--help"]
        words = set(re.findall(r"[A-Za-z][\w-]+", re.sub(r"(?<![\w-])--?[a-z][a-z-]*", "", run(*given).text)))
        assert words <= known


def test_the_frames_of_the_help_are_the_frames() -> None:
    assert list(usage.FRAMES) == list(SCHEMAS)


def test_the_units_of_the_help_are_units_and_the_views_with_places_are_views() -> None:
    assert all(MoneyUnit(unit) for unit in UNITS)
    assert all(View(view) for view in usage.WITH_PLACES)


def test_the_version_is_that_of_the_package(run: Command) -> None:
    assert run("--version").text == f"yusuan {__version__}\n"
    assert run("export", "--version").status == 0
    assert f'version = "{__version__}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["--nope"], "不认识的参数 --nope"),
        (["--ascii=yes"], "--ascii：后面不带值，却写了 'yes'"),
        (["export"], "缺少 文件或文件夹"),
        (["export", OLD], "--view 与 --frame：需要且只能写其中一个"),
        (["export", OLD, "--view", "overview", "--frame", "cells"], "需要且只能写其中一个"),
        (["export", OLD, "--view"], "--view：后面要有一个值"),
        (["export", OLD, "--view", "nope"], "--view：不能是 'nope'，可用的有 "),
        (["export", OLD, "--view", "overview", "--scope", "all-funds"], "视图 overview 没有范围可选"),
        (["export", OLD, "--view", "basic", "--scope", "all-funds"], "的范围只有 by-function by-economic"),
        (["export", OLD, "--view", "basic", "--scope", "x"], "的范围只有 by-function by-economic"),
        (
            ["export", OLD, "--view", "overview", "--at", "210"],
            "--at：只用于视图 expenditure revenue basic project one-project",
        ),
        (["export", OLD, "--view", "project", "--at", "卫生"], "应是 3、5 或 7 位数字的编码，不是“卫生”"),
        (["export", OLD, "--view", "one-project", "--scope", "没有的"], "没有读到项目“没有的”"),
        (["export", OLD, "--view", "project", "--at", "999"], "没有编码 999"),
        (["export", OLD, "--view", "overview", "--unit", "dollar"], "没有金额单位“dollar”，可用的有 元 万元 亿元"),
        (["export", OLD, "--view", "overview", "--format", "xml"], "--format：不能是 'xml'，可用的有 "),
        (["export", OLD, "--view", "overview", "--encoding", "big5"], "--encoding：不能是 'big5'"),
        (["export", OLD, "--view", "library", "--against", NEW], "资料库没有可对比的"),
        (["export", OLD, "--frame", "nope"], "--frame：不能是 'nope'"),
        (["export", OLD, "--frame", "cells", "--at", "210"], "--at：只用于 --view"),
        (["export", OLD, "--frame", "cells", "--format", "md"], "数据表只能导出为 csv"),
        (["export", OLD, "--frame", "cells", "-o", "cells.xlsx"], "数据表只能导出为 csv"),
        (["export", OLD, "--view", "all"], "全部视图只能导出为 xlsx"),
        (["export", OLD, "--view", "all", "-o", "x.csv"], "全部视图只能导出为 xlsx"),
        (["export", OLD, "--view", "all", "--format", "xlsx", "--at", "210"], "--at：不能与 --view all 同时使用"),
        (["export", OLD, "--view", "all", "--format", "xlsx", "--scope", "x"], "--scope：不能与 --view all 同时使用"),
        (["export", OLD, NEW, "--view", "all", "--format", "xlsx"], "需要一份资料，读到了 2 份"),
        (
            ["export", OLD, "--view", "overview", "--format", "xlsx", "--encoding", "utf-8"],
            "工作簿（xlsx）没有编码可选",
        ),
        (["export", OLD, NEW, "--view", "overview"], "需要一份资料，读到了 2 份；对比另一份请用 --against"),
        (["export", OLD, "--view", "overview", "--against", str(Path(OLD).parent)], "需要一份资料"),
    ],
)
def test_bad_usage_is_told_in_chinese_with_status_2(run: Command, given: list[str], told: str) -> None:
    ran = run(*given)
    assert ran.status == 2
    assert ran.out == b""
    assert ran.err.startswith("用法: ")
    assert told in ran.err
    assert ran.err.splitlines()[-1].endswith("。用 --help 查看帮助。")


# Plain text


def test_without_a_terminal_the_overview_is_printed(run: Command, tmp_path: Path) -> None:
    shown = run(NEW)
    assert shown.status == 0
    assert shown.err == ""
    assert shown.text.startswith("昌吉州医疗保障局 2025 › 收支总览  万元\n")
    assert re.search(r"^210 .*卫生健康支出 .* 710\.90 ", shown.text, re.MULTILINE)
    assert re.search(r"支出总计 .* 835\.98", shown.text, re.MULTILINE)
    assert not (tmp_path / "home").exists(), "headless commands on paths leave the library alone"


def test_ascii_draws_with_ascii(run: Command) -> None:
    assert "█" in run(NEW).text
    assert "█" not in run(NEW, "--ascii").text


def test_a_folder_is_read_with_everything_below(run: Command, tmp_path: Path) -> None:
    deep = tmp_path / "年度" / "2025"
    deep.mkdir(parents=True)
    (deep / "a.TXT").write_bytes(Path(NEW).read_bytes())
    (tmp_path / "年度" / "b.md").write_bytes(Path(HEADQUARTERS).read_bytes())
    (tmp_path / "年度" / "copy.txt").write_bytes(Path(NEW).read_bytes())
    (tmp_path / "年度" / "picture.png").write_bytes(b"\x89PNG")
    shown = run(tmp_path / "年度")
    assert shown.status == 0
    assert len(re.findall("› 收支总览", shown.text)) == 2, "the copy is the same disclosure"


def test_without_paths_the_library_is_printed_with_the_samples_at_first(run: Command, tmp_path: Path) -> None:
    for _ in range(2):
        shown = run()
        assert shown.status == 0
        assert shown.text.startswith("资料库")
        assert len(shown.text.splitlines()) == 2 + len(sample_data.paths())
    assert len(list((tmp_path / "home" / "samples").glob("*.part"))) == 1
    assert not (tmp_path / "home" / "library").exists(), "samples never stand among the user's documents"


def test_a_library_that_cannot_be_written_is_told_and_shown(run: Command, tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file where the folder should be", encoding="utf-8")
    shown = run()
    assert shown.status == 0
    assert "没有存入资料库" in shown.err
    assert "昌吉州医疗保障局" in shown.text


# Documents that cannot be read


def documents(folder: Path) -> dict[str, Path]:
    novel = "那天夜里下了一场大雪，他在门口站了很久，一句话也没有说。" * 200
    content = {
        "empty.txt": b"",
        "blank.txt": b" \n\n\t\n",
        "binary.txt": bytes(range(256)) * 40,
        "novel.txt": novel.encode(),
        "picture.txt": b"\x89PNG\r\n\x1a\n" + bytes(1000),
    }
    for name, data in content.items():
        (folder / name).write_bytes(data)
    (folder / "nothing").mkdir()
    names = [*content, "nothing", "missing.txt"]
    return {name: folder / name for name in names}


@pytest.mark.parametrize(
    "name", ["empty.txt", "blank.txt", "binary.txt", "novel.txt", "picture.txt", "nothing", "missing.txt"]
)
def test_what_cannot_be_read_costs_one_sentence_and_status_1(run: Command, tmp_path: Path, name: str) -> None:
    path = documents(tmp_path)[name]
    for given in ([path], ["export", path, "--frame", "cells"], ["export", path, "--view", "overview"]):
        ran = run(*given)
        assert ran.status == 1
        assert ran.out == b""
        assert len(ran.err.splitlines()) == 1
        assert name in ran.err
        assert ran.err.startswith("yusuan：")
    both = run(path, NEW)
    assert both.status == 1
    assert "昌吉州医疗保障局 2025" in both.text, "the rest is shown"
    exported = run("export", path, NEW, "--frame", "cells")
    assert exported.status == 1
    assert len(exported.rows) > 200


def test_a_baseline_that_cannot_be_read_ends_the_export(run: Command, tmp_path: Path) -> None:
    ran = run("export", NEW, "--view", "overview", "--against", tmp_path / "no.txt")
    assert (ran.status, ran.out) == (1, b"")
    assert "no.txt" in ran.err


@pytest.mark.parametrize(
    ("given", "told"), [("", "没有这个文件或文件夹"), ("a\0b", "没有这个文件或文件夹"), ("x" * 5000, "名称太长")]
)
def test_names_that_no_file_can_have_are_told(run: Command, given: str, told: str) -> None:
    ran = run(given)
    assert (ran.status, ran.out) == (1, b"")
    assert told in ran.err


@pytest.mark.skipif(os.name == "nt", reason="devices and names that are no text are of POSIX")
def test_devices_and_names_that_are_no_text(run: Command, tmp_path: Path) -> None:
    assert "是设备" in run("/dev/zero").err
    odd = os.fsencode(tmp_path) + b"/\xff.txt"
    Path(os.fsdecode(odd)).write_bytes(Path(NEW).read_bytes())
    assert "昌吉州医疗保障局 2025" in run(os.fsdecode(odd)).text
    loaded = start.load_documents([Path(os.fsdecode(odd))])
    assert loaded.frames.disclosures["source_name"].to_list() == ["?.txt"]


def test_a_failure_of_the_loader_costs_one_sentence(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    original = reading.load

    def load(path: Path) -> Disclosure:
        if path == Path(OLD):
            raise RecursionError("deep")
        return original(path)

    monkeypatch.setattr(reading, "load", load)
    ran = run(OLD, NEW)
    assert ran.status == 1
    assert "内部错误" in ran.err
    assert "昌吉州医疗保障局 2025" in ran.text


def test_escape_sequences_in_names_do_not_reach_the_terminal(run: Command) -> None:
    ran = run("\x1b[31mred\x1b[0m\x07.txt")
    assert "\x1b" not in ran.err
    assert "\x07" not in ran.err
    assert "\\x1b[31mred" in ran.err


# Processor, interruption, pipes, consoles


def test_a_processor_that_polars_cannot_run_on_is_told_before_polars_is_imported(
    run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cpu, "has_compatible_runtime", lambda: False)
    monkeypatch.setattr(cpu, "processor_runs_polars", lambda: False)
    monkeypatch.setattr(cpu.platform, "machine", lambda: "AMD64")
    monkeypatch.setattr(export, "show", lambda *_, **__: pytest.fail("went on"))
    ran = run(NEW)
    assert (ran.status, ran.out) == (1, b"")
    assert "AVX2" in ran.err
    assert len(ran.err.splitlines()) == 1
    monkeypatch.setattr(cpu, "has_compatible_runtime", lambda: True)
    assert cpu.problem() is None


@pytest.mark.parametrize(
    ("cpuinfo", "verdict"),
    [
        ("processor : 0\nflags\t\t: fpu sse avx avx2 bmi1 bmi2 fma abm movbe pclmulqdq\n", True),
        ("processor : 0\nflags\t\t: avx avx2 bmi1 bmi2 fma movbe pclmulqdq\n", False),
        ("processor : 0\nflags\t\t: fpu sse sse2 sse4_2\n", False),
        ("processor : 0\nFeatures\t: fp asimd\n", None),
        ("", None),
    ],
)
def test_the_flags_of_the_processor_decide(cpuinfo: str, verdict: bool | None) -> None:
    assert cpu.has_needed_flags(cpuinfo) is verdict


def test_other_processors_and_unknown_ones_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cpu, "processor_runs_polars", lambda: None)
    assert cpu.problem() is None
    monkeypatch.setattr(cpu, "processor_runs_polars", lambda: pytest.fail("asked"))
    monkeypatch.setattr(cpu.platform, "machine", lambda: "aarch64")
    assert cpu.problem() is None


@pytest.mark.parametrize(
    ("version", "answer", "verdict"), [("10.0.22631", 1, True), ("10.0.22631", 0, False), ("6.1.7601", 0, None)]
)
def test_windows_is_asked_where_it_knows_the_answer(
    monkeypatch: pytest.MonkeyPatch, version: str, answer: int, verdict: bool | None
) -> None:
    kernel = SimpleNamespace(IsProcessorFeaturePresent=lambda feature: answer if feature == 40 else 0)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    monkeypatch.setattr(cpu.platform, "version", lambda: version)
    monkeypatch.setattr(cpu.platform, "system", lambda: "Windows")
    assert cpu.processor_runs_polars() is verdict


def test_a_lack_of_memory_is_one_sentence(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking(*_: object, **__: object) -> int:
        raise MemoryError

    monkeypatch.setattr(export, "show", lacking)
    assert run(NEW) == Ran(output.FAILED, b"", "yusuan：内存不够，没有做完：请关闭其他程序后再运行。\n")


def test_an_interruption_is_quiet(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(export, "show", interrupted)
    assert run(NEW) == Ran(output.INTERRUPTED, b"", "")


@pytest.mark.skipif(os.name == "nt", reason="a closed pipe is a signal only on POSIX")
@pytest.mark.parametrize("given", [["export", NEW, "--frame", "passages"], [NEW]])
def test_a_reader_that_has_had_enough_is_no_error(given: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        done = subprocess.run(
            [sys.executable, "-m", "tui", *given], cwd=ROOT, stdout=closed, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr) == (0, b"")


def gbk_environment() -> dict[str, str]:
    """A GBK locale where the system has one; else the C locale, whose ASCII is stricter still, and GBK streams."""
    known = subprocess.run(["locale", "-a"], capture_output=True, check=False).stdout if os.name != "nt" else b""
    name = next((name for name in known.decode().split() if re.match(r"zh_CN\.gb(k|18030)$", name, re.IGNORECASE)), "C")
    return {
        "LC_ALL": name, "LANG": name, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "gbk",
        "PYTHONWARNDEFAULTENCODING": "1", "PYTHONWARNINGS": "error::EncodingWarning",
    }  # fmt: skip


@pytest.mark.parametrize(
    "given", [["--help"], [], [NEW], ["export", NEW, "--view", "overview", "--format", "md"], ["export"]]
)
def test_the_command_works_under_a_gbk_locale(given: list[str], tmp_path: Path) -> None:
    done = program(*given, **gbk_environment(), YUSUAN_HOME=str(tmp_path / "资料"))
    assert done.returncode == (2 if given == ["export"] else 0), done.stderr.decode("gbk", errors="replace")
    exported = "--format" in given
    printed = (done.stdout or done.stderr).decode("utf-8" if exported else "gbk")
    assert any(word in printed for word in ("用法", "卫生健康支出", "资料库"))


def test_a_console_that_cannot_print_a_character_prints_another() -> None:
    done = program("--help", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0
    assert b"--no-mouse" in done.stdout


def test_messages_of_the_system_are_short_chinese_words() -> None:
    assert reason(PermissionError(errno.EACCES, "Permission denied")) == "没有权限"
    assert reason(OSError(errno.ENOSPC, "No space left on device")) == "磁盘已满"
    assert reason(ValueError("embedded null byte")) == "名称中有系统不允许的字符"
