"""Facts read from a register: one pass over the visits, one over their packed figures."""

from __future__ import annotations

from dataclasses import replace

from assessor.bureau.register import Filter, Register
from assessor.bureau.register.figures import shape_from_text
from assessor.bureau.register.queries import condition
from assessor.bureau.statistics.facts import Block, Facts, numbers_of
from assessor.storage.errors import translated


def rubrics_in(register: Register) -> tuple[str, ...]:
    """Return the ids of the rubrics the newest visits were scored with, the commonest first."""
    with translated(register.path):
        rows = register.connection.execute(
            "SELECT rubric FROM visit WHERE newest = 1 GROUP BY rubric"
            " ORDER BY count(*) DESC, rubric"
        ).fetchall()
    return tuple(str(row["rubric"]) for row in rows)


def read_facts(register: Register, rubric: str, wanted: Filter | None = None) -> Facts:
    """Return the facts of the visits meant that were scored with one rubric.

    Raises `StorageError` when the register cannot be read.
    """
    meant = replace(wanted or Filter(), rubric=rubric, all_revisions=False)
    visits = tuple(register.visits(meant))
    where, values = condition(meant)
    chosen = f"SELECT number FROM visit WHERE {where}"  # noqa: S608 (fixed texts only)
    with translated(register.path):
        clusters = register.connection.execute(
            f"SELECT visit, cluster FROM cluster WHERE visit IN ({chosen})"  # noqa: S608 (as above)
            " ORDER BY visit, cluster",
            values,
        ).fetchall()
        figures = register.connection.execute(
            f"SELECT visit, shape, near, packed FROM figures WHERE visit IN ({chosen})"  # noqa: S608 (as above)
            " ORDER BY visit",
            values,
        ).fetchall()
        shapes = dict(register.connection.execute("SELECT number, names FROM shape").fetchall())
    named: dict[int, list[str]] = {}
    for visit, cluster in clusters:
        named.setdefault(visit, []).append(cluster)
    return Facts(
        visits,
        {visit: tuple(names) for visit, names in named.items()},
        {visit: near for visit, _, near, _ in figures if near is not None},
        tuple(
            _block(
                shapes[shape], [(visit, packed) for visit, of, _, packed in figures if of == shape]
            )
            for shape in sorted({shape for _, shape, _, _ in figures})
        ),
    )


def _block(names: str, rows: list[tuple[int, bytes]]) -> Block:
    return Block(
        shape_from_text(names),
        tuple(visit for visit, _ in rows),
        numbers_of([packed for _, packed in rows]),
    )
