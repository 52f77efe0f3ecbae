"""config.toml, environment and options: what counts, where it comes from, and a sentence for everything wrong."""

from __future__ import annotations

import errno
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.i18n.language import CHINESE, LANGUAGES, Message, current, use
from budget.system import paths
from budget.system.files import reason
from tests.support.command import ROOT, Command, program
from tests.test_house import imported_by
from tui.action import Where
from tui.actions import ACTIONS
from tui.cli import arguments, config
from tui.config import load
from tui.config.load import COMMAND_LINE, ENVIRONMENT, FILE, Effective
from tui.config.schema import MOST_BYTES, Config, allowed
from tui.config.settings import DESCRIPTIONS, NAMES, Settings
from tui.library import documents
from tui.terminal import capabilities, themes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

import sample_data

OLD, NEW, _ = sample_data.paths()
Written = "Callable[[str | bytes], Path]"


@pytest.fixture(autouse=True)
def _chinese_again() -> Iterator[None]:
    yield
    use(CHINESE)


@pytest.fixture
def run(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command line with a folder of its own, in which config.toml may stand."""
    return Command(tmp_path, capfdbinary, monkeypatch)


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str | bytes], Path]:
    """Write the configuration that counts."""
    monkeypatch.setenv(documents.HOME, str(tmp_path))
    path = tmp_path / load.FILE_NAME

    def put(text: str | bytes) -> Path:
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return put


def troubles(path: Path) -> list[str]:
    return [Message(trouble).text().removeprefix(str(path)).strip(" ：") for trouble in load.effective().troubles]


ALL = " ".join(NAMES)
HOW = "不合 TOML 的写法（一行一项，名称 = 值；文字放在一对半角引号里，其中的反斜线写成两个）"
KEY = "；键是一个字符，或 f2、pagedown、ctrl+s 这样的名称"
WRONG = {
    'theme = "drak"': 'theme 不能是 "drak"，最接近的是 dark；可用的有 terminal dark light',
    '\n# c\nthem = "dark"': f"没有设置 them，最接近的是 theme；可用的有 {ALL}",
    'zzz = "dark"': f"没有设置 zzz；可用的有 {ALL}",
    'mouse = "yes"': 'mouse 只能是 true 或 false（不带引号），不是 "yes"',
    "mouse = 1": "mouse 只能是 true 或 false（不带引号），不是 1",
    "language = 1": "language 不能是 1；可用的有 zh en",
    'money_unit = "角"': 'money_unit 不能是 "角"；可用的有 printed 元 万元 亿元 yuan wan yi',
    'encoding = "gbk"': 'encoding 不能是 "gbk"；可用的有 utf-8 utf-8-sig gb18030',
    "export_folder = 1": "export_folder 应是带引号的文字，不是 1",
    'export_folder = "a/b"': 'export_folder 应是完整的路径，不是 "a/b"',
    'export_folder = "~nobody-of-this-name/x"': 'export_folder 应是完整的路径，不是 "~nobody-of-this-name/x"',
    '[display]\ntheme = "dark"': f"没有设置 display；可用的有 {ALL}",
    'keys = "x"': 'keys 是一张表，单独一行写 [keys]，下面每行一个动作，不是 "x"',
    '[keys]\nquit = [\n"x",\n3]': "keys.quit 应是带引号的键，或这样的键的列表，不是 3",
    "keys.quit = {a = 1}": 'keys.quit 应是带引号的键，或这样的键的列表，不是 {"a": 1}',
    '[keys]\nqiut = "x"': "没有动作 qiut，最接近的是 quit；全部动作见 yusuan config --init 写出的文件",
    '[keys]\ntheme = "x"': "theme 不是动作，是设置：要写在文件开头，[keys] 之前",
    "[keys]\nhelp = []": "动作 help 不能没有键",
    '[keys]\nfind = "fn"': f"没有键 “fn”{KEY}",
    '[keys]\nfind = "page down"': f"没有键 “page down”，最接近的是 pagedown{KEY}",
    '[keys]\nfind = ""': f"没有键 “”{KEY}",
    '[keys]\nsort = "Ctrl+C"': "键 Ctrl+C 另有用处，不能用于 sort",
    '[keys]\nsort = "ctrl+q"': "键 Ctrl+Q 另有用处，不能用于 sort",
    '[keys]\ncursor_down = "tab"': "键 Tab 另有用处，不能用于 cursor_down",
    '[keys]\nfilter = "q"': "键 q 同时用于 quit（退出）和 filter（筛选），请给其中一个换一个键",
    '[keys]\nfilter = "？"': "键 ? 同时用于 help（帮助）和 filter（筛选），请给其中一个换一个键",
    '[keys]\nfind = "f3"\nsort = ["f3"]': "键 F3 同时用于 find（查找）和 sort（排序），请给其中一个换一个键",
    'theme = "dark': HOW,
    "theme = dark": f"第 1 行第 9 列：{HOW}",
    "theme = “dark”": f"第 1 行第 9 列：{HOW}",
    'theme = "dark"\ntheme = "light"\n': f"第 2 行第 16 列：{HOW}",
    "[keys": HOW,
    "x = " + "[" * 5000: HOW,
    "x = " + "9" * 5000: HOW,
}


@pytest.mark.parametrize("text", WRONG, ids=range(len(WRONG)))
def test_what_is_wrong_is_said_with_what_is_allowed(text: str, write: Callable[[str | bytes], Path]) -> None:
    assert troubles(write(text)) == [WRONG[text]]


BYTES = {
    "# 中文\n".encode("gbk"): "不是 UTF-8，请另存为 UTF-8",
    'theme = "dark"'.encode("utf-16"): "不是 UTF-8，请另存为 UTF-8",
    b"#" * (MOST_BYTES + 1): "超过 256 KB，不像配置文件",
}


@pytest.mark.parametrize("data", BYTES, ids=range(len(BYTES)))
def test_what_is_no_utf_8_is_said(data: bytes, write: Callable[[str | bytes], Path]) -> None:
    assert troubles(write(data)) == [BYTES[data]]


def test_everything_wrong_is_said_at_once(write: Callable[[str | bytes], Path]) -> None:
    write('them = 1\nmouse = 2\nexport_folder = "x"\n[keys]\nquit = 3\nfind = 4\nqiut = "x"\n[x]\ny = 1\n')
    said = [Message(each).text().partition("：")[2] for each in load.effective().troubles]
    wrong = ("mouse ", "keys.quit ", "keys.find ", "没有设置 them", "没有设置 x", "export_folder ", "没有动作 qiut")
    assert len(said) == len(wrong)
    assert all(each.startswith(start) for each, start in zip(said, wrong, strict=True)), said


def test_a_byte_order_mark_is_accepted(write: Callable[[str | bytes], Path]) -> None:
    write(b'\xef\xbb\xbftheme = "dark"\r\n')
    found = load.effective()
    assert (found.settings.theme, found.troubles) == ("dark", ())
    assert found.origins["theme"] == FILE


@given(st.one_of(st.binary(max_size=60), st.text(max_size=40).map(str.encode)))
def test_whatever_a_file_holds_there_is_no_traceback(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(data)
    found = load.effective(["--config", str(path)])
    assert all(str(path) in Message(trouble).text() for trouble in found.troubles)
    assert found.troubles or found.settings == Settings()


def test_what_cannot_be_a_configuration_is_said(tmp_path: Path) -> None:
    said = {
        tmp_path: f"读不了配置文件 {tmp_path}：{reason(IsADirectoryError(errno.EISDIR, ''))}",
        tmp_path / "none": f"读不了配置文件 {tmp_path / 'none'}：没有这个文件或文件夹",
        Path("/dev/zero"): "/dev/zero 超过 256 KB，不像配置文件",
    }
    for path, sentence in said.items():
        assert [Message(each).text() for each in load.effective(["--config", str(path)]).troubles] == [sentence]


def test_the_file_is_the_one_that_is_named_else_that_of_the_users_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert load.config_file(["--config", "a.toml"]) == (Path("a.toml").absolute(), True)
    assert load.config_file(["x", "--config=a.toml"]) == (Path("a.toml").absolute(), True)
    assert load.config_file(["--config=a.toml", "--no-config"]) == (None, False)
    assert load.config_file(["--config=a.toml", "--config", "b.toml"]) == (Path("b.toml").absolute(), True)
    monkeypatch.setenv(documents.HOME, str(tmp_path / "home"))
    assert load.config_file(["--", "--no-config", "--config=a"]) == (tmp_path / "home" / "config.toml", False)
    monkeypatch.setenv(documents.HOME, str(tmp_path))
    assert load.config_file() == (tmp_path / "config.toml", False)
    monkeypatch.setenv(load.CONFIG, str(tmp_path / "other"))
    assert load.config_file() == (tmp_path / "other", True)
    monkeypatch.delenv(load.CONFIG)
    monkeypatch.delenv(documents.HOME)
    path, named = load.config_file()
    assert path is not None
    assert (path.name, path.parent.name, named) == ("config.toml", "yusuan", False)


def test_on_windows_a_path_may_be_quoted_and_begin_with_the_users_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "on_windows", lambda: True)
    monkeypatch.setenv("USERPROFILE", r"C:\Users\甲")
    named, _ = load.config_file(["--config", '"~\\a.toml"'])
    assert named == Path(r"C:\Users\甲\a.toml").absolute()
    monkeypatch.setenv(documents.HOME, '"~\\数据 *"')
    moved, _ = load.config_file()
    assert moved is not None
    assert moved.parent == documents.home().absolute() == Path(r"C:\Users\甲\数据 *").absolute()


def test_options_beat_the_environment_that_beats_the_file_that_beats_defaults(
    write: Callable[[str | bytes], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    write('language = "en"\ntheme = "dark"\nglyphs = "ascii"\nmoney_unit = "yi"\n')
    monkeypatch.setenv("YUSUAN_THEME", "light")
    monkeypatch.setenv("YUSUAN_GLYPHS", "blocks")
    monkeypatch.setenv("YUSUAN_MOUSE", "false")
    given = ["--glyphs", "auto", "--unit", "wan"]
    found = load.with_options(load.effective(given), arguments.browse_parser().parse_args(given))
    assert found.settings == Settings("en", "light", "万元", "auto", mouse=False)
    assert found.origins == {
        "language": FILE,
        "theme": (ENVIRONMENT, "YUSUAN_THEME"),
        "glyphs": (COMMAND_LINE, "--glyphs"),
        "money_unit": (COMMAND_LINE, "--unit"),
        "mouse": (ENVIRONMENT, "YUSUAN_MOUSE"),
    }


def test_a_wrong_variable_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUSUAN_THEME", "blue")
    monkeypatch.setenv("YUSUAN_MOUSE", "perhaps")
    assert [Message(each).text() for each in load.effective(["--no-config"]).troubles] == [
        '环境变量 YUSUAN_THEME：theme 不能是 "blue"；可用的有 terminal dark light',
        '环境变量 YUSUAN_MOUSE：mouse 只能是 true 或 false（不带引号），不是 "perhaps"',
    ]


def test_nothing_heavy_is_imported_where_there_is_no_file(tmp_path: Path) -> None:
    script = "import os; os.environ['YUSUAN_HOME'] = {!r}; from tui.config import load; print(load.effective())"
    found = imported_by(script.format(str(tmp_path)))
    assert not found & {"pydantic", "textual", "polars", "rich", "tomllib", "platformdirs"}
    (tmp_path / "config.toml").write_text('theme = "dark"', encoding="utf-8")
    assert not imported_by(script.format(str(tmp_path))) & {"textual", "polars", "rich"}


@pytest.mark.parametrize("command", [[], [str(NEW)], ["export", str(NEW), "--view", "overview"], ["check", str(NEW)]])
def test_no_command_starts_with_half_a_configuration(
    command: list[str], run: Command, write: Callable[[str | bytes], Path]
) -> None:
    path = write('theme = "drak"\nmouse = 1')
    done = run(*command)
    assert (done.status, done.out) == (2, b"")
    assert done.err.splitlines() == [
        f'yusuan：{path}：theme 不能是 "drak"，最接近的是 dark；可用的有 terminal dark light。',
        f"yusuan：{path}：mouse 只能是 true 或 false（不带引号），不是 1。",
        "yusuan：请改正上面各处；或用 --no-config 不读配置文件。",
    ]
    assert run(*command, "--no-config").status in {0, 3}


def test_what_is_wrong_is_said_in_the_language_of_the_file(run: Command, write: Callable[[str | bytes], Path]) -> None:
    write('language = "en"\ntheme = "drak"')
    assert "theme cannot be" in run().err
    assert current() == "en"
    assert "theme 不能是" in run("--lang", "zh").err
    write('# mine\nlanguage = "en"\ntheme = dark')
    assert "line 3 column 9: not TOML" in run().err
    write('language = "fr"\ntheme = dark')
    assert "第 2 行第 9 列" in run().err


@pytest.mark.parametrize("given", [["--help"], ["--version"], ["config", "--path"], ["config", "--help"]])
def test_help_is_to_be_had_with_a_bad_configuration(
    given: list[str], run: Command, write: Callable[[str | bytes], Path]
) -> None:
    write("theme = ")
    assert (run(*given).status, run(*given).err) == (0, "")


def test_the_effective_configuration_is_printed_with_where_it_comes_from(
    run: Command, write: Callable[[str | bytes], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write('\ntheme = "dark"\n[keys]\nfind = "f3"\n')
    monkeypatch.setenv("YUSUAN_ENCODING", "gb18030")
    lines = [" ".join(line.split()) for line in run("config", "--no-mouse").text.splitlines()]
    assert lines == [
        f"配置文件 {path}",
        'language "zh" 默认',
        'theme "dark" 配置文件',
        'money_unit "printed" 默认',
        'glyphs "auto" 默认',
        "mouse false 命令行 --no-mouse",
        'encoding "gb18030" 环境变量 YUSUAN_ENCODING',
        'export_folder "" 默认',
        'reading_memory "1G" 默认',
        'keys.find ["f3"] 配置文件',
    ]
    assert run("config", "--path").text == f"{path}\n"
    assert run("config", "--no-config").text.startswith("不读配置文件。\n")


def test_a_template_is_written_once(run: Command, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    assert "（没有这个文件）" in run("config").text
    assert run("config", "--init").status == 0
    before = path.read_bytes()
    again = run("config", "--init")
    assert (again.status, path.read_bytes()) == (1, before)
    assert "已经存在，没有覆盖" in again.err
    other = tmp_path / "new" / "folder" / "my.toml"
    assert run("config", "--init", "--config", other).status == 0
    assert other.read_bytes() == before


def test_the_template_says_the_defaults(write: Callable[[str | bytes], Path]) -> None:
    path = write(config.template())
    assert load.effective() == Effective(file=path)
    path.write_text(re.sub(r"^# (\[keys\]|\w+ +=)", r"\1", config.template(), flags=re.MULTILINE), "utf-8")
    found = load.effective()
    assert found.troubles == ()
    registry = {action.id: set(action.keys) for action in ACTIONS if action.where is Where.MAIN}
    assert {id_: set(keys) for id_, keys in found.settings.keys.items()} == registry
    assert found.settings == Settings(keys=found.settings.keys)
    assert set(tomllib.loads(path.read_text(encoding="utf-8"))) == set(NAMES)


def test_unit_and_encoding_of_exports(run: Command, write: Callable[[str | bytes], Path], tmp_path: Path) -> None:
    write('money_unit = "yuan"\nencoding = "gb18030"')
    view = ["export", NEW, "--view", "overview", "--lang", "zh"]
    printed = run(*view, "--no-config").text
    configured = run(*view).text
    assert "83" not in configured.partition(",")[0]
    assert configured != printed
    assert configured == run(*view, "--no-config", "--unit", "元").text, "a pipe stays UTF-8"
    assert run(*view, "--unit", "万元").text == run(*view, "--no-config", "--unit", "万元").text
    for name, options, encoding in (("a.csv", [], "gb18030"), ("b.csv", ["--encoding", "utf-8"], "utf-8")):
        assert run(*view, "-o", tmp_path / name, *options).status == 0
        assert (tmp_path / name).read_bytes().decode(encoding).replace("\r\n", "\n") == configured.replace("\r\n", "\n")
    assert run(*view, "-o", tmp_path / "c.json").status == 0
    assert "收支" in (tmp_path / "c.json").read_text(encoding="utf-8")
    assert run("export", NEW, "--frame", "statements", "-o", tmp_path / "d.csv").status == 0
    assert "statement" in (tmp_path / "d.csv").read_bytes().decode("gb18030")
    assert run(*view[:4], "-o", tmp_path / "e.xlsx").status == 0


def test_the_overview_is_printed_in_the_unit(run: Command, write: Callable[[str | bytes], Path]) -> None:
    write('money_unit = "亿元"')
    assert run(NEW).text.splitlines()[0].endswith("亿元")
    assert run(NEW, "--unit", "yuan").text.splitlines()[0].endswith("  元")


def test_every_setting_is_documented_and_has_its_values() -> None:
    assert tuple(Config.model_fields) == NAMES
    assert all(text.endswith("。") for text in DESCRIPTIONS.values())
    assert allowed("theme") == tuple(themes.THEMES)
    assert allowed("glyphs") == capabilities.GLYPHS
    assert allowed("language") == LANGUAGES


def test_the_examples_of_the_docs_are_right(write: Callable[[str | bytes], Path]) -> None:
    text = (ROOT / "docs" / "config.md").read_text(encoding="utf-8")
    examples = re.findall(r"^```toml\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert examples
    for example in examples:
        assert troubles(write(example)) == []


def test_a_process_of_its_own_reads_it_too(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("theme = 1", encoding="utf-8")
    done = program("export", NEW, "--view", "overview", YUSUAN_HOME=str(tmp_path))
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Traceback" not in done.stderr
