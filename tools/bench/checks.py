"""Checks of the tables: what they find where all adds up, how many changed figures they catch, how long they take.

A document whose tables add up shows no discrepancy; of 100 documents with one printed figure changed beyond rounding
(drawn evenly from those that stand in a sum or in two tables, fixed seed) all show one that names that figure; all
checks of a document take 120 ms.  Run as
`python -m tools.bench.checks [changes a document]`; with YUSUAN_SHARED the originals are measured too.

The time is that of all topics, those of the tables and those of what is said beside them.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from budget.checks import findings
from budget.checks.rule import Outcome
from budget.library.frames import frames
from loaders.load import document as document_of
from loaders.load import load
from sample_data import paths
from tests.support.mutating import TABLES, caught, discrepancies, found, mutants, read, text
from tools.documents.files.layout import Layout
from tools.documents.files.render import write
from tools.documents.files.sheet import GridLayout
from tools.documents.known_forms import eleven
from tools.documents.known_forms.budget_gen import Shape, grow
from tools.documents.known_forms.forms import FORMS, draw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loaders.document import Document

BUDGET_MS = 120.0
RUNS = 15
CHANGES = 100
CAUGHT = 100
RANDOM = 60
SEED = 20261122


def documents() -> Iterator[tuple[str, Document]]:
    """Sample texts, ruled samples, written texts without blanks, and originals.

    The originals are left out where there are none.
    """
    shared = os.environ.get("YUSUAN_SHARED")
    originals = sorted((Path(shared) / "disclosures").glob("*-20??*.*")) if shared else []
    for path in (*paths(), *originals):
        name = f"{path.parent.name}/{path.name}"
        yield name, document_of(path.read_bytes(), path.name)
        if path.suffix == ".txt":
            yield f"{name} 有框线", eleven.from_disclosure(load(path), GridLayout(), eleven.Style()).document
    for seed in (3, 5, 8):
        sources = ("general_public_budget", "own_funds", "appropriation_carryover")
        shape = Shape(seed=seed, items=9, sources=sources)
        yield f"随机文本 {seed} 空格丢失", text(write(grow(shape), Layout(cells="lost", zeros="blank")).data)


def verdict(*, good: bool) -> str:
    """达到 or 未达到."""
    return "达到" if good else "未达到"


def clean(name: str, document: Document) -> bool:
    """What checks find in an unchanged document, and their time."""
    own = frames([read(document)])
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        findings(own)
        times.append((time.perf_counter() - start) * 1_000)
    took, usual = min(times), statistics.median(times)  # other programs only make it slower
    of_tables = [finding for finding in findings(own) if finding.check in TABLES]
    outcomes = Counter(finding.outcome for finding in of_tables)
    unchecked = Counter(finding.check for finding in of_tables if finding.outcome is Outcome.NOT_CHECKED)
    counts = "，".join(f"{outcome.value} {outcomes[outcome]}" for outcome in Outcome)
    good = took <= BUDGET_MS and not outcomes[Outcome.DISCREPANCY]
    print(f"{name}：最快 {took:.1f} ms，中位数 {usual:.1f} ms（预算 {BUDGET_MS:.0f}），{counts} {verdict(good=good)}")
    if unchecked:
        print(f"  未核对：{dict(unchecked)}")
    for finding in discrepancies(of_tables):
        print(f"  {finding.check} {finding.message} {[ref.label for ref in finding.refs]}")
    return good


def changed(name: str, document: Document, count: int) -> bool:
    """How many of the changed figures a hard check catches; the misses."""
    rng = Random(SEED)  # noqa: S311 - no secret: the same figures in every run
    missed = [mutant for mutant in mutants(document, rng, count) if not caught(mutant)]
    good = (count - len(missed)) * 100 >= CAUGHT * count
    print(f"{name}：改动 {count} 个数，发现 {count - len(missed)}（每百个至少 {CAUGHT}）{verdict(good=good)}")
    for mutant in missed:
        cell = mutant.cell
        print(f"  漏 {cell.statement} 第{cell.row_no}行 {cell.measure} {cell.printed} → {mutant.became}")
    return good


def random_documents() -> bool:
    """Random documents of every form: none shows a discrepancy."""
    shown = 0
    for seed in range(RANDOM):
        for form in FORMS:
            for finding in discrepancies(found(read(draw(form, SEED + seed, 8).made().document))):
                shown += 1
                print(f"  {form} {SEED + seed} {finding.check} {finding.message}")
    print(f"随机文件 {RANDOM * len(FORMS)} 份：不符 {shown} {verdict(good=not shown)}")
    return not shown


def main() -> int:
    """Measure all documents; 1 where a budget is missed."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else CHANGES
    found_ = [(name, document) for name, document in documents() if read(document).cells]
    results = [clean(name, document) for name, document in found_]
    results += [changed(name, document, count) for name, document in found_]
    results.append(random_documents())
    return 0 if all(results) else 1


if __name__ == "__main__":
    raise SystemExit(main())
