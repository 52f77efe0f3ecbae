"""The library: disclosures once read, kept as Parquet parts in the user's data folder.

Parts are immutable and the newest part that holds a disclosure counts, so several programs may add and sweep at
once without locks, and a crash leaves at most a temporary file.  Parts are read whole and closed.
"""

from __future__ import annotations

import hashlib
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from budget import parts
from budget.frames import NOTICES, PASSAGES, Frames, concat, frames
from budget.model import Disclosure, Severity
from budget.parts import DamagedPartError, Entry, Part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Reload = Callable[[Path], Disclosure]

FULL = 256
"""A part with this many disclosures is left as it is; smaller ones are merged ..."""
MANY = 16
"""... when there are more than this many of them: ten thousand disclosures are some forty parts."""
STALE_SECONDS = 600
"""A temporary file older than this was left by a program that died."""
REREAD_AT_ONCE = 100
"""How many disclosures of an older version are read again at one start: a start must end."""
ATTEMPTS = 5
OLD = "旧版解析：由旧版本读取，原文件已不在或已改变，未能重新读取。"
LATER = "旧版解析：由旧版本读取，以后启动时重新读取。"


@dataclass(frozen=True, slots=True)
class Contents:
    """What the library holds: frames without passages, and one sentence for each thing that went wrong."""

    frames: Frames
    messages: tuple[str, ...] = ()


class Library:
    """The disclosures kept in `folder`; `loader_version` is the version of the loaders that read documents now."""

    def __init__(self, folder: Path, loader_version: int) -> None:
        self.folder = folder
        self.loader_version = loader_version

    def add(self, disclosures: Iterable[Disclosure]) -> None:
        """Keep these disclosures; one with the same SHA-256 replaces the former.

        Raises:
            OSError: the disk is full, or the folder cannot be written; what was kept before stays.
        """
        listed = list(disclosures)
        for start in range(0, len(listed), FULL):
            made = frames(listed[start : start + FULL])
            texts = made.passages.partition_by("disclosure_id", as_dict=True)
            passages = {
                key: parts.to_parquet(texts.get((key,), PASSAGES.to_frame()))
                for key in made.disclosures["disclosure_id"]
            }
            parts.write(self.folder, self._next_stamp(), made, passages)

    def contents(self, reload: Reload | None = None) -> Contents:
        """Read the library, passages excepted; disclosures of an older version are read again with `reload`.

        Where their file is gone or has changed they are shown as they were read, with a notice.
        """
        for _ in range(ATTEMPTS):
            with suppress(FileNotFoundError):  # swept by another program since it was listed: list again
                return self._contents(reload)
        return self._contents(reload)

    def passages_for(self, disclosure_id: str) -> pl.DataFrame:
        """The text of one disclosure, schema PASSAGES; empty where the library does not hold it."""
        for _ in range(ATTEMPTS):
            with suppress(FileNotFoundError):  # swept since it was listed: list again
                return self._passages(disclosure_id)
        return PASSAGES.to_frame()

    def sweep(self) -> None:
        """Remove stale temporaries and superseded parts, and merge many small parts; never fails."""
        with suppress(OSError, DamagedPartError):
            for path in self.folder.glob(f"*{parts.TEMPORARY}"):
                if time.time() - path.stat().st_mtime > STALE_SECONDS:
                    path.unlink()
            listed, _ = self._parts()  # once: a part that another program adds from now on is none of our business
            held = _newest(listed)
            alive = {part.path for part, _ in held.values()}
            for part in listed:
                successors = {held[entry.disclosure_id][0] for entry in part.entries}
                if part.path not in alive and all(map(parts.is_whole, successors)):
                    part.path.unlink(missing_ok=True)
            self._merge(held)

    def _contents(self, reload: Reload | None) -> Contents:
        listed, messages = self._parts()
        held = _newest(listed)
        outdated = {key: entry for key, (part, entry) in held.items() if self._is_outdated(part, entry)}
        read_again, later = self._read_again(outdated, reload)
        if read_again:
            with suppress(OSError):
                self.add(read_again)
        fresh = {disclosure.head.disclosure_id for disclosure in read_again}
        found, damage = _read_newest(listed, fresh)
        everything = concat([*found, frames(read_again)])
        everything = replace(everything, passages=PASSAGES.to_frame())
        notes = {key: LATER if key in later else OLD for key in outdated if key not in fresh}
        return Contents(_with_notices(everything, notes), (*messages, *damage))

    def _passages(self, disclosure_id: str) -> pl.DataFrame:
        for part in reversed(self._parts()[0]):
            if any(entry.disclosure_id == disclosure_id for entry in part.entries):
                try:
                    return parts.from_parquet(parts.read_passages(part, disclosure_id), PASSAGES)
                except FileNotFoundError:
                    raise
                except (DamagedPartError, OSError):
                    continue
        return PASSAGES.to_frame()

    def _is_outdated(self, part: Part, entry: Entry) -> bool:
        if entry.loader_version == self.loader_version:
            return part.schema != parts.SCHEMA
        return entry.loader_version < self.loader_version  # what a newer program has read is left alone

    def _read_again(self, outdated: dict[str, Entry], reload: Reload | None) -> tuple[list[Disclosure], set[str]]:
        """The disclosures read again, and the ids that are left for a later start."""
        if reload is None:
            return [], set()
        again: list[Disclosure] = []
        unchanged = [entry for entry in outdated.values() if _is_unchanged(entry)]
        for entry in unchanged[:REREAD_AT_ONCE]:
            with suppress(Exception):  # whatever the loader does, what was kept is shown
                again.append(reload(Path(entry.source_path)))
        return again, {entry.disclosure_id for entry in unchanged[REREAD_AT_ONCE:]}

    def _parts(self) -> tuple[list[Part], list[str]]:
        """The readable parts, oldest first, and a sentence for each damaged one."""
        found: list[Part] = []
        messages: list[str] = []
        for path in self._paths():
            try:
                found.append(parts.describe(path))
            except DamagedPartError as error:
                messages.append(str(error))
            except FileNotFoundError:
                raise
            except OSError as error:
                messages.append(_unreadable(path, error))
        return found, messages

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
        return max([time.time_ns(), *(stamp + 1 for stamp in stamps)])

    def _merge(self, held: dict[str, tuple[Part, Entry]]) -> None:
        """Merge the small parts of the present version; the merged part ranks just above its sources."""
        live: dict[Path, list[str]] = {}
        holders = {part.path: part for part, _ in held.values()}
        for key, (part, _) in held.items():
            live.setdefault(part.path, []).append(key)
        small = [part for path, part in holders.items() if len(live[path]) < FULL and part.schema == parts.SCHEMA]
        if len(small) <= MANY:
            return
        batch: list[Part] = []
        for part in sorted(small, key=lambda part: part.stamp):
            batch.append(part)
            if sum(len(live[one.path]) for one in batch) >= FULL:
                self._merge_batch(batch, live)
                batch = []
        self._merge_batch(batch, live)

    def _merge_batch(self, batch: list[Part], live: dict[Path, list[str]]) -> None:
        if len(batch) <= 1:
            return
        merged = concat([parts.read(part, live[part.path]) for part in batch])
        passages = {key: parts.read_passages(part, key) for part in batch for key in live[part.path]}
        parts.write(self.folder, max(part.stamp for part in batch) + 1, merged, passages)
        for part in batch:
            part.path.unlink(missing_ok=True)


