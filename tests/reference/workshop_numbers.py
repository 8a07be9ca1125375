"""Digital workshop cases about numbers: lines, curves, bonus, what does not apply, checklists."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from tests.reference import digital_workshop as dw
from tests.reference.cases import Answers, Case
from tests.reference.exact import show
from tests.reference.workshop_answers import (
    CRITERIA,
    FULL_BONUS,
    GATES,
    NO_BONUS,
    figures,
    first_ticks,
    land,
    land_below,
    leading,
    modest,
    outstanding,
    strong,
    without,
)

TARGET = "excellent"
STARTS = {"60": modest, "75": strong, "90": leading}
GRADES = {"60": "pass", "75": "good", "90": "excellent"}
NAMES = {"60": "合格", "75": "良好", "90": "优秀"}
REASON = "专家组长确认本车间没有这项业务"

EDGES = {
    "a1": "0 29.99 30 30.01 49.99 50 69.99 70 70.01 79.99 80 89.99 90 100",
    "a2": "0 9.99 10 10.01 19.99 20 20.01 39.99 40 40.01 60 60.01 100 10.004",
    "a3": "0 49.99 50 50.01 69.99 70 89.99 90 90.01 94.99 95 97.99 98 100",
    "e1": "0 0.01 4.99 5 5.01 9.99 10 10.01 19.99 20 20.01 29.99 30 45",
    "e2": "-12 0.01 4.99 5 5.01 9.99 10 10.01 19.99 20 20.01 29.99 30 100",
    "e3": "0.004 0.005 4.994 4.995 7.5 9.994 9.995 15 19.995 25 29.994 29.995 30.01 60",
    "e4": "-0.01 0.01 4.99 5 5.01 9.99 10 10.01 19.99 20 20.01 29.99 30 150",
    "e5": "0 0.01 1.99 2 2.01 4.99 5 5.01 7.99 8 8.01 9.99 10 12",
}


def case(name: str, zh: str, en: str, answers: Answers, **more: Any) -> Case:
    """A case of the discrete profile with every gate passed, unless told otherwise."""
    settings = {"profile": "discrete", "gates": GATES, **more}
    return Case(id=name, zh=zh, en=en, target=TARGET, answers=answers, **settings)


def lines(profile: str) -> Iterator[Case]:
    """Exactly on each grade line, and on both sides of what prints as the line."""
    kind = {"discrete": "离散型", "process": "流程型"}[profile]
    # Unlike answers in dimension B, where the profiles weigh differently.
    uneven = {"b1-layout-model": {"option": "L1"}, "b2-product-design": {"option": "L0"}}
    for line, start in STARTS.items():
        name, zh, grade = f"{profile}-{line}", f"{kind}，{NAMES[line]}线 {line}", GRADES[line]
        below = show(Fraction(line) - Fraction("0.01"))
        sets = (
            ("exact", "恰好达线", "exactly on the line", f"{line}.00", "reached"),
            (
                "rounded-up",
                "差 0.005，四舍五入后达线",
                "0.005 short, prints as the line",
                show(Fraction(line) - Fraction("0.005"), 3),
                "reached",
            ),
            ("hundredth-below", "差 0.01 未达线", "0.01 short", below, "not_reached"),
        )
        for suffix, text, en, wanted, state in sets:
            printed = show(Fraction(wanted))
            yield case(
                f"line-{name}-{suffix}",
                f"{zh}：{text}",
                f"{profile}, line {line}: {en}",
                land(wanted, start() | uneven, profile),
                profile=profile,
                claim={"total": printed, grade: state},
            )
        edge = show(Fraction(line) - Fraction("0.005"), 3)
        yield case(
            f"line-{name}-just-out",
            f"{zh}：略低于进位点，未达线",
            f"{profile}, line {line}: just below the rounding edge",
            land_below(edge, start() | uneven, profile),
            profile=profile,
            claim={"total": below, grade: "not_reached"},
        )


def curves() -> Iterator[Case]:
    """Every edge of every curve and band, a hundredth to each side, and rounding before it."""
    rows = {key: values.split() for key, values in EDGES.items()}
    full = {key[:2]: key for key in CRITERIA}
    for number in range(len(rows["a1"])):
        values = {full[key]: row[number] for key, row in rows.items()}
        answers = modest() | {key: figures(key, value) for key, value in values.items()}
        listed = "，".join(f"{key[:2].upper()}={value}" for key, value in values.items())
        yield case(
            f"curve-{number + 1:02d}",
            f"曲线与分段的端点（{listed}，单位 %）",
            f"edges of curves and bands ({listed.replace('，', ', ')}, percent)",
            answers,
            watch=tuple(values),
        )
    thirds = modest() | {
        "a1-key-equipment-nc-rate": {"inputs": {"nc_key": "2", "key_total": "3"}},
        "a2-equipment-network-rate": {"inputs": {"online": "10005", "total": "100000"}},
        "a3-field-data-capture-rate": {
            "inputs": {"auto_points": "17999", "required_points": "20000"}
        },
        "e3-lead-time": {"inputs": {"d0": "7", "d1": "6"}},
    }
    yield case(
        "curve-rounding",
        "结果先四舍五入到两位再取占比（2/3、10.005、89.995、1/7）",
        "the result is rounded to two digits before the curve (2/3, 10.005, 89.995, 1/7)",
        thirds,
        watch=(*tuple(thirds)[:3], "e3-lead-time"),
    )


def picked(*items: str) -> Answers:
    """Only these bonus items, everything else denied."""
    return NO_BONUS | {item: {"option": "yes"} for item in items}


FIVE_POINTS = picked("x1-ai", "x2-digital-twin", "x3-5g", "x5-first-set", "x6-platform")


BONUSES_ROWS = (
    ("below-pass", "59.99", modest, FULL_BONUS, "59.99", "基础分 59.99，加分不救"),
    ("rounds-to-pass", "59.995", modest, FULL_BONUS, "65.00", "基础分印作 60.00，加分有效"),
    ("at-pass", "60", modest, picked("x1-ai"), "61.50", "基础分 60，加一项"),
    ("half-points", "66", modest, picked("x6-platform", "x8-output"), "67.00", "两个半分项"),
    ("cap", "70", strong, FULL_BONUS, "75.00", "加分合计 7 分封顶 5 分，恰达良好"),
    ("cap-short", "69.99", strong, FULL_BONUS, "74.99", "封顶后差 0.01 到良好"),
    ("exactly-cap", "85", leading, FIVE_POINTS, "90.00", "加分恰为 5 分，恰达优秀"),
    ("exactly-cap-short", "84.99", leading, FIVE_POINTS, "89.99", "加分恰为 5 分，差 0.01 到优秀"),
    ("hundred", "97", outstanding, FULL_BONUS, "100.00", "总分封顶 100"),
)


def bonuses() -> Iterator[Case]:
    """The cap, the pass line the bonus never lifts over, and the three grade lines with it."""
    for name, base, start, extra, total, zh in BONUSES_ROWS:
        yield case(
            f"bonus-{name}",
            f"加分：{zh}",
            f"bonus: base {base}, total {total}",
            land(base, start()) | extra,
            claim={"total": total},
        )
    out = land_below("59.995", modest()) | FULL_BONUS
    yield case(
        "bonus-just-below-pass",
        "加分：基础分略低于 59.995，加分不救",
        "bonus: the base prints 59.99, the bonus counts nothing",
        out,
        claim={"total": "59.99", "pass": "not_reached"},
    )
    for share in ("0", "29.99", "29.995", "30", "59.99", "60", "100"):
        answer = {
            "inputs": {
                "domestic_investment": str(Fraction(share) * 1000 // 1),
                "total_investment": "100000",
            }
        }
        yield case(
            f"bonus-domestic-{share.replace('.', '-')}",
            f"加分：国产化投资占比 {share}%",
            f"bonus: domestic share of investment {share} percent",
            land("70", strong()) | {"x4-controllable": answer},
            watch=("x4-controllable",),
        )
    yield from open_bonuses()


def open_bonuses() -> Iterator[Case]:
    """Bonus items nobody has answered stay open and leave the rest complete."""
    at_88 = without(land("88", leading()), *NO_BONUS)
    yield case(
        "bonus-open",
        "加分未答：优秀未定，不影响完整性",
        "bonus unanswered: excellent undecided, still complete",
        at_88,
        claim={"total": "88.00", "highest": "93.00", "excellent": "undecided"},
    )
    low = without(land("59", modest()), *NO_BONUS)
    yield case(
        "bonus-open-below-pass",
        "基础分 59，加分未答也不能达线",
        "base 59: no open bonus can reach the line",
        low,
        claim={"highest": "59.00", "pass": "not_reached"},
    )
    lever = without(land("60.5", modest()), "f3-improvement-loop") | FULL_BONUS
    yield case(
        "bonus-hangs-on-one-item",
        "未答一项使基础分在合格线两侧，加分随之",
        "one open item puts the base on either side of the line, the bonus follows",
        lever,
        claim={"lowest": "59.50", "highest": "65.50", "pass": "undecided"},
    )
    nothing = {"inputs": {"domestic_investment": "0", "total_investment": "0"}}
    yield case(
        "bonus-domestic-of-nothing",
        "总投资为零：占比不可计算，视同未答",
        "no investment at all: the share cannot be computed, as if unanswered",
        land("74", strong()) | {"x4-controllable": nothing},
        watch=("x4-controllable",),
        claim={"lowest": "74.00", "highest": "75.00", "good": "undecided"},
    )


def gone(*items: str) -> Answers:
    """Mark items not applicable, with the reason the rules ask for."""
    return {item: {"na": True, "reason": REASON} for item in items}


NOT_APPLICABLE_ROWS = (
    ("one-level", ("c5-material-logistics",), "discrete", "剔除一个等级项"),
    ("checklist", ("f1-organisation",), "discrete", "剔除一个清单项"),
    ("measured", ("e3-lead-time",), "discrete", "剔除一个定量项"),
    (
        "sevenths",
        ("a4-smart-equipment-kinds", "a7-asset-identification"),
        "discrete",
        "剔除后除不尽，逐项取六位小数",
    ),
    (
        "several",
        ("b1-layout-model", "c4-traceability", "d6-safety-control"),
        "discrete",
        "三个维度各剔除一项",
    ),
    (
        "all-but-one",
        ("b1-layout-model", "b2-product-design", "b3-process-design"),
        "discrete",
        "一个维度只剩一项",
    ),
    ("process", ("b1-layout-model",), "process", "流程型剔除一项"),
)


def not_applicable() -> Iterator[Case]:
    """Items left out, their weight shared over the rest of the dimension."""
    for name, items, profile, zh in NOT_APPLICABLE_ROWS:
        yield case(
            f"na-{name}",
            f"不适用：{zh}",
            f"not applicable: {', '.join(items)}",
            strong() | gone(*items),
            profile=profile,
            watch=tuple(
                key
                for key, fact in CRITERIA.items()
                if key[0] == items[0][0] and dw.weight_of(fact, profile)
            ),
        )
    whole = gone(*(key for key in CRITERIA if key.startswith("f")))
    yield case(
        "na-whole-dimension",
        "整个维度不适用：结论未定",
        "a whole dimension left out",
        leading() | whole,
        claim={"pass": "undecided", "result": "None"},
    )
    yield case(
        "na-whole-dimension-gate",
        "整个维度不适用且门槛不符：未达",
        "a whole dimension left out and a gate failed",
        leading() | whole,
        gates=GATES | {"g-truth": {"pass": False}},
        claim={"pass": "not_reached"},
    )
    yield case(
        "na-and-open",
        "一项不适用、同维度一项未答",
        "one left out, one of the same open",
        without(strong(), "c1-planning-scheduling") | gone("c2-execution-control"),
        watch=("c1-planning-scheduling", "c3-quality"),
    )


DEFECTS = {"b0": "0", "n0": "5000", "b1": "3", "n1": "5000"}


EFFECTS_ROWS: tuple[tuple[str, str, str, Answers], ...] = (
    (
        "no-baseline",
        "一项无基线：记零、未证",
        "one effect without a baseline",
        {"e1-cost": {"inputs": {"c1": "80"}, "no_baseline": True}},
    ),
    (
        "no-baseline-at-all",
        "五项均无基线",
        "no effect has a baseline",
        {key: {"no_baseline": True} for key in CRITERIA if key.startswith("e")},
    ),
    (
        "zero-defects-before",
        "实施前不良为零：不可计算，视同未答",
        "no defects before: cannot be computed, as if unanswered",
        {"e2-defect": {"inputs": DEFECTS}},
    ),
    (
        "zero-defects-declared",
        "实施前不良为零并声明无基线：记零",
        "no defects before, declared without a baseline",
        {"e2-defect": {"inputs": DEFECTS, "no_baseline": True}},
    ),
    (
        "zero-defects-after",
        "实施后不良为零：满分",
        "no defects after",
        {"e2-defect": {"inputs": {"b0": "8", "n0": "4000", "b1": "0", "n1": "5000"}}},
    ),
    (
        "missing-figure",
        "缺一个数：视同未答",
        "a figure is missing",
        {"e4-productivity": {"inputs": {"o0": "900", "p0": "12", "o1": "1200"}}},
    ),
    (
        "all-worse",
        "五项全部变差：记零",
        "everything got worse",
        {key: figures(key, "-8") for key in CRITERIA if key.startswith("e")},
    ),
)


def effects() -> Iterator[Case]:
    """Before and after: no baseline, figures that cannot be computed, results below zero."""
    for name, zh, en, change in EFFECTS_ROWS:
        yield case(
            f"effects-{name}",
            f"成效：{zh}",
            f"effects: {en}",
            strong() | change,
            watch=tuple(change),
        )


def lists() -> Iterator[Case]:
    """Checklists from none to all, and the yes/no item."""
    keys = [key for key, fact in CRITERIA.items() if fact["kind"] == "checklist"]
    for count in (0, 1, 2, 3, 4, 5, 6, 8):
        ticks = {key: first_ticks(key, min(count, len(CRITERIA[key]["items"]))) for key in keys}
        yield case(
            f"ticks-{count}",
            f"清单各勾选 {count} 项（不足者全勾）",
            f"{count} ticked in each checklist (or all)",
            modest() | ticks,
            watch=keys,
        )
    yield case(
        "no-loop",
        "持续改进闭环：否",
        "no improvement loop",
        strong() | {"f3-improvement-loop": {"option": "no"}},
        watch=("f3-improvement-loop",),
    )
