"""Findings of documents as text, JSON, CSV or Markdown: a table a document, a summary of all of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from budget.checks.cache import checked, tally
from budget.checks.rule import Outcome, worded
from budget.checks.wording import (
    MEANINGS,
    OUTCOMES,
    SIGNAL,
    Sides,
    check_of,
    kind,
    ref_words,
    sentence,
    sides,
    title,
    where,
)
from budget.export import rows
from budget.export.rows import Rows, encodable, escaped, markdown_table, visible
from budget.i18n.language import N_, day, joined, tr
from budget.model.disclosure import MoneyUnit
from budget.model.money import unit_title
from budget.reading.choice import summary
from budget.reading.disclosure import opened
from budget.views.sources import PHASE_TITLES, body_and_year

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from budget.checks.rule import Finding, Ref
    from budget.library.frames import Frames
    from budget.reading.rows import Head

FORMATS = ("text", "json", "csv", "md")
"""The formats of a report."""
LISTED = (Outcome.DISCREPANCY, Outcome.HINT, Outcome.NOT_CHECKED, Outcome.ROUNDING)
"""Outcomes whose findings are listed for a reader; the others are counted."""
NOTHING_AGAINST = N_("无，跨年规则未核")
SUMMARY = N_("汇总")
SUMMARY_TITLES = (N_("资料"), N_("对照"), N_("已核对"), *OUTCOMES.values())
COLUMNS = {
    "document": N_("资料"),
    "source": N_("原文件"),
    "sha256": N_("SHA-256"),
    "baseline": N_("对照"),
    "outcome": N_("结果"),
    "topic": N_("主题"),
    "check": N_("规则号"),
    "title": N_("规则"),
    "formula": N_("内容"),
    "kind": N_("性质"),
    "message": N_("说明"),
    "left": N_("一处"),
    "right": N_("另一处"),
    "difference": N_("相差"),
    "tolerance": N_("允许相差"),
    "unit": N_("金额单位"),
    "places": N_("位置"),
}
"""Columns of the CSV: key -> head."""
_OPEN_HEADS = (COLUMNS["topic"], COLUMNS["title"], N_("缺少什么"), COLUMNS["places"])
_SMALL_HEADS = tuple(COLUMNS[key] for key in ("topic", "title", *Sides._fields, "places"))


class Report(NamedTuple):
    """What the checks found in one document."""

    head: Head
    baseline: Head | None
    unit: MoneyUnit
    """In which amounts are told."""
    findings: tuple[Finding, ...]

    @property
    def title(self) -> str:
        """Body and year, the edition left out."""
        return body_and_year(self.head)

    @property
    def against(self) -> str:
        """Body and year of the baseline; "" without one."""
        return body_and_year(self.baseline) if self.baseline else ""

    @property
    def discrepancies(self) -> int:
        """How many findings are discrepancies."""
        return len(self.of(Outcome.DISCREPANCY))

    def of(self, outcome: Outcome) -> list[Finding]:
        """The findings with this outcome."""
        return [finding for finding in self.findings if finding.outcome is outcome]

    def ref_text(self, ref: Ref) -> str:
        """One figure in words, with the year where it is the baseline's."""
        theirs = self.baseline is not None and ref.disclosure_id == self.baseline.disclosure_id
        return ref_words(ref, self.against if theirs else "")


def report_of(frames: Frames, disclosure: str, baseline: str = "") -> Report:
    """What the checks find, against a baseline where one is named."""
    own = opened(frames, disclosure)
    printed = own.printed.get(summary(own).statement)
    return Report(
        own.head,
        opened(frames, baseline).head if baseline else None,
        MoneyUnit(printed.money_unit) if printed else MoneyUnit.WAN,
        checked(frames, disclosure, baseline),
    )


def to_bytes(reports: Sequence[Report], extension: str, on: date) -> bytes:
    """The reports in one of `FORMATS`, UTF-8; `on` is the date of a Markdown report."""
    if extension == "csv":
        return rows.to_csv(table(reports), "utf-8-sig")
    if extension == "json":
        return rows.to_json(document(reports))
    if extension == "md":
        return rows.to_markdown(markdown(reports, on))
    return encodable("\n".join([*text(reports), tr(SIGNAL)]) + "\n").encode("utf-8")


