"""`assessor identity`, `seal`, `unseal`, and what `report` and `verify` make of a key."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from assessor.cli import passphrases
from assessor.exchange.envelope import SHEET_NAME
from assessor.workspace import identity
from tests.unit.cli.shell import Shell

WORDS = "correct horse battery"


@pytest.fixture(autouse=True)
def _no_key_store(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine's own key store is never touched."""
    monkeypatch.setattr("assessor.workspace.identity.system_key_store", lambda: None)
    for name in (passphrases.VARIABLE, passphrases.FILE_VARIABLE):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A passphrase in a file that the environment names."""
    (tmp_path / "words.txt").write_text(f"{WORDS}\nsecond line\n", encoding="utf-8")
    monkeypatch.setenv(passphrases.FILE_VARIABLE, str(tmp_path / "words.txt"))


def altered(book: Path) -> Path:
    """Return a copy of a workbook with one digit of its signature changed."""
    opened = openpyxl.load_workbook(book)
    for label, value in opened[SHEET_NAME].iter_rows(max_col=2):
        if label.value == "signature":
            signature = str(value.value)
            value.value = signature[:-1] + ("0" if signature[-1] != "0" else "1")
    opened.save("altered.xlsx")
    opened.close()
    return Path("altered.xlsx")


def test_from_the_first_key_to_an_enrolled_one(shell: Shell, visit: Path) -> None:
    assert shell("identity", "show").code == 1
    assert shell("identity", "show", "--json").out.strip() == "null"
    said = shell("identity", "new", "--name", "甬江评估所")
    assert said.code == 0
    assert "仅本账号可读" in said.out
    own = shell("identity", "show", "--json").json
    assert isinstance(own, dict)
    assert (own["name"], own["kept"], own["sealing"]) == ("甬江评估所", "file", "")
    assert own["key_id"] in shell("identity", "show").out
    assert shell("report", visit, "-o", "out").code == 0
    book, page = next(Path("out").glob("*.xlsx")), next(Path("out").glob("*.pdf"))
    said = shell("verify", book, page, "--against", visit)
    assert said.code == 0
    assert said.out.count("防篡改校验：有效，密钥已登记（甬江评估所") == 2
    assert "不是法律意义上的电子签名" in said.out
    said = shell("verify", altered(book), "--against", visit)
    assert said.code == 1
    assert "防篡改校验：已被改动（签名与数据不符）" in said.out
    shell("identity", "export", "-o", "own.assessor-key")
    (Path("user") / "assessor" / "identity").rename("elsewhere")
    unknown = shell("verify", book, "--against", visit, "--json").json
    assert isinstance(unknown, dict)
    assert unknown["files"][0]["signature"] == "unknown"
    assert own["key_id"] in shell("verify", book, "--against", visit).out
    said = shell("identity", "enrol", "own.assessor-key", "--name", "一所")
    assert own["key_id"] in said.out
    assert "一所" in shell("verify", book, "--against", visit).out
    assert shell("identity", "list").out.split() == [own["key_id"], "一所"]
    shell("identity", "forget", own["key_id"])
    assert shell("identity", "list", "--json").json == []


def test_a_key_for_sealing_is_added_to_the_keys_there_are(shell: Shell) -> None:
    shell("identity", "new", "--name", "甬江评估所")
    own = shell("identity", "show", "--json").json
    assert "--replace" in shell("identity", "new").err
    said = shell("identity", "new", "--sealing")
    assert "已补上封存用的密钥" in said.out
    assert "已生成密钥" not in said.out
    now = shell("identity", "show", "--json").json
    assert isinstance(own, dict)
    assert isinstance(now, dict)
    assert now["key_id"] == own["key_id"]
    assert now["sealing"]
    assert shell("identity", "new", "--sealing").code == 2


def test_a_replaced_key_is_told_by_verify_and_in_the_lists(shell: Shell, visit: Path) -> None:
    assert shell("identity", "new", "--replace").code == 2
    shell("identity", "new", "--name", "甬江评估所")
    shell("identity", "export", "-o", "first.assessor-key")
    first = shell("identity", "show", "--json").json
    shell("report", visit, "-o", "out", "--xlsx")
    book = next(Path("out").glob("*.xlsx"))
    said = shell("identity", "new", "--replace")
    assert said.code == 0
    assert "原密钥指纹" in said.out
    shell("identity", "export", "-o", "second.assessor-key")
    found = shell("verify", book, "--json").json
    assert isinstance(found, dict)
    assert isinstance(first, dict)
    verdict = found["files"][0]
    assert (verdict["signature"], verdict["key_id"]) == ("replaced", first["key_id"])
    assert verdict["key_replaced_at"]
    assert "此后已更换" in shell("verify", book).out
    (Path("user") / "assessor" / "identity").rename("elsewhere")
    shell("identity", "enrol", "first.assessor-key")
    said = shell("identity", "enrol", "second.assessor-key")
    assert f"取代了原密钥 {first['key_id']}" in said.out
    assert "已更换为" in shell("identity", "list").out
    assert "此后已更换" in shell("verify", book).out


def test_a_key_with_a_passphrase_asks_for_it(
    shell: Shell, visit: Path, prepared: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    del prepared
    assert shell("identity", "new", "--passphrase").code == 0
    # The next command is another process, which has unlocked nothing yet.
    identity._keys_in.cache_clear()
    monkeypatch.delenv(passphrases.FILE_VARIABLE)
    said = shell("report", visit, "-o", "out", "--xlsx")
    assert said.code == 2
    assert passphrases.FILE_VARIABLE in said.err
    assert not Path("out").exists()
    monkeypatch.setenv(passphrases.VARIABLE, "wrong horse battery")
    assert shell("report", visit, "-o", "out", "--xlsx").code == 2
    monkeypatch.setenv(passphrases.VARIABLE, WORDS)
    assert shell("report", visit, "-o", "out", "--xlsx").code == 0
    book = next(Path("out").glob("*.xlsx"))
    found = shell("verify", book, "--against", visit, "--json").json
    assert isinstance(found, dict)
    assert found["files"][0]["signature"] == "enrolled"


def test_sealed_to_a_key_it_opens_without_a_passphrase(shell: Shell) -> None:
    Path("report.xlsx").write_bytes(b"content")
    shell("identity", "new", "--sealing")
    shell("identity", "export", "-o", "bureau.assessor-key")
    said = shell("seal", "report.xlsx", "--to", "bureau.assessor-key")
    assert said.code == 0
    assert shell("unseal", "report.xlsx.sealed", "-o", "back.xlsx").code == 0
    assert Path("back.xlsx").read_bytes() == b"content"
    assert shell("unseal", "report.xlsx.sealed").code == 2
    (Path("user") / "assessor" / "identity").rename("elsewhere")
    assert "封存给指纹为" in shell("unseal", "report.xlsx.sealed", "-o", "more.xlsx").err
    assert not Path("more.xlsx").exists()


@pytest.mark.usefixtures("language")
def test_sealed_with_a_passphrase_three_mishaps_are_told_apart(
    shell: Shell, prepared: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    del prepared
    Path("a").write_bytes(b"content")
    assert shell("seal", "a", "--passphrase").code == 0
    sealed = Path("a.sealed").read_bytes()
    Path("cut.sealed").write_bytes(sealed[:-3])
    Path("flipped.sealed").write_bytes(sealed[:-1] + bytes([sealed[-1] ^ 1]))
    said = [shell("unseal", name) for name in ("cut.sealed", "flipped.sealed")]
    monkeypatch.setenv(passphrases.FILE_VARIABLE, "a")
    said.append(shell("unseal", "a.sealed", "-o", "b"))
    assert [one.code for one in said] == [2, 2, 2]
    assert len({one.err for one in said}) == 3
    assert not any(Path(name).exists() for name in ("cut", "flipped", "b"))


def test_sealing_needs_a_way_to_open(shell: Shell) -> None:
    Path("a").write_bytes(b"content")
    assert "--to" in shell("seal", "a").err
    assert "ASSESSOR_PASSPHRASE_FILE" in shell("seal", "a", "--passphrase").err
    shell("identity", "new")
    shell("identity", "export", "-o", "k")
    assert "--sealing" in shell("seal", "a", "--to", "k").err
    assert not Path("a.sealed").exists()


@pytest.mark.parametrize("words", ["short", ""])
def test_a_passphrase_from_a_file_may_be_wrong(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    Path("a").write_text(words, encoding="utf-8")
    monkeypatch.setenv(passphrases.FILE_VARIABLE, "a")
    assert "10" in shell("seal", "a", "--passphrase").err
    monkeypatch.setenv(passphrases.FILE_VARIABLE, "missing")
    assert passphrases.FILE_VARIABLE in shell("seal", "a", "--passphrase").err


def test_no_option_takes_a_passphrase(shell: Shell) -> None:
    """What stands on a command line is seen by everybody on the machine."""
    Path("a").write_bytes(b"content")
    assert shell("seal", "a", "--passphrase", WORDS).code == 2
    assert shell("identity", "new", f"--passphrase={WORDS}").code == 2
