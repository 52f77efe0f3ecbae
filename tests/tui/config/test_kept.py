"""Checked settings are used again without pydantic, and only while what they were made from is the same."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from tests.test_house import imported_by
from tui.config import kept, load
from tui.library import documents, made_from

if TYPE_CHECKING:
    from pathlib import Path

    from tui.config.settings import Settings

CONFIG = 'language = "en"\nmoney_unit = "yi"\nmouse = false\n[keys]\nquit = ["f8", "f9"]\n'


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the user with a configuration that was kept."""
    monkeypatch.setenv(documents.HOME, str(tmp_path))
    (tmp_path / "config.toml").write_text(CONFIG, encoding="utf-8")
    load.keep(load.effective(kept=True))
    return tmp_path


def known() -> Settings | None:
    """The kept settings, where they are used."""
    path, _ = load.config_file()
    made = kept.source(path, {"theme": text} if (text := os.environ.get("YUSUAN_THEME")) else {})
    found = kept.read(made) if made is not None else None
    return found[0] if found is not None else None


def test_the_kept_settings_are_those_of_the_file() -> None:
    fresh, again = load.effective(), load.effective(kept=True)
    assert known() == fresh.settings
    assert again.settings == fresh.settings
    assert again.origins == fresh.origins
    assert again.file == fresh.file
    assert fresh.settings.keys == {"quit": ("f8", "f9")}


def test_they_need_no_pydantic() -> None:
    script = "from tui.config import load; assert load.effective(kept=True).settings.language == 'en'"
    assert not imported_by(script) & {"pydantic", "tomllib", "polars"}


def test_whatever_they_were_made_from_must_be_the_same(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = home / "config.toml"
    status = path.stat()
    path.write_text(CONFIG.replace('"yi"', '"元"'), encoding="utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert known() is None
    assert load.effective(kept=True).settings.money_unit == "元"
    path.write_text(CONFIG, encoding="utf-8")
    assert known() is not None
    monkeypatch.setenv("YUSUAN_THEME", "dark")
    assert known() is None
    assert load.effective(kept=True).settings.theme == "dark"
    monkeypatch.delenv("YUSUAN_THEME")
    monkeypatch.setattr(made_from, "fingerprint", lambda: "another program")
    assert known() is None


def test_a_wrong_configuration_is_not_kept(home: Path) -> None:
    (home / "config.toml").write_text("mouse = 3\n", encoding="utf-8")
    for _ in range(2):
        found = load.effective(kept=True)
        assert found.troubles
        load.keep(found)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("language", "fr"),
        ("money_unit", "yen"),
        ("mouse", "yes"),
        ("export_folder", 3),
        ("keys", {"quit": ["\x1b[2J"]}),
        ("keys", {"quit": 3}),
        ("keys", None),
        ("theme", None),
        ("more", 1),
    ],
)
def test_a_file_that_was_tampered_with_is_not_used(home: Path, name: str, value: object) -> None:
    path = home / kept.FOLDER / kept.NAME
    written = json.loads(path.read_text(encoding="utf-8"))
    written["settings"][name] = value
    path.write_text(json.dumps(written), encoding="utf-8")
    assert known() is None
    assert load.effective(kept=True).settings == load.effective().settings
