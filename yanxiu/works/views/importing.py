"""A file that becomes a work."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yanxiu.documents.reading import takes_patience
from yanxiu.people.access import TeacherRequest
from yanxiu.people.models.teacher import today
from yanxiu.ui.asking import ask
from yanxiu.works import actions
from yanxiu.works.forms import ImportForm
from yanxiu.works.queries.mine import kinds_for
from yanxiu.works.views.reader import own_school, read_or_post


def is_read_later(request: TeacherRequest) -> bool:
    """Tell whether the file that is brought is read in the background."""
    file = request.FILES.get("file")
    if file is None:
        return False
    waits = takes_patience(file.read())
    file.seek(0)
    return waits


@login_required
@read_or_post
def import_(request: TeacherRequest) -> HttpResponse:
    """Take a Word or PDF file as a draft."""
    school = own_school(request)
    kinds = {str(kind.uid): kind for kind in kinds_for(school, today())}
    # Long kinds first: it is papers that come as files.
    order = sorted(kinds.values(), key=lambda kind: not kind.is_long)
    choices = [(str(kind.uid), kind.name) for kind in order]
    form = ImportForm(request.POST or None, request.FILES or None, kinds=choices)

    def deed(data: Any) -> str:
        made = actions.import_work(
            kinds[data["kind"]],
            data["file"].read(),
            name=data["file"].name,
            organisation=school,
            by=request.teacher,
            at=timezone.now(),
        )
        return reverse("works:work", args=[made.uid])

    context = {
        "heading": _("导入文件"),
        "lead": _("读出文字成为草稿，原文件一并留存；只有您自己看得到"),
        "back": reverse("works:home"),
        "submit": _("导入"),
    }
    waits = form.is_bound and is_read_later(request)
    done = _("已导入为草稿。PDF 要读一会儿，文字随后就到。") if waits else _("已导入为草稿。")
    return ask(request, form, deed, done=done, page="works/form.html", context=context)
