"""Evidence brought into an open visit: in one step, each byte once, refusals in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from assessor.assessment import Assessment, Finding
from assessor.commands.entries import EditRefusedError
from assessor.commands.proofs import set_finding
from assessor.storage.evidence import EvidenceRefusedError
from assessor.workspace.attaching import (
    attaching,
    changing,
    known_already,
    look_at_files,
    pasted_picture,
    removing,
    tying,
    tying_gate,
)
from assessor.workspace.live import Event, LiveVisit, Published
from tests.unit.storage.samples import noise_jpeg
from tests.unit.workspace.visit_files import clock, new_file

ITEM, OTHER = "a1-key-equipment-nc-rate", "a2-equipment-network-rate"


@pytest.fixture
def events() -> list[Event]:
    return []


@pytest.fixture
def live(tmp_path: Path, events: list[Event]) -> Iterator[LiveVisit]:
    visit = LiveVisit(new_file(tmp_path), events.append, clock)
    yield visit
    visit.close()


def record(events: list[Event]) -> Assessment:
    return next(event for event in reversed(events) if isinstance(event, Published)).assessment


def photo(folder: Path, name: str = "IMG_1.jpg", seed: int = 1) -> Path:
    path = folder / name
    path.write_bytes(noise_jpeg(40, 30, seed))
    return path


def put(live: LiveVisit, *paths: Path, criteria: tuple[str, ...] = ()) -> bool:
    looked = look_at_files(paths)
    assert not looked.refused
    return live.post(attaching(looked, criteria, clock=clock), looked.sources).result()


def test_many_files_come_in_one_step_and_go_with_one_undo(
    live: LiveVisit, events: list[Event], tmp_path: Path
) -> None:
    put(live, *(photo(tmp_path, f"{n}.jpg", n) for n in range(1, 4)))
    assert [item.id for item in record(events).evidence] == ["e1", "e2", "e3"]
    assert record(events).evidence[0].added_at == clock()
    live.undo().result()
    assert record(events).evidence == ()


def test_refused_files_hinder_no_other(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(b"\x00\x00\x00\x18ftypmp42" + bytes(64))
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(noise_jpeg(200, 200)[:900])
    huge = tmp_path / "huge.png"
    Image.new("1", (14_200, 14_200)).save(huge)
    steps: list[tuple[int, int]] = []
    looked = look_at_files([film, photo(tmp_path), broken, huge], lambda *step: steps.append(step))
    assert [one.source.name for one in looked.attachments] == ["IMG_1.jpg"]
    assert [type(error) for error in looked.refused] == [EvidenceRefusedError] * 3
    assert all(
        name in str(error)
        for name, error in zip(("film", "broken", "huge"), looked.refused, strict=True)
    )
    assert steps == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_bytes_that_are_there_serve_one_more_criterion_instead(
    live: LiveVisit, events: list[Event], tmp_path: Path
) -> None:
    one = photo(tmp_path)
    put(live, one, criteria=(ITEM,))
    again = photo(tmp_path, "copy.jpg")
    assert put(live, again, criteria=(OTHER,))
    (item,) = record(events).evidence
    assert item.criteria == (ITEM, OTHER)
    assert item.file_name == "IMG_1.jpg"
    assert not put(live, again, criteria=(OTHER,))
    assert known_already(record(events), look_at_files([again])) == (item,)


def test_the_same_file_twice_in_one_drop_comes_once(
    live: LiveVisit, events: list[Event], tmp_path: Path
) -> None:
    put(live, photo(tmp_path), photo(tmp_path, "copy.jpg"))
    assert len(record(events).evidence) == 1


def test_a_picture_from_the_clipboard_comes_with_its_size(
    live: LiveVisit, events: list[Event], tmp_path: Path
) -> None:
    path = tmp_path / "x.png"
    Image.new("RGB", (30, 20), "red").save(path)
    looked = pasted_picture(path.read_bytes(), 30, 20, "截图.png")
    live.post(attaching(looked, kind="screenshot"), looked.sources).result()
    (item,) = record(events).evidence
    assert (item.kind, item.width, item.height, item.media_type) == (
        "screenshot",
        30,
        20,
        "image/png",
    )


def test_pieces_are_tied_to_a_criterion_together_and_untied_again(
    live: LiveVisit, events: list[Event], tmp_path: Path
) -> None:
    put(live, *(photo(tmp_path, f"{n}.jpg", n) for n in range(1, 4)))
    live.post(tying(["e1", "e3"], ITEM, True)).result()
    assert [item.criteria for item in record(events).evidence] == [(ITEM,), (), (ITEM,)]
    assert not live.post(tying(["e1", "e3"], ITEM, True)).result()
    live.post(tying(["e1"], ITEM, False)).result()
    assert [item.criteria for item in record(events).evidence] == [(), (), (ITEM,)]
    live.undo().result()
    assert record(events).evidence[0].criteria == (ITEM,)


def test_a_gate_is_served_and_no_longer_without_touching_the_criteria(
    live: LiveVisit, events: list[Event], tmp_path: Path
) -> None:
    put(live, photo(tmp_path), criteria=(ITEM,))
    live.post(tying_gate(["e1"], "g1", True)).result()
    live.post(tying_gate(["e1"], "g2", True)).result()
    assert not live.post(tying_gate(["e1"], "g1", True)).result()
    live.post(tying_gate(["e1"], "g1", False)).result()
    (item,) = record(events).evidence
    assert (item.criteria, item.gates) == ((ITEM,), ("g2",))
    live.undo().result()
    assert record(events).evidence[0].gates == ("g1", "g2")


def test_typing_on_in_a_caption_is_one_step(
    live: LiveVisit, events: list[Event], tmp_path: Path
) -> None:
    put(live, photo(tmp_path))
    for text in ("3", "3#", "3# 线"):
        live.post(changing(["e1"], caption=text)).result()
    assert record(events).evidence[0].caption == "3# 线"
    live.undo().result()
    assert record(events).evidence[0].caption == ""
    assert not live.post(changing(["e1"], caption="")).result()


def test_what_a_record_cannot_hold_is_refused(live: LiveVisit, tmp_path: Path) -> None:
    put(live, photo(tmp_path))
    with pytest.raises(EditRefusedError):
        live.post(changing(["e1"], person="长" * 501)).result()


def test_removed_pieces_leave_their_findings_too(
    live: LiveVisit, events: list[Event], tmp_path: Path
) -> None:
    put(live, *(photo(tmp_path, f"{n}.jpg", n) for n in range(1, 4)))
    finding = Finding(id="f1", criterion=ITEM, text="未联网", evidence=("e1", "e2", "e3"))
    live.post(lambda record: set_finding(record, finding)).result()
    live.post(removing(["e1", "e3"])).result()
    assert [item.id for item in record(events).evidence] == ["e2"]
    assert record(events).findings[0].evidence == ("e2",)
    live.undo().result()
    assert [item.id for item in record(events).evidence] == ["e1", "e2", "e3"]
    assert record(events).findings[0].evidence == ("e1", "e2", "e3")
    assert not live.post(removing(["e9"])).result()
