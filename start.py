#!/usr/bin/env python3
"""Prepare everything the program needs, then run it or its tests. Standard library only.

    python3 start.py                  set up, then assess the bundled sample into out/
    python3 start.py test             set up, then run every check and test
    python3 start.py --setup-only     stop once .venv is ready
    python3 start.py --offline DIR    install from a folder of wheels, without a network

This file runs under any Python from 3.6 on, so that it can say which one the program needs; the
program itself gets its own interpreter in .venv. It changes nothing outside this folder, except
that on Debian-like systems, run as root, it installs missing system packages with apt-get.
"""

import argparse
import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Dict, Iterable, List, Optional, Sequence, Tuple

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
RUNTIME = "requirements.txt"
DEVELOPMENT = "requirements-dev.txt"
VERSIONS = ("3.13", "3.12", "3.11")

# Shared libraries Qt loads, by the Debian package that brings each.
QT_LIBRARIES = {
    "libegl1": "libEGL.so.1",
    "libgl1": "libGL.so.1",
    "libxkbcommon0": "libxkbcommon.so.0",
    "libdbus-1-3": "libdbus-1.so.3",
    "libfontconfig1": "libfontconfig.so.1",
    "libglib2.0-0": "libglib-2.0.so.0",
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
}
# Programs some tests compare with, by the Debian package that brings each.
TEST_PROGRAMS = {"libreoffice-calc": "soffice", "poppler-utils": "pdftotext"}

CHECKS = (
    ("ruff check", ["-m", "ruff", "check", "."]),
    ("ruff format", ["-m", "ruff", "format", "--check", "."]),
    ("mypy", ["-m", "mypy"]),
    (
        "import contracts",
        ["-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-logo"],
    ),
    ("pytest", ["-m", "pytest", "-n", "2"]),
)

# Prints version, word size and implementation; understood by every Python.
PROBE = (
    "import platform, struct, sys;"
    "print('%d.%d' % sys.version_info[:2], struct.calcsize('P') * 8,"
    " platform.python_implementation())"
)


class StartError(Exception):
    """Something the person has to mend first; said in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh, en)
        self.zh = zh
        self.en = en


def say(zh: str, en: str) -> None:
    """Print a message, Chinese first; a console that cannot show a line never stops the work."""
    encoding = sys.stdout.encoding or "ascii"
    for line in (zh, en):
        try:
            shown = line.encode(encoding).decode(encoding)
        except UnicodeError:
            if line is zh:
                continue
            shown = line.encode(encoding, "backslashreplace").decode(encoding)
        print(shown, flush=True)


def run(command: Sequence[str], quiet: bool = False, extra: Optional[Dict[str, str]] = None) -> int:
    """Run a command in the repository and return its exit code (127 when it cannot be started)."""
    sink = subprocess.DEVNULL if quiet else None
    environment = dict(os.environ, **(extra or {}))
    try:
        return subprocess.call(
            list(command), cwd=str(ROOT), stdout=sink, stderr=sink, env=environment
        )
    except OSError:
        return 127


# --- the interpreter ------------------------------------------------------------------------------


def fits(command: Sequence[str]) -> bool:
    """Tell whether `command` is a CPython the program and its wheels support (64 bit)."""
    try:
        answer = subprocess.check_output(
            [*command, "-c", PROBE], stderr=subprocess.DEVNULL, universal_newlines=True
        )
    except (OSError, subprocess.CalledProcessError):
        return False
    version, bits, implementation = ([*answer.split(), "", "", ""])[:3]
    return version in VERSIONS and bits == "64" and implementation == "CPython"


def candidates() -> Iterable[List[str]]:
    """Yield the commands that may be a fitting interpreter, the running one first."""
    yield [sys.executable]
    for version in VERSIONS:
        found = shutil.which("python" + version)
        if found:
            yield [found]
    launcher = shutil.which("py")
    if os.name == "nt" and launcher:
        for version in VERSIONS:
            yield [launcher, "-" + version]


def find_interpreter() -> List[str]:
    """Return the command of a fitting interpreter; raises `StartError` naming what to install."""
    for command in candidates():
        if fits(command):
            return command
    sys.version.split()[0]
    running = sys.version.split()[0]
    zh, en = interpreter_advice()
    raise StartError(
        f"需要 64 位 Python 3.11、3.12 或 3.13，未找到（当前为 {running}）。{zh}",
        f"Python 3.11, 3.12 or 3.13 (64 bit) is needed and was not found (this is {running}). {en}",
    )


def interpreter_advice() -> Tuple[str, str]:
    """Return, in both languages, how to get a fitting interpreter on this system."""
    if os.name == "nt":
        how = "winget install Python.Python.3.13"
    elif sys.platform == "darwin":
        how = "brew install python@3.13"
    elif shutil.which("apt-get"):
        how = "sudo apt-get install python3.11 python3.11-venv"
    elif shutil.which("dnf"):
        how = "sudo dnf install python3.11"
    else:
        how = "https://www.python.org/downloads/"
    return (
        f"请安装后重新运行：{how}（或从 https://www.python.org/downloads/ 下载）",
        f"Install it and run this again: {how} (or from https://www.python.org/downloads/)",
    )


# --- system packages ------------------------------------------------------------------------------


def loads(library: str) -> bool:
    """Tell whether the system's loader finds a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def may_install() -> bool:
    """Tell whether system packages can be installed without asking: apt-get, run as root."""
    return bool(shutil.which("apt-get")) and hasattr(os, "geteuid") and os.geteuid() == 0


