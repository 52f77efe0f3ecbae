"""Who published what: body, aliases, fiscal year, phase and edition."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from budget.model.bodies import is_region, may_be_name, same_body
from budget.model.disclosure import Edition, Phase
from budget.system.patterns import lazy_pattern
from loaders.words.tokens import compact, normal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_YEAR = lazy_pattern(r"(?<!\d)(20\d{2})年(?:度)?(?!底|末|初|以来|\d{1,2}月)")
_ANOTHER_YEAR = lazy_pattern(r"(?:比|较|与|同|至|自|从|截止|上年|上年度|\d年?[-—~和及、至])$")
"""Before a year: it is one that the document's own year is compared with, or the end of a span."""
_CHINESE_YEAR = lazy_pattern(r"二[〇○零0OＯo◯]([〇○零0OＯo◯一二三四五六七八九])([〇○零0OＯo◯一二三四五六七八九])(?=年)")
_CHINESE_DIGITS = {**dict.fromkeys("〇○零0OＯo◯", "0"), **dict(zip("一二三四五六七八九", "123456789", strict=True))}

_MAKER = lazy_pattern(
    r"(?:编制|填报|公开)(部门|单位)(?:[(（](?:单位|部门|盖章|公章)[)）])*(?:名称)?(?:[(（](?:盖章|公章)[)）])?(?::|\t)"
    r"|(?:^|\t)(部门)(?:[(（]单位[)）])?(?:名称)?(?:[(（](?:盖章|公章)[)）])?:"
)
_UNIT = lazy_pattern(r"(?:预算单位|(?:^|\t)单位)(?:名称)?(?:[(（](?:盖章|公章)[)）])?:")
_SUPERIOR = lazy_pattern(r"主管(?:部门|单位)(?:名称)?(?:[(（](?:盖章|公章)[)）])?:")
_VALUE = lazy_pattern(
    r"\t*([^\t:]{2,40}?)(?=\t|$|[(（]?(?:金额|计量|货币)?单位[:(（]|预算年度|年度:|(?:编制|填报|报送)?日期|制表|负责人|20\d\d年)"
)
_CODE = lazy_pattern(r"^[\[(（【]?\d{2}[A-Z\d]*[\])）】]?[-—_]*(?=\D)")
_REMARK = lazy_pattern(r"[(（][^()（）]*(?:表|稿|案|版|章|公开|部门|单位|汇总)[)）]$")
_SEAL = lazy_pattern(r"^[(（](?:盖章|公章|签章)[)）]:?")
_NOT_SAID = lazy_pattern(r"[。，,；;：:%《》\d]|支出|收入|预算|决算|金额|万元|项目|名称|编码|科目|合计|总计|小计")

