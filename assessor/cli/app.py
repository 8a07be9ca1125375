"""The whole command line: languages, exit codes, and no traceback for anybody.

Exit codes: 0 fine, 1 a finding (a file that does not verify, a rubric with faults), 2 bad input.
Help texts stand in the commands as catalogue keys and are put into words here.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from glob import glob
from pathlib import Path

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.exceptions import TyperException

from assessor.cli import (
    backup,
    bureau,
    calibrate,
    carry,
    compare,
    demo,
    diagnose,
    doctor,
    history,
    identity,
    ledger,
    panel,
    path,
    report,
    result,
    robust,
    rubric,
    sealing,
    template,
    verify,
    visit,
)
from assessor.cli.console import Console
from assessor.cli.opening import LANGUAGE_VARIABLE
from assessor.cli.usage import help_shown, usage_message
from assessor.errors import AssessorError, ProblemsError
from assessor.i18n import DEFAULT_LANGUAGE, LANGUAGES, Language, message, text
from assessor.paths import user_folder

BAD_INPUT = 2
LANGUAGE_OPTION = "--ui-lang"
_FAMILIES = (
    rubric,
    template,
    visit,
    ledger,
    result,
    path,
    robust,
    diagnose,
    panel,
    compare,
    calibrate,
    report,
    verify,
    history,
    carry,
    demo,
    backup,
    doctor,
    identity,
    sealing,
    bureau,
)
"""In the order the help lists them."""


def run(arguments: Sequence[str]) -> int:
    """Run one command and return the exit code."""
    console = Console(_preferred())
    try:
        language, rest = _language(list(arguments))
        console = Console(language)
        return _run(_expanded(rest) if os.name == "nt" else rest, console)
    except TyperException as error:
        _written_wrongly(error, console)
    except ProblemsError as error:
        console.error(error.message)
        console.problems(error.problems)
    except AssessorError as error:
        console.error(error.message)
    except BrokenPipeError:
        pass
    except Exception as defect:
        return tell_defect(defect, console)
    return BAD_INPUT


def tell_defect(defect: Exception, console: Console | None = None) -> int:
    """Say a defect of the program in a sentence, keep the details for those who will mend it.

    The last line of defence; returns the exit code.
    """
    console = console or Console(_preferred())
    console.error(message("cli.defect", file=str(_keep(defect))))
    return BAD_INPUT


def _expanded(arguments: list[str]) -> list[str]:
    """Replace patterns such as `*.xlsx` by the files they mean, as other systems' shells do."""
    expanded: list[str] = []
    for argument in arguments:
        pattern = set(argument) & set("*?")
        found = sorted(glob(argument)) if pattern else []  # noqa: PTH207 (paths as they were typed)
        expanded += found or [argument]
    return expanded


def _run(arguments: list[str], console: Console) -> int:
    command = build(console.language)
    code = command.main(args=arguments, prog_name="assessor", standalone_mode=False, obj=console)
    return code if isinstance(code, int) else 0


def _written_wrongly(error: TyperException, console: Console) -> None:
    shown = help_shown(error)
    if shown is None:
        console.error(usage_message(error))
    else:
        console.line(shown)


def build(language: Language) -> TyperGroup:
    """Return the command line with its help in `language`."""
    app = typer.Typer(
        help="cli.help",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    for family in _FAMILIES:
        family.add_to(app)
    group = typer.main.get_group(app)
    _localise(group, language)
    return group


def _localise(command: TyperGroup | TyperCommand, language: Language) -> None:
    """Put the help of a command, its options and everything below into words."""
    if command.help:
        command.help = text(command.help, language)
    for parameter in command.params:
        if not isinstance(parameter, TyperOption | TyperArgument):
            continue
        if parameter.help and parameter.help.startswith("cli."):
            parameter.help = text(parameter.help, language)
    for child in command.commands.values() if isinstance(command, TyperGroup) else ():
        if isinstance(child, TyperGroup | TyperCommand):
            _localise(child, language)


def _preferred() -> Language:
    """The language the environment asks for."""
    chosen = os.environ.get(LANGUAGE_VARIABLE, DEFAULT_LANGUAGE)
    return "en" if chosen.lower().startswith("en") else "zh"


def _language(arguments: list[str]) -> tuple[Language, list[str]]:
    """Take `--ui-lang zh|en` off the arguments; without it the environment decides."""
    for place, argument in enumerate(arguments):
        name, given, value = argument.partition("=")
        if name != LANGUAGE_OPTION:
            continue
        rest = arguments[place + 1 :]
        if not given:
            value, rest = (rest or [""])[0], rest[1:]
        for language in LANGUAGES:
            if value.lower() == language:
                return language, arguments[:place] + rest
        raise AssessorError(message("cli.no_language", option=LANGUAGE_OPTION, given=value))
    return _preferred(), arguments


def _module(file: str) -> str:
    """The last parts of a file's path: enough to find it, nothing about the machine."""
    return "/".join(Path(file).parts[-3:])


def _keep(defect: Exception) -> Path:
    """Write down a defect of the program for those who will mend it; no content of a visit."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    path = user_folder() / "defects" / f"{stamp}.txt"
    frames = traceback.extract_tb(defect.__traceback__)
    lines = [f"{_module(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join([type(defect).__name__, *lines]) + "\n", encoding="utf-8")
    return path
