"""`assessor report --logo`: a picture on the cover, and what cannot be one."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from tests.unit.cli.shell import Shell


def test_a_report_with_a_logo_verifies(shell: Shell, visit: Path, tmp_path: Path) -> None:
    sign = tmp_path / "sign.webp"
    Image.new("RGB", (300, 120), "navy").save(sign)
    assert shell("report", visit, "-o", "with", "--logo", sign).code == 0
    made = sorted(Path("with").iterdir())
    assert [path.suffix for path in made] == [".pdf", ".xlsx"]
    assert shell("verify", *made, "--against", visit).code == 0


def test_what_is_no_logo_writes_nothing(shell: Shell, visit: Path, tmp_path: Path) -> None:
    motto, sign = tmp_path / "motto.png", tmp_path / "sign.png"
    motto.write_text("no picture", "utf-8")
    Image.new("RGB", (30, 12), "navy").save(sign)
    for more, told in (((motto,), motto.name), ((sign, "--anonymised"), "--anonymised")):
        said = shell("report", visit, "-o", "out", "--logo", *more)
        assert said.code == 2
        assert told in said.err
    assert not Path("out").exists()
