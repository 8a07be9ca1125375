"""The stones every model is built of: frozen, strict, decimals as strings, bilingual texts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)

from assessor.i18n import Language

_DECIMAL = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,12})?", re.ASCII)


def decimal_from_text(value: object) -> Decimal:
    """Return the decimal that a plain literal such as `"12.5"` means.

    Raises `ValueError` for anything else: numbers of other types (a float has already lost digits),
    exponents, thousands separators, NaN.
    """
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise ValueError("not a finite decimal")
        return value
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        return Decimal(value)
    raise ValueError('a number must be written as a string such as "12.5"')


def decimal_to_text(value: Decimal) -> str:
    """Return `value` as a plain literal without an exponent, digits kept as they are."""
    return format(value, "f")


DecimalText = Annotated[
    Decimal,
    BeforeValidator(decimal_from_text),
    PlainSerializer(decimal_to_text, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^-?[0-9]{1,18}(\.[0-9]{1,12})?$"}),
]
"""A decimal that is a string in JSON: `"1.67"` stays 1.67."""

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-]{0,79}$")]
"""A stable name of a part of a rubric; never derived from wording."""

Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]{1,8}$")]
"""The short name of an option inside one criterion, as it is answered: `C`, `L2`, `1`, `yes`."""

Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
"""A text that is not blank."""


class Model(BaseModel):
    """A frozen value; an unknown key is an error, never ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a changed copy; what was worked out from the old values is not carried over."""
        copied = super().model_copy(update=update, deep=deep)
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        return copied


class LocalText(Model):
    """A text of a rubric in both languages."""

    zh: Words
    en: Words

    def pick(self, language: Language) -> str:
        """Return the text in `language`."""
        return self.zh if language == "zh" else self.en
