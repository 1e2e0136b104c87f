"""Serving a file to whoever may see the thing it belongs to."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404

from yanxiu.attachments.actions import path_of
from yanxiu.attachments.models import Attachment
from yanxiu.attachments.refusals import FileGone
from yanxiu.kernel.sources import Source
from yanxiu.people.access import TeacherRequest
from yanxiu.places.table import links


@login_required
def file(request: TeacherRequest, uid: UUID) -> FileResponse:
    """Send the file as a download; its type is never guessed by the browser."""
    attachment = get_object_or_404(Attachment, uid=uid)
    source = Source(attachment.source_kind, attachment.source_id)
    if source not in links([source], request.teacher):
        raise Http404
    path = path_of(attachment.sha256)
    if not path.exists():
        raise FileGone(attachment.name)
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=attachment.name,
        content_type=attachment.media_type,
    )
