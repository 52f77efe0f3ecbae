"""Names of bodies: when two printed names mean the same body, and what may be a body's name at all."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from budget.system.patterns import lazy_pattern

_PROVINCES = {
    **dict.fromkeys(("北京", "天津", "上海", "重庆"), "市"),
    **dict.fromkeys(("内蒙古", "广西", "西藏", "宁夏", "新疆"), "省"),
    **dict.fromkeys(
        (
            *("河北", "山西", "辽宁", "吉林", "黑龙江", "江苏", "浙江", "安徽", "福建", "江西", "山东", "河南"),
            *("湖北", "湖南", "广东", "海南", "四川", "贵州", "云南", "陕西", "甘肃", "青海"),
        ),
        "省",
    ),
}
"""Regions whose short name stands for them, with the level that it leaves out (an autonomous region counts as 省)."""

_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|"
    "达斡尔|仫佬|羌|撒拉|毛南|仡佬|锡伯|塔吉克|怒|鄂温克|裕固|鄂伦春|各"
)
_AUTONOMOUS = lazy_pattern(rf"^(.{{2,}}?)(?:(?:{_PEOPLES})族?){{1,9}}$")
_LETTER = r"(?:[^省市区县州盟旗镇乡]|[州镇乡盟](?=[省市区县])|镇(?=[江海宁原平安雄康巴坪赉])|乡(?=[城宁]))"
"""A letter of a place's name: 徐州市, 景德镇市 and 镇江市 hold what is a level elsewhere."""
_REGION = lazy_pattern(
    rf"(?P<name>{_LETTER}{{2,11}}?)"
    r"(?P<level>自治区|自治州|自治县|自治旗|民族乡|族乡|地区|新区|省|市(?!场|容|政[工管设公园道])|州(?!际)|盟|区(?!域)|县(?!域)|旗|镇(?![村市])|乡(?![村镇])|苏木|街道)"
    r"|(?P<short>[^省市区县州盟旗镇乡]县(?!域))"
)
_NO_PLACE = lazy_pattern(
    "^(?:社区|城市|乡村|城乡|城镇|州际|市场|市政|区域|县域|省直|市直|区直|县直|市级|省级|区级|县级)"
)
"""Words of an office that begin like a level of a region."""
_LEVELS = {"自治区": "省", "自治州": "州", "自治县": "县", "自治旗": "旗", "民族乡": "乡", "族乡": "乡"}
_GOVERNMENT = lazy_pattern(r"^人民政府(?=.)")
_OF_GOVERNMENT = lazy_pattern(r"^人民政府(?=国有资产|国资|法制|扶贫|侨务)")
"""Offices that some print behind the government that they belong to."""

_COUNCIL = lazy_pattern(r"^(?:中国人民政治协商会议|人民政协|政协)(.+?)委员会(?=(?:办公|机关|$))")
_PARTY = lazy_pattern(r"^(?:中国共产党|中共)(.+?[省市区县州盟旗镇乡])委(?:员会)?")
_YOUTH = lazy_pattern(r"^(?:中国共产主义青年团|共青团|团)(.+?[省市区县州盟旗镇乡])委(?:员会)?$")

_SHORT = (
    ("中国人民政治协商会议", "政协"),
    ("人民代表大会常务委员会", "人大常委会"),
    ("人民代表大会", "人大"),
    ("人民检察院", "检察院"),
    ("人民法院", "法院"),
    ("人民政府", "政府"),
    ("纪律检查委员会", "纪委"),
    ("监察委员会", "监委"),
    ("妇女联合会", "妇联"),
    ("残疾人联合会", "残联"),
    ("文学艺术界联合会", "文联"),
    ("社会科学界联合会", "社科联"),
    ("归国华侨联合会", "侨联"),
    ("工商业联合会", "工商联"),
    ("科学技术协会", "科协"),
    ("国有资产监督管理", "国资"),
    ("发展改革", "发改"),
    ("人力资源社会保障", "人社"),
    ("住房城乡建设", "住建"),
    ("民族宗教事务", "民宗"),
    ("经济信息化", "经信"),
    ("工业信息化", "工信"),
    ("市场监督管理", "市场监管"),
    ("文化旅游", "文旅"),
    ("科学技术", "科技"),
    ("医疗保障", "医保"),
    ("交通运输", "交通"),
    ("自然资源规划", "规划自然资源"),
    ("管理委员会", "管委会"),
    ("办公室", "办"),
    ("委员会", "委"),
)
"""Long words of offices and what people write for them; the long form is turned into the short one."""

