"""What the browser and the plain-text output start with: documents, the library, the sample data."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import polars as pl

    from budget.frames import Frames
    from budget.library import Contents, Library
    from budget.model import Disclosure
    from budget.views.state import ViewState
    from tui.loaded import LoadedFrames

HOME = "YUSUAN_HOME"
"""The environment variable that names another folder than the user's data folder."""
SUFFIXES = (".txt", ".md", ".text")
"""Those of `loaders.load`, which are not imported before the first paint; a test compares them."""
BATCH = 100
"""Documents in memory at once while a folder is read."""


class Reading(NamedTuple):
    """Documents that were read, and one plain sentence for each that was not."""

    disclosures: list[Disclosure]
    messages: list[str]


def home() -> Path:
    """The folder in which yusuan keeps what it keeps."""
    given = os.environ.get(HOME)
    if given:
        return Path(given)
    import platformdirs

    return Path(platformdirs.user_data_dir("yusuan", appauthor=False))


def find_documents(paths: Iterable[str]) -> tuple[list[Path], list[str]]:
    """The files to read, those below folders in order of their names, and one sentence for each path without any."""
    found: dict[Path, None] = {}
    messages = []
    for given in paths:
        path = Path(given).absolute()
        try:
            if given and path.is_dir():
                inside = sorted(_below(path))
                found.update(dict.fromkeys(inside))
                if not os.access(path, os.R_OK | os.X_OK):
                    messages.append(f"打不开文件夹 {given}：没有权限。")
                elif not inside:
                    messages.append(f"文件夹 {given} 中没有 .txt 或 .md 文件。")
            elif not given or not path.exists():
                messages.append(f"没有这个文件或文件夹：{given}")
            elif path.is_char_device() or path.is_block_device() or path.is_socket():
                messages.append(f"{given} 是设备，不是文件。")  # it may never end
            else:
                found[path] = None
        except (OSError, ValueError) as error:
            from budget.files import reason

            messages.append(f"打不开 {given}：{reason(error)}。")
    return list(found), messages


def read(paths: Iterable[Path]) -> Reading:
    """Read these documents; one that cannot be read costs its sentence and nothing else."""
    from budget.files import reason
    from budget.model import UnreadableDocumentError
    from loaders import load

    reading = Reading([], [])
    seen: set[str] = set()
    for path in paths:
        try:
            disclosure = _storable(load(path))
        except UnreadableDocumentError as error:
            reading.messages.append(str(error))
        except OSError as error:
            reading.messages.append(f"打不开 {path}：{reason(error)}。")
        except Exception as error:  # noqa: BLE001 - one document never takes the others with it
            reading.messages.append(f"{path}：读取中出现内部错误（{error!r}），已跳过。")
        else:
            if disclosure.head.disclosure_id not in seen:  # a copy of the same file is the same disclosure
                seen.add(disclosure.head.disclosure_id)
                reading.disclosures.append(disclosure)
    return reading


def open_library() -> Library:
    """The user's library."""
    from budget.library import Library
    from loaders.load import LOADER_VERSION

    return Library(home() / "library", LOADER_VERSION)


def load_library() -> LoadedFrames:
    """The library, filled with the sample data where it is empty."""
    from budget.views.state import ViewState
    from loaders import load

    library = open_library()
    library.sweep()
    contents = library.contents(load)
    if not contents.frames.disclosures.is_empty():
        return _loaded(library, contents, ViewState())
    import sample_data

    kept = _keep(library, sample_data.paths())
    return _loaded(library, library.contents(load), ViewState(), kept)


def load_documents(paths: Sequence[Path]) -> LoadedFrames:
    """These documents, kept in the library and opened: one at its overview, several as the library shows them.

    Raises:
        UnreadableDocumentError: none of them could be read.
    """
    from budget.model import UnreadableDocumentError
    from budget.views.state import View, ViewState
    from loaders import load

    library = open_library()
    library.sweep()
    kept = _keep(library, paths)
    if not kept.ids:
        raise UnreadableDocumentError(" ".join(kept.messages))
    first = next(iter(kept.ids))
    state = ViewState(disclosure=first, view=View.OVERVIEW) if len(kept.ids) == 1 else ViewState(cursor=first)
    return _loaded(library, library.contents(load), state, kept)


class _Kept(NamedTuple):
    ids: dict[str, None]  # of everything that was read, in order
    unkept: list[Disclosure]  # read, but the library could not take them
    messages: list[str]


def _keep(library: Library, paths: Sequence[Path]) -> _Kept:
    """Read documents into the library, so many at a time that memory holds."""
    from budget.files import reason

    kept = _Kept({}, [], [])
    for start in range(0, len(paths), BATCH):
        reading = read(paths[start : start + BATCH])
        kept.messages.extend(reading.messages)
        kept.ids.update(dict.fromkeys(disclosure.head.disclosure_id for disclosure in reading.disclosures))
        try:
            library.add(reading.disclosures)
        except OSError as error:
            if not kept.unkept:
                kept.messages.append(f"没有存入资料库 {library.folder}：{reason(error)}；本次照常浏览。")
            kept.unkept.extend(reading.disclosures)
    return kept


def _loaded(library: Library, contents: Contents, state: ViewState, kept: _Kept | None = None) -> LoadedFrames:
    """What the library holds, with what it could not take."""
    from budget.frames import concat, frames
    from tui.loaded import LoadedFrames

    held = set(contents.frames.disclosures["disclosure_id"])
    unkept = frames(d for d in (kept.unkept if kept else ()) if d.head.disclosure_id not in held)
    texts = {key: text for (key,), text in unkept.passages.partition_by("disclosure_id", as_dict=True).items()}

    def passages(disclosure_id: str) -> pl.DataFrame:
        return texts[disclosure_id] if disclosure_id in texts else library.passages_for(disclosure_id)

    everything = concat([contents.frames, replace(unkept, passages=unkept.passages.clear())])
    messages = (*(kept.messages if kept else ()), *contents.messages)
    return LoadedFrames(everything, state, messages, read=partial(_read_and_keep, library), passages=passages)


def _read_and_keep(library: Library, path: Path) -> Frames:
    """The frames of one more document, which the library keeps as well.

    Raises:
        UnreadableDocumentError: it could not be read.
    """
    from budget.files import reason
    from budget.frames import frames
    from budget.model import Notice, Severity, UnreadableDocumentError

    reading = read([path])
    if not reading.disclosures:
        raise UnreadableDocumentError(" ".join(reading.messages))
    (disclosure,) = reading.disclosures
    try:
        library.add([disclosure])
    except OSError as error:
        unkept = Notice(
            severity=Severity.INFO, text=f"没有存入资料库 {library.folder}：{reason(error)}；本次照常浏览。"
        )
        report = disclosure.report.model_copy(update={"notices": (*disclosure.report.notices, unkept)})
        disclosure = disclosure.model_copy(update={"report": report})
    return frames([disclosure])


def _storable(disclosure: Disclosure) -> Disclosure:
    """With names that Parquet can hold: a file name need not be text."""
    head = disclosure.head
    names = {name: getattr(head, name).encode(errors="replace").decode() for name in ("source_path", "source_name")}
    return disclosure.model_copy(update={"head": head.model_copy(update=names)})


def _below(folder: Path) -> Iterable[Path]:
    return (
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in SUFFIXES and not path.name.startswith(".") and path.is_file()
    )
