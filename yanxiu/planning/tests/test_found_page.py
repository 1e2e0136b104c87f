"""Several documents in one file: only those that are wanted are taken."""

from django.test import Client
from django.urls import reverse

from yanxiu.cast import MORNING, Cast
from yanxiu.people.models import Teacher
from yanxiu.planning import actions
from yanxiu.planning.models import Proposal
from yanxiu.planning.tests.conftest import TEXT
from yanxiu.planning.tests.texts import SUMMARY


def both(cast: Cast, by: Teacher) -> list[Proposal]:
    """Read a file with a plan and a summary."""
    data = f"{TEXT}\n{SUMMARY}".encode()
    return actions.read_proposals(cast.school, data, name="两份.txt", by=by, at=MORNING)


def test_each_is_named_with_kind_and_lines(office: Client, cast: Cast, zhou: Teacher) -> None:
    plan, summary = both(cast, zhou)
    page = office.get(reverse("planning:found", args=[plan.uid])).content.decode()

    for row, kind in ((plan, "计划"), (summary, "总结")):
        assert row.title in page
        assert f"第{row.first_line}—{row.last_line}行" in page
        assert f">{kind}</span>" in page


def test_only_what_is_ticked_is_taken(office: Client, cast: Cast, zhou: Teacher) -> None:
    plan, summary = both(cast, zhou)
    answer = office.post(reverse("planning:found", args=[plan.uid]), {"take": [str(summary.uid)]})

    assert answer.headers["Location"] == reverse("planning:proposal", args=[summary.uid])
    states = dict(Proposal.objects.values_list("kind", "state"))
    assert states == {"plan": "found", "summary": "open"}
    assert plan.title not in office.get(reverse("planning:plans")).content.decode()


def test_reading_the_file_again_offers_the_rest(office: Client, cast: Cast, zhou: Teacher) -> None:
    plan, summary = both(cast, zhou)
    office.post(reverse("planning:found", args=[plan.uid]), {"take": [str(summary.uid)]})
    again = both(cast, zhou)

    assert [row.pk for row in again] == [plan.pk, summary.pk]
    page = office.get(reverse("planning:found", args=[plan.uid])).content.decode()
    assert f'value="{plan.uid}"' in page
    assert f'value="{summary.uid}"' not in page


def test_many_documents_cost_no_more_statements(
    office: Client, cast: Cast, zhou: Teacher, django_assert_max_num_queries: object
) -> None:
    parts = []
    for number in "一二三四五六":
        title = f"清河小学第{number}份校本研修工作计划"
        parts.append(TEXT.replace("清河小学2026年秋季校本研修工作计划", title))
    rows = actions.read_proposals(
        cast.school, "\n".join(parts).encode(), name="六份.txt", by=zhou, at=MORNING
    )
    assert len(rows) == 6
    Proposal.objects.exclude(pk=rows[0].pk).update(
        alike=[{"uid": str(rows[0].uid), "share": 99, "settled": False}]
    )
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        page = office.get(reverse("planning:found", args=[rows[0].uid])).content.decode()
    assert page.count("99%") == 5


def test_working_on_one_takes_it(office: Client, cast: Cast, zhou: Teacher) -> None:
    plan, _summary = both(cast, zhou)
    actions.accept_rest(plan, by=zhou, at=MORNING)

    plan.refresh_from_db()
    assert plan.state == Proposal.State.OPEN
