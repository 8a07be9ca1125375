"""Random formulas: text and tree, the exact value, and what spreadsheets make of them."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from pycel import ExcelCompiler

from assessor.formulas import (
    Binary,
    Call,
    Column,
    FormulaError,
    Name,
    Node,
    NotComputable,
    Number,
    Scope,
    Text,
    Truth,
    Unary,
    Value,
    columns,
    evaluate,
    parse,
    to_excel,
    to_text,
)
from assessor.sheets import Cell, read_xlsx

NUMBERS = ("n0", "n1", "n2", "n3")
TEXTS = ("t0", "t1")
FLAGS = ("f0",)
KEYS = ("A", "B", "C")
NAMES = (*NUMBERS, *TEXTS, *FLAGS)
NET, POWER = Column("ledger", "net"), Column("ledger", "power")
ROWS = 6

# --- making trees and values ----------------------------------------------------------------------


def random_tree(rng: random.Random, kind: str, depth: int) -> Node:
    """Return a well-typed tree of `kind` (`number`, `truth` or `text`)."""
    makers = {"number": _number, "truth": _truth, "text": _text}
    return makers[kind](rng, depth)


def _decimal(rng: random.Random) -> Decimal:
    return Decimal(rng.randrange(-2000, 2001)).scaleb(-rng.randrange(0, 3))


def _numbers(rng: random.Random, depth: int, least: int = 1) -> tuple[Node, ...]:
    return tuple(_number(rng, depth) for _ in range(rng.randrange(least, 4)))


def _number(rng: random.Random, depth: int) -> Node:
    if depth <= 0:
        return rng.choice([Number(_decimal(rng)), Name(rng.choice(NUMBERS))])
    d = depth - 1
    makers: list[Callable[[], Node]] = [
        lambda: Binary(rng.choice(("+", "-", "*", "/")), _number(rng, d), _number(rng, d)),
        lambda: Binary(rng.choice(("+", "/")), _number(rng, d), _number(rng, d)),
        lambda: Unary(_number(rng, d)),
        lambda: Call(rng.choice(("sum", "min", "max")), _numbers(rng, d)),
        lambda: Call(rng.choice(("sum_known", "count_known")), _numbers(rng, d)),
        lambda: Call(rng.choice(("sum", "min", "max")), (POWER,)),
        lambda: Call("count", (rng.choice((NET, POWER)),)),
        lambda: Call("countif", (NET, Text(rng.choice(("yes", "no"))))),
        lambda: Call("sumif", (NET, Text("yes"), POWER)),
        lambda: Call("if", (_truth(rng, d), _number(rng, d), _number(rng, d))),
        lambda: Call("round", (_number(rng, d), Number(Decimal(rng.randrange(0, 4))))),
        lambda: Call("pick", (_text(rng, 0), *_pairs(rng, d), *_numbers(rng, d)[:1])),
        lambda: Call("pick", (_text(rng, 0), *_pairs(rng, d))),
        lambda: Call("piecewise", (_number(rng, d), *_points(rng))),
    ]
    return rng.choice(makers)()


def _pairs(rng: random.Random, depth: int) -> Iterator[Node]:
    for key in KEYS[: rng.randrange(1, 4)]:
        yield Text(key)
        yield _number(rng, depth)


def _points(rng: random.Random) -> Iterator[Node]:
    xs = sorted({rng.randrange(-50, 51) for _ in range(4)} | {51})
    for x in (*xs, 60):
        yield Number(Decimal(x))
        yield Number(Decimal(rng.randrange(-200, 201)).scaleb(-2))


def _truth(rng: random.Random, depth: int) -> Node:
    if depth <= 0:
        blank = Call("is_blank", (Name(rng.choice(NAMES)),))
        return rng.choice([Truth(rng.random() < 0.5), blank, Name(rng.choice(FLAGS))])
    d = depth - 1
    orders = ("=", "<>", "<", "<=", ">", ">=")
    makers: list[Callable[[], Node]] = [
        lambda: Binary(rng.choice(orders), _number(rng, d), _number(rng, d)),
        lambda: Binary(rng.choice(("=", "<>")), _text(rng, 0), Text(rng.choice(KEYS))),
        lambda: Call(rng.choice(("and", "or")), (_truth(rng, d), _truth(rng, d))),
        lambda: Call(rng.choice(("and", "or")), (_truth(rng, d), _truth(rng, d), _truth(rng, d))),
        lambda: Call("not", (_truth(rng, d),)),
        lambda: Call("has_key", (_text(rng, d), Text(rng.choice(KEYS)))),
    ]
    return rng.choice(makers)()


def _text(rng: random.Random, depth: int) -> Node:
    if depth <= 0:
        return rng.choice([Name(rng.choice(TEXTS)), Text(rng.choice(("B", "a,C", 'q"x')))])
    return Call("if", (_truth(rng, depth - 1), _text(rng, 0), _text(rng, 0)))


def random_scope(rng: random.Random) -> Scope:
    """Return values for all variables, about one in five of them missing."""
    values: dict[str, Value | None] = {name: _decimal(rng) for name in NUMBERS}
    values |= {name: rng.choice(("A", "b", "B, C", "A，C")) for name in TEXTS}
    values |= {name: rng.random() < 0.5 for name in FLAGS}
    for name in NAMES:
        if rng.random() < 0.2:
            values[name] = None
    columns: dict[tuple[str, str], list[Value | None]] = {
        ("ledger", "net"): [rng.choice(("yes", "NO", None)) for _ in range(ROWS)],
        ("ledger", "power"): [rng.choice((_decimal(rng), None)) for _ in range(ROWS)],
    }
    return Scope(values, columns)


# --- a second, slow evaluator ---------------------------------------------------------------------


class UnknownError(Exception):
    """There is no value."""


class Slow:
    """Works formulas out with fractions only, the obvious way; raises `UnknownError`."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def value(self, node: Node) -> Fraction | str | bool:
        if isinstance(node, Name):
            return self.known(self.scope.values.get(node.id))
        if isinstance(node, Unary):
            return -self.number(node.operand)
        if isinstance(node, Binary):
            return self.binary(node)
        if isinstance(node, Call):
            return self.call(node.function, node.args)
        assert not isinstance(node, Column)
        return self.known(node.value)

    @staticmethod
    def known(value: object) -> Fraction | str | bool:
        if isinstance(value, Decimal):
            return Fraction(value)
        if isinstance(value, str | bool):
            return value
        raise UnknownError

    def number(self, node: Node) -> Fraction:
        value = self.value(node)
        assert isinstance(value, Fraction)
        return value

    def text(self, node: Node) -> str:
        value = self.value(node)
        assert isinstance(value, str)
        return value.upper()

    def binary(self, node: Binary) -> Fraction | bool:
        left, right = self.value(node.left), self.value(node.right)
        if isinstance(left, str) and isinstance(right, str):
            return (left.upper() == right.upper()) == (node.operator == "=")
        assert isinstance(left, Fraction)
        assert isinstance(right, Fraction)
        if node.operator == "/":
            if right == 0:
                raise UnknownError
            return left / right
        sign = (left > right) - (left < right)
        results: dict[str, Fraction | bool] = {
            "+": left + right,
            "-": left - right,
            "*": left * right,
            "=": sign == 0,
            "<>": sign != 0,
            "<": sign < 0,
            "<=": sign <= 0,
            ">": sign > 0,
            ">=": sign >= 0,
        }
        return results[node.operator]

    def call(self, function: str, args: tuple[Node, ...]) -> Fraction | str | bool:
        if isinstance(args[0], Column):
            return self.column(function, args)
        special: dict[str, Callable[[], Fraction | str | bool]] = {
            "if": lambda: self.value(args[1] if self.value(args[0]) else args[2]),
            "pick": lambda: self.pick(args),
            "is_blank": lambda: self.tried(args[0]) is None,
            "sum_known": lambda: sum(self.known_numbers(args), Fraction(0)),
            "count_known": lambda: Fraction(len(self.known_numbers(args))),
            "and": lambda: self.decide(False, args),
            "or": lambda: self.decide(True, args),
            "not": lambda: not self.value(args[0]),
            "has_key": lambda: self.has_key(self.text(args[0]), self.text(args[1])),
        }
        return special[function]() if function in special else self.numeric(function, args)

    def numeric(self, function: str, args: tuple[Node, ...]) -> Fraction:
        numbers = [self.number(arg) for arg in args]
        folds: dict[str, Callable[[], Fraction]] = {
            "sum": lambda: sum(numbers, Fraction(0)),
            "min": lambda: min(numbers),
            "max": lambda: max(numbers),
            "round": lambda: self.rounded(numbers[0], int(numbers[1])),
            "piecewise": lambda: self.curve(numbers[0], numbers[1:]),
        }
        return folds[function]()

    @staticmethod
    def has_key(answer: str, key: str) -> bool:
        return key in answer.replace("，", ",").replace(" ", "").split(",")

    def known_numbers(self, args: tuple[Node, ...]) -> list[Fraction]:
        return [value for value in map(self.tried, args) if isinstance(value, Fraction)]

    def tried(self, node: Node) -> Fraction | str | bool | None:
        try:
            return self.value(node)
        except UnknownError:
            return None

    def decide(self, decisive: bool, args: tuple[Node, ...]) -> bool:
        values = [self.tried(arg) for arg in args]
        if decisive in values:
            return decisive
        if None in values:
            raise UnknownError
        return not decisive

    def pick(self, args: tuple[Node, ...]) -> Fraction | str | bool:
        answer, rest = self.text(args[0]), list(args[1:])
        while len(rest) > 1:
            key, value = self.text(rest.pop(0)), rest.pop(0)
            if key == answer:
                return self.value(value)
        if not rest:
            raise UnknownError
        return self.value(rest[0])

    @staticmethod
    def curve(x: Fraction, flat: list[Fraction]) -> Fraction:
        points = list(zip(flat[::2], flat[1::2], strict=True))
        x = min(max(x, points[0][0]), points[-1][0])
        for (x1, y1), (x2, y2) in pairwise(points):
            if x1 <= x <= x2:
                return y1 + (y2 - y1) * (x - x1) / (x2 - x1)
        raise AssertionError("the points are in order")

    @staticmethod
    def rounded(x: Fraction, digits: int) -> Fraction:
        scaled = abs(x) * 10**digits
        whole = scaled.numerator // scaled.denominator
        up = whole + (scaled - whole >= Fraction(1, 2))
        return Fraction(up if x >= 0 else -up, 10**digits)

    def column(self, function: str, args: tuple[Node, ...]) -> Fraction:
        lists = [
            self.scope.columns[arg.table, arg.column] for arg in args if isinstance(arg, Column)
        ]
        wanted = [arg.value for arg in args if isinstance(arg, Text)]
        cells = [cell for cell in lists[0] if cell is not None]
        if function == "count":
            return Fraction(len(cells))
        hits = [isinstance(cell, str) and cell.lower() in wanted for cell in lists[0]]
        if function == "countif":
            return Fraction(sum(hits))
        if function == "sumif":
            cells = [c for c, hit in zip(lists[1], hits, strict=True) if hit and c is not None]
        numbers = [Fraction(cell) for cell in cells if isinstance(cell, Decimal)]
        if function in ("sum", "sumif"):
            return sum(numbers, Fraction(0))
        if not numbers:
            raise UnknownError
        return min(numbers) if function == "min" else max(numbers)


