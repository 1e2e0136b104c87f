"""A rule has one text that holds on a day; its history stays, and who should know is told."""

from datetime import date, timedelta

import pytest

from yanxiu.agenda.models import Task
from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.notices.models import Notice
from yanxiu.people.access import allowed
from yanxiu.people.models import Organisation, Teacher
from yanxiu.regulations import actions, queries
from yanxiu.regulations.models import Regulation, RegulationVersion
from yanxiu.regulations.permissions import may_see_regulation
from yanxiu.regulations.refusals import (
    AlreadyPublished,
    DraftThere,
    NoArticles,
    NotInForce,
    StartsTooEarly,
    TitleTaken,
)
from yanxiu.regulations.tests.conftest import SEPTEMBER, TEXT, kind

OCTOBER = date(2026, 10, 15)
NEXT_TERM = date(2027, 2, 20)


def published(regulation: Regulation) -> RegulationVersion:
    return regulation.versions.filter(published_at__isnull=False).latest("number")


def revised(regulation: Regulation, zhou: Teacher, text: str = TEXT) -> RegulationVersion:
    return actions.revise(
        regulation, text, starts_on=NEXT_TERM, change_note="减去一次汇报", by=zhou, at=NOON
    )


def sees(teacher: Teacher, regulation: Regulation) -> bool:
    rows = allowed(may_see_regulation, teacher, Regulation.objects.all())
    return rows.filter(pk=regulation.pk).exists()


def test_its_text_is_kept_by_articles(drafted: Regulation) -> None:
    articles = drafted.versions.get().articles.all()

    assert [one.label for one in articles] == ["", "第一条", "第二条", "第三条"]


def test_a_draft_is_for_those_who_write_rules(
    drafted: Regulation, zhou: Teacher, shen: Teacher, wang: Teacher
) -> None:
    assert [sees(one, drafted) for one in (zhou, shen, wang)] == [True, True, False]


def test_everybody_for_whom_it_holds_reads_it_and_nobody_else(
    regulation: Regulation, wang: Teacher, qian: Teacher
) -> None:
    assert (sees(wang, regulation), sees(qian, regulation)) == (True, False)


def test_a_rule_of_the_central_school_holds_in_its_schools(
    central: Organisation, sun: Teacher, wang: Teacher, qian: Teacher
) -> None:
    new = actions.NewRule(title="常规管理条例", text=TEXT, starts_on=SEPTEMBER)
    rule = actions.register(central, kind("routine_teaching"), new, by=sun, at=MORNING)
    actions.publish(rule.versions.get(), by=sun, at=MORNING)

    assert (sees(wang, rule), sees(qian, rule)) == (True, True)


def test_a_rule_for_the_office_alone_does_not_go_down(
    central: Organisation, sun: Teacher, wang: Teacher
) -> None:
    new = actions.NewRule(title="中心组分工", text=TEXT, starts_on=SEPTEMBER, scope="own")
    rule = actions.register(central, kind("other"), new, by=sun, at=MORNING)
    actions.publish(rule.versions.get(), by=sun, at=MORNING)

    assert not sees(wang, rule)


def test_a_teacher_writes_no_rules(cast: Cast, wang: Teacher) -> None:
    new = actions.NewRule(title="我的制度", text=TEXT, starts_on=SEPTEMBER)

    with pytest.raises(NotAllowed):
        actions.register(cast.school, kind("other"), new, by=wang, at=MORNING)


def test_a_title_is_used_once(cast: Cast, regulation: Regulation, zhou: Teacher) -> None:
    new = actions.NewRule(title="研修管理制度", text=TEXT, starts_on=SEPTEMBER)

    with pytest.raises(TitleTaken, match="修订"):
        actions.register(cast.school, kind("other"), new, by=zhou, at=NOON)


def test_a_rule_without_text_is_none(cast: Cast, zhou: Teacher) -> None:
    new = actions.NewRule(title="空制度", text=" \n ", starts_on=SEPTEMBER)

    with pytest.raises(NoArticles):
        actions.register(cast.school, kind("other"), new, by=zhou, at=MORNING)

    assert not Regulation.objects.filter(title="空制度").exists()


def test_readers_owe_their_acknowledgement_and_the_publisher_does_not(
    regulation: Regulation, zhou: Teacher, wang: Teacher
) -> None:
    owed = Task.objects.filter(kind="acknowledge", state="open")

    assert owed.filter(teacher=wang, due_on=date(2026, 10, 31)).exists()
    assert not owed.filter(teacher=zhou).exists()
    assert Notice.objects.filter(teacher=wang, kind="request").exists()


