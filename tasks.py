"""The project's tasks: `python3 tasks.py run`, `test`, `bundle` and others. Needs nothing but Python 3.11."""

from __future__ import annotations

import compileall
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
ON_WINDOWS = os.name == "nt"
LOCK = ROOT / "requirements" / "dev.lock"
OFFLINE_LOCK = ROOT / "requirements" / "offline.lock"
BUNDLE_LOCK = ROOT / "requirements" / "bundle.lock"
BUNDLE_VENV = ROOT / ".venv-bundle"
CLUSTER_LOCK = ROOT / "requirements" / "cluster.lock"
COMPILER_LOCK = ROOT / "requirements" / "compiler.lock"
COMPILER_VENV = ROOT / ".venv-compiler"
PEERS_LOCK = ROOT / "requirements" / "peers.lock"
PEERS_VENV = ROOT / ".venv-peers"
STAMP = "yusuan-installed"
PACKAGES = ("budget", "loaders", "tui", "sample_data")
QUIETLY = ("--disable-pip-version-check", "--quiet")
OLDEST = (3, 11)
USAGE = """用法: python3 tasks.py 任务 [参数...]

任务:
  run [参数...]   建立环境，安装，打开浏览器（参数交给 yusuan；没有参数时打开资料库，首次是示例数据）
  test [参数...]  建立环境，安装，然后运行测试、代码检查和类型检查（参数交给 pytest）；
                  --all 连同长测试，如 .ci/run
  bench           建立环境，安装，然后运行基准；对照的程序装在单独的环境里
  bundle          制作免安装文件夹和压缩包（dist/）；--machine x86_64|aarch64，缺省本机；--check 在隔离的环境中试用它
  interpreter     为旧的 Linux（glibc 2.28）编译 bundle 用的 Python，每种处理器一次（需要 Debian）
  soak            建立环境，安装，然后长时间试着弄坏它：强制结束、随机按键、改动的文件，约数小时
  wheelhouse      收集离线安装用的包（dist/）；--platform win_amd64|manylinux_x86_64|manylinux_aarch64，缺省全部
  lock            由 pyproject.toml 重新生成六个 .lock 文件（需要 uv）
  locale          收集界面上的话，更新并编译各语言的译文（budget/i18n/locale）
  docs            由代码重新生成 README 和 docs/ 中的表格
  screenshots     由示例数据重新画 docs/pictures/ 中的图
"""


