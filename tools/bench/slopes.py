"""How reading time grows with size, for documents that repeat one thing.

Each kind is read at 1, 2 and 4 times a size, in a worker's way and in processor time.  Twice the size takes at most
2.2 times as long, and a megabyte at most 3 s: of the file, or of what it holds unpacked where that is more.  Run as
`python -m tools.bench.slopes [kind ...]`; it prints the figure, its budget and 达到 or 未达到.
"""

from __future__ import annotations

import io
import itertools
import os
import signal
import sys
import tempfile
import time
import zipfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape

from loaders.workers.result import attempt_rows
from tools.bench.checks import verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FACTOR = 2.2
SECONDS_A_MEGABYTE = 3.0
MOST_SECONDS = 90
RUNS = 2
SMALL = 0.15
"""Seconds below which a factor says nothing: the clock and the first imports say more."""
HEAD = "2024年甲局部门预算\n\n"
TABLE = "表{no} 部门支出总体情况表{no}\n单位：万元\n"
ROWS = "201 一般公共服务支出 7.00 5.00 2.00\n20101 人大事务 7.00 5.00 2.00\n合计 7.00 5.00 2.00\n"
SENTENCE = "本单位{no}年按照规定开展各项业务工作，保障机关正常运转，安排专项资金用于乡村建设和培训。"


class Kind(NamedTuple):
    """A kind of document: its ending, its bytes at a size, and the size that is doubled twice."""

    ending: str
    make: Callable[[int], bytes]
    size: int


def _text(piece: str) -> Callable[[int], bytes]:
    return lambda size: (HEAD + "".join(piece.format(no=no) for no in range(size))).encode()


def _html(piece: str, around: str = "{}") -> Callable[[int], bytes]:
    def make(size: int) -> bytes:
        inside = around.format("".join(piece.format(no=no) for no in range(size)))
        return f"<html><meta charset=utf-8><body><p>{HEAD}</p>{inside}</body></html>".encode()

    return make


CELLS = "<tr><td>201{no:04}</td><td>一般公共服务支出</td><td>7.00</td><td>5.00</td></tr>"
GRID = (
    "<p>部门支出总体情况表{no}</p><p>单位：万元</p><table><tr><td>编码<td>名称<td>合计</tr>"
    "<tr><td>201<td>一般公共服务支出<td>7.00</tr></table>"
)


