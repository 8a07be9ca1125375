"""Prove that every pinned dependency has a hash-checked wheel for each supported system.

Asks pip to resolve `requirements.txt` for Windows and for Linux with an older glibc, without
building anything. Markers are decided for the system asked about, not for the one this runs on.
Prints one line a system and exits non-zero when one of them cannot be installed.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements.txt"
PYTHONS = ("3.11", "3.12", "3.13")
GLIBC_MINORS = range(28, 4, -1)
LINUX = [f"manylinux_2_{minor}_x86_64" for minor in GLIBC_MINORS] + ["manylinux2014_x86_64"]
SYSTEMS = {
    "windows x86-64": (["win_amd64"], {"sys_platform": "win32", "os_name": "nt"}),
    "linux x86-64, glibc 2.28": (LINUX, {"sys_platform": "linux", "os_name": "posix"}),
}


def pinned(text: str, environment: dict[str, str]) -> list[str]:
    """Return the entries of a requirements file that apply to `environment`, markers removed."""
    entries = re.findall(r"^(?=[A-Za-z])(.+?)((?:\s*\\\n\s+--hash=\S+)+)", text, re.MULTILINE)
    chosen = []
    for head, hashes in entries:
        requirement = Requirement(head.strip())
        if requirement.marker is None or requirement.marker.evaluate(environment):
            requirement.marker = None
            chosen.append(str(requirement) + hashes)
    return chosen


def resolve(python: str, platforms: list[str], entries: list[str], folder: Path) -> str:
    """Have pip fetch every wheel for one system; returns what it complained about, else ''."""
    listed = folder / "requirements.txt"
    listed.write_text("\n".join(entries) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-input"]
    command += ["--disable-pip-version-check", "--require-hashes", "--only-binary=:all:"]
    command += ["--python-version", python, "--implementation", "cp", "-d", str(folder / "wheels")]
    # The list is complete; left to itself pip would judge the conditions of what the wheels need
    # by the system it runs on.
    command.append("--no-deps")
    for platform in platforms:
        command += ["--platform", platform]
    done = subprocess.run(
        [*command, "-r", str(listed)], capture_output=True, text=True, check=False
    )
    wheels = list((folder / "wheels").glob("*.whl"))
    if done.returncode == 0 and len(wheels) == len(entries):
        return ""
    return done.stderr.strip() or f"{len(entries)} entries but {len(wheels)} wheels"


def main() -> int:
    """Check every system with every supported Python; returns the exit code."""
    text = REQUIREMENTS.read_text(encoding="utf-8")
    failed = False
    for name, (platforms, environment) in SYSTEMS.items():
        for python in PYTHONS:
            begun = time.perf_counter()
            entries = pinned(
                text, environment | {"python_version": python, "python_full_version": f"{python}.0"}
            )
            with tempfile.TemporaryDirectory() as folder:
                trouble = resolve(python, platforms, entries, Path(folder))
            seconds = time.perf_counter() - begun
            verdict = f"FAILED: {trouble}" if trouble else f"{len(entries)} wheels"
            print(f"{name}, Python {python}: {verdict} ({seconds:.0f} s)", flush=True)
            failed = failed or bool(trouble)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
