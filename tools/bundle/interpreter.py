"""Build CPython for old Linux systems: `python3 tasks.py interpreter [x86_64] [aarch64]`.

A bundle runs where its interpreter runs, and an interpreter needs the C library of the machine that it was linked on.
Here the C compiler of `ziglang` links it for glibc 2.28 (UOS 20, Kylin V10), for either processor on either. The
sources are Debian's, checked by apt; what is built is kept outside the checkout (`place`) and taken by
`python3 tasks.py bundle`. It takes about ten minutes a machine, once.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tools.bundle import elf, machines

VERSION = "3.11.2"
GLIBC = "2.28"
"""The GNU C library of UOS 20; that of Kylin V10 is 2.31."""
REVISION = 2
"""Goes up when the interpreter is built otherwise: what was built before is not taken then."""
SOURCES = {
    "python3.11": "3.11.2-6+deb12u8",
    "expat": "2.5.0-1+deb12u2",
    "zlib": "1:1.2.13.dfsg-1",
    "bzip2": "1.0.8-5",
    "xz-utils": "5.4.1-1+deb12u1",
    "libffi": "3.4.4-1",
    "sqlite3": "3.40.1-2+deb12u2",
}
"""Source packages of Debian 12 with their versions; all but the first are linked into the interpreter."""
SUITE = "bookworm"
MENDED = re.compile(r"CVE|-gh-|crash|deadlock|nullptr")
"""Of Debian's changes to Python those that mend what is wrong, not those that fit it to Debian."""
OPTIONS = ("-O3", "-fno-sanitize=undefined", "-fPIC", "-w")
JOBS = "2"
NEEDED = ("apt-get", "dpkg-source", "patch", "make", "readelf", "cc", "tclsh")
"""Programs of this machine: the last two put SQLite's source together."""

MODULES = """
*static*
_asyncio _asynciomodule.c
_bisect _bisectmodule.c
_contextvars _contextvarsmodule.c
_csv _csv.c
_datetime _datetimemodule.c
_decimal _decimal/_decimal.c
_elementtree _elementtree.c
_heapq _heapqmodule.c
_json _json.c
_lsprof _lsprof.c rotatingtree.c
_opcode _opcode.c
_pickle _pickle.c
_posixsubprocess _posixsubprocess.c
_queue _queuemodule.c
_random _randommodule.c
_socket socketmodule.c
_statistics _statisticsmodule.c
_struct _struct.c
_typing _typingmodule.c
_zoneinfo _zoneinfo.c
_multibytecodec cjkcodecs/multibytecodec.c
_codecs_cn cjkcodecs/_codecs_cn.c
_codecs_hk cjkcodecs/_codecs_hk.c
_codecs_tw cjkcodecs/_codecs_tw.c
_md5 md5module.c
_sha1 sha1module.c
_sha256 sha256module.c
_sha512 sha512module.c
_sha3 _sha3/sha3module.c
_blake2 _blake2/blake2module.c _blake2/blake2b_impl.c _blake2/blake2s_impl.c
_multiprocessing _multiprocessing/multiprocessing.c _multiprocessing/semaphore.c
_posixshmem _multiprocessing/posixshmem.c
array arraymodule.c
binascii binascii.c
cmath cmathmodule.c
fcntl fcntlmodule.c
grp grpmodule.c
math mathmodule.c
mmap mmapmodule.c
pyexpat pyexpat.c
resource resource.c
select selectmodule.c
termios termios.c
unicodedata unicodedata.c
zlib zlibmodule.c -I@DEPS@/include -L@DEPS@/lib -lz
_bz2 _bz2module.c -I@DEPS@/include -L@DEPS@/lib -lbz2
_lzma _lzmamodule.c -I@DEPS@/include -L@DEPS@/lib -llzma
_sqlite3 _sqlite/blob.c _sqlite/connection.c _sqlite/cursor.c _sqlite/microprotocols.c _sqlite/module.c \
 _sqlite/prepare_protocol.c _sqlite/row.c _sqlite/statement.c _sqlite/util.c \
 -I@DEPS@/include -L@DEPS@/lib -lsqlite3 -lm
_ctypes _ctypes/_ctypes.c _ctypes/callbacks.c _ctypes/callproc.c _ctypes/stgdict.c _ctypes/cfield.c \
 -DHAVE_FFI_PREP_CIF_VAR -DHAVE_FFI_PREP_CLOSURE_LOC -DHAVE_FFI_CLOSURE_ALLOC \
 -I@DEPS@/include -L@DEPS@/lib -lffi -ldl
"""
"""What is compiled into the interpreter, in the words of its `Modules/Setup`: no network, no terminal library."""


