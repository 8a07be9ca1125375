"""Formula trees over open answers, turned into lines of the programme.

Nothing is ever made narrower than it is: rounding becomes half a digit of room, "less" becomes
"at most", and a function the solver has no words for becomes any value it could have. A solution
may therefore be false, but none is missed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from assessor.analysis.improvement.linear import Linear, fixed, total
from assessor.analysis.improvement.meanings import Fixed, Local, Meanings, States, as_fixed
from assessor.formulas import Binary, Call, Name, Node, Text, Unary, Value

ZERO, ONE, LESS = Decimal(0), Decimal(1), Decimal(-1)
Args = tuple[Node, ...]
_BEYOND = Decimal(10**6)
"""More than any figure of a rubric: the bounds of what cannot be told."""
_ABOVE = frozenset({">", ">="})
_BELOW = frozenset({"<", "<="})


class Translator:
    """Turns trees into sums, adding to the programme what a tree needs beside."""

    def __init__(self, meanings: Meanings) -> None:
        self._meanings = meanings
        self._programme = meanings.programme
        self._functions: dict[str, Callable[[Args], Linear]] = {
            "sum": self._sum,
            "sum_known": self._sum,
            "round": self._rounded,
            "if": self._either_way,
            "min": self._min,
            "max": self._max,
            "and": self._and,
            "or": self._or,
            "not": self._not,
            "is_blank": self._blank,
        }

    def line(self, node: Node) -> Linear:
        """Return a number or a truth (0 or 1) as a sum."""
        near = self._meanings.close_at_hand(node)
        if isinstance(near, Fixed):
            value = near.value
            known = as_fixed(value) if isinstance(value, Value) else None
            return known or self._anything()
        return self._local(near) if isinstance(near, Local) else self._of_several(node)

    def _of_several(self, node: Node) -> Linear:
        match node:
            case Name(id=name):
                meaning = self._meanings.of(name)
                return meaning if isinstance(meaning, Linear) else self._anything()
            case Unary(operand=operand):
                return self.line(operand).times(LESS)
            case Binary():
                return self._binary(node)
            case Call():
                handle = self._functions.get(node.function, self._unknown)
                return handle(node.args)
            case _:
                return self._anything()

    def _unknown(self, args: Args) -> Linear:
        del args
        return self._anything()

    def _local(self, near: Local) -> Linear:
        sums = [as_fixed(value) if isinstance(value, Value) else None for value in near.values]
        if any(found is None for found in sums):
            return self._anything()
        return self._meanings.chosen(near, [found.constant for found in sums if found])

    def _anything(self) -> Linear:
        return self._programme.figure(-_BEYOND, _BEYOND)

    def _binary(self, node: Binary) -> Linear:
        if node.operator not in "+-*/":
            return self._comparison(node)
        left, right = self.line(node.left), self.line(node.right)
        if node.operator == "+":
            return left.plus(right)
        if node.operator == "-":
            return left.minus(right)
        if node.operator == "*" and (left.is_fixed or right.is_fixed):
            factor, other = (left, right) if left.is_fixed else (right, left)
            return other.times(factor.constant)
        if node.operator == "/" and right.is_fixed and right.constant:
            return left.times(ONE / right.constant)
        return self._anything()

    # --- truths -----------------------------------------------------------------------------------

    def _comparison(self, node: Binary) -> Linear:
        for name, other in ((node.left, node.right), (node.right, node.left)):
            meaning = self._meanings.of(name.id) if isinstance(name, Name) else None
            if isinstance(meaning, States) and isinstance(other, Text):
                is_it = meaning.texts.get(other.value, fixed(ZERO))
                return is_it if node.operator == "=" else fixed(ONE).minus(is_it)
        apart = self.line(node.left).minus(self.line(node.right))
        if node.operator in _ABOVE:
            return self.at_least_nothing(apart)
        if node.operator in _BELOW:
            return self.at_least_nothing(apart.times(LESS))
        same = self._truth()
        self._hold_when(same, apart, ZERO)
        self._hold_when(same, apart.times(LESS), ZERO)
        return same if node.operator == "=" else self._truth()

    def at_least_nothing(self, apart: Linear) -> Linear:
        """Return whether a sum is at least 0; at 0 itself either answer is allowed."""
        if apart.is_fixed:
            return fixed(ONE if apart.constant >= 0 else ZERO)
        if apart.low >= 0:
            return fixed(ONE)
        if apart.high < 0:
            return fixed(ZERO)
        truth = self._truth()
        self._hold_when(truth, apart, ZERO)
        self._programme.keep_at_most(apart.minus(truth.times(max(apart.high, ZERO))), ZERO)
        return truth

    def _truth(self) -> Linear:
        return self._programme.choice()

    def _hold_when(self, truth: Linear, line: Linear, least: Decimal) -> None:
        """Demand `line` >= `least` where `truth` is 1."""
        room = line.low - least
        if room < 0:
            self._programme.keep_at_least(line.plus(truth.times(room)), least + room)

    # --- functions --------------------------------------------------------------------------------

    def _sum(self, args: Args) -> Linear:
        return total([self._summand(arg) for arg in args])

    def _and(self, args: Args) -> Linear:
        return self._all([self.line(arg) for arg in args])

    def _or(self, args: Args) -> Linear:
        none_of = [fixed(ONE).minus(self.line(arg)) for arg in args]
        return fixed(ONE).minus(self._all(none_of))

    def _not(self, args: Args) -> Linear:
        return fixed(ONE).minus(self.line(args[0]))

    def _summand(self, node: Node) -> Linear:
        """A part of a sum; one without a value adds nothing."""
        near = self._meanings.close_at_hand(node)
        if isinstance(near, Fixed):
            return fixed(near.value if isinstance(near.value, Decimal) else ZERO)
        if isinstance(near, Local):
            values = [value if isinstance(value, Decimal) else ZERO for value in near.values]
            return self._meanings.chosen(near, values)
        return self.line(node)

    def _blank(self, args: Args) -> Linear:
        """A figure of several blocks that is there now stays there."""
        (node,) = args
        if isinstance(node, Name) and isinstance(self._meanings.figures.get(node.id), Decimal):
            return fixed(ZERO)
        return self._truth()

    def _rounded(self, args: Args) -> Linear:
        whole, digits = (self.line(arg) for arg in args)
        half = Decimal(5).scaleb(-int(digits.constant) - 1)
        found = self._programme.figure(whole.low - half, whole.high + half)
        self._programme.keep_at_least(found.minus(whole), -half)
        self._programme.keep_at_most(found.minus(whole), half)
        return found

    def _either_way(self, args: Args) -> Linear:
        condition, then, otherwise = (self.line(arg) for arg in args)
        if condition.is_fixed:
            return then if condition.constant else otherwise
        if then.is_fixed and otherwise.is_fixed:
            return otherwise.plus(condition.times(then.constant - otherwise.constant))
        found = self._programme.figure(min(then.low, otherwise.low), max(then.high, otherwise.high))
        for truth, value in ((condition, then), (fixed(ONE).minus(condition), otherwise)):
            self._hold_when(truth, found.minus(value), ZERO)
            self._hold_when(truth, value.minus(found), ZERO)
        return found

    def _min(self, args: Args) -> Linear:
        return self._least([self.line(arg) for arg in args])

    def _max(self, args: Args) -> Linear:
        return self._least([self.line(arg).times(LESS) for arg in args]).times(LESS)

    def _least(self, parts: Sequence[Linear]) -> Linear:
        """The least of several sums: at most each of them, and one of them."""
        low, high = min(part.low for part in parts), min(part.high for part in parts)
        parts = [part for part in parts if part.low <= high]
        if len(parts) == 1:
            return parts[0]
        found = self._programme.figure(low, high)
        picks = [self._truth() for _ in parts]
        for part, picked in zip(parts, picks, strict=True):
            self._programme.keep_at_least(part.minus(found), ZERO)
            self._hold_when(picked, found.minus(part), ZERO)
        self._programme.keep_at_least(total(picks), ONE)
        return found

    def _all(self, truths: Sequence[Linear]) -> Linear:
        if all(truth.is_fixed for truth in truths):
            return fixed(min(truth.constant for truth in truths))
        found = self._truth()
        for truth in truths:
            self._programme.keep_at_least(truth.minus(found), ZERO)
        short = total([*truths]).minus(found)
        self._programme.keep_at_most(short, Decimal(len(truths) - 1))
        return found
