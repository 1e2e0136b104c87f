"""Choosing the language of the pages."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from yanxiu.people import actions
from yanxiu.people.access import TeacherRequest
from yanxiu.people.language import COOKIE

A_YEAR = 60 * 60 * 24 * 365


@require_POST
def choose(request: TeacherRequest) -> HttpResponse:
    """Keep the choice with the person, or on the device before the log-in, and go back."""
    code = request.POST.get("language", "")
    if request.teacher.is_authenticated:
        code = actions.choose_language(request.teacher, code).language
    else:
        actions.refuse_unknown_language(code)
    back = request.POST.get("next", "/")
    if not back.startswith("/") or not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    answer = redirect(back)
    answer.set_cookie(COOKIE, code, max_age=A_YEAR, samesite="Lax", httponly=True)
    return answer
