"""The project's tasks; needs nothing but Python 3.11: `python3 tasks.py run|test|bench|lock|locale`."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
EXE = ".exe" if os.name == "nt" else ""
PYTHON = BIN / f"python{EXE}"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "yusuan-installed"
OLDEST = (3, 11)
USAGE = """用法: python3 tasks.py 任务 [参数...]

任务:
  run [参数...]   建立环境，安装，打开浏览器（参数交给 yusuan；没有参数时打开资料库，首次是示例数据）
  test [参数...]  建立环境，安装，然后运行测试、代码检查和类型检查（参数交给 pytest）
  bench           建立环境，安装，然后运行基准
  lock            由 pyproject.toml 重新生成 requirements.lock（需要 uv）
  locale          收集界面上的话，更新并编译各语言的译文（budget/locale）
"""


def main(arguments: list[str]) -> int:
    """Do the task named by the first argument; return the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console that cannot print a character prints another
    if sys.version_info < OLDEST:
        say(f"需要 Python 3.11 或更新版本，现在是 {sys.version.split()[0]}。请安装后用它运行 tasks.py。")
        return 1
    tasks = {"run": run, "test": test, "bench": bench, "lock": lock, "locale": locale}
    if not arguments or arguments[0] not in tasks:
        say(USAGE)
        return 0 if arguments[:1] in (["-h"], ["--help"], ["help"]) else 2
    try:
        return tasks[arguments[0]](arguments[1:])
    except subprocess.CalledProcessError as error:
        say(f"这一步没有成功（退出状态 {error.returncode}），已停止。")
        return 1
    except KeyboardInterrupt:
        return 130


def run(arguments: list[str]) -> int:
    """Open the browser."""
    install()
    return subprocess.call([PYTHON, "-m", "tui", *arguments])


def test(arguments: list[str]) -> int:
    """Run every check, the later ones too when an earlier one fails; 0 when all passed."""
    install()
    if not os.environ.get("YUSUAN_SHARED"):
        say("未设置 YUSUAN_SHARED：跳过对公开原文的测试。")
    strict = {**os.environ, "PYTHONWARNDEFAULTENCODING": "1"}
    checks: dict[str, list[str | Path]] = {
        "测试": [PYTHON, "-m", "pytest", *arguments],
        "代码检查": [PYTHON, "-m", "ruff", "check", "."],
        "代码格式": [PYTHON, "-m", "ruff", "format", "--check", "."],
        "类型检查": [PYTHON, "-m", "mypy"],
        "模块依赖": [BIN / f"lint-imports{EXE}"],
    }
    results = {}
    for name, command in checks.items():
        say(f"== {name}: {' '.join([Path(command[0]).name, *map(str, command[1:])])}")
        results[name] = subprocess.call(command, cwd=ROOT, env=strict if "pytest" in command else None) == 0
    say("== 结果: " + "，".join(f"{name}{'通过' if passed else '未通过'}" for name, passed in results.items()))
    return 0 if all(results.values()) else 1


def bench(arguments: list[str]) -> int:
    """Run the benchmarks, or those named."""
    install()
    status = 0
    for script in sorted((ROOT / "benchmarks").glob("*.py")):
        program = "__main__" in script.read_text(encoding="utf-8")  # the others are their helpers
        if program and (not arguments or script.stem in arguments):
            say(f"== {script.stem}")
            status |= subprocess.call([PYTHON, script], cwd=ROOT)
    return status


def lock(_: list[str]) -> int:
    """Write the lock anew: versions and hashes for every platform, no addresses."""
    uv = shutil.which("uv") or shutil.which("uv", path=str(BIN))
    if uv is None:
        say("需要 uv：python3 -m pip install uv")
        return 1
    options = ["--universal", "--generate-hashes", "--no-emit-index-url", "--group", "dev", "--quiet"]
    command = "python3 tasks.py lock"
    source = ["--custom-compile-command", command, "pyproject.toml", "-o", LOCK.name]
    return subprocess.call([uv, "pip", "compile", *options, *source], cwd=ROOT)


def locale(_: list[str]) -> int:
    """Collect what the interface says, update the catalogues of its languages, and compile them."""
    install()
    babel: list[str | Path] = [PYTHON, "-m", "babel.messages.frontend"]
    template = VENV / "yusuan.pot"
    collect = ["--no-default-keywords", "--keyword=tr", "--keyword=N_", "--add-location=file", "--sort-by-file"]
    update = ["--no-fuzzy-matching", "--ignore-obsolete", "--ignore-pot-creation-date", "--no-wrap"]
    catalogues = ["-D", "yusuan", "-d", "budget/locale"]
    steps: list[list[str | Path]] = [
        ["extract", *collect, "--no-wrap", "-o", template, "budget", "loaders", "tui"],
        ["update", *update, "-i", template, *catalogues],
        ["compile", "--statistics", *catalogues],
    ]
    for step in steps:
        subprocess.run([*babel, *step], cwd=ROOT, check=True)
    return 0


def install() -> None:
    """Make the environment and install what is locked, unless that has been done for this very lock."""
    wanted = hashlib.sha256(LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest() + f"\n{ROOT}"
    found = STAMP.read_text(encoding="utf-8") if STAMP.is_file() else ""
    if found == wanted and PYTHON.exists():
        return
    say("建立环境 .venv 并安装 requirements.lock 中的依赖，首次约一两分钟……")
    moved = bool(found) and not found.endswith(f"\n{ROOT}")  # its programs name the place where they were installed
    if moved or not PYTHON.exists() or subprocess.call([PYTHON, "-m", "pip", "--version"], stdout=subprocess.DEVNULL):
        venv.create(VENV, with_pip=True, clear=True)
    pip: list[str | Path] = [PYTHON, "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    subprocess.run([*pip, "--require-hashes", "--requirement", LOCK], cwd=ROOT, check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--editable", "."], cwd=ROOT, check=True)
    STAMP.write_text(wanted, encoding="utf-8")
    say("已安装。")


def say(text: str) -> None:
    """Print at once: what follows may come from another program."""
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
