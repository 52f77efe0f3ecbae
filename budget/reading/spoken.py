"""Where a text speaks of something: its headings first, then its sentences, never a word wherever it stands."""

from __future__ import annotations

from itertools import accumulate, groupby, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from budget.system.patterns import lazy_pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from budget.reading.disclosure import OpenDisclosure


class Line(NamedTuple):
    """A line of the text that holds anything, without blanks."""

    number: int
    page: int | None
    heading: str
    text: str


CONTENTS = "目录"
"""The heading that the loaders give to a contents page."""
SEPARATOR = " › "
"""Between the parts of a heading."""
_HEADINGS = {
    "duties": lazy_pattern("职责|职能"),
    "bodies": lazy_pattern("机构设置|(?:单位|部门)构成|机构情况|内设机构|所属单位|下属单位"),
    "operation": lazy_pattern("(?:机关|单位)运行经费"),
    "procurement": lazy_pattern("政府采购"),
    "assets": lazy_pattern("(?:国有|固定)资产(?:占有|占用|使用|配置|总体|总量|存量|基本)?.{0,6}(?:情况|说明|状况)"),
    "targets": lazy_pattern("绩效目标|预算绩效|绩效(?:管理|评价|自评|情况)"),
    "terms": lazy_pattern("名词解释|专业名词|专业术语|术语解释"),
}
"""What a heading says that is about a subject."""
_SENTENCES = _HEADINGS | {
    "bodies": lazy_pattern("机构设置|单位构成|机构情况|内设机构|所属单位|下属(?:预算)?单位"),
    "operation": lazy_pattern("机关运行经费"),
    "assets": lazy_pattern(
        r"国有资产(?:占有|占用)|(?:国有|固定|流动)资产(?:总额|总值|价值|合计|原值|净值)?[\d,.]+(?:万|亿)?元"
        r"|(?:共有|拥有|现有)(?:机动)?车辆\d"
    ),
    "targets": lazy_pattern("绩效目标|预算绩效"),
}
"""What a sentence says that is about a subject."""
_ANYWHERE = frozenset({"procurement", "terms"})
"""Of these any mention is taken: that they are missing is a finding."""
_DUTIES = lazy_pattern("职责|职能|机构设置|工作任务|名词解释|专业名词|术语")
_OVERVIEW = lazy_pattern("概况")
"""Parts that explain nothing of what is spent: duties, tasks, terms, and the part that holds them."""
_DEFINITION = lazy_pattern("[:：]指|是指")
_OPENING = frozenset({"duties", "bodies", "terms"})
"""What such parts are themselves."""
_LONGEST_HEADING = 40
"""Letters of a heading; a longer line goes on after it."""
_TABLE = lazy_pattern(r"表(?:[(（].{0,40}[)）])?$")

_FUNDS = {"government_fund": "政府性基金", "state_capital": "国有资本经营"}
_ANY_FUND = f"(?:{'|'.join(_FUNDS.values())})(?:预算|财政|拨款|收入|支出){{0,5}}"
_NONE = r"(?:没有|未)(?:安排|发生)|无安排|为零|为空|(?<!\d)0(?:\.0+)?(?:万|亿)?元"
_NOTHING = {
    fund: lazy_pattern(
        rf"(?:没有|无|未)(?:使用|安排|编制|发生|涉及)?(?:{_ANY_FUND}(?:和|、|及|以及|或|与|也无|也没有)){{0,4}}{word}"
        rf"|{word}(?:[^\d增减比较]|20\d\d年){{0,24}}?(?:{_NONE})"
    )
    for fund, word in _FUNDS.items()
}
"""What says within a clause that a fund has nothing."""
_NOTHING_HERE = lazy_pattern(
    r"(?:没有|无|未安排|未发生)(?:此|该|这|本|相关)(?:类|项|方面)?(?:预算|支出|收支|收入|项目|资金|经费|安排|内容)"
    r"|(?:此|该|本)表(?:为空|无数据)|^(?:支出|预算|收入)+(?:为|是)?0(?:\.0+)?(?:万|亿)?元"
)
"""The same below a heading that names the fund."""
_OF_OTHERS = lazy_pattern(
    "^如(?!下)|^若|应当?(?:公开|说明|填|注明)|的(?:部门|单位)|上级|转移支付|去年|上年(?!度?.{0,4}(?:一致|持平|相同))"
    "|^比|^较|结转|三公|出国|公务|购置|会议|培训|绩效"
)
"""Clauses of other years, of transfers, of single expenses, or of what others have to do."""
_OTHER_PARTS = lazy_pattern("目录|名词解释|专业名词|术语|绩效|项目")
_CLAUSE = lazy_pattern(r"[^。；;：:，,]+(?:[，,]\d{3}(?!\d)[^。；;：:，,]*)*")
_PAGE_NUMBER = lazy_pattern(r"[-—–\d]{1,7}")
_YEAR = lazy_pattern(r"20\d\d(?=年)")


