"""The Excel text of formulas: readable, quoted safely, empty where nothing can be computed."""

from __future__ import annotations

import pytest

from assessor.formulas import Column, Name, UnprintableError, parse, to_excel

CELLS = {"a": "B2", "b": "B3", "c": "'表 1'!$C$4"}


def cell_of(what: Name | Column) -> str:
    return CELLS[what.id] if isinstance(what, Name) else f"T!{what.column}2:{what.column}9"


@pytest.mark.parametrize(
    ("formula", "excel"),
    [
        ("1 + 2", "1+2"),
        ("a", 'IF(B2="","",B2)'),
        ("a + c", "IF(COUNT(B2,'表 1'!$C$4)<2,\"\",B2+'表 1'!$C$4)"),
        ("a / b", 'IFERROR(IF(COUNT(B2,B3)<2,"",B2/B3),"")'),
        ("a / 4", 'IF(COUNT(B2)<1,"",B2/4)'),
        ("a - (b - -1)", 'IF(COUNT(B2,B3)<2,"",B2-(B3-(-1)))'),
        ("round(a / 3, 2)", 'IF(COUNT(B2)<1,"",ROUND(ROUND(B2/3,9),2))'),
        ("a * 2 >= b", 'IF(COUNT(B2,B3)<2,"",ROUND(B2*2,9)>=B3)'),
        (
            'pick(a, "A", 0, "B", 1.67)',
            'IFERROR(IF(B2="","",IF(B2="A",0,IF(B2="B",1.67,NA()))),"")',
        ),
        ('pick(a, "1", 0, 5)', 'IF(B2="","",IF(B2&""="1",0,5))'),
        ("if(is_blank(a), 0, b)", 'IFERROR(IF(B2="",0,IF(ISNUMBER(B3),B3,NA())),"")'),
        ("if(a > 1, b, b + 1)", 'IF(COUNT(B2,B3)<2,"",IF(B2>1,B3,B3+1))'),
        ("a >= 1 and a < 5", 'IF(COUNT(B2)<1,"",AND(B2>=1,B2<5))'),
        ("sum_known(a, b)", "SUM(B2,B3)"),
        ("count_known(a, b)", "COUNT(B2,B3)"),
        ("sum(t.A)", "SUM(T!A2:A9)"),
        ('countif(t.A, "x""y")', 'SUMPRODUCT(--(T!A2:A9="x""y"))'),
        ('a = "=1+1"', 'IF(B2="","",B2="=1+1")'),
    ],
)
def test_formulas_are_printed_readably(formula: str, excel: str) -> None:
    assert to_excel(parse(formula), cell_of) == excel


def test_a_formula_excel_would_refuse_is_refused_here() -> None:
    long = "sum(" + ",".join(["a"] * 240) + ")"
    with pytest.raises(UnprintableError, match="8000"):
        to_excel(parse(f"{long} + {long}"), lambda _: "'工作表 名称 很 长'!$AAA$1000")
    deep = "a"
    for _ in range(21):
        deep = f'pick(a, "A", 1, "B", 2, "C", {deep})'
    with pytest.raises(UnprintableError, match="60"):
        to_excel(parse(deep), cell_of)
