"""Visits as they come from factories, for the tests of the printed report: complete and unfinished,
both profiles, with notes, evidence, findings, a ledger and a self-assessment."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from io import BytesIO

from PIL import Image

from assessor.assessment import (
    Answer,
    Assessment,
    Contact,
    Enterprise,
    EvidenceItem,
    Finding,
    GateAnswer,
    PanelMember,
    SelfAssessment,
    SignOff,
    Visit,
)
from assessor.i18n import Language
from assessor.reports.build.context import Context
from assessor.reports.build.source import ReportOptions, ReportSource
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.gates import DeclaredCheck, FormulaCheck, Gate
from assessor.rubrics.models import Rubric
from assessor.rubrics.rule_models import (
    ChecklistRule,
    LevelsRule,
    Measure,
    QuantityRule,
    SelectionRule,
    YesNoRule,
)
from assessor.scoring import score
from tests.strategies.visits import shipped, visit_for

WORKSHOP = "digital_workshop"
FACTORY = "future_factory"
CAPTION = "操作员在终端上报工，屏幕显示当班计划与实绩"
NOTES = (
    "现场打开系统抽查 3 张工单，时间戳与纸质记录一致；班组长能独立演示。",
    "查看近三个月运行日志，功能在用，但夜班仍有手工补录，约占两成。",
    "企业提供的截图为测试环境，现场未能复现，按实际运行情况下调一档。",
)
LEDGER = (
    ("五轴加工中心", "DMU 65", "一车间 A 线", 12, "yes", 12, 12, 240, 228, "西门子 840D"),
    ("数控车床", "CK6150", "一车间 B 线", 26, "yes", 24, 20, 312, 268, "发那科 0i-TF"),
    ("压铸机（含取件机器人）", "DC-2500T", "压铸区", 8, "yes", 8, 8, 200, 184, "自带 PLC"),
    ("三坐标测量机", "GLOBAL S", "计量室", 3, "yes", 3, 3, 36, 36, "PC-DMIS"),
    ("立式铣床", "X5032", "机修区", 9, "no", 0, 0, 18, 0, ""),
    ("热处理炉", "RX3-75", "热处理区", 6, "yes", 4, 4, 72, 48, "温控仪表"),
)
STATED = {"days": "180", "difference": "3", "amount": "6800", "count": "12", "stages": "5"}


def picture(seed: int) -> bytes:
    """Return a small drawn photo; each seed gives another."""
    image = Image.new("RGB", (800, 600), (60 + seed * 17 % 120, 90 + seed * 29 % 100, 120))
    image.paste((225, 225, 220), (60, 80, 740, 420))
    image.paste((30, 70 + seed * 31 % 120, 90), (110, 130, 110 + 60 * (1 + seed % 9), 370))
    out = BytesIO()
    image.save(out, "JPEG")
    return out.getvalue()


@cache
def pictures() -> dict[str, bytes]:
    """Return the photos of all visits by their SHA-256."""
    made = [picture(seed) for seed in range(8)]
    return {hashlib.sha256(data).hexdigest(): data for data in made}


def images(sha256: str) -> bytes:
    """Return the bytes of a photo."""
    return pictures()[sha256]


def piece(number: int, criterion: Criterion, caption: str) -> EvidenceItem:
    """Return the next photo as evidence of a criterion."""
    digest = list(pictures())[number % len(pictures())]
    return EvidenceItem(
        id=f"e{number}",
        sha256=digest,
        size=len(pictures()[digest]),
        media_type="image/jpeg",
        file_name=f"IMG_20251118_{number:04d}.jpg",
        kind="photo",
        criteria=(criterion.id,),
        caption=caption,
        about=date(2025, 11, 18),
        width=800,
        height=600,
    )


def paper(number: int, criterion: Criterion) -> EvidenceItem:
    """Return a document as evidence, without a caption every other time."""
    wanted = criterion.evidence[0].text.zh if criterion.evidence else "说明"
    return EvidenceItem(
        id=f"d{number}",
        sha256=hashlib.sha256(str(number).encode()).hexdigest(),
        size=1000 + number,
        media_type="application/pdf",
        file_name=f"{criterion.number}-{number}.pdf",
        kind=criterion.evidence[0].kind if criterion.evidence else "document",
        criteria=(criterion.id,),
        caption=wanted if number % 2 else "",
        person="信息部 王工" if number % 3 == 0 else "",
    )


def answer(criterion: Criterion, skill: int, index: int) -> Answer:
    """Return an answer of an enterprise with `skill` (0 to 10), varied by the item's place."""
    level = min(max(skill + (index * 7) % 5 - 2, 0), 10)
    note = NOTES[index % len(NOTES)] if index % 4 != 3 else ""
    sure = ("high", "medium", "high", None, "low")[index % 5]
    return _by_rule(criterion, level).model_copy(update={"note": note, "confidence": sure})


