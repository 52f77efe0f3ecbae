"""Lists of classes by unit, as 四川 prints them: no line of the whole body but the total."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.library.frames import frames
from budget.views import view_table
from budget.views.state import View, ViewState
from loaders.load import load

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """2023年某某县农业农村局部门预算
表1-2
部门支出总表
部门：某某县农业农村局\t\t\t\t\t金额单位：万元
科目编码\t单位代码\t单位名称（科目）\t合计\t基本支出\t项目支出
\t\t合计\t16.00\t13.00\t3.00
\t\t某某县农业农村局\t11.00\t8.00\t3.00
2130101\t331001\t行政运行\t7.00\t7.00\t
2130122\t331001\t农业生产发展\t3.00\t\t3.00
2210201\t331001\t住房公积金\t1.00\t1.00\t
\t\t某某县农技推广站\t5.00\t5.00\t
2130104\t331002\t事业运行\t3.00\t3.00\t
2210201\t331002\t住房公积金\t2.00\t2.00\t
"""


def test_the_classes_of_all_units_are_added_up(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text(TEXT, encoding="utf-8")
    read = load(path)
    assert {cell.coordinates.unit for cell in read.cells} == {"", "某某县农业农村局", "某某县农技推广站"}
    shown = view_table(ViewState(read.head.disclosure_id, view=View.EXPENDITURE), frames([read]))
    found = {(code, kind): total for code, kind, total in shown.frame.select("code", "row_kind", "total").rows()}
    computed = {code: total for (code, kind), total in found.items() if kind == "computed"}
    assert computed == {"2210201": 3_000_000}  # printed by two units
    printed = {code: total for (code, kind), total in found.items() if kind != "computed"}
    assert printed == {"2130101": 7_000_000, "2130104": 3_000_000, "2130122": 3_000_000}