def text(reports: Sequence[Report]) -> Iterator[str]:
    """For the terminal: what is listed of each document, with both sides and their places."""
    for report in reports:
        yield visible(_line(report, tr("{document}，对照 {baseline}") if report.against else "{document}"))
        for outcome in LISTED:
            for finding in report.of(outcome):
                yield visible(f"  {tr(OUTCOMES[outcome])}  {sentence(finding)}")
                if outcome in {Outcome.DISCREPANCY, Outcome.HINT}:
                    yield visible(f"        {_rule(finding)}")
                    yield from (visible(f"        · {report.ref_text(ref)}") for ref in finding.refs)
        yield ""


def markdown(reports: Sequence[Report], on: date) -> Iterator[str]:
    """A report fit to hand over: summary, a chapter a document with its sources, what the words mean."""
    dated = tr("{date}。{signal}。").format(date=day(on.isoformat()), signal=tr(SIGNAL))
    yield from ("# " + tr("预算公开勾稽核对报告"), "", dated, "", f"## {tr(SUMMARY)}", "")
    yield from _table(SUMMARY_TITLES, [_summary(report) for report in reports])
    for report in reports:
        yield from _chapter(report)
    yield from ("", "## " + tr("结果的意思"), "")
    about = tr("{0}：{1}")
    yield from ("- " + about.format(tr(OUTCOMES[outcome]), tr(meaning)) for outcome, meaning in MEANINGS.items())


def table(reports: Sequence[Report]) -> Rows:
    """One row a finding, those that are exact too, under `COLUMNS`."""
    found = [list(_row(report, finding).values()) for report in reports for finding in report.findings]
    numeric = frozenset(at for at, name in enumerate(COLUMNS) if name in Sides._fields)
    return Rows([tr(title) for title in COLUMNS.values()], found, numeric)


def document(reports: Sequence[Report]) -> dict[str, Any]:
    """All findings with their figures; amounts in whole fen."""
    documents = [
        {
            "document": _head(report.head),
            "baseline": _head(report.baseline) if report.baseline else None,
            "counts": {outcome.value: len(report.of(outcome)) for outcome in OUTCOMES},
            "findings": [_object(finding) for finding in report.findings],
        }
        for report in reports
    ]
    total = Counter(finding.outcome.value for report in reports for finding in report.findings)
    summary = {"documents": len(reports), **{outcome.value: total[outcome.value] for outcome in OUTCOMES}}
    return {"documents": documents, "summary": summary, "note": tr(SIGNAL)}


def _row(report: Report, finding: Finding) -> dict[str, str]:
    """The texts of a finding by the keys of `COLUMNS`."""
    check, said = check_of(finding), sides(finding, report.unit)
    row = {
        "document": report.title,
        "source": report.head.source_name,
        "sha256": report.head.sha256,
        "baseline": report.against,
        "outcome": tr(OUTCOMES[finding.outcome]),
        "topic": tr(check.topic),
        "check": check.id,
        "title": worded(check.title),
        "formula": worded(check.formula),
        "kind": kind(check),
        "message": finding.message,
        **{name: value.replace(",", "") for name, value in said._asdict().items()},
        "unit": unit_title(report.unit),
        "places": joined((report.ref_text(ref) for ref in finding.refs), "；"),
    }
    return {name: row[name] for name in COLUMNS}


def _head(head: Head) -> dict[str, Any]:
    return {
        "body": head.body,
        "fiscal_year": head.fiscal_year,
        "phase": head.phase,
        "edition": head.edition,
        "source": head.source_name,
        "sha256": head.sha256,
    }


def _object(finding: Finding) -> dict[str, Any]:
    check = check_of(finding)
    return {
        "check": check.id,
        "topic": tr(check.topic),
        "title": worded(check.title),
        "formula": worded(check.formula),
        "hard": check.hard,
        "across_years": check.baseline,
        **{name: value for name, value in finding._asdict().items() if name not in {"check", "refs"}},
        "figures": [ref._asdict() for ref in finding.refs],
    }


