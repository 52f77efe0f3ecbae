"""The page of questions, played key by key on the sample data: what it shows stands on the screen."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import sample_data
from tests.support.driving import browser, press, text, typed
from tests.support.reading import loaded_frames
from tests.support.tiers import EACH, tiered
from tui.actions import ACTIONS, KEY_NAMES, key_text

if TYPE_CHECKING:
    from budget.library.frames import Frames

PAGE = (Path(__file__).parents[2] / "docs" / "questions.md").read_text(encoding="utf-8")
QUESTIONS = dict(re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
NAMED = {name: key for key, name in KEY_NAMES.items()}
KEYS = {key for action in ACTIONS for key in action.keys}
SHARED = os.environ.get("YUSUAN_SHARED", "")
SIZES = [(80, 24), (140, 45)]


@cache
def samples() -> Frames:
    return loaded_frames(*sample_data.paths())


@cache
def originals() -> Frames:
    names = ("changji-2024", "changji-2025", "xinjiang-hq-2024")
    return loaded_frames(*(Path(SHARED).resolve() / "disclosures" / f"{name}.txt" for name in names))


def keys_of(line: str) -> list[str]:
    """The keys of a line in the words of the page; what is typed after a key that asks stays one piece."""
    return [NAMED.get(name, name) for name in re.findall(r"`([^`]+)`", line)]


def bare(shown: str) -> str:
    """What is on a screen without blanks, frames and bars: a line may be broken anywhere."""
    return re.sub(r"[\s█▏▎▍▌▋▊▉▁▂▃▄▅▆▇]", "", shown)


async def played(question: str, documents: Frames, size: tuple[int, int]) -> tuple[list[str], str]:
    """The lines of the answer, and the screen to which the keys lead."""
    (line,) = re.findall(r"^按键：(.+)$", QUESTIONS[question], re.MULTILINE)
    (answer,) = re.findall(r"```text\n(.*?)```", QUESTIONS[question], re.DOTALL)
    async with browser(documents, size) as pilot:
        for key in keys_of(line):
            await (press(pilot, key) if key in KEYS or len(key) == 1 else typed(pilot, key))
        return answer.splitlines(), text(pilot)


@pytest.mark.parametrize(("question", "size"), tiered(list(QUESTIONS), SIZES, together=EACH))
async def test_the_keys_lead_to_the_answer(question: str, size: tuple[int, int]) -> None:
    answer, shown = await played(question, samples(), size)
    for wanted in answer:
        pieces = wanted.split(" ")
        lines = [shown] if re.match(r"自述|主要", wanted) else shown.splitlines()
        told = any(all(bare(piece) in bare(line) for piece in pieces) for line in lines)
        assert told or _cut(pieces, lines), f"{wanted}\n{shown}"


@pytest.mark.skipif(not SHARED, reason="YUSUAN_SHARED is not set: the questions are not put to the originals")
@pytest.mark.parametrize("question", QUESTIONS)
async def test_the_same_keys_lead_to_the_same_figures_of_the_originals(question: str) -> None:
    answer, shown = await played(question, originals(), (140, 45))
    for wanted in answer:
        figures = [piece for piece in wanted.split(" ") if re.fullmatch(r"[-＞=<\d.,%]*\d[=%万人]*", piece)]
        # the columns of broken text are solved or inferred: marks stand behind the figures
        assert any(all(figure in line for figure in figures) for line in shown.splitlines()), f"{wanted}\n{shown}"


def _cut(pieces: list[str], lines: list[str]) -> bool:
    """Whether a narrow table shows the row as far as it has room: the target and the name, not every column."""
    return any(bare(pieces[0]) in bare(line) and bare(pieces[-1][:6]) in bare(line) for line in lines)


def test_every_key_of_the_page_exists() -> None:
    for line in re.findall(r"^按键：(.+)$", PAGE, re.MULTILINE):
        for key in keys_of(line):
            assert key in KEYS or re.fullmatch(r"[a-z0-9]+", key), key
    marks = {key_text(key) for key in KEYS}
    for name in re.findall(r"`([^`\n]+)`", PAGE):
        assert name in marks or name in {"=", "3", "≈"} or re.fullmatch(r"[a-z]{3,}", name), name


def test_the_questions_are_answered() -> None:
    assert len(QUESTIONS) == 11
