"""One form, one deed: what was typed stays if the deed is refused."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from yanxiu.kernel.refusals import Refusal
from yanxiu.people.access import TeacherRequest
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

Deed = Callable[[Mapping[str, Any]], str]
"""Does what the form asks for and returns the address to go on to."""


def ask(
    request: TeacherRequest,
    form: forms.Form,
    deed: Deed,
    *,
    done: str,
    page: str = "people/teacher_form.html",
    context: Mapping[str, Any],
) -> HttpResponse:
    """Show `form`, or do `deed` with what it holds; a refusal stands above the form, status 422."""
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                address = deed(form.cleaned_data)
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, done)
                return redirect(address)
        status = UNPROCESSABLE
    return show(request, page, {"form": form, **context}, status=status)
