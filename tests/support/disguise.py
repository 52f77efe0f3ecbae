"""A fresh interpreter on Linux that passes for Windows: modules and names that Windows does not have are gone.

The packages of others are imported before, for their compiled parts are Linux's; Textual and ours are imported after.
What Windows has and Linux has not (`msvcrt`, `ctypes.windll`) is a stand-in that answers nothing useful: what the
program does with the real ones is not shown by this.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import ctypes
import http.client
import importlib
import logging.handlers
import multiprocessing
import os
import pathlib
import platform
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import types
import webbrowser
import zipfile
from typing import Any, ClassVar

BEFORE = (asyncio, concurrent.futures, http.client, logging.handlers, multiprocessing, shutil, socket, tempfile)
BEFORE_TOO = (webbrowser, zipfile)
OTHERS = ("polars", "pydantic", "platformdirs", "pypdfium2", "selectolax.lexbor", "xlsxwriter", "pypinyin", "rich")
MISSING = {"fcntl", "pty", "termios", "tty", "pwd", "grp", "resource", "syslog", "readline", "curses", "crypt", "spwd"}
"""Modules that Python for Windows does not have."""
_OS_MISSING = """
    O_CLOEXEC O_DIRECTORY O_NOCTTY O_NOFOLLOW O_NONBLOCK O_SYNC chown chroot confstr ctermid fchdir fchmod fchown
    fork forkpty getegid geteuid getgid getgrouplist getgroups getloadavg getpgid getpgrp getpriority getresuid
    getsid getuid getxattr initgroups killpg lchown listxattr lockf major makedev mkfifo mknod nice openpty pipe2
    posix_fadvise posix_fallocate posix_spawn pread preadv pwrite pwritev readv register_at_fork removexattr
    sched_getaffinity sched_setaffinity sched_yield sendfile setegid seteuid setgid setgroups setpgid setpriority
    setsid setuid setxattr statvfs sync sysconf tcgetpgrp tcsetpgrp ttyname uname wait wait3 wait4 waitid
    WIFSIGNALED WTERMSIG WIFEXITED WEXITSTATUS
"""
OS_MISSING = frozenset(_OS_MISSING.split())
_SIGNAL_MISSING = """
    SIGALRM SIGBUS SIGCHLD SIGCONT SIGHUP SIGIO SIGKILL SIGPIPE SIGPROF SIGQUIT SIGSTOP SIGSYS SIGTSTP SIGTTIN
    SIGTTOU SIGUSR1 SIGUSR2 SIGWINCH alarm getitimer pause pthread_kill pthread_sigmask setitimer siginterrupt
    sigpending sigwait
"""
SIGNAL_MISSING = frozenset(_SIGNAL_MISSING.split())
CHINESE = 936


class _Missing:
    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name.partition(".")[0] in MISSING:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


class Library:
    """A library of Windows: every function answers 0, or what `RESULTS` says."""

    RESULTS: ClassVar = {"IsProcessorFeaturePresent": 1, "GetACP": CHINESE, "GetConsoleOutputCP": CHINESE}

    def __init__(self, name: str = "", **options: bool) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Library:
        found = Library(name)
        setattr(self, name, found)
        return found

    def __call__(self, *given: object) -> int:
        return self.RESULTS.get(self._name, 0)


def put_on() -> None:
    """From here on this interpreter passes for Python on Windows."""
    for name in OTHERS:
        importlib.import_module(name)
    for name in MISSING:
        sys.modules.pop(name, None)
    sys.meta_path.insert(0, _Missing())  # type: ignore[arg-type]
    for module, names in ((os, OS_MISSING), (signal, SIGNAL_MISSING)):
        for name in names:
            if hasattr(module, name):
                delattr(module, name)
    changed: Any = pathlib
    changed.WindowsPath = pathlib.PosixPath  # the paths themselves stay those of this disk
    sys.platform, os.name = "win32", "nt"
    platform.system, platform.version = lambda: "Windows", lambda: "10.0.19045"
    sys.modules["msvcrt"] = types.ModuleType("msvcrt")
    changed = ctypes
    changed.windll, changed.oledll, changed.WinDLL = Library(), Library(), Library
    changed.WINFUNCTYPE, changed.WinError = ctypes.CFUNCTYPE, OSError
    changed.get_last_error = changed.set_last_error = Library("GetLastError")
    changed = subprocess
    changed.CREATE_NO_WINDOW, changed.CREATE_NEW_PROCESS_GROUP = 0x08000000, 0x00000200
