"""站内: a reminder on the person's own page of notices."""

from datetime import datetime

from yanxiu.notices.channels.letter import Letter, NotDelivered
from yanxiu.notices.models import Message, Notice


def send(letter: Letter, message: Message, *, at: datetime) -> None:
    """Put `letter` on the page of the person it is for."""
    if message.teacher is None:
        raise NotDelivered("站内通知没有收的人。", for_good=True)
    Notice.objects.create(
        teacher=message.teacher,
        organisation_id=message.organisation_id,
        kind=Notice.Kind.REMINDER,
        title=letter.title,
        text=letter.text,
        source_kind=Message.SOURCE_KIND,
        source_id=message.uid,
        at=at,
    )
