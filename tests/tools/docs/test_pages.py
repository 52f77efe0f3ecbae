"""README and docs: generated parts are current, links lead somewhere, and nothing that can be used is left out."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from budget.checks.wording import OUTCOMES
from budget.export.table import ENCODINGS, FORMATS
from budget.library.frames import SCHEMAS
from budget.model.disclosure import AmountOrigin, ColumnStatus, RowKind, Severity, StatementId
from budget.model.fact_names import TOPICS, WORDS
from budget.model.titles import MEASURES
from budget.views.state import VIEW_SCOPES, VIEW_TITLES, View
from budget.views.text.stated_changes import FLAGS
from loaders.load import SUFFIXES
from tools.bundle.bundle import DOCUMENTS
from tools.docs import commands, frame_words, words
from tools.docs.pages import filled, pages, places
from tools.docs.sections import SECTIONS
from tui import messages
from tui.action import Where
from tui.actions import actions, key_text
from tui.cli import help as usage
from tui.config import settings
from tui.terminal import output
from tui.terminal.glyphs import BLOCKS

ROOT = Path(__file__).parents[3]
PAGES = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in pages()}
DOCS = {name.removeprefix("docs/"): text for name, text in PAGES.items() if name.startswith("docs/")}
LINK = re.compile(r"\]\(([^)\s]+)\)")


def rows(page: str, section: str = "") -> list[list[str]]:
    """The cells of the tables of a page, or of one of its sections."""
    if section:
        after = page.partition(f"\n{section}\n")[2]
        depth = len(section) - len(section.lstrip("#"))
        page = re.split(rf"^#{{1,{depth}}} ", after, maxsplit=1, flags=re.MULTILINE)[0]
    lines = re.findall(r"^\| (.*) \|$", page, re.MULTILINE)
    return [re.split(r"(?<!\\) \| ", line) for line in lines if not set(line) <= set("-| ")]


def names(cells: list[str] | str) -> list[str]:
    """What stands in backticks."""
    return re.findall(r"`([^`]+)`", cells if isinstance(cells, str) else " ".join(cells))


# Generated parts


@pytest.mark.parametrize("name", PAGES)
def test_generated_parts_are_current(name: str) -> None:
    assert PAGES[name] == filled(PAGES[name]), "python3 tasks.py docs writes them"


def test_every_part_stands_somewhere() -> None:
    assert {part for text in PAGES.values() for part in places(text)} == set(SECTIONS)


def test_a_page_that_asks_for_an_unknown_part_is_refused() -> None:
    with pytest.raises(KeyError):
        filled("<!-- tasks.py docs: nothing -->\n<!-- end -->")


def test_a_changed_table_is_noticed() -> None:
    changed = DOCS["keys.md"].replace("光标下移一行", "光标上移一行", 1)
    assert changed != DOCS["keys.md"] == filled(changed)


# Nothing is missing


def test_every_view_is_there_with_its_scopes() -> None:
    found = {names(row[0])[0]: row for row in rows(DOCS["views.md"], "## 有哪些视图")[1:]}
    assert list(found) == [view.value for view in View]
    for view, (_, title, _, scopes) in zip(View, found.values(), strict=True):
        assert title == VIEW_TITLES[view]
        if view is not View.STATEMENT:
            assert names(scopes) == [scope.value for scope in VIEW_SCOPES[view] if scope]
    statements = [names(row[0])[0] for row in rows(DOCS["views.md"], "## 原表")[1:]]
    assert statements == [*(scope.value for scope in VIEW_SCOPES[View.STATEMENT]), "other_1"]
    assert f"`{usage.ALL_VIEWS}`" in DOCS["export.md"]


def test_every_view_has_its_columns() -> None:
    shown = [row[0] for row in rows(DOCS["views.md"], "## 各视图的列")[1:]]
    assert {title.partition("，")[0] for title in shown} == set(VIEW_TITLES.values())
    assert all(row[1] for row in rows(DOCS["views.md"], "## 各视图的列"))


@pytest.mark.parametrize("where", Where)
def test_every_key_is_there(where: Where) -> None:
    listed = rows(DOCS["keys.md"], f"### {where.value}")[1:]
    assert [names(row[0]) for row in listed] == [[key_text(key) for key in action.keys] for action in actions(where)]
    assert [row[1:3] for row in listed] == [[action.title, action.description] for action in actions(where)]
    if where is Where.MAIN:
        assert [names(row[3])[0] for row in listed] == [action.id for action in actions(where)]


def test_every_frame_is_there_with_every_column() -> None:
    assert [names(row[0])[0] for row in rows(DOCS["export.md"], "## 数据表")[1 : len(SCHEMAS) + 1]] == list(SCHEMAS)
    for frame, schema in SCHEMAS.items():
        listed = rows(DOCS["export.md"], f"### {frame}")[1:]
        assert [names(row[0])[0] for row in listed] == list(schema)
        assert all(kind and meaning for _, kind, _, meaning in listed)
    assert tuple(SCHEMAS) == usage.FRAMES


def test_no_meaning_is_given_to_what_is_not_there() -> None:
    assert set(frame_words.FRAMES) == set(frame_words.COLUMNS) == set(SCHEMAS)
    for frame, columns in frame_words.COLUMNS.items():
        assert set(columns) <= set(SCHEMAS[frame])
    assert set(frame_words.EVERYWHERE) <= {column for schema in SCHEMAS.values() for column in schema}


def test_amounts_have_their_unit() -> None:
    for schema in SCHEMAS.values():
        for column in schema:
            assert (frame_words.unit(column) == "分") == column.endswith(("_fen", "half_unit")), column


def test_every_id_in_the_frames_is_explained() -> None:
    explained = set(names([row[0] for row in rows(DOCS["export.md"])]))
    assert {kind.value for kind in RowKind} | set(FLAGS) | set(TOPICS) | set(WORDS) <= explained
    assert {known.value for known in StatementId} | set(MEASURES) <= explained


def test_every_mark_and_status_is_there() -> None:
    listed = names([row[0] for row in rows(DOCS["views.md"], "## 标记")])
    assert {*(mark for mark, _ in messages.MARKS), BLOCKS.near, BLOCKS.touched} <= set(listed)
    statuses = {names(row[1])[0] for row in rows(DOCS["views.md"], "## 标记") if len(row) == 3 and names(row[1])}
    wanted = {status.value for status in (*ColumnStatus, *AmountOrigin)} | {"computed", "column_status", "origin"}
    assert statuses == wanted
    severities = {names(row[1])[0]: row[0] for row in rows(DOCS["views.md"], "## 阅读报告")[1:]}
    assert severities == {kind.value: messages.SEVERITY[kind.value] for kind in Severity}


def test_every_outcome_is_there() -> None:
    assert [row[0] for row in rows(DOCS["checks.md"], "## 结果")[1:]] == list(OUTCOMES.values())


def test_every_ending_is_there() -> None:
    assert words.endings() == set(SUFFIXES)
    found = [ending for row in rows(DOCS["formats.md"])[1:] if len(row) == 3 for ending in names(row[1])]
    assert sorted(ending for ending in found if ending.startswith(".")) == sorted(SUFFIXES)


def test_every_format_and_encoding_of_exports_is_there() -> None:
    assert [names(row[0])[0] for row in rows(DOCS["export.md"], "## 格式")[1 : len(FORMATS) + 1]] == list(FORMATS)
    listed = {names(row[0])[0] for row in rows(DOCS["export.md"], "## 用 Excel 或 WPS 打开")[1:]}
    assert listed == set(settings.ENCODINGS) >= set(ENCODINGS)


@pytest.mark.parametrize("command", commands.PARSERS)
def test_every_option_of_a_command_is_there(command: str) -> None:
    title = " ".join(filter(None, ("yusuan", command)))
    listed = rows(DOCS["commands.md"], f"### {title}：{commands.TITLES[command]}")[1:]
    found = {option for row in listed for option in re.findall(r"(?<![\w-])--?[a-z][a-z-]*", names(row[0])[0])}
    known = {option for action in commands.PARSERS[command]()._actions for option in action.option_strings}
    hidden = {"--version"} if command else set()  # of the program, whatever follows
    assert found == known - hidden
    assert all(len(row) == 2 and row[1] for row in listed)


def test_every_exit_status_is_there() -> None:
    known = (output.OK, output.FAILED, output.MISUSED, output.DISCREPANT, output.INTERRUPTED)
    for page, section in (("commands.md", "## 退出状态"), ("export.md", "## 用命令")):
        assert [row[0] for row in rows(DOCS[page], section)[1:]] == [str(status) for status in known]


def test_every_setting_and_its_variable_is_there() -> None:
    assert [names(row[0])[0] for row in rows(DOCS["config.md"])[1:]] == list(settings.NAMES)
    listed = [names(row[0])[0] for row in rows(DOCS["commands.md"], "## 环境变量")[1:]]
    assert {f"YUSUAN_{name.upper()}" for name in settings.IN_ENVIRONMENT} < set(listed)


def test_every_variable_that_the_program_asks_for_is_there() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tui").rglob("*.py"))
    asked = set(re.findall(r'"((?:YUSUAN|NO)_[A-Z_]+)"', sources))
    asked -= {"YUSUAN_LOADER"}  # set by the launcher for its own program
    assert asked <= {names(row[0])[0] for row in rows(DOCS["commands.md"], "## 环境变量")[1:]}


def test_every_check_is_there() -> None:
    from budget.checks import catalogue

    assert set(names([row[0] for row in rows(DOCS["checks.md"])])) >= {check.id for check in catalogue.CHECKS}


# Links and files


def anchors(text: str) -> set[str]:
    """The anchors of a page's headings, as viewers make them."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(name: str) -> None:
    for target in LINK.findall(PAGES[name]):
        path, _, anchor = target.partition("#")
        assert not re.match(r"[a-z]+:", target), f"nothing is taken from the network: {target}"
        full = (ROOT / name).parent / path if path else ROOT / name
        assert full.exists(), target
        if anchor:
            assert anchor in anchors(full.read_text(encoding="utf-8")), target


