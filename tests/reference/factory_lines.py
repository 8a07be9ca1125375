"""Future factory cases about the lines: each reading and tier on both sides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.reference import future_factory as ff
from tests.reference.cases import Answers, Case
from tests.reference.factory_answers import (
    GATES,
    drop,
    extreme,
    gone,
    level,
    optional,
    without,
    workshop,
)

NAMES = {"workshop": "数字化车间", "smart_factory": "智能工厂", "future_factory": "未来工厂"}
KINDS = {"discrete": "离散型", "process": "流程型"}


def case(name: str, zh: str, en: str, answers: Answers, **more: Any) -> Case:
    """A discrete enterprise aiming at the workshop tier, every gate passed, unless told."""
    settings: dict[str, Any] = {"profile": "discrete", "target": "workshop", **more}
    if "gates" not in more:
        settings["gates"] = gates_for(settings["target"])
    return Case(id=name, zh=zh, en=en, answers=answers, **settings)


def gates_for(target: str) -> Answers:
    """Every gate up to the target, passed."""
    keys = {key for tier in ff.assessed(target) for key in ff.gates_of(tier)}
    return {key: answer for key, answer in GATES.items() if key in keys}


def plain() -> Iterator[Case]:
    """Every item exactly at a tier, at its lowest and at its highest."""
    known = {"discrete": "76.47", "process": "74.22"}
    for profile, kind in KINDS.items():
        for target in ff.TIERS:
            claim = {"workshop.raw_points": known[profile]} if target == "workshop" else {}
            yield case(
                f"{profile}-at-{target}",
                f"{kind}：每题恰在{NAMES[target]}档",
                f"{profile}: every item exactly at {target}",
                level(profile, target, target),
                profile=profile,
                target=target,
                claim=claim,
            )
            yield case(
                f"{profile}-lowest-{target}",
                f"{kind}：目标{NAMES[target]}，每题取最低档",
                f"{profile}: lowest options, target {target}",
                extreme(profile, target, best=False),
                profile=profile,
                target=target,
                claim={target: "not_reached", "total": "0.00"},
            )
            yield case(
                f"{profile}-highest-{target}",
                f"{kind}：目标{NAMES[target]}，每题取最高档",
                f"{profile}: highest options, target {target}",
                extreme(profile, target, best=True),
                profile=profile,
                target=target,
                claim={target: "reached", "result": target},
            )


def readings() -> Iterator[Case]:
    """The workshop line: both deciding readings on both sides of 75."""
    rows = (
        ("both-exact", "discrete", 8, "75.00", "reached"),
        ("points-hundredth-below", "discrete", 8, "74.99", "undecided"),
        ("points-hundredth-above", "discrete", 8, "75.01", "reached"),
        ("share-just-met", "discrete", 14, "80.00", "reached"),
        ("share-just-missed", "discrete", 15, "80.00", "undecided"),
        ("share-met-points-missed", "discrete", 14, "74.99", "undecided"),
        ("share-met-points-exact", "discrete", 14, "75.00", "reached"),
        ("share-missed-points-exact", "discrete", 15, "75.00", "undecided"),
        ("both-missed", "discrete", 15, "74.99", "not_reached"),
        ("share-just-met", "process", 14, "75.00", "reached"),
        ("share-just-missed", "process", 15, "75.00", "undecided"),
        ("both-missed", "process", 15, "74.99", "not_reached"),
        ("points-hundredth-below", "process", 8, "74.99", "undecided"),
    )
    for name, profile, dropped, raw, state in rows:
        at = 58 - dropped
        yield case(
            f"line-{profile}-{name}",
            f"{KINDS[profile]}：58 题中 {at} 题达档，原始分 {raw}",
            f"{profile}: {at} of 58 items at the tier, {raw} raw points",
            workshop(profile, dropped, raw),
            profile=profile,
            claim={"workshop": state, "workshop.raw_points": raw},
        )


def not_applicable() -> Iterator[Case]:
    """Process items left out of counts and sums, down to a share of exactly 75."""
    rows = (
        ("share-exact", ("27", "29"), 14, "75.00", "reached", 56),
        ("share-missed", ("27", "29"), 15, "75.00", "undecided", 56),
        ("share-exact-points-missed", ("27", "29"), 14, "74.99", "undecided", 56),
        ("three", ("27", "28", "29"), 13, "75.00", "reached", 55),
        ("three-missed", ("27", "28", "29"), 14, "74.99", "not_reached", 55),
        ("one", ("28",), 14, "76.00", "reached", 57),
    )
    for name, items, dropped, raw, state, count in rows:
        yield case(
            f"na-{name}",
            f"流程型：{count} 题计入，{count - dropped} 题达档，原始分 {raw}",
            f"process: {count - dropped} of {count} counted items at the tier, {raw} points",
            workshop("process", dropped, raw, items),
            profile="process",
            claim={"workshop": state, "workshop.raw_points": raw},
        )
    full = level("process", "future_factory", "future_factory") | optional(
        "process", "future_factory"
    )
    every = gone("27", "28", "29", "72", "73", "79", "80", "95")
    yield case(
        "na-all-eight",
        "流程型：八题全部不适用（92 题）",
        "process: all eight left out",
        full | every,
        profile="process",
        target="future_factory",
        claim={"result": "future_factory"},
    )
    yield case(
        "na-and-open",
        "流程型：一题不适用、一题未答",
        "process: one left out, one open",
        without(workshop("process", 5, "80.00", ("29",)), "1"),
        profile="process",
    )


def upper(tier: str, profile: str, dropped: int, na: tuple[str, ...] = ()) -> Answers:
    """Answers at an upper tier with so many of its items back at A."""
    answers = level(profile, tier, tier) | gone(*na)
    return drop(answers, profile, tier, dropped)


def upper_lines() -> Iterator[Case]:
    """The derived line of the two upper tiers, on both sides."""
    rows = (
        ("smart_factory", "discrete", 17, (), 69, "reached"),
        ("smart_factory", "discrete", 18, (), 69, "not_reached"),
        ("smart_factory", "process", 17, ("29",), 68, "reached"),
        ("smart_factory", "process", 18, ("29",), 68, "not_reached"),
        ("future_factory", "discrete", 19, (), 77, "reached"),
        ("future_factory", "discrete", 20, (), 77, "not_reached"),
        ("future_factory", "process", 19, ("29",), 76, "reached"),
        ("future_factory", "process", 20, ("29",), 76, "not_reached"),
    )
    for tier, profile, dropped, na, count, state in rows:
        at = count - dropped
        yield case(
            f"line-{tier}-{profile}-{at}-of-{count}",
            f"{KINDS[profile]}，目标{NAMES[tier]}：{count} 题中 {at} 题达档",
            f"{profile}, target {tier}: {at} of {count} items at the tier",
            upper(tier, profile, dropped, na),
            profile=profile,
            target=tier,
            claim={tier: state},
        )
    yield case(
        "smart-answers-target-workshop",
        "按智能工厂作答，目标只到车间",
        "answers at the smart tier, target workshop",
        level("discrete", "workshop", "smart_factory"),
        claim={"workshop": "reached", "smart_factory": "not_assessed"},
    )
    yield case(
        "workshop-answers-target-future",
        "按车间作答，目标未来工厂",
        "answers at the workshop tier, target future factory",
        level("discrete", "future_factory", "workshop"),
        target="future_factory",
        claim={"workshop": "reached", "smart_factory": "not_reached", "result": "workshop"},
    )
