"""How the window's process and the one that makes reports talk: frames of JSON and bytes.

A frame is a head, a JSON object, and a body of any bytes. Only files the program has just made and
values it knows go through here, and both ends are the same version of the program.
"""

from __future__ import annotations

import base64
import json
import struct
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import IO, Any

from assessor.assessment import Assessment
from assessor.errors import AssessorError, Problem, ProblemsError
from assessor.exchange.signature import Signed
from assessor.i18n import Language, Localized, Message
from assessor.reports.build import Logo, ReportOptions

_LENGTHS = struct.Struct(">IQ")


class BrokenOffError(Exception):
    """The other end is gone, or stopped in the middle of a frame."""


@dataclass(frozen=True)
class Frame:
    """One thing said."""

    head: Mapping[str, Any]
    body: bytes = b""


class Pipe:
    """Two streams of bytes, one in each direction."""

    def __init__(self, source: IO[bytes], target: IO[bytes]) -> None:
        self._source, self._target = source, target

    def send(self, head: Mapping[str, object], body: bytes = b"") -> None:
        """Say something; raises `BrokenOffError`."""
        packed = json.dumps(head).encode("utf-8")
        try:
            self._target.write(_LENGTHS.pack(len(packed), len(body)))
            self._target.write(packed)
            self._target.write(body)
            self._target.flush()
        except (OSError, ValueError) as error:
            raise BrokenOffError from error

    def receive(self) -> Frame:
        """Wait for the next thing said; raises `BrokenOffError` when nothing comes any more."""
        of_head, of_body = _LENGTHS.unpack(self._read(_LENGTHS.size))
        head = json.loads(self._read(of_head))
        return Frame(head, self._read(of_body))

    def _read(self, size: int) -> bytes:
        try:
            data = self._source.read(size)
        except (OSError, ValueError) as error:
            raise BrokenOffError from error
        if len(data) < size:
            raise BrokenOffError
        return data


@dataclass(frozen=True)
class _Texts:
    """A text that came over in both languages."""

    zh: str
    en: str

    def pick(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


def packed_record(assessment: Assessment) -> bytes:
    """Return a record as bytes that `unpacked_record` makes the very same record of."""
    return assessment.model_dump_json(by_alias=True, round_trip=True).encode("utf-8")


def unpacked_record(data: bytes) -> Assessment:
    """Return the record that `packed_record` packed."""
    return Assessment.model_validate_json(data)


def packed_options(options: ReportOptions) -> dict[str, object]:
    """Return the choices for a report in plain values."""
    logo = options.logo
    seen = None if logo is None else [base64.b64encode(logo.data).decode(), logo.width, logo.height]
    return {"language": options.language, "photos": options.photos, "logo": seen}


def unpacked_options(packed: Mapping[str, Any]) -> ReportOptions:
    """Return the choices that `packed_options` took apart."""
    logo = packed["logo"]
    seen = None if logo is None else Logo(base64.b64decode(logo[0]), logo[1], logo[2])
    return ReportOptions(packed["language"], packed["photos"], seen)


def packed_signature(signed: Signed) -> bytes:
    """Return a signature as the body of a frame."""
    return json.dumps(asdict(signed)).encode("utf-8")


def unpacked_signature(body: bytes) -> Signed:
    """Return the signature that `packed_signature` made bytes of."""
    return Signed(**json.loads(body))


def packed_error(error: AssessorError) -> dict[str, object]:
    """Return an error in plain values."""
    problems = error.problems if isinstance(error, ProblemsError) else None
    return {
        "message": _packed(error.message),
        "problems": problems if problems is None else [_packed_problem(one) for one in problems],
    }


def unpacked_error(packed: Mapping[str, Any]) -> AssessorError:
    """Return the error that `packed_error` took apart."""
    said, problems = _message(packed["message"]), packed["problems"]
    if problems is None:
        return AssessorError(said)
    return ProblemsError(said, tuple(_problem(one) for one in problems))


def _packed_problem(problem: Problem) -> dict[str, object]:
    fix = None if problem.fix is None else _packed(problem.fix)
    return {**vars(problem), "message": _packed(problem.message), "fix": fix}


def _problem(packed: Mapping[str, Any]) -> Problem:
    fix = None if packed["fix"] is None else _message(packed["fix"])
    return Problem(**{**packed, "message": _message(packed["message"]), "fix": fix})


def _packed(value: object) -> object:
    """Take a value of a message apart; what has no plain form goes as its words."""
    if isinstance(value, Message):
        return {"key": value.key, "values": {k: _packed(v) for k, v in value.values.items()}}
    if isinstance(value, Localized):
        return {"zh": value.pick("zh"), "en": value.pick("en")}
    return value if isinstance(value, str | int | None) else str(value)


def _unpacked(packed: object) -> object:
    if not isinstance(packed, dict):
        return packed
    return _message(packed) if "key" in packed else _Texts(**packed)


def _message(packed: Mapping[str, Any]) -> Message:
    return Message(packed["key"], {k: _unpacked(v) for k, v in packed["values"].items()})
