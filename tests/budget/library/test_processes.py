from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from budget.library.library import Library
from tests.budget.library.test_library import VERSION, bodies, disclosure, documents, keep, part_files
from tests.support.tiers import thinned

ROOT = Path(__file__).parents[3]


@pytest.fixture
def kept(tmp_path: Path) -> Library:
    return Library(tmp_path / "library", VERSION)


@pytest.mark.parametrize("moment", thinned(["writestr", "fsync", "replace", "unlink"], 4))
def test_a_crash_at_any_moment_loses_nothing(kept: Library, tmp_path: Path, moment: str) -> None:
    old, new = documents(tmp_path / "in", "旧", "新")
    keep(kept, [disclosure(old, "旧局")])
    keep(kept, [disclosure(old, "旧局")])
    script = f"""
        import os, sys, zipfile
        from pathlib import Path
        from budget.library.library import Library
        from tests.budget.library.test_library import disclosure, keep, VERSION
        library = Library(Path(sys.argv[1]), VERSION)
        new = disclosure(Path(sys.argv[2]), "新局")
        owner = {{"writestr": zipfile.ZipFile, "fsync": os, "replace": Path, "unlink": Path}}["{moment}"]
        setattr(owner, "{moment}", lambda *_, **__: os._exit(9))
        keep(library, [new])
        library.sweep()
        """
    done = run_python(script, str(kept.folder), str(new))
    assert done.returncode == 9
    assert bodies(kept) == (["旧局", "新局"] if moment == "unlink" else ["旧局"])
    left = list(kept.folder.glob("*.tmp"))
    assert len(left) == (0 if moment == "unlink" else 1)
    kept.sweep()
    assert list(kept.folder.glob("*.tmp")) == left, "it may belong to a program at work"
    for path in left:
        os.utime(path, (path.stat().st_mtime - 3600,) * 2)
    kept.sweep()
    assert not list(kept.folder.glob("*.tmp"))
    assert len(part_files(kept)) == len(bodies(kept))


@pytest.mark.long
def test_programs_at_once_lose_nothing(kept: Library, tmp_path: Path) -> None:
    names = [f"{letter}{number}" for letter in "甲乙丙" for number in range(12)]
    paths = documents(tmp_path / "in", *names)
    script = """
        import sys
        from pathlib import Path
        from budget.library.library import Library
        from tests.budget.library.test_library import disclosure, keep, VERSION
        library = Library(Path(sys.argv[1]), VERSION)
        for path in sorted(Path(sys.argv[2]).glob(sys.argv[3] + "*")):
            keep(library, [disclosure(path, path.stem)])
            library.sweep()
            held = library.contents()
            assert held.messages == (), held.messages
            assert path.stem in held.frames.disclosures["body"].to_list()
        """
    running = [start_python(script, str(kept.folder), str(tmp_path / "in"), letter) for letter in "甲乙丙"]
    for process in running:
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
    kept.sweep()
    assert sorted(bodies(kept)) == sorted(names)
    for path in paths:
        assert kept.passages(disclosure(path).head.disclosure_id).height == 2


def start_python(script: str, *arguments: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script), *arguments],
        env=environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip


def run_python(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    process = start_python(script, *arguments)
    output, errors = process.communicate(timeout=60)
    return subprocess.CompletedProcess([], process.returncode, output, errors)
