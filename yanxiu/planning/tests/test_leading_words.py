"""What a plan says of its ideas comes into the plan as it stands, if a person takes it."""

from django.test import Client
from django.urls import reverse

from yanxiu.cast import MORNING, Cast
from yanxiu.people.models import Teacher
from yanxiu.planning import actions
from yanxiu.planning.models import Proposal

SAID = """云桥小学2026年秋季学期校本研修计划
一、指导思想
坚持立德树人，以课堂为主阵地，研究学生的错误。
二、工作原则：人人参与，小步走。
三、工作目标
1．每位教师每学期听课不少于20节。
"""


def proposed(cast: Cast, zhou: Teacher, said: str = SAID) -> Proposal:
    (made,) = actions.read_proposals(
        cast.school, said.encode(), name="计划.txt", by=zhou, at=MORNING
    )
    return made


def test_the_ideas_of_a_document_come_into_the_plan_as_they_stand(
    cast: Cast, zhou: Teacher
) -> None:
    proposal = proposed(cast, zhou)
    actions.accept_rest(proposal, by=zhou, at=MORNING)
    plan = actions.confirm_proposal(proposal, by=zhou, at=MORNING)

    notes = plan.plannotes.filter(kind__in=["guiding", "principle"])
    assert [(note.kind, note.text) for note in notes] == [
        ("guiding", "坚持立德树人，以课堂为主阵地，研究学生的错误。"),
        ("principle", "人人参与，小步走。"),
    ]
    lines = proposal.findings.filter(kind__in=["guiding", "principle"])
    assert list(lines.values_list("line", flat=True)) == [3, 4]
    assert not plan.plannotes.filter(kind="content").exists()  # nothing is told twice


def test_they_are_looked_at_and_can_be_left_out(office: Client, cast: Cast, zhou: Teacher) -> None:
    proposal = proposed(cast, zhou)
    page = office.get(reverse("planning:proposal", args=[proposal.uid])).content.decode()

    assert "指导思想和原则" in page
    assert "研究学生的错误。" in page

    proposal.findings.filter(kind="guiding").update(decision="dropped")
    actions.accept_rest(proposal, by=zhou, at=MORNING)
    plan = actions.confirm_proposal(proposal, by=zhou, at=MORNING)
    assert not plan.plannotes.filter(kind="guiding").exists()


def test_a_summary_and_a_heading_alone_give_none(cast: Cast, zhou: Teacher) -> None:
    bare = SAID.replace("坚持立德树人，以课堂为主阵地，研究学生的错误。\n", "")
    summary = SAID.replace("计划", "总结").replace("每位教师每学期听课", "教师听课")

    for said in (bare.replace("：人人参与，小步走。", ""), summary):
        kinds = set(proposed(cast, zhou, said).findings.values_list("kind", flat=True))
        assert not kinds & {"guiding", "principle", "approach"}