_CONCEPT = lazy_pattern(
    r"财政(?:拨款|专户|预|决|收|资金)|一般公共|政府性基金|国有资[本产]|[“\"]?三公|部门|单位|预算|决算|收支|收入|支出|地方政府|"
    r"政府(?:采购|购买)|机关运行|行政经费|财务收|结转|债务|概况|[省市区县州镇乡]本?级(?!机关|人民|法院)"
)
"""Words with which what follows a body's name begins in a title."""
_NUMBER = lazy_pattern(
    r"^(?:第[一二三四五六七八九十]+部分|附?表[\d一二三四五六七八九十]{1,3}(?:-\d+)?(?!般)|附件[\d一二三四五六七八九十]*|公开\d+表|"
    r"[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|[(（]?\d{1,2}[)）、.．](?!\d)|[#*·•《-])+[:、.]?"
)
_BEHIND = lazy_pattern(r"[(（][^()（）]*(?:[)）][)）》.…·\d]*)?$|(?<![.…·])[.…·]{2,}\d*$|》$")
_FUNDS = lazy_pattern(
    r"(?:一般公共|政府性基金|国有资本经营)预算|预算单位|(?:部门|政府)(?:预算)?(?:支出)?经济|全年预算|预算(?=绩效|执行|数)"
)
"""Words with 预算, 部门 or 单位 in them that say nothing of phase and edition."""
_BOTH = lazy_pattern("预决算|决预算|预、决算")
_RULES = lazy_pattern("通知|办法|意见|规定|通报|法》|文件")
_TARGETS = lazy_pattern("绩效(?:目标|自评|评价(?:报告|结果|表|情况))")
_PUBLISHED = lazy_pattern("报告|草案|公开|说明|相关表")
_GOVERNMENT = lazy_pattern(
    r"全[省市区县州镇乡旗](?:一般|财政|政府|国有|社会|“|三公)|[省市区县州镇乡]本?级(?!部门|单位|机关|人民|法院|预算单位)|地方政府.{0,60}债|"
    r"财政(?:预算|决算|总决算)|预算执行|预算(?:\(草案\)|（草案）|草案)|平衡表|(?:预算|基金)(?:收入|支出|收支)执行情况"
)
_BODY_ALONE = lazy_pattern(r"(?:部门|(?<!预算)单位)(?=[预决]算|收|支|财|一般|整体|概况)")
_OWN_LEVEL = lazy_pattern(r"(?<=[省市区县州盟旗镇乡])[省市区县州盟旗镇乡]?本?级$")
_OF_A_REGION = lazy_pattern(r"(?:人民政府|财政[局厅所])$")
_EDITION = lazy_pattern(r"(部门|单位)(?=[预决]算|财务|收|支|财政|一般|整体|概况|情况)")
_UNIT_EDITION = lazy_pattern(r"预算单位(?=财务|收|支|财政|一般)")
_CAPTION_YEAR = lazy_pattern(r"(?:预算|会计|所属)?年度:(20\d{2})")
_YEAR_ALONE = lazy_pattern(r"^[(（]?(20\d{2})年度?[)）]?$")
_COLUMN_YEAR = lazy_pattern(r"(20\d{2})年(?:度)?(?:年初|本年|当年)?(预算|决算)数?")
_COVER_LINES, _COVER_JOINED, _LONGEST_TITLE, _LONGEST_LINE = 25, 4, 70, 200
_COVER_ENDS = lazy_pattern(r"^(?:目录|第[一二三四五六七八九十]部分)|[。；]")


class Identity(NamedTuple):
    """The identity of a disclosure as far as the document tells."""

    body: str
    aliases: tuple[str, ...]
    fiscal_year: int | None
    phase: Phase
    edition: Edition
    title: str


class _Cover(NamedTuple):
    """The document's own heading: its text, and the name of the body in it."""

    text: str = ""
    name: str = ""


def identify(lines: Sequence[str], titles: Iterable[str] = (), units: Iterable[str] = ()) -> Identity:
    """Identify the publisher by captions and titles, then headings, then prose.

    `lines` is the whole text, cells parted by tabs or bars; `titles` are the printed titles of the tables that were
    found, `units` the names of units that their rows list.
    """
    texts, cover, headings, makers = _read(tuple(lines))
    printed = [title for title in dict.fromkeys(map(_plain, titles)) if title]
    printed += [text for text in headings if _is_title(text) and text not in printed]
    government = _of_government([cover.text, *printed], texts)
    body = _body(texts, cover, printed, headings, makers)
    if government:
        body = _OF_A_REGION.sub("", body) or body
    phase = _phase(texts, cover.text, printed, headings)
    edition = Edition.UNKNOWN if government else _edition(texts, cover.text, printed, headings, phase)
    others = dict.fromkeys(name for name in (*makers, *units) if name != body and same_body(name, body))
    return Identity(body, tuple(others), _year(texts, cover.text, printed, headings), phase, edition, cover.text)


class _Text(NamedTuple):
    """What a text says of its publisher, whatever its tables are called."""

    lines: list[str]
    cover: _Cover
    headings: list[str]
    makers: list[str]


