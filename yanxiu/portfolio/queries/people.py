"""Whose files a school has."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from yanxiu.people.access import allowed
from yanxiu.people.models import Organisation, Post, Teacher
from yanxiu.people.models.teacher import today
from yanxiu.portfolio.permissions import may_see_file


def teachers_of(school: Organisation, reader: Teacher) -> "QuerySet[Any]":
    """Return those who work at `school` today and whose files `reader` may see, by the alphabet."""
    posts = Post.objects.on(today()).filter(teacher=OuterRef("pk"), organisation=school)
    rows = allowed(may_see_file, reader, Teacher.objects.filter(Exists(posts), is_active=True))
    return rows.order_by("pinyin", "id")
