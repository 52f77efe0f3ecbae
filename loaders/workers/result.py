"""The result of reading a document: its frames, or one sentence saying why not."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from budget.i18n.language import N_, Message
from budget.library.rows import rows_of
from budget.model.disclosure import UnreadableDocumentError
from budget.system.files import kept_reason
from loaders.workers import memory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from budget.library.frames import Frames
    from budget.library.rows import Rows
    from budget.model.disclosure import Disclosure


_COLLECTED_AFTER = 100_000
"""New objects after which the young ones are looked through; with 700 that took a third of the reading."""


class ReadResult(NamedTuple):
    """The frames of a document, or why there are none; with neither, the library holds it."""

    path: Path
    frames: Frames | None = None
    kept: str = ""
    """The sentence that says why there are none, as `budget.i18n.language.Message` keeps it."""
    passing: bool = False
    """That sentence is not about the document: it will be read the next time."""

    def of(self, path: Path) -> ReadResult:
        """The result of another file with the same content: its sentence names that file."""
        return self._replace(path=path, kept=Message(self.kept).with_value(path.name, self.path.name))

    @property
    def failure(self) -> str:
        """That sentence in the language of the interface; "" where there is none."""
        return Message(self.kept).text()


def attempt(path: Path, read: Callable[[Path], Disclosure] | None = None) -> ReadResult:
    """Read a document with `load` or another function, whatever happens."""
    return finished(path, *attempt_rows(path, read))


def finished(path: Path, rows: Rows | None, kept: str) -> ReadResult:
    """The result that rows give as frames; only here Polars is needed."""
    if rows is None:
        return ReadResult(path, None, kept)
    from budget.library.frames import from_rows

    try:
        return ReadResult(path, from_rows(rows))
    except Exception as error:  # noqa: BLE001 - as in attempt_rows
        return ReadResult(path, None, internal_error(path, error))


def attempt_rows(path: Path, read: Callable[[Path], Disclosure] | None = None) -> tuple[Rows | None, str]:
    """Return the rows of a document, or why there are none. The reason is a kept sentence."""
    if read is None:
        from loaders.load import load

        read = load
    try:
        with _rare_collections():
            return rows_of(_storable(read(path))), ""
    except UnreadableDocumentError as error:
        return None, error.kept
    except MemoryError:
        return None, memory.too_much(path)
    except OSError as error:
        return None, Message.of(N_("打不开 {}：{}。"), path, kept_reason(error))
    except Exception as error:  # noqa: BLE001 - one document never takes the others with it
        return None, internal_error(path, error)


@contextmanager
def _rare_collections() -> Iterator[None]:
    """Look for cycles among the objects now and then: reading makes many that stay, and hardly a cycle."""
    before = gc.get_threshold()
    gc.set_threshold(_COLLECTED_AFTER, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def internal_error(path: Path, error: Exception) -> str:
    """The kept sentence of an error that nobody has foreseen."""
    return Message.of(N_("{}：读取中出现内部错误（{}），已跳过。"), path, repr(error))


def took_too_long(path: Path, seconds: float) -> ReadResult:
    """The result of a document that was not read within its time."""
    return ReadResult(path, None, Message.of(N_("{}：读了 {} 秒还没有读完，已停止，没有读入。"), path, f"{seconds:g}"))


def _storable(disclosure: Disclosure) -> Disclosure:
    """With names that a frame can hold: a file name need not be text."""
    head = disclosure.head
    names = {name: getattr(head, name).encode(errors="replace").decode() for name in ("source_path", "source_name")}
    return disclosure._replace(head=head._replace(**names))