@lru_cache(maxsize=1)
def _read(lines: tuple[str, ...]) -> _Text:
    """Read a text once: it is asked before its tables are read, and again with what they say."""
    texts = [_plain(line) for line in lines if line.strip()]
    headings = [text for text in texts if _is_heading(text)]
    return _Text(texts, _cover(texts), headings, [name for text in texts for name, _ in _captions(text, _MAKER)])


@lru_cache(maxsize=4096)
def _plain(line: str) -> str:
    """A line without blanks, its cells parted by tabs; brackets stay as printed, because they belong to names."""
    cells = (compact(cell) for cell in line[:_LONGEST_LINE].replace("|", "\t").split("\t"))
    text = "\t".join(cells).strip("\t").translate(_WIDE)
    if "二" in text:
        text = _CHINESE_YEAR.sub(lambda match: "20" + _CHINESE_DIGITS[match[1]] + _CHINESE_DIGITS[match[2]], text)
    return text


_WIDE = str.maketrans("０１２３４５６７８９：", "0123456789:")


def _is_heading(text: str) -> bool:
    return len(text) <= _LONGEST_TITLE and "\t" not in text and not any(mark in text for mark in "。；，,;")


def _is_title(text: str) -> bool:
    bare = _BEHIND.sub("", text)
    return bare.endswith("表") and _CONCEPT.search(bare) is not None


# The document's own heading


def _cover(texts: Sequence[str]) -> _Cover:
    """The first lines that together name a year, or a body, and a budget or final accounts."""
    top = []
    for text in texts[:_COVER_LINES]:
        if _COVER_ENDS.search(text):
            break
        if not re.fullmatch(r"[-—\d\s]+|[\d年月日]+", text):  # page numbers and dates
            top.append(text)
    found: list[_Cover] = []
    for start in range(len(top)):
        for count in range(1, _COVER_JOINED + 1):
            window = top[start : start + count]
            text = "".join(window)
            if len(window) < count or len(text) > _LONGEST_TITLE or "\t" in text or re.search("[，,；]", text):
                break
            if _is_cover(text):
                found.append(_Cover(text, _name_in(text)))
                break
    if not found:
        return _Cover()
    named = [cover for cover in found if cover.name]
    if not named:
        return found[0]
    first = named[0]
    whole = any(first.name in text for text in texts)  # a name that was put together of two lines may be none
    shorter = next((cover for cover in named if first.name.endswith(cover.name) and cover.name != first.name), None)
    return first if whole or shorter is None else shorter


def _is_cover(text: str) -> bool:
    text = _NUMBER.sub("", text)
    said = re.search("预决?算|决算", _FUNDS.sub("", text) if "三公" not in text else text)
    if not said or _RULES.search(text):
        return False
    return bool(_YEAR.search(text) or re.search(r"(?:部门|单位)(?:预|决)+算", text)) and not _NUMBER.match(text)


# Body


def _body(
    texts: Sequence[str], cover: _Cover, titles: Sequence[str], headings: Sequence[str], makers: Sequence[str]
) -> str:
    def votes(names: Iterable[str]) -> str:
        counted = Counter(name for name in names if name)
        return counted.most_common(1)[0][0] if counted else ""

    return (
        votes(makers)
        or ("" if is_region(cover.name) else cover.name)
        or votes(name for text in texts for name, _ in _captions(text, _UNIT))
        or cover.name
        or votes(map(_name_in, titles))
        or votes(_name_in(text) for text in headings if _YEAR.search(text) or re.search("概况|关于", text))
        or _alone(texts)
        or votes(name for text in texts for name, _ in _captions(text, _SUPERIOR))
        or votes(_sentence_name(text) for text in texts)
    )


def _captions(text: str, label: re.Pattern[str]) -> tuple[tuple[str, str], ...]:
    """The names behind this label on a line, each with the word of its label: 部门 or 单位."""
    return _labelled(text, label) if "部门" in text or "单位" in text else ()