_RENAMED = (
    (lazy_pattern(r"卫生计划生育(?=[局委])|卫生计生(?=[局委])|卫计(?=[局委])|卫健(?=[局委])"), "卫生健康"),
    (lazy_pattern(r"(?<!生态)环境保护(?=[局厅])|环保(?=[局厅])"), "生态环境"),
    (lazy_pattern(r"农业(?=[局厅]$)"), "农业农村"),
    (lazy_pattern(r"国土资源(?=[局厅]$)"), "自然资源"),
    (lazy_pattern(r"安全生产监督管理(?=局$)"), "应急管理"),
    (lazy_pattern(r"扶贫开发(?=办$)|扶贫(?=办$)"), "乡村振兴"),
)
"""Offices that carry on under another name since the reform of 2018; mergers of several offices are none."""
_ANDS = lazy_pattern('[和与及、()（）“”"]')
_CODE_OR_DASH = lazy_pattern(r"^\d{2,}(?=\D)|[-—]")
_BRACKETED_END = lazy_pattern(r"[(（\[【][^()（）]*[)）\]】]$")
_RURAL = lazy_pattern(r"乡村振兴办$")

_ENDS = lazy_pattern(
    r"(?:[局委办厅处院校所站队部室会团社馆园场库署学镇乡府区市县州盟旗省心台狱宫苑段联协级公关大木营坊]|"
    r"银行|公司|集团|基地|中学|街道|机关|病院|书记处|党校|政协)$"
)
_NO_NAME = lazy_pattern(
    r"[。，,；;：:、！？!?《》<>%=+|/\\]|\d{4}年|(?:^|[^第\d])\d+[.．]|第\d{2,}[.．]|本表|情况|支出|收入|预算(?!单位|绩效|编审|评审|编制中心)|决算|金额|万元|编码|科目|"
    r"合计|总计|小计|项目(?![^部]{0,60}(?:局|中心|办|部$))|名称|单位[:：]|以及|如下|根据|按照|关于|纳入|下达|"
    r"主要|负责|所属|下属|下级|各级|全[省市区县州镇乡](?!域)|共计|财政部$"
)
_NO_BEGINNING = lazy_pattern(
    r"^(?:编制|公布|公开|报送|批复|印发|制定|落实|推进|加强|组织|指导|通过|由|在|对|将|从|与|和|及|或|的|经|为|以|按|向|把|被|其|该|此|"
    r"本(?!溪)|我[省市区县州局院]|各(?!族)|年|月|度|第[一二三四五六七八九十]+部分|附件|附表|表[一二三四五六七八九十\d]|部门|预算单位|主管部门)"
)
_ONLY_A_KIND = frozenset(
    (
        *("政府", "人民政府", "机关", "本级", "区本级", "市本级", "县本级", "省本级", "镇本级", "委员会", "办公室"),
        *(
            "部",
            "部门",
            "单位",
            "地区",
            "本地区",
            "省级",
            "市级",
            "区级",
            "县级",
            "乡级",
            "中央",
            "地方",
            "省",
            "市",
            "区",
        ),
        *(
            "县",
            "财政部门",
            "社会",
            "大会",
            "会",
            "学",
            "所",
            "局",
            "有关部门",
            "事业单位",
            "行政单位",
            "预算单位",
            "工会",
        ),
        *("协会", "公司", "集团", "地方政府", "各地区", "上级政府", "下级政府", "本级政府", "同级政府"),
    )
)
_SHORTEST, _LONGEST = 2, 40


