"""The parts of a workbook and how they hang together: relationships, list of sheets, styles."""

from __future__ import annotations

import posixpath
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast
from zipfile import BadZipFile, ZipFile

from assessor.sheets.cells import SheetState
from assessor.sheets.errors import SheetError, refused
from assessor.sheets.markup import MAIN, BrokenXmlError, Events, HostileXmlError, read_part

_RELATIONS = frozenset({"http://schemas.openxmlformats.org/package/2006/relationships"})
_MAX_SHEETS = 300


@dataclass(frozen=True)
class Relation:
    """A link from one part to another: what it is for and which part it means."""

    purpose: str
    part: str


@dataclass(frozen=True)
class SheetEntry:
    """A sheet as the workbook lists it."""

    name: str
    part: str
    state: SheetState


class Package:
    """An opened archive read part by part; everything wrong with it is a `SheetError`."""

    def __init__(self, file: str, archive: ZipFile) -> None:
        self.file = file
        self._archive = archive
        self._names = {name.casefold(): name for name in archive.namelist()}

    def read(self, part: str, events: Events, namespaces: frozenset[str] = MAIN) -> None:
        """Read one part; `SheetError` when it is missing, damaged or hostile."""
        try:
            with self._archive.open(self._names[part.casefold()]) as stream:
                read_part(stream, events, namespaces)
        except HostileXmlError as error:
            raise refused("hostile_xml", file=self.file, part=part) from error
        except (BrokenXmlError, KeyError, BadZipFile, zlib.error, EOFError, OSError) as error:
            raise refused("damaged_part", file=self.file, part=part) from error
        except (ValueError, NotImplementedError, RuntimeError) as error:
            raise refused("damaged_part", file=self.file, part=part) from error

    def relations(self, part: str) -> dict[str, Relation]:
        """Return the links of `part` (empty: of the whole package) by their ids."""
        folder, name = posixpath.split(part)
        listing = posixpath.join(folder, "_rels", f"{name}.rels")
        if listing.casefold() not in self._names:
            return {}
        events = _Relations(folder)
        self.read(listing, events, _RELATIONS)
        return events.found

    def damaged(self, part: str) -> SheetError:
        """Return the error for a part that makes no sense."""
        return refused("damaged_part", file=self.file, part=part)


class _Relations:
    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.found: dict[str, Relation] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name != "Relationship" or attributes.get("TargetMode") == "External":
            return
        purpose = attributes.get("Type", "").rpartition("/")[2]
        target = posixpath.join("/", self._folder, attributes.get("Target", ""))
        part = posixpath.normpath(target).lstrip("/")
        self.found[attributes.get("Id", "")] = Relation(purpose, part)

    def end(self, name: str) -> None:
        """Nothing waits for an end."""

    def characters(self, text: str) -> None:
        """Links carry no text."""


@dataclass(frozen=True)
class Contents:
    """What a workbook consists of."""

    sheets: tuple[SheetEntry, ...]
    from_1904: bool
    shared_strings: str | None
    styles: str | None


def contents_of(package: Package) -> Contents:
    """Return the list of sheets and the parts that belong to the workbook as a whole."""
    main = _part_for(package.relations(""), "officeDocument")
    if main is None:
        raise refused("no_workbook", file=package.file)
    links = package.relations(main)
    events = _SheetList()
    package.read(main, events)
    if len(events.entries) > _MAX_SHEETS:
        raise package.damaged(main)
    # A chart sheet is listed too but holds no cells.
    sheets = tuple(
        SheetEntry(name, links[link].part, state)
        for name, link, state in events.entries
        if link in links and links[link].purpose == "worksheet"
    )
    if len({sheet.name.casefold() for sheet in sheets}) < len(sheets):
        raise package.damaged(main)
    shared, styles = _part_for(links, "sharedStrings"), _part_for(links, "styles")
    return Contents(sheets, events.from_1904, shared, styles)


def _part_for(links: Mapping[str, Relation], purpose: str) -> str | None:
    return next((link.part for link in links.values() if link.purpose == purpose), None)


class _SheetList:
    def __init__(self) -> None:
        self.entries: list[tuple[str, str, SheetState]] = []
        self.from_1904 = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            state = attributes.get("state", "visible")
            known = state if state in ("hidden", "veryHidden") else "visible"
            entry = (attributes.get("name", ""), attributes.get("r:id", ""))
            self.entries.append((*entry, cast("SheetState", known)))
        elif name == "workbookPr":
            self.from_1904 = attributes.get("date1904", "") in ("1", "true", "on")

    def end(self, name: str) -> None:
        """Nothing waits for an end."""

    def characters(self, text: str) -> None:
        """The list of sheets carries no text."""
