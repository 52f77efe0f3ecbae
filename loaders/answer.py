"""What becomes of a document that is to be read: its frames, or one sentence that says why there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from budget.files import reason
from budget.frames import frames
from budget.model import UnreadableDocumentError
from loaders.load import load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from budget.frames import Frames
    from budget.model import Disclosure


class Answer(NamedTuple):
    """The frames of a document, or why there are none; with neither, it was known already."""

    path: Path
    frames: Frames | None = None
    failure: str = ""


def attempt(path: Path, read: Callable[[Path], Disclosure] | None = None) -> Answer:
    """Read a document with `load` or another function, whatever happens."""
    try:
        return Answer(path, frames([_storable((read or load)(path))]))
    except UnreadableDocumentError as error:
        failure = str(error)
    except MemoryError:
        failure = f"{path}：内存不够，没有读完。"
    except OSError as error:
        failure = f"打不开 {path}：{reason(error)}。"
    except Exception as error:  # noqa: BLE001 - one document never takes the others with it
        failure = f"{path}：读取中出现内部错误（{error!r}），已跳过。"
    return Answer(path, None, failure)


def _storable(disclosure: Disclosure) -> Disclosure:
    """With names that a frame can hold: a file name need not be text."""
    head = disclosure.head
    names = {name: getattr(head, name).encode(errors="replace").decode() for name in ("source_path", "source_name")}
    return disclosure.model_copy(update={"head": head.model_copy(update=names)})