@lru_cache(maxsize=4096)
def _labelled(text: str, label: re.Pattern[str]) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for match in label.finditer(text):
        value = _VALUE.match(text, match.end())
        if not value:
            continue
        name = _CODE.sub("", _SEAL.sub("", value[1]))
        while (bare := _REMARK.sub("", name)) != name:
            name = bare
        labelled = match[0].endswith(":")
        if may_be_name(name) or (labelled and label is _MAKER and len(name) > 2 and not _NOT_SAID.search(name)):  # noqa: PLR2004
            found.append((name, next((group for group in match.groups() if group), "")))
    return tuple(found)


@lru_cache(maxsize=4096)
def _name_in(text: str) -> str:
    """The body's name in a title or heading, before or behind its year; "" where it names none."""
    if _RULES.search(text) or _TARGETS.search(text):
        return ""
    text = _NUMBER.sub("", text)
    year = _YEAR.search(text)
    before, behind = (text[: year.start()], text[year.end() :]) if year else (text, "")
    parts = before.split("关于")
    tried = [parts[-1]] if len(parts) > 1 else [before]
    tried += [behind]
    if len(parts) > 1 and _PUBLISHED.search(text):
        tried.append(parts[0])
    return next((name for name in map(_before_concept, tried) if name), "")


def _before_concept(text: str) -> str:
    """The longest name before a word of the table's title; a name may hold such a word: 政府采购中心."""
    ends = [len(text), *(match.start() for match in _CONCEPT.finditer(text))]
    for end in sorted(set(ends), reverse=True):
        name = text[:end]
        while (bare := _REMARK.sub("", name)) != name:
            name = bare
        name = _OWN_LEVEL.sub("", _CODE.sub("", name).strip("-—_·的"))
        if may_be_name(name):
            return name
    return ""


def _alone(texts: Sequence[str]) -> str:
    """A name that stands on a line of its own at the top, or beside the caption of a table."""
    near = [
        *texts[:_COVER_LINES],
        *(a if _is_unit_line(b) else b for a, b in pairwise(texts) if _is_unit_line(a) != _is_unit_line(b)),
    ]
    return next((name for text in near if may_be_name(name := _CODE.sub("", text)) and len(name) > 2), "")  # noqa: PLR2004


def _is_unit_line(text: str) -> bool:
    return re.search(r"单位:(?:人民币)?[亿万千百]?元|年度:20\d\d", text) is not None


@lru_cache(maxsize=4096)
def _sentence_name(text: str) -> str:
    """The name with which a sentence begins that goes on with a year."""
    match = re.match(r"^(?:附件:?)?([^\t，。；：:,;]{3,40}?)20\d{2}年", text)
    return match[1] if match and may_be_name(match[1]) else ""


def _of_government(titles: Sequence[str], texts: Sequence[str]) -> bool:
    """True for the budget of a region, not of one department: it has no edition."""
    if any(_captions(text, _MAKER) for text in texts):
        return False
    said = [_UNIT_EDITION.sub("", text) for text in titles]
    return any(map(_GOVERNMENT.search, said)) and not any(map(_BODY_ALONE.search, said))


# Year, phase, edition


def _year(texts: Sequence[str], cover: str, titles: Sequence[str], headings: Sequence[str]) -> int | None:
    """The year voted for: by the own heading, captions and titles; else headings; else column heads; else prose."""
    tiers: tuple[Callable[[], tuple[int, ...]], ...] = (
        lambda: (
            *_said(cover) * 10,
            *_caption_years(texts, frozenset(titles)) * 3,
            *(year for text in titles for year in _said(text)),
        ),
        lambda: tuple(year for text in headings if re.search("[预决]算|概况", text) for year in _said(text)),
        lambda: tuple(
            int(head[1]) for text in texts for cell in text.split("\t") if (head := _COLUMN_YEAR.fullmatch(cell))
        ),
        lambda: tuple(year for text in texts if "年" in text and "算" in text for year in _years(text)),
    )
    for tier in tiers:
        if votes := Counter(tier()):
            return max(votes, key=lambda year: (votes[year], year))
    return None