def _zipped(parts: dict[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


def _docx(size: int) -> bytes:
    def paragraph(text: str) -> str:
        return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"

    def row(cells: list[str]) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in cells) + "</w:tr>"

    body = paragraph(HEAD.strip())
    for no in range(size):
        body += paragraph(f"部门支出总体情况表{no}") + paragraph("单位：万元")
        body += f"<w:tbl>{row(['编码', '名称', '合计'])}{row(['201', '一般公共服务支出', '7.00'])}</w:tbl>"
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return _zipped({
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
        ' Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>',
    })  # fmt: skip


def _xlsx(rows: list[list[object]], formats: int = 0) -> bytes:
    import xlsxwriter

    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        sheet = book.add_worksheet("表")
        kinds = [book.add_format({"num_format": f'0.00"{no}"'}) for no in range(formats)]
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.write(at, column, value, kinds[at % formats] if formats else None)
    return data.getvalue()


def _tall(size: int) -> bytes:
    heads: list[list[object]] = [["2024年甲局部门支出总体情况表"], ["单位：万元"], ["编码", "名称", "合计", "基本支出"]]
    return _xlsx([*heads, *([f"201{no % 100:02}", "一般公共服务支出", 7, 5] for no in range(size))])


def _wide(size: int) -> bytes:
    heads: list[list[object]] = [["2024年甲局部门支出总体情况表"] * size, ["单位：万元"], ["编码", "名称"]]
    return _xlsx([*heads, *([201, "一般公共服务支出", *([7] * (size - 2))] for _ in range(3))])


def _formats(size: int) -> bytes:
    heads: list[list[object]] = [["2024年甲局部门支出总体情况表"], ["单位：万元"], ["编码", "名称", "合计"]]
    return _xlsx([*heads, *([f"201{no % 100:02}", "一般公共服务支出", 7] for no in range(size))], size)


def _ods(size: int) -> bytes:
    def cell(text: str) -> str:
        return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'

    def row(*cells: str, times: int = 1) -> str:
        return f'<table:table-row table:number-rows-repeated="{times}">{"".join(map(cell, cells))}</table:table-row>'

    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    rows = row("2024年甲局部门支出总体情况表") + row("编码", "名称", "合计")
    rows += row("201", "一般公共服务支出", "7.00", times=size)
    body = f'<office:body><office:spreadsheet><table:table table:name="a">{rows}</table:table></office:spreadsheet>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    content = f"<office:document-content {names}>{body}</office:body></office:document-content>"
    return _zipped({"mimetype": kind, "content.xml": content})


KINDS = {
    "文本：标题": Kind(".txt", _text(TABLE), 1_500),
    "文本：表": Kind(".txt", _text(TABLE + ROWS), 250),
    "文本：说明": Kind(".txt", _text(SENTENCE + "\n"), 1_500),
    "文本：一行": Kind(".txt", _text(SENTENCE), 1_500),
    "文本：项目": Kind(".txt", _text("项目名称：甲{no}\n预算安排规模：3万元\n资金分配情况：差旅费3万元。\n"), 700),
    "文本：名词": Kind(".txt", _text("名词解释\n{no}、财政拨款：指由财政部门拨付的资金。\n"), 1_500),
    "文本：竖线表": Kind(".md", _text("| 201 | 一般公共服务支出 | 7.00 | 5.00 |\n"), 2_000),
    "网页：标题": Kind(".html", _html("<p>部门支出总体情况表{no}</p><p>单位：万元</p>"), 1_500),
    "网页：表": Kind(".html", _html(GRID), 250),
    "网页：行": Kind(".html", _html(CELLS, "<p>部门支出总体情况表</p><table>{}</table>"), 1_500),
    "网页：pre": Kind(".html", _html(SENTENCE + "\n", "<pre>{}</pre>"), 1_500),
    "网页：属性": Kind(".html", _html("<p class=a{no} id=b{no} style='color:red'>字</p>"), 4_000),
    "Word：有标题的表": Kind(".docx", _docx, 250),
    "Excel：行": Kind(".xlsx", _tall, 1_500),
    "Excel：宽的标题行": Kind(".xlsx", _wide, 500),
    "Excel：格式": Kind(".xlsx", _formats, 1_500),
    "ODS：重复的行": Kind(".ods", _ods, 1_500),
}


@contextmanager
def _limited() -> Iterator[None]:
    """Give up after many seconds, where the system has a timer."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    signal.signal(signal.SIGPROF, _give_up)
    signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


class _TooLongError(BaseException):
    """A reading took more than the seconds that this program waits."""


def _give_up(*_: object) -> None:
    raise _TooLongError


def seconds(path: Path) -> float:
    """Processor seconds of a reading, the least of some; infinite where it was given up."""
    took = []
    for _ in range(RUNS):
        before = time.process_time()
        try:
            with _limited():
                attempt_rows(path)
        except _TooLongError:
            return float("inf")
        took.append(time.process_time() - before)
    return min(took)


def unpacked(data: bytes) -> int:
    """Bytes of a file, or of the members of a zip archive."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return len(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sum(member.file_size for member in archive.infolist())


def slope(name: str, kind: Kind, folder: Path) -> bool:
    """Measure one kind and print it."""
    times, sizes = [], []
    for times_ in (1, 2, 4):
        data = kind.make(times_ * kind.size)
        path = folder / f"{times_}{kind.ending}"
        path.write_bytes(data)
        times.append(seconds(path))
        sizes.append(unpacked(data) / 1_000_000)
    factors = [after / before for before, after in itertools.pairwise(times)]
    factor = max((one for one, after in zip(factors, times[1:], strict=True) if after > SMALL), default=0.0)
    more = times[-1] - times[0]  # without what every reading costs
    rate = more / max(sizes[-1] - sizes[0], 1e-6) if more > SMALL else 0.0
    steep, slow = factor > FACTOR, rate > SECONDS_A_MEGABYTE
    shown = "、".join(f"{one:.2f}" for one in times)
    print(
        f"{name}：{sizes[0]:.2f} MB 起，1、2、4 倍用 {shown} s，加倍至多 {factor:.2f} 倍（预算 {FACTOR}），"
        f"每 MB {rate:.1f} s（预算 {SECONDS_A_MEGABYTE:.0f}）{verdict(good=not steep and not slow)}",
        flush=True,
    )
    return not steep and not slow


def main() -> int:
    """Measure the kinds whose names hold a given word, or all; 1 where a budget is missed."""
    wanted = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        attempt_rows(Path(os.devnull))  # what is imported once
        chosen = {name: kind for name, kind in KINDS.items() if not wanted or any(word in name for word in wanted)}
        results = [slope(name, kind, Path(folder)) for name, kind in chosen.items()]
    return 0 if all(results) else 1


if __name__ == "__main__":
    raise SystemExit(main())
