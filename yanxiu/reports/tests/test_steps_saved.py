"""A summary costs no needless steps: it leads on, back to the place, and does not list noughts."""

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.cast import MORNING, Cast
from yanxiu.people.models import Teacher
from yanxiu.reports.actions.beginning import begin_summary
from yanxiu.reports.documents.term_summary.data import Paragraph, Table
from yanxiu.reports.documents.term_summary.filling import fill
from yanxiu.reports.models import Summary

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(cast: Cast, wang: Teacher) -> Summary:
    """The summary that 王老师 began of the term."""
    return begin_summary(cast.school, term=cast.term, teacher=wang, by=wang, at=MORNING)


@pytest.fixture
def writer(client: Client, wang: Teacher) -> Client:
    client.force_login(wang)
    return client


def test_beginning_again_leads_to_the_one_that_stands(
    writer: Client, own: Summary, cast: Cast
) -> None:
    sent = {"of": "me", "period": "term", "term": str(cast.term.uid), "shape": "last"}
    answer = writer.post(reverse("reports:begin"), sent, follow=True)

    assert answer.redirect_chain[-1][0] == reverse("reports:summary", args=[own.uid])
    assert "以前起草过" in answer.content.decode()
    assert Summary.objects.get() == own


def test_saving_leads_back_to_the_paragraph(writer: Client, own: Summary) -> None:
    sent = {"place": "section:practice", "version": 0, "text": "我写的。"}
    there = writer.post(reverse("reports:prose", args=[own.uid]), sent).headers["Location"]

    anchor = there.partition("#")[2]
    assert anchor == "at-section-practice"
    assert f'id="{anchor}"' in writer.get(there).content.decode()


def test_a_new_paragraph_is_where_one_lands(writer: Client, own: Summary) -> None:
    sent = {"do": "paragraph", "key": "practice", "version": 0}
    there = writer.post(reverse("reports:paragraph", args=[own.uid]), sent).headers["Location"]

    anchor = there.partition("#")[2]
    assert anchor.startswith("at-section-practice-")
    assert f'id="{anchor}"' in writer.get(there).content.decode()


def test_noughts_stand_in_one_sentence_and_not_in_the_table(own: Summary) -> None:
    blocks = next(one for one in fill(own, MORNING).sections if one.key == "results").blocks
    (table,) = [one for one in blocks if isinstance(one, Table)]
    (noughts,) = [str(one) for one in blocks if isinstance(one, Paragraph)]

    assert all(str(row.cells[1]) not in {"0场", "0人次"} for row in table.rows)
    assert noughts.startswith("为0的数据项：")
    assert "举行的场次0场" in noughts


def test_the_sessions_of_one_person_tell_whether_they_came(own: Summary) -> None:
    blocks = [one for section in fill(own, MORNING).sections for one in section.blocks]
    (table,) = [one for one in blocks if isinstance(one, Table) and one.key == "sessions"]

    assert table.head == ("日期", "单位", "主题", "到场")
