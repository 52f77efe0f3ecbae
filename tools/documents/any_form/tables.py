"""The tables of a random disclosure: which heads, rows and blocks a province might print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.documents.any_form.figures import APPROPRIATIONS, OWN
from tools.documents.any_form.sheets import Block, Column, Row, Says, Sheet, everything
from tools.documents.any_form.words import numeral, pick, words

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from tools.documents.any_form.figures import Figures, Leaf

    Accepts = Callable[[Leaf], bool]


def within(*funds: str, carried: bool | None = None) -> Accepts:
    """Leaves of some funds (all below `own` for own); `carried` tells money carried over from that of the year."""

    def accepts(leaf: Leaf) -> bool:
        return (carried is None or leaf.carried is carried) and any(
            leaf.fund == fund or leaf.fund.startswith(fund + ".") for fund in funds
        )

    return accepts


def of_kind(kind: str) -> Accepts:
    """Leaves of a kind of expenditure and the kinds below it."""
    return lambda leaf: leaf.kind == kind or leaf.kind.startswith(kind + ".")


def both(one: Accepts, other: Accepts) -> Accepts:
    """Leaves that both accept."""
    return lambda leaf: one(leaf) and other(leaf)


class Maker:
    """Makes the tables of one document in one style."""

    def __init__(self, rng: Random, figures: Figures) -> None:
        self.rng, self.figures = rng, figures
        self.names: dict[tuple[str, str], str] = {}
        self.scope = rng.choice(words()["scopes"][figures.phase])
        self.class_style = rng.choice(("一、", "（一）", "1.", "", "glued"))
        self.totals = rng.choice(("first", "last"))

    # words

    def say(self, table: str, key: str) -> str:
        """A way to print something, the same all over the document."""
        return self.names.setdefault((table, key), pick(self.rng, table, key))

    def head(self, key: str) -> str:
        """A head."""
        return self.say("heads", key).format(year=self.figures.year, last=self.figures.year - 1)

    def amount_head(self) -> str:
        """The head of the one column of amounts of a block."""
        return self.head("amount_" + self.figures.phase)

    def title(self, kind: str) -> tuple[str, str]:
        """A title, and the fund that it alone names."""
        text = self.rng.choice(words()["titles"][kind][self.figures.phase])
        title, _, fund = text.format(scope=self.scope).partition("|")
        return title, fund

    def sheet(self, kind: str, blocks: list[Block], says: Says, title: str = "") -> Sheet:
        """A table with a title."""
        title = title or self.title(kind)[0]
        version: Says = {"version": self.figures.version}
        return Sheet(kind, title, version | says, tuple(blocks), self.figures.unit, self.figures.decimals)

    # rows

    def by_function(self, accepts: Accepts, labels: str, *, units: bool = False) -> list[Row]:
        """Rows of functional codes; `labels` tells how codes are printed."""
        found: list[Row] = []
        groups = sorted({leaf.unit for leaf in self.figures.leaves if accepts(leaf)}) if units else [""]
        total = self.total_row(accepts, labels)
        for unit in groups:
            own = both(accepts, _of_unit(unit)) if unit else accepts
            if unit:
                found.append(Row(self._labels("", unit, labels), {"unit": unit, "flow": self._flow_of()}, own))
            for code in self.figures.codes(own):
                says: Says = {"function": code, **({"unit": unit} if unit else {})}
                name = self.figures.function_names[code]
                found.append(Row(self._labels(code, name, labels), says, both(own, _of_function(code))))
        return [total, *found] if self.totals == "first" else [*found, total]

    @staticmethod
    def _flow_of() -> str:
        return "expenditure"

    def total_row(self, accepts: Accepts, labels: str, says: Says | None = None) -> Row:
        """The total of a table."""
        name = self.say("totals", "rows")
        return Row(self._labels("", name, labels), says or {}, accepts, merged=labels != "name")

    @staticmethod
    def _labels(code: str, name: str, labels: str) -> tuple[str, ...]:
        """The cells of a code and its name."""
        if labels == "levels":  # 208 | 05 | 05 | name
            return (code[:3], code[3:5], code[5:7], name)
        if labels == "own level":  # each level prints its own digits only
            cells = ["", "", ""]
            if code:
                cells[(len(code) - 3) // 2] = code[-2:] if len(code) > 3 else code
            return (*cells, name)
        if labels == "whole in level":
            cells = ["", "", ""]
            if code:
                cells[(len(code) - 3) // 2] = code
            return (*cells, name)
        if labels == "name":
            return (code + name,)
        if labels == "name code":
            return (name, code)
        return (code, name)

    def label_headers(self, labels: str, *, economic: bool = False) -> tuple[tuple[str, ...], ...]:
        """Heads of the label columns."""
        prefix = "economic_" if economic else ""
        code, name = self.head(prefix + "code"), self.head(prefix + "name")
        upper = self.rng.choice(
            ("科目", "项目", "支出功能分类", "功能分类科目") if not economic else ("科目", "经济分类科目")
        )
        if labels in {"levels", "own level", "whole in level"}:
            return (*((upper, code, text) for text in ("类", "款", "项")), (upper, "科目名称"))
        if labels == "name":
            return (
                (self.rng.choice(("科目", "项目", "科目名称", "功能分类科目" if not economic else "经济分类科目")),),
            )
        pair = ((code,), (name,)) if self.rng.random() < 0.7 else ((upper, code), (upper, name))
        return pair[::-1] if labels == "name code" else pair

    def code_style(self) -> str:
        """How codes are printed."""
        return self.rng.choice(("code name", "code name", "levels", "own level", "whole in level", "name", "name code"))

    # columns

    def kind_columns(self, accepts: Accepts, *, split: bool = False) -> list[Column]:
        """合计, 基本支出 (人员, 公用), 项目支出 and what else there is."""
        present = {leaf.kind for leaf in self.figures.leaves if accepts(leaf)}
        columns = [Column((self.say("heads", "total"),), {})]
        if self.names.setdefault(("style", "kinds"), self.rng.choice(("old", "old", "old", "new"))) == "new":
            return columns + self._new_kinds(present)
        basic = self.say("kinds", "basic")
        if split:
            columns += [
                Column((basic, "小计"), {"kind": "basic"}, of_kind("basic")),
                *(
                    Column((basic, self.say("kinds", kind)), {"kind": kind}, of_kind(kind))
                    for kind in ("basic.personnel", "basic.operating")
                ),
            ]
        else:
            columns.append(Column((basic,), {"kind": "basic"}, of_kind("basic")))
        others = [k for k in ("project", "business", "remittance", "subsidy") if k == "project" or k in present]
        if self.rng.random() < 0.3:
            others = ["project", "remittance", "business", "subsidy"]
        return columns + [Column((self.say("kinds", k),), {"kind": k}, of_kind(k)) for k in others]

    def _new_kinds(self, present: set[str]) -> list[Column]:
        """人员类, 运转类, 特定目标类."""
        found = [
            Column((self.say("new_kinds", kind),), {"kind": kind}, of_kind(kind))
            for kind in ("basic.personnel", "basic.operating")
        ]
        found.append(Column((self.say("new_kinds", "target"),), {"kind": "project"}, of_kind("project")))
        rest = sorted(present & {"business", "remittance", "subsidy"})
        return found + [Column((self.say("kinds", kind),), {"kind": kind}, of_kind(kind)) for kind in rest]

    def with_other_years(self, columns: list[Column]) -> list[Column]:
        """Add columns of the year before and of the change. They stand before and behind those of the year."""
        own = columns[0]
        rng, figures = self.rng, self.figures
        base = rng.choice(("prior_budget", "prior_final"))
        year = self.say("versions", base).format(last=figures.year - 1)
        mine = f"{figures.year}年预算数" if "20" in year else "本年预算数"
        mine = mine if figures.phase == "budget" else mine.replace("预算", "决算")
        before = Column((year,), own.says | {"version": base}, own.accepts, base)
        now = [c._replace(headers=(mine, *c.headers)) for c in columns]
        found = [before, *now]
        if rng.random() < 0.7:
            head = self.say("versions", "change")
            found.append(Column((head,), own.says | {"version": "change"}, own.accepts, "change", base))
        if rng.random() < 0.7:
            found.append(Column((self.say("versions", "share"),), {}, other="share"))
        return found

    def fund_columns(self, flow: str) -> list[Column]:
        """合计 and the sources of money; below 财政拨款 and 单位资金, or each by itself."""
        present = {leaf.fund for leaf in self.figures.leaves}
        columns = [Column((self.say("heads", "total"),), {})]
        own = [fund for fund in OWN if fund in present]
        grouped = self.rng.random() < 0.5
        appropriations = [f for f in APPROPRIATIONS if f in present or f != "state_capital"]

        def column(heads: tuple[str, ...], fund: str) -> Column:
            return Column(heads, {"fund": fund}, within(fund, carried=False))

        if grouped and self.rng.random() < 0.5:
            upper = self.say("funds", "appropriation")
            whole = Column((upper, "小计"), {"fund": "appropriation"}, within(*APPROPRIATIONS, carried=False))
            columns += [whole, *(column((upper, self.say("funds", f)), f) for f in appropriations)]
        else:
            columns += [column((self.say("funds", fund),), fund) for fund in appropriations]
        if "special_account" in present:
            columns.append(column((self.say("funds", "special_account"),), "special_account"))
        if grouped and own:
            upper = self.say("funds", "own")
            columns.append(Column((upper, "小计"), {"fund": "own"}, within("own", carried=False)))
            columns += [column((upper, self.say("funds", fund)), fund) for fund in own]
        elif own and self.rng.random() < 0.5:
            columns.append(column((self.say("funds", "own"),), "own"))
        else:
            columns += [column((self.say("funds", fund),), fund) for fund in own]
        if any(leaf.carried for leaf in self.figures.leaves):
            head = self.say("funds", "carryover")
            carried = Column((head,), {"fund": "carryover"}, lambda leaf: leaf.carried)
            columns = [*columns, carried] if self.rng.random() < 0.5 else [columns[0], carried, *columns[1:]]
        return columns

    # tables

    def summary(self) -> Sheet:
        """Revenue and expenditure side by side, expenditure in one to three blocks."""
        title = self.title("summary")[0]
        head = self.amount_head()
        revenue, expenditure = self.head("revenue"), self.head("expenditure")
        amount = (Column((head,), {}),)
        left = self._sources()
        blocks = [Block(((revenue, self.head("project")),), self._side(amount, revenue, "revenue"), tuple(left))]
        kinds = self.rng.choice((("function",), ("function",), ("function", "kind"), ("function", "kind", "economic")))
        for kind in kinds:
            rows = {"function": self._classes, "kind": self._kinds, "economic": self._economic_classes}[kind]()
            name = self.head("project") if len(kinds) == 1 else self.head(f"class_by_{kind}")
            blocks.append(Block(((expenditure, name),), self._side(amount, expenditure, "expenditure"), tuple(rows)))
        return self.sheet("summary", blocks, {}, title)

    @staticmethod
    def _side(columns: tuple[Column, ...], head: str, flow: str) -> tuple[Column, ...]:
        return tuple(
            column._replace(headers=(head, *column.headers), says=column.says | {"flow": flow}) for column in columns
        )

    def _sources(self) -> list[Row]:
        """The rows of revenue by source."""
        present = {leaf.fund for leaf in self.figures.leaves}
        rows: list[Row] = []
        grouped = self.rng.random() < 0.5
        tops = [f for f in (*APPROPRIATIONS, "special_account") if f in present or self.rng.random() < 0.4]
        style = self.rng.choice(("一、", "一、", "（一）", ""))
        entries = [(fund, 0) for fund in tops]
        own = [fund for fund in OWN if fund in present]
        if own and grouped:
            entries += [("own", 0), *((fund, 1) for fund in own)]
        else:
            entries += [(fund, 0) for fund in own]
        count = below = 0
        for fund, depth in entries:
            count, below = (count, below + 1) if depth else (count + 1, 0)
            text = self.say("funds", fund)
            inner = f"{below}." if style == "（一）" else f"（{numeral(below)}）"
            label = inner + text if depth else _enumerated(style, count) + text
            rows.append(Row((label,), {"fund": fund}, within(fund, carried=False)))
        everything_ = any(leaf.carried for leaf in self.figures.leaves) or self.figures.carry_forward
        if everything_:
            label = self.say("totals", "current_revenue")
            rows.append(Row((label,), {"fund": "current"}, lambda leaf: not leaf.carried))
            carried = self.figures.total(lambda leaf: leaf.carried) + self.figures.carry_forward
            rows.append(Row((self.say("funds", "carryover"),), {"fund": "carryover"}, fixed=self._own(carried)))
        total = self.figures.total(everything) + self.figures.carry_forward
        rows.append(Row((self.say("totals", "revenue"),), {}, fixed=self._own(total)))
        return rows

    def _own(self, fen: int) -> dict[str, int]:
        return {self.figures.version: fen}

    def _closing(self, rows: list[Row]) -> list[Row]:
        """The rows below the parts of expenditure."""
        forward = self.figures.carry_forward
        if forward:
            label = self.say("totals", "current_expenditure")
            rows.append(Row((label,), {"kind": "current"}, fixed=self._own(self.figures.total(everything))))
            label = self.say("totals", "carry_forward")
            rows.append(Row((label,), {"kind": "carry_forward"}, fixed=self._own(forward)))
        total = self.figures.total(everything) + forward
        rows.append(Row((self.say("totals", "expenditure"),), {}, fixed=self._own(total)))
        return rows

    def _classes(self) -> list[Row]:
        """The rows of expenditure by functional class."""
        codes = self.figures.codes(everything, (3,))
        names = self.figures.function_names
        if self.rng.random() < 0.4:  # every class of the list, most without money
            codes = sorted(code for code in names if len(code) == 3 and code < "225")
        return self._closing(self._listed_classes(codes, everything))

    def _listed_classes(self, codes: list[str], accepts: Accepts) -> list[Row]:
        names = self.figures.function_names
        rows: list[Row] = []
        for count, code in enumerate(codes, 1):
            label = (
                code + names[code]
                if self.class_style == "glued"
                else _enumerated(self.class_style, count) + names[code]
            )
            rows.append(Row((label,), {"function": code}, both(accepts, _of_function(code))))
        return rows

    def _kinds(self) -> list[Row]:
        """The rows of expenditure by kind."""
        present = {leaf.kind for leaf in self.figures.leaves}
        rows = [Row(("一、" + self.say("kinds", "basic"),), {"kind": "basic"}, of_kind("basic"))]
        if self.rng.random() < 0.5:
            rows += [
                Row((f"{i}.{self.say('kinds', k)}",), {"kind": k}, of_kind(k))
                for i, k in enumerate(("basic.personnel", "basic.operating"), 1)
            ]
        others = [k for k in ("project", "business", "remittance", "subsidy") if k == "project" or k in present]
        rows += [
            Row((f"{numeral(i)}、{self.say('kinds', k)}",), {"kind": k}, of_kind(k)) for i, k in enumerate(others, 2)
        ]
        return self._closing(rows)

    def _economic_classes(self) -> list[Row]:
        """Economic classes of the basic expenditure, and the rest as projects: classes without money of this writer."""
        rows = []
        for code in ("301", "302", "303", "310"):
            name = self.figures.economic_names[code]
            rows.append(Row((name,), {"economic": code}, _of_economic(code)))
        known = {"301", "302", "303", "310"}
        rows.append(
            Row((self.figures.economic_names["399"],), {"economic": "399"}, lambda leaf: leaf.economic[:3] not in known)
        )
        return self._closing(rows)

    def appropriation_summary(self) -> Sheet:
        """Appropriations: sources, and classes by fund."""
        accepts = within(*APPROPRIATIONS)
        revenue, expenditure = self.head("revenue"), self.head("expenditure")
        head = self.amount_head()
        appropriation: Says = {"fund": "appropriation"}
        funds = [f for f in APPROPRIATIONS if f != "state_capital" or any(x.fund == f for x in self.figures.leaves)]
        carried = any(leaf.carried and accepts(leaf) for leaf in self.figures.leaves)
        rows: list[Row] = []
        if carried:
            rows.append(Row(("一、本年收入",), appropriation, within(*APPROPRIATIONS, carried=False)))
        for count, fund in enumerate(funds, 1):
            mark = f"（{numeral(count)}）" if carried else numeral(count) + "、"
            rows.append(Row((mark + self.say("funds", fund),), {"fund": fund}, within(fund, carried=False)))
        if carried:
            rows.append(
                Row(
                    ("二、" + self.say("funds", "carryover"),),
                    {"fund": "carryover.appropriation"},
                    within(*APPROPRIATIONS, carried=True),
                )
            )
            for count, fund in enumerate(funds, 1):
                label = f"（{numeral(count)}）" + self.say("funds", fund)
                rows.append(Row((label,), {"fund": f"carryover.{fund}"}, within(fund, carried=True)))
        rows.append(Row((self.say("totals", "revenue"),), appropriation, accepts))
        left = Block(((revenue, self.head("project")),), (Column((revenue, head), {"flow": "revenue"}),), tuple(rows))
        flow: Says = {"flow": "expenditure"}
        if self.rng.random() < 0.7:
            total = self.say("heads", "total")
            columns = [Column((expenditure, total), flow | appropriation)]
            columns += [
                Column(
                    (expenditure, self.rng.choice((self.say("funds", f), self.say("funds", f)))),
                    flow | {"fund": f},
                    within(f),
                )
                for f in funds
            ]
        else:
            columns = [Column((expenditure, head), flow | appropriation)]
        classes = self._listed_classes(self.figures.codes(accepts, (3,)), accepts)
        classes.append(Row((self.say("totals", "expenditure"),), {}, accepts))
        right = Block(((expenditure, self.head("project")),), tuple(columns), tuple(classes))
        return self.sheet("appropriation_summary", [left, right], appropriation)

    def revenue(self) -> Sheet:
        """Revenue by source: codes, units or one row."""
        says: Says = {"flow": "revenue"}
        columns = self.fund_columns("revenue")
        shape = self.rng.choice(("function", "function", "units", "one row"))
        labels: tuple[tuple[str, ...], ...] = ()
        if shape == "one row":
            rows = [Row((), {}, everything)]
        elif shape == "units":
            labels = ((self.head("unit_code"),), (self.head("unit_name"),))
            rows = self._units()
        else:
            style = self.code_style()
            labels, rows = self.label_headers(style), self.by_function(everything, style)
        return self.sheet("revenue", [Block(tuple(labels), tuple(columns), tuple(rows))], says)

    def _units(self) -> list[Row]:
        """One row for each sub-unit, and the total."""
        units = sorted({leaf.unit for leaf in self.figures.leaves})
        rows = [
            Row((f"{301 + 7 * i}00{i}", unit), {"unit": unit if len(units) > 1 else ("", unit)}, _of_unit(unit))
            for i, unit in enumerate(units, 1)
        ]
        total = Row(("", self.say("totals", "rows")), {}, everything, merged=True)
        return [total, *rows] if self.totals == "first" else [*rows, total]

    def expenditure(self) -> Sheet:
        """Expenditure by function and kind, or by function and fund."""
        style = self.code_style()
        columns = self.kind_columns(everything, split=self.rng.random() < 0.4)
        if self.rng.random() < 0.3:
            style = self.rng.choice(("code name", "levels"))
        rows = self.by_function(everything, style)
        return self.sheet(
            "expenditure", [Block(self.label_headers(style), tuple(columns), tuple(rows))], {"flow": "expenditure"}
        )

    def one_fund(self, kind: str) -> Sheet:
        """Expenditure of one fund by function and kind; other years are optional."""
        title, named = self.title(kind)
        fund = named or kind
        accepts = within(*APPROPRIATIONS) if fund == "appropriation" else within(fund)
        style = self.code_style()
        columns = self.kind_columns(accepts, split=self.rng.random() < 0.5)
        if self.rng.random() < 0.4:
            columns = self.with_other_years(columns)
        says: Says = {"flow": "expenditure", "fund": fund}
        rows = self.by_function(accepts, style)
        return self.sheet(kind, [Block(self.label_headers(style), tuple(columns), tuple(rows))], says, title)

    def basic(self) -> Sheet:
        """Basic expenditure by economic section."""
        accepts = both(within("general_public"), of_kind("basic"))
        codes = sorted({leaf.economic[:n] for leaf in self.figures.leaves if accepts(leaf) for n in (3, 5)})
        names = self.figures.economic_names
        style = self.rng.choice(("code name", "code name", "name", "name code"))
        rows = [Row(self._labels(c, names[c], style), {"economic": c}, both(accepts, _of_economic(c))) for c in codes]
        total = self.total_row(accepts, style)
        rows = [total, *rows] if self.totals == "first" else [*rows, total]
        columns = [Column((self.say("heads", "total"),), {})]
        upper: tuple[str, ...] = self.rng.choice((("基本支出",), ("一般公共预算基本支出",), ()))
        columns += [
            Column((self.say("kinds", k),), {"kind": k}, of_kind(k)) for k in ("basic.personnel", "basic.operating")
        ]
        columns = [c._replace(headers=(*upper, *c.headers)) for c in columns]
        says: Says = {"flow": "expenditure", "fund": "general_public", "kind": "basic"}
        return self.sheet("basic", [Block(self.label_headers(style, economic=True), tuple(columns), tuple(rows))], says)

    def project(self) -> Sheet:
        """A list of projects by fund."""
        accepts = of_kind("project")
        projects = [leaf for leaf in self.figures.leaves if leaf.project]
        columns = [Column((self.say("heads", "total"),), {})]
        columns += [
            Column((self.say("funds", f),), {"fund": f}, within(f))
            for f in (*APPROPRIATIONS, "special_account", "own")
            if any(within(f)(leaf) for leaf in projects)
        ]
        units = len({leaf.unit for leaf in projects}) > 1 and self.rng.random() < 0.5
        functions = self.rng.random() < 0.5
        labels: list[tuple[str, ...]] = []
        if functions:
            labels += [("科目编码",), ("科目名称",)]
        if units:
            labels.append((self.head("unit_name"),))
        labels.append((self.rng.choice(("项目名称", "项目", "项目支出名称")),))
        rows = []
        for leaf in sorted(projects):
            code = leaf.function
            cells = ((code, self.figures.function_names[code]) if functions else ()) + ((leaf.unit,) if units else ())
            says: Says = {"project": leaf.project}
            says |= {"function": code} if functions else {}
            says |= {"unit": ("", leaf.unit)} if units else {}
            rows.append(Row((*cells, leaf.project), says, _of_project(leaf.project)))
        total = Row((*[""] * (len(labels) - 1), self.say("totals", "rows")), {}, accepts, merged=True)
        rows = [total, *rows] if self.totals == "first" else [*rows, total]
        return self.sheet(
            "project", [Block(tuple(labels), tuple(columns), tuple(rows))], {"flow": "expenditure", "kind": "project"}
        )

    def three_public(self) -> Sheet:
        """Three public expenses as rows, as columns, or as columns below versions."""
        meetings = self.rng.random() < 0.3
        kind = "three_public_meetings" if meetings else "three_public"
        title, fund = self.title(kind)
        says: Says = {"flow": "expenditure", **({"fund": fund} if fund else {})}
        shape = self.rng.choice(("rows", "columns", "versions above", "versions below"))
        items = self.figures.items
        names = ["three_public", "overseas", "vehicles", "vehicle_purchase", "vehicle_running", "reception"]
        names += ["meetings", "training"] if meetings else []
        if shape == "rows":
            blocks = [self._item_rows(names)]
        else:
            columns = []
            versions = [("", "")]
            if shape != "columns":
                versions = (
                    [("预算数", "budget"), ("决算数", "final")]
                    if self.figures.phase == "final"
                    else [
                        (f"{self.figures.year - 1}年预算数", "prior_budget"),
                        (f"{self.figures.year}年预算数", "budget"),
                    ]
                )
            for label, version in versions:
                for name in names:
                    heads = self._item_headers(name, grouped=shape != "versions below", meetings=meetings)
                    heads = (*heads, label) if shape == "versions below" else (label, *heads) if label else heads
                    own: Says = {"item": name, **({"version": version} if version else {})}
                    columns.append(Column(heads, own, version=version, fixed=items[name]))
            if shape == "versions below":
                columns = sorted(columns, key=lambda c: names.index(str(c.says["item"])))
            unit = self.rng.random() < 0.4
            labels = ((self.head("unit_name"),),) if unit else ()
            row = Row((self.figures.body,) if unit else (), {"unit": ("", self.figures.body)}, everything)
            blocks = [Block(labels, tuple(columns), (row,))]
        return self.sheet(kind, blocks, says, title)

    def _item_headers(self, name: str, *, grouped: bool, meetings: bool) -> tuple[str, ...]:
        upper = self.say("items", "vehicles")
        if name == "three_public" and meetings:
            return (self.say("items", name),)
        if name == "three_public":
            text = self.rng.choice(("合计", "小计")) if self.figures.phase == "final" else self.say("items", name)
            return (self.names.setdefault(("style", "three"), text),)
        if grouped and name == "vehicles":
            return (upper, "小计")
        if grouped and name.startswith("vehicle_"):
            return (upper, self.say("items", name))
        return (self.say("items", name),)

    def _item_rows(self, names: list[str]) -> Block:
        """Three public expenses as rows, with counts below."""
        style = self.rng.choice(("1.", "一、", ""))
        rows: list[Row] = []
        count = 0
        for name in names:
            text = self.say("items", name)
            if name == "three_public":
                text = text if "meetings" in names else self.rng.choice((text, text, "合计"))
            elif name.startswith("vehicle_"):
                text = ("其中：" if name == "vehicle_purchase" else self.rng.choice(("", "      "))) + text
            else:
                count += 1
                text = _enumerated(style, count) + text
            rows.append(Row((text,), {"item": name}, fixed=self.figures.items[name]))
        if self.rng.random() < 0.4:
            rows += [Row((text,), {}, other="count") for text in words()["names"]["counts"]]
        columns = [Column((self.amount_head(),), {})]
        if self.rng.random() < 0.4:
            columns = self.with_other_years([Column((), {})])
            columns = [c for c in columns if c.headers]
        return Block(((self.rng.choice(("项目", "“三公”经费支出内容", "支出内容")),),), tuple(columns), tuple(rows))

    def agency_operation(self) -> Sheet:
        """Operating expenses of the agency by economic section."""
        title, fund = self.title("agency_operation")
        accepts = both(within("general_public"), of_kind("basic.operating"))
        codes = sorted({leaf.economic[:n] for leaf in self.figures.leaves if accepts(leaf) for n in (3, 5)})
        names = self.figures.economic_names
        rows = [Row((c, names[c]), {"economic": c}, both(accepts, _of_economic(c))) for c in codes]
        total = self.total_row(accepts, "code name")
        rows = [total, *rows] if self.totals == "first" else [*rows, total]
        says: Says = {"flow": "expenditure", "item": "agency_operation", **({"fund": fund} if fund else {})}
        columns = (Column((self.amount_head(),), {}),)
        return self.sheet(
            "agency_operation",
            [Block(self.label_headers("code name", economic=True), columns, tuple(rows))],
            says,
            title,
        )

    def procurement(self) -> Sheet:
        """Goods, works and services bought."""
        names = words()["names"]
        rows: list[Row] = []
        total = 0
        for key in ("goods", "works", "services"):
            bought = [(text, self.rng.randrange(1, 10**6) * 10_000) for text in names[key]]
            whole = sum(fen for _, fen in bought)
            total += whole
            label = self.say("items", key)
            rows.append(Row((label, ""), {"item": f"procurement.{key}"}, fixed=self._own(whole)))
            rows += [
                Row(("", text), {"item": (text, f"?{text}", f"procurement.{key}")}, fixed=self._own(fen))
                for text, fen in bought
            ]
        whole_row = Row((self.say("totals", "rows"), ""), {"item": "procurement"}, fixed=self._own(total))
        rows = [whole_row, *rows] if self.totals == "first" else [*rows, whole_row]
        labels = (("采购大类",), (self.rng.choice(("采购品目", "采购内容", "采购物品名称")),))
        columns = (Column((self.rng.choice(("采购金额", "金额", "合计")),), {}),)
        return self.sheet("procurement", [Block(labels, columns, tuple(rows))], {"flow": "expenditure"})

    def carryover(self) -> Sheet:
        """What is left of the year before, by project or by kind."""

        def accepts(leaf: Leaf) -> bool:
            return leaf.carried and bool(leaf.project)

        rows = [
            Row((leaf.project,), {"project": leaf.project}, both(accepts, _of_project(leaf.project)))
            for leaf in sorted(self.figures.leaves)
            if accepts(leaf)
        ]
        total = Row((self.say("totals", "rows"),), {}, accepts)
        rows = [total, *rows] if self.totals == "first" else [*rows, total]
        columns = [
            Column(("合计",), {}),
            Column(("财政拨款结转结余",), {"fund": "carryover.appropriation"}, within(*APPROPRIATIONS)),
            Column(("非财政拨款结转结余",), {"fund": "carryover.own"}, within("own", "special_account")),
        ]
        return self.sheet(
            "carryover",
            [Block((("项目名称",),), tuple(columns), tuple(rows))],
            {"flow": "expenditure", "fund": "carryover", "kind": ("", "project")},
        )

    def government_revenue(self) -> Sheet:
        """Revenue of a whole government: taxes and others as items."""
        names = words()["names"]
        versions = ("prior_budget", "prior_final", "budget", "adjusted", "final")
        whole = dict.fromkeys(versions, 0)
        rows: list[Row] = []
        for group, parts in (("税收收入", names["taxes"]), ("非税收入", names["non_taxes"])):
            chosen = [part for part in parts if self.rng.random() < 0.7] or parts[:1]
            figures = {part: {v: self.rng.randrange(1, 10**6) * 1_000_000 for v in versions} for part in chosen}
            sums = {v: sum(own[v] for own in figures.values()) for v in versions}
            whole = {v: whole[v] + sums[v] for v in versions}
            mark = numeral(1 if group == "税收收入" else 2) + "、"
            item = group if group == "税收收入" else (group, f"?{group}")
            rows.append(Row((mark + group,), {"item": item}, fixed=sums))
            rows += [
                Row((part,), {"item": (part, f"?{part}", part.replace("（", "(").replace("）", ")"))}, fixed=own)
                for part, own in figures.items()
            ]
        rows.append(Row((self.say("totals", "current_revenue"),), {"item": ("", "?合计")}, fixed=whole))
        columns = self._government_columns()
        return self.sheet(
            "government_revenue",
            [Block((("项目",),), tuple(columns), tuple(rows))],
            {"flow": "revenue", "fund": "general_public"},
        )

    def _government_columns(self) -> list[Column]:
        year, phase = self.figures.year, self.figures.phase
        if phase == "budget":
            found = [
                Column((f"{year - 1}年执行数",), {"version": "prior_final"}, version="prior_final"),
                Column((f"{year}年预算数",), {"version": "budget"}, version="budget"),
            ]
        else:
            found = [
                Column(("年初预算数",), {"version": "budget"}, version="budget"),
                Column((self.say("versions", "adjusted"),), {"version": "adjusted"}, version="adjusted"),
                Column(("决算数",), {"version": "final"}, version="final"),
            ]
        if self.rng.random() < 0.6:
            found.append(
                Column((self.rng.choice(("为上年决算数的%", "比上年增减%", "完成预算的%")),), {}, other="share")
            )
        return found

    def government_expenditure(self) -> Sheet:
        """Expenditure of a whole government by class."""
        versions = ("prior_budget", "prior_final", "budget", "adjusted", "final")
        codes = sorted(code for code in self.figures.function_names if len(code) == 3 and code < "225")
        rows: list[Row] = []
        whole = dict.fromkeys(versions, 0)
        for count, code in enumerate(codes, 1):
            own = {v: self.rng.randrange(1, 10**6) * 1_000_000 for v in versions}
            whole = {v: whole[v] + own[v] for v in versions}
            label = _enumerated(self.rng.choice(("一、",)), count) + self.figures.function_names[code]
            rows.append(Row((label,), {"function": code}, fixed=own))
        rows.append(Row((self.say("totals", "current_expenditure"),), {"kind": ("", "current")}, fixed=whole))
        return self.sheet(
            "government_expenditure",
            [Block((("项目",),), tuple(self._government_columns()), tuple(rows))],
            {"flow": "expenditure", "fund": "general_public"},
        )

    def stacked_revenue(self) -> Sheet:
        """Sources in two columns of labels: groups left of their members, 小计 below each group."""
        present = {leaf.fund for leaf in self.figures.leaves}
        rows: list[Row] = []
        groups = [
            ("appropriation", [f for f in APPROPRIATIONS if f in present]),
            ("own", [f for f in OWN if f in present]),
        ]
        for group, funds in groups:
            if not funds:
                continue
            name = self.say("funds", group)
            whole = within(*(APPROPRIATIONS if group == "appropriation" else ("own",)), carried=False)
            rows.append(Row((name, "小计"), {"fund": group}, whole))
            rows += [Row(("", self.say("funds", fund)), {"fund": fund}, within(fund, carried=False)) for fund in funds]
        if "special_account" in present:
            name = self.say("funds", "special_account")
            accepts = within("special_account", carried=False)
            rows.append(Row((name, "小计"), {"fund": "special_account"}, accepts))
        carried = self.figures.total(lambda leaf: leaf.carried) + self.figures.carry_forward
        if carried:
            name = self.say("funds", "carryover")
            rows.append(Row((name, "小计"), {"fund": "carryover"}, fixed=self._own(carried)))
        total = self.figures.total(everything) + self.figures.carry_forward
        rows.insert(0, Row((self.say("totals", "rows"), ""), {}, fixed=self._own(total), merged=True))
        labels = ((self.rng.choice(("项目", "资金来源")),), ("项目名称",))
        columns = (Column((self.amount_head(),), {}),)
        return self.sheet("revenue", [Block(labels, columns, tuple(rows))], {"flow": "revenue"})

    def three_public_years(self) -> Sheet:
        """Three public expenses as columns, the years as rows."""
        names = ("three_public", "overseas", "vehicles", "reception")
        columns = [Column(self._item_headers(n, grouped=False, meetings=True), {"item": n}, fixed=None) for n in names]
        figures, last = self.figures, self.figures.year - 1
        own = "预算数" if figures.phase == "budget" else "决算数"
        rows = []
        for year, version in ((last, f"prior_{figures.phase}"), (figures.year, figures.phase)):
            rows.append((f"{year}年{own}", version))
        made = [
            Row((label,), {"version": version}, amounts={n: figures.items[n].get(version, 0) for n in names})
            for label, version in rows
        ]
        block = Block((("年度",),), tuple(columns), tuple(made))
        return self.sheet("three_public", [block], {"flow": "expenditure"}, "“三公”经费支出情况表")

    def transfers(self) -> Sheet:
        """Revenue whose columns separate transfers from a fund's own money.

        Transfers are given by a higher government.
        """
        fund = within("general_public", carried=False)
        rest = within("government_fund", "state_capital", "special_account", "own", carried=False)
        upper = self.rng.choice(("上级一般公共预算安排的转移支付", "一般公共预算上级转移支付"))
        columns = (
            Column(("合计",), {}),
            Column(("一般公共预算",), {"fund": "general_public"}, both(fund, _of_kind_not("project"))),
            Column((upper,), {"fund": "general_public.transfer"}, both(fund, of_kind("project"))),
            Column(("其他各项收入",), {"fund": "own.other"}, rest),
            Column(("上年结转",), {"fund": "carryover"}, lambda leaf: leaf.carried),
        )
        rows = self.by_function(everything, "code name")
        block = Block((("科目编码",), ("科目名称",)), columns, tuple(rows))
        return self.sheet("revenue", [block], {"flow": "revenue"})

    def unit_rows(self) -> Sheet:
        """Expenditure by function below the sub-units, 单位代码 and 单位名称（科目） beside the codes."""
        columns = self.kind_columns(everything)
        rows: list[Row] = []
        units = sorted({leaf.unit for leaf in self.figures.leaves})
        for number, unit in enumerate(units, 1):
            own = _of_unit(unit)
            code = f"{301 + number}00{number}"
            says: Says = {"unit": unit if len(units) > 1 else ("", unit)}
            rows.append(Row(("", "", "", code, unit), says, own))
            for item in self.figures.codes(own, (7,)):
                cells = (item[:3], item[3:5], item[5:], code, self.figures.function_names[item])
                rows.append(Row(cells, says | {"function": item}, both(own, _of_function(item))))
        total = Row(("", "", "", "", self.say("totals", "rows")), {}, everything)
        rows = [total, *rows] if self.totals == "first" else [*rows, total]
        labels = (("科目编码", "类"), ("科目编码", "款"), ("科目编码", "项"), ("单位代码",), ("单位名称（科目）",))
        return self.sheet("expenditure", [Block(labels, tuple(columns), tuple(rows))], {"flow": "expenditure"})

    def one_row(self) -> Sheet:
        """Expenditure by kind in a table of one row."""
        columns = self.kind_columns(everything)
        block = Block((), tuple(columns), (Row((), {}, everything),))
        return self.sheet("expenditure", [block], {"flow": "expenditure"})

    def basic_side_by_side(self) -> Sheet:
        """Basic expenditure as two blocks: personnel, and operating, each with its sum at the foot."""
        says: Says = {"flow": "expenditure", "fund": "general_public", "kind": "basic"}
        blocks = []
        for kind, name in (("basic.personnel", "人员经费"), ("basic.operating", "公用经费")):
            accepts = both(within("general_public"), of_kind(kind))
            codes = sorted({leaf.economic[:n] for leaf in self.figures.leaves if accepts(leaf) for n in (3, 5)})
            names = self.figures.economic_names
            rows = [
                Row((code, names[code]), {"economic": code, "kind": ("basic", kind)}, both(accepts, _of_economic(code)))
                for code in codes
            ]
            rows.append(Row(("", f"{name}合计"), {"kind": kind}, accepts, merged=True))
            head = self.amount_head()
            labels = ((name, "科目编码"), (name, "科目名称"))
            blocks.append(Block(labels, (Column((name, head), {}),), tuple(rows)))
        return self.sheet("basic", blocks, says)

    def by_section(self) -> Sheet:
        """Basic expenditure by function, its columns economic classes."""
        accepts = both(within("general_public"), of_kind("basic"))
        classes = sorted({leaf.economic[:3] for leaf in self.figures.leaves if accepts(leaf)})
        names = self.figures.economic_names
        columns = [Column((self.say("heads", "total"),), {})]
        columns += [Column((names[code],), {"economic": code}, _of_economic(code)) for code in classes]
        style = self.rng.choice(("code name", "levels"))
        rows = self.by_function(accepts, style)
        says: Says = {"flow": "expenditure", "fund": "general_public", "kind": "basic"}
        title = "一般公共预算基本支出表" if self.figures.phase == "budget" else "一般公共预算财政拨款基本支出决算表"
        return self.sheet(
            "basic_by_function", [Block(self.label_headers(style), tuple(columns), tuple(rows))], says, title
        )

    def balances(self, fund: str) -> Sheet:
        """Revenue and expenditure of a fund in the year, between its balances."""
        accepts = within(fund)
        closing = self.rng.randrange(1, 10**5) * 1_000_000
        rows = self.by_function(accepts, "code name")
        name = {"government_fund": "政府性基金预算财政拨款", "state_capital": "国有资本经营预算财政拨款"}[fund]
        own: Says = {"fund": fund}
        carried: Says = {"flow": "revenue", "fund": f"carryover.{fund}"}
        spent = self.figures.total(accepts)
        fixed = {"opening": closing, "received": spent, "closing": closing}
        columns = [
            Column(("年初结转和结余",), carried, only=fixed["opening"]),
            Column(("本年收入",), own | {"flow": "revenue"}, only=fixed["received"]),
            Column(("本年支出", "小计"), own | {"flow": "expenditure", "kind": ("", "current")}),
            Column(("本年支出", "基本支出"), own | {"flow": "expenditure", "kind": "basic"}, of_kind("basic")),
            Column(("本年支出", "项目支出"), own | {"flow": "expenditure", "kind": "project"}, of_kind("project")),
            Column(("年末结转和结余",), own | {"flow": "expenditure", "kind": "carry_forward"}, only=fixed["closing"]),
        ]
        block = Block((("科目编码",), ("科目名称",)), tuple(columns), tuple(rows))
        return self.sheet(fund, [block], {}, f"{name}收入支出决算表")

    def operation_facts(self) -> Sheet:
        """Amounts and counts of the operation of the agency in one list."""
        items = self.figures.items
        rows = [
            Row(("一、“三公”经费支出",), {"item": "three_public"}, fixed=items["three_public"]),
            Row(("1.因公出国（境）费",), {"item": "overseas"}, fixed=items["overseas"]),
            Row(("2.公务用车购置及运行维护费",), {"item": "vehicles"}, fixed=items["vehicles"]),
            Row(("3.公务接待费",), {"item": "reception"}, fixed=items["reception"]),
            *(Row((text,), {}, other="count") for text in words()["names"]["counts"]),
        ]
        columns = (Column((self.amount_head(),), {}),)
        title = "“三公”经费及相关信息统计表"
        return self.sheet("facts", [Block((("项目",),), columns, tuple(rows))], {"flow": "expenditure"}, title)

    def department(self) -> list[Sheet]:
        """The tables of a department or unit."""
        present = {leaf.fund for leaf in self.figures.leaves}
        # only a list of sources has a place for what is carried over to the year after
        revenue = self.stacked_revenue if self.figures.carry_forward else self.revenue
        revenue = self.rng.choice((revenue, revenue, revenue, self.stacked_revenue))
        if not self.figures.carry_forward and self.rng.random() < 0.15:
            revenue = self.transfers
        spent = self.rng.choice((self.expenditure, self.expenditure, self.expenditure, self.unit_rows, self.one_row))
        found = [self.summary(), revenue(), spent(), self.appropriation_summary()]
        found.append(self.one_fund("general_public"))
        found += [self.one_fund(f) for f in ("government_fund", "state_capital", "special_account") if f in present]
        if self.figures.phase == "final":
            found += [
                self.balances(f)
                for f in ("government_fund", "state_capital")
                if f in present and self.rng.random() < 0.4
            ]
        basic = self.rng.choice((self.basic, self.basic, self.basic_side_by_side, self.by_section))
        optional = [
            basic,
            self.three_public_years,
            self.operation_facts,
            self.project,
            self.three_public,
            self.agency_operation,
            self.procurement,
        ]
        found += [make() for make in optional if self.rng.random() < 0.8]
        carried = any(leaf.carried and leaf.project for leaf in self.figures.leaves)
        if carried and self.figures.phase == "budget":
            found.append(self.carryover())
        if self.rng.random() < 0.3:
            found = found[3:] + found[:3]
        return found

    def government(self) -> list[Sheet]:
        """The tables of a whole government."""
        return [self.government_revenue(), self.government_expenditure()]


def _enumerated(style: str, number: int) -> str:
    return {"一、": f"{numeral(number)}、", "（一）": f"（{numeral(number)}）", "1.": f"{number}."}.get(style, "")


def _of_function(code: str) -> Accepts:
    return lambda leaf: leaf.function.startswith(code)


def _of_economic(code: str) -> Accepts:
    return lambda leaf: leaf.economic.startswith(code)


def _of_kind_not(kind: str) -> Accepts:
    return lambda leaf: leaf.kind != kind


def _of_unit(unit: str) -> Accepts:
    return lambda leaf: leaf.unit == unit


def _of_project(project: str) -> Accepts:
    return lambda leaf: leaf.project == project
