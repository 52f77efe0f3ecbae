"""The licences of what is in the bundle: permissive ones ask that their text goes with the copy."""

from __future__ import annotations

import re
import shutil
import sys
import sysconfig
from importlib import metadata
from pathlib import Path

FOLDER = "licences"
LIST = "LIST.txt"
_TEXT = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)
_LOCKED = re.compile(r"^([A-Za-z][\w.-]*)==", re.MULTILINE)
_SYSTEM_COPYRIGHTS = Path("/usr/share/doc")


def collect(folder: Path, lock: Path, packages: list[str], interpreter: Path | None) -> list[str]:
    """Copy the licence texts of all bundled parts into a folder.

    They are those of the locked packages, which are installed in the folders `packages`, of PyInstaller where it is
    there, and of the interpreter: of this machine, or one with a folder of its texts. The lines of the list are
    returned, one a part; a part whose text was not found says so.
    """
    target = folder / FOLDER
    target.mkdir()
    lines = _own_python(target) if interpreter is None else _built_python(interpreter, target)
    names = [*_LOCKED.findall(lock.read_text(encoding="utf-8")), "pyinstaller"]
    lines += filter(None, (_package(name, packages, target) for name in names))
    (target / LIST).write_text("\n".join([*lines, ""]), encoding="utf-8", newline="\n")
    return lines


def _package(name: str, packages: list[str], target: Path) -> str | None:
    """The texts of an installed package; None where it is not for this platform."""
    found = next(iter(metadata.distributions(name=name, path=packages)), None)
    if found is None:
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


def _own_python(target: Path) -> list[str]:
    """The licence of the Python that runs this."""
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
    return [_line(f"Python {sys.version.split()[0]}", "PSF-2.0", len(found))]


def _built_python(texts: Path, target: Path) -> list[str]:
    """The licences of an interpreter that was built from source, and of the libraries that are linked into it."""
    lines = []
    for text in sorted(texts.iterdir()):
        (target / text.name).mkdir()
        shutil.copyfile(text, target / text.name / "copyright")
        lines.append(_line(text.name, "PSF-2.0" if text.name.startswith("python") else "-", 1))
    return lines


def _line(what: str, licence: str, texts: int) -> str:
    return f"{what} | {licence} | {f'{texts} 份文本' if texts else '未找到文本'}"
