"""What is seen on the way through a visit beside the bare screens: steps, dialogs, work done.

Each scene leads a tour there, yields the widget to be looked at, and takes away what it opened.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QDialog, QWidget

from assessor.analysis.panel import levels_of
from assessor.assessment import Annotation, Answer
from assessor.commands.answers import set_answers
from assessor.ui.dialogs.annotate import AnnotateDialog
from assessor.ui.dialogs.blank_form import BlankForm
from assessor.ui.dialogs.history import HistoryDialog
from assessor.ui.dialogs.ledger_import import ImportDialog
from assessor.ui.dialogs.shortcuts import ShortcutSheet
from assessor.ui.dialogs.viewer import ViewerDialog
from assessor.ui.views.calibrate import CalibratePage
from assessor.ui.views.evidence import EvidencePage
from assessor.ui.views.new_visit.draft import Member
from assessor.ui.views.panel_desk import PanelDesk
from assessor.ui.views.start import StartPage
from assessor.ui.visit_bridge import VisitBridge
from assessor.workspace.attaching import changing as changing_evidence
from assessor.workspace.finding_edits import changing as changing_finding
from assessor.workspace.ledger_import import foreign_tables
from assessor.workspace.samples import sample_called
from assessor.workspace.sign_off import Declaration, Drawing, sign
from assessor.workspace.visits import opened
from tests.ui.tour import FACTORY, WORKSHOP, Tour

MARKS = (
    {"kind": "rectangle", "x1": "0.52", "y1": "0.36", "x2": "0.725", "y2": "0.83"},
    {"kind": "arrow", "x1": "0.85", "y1": "0.93", "x2": "0.73", "y2": "0.8"},
    {"kind": "text", "x1": "0.8", "y1": "0.9", "x2": "0.8", "y2": "0.9", "text": "待料停机"},
)
WRONG_CODE, RIGHT_CODE = "913302260000010A56", "913302260000010A55"
MEMBERS = (
    Member(name="陆核明", role="leader"),
    Member(name="沈评安"),
    Member(name="周观察", role="observer"),
)


def new_visit(tour: Tour) -> Iterator[tuple[str, QWidget]]:
    """The steps of planning a visit, filled in."""
    tour.leave()
    tour.window.go("start", action="new")
    tour.settle()
    page = tour.window.shell.page
    assert isinstance(page, StartPage)
    assert page.new_visit is not None
    plan = page.new_visit
    plan.draft = plan.draft.with_(
        name="宁波甬示精密模具有限公司",
        credit_code=WRONG_CODE,
        industry_code="3525",
        district="宁海县",
        date_from=date(2026, 3, 16),
        date_to=date(2026, 3, 17),
        members=MEMBERS,
        folder=str(tour.visits[FACTORY].parent),
    )
    for step, name in enumerate(("gates", "enterprise", "visit"), 1):
        plan.show_step(step)
        tour.settle()
        yield f"new-visit-{name}", tour.window
        if name == "enterprise":
            plan.draft = plan.draft.with_(credit_code=RIGHT_CODE)
    tour.window.go("start")


def rubrics(tour: Tour) -> Iterator[tuple[str, QWidget]]:
    """What is said of a rubric beside its text."""
    tour.leave()
    for tab in ("checks", "versions", "edit"):
        tour.window.go("rubrics", rubric="nb.digital_workshop", tab=tab)
        tour.settle()
        yield f"rubric-{tab}", tour.window


def dialogs(tour: Tour) -> Iterator[tuple[str, QWidget]]:
    """The blank form and the sheet of keys."""
    tour.leave()
    context = tour.window.shell.context
    form = BlankForm(context, None, tour.window)
    form.fit()
    with standing(tour, form):
        yield "dialog-blank-form", form
    keys = ShortcutSheet(context.theme, context.words, tour.window)
    with standing(tour, keys):
        yield "dialog-shortcuts", keys


def evidence(tour: Tour) -> Iterator[tuple[str, QWidget]]:
    """A chosen piece, large, and with marks."""
    visit = arrive(tour, FACTORY)
    marks = tuple(Annotation.model_validate(mark) for mark in MARKS)
    visit.post(changing_evidence(["e1"], annotations=marks))
    tour.settle()
    tour.window.go("evidence", item="e1")
    tour.settle()
    yield "evidence-chosen", tour.window
    page = tour.window.shell.page
    assert isinstance(page, EvidencePage)
    (item,) = page.chosen()
    viewer = ViewerDialog(page.desk, [item], item.id, lambda _: None, page)
    with standing(tour, viewer):
        yield "dialog-viewer", viewer
    drawing = AnnotateDialog(page.desk, item, page)
    with standing(tour, drawing):
        yield "dialog-marks", drawing


def ledger(tour: Tour) -> Iterator[tuple[str, QWidget]]:
    """Columns of a file matched with those of the table."""
    table = arrive(tour, WORKSHOP).loaded.rubric.tables[0]
    source = sample_called(WORKSHOP).file("ledger.csv")
    assert source is not None
    tables = foreign_tables(source, table)
    dialog = ImportDialog(tour.window.shell.context, table, tables, True, tour.window)
    with standing(tour, dialog):
        yield "dialog-ledger-import", dialog


def findings(tour: Tour) -> Iterator[tuple[str, QWidget]]:
    """A finding put right, before and after beside each other; the steps that led there."""
    visit = arrive(tour, WORKSHOP)
    visit.post(changing_finding("f2", state="verified", recheck=("e2",)))
    tour.settle()
    tour.window.go("findings", finding="f2")
    tour.settle()
    yield "finding-open", tour.window
    history = HistoryDialog(tour.window.shell.context, visit, tour.window)
    with standing(tour, history):
        history.table.selectRow(0)
        yield "dialog-history", history


def review(tour: Tour) -> Iterator[tuple[str, QWidget]]:
    """A figure explained down to its inputs."""
    arrive(tour, WORKSHOP)
    tour.window.go("review", explain="a1-key-equipment-nc-rate")
    tour.settle()
    yield "review-explained", tour.window
    for view in ("path", "robust"):
        tour.window.go("review", view=view)
        tour.settle()
        yield f"review-{view}", tour.window


def panel(tour: Tour) -> Iterator[tuple[str, QWidget]]:
    """Another expert's file beside one's own."""
    visit = arrive(tour, WORKSHOP)
    assert visit.latest is not None
    record, rubric = visit.latest.assessment, visit.loaded.rubric
    others = {
        key: answer.model_copy(update={"option": levels_of(rubric.criterion_by_id[key])[0]})
        for key, answer in list(record.answers.items())[4:9]
        if answer.option and rubric.criterion_by_id[key].rule.kind == "levels"
    }
    path = tour.visits[WORKSHOP]
    copy = path.with_name("沈评安.assessment")
    shutil.copy(path, copy)
    low, *_ = levels_of(rubric.criterion_by_id["d6-safety-control"])
    more = {"d6-safety-control": Answer(option=low, note="看了风险分区图")}
    with opened(copy) as made:
        made.do(set_answers({**others, **more}))
    tour.window.go("panel")
    tour.settle()
    PanelDesk.of(tour.window.shell.context, visit).bring([copy])
    tour.settle()
    yield "panel-files", tour.window
    tour.window.go("panel", standing="agreement")
    tour.settle()
    yield "panel-agreement", tour.window


def compare(tour: Tour) -> Iterator[tuple[str, QWidget]]:
    """The enterprise's own answers beside the verified ones."""
    arrive(tour, WORKSHOP)
    tour.window.go("compare", basis="own")
    tour.settle()
    yield "compare-own", tour.window