def _newest(listed: list[Part]) -> dict[str, tuple[Part, Entry]]:
    """The newest of these parts, given oldest first, that holds each disclosure."""
    return {entry.disclosure_id: (part, entry) for part in listed for entry in part.entries}


def _read_newest(listed: list[Part], settled: set[str]) -> tuple[list[Frames], list[str]]:
    """Each unsettled disclosure from the newest part that can be read, and a sentence for each part that cannot."""
    found: list[Frames] = []
    messages: list[str] = []
    for part in reversed(listed):
        wanted = [entry.disclosure_id for entry in part.entries if entry.disclosure_id not in settled]
        if not wanted:
            continue
        try:
            found.append(parts.read(part, wanted))
            settled = settled | set(wanted)
        except FileNotFoundError:
            raise
        except DamagedPartError as error:
            messages.append(str(error))
        except OSError as error:
            messages.append(_unreadable(part.path, error))
    return found[::-1], messages


def _unreadable(path: Path, error: OSError) -> str:
    return f"资料库文件 {path} 读不了（{error.strerror}），已跳过。"


def _is_unchanged(entry: Entry) -> bool:
    """Whether the document that was read still stands where it stood."""
    try:
        content = Path(entry.source_path).read_bytes()
    except (OSError, ValueError):
        return False
    return hashlib.sha256(content).hexdigest() == entry.sha256


def _with_notices(everything: Frames, notes: dict[str, str]) -> Frames:
    if not notes:
        return everything
    rows = [(key, Severity.UNCERTAIN.value, None, None, text) for key, text in notes.items()]
    notices = pl.DataFrame(rows, schema=NOTICES, orient="row")
    return replace(everything, notices=pl.concat([everything.notices, notices]))
