"""Tables of performance targets that the tests write: as cells, as lines with tabs, as broken text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loaders.document import Document, Grid, GridCell, Paragraph
from loaders.performance.pieces import width

if TYPE_CHECKING:
    import random

LEVELS = (
    ("产出指标", "数量指标"), ("产出指标", "质量指标"), ("产出指标", "时效指标"), ("成本指标", "经济成本指标"),
    ("效益指标", "社会效益指标"), ("效益指标", "可持续影响指标"), ("满意度指标", "满意度指标"),
)  # fmt: skip
NOUNS = (
    "巡查", "河道", "苗木", "补种", "宣传册", "路灯", "图书", "借阅", "展览", "观众", "设备", "维护", "系统", "故障",
    "台账", "资料", "档案", "报告", "培训", "学员", "课程", "场地", "租赁", "印刷", "差旅", "办公", "农机", "驾驶员",
    "统计", "调查",
)  # fmt: skip
ENDS = (
    "数量",
    "次数",
    "完成率",
    "合格率",
    "及时率",
    "人数",
    "费用",
    "覆盖率",
    "面积（亩）",
    "满意度",
    "标准",
    "经费",
    "水平",
)
UNITS = ("次", "人", "%", "万元", "个", "万人", "元/人", "人次", "亩", "件", "场", "小时", "")
SIGNS = ("＞=", "＜=", "=", ">=", "<=", "≥", "≤")
WORDS = ("提高", "有效提升", "显著", "逐步改善", "满意", "不断增强")
BASES = ("计划标准", "历史标准", "行业标准", "预算支出标准", "其他标准", "年度工作计划", "2031年河道管护实施方案")
RULES = ("按照完成比例赋分", "按评判等级赋分", "直接赋分", "满意度赋分")
EVIDENCES = ("工作资料", "原始凭证", "说明材料")
HEADS = (
    "一级指标",
    "二级指标",
    "三级指标",
    "指标值",
    "指标值设置依据",
    "上年完成值",
    "指标分值权重",
    "指标赋分规则",
    "佐证资料",
)
SHORT_HEADS = (*HEADS[:5], HEADS[6])
"""As in the table of a whole body: no result of the year before, no rule, no evidence."""
SHORTEST_HEADS = HEADS[:4]
"""As in forms of earlier years."""


@dataclass
class Written:
    """One table: its project, its amounts as printed in 万元, its rows in the order of the heads."""

    project: str
    total: str = "12.00"
    appropriation: str = "10.50"
    other: str = "1.50"
    heads: tuple[str, ...] = HEADS
    rows: list[tuple[str, ...]] = field(default_factory=list)


def name(rng: random.Random, most: int = 12) -> str:
    """The name of an indicator."""
    return "".join(rng.sample(NOUNS, rng.randint(1, max(1, most // 4)))) + rng.choice(ENDS)


def figure(rng: random.Random, *, words: bool = True) -> str:
    """A target or a result."""
    if words and rng.random() < 0.15:
        return rng.choice((*WORDS, "2031年11月20日前"))
    number = rng.choice((str(rng.randint(1, 2000)), f"{rng.uniform(0.5, 300):.2f}", "100", "95"))
    return rng.choice(SIGNS) + number + rng.choice(UNITS)


def table(rng: random.Random, number: int = 1, heads: tuple[str, ...] = HEADS) -> Written:
    """A table with one to three rows for most second levels."""
    written = Written(f"{''.join(rng.sample(NOUNS, 3))}项目{number}", heads=heads)
    for level1, level2 in LEVELS:
        if rng.random() < 0.25:
            continue
        for _ in range(rng.choice((1, 1, 2, 3))):
            prior = rng.choice(("", "/", "-", figure(rng, words=False).lstrip("＞＜=><≥≤"), "提高"))
            row = (
                level1, level2, name(rng, rng.choice((6, 12, 30))), figure(rng), rng.choice(BASES), prior,
                str(rng.choice((3, 5, 10, 15, 20))), rng.choice(RULES), rng.choice(EVIDENCES),
            )  # fmt: skip
            written.rows.append(tuple(text for text, head in zip(row, HEADS, strict=True) if head in heads))
    return written


def head_lines(written: Written) -> list[str]:
    """The lines above the columns."""
    return [
        "项目支出绩效目标表", "", "（2031年）", "", "预算单位 青溪县河道管护中心", "",
        f"项目名称 {written.project} 项目负责人 甲乙", "", "项目资金(万", "", "元)",
        f"年度预算总额 {written.total}", "", "其中：财政拨", "", "款",
        f"{written.appropriation} 其他资金 {written.other}", "",
        "项目总体目标", "全年完成管护任务，", "", "其他资金 9.99 万元不在此列。", "",
    ]  # fmt: skip


def wrapped(text: str, size: int) -> list[str]:
    """The lines of a cell that is `size` half-width characters wide."""
    lines, line = [], ""
    for character in text:
        if width(line + character) > size:
            lines.append(line)
            line = ""
        line += character
    return [*lines, line] if line else lines


def broken(written: Written, rng: random.Random, *, beside: str = "last", spaced: bool = True) -> list[str]:
    """The lines as an extraction breaks them: blank cells lost, cells wrapped, merged labels beside one row."""
    all_sizes = (4, 4, 22, rng.choice((6, 8, 10)), 12, 6, 4, 14, 8)
    sizes = [size for size, head in zip(all_sizes, HEADS, strict=True) if head in written.heads]
    lines = head_lines(written)
    between = [""] if spaced else []
    for text, size in zip(written.heads, sizes, strict=True):
        for part in wrapped(text, size):
            lines += [part, *between]
    for place, row in enumerate(written.rows):
        cells = [*_labels(written, place, beside), *row[2:]]
        lines += _row(
            [(cell, sizes[number - len(cells) + len(sizes)]) for number, cell in enumerate(cells) if cell], rng, spaced
        )
    return lines if spaced else [line for line in lines if line]


def _labels(written: Written, place: int, beside: str) -> list[str]:
    """The labels of the merged cells that are printed with this row."""
    found = []
    for level in (0, 1):
        label = written.rows[place][: level + 1]
        block = [number for number, row in enumerate(written.rows) if row[: level + 1] == label]
        if place == {"last": block[-1], "first": block[0], "middle": block[len(block) // 2]}[beside]:
            found.append(label[-1])
    return found


def _row(cells: list[tuple[str, int]], rng: random.Random, spaced: bool) -> list[str]:
    """Cells of one line stand on one line; the lines of a wrapped cell stand apart."""
    lines: list[str] = []
    open_line = ""
    for text, size in cells:
        parts = wrapped(text, size)
        if len(parts) == 1:
            open_line = f"{open_line} {text}" if open_line else text
            continue
        if open_line:
            lines.append(open_line)
            open_line = ""
            if spaced and rng.random() < 0.6:
                lines.append("")
        for number, part in enumerate(parts):
            if number and spaced:
                lines.append("")
            lines.append(part)
        if spaced and rng.random() < 0.4:
            lines.append("")
    if open_line:
        lines.append(open_line)
    return [*lines, ""] if spaced else lines


def interleaved(written: Written) -> list[str]:
    """The lines as they stand on the page, through all cells: no cell's lines stand together."""
    sizes = (10, 12, 22, 10, 12, 10, 6, 14, 8)
    lines = [*head_lines(written), " ".join(written.heads)]
    for place, row in enumerate(written.rows):
        cells = [wrapped(label, 10) for label in _labels(written, place, "first")]
        cells += [wrapped(cell, size) for cell, size in zip(row[2:], sizes[2:], strict=True) if cell]
        depth = max(map(len, cells))
        lines += [" ".join(cell[number] for cell in cells if len(cell) > number) for number in range(depth)]
    return lines


