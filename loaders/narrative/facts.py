"""Figures of the narrative: staffing, operating expenses, procurement, state assets, performance targets set."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from budget.i18n.language import N_, Message
from budget.model import money
from budget.model.disclosure import MoneyUnit, Notice, Severity
from budget.model.records import Fact
from budget.system.patterns import lazy_pattern
from loaders.narrative.prose import paragraphs, without_enumerator

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loaders.document import Document
    from loaders.narrative.prose import Paragraph


@dataclass(frozen=True, slots=True)
class Subject:
    """What a number is about, by the words around it.

    In `pattern` ◊ stands for the number: words before it, and the few behind it.
    """

    pattern: re.Pattern[str]
    count: str = ""
    """Key of a number of persons, things or square metres; "" leaves it out."""
    money: str = ""
    """Key of an amount of money about the same."""


class Topic(NamedTuple):
    """A group of figures and the paragraphs that they stand in."""

    name: str
    label: str
    heading: re.Pattern[str]
    """Of the section whose paragraphs are read."""
    text: re.Pattern[str]
    """Of a paragraph that is read under any heading."""
    needs: re.Pattern[str]
    """What a paragraph under the heading must hold."""
    subjects: tuple[Subject, ...]
    """The first that fits counts."""
    changes: bool = False
    """True where 增加 and 减少 state a change of the subject before."""


def _topic_subject(pattern: str, count: str = "", money: str = "") -> Subject:
    return Subject(lazy_pattern(pattern), count, money)


_VEHICLES = (
    (r"部[^◊，、]{0,12}领导(?:干部)?用车", "ministerial_vehicles"),
    ("主要(?:领导干部|负责人)用车", "chief_leader_vehicles"),
    ("机要通信用车", "confidential_communication_vehicles"),
    ("应急保障用车", "emergency_vehicles"),
    ("执法执勤用车", "enforcement_vehicles"),
    ("特种专业技术用车", "special_technical_vehicles"),
    ("离退休干部(?:服务)?用车", "retired_cadre_vehicles"),
    ("业务用车", "business_vehicles"),
    ("一般公务用车", "general_vehicles"),
    ("其他(?:用车|车辆|公务用车)", "other_vehicles"),
)

STAFFING = Topic(
    "staffing",
    N_("机构和人员"),
    heading=lazy_pattern("机构设置|人员(?:情况|构成|编制)|机构人员"),
    text=lazy_pattern(r"\A(?=.*(?<!预算)编制(?!外|范围)[^，。；]{0,12}\d)(?=.*(?:在职|实有|退休))"),
    needs=lazy_pattern(r"\d"),
    subjects=(
        _topic_subject(r"行政编制", "administrative_posts"),
        _topic_subject(r"事业编制", "institution_posts"),
        _topic_subject(r"工勤编制|机关工勤", "support_posts"),
        _topic_subject(r"(?<!预算)编制(?!外|范围)", "approved_posts"),
        _topic_subject(r"离休", "li_xiu"),
        _topic_subject(r"离退休", "retired_and_li_xiu"),
        _topic_subject(r"退休", "retired"),
        _topic_subject(r"在职|在编|在岗", "in_service"),
        _topic_subject(r"编外|聘用|派遣|临聘", "contract_staff"),
        _topic_subject(r"遗属", "dependants"),
        _topic_subject(r"实有", "actual"),
        _topic_subject(r"参公[^◊]{0,80}◊|参照公务员[^◊]{0,80}◊|◊[个家]参公", "civil_service_managed_units"),
        _topic_subject(r"行政单位◊|◊[个家]行政单位|机关◊家", "administrative_units"),
        _topic_subject(r"事业单位◊|◊[个家]事业单位", "public_institutions"),
        _topic_subject(
            r"◊[个家][^，。；]{0,3}(?:预算|下属|所属|二级|基层)[^，。；]{0,4}单位|下属[^◊]{0,80}单位◊",
            "subordinate_units",
        ),
        _topic_subject(
            r"◊个[^，。；]{0,4}(?:处室|科室|股室|部门|机构|处|科|室)|(?:处室|科室|内设机构)◊", "departments"
        ),
    ),
    changes=True,
)

PROCUREMENT = Topic(
    "procurement",
    N_("政府采购"),
    heading=lazy_pattern("政府采购"),
    text=lazy_pattern(r"政府采购(?:货物|工程|服务)|预留政府采购"),
    needs=lazy_pattern(r"采购|企业|\d"),
    subjects=(
        _topic_subject(r"小微企业|小型(?:和|、|及)?微型|小、微", money="micro"),
        _topic_subject(r"中小企业|中、小", money="sme"),
        _topic_subject(r"货物", money="goods"),
        _topic_subject(r"工程", money="works"),
        _topic_subject(r"服务", money="services"),
        _topic_subject(r"采购", money="total"),
    ),
)

ASSETS = Topic(
    "assets",
    N_("国有资产"),
    heading=lazy_pattern("国有资产|资产占[有用]"),
    text=lazy_pattern(r"占[有用]使用国有资产|共有车辆◊?\d|安排购置车辆|万元[^，。；]{0,6}以上[^，。；]{0,6}设备"),
    needs=lazy_pattern(r"\d|未安排"),
    subjects=(
        *(_topic_subject(pattern, key, f"{key}_value") for pattern, key in _VEHICLES),
        _topic_subject(
            r"(?<!\d)50万元[^◊]{0,80}(?:以上|设备)", "large_equipment_over_50", "large_equipment_over_50_value"
        ),
        _topic_subject(
            r"(?<!\d)100万元[^◊]{0,80}(?:以上|设备)", "large_equipment_over_100", "large_equipment_over_100_value"
        ),
        _topic_subject(
            r"(?<!\d)200万元[^◊]{0,80}(?:以上|设备)", "large_equipment_over_200", "large_equipment_over_200_value"
        ),
        _topic_subject(r"房屋|用房|建筑物", "house_area_m2", "house_value"),
        _topic_subject(r"土地", "land_area_m2", "land_value"),
        _topic_subject(r"车辆|公务用车", "vehicles", "vehicle_value"),
        _topic_subject(r"家具", "furniture", "furniture_value"),
        _topic_subject(r"其他(?:固定|国有)?资产", "other_assets", "other_value"),
        _topic_subject(r"(?:资产|固定资产)[^◊]{0,4}(?:总额|总计|合计|总值|共计)", "", "total_value"),
        _topic_subject(r"无形资产", "", "intangible_value"),
        _topic_subject(r"设备", "equipment", "equipment_value"),
    ),
)

OPERATING = Topic(
    "operating_expenses",
    N_("机关运行经费"),
    heading=lazy_pattern("(?:机关|单位)运行经费"),
    text=lazy_pattern(r"(?:机关|单位)运行经费[^，。；]{0,30}?\d[\d,.]*[万亿]?元"),
    needs=lazy_pattern(r"\A(?=.*运行经费)(?=.*\d)"),
    subjects=(
        _topic_subject(r"参公[^◊]{0,80}◊|◊[个家]参公", "civil_service_managed_units"),
        _topic_subject(r"◊[个家](?:行政)?机关|◊[个家]行政单位", "administrative_units"),
        _topic_subject(r"◊[个家]事业单位", "public_institutions"),
        _topic_subject(r"运行经费", money="amount"),
    ),
    changes=True,
)

PERFORMANCE = Topic(
    "performance_summary",
    N_("预算绩效"),
    heading=lazy_pattern("绩效"),
    text=lazy_pattern(r"\A(?=.*绩效目标)(?=.*涉及)(?=.*\d)"),
    needs=lazy_pattern(r"\A(?=.*\d)(?=.*(?:涉及|绩效目标))"),
    subjects=(
        _topic_subject(r"预算单位◊|◊[个家]预算单位", "units"),
        _topic_subject(r"整体[^◊]{0,80}目标", "overall_goals", "overall_amount"),
        _topic_subject(
            r"转移支付[^◊]{0,80}项目|◊个[，,]?[均全]?部?[为是属][^，。；]{0,8}转移支付",
            "upper_transfer_projects",
            "upper_transfer_amount",
        ),
        _topic_subject(r"非财政拨款[^◊]{0,80}项目", "non_fiscal_projects", "non_fiscal_amount"),
        _topic_subject(r"财政拨款[^◊]{0,80}项目", "fiscal_projects", "fiscal_amount"),
        _topic_subject(
            r"项目[^◊]{0,4}◊个|◊个[^，。；]{0,8}项目|(?<!涉及)(?<!涉及预算)项目(?:支出|预算|总)*(?:资金|金额)[^◊]{0,3}◊",
            "projects_total",
            "projects_amount",
        ),
    ),
)

TOPICS = (STAFFING, OPERATING, PROCUREMENT, ASSETS, PERFORMANCE)
"""In the order in which a paragraph is tried under any heading."""


_QUANTITY = lazy_pattern(
    r"(?<![\d.A-Za-z〔\[])(?P<number>\d[\d,]{0,20}(?:[.．]{1,2}\d{1,6})?)"
    r"(?P<unit>[亿万千]?元|人|名|辆|台[（(/]?套?[)）]?|平方米|㎡|m²|[个家项套件份]|[%％])?"
)
_NO_QUANTITY = lazy_pattern(r"年|月|日|号|季|届|次|[-－—]\d|（含）以上|\(含\)以上|及?以上")
_ENUMERATOR = lazy_pattern(r"(?<=[；;。：:，])\d{1,2}[、.．](?!\d)")
_SEPARATOR = lazy_pattern(r"[，,；;。：:、](?!\d{3}\D)")
_REASON = lazy_pattern(r"[，,。；;（(]?(?:主要)?(?:变动|增减|增长|下降|增加|减少)?的?(?:主要)?原因|主要是(?:由于|因)?")
_CHANGE = lazy_pattern(
    r"(?:(?P<both>(?:增加|增长)[/／（(](?:减少|下降)[)）]?)|(?P<one>增加|增长|减少|下降|降低|压减))了?◊"
)
_GOES_ON = lazy_pattern(r"[^◊]{0,12}(?:价值|[原净]值|金额|资金|预算|面积|合计|共计?|[为计])◊|其?中?[:：]?◊")
"""Words before a number that is about the subject of the one before it."""
_LEVEL = lazy_pattern(r"(?:与|同|较|比)[^，。；]{0,12}(?:上年|去年|\d{4}年)[^，。；]{0,12}(持平|一致|无变化)")
_DOWN = frozenset({"减少", "下降", "降低", "压减"})
_AS_OF = lazy_pattern(r"截[至止](?:到)?(\d{4}年(?:\d{1,2}月(?:\d{1,2}日|底|末)?|底|末|年末)?)")
_PLANNED = lazy_pattern(r"(?:安排|计划|拟)[^，。；]{0,4}购置")
_NOT_PLANNED = lazy_pattern(r"(未安排|没有安排|无)[^，。；\d]{0,6}购置(?:公务)?(?:车辆|用车)")
_MAY_STATE = lazy_pattern("编制|运行经费|采购|资产|车辆|设备|绩效目标")
"""One of these is in every paragraph that is read under any heading: most need no closer look."""
_TABLES = lazy_pattern(r"绩效目标(?:申报)?表$")
_AROUND = 80
"""Characters before a number that may say what it is about."""
_BEHIND = lazy_pattern(r"[，,]?[均全]?部?[为是属][^，。；]{0,8}转移支付|[^，,；;。：:、]{0,14}")
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
    stated: set[tuple[str, str, str]] = set()  # a document states many figures more than once
    for topic, paragraph in _relevant(paragraphs(document) if prose is None else prose):
        found, left = _facts(topic, paragraph)
        facts += [fact for fact in found if (fact.topic, fact.key, fact.value) not in stated]
        stated |= {(fact.topic, fact.key, fact.value) for fact in found}
        if left:
            text = N_("{}一段有数字没有归类：{}。")
            notices.append(
                Notice.of(Severity.UNCERTAIN, text, Message.of(topic.label), Message.listed(left), line=paragraph.line)
            )
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
        facts += _fact_of_words(topic, paragraph, "as_of", _AS_OF) + _fact_of_words(
            topic, paragraph, "planned_vehicles", _NOT_PLANNED
        )
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
        down = change and topic is not OPERATING and change["one"] in _DOWN and _is_nonzero(quantity)
        value = f"-{quantity.number}" if down else quantity.number
        facts.append(_fact(topic, key, value, quantity.unit, paragraph, quantity.offset))
    if topic is OPERATING and not any(fact.key == "direction" for fact in facts):
        facts += _fact_of_words(topic, paragraph, "direction", _LEVEL)
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


def _is_nonzero(quantity: _Quantity) -> bool:
    """True for a number that is not 0."""
    return quantity.number.strip("0.,") != ""


def _key(topic: Topic, subject: Subject | None, quantity: _Quantity, change: re.Match[str] | None) -> str:
    """The key of a figure, "" where it is none of the known ones."""
    if subject is None or (change and change["both"] and _is_nonzero(quantity)):
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


def _fact_of_words(topic: Topic, paragraph: Paragraph, key: str, pattern: re.Pattern[str]) -> list[Fact]:
    found = pattern.search(paragraph.text)
    return [_fact(topic, key, found[1], "", paragraph, found.start())] if found else []


def _fact(topic: Topic, key: str, value: str, unit: str, paragraph: Paragraph, offset: int) -> Fact:
    place = paragraph.place(offset)
    amount = money.parse(value, MoneyUnit(unit)) if unit.endswith("元") else None
    return Fact(
        topic.name, key, value, amount.fen if amount else None, amount.half_unit if amount else 0, unit,
        place.line, place.page,
    )  # fmt: skip
