"""What pages hand on to each other through the browser: signed, for one person, for two hours.

So the words of a request and of an answer are on the sender's screen and nowhere else.
"""

from dataclasses import asdict
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core import signing

from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Teacher
from yanxiu.reports.drafting.checking import Checked
from yanxiu.reports.drafting.refusals import PreviewOld
from yanxiu.reports.drafting.request import FigureGiven, Request
from yanxiu.reports.models import DraftingCall, Summary

WITHIN = timedelta(hours=2)


def _sign(kind: str, by: Teacher, summary: Summary, what: dict[str, Any]) -> str:
    carried = {"by": str(by.uid), "summary": str(summary.uid), **what}
    return signing.dumps(carried, salt=f"reports.drafting.{kind}", compress=True)


def _read(kind: str, word: str, by: Teacher, summary: Summary) -> dict[str, Any]:
    try:
        found: dict[str, Any] = signing.loads(word, salt=f"reports.drafting.{kind}", max_age=WITHIN)
    except signing.BadSignature:
        raise PreviewOld from None
    if (found["by"], found["summary"]) != (str(by.uid), str(summary.uid)):
        raise PreviewOld
    return found


def carry_request(by: Teacher, summary: Summary, place: str, version: int, asked: Request) -> str:
    """Return `asked` as the preview carries it to the button that sends it."""
    what = {"place": place, "version": version, "key": str(new_uid()), "request": asdict(asked)}
    return _sign("request", by, summary, what)


def read_request(word: str, by: Teacher, summary: Summary) -> tuple[str, int, UUID, Request]:
    """Return place, version, key and request as they were shown.

    Raises:
        PreviewOld: it is not ours, not theirs, or too old.
    """
    found = _read("request", word, by, summary)
    kept = found["request"]
    figures = tuple(FigureGiven(**one) for one in kept["figures"])
    return (
        found["place"],
        found["version"],
        UUID(found["key"]),
        Request(kept["system"], kept["user"], figures, kept["original"], kept["table"]),
    )


def carry_answer(
    by: Teacher, summary: Summary, call: DraftingCall, version: int, checked: list[Checked]
) -> str:
    """Return what came back as the result carries it to the button that takes it."""
    what = {
        "call": str(call.uid),
        "version": version,
        "sentences": [[one.text, list(one.refusals)] for one in checked],
    }
    return _sign("answer", by, summary, what)


def read_answer(word: str, by: Teacher, summary: Summary) -> tuple[UUID, int, list[Checked]]:
    """Return the request's uid, the version of the paragraph, and the sentences.

    Raises:
        PreviewOld: it is not ours, not theirs, or too old.
    """
    found = _read("answer", word, by, summary)
    checked = [Checked(text, text, tuple(why)) for text, why in found["sentences"]]
    return UUID(found["call"]), found["version"], checked
