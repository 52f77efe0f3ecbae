"""The licences of what is in the bundle: permissive ones ask that their text goes with the copy."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
from importlib import metadata
from pathlib import Path

FOLDER = "licences"
LIST = "LIST.txt"
_TEXT = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)
_LOCKED = re.compile(r"^([A-Za-z][\w.-]*)==", re.MULTILINE)
_PYTHON_PARTS = re.compile(r"^(lib)?python3")
_SYSTEM_COPYRIGHTS = Path("/usr/share/doc")


def collect(folder: Path, lock: Path, libraries: list[str]) -> list[str]:
    """Copy the licence texts of all bundled parts into a folder.

    They are those of the locked packages, of Python, of the builder and of system libraries. `libraries` are file names
    of shared libraries that came from the system. The lines of the list are returned, one a part; a part whose text was
    not found says so.
    """
    target = folder / FOLDER
    target.mkdir()
    names = _LOCKED.findall(lock.read_text(encoding="utf-8"))
    lines = [_python(target), *filter(None, (_package(name, target) for name in [*names, "pyinstaller"]))]
    lines += [_library(name, target) for name in libraries]
    (target / LIST).write_text("\n".join([*lines, ""]), encoding="utf-8", newline="\n")
    return lines


def _package(name: str, target: Path) -> str | None:
    """The texts of an installed package; None where it is not for this platform."""
    try:
        found = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return None
    place = target / f"{found.name}-{found.version}"
    texts = [file for file in found.files or () if _is_text(Path(str(file)))]
    for text in texts:
        inside = Path(*text.parts[1:])  # below the folder of its metadata, as PDFium's many are
        (place / inside).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(str(text.locate()), place / inside)
    return _line(f"{found.name} {found.version}", _stated(found.metadata), len(texts))


def _is_text(path: Path) -> bool:
    inside = path.parts[0].endswith(".dist-info")
    return inside and (_TEXT.match(path.name) is not None or "licenses" in path.parts[1:-1])


def _stated(about: metadata.PackageMetadata) -> str:
    """What a package says of its licence, in one line."""
    classes = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier") or () if "License ::" in line]
    stated = [
        said.partition("\n")[0] for name in ("License-Expression", "License") for said in about.get_all(name) or ()
    ]
    return (stated[:1] or ["；".join(classes)])[0] or "-"


def _python(target: Path) -> str:
    standard = Path(sysconfig.get_path("stdlib"))
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    places = (
        standard / "LICENSE.txt",
        Path(sys.base_prefix) / "LICENSE.txt",
        _SYSTEM_COPYRIGHTS / f"python{version}" / "copyright",
    )
    found = [path for path in places if path.is_file()][:1]
    for path in found:
        (target / "python").mkdir()
        shutil.copyfile(path, target / "python" / "LICENSE.txt")
    return _line(f"Python {sys.version.split()[0]}", "PSF-2.0", len(found))


def _library(name: str, target: Path) -> str:
    """The text that the system keeps of a library's package; only Debian and its relatives are asked."""
    package = _owner(name)
    text = _SYSTEM_COPYRIGHTS / package / "copyright"
    found = bool(package) and text.is_file()
    if found:
        (target / package).mkdir(exist_ok=True)
        shutil.copyfile(text, target / package / "copyright")
    return _line(name, package or "-", int(found))


def _owner(name: str) -> str:
    query = shutil.which("dpkg-query")
    if query is None:
        return ""
    asked = subprocess.run([query, "--search", f"*/{name}"], capture_output=True, check=False, encoding="utf-8")
    return asked.stdout.partition(":")[0]


def system_libraries(folder: Path) -> list[str]:
    """Names of the shared libraries at the top of the program's folder: those that no package brought.

    Those of Windows end otherwise: they are parts of Python, and Python's licence speaks of them.
    """
    found = (path.name for path in folder.iterdir() if path.is_file() and re.search(r"\.so(\.|$)", path.name))
    return sorted(name for name in found if not _PYTHON_PARTS.match(name))


def _line(what: str, licence: str, texts: int) -> str:
    return f"{what} | {licence} | {f'{texts} 份文本' if texts else '未找到文本'}"