def agrees(value: Value | NotComputable, expected: Fraction | str | bool | None) -> bool:
    """Return whether the evaluator's result is the expected one, to 49 digits of a fraction."""
    if isinstance(value, NotComputable) or expected is None:
        return isinstance(value, NotComputable) and expected is None
    if isinstance(value, Decimal) and isinstance(expected, Fraction):
        return abs(Fraction(value) - expected) <= abs(expected) / 10**49
    return value == expected and isinstance(value, bool) == isinstance(expected, bool)


# --- text and value -------------------------------------------------------------------------------

KIND = st.sampled_from(("number", "truth", "text"))
RANDOM = st.randoms(use_true_random=False)


@settings(max_examples=300, deadline=None)
@given(RANDOM, KIND)
def test_the_text_of_a_tree_means_that_tree(rng: random.Random, kind: str) -> None:
    tree = random_tree(rng, kind, rng.randrange(5))
    assert parse(to_text(tree)) == tree


@settings(max_examples=400, deadline=None)
@given(RANDOM, KIND)
def test_the_evaluator_agrees_with_plain_fractions(rng: random.Random, kind: str) -> None:
    tree, scope = random_tree(rng, kind, rng.randrange(4)), random_scope(rng)
    expected = Slow(scope).tried(tree)
    assert agrees(evaluate(tree, scope), expected), to_text(tree)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet='ab1.,"[]()+-*/=<> \x00中andornot', max_size=60))
