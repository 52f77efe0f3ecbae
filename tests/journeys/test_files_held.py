"""Files that another program has open, and the other refusals of a disk, as Windows words them; all simulated."""

from __future__ import annotations

import errno
import os
import sys
import types
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import sample_data
from budget.library.library import Library
from budget.model.disclosure import UnreadableDocumentError
from budget.system import files, paths
from budget.system.files import ExportError, is_held, reason, write_bytes
from loaders.load import LOADER_VERSION, load
from tests.support.command import Command
from tui.library import documents
from tui.library.documents import content_of

if TYPE_CHECKING:
    from collections.abc import Callable

OLD, NEW, _ = sample_data.paths()
HELD = "正被其他程序（如 Excel、WPS）打开"
UNCERTAIN = "没有权限，或文件正被其他程序"


def refusal(winerror: int | None, number: int = errno.EACCES) -> OSError:
    """An error as Python makes it on Windows: the renames know the system's number, `open` does not."""
    error = OSError(number, "the system's words")
    if winerror is not None:
        error.winerror = winerror  # type: ignore[attr-defined,unused-ignore]
    return error


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The files of Windows as far as our own code asks for it; the pauses that it makes."""
    pauses: list[float] = []
    monkeypatch.setattr(paths, "on_windows", lambda: True)
    monkeypatch.setattr(paths, "long_form", lambda path: path)
    monkeypatch.setattr(files.time, "sleep", pauses.append)
    return pauses


def probe(monkeypatch: pytest.MonkeyPatch, winerror: int | None) -> list[str]:
    """Let Windows answer like this to the question whether a file is open elsewhere; the files that are asked for."""
    asked: list[str] = []

    def create(path: str, *given: object) -> int:
        asked.append(path)
        if winerror is not None:
            raise refusal(winerror)
        return 7

    fake = types.SimpleNamespace(GENERIC_READ=1, OPEN_EXISTING=3, CreateFile=create, CloseHandle=asked.remove)
    fake.CloseHandle = lambda handle: asked.append(f"closed {handle}")
    monkeypatch.setitem(sys.modules, "_winapi", fake)
    monkeypatch.setattr(sys, "platform", "win32")
    return asked


def refuse(monkeypatch: pytest.MonkeyPatch, error: OSError, times: int = 1000) -> list[str]:
    """Let the next renames fail; the names that were wanted."""
    wanted: list[str] = []
    really = os.replace

    def replace(source: str, target: str) -> None:
        wanted.append(os.fspath(target))
        if len(wanted) <= times:
            raise error
        really(source, target)

    monkeypatch.setattr(os, "replace", replace)
    monkeypatch.setattr(os, "rename", replace)
    return wanted


@pytest.mark.parametrize("winerror", [32, 33, 1224])
def test_a_file_that_is_open_elsewhere_stays_as_it_is(
    winerror: int, tmp_path: Path, windows: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "支出.csv"
    target.write_bytes(b"old")
    refuse(monkeypatch, refusal(winerror))
    with pytest.raises(ExportError, match=f"{target} {HELD}，没有写入：请关闭后再试，或换一个文件名$"):
        write_bytes(target, b"new", overwrite=True)
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["支出.csv"], "nothing half-written is left"


@pytest.mark.parametrize(("answer", "sentence"), [(32, HELD), (5, UNCERTAIN), (None, UNCERTAIN)])
def test_denied_is_told_from_open_elsewhere(
    answer: int | None, sentence: str, tmp_path: Path, windows: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.csv"
    target.write_bytes(b"old")
    asked = probe(monkeypatch, answer)
    refuse(monkeypatch, refusal(5))
    with pytest.raises(ExportError, match=sentence):
        write_bytes(target, b"new", overwrite=True)
    assert asked == [str(target), *(["closed 7"] if answer is None else [])]
    assert target.read_bytes() == b"old"


def test_a_rename_outlasts_a_virus_scanner(
    tmp_path: Path, windows: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse(monkeypatch, refusal(5), times=3)
    assert write_bytes(tmp_path / "a.csv", b"new").read_bytes() == b"new"
    assert windows == list(files._PAUSES[:3])


def test_what_a_rename_does_not_outlast_is_not_tried_again(
    tmp_path: Path, windows: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = refuse(monkeypatch, refusal(112, errno.ENOSPC))
    with pytest.raises(ExportError, match="磁盘已满"):
        write_bytes(tmp_path / "a.csv", b"new")
    assert len(wanted) == 1
    assert windows == []


@pytest.mark.parametrize(
    ("error", "sentence", "why"),
    [
        (refusal(19), "所在的磁盘只能读", "这里是只读的"),
        (refusal(21), "磁盘没有准备好", "磁盘没有准备好"),
        (refusal(39, errno.EINVAL), "磁盘已满", "磁盘已满"),
        (refusal(53, errno.ENOENT), "连接不上这个网络位置", "连接不上网络位置"),
        (refusal(67, errno.ENOENT), "连接不上这个网络位置", "连接不上网络位置"),
        (refusal(123, errno.EINVAL), "不允许这样的文件名", "系统不允许这样的名称"),
        (refusal(206, errno.ENOENT), "文件名太长", "名称太长"),
        (refusal(267, errno.EINVAL), "的上一级不是文件夹", "路径中有一段不是文件夹"),
        (refusal(1295, errno.EINVAL), "磁盘配额已用完", "磁盘配额已满"),
        (refusal(None, errno.EROFS), "所在的磁盘只能读", "这里是只读的"),
        (refusal(None, errno.ETXTBSY), "正被其他程序打开", "正被其他程序打开"),
        (refusal(None, errno.EDQUOT), "磁盘配额已用完", "磁盘配额已满"),
        (refusal(None, errno.EIO), "磁盘读写出错", "读写出错"),
        (refusal(None, errno.EOVERFLOW), "系统报告错误", "the system's words"),
    ],
    ids=lambda given: getattr(given, "winerror", None) or getattr(given, "errno", ""),
)
def test_each_refusal_has_its_sentence(
    error: OSError, sentence: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse(monkeypatch, error)
    with pytest.raises(ExportError, match=sentence) as caught:
        write_bytes(tmp_path / "a.csv", b"new", overwrite=True)
    assert str(tmp_path / "a.csv") in str(caught.value)
    assert list(tmp_path.iterdir()) == []
    assert reason(error) == why


@pytest.mark.parametrize("name", ["NUL.csv", "con", "2025:支出.csv", "支出?.csv", "支出. "])
def test_a_name_that_would_swallow_the_file_is_refused(name: str, tmp_path: Path, windows: list[float]) -> None:
    with pytest.raises(ExportError, match="不允许这样的文件名"):
        write_bytes(tmp_path / name, b"new")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a\x00.csv", "a\ud800.csv", "~nobody-of-this-name.csv"])
def test_odd_names_are_a_sentence_or_a_file(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    if name.startswith("~"):
        assert write_bytes(Path(name), b"new") == tmp_path / name
    else:
        with pytest.raises(ExportError, match="不允许这样的文件名"):
            write_bytes(Path(name), b"new")


def test_a_command_says_that_the_report_is_open_elsewhere(
    tmp_path: Path, windows: list[float], monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    yusuan = Command(tmp_path / "home", capfdbinary, monkeypatch)
    target = tmp_path / "report.csv"
    target.write_bytes(b"old")
    refuse(monkeypatch, refusal(32))
    for given in (["check", NEW], ["export", NEW, "--view", "expenditure"]):
        ran = yusuan(*given, "-o", target, "--force")
        assert ran.status == 1
        assert ran.err == f"yusuan：{target} {HELD}，没有写入：请关闭后再试，或换一个文件名。\n"
    assert target.read_bytes() == b"old"


@pytest.mark.parametrize(("answer", "sentence"), [(32, "独占打开，请关闭后再打开"), (5, "没有读取权限")])
def test_a_document_that_is_open_elsewhere(
    answer: int, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "决算.xlsx"
    path.write_bytes(b"PK")

    def refused(self: Path) -> bytes:
        raise refusal(None)

    monkeypatch.setattr(Path, "read_bytes", refused)
    probe(monkeypatch, answer)
    with pytest.raises(UnreadableDocumentError, match=sentence):
        load(path)


def test_elsewhere_than_on_windows_no_file_is_held(tmp_path: Path) -> None:
    assert not is_held(tmp_path / "a")


def test_a_part_that_is_open_elsewhere_is_removed_another_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from budget.library.frames import frames

    library = Library(tmp_path, LOADER_VERSION)
    made = [frames([load(path)]) for path in (OLD, NEW)]
    for one in (*made, *made):
        library.add(one)
    superseded = sorted(tmp_path.glob("*.part"))[:2]
    really = Path.unlink

    def unlink(self: Path, missing_ok: bool = False) -> None:
        if self == superseded[0]:
            raise refusal(32)
        really(self, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink)
    library.sweep()
    assert [path.exists() for path in superseded] == [True, False], "one that is open does not protect the others"
    assert library.contents().frames.disclosures.height == 2
    monkeypatch.setattr(Path, "unlink", really)
    library.sweep()
    assert not superseded[0].exists()


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="no list of open files")
def test_the_library_holds_no_file_open(tmp_path: Path) -> None:
    """Windows neither removes nor replaces a file that is open or mapped, be it by this program."""
    from budget.library.frames import frames
    from budget.library.gathered.search_index import Sought

    library = Library(tmp_path, LOADER_VERSION)
    library.add(frames([load(NEW)]))
    (key,) = library.contents().frames.disclosures["disclosure_id"]
    kept = (library.rows(key), list(library.pieces(Sought("甲"))), library.passages(key))
    opened = [os.path.realpath(path) for path in Path("/proc/self/fd").iterdir()]
    mapped = Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace")
    assert all(len(one) for one in kept)
    assert not [path for path in opened if path.startswith(str(tmp_path))]
    assert str(tmp_path) not in mapped


def test_every_file_is_reached_by_the_path_that_the_system_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Paths of another root stand for the long ones: who would open them as they are finds nothing."""
    (tmp_path / "资料").mkdir()
    (tmp_path / "资料" / "a.txt").write_bytes(NEW.read_bytes())
    root = "/long-root-that-does-not-exist"

    def mapped(path: Path, *, deep: bool = False, room: int = 0) -> Path:
        return Path(str(path).replace(root, str(tmp_path)))

    places: list[tuple[object, str]] = [(paths, "system"), (documents, "system")]
    places += [(sys.modules["loaders.load"], "system")]
    for module, name in places:
        monkeypatch.setattr(module, name, mapped)
    monkeypatch.setattr(documents, "plain_form", lambda path: path.replace(str(tmp_path), root))
    document = Path(root, "资料", "a.txt")
    assert documents.find_documents([root]) == ([document], [])
    assert documents.find_documents([str(document)]) == ([document], [])
    assert documents.is_small([document])
    assert load(document).head.source_path == str(document)
    assert len(content_of(document)[1]) == 64
    assert write_bytes(Path(root, "b.csv"), b"new") == Path(root, "b.csv")
    assert (tmp_path / "b.csv").read_bytes() == b"new"
    with pytest.raises(ExportError, match=f"{root}/b.csv 已经存在"):
        write_bytes(Path(root, "b.csv"), b"new")


def test_a_folder_below_that_cannot_be_listed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "System Volume Information").mkdir()
    (tmp_path / "c.txt").touch()
    really: Callable[[str], object] = os.scandir

    def scandir(path: str) -> object:
        if Path(path).name in {"b", "System Volume Information"}:
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return really(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found, messages = documents.find_documents([str(tmp_path)])
    assert found == [tmp_path / "c.txt"]
    assert messages == [f"打不开文件夹 {tmp_path / 'a' / 'b'}：没有权限。"]
