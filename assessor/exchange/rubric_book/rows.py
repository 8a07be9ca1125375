"""From the data of a rubric to rows of cells: every value in exactly one cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assessor.exchange.rubric_book.notation import written
from assessor.exchange.rubric_book.shapes import ANY, ROOT, Shape, fields_of, waits
from assessor.exchange.rubric_book.tables import Steps, Table, is_deep, layout, part_text


@dataclass(eq=False)
class Row:
    """A row of a sheet before it is drawn.

    It hangs at `path` of the row `owner` (`None`: of the rubric itself). `key` is its key in a map.
    """

    table: str
    owner: Row | None
    path: Steps
    key: str = ""
    cells: dict[Steps, str] = field(default_factory=dict)
    number: int = 0

    @property
    def part(self) -> str:
        """Where it hangs, as the workbook writes it."""
        return part_text(self.owner.table if self.owner else ROOT, self.path)


@dataclass
class Book:
    """The cells of the rubric itself, and the rows of every sheet in their order."""

    root: dict[Steps, str] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        """Put a row at the end of its sheet."""
        rows = self.rows.setdefault(row.table, [])
        row.number = len(rows) + 1
        rows.append(row)


def book_of(data: Mapping[str, object]) -> Book:
    """Return the rows of a rubric's data, which fits the format.

    Raises `TooLongError` for a text that no cell can hold.
    """
    book = Book()
    _Spreader(book, None, book.root).record(data, Shape("record", models=(ROOT,)), ())
    return book


@dataclass
class _Spreader:
    """Puts the values of one row into its cells, and what it has lists of into other sheets."""

    book: Book
    row: Row | None
    cells: dict[Steps, str]

    def record(self, data: Mapping[str, object], shape: Shape, path: Steps) -> None:
        fields = fields_of(shape.models)
        for name, value in data.items():
            entry = fields[name]
            if value is None and waits(entry):
                continue  # an empty cell says it: to be entered
            self.value(value, entry.shape, (*path, name))

    def value(self, value: object, shape: Shape, path: Steps) -> None:
        table = layout().of_shape(self.row.table if self.row else ROOT, path, shape)
        if table is not None and isinstance(value, dict | list) and _fits(value, table):
            self.lay_rows(value, table, path)
        elif isinstance(value, dict) and value and not is_deep(shape, path):
            self.inside(value, shape, path)
        else:
            self.cells[path] = written(value, shape)

    def inside(self, value: Mapping[str, object], shape: Shape, path: Steps) -> None:
        if shape.kind == "record":
            self.record(value, shape, path)
        elif shape.kind == "map" and shape.item is not None:
            for key, one in value.items():
                self.value(one, shape.item, (*path, key))
        else:
            self.cells[path] = written(value, shape)

    def lay_rows(self, value: object, table: Table, path: Steps) -> None:
        for key, one in _entries(value, table):
            row = Row(table.name, self.row, path, key)
            self.book.add(row)
            below = _Spreader(self.book, row, row.cells)
            if table.item.kind == "record":
                below.record(one, table.item, ())
            else:
                for name, inner in one.items():
                    below.value(inner, table.item.item or ANY, (name,))


def _fits(value: object, table: Table) -> bool:
    """Whether rows can say it all: an empty list has no row that could."""
    if not value:
        return False
    lists = value.values() if table.grouped and isinstance(value, dict) else ()
    return all(lists)


def _entries(value: object, table: Table) -> Iterator[tuple[str, dict[str, object]]]:
    if isinstance(value, list):
        yield from (("", one) for one in value)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from ((key, inner) for inner in (one if table.grouped else [one]))


def names_of(rows: Sequence[tuple[str, str]]) -> list[tuple[str, ...]]:
    """Return what each row may be called by those that hang on it, the preferred name first.

    `rows` are own name and the owner's name. The own name where only one row has it; with the owner
    before it; with a number where even that is not enough. A row without a name is called by its
    number.
    """
    alone = Counter(own for own, _ in rows)
    longer = [f"{owner}/{own}" for own, owner in rows]
    twice, seen = Counter(longer), Counter[str]()
    found = []
    for number, ((own, _), full) in enumerate(zip(rows, longer, strict=True), start=1):
        seen[full] += 1
        names = [own] if own and alone[own] == 1 else []
        names += [full] if own and twice[full] == 1 else []
        names += [f"{full}#{seen[full]}"] if own and twice[full] > 1 else []
        found.append(tuple(names) or (f"#{number}",))
    return found
