"""Places of personal names, telephone numbers and mail addresses in a text."""

from __future__ import annotations

import re

from budget.system.patterns import lazy_pattern

MARK = "〔略〕"
"""What stands in the place of a name or number."""

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_HAN_RANGES = (("\u3400", "\u4dbf"), ("\u4e00", "\u9fff"), ("\U00020000", "\U0003ffff"))
_DOT = "·•・‧∙"
_BLANK = " \t\u3000\u00a0"
_GAP = r"\s{0,4}"
"""Blanks and line ends that may stand between the characters of a label."""

_PERSONS = [
    "联系人", "联络人", "联络员", "负责人", "经办人", "经手人", "填报人", "填表人", "填写人", "编报人", "编制人",
    "制表人", "报送人", "录入人", "审核人", "复核人", "审批人", "签发人", "责任人", "法定代表人", "法人代表",
    "财务主管", "会计主管",
]  # fmt: skip
_PHONES = [
    "联系电话", "办公电话", "咨询电话", "移动电话", "固定电话", "联系方式", "手机号码", "电话号码", "手机", "电话",
    "传真", "座机",
]  # fmt: skip
_PHONE_WORDS = "|".join(_GAP.join(word) for word in _PHONES)
_SUFFIX = (
    rf"(?:{_GAP}(?:姓名|签[字章名]|盖章|[（(][^（）()\n]{{0,10}}[)）]|[及和与、/]{_GAP}(?:联系)?(?:电话|手机|方式)(?:号码)?))"
    r"{0,3}"
)
_LABEL = lazy_pattern(
    rf"(?P<person>{'|'.join(_GAP.join(word) for word in _PERSONS)})(?P<staff>员?)"
    r"(?![才事口大民工身力群数类均次士物们文体家])"
    rf"(?P<suffix>{_SUFFIX})|(?P<phone>{_PHONE_WORDS})(?![费会网机卡亭])"
)
LABEL_ONLY = lazy_pattern(
    rf"\s*[{_HAN}\s]{{0,10}}?(?:(?:{'|'.join(_GAP.join(word) for word in _PERSONS)}){_SUFFIX}|姓{_GAP}名|"
    rf"(?:{_PHONE_WORDS})(?:号码)?)\s*(?:[:：]\s*)?"
)
"""A cell that holds nothing but a label."""

_NO_NAME = lazy_pattern(
    "联系|联络|电话|手机|传真|方式|邮|项目|部门|单位|预算|资金|金额|日期|时间|填[报表]|审[核批]|负责|责任|经办|签[字章名署]|盖章|公章|"
    "职[务称责]|任[职期免务]|备注|科室|地址|年度|目标|指标|绩效|名[称单册]|序号|说明|合计|小计|情况|编[制码]|性质|类[型别]|分类|财[务政]|"
    "主管|领导|意见|是否|属性|期限|周期|依据|总[额体]|起止|开始|完成|结束|姓名|身份|人员|数量|制度|措施|计划|立项|背景|级次|等级|概[况述]|"
    "主要|具体|其[他中]|用途|标准|来源|组织|实施|管理|应当|必须|根据|按照|以及|进行|包[括含]|方[可能案]|许可|待定|各科|牵头|同志|先生|"
    "女士|担任|带队|参加|出席|主持|分管|统筹|协调|落实|[万亿千]元|费"
)
"""What never is part of a name: the next label, the words of a sentence."""
_OFFICE = lazy_pattern(r"(?:[科处局室股部厅委院校所站队]|中心|小组)$")
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾萧肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施牛樊葛邢安齐易乔伍庞颜倪庄聂"
    "章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解"
    "牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄"
    "丛仲虞敖巩明佘池查麻苑迟邝楚"
)
_DOUBTFUL = frozenset("于和应时全成管解单向关明项司师安")
"""Surnames that also begin words of a sentence."""
_COMPOUND = ("欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯")
_SOUNDS = frozenset(
    "阿依古丽娜热孜汗努尔买提江迪里木拉吐逊艾合麦斯坎别克波拉提巴哈加那斯叶海沙达吾肯布什都赛帕提图玛米力亚森孙库肉孜苏甫哎尼扎"
    "柯赞别坦乌珠恰特贝塔娅莎祖菲耶比卡伊敏色日其其格道尔吉才让旺扎西多杰次仁卓嘎央金格桑德吉罗布洛桑"
)
"""Characters that names of other languages are written with."""
_LONGEST_SOUNDED = 12

