"""The .assessment file: what is written, when, and that it reads back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from assessor.assessment import Answer, Assessment, RubricRef
from assessor.canonical import canonical_json, digest_of, digest_of_bytes
from assessor.commands.answers import set_answer
from assessor.commands.proofs import add_evidence, remove_evidence
from assessor.commands.record import set_rubric
from assessor.i18n import render
from assessor.rubrics.base import LocalText
from assessor.storage import schema
from assessor.storage.blobs import ChangedError
from assessor.storage.errors import DamagedError, ExistsError, MissingError, ReadOnlyError
from assessor.storage.file import AssessmentFile, create, open_file
from assessor.storage.history import EditNote
from tests.unit.storage.samples import (
    NOW,
    PHOTO_BYTES,
    RUBRIC_JSON,
    bare_record,
    evidence,
    full_record,
    new_file,
    note,
    photo_source,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "走访 #1.assessment"


@pytest.fixture
def file(path: Path) -> Iterator[AssessmentFile]:
    with new_file(path, full_record()) as opened:
        yield opened


def answered(record: Assessment, key: str = "7", option: str = "C") -> Assessment:
    return set_answer(key, Answer(option=option)).apply(record)


def test_a_new_file_holds_record_rubric_and_evidence(path: Path, file: AssessmentFile) -> None:
    file.close()
    with open_file(path) as again:
        assert again.assessment == full_record()
        assert again.rubric_json == RUBRIC_JSON
        assert again.read_blob(full_record().evidence[0].sha256) == PHOTO_BYTES
        assert again.check_whole() == ()


def test_nothing_lies_beside_a_closed_file(path: Path, file: AssessmentFile) -> None:
    file.commit(answered(file.assessment), note())
    file.close()
    assert list(path.parent.iterdir()) == [path]


def test_header_and_settings_are_as_documented(path: Path, file: AssessmentFile) -> None:
    file.close()
    head = path.read_bytes()[:100]
    assert head[68:72] == b"ASMT"
    assert int.from_bytes(head[60:64], "big") == schema.VERSION
    assert head[18:20] == b"\x01\x01", "a rollback journal, no write-ahead log"
    assert schema.WRITING["synchronous"] == 3
    assert schema.WRITING["locking_mode"] == "exclusive"


def test_a_setting_that_is_not_taken_is_noticed(
    path: Path, file: AssessmentFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.close()
    monkeypatch.setattr(schema, "WRITING", {"journal_mode": "on"})
    with pytest.raises(Exception, match="journal_mode"):
        open_file(path)


def test_a_commit_reads_back_and_is_logged(path: Path, file: AssessmentFile) -> None:
    record = answered(file.assessment)
    number = file.commit(record, note(7))
    assert file.assessment == record
    file.close()
    with open_file(path, read_only=True) as again:
        assert again.assessment == record
        first, last = again.history()
    assert (first.sequence, last.sequence) == (1, number)
    assert (last.at, last.author, last.what) == (NOW, "王工", note(7).what)
    assert last.before == {("answers", "7"): None}
    assert last.after == {("answers", "7"): {"option": "C"}}


def test_only_changed_rows_are_written(path: Path, file: AssessmentFile) -> None:
    written: list[str] = []
    file._connection.set_trace_callback(written.append)
    changed = remove_evidence(file.assessment, "e1").apply(answered(file.assessment))
    file.commit(changed, note())
    rows = [sql for sql in written if "INTO entry" in sql or "FROM entry" in sql]
    assert len(rows) == 2
    assert any("DELETE" in sql and "'e1'" in sql for sql in rows)


def test_what_changes_nothing_is_not_written(path: Path, file: AssessmentFile) -> None:
    before = path.read_bytes()
    assert file.commit(full_record(), note()) == 0
    assert path.read_bytes() == before


def test_new_evidence_needs_its_bytes(file: AssessmentFile) -> None:
    data = b"another" * 1000
    record = add_evidence([evidence("e9", data)]).apply(file.assessment)
    with pytest.raises(ValueError, match="without bytes"):
        file.commit(record, note())
    assert file.assessment == full_record()
    file.commit(record, note(), [photo_source(data)])
    assert file.read_blob(digest_of_bytes(data)) == data


def test_bytes_seen_before_are_stored_once(file: AssessmentFile) -> None:
    record = add_evidence([evidence("e9")]).apply(file.assessment)
    file.commit(record, note(), [photo_source()])
    assert [blob.size for blob in file.stored_blobs().values()] == [len(PHOTO_BYTES)]


def test_bytes_travel_in_pieces(file: AssessmentFile) -> None:
    data = bytes(range(256)) * 4096 * 3
    record = add_evidence([evidence("e9", data)]).apply(file.assessment)
    file.commit(record, note(), [photo_source(data)])
    pieces = list(file.blob_chunks(digest_of_bytes(data)))
    assert [len(piece) for piece in pieces] == [1024 * 1024] * 3
    assert b"".join(pieces) == data


ANNOUNCED = b"x" + PHOTO_BYTES[1:]


@pytest.mark.parametrize("change", [b"", ANNOUNCED[:-1], PHOTO_BYTES, ANNOUNCED + b"!"])
def test_a_file_that_changes_while_it_is_stored_is_refused(
    file: AssessmentFile, change: bytes, tmp_path: Path
) -> None:
    (tmp_path / "photo").write_bytes(change)
    source = replace(photo_source(ANNOUNCED), open=lambda: (tmp_path / "photo").open("rb"))
    record = add_evidence([evidence("e9", ANNOUNCED)]).apply(file.assessment)
    with pytest.raises(ChangedError, match=r"photo\.jpg"):
        file.commit(record, note(), [source])
    assert file.assessment == full_record()
    assert len(file.stored_blobs()) == 1
    file.commit(answered(file.assessment), note())


def test_unused_bytes_are_dropped_and_overwritten(path: Path, file: AssessmentFile) -> None:
    secret = b"private matter " * 5000
    file.commit(
        add_evidence([evidence("e9", secret)]).apply(file.assessment),
        note(),
        [photo_source(secret)],
    )
    assert file.drop_unused_blobs() == 0
    file.commit(remove_evidence(file.assessment, "e9").apply(file.assessment), note())
    assert file.drop_unused_blobs() == 1
    assert file.check_whole() == ()
    file.close()
    assert b"private matter" not in path.read_bytes()


def test_a_new_rubric_comes_with_its_text_and_the_old_one_stays(
    path: Path, file: AssessmentFile
) -> None:
    rubric = {"id": "small", "version": "2.0.0"}
    ref = RubricRef(id="small", version="2.0.0", digest=digest_of(rubric))
    record = set_rubric(ref).apply(file.assessment)
    with pytest.raises(ValueError, match="rubric"):
        file.commit(record, note())
    file.commit(record, note(), rubric_json=canonical_json(rubric))
    file.commit(set_rubric(full_record().rubric).apply(record), note(), rubric_json=RUBRIC_JSON)
    file.commit(record, note(), rubric_json=canonical_json(rubric))
    file.close()
    with open_file(path) as again:
        assert json.loads(again.rubric_json) == rubric


def test_the_log_cannot_be_rewritten(path: Path, file: AssessmentFile) -> None:
    file.close()
    with closing(sqlite3.connect(path)) as raw:
        for sql in ("DELETE FROM edit", "UPDATE edit SET author = 'x'"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                raw.execute(sql)


def test_messages_with_messages_inside_come_back_from_the_log(file: AssessmentFile) -> None:
    inner = LocalText(zh="总装", en="Assembly")
    what = replace(note().what, key="session.undone", values={"what": note(3).what, "n": inner})
    file.commit(answered(file.assessment), EditNote(what, NOW))
    last = list(file.history())[-1]
    assert last.what == what
    assert render(last.what, "en") == f"Undo: {render(note(3).what, 'en')}"
    assert last.what.values["n"] == inner


def test_an_edit_without_a_time_zone_is_a_mistake_of_the_program(file: AssessmentFile) -> None:
    naive = datetime.fromisoformat("2025-11-03T09:00:00")
    with pytest.raises(ValueError, match="zone"):
        file.commit(answered(file.assessment), replace(note(), at=naive))
    assert file.assessment == full_record()


def test_a_file_opened_for_reading_takes_no_commit_and_stops_nobody(
    path: Path, file: AssessmentFile
) -> None:
    file.close()
    before = path.read_bytes()
    with open_file(path, read_only=True) as reader, open_file(path) as writer:
        with pytest.raises(ReadOnlyError, match="只读"):
            reader.commit(answered(reader.assessment), note())
        writer.commit(answered(writer.assessment), note())
    assert path.read_bytes() != before


def test_a_file_is_never_made_over_another(path: Path, file: AssessmentFile) -> None:
    file.close()
    before = path.read_bytes()
    with pytest.raises(ExistsError, match="走访"):
        new_file(path)
    assert path.read_bytes() == before


def test_missing_files_and_folders_are_named(tmp_path: Path) -> None:
    with pytest.raises(MissingError, match="nowhere"):
        open_file(tmp_path / "nowhere.assessment")
    with pytest.raises(MissingError, match="no_folder"):
        new_file(tmp_path / "no_folder" / "a.assessment")
    with pytest.raises(MissingError):
        open_file(tmp_path)


def test_a_creation_that_fails_leaves_nothing(path: Path) -> None:
    record = add_evidence([evidence("e1")]).apply(bare_record())
    with pytest.raises(ValueError, match="without bytes"):
        create(path, record, RUBRIC_JSON, note())
    with pytest.raises(ValueError, match="rubric"):
        create(path, bare_record(), "{}", note())
    assert list(path.parent.iterdir()) == []


def test_a_creation_that_reads_back_differently_leaves_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    meddle = (
        "CREATE TRIGGER meddle AFTER INSERT ON entry WHEN new.key = 'target' BEGIN"
        " UPDATE entry SET value = '\"other\"' WHERE key = 'target'; END"
    )
    monkeypatch.setattr(schema, "TABLES", (*schema.TABLES, meddle))
    with pytest.raises(DamagedError, match="核对"):
        new_file(path)
    assert list(path.parent.iterdir()) == []


def test_two_items_with_one_id_cannot_be_stored(path: Path) -> None:
    twice = bare_record().model_copy(update={"evidence": (evidence("e1"), evidence("e1"))})
    with pytest.raises(ValueError, match="twice"):
        new_file(path, twice)