def tabbed(written: Written) -> list[str]:
    """The lines with tabs; merged labels stand in the first row of their block."""
    money = ("项目资金(万元)", "", "年度预算总额", written.total, "其中: 财政拨款", written.appropriation)
    lines = [
        "项目支出绩效目标表", "", "(2031年)", "", "预算单位\t\t青溪县河道管护中心\t\t\t\t\t\t",
        f"项目名称\t\t{written.project}\t\t\t\t项目负责人\t甲乙\t", "\t".join((*money, "其他资金", written.other)),
        "项目总体目标\t\t全年完成管护任务；其他资金 9.99 万元不在此列。\t\t\t\t\t\t", "\t".join(written.heads),
    ]  # fmt: skip
    for place, row in enumerate(written.rows):
        blank = [place > 0 and written.rows[place - 1][: level + 1] == row[: level + 1] for level in (0, 1)]
        lines.append("\t".join("" if number < 2 and blank[number] else cell for number, cell in enumerate(row)))
    return lines


def text(lines: list[str]) -> Document:
    """A document of lines."""
    return Document("text", tuple(Paragraph(line) for line in lines))


def grids(written: Written, *, cut: int | None = None, titled: bool = False, heads_again: bool = False) -> list[Grid]:
    """The table as grids with merged labels: one, or two where a page break stands before row `cut`."""
    count = len(written.heads)
    top: list[tuple[str, ...]] = [("项目支出绩效目标表",)] if titled else []
    top += [
        ("预算单位", "青溪县河道管护中心"), ("项目名称", written.project, "项目负责人", "甲乙"),
        ("项目资金\n(万元)", "年度预算总额", written.total, "其中：财政拨款", written.appropriation,
         "其他资金", written.other),
        ("项目总体目标", "全年完成管护任务；其他资金9.99万元不在此列。"),
    ]  # fmt: skip
    cells = [cell for row, texts in enumerate(top) for cell in _across(row, texts, count)]
    cells += [GridCell(len(top), column, 1, 1, head) for column, head in enumerate(written.heads)]
    if cut is None:
        rows = len(top) + 1 + len(written.rows)
        return [Grid((*cells, *_body(written.rows, len(top) + 1)), rows, count, page=1)]
    first, second = written.rows[:cut], written.rows[cut:]
    again = [GridCell(0, column, 1, 1, head) for column, head in enumerate(written.heads)] if heads_again else []
    start = int(heads_again)
    below = _body(second, start, continued=first[-1] if first else None)
    return [
        Grid((*cells, *_body(first, len(top) + 1)), len(top) + 1 + len(first), count, page=1),
        Grid((*again, *below), start + len(second), count, page=2),
    ]


