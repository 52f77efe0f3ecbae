"""The library: disclosures once read, kept as Parquet parts in the user's data folder.

Parts are immutable and the newest part that holds a disclosure counts, so several programs may add and sweep at
once without locks, and a crash leaves at most a temporary file.  Parts are read and closed.  In memory are the heads of
all disclosures and what a list shows of them; all else is read one disclosure at a time.
"""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import polars as pl

from budget.i18n.language import N_, tr
from budget.library import aside, parts
from budget.library.frames import DISCLOSURES, NOTICES, PASSAGES, SCHEMAS, SHELVED, Frames, Piece, concat, shelved
from budget.library.gathered import catalogue, search_index
from budget.library.gathered.archive import Stamp
from budget.library.listing import LISTING
from budget.library.parts import DamagedPartError, Entry, Part
from budget.model.disclosure import Severity
from budget.system.files import reason
from budget.system.paths import readable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from budget.library.gathered.catalogue import Catalogued
    from budget.library.gathered.search_index import Sought

FULL = 256
"""A part with this many disclosures is left as it is; smaller ones are merged ..."""
MANY = 16
"""... when there are more than this many of them: ten thousand disclosures are some forty parts.

Catalogue and search index are written anew when they lack more parts than this.
"""
STALE_SECONDS = 600
"""A temporary file older than this was left by a program that died."""
ATTEMPTS = 5
OLD = N_("旧版解析：由旧版本读取；原文件未变时会在后台重新读取。")
GONE = N_("资料库里已找不到这份资料，可能被移走或删除：{}；请重新打开原文件。")

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Contents:
    """The frames of the library and a sentence for each failure. All but what is listed lies on the shelf."""

    frames: Frames
    messages: tuple[str, ...] = ()


