"""Future factory cases about rules: links, choices, gates and unfinished visits."""

from __future__ import annotations

from collections.abc import Iterator

from tests.reference import future_factory as ff
from tests.reference.cases import Answers, Case
from tests.reference.factory_answers import (
    extreme,
    items_for,
    level,
    optional,
    without,
)
from tests.reference.factory_lines import NAMES, case, gates_for


def links() -> Iterator[Case]:
    """The four links: forced, forced while unanswered, and open because the parent is."""
    base = level("discrete", "workshop", "workshop")
    for parent, child in (("32", "33"), ("34", "35"), ("44", "45"), ("49", "50")):
        pair = {parent: {"option": "A"}, child: {"option": "D"}}
        yield case(
            f"link-{parent}-{child}",
            f"{parent} 选 A，{child} 联动为 A（不论所选）",
            f"{parent} is A and makes {child} A",
            base | pair,
            watch=(parent, child),
        )
    yield case(
        "link-child-unanswered",
        "32 选 A，33 未答：联动为 A，视为已答",
        "32 is A, 33 unanswered: A by link",
        without(base | {"32": {"option": "A"}}, "33"),
        watch=("32", "33"),
        claim={"workshop.raw_points": "73.13"},
    )
    yield case(
        "link-parent-open",
        "34 未答、35 选 E：最低可能为两题皆零",
        "34 unanswered, 35 at E: the lowest possible has both at zero",
        without(base | {"35": {"option": "E"}}, "34"),
        watch=("34", "35"),
    )


def more_links() -> Iterator[Case]:
    """Links only work one way, and all at once where all apply."""
    base = level("discrete", "workshop", "workshop")
    yield case(
        "link-not-backwards",
        "33 选 A 不影响 32",
        "33 at A does not touch 32",
        base | {"33": {"option": "A"}},
        watch=("32", "33"),
    )
    everything = {number: {"option": "A"} for number in ("32", "34", "44", "49")}
    yield case(
        "link-all-four",
        "四处联动同时发生",
        "all four links at once",
        extreme("discrete", "workshop", best=True) | everything,
        watch=("33", "35", "45", "50"),
        claim={"total": "250.00", "workshop": "reached"},
    )


CHOICES_ROWS: tuple[tuple[str, str, Answers], ...] = (
    (
        "all",
        "三道多选题全选，各 5 分",
        {
            "96": {"options": ["A", "B", "C", "D"], "other": "备件共享平台"},
            "97": {"options": ["A", "B", "C", "D", "E"], "other": "共享工厂"},
            "99": {"options": ["B", "C", "D", "E"]},
        },
    ),
    (
        "some",
        "多选题各选一部分",
        {
            "96": {"options": ["A", "D"], "other": "备件共享平台"},
            "97": {"options": ["B", "C", "D"]},
            "99": {"options": ["B", "E"]},
        },
    ),
    (
        "none",
        "多选题声明一项也没有",
        {"96": {"none": True}, "97": {"none": True}, "99": {"none": True}},
    ),
    (
        "exclusive",
        "99 选 A（0 分）",
        {"96": {"options": ["B"]}, "97": {"options": ["A"]}, "99": {"options": ["A"]}},
    ),
    ("open", "多选题未答：可选题不影响完整性", {}),
)


def choices() -> Iterator[Case]:
    """Multiple choices: sums, none, the exclusive option; zero points that reach a tier."""
    base = level("discrete", "future_factory", "future_factory")
    rest = without(optional("discrete", "future_factory"), "96", "97", "99")
    for name, zh, answers in CHOICES_ROWS:
        yield case(
            f"multi-{name}",
            zh,
            f"multiple choice: {name}",
            base | rest | answers,
            target="future_factory",
            watch=("96", "97", "99"),
        )
    yield case(
        "optional-open",
        "可选题全部未答",
        "no optional item answered",
        base,
        target="future_factory",
        claim={"result": "future_factory"},
    )
    yield case(
        "optional-smart",
        "智能工厂八道可选题单列",
        "the eight optional items, apart",
        level("discrete", "smart_factory", "smart_factory")
        | optional("discrete", "smart_factory", "D"),
        target="smart_factory",
    )
    low = extreme("process", "workshop", best=False)
    yield case(
        "zero-points-at-tier",
        "流程型：30.2 与 38.2 的 A 为 0 分但达车间档",
        "process: option A of 30.2 and 38.2 gives no points and reaches the tier",
        low,
        profile="process",
        watch=("30.2", "38.2"),
        claim={"workshop.share_of_items": "3.45"},
    )


