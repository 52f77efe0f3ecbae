r"""Paths as people paste them, and the long form of Windows; `\\?\` is never shown."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from budget.library.parts import damaged
from budget.system import paths
from budget.system.paths import as_typed, fit, is_unfit, long_form, named, plain_form, readable, system

DEEP = "D:\\" + "很长的文件夹\\" * 40 + "预算.pdf"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (r'"D:\部门 预算\a.pdf"', r"D:\部门 预算\a.pdf"),
        ("\u202aD:\\部门预算\\a.pdf ", r"D:\部门预算\a.pdf"),
        (r"“D:\部门 预算\a.pdf”", r"D:\部门 预算\a.pdf"),
        (r"'D:\部门 预算\a.pdf'", r"D:\部门 预算\a.pdf"),
        (r"D:\部门's\a.pdf", r"D:\部门's\a.pdf"),
        ('D:\\部门 预算\\"', "D:\\部门 预算\\"),
        ("D:", "D:\\"),
        ("d:x.pdf", "d:x.pdf"),
        (r"\\server\share\资料", r"\\server\share\资料"),
        ("//server/share/资料", "//server/share/资料"),
        ("file:///D:/%E9%83%A8%E9%97%A8%20a.pdf", r"D:\部门 a.pdf"),
        ("file:///D:/部门 预算/a.pdf", r"D:\部门 预算\a.pdf"),
        ("file://server/share/a%23.pdf", r"\\server\share\a#.pdf"),
        ("FILE://localhost/C:/a.pdf", r"C:\a.pdf"),
        ("\\\\?\\D:\\a.pdf", "\\\\?\\D:\\a.pdf"),
        ("", ""),
        ('"', ""),
    ],
)
def test_a_path_pasted_on_windows(text: str, path: str) -> None:
    assert as_typed(text, windows=True) == path
    assert as_typed(path, windows=True) == path


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("'/home/某 人/a.pdf' ", "/home/某 人/a.pdf"),
        (r"'/home/it'\''s.pdf'", "/home/it's.pdf"),
        (r"/home/某\ 人/a\(1\)\&b.pdf", "/home/某 人/a(1)&b.pdf"),
        ("/home/某 人/a.pdf", "/home/某 人/a.pdf"),
        (r"D:\部门\a.pdf", r"D:\部门\a.pdf"),
        ("file:///home/%E6%9F%90%20a.pdf", "/home/某 a.pdf"),
        ("file://desk/home/a%FF.pdf", "/home/a\udcff.pdf"),
        ("/home/a\udcff.pdf", "/home/a\udcff.pdf"),
        ("D:", "D:"),
        ("~nobody-of-this-name/a.pdf", "~nobody-of-this-name/a.pdf"),
    ],
)
def test_a_path_pasted_or_dragged_elsewhere(text: str, path: str) -> None:
    assert as_typed(text, windows=False) == path


def test_the_users_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/某人")
    monkeypatch.setenv("USERPROFILE", r"C:\Users\某人")
    assert paths.typed("~/a.pdf") == Path("/home/某人/a.pdf")
    assert as_typed(r"~\a.pdf", windows=True) == r"C:\Users\某人\a.pdf"


@pytest.mark.parametrize(
    ("path", "long"),
    [
        (r"D:\部门 预算\a.pdf", r"\\?\D:\部门 预算\a.pdf"),
        ("d:/x/../y.pdf", r"\\?\d:\y.pdf"),
        (r"\\server\share\资料\a.pdf", r"\\?\UNC\server\share\资料\a.pdf"),
        ("D:\\", "\\\\?\\D:\\"),
        (r"\\?\D:\a.pdf", r"\\?\D:\a.pdf"),
        (r"\\.\COM1", r"\\.\COM1"),
    ],
)
def test_the_long_form_and_back(path: str, long: str) -> None:
    assert long_form(path) == long
    assert long_form(long) == long
    assert not plain_form(long).startswith(("\\\\?\\", "UNC"))
    assert PureWindowsPath(plain_form(long_form(r"\\server\share\x"))) == PureWindowsPath(r"\\server\share\x")


def test_sentences_show_paths_as_people_write_them() -> None:
    path = PureWindowsPath(r"\\?\D:\资料\1.part")
    assert readable(path) == r"D:\资料\1.part"
    assert r" D:\资料\1.part " in damaged(Path(str(path)))


def test_only_long_paths_of_windows_take_the_long_form() -> None:
    deep = PureWindowsPath(DEEP)
    assert len(DEEP) > 260
    assert str(system(deep)) == "\\\\?\\" + DEEP
    assert system(system(deep)) == system(deep)
    assert system(PureWindowsPath(r"D:\a.pdf")) == PureWindowsPath(r"D:\a.pdf")
    assert str(system(PureWindowsPath(r"D:\资料"), deep=True)) == r"\\?\D:\资料"
    assert str(system(PureWindowsPath("D:\\" + "a" * 200), room=64)).startswith("\\\\?\\")
    assert system(PureWindowsPath("x\\" * 200)) == PureWindowsPath("x\\" * 200), "a relative path has no long form"
    assert system(PurePosixPath("/" + "a" * 300)) == PurePosixPath("/" + "a" * 300)


def test_the_console_of_windows_leaves_patterns_to_the_program(tmp_path: Path) -> None:
    for name in ("b 2.txt", "a.txt", "c.pdf"):
        (tmp_path / name).touch()
    found = named([f"{tmp_path}/*.txt"], windows=True)
    assert [Path(path).name for path in found] == ["a.txt", "b 2.txt"]
    assert named([f"{tmp_path}/*.xls"], windows=True) == [f"{tmp_path}/*.xls"], "who finds nothing is told what for"
    assert named([f"{tmp_path}/*.txt"], windows=False) == [f"{tmp_path}/*.txt"]
    assert named(['D:\\部门 预算"', r"\\?\D:\a.pdf"], windows=True) == ["D:\\部门 预算", r"\\?\D:\a.pdf"]


@pytest.mark.parametrize("name", ["CON", "con.csv", "Aux .txt", "NUL.tar.gz", "COM1", "lpt9.csv", "COM¹", "CONOUT$"])
def test_the_names_of_devices_are_no_names_of_files(name: str) -> None:
    assert is_unfit(name)
    assert fit(name) == f"_{name}"
    assert not is_unfit(fit(name))


@pytest.mark.parametrize("name", ["a:b.csv", "a?.csv", "a.", "a.csv ", "a\tb", 'a"b', "a|b", "a\x00b"])
def test_what_windows_forbids_in_names(name: str) -> None:
    assert is_unfit(name)
    assert not is_unfit(fit(name))


@pytest.mark.parametrize("name", ["预算 2025.csv", "CONTENT.csv", "COM10.csv", "nullen.csv", "a.b.c", "LPT"])
def test_other_names_stay_as_they_are(name: str) -> None:
    assert not is_unfit(name)
    assert fit(name) == name
