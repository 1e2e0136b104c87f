"""What a machine cannot know of a roster, a person settles once: columns, and who is who."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.people.actions import roster_import
from yanxiu.people.models import (
    ColumnMeaning,
    RosterImport,
    RosterLine,
    SameNameDecision,
    Teacher,
)
from yanxiu.people.refusals.roster import RosterFileForgotten

ODD = "姓名,工号,带班,特长\n孙一,0101,三年级,区级骨干教师\n"


@pytest.fixture
def admin(client: Client, guan: Teacher) -> Client:
    client.force_login(guan)
    return client


def upload(client: Client, cast: Cast, text: str) -> RosterImport:
    asked = {
        "organisation": str(cast.school.uid),
        "file": SimpleUploadedFile("名单.csv", text.encode()),
    }
    assert client.post("/people/roster/", asked).status_code == 302
    return RosterImport.objects.latest("pk")


def row(read: RosterImport) -> dict[str, object]:
    return next(roster_import.rows_of(read))


def person(read: RosterImport) -> dict[str, object]:
    return row(read)["person"]  # type: ignore[return-value]


def say(client: Client, read: RosterImport, **columns: str) -> int:
    """Give columns, by their head, another meaning on the page."""
    heads = [head["head"] for head in read.report["heads"]]
    asked = {f"column-{heads.index(head)}": field for head, field in columns.items()}
    return client.post(f"/people/roster/{read.uid}/columns/", asked).status_code


def test_the_page_shows_how_each_column_was_read(admin: Client, cast: Cast) -> None:
    read = upload(admin, cast, ODD)

    said = admin.get(f"/people/roster/{read.uid}/").content.decode()

    assert '<label for="column-3">特长</label>' in said
    assert "没有认出“特长”" in said


def test_a_column_given_a_meaning_is_read_at_once(admin: Client, cast: Cast) -> None:
    read = upload(admin, cast, ODD)

    assert say(admin, read, 带班="grades", 特长="tiers") == 302

    read.refresh_from_db()
    assert (person(read)["grade"], person(read)["tier"]) == ("三年级", "区级骨干教师")


def test_the_next_file_with_that_column_is_read_alike(admin: Client, cast: Cast) -> None:
    say(admin, upload(admin, cast, ODD), 特长="tiers")

    again = upload(admin, cast, "特 长,姓名\n校骨干,孙二\n")

    assert person(again)["tier"] == "校级骨干教师"
    assert ColumnMeaning.objects.get().set_by_name == "关管理"


def test_another_school_reads_it_as_before(admin: Client, cast: Cast, qian: Teacher) -> None:
    say(admin, upload(admin, cast, ODD), 特长="tiers")

    other = roster_import.read_file(cast.other_school, ODD.encode(), "a.csv", by=None, at=MORNING)

    assert person(other)["tier"] == ""


def test_what_a_person_says_goes_before_the_guess(admin: Client, cast: Cast) -> None:
    read = upload(admin, cast, "姓名,学科,兼教\n孙一,语文,书法\n")

    say(admin, read, 兼教="subjects")

    assert person(read)["subjects"] == ["书法"]


def test_without_a_name_column_nothing_changes(admin: Client, cast: Cast) -> None:
    read = upload(admin, cast, ODD)

    assert say(admin, read, 姓名="") == 422

    assert not ColumnMeaning.objects.exists()


def test_when_the_table_is_gone_the_meaning_is_kept_and_the_file_asked_for(
    admin: Client, cast: Cast, guan: Teacher
) -> None:
    read = upload(admin, cast, ODD)
    cache.clear()

    with pytest.raises(RosterFileForgotten):
        roster_import.read_columns_as(read, {"特长": "tiers"}, by=guan, at=NOON)

    assert person(upload(admin, cast, ODD))["tier"] == "区级骨干教师"


def test_what_nothing_needs_is_not_even_in_the_cache(admin: Client, cast: Cast) -> None:
    read = upload(admin, cast, "姓名,身份证号,特长\n孙一,110101198503071234,剪纸\n")

    kept = repr(cache.get(f"roster-{read.uid}"))

    assert "剪纸" in kept
    assert "110101198503071234" not in kept


def test_a_confirmed_import_lets_the_table_go(admin: Client, cast: Cast) -> None:
    read = upload(admin, cast, ODD)

    admin.post(f"/people/roster/{read.uid}/apply/")

    assert cache.get(f"roster-{read.uid}") is None


SAME = "姓名,手机号,学科\n王老师,13700000001,音乐\n"


def decide(client: Client, read: RosterImport, choice: str) -> int:
    asked = {"position": "0", "choice": choice}
    return client.post(f"/people/roster/{read.uid}/decide/", asked).status_code


def test_the_page_asks_who_it_is_with_what_tells_people_apart(
    admin: Client, cast: Cast, wang: Teacher
) -> None:
    read = upload(admin, cast, SAME)

    said = admin.get(f"/people/roster/{read.uid}/?problem=decide").content.decode()

    assert "就是 王老师 · 工号0004 · 数学教研组 · 手机尾号0004" in said
    assert "不是，是新来的人" in said


def test_whoever_is_chosen_is_changed(admin: Client, cast: Cast, wang: Teacher) -> None:
    read = upload(admin, cast, SAME)

    assert decide(admin, read, str(wang.uid)) == 302

    assert (row(read)["change"], row(read)["teacher"]) == ("changed", str(wang.uid))
    admin.post(f"/people/roster/{read.uid}/apply/")
    wang.refresh_from_db()
    assert wang.phone == "13700000001"


def test_somebody_new_is_added_once_and_known_ever_after(admin: Client, cast: Cast) -> None:
    lines = "姓名,学科,出生年月\n王老师,音乐,1999-09\n"
    Teacher.objects.filter(name="王老师").update(born="1980-01")
    read = upload(admin, cast, lines)
    assert row(read)["change"] == "refused"
    decide(admin, read, "new")
    admin.post(f"/people/roster/{read.uid}/apply/")
    assert Teacher.objects.filter(name="王老师").count() == 2

    again = upload(admin, cast, lines)

    assert row(again)["change"] == "same"
    assert SameNameDecision.objects.get().teacher == Teacher.objects.get(born="1999-09")


def test_a_new_name_for_a_known_number_is_settled_too(
    admin: Client, cast: Cast, wang: Teacher
) -> None:
    read = upload(admin, cast, "姓名,工号\n王改名,0004\n")

    decide(admin, read, str(wang.uid))

    assert row(read)["differences"] == [
        {"field": "name", "label": "姓名", "before": "王老师", "after": "王改名"}
    ]


def test_a_decision_can_be_taken_back(admin: Client, cast: Cast, wang: Teacher) -> None:
    read = upload(admin, cast, SAME)
    decide(admin, read, str(wang.uid))

    decide(admin, read, "")

    assert row(read)["change"] == "refused"


def test_only_a_candidate_can_be_chosen(admin: Client, cast: Cast, zhao: Teacher) -> None:
    read = upload(admin, cast, SAME)

    assert decide(admin, read, str(zhao.uid)) == 422


def test_undoing_leaves_the_decision_that_it_is_somebody_new(admin: Client, cast: Cast) -> None:
    read = upload(admin, cast, "姓名,手机号\n王老师,13700000001\n")
    decide(admin, read, "new")
    admin.post(f"/people/roster/{read.uid}/apply/")

    admin.post(f"/people/roster/{read.uid}/undo/")

    assert SameNameDecision.objects.get().teacher is None
    assert Teacher.objects.filter(name="王老师").count() == 1


def test_the_page_of_many_rows_costs_as_little(
    admin: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    lines = "".join(f"孙{chr(0x4E00 + n)},1{n:04d},137{n:08d}\n" for n in range(300))
    read = upload(admin, cast, f"姓名,工号,手机号\n{lines}王老师,,13700099999\n")
    assert RosterLine.objects.count() == 301

    with django_assert_max_num_queries(10):
        answer = admin.get(f"/people/roster/{read.uid}/?page=7")

    assert len(answer.content) < 60_000