def main(arguments: list[str]) -> int:
    """Do the task named by the first argument; return the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console that cannot print a character prints another
    if sys.version_info < OLDEST:
        say(f"需要 Python 3.11 或更新版本，现在是 {sys.version.split()[0]}。请安装后用它运行 tasks.py。")
        return 1
    tasks = {
        "run": run, "test": test, "bench": bench, "soak": soak,
        "bundle": bundle, "interpreter": interpreter, "wheelhouse": wheelhouse, "lock": lock, "locale": locale,
        "docs": docs, "screenshots": screenshots,
    }  # fmt: skip
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
    return subprocess.call([python(), "-m", "tui", *arguments])


WORKERS = (os.cpu_count() or 1) + 1
"""Test processes: one more than processors, for many tests wait for a program that they have started."""


def test(arguments: list[str]) -> int:
    """Run every check; 0 when all passed. The later ones run too when an earlier one fails."""
    install()
    if not os.environ.get("YUSUAN_SHARED"):
        say("未设置 YUSUAN_SHARED：跳过对公开原文的测试。")
    strict = {**os.environ, "PYTHONWARNDEFAULTENCODING": "1"}
    checks: dict[str, list[str | Path]] = {
        "测试": [python(), "-m", "pytest", "-n", str(WORKERS), "--dist", "worksteal", *arguments],
        "代码检查": [python(), "-m", "ruff", "check", "."],
        "代码格式": [python(), "-m", "ruff", "format", "--check", "."],
        "类型检查": [python(), "-m", "mypy"],
        "模块依赖": [program(VENV, "lint-imports")],
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
    if prepare(PEERS_VENV, [PEERS_LOCK]):
        mark_installed(PEERS_VENV, [PEERS_LOCK])
    status = 0
    for script in sorted((ROOT / "tools" / "bench").glob("*.py")):
        runnable = "__main__" in script.read_text(encoding="utf-8")  # the others are their helpers
        if runnable and (not arguments or script.stem in arguments):
            say(f"== {script.stem}")
            status |= subprocess.call([python(), "-m", f"tools.bench.{script.stem}"], cwd=ROOT)
    return status


def interpreter(arguments: list[str]) -> int:
    """Build the interpreters of the bundles for Linux. Once a version: they are kept outside the checkout."""
    if prepare(COMPILER_VENV, [COMPILER_LOCK]):
        mark_installed(COMPILER_VENV, [COMPILER_LOCK])
    return subprocess.call([program(COMPILER_VENV, "python"), "-m", "tools.bundle.interpreter", *arguments], cwd=ROOT)


def soak(arguments: list[str]) -> int:
    """Run the long trials in full, or those named."""
    install()
    status = 0
    for trial in arguments or ("kills", "keys", "mutants"):
        say(f"== {trial}")
        status |= subprocess.call([python(), "-m", f"tools.soak.{trial}"], cwd=ROOT)
    return status


def bundle(arguments: list[str]) -> int:
    """Build the folder that runs without Python. With --check use it as someone without Python would."""
    if subprocess.call([sys.executable, "-m", "tools.bundle.machines"], cwd=ROOT):
        return 1
    if ON_WINDOWS:
        install_builder()
        builder = program(BUNDLE_VENV, "python")
    else:
        install()
        builder = python()
    wanted = [given for given in arguments if given != "--check"]
    status = subprocess.call([builder, "-m", "tools.bundle.bundle", *wanted], cwd=ROOT)
    if status or "--check" not in arguments:
        return status
    install()
    return subprocess.call([python(), "-m", "tools.bundle.check", *wanted], cwd=ROOT)


def wheelhouse(arguments: list[str]) -> int:
    """Collect the packages of an offline installation. For one platform or all."""
    install()
    return subprocess.call([python(), "-m", "tools.bundle.wheelhouse", *arguments], cwd=ROOT)


def lock(_: list[str]) -> int:
    """Write the locks anew. Versions and hashes for every platform, no addresses; the same versions in all."""
    uv = shutil.which("uv") or shutil.which("uv", path=str(python().parent))
    if uv is None:
        say("需要 uv：python3 -m pip install uv")
        return 1
    options = ["--universal", "--generate-hashes", "--no-emit-index-url", "--quiet"]
    compiled = [uv, "pip", "compile", *options, "--custom-compile-command", "python3 tasks.py lock"]
    for path, given in {
        LOCK: ["--group", "dev", "pyproject.toml"],
        OFFLINE_LOCK: ["--group", "offline", "--constraint", relative(LOCK), "pyproject.toml"],
        CLUSTER_LOCK: ["--extra", "cluster", "--constraint", relative(LOCK), "pyproject.toml"],
        BUNDLE_LOCK: ["--group", "pyproject.toml:bundle", "--constraint", relative(LOCK)],
        COMPILER_LOCK: ["--group", "pyproject.toml:compiler"],
        PEERS_LOCK: ["--group", "pyproject.toml:peers"],
    }.items():
        subprocess.run([*compiled, *given, "-o", relative(path)], cwd=ROOT, check=True)
    return 0


def locale(_: list[str]) -> int:
    """Update the translations: collect messages, update catalogues, compile them."""
    install()
    babel: list[str | Path] = [python(), "-m", "babel.messages.frontend"]
    template = VENV / "yusuan.pot"
    collect = ["--no-default-keywords", "--keyword=tr", "--keyword=N_", "--add-location=file", "--sort-by-file"]
    update = ["--no-fuzzy-matching", "--ignore-obsolete", "--ignore-pot-creation-date", "--no-wrap"]
    catalogues = ["-D", "yusuan", "-d", "budget/i18n/locale"]
    steps: list[list[str | Path]] = [
        ["extract", *collect, "--no-wrap", "-o", template, "budget", "loaders", "tui"],
        ["update", *update, "-i", template, *catalogues],
        ["compile", "--statistics", *catalogues],
        ["compile", "-D", "argparse", "-d", "budget/i18n/locale"],
    ]
    for step in steps:
        subprocess.run([*babel, *step], cwd=ROOT, check=True)
    return 0


def docs(_: list[str]) -> int:
    """Write the generated parts of README and docs anew."""
    install()
    return subprocess.call([python(), "-m", "tools.docs"], cwd=ROOT)


def screenshots(_: list[str]) -> int:
    """Draw the pictures of the docs anew."""
    install()
    return subprocess.call([python(), "-m", "tools.docs", "screenshots"], cwd=ROOT)


def install() -> None:
    """Make the environment and install the lock and the project.

    Where that has been done for this very lock only the byte code is renewed.
    """
    if prepare(VENV, [LOCK]):
        options = ["--no-deps", "--no-build-isolation", "--editable", "."]
        subprocess.run([python(), "-m", "pip", *QUIETLY, "install", *options], cwd=ROOT, check=True)
        mark_installed(VENV, [LOCK])
    for package in PACKAGES:  # else the first start compiles hundreds of modules, and each one where nothing is written
        compileall.compile_dir(str(ROOT / package), quiet=1)
    subprocess.run([python(), "-m", "budget.system.compiled_patterns", *PACKAGES], cwd=ROOT, check=True)


def install_builder() -> None:
    """Make the environment that the bundle is built from. It has what is handed out, and the builder."""
    locks = [OFFLINE_LOCK, BUNDLE_LOCK]
    if prepare(BUNDLE_VENV, locks):
        mark_installed(BUNDLE_VENV, locks)


def prepare(folder: Path, locks: list[Path]) -> bool:
    """Make an environment and install some locks in it. False where that has been done."""
    interpreter, stamp = program(folder, "python"), folder / STAMP
    found = stamp.read_text(encoding="utf-8") if stamp.is_file() else ""
    if found == fingerprint(locks) and interpreter.exists():
        return False
    names = "、".join(path.name for path in locks)
    say(f"建立环境 {folder.name} 并安装 {names} 中的依赖，首次约一两分钟……")
    moved = bool(found) and not found.endswith(f"\n{ROOT}")  # its programs name the place where they were installed
    pip: list[str | Path] = [interpreter, "-m", "pip"]
    if moved or not interpreter.exists() or subprocess.call([*pip, "--version"], stdout=subprocess.DEVNULL):
        venv.create(folder, with_pip=True, clear=True)
    stamp.unlink(missing_ok=True)
    command: list[str | Path] = [*pip, *QUIETLY, "install", "--require-hashes"]
    subprocess.run([*command, *(part for path in locks for part in ("--requirement", path))], cwd=ROOT, check=True)
    return True


def mark_installed(folder: Path, locks: list[Path]) -> None:
    """Note for what an environment has been made."""
    (folder / STAMP).write_text(fingerprint(locks), encoding="utf-8")
    say("已安装。")


def fingerprint(locks: list[Path]) -> str:
    """Describe what an environment is made for. These locks, these settings, this place."""
    parts = [path.read_bytes() for path in (*locks, ROOT / "pyproject.toml")]
    return hashlib.sha256(b"".join(parts)).hexdigest() + f"\n{ROOT}"


def python() -> Path:
    """Return the interpreter of the environment."""
    return program(VENV, "python")


def program(folder: Path, name: str) -> Path:
    """Return the path of a program of an environment."""
    return folder / ("Scripts" if ON_WINDOWS else "bin") / (f"{name}.exe" if ON_WINDOWS else name)


def relative(path: Path) -> str:
    """Return a path as the command line at the root has it."""
    return path.relative_to(ROOT).as_posix()


def say(text: str) -> None:
    """Print a text at once. What follows may come from another program."""
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