_RUN = lazy_pattern(rf"[{_HAN}]{{1,14}}(?:[{_DOT}.][{_HAN}]{{1,10}}){{0,3}}")
_LONGEST_PAD = 6
"""Blanks between the two characters of a name that is set to the width of three."""
_COLON = lazy_pattern(rf"[{_BLANK}]{{0,30}}[:：][{_BLANK}]{{0,40}}")
_BLANKS = lazy_pattern(rf"[{_BLANK}]{{1,40}}")
_NEXT_LINE = lazy_pattern(rf"[{_BLANK}]{{0,40}}[:：]?[{_BLANK}]{{0,40}}(?:\n[{_BLANK}]{{0,40}}){{1,3}}")
_MORE = lazy_pattern(rf"[{_BLANK}]{{0,3}}[、，,/；;和][{_BLANK}]{{0,3}}|[{_BLANK}]{{1,3}}")
_PHONE_GAP = lazy_pattern(rf"(?:{_GAP}号码)?[\s:：]{{0,40}}")
_BEFORE_NUMBER = lazy_pattern(rf"[{_BLANK}（(，,、:：\n]{{0,6}}")

_NOT_AMOUNT = rf"(?![\d.,，%]|[-－—]\d|[{_BLANK}]{{0,3}}[元万亿千百])"
_START = r"(?<![\d.,A-Za-z])"
_MOBILE = r"(?:\+?86[- ]?)?1[3-9]\d(?:[-－ ]?\d{4}){2}"
_LANDLINE = r"(?:0\d{2,3}\s?[-－—]\s?|[（(]0\d{2,3}[)）]\s?)\d{7,8}(?:\s?[-－—转]\s?\d{1,5})?"
_FAR = rf"{_MOBILE}|{_LANDLINE}|[48]00-?\d{{3,4}}-?\d{{3,4}}"
_LONG_NUMBER = lazy_pattern(rf"{_START}(?:{_FAR}){_NOT_AMOUNT}")
"""A telephone number that is told by itself."""
_NUMBER = lazy_pattern(rf"{_START}(?:{_FAR}|0\d{{9,11}}|[1-9]\d{{6,7}}){_NOT_AMOUNT}")
"""A telephone number behind its label; a local one might be an amount elsewhere."""
_BROKEN = lazy_pattern(rf"{_START}(?:1[3-9]|0\d{{2,3}}[-－—]?)(?:\s{{0,3}}\d){{7,9}}{_NOT_AMOUNT}")
"""The same, broken over lines."""
_BARE = lazy_pattern(
    rf"(?<![\d.,A-Za-z－—-])(?:1[3-9]\d[-－]\d{{4}}[-－]\d{{4}}|{_LANDLINE}|1[3-9]\d{{9}}){_NOT_AMOUNT}"
)
"""Numbers that need no label, the last one only behind a name."""
_NAMED = lazy_pattern(rf"(?:(?<![{_HAN}])|(?<=咨询)|(?<=联系)|(?<=致电))([{_HAN}]{{2,4}})\s?[（(：:，,]\s?$")
"""A name before such a number; set apart by blanks only, it may be a row of a table."""
_MAIL_HEAD = lazy_pattern(r"(?<![A-Za-z0-9._+-])[A-Za-z0-9._+-]++$")
_MAIL_TAIL = lazy_pattern(r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}")

TRIGGER = lazy_pattern(r"[人员表管话机真方名@]|\d{3}[-－—)）\s]{0,2}\d{4}")
"""Without any of these a text holds neither label nor number: most cells need no closer look."""

