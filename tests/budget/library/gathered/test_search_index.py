"""The search index leaves parts out that hold nothing of what is sought: the hits are those of all rows."""

from __future__ import annotations

import os
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budget.i18n.language import using
from budget.library import library as library_module
from budget.library import names, parts
from budget.library.frames import SCHEMAS, Frames, concat, frames, shelved, without
from budget.library.gathered import search_index
from budget.library.gathered.search_index import Sought
from budget.library.library import Library
from budget.model import matching
from budget.search.statements import hits
from tests.support.builders import forest
from tools.documents.strategies import share

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from budget.search.statements import Hit

VERSION = 1
NAMES = ("森林", "草原1", "费", "三公", "本年收入", "没有", "合计", "0")
QUERIES = (*NAMES, "2", "2130205", "213", "mm", "bgf", "forest", "office")
MISSING = "没有这样的名称"


def several() -> Frames:
    """A bureau in two years, another one in two years with other names, and a third in one."""
    return concat([forested("a", "森林"), forested("b", "草原"), forested("c", "湿地").of("c" + two_ids()[0][1:])])


def two_ids() -> list[str]:
    return frames([forest(2025), forest(2024)]).disclosures["disclosure_id"].to_list()


def forested(mark: str, word: str) -> Frames:
    """The bureau of the tests with other ids, and another word in its names."""
    made: dict[str, Any] = {}
    for name in SCHEMAS:
        frame = getattr(frames([forest(2025), forest(2024)]), name)
        frame = frame.with_columns(disclosure_id=mark + pl.col("disclosure_id").str.slice(1))
        if name in {"lines", "cells"}:
            frame = frame.with_columns(pl.col("project", "name", "line_key").str.replace_all("森林|苗木", f"{word}１"))
        made[name] = frame
    return Frames(**made)


def sweeping(folder: Path, monkeypatch: pytest.MonkeyPatch, *, full: int, many: int = 1) -> tuple[Library, Frames]:
    """A library to which few parts are many, and what is to be put into it."""
    monkeypatch.setattr(library_module, "MANY", many)
    monkeypatch.setattr(library_module, "FULL", full)
    return Library(folder, VERSION), several()


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library of several small parts, and one that the index does not know."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(library_module, "MANY", 1)
        patch.setattr(library_module, "FULL", 1)
        patch.setattr(search_index, "BATCH", 2)
        library = Library(tmp_path_factory.mktemp("library"), VERSION)
        every = several()
        *most, last = every.disclosures["disclosure_id"]
        for key in most:
            library.add(every.of(key))
        library.sweep()
        library.add(every.of(last))
        library.contents()
        yield library


@pytest.fixture
def index(indexed: Library) -> Iterator[Library]:
    """The same, whose index may be changed."""
    path = indexed.folder / names.SEARCH_INDEX
    content = path.read_bytes()
    yield indexed
    path.write_bytes(content)


class Unindexed(Library):
    """A library in whose every part is looked."""

    def pieces(self, sought: Sought) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
        del sought
        for part, _ in self._held.values():
            yield parts.read_sought(part)


def found(library: Library, query: str) -> tuple[Hit, ...]:
    held = library.contents().frames
    return hits(shelved(held.disclosures, held.listing, library), "", query)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("query", QUERIES)
def test_hits_over_the_index_are_those_over_the_rows(indexed: Library, query: str, language: str) -> None:
    with using(language):
        assert found(indexed, query) == found(Unindexed(indexed.folder, VERSION), query)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=share(20))
@given(st.data())
def test_any_part_of_a_name_is_found_as_in_the_rows(indexed: Library, data: st.DataObject) -> None:
    lines = several().lines
    text = data.draw(
        st.sampled_from([text for column in ("name", "project", "resolved_code") for text in lines[column]])
    )
    text = matching.initials(text or "") if data.draw(st.booleans()) else text or ""
    start = data.draw(st.integers(0, len(text)))
    query = text[start : data.draw(st.integers(start, len(text)))]
    assert found(indexed, query) == found(Unindexed(indexed.folder, VERSION), query)


def looked_in(library: Library, query: str) -> int:
    """In how many parts a search looks."""
    return sum(1 for _ in library.pieces(Sought(matching.normalise(query))))


def test_only_parts_that_hold_a_name_and_unknown_ones_are_looked_in(indexed: Library) -> None:
    assert [looked_in(indexed, query) for query in (MISSING, "草原1", "森林1", "公务", "zzzz")] == [
        1,
        3,
        3,
        5,
        1,
    ]
    # totals, and lines without an amount, are no places
    assert [looked_in(indexed, query) for query in ("总计", "财政专户")] == [1, 1]


@pytest.mark.parametrize("keep", [0, 10, 2000, -40])
def test_a_damaged_index_costs_nothing_but_time(index: Library, keep: int) -> None:
    path = index.folder / names.SEARCH_INDEX
    path.write_bytes(path.read_bytes()[:keep])
    assert looked_in(index, MISSING) == 5


def test_one_flipped_bit_in_the_index_is_noticed(index: Library) -> None:
    path = index.folder / names.SEARCH_INDEX
    content = path.read_bytes()
    middle = content.index(b"PAR1") + 40
    path.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])
    assert looked_in(index, MISSING) == 5


