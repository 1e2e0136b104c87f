"""An officer writes a scheme, publishes it in a version, and nobody changes what is published."""

from datetime import date, timedelta

import pytest

from yanxiu.cast import NOON, Cast
from yanxiu.kernel.refusals import NotAllowed
from yanxiu.ledger import actions, queries
from yanxiu.ledger.actions.publishing import copied
from yanxiu.ledger.models import Award, PublishedTextStays, SchemeAdoption, SchemeFile
from yanxiu.ledger.queries import schemes as read
from yanxiu.ledger.refusals import (
    AlreadyPublished,
    DraftMoved,
    NotADraft,
    SchemeAdopted,
    SchemeIdTaken,
    VersionTaken,
)
from yanxiu.ledger.rules.refusals import SchemeUnknown, SchemeUnreadable
from yanxiu.ledger.tests.conftest import TakePart
from yanxiu.ledger.tests.written import GENEROUS, SCHEME
from yanxiu.people.models import Organisation, Teacher

DAY = date(2026, 10, 1)


def draft(cast: Cast, text: str = SCHEME) -> SchemeFile:
    return actions.start_draft(cast.school, text, by=cast.people["guan"], at=NOON)


def publish(cast: Cast, text: str = SCHEME) -> SchemeFile:
    return actions.publish_scheme(draft(cast, text), edition=1, by=cast.people["guan"], at=NOON)


def test_only_who_manages_schemes_writes_one(cast: Cast, wang: Teacher) -> None:
    with pytest.raises(NotAllowed):
        actions.start_draft(cast.school, SCHEME, by=wang, at=NOON)


def test_a_draft_is_kept_with_its_slips_and_is_not_published(cast: Cast) -> None:
    file = draft(cast, SCHEME.replace("per: hour", "per: hours"))

    with pytest.raises(SchemeUnreadable, match="第 28 行"):
        actions.publish_scheme(file, edition=1, by=None, at=NOON)

    assert SchemeFile.objects.get().state == "draft"


def test_who_saves_over_a_later_edition_is_told_and_changes_nothing(
    cast: Cast, guan: Teacher
) -> None:
    file = draft(cast)
    actions.keep_draft(file, text=SCHEME + "# 甲\n", edition=1, by=guan, at=NOON)

    with pytest.raises(DraftMoved, match=guan.name):
        actions.keep_draft(file, text=SCHEME + "# 乙\n", edition=1, by=guan, at=NOON)

    assert SchemeFile.objects.get().text.endswith("# 甲\n")


def test_nobody_publishes_a_text_that_was_not_seen(cast: Cast, guan: Teacher) -> None:
    file = draft(cast)
    actions.keep_draft(file, text=GENEROUS, edition=1, by=guan, at=NOON)

    with pytest.raises(DraftMoved):
        actions.publish_scheme(file, edition=1, by=guan, at=NOON)


def test_the_second_of_two_officers_is_told_that_it_is_published(cast: Cast, guan: Teacher) -> None:
    publish(cast)

    with pytest.raises(AlreadyPublished, match=guan.name):
        actions.publish_scheme(SchemeFile.objects.get(), edition=1, by=guan, at=NOON)


def test_a_version_is_published_once_whoever_wrote_it(cast: Cast) -> None:
    publish(cast)

    with pytest.raises(VersionTaken):
        publish(cast, SCHEME + "# 又一份\n")


