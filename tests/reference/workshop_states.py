"""Digital workshop cases about states: unfinished visits, profiles and gates."""

from __future__ import annotations

from collections.abc import Iterator

from tests.reference.cases import Case
from tests.reference.workshop_answers import (
    CRITERIA,
    GATES,
    NO_BONUS,
    everything,
    land,
    leading,
    modest,
    strong,
    without,
)
from tests.reference.workshop_numbers import case


def partials() -> Iterator[Case]:
    """Unfinished visits: unanswered is not zero."""
    yield case(
        "empty",
        "什么都没答",
        "nothing answered",
        {},
        gates={},
        claim={"lowest": "0.00", "highest": "100.00", "pass": "undecided"},
    )
    half = {key: answer for key, answer in strong().items() if key[0] in "abc"}
    yield case("half", "只答了前三个维度", "three dimensions answered", half)
    sure = without(leading(), "f1-organisation", "f2-talent", "f3-improvement-loop")
    yield case(
        "sure-of-good",
        "未答项不影响良好",
        "good is certain whatever is missing",
        sure,
        claim={"good": "reached"},
    )
    weak = everything("L1", 1, "40", "4", "1") | NO_BONUS
    yield case(
        "sure-of-failing",
        "未答项也救不回合格",
        "failing is certain whatever is missing",
        without(weak, "c1-planning-scheduling", "b2-product-design"),
        claim={"pass": "not_reached"},
    )


def last_open() -> Iterator[Case]:
    """One item still open, worth one point, around the pass line."""
    for name, base, state in (("can-reach", "61", "reached"), ("misses", "60.99", "undecided")):
        answers = without(land(base, modest()), "f3-improvement-loop")
        yield case(
            f"one-open-{name}",
            f"只差一项未答，全答为 {base}",
            f"one item open, {base} when met",
            answers,
            claim={"pass": state},
        )
    short = land("59.99", modest()) | {"f3-improvement-loop": {"option": "yes"}}
    yield case(
        "one-open-too-late",
        "未答一项满分也差 0.01",
        "0.01 short even with the open item",
        without(short, "f3-improvement-loop"),
        claim={"pass": "not_reached"},
    )


def ends_of_the_scale() -> Iterator[Case]:
    """Everything at its lowest and everything at its highest."""
    worst = everything("L0", 0, "0", "0", "0") | NO_BONUS
    yield case(
        "nothing-there",
        "全部为最低",
        "the lowest everywhere",
        worst | {"f3-improvement-loop": {"option": "no"}},
        claim={"total": "0.00"},
    )
    best = everything("L4", 8, "100", "30", "10")
    yield case(
        "everything-there",
        "全部为最高",
        "the highest everywhere",
        best | NO_BONUS,
        claim={"total": "100.00", "result": "excellent"},
    )


def profiles() -> Iterator[Case]:
    """The process profile has other weights in B and does not ask for product design."""
    answers = strong() | {"b2-product-design": {"option": "L4"}}
    watch = tuple(key for key in CRITERIA if key.startswith("b"))
    for profile in ("discrete", "process"):
        yield case(
            f"profile-{profile}",
            "产品设计高档：离散计分，流程不问",
            f"product design at L4, {profile}",
            answers,
            profile=profile,
            watch=watch if profile == "discrete" else watch[:1] + watch[2:],
        )
    yield case(
        "profile-process-without-b2",
        "流程型不答产品设计也完整",
        "process, product design unanswered, still complete",
        without(strong(), "b2-product-design"),
        profile="process",
    )


GATE_CASES_ROWS = (
    ("reject", {"g-entity": {"pass": False}}, "not_reached", "否决类门槛不符"),
    ("return", {"g-filing": {"pass": False}}, "not_reached", "退回补正类门槛不符"),
    ("derived-reject", {"g-running": {"pass": False}}, "not_reached", "派生的否决类门槛不符"),
    (
        "flag",
        {"g-mes": {"pass": False}, "g-safety-plan": {"pass": False}},
        "reached",
        "只提示的门槛不符不影响结论",
    ),
    (
        "reference",
        {"g-maturity": {"pass": False}, "g-scenes": {"pass": False}},
        "reached",
        "参考门槛不符不影响结论",
    ),
    (
        "off",
        {"g-invest": {"pass": False}, "g-repeat": {"pass": False}},
        "reached",
        "关闭的门槛不影响结论",
    ),
)


def gate_cases() -> Iterator[Case]:
    """Which gates block an outcome, which only flag, and what is unknown."""
    answers = land("80", strong())
    for name, change, state, zh in GATE_CASES_ROWS:
        yield case(
            f"gate-{name}",
            f"门槛：{zh}",
            f"gates: {name}",
            answers,
            gates=GATES | change,
            claim={"good": state, "total": "80.00"},
        )
    unknown = {key: gate for key, gate in GATES.items() if key != "g-pool"}
    yield case(
        "gate-unknown",
        "门槛：一项未核实则未定",
        "gates: one unknown",
        answers,
        gates=unknown,
        claim={"good": "undecided", "excellent": "not_reached"},
    )
    yield case(
        "gate-unknown-and-failed",
        "门槛：一项未核实、一项不符",
        "gates: unknown and failed",
        answers,
        gates=unknown | {"g-truth": {"pass": False}},
        claim={"pass": "not_reached"},
    )
    yield case(
        "gate-all-unknown",
        "门槛：全部未核实",
        "gates: all unknown",
        answers,
        gates={},
        claim={"pass": "undecided", "result": "None"},
    )
