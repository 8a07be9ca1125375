"""The value of a formula, exactly, or the reason why there is none.

Numbers are exact all the way (see `exact`). Only `round` and the final result leave that: `round`
with ties away from zero as in Excel's ROUND, the result as a `Decimal` of at most 50 digits where
it has no finite form. A node whose result other nodes compare should therefore be rounded first.

Missing values are three-valued (Kleene): `and` is false as soon as one part is false, `or` true as
soon as one is true, whatever is missing elsewhere; anything else that needs a missing value cannot
be computed. Texts are compared without regard to case, as Excel does.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

from assessor.formulas import exact
from assessor.formulas.answers import same_text
from assessor.formulas.calls import FUNCTIONS, Inner, unusable
from assessor.formulas.exact import Exact
from assessor.formulas.printing import to_text
from assessor.formulas.scope import NotComputable, Scope, Value, missing, together
from assessor.formulas.tree import COMPARISONS, Binary, Call, Column, Name, Node, Unary, is_sane
from assessor.i18n import message

_ORDER: Mapping[str, Callable[[Exact, Exact], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_ARITHMETIC: Mapping[str, Callable[[Exact, Exact], Exact]] = {
    "+": exact.add,
    "-": exact.subtract,
    "*": exact.multiply,
    "/": exact.divide,
}

# Made once: `A | B` would be put together anew at each look at a kind, thousands of times a score.
_EXACT = (Decimal, Fraction)
_NUMBERS = (Decimal, NotComputable, Fraction)
_TEXTS = (str, NotComputable)
_TRUTHS = (bool, NotComputable)


def evaluate(tree: Node, scope: Scope) -> Value | NotComputable:
    """Return the value of `tree` with the values of `scope`."""
    value = _Evaluation(scope).value(tree)
    if not isinstance(value, _EXACT):
        return value
    return exact.to_decimal(value) if exact.is_usable(value) else unusable(tree)


class _Evaluation:
    """The values of the nodes of one tree in one scope."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def value(self, node: Node) -> Inner:
        if isinstance(node, Name):
            return self._name(node)
        if isinstance(node, Call):
            return FUNCTIONS[node.function](node.args, self)
        if isinstance(node, Binary):
            return self._binary(node)
        if isinstance(node, Unary):
            value = self.number(node.operand)
            return value if isinstance(value, NotComputable) else exact.negative(value)
        if isinstance(node, Column):
            raise TypeError("a column has no single value")
        return node.value

    def number(self, node: Node) -> Exact | NotComputable:
        value = self.value(node)
        return value if isinstance(value, _NUMBERS) else _wrong(node, "number", value)

    def text(self, node: Node) -> str | NotComputable:
        value = self.value(node)
        return value if isinstance(value, _TEXTS) else _wrong(node, "text", value)

    def truth(self, node: Node) -> bool | NotComputable:
        value = self.value(node)
        return value if isinstance(value, _TRUTHS) else _wrong(node, "truth", value)

    def _name(self, node: Name) -> Inner:
        value = self.scope.values.get(node.id)
        if value is None or value == "":
            return missing((node.id,), self.scope)
        if isinstance(value, Decimal) and not is_sane(value):
            return unusable(node)
        return value

    def _binary(self, node: Binary) -> Inner:
        if node.operator in ("=", "<>"):
            equal = self._equal(node)
            return not equal if node.operator == "<>" and isinstance(equal, bool) else equal
        left, right = self.number(node.left), self.number(node.right)
        if isinstance(left, NotComputable) or isinstance(right, NotComputable):
            return self._reason(left, right)
        if node.operator in COMPARISONS:
            return _ORDER[node.operator](left, right)
        if node.operator == "/" and not right:
            divisor = to_text(node.right)
            return NotComputable(message("formulas.division_by_zero", divisor=divisor))
        return _ARITHMETIC[node.operator](left, right)

    def _equal(self, node: Binary) -> Inner:
        left, right = self.value(node.left), self.value(node.right)
        if isinstance(left, NotComputable) or isinstance(right, NotComputable):
            return self._reason(left, right)
        if isinstance(left, str) and isinstance(right, str):
            return same_text(left, right)
        if isinstance(left, bool | str) or isinstance(right, bool | str):
            return left is right if type(left) is type(right) else _wrong(node.right, "same", right)
        return left == right

    def _reason(self, left: Inner, right: Inner) -> Inner:
        """Return why two values cannot be used together; one of them at least is not there."""
        if isinstance(left, NotComputable) and isinstance(right, NotComputable):
            return together(left, right, self.scope)
        return left if isinstance(left, NotComputable) else right


def _wrong(node: Node, wanted: str, found: object) -> NotComputable:
    kind = message(f"formulas.kind_{wanted}")
    return NotComputable(
        message("formulas.wrong_kind", part=to_text(node), wanted=kind, found=str(found))
    )