def main(given: list[str]) -> int:
    """Build the interpreter for the machines that are named, else for all."""
    if unknown := [name for name in given if name not in machines.MACHINES]:
        print(f"没有这种处理器：{unknown[0]}，只有 {'、'.join(machines.MACHINES)}")
        return 2
    if lacking := [name for name in NEEDED if shutil.which(name) is None]:
        print(f"缺少 {'、'.join(lacking)}：解释器由 Debian 的源码包编译，请在 Debian 或其衍生系统上运行。")
        return 1
    for machine in given or machines.MACHINES:
        if place(machine).is_dir():
            print(f"已有 {place(machine)}")
        else:
            print(f"为 {machine} 编译 Python {VERSION}（glibc {GLIBC}），约十分钟……", flush=True)
            build(machine)
            print(place(machine))
    return 0


def cache() -> Path:
    """Where interpreters are kept: outside the checkout, for every checkout."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "yusuan-build"


def place(machine: str) -> Path:
    """The folder of the interpreter for a machine, there or not: `bin`, `lib`, `licences`."""
    return cache() / f"python-{VERSION}-{REVISION}-{machine}-glibc{GLIBC}"


def build(machine: str) -> None:
    """Compile libraries and interpreter, and put it in its place."""
    sources = fetch()
    work = cache() / "work" / machine
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    for name in SOURCES:
        unpack(sources, name, work / name)
    mend(work / "python3.11", work / "expat")
    environment = compiler(machine)
    libraries(work, machine, environment)
    python(work, machine, environment)
    gather(work, machine)
    shutil.rmtree(work)


def fetch() -> Path:
    """Have apt fetch the source packages from this system's registry; it checks them."""
    folder = cache() / "sources"
    lists = cache() / "apt"
    for path in (folder, lists / "lists" / "partial", lists / "archives" / "partial"):
        path.mkdir(parents=True, exist_ok=True)
    if all(description(folder, name).is_file() for name in SOURCES):
        return folder
    asked = ["apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE)", "Identifier: Packages"]
    told = subprocess.run(asked, check=True, capture_output=True, encoding="utf-8").stdout
    known = sorted({line for line in told.splitlines() if line.endswith(f" {SUITE}")})
    (lists / "sources.list").write_text("".join(f"deb-src {line} main\n" for line in known), encoding="utf-8")
    settings = {
        "Dir::Etc::sourcelist": lists / "sources.list",
        "Dir::Etc::sourceparts": "-",
        "Dir::State::lists": lists / "lists",
        "Dir::Cache": lists,
    }
    options = [part for name, value in settings.items() for part in ("-o", f"{name}={value}")]
    wanted = [f"{name}={version}" for name, version in SOURCES.items()]
    run(["apt-get", *options, "-q", "update"], folder, {})
    run(["apt-get", *options, "-q", "source", "--download-only", *wanted], folder, {})
    return folder


def description(folder: Path, name: str) -> Path:
    """The file that describes a source package."""
    return folder / f"{name}_{SOURCES[name].rpartition(':')[2]}.dsc"


def unpack(folder: Path, name: str, target: Path) -> None:
    """Unpack a source package: the libraries with Debian's changes, Python without."""
    how = ["--skip-patches"] if name == "python3.11" else []
    run(["dpkg-source", "--no-check", *how, "-x", description(folder, name), target], folder, {})


def mend(source: Path, expat: Path) -> None:
    """Apply Debian's mends to Python, and give it Debian's expat."""
    series = (source / "debian" / "patches" / "series").read_text(encoding="utf-8").split()
    for name in filter(MENDED.search, series):
        run(["patch", "-p1", "--quiet", "--input", source / "debian" / "patches" / name], source, {})
    ours = source / "Modules" / "expat"
    for path in (expat / "expat" / "lib").glob("*.[ch]"):
        if path.name != "expat_external.h":  # Python renames the functions in its own
            shutil.copyfile(path, ours / path.name)


def compiler(machine: str) -> dict[str, str]:
    """What configure and make are told: the compiler for a machine, its options."""
    found = importlib.util.find_spec("ziglang")
    if found is None or not found.submodule_search_locations:
        raise FileNotFoundError("没有编译器 ziglang：请运行 python3 tasks.py interpreter")
    program = str(Path(found.submodule_search_locations[0]) / "zig")
    return {
        "CC": f"{program} cc -target {machine}-linux-gnu.{GLIBC}",
        "AR": f"{program} ar",
        "RANLIB": f"{program} ranlib",
        "CFLAGS": " ".join(OPTIONS),
        "ZIG_GLOBAL_CACHE_DIR": str(cache() / "zig"),
        "ZIG_LOCAL_CACHE_DIR": str(cache() / "zig"),
    }