def test_the_database_keeps_the_version_where_two_publish_at_one_moment(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(cast)
    monkeypatch.setattr("yanxiu.ledger.actions.publishing.refused_name", lambda *_: None)

    with pytest.raises(VersionTaken):
        publish(cast, SCHEME + "# 又一份\n")

    assert SchemeFile.objects.filter(state="published").count() == 1


def test_a_published_text_never_changes(cast: Cast, guan: Teacher) -> None:
    file = SchemeFile.objects.get(pk=publish(cast).pk)

    with pytest.raises(NotADraft):
        actions.keep_draft(file, text=GENEROUS, edition=1, by=guan, at=NOON)
    file.text = GENEROUS
    with pytest.raises(PublishedTextStays):
        file.save()


def test_the_ids_of_shipped_schemes_and_of_others_are_not_taken(cast: Cast) -> None:
    with pytest.raises(SchemeIdTaken, match="随系统"):
        publish(cast, SCHEME.replace("made-up-county", "cn-central-school-handbook"))
    with pytest.raises(SchemeIdTaken, match="随系统"):
        publish(cast, SCHEME.replace("made-up-county", "cn-that-comes-later"))
    publish(cast)
    other = actions.start_draft(cast.other_school, GENEROUS, by=None, at=NOON)
    with pytest.raises(SchemeIdTaken, match=cast.school.name):
        actions.publish_scheme(other, edition=1, by=None, at=NOON)


def test_a_copy_of_a_shipped_scheme_has_an_id_and_a_title_of_its_own(cast: Cast) -> None:
    text = copied("# 说明\nid: cn-made-up\ntitle: '某地学分'\nversion: '1'\n", cast.school)

    assert "id: own-" in text
    assert "title: '某地学分（清河小学）'\n" in text
    assert "cn-" not in text


def test_what_is_published_here_or_above_can_be_adopted_and_earns(
    cast: Cast, guan: Teacher, wang: Teacher, take_part: TakePart
) -> None:
    central = Organisation.objects.get(parent=None)
    file = actions.start_draft(central, SCHEME, by=None, at=NOON)
    actions.publish_scheme(file, edition=1, by=None, at=NOON)

    actions.adopt_scheme(cast.school, "made-up-county", starts_on=DAY, by=guan, at=NOON)
    take_part(wang)

    award = Award.objects.get(scheme="made-up-county")
    assert (award.amount, award.version) == (2, "2026")


def test_a_draft_and_what_is_withdrawn_are_not_offered(cast: Cast) -> None:
    draft(cast)
    with pytest.raises(SchemeUnknown):
        actions.adopt_scheme(cast.school, "made-up-county", starts_on=DAY, by=None, at=NOON)

    file = publish(cast)
    actions.withdraw_scheme(file, because="写错了", by=None, at=NOON)

    with pytest.raises(SchemeUnknown):
        actions.adopt_scheme(cast.school, "made-up-county", starts_on=DAY, by=None, at=NOON)


def test_what_is_adopted_is_not_withdrawn(cast: Cast) -> None:
    file = publish(cast)
    actions.adopt_scheme(cast.school, "made-up-county", starts_on=DAY, by=None, at=NOON)

    with pytest.raises(SchemeAdopted):
        actions.withdraw_scheme(file, because="", by=None, at=NOON)


def test_a_new_version_follows_the_old_one_on_its_day(cast: Cast) -> None:
    publish(cast)
    actions.adopt_scheme(cast.school, "made-up-county", starts_on=DAY, by=None, at=NOON)
    publish(cast, GENEROUS)
    later = DAY + timedelta(days=30)

    actions.adopt_scheme(cast.school, "made-up-county", starts_on=later, by=None, at=NOON)

    in_force = [
        {one.id: one.version for one in queries.schemes_on(cast.school, day)}["made-up-county"]
        for day in (DAY, later)
    ]
    assert in_force == ["2026", "2027"]
    assert SchemeAdoption.objects.get(scheme="made-up-county", version="2026").ends_on == later


def test_a_correction_from_the_same_day_takes_the_place_of_the_version(cast: Cast) -> None:
    publish(cast)
    actions.adopt_scheme(cast.school, "made-up-county", starts_on=DAY, by=None, at=NOON)
    publish(cast, GENEROUS)

    actions.adopt_scheme(cast.school, "made-up-county", starts_on=DAY, by=None, at=NOON)

    assert SchemeAdoption.objects.get(scheme="made-up-county").version == "2027"


def test_a_stored_scheme_costs_no_statement_more_than_a_shipped_one(
    cast: Cast, django_assert_num_queries: object
) -> None:
    publish(cast)
    actions.adopt_scheme(cast.school, "made-up-county", starts_on=DAY, by=None, at=NOON)
    found = queries.schemes_on(cast.school, DAY)

    with django_assert_num_queries(1):  # type: ignore[operator]
        assert queries.schemes_on(cast.school, DAY) == found
    stored = next(one for one in found if one.id == "made-up-county")
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert queries.scheme_of("made-up-county", "2026", stored.digest) is stored
    assert read.titles_of({("made-up-county", "2026")}).popitem()[1] == "虚构县学时办法"


def test_what_a_superior_gave_up_gives_no_place_to_what_a_school_begins(cast: Cast) -> None:
    above = cast.school.parent
    assert above is not None
    given_up, goes_on = "cn-hours-40-credits-10", "cn-national-360"
    for scheme, first, last in (
        (given_up, date(2021, 9, 1), date(2022, 9, 1)), (goes_on, date(2022, 9, 1), None),
    ):  # fmt: skip
        made = actions.adopt_scheme(above, scheme, starts_on=first, by=None, at=NOON)
        SchemeAdoption.objects.filter(pk=made.pk).update(ends_on=last)
    actions.adopt_scheme(cast.school, given_up, starts_on=date(2026, 9, 2), by=None, at=NOON)

    found = [one.id for one in queries.schemes_on(cast.school, DAY)]

    assert found.index(goes_on) < found.index(given_up)


def test_a_later_version_keeps_the_place_of_the_first(cast: Cast, guan: Teacher) -> None:
    first = queries.schemes_on(cast.school, DAY)[0].id
    publish(cast)
    own = SchemeFile.objects.get().scheme
    actions.adopt_scheme(cast.school, own, starts_on=date(2026, 9, 2), by=guan, at=NOON)
    text = SCHEME.replace('version: "2026"', 'version: "2027"')
    assert text != SCHEME
    publish(cast, text)
    other = "cn-hours-40-credits-10"
    actions.adopt_scheme(cast.school, other, starts_on=date(2026, 9, 10), by=guan, at=NOON)

    actions.adopt_scheme(
        cast.school, own, starts_on=date(2026, 9, 20), by=guan, at=NOON, version="2027"
    )

    found = queries.schemes_on(cast.school, DAY)
    assert [one.id for one in found] == [first, own, other]
    assert found[1].version == "2027"
    every = read.Adoptions.of(cast.school)
    assert [one.id for one in every.on(DAY)] == [first, own, other]
    assert [one.version for one in every.on(date(2026, 9, 5))][1:] == ["2026"]