def test_any_text_is_a_formula_or_a_formula_error(text: str) -> None:
    try:
        tree = parse(text)
    except FormulaError as error:
        tree = None
        place = error.position
        shown = error.text()
    if tree is None:
        assert 1 <= place <= len(text) + 1
        assert shown
    else:
        assert parse(to_text(tree)) == tree


# --- spreadsheets ---------------------------------------------------------------------------------

BATCH = 360
SEED = 20261120
PYCEL_CASES = 100
TOLERANCE = Decimal("1E-9")

EDGES = (
    "round(n0 * 1.115, 2)",
    "round(n0 * 2.675 / 100 * 100, 2)",
    "round(-n0 * 0.285, 2)",
    "round(n0 / 7 * 7 + 0.005, 2)",
    "0.1 + 0.2 = 0.3 * n0",
    "n0 * 1.1 * 1.1 >= 1.21",
    "piecewise(n0 * 0.1 + 0.2, 0, 0, 0.3, 0.35, 1, 1) = 0.35",
    "round(piecewise(n0 / 3 * 100, 0, 0, 30, 0.1, 50, 0.35) * 4, 6)",
)
"""Formulas that plain doubles get wrong, with n0 = 1."""

Case = tuple[Node, Scope]


def cases() -> list[Case]:
    """Return the batch of formulas and values that the spreadsheets have to work out."""
    rng = random.Random(SEED)  # noqa: S311 - repeatable, not secret
    scopes = [random_scope(rng) for _ in range(12)]
    kinds = ("number", "number", "truth", "text")
    trees = [random_tree(rng, rng.choice(kinds), rng.randrange(1, 4)) for _ in range(BATCH)]
    edges = [(parse(text), Scope({"n0": Decimal(1)}, scopes[0].columns)) for text in EDGES]
    return [*edges, *((tree, scopes[index % len(scopes)]) for index, tree in enumerate(trees))]


