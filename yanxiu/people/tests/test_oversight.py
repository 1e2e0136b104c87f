"""Those who supervise read everything, remark and ask, and change nothing."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from yanxiu.audit.models import TrailLine
from yanxiu.cast import MORNING, Cast
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.kernel.sources import source_of
from yanxiu.people import actions as people
from yanxiu.people.actions import oversight
from yanxiu.people.models import GuidanceAct, SupervisionNote, Teacher, UnitKind
from yanxiu.people.models.teacher import today


@pytest.fixture
def secretary(cast: Cast, zhao: Teacher) -> Teacher:
    """赵老师 leads the party branch."""
    kind = UnitKind.objects.get(code="party_branch")
    branch = people.add_unit(cast.school, "党支部", kind, by=None, at=MORNING)
    people.join_unit(branch, zhao, starts_on=date(2026, 9, 1), duty="leader", by=None, at=MORNING)
    return Teacher.objects.get(pk=zhao.pk)


@pytest.fixture
def note(secretary: Teacher, cast: Cast) -> SupervisionNote:
    return oversight.remark(
        source_of(cast.maths), cast.school, title="数学教研组", kind="question",
        text="第三周为什么没有活动？", by=secretary, at=timezone.now(),
    )  # fmt: skip


def test_a_supervisor_remarks_on_what_he_may_see(
    client: Client, secretary: Teacher, cast: Cast
) -> None:
    client.force_login(secretary)
    form = {"kind": "comment", "text": "记录写得实在。"}

    client.post(f"/supervision/about/people.unit/{cast.maths.uid}/", form)

    note = SupervisionNote.objects.get()
    assert (note.text, note.authority, note.organisation) == (
        "记录写得实在。", "党支部", cast.school,
    )  # fmt: skip
    assert TrailLine.objects.filter(verb="people.remarked").count() == 1


def test_a_supervisor_changes_nothing(client: Client, secretary: Teacher, cast: Cast) -> None:
    client.force_login(secretary)
    addresses = [f"/units/{cast.maths.uid}/edit/", f"/organisations/{cast.school.uid}/edit/",
                 f"/people/{cast.people['wang'].uid}/edit/"]  # fmt: skip

    assert [client.post(one, {"name": "改名"}).status_code for one in addresses] == [404] * 3
    assert not any(secretary.holds(right) for right in ("manage_plans", "manage_sessions"))


@pytest.mark.parametrize("who", ["wang", "zhou", "qian", "guan"])
def test_nobody_else_remarks(client: Client, cast: Cast, who: str) -> None:
    client.force_login(cast.people[who])

    address = f"/supervision/about/people.unit/{cast.maths.uid}/"
    assert client.get(address).status_code == 404


def test_the_office_answers_once(client: Client, note: SupervisionNote, zhou: Teacher) -> None:
    client.force_login(zhou)

    client.post(f"/supervision/notes/{note.uid}/", {"text": "校运会，改在第四周。"})
    told = client.post(f"/supervision/notes/{note.uid}/", {"text": "再说一次"})

    note.refresh_from_db()
    assert (note.answer, note.answered_by) == ("校运会，改在第四周。", zhou)
    assert told.status_code == 422


@pytest.mark.parametrize(("who", "seen"), [("zhao", True), ("zhou", True), ("shen", True),
                                           ("wang", False), ("qian", False)])  # fmt: skip
def test_remarks_are_seen_by_those_concerned(
    client: Client, note: SupervisionNote, cast: Cast, who: str, seen: bool
) -> None:
    client.force_login(Teacher.objects.get(pk=cast.people[who].pk))

    said = client.get("/supervision/").content.decode()
    assert ("第三周为什么没有活动" in said) is seen


def test_an_empty_remark_keeps_the_page(client: Client, secretary: Teacher, cast: Cast) -> None:
    client.force_login(secretary)

    told = client.post(f"/supervision/about/people.unit/{cast.maths.uid}/", {"kind": "comment"})

    assert told.status_code == 422


def test_a_leader_logs_what_he_did_and_it_is_counted(
    client: Client, shen: Teacher, cast: Cast
) -> None:
    client.force_login(shen)
    form = {"organisation": str(cast.school.uid), "on": str(today()), "form": "走访",
            "work": "guide", "minutes": "40", "matter": "听取数学组意见"}  # fmt: skip

    client.post("/guidance/new/", form)

    said = client.get("/guidance/").content.decode()
    act = GuidanceAct.objects.get()
    assert (act.leader, act.minutes, act.work) == (shen, 40, "guide")
    assert "听取数学组意见" in said
    assert "指导" in said


def test_a_leader_writes_what_came_of_it(client: Client, shen: Teacher, cast: Cast) -> None:
    facts = oversight.ActFacts(today(), "检查", "备课本")
    act = oversight.log_act(cast.school, facts, by=shen, at=timezone.now())
    client.force_login(shen)

    client.post(f"/guidance/{act.uid}/", {"follow_up": "已补齐", "on": str(today())})

    act.refresh_from_db()
    assert (act.follow_up, act.settled_on) == ("已补齐", today())


def test_a_plain_teacher_logs_no_guidance(wang: Teacher, cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        oversight.log_act(
            cast.school, oversight.ActFacts(today(), "走访", "看看"), by=wang, at=timezone.now()
        )


def test_what_is_to_come_is_not_logged(shen: Teacher, cast: Cast) -> None:
    with pytest.raises(BadInput, match="日期还没有到"):
        oversight.log_act(cast.school, oversight.ActFacts(date(2999, 1, 1), "走访", "看看"),
                          by=shen, at=timezone.now())  # fmt: skip
