"""Figures that stand in no table: staffing, operating expenses, procurement, state assets, performance targets set."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from budget.i18n.language import N_, listed, words
from budget.model import money
from budget.model.disclosure import MoneyUnit, Notice, Severity
from budget.model.records import Fact
from loaders.narrative.facts_topics import ASSETS, OPERATING, PERFORMANCE, PROCUREMENT, TOPICS, Subject, Topic
from loaders.narrative.prose import paragraphs, without_enumerator

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loaders.document import Document
    from loaders.narrative.prose import Paragraph

_QUANTITY = re.compile(
    r"(?<![\d.A-Za-z〔\[])(?P<number>\d[\d,]{0,20}(?:[.．]{1,2}\d{1,6})?)"
    r"(?P<unit>[亿万千]?元|人|名|辆|台[（(/]?套?[)）]?|平方米|㎡|m²|[个家项套件份]|[%％])?"
)
_NO_QUANTITY = re.compile(r"年|月|日|号|季|届|次|[-－—]\d|（含）以上|\(含\)以上|及?以上")
_ENUMERATOR = re.compile(r"(?<=[；;。：:，])\d{1,2}[、.．](?!\d)")
_SEPARATOR = re.compile(r"[，,；;。：:、](?!\d{3}\D)")
_REASON = re.compile(r"[，,。；;（(]?(?:主要)?(?:变动|增减|增长|下降|增加|减少)?的?(?:主要)?原因|主要是(?:由于|因)?")
_CHANGE = re.compile(
    r"(?:(?P<both>(?:增加|增长)[/／（(](?:减少|下降)[)）]?)|(?P<one>增加|增长|减少|下降|降低|压减))了?◊"
)
_GOES_ON = re.compile(r"[^◊]{0,12}(?:价值|[原净]值|金额|资金|预算|面积|合计|共计?|[为计])◊|其?中?[:：]?◊")
"""Words before a number that is about the subject of the one before it."""
_LEVEL = re.compile(r"(?:与|同|较|比)[^，。；]{0,12}(?:上年|去年|\d{4}年)[^，。；]{0,12}(持平|一致|无变化)")
_DOWN = frozenset({"减少", "下降", "降低", "压减"})
_AS_OF = re.compile(r"截[至止](?:到)?(\d{4}年(?:\d{1,2}月(?:\d{1,2}日|底|末)?|底|末|年末)?)")
_PLANNED = re.compile(r"(?:安排|计划|拟)[^，。；]{0,4}购置")
_NOT_PLANNED = re.compile(r"(未安排|没有安排|无)[^，。；\d]{0,6}购置(?:公务)?(?:车辆|用车)")
_MAY_STATE = re.compile("编制|运行经费|采购|资产|车辆|设备|绩效目标")
"""One of these is in every paragraph that is read under any heading: most need no closer look."""
_TABLES = re.compile(r"绩效目标(?:申报)?表$")
_AROUND = 80
"""Characters before a number that may say what it is about."""
_BEHIND = re.compile(r"[，,]?[均全]?部?[为是属][^，。；]{0,8}转移支付|[^，,；;。：:、]{0,14}")
"""The words behind a number that say what it counts (4个处室)."""
_LONGEST = 4000
"""Characters of a paragraph; what is longer is no statement of a few figures."""


class _Quantity(NamedTuple):
    offset: int  # in the paragraph
    number: str
    unit: str
    context: str  # the words before it since the last mark, ◊, the words behind it
    sentence: str  # its sentence up to it


def read(document: Document, prose: Sequence[Paragraph] | None = None) -> tuple[list[Fact], list[Notice]]:
    """The figures by topic in the order of the document; `prose` are its paragraphs where they are at hand.

    Numbers of such a paragraph that are none of the known figures are named in a notice.
    """
    facts: list[Fact] = []
    notices: list[Notice] = []
    seen: set[tuple[str, str, str]] = set()
    for topic, paragraph in _relevant(paragraphs(document) if prose is None else prose):
        found, left = _facts(topic, paragraph)
        facts += [fact for fact in found if (fact.topic, fact.key, fact.value) not in seen]
        seen |= {(fact.topic, fact.key, fact.value) for fact in found}
        if left:
            text = N_("{}一段有数字没有归类：{}。")
            notices.append(Notice.of(Severity.UNCERTAIN, text, words(topic.label), listed(left), line=paragraph.line))
    return facts, notices


def _relevant(prose: Sequence[Paragraph]) -> Iterator[tuple[Topic, Paragraph]]:
    """The paragraphs with such figures, each with its topic; the tables of targets are none."""
    heading, under, tables = ("", "", ""), None, False
    for paragraph in prose:
        if paragraph.heading != heading:
            heading, tables = paragraph.heading, False
            # The innermost title says what a section is about.
            title = next((part for part in reversed(heading) if part), "")
            under = next((topic for topic in TOPICS if topic.heading.search(title)), None)
        text = paragraph.text
        tables = tables or (under is PERFORMANCE and len(text) < 30 and bool(_TABLES.search(text)))  # noqa: PLR2004 - a title
        if tables or paragraph.level or len(text) > _LONGEST or not re.search(r"\d|未安排", text):
            continue
        if under and under.needs.search(text):
            yield under, paragraph
        elif _MAY_STATE.search(text):
            reason = _REASON.search(text)
            stated = text[: reason.start()] if reason else text
            topic = next((topic for topic in TOPICS if topic.text.search(stated)), None)
            if topic:
                yield topic, paragraph


def _facts(topic: Topic, paragraph: Paragraph) -> tuple[list[Fact], list[str]]:
    """The figures of one paragraph, and the numbers that are none of them."""
    text = paragraph.text
    reason = _REASON.search(text) if topic.changes else None
    end = reason.start() if reason else len(text)
    facts: list[Fact] = []
    left: list[str] = []
    last: Subject | None = None
    if topic is ASSETS:
        facts += _words(topic, paragraph, "as_of", _AS_OF) + _words(topic, paragraph, "planned_vehicles", _NOT_PLANNED)
    for quantity in _quantities(text, len(text) - len(without_enumerator(text)), end):
        change = _CHANGE.search(quantity.context) if topic.changes else None
        of_last = change or quantity.unit == "%"  # a change of it, its share
        subject = last if of_last else _subject(topic, quantity) or (last if _GOES_ON.match(quantity.context) else None)
        key = _key(topic, subject, quantity, change)
        if not key:
            left.append(quantity.number + quantity.unit)
            continue
        last = subject
        if topic is OPERATING and change and change["one"] and quantity.unit != "%":
            facts.append(_fact(topic, "direction", change["one"], "", paragraph, quantity.offset))
        down = change and topic is not OPERATING and change["one"] in _DOWN and _counts(quantity)
        value = f"-{quantity.number}" if down else quantity.number
        facts.append(_fact(topic, key, value, quantity.unit, paragraph, quantity.offset))
    if topic is OPERATING and not any(fact.key == "direction" for fact in facts):
        facts += _words(topic, paragraph, "direction", _LEVEL)
    return facts, left


def _quantities(text: str, start: int, end: int) -> Iterator[_Quantity]:
    """The numbers of a text with what they are about; years, dates, thresholds and enumerators are none."""
    begin = start  # of the words that may say what the next number is about
    for found in _QUANTITY.finditer(text, start, end):
        if _NO_QUANTITY.match(text, found.end()) or _ENUMERATOR.match(text, found.start()):
            continue
        first = max(begin, found.start() - _AROUND)
        mark = max((place.end() for place in _SEPARATOR.finditer(text, first, found.start())), default=first)
        sentence = text[max(text.rfind("。", 0, found.start()) + 1, found.start() - 10 * _AROUND) : found.start()]
        unit = (found["unit"] or "").replace("％", "%")
        behind = _BEHIND.match(text, found.end())
        context = f"{text[mark : found.start()]}◊{unit}{behind.group() if behind else ''}"
        yield _Quantity(found.start(), found["number"], unit, context, sentence)
        begin = found.end()


def _subject(topic: Topic, quantity: _Quantity) -> Subject | None:
    """The subject that the words around a number name, of those that are counted in its unit."""
    paid = quantity.unit.endswith("元")
    return next(
        (
            subject
            for subject in topic.subjects
            if (subject.money if paid else subject.count) and subject.pattern.search(quantity.context)
        ),
        None,
    )


def _counts(quantity: _Quantity) -> bool:
    """True for a number that is not 0."""
    return quantity.number.strip("0.,") != ""


def _key(topic: Topic, subject: Subject | None, quantity: _Quantity, change: re.Match[str] | None) -> str:
    """The key of a figure, "" where it is none of the known ones."""
    if subject is None or (change and change["both"] and _counts(quantity)):
        return ""  # 增加/减少 of a form that was not filled in
    paid = quantity.unit.endswith("元")
    if quantity.unit == "%":
        if topic is PROCUREMENT:
            return f"{subject.money}_share"
        return "percent" if topic is OPERATING and change else ""
    key = subject.money if paid else subject.count
    if not key:
        return ""
    if change:
        return "delta" if topic is OPERATING else f"{key}_change"
    planned = topic is ASSETS and _PLANNED.search(quantity.sentence)
    return f"planned_{key.replace('large_equipment', 'large')}" if planned else key


def _words(topic: Topic, paragraph: Paragraph, key: str, pattern: re.Pattern[str]) -> list[Fact]:
    found = pattern.search(paragraph.text)
    return [_fact(topic, key, found[1], "", paragraph, found.start())] if found else []


def _fact(topic: Topic, key: str, value: str, unit: str, paragraph: Paragraph, offset: int) -> Fact:
    place = paragraph.place(offset)
    amount = money.parse(value, MoneyUnit(unit)) if unit.endswith("元") else None
    return Fact(
        topic.name, key, value, amount.fen if amount else None, amount.half_unit if amount else 0, unit,
        place.line, place.page,
    )  # fmt: skip
