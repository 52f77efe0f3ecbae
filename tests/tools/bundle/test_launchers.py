"""What is double-clicked: each launcher with programs that stand for the system's."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.bundle import bundle

ROOT = Path(__file__).parents[3]
VALUES = {
    "VERSION": "1.2.3",
    "MACHINE": "x86_64",
    "GLIBC": "2.28",
    "LOADER": "/nowhere/ld.so",
    "INTERPRETER": "lib/bin/python3.11",
}
TOOLS = ("sh", "dirname", "readlink", "sort", "head", "cat")
OWN = ("-I", "-S", "-B", "-m", "tui")
"""What the interpreter is told before the arguments."""
ARGUMENTS = ("资料 一.pdf", "a b.txt", "$HOME;'\"")

posix = pytest.mark.skipif(os.name == "nt", reason="a shell script")


def launcher(name: str) -> bytes:
    system = "windows" if name.endswith(".bat") else "linux"
    return bundle.launchers(system, VALUES)[name]


class Desk:
    """A machine: a folder with the launcher and a program, and nothing on the path but what is put there."""

    def __init__(self, folder: Path) -> None:
        self.bundle = folder / "U 盘" / "预算 (1)"
        self.bin = folder / "bin"
        self.log = folder / "log"
        self.bundle.mkdir(parents=True)
        self.bin.mkdir()
        (self.bundle / "yusuan.sh").write_bytes(launcher("yusuan.sh"))
        for name in TOOLS:
            (self.bin / name).symlink_to(str(shutil.which(name)))
        self.interpreter = self.bundle / VALUES["INTERPRETER"]
        self.interpreter.parent.mkdir(parents=True)
        self.put(self.interpreter, f'shift {len(OWN)}; printf "[%s]" "$@"')
        (self.bundle / "yusuan").write_bytes(launcher("yusuan"))
        (self.bundle / "yusuan").chmod(0o755)
        self.tool("uname", "echo x86_64")
        self.tool("getconf", "echo glibc 2.31")

    def put(self, path: Path, script: str) -> None:
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)

    def tool(self, name: str, script: str) -> None:
        self.put(self.bin / name, script)

    def terminal(self, name: str) -> None:
        """A terminal that notes what it was asked."""
        self.tool(name, f'printf "%s\\n" {name} "$@" > "{self.log}"')

    def asked(self) -> list[str]:
        return self.log.read_text(encoding="utf-8").splitlines()

    def run(self, *given: str, display: str = "", typed: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["/bin/sh", str(self.bundle / "yusuan.sh"), *given],
            env={"PATH": str(self.bin), "DISPLAY": display, "LANG": "C.UTF-8"},
            input=typed, capture_output=True, check=False, encoding="utf-8",
        )  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_places_of_launchers_are_filled() -> None:
    for system in ("windows", "linux"):
        for name, data in bundle.launchers(system, VALUES).items():
            assert not re.search(rb"@[A-Z]+@", data), name


def test_the_batch_file_can_be_read_by_a_console_of_any_code_page() -> None:
    data = launcher("yusuan.bat")
    assert data.count(b"\n") == data.count(b"\r\n") > 20
    before, _, after = data.partition(b":missing\r\nchcp 65001 >nul\r\n")
    assert before.isascii(), "what stands before the code page is set is ASCII"
    assert "请先把压缩包全部解压".encode() in after
    lines = before.decode("ascii").splitlines()
    assert "chcp 65001 >nul" in lines
    assert "if not defined WT_SESSION mode con: cols=100 lines=30" in lines
    assert 'if not "%STATUS%"=="0" pause' in lines
    labels = set(re.findall(r"^:(\w+)", data.decode(), re.MULTILINE))
    assert set(re.findall(r"goto (\w+)", data.decode())) <= labels
    for line in lines:
        if not line.startswith("rem "):
            assert re.sub(r'"[^"]*"', "", line).count("%FOLDER") == 0, f"a folder with blanks breaks: {line}"


def test_notes_are_for_the_editor_of_their_system() -> None:
    windows, linux = launcher_note("windows"), launcher_note("linux")
    assert windows.startswith("\ufeff".encode())
    assert windows.count(b"\n") == windows.count(b"\r\n")
    assert not linux.startswith("\ufeff".encode())
    assert b"\r" not in linux
    for note in (windows, linux):
        assert "1.2.3" in note.decode()
        assert "SHA256SUMS" in note.decode()
        assert "YUSUAN_HOME" in note.decode()


def launcher_note(system: str) -> bytes:
    return bundle.launchers(system, VALUES)["说明.txt"]


@posix
class TestShell:
    def test_it_is_a_shell_script(self, desk: Desk) -> None:
        subprocess.run(["sh", "-n", str(desk.bundle / "yusuan.sh")], check=True)

    def test_without_a_screen_it_runs_at_once(self, desk: Desk) -> None:
        done = desk.run(*ARGUMENTS)
        assert (done.returncode, done.stdout) == (0, "".join(f"[{argument}]" for argument in ARGUMENTS))

    @pytest.mark.parametrize("name", ["yusuan", "yusuan.sh"])
    def test_a_link_to_it_finds_the_folder(self, desk: Desk, tmp_path: Path, name: str) -> None:
        (tmp_path / "link").symlink_to(desk.bundle / name)
        done = subprocess.run(
            ["/bin/sh", str(tmp_path / "link"), "a"], env={"PATH": str(desk.bin)}, capture_output=True, check=True,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
        assert done.stdout == b"[a]"

    @pytest.mark.parametrize(
        ("terminal", "options"),
        [
            ("mate-terminal", ["--geometry=100x30", "-x"]),
            ("deepin-terminal", ["-e"]),
            ("gnome-terminal", ["--geometry=100x30", "--"]),
            ("konsole", ["-p", "TerminalColumns=100", "-p", "TerminalRows=30", "-e"]),
            ("xfce4-terminal", ["--geometry=100x30", "-x"]),
            ("xterm", ["-geometry", "100x30", "-e"]),
        ],
    )
    def test_every_terminal_is_asked_in_its_own_way(self, desk: Desk, terminal: str, options: list[str]) -> None:
        desk.terminal(terminal)
        assert desk.run(*ARGUMENTS, display=":0").returncode == 0
        command = ["/bin/sh", str(desk.bundle / "yusuan.sh"), "--in-window", *ARGUMENTS]
        assert desk.asked() == [terminal, *options, *command]

    def test_the_terminal_that_the_system_has_chosen_comes_first(self, desk: Desk) -> None:
        for name in ("mate-terminal", "gnome-terminal", "gnome-terminal.wrapper"):
            desk.terminal(name)
        (desk.bin / "x-terminal-emulator").symlink_to(desk.bin / "gnome-terminal.wrapper")
        desk.run(display=":0")
        assert desk.asked()[:3] == ["gnome-terminal", "--geometry=100x30", "--"]

    def test_a_chosen_terminal_that_nobody_knows_is_asked_as_the_policy_says(self, desk: Desk) -> None:
        desk.terminal("strange")
        (desk.bin / "x-terminal-emulator").symlink_to(desk.bin / "strange")
        desk.run(display=":0")
        assert desk.asked()[:3] == ["strange", "-e", "/bin/sh"]

    def test_no_terminal_is_a_sentence_in_a_window(self, desk: Desk) -> None:
        desk.terminal("zenity")
        done = desk.run(display=":0")
        assert done.returncode == 1
        assert "没有找到终端程序" in done.stderr
        assert desk.asked()[:2] == ["zenity", "--error"]

    def test_a_window_stays_open_where_something_went_wrong(self, desk: Desk) -> None:
        done = desk.run("--in-window", "a", typed="\n")
        assert (done.returncode, done.stdout) == (0, "[a]")
        desk.put(desk.interpreter, "exit 3")
        done = desk.run("--in-window", "a", typed="\n")
        assert done.returncode == 3
        assert "退出状态 3" in done.stdout

    def test_another_machine_an_old_system_and_half_a_folder_are_sentences(self, desk: Desk) -> None:
        desk.tool("getconf", "echo glibc 2.9")
        assert "2.9，程序需要 2.28" in self.refused(desk)
        desk.tool("getconf", "echo glibc 2.28")
        assert desk.run().returncode == 0, "the oldest is enough"
        desk.tool("uname", "echo loongarch64")
        assert "这台计算机是 loongarch64" in self.refused(desk)
        desk.interpreter.unlink()
        assert "把整个文件夹" in self.refused(desk)

    def test_a_stick_on_which_nothing_is_executable(self, desk: Desk) -> None:
        loader = desk.bin / "loader"
        desk.put(loader, 'printf "%s|" "$YUSUAN_LOADER" "$@"')
        script = desk.bundle / "yusuan.sh"
        script.write_text(script.read_text(encoding="utf-8").replace(VALUES["LOADER"], str(loader)), encoding="utf-8")
        for path in (desk.bundle / "yusuan", desk.interpreter):
            path.chmod(0o644)
        assert desk.run("a b").stdout == "|".join([str(loader), str(desk.interpreter), *OWN, "a b", ""])
        desk.put(loader, '[ "$1" != --verify ]')
        assert "复制到主目录" in self.refused(desk), "mounted noexec: not even the loader may open it"

    @staticmethod
    def refused(desk: Desk) -> str:
        done = desk.run()
        assert (done.returncode, done.stdout) == (1, "")
        assert len(done.stderr.splitlines()) == 1
        return done.stderr


@posix
class TestDesktopEntry:
    def test_it_has_what_an_entry_needs(self, tmp_path: Path) -> None:
        entry = self.entry()
        assert (entry["Type"], entry["Terminal"], entry["Version"]) == ("Application", "false", "1.0")
        assert entry["Name[zh_CN]"] == "预算"
        assert b"\r" not in launcher("yusuan.desktop")
        validate = shutil.which("desktop-file-validate")
        if validate:
            path = tmp_path / "yusuan.desktop"
            path.write_bytes(launcher("yusuan.desktop"))
            subprocess.run([validate, str(path)], check=True)

    @pytest.mark.parametrize("prefix", ["", "file://"])
    def test_it_opens_the_script_beside_it_wherever_it_lies(self, desk: Desk, prefix: str, tmp_path: Path) -> None:
        place = f"{prefix}{desk.bundle / 'yusuan.desktop'}"
        assert self.opened([place], tmp_path, desk) == b"[]"

    def test_a_desktop_that_does_not_say_where_it_lies_starts_it_in_its_folder(self, desk: Desk) -> None:
        assert self.opened([], desk.bundle, desk) == b"[]"

    def test_a_desktop_that_says_where_it_lies_by_a_variable(self, desk: Desk, tmp_path: Path) -> None:
        place = str(desk.bundle / "yusuan.desktop")
        assert self.opened([], tmp_path, desk, GIO_LAUNCHED_DESKTOP_FILE=place) == b"[]"

    def test_a_desktop_that_says_nothing_tells_the_user_what_to_do(self, desk: Desk, tmp_path: Path) -> None:
        desk.terminal("zenity")
        self.opened([], tmp_path, desk)
        assert desk.asked() == ["zenity", "--error", "--text=请双击 yusuan.sh"]

    def opened(self, place: list[str], folder: Path, desk: Desk, **more: str) -> bytes:
        """What the program says when the entry's command is run in a folder."""
        command = [part for word in self.words(self.entry()["Exec"]) for part in (place if word == "%k" else [word])]
        environment = {"PATH": str(desk.bin), **more}
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, check=True, stdin=subprocess.DEVNULL
        )
        return done.stdout

    @staticmethod
    def entry() -> configparser.SectionProxy:
        parser = configparser.ConfigParser(interpolation=None, delimiters=("=",))
        parser.optionxform = str  # type: ignore[assignment, method-assign] - keys are told apart by case
        parser.read_string(launcher("yusuan.desktop").decode())
        assert parser.sections() == ["Desktop Entry"]
        return parser["Desktop Entry"]

    @staticmethod
    def words(line: str) -> list[str]:
        """A command as the Desktop Entry Specification reads it: first the escapes of values, then quoted arguments."""
        value = re.sub(r"\\(.)", lambda found: {"s": " ", "n": "\n", "t": "\t"}.get(found[1], found[1]), line)
        words = re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', value)
        return [re.sub(r'\\(["`$\\])', r"\1", quoted) if quoted else plain for quoted, plain in words]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the loader of Linux")
def test_the_bundled_program_starts_its_workers_as_it_was_started(monkeypatch: pytest.MonkeyPatch) -> None:
    from loaders.workers import start

    script = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from loaders.workers import start; print(start.command())"
    isolated = subprocess.run(
        [sys.executable, "-I", "-c", script],
        env={start.LOADER: "/lib64/ld.so"}, capture_output=True, check=True, encoding="utf-8",
    )  # fmt: skip
    assert isolated.stdout.strip() == str(["/lib64/ld.so", sys.executable, "-I", "-m", "loaders.workers.worker"])
    monkeypatch.delenv(start.LOADER, raising=False)
    assert start.command() == [sys.executable, "-P", "-m", "loaders.workers.worker"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert start.command() == [sys.executable, start.FLAG]
