"""Whom a rubric assesses where that is not an enterprise."""

from __future__ import annotations

from typing import Literal

from assessor.rubrics.base import LocalText, Model

BodyField = Literal[
    "credit_code",
    "industry_code",
    "district",
    "cluster",
    "address",
    "legal_representative",
    "employees",
    "main_products",
    "profile",
    "contact",
    "project_name",
    "workshop",
]


class Body(Model):
    """What the assessed body is called, and which fields of the record it has under which label.

    `profile` says what the rubric's profiles tell apart, where an enterprise has its kind of
    industry.
    The record's name is always asked; a field that is not named here is neither asked nor printed.
    """

    name: LocalText
    profile: LocalText
    fields: dict[BodyField, LocalText]
