"""The school's own list of empty phrases."""

from datetime import datetime

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.people.access import require, require_right
from yanxiu.people.models import Organisation, Teacher
from yanxiu.reports.models import EmptyPhrase
from yanxiu.reports.permissions import may_manage_phrase

_SHORTEST = 2


@transaction.atomic
def add_phrase(organisation: Organisation, text: str, *, by: Teacher, at: datetime) -> EmptyPhrase:
    """Let summaries of `organisation` and below mark one more phrase.

    Raises:
        NotAllowed: `by` does not draft summaries there.
        BadInput: it is too short to be looked for.
    """
    require_right(by, "manage_summaries", organisation)
    words = "".join(text.split())[:20]
    if len(words) < _SHORTEST:
        raise BadInput("至少写两个字，没有添加。例如：成绩喜人。")
    row, fresh = EmptyPhrase.objects.get_or_create(
        organisation=organisation, text=words, defaults={"made_at": at}
    )
    if fresh:
        trail.record(by, "reports.phrase-added", row, at=at, detail={"text": words})
    return row


@transaction.atomic
def remove_phrase(phrase: EmptyPhrase, *, by: Teacher, at: datetime) -> None:
    """Take a phrase of the school off the list.

    Raises:
        NotAllowed: `by` does not draft summaries there.
    """
    require(may_manage_phrase, by, phrase)
    trail.record(by, "reports.phrase-removed", phrase, at=at, detail={"text": phrase.text})
    phrase.delete()
