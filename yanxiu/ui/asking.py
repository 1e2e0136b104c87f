"""One form, one deed: what was typed stays if the deed is refused."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from yanxiu.kernel.refusals import BeyondReach, Refusal
from yanxiu.ui.languages import in_script_of_reader
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import OUT_OF_RANGE, UNPROCESSABLE

Deed = Callable[[Mapping[str, Any]], str]
"""Does what the form asks for and returns the address (or name of the page) to go on to."""


@contextmanager
def kept_in(form: forms.BaseForm) -> Iterator[None]:
    """Turn a refusal into an error of `form`, so that the page comes again with what was typed.

    The form keeps it as `refused`: a page may offer what helps against this one.
    """
    try:
        yield
    except Refusal as refusal:
        form.refused = refusal  # type: ignore[attr-defined]
        form.add_error(None, in_script_of_reader(str(refusal)))
    except OUT_OF_RANGE:
        form.add_error(None, in_script_of_reader(str(BeyondReach())))


def ask(
    request: HttpRequest,
    form: forms.Form,
    deed: Deed,
    *,
    done: str,
    page: str,
    context: Mapping[str, Any],
) -> HttpResponse:
    """Show `form`, or do `deed` with what it holds; a refusal stands above the form, status 422.

    Args:
        request: a POST does the deed.
        form: bound to what the request brings.
        deed: is given the cleaned data.
        done: what is said on the page that follows.
        page: the template that shows the form as `form`.
        context: what else the template needs.
    """
    if request.method != "POST":
        return show(request, page, {"form": form, **context})
    if form.is_valid():
        with kept_in(form):
            address = deed(form.cleaned_data)
            messages.success(request, done)
            return redirect(address)
    return show(request, page, {"form": form, **context}, status=UNPROCESSABLE)
