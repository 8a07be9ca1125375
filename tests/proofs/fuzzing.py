"""Files and texts from nowhere: made of good ones by chance, given to the readers.

Every reader has to answer with its result or with an error in words; any other exception is a
finding. `TARGETS` is used by the short test, by the long run, and by a fuzzer led by coverage.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import random
import struct
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from pydantic import ValidationError

from assessor.errors import AssessorError
from assessor.exchange.sealing import Header, PrivateSealingKey, Work, seal_bytes, unseal_bytes
from assessor.exchange.sealing.slots import derived, opened
from assessor.formulas import FormulaError, TooDeepError, parse, walk
from assessor.formulas import tree as grammar
from assessor.i18n import LANGUAGES
from assessor.rubrics.loader import loads
from assessor.sheets import Limits, read_xlsx
from assessor.storage.file import AssessmentFile, open_file
from tests.hostile.crafted import GOOD_ROWS, parts, sheet_xml
from tests.unit.storage.samples import full_record, new_file

ROOT = Path(__file__).resolve().parents[2]
NODES = (grammar.Binary, grammar.Call, grammar.Column, grammar.Name, grammar.Number)
NODES += (grammar.Text, grammar.Truth, grammar.Unary)
EDGES = (
    b"\x00",
    b"\xff",
    b"-1",
    b"1e999999",
    b"9" * 40,
    b"\xff\xff\xff\x7f",
    b"[" * 300,
    b"(" * 300,
)
EDGES += (b'"', b"\xed\xa0\x80", b"\xf0\x9f\x98\x80", b"../", b"__import__('os')", b"&lt;", b"]]>")


class FindingError(AssertionError):
    """A reader did something else than answering or refusing in words."""


def refused(work: Callable[[], object]) -> bool:
    """Do something that may be refused; whether it was, which has to be in both languages."""
    try:
        work()
    except AssessorError as error:
        if not all(error.text(language) for language in LANGUAGES):
            raise FindingError("refused without words") from error
        return True
    return False


# --- nothing is run -------------------------------------------------------------------------------

RUNNING = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "ctypes.dlopen"}
RUNNING |= {"sqlite3.enable_load_extension", "sqlite3.load_extension", "socket.connect"}
_seen: list[str] = []
_watching = False


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if _watching and event in RUNNING:
        _seen.append(f"{event} {arguments!r}")


sys.addaudithook(_watch)


@contextmanager
def nothing_runs() -> Iterator[None]:
    """Fail when a program, a library or a connection is started inside."""
    global _watching  # noqa: PLW0603 (an audit hook cannot be taken off again)
    _watching = True
    try:
        yield
    finally:
        _watching = False
        started, _seen[:] = list(_seen), []
        if started:
            raise FindingError(f"something was run: {started}")


# --- the readers ----------------------------------------------------------------------------------


def read_assessment(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "a.assessment"
        path.write_bytes(data)
        for read_only in (True, False):
            refused(partial(_look_through, path, read_only))


def _look_through(path: Path, read_only: bool) -> None:
    with open_file(path, read_only=read_only) as file:
        file.check_whole()
        for item in file.assessment.evidence:
            refused(partial(_blob, file, item.sha256))
        list(file.history())


def _blob(file: AssessmentFile, sha256: str) -> None:
    try:
        file.read_blob(sha256)
    except KeyError:
        return


def read_workbook(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "a.xlsx"
        path.write_bytes(data)
        refused(lambda: read_xlsx(path, Limits(seconds=20)))


def read_part(data: bytes) -> None:
    """A part of a workbook: the first byte says which; packed right, so that it is looked at."""
    names = sorted(_book_parts())
    content: dict[str, bytes] = {**_book_parts()}
    if data:
        content[names[data[0] % len(names)]] = data[1:]
    read_workbook(_packed(content))


def read_rubric(data: bytes) -> None:
    refused(lambda: loads(data, "fuzzed.json"))


def read_formula(data: bytes) -> None:
    try:
        node = parse(data.decode("utf-8", "surrogateescape"))
    except (FormulaError, TooDeepError):
        return
    if not all(isinstance(part, NODES) for part in walk(node)):
        raise FindingError("something outside of the grammar")


KEY = PrivateSealingKey(bytes(range(32)))
"""The same in every process: what was sealed to it yesterday is opened today."""


def read_sealed(data: bytes) -> None:
    for candidate in (data, with_right_sums(data)):
        refused(partial(unseal_bytes, candidate, KEY))


def with_right_sums(data: bytes) -> bytes:
    """Put both checksums right that would else stop the reader at the head.

    Anybody can do so who seals a file to a public key, which is no secret.
    """
    if len(data) < 84:
        return data
    end = 20 + struct.unpack(">I", data[16:20])[0]
    head, mac = data[:end], data[end : end + 32]
    if end + 64 > len(data):
        return data
    try:
        file_key = opened(Header.model_validate_json(head[20:]), KEY)
        mac = hmac.digest(derived(file_key, "head"), head, "sha256")
    except (ValidationError, AssessorError):
        # Of a head without a way in for this key the second checksum can be right, no more.
        pass
    return head + mac + hashlib.sha256(head + mac).digest() + data[end + 64 :]


# --- what they begin with -------------------------------------------------------------------------


@cache
def _book_parts() -> dict[str, bytes]:
    return {name: text.encode() for name, text in parts(sheet_xml(GOOD_ROWS)).items()}


def _packed(content: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in content.items():
            archive.writestr(name, part)
    return out.getvalue()


def _assessments() -> list[bytes]:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "a.assessment"
        new_file(path, full_record()).close()
        return [path.read_bytes(), (ROOT / "tests/data/storage/layout-1.assessment").read_bytes()]


def _rubrics() -> list[bytes]:
    return [(ROOT / "tests/data/rubrics/ten_items.json").read_bytes()]


def _formulas() -> list[bytes]:
    return [
        b"1 + 2 * (3 - x) / 4",
        b"if(a >= 80 and not b, min(a, 100), round(a / 3, 2))",
        b"(1 - (defects_after / products_after) / (defects_before / products_before)) * 100",
        b"max(ledger.count) * 100 + [any name] - round(x / 3, 2)",
        b"-x <> 1.50 or true",
    ]


def _sealed() -> list[bytes]:
    return [seal_bytes(content, [KEY.public()], Work(8, 1, 1)) for content in (b"", b"x" * 70_000)]


@dataclass(frozen=True)
class Target:
    """A reader, and good content to make bad content of."""

    read: Callable[[bytes], None]
    seeds: Callable[[], Sequence[bytes]]


TARGETS = {
    "assessment": Target(read_assessment, _assessments),
    "workbook": Target(read_workbook, lambda: [_packed(_book_parts())]),
    "workbook part": Target(
        read_part,
        lambda: [bytes([n]) + _book_parts()[name] for n, name in enumerate(sorted(_book_parts()))],
    ),
    "rubric": Target(read_rubric, _rubrics),
    "formula": Target(read_formula, _formulas),
    "sealed": Target(read_sealed, _sealed),
}


# --- what was found before ------------------------------------------------------------------------

CORPUS = Path(__file__).parent / "corpus"
MOST_KEPT = 150_000
"""Bytes of content, packed, that are kept of one reader in the tree."""


def corpus_file(name: str) -> Path:
    """Return where the content is kept that reached new code of a reader in earlier runs."""
    return CORPUS / f"{name.replace(' ', '-')}.zip"


def kept(name: str) -> list[bytes]:
    """Return what is kept for a reader, the smallest first."""
    with zipfile.ZipFile(corpus_file(name)) as archive:
        return sorted((archive.read(entry) for entry in archive.namelist()), key=len)


def keep(name: str, contents: Iterable[bytes]) -> int:
    """Keep content for a reader, each once and the smallest first, and return how many fit."""
    CORPUS.mkdir(exist_ok=True)
    packed, count = 0, 0
    with zipfile.ZipFile(corpus_file(name), "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for data in sorted(set(contents), key=lambda one: (len(one), one)):
            # Without the time of day the same content gives the same file.
            entry = zipfile.ZipInfo(hashlib.sha256(data).hexdigest()[:16])
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
            packed += archive.getinfo(entry.filename).compress_size
            count += 1
            if packed > MOST_KEPT:
                break
    return count


# --- changing them by chance ----------------------------------------------------------------------


def mutated(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """Return the content after one to eight changes."""
    for _ in range(chance.choice((1, 1, 2, 4, 8))):
        data = _changed(data, others, chance)
    return data


def _changed(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    end = min(len(data), at + chance.choice((1, 1, 2, 4, 16, 200, 5000)))
    piece = data[at:end]
    kind = chance.randrange(8)
    if kind == 0 and piece:
        new = bytes([piece[0] ^ 1 << chance.randrange(8)]) + piece[1:]
    elif kind == 1:
        new = chance.randbytes(len(piece))
    elif kind == 2:
        new = b""
    elif kind == 3:
        new = piece * chance.choice((2, 3, 50))
    elif kind == 4:
        new = chance.choice(EDGES) + piece
    elif kind == 5:
        other = chance.choice(others)
        start = chance.randrange(len(other) + 1)
        new = other[start : start + chance.choice((4, 50, 3000))]
    elif kind == 6 and chance.random() < 0.2:
        return data[:at]
    else:
        new = chance.choice(EDGES)
    return data[:at] + new + data[end:]


def fuzz(target: Target, times: int, chance: random.Random) -> Iterator[bytes]:
    """Give `times` changed contents to a reader; yield each that it did not answer properly."""
    seeds = list(target.seeds())
    for _ in range(times):
        data = mutated(chance.choice(seeds), seeds, chance)
        try:
            with nothing_runs():
                target.read(data)
        except Exception:
            yield data
