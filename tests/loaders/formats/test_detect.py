"""A file's format is known by its content, whatever its name says."""

from __future__ import annotations

import gzip
from io import BytesIO
from pathlib import Path

import pytest

from loaders.formats import detect
from tests.support.packages import ofd, paragraph, refused, word, workbook, zipped

WORD97 = (Path(__file__).parent / "data" / "word97.doc").read_bytes()
SHEETS = "application/vnd.oasis.opendocument.spreadsheet"


def old_workbook() -> bytes:
    import xlwt

    book = xlwt.Workbook()
    book.add_sheet("表1").write(0, 0, "预算")
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (word(paragraph("预算")), "docx"),
        (WORD97, "doc"),
        (workbook(""), "xlsx"),
        (old_workbook(), "xls"),
        (zipped({"mimetype": SHEETS, "content.xml": "<a/>"}), "ods"),
        (ofd(""), "ofd"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\r\n junk %PDF-1.4", "pdf"),
        ("部门预算".encode(), "text"),
        ("部门预算".encode("utf-16"), "text"),
        ("<某局> 部门预算".encode(), "text"),
        ("BMP 与 MZ 都只是字母".encode(), "text"),
        (b"", "text"),
        (b"<!DOCTYPE html><p>x", "html"),
        ("\ufeff  <html><body>x".encode(), "html"),
        ("<html><body>预算".encode("utf-16"), "html"),
        (b'<?xml version="1.0"?><html xmlns="x"><body/></html>', "html"),
        (b"<!-- saved --><table><tr><td>1</table>", "html"),
        (b"From: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=b\r\n\r\n--b", "html"),
    ],
)
def test_formats_are_known_by_content(data: bytes, expected: str) -> None:
    assert detect.format_of(data, "名字.xls") == expected


@pytest.mark.parametrize(
    ("data", "word_"),
    [
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"\xff\xd8\xff\xe0", "图片"),
        (b"BM\x00\x00\x00\x00", "图片"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "图片"),
        (b"Rar!\x1a\x07", "压缩包"),
        (b"7z\xbc\xaf\x27\x1c", "压缩包"),
        (gzip.compress(b"x" * 99, mtime=0), "压缩包"),
        (zipped({"部门预算.docx": "x"}), "压缩包"),
        (b"MZ\x90\x00", "程序"),
        (b"\x7fELF", "程序"),
        (b"{\\rtf1\\ansi", "RTF"),
        (zipped({"ppt/presentation.xml": "<a/>"}), "演示文稿"),
        (zipped({"xl/workbook.bin": "x"}), "xlsb"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "OpenDocument"),
        (b'<?xml version="1.0"?><Workbook xmlns="x"><Worksheet/></Workbook>', "表格"),
        (b'<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?><w:wordDocument/>', "文档"),
        (b'<?xml version="1.0"?><office:document xmlns:office="o"><meta>', "XML"),
        (b"PK\x03\x04" + b"\x00" * 400, "损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 400, "损坏"),
    ],
)
def test_other_files_are_named(data: bytes, word_: str) -> None:
    assert word_ in refused(detect.format_of, data)


@pytest.mark.parametrize(
    ("stream", "expected"),
    [("EncryptedPackage", "密码"), ("PowerPoint Document", "演示文稿"), ("CONTENTS", "无法识别")],
)
def test_other_compound_files_are_named(stream: str, expected: str) -> None:
    data = WORD97.replace("WordDocument".encode("utf-16-le"), stream.encode("utf-16-le").ljust(24, b"\x00")[:24])
    place = data.index(stream[:12].encode("utf-16-le"))
    size = min(2 * len(stream) + 2, 64)
    whole = bytearray(data)
    whole[place : place + 64] = stream.encode("utf-16-le").ljust(64, b"\x00")
    whole[place + 64 : place + 66] = size.to_bytes(2, "little")
    assert expected in refused(detect.format_of, bytes(whole))
