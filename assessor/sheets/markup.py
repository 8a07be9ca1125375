"""Reading one XML part of a workbook, event by event, without any of XML's dangerous features.

A document type declaration is refused outright, and with it every entity; nothing outside the part
is ever fetched. Depth is limited, text is only handed on where somebody asked for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Protocol
from xml.parsers import expat

MAX_ELEMENT_DEPTH = 100
_CHUNK = 64 * 1024
_SEPARATOR = " "

MAIN = frozenset(
    {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    }
)
"""The namespace of workbooks, in its usual and in its Strict form."""


class HostileXmlError(Exception):
    """The part uses what no workbook needs: a DTD, entities, absurd nesting."""


class BrokenXmlError(Exception):
    """The part is not well-formed."""


class Events(Protocol):
    """What a reader of a part is told; `name` is without its namespace."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element of the part's own namespace begins."""

    def end(self, name: str) -> None:
        """That element ends."""

    def characters(self, text: str) -> None:
        """A piece of text."""


def read_part(stream: IO[bytes], events: Events, namespaces: frozenset[str] = MAIN) -> None:
    """Tell `events` about the elements of `stream` that belong to `namespaces`.

    Attributes come without namespaces, except that a relationship's `id` is called `r:id`. Raises
    `HostileXmlError` or `BrokenXmlError`, and whatever `events` raise.
    """
    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
    parser.buffer_text = True
    parser.ordered_attributes = False
    _Guard(events, namespaces).attach(parser)
    try:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError) as error:  # LookupError: an encoding nobody knows
        raise BrokenXmlError(str(error)) from error


def _refuse(*_: object) -> int:
    raise HostileXmlError


class _Guard:
    def __init__(self, events: Events, namespaces: frozenset[str]) -> None:
        self._events = events
        self._namespaces = namespaces
        self._depth = 0

    def attach(self, parser: expat.XMLParserType) -> None:
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._events.characters
        parser.StartDoctypeDeclHandler = _refuse
        parser.EntityDeclHandler = _refuse
        parser.ExternalEntityRefHandler = _refuse

    def _start(self, full_name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_ELEMENT_DEPTH:
            raise HostileXmlError
        namespace, _, name = full_name.rpartition(_SEPARATOR)
        if namespace in self._namespaces:
            self._events.start(name, {_short(key): attributes[key] for key in attributes})

    def _end(self, full_name: str) -> None:
        self._depth -= 1
        namespace, _, name = full_name.rpartition(_SEPARATOR)
        if namespace in self._namespaces:
            self._events.end(name)


def _short(name: str) -> str:
    namespace, _, local = name.rpartition(_SEPARATOR)
    return f"r:{local}" if namespace.endswith("/relationships") else local
