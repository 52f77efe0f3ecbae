"""`yusuan`, `python -m tui`, the bundle: the first of our statements, and the last.

Ctrl+C ends the program without a word. While it imports and while it leaves the system ends it: an exception amid an
import would be told by the interpreter. In between the command line takes the exception. What the interpreter does
before this module is not ours.
"""

from __future__ import annotations

import sys

try:
    import signal

    _RAISES = signal.getsignal(signal.SIGINT) is signal.default_int_handler  # else whoever started us wants it ignored
    if _RAISES:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
except KeyboardInterrupt:
    sys.exit(130)


def main() -> int:
    """Run the command line and return the exit status."""
    from tui.cli import main as command

    try:
        if _RAISES:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        return command.main()
    finally:
        if _RAISES:
            signal.signal(signal.SIGINT, signal.SIG_DFL)


if __name__ == "__main__":
    sys.exit(main())
