"""The command `yusuan`: the browser, the plain text, the export; heavy packages only where a command needs them."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from budget import language
from tui import __version__, arguments, preflight
from tui.console import FAILED, INTERRUPTED, OK, PROGRAM, complain, hush, prepare, say
from tui.hiring import FLAG

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.hiring import Reserve
    from tui.loaded import LoadedFrames, Options

EXPORT, CHECK = "export", "check"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit status: 0, 1 unreadable or not written, 2 bad usage, 3 discrepancies."""
    given = list(sys.argv[1:] if argv is None else argv)
    if given == [FLAG]:  # a bundled program starts itself as its own worker
        from loaders import worker

        return worker.main()
    prepare()
    language.use(arguments.language_of(given))
    try:
        commands = {EXPORT: _export, CHECK: _check}
        command = commands.get(given[0]) if given else None
        status = command(given[1:]) if command else _browse(given)
        sys.stdout.flush()
    except SystemExit as leaving:  # argparse has said what it had to say
        return leaving.code if isinstance(leaving.code, int) else FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # the reader, as `head`, has had enough
        hush()
        return OK
    return status


def _browse(given: list[str]) -> int:
    parsed = arguments.browse_parser().parse_args(given)
    if parsed.version:
        return _print_version()
    if _cannot_run():
        return FAILED
    from tui import start

    paths, messages = start.find_documents(parsed.paths)
    complain(messages)
    if messages and not paths:
        return FAILED
    if sys.stdout.isatty() and sys.stdin.isatty():
        from tui.loaded import Options

        asked = not any(Path(given).is_dir() for given in parsed.paths)
        status = _open(paths, Options(ascii=parsed.ascii, mouse=not parsed.no_mouse), asked=asked)
    else:
        from tui import headless

        status = headless.show(paths, ascii_only=parsed.ascii)
    return FAILED if messages else status


def _open(paths: list[Path], options: Options, *, asked: bool) -> int:
    """Open the browser; it reads in a worker thread, and what failed there is said again when it has closed."""
    reserve = _reserve(paths)
    from tui import app

    failures: list[str] = []
    stop = threading.Event()

    def load() -> LoadedFrames:
        try:
            from tui import opening

            hire = reserve.hire if reserve else None
            return opening.load_documents(paths, stop, hire, asked=asked) if paths else opening.load_library()
        except Exception as error:
            if not stop.is_set():  # else the user has left before it was read
                failures.append(str(error))
            raise
        finally:
            if reserve:
                reserve.dismiss()

    status = app.run(load, options, stop)
    complain(failures)
    return FAILED if failures else status


def _reserve(paths: list[Path]) -> Reserve | None:
    """A worker that gets ready while the rest is imported, where one document is waited for."""
    from tui import hiring, start

    if len(paths) != 1 or start.is_small(paths):
        return None
    try:
        return hiring.Reserve()
    except OSError:  # whoever needs a worker will be told
        return None


def _export(given: list[str]) -> int:
    parsed = arguments.parse_export(given)
    if parsed.version:
        return _print_version()
    if _cannot_run():
        return FAILED
    from tui import headless

    return headless.export(parsed)


def _check(given: list[str]) -> int:
    parsed = arguments.parse_check(given)
    if parsed.version:
        return _print_version()
    if _cannot_run():
        return FAILED
    from tui import check

    return check.check(parsed)


def _cannot_run() -> bool:
    preflight.choose_runtime()
    trouble = preflight.problem()
    complain([trouble] if trouble else [])
    return trouble is not None


def _print_version() -> int:
    say([f"{PROGRAM} {__version__}"])
    return OK
