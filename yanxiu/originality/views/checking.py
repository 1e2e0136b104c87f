"""Comparing a text of one's own, privately: nothing is kept."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from yanxiu.originality import queries
from yanxiu.originality.forms import CheckForm
from yanxiu.people.access import TeacherRequest
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@read_or_post
def check(request: TeacherRequest) -> HttpResponse:
    """Compare what the reader typed, and show passages side by side."""
    form = CheckForm(request.POST or None)
    school = request.teacher.organisation
    context = {"form": form, "shown": None, "school": school}
    if request.method != "POST" or school is None:
        return show(request, "originality/check.html", context)
    if not form.is_valid():
        return show(request, "originality/check.html", context, status=UNPROCESSABLE)
    text = form.cleaned_data["text"]
    found = queries.alike(text, organisation=school, author=request.teacher, reach="area")
    context["shown"] = queries.side_by_side(text, found, request.teacher, school=school.pk)
    return show(request, "originality/check.html", context)
