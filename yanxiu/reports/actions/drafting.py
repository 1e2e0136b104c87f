"""Setting the help with drafting, asking it, and taking what it wrote."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import source_of
from yanxiu.people.access import holds_at, require, require_right
from yanxiu.people.models import Organisation, Teacher
from yanxiu.reports.actions.writing import save_prose
from yanxiu.reports.drafting import door, keys
from yanxiu.reports.drafting.addresses import read_endpoint
from yanxiu.reports.drafting.answers import NotDrafted
from yanxiu.reports.drafting.checking import Checked, check
from yanxiu.reports.drafting.material import known_names, material, with_references
from yanxiu.reports.drafting.refusals import (
    DraftingOff,
    EnoughToday,
    KeyNeeded,
    NothingTaken,
    PrivateNeedsTop,
    SentAlready,
)
from yanxiu.reports.drafting.request import Request
from yanxiu.reports.models import DraftingCall, DraftingSetting, Summary
from yanxiu.reports.permissions import may_manage_summary

RIGHT = "manage_people"
MOST_A_DAY = 200
LONGEST_KEY = 400
TRIAL = [{"role": "user", "content": "请只回答一个字：好"}]


# ---- setting it ----
def set_drafting(
    organisation: Organisation,
    *,
    url: str,
    model: str,
    key: str,
    private: bool,
    is_on: bool,
    by: Teacher,
    at: datetime,
) -> DraftingSetting:
    """Say where `organisation` has words phrased; the key stays as it is unless one is given.

    Raises:
        NotAllowed: `by` does not administer the organisation.
        BadInput: it is no address of an endpoint, or the key is no key.
        PrivateNeedsTop: a private address is allowed by the topmost organisation alone.
        KeyNeeded: the address is another, and no key was given for it.
    """
    require_right(by, RIGHT, organisation)
    endpoint = read_endpoint(url, private=private)
    if private:
        _require_top(by, organisation)
    if key and not (key.isascii() and key.isprintable() and len(key) <= LONGEST_KEY):
        raise BadInput("密钥里有不该有的字符，没有保存。请从服务商的网页完整复制，不带空格和汉字。")
    with transaction.atomic():
        rows = DraftingSetting.objects.select_for_update()
        found = rows.filter(organisation=organisation).first()
        setting = found or DraftingSetting(organisation=organisation)
        kept = endpoint.url
        if not key and setting.url not in {"", kept} and keys.is_there(setting.uid):
            raise KeyNeeded
        setting.url, setting.model, setting.private = kept, model.strip(), private
        setting.is_on, setting.changed_at, setting.changed_by_name = is_on, at, by.name
        setting.tried_at, setting.tried_said = None, ""
        setting.save()
        _tell(setting, "reports.drafting-set", by, at, new_key=bool(key))
        if key:
            uid = setting.uid
            transaction.on_commit(lambda: keys.keep(uid, url=kept, key=key))
    return setting


def _require_top(by: Teacher, organisation: Organisation) -> None:
    """Let only those reach into the network of the server who administer all of it."""
    top = Organisation.objects.get(pk=organisation.lineage[0])
    if not holds_at(by, RIGHT, top):
        raise PrivateNeedsTop(top.name)


def _tell(setting: DraftingSetting, verb: str, by: Teacher, at: datetime, **more: bool) -> None:
    detail = {
        "url": setting.url,
        "model": setting.model,
        "private": setting.private,
        "is_on": setting.is_on,
        **more,
    }
    trail.record(by, verb, setting, at=at, detail=detail)


@transaction.atomic
def switch_off(setting: DraftingSetting, *, by: Teacher, at: datetime) -> DraftingSetting:
    """Ask nobody any more, and take the key away.

    Raises:
        NotAllowed: `by` does not administer the organisation.
    """
    require_right(by, RIGHT, setting.organisation)
    setting.is_on, setting.changed_at, setting.changed_by_name = False, at, by.name
    setting.save(update_fields=["is_on", "changed_at", "changed_by_name"])
    _tell(setting, "reports.drafting-off", by, at)
    transaction.on_commit(lambda: keys.forget(setting.uid))
    return setting


def try_endpoint(setting: DraftingSetting, *, by: Teacher, at: datetime) -> DraftingSetting:
    """Ask for one word, about nobody, and keep what came of it.

    No transaction: nobody waits for the endpoint with a lock.

    Raises:
        NotAllowed: `by` does not administer the organisation.
    """
    require_right(by, RIGHT, setting.organisation)
    try:
        answer = door.ask(line_of(setting), TRIAL)
        said = f"通了，对方答了{len(answer)}个字。"
    except NotDrafted as problem:
        said = str(problem)
    setting.tried_at, setting.tried_said = at, said[:200]
    setting.save(update_fields=["tried_at", "tried_said"])
    return setting


def line_of(setting: DraftingSetting) -> door.Line:
    """Return whom `setting` says to ask, with the key that was typed for that address."""
    endpoint = read_endpoint(setting.url, private=setting.private)
    key = keys.read(setting.uid, url=setting.url)
    return door.Line(endpoint, setting.model, setting.private, key)


# ---- asking ----
def open_setting(organisation: Organisation) -> DraftingSetting:
    """Return the setting of `organisation` if it is switched on.

    Raises:
        DraftingOff: it is not, or there is none.
    """
    found = DraftingSetting.objects.filter(organisation=organisation, is_on=True).first()
    if found is None:
        raise DraftingOff
    return found


def send(
    summary: Summary, place: str, request: Request, *, key: UUID, by: Teacher, at: datetime
) -> tuple[DraftingCall, list[Checked]]:
    """Send what the sender saw, once, and return what came back, sentence by sentence.

    What is kept says when, by whom and how much; the words are not. No transaction: nobody waits
    for the endpoint with a lock.

    Args:
        summary: whose paragraph it is.
        place: of the paragraph.
        request: exactly what the preview showed.
        key: of the preview.
        by: who pressed the button.
        at: when, aware.

    Raises:
        NotAllowed: `by` does not write the summary.
        DraftingOff: the school has switched it off.
        SentAlready: this preview was sent before.
        EnoughToday: the school asked often enough today.
    """
    require(may_manage_summary, by, summary)
    setting = open_setting(summary.organisation)
    call = _begin(setting, summary, place, request, key=key, by=by, at=at)
    try:
        answer = door.ask(line_of(setting), request.messages)
    except NotDrafted as problem:
        call.state, call.problem = DraftingCall.State.FAILED, str(problem)[:200]
        checked: list[Checked] = []
    else:
        checked = check(answer, request, known_names(summary.organisation))
        call.state = DraftingCall.State.ANSWERED
        call.back_characters, call.back_sha256 = len(answer), _digest(answer)
        call.sentences = len(checked)
        call.refused = sum(bool(one.refusals) for one in checked)
    call.ended_at = at
    call.save()
    return call, checked


def _begin(
    setting: DraftingSetting,
    summary: Summary,
    place: str,
    request: Request,
    *,
    key: UUID,
    by: Teacher,
    at: datetime,
) -> DraftingCall:
    """Note that it is sent, before it is: what went out and never came back was sent too."""
    since = at - timedelta(days=1)
    source, line = source_of(summary), line_of(setting)
    if DraftingCall.objects.filter(organisation=summary.organisation, at__gt=since).count() >= (
        MOST_A_DAY
    ):
        raise EnoughToday(MOST_A_DAY)
    try:
        with transaction.atomic():
            return DraftingCall.objects.create(
                key=key,
                organisation=summary.organisation,
                source_kind=source.kind,
                source_id=source.uid,
                place=place,
                by_uid=by.uid,
                by_name=by.name,
                at=at,
                host=line.endpoint.host,
                model=setting.model,
                characters=request.characters,
                sha256=_digest(request.system + request.user),
            )
    except IntegrityError:
        raise SentAlready from None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


# ---- taking ----
def take(
    call: DraftingCall,
    summary: Summary,
    sentences: Sequence[str],
    *,
    instead: bool,
    version: int,
    by: Teacher,
    at: datetime,
) -> Summary:
    """Put sentences that passed into the paragraph they were asked for; the trail knows which.

    Args:
        call: which request they answer.
        summary: a draft.
        sentences: those the person chose, with the names put back.
        instead: in the place of the words so far, else behind them.
        version: of the paragraph the person saw.
        by: who takes them.
        at: when, aware.

    Raises:
        NothingTaken: there is none.
        NotAllowed, SummaryNotOpen, BadInput, ProseChanged: as for every saving of words.
    """
    if not sentences:
        raise NothingTaken
    require(may_manage_summary, by, summary)
    given = material(summary, call.place, at)
    if given is None:
        raise BadInput("总结里已经没有这一段，没有放进去。请先复制要用的句子，再回到总结。")
    taken = with_references("".join(sentences), given)
    before = "" if instead else str(summary.written(call.place)["text"]).rstrip()
    detail = {
        "place": call.place,
        "request": str(call.uid),
        "sentences": [_digest(one)[:16] for one in sentences],
        "instead": instead,
    }
    with transaction.atomic():
        summary = save_prose(summary, call.place, before + taken, version=version, by=by, at=at)
        call.taken += len(sentences)
        call.save(update_fields=["taken"])
        trail.record(by, "reports.drafting-taken", summary, at=at, detail=detail)
    return summary