class Library:
    """The disclosures kept in `folder`; `loader_version` is the version of the loaders that read documents now.

    It is the shelf of its own contents.
    """

    def __init__(self, folder: Path, loader_version: int) -> None:
        self.folder = folder
        self.loader_version = loader_version
        self._held: dict[str, tuple[Part, Entry]] = {}
        self._by_part: tuple[object, list[tuple[Part, list[str]]]] = (None, [])
        """What is held, and the same by parts."""
        self._catalogue: dict[str, Catalogued] | None = None
        """What is known of the parts by their names; None: the catalogue has not been read."""
        self._written: frozenset[str] = frozenset()
        """The parts that the catalogue on the disk knows."""
        self._damaged: dict[Path, frozenset[str]] = {}
        self._given: frozenset[str] = frozenset()
        """What was given out or kept, by disclosure_id: where it is gone from the disk, it is not shown as empty."""

    # Putting aside

    @property
    def hidden(self) -> frozenset[str]:
        """The disclosures that are not listed unless they are asked for."""
        return aside.read(self.folder).hidden

    def hide(self, disclosure_id: str, *, hidden: bool) -> None:
        """Hide a disclosure, or list it again.

        Raises:
            OSError, ExportError: that cannot be kept.
        """
        before = aside.read(self.folder)
        others = before.hidden - {disclosure_id}
        aside.write(self.folder, before._replace(hidden=others | {disclosure_id} if hidden else others))

    def remove(self, disclosure_id: str) -> Frames:
        """Take a disclosure out of the library; `sweep` takes it off the disk. Returns all of it, to be added again.

        Raises:
            DamagedPartError, OSError, ExportError: it cannot be read, or that it is removed cannot be kept.
        """
        taken = self._persistently(lambda: self._taken(disclosure_id))
        taken = replace(taken, passages=self.passages(disclosure_id))
        self.forget(disclosure_id)
        return taken

    def forget(self, disclosure_id: str) -> None:
        """Take a disclosure out of the library where it is there, unread.

        Raises:
            OSError, ExportError: that it is removed cannot be kept.
        """
        held_in = {part.stamp for part, _ in filter(None, [self._held.get(disclosure_id)])}
        held_in.update(part.stamp for part in self._persistently(lambda: list(self._parts_with(disclosure_id))))
        if not held_in:
            return
        before = aside.read(self.folder)
        removed = {**before.removed, disclosure_id: max(held_in)}
        aside.write(self.folder, aside.Aside(removed, before.hidden - {disclosure_id}))
        self._held = {key: held for key, held in self._held.items() if key != disclosure_id}
        self._given -= {disclosure_id}

    # Adding

    def add(self, made: Frames) -> None:
        """Keep these disclosures; one with the same SHA-256 replaces the former.

        Raises:
            OSError: the disk is full, or the folder cannot be written; what was kept before stays.
        """
        ids = made.disclosures["disclosure_id"].to_list()
        for start in range(0, len(ids), FULL):
            own = pl.col("disclosure_id").is_in(ids[start : start + FULL])
            some = Frames(**{name: getattr(made, name).filter(own) for name in SCHEMAS})
            texts = some.passages.partition_by("disclosure_id", as_dict=True)
            passages = {
                key: parts.to_parquet(texts.get((key,), PASSAGES.to_frame()))
                for key in some.disclosures["disclosure_id"]
            }
            part = parts.write(self.folder, self._next_stamp(), some, passages)
            # never changed in place: another thread may be going through it
            self._held = {**self._held, **{entry.disclosure_id: (part, entry) for entry in part.entries}}
            self._given |= {entry.disclosure_id for entry in part.entries}

    def paths_of(self, disclosure_ids: Iterable[str]) -> set[Path]:
        """The parts that hold these disclosures."""
        return {self._held[key][0].path for key in disclosure_ids if key in self._held}

    # Reading

    def contents(self) -> Contents:
        """Read what is held in memory of the library; disclosures of an older version carry the notice OLD."""
        return self._persistently(self._contents)

    def rows(self, disclosure_id: str) -> dict[str, pl.DataFrame]:
        """The shelved frames of one disclosure; empty where the library has never held it.

        Raises:
            DamagedPartError: its part is damaged, from then on it counts as absent; or it is gone from the disk.
            OSError: it cannot be read.
        """
        return self._persistently(lambda: self._rows(disclosure_id))

    def pieces(self, sought: Sought, but: Iterable[str] = ()) -> Iterator[Piece]:
        """Rows of disclosures that may hold it, one part at a time; of those in `but` none."""
        holders = search_index.holders(self.folder, sought)
        done = set(but)
        for _ in range(ATTEMPTS):
            is_swept = False
            for part, ids in self._live_parts():
                wanted = [key for key in ids if key not in done]
                known = (self._catalogue or {}).get(part.path.name)
                if known is not None and holders.excludes(known):
                    done.update(wanted)
                elif wanted:
                    try:
                        found = parts.read_sought(part)
                    except FileNotFoundError:
                        is_swept = True
                        continue
                    except (OSError, DamagedPartError):  # who opens it will be told
                        continue
                    done.update(wanted)
                    own = pl.col("disclosure_id").is_in(wanted)
                    yield found if len(wanted) == len(part.entries) else Piece(*(frame.filter(own) for frame in found))
            if not is_swept:
                return
            self._list_again()

    def everything(self, disclosure_ids: Iterable[str]) -> Iterator[Frames]:
        """All frames of these disclosures, one part at a time; of what was listed last.

        Raises:
            DamagedPartError, OSError: some of them cannot be read, or are gone from the disk.
        """
        left = list(disclosure_ids)
        while left:
            frames = self._persistently(partial(self._of_one_part, left))
            found = set(frames.disclosures["disclosure_id"])
            left = [key for key in left if key not in found]
            yield frames

    def notices_of(self, disclosure_ids: Iterable[str]) -> pl.DataFrame:
        """The notices of these disclosures as they were read, schema NOTICES; of what was listed last.

        Raises:
            DamagedPartError, OSError: some of them cannot be read.
        """
        wanted = list(disclosure_ids)
        return self._persistently(lambda: self._notices_of(wanted))

    def passages(self, disclosure_id: str) -> pl.DataFrame:
        """The text of one disclosure, schema PASSAGES; empty where the library does not hold it."""
        with suppress(FileNotFoundError):
            return self._persistently(lambda: self._passages(disclosure_id))
        return PASSAGES.to_frame()

    def holds(self, sha256: str) -> bool:
        """Whether a file with this SHA-256 need not be read again; of what was listed last."""
        held = self._held.get(sha256[:16])
        return held is not None and held[1].sha256 == sha256 and not self._is_outdated(*held)

    def outdated(self) -> list[Entry]:
        """The disclosures of an older version of the loaders or the frames; of what was listed last."""
        return [entry for part, entry in self._held.values() if self._is_outdated(part, entry)]

    # Keeping it tidy

    def sweep(self, stopped: Callable[[], bool] = lambda: False) -> None:
        """Remove what is stale or superseded and merge many small parts.

        Catalogue and search index follow.  It never fails.
        """
        with suppress(OSError, DamagedPartError):
            for path in self.folder.glob(f"*{parts.TEMPORARY}"):
                if time.time() - path.stat().st_mtime > STALE_SECONDS:
                    _remove(path)
            # once: a part that another program adds from now on is none of our business
            listed = self._parts()
            held = self._live(listed)
            alive = {part.path for part, _ in held.values()}
            for part in listed:
                if part.path in alive or stopped():
                    continue
                successors = {held[entry.disclosure_id][0] for entry in part.entries if entry.disclosure_id in held}
                if all(map(parts.is_complete, successors)):
                    _remove(part.path)
            held = self._without_removed(listed, held, stopped)
            self._merge(held, stopped)
        with suppress(OSError, DamagedPartError):  # be it that a part could not be merged
            self._gather(stopped)

    # How it is done

    def _persistently(self, read: Callable[[], _T]) -> _T:
        """Read, again where another program has swept a part since it was listed."""
        for _ in range(ATTEMPTS):
            with suppress(FileNotFoundError):
                return read()
            self._list_again()
        return read()

    def _holding(self, disclosure_id: str) -> tuple[Part, Entry] | None:
        """Where a disclosure lies.

        Listed again where it should be there: another thread may have listed the parts just before it was added.
        """
        if disclosure_id not in self._held and disclosure_id in self._given:
            self._list_again()
        return self._held.get(disclosure_id)

    def _list_again(self) -> None:
        """List what is there: another program, or `sweep`, has swept a part since."""
        with suppress(FileNotFoundError):
            self._held = self._live(self._parts())

    def _live(self, listed: list[Part]) -> dict[str, tuple[Part, Entry]]:
        """The newest of these parts, given oldest first, that holds each disclosure; none where it was removed."""
        return _live(listed, aside.read(self.folder).removed)

    def _contents(self) -> Contents:
        found, messages = self._catalogued()
        self._write_catalogue(found)  # a killed program has not swept: this once it took long
        self._held = self._live([one.part for one in found])
        self._given = frozenset(self._held)
        own = {part.path: ids for part, ids in self._live_parts()}
        empty = pl.Schema({**DISCLOSURES, **LISTING}).to_frame()
        rows = pl.concat([empty, *(_rows_of(one, own[one.part.path]) for one in found if one.part.path in own)])
        old = pl.col("disclosure_id").is_in([entry.disclosure_id for entry in self.outdated()])
        told = pl.col("notice").is_not_null()
        listed = rows.select(LISTING.names()).with_columns(
            pl.col(Severity.UNCERTAIN.value) + old.cast(pl.Int64),
            notice=pl.when(old & ~told).then(pl.lit(OLD)).otherwise("notice"),
        )
        return Contents(shelved(rows.select(DISCLOSURES.names()), listed, self), tuple(messages))

    def _live_parts(self) -> list[tuple[Part, list[str]]]:
        """The parts that are not superseded, each with the disclosures that count."""
        held = self._held
        if self._by_part[0] is not held:
            self._by_part = (held, _by_part(held))
        return self._by_part[1]

    def _rows(self, disclosure_id: str) -> dict[str, pl.DataFrame]:
        held = self._holding(disclosure_id)
        if held is None:
            for path, ids in self._damaged.items():
                if disclosure_id in ids:
                    raise DamagedPartError(parts.damaged(path))
            if disclosure_id in self._given:
                raise DamagedPartError(tr(GONE).format(readable(self.folder)))
            return {name: SCHEMAS[name].to_frame() for name in SHELVED}
        try:
            found = parts.read_rows(held[0], disclosure_id)
        except DamagedPartError:
            self._damaged[held[0].path] = frozenset(entry.disclosure_id for entry in held[0].entries)
            self._held = self._live(self._parts())
            raise
        return _with_notice(found, disclosure_id) if self._is_outdated(*held) else found

    def _taken(self, disclosure_id: str) -> Frames:
        """All of a disclosure but its text."""
        held = self._holding(disclosure_id)
        if held is None:
            raise DamagedPartError(tr(GONE).format(readable(self.folder)))
        return parts.read(held[0], [disclosure_id])

    def _of_one_part(self, disclosure_ids: list[str]) -> Frames:
        """All frames of the first of these disclosures, and of the others that its part holds."""
        if disclosure_ids[0] not in self._held:
            raise DamagedPartError(tr(GONE).format(readable(self.folder)))
        part, _ = self._held[disclosure_ids[0]]
        own = [key for key in disclosure_ids if self._held.get(key, (None,))[0] == part]
        texts = [parts.from_parquet(parts.read_passages(part, key), PASSAGES) for key in own]
        return replace(parts.read(part, own), passages=pl.concat(texts))

    def _notices_of(self, disclosure_ids: list[str]) -> pl.DataFrame:
        wanted = {key: self._held[key] for key in disclosure_ids if key in self._held}
        return pl.concat([NOTICES.to_frame(), *(parts.read(*one, ["notices"]).notices for one in _by_part(wanted))])

    def _passages(self, disclosure_id: str) -> pl.DataFrame:
        for part in self._holders(disclosure_id):
            try:
                return parts.from_parquet(parts.read_passages(part, disclosure_id), PASSAGES)
            except FileNotFoundError:
                raise
            except (DamagedPartError, OSError):
                continue
        return PASSAGES.to_frame()

    def _holders(self, disclosure_id: str) -> Iterator[Part]:
        """The parts that hold a disclosure, the newest first; they are listed anew only where that does not do."""
        held = self._held.get(disclosure_id)
        if held is not None:
            yield held[0]
        yield from self._parts_with(disclosure_id)

    def _parts_with(self, disclosure_id: str) -> Iterator[Part]:
        """The parts on the disk that hold a disclosure, the newest first."""
        for part in reversed(self._parts()):
            if any(entry.disclosure_id == disclosure_id for entry in part.entries):
                yield part

    def _is_outdated(self, part: Part, entry: Entry) -> bool:
        if entry.loader_version == self.loader_version:
            return part.schema != parts.SCHEMA
        return entry.loader_version < self.loader_version  # what a newer program has read is left alone

    def _parts(self) -> list[Part]:
        """The readable parts, oldest first."""
        return [one.part for one in self._catalogued()[0]]

    def _catalogued(self) -> tuple[list[Catalogued], list[str]]:
        """What is known of the readable parts, oldest first, and a sentence for each damaged one."""
        found: list[Catalogued] = []
        messages: list[str] = []
        before = self._catalogue
        if before is None:
            before = catalogue.read(self.folder)
            self._written = frozenset(before)
        for path in self._paths():
            if path in self._damaged:
                messages.append(parts.damaged(path))
                continue
            try:
                known = before.get(path.name)
                is_same = known is not None and known.stamp == Stamp.of(path.stat())
                found.append(known if known is not None and is_same else catalogue.described(path))
            except DamagedPartError as error:
                messages.append(str(error))
            except FileNotFoundError:
                raise
            except OSError as error:
                messages.append(_unreadable(path, error))
        self._catalogue = {one.part.path.name: one for one in found}
        return found, messages

    def _write_catalogue(self, found: list[Catalogued]) -> None:
        """Write the catalogue anew where it lacks many of these parts."""
        there = frozenset(one.part.path.name for one in found)
        if len(there - self._written) > MANY:
            catalogue.write(self.folder, found)
            self._written = there

    def _gather(self, stopped: Callable[[], bool]) -> None:
        """Write the catalogue and the search index anew where they lack many parts."""
        found, _ = self._catalogued()
        if stopped():
            return
        self._write_catalogue(found)
        there = frozenset(one.part.path.name for one in found)
        indexed = search_index.known(self.folder, found)
        if len(there - indexed) <= MANY:
            return
        while there != indexed and not stopped():
            before, indexed = indexed, search_index.update(self.folder, found, stopped)
            if indexed == before:  # the disk is full, or what is left cannot be read
                break

    def _paths(self) -> list[Path]:
        """The files of the parts, oldest first.

        Listed until two lists agree: one list may miss a merged part that was written behind it and the sources that
        were removed before it.
        """
        before: list[Path] | None = None
        for _ in range(10 * ATTEMPTS):
            now = sorted(self.folder.glob(f"*{parts.SUFFIX}"))
            if now == before:
                break
            before = now
        return now

    def _next_stamp(self) -> int:
        """The time, but later than every part: a clock set back must not make a new part the older one."""
        stamps = [parts.stamp_of(path) for path in self.folder.glob(f"*{parts.SUFFIX}")]
        removed = aside.read(self.folder).removed.values()
        return max([time.time_ns(), *(stamp + 1 for stamp in (*stamps, *removed))])

    def _without_removed(
        self, listed: list[Part], held: dict[str, tuple[Part, Entry]], stopped: Callable[[], bool]
    ) -> dict[str, tuple[Part, Entry]]:
        """Write parts anew that hold removed disclosures beside others, without them."""
        removed = aside.read(self.folder).removed
        for part in listed:
            own = [entry.disclosure_id for entry in part.entries]
            kept = [key for key in own if key in held and held[key][0] == part]
            gone = any(part.stamp <= removed.get(key, -1) for key in own)
            if kept and gone and part.schema == parts.SCHEMA and not stopped():
                passages = {key: parts.read_passages(part, key) for key in kept}
                written = parts.write(self.folder, part.stamp + 1, parts.read(part, kept), passages)
                if self._replace({part: kept}, written):
                    held = held | {entry.disclosure_id: (written, entry) for entry in written.entries}
        return held

    def _replace(self, sources: Mapping[Part, list[str]], written: Part) -> bool:
        """Let a part take the place of others, of which it holds these disclosures.

        Not where one was removed while it was written: that would be back, for the new part is a later one.
        """
        removed = aside.read(self.folder).removed
        is_whole = all(removed.get(key, -1) < part.stamp for part, keys in sources.items() for key in keys)
        for path in [part.path for part in sources] if is_whole else [written.path]:
            _remove(path)
        return is_whole

    def _merge(self, held: dict[str, tuple[Part, Entry]], stopped: Callable[[], bool]) -> None:
        """Merge the small parts of the present version; the merged part ranks just above its sources."""
        small = [one for one in _by_part(held) if len(one[1]) < FULL and one[0].schema == parts.SCHEMA]
        if len(small) <= MANY:
            return
        batch: dict[Part, list[str]] = {}
        for part, keys in sorted(small, key=lambda one: one[0].stamp):
            batch[part] = keys
            if stopped():
                return
            if sum(map(len, batch.values())) >= FULL:
                self._merge_batch(batch)
                batch = {}
        self._merge_batch(batch)

    def _merge_batch(self, batch: Mapping[Part, list[str]]) -> None:
        """Merge parts, each with its disclosures that count, but for the damaged ones among them."""
        read: dict[Part, Frames] = {}
        passages: dict[str, bytes] = {}
        for part, keys in batch.items():
            with suppress(DamagedPartError):
                own = {key: parts.read_passages(part, key) for key in keys}
                read[part] = parts.read(part, keys)
                passages |= own
        if len(read) <= 1:
            return
        written = parts.write(self.folder, max(part.stamp for part in read) + 1, concat(list(read.values())), passages)
        self._replace({part: batch[part] for part in read}, written)


