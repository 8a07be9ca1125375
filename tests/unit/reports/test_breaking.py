"""Chinese line breaking, swept over hundreds of widths."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.reports.typeset.classes import CLOSING, OPENING, printable
from assessor.reports.typeset.fonts import load_typeface
from assessor.reports.typeset.paragraph import Setting, Stretch
from assessor.reports.typeset.pen import Look

SIZE = 9.5
SAMPLES = (
    "关键设备联网率达到92.30%（按GB/T 37393-2019计算），其中数控化率≥75 %；“数字化车间”评定线为"
    "75分，差4题。质量在线检测覆盖全部关键工序……详见《智能制造能力成熟度评估方法》第3.2节：设备、物料、人员"
    "“一物一码”。——结论：达到“智能工厂”（L3）要求！",
    "企业采用MES/ERP/WMS集成，OPC UA与MQTT协议，能耗降低12.5 kWh/t；抽查 3 件最长 6 分钟"
    "（2026年11月20日）。统一社会信用代码 91330200MA2XXXXX0X，校验通过？是。",
    "The workshop's equipment (numerically controlled: 75 %) is networked; see clause 4.2, “Data”.",
    "罕见字𬭎、𠮷，（（嵌套）），“‘引’”；：。",
)
NUMBERS = re.compile(r"[≥≤]?\d[\d.]*\s?(?:%|分钟|分|题|件|kWh)|[A-Za-z]{2,}|\d{4}年")


def broken(text: str, width: float) -> list[str]:
    setting = Setting(text, Look(SIZE, 15.0, align="justify"), load_typeface())
    return [text[line.start : line.end] for line in setting.lines(width)]


@pytest.mark.parametrize("text", SAMPLES)
def test_no_width_breaks_a_rule_of_chinese_setting(text: str) -> None:
    setting = Setting(text, Look(SIZE, 15.0), load_typeface())
    for width in range(80, 520):
        lines = setting.lines(width)
        words = [text[line.start : line.end] for line in lines]
        assert not [w for w in words[1:] if w[0] in CLOSING], (width, words)
        assert not [w for w in words if w[-1] in OPENING], (width, words)
        assert max(line.width for line in lines) <= width + 0.01, width
        assert all(not text[a.end : b.start].strip() for a, b in pairwise(lines)), width
        assert (lines[0].start, lines[-1].end) == (0, len(text))


@pytest.mark.parametrize("text", SAMPLES)
def test_numbers_keep_their_units_and_words_stay_whole(text: str) -> None:
    setting = Setting(text, Look(SIZE, 15.0), load_typeface())
    kept = [match.span() for match in NUMBERS.finditer(text)]
    for width in range(140, 520):
        ends = {line.end for line in setting.lines(width)}
        assert not [text[a:b] for a, b in kept for end in ends if a < end < b], width


def test_a_word_longer_than_the_line_is_broken_but_complete() -> None:
    assert broken("x" * 100, 60) == ["x" * 12] * 8 + ["x" * 4]


def test_a_line_feed_begins_a_new_line_and_an_empty_one_stays() -> None:
    assert broken("一\n\n二", 300) == ["一", "", "二"]


def test_two_full_width_marks_take_the_room_of_one_and_a_half() -> None:
    pair = Setting("中）。文", Look(SIZE), load_typeface()).natural_width()
    assert pair == pytest.approx(SIZE * 3.5)


def test_latin_letters_stand_a_little_apart_from_ideographs() -> None:
    typeface = load_typeface()
    together = Setting("中A", Look(SIZE), typeface).natural_width()
    alone = sum(Setting(part, Look(SIZE), typeface).natural_width() for part in "中A")
    assert together - alone == pytest.approx(0.16 * SIZE)


def test_a_label_is_never_broken() -> None:
    runs = [
        Stretch("权重与评定线的依据 "),
        Stretch("派生 非主管部门", label=("#000000", "#FFFFFF")),
    ]
    setting = Setting(runs, Look(SIZE), load_typeface())
    start = setting.text.index("派生")
    for width in range(100, 300):
        lines = setting.lines(width)
        assert not [line for line in lines if start < line.end < len(setting.text.rstrip())], width


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60), st.floats(20, 300))
def test_any_text_at_all_is_set_completely(text: str, width: float) -> None:
    setting = Setting(text, Look(SIZE), load_typeface())
    lines = setting.lines(width)
    shown = "".join("".join(setting.text[x.start : x.end].split()) for x in lines)
    assert shown == "".join(printable(text).split())
    assert all(a.end <= b.start for a, b in pairwise(lines))
