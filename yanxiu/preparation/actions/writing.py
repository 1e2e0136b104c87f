"""Writing a plan: beginning it, saving what was typed, and keeping versions of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from yanxiu.activities.models import Session
from yanxiu.activities.permissions import may_manage_session
from yanxiu.attachments import actions as attachments
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.people.access import NotAllowed, allowed, require
from yanxiu.people.models import Organisation, Teacher, Unit
from yanxiu.preparation import content
from yanxiu.preparation.actions.scheduling import topic_named
from yanxiu.preparation.models import LessonPlan, PlanVersion, TeachingTopic
from yanxiu.preparation.permissions import may_prepare_in_unit, may_write_plan
from yanxiu.preparation.queries.form import form_of
from yanxiu.preparation.reading import Read, title_of_name
from yanxiu.preparation.refusals import WrittenMeanwhile, WrongState
from yanxiu.terms.queries import term_on

Kind, State, Moment = LessonPlan.Kind, LessonPlan.State, PlanVersion.Moment

FACTS = (
    "title", "subject", "grade", "textbook_unit", "periods", "topic", "session", "new_ideas",
    "reform", "project",
)  # fmt: skip
"""What a person says of a plan beside its sections."""


@dataclass(frozen=True)
class Clash:
    """One section that somebody else saved meanwhile: what is there, and what was typed."""

    code: str
    name: str
    theirs: str
    typed: str


@dataclass(frozen=True)
class Saved:
    """What became of a saving: the plan as it is now, and the sections that were not taken."""

    plan: LessonPlan
    clashes: tuple[Clash, ...] = ()

    def refusal(self) -> WrittenMeanwhile:
        """Return what is told of the clashes."""
        return WrittenMeanwhile(
            [one.code for one in self.clashes],
            [one.name for one in self.clashes],
            self.plan.edited_by_name,
        )


def locked(plan: LessonPlan) -> LessonPlan:
    """Return the plan locked, with what deeds need."""
    return (
        LessonPlan.objects.select_for_update(of=("self",))
        .select_related("organisation", "unit", "author", "session")
        .get(pk=plan.pk)
    )


def expect(plan: LessonPlan, *states: str, remedy: str) -> None:
    """Make sure that `plan` is in one of `states`.

    Raises:
        WrongState: it is not.
    """
    if plan.state not in states:
        raise WrongState(str(plan.get_state_display()), remedy)


@transaction.atomic
def start(
    organisation: Organisation,
    *,
    kind: str,
    facts: Mapping[str, Any],
    unit: Unit | None = None,
    texts: Mapping[str, str] | None = None,
    by: Teacher,
    at: datetime,
) -> LessonPlan:
    """Begin a plan: one's own, or as lead preparer that of a group.

    Args:
        organisation: the school.
        kind: `shared` or `personal`.
        facts: any of FACTS; `title` at least. Without `topic` the plan is laid to the topic of
            the group's schedule that has its title.
        unit: the group it is for; a shared plan of nobody's group is the school's.
        texts: what is already written, by the code of the section.
        by: the lead preparer or the owner.
        at: when, aware.

    Raises:
        NotAllowed: `by` neither belongs to the unit nor manages the lessons of the school.
        BadInput: it has no title, a section is too long, or its session is closed.
    """
    if not any(post.organisation_id == organisation.pk for post in by.posts_today):
        raise NotAllowed
    if unit is not None:
        require(may_prepare_in_unit, by, unit)
    title = str(facts.get("title", "")).strip()
    if not title:
        raise BadInput("还没有课题，没有保存。请写上课题。")
    _may_name(facts.get("session"), None, by)
    plan = LessonPlan(
        organisation=organisation,
        unit=unit,
        term=term_on(organisation, day_of(at)),
        kind=Kind(kind),
        author=by,
        content=content.empty(form_of(organisation).sections),
        made_at=at,
        edited_at=at,
        edited_by_name=by.name,
        **{name: facts[name] for name in FACTS if facts.get(name) is not None},
    )
    plan.title = title
    if plan.topic is None and unit is not None:
        topics = TeachingTopic.objects.filter(unit=unit, term=plan.term)
        plan.topic = topic_named(topics, title, plan.grade)
    _write(plan, texts or {})
    plan.save()
    trail.record(by, "preparation.plan-started", plan, at=at, detail={"kind": plan.kind})
    return plan


@transaction.atomic
def start_from_file(
    organisation: Organisation,
    found: Read,
    file: tuple[bytes, str],
    *,
    kind: str,
    facts: Mapping[str, Any],
    unit: Unit | None = None,
    by: Teacher,
    at: datetime,
) -> LessonPlan:
    """Begin a plan with what was read out of a file, and keep the file with it.

    Where the file is not taken there is no plan either. What `facts` leaves open, the title too,
    is taken from the file, the title at last from its name.

    Args:
        organisation: the school.
        found: what `reading.read_plan` gave.
        file: the bytes of the file and its name.
        kind: `shared` or `personal`.
        facts: any of FACTS, as they were typed.
        unit: the group it is for.
        by: the lead preparer or the owner.
        at: when, aware.

    Raises:
        NotAllowed: see `start`.
        BadInput: neither was a title typed nor does the file have one, or a section is too long.
        FileTooLarge: the file is larger than the installation allows.
        UnknownFile: its content is of no kind that is kept.
    """
    said = {"title": found.title or title_of_name(file[1]), **found.facts}
    facts = {**facts, **{name: facts.get(name) or text for name, text in said.items()}}
    plan = start(organisation, kind=kind, facts=facts, unit=unit, texts=found.texts, by=by, at=at)
    data, name = file
    attachments.keep(source_of(plan), data, name=name, organisation=organisation, by=by, at=at)
    return plan


def _write(plan: LessonPlan, texts: Mapping[str, str]) -> None:
    """Put `texts` into the sections they name; others stay."""
    sections = []
    for section in plan.content:
        text = texts.get(section["code"])
        if text is None:
            sections.append(section)
            continue
        if len(text) > content.LONGEST:
            raise BadInput(
                f"“{section['name']}”超过 {content.LONGEST} 字，没有保存，您写的还在框里。"
                "请分到几栏，或拆成几份教案。"
            )
        written, plan.last_paragraph = content.rewritten(section, text, plan.last_paragraph)
        sections.append(written)
    plan.content = sections


@transaction.atomic
def save(
    plan: LessonPlan,
    *,
    texts: Mapping[str, str],
    edition: int,
    started_from: Mapping[str, str] | None = None,
    by: Teacher,
    at: datetime,
) -> Saved:
    """Keep what was typed, unless somebody else has saved the same section meanwhile.

    Two who write in different sections do not disturb each other. Of a section that both wrote
    nothing is overwritten: it comes back as a clash with both texts.

    Args:
        plan: what is being written.
        texts: what was typed, by the code of the section.
        edition: the edition that the writer started from.
        started_from: the `content.mark_of` each section had then, by its code; without it every
            section that reads otherwise counts as typed.
        by: the writer.
        at: when, aware.

    Raises:
        NotAllowed: the plan is not this teacher's to write.
        WrongState: it waits for its checker.
        BadInput: a section is too long.
    """
    require(may_write_plan, by, plan)
    plan = locked(plan)
    expect(
        plan, State.DRAFT, State.DISCUSSED, State.AGREED, State.RETURNED, State.CHECKED,
        remedy="要改的话，先撤回，改好再交。",
    )  # fmt: skip
    marks = started_from or {}
    taken, clashes = {}, []
    for section in plan.content:
        code, now = section["code"], content.section_text(section)
        typed = texts.get(code)
        if typed is None or content.mark_of(typed) in {content.mark_of(now), marks.get(code)}:
            continue
        if edition == plan.edition or marks.get(code) == content.mark_of(now):
            taken[code] = typed
        else:
            clashes.append(Clash(code, section["name"], now, typed))
    if taken:
        _write(plan, taken)
        # Where something clashes, the name of the other writer is what the person must read.
        who = plan.edited_by_name if clashes else by.name
        plan.edition, plan.edited_at, plan.edited_by_name = plan.edition + 1, at, who
        plan.save(
            update_fields=["content", "last_paragraph", "edition", "edited_at", "edited_by_name"]
        )
    return Saved(plan, tuple(clashes))


@transaction.atomic
def change_facts(
    plan: LessonPlan, facts: Mapping[str, Any], *, by: Teacher, at: datetime
) -> LessonPlan:
    """Change what is said of the plan beside its sections.

    Raises:
        NotAllowed: the plan is not this teacher's to write.
        BadInput: it would have no title, or its session is closed.
    """
    require(may_write_plan, by, plan)
    plan = locked(plan)
    if not str(facts.get("title", plan.title)).strip():
        raise BadInput("请写课题，没有保存。")
    _may_name(facts.get("session"), plan.session_id, by)
    for name in FACTS:
        if name in facts:
            setattr(plan, name, facts[name])
    plan.save(update_fields=list(FACTS))
    trail.record(by, "preparation.plan-described", plan, at=at)
    return plan


def _may_name(session: Session | None, before: int | None, by: Teacher) -> None:
    """Make sure that nobody who only came makes himself the lead preparer of what is over."""
    if session is None or session.closed_at is None or session.pk == before:
        return
    if not allowed(may_manage_session, by, Session.objects.filter(pk=session.pk)).exists():
        raise BadInput("这场活动已经关闭，没有保存。要补上研讨的教案，请主持人或组长来选这场活动。")


def keep_version(
    plan: LessonPlan, moment: str, *, reason: str = "", by: Teacher, at: datetime
) -> PlanVersion:
    """Keep the plan as it is now; the same words twice in a row are kept once.

    `plan` is locked and checked by the caller.
    """
    last = plan.versions.order_by("-number").first()
    if last is not None and last.content == plan.content and last.moment == moment:
        return last
    number = (plan.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    return PlanVersion.objects.create(
        plan=plan,
        number=number,
        moment=moment,
        reason=reason.strip()[:200],
        content=plan.content,
        made_at=at,
        made_by_name=by.name,
    )


@transaction.atomic
def revise(
    plan: LessonPlan,
    *,
    reason: str,
    texts: Mapping[str, str] | None = None,
    by: Teacher,
    at: datetime,
) -> PlanVersion:
    """Keep a revised version, with why it was changed; `texts` are put in first.

    Raises:
        NotAllowed: the plan is not this teacher's to write.
        WrongState: it waits for its checker.
        BadInput: no reason is given, or nothing differs from the last version.
    """
    require(may_write_plan, by, plan)
    plan = locked(plan)
    expect(
        plan, State.DRAFT, State.DISCUSSED, State.AGREED, State.RETURNED, State.CHECKED,
        remedy="要改的话，先撤回，改好再交。",
    )  # fmt: skip
    if not reason.strip():
        raise BadInput(
            "请用一句话写为什么改，比如“第二个问题太大，学生答不上来”。没有存成新的一稿。"
        )
    if texts:
        _write(plan, texts)
        plan.edition, plan.edited_at, plan.edited_by_name = plan.edition + 1, at, by.name
        plan.save(
            update_fields=["content", "last_paragraph", "edition", "edited_at", "edited_by_name"]
        )
    last = plan.versions.order_by("-number").first()
    if last is not None and last.content == plan.content:
        raise BadInput("和上一稿一字不差，没有存成新的一稿。改了以后再存。")
    version = keep_version(plan, Moment.REVISED, reason=reason, by=by, at=at)
    trail.record(by, "preparation.plan-revised", plan, at=at, detail={"version": version.number})
    return version