def _remove(path: Path) -> None:
    """Remove what is no longer needed; what another program has open on Windows stays until the next time."""
    with suppress(OSError):
        path.unlink()


def _live(listed: list[Part], removed: Mapping[str, int]) -> dict[str, tuple[Part, Entry]]:
    """The newest of these parts, given oldest first, that holds each disclosure; none where it was removed."""
    newest = {entry.disclosure_id: (part, entry) for part in listed for entry in part.entries}
    return {key: held for key, held in newest.items() if held[0].stamp > removed.get(key, -1)}


def _by_part(held: Mapping[str, tuple[Part, Entry]]) -> list[tuple[Part, list[str]]]:
    """The parts that hold these disclosures, each with its own."""
    found: dict[int, tuple[Part, list[str]]] = {}
    for key, (part, _) in held.items():
        found.setdefault(id(part), (part, []))[1].append(key)
    return list(found.values())


def _rows_of(one: Catalogued, disclosure_ids: list[str]) -> pl.DataFrame:
    """What the catalogue says of these disclosures, which a part holds."""
    if len(disclosure_ids) == one.rows.height:
        return one.rows
    return one.rows.filter(pl.col("disclosure_id").is_in(disclosure_ids))


def _unreadable(path: Path, error: OSError) -> str:
    return tr("资料库文件 {path} 读不了（{reason}），已跳过。").format(path=readable(path), reason=reason(error))


def _with_notice(found: dict[str, pl.DataFrame], disclosure_id: str) -> dict[str, pl.DataFrame]:
    """Say of a disclosure that an older version has read it."""
    row = (disclosure_id, Severity.UNCERTAIN.value, None, None, OLD, None)
    notice = pl.DataFrame([row], schema=NOTICES, orient="row")
    return {**found, "notices": pl.concat([found["notices"], notice])}
