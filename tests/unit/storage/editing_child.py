"""A program that edits a file until it is killed and prints each edit once it is acknowledged.

Run as a module with the file's path; every third edit brings bytes of evidence.
"""

from __future__ import annotations

import hashlib
import itertools
import sys
from pathlib import Path

from assessor.assessment import Answer
from assessor.commands.answers import set_answer
from assessor.commands.proofs import add_evidence
from assessor.storage.writer import Writer
from tests.unit.storage.samples import evidence, note, photo_source

PHOTO_SIZE = 300_000


def photo_bytes(number: int) -> bytes:
    return hashlib.shake_128(str(number).encode()).digest(PHOTO_SIZE)


def main(path: Path) -> None:
    with Writer(path) as writer:
        record = writer.assessment
        for number in itertools.count(len(record.answers) + len(record.evidence)):
            if number % 3 == 2:
                data = photo_bytes(number)
                edit = add_evidence([evidence(f"e{number}", data)])
                sources = [photo_source(data)]
            else:
                edit = set_answer(f"k{number}", Answer(option="A", note=str(number)))
                sources = []
            record = edit.apply(record)
            writer.commit(record, note(number), sources).result()
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
