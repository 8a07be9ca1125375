"""`assessor report --anonymised`: files without names, and what was taken out of them."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tests.unit.cli.shell import STANDARD_CODE, Shell

NAME = "甬江齿轮有限公司"


def test_the_files_hold_no_name(language: str, shell: Shell, visit: Path) -> None:
    said = shell("report", visit, "-o", "out", "--xlsx", "--anonymised", "--lang", language)
    assert said.code == 0
    files = list(Path("out").iterdir())
    assert sorted(path.suffix for path in files) == [".txt", ".xlsx"]
    (book,) = Path("out").glob("*.xlsx")
    with zipfile.ZipFile(book) as archive:
        content = b"".join(archive.read(name) for name in archive.namelist()).decode()
    names = "".join(path.name for path in files)
    for secret in (NAME, STANDARD_CODE):
        assert secret not in content + names + said.out


def test_a_bureau_refuses_the_files_and_says_why(shell: Shell, visit: Path) -> None:
    shell("report", visit, "-o", "books", "--xlsx", "--anonymised")
    done = shell("bureau", "intake", "b.register", "books", "--jobs", "1", "--json")
    assert done.code == 1
    assert isinstance(done.json, dict)
    (book,) = [one for one in done.json["files"] if one["file"].endswith(".xlsx")]
    assert book["verdict"] == "rejected"
    assert [found["code"] for found in book["findings"]] == ["payload.anonymised"]
    assert "不能收件" in book["findings"][0]["reason"]