class _Name(NamedTuple):
    regions: tuple[tuple[str, str], ...]  # from the widest to the narrowest: (江苏, 省), (昌吉, 州)
    office: str


def may_be_name(text: str) -> bool:
    """True where the text may be the name of a body: 昌吉州医疗保障局, never 项目 or a sentence."""
    text = "".join(text.split())
    return bool(
        _SHORTEST <= len(text) <= _LONGEST
        and text not in _ONLY_A_KIND
        and _ENDS.search(_without_brackets(text))
        and not _NO_NAME.search(text)
        and not _NO_BEGINNING.match(text)
    )


def is_region(name: str) -> bool:
    """True for the name of a place alone: 上海市普陀区."""
    parsed = _parsed(name)
    return bool(parsed.regions) and not parsed.office


def office(name: str) -> str:
    """What a name says without its places: 医疗保障局; names that mean one body have the same."""
    return _parsed(name).office


def same_body(name: str, other: str) -> bool:
    """True where both names mean one body: 江苏省人民检察院 and 江苏省检察院.

    Abbreviations, the names of autonomous places, renamed offices and a region left out before another one are seen
    through.  In doubt False: a wrong pair is worse than none.
    """
    if not name or not other:
        return False
    if _plain(name) == _plain(other):
        return True
    own, theirs = _parsed(name), _parsed(other)
    if own.office != theirs.office or not own.regions or not theirs.regions:
        return False
    shorter, longer = sorted((own.regions, theirs.regions), key=len)
    return longer[len(longer) - len(shorter) :] == shorter or _subset(shorter, longer)


def _subset(shorter: tuple[tuple[str, str], ...], longer: tuple[tuple[str, str], ...]) -> bool:
    """True where the narrowest place is the same, and those around it stand in the same order."""
    if shorter[-1] != longer[-1]:
        return False
    rest = iter(longer)
    return all(region in rest for region in shorter)


def _plain(name: str) -> str:
    return _CODE_OR_DASH.sub("", "".join(unicodedata.normalize("NFKC", name).split()))


def _without_brackets(text: str) -> str:
    return _BRACKETED_END.sub("", text)


@lru_cache(maxsize=32768)
def _parsed(name: str) -> _Name:
    text = _plain(name)
    text = _COUNCIL.sub(r"\1政协", text, count=1)
    text = _PARTY.sub(r"\1党委", text, count=1)
    text = _YOUTH.sub(r"\1团委", text, count=1)
    regions: list[tuple[str, str]] = []
    while text:
        if regions and (match := _GOVERNMENT.match(text)) and _region_at(text[match.end() :]):
            text = text[match.end() :]  # 某区人民政府某街道办事处
        found = _region_at(text)
        if found is None:
            break
        region, length = found
        regions.append(region)
        text = text[length:]
    return _Name(tuple(regions), _office(_OF_GOVERNMENT.sub("", text)))


def _region_at(text: str) -> tuple[tuple[str, str], int] | None:
    if _NO_PLACE.match(text):
        return None
    short = next((name for name in _PROVINCES if text.startswith(name)), "")
    match = _REGION.match(text)
    if match and match["short"]:
        return (match["short"][:-1], "县"), match.end()
    if match:
        name, level = match["name"], match["level"]
        own = _AUTONOMOUS.match(name + ("族" if level == "族乡" else ""))
        if own or not short or len(name) == len(short):
            return (own[1] if own else name, _LEVELS.get(level, level)), match.end()
    if short and not re.match("[路街]", text[len(short) :]):
        printed = text.startswith(_PROVINCES[short], len(short))
        return (short, _PROVINCES[short]), len(short) + printed
    return None


def _office(text: str) -> str:
    text = _ANDS.sub("", text)
    if text.startswith("委") and not text.startswith("委员会"):
        text = "党" + text  # 市委组织部
    for long, short in _SHORT:
        text = text.replace(long, short)
    for pattern, now in _RENAMED:
        text = pattern.sub(now, text)
    return _RURAL.sub("乡村振兴局", text)