GATES_ROWS: tuple[tuple[str, str, Answers, str, str], ...] = (
    (
        "common-failed",
        "未按期建成投产：三级均未达",
        {"common.completion": {"pass": False}},
        "workshop",
        "not_reached",
    ),
    (
        "showcase-failed",
        "未提供展示：只影响未来工厂",
        {"future_factory.showcase": {"pass": False}},
        "future_factory",
        "not_reached",
    ),
    (
        "cmmm-two",
        "成熟度 2 级：车间与智能工厂够，未来工厂不够",
        {f"{tier}.cmmm": {"inputs": {"level": "2"}} for tier in ff.TIERS},
        "future_factory",
        "not_reached",
    ),
    (
        "cmmm-three",
        "成熟度 3 级：三级都够",
        {f"{tier}.cmmm": {"inputs": {"level": "3"}} for tier in ff.TIERS},
        "future_factory",
        "reached",
    ),
    (
        "cmmm-one",
        "成熟度 1 级：三级都不够",
        {f"{tier}.cmmm": {"inputs": {"level": "1"}} for tier in ff.TIERS},
        "workshop",
        "not_reached",
    ),
    (
        "inversion",
        "车间级门槛不符而上级全部符合：上级也不能达",
        {"workshop.prior_status": {"pass": False}},
        "smart_factory",
        "not_reached",
    ),
)


def gates() -> Iterator[Case]:
    """Gates by statement and by number, failed, missing, and one tier at a time."""
    answers = level("discrete", "future_factory", "future_factory")
    everything = gates_for("future_factory")
    for name, zh, change, tier, state in GATES_ROWS:
        yield case(
            f"gate-{name}",
            f"门槛：{zh}",
            f"gates: {name}",
            answers,
            target="future_factory",
            gates=everything | change,
            claim={tier: state},
        )
    for count in ("4", "5", "7", "8", "11", "12"):
        change = {f"{tier}.scenes": {"inputs": {"scenes": count}} for tier in ff.TIERS}
        yield case(
            f"gate-scenes-{count}",
            f"门槛：典型场景 {count} 个",
            f"gates: {count} scenes",
            answers,
            target="future_factory",
            gates=everything | change,
        )
    yield from unknown_gates(answers, everything)


def unknown_gates(answers: Answers, everything: Answers) -> Iterator[Case]:
    """Gates nobody has checked leave an outcome undecided, never reached."""
    rows = (
        ("none", (), "全部未核实"),
        ("common.authenticity", ("common.authenticity",), "真实性声明未核实"),
        ("smart_factory.scenes", ("smart_factory.scenes",), "智能工厂场景数未核实"),
        ("future_factory.showcase", ("future_factory.showcase",), "展示未核实"),
    )
    for name, missing, zh in rows:
        left = {key: gate for key, gate in everything.items() if missing and key not in missing}
        yield case(
            f"gate-unknown-{name.replace('.', '-')}",
            f"门槛：{zh}",
            f"gates unknown: {name}",
            answers,
            target="future_factory",
            gates=left,
        )
    weak = extreme("discrete", "workshop", best=False)
    yield case(
        "gate-unknown-line-missed",
        "门槛未核实但线已不达：未达",
        "gates unknown, the line missed anyway",
        weak,
        gates={},
        claim={"workshop": "not_reached"},
    )


def partials() -> Iterator[Case]:
    """Unfinished visits: what is certain already and what is not."""
    for target in ff.TIERS:
        yield case(
            f"empty-{target}",
            f"目标{NAMES[target]}：什么都没答",
            f"nothing answered, {target}",
            {},
            target=target,
            gates={},
            claim={"workshop": "undecided"},
        )
    base = level("discrete", "workshop", "workshop")
    yield case(
        "half",
        "只答了一半",
        "half answered",
        without(base, *list(base)[29:]),
        claim={"workshop": "undecided"},
    )
    far = level("discrete", "future_factory", "smart_factory")
    only = [
        item["number"]
        for item in items_for("discrete", "future_factory")
        if item["tiers"]["smart_factory"] != "required"
    ]
    yield case(
        "upper-tier-open",
        "只有未来工厂的题未答",
        "only the future factory's own items open",
        without(far, *only),
        target="future_factory",
        claim={"smart_factory": "reached"},
    )


def open_lines() -> Iterator[Case]:
    """How many open items still decide the workshop line."""
    numbers = [item["number"] for item in items_for("discrete", "workshop")]
    rich = extreme("discrete", "workshop", best=True)
    yield case(
        "sure-44",
        "44 题已达档且分数够：其余未答也已达",
        "44 items at the tier and points enough: certain",
        without(rich, *numbers[44:]),
        claim={"workshop": "reached"},
    )
    yield case(
        "open-43",
        "43 题已达档：仍未定",
        "43 items at the tier: still undecided",
        without(rich, *numbers[43:]),
        claim={"workshop": "undecided"},
    )
    low = extreme("discrete", "workshop", best=False)
    yield case(
        "sure-to-miss",
        "剩余未答题全为最高也两项都不够",
        "both readings miss whatever is still open",
        without(low, *numbers[:14]),
        claim={"workshop": "not_reached"},
    )
    yield case(
        "can-still-disagree",
        "剩余 15 题可使原始分恰为 75：未定",
        "fifteen open items can still bring 75 points",
        without(low, *numbers[:15]),
        claim={"workshop": "undecided"},
    )
