"""`assessor rubric`: list, show, check, schema; as files for authors, see `rubric_files`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assessor.cli import rubric_files
from assessor.cli.console import FINDING, Console, console_of, problem_to_json

if TYPE_CHECKING:
    from assessor.rubrics.catalog import Entry

Json = Annotated[bool, typer.Option("--json", help="cli.json_option")]
RubricName = Annotated[str, typer.Argument(help="cli.rubric_argument", metavar="RUBRIC")]
RubricFiles = Annotated[list[Path], typer.Argument(help="cli.rubric_files", metavar="FILE...")]


def add_to(app: typer.Typer) -> None:
    """Add the family of commands."""
    family = typer.Typer(help="cli.rubric_help", no_args_is_help=True)
    family.command("list", help="cli.rubric_list_help")(_list)
    family.command("show", help="cli.rubric_show_help")(_show)
    family.command("check", help="cli.rubric_check_help")(_check)
    family.command("schema", help="cli.rubric_schema_help")(_schema)
    rubric_files.add_to(family)
    app.add_typer(family, name="rubric")


def _list(context: typer.Context, json: Json = False) -> None:
    from assessor.workspace.rubric_library import list_rubrics

    console = console_of(context)
    entries = list_rubrics()
    if json:
        console.json([_entry(entry, console) for entry in entries])
        return
    for entry in entries:
        title = console.pick(entry.title) if entry.title else "-"
        console.line(f"{entry.id}  {entry.version}  {entry.digest[:12]}  {title}")
        console.problems(entry.problems, to_errors=False)


def _show(context: typer.Context, rubric: RubricName, json: Json = False) -> None:
    from assessor.cli.rubric_view import rubric_lines
    from assessor.workspace.rubric_library import rubric_called

    console = console_of(context)
    loaded = rubric_called(rubric)
    if json:
        console.json(loaded.data)
        return
    for line in rubric_lines(loaded, console.language):
        console.line(line)


def _check(context: typer.Context, files: RubricFiles, json: Json = False) -> None:
    from assessor.workspace.rubric_library import SCHEMA_FILE, check_file, waiting

    console = console_of(context)
    # A folder's *.json holds the format's own description beside the rubrics.
    rubrics = [path for path in files if path.name != SCHEMA_FILE] or files
    found = {str(path): check_file(path) for path in rubrics}
    if json:
        console.json(
            {
                path: [problem_to_json(problem, console.language) for problem in problems]
                for path, problems in found.items()
            }
        )
    else:
        for path, problems in found.items():
            console.say("check_result", file=path, count=len(problems))
            console.problems(problems, to_errors=False)
            if left := waiting(Path(path)):
                console.say("to_enter", weights=len(left.weights), texts=len(left.texts))
    if any(problem.severity == "error" for all_ in found.values() for problem in all_):
        raise typer.Exit(FINDING)


def _schema(context: typer.Context) -> None:
    from assessor.workspace.rubric_library import schema_text

    console_of(context).line(schema_text().rstrip())


def _entry(entry: Entry, console: Console) -> dict[str, object]:
    return {
        "id": entry.id,
        "version": entry.version,
        "digest": entry.digest,
        "title": console.pick(entry.title) if entry.title else "",
        "problems": [problem_to_json(problem, console.language) for problem in entry.problems],
    }
