"""Keys that take the place of others: what still works, who is told, and what a thief cannot do."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assessor.errors import AssessorError
from assessor.exchange.key_file import PublicKeys
from assessor.exchange.sealing import Passphrase, Work, WrongKeyError, header_of
from assessor.exchange.signature import Signed, TamperCheck, digests_of, tamper_check
from assessor.reports.verify_words import tamper_message
from assessor.workspace import identity as identity_module
from assessor.workspace.enrolment import enrol, enrolled, export_public, known_keys
from assessor.workspace.identity import Identity, Keys
from assessor.workspace.sealing import own_sealing_key, seal, unseal
from tests.unit.workspace.test_identity import Drawer

QUICK = Work(8, 1, 1)
MAY, JUNE = datetime(2026, 5, 4, 12, tzinfo=UTC), datetime(2026, 6, 7, 12, tzinfo=UTC)
WORDS, OTHER_WORDS = Passphrase("correct horse battery"), Passphrase("another horse battery")


def office(folder: Path, store: Drawer | None = None) -> Keys:
    return Keys(folder / "office", store, QUICK)


def bureau(folder: Path) -> Keys:
    return Keys(folder / "bureau", None, QUICK)


def made(place: Keys, *, sealing: bool = False, passphrase: Passphrase | None = None) -> Identity:
    return place.make("甬江评估所", sealing=sealing, passphrase=passphrase, clock=lambda: MAY)


def replaced(place: Keys, *, lost: bool = False) -> Identity:
    return place.replace(lost=lost, clock=lambda: JUNE)


def handed_over(place: Keys, path: Path) -> Path:
    export_public(path, place)
    return path


def check(signed: Signed, place: Keys) -> TamperCheck:
    return tamper_check("{}", signed, known_keys(place))


@pytest.mark.parametrize("with_store", [True, False])
def test_what_the_old_key_signed_stays_valid_and_is_told_to_be_replaced(
    tmp_path: Path, with_store: bool
) -> None:
    store = Drawer() if with_store else None
    place = office(tmp_path, store)
    first = made(place)
    before = place.sign(digests_of("{}"))
    enrol(handed_over(place, tmp_path / "first"), keys=bureau(tmp_path))
    second = replaced(place)
    after = office(tmp_path, store).sign(digests_of("{}"))
    assert second.key_id != first.key_id
    assert (check(before, place).verdict, check(after, place).verdict) == ("replaced", "enrolled")
    done = enrol(handed_over(place, tmp_path / "second"), keys=bureau(tmp_path))
    assert [one.key_id for one in done.replaced] == [first.key_id]
    found = check(before, bureau(tmp_path))
    assert (found.verdict, found.name) == ("replaced", "甬江评估所")
    said = tamper_message(found).pick("zh")
    assert "2026-05-04 至 2026-06-07" in said
    assert check(after, bureau(tmp_path)).verdict == "enrolled"
    (old,) = [one for one in enrolled(bureau(tmp_path)).keys if one.replaced_at]
    assert (old.key_id, old.replaced_by) == (first.key_id, second.key_id)


def test_the_secret_of_the_old_key_is_gone(tmp_path: Path) -> None:
    store = Drawer()
    stored, filed = office(tmp_path / "a", store), office(tmp_path / "b")
    seeds = []
    for place in (stored, filed):
        made(place)
        seeds.append(place.secrets().seed.hex())
        replaced(place)
    assert len(store.kept) == 1
    texts = [*store.kept.values()]
    texts += [path.read_text("utf-8") for path in filed.folder.iterdir()]
    assert not any(seed in text for seed in seeds for text in texts)
    assert len(list(filed.folder.glob("secrets*"))) == 1


def test_what_was_sealed_to_the_old_key_can_still_be_opened(tmp_path: Path) -> None:
    place, source = office(tmp_path), tmp_path / "report"
    source.write_bytes(b"content")
    made(place, sealing=True)
    old = handed_over(place, tmp_path / "old")
    sealed = seal(source, tmp_path / "a.sealed", to=[old]).file
    replaced(place)
    replaced(place)
    key = own_sealing_key(header_of(sealed), keys=office(tmp_path))
    assert key is not None
    assert unseal(sealed, tmp_path / "b", key).read_bytes() == b"content"
    assert office(tmp_path).identity() is not None
    stranger = Keys(tmp_path / "stranger", None, QUICK)
    made(stranger, sealing=True)
    with pytest.raises(WrongKeyError):
        own_sealing_key(header_of(sealed), keys=stranger)


def test_the_passphrase_may_change_with_the_key(tmp_path: Path) -> None:
    made(office(tmp_path), passphrase=WORDS)
    place = office(tmp_path)
    place.replace(passphrase=OTHER_WORDS, ask=lambda: WORDS)
    assert office(tmp_path).secrets(lambda: OTHER_WORDS) == place.secrets()
    with pytest.raises(WrongKeyError):
        office(tmp_path).secrets(lambda: WORDS)


def test_when_replacing_fails_the_old_key_works_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes) -> None:
        raise AssessorError(identity_module.message("identity.none"))

    made(office(tmp_path), sealing=True)
    before = office(tmp_path).sign(digests_of("{}"))
    with monkeypatch.context() as patch:
        patch.setattr(identity_module, "write_private", full)
        with pytest.raises(AssessorError):
            replaced(office(tmp_path))
    assert office(tmp_path).sign(digests_of("{}")) == before
    replaced(office(tmp_path))
    assert len(list(office(tmp_path).folder.glob("secrets*"))) == 1


def test_when_adding_a_key_for_sealing_fails_the_keys_work_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes) -> None:
        raise AssessorError(identity_module.message("identity.none"))

    made(office(tmp_path))
    with monkeypatch.context() as patch:
        patch.setattr(identity_module, "write_private", full)
        with pytest.raises(AssessorError):
            office(tmp_path).add_sealing()
    assert office(tmp_path).secrets().sealing is None
    assert office(tmp_path).add_sealing().keys.sealing_key is not None


def test_a_lost_key_is_replaced_by_whoever_enrolled_it(tmp_path: Path) -> None:
    place = office(tmp_path)
    first = made(place)
    before = place.sign(digests_of("{}"))
    enrol(handed_over(place, tmp_path / "first"), keys=bureau(tmp_path))
    (place.folder / "secrets.json").unlink()
    with pytest.raises(AssessorError):
        replaced(office(tmp_path))
    replaced(office(tmp_path), lost=True)
    handed = handed_over(office(tmp_path), tmp_path / "second")
    with pytest.raises(AssessorError) as refusal:
        enrol(handed, keys=bureau(tmp_path))
    assert refusal.value.message.key == "identity.name_taken"
    done = enrol(handed, keys=bureau(tmp_path), replaces=first.key_id, clock=lambda: JUNE)
    assert [one.replaced_at for one in done.replaced] == [JUNE.isoformat()]
    assert check(before, bureau(tmp_path)).verdict == "replaced"
    again = enrol(tmp_path / "first", "从前", bureau(tmp_path))
    assert again.keys.replaced_by == done.keys.key_id


def test_nobody_else_can_say_that_a_key_was_replaced(tmp_path: Path) -> None:
    place, thief = office(tmp_path), Keys(tmp_path / "thief", None, QUICK)
    first = made(place)
    enrol(handed_over(place, tmp_path / "first"), keys=bureau(tmp_path))
    thief.make("甬江评估所二", clock=lambda: MAY)
    forged = thief.replace(clock=lambda: JUNE).keys.model_dump(mode="json")
    forged["former"][0]["signing"] = first.keys.signing
    path = tmp_path / "forged"
    path.write_text(json.dumps(forged), encoding="utf-8")
    with pytest.raises(AssessorError) as refusal:
        enrol(path, keys=bureau(tmp_path))
    assert refusal.value.message.key == "identity.no_key_file"
    forged["former"][0]["signature"] = ""
    path.write_text(json.dumps(forged), encoding="utf-8")
    assert enrol(path, keys=bureau(tmp_path)).replaced == ()
    assert not any(one.replaced_at for one in enrolled(bureau(tmp_path)).keys)


def test_a_key_file_without_former_keys_is_as_it_always_was(tmp_path: Path) -> None:
    place = office(tmp_path)
    made(place)
    path = handed_over(place, tmp_path / "first")
    assert "former" not in json.loads(path.read_text(encoding="utf-8"))
    replaced(place)
    second = handed_over(place, tmp_path / "second")
    keys = PublicKeys.model_validate_json(second.read_bytes())
    assert [one.gave_way for one in keys.former] == [True]
