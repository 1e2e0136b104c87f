"""Finding the person who is to look after an item."""

from django.db.models import Q
from django.utils.translation import gettext as _

from yanxiu.kernel.refusals import BadInput
from yanxiu.people.models import Organisation, Post, Teacher
from yanxiu.people.models.teacher import today
from yanxiu.texts.keys import key

MOST_NAMES = 150


def _working_at(organisation: Organisation) -> Q:
    posts = Post.objects.on(today()).filter(organisation=organisation)
    return Q(pk__in=posts.values("teacher"), is_active=True)


def names_of(organisation: Organisation) -> list[str]:
    """Return the names to offer while somebody types; none where a list would be too long."""
    rows = Teacher.objects.filter(_working_at(organisation)).order_by("pinyin", "id")
    names = list(rows.values_list("name", flat=True)[: MOST_NAMES + 1])
    return names if len(names) <= MOST_NAMES else []


def teacher_called(text: str, organisation: Organisation) -> Teacher | None:
    """Return the teacher of `organisation` with this name or job number; "" is nobody.

    Raises:
        BadInput: there is none, or there are several.
    """
    word = text.strip()
    if not word:
        return None
    posts = Post.objects.on(today()).filter(organisation=organisation, job_number=word)
    named = Q(name_key=key(word)) | Q(pk__in=posts.values("teacher"))
    found = list(Teacher.objects.filter(_working_at(organisation)).filter(named)[:2])
    if not found:
        raise BadInput(
            _("没有找到“%(name)s”，没有保存。请填本单位教师的姓名或工号。") % {"name": word}
        )
    if len(found) > 1:
        raise BadInput(_("有几位教师叫“%(name)s”，没有保存。请改填工号。") % {"name": word})
    return found[0]
