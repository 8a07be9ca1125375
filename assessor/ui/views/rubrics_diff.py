"""The differences between two rubrics as text to be read."""

from __future__ import annotations

from decimal import Decimal
from html import escape

from assessor.analysis.rubric_diff import Detail, PartChange, RubricDiff
from assessor.i18n import Localized
from assessor.ui.theme import Theme
from assessor.ui.words import Words

_MARKS = {"added": "+", "removed": "−", "changed": "≠"}
_ROLES = {"added": "good", "removed": "bad", "changed": "caution"}


class DiffText:
    """Words differences in one language and look."""

    def __init__(self, theme: Theme, words: Words) -> None:
        self._theme, self._words = theme, words

    def summary(self, diff: RubricDiff) -> str:
        """Return how much differs, in a sentence."""
        counts = {how: sum(one.how == how for one in diff.changes) for how in _MARKS}
        key = "compare_summary" if diff.changes else "compare_equal"
        versions = {"before": diff.before, "after": diff.after}
        return self._words.tr(f"ui_rubric.{key}", **versions, **counts)

    def html(self, diff: RubricDiff) -> str:
        """Return every difference."""
        return "".join(map(self._change, diff.changes))

    def _change(self, change: PartChange) -> str:
        colours = self._theme.palette.colours()
        kind = self._words.tr(f"ui_rubric.part_{change.kind}")
        how = self._words.tr(f"ui_rubric.how_{change.how}")
        head = (
            f'<p><span style="color:{colours[_ROLES[change.how]]}"><b>{_MARKS[change.how]} '
            f"{escape(how)}</b></span> {escape(kind)} <b>{escape(self._said(change.title))}</b> "
            f'<span style="color:{colours["muted"]}">{escape(change.id)}</span></p>'
        )
        dot = '<td width="16" align="center">•</td>'
        details = "".join(f"<tr>{dot}<td>{self._detail(one)}</td></tr>" for one in change.details)
        table = f'<table cellspacing="0" cellpadding="2">{details}</table>'
        return head + table if details else head

    def _detail(self, detail: Detail) -> str:
        aspect = self._words.tr(f"ui_rubric.aspect_{detail.aspect}")
        subject = f" {detail.subject}" if detail.subject else ""
        if detail.before is None and detail.after is None:
            return escape(aspect + subject)
        before, after = (self._said(side) for side in (detail.before, detail.after))
        return f"{escape(aspect + subject)}: {escape(before)} → <b>{escape(after)}</b>"

    def _said(self, side: Localized | Decimal | str | None) -> str:
        if side is None:
            return self._words.tr("ui_rubric.nothing")
        if isinstance(side, Decimal):
            return self._words.number(side)
        return side if isinstance(side, str) else self._words.pick(side)
