"""Sealing for others, the recovery sheet, and opening again."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessor.errors import AssessorError
from assessor.exchange.sealing import (
    Passphrase,
    Work,
    WrongKeyError,
    header_of,
    typed_recovery_code,
)
from assessor.reports.pdf_text import page_texts
from assessor.workspace.enrolment import export_public
from assessor.workspace.identity import Keys
from assessor.workspace.sealing import own_sealing_key, seal, unseal

WORDS = Passphrase("correct horse battery")
QUICK = Work(8, 1, 1)


@pytest.fixture
def bureau(tmp_path: Path) -> Keys:
    keys = Keys(tmp_path / "bureau")
    keys.make("经信局", sealing=True)
    return keys


@pytest.fixture
def key_file(tmp_path: Path, bureau: Keys) -> Path:
    export_public(tmp_path / "bureau.key", bureau)
    return tmp_path / "bureau.key"


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    path = tmp_path / "report.xlsx"
    path.write_bytes(b"content")
    return path


def test_the_bureau_opens_what_was_sealed_to_it(plain: Path, key_file: Path, bureau: Keys) -> None:
    made = seal(plain, to=[key_file])
    assert (made.file.name, made.sheet) == ("report.xlsx.sealed", None)
    assert [keys.name for keys in made.recipients] == ["经信局"]
    key = own_sealing_key(header_of(made.file), keys=bureau)
    assert key is not None
    plain.unlink()
    assert unseal(made.file, None, key) == plain
    assert plain.read_bytes() == b"content"


def test_another_installation_is_told_whose_it_is(
    plain: Path, key_file: Path, tmp_path: Path
) -> None:
    stranger = Keys(tmp_path / "stranger")
    header = header_of(seal(plain, to=[key_file]).file)
    with pytest.raises(WrongKeyError, match=header.key_slots()[0].key_id):
        own_sealing_key(header, keys=stranger)
    both = header_of(seal(plain, tmp_path / "b", to=[key_file], passphrase=WORDS, work=QUICK).file)
    assert own_sealing_key(both, keys=stranger) is None


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_code_on_the_sheet_opens_the_file(plain: Path, tmp_path: Path, language: str) -> None:
    sheet = tmp_path / "sheet.pdf"
    made = seal(
        plain,
        passphrase=WORDS,
        recovery_sheet=sheet,
        language="en" if language == "en" else "zh",
        work=QUICK,
    )
    assert made.sheet == sheet
    (page,) = page_texts(sheet)
    assert "report.xlsx.sealed" in page
    letters = next(line for line in page.splitlines() if line.count("-") == 5 and len(line) < 40)
    back = unseal(made.file, tmp_path / "back", typed_recovery_code(letters))
    assert back.read_bytes() == b"content"


def test_a_sheet_without_its_file_does_not_stay(tmp_path: Path) -> None:
    with pytest.raises(AssessorError):
        seal(tmp_path / "missing", passphrase=WORDS, recovery_sheet=tmp_path / "s.pdf", work=QUICK)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_replaced(plain: Path, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_bytes(b"kept")
    with pytest.raises(AssessorError):
        seal(plain, taken, passphrase=WORDS, work=QUICK)
    with pytest.raises(AssessorError):
        seal(plain, passphrase=WORDS, recovery_sheet=taken, work=QUICK)
    with pytest.raises(AssessorError) as refusal:
        unseal(plain, None, WORDS)
    assert refusal.value.message.key == "sealing.no_target"
    with pytest.raises(AssessorError) as refusal:
        seal(plain)
    assert refusal.value.message.key == "sealing.no_lock"
    assert taken.read_bytes() == b"kept"
    assert {path.name for path in tmp_path.iterdir()} == {"taken", "report.xlsx"}
