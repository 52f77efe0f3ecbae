"""The command yusuan doctor: one screen, nothing personal, an answer wherever it is asked."""

from __future__ import annotations

import getpass
import platform
from typing import TYPE_CHECKING

import pytest

import sample_data
from budget.i18n.language import using
from tests.support.command import Command
from tests.test_house import imported_by
from tui.cli import doctor
from tui.config import load
from tui.config.load import Effective
from tui.library import documents
from tui.library import start as opening
from tui.terminal.cells import cells

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LABELS = ("版本", "组件", "系统", "处理器", "图片文字", "终端", "文字编码", "字符集", "歧义宽度", "资料", "配置")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(documents.HOME, str(tmp_path / "home"))
    return tmp_path / "home"


def facts(found: Effective | None = None) -> dict[str, str]:
    """What is said, by label."""
    said: dict[str, str] = {}
    label = ""
    for line in doctor.lines(found or Effective()):
        label = line.split(maxsplit=1)[0] if not line.startswith(" ") else label
        said[label] = f"{said.get(label, '')} {line.removeprefix(label).strip()}".strip()
    return said


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_fits_on_one_screen(language: str) -> None:
    with using(language):
        shown = list(doctor.lines(Effective()))
    assert len(doctor.SUBJECTS) <= len(shown) <= doctor.HEIGHT
    assert max(map(cells, shown)) <= doctor.WIDTH


def test_every_subject_has_its_line() -> None:
    said = facts()
    assert tuple(said) == LABELS
    assert all(said.values())
    assert not [label for label, told in said.items() if told.startswith("?")]


def test_nothing_personal_is_said(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/zhangsan")
    monkeypatch.setenv("USER", "zhangsan")
    monkeypatch.setenv("LOGNAME", "zhangsan")
    monkeypatch.setenv("SSH_CONNECTION", "10.9.8.7 5 10.9.8.6 22")
    monkeypatch.setenv(documents.HOME, "/home/zhangsan/资料")
    shown = "\n".join(doctor.lines(Effective(troubles=("/home/zhangsan/.config/config.toml：theme",))))
    assert "zhangsan" not in shown
    assert "10.9.8" not in shown
    assert platform.node() not in shown.replace(platform.machine(), "")
    assert "~/资料" in shown
    assert doctor.anonymous("/data/zhangsan/库") == "/data/***/库"


def test_the_user_of_this_machine_is_not_named_outside_of_paths() -> None:
    words = " ".join(doctor.lines(Effective())).replace("/", " ").split()
    assert getpass.getuser() not in words


@pytest.mark.long
def test_no_document_is_named(home: Path) -> None:
    opening.load_documents(list(sample_data.paths()[:2]))
    assert "可写" in facts()["资料"]
    assert "医疗保障" not in "\n".join(doctor.lines(Effective()))


def test_a_folder_that_cannot_be_written_is_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_named: object) -> None:
        raise PermissionError

    monkeypatch.setattr(doctor.tempfile, "TemporaryFile", refuse)
    assert "不可写" in facts()["资料"]


def test_it_says_of_the_configuration_what_counts(home: Path) -> None:
    assert "没有配置文件" in facts()["配置"]
    home.mkdir()
    (home / "config.toml").write_text('glyphs = "ascii"\n', encoding="utf-8")
    found = load.effective()
    assert "有效" in facts(found)["配置"]
    assert facts(found)["字符集"] == "ascii | 按选项或配置"
    (home / "config.toml").write_text('glyphs = "asci"\n', encoding="utf-8")
    assert "有误" in facts(load.effective())["配置"]
    (home / "own.toml").write_text('theme = "dark"\n', encoding="utf-8")
    own = facts(load.effective(["--config", str(home / "own.toml")]))["配置"]
    assert own.endswith("有效"), "the file that was read, not the usual one"
    assert facts(load.effective(["--no-config"]))["配置"] == "没有配置文件"


def test_large_pages_of_memory_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    if not hasattr(doctor.os, "sysconf"):
        pytest.skip("no pages are told here")
    monkeypatch.setattr(doctor.os, "sysconf", lambda _name: 65536)
    assert "内存页 64 KiB，大于 4 KiB" in facts()["处理器"]


@pytest.mark.parametrize("enough", [True, False, None])
def test_the_processor_is_told(monkeypatch: pytest.MonkeyPatch, enough: bool | None) -> None:
    monkeypatch.setattr(doctor.cpu, "is_x86_64", lambda: True)
    monkeypatch.setattr(doctor.cpu, "processor_runs_polars", lambda: enough)
    assert {True: "AVX2 有", False: "AVX2 没有", None: "AVX2 不知道"}[enough] in facts()["处理器"]


@pytest.mark.parametrize(("width", "said"), [(1, "实测 1 格"), (2, "实测 2 格：画线和标记请用 --glyphs ascii")])
def test_the_measured_width_is_told(monkeypatch: pytest.MonkeyPatch, width: int, said: str) -> None:
    monkeypatch.setattr(doctor.probe, "ambiguous_width", lambda: width)
    assert facts()["歧义宽度"] == said


def test_what_fails_does_not_hide_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(_: Effective) -> Iterator[str]:
        raise RuntimeError

    monkeypatch.setitem(doctor.SUBJECTS, "组件", damaged)
    said = facts()
    assert said["组件"] == "? RuntimeError"
    assert said["系统"]
    assert len(said) == len(LABELS)


def test_it_needs_neither_polars_nor_textual() -> None:
    assert not imported_by("from tui.cli.main import main; main(['doctor'])") & {"polars", "textual", "pydantic"}
    blocked = "import sys; sys.modules.update({'polars': None, 'textual': None, 'rich': None, 'pydantic': None})"
    assert "tui" in imported_by(f"{blocked}; from tui.cli.main import main; assert main(['doctor']) == 0")


def test_the_command_prints_it(capfdbinary: pytest.CaptureFixture[bytes], home: Path, patched: Command) -> None:
    ran = patched("doctor")
    assert ran.status == 0
    assert not ran.err
    assert ran.text.splitlines()[0].startswith("版本      yusuan ")
    assert "\x1b" not in ran.text, "no question to a pipe"
    english = patched("doctor", "--lang", "en", "--ascii").text
    assert "ascii" in english
    assert "Version" in english
    assert patched("doctor", "--help").text.startswith("用法: yusuan doctor")
    assert patched("doctor", "more").status == 2


@pytest.fixture
def patched(home: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Command:
    return Command(home, capfdbinary, monkeypatch)


@pytest.mark.parametrize("text", ["", "一二三 " * 60, "x" * 300, "a\x1b[31mb"])
def test_long_facts_are_cut_and_nothing_is_obeyed(text: str) -> None:
    pieces = doctor.two_lines(text, 70)
    assert 1 <= len(pieces) <= 2
    assert all(cells(piece) <= 70 and piece.isprintable() for piece in pieces)
    assert len(text) < 300 or pieces[-1].endswith("..")