def _by_rule(criterion: Criterion, level: int) -> Answer:
    match criterion.rule:
        case LevelsRule() as rule:
            place = level * (len(rule.options) - 1) // 10
            return Answer(option=rule.options[place].key)
        case YesNoRule():
            return Answer(option="yes" if level > 5 else "no")
        case ChecklistRule() as rule:
            count = level * len(rule.items) // 10
            keys = tuple(item.key for item in rule.items[:count])
            return Answer(options=keys) if keys else Answer(none=True)
        case SelectionRule() as rule:
            free = [option for option in rule.options if not option.exclusive]
            keys = tuple(option.key for option in free[: 1 + level * len(free) // 12])
            return Answer(options=keys, other="另建有能耗看板")
        case QuantityRule() as rule:
            return Answer(inputs=measured(rule.measure, level))


def measured(measure: Measure, level: int) -> dict[str, Decimal]:
    """Return inputs: a part of a whole, or figures from before and after, better by `level`."""
    names = [item.id for item in measure.inputs]
    if any(item.from_table for item in measure.inputs):
        return {}
    if not measure.baseline:
        return dict(zip(names, (Decimal(60 + 4 * level), Decimal(104)), strict=True))
    change = -level if measure.formula.startswith("(1 -") else level
    before, after = Decimal(240), Decimal(240 + 4 * change)
    figures = (before, after) if len(names) == 2 else (before, Decimal(9600), after, Decimal(9650))
    return dict(zip(names, figures, strict=True))


def gates_of(rubric: Rubric, *, left_open: int = 0, failed: str = "") -> dict[str, GateAnswer]:
    """Return answers to the gates, the last `left_open` of them left out."""
    gates = rubric.gates[: len(rubric.gates) - left_open]
    return {gate.id: _gate(gate, failed) for gate in gates if _askable(gate)}


def _askable(gate: Gate) -> bool:
    return isinstance(gate.check, DeclaredCheck | FormulaCheck)


def _gate(gate: Gate, failed: str) -> GateAnswer:
    if isinstance(gate.check, FormulaCheck):
        given = {"month": "2025-06", "date": "2025-06-30", "number": "3"}
        facts = {f.id: STATED.get(f.id, given[f.type]) for f in gate.check.inputs}
        return GateAnswer(inputs=facts)
    note = "已核对原件" if gate.evidence else ""
    return GateAnswer.model_validate({"pass": gate.id != failed, "note": note})


PANEL = (
    PanelMember(id="p1", name="陈建国", organisation="宁波市智能制造技术研究院", role="leader"),
    PanelMember(id="p2", name="李晓燕", organisation="浙江省机电产品质量检测所有限公司"),
    PanelMember(id="p3", name="周涛", organisation="北仑区经济和信息化局", role="observer"),
)
ENTERPRISE = Enterprise(
    name="宁波甬江北仑大型复杂薄壁压铸模具及新能源汽车一体化结构件智能制造股份有限公司",
    credit_code="91330206MA2AF3QX7K",
    industry_code="C3525",
    district="北仑区",
    address="大碶街道庐山西路 1288 号",
    main_products="压铸模具、一体化结构件",
    contact=Contact(name="赵敏", title="副总经理", phone="0574-80000000"),
)
VISIT = Visit(
    project_name="大型薄壁压铸模具数字化车间项目",
    workshop="压铸模具一车间",
    date_from=date(2025, 11, 18),
    date_to=date(2025, 11, 19),
    panel=PANEL,
    recusal="专家组成员与企业无利害关系。",
)


def answers_for(
    rubric: Rubric, skill: int, *, profile: str, open_from: int | None = None
) -> dict[str, Answer]:
    """Return answers to everything asked of the profile, or only to what comes before a place."""
    asked = [entry for entry in rubric.every_criterion if profile in entry.profiles]
    return {
        criterion.id: answer(criterion, skill, index)
        for index, criterion in enumerate(asked)
        if open_from is None or index < open_from
    }


def proof_for(rubric: Rubric, answers: dict[str, Answer]) -> tuple[EvidenceItem, ...]:
    """Return a document for two of three answers and a photo for every ninth."""
    pieces: list[EvidenceItem] = []
    for index, name in enumerate(answers):
        criterion = rubric.criterion_by_id[name]
        if index % 3:
            pieces.append(paper(index, criterion))
        if index % 9 == 0:
            pieces.append(piece(index, criterion, f"{criterion.title.zh}：现场画面"))
            pieces.append(piece(200 + index, criterion, CAPTION))
    return tuple(pieces)


def findings_for(rubric: Rubric, pieces: tuple[EvidenceItem, ...]) -> tuple[Finding, ...]:
    """Return three findings, the first with a photo."""
    first, second, third = rubric.criteria[2], rubric.criteria[5], rubric.criteria[9]
    photos = tuple(entry.id for entry in pieces if entry.media_type == "image/jpeg")[:2]
    return (
        Finding(
            id="f1",
            criterion=first.id,
            severity="major",
            clause="第 4.2 条",
            owner="设备部 孙强",
            text="两台压铸机的联网网关离线超过 72 小时，看板仍显示绿色。",
            due=date(2025, 12, 15),
            evidence=photos,
        ),
        Finding(
            id="f2",
            criterion=second.id,
            text="工艺文件版本与系统不一致，现场贴有旧版作业指导书。",
            owner="工艺部",
            state="rectified",
        ),
        Finding(
            id="f3", criterion=third.id, severity="observation", text="备份恢复演练记录缺一次。"
        ),
    )


def source_of(name: str, record: Assessment) -> ReportSource:
    """Score a visit and return what its report is made from."""
    loaded = shipped(name)
    digest = hashlib.sha256(record.model_dump_json().encode()).hexdigest()
    card = score(loaded.rubric, record)
    return ReportSource(loaded.rubric, loaded.digest, record, card, digest, "assessor 0.1.0")


def visit(
    name: str,
    skill: int,
    *,
    target: str | None = None,
    profile: str = "discrete",
    open_from: int | None = None,
    rich: bool = True,
    failed: str = "",
) -> Assessment:
    """Return a visit; a `rich` one has everything a visit can have."""
    loaded = shipped(name)
    rubric = loaded.rubric
    answers = answers_for(rubric, skill, profile=profile, open_from=open_from)
    gates = gates_of(rubric, left_open=2 if open_from else 0, failed=failed)
    bare = visit_for(loaded, answers, profile=profile, target=target, gates=gates)
    if not rich:
        return bare
    pieces = proof_for(rubric, answers)
    own = answers_for(rubric, min(skill + 2, 10), profile=profile)
    tables = {"ledger": ledger_rows()} if rubric.tables else {}
    return bare.model_copy(
        update={
            "enterprise": ENTERPRISE,
            "visit": VISIT,
            "evidence": pieces,
            "findings": findings_for(rubric, pieces),
            "tables": tables,
            "indicators": {
                entry.id: Answer(
                    inputs=measured(entry, skill), note="取 2023 年与 2025 年整年的值。"
                )
                for entry in rubric.indicators[:3]
            },
            "self_assessment": SelfAssessment(answers=own, made_on=date(2025, 10, 8), by="赵敏"),
            "sign_offs": (
                SignOff(
                    name="陈建国",
                    role="组长",
                    statement="以上结论经专家组讨论一致。",
                    signed_at=datetime(2025, 11, 19, 16, 30, tzinfo=UTC),
                ),
            ),
        }
    )


def ledger_rows() -> tuple[dict[str, str], ...]:
    """Return the rows of the equipment ledger."""
    names = (
        "name",
        "model",
        "location",
        "quantity",
        "key",
        "nc_quantity",
        "online_quantity",
        "required_points",
        "auto_points",
        "control_system",
    )
    rows = []
    for number, values in enumerate(LEDGER, 1):
        row = {key: str(value) for key, value in zip(names, values, strict=True)}
        rows.append({"asset_no": f"EQ-{number:03d}", **row, "commissioned": "2022-05-01"})
    return tuple(rows)


def context_of(name: str, record: Assessment, language: Language = "zh") -> Context:
    """Score a visit and return what its sections are built from."""
    return Context(source_of(name, record), ReportOptions(language=language))


CASES: dict[str, Callable[[], tuple[str, Assessment]]] = {
    "factory_done": lambda: (FACTORY, visit(FACTORY, 6, target="smart_factory")),
    "factory_open": lambda: (
        FACTORY,
        visit(FACTORY, 5, target="workshop", profile="process", open_from=50),
    ),
    "factory_top": lambda: (FACTORY, visit(FACTORY, 9, target="future_factory", rich=False)),
    "workshop_done": lambda: (WORKSHOP, visit(WORKSHOP, 7)),
    "workshop_open": lambda: (WORKSHOP, visit(WORKSHOP, 6, open_from=20)),
}
"""Visits by name: finished and unfinished, both rubrics, with and without everything."""


@cache
def sourced(case: str) -> ReportSource:
    """Return one of `CASES`, scored."""
    return source_of(*CASES[case]())