def calibrate(tour: Tour) -> Iterator[tuple[str, QWidget]]:
    """A question of a gold set, and how far the answers agree with the experts'."""
    tour.window.go("calibrate")
    tour.settle()
    page = tour.window.shell.page
    assert isinstance(page, CalibratePage)
    assert page.found is not None
    for case, item in page.found.gold.questions:
        page.given.setdefault(case.id, {})[item.criterion] = item.answer
    low = Answer(option="L1")
    page.given["gear"]["c4-traceability"] = low
    page.given["moulding"]["c2-execution-control"] = low
    page.step(1)
    tour.settle()
    yield "calibrate", tour.window
    page.side.who.setText("沈评安")
    page.compare()
    tour.settle()
    yield "calibrate-compared", tour.window


def signed(tour: Tour) -> Iterator[tuple[str, QWidget]]:
    """A signed record, read-only."""
    visit = arrive(tour, FACTORY)
    drawing = signature()
    assert visit.latest is not None
    leader = visit.latest.assessment.visit.panel[0].name
    done = sign(Declaration(leader, "组长", "评分依据现场核查所得，如实反映所见所闻。", drawing))
    visit.post(done.make_edit, done.sources)
    tour.settle()
    tour.window.go("sign_off")
    tour.settle()
    yield "sign-off-signed", tour.window


SCENES: tuple[Callable[[Tour], Iterator[tuple[str, QWidget]]], ...] = (
    new_visit,
    rubrics,
    dialogs,
    evidence,
    ledger,
    findings,
    review,
    panel,
    compare,
    calibrate,
    signed,
)
"""In the order of a visit; `signed` comes last: nothing can be changed after it."""


def scenes(tour: Tour) -> Iterator[tuple[str, QWidget]]:
    """Lead through all of them."""
    for scene in SCENES:
        yield from scene(tour)
    tour.leave()


def arrive(tour: Tour, name: str) -> VisitBridge:
    """Open a sample's visit."""
    tour.open(name)
    assert tour.window.visit is not None
    return tour.window.visit


@contextmanager
def standing(tour: Tour, dialog: QDialog) -> Iterator[None]:
    """Show a dialog as long as it is looked at."""
    dialog.show()
    tour.settle()
    try:
        yield
    finally:
        dialog.close()
        dialog.deleteLater()


def signature() -> Drawing:
    """Return a line that looks as if somebody had signed."""
    width, height = 480, 160
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(QColor("white"))
    path = QPainterPath(QPointF(40, 110))
    for at in range(7):
        x = 40 + at * 56
        path.cubicTo(x + 10, 20, x + 30, 10 + 12 * (at % 3), x + 24, 90)
        path.cubicTo(x + 20, 140, x + 44, 120, x + 56, 96 - 8 * (at % 2))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor("#1b2430"), 4))
    painter.drawPath(path)
    painter.end()
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return Drawing(bytes(store.data()), width, height)
