"""Packages are bounded: bombs, entities, depth, damage and passwords each end with a sentence."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from loaders.formats import docx, ole, package
from loaders.formats.package import open_package, parse_xml
from loaders.formats.refusals import DamagedError
from tests.support.packages import paragraph, refused, word, zipped


def test_members_are_found_however_their_path_is_written() -> None:
    files = open_package(zipped({"Word\\Document.xml": "<a/>"}), "f")
    assert files.has("/word/document.xml")
    assert files.read("word/document.xml") == b"<a/>"
    assert files.read("word/other.xml") is None


def test_a_bomb_is_not_unpacked() -> None:
    bomb = zipped({"word/document.xml": b"<a>" + b" " * 70_000_000 + b"</a>"})
    assert len(bomb) < 300_000
    assert "过大" in refused(docx.read, bomb)


def test_a_member_that_lies_about_its_size_is_not_unpacked() -> None:
    bomb = bytearray(zipped({"word/document.xml": b" " * 70_000_000}))
    for place in (bomb.rindex(b"PK\x01\x02") + 24, 22):
        struct.pack_into("<I", bomb, place, 100)
    assert refused(docx.read, bytes(bomb))


def test_the_sum_of_all_members_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "TOTAL_LIMIT", 1_000)
    files = open_package(zipped({"a": b"1" * 600, "b": b"2" * 600}), "f")
    assert files.read("a") == b"1" * 600
    assert "过大" in refused(lambda _data, _name: files.read("b"), b"", "f")


def test_too_many_members_are_refused() -> None:
    assert "个文件" in refused(open_package, zipped({f"{i}": "" for i in range(package.MEMBER_LIMIT + 1)}))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_in_any_encoding(encoding: str) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>'
    assert "实体" in refused(lambda data, name: parse_xml(data, name, "a.xml"), bomb.encode(encoding))


def test_an_external_entity_is_refused() -> None:
    outside = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    assert "实体" in refused(docx.read, zipped({"word/document.xml": outside}))


def test_xml_may_be_in_the_encodings_of_the_country() -> None:
    text = '<?xml version="1.0" encoding="GB2312"?><a b="部门">预算</a>'
    root = parse_xml(text.encode("gb18030"), "f", "a.xml")
    assert (root.text, root.get("b")) == ("预算", "部门")


@pytest.mark.parametrize("data", [b"", b"<a>", b"<a></b>", b"\xff\xff", b'<?xml version="1.0" encoding="no"?><a/>'])
def test_damaged_xml_is_said(data: bytes) -> None:
    with pytest.raises(DamagedError):
        parse_xml(data, "f", "a.xml")


def test_depth_and_number_of_elements_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "层次" in refused(lambda data, name: parse_xml(data, name, "a"), b"<a>" * 5_000 + b"</a>" * 5_000)
    monkeypatch.setattr(package, "NODE_LIMIT", 10)
    assert "过多" in refused(lambda data, name: parse_xml(data, name, "a"), b"<a>" + b"<b/>" * 20 + b"</a>")


def test_a_cut_package_is_said() -> None:
    whole = word(paragraph("预算"))
    for cut in (30, len(whole) // 2, len(whole) - 10):
        assert "不完整或已损坏" in refused(docx.read, whole[:cut])


def test_a_flipped_bit_in_a_member_is_noticed() -> None:
    whole = bytearray(word(paragraph("预算" * 50)))
    whole[80] ^= 4
    assert "不完整或已损坏" in refused(docx.read, bytes(whole))


def test_an_encrypted_package_is_said() -> None:
    data = bytearray(zipped({"word/document.xml": "<a/>"}))
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert "密码" in refused(docx.read, bytes(data))


def test_no_member_is_ever_written_anywhere(tmp_path_factory: pytest.TempPathFactory) -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("../../escaped.txt", "x")
        made.writestr("word/document.xml", f"<d><body>{paragraph('预算')}</body></d>".replace("w:", ""))
    before = set(tmp_path_factory.getbasetemp().rglob("*"))
    assert docx.read(out.getvalue(), "f").lines == ("预算",)
    assert set(tmp_path_factory.getbasetemp().rglob("*")) == before


def test_relations_stay_within_the_package() -> None:
    rels = (
        '<R><Relationship Id="a" Type="t/worksheet" Target="sheets/1.xml"/>'
        '<Relationship Id="b" Type="t/worksheet" Target="/other/2.xml"/>'
        '<Relationship Id="c" Type="t/hyperlink" Target="urn:far" TargetMode="External"/></R>'
    )
    files = open_package(zipped({"xl/_rels/workbook.xml.rels": rels}), "f")
    found = package.relations(files, "xl/workbook.xml")
    assert found == {"a": ("worksheet", "xl/sheets/1.xml"), "b": ("worksheet", "other/2.xml")}


def test_damaged_compound_files_are_said() -> None:
    assert "损坏" in refused(ole.open_compound, ole.SIGNATURE)
    assert "损坏" in refused(ole.open_compound, ole.SIGNATURE + b"\x00" * 600)
    assert "损坏" in refused(ole.open_compound, ole.SIGNATURE + b"\xff" * 4_000)


def compound(**fields: int) -> bytes:
    """The Word document of the tests with other numbers in its header."""
    data = bytearray((Path(__file__).parent / "data" / "word97.doc").read_bytes())
    places = {"sector_shift": (30, "<H"), "tables": (44, "<I"), "mini_tables": (64, "<I"), "lists": (72, "<I")}
    for field, value in fields.items():
        place, size = places[field]
        struct.pack_into(size, data, place, value)
    return bytes(data)


def test_the_streams_of_compound_files_are_found() -> None:
    found = ole.open_compound(compound(), "某文件.bin")
    assert found.has("worddocument")
    assert not found.has("Workbook")
    assert found.stream("WordDocument")[:2] == b"\xec\xa5"
    assert "Workbook" in refused(lambda _data, _name: found.stream("Workbook"), b"")


@pytest.mark.parametrize(
    "fields",
    [{"sector_shift": 40}, {"tables": 2**31, "lists": 2**31 // 127}, {"mini_tables": 2**31}],
    ids=lambda fields: next(iter(fields)),
)
def test_a_compound_file_may_not_claim_more_tables_than_it_has_sectors(fields: dict[str, int]) -> None:
    assert "损坏" in refused(ole.open_compound, compound(**fields))


def test_a_stream_larger_than_its_file_is_not_read() -> None:
    data = bytearray(compound())
    place = data.index("WordDocument".encode("utf-16-le")) + 120
    struct.pack_into("<I", data, place, 2**31)
    assert "扇区链" in refused(lambda data, name: ole.open_compound(data, name).stream("WordDocument"), bytes(data))