def apt_install(packages: Sequence[str]) -> bool:
    """Install Debian packages; returns whether it worked. Only to be called when `may_install`."""
    say("正在安装系统软件包：" + " ".join(packages), "Installing: " + " ".join(packages))
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update", "-qq"], extra=quiet)
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"]
    return run([*command, "-o", "Dpkg::Use-Pty=0", *packages], extra=quiet) == 0


def provide(packages: Sequence[str], zh_purpose: str, en_purpose: str) -> bool:
    """Install what is missing, or say the command that does; returns whether all is there now."""
    if not packages or (may_install() and apt_install(packages)):
        return True
    names = " ".join(packages)
    if shutil.which("apt-get"):
        command = "sudo apt-get install --no-install-recommends " + names
        say(
            f"缺少系统软件包（{zh_purpose}），请运行：{command}",
            f"System packages are missing ({en_purpose}); run: {command}",
        )
    else:
        say(
            f"缺少以下组件（{zh_purpose}），请自行安装：{names}",
            f"Please install what is missing ({en_purpose}): {names}",
        )
    return False


def provide_qt_libraries() -> None:
    """See to the libraries the window needs; their absence never stops work without a window."""
    if sys.platform.startswith("linux"):
        missing = [name for name, library in QT_LIBRARIES.items() if not loads(library)]
        provide(missing, "图形界面需要", "for the window")


def provide_test_programs() -> None:
    """See to LibreOffice and poppler; says plainly what the tests lack without them."""
    missing = [name for name, program in TEST_PROGRAMS.items() if not shutil.which(program)]
    if not provide(missing, "部分测试需要", "for some tests"):
        say(
            "缺少上述程序时，依赖它们的测试无法完成。",
            "Tests that need these programs cannot pass until they are installed.",
        )


# --- the virtual environment ----------------------------------------------------------------------


def venv_python() -> str:
    """Return the path of the virtual environment's interpreter."""
    return str(VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))


def make_venv() -> None:
    """Create .venv, unless a working one is there."""
    if fits([venv_python()]) and run([venv_python(), "-m", "pip", "--version"], quiet=True) == 0:
        return
    interpreter = find_interpreter()
    provide_ensurepip(interpreter)
    say("正在创建虚拟环境 .venv", "Creating the virtual environment .venv")
    if run([*interpreter, "-m", "venv", "--clear", str(VENV)]) != 0:
        raise StartError(
            f"无法创建虚拟环境：{VENV}。请检查磁盘空间和文件夹权限。",
            f"Cannot create {VENV}. Check the disk space and the folder's permissions.",
        )


def provide_ensurepip(interpreter: Sequence[str]) -> None:
    """Make sure virtual environments can be made: Debian packs that part of Python separately."""
    probe = [*interpreter, "-c", "import ensurepip, venv"]
    if run(probe, quiet=True) == 0:
        return
    version = subprocess.check_output([*interpreter, "-c", PROBE], universal_newlines=True).split()[
        0
    ]
    package = f"python{version}-venv"
    if may_install() and apt_install([package]) and run(probe, quiet=True) == 0:
        return
    command = "sudo apt-get install " + package
    raise StartError(
        f"这个 Python 缺少 venv 模块，请先运行：{command}",
        f"This Python lacks the venv module; first run: {command}",
    )


