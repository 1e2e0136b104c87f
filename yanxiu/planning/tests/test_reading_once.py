"""A document, or the same text in other bytes, is read once; what is said twice counts once."""

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.cast import MORNING, Cast
from yanxiu.people.models import Teacher
from yanxiu.planning import actions
from yanxiu.planning.models import Finding, Proposal
from yanxiu.planning.tests.conftest import TEXT
from yanxiu.planning.tests.texts import COPIED


def read(cast: Cast, by: Teacher, text: str, name: str = "计划.txt") -> list[Proposal]:
    return actions.read_proposals(cast.school, text.encode(), name=name, by=by, at=MORNING)


@pytest.mark.parametrize(
    "other",
    [
        TEXT.encode("gb18030"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("：", ":").replace("每位", "每 位").encode(),
        TEXT.replace("工", "⼯").replace("小", "⼩").encode(),
    ],
)
def test_the_same_text_in_other_bytes_is_not_read_twice(
    cast: Cast, zhou: Teacher, proposal: Proposal, other: bytes
) -> None:
    again = actions.read_proposals(cast.school, other, name="别名.txt", by=zhou, at=MORNING)

    assert [row.pk for row in again] == [proposal.pk]
    assert Proposal.objects.count() == 1


def test_another_school_reads_it_for_itself(cast: Cast, qian: Teacher, proposal: Proposal) -> None:
    data = TEXT.encode()
    actions.read_proposals(cast.other_school, data, name="计划.txt", by=qian, at=MORNING)

    schools = set(Proposal.objects.values_list("organisation", flat=True))
    assert schools == {proposal.organisation_id, cast.other_school.pk}


def test_what_a_document_says_twice_counts_once(cast: Cast, zhou: Teacher) -> None:
    said = TEXT.replace("2.课堂：", "2.读书：每位教师每学期至少阅读1本教育专著。\n\n3.课堂：")
    (found,) = read(cast, zhou, said)

    first, second = found.findings.filter(kind="quota").order_by("order")
    assert (first.copy_of, first.decision) == (None, Finding.Decision.PENDING)
    assert (second.copy_of, second.decision) == (first.line, Finding.Decision.DROPPED)


def test_a_sentence_said_again_is_marked_in_the_source(
    office: Client, cast: Cast, zhou: Teacher
) -> None:
    sentence = "本学期各组每月至少有一次活动围绕学校的主题展开。"
    said = TEXT.replace("一、工作目标\n", f"{sentence}\n\n一、工作目标\n")
    (found,) = read(cast, zhou, f"{said}\n三、要求\n\n认真做好记录。{sentence}\n")

    page = office.get(reverse("planning:proposal", args=[found.uid])).content.decode()
    assert page.count("有一句第3行说过") == 1


def test_a_few_passages_in_common_are_enough_to_be_told(cast: Cast, zhou: Teacher) -> None:
    passage = COPIED.split("\n")[6]
    (first,) = read(cast, zhou, COPIED)
    (other,) = read(cast, zhou, TEXT.replace("2.课堂：人人上好研究课。", passage))
    (strange,) = read(cast, zhou, TEXT)

    assert [each["uid"] for each in other.alike if each["share"] < 50] == [str(first.uid)]
    assert str(first.uid) not in {each["uid"] for each in strange.alike}


def test_a_copy_in_one_file_is_flagged_and_counted_once(cast: Cast, zhou: Teacher) -> None:
    changed = COPIED.replace("第一篇", "第二篇").replace("讨论学期计划", "商量学期计划")
    first, second = read(cast, zhou, f"{COPIED}\n{changed}")

    assert first.alike == []
    assert [each["uid"] for each in second.alike] == [str(first.uid)]
    assert second.alike[0]["share"] >= 80


def test_the_same_document_twice_in_a_file_is_one(cast: Cast, zhou: Teacher) -> None:
    plan = COPIED.replace("第一篇：", "")
    assert len(read(cast, zhou, f"第一篇：{plan}\n第二篇：{plan}")) in {1, 2}
    assert Proposal.objects.exclude(alike=[]).count() + 1 == Proposal.objects.count()


# ---- side by side ----
@pytest.fixture
def pair(cast: Cast, zhou: Teacher) -> tuple[Proposal, Proposal]:
    """Two plans of which the later is a changed copy of the earlier."""
    (first,) = read(cast, zhou, COPIED)
    (second,) = read(cast, zhou, COPIED.replace("青年教师每月", "新教师每学期"))
    return first, second


def test_a_changed_copy_is_shown_with_its_passages(
    office: Client, pair: tuple[Proposal, Proposal]
) -> None:
    first, second = pair
    there = reverse("planning:alike", args=[second.uid, first.uid])
    page = office.get(reverse("planning:proposal", args=[second.uid])).content.decode()

    assert there in page
    assert f"{second.alike[0]['share']}%" in page
    shown = office.get(there).content.decode()
    assert shown.count("每次教研只谈一个问题，谈出一条可以照做的办法") == 2


def test_the_person_decides_about_a_copy(office: Client, pair: tuple[Proposal, Proposal]) -> None:
    first, second = pair
    there = reverse("planning:alike", args=[second.uid, first.uid])
    office.post(there, {"do": "settle"})

    page = office.get(reverse("planning:proposal", args=[second.uid])).content.decode()
    assert there not in page
    office.post(there, {"do": "drop"})
    second.refresh_from_db()
    assert second.state == Proposal.State.DROPPED


def test_a_leader_is_not_told_of_documents_of_others(
    client: Client, cast: Cast, li: Teacher, zhou: Teacher
) -> None:
    (theirs,) = read(cast, zhou, COPIED)
    changed = COPIED.replace("青年教师每月", "新教师每学期").encode()
    (own,) = actions.read_proposals(
        cast.school, changed, name="组.txt", unit=cast.maths, by=li, at=MORNING
    )
    client.force_login(li)

    assert own.alike
    page = client.get(reverse("planning:proposal", args=[own.uid])).content.decode()
    assert str(theirs.uid) not in page
    there = reverse("planning:alike", args=[own.uid, theirs.uid])
    assert client.get(there).status_code == 404


def test_who_reads_it_again_for_another_is_told_whose_it_is(
    office: Client, cast: Cast, proposal: Proposal
) -> None:
    sent = {"owner": f"unit-{cast.maths.pk}", "text": TEXT}
    text = office.post("/plans/read/", sent, follow=True).content.decode()

    assert "以前读入过，是“全校”的" in text
    assert Proposal.objects.get() == proposal