def test_every_page_is_reached_from_the_readme() -> None:
    for readme in ("README.md", "README.en.md"):
        reached, waiting = set[Path](), [ROOT / readme]
        while waiting:
            page = waiting.pop().resolve()
            if page not in reached:
                reached.add(page)
                targets = LINK.findall(page.read_text(encoding="utf-8")) if page.suffix == ".md" else []
                waiting += [page.parent / target.partition("#")[0] for target in targets if target[0] != "#"]
        assert {ROOT / name for name in PAGES} <= reached


def test_what_the_pages_link_to_is_handed_out_with_them() -> None:
    handed = {path for pattern in DOCUMENTS for path in ROOT.glob(pattern)}
    for name, text in PAGES.items():
        for target in LINK.findall(text):
            path = ((ROOT / name).parent / target.partition("#")[0]).resolve() if target[0] != "#" else ROOT / name
            assert path in handed, f"{name}: {target}"


@pytest.mark.parametrize("name", PAGES)
def test_files_of_ours_that_are_named_are_there(name: str) -> None:
    named = re.findall(r"`((?:docs|tests|budget|loaders|tui|tools|requirements|sample_data)/[\w./*-]+)`", PAGES[name])
    named += re.findall(r"`(yusuan\.(?:bat|sh|desktop))`", PAGES[name])
    for path in named:
        assert list(ROOT.glob(path)) or list((ROOT / "tools" / "bundle" / "launchers").glob(path)), path


