"""What can go wrong, said so that a person can act on it.

`AssessorError` is for mistakes and bad luck outside the program: a wrong input, a damaged file, a
full disk. It carries a `Message` and is shown without a traceback. Anything else that escapes is
our own defect and is shown as such.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assessor.i18n import DEFAULT_LANGUAGE, Language, Message, render


class AssessorError(Exception):
    """Something the user or the surroundings can mend; says what, where and what to do next."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message

    def text(self, language: Language = DEFAULT_LANGUAGE) -> str:
        """Return the sentence for people in `language`."""
        return render(self.message, language)

    def __str__(self) -> str:
        return self.text()


Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Problem:
    """One finding about a piece of data: where it is, what is wrong, how to mend it.

    `file` is a name for people, `place` a JSON path or a sheet and cell, `subject` the id concerned
    (each empty when there is none). `code` is the message key, for programs.
    """

    message: Message
    file: str = ""
    place: str = ""
    subject: str = ""
    fix: Message | None = None
    severity: Severity = "error"

    @property
    def code(self) -> str:
        """The stable name of this kind of problem."""
        return self.message.key


class ProblemsError(AssessorError):
    """An input was refused for one or more problems, all of them listed."""

    def __init__(self, message: Message, problems: tuple[Problem, ...]) -> None:
        super().__init__(message)
        self.problems = problems