def test_saying_so_once_is_enough_and_ends_the_own_task_only(
    regulation: Regulation, wang: Teacher, li: Teacher
) -> None:
    version = published(regulation)
    first = actions.acknowledge(version, by=wang, at=MORNING)

    assert actions.acknowledge(version, by=wang, at=NOON).at == first.at
    open_tasks = Task.objects.filter(kind="acknowledge", state="open")
    assert not open_tasks.filter(teacher=wang).exists()
    assert open_tasks.filter(teacher=li).exists()
    assert wang not in queries.unread(version, OCTOBER)
    assert li in queries.unread(version, OCTOBER)


def test_a_stranger_acknowledges_nothing(regulation: Regulation, qian: Teacher) -> None:
    with pytest.raises(NotAllowed):
        actions.acknowledge(published(regulation), by=qian, at=NOON)


def test_the_old_text_holds_until_the_new_one_begins(regulation: Regulation, zhou: Teacher) -> None:
    version = revised(regulation, zhou)
    actions.publish(version, by=zhou, at=NOON)

    regulation = Regulation.objects.get(pk=regulation.pk)
    before = queries.version_in_force(regulation, NEXT_TERM - timedelta(days=1))
    after = queries.version_in_force(regulation, NEXT_TERM)
    assert before is not None
    assert after is not None
    assert (before.number, after.number) == (1, 2)


def test_a_published_text_cannot_be_changed(regulation: Regulation, zhou: Teacher) -> None:
    with pytest.raises(AlreadyPublished, match="修订稿"):
        actions.edit_draft(
            published(regulation),
            "第一条 改",
            starts_on=SEPTEMBER,
            change_note="",
            by=zhou,
            at=NOON,
        )


def test_one_draft_at_a_time(regulation: Regulation, zhou: Teacher) -> None:
    revised(regulation, zhou)

    with pytest.raises(DraftThere, match="第2版"):
        revised(regulation, zhou)


def test_a_draft_can_be_changed(regulation: Regulation, zhou: Teacher) -> None:
    version = revised(regulation, zhou)

    actions.edit_draft(
        version, "第一条　两周一次", starts_on=NEXT_TERM, change_note="改", by=zhou, at=NOON
    )

    assert [one.text for one in version.articles.all()] == ["两周一次"]


def test_a_version_begins_after_the_one_it_replaces(regulation: Regulation, zhou: Teacher) -> None:
    version = actions.revise(
        regulation, TEXT, starts_on=SEPTEMBER, change_note="改", by=zhou, at=NOON
    )

    with pytest.raises(StartsTooEarly, match="2026-09-01"):
        actions.publish(version, by=zhou, at=NOON)


def test_an_article_points_to_the_superiors_article_of_its_number(
    cast: Cast, central: Organisation, sun: Teacher, zhou: Teacher
) -> None:
    above = actions.register(
        central,
        kind("routine_teaching"),
        actions.NewRule(title="县条例", text="第一条 总则\n第三条 请假", starts_on=SEPTEMBER,
                        is_superior=True, issuer="县教研室"),
        by=sun, at=MORNING,
    )  # fmt: skip
    own = actions.NewRule(title="本校条例", text=TEXT, starts_on=SEPTEMBER, derived_from=above)

    made = actions.register(cast.school, kind("routine_teaching"), own, by=zhou, at=MORNING)

    found = {one.label: one.source for one in made.versions.get().articles.all()}
    assert found["第二条"] is None
    assert found["第三条"] is not None
    assert found["第三条"].text == "请假"


def test_a_retired_rule_asks_nobody_any_more(regulation: Regulation, zhou: Teacher) -> None:
    actions.retire(regulation, because="并入新制度", by=zhou, at=NOON)

    assert not Task.objects.filter(kind="acknowledge", state="open").exists()
    with pytest.raises(NotInForce):
        actions.acknowledge(published(regulation), by=zhou, at=NOON + timedelta(days=2))


def test_it_is_retired_with_a_reason(regulation: Regulation, zhou: Teacher) -> None:
    with pytest.raises(BadInput, match="原因"):
        actions.retire(regulation, because=" ", by=zhou, at=NOON)

    assert Regulation.objects.get(pk=regulation.pk).retired_on is None
