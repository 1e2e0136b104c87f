"""A question put together once answers as the ORM would, each time anew."""

from typing import Any

from django.db.models import BigAutoField, CharField, F
from pytest_django import DjangoAssertNumQueries

from yanxiu.audit.kept import KeptSelect, Slot
from yanxiu.cast import Cast
from yanxiu.people.models import Post, Teacher

POSTS: KeptSelect[Any] = KeptSelect(
    lambda: (
        Post.objects.filter(teacher=Slot("teacher", BigAutoField()))
        .select_related("organisation", "role")
        .annotate(called=F("teacher__name"))
        .order_by("pk")
    )
)


def test_the_rows_are_those_of_the_orm(cast: Cast, li: Teacher) -> None:
    (kept,) = POSTS.all(teacher=li.pk)
    post = Post.objects.select_related("role", "organisation").get(teacher=li)

    assert kept == post
    assert (kept.uid, kept.starts_on, kept.ends_on) == (post.uid, post.starts_on, post.ends_on)
    assert kept.role.rights == post.role.rights
    assert kept.organisation.labels == post.organisation.labels


def test_what_is_joined_costs_no_further_statement(
    cast: Cast, li: Teacher, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        (post,) = POSTS.all(teacher=li.pk)

        assert post.organisation.name == "清河小学"
        assert post.called == "李组长"


def test_it_is_asked_anew_each_time(cast: Cast, li: Teacher, wang: Teacher) -> None:
    assert [POSTS.all(teacher=one.pk)[0].teacher for one in (li, wang)] == [li, wang]

    Post.objects.filter(teacher=li).delete()

    assert POSTS.first(teacher=li.pk) is None


def test_a_value_is_data_and_never_a_part_of_the_statement(cast: Cast, li: Teacher) -> None:
    named: KeptSelect[Teacher] = KeptSelect(
        lambda: Teacher.objects.filter(name=Slot("name", CharField()))
    )

    assert named.all(name="' OR 1=1 --") == []
    assert named.all(name="李组长") == [li]
