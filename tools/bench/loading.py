"""Measure PDF files to frames, against PDFium boxes and pdfplumber tables.

The floor is what any reader of cells must at least do: load each page, and ask for each character and its box.
pdfplumber is given the whole page too, so its time is that of `extract_tables`. All contenders take turns on the same
file, in one process; their memory is measured in processes of their own.
"""

from __future__ import annotations

import ctypes
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pdfplumber
import pypdfium2.raw as pdfium

from budget.library.frames import frames
from loaders.formats.pdf import reader
from loaders.load import load
from loaders.solver.search import placements
from loaders.words.tokens import normal

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_OF_FLOOR = 1.5
LEAST_OF_PLUMBER = 10.0
RUNS = 15
PLUMBER_RUNS = 3

Box = tuple[int, float, float, float, float]


def floor(path: Path) -> list[Box]:
    """Every character of a file with its box, by ctypes."""
    data = path.read_bytes()
    boxes: list[Box] = []
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    for number in range(pdfium.FPDF_GetPageCount(document)):
        page = pdfium.FPDF_LoadPage(document, number)
        text = pdfium.FPDFText_LoadPage(page)
        for index in range(pdfium.FPDFText_CountChars(text)):
            code = pdfium.FPDFText_GetUnicode(text, index)
            pdfium.FPDFText_GetCharBox(
                text, index, ctypes.byref(left), ctypes.byref(right), ctypes.byref(bottom), ctypes.byref(top)
            )
            boxes.append((code, left.value, right.value, bottom.value, top.value))
        pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)
    pdfium.FPDF_CloseDocument(document)
    return boxes


def to_document(path: Path) -> object:
    """Paragraphs and grids, the first step of loading."""
    return reader.read(path.read_bytes(), path.name)


def to_frames(path: Path) -> object:
    """Everything, with nothing kept from the run before: a user opens a document once."""
    placements.cache_clear()
    normal.cache_clear()
    return frames([load(path)])


def plumber(path: Path) -> list[object]:
    """The tables of every page by pdfplumber."""
    with pdfplumber.open(path) as document:
        return [table for page in document.pages for table in page.extract_tables()]


CONTENDERS: dict[str, Callable[[Path], object]] = {
    "floor": floor,
    "document": to_document,
    "frames": to_frames,
    "plumber": plumber,
}


def peaks_mb(contender: str, path: Path) -> tuple[float, float] | None:
    """The most memory of a fresh process, after imports and after work. None where the system does not tell."""
    code = (
        "import sys; from pathlib import Path; sys.path[:0] = ['.']; from tools.bench import loading;"
        # Not ru_maxrss, which begins with the peak of the process that started this one.
        "status = Path('/proc/self/status');"
        "peak = lambda: status.read_text(encoding='utf-8').split('VmHWM:')[1].split()[0]; before = peak();"
        "loading.CONTENDERS[sys.argv[1]](Path(sys.argv[2])); print(before, peak())"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code, contender, str(path)], capture_output=True, cwd=root, check=False, encoding="utf-8"
    )
    if done.returncode:
        return None
    before, after = (int(word) / 1024 for word in done.stdout.split())
    return before, after


def measure(path: Path) -> dict[str, float]:
    """Median milliseconds of processor time of each contender, taking turns; once unmeasured.

    Processor time, so that other work on the machine counts for neither side.
    """
    times: dict[str, list[float]] = {name: [] for name in CONTENDERS}
    for run in range(RUNS + 1):
        for name, action in CONTENDERS.items():
            if name == "plumber" and run > PLUMBER_RUNS:
                continue
            start = time.process_time()
            action(path)
            if run:
                times[name].append((time.process_time() - start) * 1_000)
    return {name: statistics.median(taken) for name, taken in times.items()}


def main() -> int:
    """Measure the PDF files of YUSUAN_SHARED; 1 where a budget is missed."""
    shared = os.environ.get("YUSUAN_SHARED")
    paths = sorted((Path(shared) / "disclosures").glob("*.pdf")) if shared else []
    if not paths:
        print("YUSUAN_SHARED 未指定含 PDF 的文件夹，未测量")
        return 0
    print(
        f"PDF → 数据表，{RUNS} 次处理器时间的中位数（pdfplumber {PLUMBER_RUNS} 次）；下限 = PDFium 给出全部字符和位置"
    )
    missed = False
    for path in paths:
        took = measure(path)
        of_floor, of_plumber = took["frames"] / took["floor"], took["plumber"] / took["frames"]
        too_slow, too_near = of_floor > MOST_OF_FLOOR, of_plumber < LEAST_OF_PLUMBER
        missed |= too_slow or too_near
        print(
            f"{path.name}: 数据表 {took['frames']:.0f} ms（其中段落和表格 {took['document']:.0f} ms），"
            f"下限 {took['floor']:.0f} ms，pdfplumber {took['plumber']:.0f} ms"
        )
        print(f"  下限的 {of_floor:.2f} 倍，预算 {MOST_OF_FLOOR} 倍，{'未达到' if too_slow else '达到'}")
        print(
            f"  比 pdfplumber 快 {of_plumber:.1f} 倍，预算 {LEAST_OF_PLUMBER:.0f} 倍，"
            f"{'未达到' if too_near else '达到'}"
        )
        peaks = {name: peaks_mb(name, path) for name in CONTENDERS}
        words = "，".join(f"{name} {peak[0]:.0f} → {peak[1]:.0f} MB" for name, peak in peaks.items() if peak)
        print(f"  峰值内存（导入后 → 完成后）：{words or '系统不提供'}")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
