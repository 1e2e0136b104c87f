"""Asking those who may answer an objection, anew each day, and those above once it is overdue.

Where all who could answer have had a hand in the matter, who keeps the posts is asked to name
somebody else: otherwise it would wait for nobody.
"""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Q

from yanxiu.agenda import actions as agenda
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.ledger.actions.asking import nearest_holders
from yanxiu.notices.actions import notify
from yanxiu.people.models import Organisation, Teacher
from yanxiu.recognition.models import Objection
from yanxiu.recognition.permissions import DECIDED

ANSWER: Final = "answer_objection"
"""The task of those who may answer an objection."""

ANSWER_OVERDUE: Final = "answer_objection_overdue"
"""The task of those above, who may answer it too."""

NAME_ANSWERER: Final = "name_answerer"
"""The task of who keeps the posts of a place at which nobody is left who may answer."""


def ask_to_answer(objection: Objection, at: datetime) -> None:
    """Give those who may answer a new objection their task, and tell them."""
    people = answerers(objection, objection.place, at)
    _assign(objection, people, ANSWER, at)
    keep_naming(objection.place, at)
    who = f"{objection.raised_by.name}对认定有异议" if objection.record else "对公示有异议"
    _tell(objection, people, f"{who}：{_about(objection)}", at)


def end_asking(objection: Objection, at: datetime) -> None:
    """End the tasks of all who were asked: it is answered, or taken back."""
    for kind in (ANSWER, ANSWER_OVERDUE):
        agenda.finish_tasks(source_of(objection), kind=kind, at=at)
    keep_naming(objection.place, at)


def keep_asking_for_answers(at: datetime) -> None:
    """Ask those who may answer by today, and nobody else; tell those above what is overdue.

    Silence never decides: an overdue objection goes on waiting, and those above can answer it.
    """
    open_ones = Objection.objects.filter(state=Objection.State.OPEN).order_by("pk")
    for pk in list(open_ones.values_list("pk", flat=True)):
        _ask_anew(pk, at)
    for place in Organisation.objects.filter(pk__in=open_ones.order_by().values("place")):
        with transaction.atomic():
            keep_naming(place, at)


def keep_naming(place: Organisation, at: datetime) -> None:
    """Ask who keeps the posts of `place` to name somebody, while an objection waits for nobody.

    They learn that one waits and until when, and not whose it is: to see it is not their right.
    """
    waiting = Objection.objects.filter(place=place, state=Objection.State.OPEN)
    stuck = [
        one
        for one in waiting.select_related("record", "place").order_by("due_on", "pk")
        if not answerers(one, place, at)
    ]
    source = source_of(place)
    if not stuck:
        agenda.finish_tasks(source, kind=NAME_ANSWERER, at=at)
        return
    people = namers(stuck[0], at)
    known = agenda.ask_no_others(source, people, kind=NAME_ANSWERER, at=at)
    agenda.ask_again(
        source, people, kind=NAME_ANSWERER, title=f"请安排人答复异议：{place.name}",
        due_on=stuck[0].due_on, organisation=place, at=at,
    )  # fmt: skip
    notify(
        [one for one in people if one.pk not in known], kind="request",
        title=f"{place.name}有异议没有人能答复", source=source, organisation=place, at=at,
        text="能认定学时的人都办过那条认定，或者就是当事人。请给一位没有办过的同事安排能认定学时的岗位，"
        "或者请有这项权限的人在“代理”里请一位同事代理；安排好以后，那一位就能答复。",
    )  # fmt: skip


def namers(objection: Objection, at: datetime) -> list[Teacher]:
    """Return who keeps the posts where `objection` waits, or next above; nobody concerned by it."""
    aside = {objection.teacher_id, objection.raised_by_id}
    return nearest_holders(objection.place, at, without=aside, right="manage_people")


@transaction.atomic
def _ask_anew(pk: int, at: datetime) -> None:
    objection = (
        Objection.objects.select_for_update(of=("self",))
        .select_related("place__parent", "organisation", "record", "publication", "raised_by")
        .filter(pk=pk, state=Objection.State.OPEN)
        .first()
    )
    if objection is None:
        return
    asked = answerers(objection, objection.place, at)
    _assign(objection, asked, ANSWER, at)
    source = source_of(objection)
    agenda.ask_no_others(source, asked, kind=ANSWER, at=at)
    upper = objection.place.parent
    if objection.due_on is None or objection.due_on >= day_of(at) or upper is None:
        return
    below = {one.pk for one in asked}
    above = [one for one in answerers(objection, upper, at) if one.pk not in below]
    known = agenda.ask_no_others(source, above, kind=ANSWER_OVERDUE, at=at)
    _assign(objection, above, ANSWER_OVERDUE, at)
    fresh = [one for one in above if one.pk not in known]
    _tell(objection, fresh, f"{objection.place.name}有异议逾期未答复：{_about(objection)}", at)


def answerers(objection: Objection, place: Organisation, at: datetime) -> list[Teacher]:
    """Return who recognises hours at `place`, or next above, and has had no hand in the matter."""
    aside = {objection.teacher_id, objection.raised_by_id}
    if objection.record is not None:
        decided = objection.record.steps.filter(decision__in=DECIDED).values("by_uid")
        answered = objection.record.objections.exclude(decided_by_uid=None).values("decided_by_uid")
        hands = Teacher.objects.filter(Q(uid__in=decided) | Q(uid__in=answered))
        aside |= set(hands.values_list("pk", flat=True))
    return nearest_holders(place, at, without=aside)


def _assign(objection: Objection, people: list[Teacher], kind: str, at: datetime) -> None:
    word = "答复异议" if objection.record else "答复对公示的异议"
    late = "（逾期）" if kind == ANSWER_OVERDUE else ""
    agenda.ask_again(
        source_of(objection), people, kind=kind, title=f"{word}{late}：{_about(objection)}",
        due_on=objection.due_on, organisation=objection.organisation, at=at,
    )  # fmt: skip


def _tell(objection: Objection, people: list[Teacher], title: str, at: datetime) -> None:
    notify(
        people, kind="request", title=title, source=source_of(objection),
        organisation=objection.organisation, at=at,
    )  # fmt: skip


def _about(objection: Objection) -> str:
    if objection.record is not None:
        return objection.record.title
    return objection.publication.title if objection.publication else ""
