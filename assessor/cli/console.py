"""What the commands print: plain sentences for people, one JSON object for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TextIO

import typer

from assessor.errors import Problem
from assessor.i18n import Language, Localized, Message, text

FINDING = 1
"""Exit code: the command ran and found something wrong."""


@dataclass(frozen=True)
class Console:
    """Prints in one language; refuses nothing a terminal cannot show, but writes it as escapes."""

    language: Language

    def say(self, key: str, /, **values: object) -> None:
        """Print a sentence of the catalogue."""
        self.line(text(f"cli.{key}", self.language, **values))

    def line(self, words: str = "") -> None:
        """Print a line as it is."""
        _write(sys.stdout, words)

    def pick(self, what: Localized) -> str:
        """Return `what` in the console's language."""
        return what.pick(self.language)

    def error(self, what: Message) -> None:
        """Print a sentence on the error stream."""
        _write(sys.stderr, what.pick(self.language))

    def warnings(self, problems: Iterable[Problem]) -> None:
        """Print what hinders nothing but should be looked at."""
        self.problems(problems)

    def problems(self, problems: Iterable[Problem], *, to_errors: bool = True) -> None:
        """Print problems, each with its place, what is wrong and how to mend it."""
        stream = sys.stderr if to_errors else sys.stdout
        for problem in problems:
            _write(stream, self._problem(problem))

    def json(self, data: object) -> None:
        """Print data for programs."""
        _write(sys.stdout, json.dumps(data, ensure_ascii=False, indent=2))

    def _problem(self, problem: Problem) -> str:
        where = " ".join(part for part in (problem.file, problem.place) if part)
        label = text(f"cli.{problem.severity}", self.language)
        words = problem.message.pick(self.language)
        fix = f" -> {problem.fix.pick(self.language)}" if problem.fix else ""
        return f"  [{label}] {where}: {words}{fix}" if where else f"  [{label}] {words}{fix}"


def console_of(context: typer.Context) -> Console:
    """Return the console a command prints on."""
    found = context.find_object(Console)
    if found is None:
        raise RuntimeError("the command was called without a console")
    return found


def problem_to_json(problem: Problem, language: Language) -> dict[str, str]:
    """Return a problem as data for programs."""
    return {
        "code": problem.code,
        "severity": problem.severity,
        "file": problem.file,
        "place": problem.place,
        "subject": problem.subject,
        "message": problem.message.pick(language),
        "fix": problem.fix.pick(language) if problem.fix else "",
    }


def _write(stream: TextIO, words: str) -> None:
    encoding = stream.encoding or "utf-8"
    stream.write(words.encode(encoding, "backslashreplace").decode(encoding) + "\n")
