"""The whole main job in a process of its own that may not open a socket of the internet.

Run as a module with a folder: a visit is made, filled, scored, explained, signed, reported,
verified and backed up by the commands; with `--window` the window opens one on every screen. Every
attempt to reach an internet address, or to make a socket for one, ends the process with code 7,
even if somebody swallows the refusal. Prints `done` at the end.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import time
from pathlib import Path
from typing import Any

INTERNET = {socket.AF_INET, socket.AF_INET6}
LOOKING_UP = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}
REACHING = {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"}
FORBIDDEN = 7
PATIENCE = 120.0
"""Seconds the window may take to open the visit, on a machine that does much else."""


def watch(event: str, arguments: tuple[Any, ...]) -> None:
    """End the process at the first socket of the internet; what was asked for is said."""
    if event == "socket.__new__":
        reached = arguments[1] in INTERNET
    elif event in REACHING:
        reached = isinstance(arguments[1], tuple)
    else:
        reached = event in LOOKING_UP
    if reached:
        sys.stderr.write(f"an internet socket: {event} {arguments[1:]!r}\n")
        sys.stderr.flush()
        os._exit(FORBIDDEN)


def begin(folder: Path) -> Path:
    """Make a visit with the program's own command."""
    from assessor.cli.app import run  # noqa: PLC0415 (after the sockets are watched)

    visit, firm = folder / "visit.assessment", folder / "firm.json"
    firm.write_text(json.dumps({"enterprise": {"name": "宁波某某机械"}}), encoding="utf-8")
    words = ["new", "nb.digital_workshop", "-o", str(visit), "--enterprise", str(firm)]
    if run(words) != 0:
        raise SystemExit("no visit was made")
    return visit


def work(folder: Path) -> None:
    """Do the main job with the program's own commands."""
    from PIL import Image  # noqa: PLC0415 (after the sockets are watched, as all below)

    from assessor.cli.app import run  # noqa: PLC0415

    visit, out, item = begin(folder), folder / "out", "a5-monitoring-visualisation"
    photo, answers = folder / "photo.jpg", folder / "answers.json"
    Image.new("RGB", (80, 60), (90, 120, 30)).save(photo)
    answers.write_text(json.dumps({"answers": {item: {"option": "L2"}}}), encoding="utf-8")
    for command in (
        ["fill", visit, answers],
        ["attach", visit, item, photo],
        ["score", visit],
        ["explain", visit, item],
        ["identity", "new"],
        ["report", visit, "-o", out],
        ["history", visit, "--verify"],
        ["backup", "now", visit, "--folder", folder],
        ["rubric", "list"],
        ["doctor"],
    ):
        # The check-up may find something to say about the machine.
        if run([str(word) for word in command]) not in {0, int(command[0] == "doctor")}:
            raise SystemExit(f"not done: {command}")
    if run(["verify", *map(str, sorted(out.iterdir()))]) != 0:
        raise SystemExit("the reports do not verify")


def look(folder: Path) -> None:
    """Open a visit in the window and go through all screens."""
    from PySide6.QtCore import QCoreApplication  # noqa: PLC0415

    from assessor.ui.app import make_application  # noqa: PLC0415
    from assessor.ui.bridge import Bridge  # noqa: PLC0415
    from assessor.ui.main_window import MainWindow  # noqa: PLC0415
    from assessor.ui.navigation import SCREENS  # noqa: PLC0415
    from assessor.ui.preferences import Preferences  # noqa: PLC0415
    from assessor.ui.tasks import Tasks  # noqa: PLC0415

    make_application()
    bridge = Bridge()
    window = MainWindow(Preferences(folder / "settings.json", bridge), bridge, Tasks(bridge))
    window.show()
    window.open_visit(begin(folder))
    end = time.monotonic() + PATIENCE
    while window.visit is None or window.visit.latest is None:
        QCoreApplication.processEvents()
        if time.monotonic() > end:
            raise SystemExit("the window did not open the visit")
    for screen in SCREENS:
        window.go(screen.id)
        QCoreApplication.processEvents()
    window.close()


def main(folder: Path, *wishes: str) -> None:
    sys.addaudithook(watch)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if "--provoke" in wishes:
        socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if "--window" in wishes:
        look(folder)
    else:
        work(folder)
    sys.stdout.write("done\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
