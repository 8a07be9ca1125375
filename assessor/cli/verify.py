"""`assessor verify`: does a workbook or PDF say what its data say?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assessor.cli.console import FINDING, Console, console_of, problem_to_json
from assessor.i18n import text

if TYPE_CHECKING:
    from assessor.reports.verify import Verification
    from assessor.workspace.verification import FileCheck

BAD_INPUT = 2
SHOWN = 10
"""Problems of one file that are listed for people; `--json` has them all."""

Files = Annotated[list[Path], typer.Argument(help="cli.verify_files", metavar="FILE...")]
Against = Annotated[Path | None, typer.Option("--against", help="cli.verify_against")]
Json = Annotated[bool, typer.Option("--json", help="cli.json_option")]


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("verify", help="cli.verify_help")(_verify)


def _verify(
    context: typer.Context, files: Files, against: Against = None, json: Json = False
) -> None:
    from assessor.workspace.verification import verify_files

    console = console_of(context)
    checks = verify_files(files, against)
    if json:
        said = _limits(checks, console)
        console.json({"files": [_data(check, console) for check in checks], "limits": said})
    else:
        _show(checks, console)
    if code := max(_code(check) for check in checks):
        raise typer.Exit(code)


def _code(check: FileCheck) -> int:
    if check.verification is None:
        return BAD_INPUT
    return 0 if check.verification.holds else FINDING


def _show(checks: tuple[FileCheck, ...], console: Console) -> None:
    for check in checks:
        if check.error is not None:
            console.line(_head("unreadable", check, console))
            console.line(f"  {check.error.text(console.language)}")
            _show_tamper(check, console)
        elif check.verification is not None:
            _show_one(check, check.verification, console)
    if any(check.tamper is not None for check in checks):
        console.line(_limits(checks, console))


def _limits(checks: tuple[FileCheck, ...], console: Console) -> str:
    from assessor.reports.verify_words import limits_of

    return console.pick(limits_of(check.tamper for check in checks if check.tamper))


def _show_one(check: FileCheck, found: Verification, console: Console) -> None:
    from assessor.reports.verify_words import legible

    language = console.language
    console.line(_head("holds" if found.holds else "fails", check, console))
    if found.payload is not None:
        record = found.payload.assessment
        facts = {
            "enterprise": legible(record.enterprise.name),
            "rubric": f"{record.rubric.id} {record.rubric.version}",
            "revision": record.revision,
            "digest": found.digest[:12],
        }
        console.line("  " + text(f"verify.about_{found.kind}", language, **facts))
        if history := found.payload.history:
            values = {"number": history.entries, "digest": history.head[:12]}
            console.line("  " + text("verify.about_history", language, **values))
    console.problems(found.problems[:SHOWN], to_errors=False)
    if len(found.problems) > SHOWN:
        console.line("  " + text("verify.more", language, count=len(found.problems) - SHOWN))
    console.problems(found.notes, to_errors=False)
    _show_tamper(check, console)


def _show_tamper(check: FileCheck, console: Console) -> None:
    from assessor.reports.verify_words import tamper_message

    if check.tamper is not None:
        console.line("  " + console.pick(tamper_message(check.tamper)))


def _head(key: str, check: FileCheck, console: Console) -> str:
    return text(f"verify.{key}", console.language, file=str(check.path))


def _data(check: FileCheck, console: Console) -> dict[str, object]:
    data: dict[str, object] = {"file": str(check.path), "holds": False, **_tamper_data(check)}
    if check.error is not None:
        return {**data, "error": check.error.text(console.language)}
    found = check.verification
    if found is None:
        return data
    record = found.payload.assessment if found.payload else None
    history = found.payload.history if found.payload else None
    return {
        **data,
        "holds": found.holds,
        "kind": found.kind,
        "digest": found.digest,
        "visit": record.id if record else None,
        "revision": record.revision if record else None,
        "rubric": record.rubric.model_dump() if record else None,
        "history": history.model_dump(mode="json") if history else None,
        "problems": [problem_to_json(one, console.language) for one in found.problems],
        "notes": [problem_to_json(one, console.language) for one in found.notes],
    }


def _tamper_data(check: FileCheck) -> dict[str, object]:
    """Return what came of the tamper check; `signed_digest` where other data were signed than the
    file was held against."""
    from assessor.exchange.signature import NOT_SIGNED

    tamper = check.tamper or NOT_SIGNED
    return {
        "signature": tamper.verdict if check.tamper else None,
        "key_id": tamper.key_id,
        "key_name": tamper.name,
        "key_replaced_at": tamper.replaced_at,
        "signed_digest": tamper.over,
    }
