"""Keys, verifying and sealing in the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from assessor.assessment import Enterprise, Visit
from assessor.exchange.sealing import Passphrase, Work, new_recovery_code, seal_bytes, unseal_bytes
from assessor.ui.dialogs import files
from assessor.ui.dialogs.new_keys import NewKeys, NewKeysDialog
from assessor.ui.dialogs.passphrase import PassphraseDialog
from assessor.ui.dialogs.sealing import SealDialog
from assessor.ui.dialogs.unsealing import ask_unseal
from assessor.ui.dialogs.verifying import VerifyDialog
from assessor.ui.main_window import MainWindow
from assessor.ui.navigation import Context
from assessor.ui.views.settings_keys import KeysField
from assessor.workspace.enrolment import export_public
from assessor.workspace.identity import Identity, Keys, own_keys
from assessor.workspace.reports import write_report
from assessor.workspace.rubric_library import rubric_called
from assessor.workspace.sealing import seal
from assessor.workspace.visits import new_visit, opened
from tests.ui.accessibility import nameless, outside, unreached
from tests.ui.conftest import MakeContext, shown, sweep

WORDS = "correct horse battery"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys of the test's own, and no key store."""
    for name in ("XDG_DATA_HOME", "APPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setattr("assessor.workspace.identity.system_key_store", lambda: None)


@pytest.fixture
def context(make_context: MakeContext) -> Context:
    return make_context()


@pytest.fixture
def keep() -> Iterator[Callable[[QWidget], QWidget]]:
    """A function that shows a widget till the test is over."""
    made: list[QWidget] = []

    def show(widget: QWidget) -> QWidget:
        made.append(widget)
        return shown(widget, 760, 600)

    yield show
    for widget in made:
        widget.close()
        widget.deleteLater()
    sweep()


def typed(field: QWidget, words: str) -> None:
    field.setFocus()
    QTest.keyClicks(field, words)


def click(button: QWidget) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_keys_are_made_exported_and_enrolled(
    context: Context,
    keep: Callable[[QWidget], QWidget],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    field = KeysField(context)
    keep(field)
    assert not field.make.isHidden()
    assert field.export.isHidden()
    assert "不带校验签名" in field.said.text
    chosen = NewKeys("甬江评估所", sealing=True, passphrase=None)
    monkeypatch.setattr(NewKeysDialog, "ask", lambda *_: chosen)
    click(field.make)
    identity = own_keys().identity()
    assert identity is not None
    assert identity.key_id in field.said.text
    assert field.make.isHidden()
    path = tmp_path / "own.assessor-key"
    monkeypatch.setattr(files, "ask_key_target", lambda *_: path)
    click(field.export)
    assert path.exists()
    monkeypatch.setattr(files, "ask_key", lambda *_: path)
    click(field.enrol)
    assert "1" in field.others.text


@pytest.mark.parametrize("kind", [NewKeysDialog, SealDialog])
def test_no_words_are_drawn_over_others(
    context: Context, kind: type[NewKeysDialog] | type[SealDialog]
) -> None:
    dialog = kind(context)
    dialog.show()
    heights = []
    try:
        for _ in range(2):
            sweep()
            layout = dialog.layout()
            assert layout is not None
            assert dialog.height() == layout.totalHeightForWidth(dialog.width())
            heights.append(dialog.height())
            dialog.protect.click()
        assert heights[1] > heights[0]
    finally:
        dialog.close()
        dialog.deleteLater()


@pytest.mark.parametrize("words", [None, WORDS])
def test_keys_are_replaced_and_the_new_ones_are_unlocked(
    context: Context,
    keep: Callable[[QWidget], QWidget],
    monkeypatch: pytest.MonkeyPatch,
    words: str | None,
) -> None:
    passphrase = None if words is None else Passphrase(words)
    Keys(own_keys().folder, None, Work(8, 1, 1)).make("一所", sealing=True, passphrase=passphrase)
    field = KeysField(context)
    keep(field)
    before = own_keys().identity()
    assert before is not None
    assert field.renew.isHidden() == (words is not None)
    if passphrase is not None:
        own_keys().secrets(lambda: passphrase)
        field.refresh()
    asked: list[NewKeysDialog] = []

    def chosen(_: Context, parent: QWidget, present: Identity) -> NewKeys | None:
        asked.append(NewKeysDialog(context, None, present))
        keep(asked[-1])
        if words is not None:
            for line in (asked[-1].pair.first, asked[-1].pair.second):
                typed(line, words)
        return asked[-1].chosen()

    monkeypatch.setattr(NewKeysDialog, "ask", chosen)
    click(field.renew)
    (dialog,) = asked
    for question in (nameless, unreached, outside):
        assert question(dialog) == []
    now = own_keys().identity()
    assert now is not None
    assert now.key_id != before.key_id
    assert now.keys.sealing != before.keys.sealing != ""
    assert [one.key_id for one in now.keys.former] == [before.key_id]
    assert now.kept == ("file" if words is None else "sealed")
    assert not own_keys().locked()
    assert now.key_id in field.said.text


def test_a_locked_key_is_unlocked(
    context: Context, keep: Callable[[QWidget], QWidget], monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = own_keys()
    Keys(keys.folder, None, Work(8, 1, 1)).make("甬江评估所", passphrase=Passphrase(WORDS))
    field = KeysField(context)
    keep(field)
    assert not field.unlock.isHidden()
    answers = iter([None, "wrong horse battery", WORDS])
    monkeypatch.setattr(PassphraseDialog, "ask", lambda *_: next(answers))
    for locked in (True, True, False):
        click(field.unlock)
        assert keys.locked() == locked
    assert field.unlock.isHidden()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_new_keys_need_a_name_and_two_equal_passphrases(
    make_context: MakeContext, keep: Callable[[QWidget], QWidget], language: str
) -> None:
    dialog = NewKeysDialog(make_context(language=language))
    keep(dialog)
    assert not dialog.make.isEnabled()
    typed(dialog.name, "Bureau")
    assert dialog.chosen() == NewKeys("Bureau", sealing=False, passphrase=None)
    dialog.protect.click()
    assert not dialog.make.isEnabled()
    typed(dialog.pair.first, WORDS)
    typed(dialog.pair.second, WORDS[:-1])
    assert dialog.chosen() is None
    typed(dialog.pair.second, WORDS[-1])
    assert dialog.chosen() == NewKeys("Bureau", sealing=False, passphrase=WORDS)
    assert WORDS not in repr(dialog.chosen())
    for question in (nameless, unreached, outside):
        assert question(dialog) == []


def test_the_passphrase_is_not_shown(context: Context, keep: Callable[[QWidget], QWidget]) -> None:
    dialog = PassphraseDialog(context, "?")
    keep(dialog)
    assert not dialog.go_on.isEnabled()
    typed(dialog.field, WORDS)
    assert dialog.go_on.isEnabled()
    assert WORDS not in dialog.field.displayText()
    assert nameless(dialog) == []


# --- sealing --------------------------------------------------------------------------------------


def test_a_file_is_sealed_for_somebody_and_with_a_passphrase(
    context: Context,
    keep: Callable[[QWidget], QWidget],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plain, key = tmp_path / "report.xlsx", tmp_path / "bureau.assessor-key"
    plain.write_bytes(b"content")
    bureau = Keys(tmp_path / "bureau")
    bureau.make("经信局", sealing=True)
    export_public(key, bureau)
    monkeypatch.setattr(files, "ask_any", lambda *_: plain)
    monkeypatch.setattr(files, "ask_key", lambda *_: key)
    dialog = SealDialog(context)
    keep(dialog)
    assert not dialog.seal.isEnabled()
    click(dialog.choose_file)
    assert not dialog.seal.isEnabled()
    click(dialog.choose_to)
    assert dialog.seal.isEnabled()
    dialog.protect.click()
    assert not dialog.seal.isEnabled()
    for field in (dialog.pair.first, dialog.pair.second):
        typed(field, WORDS)
    dialog.sheet.click()
    for question in (nameless, unreached, outside):
        assert question(dialog) == []
    click(dialog.seal)
    assert dialog.result() == QDialog.DialogCode.Accepted
    sealed = (tmp_path / "report.xlsx.sealed").read_bytes()
    secret = bureau.secrets().sealing
    assert secret is not None
    assert unseal_bytes(sealed, secret) == unseal_bytes(sealed, Passphrase(WORDS)) == b"content"
    assert (tmp_path / "report.xlsx.recovery.pdf").exists()


def test_what_keeps_a_file_from_being_sealed_is_said(
    context: Context,
    keep: Callable[[QWidget], QWidget],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "a").write_bytes(b"content")
    (tmp_path / "no.assessor-key").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(files, "ask_any", lambda *_: tmp_path / "a")
    monkeypatch.setattr(files, "ask_key", lambda *_: tmp_path / "no.assessor-key")
    dialog = SealDialog(context)
    keep(dialog)
    click(dialog.choose_file)
    click(dialog.choose_to)
    click(dialog.seal)
    assert "no.assessor-key" in dialog.said.text
    assert dialog.seal.isEnabled()
    assert not (tmp_path / "a.sealed").exists()


def test_a_sealed_file_is_opened_with_what_fits(
    context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Keys(own_keys().folder).make("经信局", sealing=True)
    export_public(tmp_path / "key")
    plain = tmp_path / "a"
    plain.write_bytes(b"content")
    sealed = seal(plain, to=[tmp_path / "key"]).file
    monkeypatch.setattr(files, "ask_sealed", lambda *_: sealed)
    monkeypatch.setattr(PassphraseDialog, "ask", lambda *_: pytest.fail("asked needlessly"))
    plain.unlink()
    ask_unseal(context, None)
    assert plain.read_bytes() == b"content"


def test_a_passphrase_or_a_recovery_code_is_typed(
    context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = new_recovery_code()
    sealed, plain = tmp_path / "a.sealed", tmp_path / "a"
    sealed.write_bytes(seal_bytes(b"content", [Passphrase(WORDS), code], Work(8, 1, 1)))
    monkeypatch.setattr(files, "ask_sealed", lambda *_: sealed)
    answers = iter([None, "wrong horse battery", WORDS, code.shown().lower()])
    monkeypatch.setattr(PassphraseDialog, "ask", lambda *_: next(answers))
    for opens in (False, False, True, True):
        ask_unseal(context, None)
        assert plain.exists() == opens
        plain.unlink(missing_ok=True)


# --- verifying ------------------------------------------------------------------------------------


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    """A signed workbook."""
    Keys(own_keys().folder).make("甬江评估所")
    path = tmp_path / "visit.assessment"
    new_visit(path, rubric_called("nb.digital_workshop"), Enterprise(name="甬江"), Visit())
    with opened(path, read_only=True) as visit:
        book = write_report(visit, tmp_path / "out", pdf=False).workbook
    assert book is not None
    return book


def test_files_are_verified_by_choice_and_by_dragging(
    context: Context,
    keep: Callable[[QWidget], QWidget],
    exported: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = tmp_path / "other.xlsx"
    other.write_text("a,b\n", encoding="utf-8")
    monkeypatch.setattr(files, "ask_exports", lambda *_: [exported, other])
    dialog = VerifyDialog(context)
    keep(dialog)
    click(dialog.choose)
    good, bad = dialog.checks
    assert good.verification is not None
    assert good.verification.tamper is not None
    assert good.verification.tamper.verdict == "enrolled"
    assert bad.error is not None
    assert nameless(dialog) == []
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(exported)), QUrl.fromLocalFile(str(tmp_path))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    dialog.dropEvent(QDropEvent(QPointF(9, 9), copy, data, left, none))
    assert [check.path for check in dialog.checks] == [exported]
    assert "不是法律意义上的电子签名" in dialog.said.text


def test_all_are_in_the_menu(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(VerifyDialog, "ask", lambda *_: asked.append("verify"))
    monkeypatch.setattr(SealDialog, "ask", lambda *_: asked.append("seal"))
    monkeypatch.setattr(files, "ask_sealed", lambda *_: asked.append("unseal"))
    for action in ("verify", "seal", "unseal"):
        window.run_action(action)
    assert asked == ["verify", "seal", "unseal"]
