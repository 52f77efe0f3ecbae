"""The command `yusuan`: the browser and its subcommands.

Heavy packages are imported only where a command needs them.
"""

from __future__ import annotations

import gc
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from budget.i18n import language
from loaders.workers.start import FLAG, allow
from tui.cli import arguments
from tui.config import load as configuration
from tui.terminal import cpu, streams
from tui.terminal.output import FAILED, INTERRUPTED, MISUSED, OK, OutputError, complain, discard_output, flush, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from loaders.workers.start import Hire, Reserve
    from tui.config.load import Effective
    from tui.library.loaded import LoadedFrames, Options

LOAD, EXPORT, CHECK, REPORT, CONFIG, DOCTOR = "load", "export", "check", "report", "config", "doctor"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status.

    0, 1 unreadable or not written, 2 bad usage, 3 discrepancies, 130 interrupted.
    """
    try:
        return _main(sys.argv[1:] if argv is None else argv)
    except KeyboardInterrupt:
        return INTERRUPTED
    except MemoryError:
        complain([language.tr("内存不够，没有做完：请关闭其他程序后再运行。")])
        return FAILED
    except BrokenPipeError:  # the reader, as `head`, has had enough
        discard_output()
        return OK
    except OutputError as error:
        discard_output()
        complain([str(error)])
        return FAILED


def _main(argv: Sequence[str]) -> int:
    """Find the command and run it."""
    encoding = sys.getfilesystemencoding()
    given = [arguments.as_file_name(word, encoding) for word in argv]
    if given[:1] == [FLAG]:  # a bundled program starts itself as its own worker
        from loaders.workers import worker

        return worker.main(first=Path(given[1]) if len(given) > 1 else None)
    streams.open_closed()
    streams.prepare()
    cpu.drop_bad_thread_count()
    commands = {LOAD: _load, EXPORT: _export, CHECK: _check, REPORT: _report, CONFIG: _config, DOCTOR: _doctor}
    given = arguments.command_first(given, commands)
    command = commands.get(given[0]) if given else None
    found = configuration.effective(given, kept=command is None)
    language.use(configuration.language_of(given, found))
    allow(found.settings.memory)
    return _run(command, given, found)


def _run(command: Callable[[list[str], Effective], int] | None, given: list[str], found: Effective) -> int:
    """Run a command, and let out what it has printed."""
    if not _has_folder():
        complain([language.tr("当前文件夹已经不存在：请换到另一个文件夹再运行。")])
        return FAILED
    try:
        status = command(given[1:], found) if command else _browse(given, found)
    except SystemExit as leaving:  # argparse has said what it had to say
        status = leaving.code if isinstance(leaving.code, int) else FAILED
    flush()
    return status


def _has_folder() -> bool:
    """Whether there still is a folder in which relative paths begin."""
    try:
        Path.cwd()
    except OSError:
        return False
    return True


def _browse(given: list[str], found: Effective) -> int:
    parsed = arguments.browse_parser().parse_args(given)
    refusal = _refusal(found)
    if refusal is not None:
        return refusal
    from tui.library import documents

    paths, messages = documents.find_documents(parsed.paths)
    complain(messages)
    if messages and not paths:
        return FAILED
    chosen = configuration.with_options(found, parsed).settings
    if sys.stdout.isatty() and sys.stdin.isatty() and streams.ready():
        asked = not any(map(documents.is_folder, parsed.paths))
        options = chosen.options(draws_ascii=streams.draws_ascii(chosen.glyphs))
        status = _open(paths, options, found, asked=asked)
    else:
        with _reserved(parsed.paths) as hire:
            from tui.cli import export

            status = export.show(paths, hire, ascii_only=streams.prints_ascii(chosen.glyphs), unit=chosen.unit)
    return FAILED if messages else status


def _open(paths: list[Path], options: Options, found: Effective, *, asked: bool) -> int:
    """Open the browser; it reads in a worker thread, and what failed there is said again when it has closed."""
    gc.disable()  # what is imported lives until the end; the reading thread enables it again
    from tui.session.kept_screens import KeptScreens

    kept = KeptScreens(options)
    kept.begin(paths)
    reserve = _reserve(paths) if kept.snapshot is None else None
    from tui import app

    failures: list[str] = []
    stop = threading.Event()

    def load() -> LoadedFrames:
        try:
            from tui.library import start

            gc.freeze()
            gc.enable()
            hire = reserve.hire if reserve else None
            last = kept.last
            if paths:
                loaded = start.load_documents(paths, stop, hire, asked=asked, shows_first=True)
            else:
                loaded = start.load_library(last)
            configuration.keep(found)
        except Exception as error:
            if not stop.is_set():  # else the user has left before it was read
                failures.append(str(error))
            raise
        else:
            return loaded
        finally:
            gc.enable()
            if reserve:
                reserve.dismiss()

    status = app.run(load, options, stop, kept)
    complain(failures)
    return FAILED if failures else status


def _reserve(paths: list[Path]) -> Reserve | None:
    """A worker that begins to read while the rest is imported, where one document is waited for."""
    from loaders.workers import start
    from tui.library import documents

    if len(paths) != 1 or documents.is_stream(paths[0]):
        return None
    try:
        return start.Reserve(paths[0])
    except OSError:  # whoever needs a worker will be told
        return None


@contextmanager
def _reserved(given: list[str]) -> Iterator[Hire]:
    """Let the one document be read while the rest is imported; what starts workers, that one first."""
    from loaders.workers import start as hiring

    reserve = _reserve([Path(given[0]).absolute()]) if len(given) == 1 else None
    try:
        yield reserve.hire if reserve else hiring.hire
    finally:
        if reserve:
            reserve.dismiss()


def _load(given: list[str], found: Effective) -> int:
    parsed = arguments.load_parser().parse_args(given)
    refusal = _refusal(found)
    if refusal is not None:
        return refusal
    from tui.cli import load

    return load.load(parsed)


def _export(given: list[str], found: Effective) -> int:
    parsed = arguments.parse_export(given)
    refusal = _refusal(found)
    if refusal is not None:
        return refusal
    with _reserved(parsed.paths) as hire:
        from tui.cli import export

        return export.export(configuration.for_export(found, parsed), hire)


def _check(given: list[str], found: Effective) -> int:
    parsed = arguments.check_parser().parse_args(given)
    refusal = _refusal(found)
    if refusal is not None:
        return refusal
    with _reserved(parsed.paths) as hire:
        from tui.cli import check

        return check.check(parsed, hire)


def _report(given: list[str], found: Effective) -> int:
    parsed = arguments.parse_report(given)
    refusal = _refusal(found)
    if refusal is not None:
        return refusal
    with _reserved(parsed.paths) as hire:
        from tui.cli import report

        return report.report(parsed, hire)


def _config(given: list[str], found: Effective) -> int:
    parsed = arguments.config_parser().parse_args(given)
    usual, _ = configuration.config_file([option for option in given if option != configuration.NO_FILE])
    if parsed.path:
        say([str(usual)])
        return OK
    if not parsed.init:
        refusal = _refusal(found)
        if refusal is not None:
            return refusal
    from tui.cli import config

    if parsed.init and usual is not None:
        return config.write_template(usual)
    return config.show(configuration.with_options(found, parsed))


def _doctor(given: list[str], found: Effective) -> int:
    parsed = arguments.doctor_parser().parse_args(given)
    from tui.cli import doctor

    return doctor.doctor(configuration.with_options(found, parsed))


def _refusal(found: Effective) -> int | None:
    """The status of a command that ends before it begins: a bad configuration, a processor too old.

    Nothing is done with half a configuration: neither what was asked for nor the default would be what is expected.
    """
    if found.troubles:
        complain(language.tr("{}。").format(language.Message(trouble).text()) for trouble in found.troubles)
        complain([language.tr("请改正上面各处；或用 --no-config 不读配置文件。")])
        return MISUSED
    return FAILED if _cannot_run() else None


def _cannot_run() -> bool:
    trouble = cpu.problem()
    complain([trouble] if trouble else [])
    return trouble is not None