def test_every_module_that_the_design_names_is_there() -> None:
    design = DOCS["design.md"]
    house = design[design.index("## The house") : design.index("Arrows:")]
    for name in re.findall(r"(\w+\.py)", house):
        assert list(ROOT.glob(f"*/{name}")), name
    for name in re.findall(r"(\w+)/", house):
        assert list(ROOT.glob(name)) or list(ROOT.glob(f"*/{name}")) or list(ROOT.glob(f"*/*/{name}")), name


# The two READMEs


def test_both_readmes_say_the_same_in_the_same_order() -> None:
    chinese, english = PAGES["README.md"], PAGES["README.en.md"]
    assert len(re.findall(r"^## ", chinese, re.MULTILINE)) == len(re.findall(r"^## ", english, re.MULTILINE))
    targets = [[link for link in LINK.findall(text) if "README." not in link] for text in (chinese, english)]
    assert targets[0] == targets[1]
    assert "(README.en.md)" in chinese
    assert "(README.md)" in english


def test_the_english_readme_is_english() -> None:
    prose = re.sub(r"\]\([^)]*\)|`[^`]*`", "", PAGES["README.en.md"])
    assert re.findall(r"[\u3400-\u9fff]+", prose) == ["预算", "中文"]


@pytest.mark.long
def test_making_the_docs_needs_no_terminal_and_changes_nothing_that_is_current() -> None:
    before = {path: path.stat().st_mtime_ns for path in pages()}
    done = subprocess.run(
        [sys.executable, "-m", "tools.docs"], cwd=ROOT, capture_output=True, check=True, encoding="utf-8",
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.stdout == "没有变化。\n"
    assert {path: path.stat().st_mtime_ns for path in pages()} == before
