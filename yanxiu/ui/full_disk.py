"""The one place where a full disk becomes an answer."""

import errno
import logging

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

INSUFFICIENT_STORAGE = 507
NO_SPACE = {errno.ENOSPC, errno.EDQUOT}
SQLITE_FULL, POSTGRESQL_DISK_FULL = 13, "53100"
"""What the databases call it; the number and the code are part of their published interface."""

_log = logging.getLogger(__name__)


def is_full_disk(error: BaseException | None) -> bool:
    """Tell whether `error` comes from a disk on which nothing more fits.

    Django wraps what the database said, and a reader may have wrapped what the system said.
    """
    while error is not None:
        if isinstance(error, OSError) and error.errno in NO_SPACE:
            return True
        if getattr(error, "sqlite_errorcode", None) == SQLITE_FULL:
            return True
        if getattr(error, "sqlstate", None) == POSTGRESQL_DISK_FULL:
            return True
        error = error.__cause__ or error.__context__
    return False


def answer(request: HttpRequest) -> HttpResponse:
    """Say that the disk is full: nothing is half kept, and the administrator has to know.

    The page is made without the request: what stands around pages is read from a database that
    may not even be opened now.
    """
    _log.critical("磁盘满了，这一步没有存下：%s %s", request.method, request.path)
    return HttpResponse(render_to_string("507.html"), status=INSUFFICIENT_STORAGE)