Span = tuple[int, int]


def spans(text: str) -> list[Span]:
    """Places of names, numbers and mail addresses; in order, without overlap."""
    found: list[Span] = []
    if not TRIGGER.search(text):
        return found
    for label in _LABEL.finditer(text):
        found += _phones(text, label) if label["phone"] else _people(text, label)
    found += _unlabelled(text)
    return _merged(found)


def label_kind(text: str) -> str:
    """The kind of data that a label asks for: person, phone, or both."""
    label = _LABEL.search(text)
    if label is None or label["person"]:
        return "both" if re.search("电话|方式|手机", text) else "person"
    return "phone"


def is_person_value(text: str) -> bool:
    """True for a cell that may hold names; numbers may stand beside them."""
    rest = _NUMBER.sub("", text).strip()
    return 1 < len(rest) <= 60 and not re.search(r"\d", rest) and not _NO_NAME.search(rest) and bool(_RUN.search(rest))  # noqa: PLR2004 - a few names at most


def is_names(text: str) -> bool:
    """True for a cell that holds only what is written like names."""
    found = _names(text.strip(), 0, sure=False)
    return bool(found) and found[-1][1] == len(text.strip())


def is_phone_value(text: str) -> bool:
    """True for a cell that holds telephone numbers or a mail address."""
    digits = sum(character.isdigit() for character in text)
    return "@" in text or (bool(re.fullmatch(r"[\d\s－—转/、;；()（）+-]{7,80}", text)) and digits >= 7)  # noqa: PLR2004 - digits of a local number


def _people(text: str, label: re.Match[str]) -> list[Span]:
    end = label.end()
    colon = _COLON.match(text, end)
    if colon:
        found = _names(text, colon.end(), sure=True)
        if found and re.search("电话|手机|方式", label["suffix"]):
            found += _numbers(text, _after(text, found[-1][1]), _NUMBER)
        return found or _on_next_line(text, label)
    if label["staff"]:
        return []
    blanks = _BLANKS.match(text, end)
    form = _stands_alone(text, label.start())
    if blanks and blanks.end() < len(text) and text[blanks.end()] != "\n":
        if not _spaced_sentence(label.group(), blanks.group()):
            return _names(text, blanks.end(), sure=form)
        return []
    if end >= len(text) or blanks or text[end] == "\n":
        return _on_next_line(text, label) if form else []
    return _names(text, end + text.startswith(("为", "是"), end), sure=False)


def _spaced_sentence(label: str, gap: str) -> bool:
    """True where blanks stand between all characters of a line: the one behind the label is no sign of a name."""
    return bool(re.search(f"[{_BLANK}]", label)) and len(gap) < 2 and "\t" not in gap  # noqa: PLR2004


def _stands_alone(text: str, start: int) -> bool:
    """True where a label begins a cell or line, with a few characters before it at most (项目负责人)."""
    first = start
    while first and start - first <= 6 and _is_han(text[first - 1]):  # noqa: PLR2004 - 单位分管财务
        first -= 1
    return first == 0 or text[first - 1].isspace() or text[first - 1] in "〕)）:：|"


def _on_next_line(text: str, label: re.Match[str]) -> list[Span]:
    gap = _NEXT_LINE.match(text, label.end())
    if gap is None:
        return []
    found = _names(text, gap.end(), sure=False)
    line_end = text.find("\n", gap.end())
    alone = found and not text[found[-1][1] : line_end if line_end >= 0 else len(text)].strip(_BLANK)
    following = found and text[found[-1][1] : found[-1][1] + 1]
    return found if alone or (following and following in _BLANK) else []


def _names(text: str, start: int, *, sure: bool) -> list[Span]:
    """The names that begin here, with the number behind them; `sure` where a form asks for one."""
    found: list[Span] = []
    while (end := _name(text, start, sure=sure and not found)) > start:
        found.append((start, end))
        number = _LONG_NUMBER.match(text, _after(text, end))
        if number:
            found.append(number.span())
            end = number.end()
        more = _MORE.match(text, end)
        if more is None:
            break
        start = more.end()
    return found