def _across(row: int, texts: tuple[str, ...], count: int) -> list[GridCell]:
    last = len(texts) - 1
    return [GridCell(row, column, 1, count - last if column == last else 1, text) for column, text in enumerate(texts)]


def _body(rows: list[tuple[str, ...]], start: int, continued: tuple[str, ...] | None = None) -> list[GridCell]:
    """The rows with merged labels; labels that began on the page before are blank."""
    cells: list[GridCell] = []
    for place, row in enumerate(rows):
        for level in (0, 1):
            same = [number for number, other in enumerate(rows) if other[: level + 1] == row[: level + 1]]
            if place != same[0]:
                continue
            carried = continued is not None and place == 0 and continued[: level + 1] == row[: level + 1]
            cells.append(
                GridCell(start + place, level, len(same), 1, "" if carried else "\n".join(wrapped(row[level], 4)))
            )
        cells += [
            GridCell(start + place, column, 1, 1, "\n".join(wrapped(row[column], 14))) for column in range(2, len(row))
        ]
    return cells


def document(blocks: list[Grid], *, title: bool = True) -> Document:
    """A document of grids, each behind its page number."""
    above = [Paragraph("项目支出绩效目标表", 1), Paragraph("（2031年）", 1)] if title else []
    parts: list[Paragraph | Grid] = [*above]
    for block in blocks:
        parts += [block, Paragraph(f"- {block.page} -", block.page)]
    return Document("pdf", (*parts, Paragraph("（五）其他需说明的事项", 2), Paragraph("无。", 2)))
