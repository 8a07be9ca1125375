"""Calibration: a gold set answered question by question, then laid beside the experts' answers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import TypeAdapter
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from assessor.analysis.calibration import GoldCase, GoldItem, Marked
from assessor.assessment import Answer, Calibration
from assessor.ui.dialogs import files
from assessor.ui.navigation import Context, Page
from assessor.ui.theme.sizes import M
from assessor.ui.views.calibrate_question import QuestionView
from assessor.ui.views.calibrate_result import ResultView
from assessor.ui.views.calibrate_side import CalibrateSide
from assessor.ui.widgets import Button, EmptyState, PrimaryButton, Rule, label, marked, row
from assessor.workspace.calibration import (
    GoldFile,
    bundled_sets,
    keep_result,
    kept_results,
    read_gold,
    result_of,
)
from assessor.workspace.calibration import marked as marked_answers
from assessor.workspace.identity import own_keys

_GIVEN = TypeAdapter(dict[str, dict[str, Answer]])
Reached = tuple[Calibration, Marked, tuple[Calibration, ...]]


def build(context: Context) -> Page:
    """Make the page."""
    return CalibratePage(context)


class CalibratePage(Page):
    """Sets and results at the left; one question, or the result, in the middle."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        marked(self, "ground")
        self._context = context
        theme, words = context.theme, context.words
        self.found: GoldFile | None = None
        self.given: dict[str, dict[str, Answer]] = {}
        self.at = 0
        self.over = False
        self._sets = {str(path): path.stem for path in bundled_sets()}
        self._chosen = ""
        self.side = CalibrateSide(theme, words)
        self.question = QuestionView(theme, words)
        self.result = ResultView(theme, words)
        self.back = Button(theme, words.tr("ui_calibrate.back"), "arrow-left")
        self.next = PrimaryButton(theme, words.tr("ui_calibrate.next"), "arrow-right")
        self.counter = label("", "muted")
        self.stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self.choose(next(iter(self._sets), ""))
        context.tasks.start(lambda _: kept_results(), done=self.side.show_results, owner=self)

    def show_place(self, **where: str) -> None:
        """Go on where the page was left: the same set, answers, name and question."""
        given = where.get("given", "")
        if given:
            self.given = _GIVEN.validate_json(given)
        self.at = int(where.get("at", "0"))
        self.side.who.set_text(where.get("who", ""))
        if where.get("set"):
            self.choose(where["set"], anew=False)

    def place(self) -> Mapping[str, str]:
        """The set, the question, who answers and what was answered."""
        given = _GIVEN.dump_json(self.given, exclude_defaults=True).decode()
        who = self.side.who.text()
        return {"set": self._chosen, "at": str(self.at), "who": who, "given": given}

    def choose(self, path: str, *, anew: bool = True) -> None:
        """Begin a set; `anew` forgets what was answered to another."""
        if not path:
            return
        if anew:
            self.given, self.at = {}, 0
        self._chosen, self.over = path, False
        self._sets.setdefault(path, Path(path).name)
        self.side.offer(self._sets, path)
        self._context.tasks.start(lambda _: read_gold(Path(path)), done=self._on_read, owner=self)

    def choose_file(self) -> None:
        """Ask for the file of a set and begin it."""
        path = files.ask_gold(self, self._context.words)
        if path is not None:
            self.choose(str(path))

    def compare(self) -> None:
        """Lay the answers beside the experts' and keep how far they agree."""
        found, given = self.found, self.given
        if found is None:
            return
        self.side.who.flush()
        who = self.side.who.text()

        def work(_: object) -> Reached:
            result, keys = marked_answers(found, given), own_keys()
            reached = result_of(found, result, who, keys)
            return reached, result, keep_result(reached, keys)

        self._context.tasks.start(work, done=self._on_reached, owner=self)

    def step(self, by: int) -> None:
        """Go to the next or previous question."""
        questions = self._questions()
        if questions:
            self.at = min(max(self.at + by, 0), len(questions) - 1)
            self._show()

    # --- inside -----------------------------------------------------------------------------------

    def _questions(self) -> list[tuple[GoldCase, GoldItem]]:
        return list(self.found.gold.questions) if self.found is not None else []

    def _on_read(self, found: GoldFile) -> None:
        self.found = found
        self._sets[self._chosen] = self._context.words.pick(found.gold.title)
        self.side.offer(self._sets, self._chosen)
        self.side.show_set(found)
        self.at = min(self.at, len(self._questions()) - 1)
        self._show()

    def _show(self) -> None:
        questions = self._questions()
        if not questions or self.found is None:
            return
        case, item = questions[self.at]
        criterion = self.found.loaded.rubric.criterion_by_id[item.criterion]
        answer = self.given.get(case.id, {}).get(item.criterion)
        self.question.show_question(case, item, criterion, answer)
        self.stack.setCurrentIndex(1)
        self._show_progress()

    def _show_progress(self) -> None:
        questions = self._questions()
        done = sum(item.criterion in self.given.get(case.id, {}) for case, item in questions)
        self.side.show_progress(done, len(questions), over=self.over)
        self.counter.setText(f"{self.at + 1} / {len(questions)}")
        self.back.setEnabled(self.at > 0)
        self.next.setEnabled(self.at < len(questions) - 1)

    def _on_answered(self, answer: Answer | None) -> None:
        case, item = self._questions()[self.at]
        answers = self.given.setdefault(case.id, {})
        if answer is None:
            answers.pop(item.criterion, None)
        else:
            answers[item.criterion] = answer
        self._show_progress()

    def _on_reached(self, reached: Reached) -> None:
        calibration, result, results = reached
        self.over = True
        self.side.show_results(results)
        self._show_progress()
        self.result.show_result(calibration, result)
        self.stack.setCurrentIndex(2)

    def _connect(self) -> None:
        self.side.set_chosen.connect(self.choose)
        self.side.file_asked.connect(self.choose_file)
        self.side.compare_asked.connect(self.compare)
        self.question.answered.connect(self._on_answered)
        self.back.clicked.connect(lambda *_: self.step(-1))
        self.next.clicked.connect(lambda *_: self.step(1))

    def _lay_out(self) -> None:
        theme, tr = self._context.theme, self._context.words.tr
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.side)
        across.addWidget(Rule(upright=True))
        across.addWidget(self.stack, 1)
        asking = QWidget()
        column = QVBoxLayout(asking)
        column.setContentsMargins(0, 0, 0, theme.px(M))
        column.addWidget(self.question, 1)
        foot = row(theme, self.back, self.counter, self.next, stretch=True)
        foot.setContentsMargins(theme.px(M), 0, theme.px(M), 0)
        column.addLayout(foot)
        self.stack.addWidget(EmptyState(theme, "ruler", tr("ui_calibrate.nothing")))
        self.stack.addWidget(asking)
        self.stack.addWidget(self.result)