def stamp_of(name: str) -> Path:
    """Return the file that remembers which version of a requirements file is installed."""
    return VENV / (name + ".sha256")


def digest_of(name: str) -> str:
    """Return the SHA-256 of a requirements file, in hexadecimal, whatever its line endings."""
    text = (ROOT / name).read_bytes().replace(b"\r\n", b"\n")
    return hashlib.sha256(text).hexdigest()


def is_installed(name: str) -> bool:
    """Tell whether .venv already holds exactly what a requirements file asks for."""
    stamp = stamp_of(name)
    return stamp.is_file() and stamp.read_text(encoding="ascii").strip() == digest_of(name)


def pip_command(name: str, offline: Optional[str]) -> List[str]:
    """Return the command that installs a requirements file, every wheel checked by its hash."""
    command = [venv_python(), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    command += ["--require-hashes", "--only-binary", ":all:", "-r", name]
    if offline:
        command += ["--no-index", "--find-links", str(Path(offline).resolve())]
    return command


def install(names: Sequence[str], offline: Optional[str]) -> None:
    """Install the requirements files that are not installed yet; raises `StartError`."""
    for name in names:
        if is_installed(name):
            continue
        say("正在安装依赖：" + name, "Installing dependencies: " + name)
        if run(pip_command(name, offline)) != 0:
            raise StartError(
                f"依赖安装失败（{name}）。请检查网络，或用 --offline 指定安装包文件夹。",
                f"Could not install {name}. Check the network, or use --offline DIR.",
            )
        stamp_of(name).write_text(digest_of(name) + "\n", encoding="ascii")


# --- the work -------------------------------------------------------------------------------------


def has_screen() -> bool:
    """Tell whether a window can be shown here."""
    if os.name == "nt" or sys.platform == "darwin":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def has_window() -> bool:
    """Tell whether this release comes with the window."""
    probe = "import importlib.util as u, sys; sys.exit(u.find_spec('assessor.ui.app') is None)"
    return run([venv_python(), "-c", probe], quiet=True) == 0


def sample() -> Optional[Path]:
    """Return an assessment to show: one the demonstration wrote, else nothing."""
    return next(iter(sorted((ROOT / "out").glob("*.assessment"))), None)


def demonstrate() -> int:
    """Assess the bundled sample into out/, then show it where there is a screen."""
    code = run([venv_python(), "-m", "assessor", "demo", "-o", "out"])
    if code == 0 and has_screen() and has_window():
        shown = sample()
        return run([venv_python(), "-m", "assessor", "open"] + ([str(shown)] if shown else []))
    return code


def check() -> int:
    """Run every check and the tests; returns 0 only when all of them pass."""
    failed = []
    for name, arguments in CHECKS:
        print("== " + name, flush=True)
        if run([venv_python(), *arguments]) != 0:
            failed.append(name)
    if failed:
        say("未通过：" + "、".join(failed), "Failed: " + ", ".join(failed))
        return 1
    say("全部检查和测试通过。", "All checks and tests passed.")
    return 0


def parse(arguments: Optional[Sequence[str]]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="start.py", description="Set up and run. 安装并运行。")
    parser.add_argument("task", nargs="?", choices=["run", "test"], default="run")
    parser.add_argument("--setup-only", action="store_true", help="stop when ready / 仅安装")
    parser.add_argument("--offline", metavar="DIR", help="folder of wheels / 离线安装包文件夹")
    return parser.parse_args(arguments)


def set_up(testing: bool, offline: Optional[str]) -> None:
    """Prepare .venv and the system packages; raises `StartError`."""
    if offline and not Path(offline).is_dir():
        raise StartError(f"找不到文件夹：{offline}", f"There is no folder {offline}")
    make_venv()
    install([RUNTIME, DEVELOPMENT] if testing else [RUNTIME], offline)
    provide_qt_libraries()
    if testing:
        provide_test_programs()


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """Do what the command line asks for and return the exit code."""
    chosen = parse(arguments)
    testing = chosen.task == "test"
    try:
        set_up(testing, chosen.offline)
    except StartError as error:
        say(error.zh, error.en)
        return 2
    except OSError as error:
        say(f"无法继续：{error}", f"Cannot go on: {error}")
        return 2
    if chosen.setup_only:
        say("准备就绪。", "Ready.")
        return 0
    return check() if testing else demonstrate()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
