"""A rubric as text to read: sections of rich text, made from the rubric's own words.

Everything that comes from a rubric is escaped: a foreign rubric is foreign text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from assessor.i18n import Localized
from assessor.rubrics.criterion import Criterion, Dimension
from assessor.rubrics.models import ProcessNote, Rubric
from assessor.rubrics.provenance import Provenance, effective_basis
from assessor.rubrics.to_enter import to_enter
from assessor.rules.target_words import progress_said
from assessor.ui.theme import Theme
from assessor.ui.views.rubrics_rules import RuleText
from assessor.ui.words import Words


@dataclass(frozen=True)
class Section:
    """A part of the reading view: `anchors` are its criteria, by id and title."""

    id: str
    title: str
    html: Callable[[], str]
    anchors: tuple[tuple[str, str], ...] = ()


def sections(rubric: Rubric, words: Words, theme: Theme) -> tuple[Section, ...]:
    """Return the sections of a rubric in reading order; each is written when it is asked for."""
    text = RubricText(rubric, words, theme)
    listed = [Section("overview", words.tr("ui_rubric.overview"), text.overview)]
    listed += [text.dimension_section(node) for node in rubric.tree]
    extra = (("bonus", rubric.bonus), ("deductions", rubric.deductions))
    for name, part in extra:
        if part is not None:
            criteria = part.criteria
            title = words.tr(f"ui_rubric.{name}")
            listed.append(text.criteria_section(name, title, criteria))
    rest = (
        ("gates", rubric.gates, text.gates),
        ("outcomes", rubric.outcomes, text.outcomes),
        ("process", rubric.process, text.process),
        ("sources", rubric.sources, text.sources),
        ("gaps", rubric.known_gaps, text.gaps),
    )
    listed += [
        Section(name, words.tr(f"ui_rubric.{name}"), write) for name, parts, write in rest if parts
    ]
    return tuple(listed)


class RubricText:
    """Writes the parts of one rubric."""

    def __init__(self, rubric: Rubric, words: Words, theme: Theme) -> None:
        self._rubric, self._words, self._theme = rubric, words, theme
        self._colours = theme.palette.colours()
        self._rules = RuleText(rubric, words, self._colours)

    # --- sections ---------------------------------------------------------------------------------

    def dimension_section(self, top: Dimension) -> Section:
        """Return the section of a dimension with everything below it."""
        criteria = [item for node in _walk(top) for item in self._of(node.id)]
        anchors = tuple((item.id, self._headline(item)) for item in criteria)
        number = f"{top.number} " if top.number else ""
        title = f"{number}{self._words.pick(top.name)}"
        return Section(f"dimension-{top.id}", title, lambda: self._dimension(top), anchors)

    def criteria_section(self, name: str, title: str, criteria: Sequence[Criterion]) -> Section:
        """Return a section of criteria beside the dimensions."""
        anchors = tuple((item.id, self._headline(item)) for item in criteria)
        html = lambda: self._page(title, "".join(map(self._criterion, criteria)))  # noqa: E731
        return Section(name, title, html, anchors)

    def overview(self) -> str:
        """What it is, for whom, with what standing, and how much there is of it."""
        rubric, tr = self._rubric, self._words.tr
        facts = [
            (tr("ui_rubric.id"), rubric.id),
            (tr("ui_rubric.version"), rubric.version),
            (self._kinds(), self._names(one.name for one in rubric.profiles)),
            *self._targets(),
            (tr("ui_rubric.cycles"), self._names(one.name for one in rubric.cycles)),
            (tr("ui_rubric.criteria"), str(len(rubric.every_criterion))),
            (tr("ui_rubric.gates"), str(len(rubric.gates))),
            (tr("ui_rubric.bases"), self._bases()),
            *self._to_enter(),
        ]
        rows = "".join(f"<tr>{self._cell(a, 'muted')}{self._cell(b)}</tr>" for a, b in facts)
        parts = [self._p(rubric.summary)]
        if rubric.status.derived:
            parts.append(self._note(rubric.status.notice, "caution"))
        if rubric.status.official_parts:
            parts.append(self._h3(tr("ui_rubric.official_parts")))
            parts.append(self._list(rubric.status.official_parts))
        table = '<table cellspacing="0" cellpadding="4" style="margin-top: 8px">'
        parts.append(f"{table}{rows}</table>")
        return self._page(self._words.pick(rubric.title), "".join(parts))

    def _kinds(self) -> str:
        body = self._rubric.body
        pick, tr = self._words.pick, self._words.tr
        return pick(body.profile) if body else tr("ui_rubric.profiles")

    def _to_enter(self) -> list[tuple[str, str]]:
        left, tr = to_enter(self._rubric), self._words.tr
        told = tr("ui_rubric.to_enter_count", weights=len(left.weights), texts=len(left.texts))
        return [(tr("ui_rubric.to_enter"), told)] if left else []

    def _targets(self) -> list[tuple[str, str]]:
        if self._rubric.collects:
            return []
        names = self._names(one.name for one in self._rubric.targets)
        return [(self._words.tr("ui_rubric.targets"), names)]

    def gates(self) -> str:
        """The conditions beside the score."""
        parts = []
        for gate in self._rubric.gates:
            severity = self._words.tr(f"report.severity_{gate.severity}")
            standing = self._words.tr(f"ui_rubric.default_{gate.default}")
            head = self._h3(self._words.pick(gate.title), gate.id)
            tags = self._tags([severity, standing, self._basis(gate.provenance)])
            body = self._p(gate.question) + self._rules.gate(gate.check)
            note = self._p(gate.note, "muted") if gate.note else ""
            parts.append(head + tags + body + note + self._from(gate.provenance))
        return self._page(self._words.tr("ui_rubric.gates"), "".join(parts))

    def outcomes(self) -> str:
        """What a visit can end with and the lines that decide it."""
        parts = []
        for outcome in self._rubric.outcomes:
            head = self._h3(self._words.pick(outcome.name), outcome.id)
            tags = self._tags([self._basis(outcome.provenance)])
            text = self._p(outcome.text) if outcome.text else ""
            lines = [
                self._line(reading.name, reading.line, reading.id in outcome.decided_by)
                for reading in outcome.readings
            ]
            disagreement = self._p(outcome.disagreement, "muted") if outcome.disagreement else ""
            parts.append(head + tags + text + self._list(lines) + disagreement)
            parts.append(self._from(outcome.provenance))
        return self._page(self._words.tr("ui_rubric.outcomes"), "".join(parts))

    def process(self) -> str:
        """The procedure around the evaluation."""
        return self._notes("process", self._rubric.process)

    def gaps(self) -> str:
        """What is not known or not settled."""
        return self._notes("gaps", self._rubric.known_gaps)

    def sources(self) -> str:
        """The documents it rests on."""
        parts = []
        for source in self._rubric.sources:
            basis = self._words.tr(f"report.basis_{source.kind}")
            facts = [self._words.pick(source.issuer), source.document_number, source.date]
            parts.append(self._h3(self._words.pick(source.title), source.id) + self._tags([basis]))
            parts.append(self._p(" · ".join(fact for fact in facts if fact), "muted"))
            parts.append(self._p(source.note) if source.note else "")
        return self._page(self._words.tr("ui_rubric.sources"), "".join(parts))

    # --- criteria ---------------------------------------------------------------------------------

    def _dimension(self, top: Dimension) -> str:
        parts = []
        for node in _walk(top):
            if node is not top:
                name = escape(self._words.pick(node.name))
                parts.append(f'<p class="part"><b>{name}</b></p>')
            parts.append(self._p(node.why, "muted") if node.why else "")
            parts += [self._criterion(item) for item in self._of(node.id)]
        weight = self._words.number(top.weight) if top.weight is not None else ""
        points = self._words.tr("ui_rubric.points", points=weight) if weight else ""
        title = " · ".join(part for part in (self._words.pick(top.name), points) if part)
        return self._page(title, "".join(parts))

    def _criterion(self, item: Criterion) -> str:
        words = self._words
        most = words.tr("ui_rubric.at_most", points=words.number(item.maximum))
        worth = [] if self._rubric.collects else [most]
        profiles = {one.id: one.name for one in self._rubric.profiles}
        named = [words.pick(profiles[name]) for name in item.profiles if name in profiles]
        whose = [] if len(named) == len(profiles) else [words.tr("ui_rubric.join").join(named)]
        parts = [
            self._h3(self._headline(item), item.id),
            self._tags([*worth, *whose, self._basis(item.provenance)]),
            self._p(item.question),
            self._rules.rule(item.rule),
        ]
        if item.progress is not None:
            lines = [words.pick(line) for line in progress_said(item.progress, item)]
            parts.append(self._titled("targets_head", lines))
        parts.append(self._titled("look_for", item.look_for))
        wanted = [
            f"{words.tr(f'report.kind_{one.kind}')}: {words.pick(one.text)}"
            for one in item.evidence
        ]
        parts.append(self._titled("evidence", wanted))
        parts.append(self._titled("cautions", item.cautions))
        if item.not_applicable is not None:
            policy = words.tr(f"ui_rubric.na_{item.not_applicable.policy}")
            parts.append(self._p(words.tr("ui_rubric.na", policy=policy), "muted"))
        return "".join(parts) + self._from(item.provenance)

    def _headline(self, item: Criterion) -> str:
        return f"{item.number}  {self._words.pick(item.title)}"

    def _of(self, dimension: str) -> list[Criterion]:
        return [item for item in self._rubric.criteria if item.dimension == dimension]

    # --- pieces -----------------------------------------------------------------------------------

    def _page(self, title: str, body: str) -> str:
        size = self._theme.sizes.question
        return f'<p style="font-size:{size}px"><b>{escape(title)}</b></p>{body}'

    def _h3(self, text: str, anchor: str = "") -> str:
        name = f'<a name="{escape(anchor, quote=True)}"></a>' if anchor else ""
        return f'{name}<p class="head"><b>{escape(text)}</b></p>'

    def _p(self, text: Localized | str, role: str = "text") -> str:
        return f'<p style="color:{self._colours[role]}">{self._said(text)}</p>'

    def _note(self, text: Localized | str, role: str) -> str:
        ground = self._colours[f"{role}_soft"]
        return (
            f'<table width="100%" cellpadding="8" bgcolor="{ground}"><tr><td>'
            f'<span style="color:{self._colours[role]}">{self._said(text)}</span>'
            "</td></tr></table>"
        )

    def _list(self, parts: Iterable[Localized | str]) -> str:
        """Points in cells: Qt sets the bullets of a list right against its words."""
        dot = '<td width="16" align="center">•</td>'
        points = "".join(f"<tr>{dot}<td>{self._said(part)}</td></tr>" for part in parts)
        return f'<table cellspacing="0" cellpadding="2">{points}</table>' if points else ""

    def _titled(self, name: str, parts: Sequence[Localized | str]) -> str:
        if not parts:
            return ""
        title = self._words.tr(f"ui_rubric.{name}")
        muted = self._colours["muted"]
        return f'<p style="color:{muted}">{escape(title)}</p>' + self._list(parts)

    def _tags(self, tags: Iterable[str]) -> str:
        said = " · ".join(escape(tag) for tag in tags if tag)
        return f'<p style="color:{self._colours["accent"]}">{said}</p>'

    def _cell(self, text: str, role: str = "text") -> str:
        return f'<td style="color:{self._colours[role]}">{escape(text)}</td>'

    def _said(self, text: Localized | str) -> str:
        plain = text if isinstance(text, str) else self._words.pick(text)
        return escape(plain).replace("\n", "<br>")

    def _names(self, names: Iterable[Localized]) -> str:
        return self._words.tr("ui_rubric.join").join(self._words.pick(name) for name in names)

    def _line(self, name: Localized, line: Decimal | None, decides: bool) -> str:
        if line is None:
            return self._words.tr("ui_rubric.no_line", name=name)
        key = "ui_rubric.line_decides" if decides else "ui_rubric.line_beside"
        return self._words.tr(key, name=name, line=self._words.number(line))

    def _notes(self, name: str, notes: Sequence[ProcessNote]) -> str:
        parts = []
        for note in notes:
            parts.append(self._h3(self._words.pick(note.title), note.id) if note.title else "")
            parts.append(self._p(note.text) + self._from(note.provenance))
        return self._page(self._words.tr(f"ui_rubric.{name}"), "".join(parts))

    def _basis(self, provenance: Provenance) -> str:
        basis = effective_basis(provenance, self._rubric.source_by_id)
        return self._words.tr(f"report.basis_{basis}")

    def _from(self, provenance: Provenance) -> str:
        known = self._rubric.source_by_id
        titles = [known[name].title for name in provenance.source_ids if name in known]
        parts = [self._names(titles)] if titles else []
        parts += [self._words.pick(provenance.note)] if provenance.note else []
        if not parts:
            return ""
        text = self._words.tr("ui_rubric.from", source=" · ".join(parts))
        size = self._theme.sizes.caption
        colour = self._colours["muted"]
        return f'<p style="color:{colour};font-size:{size}px">{escape(text)}</p>'

    def _bases(self) -> str:
        return " · ".join(
            f"{self._words.tr(f'report.basis_{basis}')} {count}"
            for basis, count in basis_counts(self._rubric)
        )


def basis_counts(rubric: Rubric) -> tuple[tuple[str, int], ...]:
    """Return how many criteria are founded how, the strongest first; none that is not there."""
    found = [
        effective_basis(item.provenance, rubric.source_by_id) for item in rubric.every_criterion
    ]
    order = ("official", "reposted", "secondary", "derived")
    return tuple((basis, found.count(basis)) for basis in order if basis in found)


def _walk(top: Dimension) -> Iterable[Dimension]:
    yield top
    for child in top.children:
        yield from _walk(child)
