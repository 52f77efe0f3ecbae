"""Worker processes: what they answer, and what becomes of those that hang, die or are stopped."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pikepdf
import pytest
from polars.testing import assert_frame_equal

import sample_data
from budget.library.frames import SCHEMAS, frames, from_rows
from budget.library.rows import CELLS, rows_of
from loaders.load import load
from loaders.workers import memory, messages, pool, result, start
from loaders.workers.result import ReadResult
from tests.support.tiers import thinned

OLD, NEW, HEADQUARTERS = sample_data.paths()
ROOT = Path(__file__).resolve().parents[3]


def worker(body: str) -> list[str]:
    """The command of a worker which reads with the function `read` of `body`."""
    program = "import os, sys, time, signal\nfrom pathlib import Path\n"
    program += "from loaders.load import load\nfrom loaders.workers import result, worker\n"
    return [sys.executable, "-c", program + textwrap.dedent(body) + "\nworker.main(read)"]


READ = """
    def read(path):
        if path.name == "hangs":
            while True:
                pass
        if path.name == "sleeps":
            time.sleep(600)
        if path.name == "dies":
            os.kill(os.getpid(), signal.SIGSEGV)
        if path.name == "leaves":
            os._exit(3)
        if path.name == "eats":
            return bytes(1 << 40)
        if path.name == "fills":
            held = []
            while True:
                held.append(bytearray(b"x" * (1 << 20)))
        if path.name == "raises":
            raise RecursionError("too deep")
        if path.name == "prints":
            print("text for the terminal", flush=True)
            os.write(1, b"bytes for the terminal")
            os.write(2, b"an error for the terminal")
            os.system("echo a program for the terminal")
        return load(Path(sys.argv[1]) if path.name == "prints" else path)
"""


SMALL_MEMORY = 1 << 27


def unfolding(kind: str) -> bytes:
    """A small PDF file whose one page unfolds to a million objects."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(600, 800))
    shape = b"0 0 m 9 9 l S\n"
    if kind == "forms in forms":
        form = pdf.make_stream(shape * 20)
        for _ in range(5):
            names = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
            form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
            form.BBox = pikepdf.Array([0, 0, 600, 800])
            form = pdf.make_stream(b"/F Do " * 12, Resources=names)
        page.obj.Resources, page.obj.Contents = form.Resources, pdf.make_stream(b"/F Do " * 12)
    else:
        content = shape * 1_000_000 if kind == "many shapes" else b"/P <</A (x)>> BDC\n" * 100_000 + shape * 1_000
        page.obj.Contents = pdf.make_stream(content)
    data = io.BytesIO()
    pdf.save(data, compress_streams=True)
    return data.getvalue()


