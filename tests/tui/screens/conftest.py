"""What tests of screens share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.library import documents, intake

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's data folder; what arrives is shown at once."""
    monkeypatch.setenv(documents.HOME, str(tmp_path / "home"))
    monkeypatch.setattr(intake, "BATCH_SECONDS", 0.0)
    return tmp_path / "home"
