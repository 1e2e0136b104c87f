"""What `ui/drafts.js` sends when it saves a form that somebody is still writing."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanxiu.kernel.refusals import BadInput, Refusal
from yanxiu.ui.incoming import storable
from yanxiu.ui.languages import in_script_of_reader
from yanxiu.ui.refusals import UNPROCESSABLE

MOST_FIELDS = 500
MOST_BYTES = 2 * 1024 * 1024
NONSENSE = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


@dataclass(frozen=True)
class Saving:
    """The texts of a form by the name of their field, and the edition they were written upon."""

    edition: int
    texts: dict[str, str]


def takes_drafts(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let `view` take what a device has kept; what it is refused for is told as a sentence.

    Whoever is not logged in is told so, and not led to another page: the device keeps everything.
    """

    @require_POST
    @wraps(view)
    def taking(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return JsonResponse({"sentence": _("请重新登录。")}, status=401)
        try:
            return view(request, *args, **named)
        except Refusal as refusal:
            sentence = in_script_of_reader(str(refusal))
            return JsonResponse({"sentence": sentence}, status=UNPROCESSABLE)

    return taking


def read_saving(request: HttpRequest) -> Saving:
    """Read the body of a request; what no database can hold is left out of the texts.

    Raises:
        BadInput: it is nothing that our page sends.
    """
    try:
        # A form has been read by now, and its body cannot be had again.
        sent = json.loads(request.body if request.content_type == "application/json" else b"")
        edition = int(sent["edition"])
        texts = {str(name): str(text or "") for name, text in sent["texts"].items()}
    except NONSENSE as problem:
        raise _unreadable() from problem
    if len(texts) > MOST_FIELDS or len(request.body) > MOST_BYTES or edition < 0:
        raise _unreadable()
    return Saving(edition, {storable(name): storable(text) for name, text in texts.items()})


def _unreadable() -> BadInput:
    return BadInput(_("送来的文字读不懂，没有保存；写的还在这台设备上。请刷新页面再试。"))
