"""Bounded reading of zip packages and their XML: Office files, OpenDocument, OFD.

Members are looked up by name and read into memory; nothing is extracted, and no address in them is followed.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from typing import NamedTuple
from xml.etree import ElementTree as ET  # DTDs and entities are refused before the parser sees them

from budget.i18n.language import N_, Message
from budget.model.disclosure import UnreadableDocumentError
from budget.system.patterns import lazy_pattern
from loaders.formats.refusals import damaged, encrypted, too_large

Element = ET.Element

MEMBER_LIMIT = 20_000
"""Members of a package; an OFD of a thousand pages has some three thousand."""
PART_LIMIT = 64 * 1024 * 1024
"""Bytes of one member, decompressed."""
TOTAL_LIMIT = 256 * 1024 * 1024
"""Bytes of all members that are read, decompressed."""
RATIO_LIMIT, RATIO_FROM = 250, 4 * 1024 * 1024
"""A member of at least RATIO_FROM bytes may be at most RATIO_LIMIT times larger than its compressed form."""
NODE_LIMIT = 2_000_000
"""Tags of one XML member."""
DEPTH_LIMIT = 120
"""Nested elements: readers may walk them recursively."""

_TOO_MANY_DIGITS = 10
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, KeyError)
_DECLARATION = lazy_pattern(r"\A\ufeff?\s*<\?xml\b[^>]*?\?>")
_ENCODING = lazy_pattern(rb"<\?xml\b[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_TYPE_OR_ENTITY = lazy_pattern(r"<!(?:DOCTYPE|ENTITY)")


@dataclass(slots=True)
class Package:
    """An open zip package; what it hands out is counted against TOTAL_LIMIT."""

    name: str
    archive: zipfile.ZipFile
    members: dict[str, zipfile.ZipInfo]
    spent: int = 0

    def has(self, path: str) -> bool:
        """Whether a member has this path, whatever its case and slashes."""
        return _key(path) in self.members

    def paths(self) -> list[str]:
        """The paths of all members, in lower case."""
        return list(self.members)

    def read(self, path: str) -> bytes | None:
        """The bytes of a member; None where there is none.

        Raises:
            UnreadableDocumentError: it is encrypted, damaged or larger than the limits.
        """
        info = self.members.get(_key(path))
        if info is None:
            return None
        if info.flag_bits & 1:
            raise encrypted(self.name)
        room = min(PART_LIMIT, TOTAL_LIMIT - self.spent)
        try:
            with self.archive.open(info) as stream:
                data = stream.read(room + 1)
        except _BROKEN:
            raise damaged(self.name, path) from None
        self.spent += len(data)
        bomb = len(data) >= RATIO_FROM and len(data) > RATIO_LIMIT * max(info.compress_size, 1)
        if len(data) > room or bomb:
            raise too_large(self.name, Message.of(N_("解压后的内容过大")))
        return data

    def xml(self, path: str) -> Element | None:
        """The root of an XML member, tags and attributes without namespaces; None where there is no such member.

        Raises:
            UnreadableDocumentError: as `read`, and for XML that is damaged, too large, or declares types or entities.
        """
        data = self.read(path)
        return None if data is None else parse_xml(data, self.name, path)

    def need(self, path: str) -> Element:
        """The root of a required XML member.

        Raises:
            UnreadableDocumentError: as `xml`, and where the member is missing.
        """
        root = self.xml(path)
        if root is None:
            raise damaged(self.name, Message.of(N_("缺少 {}"), path))
        return root


def open_package(data: bytes, name: str) -> Package:
    """Open a zip package.

    Raises:
        UnreadableDocumentError: it is no zip archive, damaged, or has too many members.
    """
    entries = data.count(b"PK\x01\x02")  # counted before the library makes an object of each
    if entries > MEMBER_LIMIT:
        raise too_large(name, Message.of(N_("压缩包里有 {} 个文件"), entries))
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos = archive.infolist()
    except _BROKEN:
        raise damaged(name) from None
    return Package(name, archive, {_key(info.filename): info for info in infos})


def parse_xml(data: bytes, name: str, part: str) -> Element:
    """Parse XML of bounded size and depth; tags and attributes lose their namespaces.

    Raises:
        UnreadableDocumentError: it is damaged, too large, too deep, or declares document types or entities.
    """
    if data.count(b"<") > NODE_LIMIT:
        raise too_large(name, Message.of(N_("{} 的内容过多"), part))
    text = _DECLARATION.sub("", _decode(data, name, part), count=1)
    if _TYPE_OR_ENTITY.search(text):
        text = N_("{}：{} 里有实体声明，正常文件没有这种内容，为安全起见没有打开。")
        raise UnreadableDocumentError(text, name, part)
    try:
        root = ET.fromstring(text)  # noqa: S314 - no DTD, no entity, bounded size: seen to above
    except (ET.ParseError, ValueError):
        raise damaged(name, part) from None
    _plain_names(root, name, part)
    return root


def _decode(data: bytes, name: str, part: str) -> str:
    declared = _ENCODING.match(data.removeprefix(b"\xef\xbb\xbf")[:200].lstrip())
    encoding = declared[1].decode("ascii").lower() if declared else "utf-8"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif encoding in {"gb2312", "gbk"}:
        encoding = "gb18030"
    try:
        return data.decode("utf-8-sig" if encoding in {"utf-8", "utf8"} else encoding)
    except (UnicodeError, LookupError):
        raise damaged(name, Message.of(N_("{} 的文字编码"), part)) from None


def _plain_names(root: Element, name: str, part: str) -> None:
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > DEPTH_LIMIT:
            raise too_large(name, Message.of(N_("{} 的层次过深"), part))
        for element in level:
            if "}" in element.tag:
                element.tag = element.tag.rpartition("}")[2]
            if any("}" in key for key in element.attrib):
                attributes = {key.rpartition("}")[2]: value for key, value in element.attrib.items()}
                element.attrib.clear()
                element.attrib.update(attributes)
        level = [child for element in level for child in element]


def _key(path: str) -> str:
    return path.replace("\\", "/").lstrip("/").lower()


def parse_count(text: str | None) -> int | None:
    """The count in an attribute; None where it is not digits alone.

    Numbers of ten digits and more are none: no table has so many rows or columns.
    """
    return int(text) if text and text.isdecimal() and len(text) < _TOO_MANY_DIGITS else None


class Relation(NamedTuple):
    """A relationship of an Office part: its type's last word and the path of the target within the package."""

    kind: str
    path: str


def relations(files: Package, part: str) -> dict[str, Relation]:
    """The relationships of a part by id ("" for the package itself); targets outside the package are left out.

    Raises:
        UnreadableDocumentError: the list of relationships is damaged.
    """
    folder, _, file = part.replace("\\", "/").rpartition("/")
    root = files.xml(posixpath.join(folder, "_rels", f"{file}.rels"))
    found: dict[str, Relation] = {}
    for element in () if root is None else root:
        target = element.get("Target", "").replace("\\", "/")
        if element.get("TargetMode") == "External" or not target:
            continue
        path = target if target.startswith("/") else posixpath.join(folder, target)
        kind = element.get("Type", "").rpartition("/")[2]
        found[element.get("Id", "")] = Relation(kind, posixpath.normpath(path).lstrip("/"))
    return found


def main_part(files: Package, usual: str) -> str:
    """The path of the main part of an Office package.

    Raises:
        UnreadableDocumentError: the list of relationships is damaged.
    """
    if files.has(usual):
        return usual
    named = [relation.path for relation in relations(files, "").values() if relation.kind == "officeDocument"]
    return named[0] if named else usual