def spoken_lines(own: OpenDisclosure) -> list[Line]:
    """The lines of a text that hold anything, in reading order."""
    return own.once("spoken lines", lambda: list(_lines(own)))


def _lines(own: OpenDisclosure) -> Iterator[Line]:
    rows = own.passages.sort("line").select("line", "page", "heading", "text").iter_rows()
    for line, page, heading, text in rows:
        if bare := "".join((text or "").split()):
            yield Line(line, page, heading or "", bare)


def spoken_of(subject: str, lines: Sequence[Line]) -> Line | None:
    """Where a text begins to speak of a subject; None where no heading or sentence does."""
    headed = (line for line in _headings(lines) if _HEADINGS[subject].search(_part(line)))
    said = [line for line in lines if _SENTENCES[subject].search(line.text)]
    found = next((line for line in headed if _may_explain(subject, line)), None)
    if found is None:
        apart = (line for line in said if not _OVERVIEW.search(line.heading) or subject in _OPENING)
        found = next((line for line in apart if _may_explain(subject, line)), None)
    return said[0] if found is None and said and subject in _ANYWHERE else found


def _headings(lines: Sequence[Line]) -> Iterator[Line]:
    """The first line of each heading; those of a contents page have nothing below them."""
    before = CONTENTS
    for line, following in zip_longest(lines, lines[1:]):
        below = following is not None and following.heading.startswith(line.heading)
        if line.heading not in {before, CONTENTS} and (below or len(line.text) > _LONGEST_HEADING):
            yield line
        before = line.heading


def _part(line: Line) -> str:
    return line.heading.rsplit(SEPARATOR, 1)[-1]


def _may_explain(subject: str, line: Line) -> bool:
    if subject != "targets" and _TABLE.search(_part(line)):  # a table of targets tells them
        return False
    return subject in _OPENING or not (_DUTIES.search(line.heading) or _DEFINITION.search(line.text))


def spoken_nothing(fund: str, lines: Sequence[Line], year: int | None = None) -> Line | None:
    """The line that says that a fund has nothing; None without one, and for other funds."""
    word = _FUNDS.get(fund)
    if word is None:
        return None
    for heading, section in groupby(lines, key=lambda line: line.heading):
        part = heading.rsplit(SEPARATOR, 1)[-1]
        if _OTHER_PARTS.search(part) and word not in part:
            continue
        kept = [line for line in section if not _PAGE_NUMBER.fullmatch(line.text)]
        only = word in part and not any(other in part for other in _FUNDS.values() if other != word)
        patterns = (_NOTHING[fund], _NOTHING_HERE) if only else (_NOTHING[fund],)
        # sentences go on in the next line, those of a table do not
        for texts in [[line] for line in kept] if _TABLE.search(part) else [kept]:
            if found := _clause(texts, patterns, year):
                return found
    return None


def _clause(lines: Sequence[Line], patterns: Sequence[re.Pattern[str]], year: int | None) -> Line | None:
    text = "".join(line.text for line in lines)
    for clause in _CLAUSE.finditer(text):
        years = set(map(int, _YEAR.findall(clause[0])))
        if _OF_OTHERS.search(clause[0]) or (years and year is not None and year not in years):
            continue
        if any(pattern.search(clause[0]) for pattern in patterns):
            ends = accumulate(len(line.text) for line in lines)
            return next(line for line, end in zip(lines, ends, strict=True) if clause.start() < end)
    return None
