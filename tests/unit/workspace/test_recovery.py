"""Work that a killed process left behind is found, with everything it had acknowledged."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assessor.assessment import Enterprise, Visit
from assessor.storage.owner import note_path, read_owner
from assessor.workspace.recovery import forget, left_open
from assessor.workspace.visits import new_visit, opened
from tests.strategies.visits import shipped

ROOT = Path(__file__).resolve().parents[3]
WORKER = """
import sys, time
from pathlib import Path
from assessor.assessment import Answer
from assessor.commands.answers import set_answer
from assessor.workspace.visits import opened

with opened(Path(sys.argv[1])) as visit:
    visit.do(set_answer("a5-monitoring-visualisation", Answer(option="L2")))
    print("saved", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def visit(tmp_path: Path) -> Path:
    path = tmp_path / "one.assessment"
    enterprise = Enterprise(name="宁波示例精密机械有限公司")
    at = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
    return new_visit(path, shipped("digital_workshop"), enterprise, Visit(), clock=lambda: at)


def working_process(visit: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", WORKER, str(visit)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"saved\n"
    return process


def kill(process: subprocess.Popen[bytes]) -> None:
    process.kill() if os.name == "nt" else process.send_signal(signal.SIGKILL)
    process.wait(timeout=10)
    assert process.stdout is not None
    process.stdout.close()


def test_what_a_killed_process_saved_is_offered(visit: Path) -> None:
    process = working_process(visit)
    assert left_open([visit]) == (), "somebody still works on it"
    kill(process)
    (found,) = left_open([visit])
    assert found.path == visit
    assert found.enterprise == "宁波示例精密机械有限公司"
    assert found.answered == 1
    assert found.last is not None
    assert found.last > datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def test_opening_and_closing_it_settles_the_matter(visit: Path) -> None:
    kill(working_process(visit))
    with opened(visit) as again:
        assert again.assessment.answers["a5-monitoring-visualisation"].option == "L2"
    assert left_open([visit]) == ()


def test_it_can_be_forgotten(visit: Path) -> None:
    kill(working_process(visit))
    forget(visit)
    assert left_open([visit]) == ()


def test_a_closed_file_was_not_left_open(visit: Path) -> None:
    with opened(visit):
        pass
    assert left_open([visit]) == ()


@pytest.mark.parametrize(("field", "value"), [("host", "another-machine"), ("user", "somebody")])
def test_a_note_of_somebody_else_is_left_alone(visit: Path, field: str, value: str) -> None:
    kill(working_process(visit))
    note = note_path(visit)
    note.write_text(json.dumps({**json.loads(note.read_text()), field: value}))
    assert left_open([visit]) == ()
    forget(visit)
    assert read_owner(visit) is not None


def test_a_file_that_cannot_be_read_is_not_offered(visit: Path) -> None:
    kill(working_process(visit))
    visit.write_bytes(b"broken")
    assert left_open([visit]) == ()
    assert left_open([visit.with_name("absent.assessment")]) == ()
