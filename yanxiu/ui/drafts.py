"""What `ui/drafts.js` sends when it saves a form that somebody is still writing."""

import json
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from yanxiu.kernel.refusals import BadInput
from yanxiu.ui.incoming import storable

MOST_FIELDS = 500
NONSENSE = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


@dataclass(frozen=True)
class Saving:
    """The texts of a form by the name of their field, and the edition they were written upon."""

    edition: int
    texts: dict[str, str]


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
    if len(texts) > MOST_FIELDS or edition < 0:
        raise _unreadable()
    return Saving(edition, {storable(name): storable(text) for name, text in texts.items()})


def _unreadable() -> BadInput:
    return BadInput(_("送来的文字读不懂，没有保存；写的还在这台设备上。请刷新页面再试。"))
