"""A ledger answers the items that are measured by it alone."""

from __future__ import annotations

from pathlib import Path

from assessor.assessment import Answer, Enterprise, Visit
from assessor.commands.answers import set_answer
from assessor.workspace.ledger import import_table
from assessor.workspace.visits import new_visit, opened
from tests.strategies.visits import shipped

HEADER = "name,quantity,key,nc_quantity,online_quantity,required_points,auto_points\n"
RATES = ("a1-key-equipment-nc-rate", "a2-equipment-network-rate", "a3-field-data-capture-rate")


def visit_with(tmp_path: Path, rows: str) -> tuple[Path, Path]:
    ledger = tmp_path / "ledger.csv"
    ledger.write_text(HEADER + rows, encoding="utf-8")
    path = tmp_path / "visit.assessment"
    return new_visit(path, shipped("digital_workshop"), Enterprise(name="示例"), Visit()), ledger


def test_the_three_rates_are_answered_and_counted(tmp_path: Path) -> None:
    path, ledger = visit_with(tmp_path, "车床,10,yes,7,4,20,18\n镗床,10,no,0,4,20,18\n")
    with opened(path) as visit:
        import_table(visit, ledger)
        card = visit.score()
        results = [item.result for name in RATES if (item := card.item(name))]
        assert [format(result, "f") for result in results if result] == ["70.00", "40.00", "90.00"]
        # 70 % of key equipment is worth 0.7 of 7 points, 40 % online 0.5 of 5, 90 % data 0.7 of 6.
        points = [item.points for name in RATES if (item := card.item(name))]
        assert [format(p, "f") for p in points if p is not None] == [
            "4.900000",
            "2.500000",
            "4.200000",
        ]


def test_an_answer_that_is_there_stays(tmp_path: Path) -> None:
    path, ledger = visit_with(tmp_path, "车床,10,yes,7,4,20,18\n")
    typed = Answer.model_validate({"inputs": {"online": "3", "total": "10"}})
    with opened(path) as visit:
        visit.do(set_answer(RATES[1], typed))
        import_table(visit, ledger)
        assert visit.assessment.answers[RATES[1]] == typed
        assert visit.assessment.answers[RATES[0]] == Answer(inputs={})


def test_it_is_one_step(tmp_path: Path) -> None:
    path, ledger = visit_with(tmp_path, "车床,10,yes,7,4,20,18\n")
    with opened(path) as visit:
        before = len(list(visit.file.history()))
        import_table(visit, ledger)
        assert len(list(visit.file.history())) == before + 1