def asking_for_much(kind: str) -> bytes:
    """A small PDF file with a hundred thousand clips one in the other, or as many ranges of one map."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(600, 800))
    if kind == "clips in clips":
        page.obj.Contents = pdf.make_stream(b"q 0 0 500 500 re W n\n" * 100_000 + b"0 0 m 9 9 l S\n" * 1_000)
    else:
        text = b"begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange\n100 beginbfrange\n"
        text += b"<0000> <FFFF> <0000>\n" * 100_000 + b"endbfrange endcmap"
        name = pikepdf.Name
        system = pikepdf.Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0)
        below = pikepdf.Dictionary(Type=name.Font, Subtype=name.CIDFontType2, BaseFont=name.A, CIDSystemInfo=system)
        font = pikepdf.Dictionary(
            Type=name.Font, Subtype=name.Type0, BaseFont=name.A, Encoding=name("/Identity-H"),
            DescendantFonts=pikepdf.Array([below]), ToUnicode=pdf.make_stream(text),
        )  # fmt: skip
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        page.obj.Contents = pdf.make_stream(b"BT /F 9 Tf 50 700 Td <0001> Tj ET")
    data = io.BytesIO()
    pdf.save(data, compress_streams=True)
    return data.getvalue()


ENDLESS = 3_600.0
"""More seconds than any worker of these tests sleeps: none is killed for being late."""


class Hired:
    """Starts workers and remembers them: one that would sleep for minutes has ended early only if it was killed."""

    def __init__(self) -> None:
        self.processes: list[subprocess.Popen[bytes]] = []

    def __call__(self) -> subprocess.Popen[bytes]:
        self.processes.append(misbehaving())
        return self.processes[-1]

    def were_killed(self) -> bool:
        """Whether all have ended, and none by itself."""
        return bool(self.processes) and all(process.wait(60) for process in self.processes)


def misbehaving() -> subprocess.Popen[bytes]:
    return start.start([*worker(READ), str(NEW)])


def read(*names: str | Path, seconds: float = 60.0, workers: int = 1) -> dict[str, ReadResult]:
    found = pool.results(map(Path, names), misbehaving, seconds=seconds, workers=workers)
    return {answer.path.name: answer for answer in found}


@pytest.mark.long
def test_a_worker_answers_with_the_frames_of_the_document() -> None:
    found = {answer.path: answer for answer in pool.results([OLD, NEW, HEADQUARTERS], start.hire, workers=2)}
    assert set(found) == {OLD, NEW, HEADQUARTERS}
    for path, answer in found.items():
        expected = frames([load(path)])
        assert answer.frames is not None
        assert answer.failure == ""
        for name in SCHEMAS:
            assert_frame_equal(getattr(answer.frames, name), getattr(expected, name))


def test_a_document_that_cannot_be_read_costs_its_sentence(tmp_path: Path) -> None:
    novel = tmp_path / "novel.txt"
    novel.write_text("大雪。" * 500, encoding="utf-8")
    bad, good = pool.results([novel, NEW], start.hire, workers=1)
    assert bad.frames is None
    assert "novel.txt" in bad.failure
    assert good.frames is not None


@pytest.mark.long
@pytest.mark.parametrize("name", thinned(["hangs", "sleeps"], 2))
def test_a_worker_that_hangs_is_killed_and_the_next_document_read(name: str) -> None:
    found = read(name, NEW, seconds=5)
    assert found[name].failure == f"{name}：读了 5 秒还没有读完，已停止，没有读入。"
    assert found[NEW.name].frames is not None


@pytest.mark.long
@pytest.mark.parametrize(("name", "cause"), [("dies", "信号 11"), ("leaves", "状态 3")])
def test_a_worker_that_dies_is_replaced(name: str, cause: str) -> None:
    found = read(OLD, name, NEW)
    assert cause in found[name].failure
    assert found[OLD.name].frames is not None
    assert found[NEW.name].frames is not None


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not limit the address space")
def test_a_worker_that_asks_for_too_much_memory_says_so() -> None:
    found = read("eats", NEW)
    assert found["eats"].failure == (
        "eats：读取用的内存超过 1 GB 的限度，已停止，没有读入；可用设置 reading_memory 放宽。"
    )
    assert found[NEW.name].frames is not None


def test_a_worker_that_takes_too_much_memory_bit_by_bit_is_ended_at_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(memory.VARIABLE, str(SMALL_MEMORY))
    found = read("fills", NEW)
    assert "内存超过 0.125 GB 的限度" in found["fills"].failure
    assert found[NEW.name].frames is not None


@pytest.mark.long
@pytest.mark.parametrize("bomb", ["many shapes", "forms in forms", "marks in marks"])
def test_small_files_that_unfold_are_ended_at_the_limit_of_memory(
    bomb: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(memory.VARIABLE, str(SMALL_MEMORY))
    path = tmp_path / "bomb.pdf"
    path.write_bytes(unfolding(bomb))
    assert path.stat().st_size < 100_000
    (found,) = pool.results([path], start.hire, workers=1)
    assert "内存超过 0.125 GB 的限度" in found.failure


@pytest.mark.long
@pytest.mark.parametrize("kind", ["clips in clips", "a long map of characters"])
def test_what_asks_pdfium_for_much_and_draws_nothing_stays_within_the_limit(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "much.pdf"
    path.write_bytes(asking_for_much(kind))
    (found,) = pool.results([path], start.hire, workers=1)
    assert found.failure == "much.pdf：PDF 里没有文字，也没有图片，请检查文件。"


def test_as_many_workers_as_have_room_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(memory.VARIABLE, str(1 << 30))
    for whole, workers in ((0, 8), (1 << 30, 1), (5 << 30, 2), (64 << 30, 8)):
        monkeypatch.setattr(memory, "machine", lambda whole=whole: whole)
        assert memory.at_once(8) == workers


def test_without_memory_for_more_one_worker_reads_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "has_room", lambda: False)
    hired: list[int] = []
    waiting: list[int] = []

    def hire() -> subprocess.Popen[bytes]:
        hired.append(threading.get_ident())
        return start.hire()

    names = [f"raises-{number}" for number in range(4)]
    answers = pool.results(map(Path, names), hire, workers=3, waits=lambda: waiting.append(threading.get_ident()))
    assert [answer.path.name for answer in answers] == names
    assert len(hired) == 1
    assert len(set(waiting)) == 2
    assert not {*hired} & {*waiting}


def test_memory_that_the_machine_has_left(monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.platform in {"linux", "win32"}:
        assert 0 < memory.available() <= memory.machine()
    monkeypatch.setenv(memory.VARIABLE, str(1 << 30))
    for free, room in ((0, True), (1 << 29, False), (1 << 30, True)):
        monkeypatch.setattr(memory, "available", lambda free=free: free)
        assert memory.has_room() is room


def test_an_unexpected_error_costs_one_document() -> None:
    found = read("raises", NEW)
    assert "RecursionError" in found["raises"].failure
    assert found[NEW.name].frames is not None


def test_what_a_worker_prints_goes_nowhere(capfd: pytest.CaptureFixture[str]) -> None:
    assert read("prints")["prints"].frames is not None
    assert capfd.readouterr() == ("", "")


def test_every_path_is_read_once_by_whichever_worker_is_free() -> None:
    names = [f"raises-{number}" for number in range(40)]
    found = [answer.path.name for answer in pool.results(map(Path, names), start.hire, workers=3)]
    assert sorted(found) == sorted(names)


def test_stopping_ends_at_once_whatever_is_being_read() -> None:
    stop, hired = threading.Event(), Hired()
    found = pool.results([NEW, Path("sleeps"), OLD], hired, stop, seconds=ENDLESS, workers=1)
    assert next(found).path == NEW
    stop.set()
    assert list(found) == []
    assert hired.were_killed()


def test_an_iterator_that_is_closed_ends_the_processes() -> None:
    hired = Hired()
    found = pool.results([NEW, Path("sleeps")], hired, seconds=ENDLESS, workers=1)
    next(found)
    found.close()
    assert hired.were_killed()
    assert not [thread for thread in threading.enumerate() if "serve" in thread.name]


def test_a_worker_that_cannot_start_is_one_sentence() -> None:
    with pytest.raises(pool.WorkersFailedError, match="状态 1"):
        list(pool.results([NEW], lambda: start.start([sys.executable, "-c", "import no_such_module"]), workers=1))
    with pytest.raises(pool.WorkersFailedError, match="启动不了"):
        list(pool.results([NEW], lambda: start.start(["/no/such/program"]), workers=1))


def test_an_error_in_the_list_of_paths_reaches_the_caller() -> None:
    def paths() -> object:
        yield NEW
        raise LookupError("the list ends badly")

    with pytest.raises(LookupError):
        list(pool.results(paths(), start.hire, workers=1))  # type: ignore[arg-type]


def test_a_module_in_the_current_folder_is_never_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "polars.py").write_text("raise SystemExit(9)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    (found,) = pool.results([NEW], start.hire, workers=1)
    assert found.frames is not None


@pytest.mark.skipif(sys.platform == "win32", reason="looks at processes as POSIX lists them")
def test_workers_end_when_their_parent_is_killed() -> None:
    program = f"""
        import sys
        sys.path.insert(0, {str(ROOT)!r})
        from pathlib import Path
        from loaders.workers import result, pool
        from tests.loaders.workers.test_pool import misbehaving
        import threading, time, os
        crew = pool._Crew(iter([Path("hangs")]), misbehaving, 600.0, lambda: None)
        threading.Thread(target=crew.serve, args=(True,), daemon=True).start()
        while not crew.workers:
            time.sleep(0.05)
        time.sleep(2)
        print([worker._process.pid for worker in crew.workers][0], flush=True)
        time.sleep(600)
        """
    parent = subprocess.Popen([sys.executable, "-c", textwrap.dedent(program)], stdout=subprocess.PIPE, cwd=ROOT)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    os.kill(child, 0)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    for _ in range(600):
        if not _runs(child):
            break
        time.sleep(0.1)
    assert not _runs(child), "the worker outlives its parent"


def _runs(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"  # nobody may wait for an orphan in a container


@pytest.mark.parametrize("content", [b"", b"\x00" * 7, b"\xff" * 8, b"\x00" * 7 + b"\x02[]", b"\x00" * 7 + b"\x05{}"])
def test_what_is_no_message_is_an_error(content: bytes) -> None:
    with pytest.raises((EOFError, ValueError, KeyError)):
        messages.receive(io.BytesIO(content))


def test_rows_that_are_none_are_an_error() -> None:
    packed = messages.pack(rows_of(load(NEW)))
    with pytest.raises(ValueError, match="Expecting"):
        messages.unpack([b"noise", *packed[1:]])
    with pytest.raises(ValueError, match="other columns"):
        messages.unpack(packed[::-1])


def test_rows_cross_as_they_are() -> None:
    rows = rows_of(load(NEW))
    crossed = messages.unpack(messages.pack(rows))
    assert from_rows(crossed).cells.equals(from_rows(rows).cells)
    assert crossed == {name: [tuple(row) for row in found] for name, found in rows.items()}


@pytest.mark.parametrize("value", [1 << 70, "a", [1], "\ud800"])
def test_rows_of_other_kinds_cost_one_document(value: object) -> None:
    rows = rows_of(load(NEW))
    place = list(CELLS).index("amount_fen")
    first = rows["cells"][0]
    rows["cells"][0] = (*first[:place], value, *first[place + 1 :])
    found = result.finished(Path("odd"), rows, "")
    assert found.frames is None
    assert "内部错误" in found.failure


def test_an_answer_among_the_paths_is_passed_on_without_a_worker() -> None:
    known = ReadResult(Path("known"))
    assert list(pool.results([known], lambda: start.start(["/no/such/program"]), workers=1)) == [known]
