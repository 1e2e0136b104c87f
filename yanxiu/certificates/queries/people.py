"""For whom certificates are issued together."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from yanxiu.certificates.permissions import may_issue_for
from yanxiu.people.access import allowed
from yanxiu.people.models import Membership, Organisation, Post, Teacher
from yanxiu.people.models.teacher import today


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
