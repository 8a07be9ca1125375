"""Signing: what a signed visit still takes, how it is reopened, and what the log keeps of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from assessor.assessment import Answer, Enterprise, Visit
from assessor.commands.answers import set_answer
from assessor.errors import AssessorError
from assessor.workspace.live import Event, LiveVisit, Published, Refused
from assessor.workspace.sign_off import (
    Declaration,
    Drawing,
    SignedError,
    reopen,
    revisions,
    sign,
    signature_ids,
)
from assessor.workspace.visits import OpenVisit, new_visit, opened
from tests.strategies.visits import shipped

ITEM = "a5-monitoring-visualisation"
AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def clock() -> datetime:
    return AT


def drawing(shade: int = 0) -> Drawing:
    made = BytesIO()
    Image.new("RGB", (300, 100), (shade, shade, shade)).save(made, "PNG")
    return Drawing(made.getvalue(), 300, 100)


def declared(name: str = "张伟", role: str = "组长", shade: int = 0) -> Declaration:
    return Declaration(name, role, "本人确认所载内容真实。", drawing(shade))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "visit.assessment"
    enterprise = Enterprise(name="宁波甬示精密机械有限公司")
    return new_visit(file, shipped("digital_workshop"), enterprise, Visit(), clock=clock)


@pytest.fixture
def visit(path: Path) -> Iterator[OpenVisit]:
    with opened(path, clock=clock) as found:
        found.do(set_answer(ITEM, Answer(option="L2")))
        yield found


def put(visit: OpenVisit, declaration: Declaration) -> None:
    signing = sign(declaration, clock)
    visit.do(signing.make_edit(visit.assessment), signing.sources)


def test_a_signature_is_kept_with_its_drawing_name_role_and_time(visit: OpenVisit) -> None:
    put(visit, declared())
    entry = visit.assessment.sign_offs[0]
    assert (entry.name, entry.role, entry.signed_at) == ("张伟", "组长", AT)
    piece = next(item for item in visit.assessment.evidence if item.id == entry.signature)
    assert (piece.kind, piece.media_type, piece.criteria) == ("document", "image/png", ())
    assert visit.read_blob(piece.sha256) == drawing().png
    assert signature_ids(visit.assessment) == {piece.id}


def test_a_signature_needs_no_drawing(visit: OpenVisit) -> None:
    put(visit, Declaration("李娜", "企业代表", "属实。"))
    assert visit.assessment.sign_offs[0].signature is None
    assert visit.assessment.evidence == ()


@pytest.mark.parametrize(
    ("declaration", "key"),
    [
        (Declaration(" ", "组长", "属实。"), "sign.name_missing"),
        (Declaration("张伟", " ", "属实。"), "sign.role_missing"),
        (Declaration("张伟", "组长", "\n"), "sign.statement_missing"),
    ],
)
def test_an_incomplete_signature_is_refused(
    visit: OpenVisit, declaration: Declaration, key: str
) -> None:
    with pytest.raises(AssessorError) as refused:
        put(visit, declaration)
    assert refused.value.message.key == key
    assert visit.assessment.sign_offs == ()


def test_a_signed_visit_refuses_edits_and_says_what_to_do(visit: OpenVisit) -> None:
    put(visit, declared())
    before = visit.assessment
    with pytest.raises(SignedError) as refused:
        visit.do(set_answer(ITEM, Answer(option="L4")))
    assert "张伟" in refused.value.text("zh")
    assert "重新开启" in refused.value.text("zh")
    assert visit.assessment == before


def test_others_may_sign_a_signed_visit_but_nobody_twice(visit: OpenVisit) -> None:
    put(visit, declared())
    put(visit, declared("王芳", "组员", shade=90))
    assert [entry.name for entry in visit.assessment.sign_offs] == ["张伟", "王芳"]
    with pytest.raises(AssessorError) as refused:
        put(visit, declared("王芳", "组员", shade=120))
    assert refused.value.message.key == "sign.signed_already"


def test_a_signature_smuggles_no_other_change_in(visit: OpenVisit) -> None:
    put(visit, declared())
    signed = sign(declared("王芳", "组员", shade=90), clock)
    new = signed.make_edit(visit.assessment).apply(visit.assessment)
    answers = {**new.answers, ITEM: Answer(option="L4")}
    description = signed.make_edit(visit.assessment).description
    with pytest.raises(SignedError):
        visit.commit(new.model_copy(update={"answers": answers}), description, signed.sources)


def test_reopening_makes_the_next_revision_and_drops_the_signatures(visit: OpenVisit) -> None:
    content = visit.assessment
    put(visit, declared())
    visit.do(reopen("复核时发现 5.3 项记错")(visit.assessment))
    assert visit.assessment == content.model_copy(update={"revision": 2})
    assert visit.do(set_answer(ITEM, Answer(option="L4")))


def test_reopening_needs_a_reason_and_a_signature(visit: OpenVisit) -> None:
    with pytest.raises(AssessorError) as refused:
        reopen("改一项")(visit.assessment)
    assert refused.value.message.key == "sign.nothing_signed"
    put(visit, declared())
    with pytest.raises(AssessorError) as refused:
        reopen("  ")(visit.assessment)
    assert refused.value.message.key == "sign.reason_missing"
    assert visit.assessment.revision == 1


def test_the_next_revision_smuggles_no_other_change_in(visit: OpenVisit) -> None:
    put(visit, declared())
    edit = reopen("更正")(visit.assessment)
    new = edit.apply(visit.assessment).model_copy(update={"answers": {}})
    with pytest.raises(SignedError):
        visit.commit(new, edit.description)


def test_the_log_keeps_reasons_and_who_had_signed(visit: OpenVisit) -> None:
    put(visit, declared())
    put(visit, declared("王芳", "组员", shade=90))
    visit.do(reopen("第一次更正")(visit.assessment))
    put(visit, declared())
    visit.do(reopen("第二次更正")(visit.assessment))
    told = revisions(visit.file.history())
    assert [(entry.number, entry.reason, entry.signed_before) for entry in told] == [
        (2, "第一次更正", ("张伟", "王芳")),
        (3, "第二次更正", ("张伟",)),
    ]
    assert told[0].at == AT


# --- the visit of a window ------------------------------------------------------------------------


@pytest.fixture
def events() -> list[Event]:
    return []


@pytest.fixture
def live(path: Path, events: list[Event]) -> Iterator[LiveVisit]:
    visit = LiveVisit(path, events.append, clock)
    visit.post(lambda _: set_answer(ITEM, Answer(option="L2")))
    signing = sign(declared(), clock)
    assert visit.post(signing.make_edit, signing.sources).result()
    yield visit
    visit.close()


def record_of(live: LiveVisit) -> object:
    return live.run(lambda visit: visit.assessment).result()


def test_posts_and_undo_of_a_signed_visit_are_refused(live: LiveVisit, events: list[Event]) -> None:
    before = record_of(live)
    for future in (live.post(lambda _: set_answer(ITEM, None)), live.undo()):
        assert isinstance(future.exception(), SignedError)
    live.run(lambda _: None).result()
    assert [event.message.key for event in events if isinstance(event, Refused)] == [
        "sign.refused",
        "sign.refused",
    ]
    assert record_of(live) == before


def test_taking_the_reopening_back_makes_the_signatures_hold_again(
    live: LiveVisit, events: list[Event]
) -> None:
    signed = record_of(live)
    assert live.post(reopen("误点")).result()
    assert live.undo().result()
    assert record_of(live) == signed
    last = events[-1]
    assert isinstance(last, Published)
    assert isinstance(live.undo().exception(), SignedError)
    assert live.run(lambda visit: revisions(visit.file.history())).result() == ()


def test_a_signature_outlives_closing_and_opening(path: Path, events: list[Event]) -> None:
    live = LiveVisit(path, events.append, clock)
    signing = sign(declared(), clock)
    live.post(signing.make_edit, signing.sources)
    live.close()
    with opened(path, read_only=True) as visit:
        piece = visit.assessment.evidence[0]
        assert visit.read_blob(piece.sha256) == drawing().png
