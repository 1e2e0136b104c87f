"""Letting people know that a notice was issued or withdrawn."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanxiu.kernel.sources import source_of
from yanxiu.notices import actions as notices
from yanxiu.notices.models import Notice
from yanxiu.people.models import Post, Teacher
from yanxiu.people.models.organisation import held_on
from yanxiu.people.models.teacher import today
from yanxiu.reports.models import Letter


class Told(models.TextChoices):
    """Whose bell rings when a notice is issued; who may read it does not depend on this."""

    EVERYBODY = "everybody", gettext_lazy("本单位和下级的全体教师")
    LEADERS = "leaders", gettext_lazy("本单位和下级的负责人")
    NOBODY = "nobody", gettext_lazy("不提醒")


def tell_of_issue(letter: Letter, told: Told, *, by: Teacher, at: datetime) -> None:
    """Ring the bell of those named, once each; not of who issues it."""
    if told == Told.NOBODY:
        return
    posts = Post.objects.filter(
        held_on(today()), organisation__path__startswith=letter.organisation.path
    )
    if told == Told.LEADERS:
        posts = posts.filter(role__leading=True)
    teachers = Teacher.objects.filter(Q(pk__in=posts.values("teacher")), is_active=True)
    _notify(letter, teachers.exclude(pk=by.pk), letter.title, letter.reference, at)


def tell_of_withdrawal(letter: Letter, *, by: Teacher, at: datetime) -> None:
    """Tell those who were told of the issue that it no longer holds, and why."""
    teachers = Teacher.objects.filter(notices__in=notices_of(letter)).exclude(pk=by.pk).distinct()
    title = _("已撤回：%(title)s") % {"title": letter.title}
    _notify(letter, teachers, title, letter.withdrawn_because, at)


def notices_of(letter: Letter) -> "models.QuerySet[Notice]":
    """Return what people were told of `letter`."""
    return Notice.objects.filter(source_kind=Letter.SOURCE_KIND, source_id=letter.uid)


def _notify(
    letter: Letter, teachers: "models.QuerySet[Teacher]", title: str, text: str, at: datetime
) -> None:
    notices.notify(
        teachers,
        kind=Notice.Kind.CHANGE,
        title=title,
        text=text,
        source=source_of(letter),
        organisation=letter.organisation,
        at=at,
    )
