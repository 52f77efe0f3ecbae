"""Native charts of a workbook: what its views consist of, or what changed, each beside its figures."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from budget.export.rows import visible
from budget.i18n.language import N_, tr
from budget.model.money import FEN, unit_title
from budget.pictures.figures import Composition, Course, Steps, largest
from budget.pictures.layout import bars

if TYPE_CHECKING:
    from collections.abc import Iterable

    from budget.model.disclosure import MoneyUnit
    from budget.pictures.figures import Picture
    from budget.views.table import ViewTable

CHARTS = N_("图")
AMOUNT, BASE, MORE, LESS = N_("金额"), N_("起点"), N_("增加"), N_("减少")
MOST_BARS = 30
ROWS_OF_CHART = 4
"""Rows that stay free below the figures of a chart, at least."""
_BAR_PIXELS, _LEAST_PIXELS, _WIDTH = 24, 300, 760
_NAME_WIDTH, _AMOUNT_WIDTH = 36, 16
_ROW_PIXELS = 20


def add_charts(book: Any, name: str, pictures: Iterable[tuple[ViewTable, Picture]]) -> None:  # noqa: ANN401
    """Add a sheet with the figures of each picture beside its chart."""
    sheet = book.add_worksheet(name)
    sheet.set_column(0, 0, _NAME_WIDTH)
    sheet.set_column(1, 4, _AMOUNT_WIDTH)
    bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    top = 0
    for table, picture in pictures:
        title = visible(" › ".join((*table.breadcrumb, table.title)))
        heads, rows = _figures(picture)
        sheet.write_string(top, 0, title + tr("（{}）").format(unit_title(picture.unit)), bold)
        for at, head in enumerate(heads, 1):
            sheet.write_string(top + 1, at, head, bold)
        for number, (label, amounts) in enumerate(rows, top + 2):
            sheet.write_string(number, 0, visible(label), text)
            for at, amount in enumerate(amounts, 1):
                if amount is not None:
                    sheet.write_number(number, at, _in_unit(amount, picture.unit))
        height = max(_LEAST_PIXELS, _BAR_PIXELS * len(rows))
        chart = _chart(book, name, top, len(rows), picture, heads)
        chart.set_title({"name": title, "name_font": {"size": 11}})
        chart.set_size({"width": _WIDTH, "height": height})
        sheet.insert_chart(top, len(heads) + 2, chart)
        top += max(len(rows), height // _ROW_PIXELS) + ROWS_OF_CHART


def _figures(picture: Picture) -> tuple[list[str], list[tuple[str, tuple[int | None, ...]]]]:
    """Heads and rows (label, fen) of a picture; of steps where each bar begins, and by how much it rises or falls."""
    if isinstance(picture, Composition):
        return [tr(AMOUNT)], [(part.label, (part.fen,)) for part in largest(picture.slices, MOST_BARS)]
    if not isinstance(picture, Steps):
        return [tr(AMOUNT)], [(point.label, (point.fen,)) for point in picture.points]
    steps = largest(picture.steps, MOST_BARS)
    shown = Steps(picture.title, picture.start, steps, picture.end, picture.unit, picture.decimals)
    rows: list[tuple[str, tuple[int | None, ...]]] = [(picture.start.label, (picture.start.fen, None, None, None))]
    for step, bar in zip(steps, bars(shown)[1:-1], strict=True):
        rows.append(
            (step.label, (None, bar.low, step.fen if step.fen > 0 else None, -step.fen if step.fen < 0 else None))
        )
    rows.append((picture.end.label, (picture.end.fen, None, None, None)))
    return [tr(AMOUNT), tr(BASE), tr(MORE), tr(LESS)], rows


def _chart(book: Any, name: str, top: int, count: int, picture: Picture, heads: list[str]) -> Any:  # noqa: ANN401
    steps = isinstance(picture, Steps)
    course = isinstance(picture, Course)
    kind = {"type": "line"} if course else {"type": "bar", **({"subtype": "stacked"} if steps else {})}
    chart = book.add_chart(kind)
    for at, head in enumerate(heads, 1):
        series: dict[str, Any] = {
            "name": head,
            "categories": [name, top + 2, 0, top + 1 + count, 0],
            "values": [name, top + 2, at, top + 1 + count, at],
            "gap": 40,
        }
        if head == tr(BASE):  # carries the others and is not seen
            series |= {"fill": {"none": True}, "border": {"none": True}}
        chart.add_series(series)
    if not course:
        chart.set_y_axis({"reverse": True})  # the first row at the top, as in the table
    chart.set_legend({"delete_series": [1], "position": "bottom"} if steps else {"none": True})
    return chart


def _in_unit(fen: int, unit: MoneyUnit) -> Decimal:
    """An amount as a number in its unit, exact."""
    return Decimal(fen) / FEN[unit]
