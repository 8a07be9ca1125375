"""Rubrics of a few items, made in the test that needs them, and visits to go with them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from assessor.assessment import Assessment, assessment_from_json
from assessor.rubrics.loader import LoadedRubric, load
from assessor.rubrics.models import Rubric
from assessor.rules.card import ScoreCard, Span
from assessor.scoring import Scorer, score

Data = dict[str, object]

ROOT = Path(__file__).resolve().parents[3]
TEN = ROOT / "tests" / "data" / "rubrics" / "ten_items.json"
DERIVED: Data = {"basis": "derived", "note": {"zh": "推定", "en": "Concluded"}}
REQUIRED = {"basic": "required", "advanced": "required"}


def ten() -> LoadedRubric:
    """The ten-item rubric."""
    return load(TEN)


def words(text: str) -> Data:
    return {"zh": text, "en": text}


def levels(*options: tuple[str, str] | tuple[str, str, str], scale: str = "points") -> Data:
    """Graded levels: (key, value) or (key, value, tier)."""
    return {"kind": "levels", "scale": scale, "options": [_option(*one) for one in options]}


def _option(key: str, value: str, tier: str | None = None, **more: object) -> Data:
    return {"key": key, "value": value, "tier": tier, "text": words(key), **more}


def selection(cap: str, *options: Data, scale: str = "points") -> Data:
    return {"kind": "selection", "scale": scale, "cap": cap, "options": list(options)}


def choice(key: str, value: str, tier: str | None = None, **more: object) -> Data:
    return _option(key, value, tier, **more)


def checklist(keys: str, shares: tuple[str, ...] = ()) -> Data:
    items = [{"key": key, "text": words(key)} for key in keys]
    table = {"count_shares": list(shares), "count_provenance": DERIVED} if shares else {}
    return {"kind": "checklist", "items": items, **table}


def yes_no() -> Data:
    return {"kind": "yes_no", "yes": words("yes"), "no": words("no")}


def quantity(formula: str, inputs: list[Data], curve: Data, **more: object) -> Data:
    measure = {
        "inputs": inputs,
        "formula": formula,
        "formula_text": words(formula),
        "formula_provenance": DERIVED,
        "result_unit": words("%"),
        **more,
    }
    return {"kind": "quantity", "measure": measure, "curve": {**curve, "provenance": DERIVED}}


def entry(name: str, **more: object) -> Data:
    return {"id": name, "name": words(name), "unit": words("1"), **more}


def bins(*steps: Data) -> Data:
    return {"kind": "bins", "bins": list(steps)}


def line(*points: tuple[str, str]) -> Data:
    corners = [{"x": x, "share": share} for x, share in points]
    return {"kind": "piecewise_linear", "points": corners}


def item(name: str, rule: Data, maximum: str = "10", **more: object) -> Data:
    return {
        "id": name,
        "number": name,
        "dimension": "d",
        "title": words(name),
        "question": words(name),
        "profiles": ["only"],
        "asked": REQUIRED,
        "maximum": maximum,
        "weight_provenance": DERIVED,
        "provenance": DERIVED,
        "rule": rule,
        **more,
    }


def out(policy: str, **more: object) -> Data:
    """The licence to answer not applicable."""
    return {"policy": policy, "provenance": DERIVED, **more}


def dimension(name: str, **more: object) -> Data:
    return {"id": name, "name": words(name), **more}


def total(reading: str = "total", line_at: str | None = "60") -> Data:
    base = {"id": reading, "name": words(reading), "provenance": DERIVED}
    return {**base, "kind": "total", "line": line_at}


def reading(kind: str, line_at: str | None, tier: str | None = None, **more: object) -> Data:
    tiered = {"tier": tier} if tier else {}
    base = {"kind": kind, "id": kind, "name": words(kind), "line": line_at, "provenance": DERIVED}
    return {**base, "target": "basic", **tiered, **more}


def outcome(name: str, *readings: Data, **more: object) -> Data:
    decided = [one["id"] for one in readings]
    return {
        "id": name,
        "name": words(name),
        "target": "basic",
        "readings": list(readings),
        "decided_by": decided,
        "provenance": DERIVED,
        **more,
    }


def gate(name: str, check: Data, **more: object) -> Data:
    return {
        "id": name,
        "title": words(name),
        "question": words(name),
        "severity": "reject",
        "default": "on",
        "check": check,
        "provenance": DERIVED,
        **more,
    }


def rubric(*criteria: Data, **more: object) -> Rubric:
    """A rubric of these criteria; the rest may be given by name."""
    return Rubric.model_validate(
        {
            "format_version": 1,
            "id": "small",
            "version": "1.0.0",
            "title": words("small"),
            "short_title": words("small"),
            "summary": words("small"),
            "status": {"derived": False, "notice": words("none")},
            "sources": [{"id": "s", "title": words("s"), "issuer": words("s"), "kind": "official"}],
            "profiles": [{"id": "only", "name": words("only")}],
            "targets": [
                {"id": "basic", "name": words("basic"), "provenance": DERIVED},
                {"id": "advanced", "name": words("advanced"), "provenance": DERIVED},
            ],
            "cycles": [{"id": "2026", "name": words("2026"), "provenance": DERIVED}],
            "dimensions": [dimension("d")],
            "criteria": list(criteria),
            "outcomes": [outcome("pass", total())],
            **more,
        }
    )


def visit(of: Rubric, answers: dict[str, Data] | None = None, **more: object) -> Assessment:
    """A visit with these answers; the rest may be given by name."""
    return assessment_from_json(
        {
            "id": "visit-1",
            "rubric": {"id": of.id, "version": of.version, "digest": "0" * 64},
            "cycle": of.cycles[0].id,
            "profile": of.profiles[0].id,
            "target": of.targets[-1].id,
            "enterprise": {"name": "示例"},
            "answers": answers or {},
            **more,
        }
    )


def card(of: Rubric, answers: dict[str, Data] | None = None, **more: object) -> ScoreCard:
    """The score of a visit; computed twice, fresh and by a scorer that has scored before."""
    one = visit(of, answers, **more)
    fresh = score(of, one)
    warm = Scorer(of)
    warm.score(visit(of, {}, **more))
    again = warm.score(one)
    assert again.figures == fresh.figures
    assert again.items == fresh.items
    assert again.outcomes == fresh.outcomes
    assert again.contradictions == fresh.contradictions
    return fresh


def picked(key: str) -> Data:
    return {"option": key}


def several(*keys: str, other: str = "") -> Data:
    return {"options": list(keys), "other": other}


def measured(**inputs: str) -> Data:
    return {"inputs": inputs}


NA: Data = {"na": True, "reason": "没有这项业务"}


def span(found: Span) -> tuple[str | None, str | None, str | None, str | None]:
    """(so far, lowest, highest, maximum) as plain text without trailing noughts."""
    return plain(found.value), plain(found.lowest), plain(found.highest), plain(found.maximum)


def plain(value: Decimal | None) -> str | None:
    if value is None:
        return None
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