def _caption_years(texts: Sequence[str], titles: frozenset[str]) -> tuple[int, ...]:
    years: list[int] = []
    for at, text in enumerate(texts):
        if len(text) > _LONGEST_TITLE:
            continue
        if match := _CAPTION_YEAR.search(text):
            years.append(int(match[1]))
        elif match := _YEAR_ALONE.match(text):
            # on the cover or below a title or caption: elsewhere a piece of a name may stand on a line of its own
            above = texts[at - 1]
            if at < _COVER_LINES or above in titles or _is_unit_line(above) or _captions(above, _MAKER):
                years.append(int(match[1]))
        elif _captions(text, _MAKER):
            years += _said(text)
    return tuple(years)


def _said(text: str) -> tuple[int, ...]:
    """The year of a title; a title of two years says neither."""
    named = {int(match[1]) for match in _YEAR.finditer(text)}
    return tuple(set(_years(text))) if len(named) == 1 else ()


@lru_cache(maxsize=4096)
def _years(text: str) -> tuple[int, ...]:
    """The years in a text that are not there to be compared with."""
    return tuple(int(match[1]) for match in _YEAR.finditer(text) if not _ANOTHER_YEAR.search(text[: match.start()]))


def _phase(texts: Sequence[str], cover: str, titles: Sequence[str], headings: Sequence[str]) -> Phase:
    for said in (titles, [cover], [text for text in headings if _YEAR.search(text)]):
        votes = Counter(filter(None, map(_phase_of, said)))
        if votes[Phase.FINAL_ACCOUNTS] != votes[Phase.BUDGET]:
            return Phase.FINAL_ACCOUNTS if votes[Phase.FINAL_ACCOUNTS] > votes[Phase.BUDGET] else Phase.BUDGET
    cells = {cell for text in texts for cell in text.split("\t")}
    final = any(re.fullmatch(r"(?:20\d\d年(?:度)?|本年)?决算数", cell) for cell in cells)
    return Phase.FINAL_ACCOUNTS if final and not any("预算数" in cell for cell in cells) else Phase.BUDGET


@lru_cache(maxsize=4096)
def _phase_of(text: str) -> Phase | None:
    plain = _FUNDS.sub("", normal(text))
    if _BOTH.search(plain):
        return Phase.FINAL_ACCOUNTS if plain.endswith("表") else None
    final, budget = "决算" in plain, "预算" in plain
    if final and budget and not plain.endswith("表"):
        return None
    return Phase.FINAL_ACCOUNTS if final else Phase.BUDGET if budget else None


def _edition(texts: Sequence[str], cover: str, titles: Sequence[str], headings: Sequence[str], phase: Phase) -> Edition:
    for said in ([cover], titles, headings):
        votes = Counter(filter(None, map(_edition_of, said)))
        if votes[Edition.DEPARTMENT] != votes[Edition.UNIT]:
            return Edition.DEPARTMENT if votes[Edition.DEPARTMENT] > votes[Edition.UNIT] else Edition.UNIT
    words = Counter(word for text in texts for _, word in _captions(text, _MAKER))
    if words["部门"] > words["单位"]:
        return Edition.DEPARTMENT
    # final accounts of departments print 编制单位 as well
    return Edition.UNIT if words["单位"] and phase is Phase.BUDGET else Edition.UNKNOWN


@lru_cache(maxsize=4096)
def _edition_of(text: str) -> Edition | None:
    if _UNIT_EDITION.search(text):
        return Edition.UNIT
    words = set(_EDITION.findall(_FUNDS.sub("", re.sub("(?:部门|政府)预?算?支?出?经济", "", text))))
    if len(words) != 1:
        return None
    return Edition.DEPARTMENT if words == {"部门"} else Edition.UNIT
