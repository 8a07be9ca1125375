"""Step 3: the enterprise."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor.rubrics.body import BodyField
from assessor.rubrics.models import Rubric
from assessor.ui.navigation import Context
from assessor.ui.views.new_visit.credit_field import CreditField
from assessor.ui.views.new_visit.draft import Draft
from assessor.ui.views.new_visit.forms import Step, head_of, set_shown, side_by_side, under
from assessor.ui.views.new_visit.industry_field import IndustryField
from assessor.ui.widgets import ChoiceField, LineField

_HEADS: dict[BodyField, tuple[str, ...]] = {
    "credit_code": ("credit_code",),
    "industry_code": ("industry",),
    "district": ("district",),
    "cluster": ("cluster",),
    "address": ("address",),
    "contact": ("contact_name", "contact_phone"),
}


class EnterpriseStep(Step):
    """Name, code, industry, place and a person to reach."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        theme, words = self.theme, self.words
        self.lines = {
            field: self.line(f"ui_new.{field}", field)
            for field in ("name", "address", "contact_name", "contact_phone")
        }
        self.credit = CreditField(theme, words)
        self.credit.code_edited.connect(lambda code: self.tell(credit_code=code))
        self.industry = IndustryField(theme, words)
        self.industry.code_chosen.connect(lambda code: self.tell(industry_code=code))
        self.district = ChoiceField(theme, words.tr("ui_new.district"))
        self.district.key_chosen.connect(lambda key: self.tell(district=key))
        self.cluster = ChoiceField(theme, words.tr("ui_new.cluster"))
        self.cluster.key_chosen.connect(lambda key: self.tell(cluster=key))
        for field in (self.district, self.cluster):
            field.setSizeAdjustPolicy(
                ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
        self._arrange()

    def show_draft(self, draft: Draft) -> None:
        """Show what is known of the enterprise."""
        for field, line in self.lines.items():
            line.set_text(getattr(draft, field))
        self.credit.set_code(draft.credit_code)
        self.industry.blockSignals(True)
        self.industry.set_code(draft.industry_code)
        self.industry.blockSignals(False)
        self._show_choices(draft)

    def show_body(self, rubric: Rubric) -> None:
        """Ask for what the assessed body has, under the names the rubric gives."""
        words, body = self.words, rubric.body
        wanted = words.tr("ui_new.name_wanted")
        if body is not None:
            wanted = words.tr("form.name_wanted", body=body.name)
        head_of(self._name).setText(wanted)
        hint = self._name.itemAt(2)
        if hint is not None and (widget := hint.widget()) is not None:
            widget.setVisible(body is None)
        for field, parts in self._parts.items():
            own = rubric.body_label(field)
            for part, name in zip(parts, _HEADS[field], strict=True):
                set_shown(part, rubric.has_field(field))
                told = words.tr(f"ui_new.{name}")
                head_of(part).setText(told if own is None or len(parts) > 1 else words.pick(own))

    def first_field(self) -> LineField:
        """The name."""
        return self.lines["name"]

    def _arrange(self) -> None:
        theme, words, lines = self.theme, self.words, self.lines

        def part(name: str, widget: QWidget, hint: str = "") -> QVBoxLayout:
            return under(theme, words.tr(f"ui_new.{name}"), widget, hint=hint)

        self._name = part("name_wanted", lines["name"], words.tr("ui_new.name_hint"))
        self._parts: dict[BodyField, tuple[QVBoxLayout, ...]] = {
            "credit_code": (part("credit_code", self.credit),),
            "industry_code": (part("industry", self.industry),),
            "district": (part("district", self.district),),
            "cluster": (part("cluster", self.cluster),),
            "address": (part("address", lines["address"]),),
            "contact": (
                part("contact_name", lines["contact_name"]),
                part("contact_phone", lines["contact_phone"]),
            ),
        }
        parts = self._parts
        self.body.addLayout(self._name)
        for name in ("credit_code", "industry_code"):
            self.body.addLayout(parts[name][0])
        self.body.addLayout(side_by_side(theme, parts["district"][0], parts["cluster"][0]))
        self.body.addLayout(parts["address"][0])
        self.body.addLayout(side_by_side(theme, *parts["contact"]))

    def _show_choices(self, draft: Draft) -> None:
        from assessor.workspace.reference_data import ningbo  # noqa: PLC0415 (read when needed)

        city, language = ningbo(), self.words.language
        districts = {area.name: area.pick(language) for area in city.districts}
        clusters = {one.name: one.pick(language) for one in city.clusters}
        for field, known, value in (
            (self.district, districts, draft.district),
            (self.cluster, clusters, draft.cluster),
        ):
            other = {value: value} if value and value not in known else {}
            field.set_choices({"": self.words.tr("ui_new.not_chosen"), **known, **other})
            field.set_key(value)
