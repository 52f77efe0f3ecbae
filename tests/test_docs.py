from __future__ import annotations

import re
import zipfile
from pathlib import Path

import sample_data
import tasks
from budget.model import ColumnStatus
from budget.views.state import VIEW_SCOPES, VIEW_TITLES, View
from tests.command import program
from tui import arguments, usage
from tui.actions import Where, actions, key_text

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DESIGN = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")


def test_the_readme_names_every_view_with_its_scopes() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| ([^|]+) \| ([^|]*)\|$", README, re.MULTILINE)
    found = {name: (title.split("，")[0].strip(), re.findall(r"`([\w-]+)`", scopes)) for name, title, scopes in rows}
    for view in View:
        scopes = [scope.value for scope in VIEW_SCOPES[view] if scope]
        assert found[view.value] == (VIEW_TITLES[view], scopes)


def test_the_readme_names_every_option_and_no_other() -> None:
    known = {
        option
        for parser in (
            arguments.browse_parser(),
            arguments.export_parser(),
            arguments.check_parser(),
            arguments.config_parser(),
        )
        for action in parser._actions
        for option in action.option_strings
    }
    named = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", README))
    assert named <= known
    assert {option for option in known if option.startswith("--")} - named == {"--output"}
    for values in (usage.FORMATS, usage.REPORTS, usage.ENCODINGS, usage.FRAMES, usage.UNITS):
        assert "|".join(values) in README


def test_the_readme_names_the_tasks_as_they_are() -> None:
    assert set(re.findall(r"^python3 tasks\.py (\w+)", README, re.MULTILINE)) == {"run", "test"}
    assert all(f"  {task} " in tasks.USAGE for task in ("run", "test", "bench", "lock"))


def test_the_readme_names_every_key_of_the_browser() -> None:
    table = README[README.index("## 按键") : README.index("## 命令行")]
    named = set(re.findall(r"`([^`]+)`", table)) | {"回车", "退格", "PgDn", "PgUp", "Home", "End", ".", ",", "-", ";"}
    for action in actions(Where.MAIN):
        shown = {key_text(key) for key in action.keys}
        assert shown & named or action.id == "unpair", action.id
    keys = {key_text(key) for action in actions(Where.MAIN) for key in action.keys}
    assert {key for key in re.findall(r"`([^`]+)`", table) if len(key) == 1} <= keys


def test_the_readme_explains_every_column_status() -> None:
    for status in (*(status.value for status in ColumnStatus), "computed"):
        assert f"`{status}`" in README


def test_the_commands_of_the_readme_work(tmp_path: Path) -> None:
    old, new, _ = (str(path) for path in sample_data.paths())
    commands = re.findall(r"^yusuan (export .*)$", README, re.MULTILINE)
    assert len(commands) == 4
    for command in commands:
        *words, redirection, name = command.replace("2024.txt", old).replace("2025.txt", new).split()
        done = program(*words, *(["-o", tmp_path / name] if redirection == "-o" else []))
        assert done.returncode == 0, done.stderr
        written = (tmp_path / name).read_bytes() if redirection == "-o" else done.stdout
        assert written.count(b"\n") > 3 or zipfile.is_zipfile(tmp_path / name)


def test_the_picture_in_the_readme_shows_the_samples() -> None:
    old, new, _ = (str(path) for path in sample_data.paths())
    done = program("export", new, "--view", "expenditure", "--at", "21015", "--against", old)
    rows = [line.split(",")[:6] for line in done.stdout.decode("utf-8").splitlines()[1:]]
    picture = README[README.index("```text") : README.index("## 两条命令")]
    for code, this, last, delta, _, name in rows:
        assert re.search(rf"{code} +{this} +{last} +{delta} .*{name}", picture), code


def test_every_module_that_the_design_names_is_there() -> None:
    house = DESIGN[DESIGN.index("## The house") : DESIGN.index("Arrows:")]
    for name in re.findall(r"(\w+\.py)", house):
        assert list(ROOT.glob(f"*/{name}")), name
    for name in re.findall(r"(\w+)/", house):
        assert list(ROOT.glob(name)) or list(ROOT.glob(f"*/{name}")), name
