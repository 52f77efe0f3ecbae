"""The command `yusuan load`: documents read into the library, here or on a cluster."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from budget.i18n.language import tr
from budget.library.parts import DamagedPartError
from budget.model.disclosure import Severity
from budget.system.files import told
from budget.system.paths import readable
from loaders.workers.cluster import ClusterFailedError, connected
from loaders.workers.pool import WorkersFailedError
from tui.cli.lost import lost
from tui.library import start
from tui.library.documents import find_documents, is_folder, is_stream
from tui.library.intake import Intake
from tui.terminal.output import FAILED, OK, complain, progress, say

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Iterator

    from budget.library.frames import Frames
    from budget.library.library import Library


def load(asked: Namespace) -> int:
    """Read documents into the library. Returns 1 where one could not be read or stored."""
    paths, messages = find_documents(asked.paths)
    complain(messages)
    if not paths:
        return FAILED
    held = start.library_of(paths)
    complain(held.messages)
    before = set(held.frames.disclosures["disclosure_id"])
    intake = Intake(held, paths, asked=not any(map(is_folder, asked.paths)))
    intake.by_path = len(paths) > 1
    troubles: list[str] = []
    with ExitStack() as stack:
        if asked.scheduler is not None:
            plain = next((path for path in paths if not is_stream(path)), None)
            try:
                intake.cluster = stack.enter_context(connected(asked.scheduler, held.library.folder, plain))
            except ClusterFailedError as error:
                complain([str(error)])
                return FAILED
        try:
            _run(intake)
        except (WorkersFailedError, ClusterFailedError) as error:
            troubles.append(str(error))
    if held.refusal:
        text = tr("没有存入资料库 {folder}：{reason}。")
        troubles.append(text.format(folder=readable(held.library.folder), reason=held.refusal))
    now = held.library.contents().frames
    if not held.refusal:
        troubles += _lost(intake.ids, now)
    complain([*intake.failures, *troubles])
    read = intake.ids if intake.asked else set(intake.ids) - before
    complain(_losses(held.library, now, set(read)))
    held.library.sweep()
    counts = (len(intake.ids), len(set(intake.ids) - before), len(intake.failures))
    text = tr("读完 {} 份资料，其中新的 {} 份；未读入 {} 份。资料库：{}")
    say([text.format(*counts, readable(held.library.folder))])
    return FAILED if messages or intake.failures or troubles else OK


def _losses(library: Library, now: Frames, read: set[str]) -> Iterator[str]:
    """What was lost in reading these disclosures; only those are looked at whose list says that anything was."""
    listed = now.listed().filter(pl.col(Severity.LOST.value) > 0)["disclosure_id"]
    try:
        yield from lost(replace(now, notices=library.notices_of(read.intersection(listed))))
    except (DamagedPartError, OSError) as error:
        yield told(error)


def _run(intake: Intake) -> None:
    """Read, and show how far it is; nothing more is read once the library takes nothing."""
    shown = sys.stderr.isatty()
    try:
        for report in intake.run():
            if intake.loaded_library.refusal:
                intake.stop.set()
            if shown:
                progress(report.done, report.total, report.failed, report.name)
    finally:
        if shown:
            progress()


def _lost(ids: Iterable[str], now: Frames) -> list[str]:
    """A sentence where the library does not hold what a cluster says to have stored."""
    lost = set(ids) - set(now.disclosures["disclosure_id"])
    if not lost:
        return []
    return [tr("资料库里看不到读完的 {} 份资料：请确认各台机器用的是同一个共享文件夹，再运行一次。").format(len(lost))]