def libraries(work: Path, machine: str, environment: dict[str, str]) -> None:
    """Compile the libraries as archives, into `deps`."""
    deps = work / "deps"
    (deps / "include").mkdir(parents=True)
    (deps / "lib").mkdir()
    tools = [f"{name}={environment[name]}" for name in ("CC", "AR", "RANLIB")]
    run(
        ["sh", "configure", "--static", f"--prefix={deps}"], work / "zlib", {**environment, "CHOST": f"{machine}-linux"}
    )
    run(["make", f"-j{JOBS}", "libz.a"], work / "zlib", environment)
    run(["make", f"-j{JOBS}", *tools, f"CFLAGS={environment['CFLAGS']}", "libbz2.a"], work / "bzip2", environment)
    plain = ["--disable-shared", "--enable-static", "--disable-dependency-tracking", f"--host={machine}-linux-gnu"]
    undeclared = f"{environment['CFLAGS']} -Wno-implicit-function-declaration"  # one function of libffi is
    for name, flags in {"xz-utils": environment["CFLAGS"], "libffi": undeclared}.items():
        run(["sh", "configure", f"--prefix={deps}", *plain], work / name, {**environment, "CFLAGS": flags})
    run(["make", f"-j{JOBS}", "-C", "src/liblzma", "install"], work / "xz-utils", environment)
    run(["make", f"-j{JOBS}", "install"], work / "libffi", environment)
    sqlite(work, environment)
    for path in (work / "zlib" / "libz.a", work / "bzip2" / "libbz2.a"):
        shutil.copy2(path, deps / "lib")
    for path in (*(work / "zlib").glob("z*.h"), work / "bzip2" / "bzlib.h"):
        shutil.copy2(path, deps / "include")


def sqlite(work: Path, environment: dict[str, str]) -> None:
    """Compile SQLite from one file of all its sources.

    Programs of this machine put it together.
    """
    source = work / "sqlite3"
    run(["sh", "configure", "--disable-tcl", "--disable-readline", "--disable-shared"], source, {"CC": "cc"})
    run(["make", "sqlite3.c", "sqlite3.h"], source, {})
    options = [*environment["CFLAGS"].split(), "-DSQLITE_OMIT_LOAD_EXTENSION", "-DSQLITE_THREADSAFE=1"]
    run([*environment["CC"].split(), *options, "-c", "sqlite3.c", "-o", "sqlite3.o"], source, environment)
    run([*environment["AR"].split(), "rcs", "libsqlite3.a", "sqlite3.o"], source, environment)
    shutil.copy2(source / "libsqlite3.a", work / "deps" / "lib")
    shutil.copy2(source / "sqlite3.h", work / "deps" / "include")


def python(work: Path, machine: str, environment: dict[str, str]) -> None:
    """Compile the interpreter, every module of its own inside it."""
    source = work / "python3.11"
    setup = MODULES.replace("@DEPS@", str(work / "deps"))
    (source / "Modules" / "Setup.local").write_text(setup, encoding="utf-8")
    # What configure finds out by running a program, which one for another processor cannot be.
    known = {"ac_cv_file__dev_ptmx": "yes", "ac_cv_file__dev_ptc": "no", "ac_cv_buggy_getaddrinfo": "no"}
    told = {**environment, **known, "PKG_CONFIG": "false"}
    told["READELF"] = shutil.which("readelf") or ""  # another name than "readelf": it is for any processor
    triples = [f"--host={machine}-linux-gnu", f"--build={machines.machine()}-linux-gnu"]
    own = [f"--with-build-python={sys.executable}"] if machine != machines.machine() else []
    options = ["--prefix=/usr", "--without-ensurepip", "--disable-test-modules", "--without-readline"]
    run(["sh", "configure", *options, *triples, *own], source, told)
    run(["make", f"-j{JOBS}", "python", "pybuilddir.txt"], source, told)


def gather(work: Path, machine: str) -> None:
    """Put the interpreter, its library and all licences into their place."""
    target = place(machine)
    made = target.with_name(f"{target.name}.part")
    shutil.rmtree(made, ignore_errors=True)
    (made / "bin").mkdir(parents=True)
    shutil.copy2(work / "python3.11" / "python", made / "bin" / "python3.11")
    elf.strip(made / "bin" / "python3.11")
    shutil.copytree(work / "python3.11" / "Lib", made / "lib" / "python3.11")
    # The folder for modules that are not inside the interpreter: by it the interpreter knows where it lies.
    (made / "lib" / "python3.11" / "lib-dynload").mkdir()
    for path in (work / "python3.11" / "build").glob("lib.*/_sysconfigdata_*.py"):
        shutil.copy2(path, made / "lib" / "python3.11" / "lib-dynload")
    (made / "licences").mkdir()
    shutil.copyfile(work / "python3.11" / "LICENSE", made / "licences" / "python3.11")
    for name in SOURCES:
        if name != "python3.11":
            shutil.copyfile(work / name / "debian" / "copyright", made / "licences" / name)
    made.rename(target)


def run(command: list[str | Path], folder: Path, more: dict[str, str]) -> None:
    """Run a step; what it prints goes to the log beside the sources."""
    log = cache() / "log.txt"
    told = {**os.environ, **more}
    with log.open("ab") as file:
        given = subprocess.DEVNULL
        done = subprocess.run(command, cwd=folder, env=told, stdin=given, stdout=file, stderr=file, check=False)
    if done.returncode:
        print(f"没有成功，见 {log}")
        raise subprocess.CalledProcessError(done.returncode, command)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
