"""A command that was written wrongly, said in one sentence of the catalogue."""

from __future__ import annotations

import re

from typer.exceptions import TyperException

from assessor.i18n import Message, message

_QUOTED = re.compile(r"'([^']*)'")
_IN_BRACKETS = re.compile(r"\((.*)\)")


def usage_message(error: TyperException) -> Message:
    """Return what is wrong with a command line, and where its help is."""
    return message("cli.usage", wrong=_wrong(error), command=_command(error))


def help_shown(error: TyperException) -> str | None:
    """Return the help that answers a command given without anything, `None` for real errors."""
    return str(error) if type(error).__name__ == "NoArgsIsHelpError" else None


def _wrong(error: TyperException) -> Message:
    kind, said = type(error).__name__, str(getattr(error, "message", error))
    if kind == "NoSuchOption":
        return message("cli.usage_no_option", name=getattr(error, "option_name", ""))
    if kind == "MissingParameter":
        return message("cli.usage_missing", name=_parameter(error))
    if kind == "BadParameter":
        choices = _choices(said)
        key = "cli.usage_choose" if choices else "cli.usage_bad_value"
        return message(key, name=_parameter(error), choices=choices, said=said)
    if said.startswith("No such command"):
        return message("cli.usage_no_command", name=_first(_QUOTED, said))
    if "unexpected extra argument" in said:
        return message("cli.usage_too_many", names=_first(_IN_BRACKETS, said.partition(") ")[2]))
    return message("cli.usage_other", said=said)


def _command(error: TyperException) -> str:
    return str(getattr(getattr(error, "ctx", None), "command_path", "assessor"))


def _parameter(error: TyperException) -> str:
    parameter = getattr(error, "param", None)
    if getattr(parameter, "param_type_name", "") == "option":
        return str(parameter.opts[-1]) if parameter else ""
    return str(getattr(parameter, "metavar", None) or getattr(parameter, "name", ""))


def _choices(said: str) -> str:
    """Return the values that would do, where the parser names them after the one given."""
    if "is not one of" not in said and "the formats" not in said:
        return ""
    return ", ".join(_QUOTED.findall(said)[1:]).replace("%Y-%m-%d", "2026-01-31")


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group(1) if found else text