def _after(text: str, end: int) -> int:
    gap = _BEFORE_NUMBER.match(text, end)
    return gap.end() if gap else end


def _name(text: str, start: int, *, sure: bool) -> int:
    """Where the name that begins here ends, `start` where none does."""
    padded = _padded(text, start)
    if padded and (text[start] in _SURNAMES or sure) and not _NO_NAME.search(text[start] + text[padded - 1]):
        return padded
    run = _RUN.match(text, start)
    if run is None:
        return start
    name = run.group()
    stop = _NO_NAME.search(name)
    if stop:
        name = name[: stop.start()]
    plausible = sure and not stop and 2 <= len(name) <= 4 and not _OFFICE.search(name)  # noqa: PLR2004 - characters of a name
    return start + len(name) if plausible or _like_a_name(name) else start


def _padded(text: str, start: int) -> int:
    """Where a name of two characters with blanks between them ends; 0 where none begins."""
    last = start + 1
    while last - start <= _LONGEST_PAD and text[last : last + 1] in tuple(_BLANK):
        last += 1
    apart = last > start + 1 and _is_han(text[start : start + 1]) and _is_han(text[last : last + 1])
    return last + 1 if apart and not _is_han(text[last + 1 : last + 2]) else 0


def _is_han(character: str) -> bool:
    """Whether a character ("" is none) is Chinese, as in the patterns."""
    return any(first <= character <= last for first, last in _HAN_RANGES)


def _like_a_name(name: str) -> bool:
    parts = re.split(f"[{_DOT}.]", name)
    if len(parts) > 1:
        return "." not in name or set("".join(parts)) <= _SOUNDS
    if 2 <= len(name) <= 3 and name[0] in _SURNAMES and name[0] not in _DOUBTFUL:  # noqa: PLR2004 - surname and given name
        return not _OFFICE.search(name)
    if len(name) in {3, 4} and name.startswith(_COMPOUND):
        return True
    return 3 <= len(name) <= _LONGEST_SOUNDED and set(name) <= _SOUNDS  # noqa: PLR2004


def _phones(text: str, label: re.Match[str]) -> list[Span]:
    gap = _PHONE_GAP.match(text, label.end())
    place = gap.end() if gap else label.end()
    sure = len(re.sub(r"\s", "", label.group())) > 2 or (gap and re.search("[:：]", gap.group()))  # noqa: PLR2004 - 电话 alone may name an expense
    return _numbers(text, place, _NUMBER if sure else _LONG_NUMBER)


def _numbers(text: str, place: int, kind: re.Pattern[str]) -> list[Span]:
    """The numbers that stand here, one behind the other."""
    found: list[Span] = []
    while number := (kind.match(text, place) or _BROKEN.match(text, place)):
        found.append(number.span())
        more = _MORE.match(text, number.end())
        if more is None:
            break
        place = more.end()
    return found


def _unlabelled(text: str) -> list[Span]:
    found: list[Span] = []
    for number in _BARE.finditer(text):
        if not number.group().isdigit():
            found.append(number.span())
            continue
        named = _NAMED.search(text[max(0, number.start() - 9) : number.start()])
        if named and _like_a_name(named[1]) and not _NO_NAME.search(named[1]):
            first = max(0, number.start() - 9) + named.start(1)
            found += [(first, first + len(named[1])), number.span()]
    at = text.find("@")
    while at >= 0:
        head, tail = _MAIL_HEAD.search(text, max(0, at - 64), at), _MAIL_TAIL.match(text, at + 1)
        if head and tail:
            found.append((head.start(), tail.end()))
        at = text.find("@", at + 1)
    return found


def _merged(found: list[Span]) -> list[Span]:
    result: list[Span] = []
    for first, last in sorted(found):
        if result and first < result[-1][1]:
            result[-1] = (result[-1][0], max(last, result[-1][1]))
        else:
            result.append((first, last))
    return result