def _line(report: Report, document: str) -> str:
    """The report in one line; `document` is a template of what it is about."""
    what = document.format(document=report.title, baseline=report.against)
    said = tr("{document}（{source}）：{counts}")
    return said.format(document=what, source=report.head.source_name, counts=_counted(report))


def _counted(report: Report) -> str:
    parts = [tr("核对 {} 项").format(tally(report.findings).compared)]
    parts += [f"{tr(OUTCOMES[outcome])} {len(report.of(outcome))}" for outcome in (*LISTED, Outcome.EXACT)]
    return joined(parts, "，")


def _rule(finding: Finding) -> str:
    """The rule in words."""
    check = check_of(finding)
    said = tr("规则：{title}；{formula}（{kind}）")
    return said.format(title=worded(check.title), formula=worded(check.formula), kind=kind(check))


def _summary(report: Report) -> list[str]:
    counts = [str(len(report.of(outcome))) for outcome in OUTCOMES]
    return [report.title, report.against or tr("无"), str(tally(report.findings).compared), *counts]


def _chapter(report: Report) -> Iterator[str]:
    yield from ("", f"## {escaped(report.title)}", "")
    for name, head in ((tr("原文件"), report.head), (tr("对照"), report.baseline)):
        yield "- " + tr("{0}：{1}").format(name, escaped(_source(head) if head else tr(NOTHING_AGAINST)))
    yield "- " + tr("{counts}；金额单位{unit}").format(counts=_counted(report), unit=unit_title(report.unit))
    for outcome in LISTED:
        found = report.of(outcome)
        if not found and outcome is not Outcome.DISCREPANCY:
            continue
        yield from ("", f"### {tr(OUTCOMES[outcome])} {len(found)}", "")
        if outcome is Outcome.NOT_CHECKED:
            yield from _table(_OPEN_HEADS, [_open(report, finding) for finding in found])
        elif outcome is Outcome.ROUNDING:
            yield from _table(_SMALL_HEADS, [_small(report, finding) for finding in found])
        else:
            yield from (line for number, finding in enumerate(found, 1) for line in _item(report, number, finding))
    topics = Counter(check_of(finding).topic for finding in report.of(Outcome.EXACT))
    yield from ("", f"### {tr(OUTCOMES[Outcome.EXACT])} {topics.total()}", "")
    yield joined(f"{tr(topic)} {number}" for topic, number in topics.items()) or tr("无")


def _source(head: Head) -> str:
    return tr("{document} {phase}，{source}，SHA-256 {sha256}").format(
        document=body_and_year(head),
        phase=tr(PHASE_TITLES.get(head.phase, "")),
        source=head.source_name,
        sha256=head.sha256,
    )


def _item(report: Report, number: int, finding: Finding) -> Iterator[str]:
    """A finding that is to be looked at: what it says, the rule, every figure with its place."""
    yield f"{number}. **{escaped(sentence(finding))}**"
    yield f"   - {escaped(_rule(finding))}"
    yield from (f"   - {escaped(report.ref_text(ref))}" for ref in finding.refs)


def _open(report: Report, finding: Finding) -> list[str]:
    return [tr(check_of(finding).topic), title(finding), finding.message, _places(report, finding)]


def _small(report: Report, finding: Finding) -> list[str]:
    return [tr(check_of(finding).topic), title(finding), *sides(finding, report.unit), _places(report, finding)]


def _places(report: Report, finding: Finding) -> str:
    """The places of all figures, each once."""
    theirs = report.baseline.disclosure_id if report.baseline else ""
    years = [report.against if ref.disclosure_id == theirs else "" for ref in finding.refs]
    said = (f"{year} {where(ref)}".strip() for year, ref in zip(years, finding.refs, strict=True))
    return joined(dict.fromkeys(said))


def _table(heads: Sequence[str], found: list[list[str]]) -> Iterator[str]:
    return markdown_table(Rows([tr(title) for title in heads], found))
