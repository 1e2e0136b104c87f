"""For whom certificates are issued, alone or together."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from yanxiu.certificates.permissions import may_issue_for
from yanxiu.certificates.refusals import NoSchool
from yanxiu.people.access import allowed
from yanxiu.people.models import Membership, Organisation, Post, Teacher
from yanxiu.people.models.teacher import today


def at_school(reader: Teacher, uid: UUID) -> tuple[Teacher, Organisation]:
    """Return for whom `reader` can issue a certificate, and the school that certifies.

    One's own first school, or that of the person within the reach; one statement.

    Raises:
        Http404: there is no such person, or not for this reader.
        NoSchool: the reader has no post today.
    """
    within = Q(teacher=reader.pk) | Q(organisation__in=reader.reach("recognise_hours"))
    posts = Post.objects.on(today()).filter(within, teacher__uid=uid)
    post = posts.select_related("teacher", "organisation").order_by("role__order", "id").first()
    if post is None and uid == reader.uid:
        raise NoSchool(reader.name)
    if post is None:
        raise Http404
    return post.teacher, post.organisation


def teachers_in(school: Organisation, officer: Teacher, *, unit: str = "") -> "QuerySet[Any]":
    """Return those who work at `school` (in `unit`, by uid) today, by the alphabet."""
    posts = Post.objects.on(today()).filter(teacher=OuterRef("pk"), organisation=school)
    rows = allowed(may_issue_for, officer, Teacher.objects.filter(Exists(posts), is_active=True))
    if unit:
        members = Membership.objects.on(today()).filter(
            teacher=OuterRef("pk"), unit__uid=unit, unit__organisation=school
        )
        rows = rows.filter(Exists(members))
    return rows.order_by("pinyin", "id")