def test_an_index_that_was_made_with_something_else_does_not_count(
    indexed: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "pinyin_version", lambda: "another")
    assert [looked_in(indexed, query) for query in ("zzzz", MISSING)] == [5, 1]
    monkeypatch.setattr(search_index, "VERSION", search_index.VERSION + 1)
    assert looked_in(indexed, MISSING) == 5


def test_a_part_that_is_another_file_by_now_is_looked_in(indexed: Library) -> None:
    every, _ = indexed._catalogued()
    holders = search_index.holders(indexed.folder, Sought(MISSING))
    assert [holders.excludes(one) for one in every] == [True] * 4 + [False]
    changed = [one._replace(stamp=one.stamp._replace(modified=1)) for one in every]
    assert not any(holders.excludes(one) for one in changed)


def test_stopping_leaves_the_index_as_it_was(indexed: Library) -> None:
    before = (indexed.folder / names.SEARCH_INDEX).read_bytes()
    every, _ = indexed._catalogued()
    assert len(search_index.update(indexed.folder, every, lambda: True)) == 4
    assert (indexed.folder / names.SEARCH_INDEX).read_bytes() == before


def test_parts_that_are_gone_are_dropped_once_they_are_the_greater_part(indexed: Library) -> None:
    every, _ = indexed._catalogued()
    assert len(search_index.known(indexed.folder, every[:2])) == 2
    assert search_index.known(indexed.folder, every[:1]) == frozenset()


def test_a_part_that_cannot_be_read_now_stays_unknown(index: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(part: parts.Part) -> None:
        raise PermissionError(part.path)

    monkeypatch.setattr(parts, "read_sought", refused)
    every, _ = index._catalogued()
    assert len(search_index.update(index.folder, every, lambda: False)) == 4
    assert len(search_index.known(index.folder, every)) == 4


def test_a_part_that_was_touched_since_leaves_the_others_where_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library, every = sweeping(tmp_path, monkeypatch, full=1)
    ids = every.disclosures["disclosure_id"].to_list()
    for some in (ids[:3], ids[3:]):
        for key in some:
            library.add(every.of(key))
        library.sweep()
        os.utime(min(tmp_path.glob(f"*{names.PART}")), ns=(1, 1))
    for query in QUERIES:
        assert found(Library(tmp_path, VERSION), query) == found(Unindexed(tmp_path, VERSION), query)
    assert len(found(library, "草原1")) == 4


def test_what_was_merged_since_it_was_listed_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library, every = sweeping(tmp_path, monkeypatch, full=256)
    for key in every.disclosures["disclosure_id"]:
        library.add(every.of(key))
    listed = library.contents().frames
    before = hits(listed, "", "森林")
    library.sweep()
    assert {hit.state for hit in hits(listed, "", "森林")} == {hit.state for hit in before}
    assert len(before) == 4


def test_hidden_disclosures_and_those_added_behind_our_back_are_not_looked_in(indexed: Library) -> None:
    held = indexed.contents().frames
    both = {hit.state.disclosure for hit in hits(held, "", "森林")}
    one, other = sorted(both)
    for frames_ in (replace(held, hidden=frozenset([one])), without(held, [one])):
        assert {hit.state.disclosure for hit in hits(frames_, "", "森林")} == {other}


@pytest.mark.parametrize(
    ("frame", "column", "found_too"),
    [("lines", "disclosure_id", False), ("lines", "name", False), ("cells", "row_no", False), ("lines", "side", True)],
)
def test_a_foreign_part_takes_no_search_down_and_an_older_one_is_looked_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, frame: str, column: str, found_too: bool
) -> None:
    library, every = sweeping(tmp_path, monkeypatch, many=0, full=1)
    first, second, *_ = every.disclosures["disclosure_id"]
    for key in (first, second):
        library.add(every.of(key))
    path = library.paths_of([first]).pop()
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    lines = pl.read_parquet(members[f"{frame}.parquet"])
    changed = lines.drop(column) if found_too else lines.with_columns(pl.lit([1, 2]).alias(column))
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in {**members, f"{frame}.parquet": parts.to_parquet(changed)}.items():
            archive.writestr(name, content)
    for _ in range(2):
        assert {hit.state.disclosure for hit in found(library, "公务")} == {second} | ({first} if found_too else set())
        library.sweep()


def test_a_part_that_cannot_be_merged_keeps_the_others_out_of_no_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library, every = sweeping(tmp_path, monkeypatch, full=256)
    for key in every.disclosures["disclosure_id"]:
        library.add(every.of(key))
    path = min(tmp_path.glob(f"*{names.PART}"))
    with zipfile.ZipFile(path) as archive:
        place = archive.getinfo("lines.parquet").header_offset + 60
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    library.sweep()
    again = Library(tmp_path, VERSION)
    assert again.contents().frames.disclosures.height == every.disclosures.height
    others = {part.path.name for part, _ in again._live_parts()} - {path.name}
    assert len(others) == 1, "the others are one part by now"
    assert search_index.known(tmp_path, again._catalogued()[0]) == others
