"""The program of the bundle.

Documents are read by workers that are this very program, started as `yusuan --worker` (`loaders.workers.start`), not by
`multiprocessing`. Should a library start a process through `multiprocessing`, `freeze_support` makes the child that
process; without it the child would be a second browser, on Windows as elsewhere.
"""

from __future__ import annotations

import sys

from tui.__main__ import main

if __name__ == "__main__":
    from multiprocessing import freeze_support  # it takes a while, and Ctrl+C is quiet by now

    freeze_support()
    sys.exit(main())