def write_batch(path: Path, batch: list[Case], stored: str) -> None:
    """Write one row for each case: the values of its variables, its ledger, its formula.

    `stored` is what the file carries as the value of each formula.
    """
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("cases")
        for row, (tree, scope) in enumerate(batch):
            values = [scope.values.get(name) for name in NAMES]
            values += [cell for column in (NET, POWER) for cell in columns_of(scope, column)]
            for place, value in enumerate(values, start=1):
                if isinstance(value, bool):
                    # As a formula, because that is how a workbook comes by one.
                    sheet.write_formula(row, place, f"={int(value)}>0", None, value)
                elif isinstance(value, Decimal):
                    sheet.write_number(row, place, float(value))
                elif isinstance(value, str):
                    sheet.write_string(row, place, value)
            sheet.write_formula(row, 0, "=" + to_excel(tree, cells_of_row(row + 1)), None, stored)


def columns_of(scope: Scope, column: Column) -> list[Value | None]:
    return list(scope.columns[column.table, column.column])


def cells_of_row(row: int) -> Callable[[Name | Column], str]:
    def cell_of(what: Name | Column) -> str:
        if isinstance(what, Name):
            return f"{'BCDEFGH'[NAMES.index(what.id)]}{row}"
        return f"I{row}:N{row}" if what == NET else f"O{row}:T{row}"

    return cell_of


def shows(cell: Cell | None, value: Value | NotComputable) -> bool:
    """Return whether a recalculated cell shows `value`."""
    if cell is None or cell.text == "":
        return isinstance(value, NotComputable)
    if isinstance(value, bool):
        return cell.text.upper() in (str(value).upper(), str(int(value)))
    if isinstance(value, Decimal):
        number = cell.number
        return number is not None and abs(number - value) <= TOLERANCE * max(1, abs(value))
    return cell.kind == "text" and cell.text == value


def recalculated(path: Path, folder: Path) -> Path:
    """Return the workbook as LibreOffice recalculates and saves it."""
    office = shutil.which("soffice")
    if office is None and os.environ.get("ASSESSOR_NO_OFFICE") == "1":
        pytest.skip("ASSESSOR_NO_OFFICE=1: not compared with LibreOffice, which is not installed")
    assert office is not None, "LibreOffice is missing: install libreoffice-calc"
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(RECALCULATE_ALWAYS, encoding="utf-8")
    subprocess.run(
        [
            office,
            f"-env:UserInstallation=file://{profile.parent}",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(folder / "out"),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return folder / "out" / path.name


RECALCULATE_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def test_libreoffice_agrees_with_the_evaluator(tmp_path: Path) -> None:
    batch = cases()
    write_batch(tmp_path / "batch.xlsx", batch, "stale")
    sheet = read_xlsx(recalculated(tmp_path / "batch.xlsx", tmp_path)).sheets[0]
    wrong = [
        (to_text(tree), scope.values, evaluate(tree, scope), sheet.cells.get((row, 1)))
        for row, (tree, scope) in enumerate(batch, start=1)
        if not shows(sheet.cells.get((row, 1)), evaluate(tree, scope))
    ]
    assert wrong == []
    blank = sum(isinstance(evaluate(*case), NotComputable) for case in batch)
    assert BATCH * 0.1 < blank < BATCH * 0.6, "the batch should hold both kinds"


@pytest.mark.filterwarnings("ignore:.*:DeprecationWarning")
def test_a_second_engine_agrees_with_the_evaluator(tmp_path: Path) -> None:
    # pycel cannot round what it got from SUMPRODUCT, so columns are left to LibreOffice; and it
    # believes stored values, so none are stored.
    batch = [case for case in cases() if not columns(case[0])][:PYCEL_CASES]
    write_batch(tmp_path / "batch.xlsx", batch, "")
    engine = ExcelCompiler(filename=str(tmp_path / "batch.xlsx"))
    for row, (tree, scope) in enumerate(batch, start=1):
        found = engine.evaluate(f"cases!A{row}")
        expected = evaluate(tree, scope)
        assert shows(as_cell(found), expected), (to_text(tree), scope.values, expected, found)


def as_cell(found: object) -> Cell:
    if isinstance(found, str):
        return Cell("text", found)
    if isinstance(found, bool):
        return Cell("truth", str(found).upper())
    return Cell("number", str(found))
