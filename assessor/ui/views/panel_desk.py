"""The other experts' files of an open visit: read beside the window, kept as long as the visit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import get_args

from PySide6.QtCore import QObject, Signal

from assessor.analysis.panel import Comparison, Opinion
from assessor.assessment import Answer, Assessment, Calibration, PanelMember
from assessor.errors import AssessorError
from assessor.i18n import message
from assessor.rubrics.models import Rubric
from assessor.ui.bridge import Bridge
from assessor.ui.navigation import Context
from assessor.ui.tasks import Monitor, Tasks
from assessor.ui.visit_bridge import VisitBridge
from assessor.workspace.calibration import fitting, kept_results, noted
from assessor.workspace.live import Published
from assessor.workspace.panel import Outlook, former_opinions, outlook
from assessor.workspace.panel_edits import Posting, Rule, decide, merge_files
from assessor.workspace.panel_files import Brought, bring_in, own_member

_MAY_SETTLE = frozenset({"panel.merged", *(f"panel.decided_{rule}" for rule in get_args(Rule))})
_TAKEN_BACK = frozenset({"session.undone", "session.redone"})


class PanelDesk(QObject):
    """Brings files in, and posts what the panel makes of them.

    Signals: `changed()` when files came or went or were given to somebody else.
    """

    changed = Signal()

    def __init__(self, context: Context, visit: VisitBridge) -> None:
        super().__init__(visit)
        self._tasks: Tasks = context.tasks
        self._bridge: Bridge = context.bridge
        self._visit = visit
        self._unnamed = context.settings.value.author or context.words.tr("ui_panel.own")
        self._own_id = ""
        self._known: tuple[Assessment, PanelMember, tuple[Brought, ...]] | None = None
        self._outlook: Outlook | None = None
        self._former: Mapping[str, Answer] = {}
        self.others: tuple[Brought, ...] = ()
        self.reading = False
        visit.published.connect(self._on_published)
        self._read_former()

    @staticmethod
    def of(context: Context, visit: VisitBridge) -> PanelDesk:
        """Return the desk of a visit, made when it is first asked for."""
        known = visit.findChild(PanelDesk)
        return PanelDesk(context, visit) if known is None else known

    @property
    def record(self) -> Assessment:
        """The visit's own record; raises `RuntimeError` before one was published."""
        if self._visit.latest is None:
            raise RuntimeError("nothing was published yet")
        return self._visit.latest.assessment

    @property
    def rubric(self) -> Rubric:
        """What the visit is scored with."""
        return self._visit.loaded.rubric

    @property
    def alone(self) -> bool:
        """Whether there is nobody to compare with: no files, and no opinions kept before."""
        return not self.others and not self.record.opinions.keys() - {self.own.id}

    @property
    def signed(self) -> bool:
        """Whether the record was signed: nothing more can be merged or decided then."""
        return bool(self.record.sign_offs)

    @property
    def own(self) -> PanelMember:
        """Whose opinion the record itself is."""
        chosen = [member for member in self.record.visit.panel if member.id == self._own_id]
        return chosen[0] if chosen else own_member(self.record, self._unnamed)

    @property
    def experts(self) -> tuple[PanelMember, ...]:
        """Everybody with an opinion, oneself first, then those of whom only answers are left."""
        present = [self.own, *(brought.member for brought in self.others)]
        known = {member.id for member in present}
        quoted = {answer.by for answer in self.record.answers.values() if answer.by}
        quoted |= self.record.opinions.keys()
        quoted -= known
        present += [member for member in self.record.visit.panel if member.id in quoted]
        return tuple(present)

    def outlook(self) -> Outlook:
        """Return how the files compare with the record as they are now."""
        now = (self.record, self.own, self.others)
        if self._outlook is None or self._known != now:
            self._outlook, self._known = outlook(self.rubric, *now, self._former), now
        return self._outlook

    def choices(self, brought: Brought | None = None) -> dict[str, str]:
        """Return to whom a file may belong, by id: the panel, and whom it was read as."""
        members = [member for member in self.record.visit.panel if member.role != "observer"]
        members.append(self.own if brought is None else brought.member)
        return {member.id: member.name for member in members}

    def bring(self, paths: Sequence[Path]) -> None:
        """Read files; one that does not fit is refused in words, the others come in."""
        if self.reading or not paths:
            return
        record, others = self.record, self.others
        self.reading = True
        self.changed.emit()

        def work(monitor: Monitor) -> tuple[list[Brought], list[AssessorError]]:
            found: list[Brought] = []
            errors: list[AssessorError] = []
            for number, path in enumerate(paths):
                monitor.step(number, len(paths))
                try:
                    found.append(bring_in(path, record, [*others, *found]))
                except AssessorError as error:
                    errors.append(error)
            return found, errors

        task = self._tasks.start(work, self._on_read, owner=self)
        if task.over:
            self._end_reading()
        else:
            task.ended.connect(self._end_reading)

    def remove(self, path: Path) -> None:
        """Put a file away again; what was taken from it stays."""
        self.others = tuple(brought for brought in self.others if brought.path != path)
        self.changed.emit()

    def assign(self, path: Path, member_id: str) -> None:
        """Say whose file it is; two files never belong to one expert."""
        member = self._member(member_id)
        taken = {self.own.id, *(one.member.id for one in self.others if one.path != path)}
        if member is not None and member.id not in taken:
            self.others = tuple(
                replace(one, member=member) if one.path == path else one for one in self.others
            )
        self.changed.emit()

    def be(self, member_id: str) -> None:
        """Say whose opinion the record itself is."""
        if all(brought.member.id != member_id for brought in self.others):
            self._own_id = member_id
        self.changed.emit()

    def merge(self) -> None:
        """Take over everything nobody disputes."""
        self._post(merge_files(self.record, self.own, self.others))

    def decide(self, comparison: Comparison, chosen: Opinion, rule: Rule) -> None:
        """Make an opinion the panel's answer."""
        posting = decide(self.record, comparison, chosen, rule, self.own, self.others)
        self._post(posting)

    def note_calibrations(self) -> None:
        """Write the results of this installation that count for the visit into it."""
        record = self.record
        self._tasks.start(
            lambda _: fitting(record, kept_results()), self._on_calibrations, owner=self
        )

    def _on_calibrations(self, results: tuple[Calibration, ...]) -> None:
        if noted(self.record, results) is None:
            self._bridge.say(message("calibration.nothing_to_note"), "caution")
        else:
            self._visit.post(lambda now: noted(now, results))

    def _on_published(self, published: Published) -> None:
        told = published.description
        if told is not None and told.key in _MAY_SETTLE | _TAKEN_BACK:
            self._read_former()

    def _read_former(self) -> None:
        self._visit.run(
            lambda visit: former_opinions(visit.file.history()), self._on_former, owner=self
        )

    def _on_former(self, former: Mapping[str, Answer]) -> None:
        if former != self._former:
            self._former, self._outlook = former, None
            self.changed.emit()

    def _post(self, posting: Posting) -> None:
        self._visit.post(posting.make_edit, posting.sources)

    def _member(self, member_id: str) -> PanelMember | None:
        everybody = (*self.record.visit.panel, *(one.member for one in self.others))
        return next((member for member in everybody if member.id == member_id), None)

    def _on_read(self, result: tuple[list[Brought], list[AssessorError]]) -> None:
        found, errors = result
        self.others = (*self.others, *found)
        for error in errors:
            self._bridge.complain(error)

    def _end_reading(self) -> None:
        self.reading = False
        self.changed.emit()
