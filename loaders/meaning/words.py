"""Printed words as the grammars read them.

One form of writing; ordinals, codes, years and units taken off; and the longest words that are known.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from budget.system.patterns import lazy_pattern
from budget.vocabulary import Vocabulary, Word, simplified

QUOTES = dict.fromkeys(map(ord, "“”‘’\"'「」『』《》〈〉«»〝〞＂＇`"))
BRACKETS = str.maketrans("[]{}〔〕【】﹝﹞", "()()()()()")
CIRCLED = {ord(mark): f"({number})" for number, mark in enumerate("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", 1)}
PINYIN = lazy_pattern(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüêńňǹḿ]+\)")
ORDINAL = lazy_pattern(
    r"(?:其中[:,、]?|[加减注][:：]|[-—–─·•*+※]|[(]?[一二三四五六七八九十]{1,4}[)][、.,]?|[一二三四五六七八九十]{1,4}[、.,:]"
    r"|[(]\d{1,2}[)][、.,]?|\d{1,2}[、.,:)](?!\d)|\d{1,2}(?=[^\d.,%年月日个项级类]))+"
)
NUMERAL = lazy_pattern(r"[一二三四五六七八九十]+|\d+")
YEAR = lazy_pattern(r"((?:19|20)\d\d)(?:[-—~至]?(?:19|20)?\d\d)?(?:年度|年末|年)|((?:19|20)\d\d)(?!\d)")
UNIT = lazy_pattern(r"(?:[(:,](?:金额)?(?:单位)?:?|单位:?)(?:人民币)?((?:[亿万千]|百万)?元)\)?$")
CODE_BEHIND = lazy_pattern(r"\(([235]\d\d)((?:\d\d){0,2})\)()$")
CODE = lazy_pattern(
    r"\(?([235]\d\d)(?:((?:\d\d){1,2})|((?:[\s\-|/_.]+\d{1,2}){1,2}))?\)?"
    r"(?:(?<=[235]\d{6})(?![\d年月日.,，%])|(?![\d年月日.,，%]|\s*\d))[\s、.:\-|]*"
)
EXCEPTED = ("不含", "含", "除", "扣除", "剔除", "不包括", "包括", "包含")
ANDS = str.maketrans("与及", "和和")
DIGITS = "一二三四五六七八九"


@lru_cache(maxsize=20_000)
def normalise(text: str) -> str:
    """Give text in one form of writing.

    Full width becomes half, traditional characters simplified; blanks, quotes and pinyin between characters go.
    """
    text = unicodedata.normalize("NFKC", text.translate(CIRCLED)).translate(BRACKETS).translate(QUOTES)
    text = "".join(text.split()).translate(simplified())
    return PINYIN.sub("", text) if "(" in text else text


@lru_cache(maxsize=20_000)
def split_code(text: str) -> tuple[str, str]:
    """Take the code off a label.

    `208 05 05 机关事业单位基本养老保险缴费支出` gives `2080505` and the name.
    Digits may be together or apart, the second and third group with one digit or two; the code stands first, or
    alone in brackets at the end.
    """
    text = unicodedata.normalize("NFKC", text).translate(BRACKETS).strip()
    match = CODE.match(text)
    if match is None:
        match = CODE_BEHIND.search(text)
        if match is None or match.start() == 0:
            return "", text
        return _code(match), text[: match.start()]
    code = _code(match)
    return (code, text[match.end() :]) if code else ("", text)


def _code(match: re.Match[str]) -> str:
    """Write the groups of a code together."""
    groups = match.group(2) or "".join(part.zfill(2) for part in re.findall(r"\d+", match.group(3) or ""))
    code = match.group(1) + groups
    return "" if code[1:3] == "00" or (code[0] != "2" and len(code) > 5) else code  # noqa: PLR2004


@lru_cache(maxsize=20_000)
def split_ordinal(text: str) -> tuple[int, str]:
    """Take ordinals and 其中 off a normalised label.

    Returns:
        The last number, 0 for none, and the rest.
    """
    match = ORDINAL.match(text)
    if match is None or match.end() == len(text):
        return 0, text
    numerals = NUMERAL.findall(match.group())
    return (_number(numerals[-1]) if numerals else 0), text[match.end() :]


def _number(numeral: str) -> int:
    """Read a number below a hundred."""
    if numeral[0] not in DIGITS + "十":
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return DIGITS.index(numeral[-1]) + 1
    return 10 * (DIGITS.index(tens[-1]) + 1 if tens else 1) + (DIGITS.index(ones[0]) + 1 if ones else 0)


def split_year(text: str) -> tuple[str, str]:
    """Take years off normalised text.

    Returns:
        The last year, '' for none, and the rest.
    """
    if "19" not in text and "20" not in text:
        return "", text
    year = ""
    for match in YEAR.finditer(text):
        year = match.group(1) or match.group(2)
    return year, YEAR.sub("", text) if year else text


def split_unit(text: str) -> tuple[str, str]:
    """Take the money unit off the end of normalised text.

    Returns:
        The unit, '' for none, and the rest.
    """
    match = UNIT.search(text) if "元" in text else None
    return (match.group(1), text[: match.start()]) if match else ("", text)


class Token(NamedTuple):
    """A known word, or characters that nobody knows (`word` is None)."""

    text: str
    word: Word | None
    aside: bool


@dataclass(frozen=True, eq=False)
class Matcher:
    """The words of one grammar, and the codes that names have."""

    known: dict[str, Word]
    lengths: dict[str, tuple[int, ...]]
    """First character of known words -> their lengths, the longest first."""
    texts: tuple[str, ...]
    """The known words alone."""
    codes: dict[str, tuple[tuple[str, str], ...]]

    def tokens(self, text: str) -> list[Token]:
        """Cut normalised text into the longest known words from the left.

        Signs and digits are left out.
        """
        found: list[Token] = []
        place, depth, excluded = 0, 0, False
        while place < len(text):
            sign = text[place]
            if text.startswith(EXCEPTED, place) and (not place or text[place - 1] in "(,-、;"):
                behind = -1 if depth else text.find("的", place)
                excluded, place = (True, place) if depth else (False, max(behind + 1, place))
                sign = text[place]
            word = None if excluded else self._word(text, place)
            if word is not None:
                found.append(Token(word[0], word[1], depth > 0))
                depth += word[0].count("(") - word[0].count(")")
                place += len(word[0])
                continue
            if sign == "(":
                depth += 1
            elif sign == ")":
                depth, excluded = max(depth - 1, 0), False
            elif not excluded and sign.isalpha():
                if found and found[-1].word is None and found[-1].aside == (depth > 0):
                    found[-1] = Token(found[-1].text + sign, None, depth > 0)
                else:
                    found.append(Token(sign, None, depth > 0))
            place += 1
        return found

    def _word(self, text: str, place: int) -> tuple[str, Word] | None:
        """Find the longest known word at a place."""
        for length in self.lengths.get(text[place], ()):
            piece = text[place : place + length]
            word = self.known.get(piece) if place + length <= len(text) else None
            if word is not None and _fits(word, text[:place], text[place + length :]):
                return piece, word
            if word is not None and length > 1 and ("last", "yes") in word.says:
                return piece, word._replace(says=(("role", "filler"),))
        return None

    def code_candidates(self, name: str) -> tuple[tuple[str, str], ...]:
        """Give the schemes and codes that a normalised name belongs to."""
        return self.codes.get(stem(name), ()) or self.codes.get(name, ())


def _fits(word: Word, before: str, behind: str) -> bool:
    """Tell whether a word may stand here.

    Some are known alone (辆), or as the last one only (人, 人数).
    """
    if ("whole", "yes") in word.says:
        return (not before and not behind) or (before.endswith("(") and behind.startswith(")"))
    return ("last", "yes") not in word.says or behind in {"", "数"}


def stem(name: str) -> str:
    """Drop what names of codes are printed with or without."""
    short = name.replace("(", "").replace(")", "").replace("的", "").translate(ANDS)
    for ending in ("支出", "费用", "费", "等"):
        if len(short) - len(ending) > 1:
            short = short.removesuffix(ending)
    return short


@lru_cache(maxsize=64)
def matcher(vocabulary: Vocabulary, grammar: str) -> Matcher:
    """Prepare a vocabulary for one grammar, `title`, `cell` or `body`."""
    known: dict[str, Word] = {}
    for word in vocabulary.words:
        text = normalise(word.text)
        if word.grammar == grammar or (not word.grammar and text not in known):
            known[text] = word
    lengths: dict[str, set[int]] = {}
    for text in known:
        lengths.setdefault(text[:1], set()).add(len(text))
    return Matcher(
        known,
        {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()},
        tuple(known),
        _codes(vocabulary),
    )


@lru_cache(maxsize=64)
def _codes(vocabulary: Vocabulary) -> dict[str, tuple[tuple[str, str], ...]]:
    """The schemes and codes of each name, as `Matcher.codes` has them."""
    codes: dict[str, dict[tuple[str, str], bool]] = {}
    for code in vocabulary.codes:
        name = normalise(code.name)
        pair = (code.scheme, code.code)
        for key in (name, stem(name)):
            pairs = codes.setdefault(key, {})
            pairs[pair] = pairs.get(pair, False) or not code.valid_to
    return {
        name: tuple(pair for pair, used in pairs.items() if used or not _used_elsewhere(pair, pairs))
        for name, pairs in codes.items()
    }


def _used_elsewhere(pair: tuple[str, str], pairs: dict[tuple[str, str], bool]) -> bool:
    """Tell whether a name that a code had has another code today."""
    return any(used and scheme == pair[0] and len(code) == len(pair[1]) for (scheme, code), used in pairs.items())
