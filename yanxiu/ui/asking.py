"""One form, one deed: what was typed stays if the deed is refused, or comes too late."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import escape

from yanxiu.kernel.refusals import FILE, BeyondReach, Refusal
from yanxiu.ui.languages import in_script_of_reader
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import OUT_OF_RANGE, UNPROCESSABLE

Deed = Callable[[Mapping[str, Any]], str]
"""Does what the form asks for and returns the address (or name of the page) to go on to."""


@contextmanager
def kept_in(form: forms.BaseForm) -> Iterator[None]:
    """Turn a refusal into an error of `form`, so that the page comes again with what was typed.

    A refusal that names a field stands at it, else above all. The form keeps it as `refused`: a
    page may offer what helps against this one.
    """
    try:
        yield
    except Refusal as refusal:
        form.refused = refusal  # type: ignore[attr-defined]
        form.add_error(_field_of(form, refusal), in_script_of_reader(str(refusal)))
    except OUT_OF_RANGE:
        form.add_error(None, in_script_of_reader(str(BeyondReach())))


def _field_of(form: forms.BaseForm, refusal: Refusal) -> str | None:
    """Return the field of `form` that a refusal is about; None where it is about the whole."""
    if refusal.field != FILE:
        return refusal.field if refusal.field in form.fields else None
    sent = [name for name in form.files if name in form.fields]
    return sent[0] if len(sent) == 1 else None


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

    Where the page does not draw the form any more, because somebody was faster, a page of its own
    says so and gives back what was typed.

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
    answer = show(request, page, {"form": form, **context}, status=UNPROCESSABLE)
    return answer if _says_why(answer, form) else _given_back(request, form, context)


def _says_why(answer: HttpResponse, form: forms.Form) -> bool:
    """Tell whether a page says what is wrong with `form`; one that does not draw it cannot."""
    shown = answer.content.decode()
    return 'class="form-errors"' in shown or any(escape(text) in shown for text in _said(form))


def _said(form: forms.Form) -> list[str]:
    return [str(text) for texts in form.errors.values() for text in texts]


def _given_back(request: HttpRequest, form: forms.Form, context: Mapping[str, Any]) -> HttpResponse:
    """Return a page that says why nothing was done, with the words that were typed."""
    typed = [
        (bound.label, str(bound.value()))
        for bound in form
        if isinstance(bound.field, forms.CharField)
        and not isinstance(bound.field.widget, forms.PasswordInput)
        and not bound.is_hidden
        and bound.value()
    ]
    told = {
        "refusal": getattr(form, "refused", None),
        "sentence": "".join(dict.fromkeys(_said(form))),
        "typed": typed,
        "back_url": context.get("back_url") or request.get_full_path(),
    }
    return show(request, "ui/refusal.html", told, status=UNPROCESSABLE)
