"""The cast with one thing of each kind on the stage: what the tables of permissions speak of."""

import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db.models import Model
from django.test import override_settings
from django.utils import timezone

from tests.conftest import SINCE, database_of_its_own, sign_in
from tests.stages import fill_all
from yanxiu import conftest
from yanxiu.activities import actions as activities
from yanxiu.activities.actions.experts import add_expert
from yanxiu.activities.actions.filing import add_file
from yanxiu.activities.actions.tagging import add_tag
from yanxiu.activities.models import (
    ActivityKind,
    Attendance,
    Classification,
    ExpertKind,
    HomeRecognition,
    SchedulingBatch,
    Session,
)
from yanxiu.agenda.links import make_link
from yanxiu.agenda.models import Occasion, Task
from yanxiu.attachments.models import Attachment
from yanxiu.certificates import actions as certificates
from yanxiu.certificates.actions import registering
from yanxiu.certificates.columns import shipped
from yanxiu.certificates.queries.facts import Asked
from yanxiu.conftest import MORNING, Cast
from yanxiu.documents.word import OfficialPaper
from yanxiu.jobs.models import Job
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import Span, day_of
from yanxiu.kernel.uids import new_uid
from yanxiu.ledger.actions import (
    closing,
    comparing,
    exempting,
    publishing,
    reckoning,
    return_,
    transferring,
)
from yanxiu.ledger.actions.submitting import DECLARED, NewRecord, submit
from yanxiu.ledger.models import Entry, Record, SchemeAdoption
from yanxiu.ledger.queries import closings
from yanxiu.ledger.rules.loading import SHIPPED
from yanxiu.ledger.tests import written
from yanxiu.notices import actions as notices
from yanxiu.notices.models import Notice
from yanxiu.people import actions as people
from yanxiu.people.actions import (
    delegation,
    governing,
    kinds,
    oversight,
    roles,
    roster_import,
    staff,
)
from yanxiu.people.models import Membership, Organisation, Role, Teacher, UnitKind
from yanxiu.planning import actions as planning
from yanxiu.planning.models import Rhythm
from yanxiu.portfolio.actions import put_piece
from yanxiu.recognition.models import Declaration, Objection, Publication
from yanxiu.regulations import actions as regulations
from yanxiu.regulations.models import Regulation, RegulationKind
from yanxiu.reports.actions import letters, templates
from yanxiu.reports.actions import summaries as reports
from yanxiu.reports.actions.demanding import ask_for_summaries
from yanxiu.reports.actions.phrases import add_phrase
from yanxiu.reports.documents.term_summary.filling import fill
from yanxiu.reports.documents.term_summary.freezing import freeze
from yanxiu.reports.models import DraftingCall, DraftingSetting, Summary
from yanxiu.terms import actions as terms
from yanxiu.training import actions as training
from yanxiu.verification import actions as verification

ACTORS = {
    "沈校长": "shen", "周主任": "zhou", "李组长": "li", "王老师": "wang", "赵老师": "zhao",
    "关管理": "guan", "钱老师": "qian", "孙教研员": "sun", "无任职者": "nobody",
}  # fmt: skip
"""The columns of the tables, in their order."""

PLAN = """青石小学数学教研组工作计划
一、工作目标
1.每次教研只谈一个问题，谈出一条可以照做的办法。
二、具体安排
九月份：
1.讨论学期计划。
十月份：
1.组内研讨课一节。
"""

PAST_SUMMARY = """青石小学2026年度校本研修工作总结
一、主要工作
本年度共撰写教学案例56篇。
二、存在的问题
1.研讨深度不够。不少活动停在交流经验。
"""


@dataclass
class Stage:
    """The cast and, by its Chinese name in the tables, each thing."""

    folder: Path
    cast: Cast
    actors: dict[str, Teacher]
    things: dict[str, Model]


@contextmanager
def set_stage(folder: Path) -> Iterator[Stage]:
    """Set the stage once, in a database and a data folder of its own."""
    with (
        override_settings(DATA=folder, MEDIA_ROOT=folder / "files"),
        database_of_its_own(folder),
    ):
        cast, things = fill_stage()
        actors = {name: cast.people[key] for name, key in ACTORS.items()}
        yield Stage(folder, cast, actors, things)


def fill_stage() -> tuple[Cast, dict[str, Model]]:
    """Make the cast and one thing of each kind in the database that is in use."""
    cast: Cast = inspect.unwrap(conftest.cast)(None)
    _the_others(cast)
    at = timezone.now()
    things: dict[str, Model] = {
        "清河小学": cast.school,
        "数学教研组": cast.maths,
        "王老师": cast.people["wang"],
        "本学期": cast.term,
        "国庆放假": terms.set_day_off(
            cast.school,
            name="国庆放假",
            starts_on=date(2026, 10, 1),
            ends_on=date(2026, 10, 8),
            by=cast.people["guan"],
            at=MORNING,
        ),
        "王老师的任职": cast.people["wang"].posts.get(),
        **_governing(cast, at),
        **_staff(cast),
        **_sessions(cast, at),
        **_signing(cast, at),
        **_plans(cast),
        **_more_plans(cast),
        **_summaries(cast),
        **_more_summaries(cast),
        **_letters(cast),
        **_training(cast, at),
        **_told(cast, at),
        **_templates(cast, at),
        **_rules(cast, at),
        **_schemes(cast, at),
        **_verification(cast, at),
        **_recognition(cast, at),
        **_papers(cast, at),
        "王老师的档案材料": put_piece(
            cast.people["wang"], category="moments", on=day_of(at), title="一次追问",
            text="等一等。", by=cast.people["wang"], at=at,
        ),
    }  # fmt: skip
    roster = "姓名,工号,学科\n方老师,0091,数学\n".encode()
    things["花名册导入"] = roster_import.read_file(
        cast.school, roster, "名单.csv", by=cast.people["guan"], at=MORNING
    )
    things |= _talk_of(cast, things)
    return cast, fill_all(cast, things, at)


def _the_others(cast: Cast) -> None:
    """Add who has no post, a researcher above, and all posts of this school for 钱老师 at hers."""
    cast.people["nobody"] = people.add_teacher(name="无任职者", by=None, at=MORNING)
    sun = cast.people["sun"] = people.add_teacher(name="孙教研员", by=None, at=MORNING)
    central = Organisation.objects.get(parent=None)
    _give(sun, central, "researcher")
    qian = cast.people["qian"]
    for role in ("principal", "administrator"):
        _give(qian, cast.other_school, role)
    group = UnitKind.objects.get(code="teaching_research_group")
    unit = people.add_unit(cast.other_school, "数学教研组", group, by=None, at=MORNING)
    duty = Membership.Duty.LEADER
    people.join_unit(unit, qian, starts_on=SINCE, by=None, at=MORNING, duty=duty)


def _give(teacher: Teacher, organisation: Organisation, code: str) -> None:
    role = Role.objects.get(code=code)
    people.give_post(teacher, organisation, role, starts_on=SINCE, by=None, at=MORNING)


def _staff(cast: Cast) -> dict[str, Model]:
    """A title with a requirement and a programme, a goal, a team, and a leave of long ago."""
    guan, zhou, wang = (cast.people[name] for name in ("guan", "zhou", "wang"))
    by: dict[str, Any] = {"by": zhou, "at": MORNING}
    facts = {
        "name": "校级骨干教师", "ladder": "骨干教师", "level": "校", "is_honour": True,
        "criteria": "独立设计教案。", "duties": "", "requirements": "上一节研究课",
        "term_years": 3,
    }  # fmt: skip
    tier = staff.shape_tier(cast.school, facts, **by)
    programme = {
        "name": "启航工程", "tier": tier, "aim": "", "starts_on": SINCE, "ends_on": None,
        "requirements": "",
    }  # fmt: skip
    return {
        "校级称号": tier,
        "称号的要求": tier.requirements.get(),
        "培养方案": staff.open_programme(cast.school, programme, **by),
        "队伍目标": staff.keep_goal(cast.school, {"text": "会制作课件"}, **by),
        "混编小组": staff.keep_team(
            cast.school, name="备课攻关", task="", members=[(wang.pk, "young")], **by
        ),
        "王老师的离岗": staff.add_leave(
            wang, kind="study", starts_on=date(2021, 3, 1), ends_on=date(2021, 4, 1), by=guan,
            at=MORNING,
        ),
    }  # fmt: skip


def _governing(cast: Cast, at: datetime) -> dict[str, Model]:
    """A role and a duty of the school, a deputy of the days to come, remarks and a visit."""
    guan, shen, wang = (cast.people[name] for name in ("guan", "shen", "wang"))
    post = guan.posts.get(role__code="administrator")
    day = day_of(at)
    duty = governing.add_responsibility(cast.school, governing.DutyFacts("宣传员"), by=guan, at=at)
    governing.appoint(duty, wang, starts_on=day, by=guan, at=at)
    project = UnitKind.objects.get(code="project_group")
    return {
        "教务员岗位": roles.make_role(cast.school, "教务员", ["see_plans"], by=guan, at=at),
        "跨学科小组类别": kinds.add_kind(
            cast.school, kinds.KindFacts("跨学科小组"), by=guan, at=at
        ),
        "作业设计课题组": people.add_unit(cast.school, "作业设计课题组", project, by=guan, at=at),
        "关管理的岗位": post,
        "关管理的代理": delegation.delegate(
            post, cast.people["zhao"], rights=["see_people"], reason="外出学习",
            starts_on=day + timedelta(days=90), ends_on=day + timedelta(days=95), by=guan, at=at,
        ),
        "宣传员职责": duty,
        "宣传员的任期": duty.holders.get(),
        "校长的意见": oversight.remark(
            source_of(cast.maths), cast.school, title="数学教研组", kind="question",
            text="下周活动安排在哪一天？", by=shen, at=at,
        ),
        "校长的走访": oversight.log_act(
            cast.school, oversight.ActFacts(day, "走访", "听取意见"), by=shen, at=at
        ),
    }  # fmt: skip


def _sessions(cast: Cast, at: datetime) -> dict[str, Model]:
    """A closed session of the maths group, one open now, and one for the whole school."""
    li, wang, zhou = (cast.people[name] for name in ("li", "wang", "zhou"))
    closed, opened, whole = (
        activities.plan_session(
            cast.school,
            title=title,
            kind=ActivityKind.objects.get(code="research_activity"),
            unit=unit,
            starts_at=at - timedelta(minutes=5),
            ends_at=at + timedelta(minutes=85),
            by=by,
            at=at,
        )
        for title, unit, by in (
            ("分数的意义", cast.maths, li),
            ("图形的运动", cast.maths, li),
            ("学期总动员", None, zhou),
        )
    )  # fmt: skip
    for session in (closed, opened):
        sign_in(activities.open_sign_in(session, by=li, at=at), wang)
    closed = activities.close_session(closed, by=li, at=at + timedelta(seconds=1))
    return {
        "数学组的场次": closed,
        "数学组正在签到的场次": Session.objects.get(pk=opened.pk),
        "全校的场次": whole,
        "数学组的日程": Occasion.objects.get(source_id=closed.uid),
        "李组长的待办": Task.objects.get(teacher=li, source_id=closed.uid),
        "数学组场次的文件": add_file(closed, "板书.txt", b"1/2", by=li, at=at),
        "王老师的考勤": Attendance.objects.get(session=closed, teacher=wang),
        "王老师的研修记录": Record.objects.get(teacher=wang),
        "王老师的入账": Entry.objects.get(teacher=wang),
    }


def _signing(cast: Cast, at: datetime) -> dict[str, Model]:
    """A rule of the school, and in the session open now a roll just called and a spot check."""
    li, zhou = cast.people["li"], cast.people["zhou"]
    opened = Session.objects.get(organisation=cast.school, title="图形的运动")
    called = activities.call_roll(opened, {li: "present"}, by=li, at=at)
    assert called is not None
    return {
        "清河小学的签到办法": activities.set_sign_in_rule(
            cast.school, by=zhou, at=at, way="code", signs_out=False
        ),
        "刚才的点名": called,
        "抽点": activities.draw_spot_check(opened, by=li, at=at),
    }


def _recognition(cast: Cast, at: datetime) -> dict[str, Model]:
    """A paper declared and waiting, another returned, an objection, and a public notice."""
    wang, zhou = cast.people["wang"], cast.people["zhou"]
    day = day_of(at)
    facts: dict[str, Any] = {
        "teacher": wang, "organisation": cast.school, "kind": "paper", "kind_name": "论文",
        "happened_on": day, "amount": Decimal(1), "measure": "item", "made_at": at,
    }  # fmt: skip
    declared = [
        Declaration.objects.create(title=title, title_key=title, **facts)
        for title in ("错题的价值", "一次改错")
    ]
    for one in declared:
        new = NewRecord(
            teacher=wang, organisation=cast.school, kind="paper", role="author", title=one.title,
            happened_at=at, assurance=Record.Assurance.DECLARED, source=source_of(one),
            items=Decimal(1), claimed=Decimal(1),
        )  # fmt: skip
        (one.record,) = submit([new], by=wang, at=at, step=DECLARED)
        one.save()
    waits, back = declared
    assert back.record is not None
    assert waits.record is not None
    return_([back.record], reason="请附刊物封面", by=zhou, at=at)
    settled = Record.objects.get(teacher=wang, kind="research_activity")
    return {
        "王老师的申报": waits,
        "退回王老师的申报": back,
        "待认定的研修记录": Record.objects.get(pk=waits.record.pk),
        "退回的研修记录": Record.objects.get(pk=back.record.pk),
        "王老师的异议": Objection.objects.create(
            organisation=cast.school, teacher=wang, raised_by=wang, record=settled, text="少计一节",
            level="school", place=cast.school, due_on=day, made_at=at,
        ),
        "学时公示": Publication.objects.create(
            organisation=cast.school, title="学时公示", scheme="cn-central-school-handbook",
            span_from=day, span_to=day + timedelta(days=1), starts_on=day,
            ends_on=day + timedelta(days=7), working_days=5, fields=["name", "hours"],
            mask=["name"],
            lines=[{"teacher": str(wang.uid), "name": "王老师", "hours": "2", "unit_word": "学分"}],
            made_at=at, made_by_name="周主任",
        ),
    }  # fmt: skip


def _papers(cast: Cast, at: datetime) -> dict[str, Model]:
    """A certificate of 王老师, and an export of another system with one row of a stranger."""
    wang, zhou = cast.people["wang"], cast.people["zhou"]
    # Up to today, so that it holds what has been posted on the stage.
    days = Span(date(2026, 9, 1), max(day_of(at), date(2026, 9, 1)) + timedelta(days=1))
    asked = Asked(cast.school, "cn-central-school-handbook", days, day_of(at))
    export = "姓名,学时\n陌生人,2\n".encode()
    return {
        "王老师的学时证明": certificates.issue(wang, asked, by=zhou, at=at),
        "清河小学的对账": registering.read_export(
            shipped()["cn-county-record-list"], asked, export, "导出.csv", by=zhou, at=at
        ),
    }


def _verification(cast: Cast, at: datetime) -> dict[str, Model]:
    """A closed year, an exemption and a transfer of 王老师, and a sample that 赵老师 checks."""
    zhou, wang, zhao = (cast.people[name] for name in ("zhou", "wang", "zhao"))
    day = day_of(at)
    by: dict[str, Any] = {"by": zhou, "at": at}
    closed = closing.close_year(closings.years_of(cast.school, day)[0], leave_open=True, **by)
    line = transferring.NewLine(
        "集中培训", "centralised", "county", day, day, Decimal(6), "credit"
    )  # fmt: skip
    brought = transferring.bring(
        wang, cast.school, issuer="松岭县", document="证明1号", lines=[line], by=wang, at=at
    )
    check = verification.draw_sample(
        cast.school,
        verification.NewCheck(
            "手册抽查", day, day, day, "种子", percent=Decimal(100), strata=("group",)
        ),
        **by,
    )
    verification.assign_checkers(check, [zhao], **by)
    return {
        "清河小学的年度登记": closed,
        "王老师的年度快照": closed.snapshots.get(teacher=wang),
        "王老师的减免": exempting.grant_exemption(
            wang, cast.school, exempting.NewExemption("other", SINCE, None), **by
        ),
        "王老师的转入": brought,
        "王老师的转入明细": brought.lines.get(),
        "清河小学的抽查": check,
        "抽到的王老师": check.drawn.get(teacher=wang),
        "待整改的李组长": verification.mark(
            check.drawn.get(teacher=cast.people["li"]), passed=False, comment="缺评课意见",
            by=zhao, at=at,
        ),
    }  # fmt: skip


def _plans(cast: Cast) -> dict[str, Model]:
    """A confirmed and a draft plan of the school, one of the maths group, and a proposal."""
    li, zhou = cast.people["li"], cast.people["zhou"]
    confirmed, draft = (
        planning.start_plan(cast.school, cast.term, title, by=zhou, at=MORNING)
        for title in ("全校研修计划", "全校研修计划（修订）")
    )
    planning.confirm_plan(confirmed, by=zhou, at=MORNING)
    rhythm = Rhythm.objects.create(
        plan=confirmed, unit=cast.maths, name="数学", weekday=4, half_day="afternoon"
    )
    (proposal,) = planning.read_proposals(
        cast.school, PLAN.encode(), name="计划.txt", by=zhou, at=MORNING
    )
    item = {"text": "组内研讨课", "month": 10, "by": zhou, "at": MORNING}
    return {
        "已确认的学校计划": confirmed,
        "起草中的学校计划": draft,
        "起草中的数学组计划": planning.start_plan(
            cast.school, cast.term, "数学组计划", by=li, at=MORNING, unit=cast.maths
        ),
        "数学组的活动节奏": rhythm,
        "已确认计划的事项": planning.add_item(confirmed, **item),  # type: ignore[arg-type]
        "起草中计划的事项": planning.add_item(draft, **item),  # type: ignore[arg-type]
        "计划草案": proposal,
        **_read(cast, proposal),
        "计划草案的原件": Attachment.objects.get(source_id=proposal.uid),
    }


def _read(cast: Cast, proposal: Model) -> dict[str, Model]:
    """A summary that was read in, and a plan that is much like the proposal."""
    zhou = cast.people["zhou"]
    changed = PLAN.replace("组内研讨课一节", "组内研究课两节").encode()
    (alike,) = planning.read_proposals(
        cast.school, changed, name="计划（改）.txt", by=zhou, at=MORNING
    )
    alike.alike = [{"uid": str(proposal.uid), "share": 80, "settled": False}]  # type: ignore[attr-defined]
    alike.save(update_fields=["alike"])
    (summary,) = planning.read_proposals(
        cast.school, PAST_SUMMARY.encode(), name="总结.txt", by=zhou, at=MORNING
    )
    return {"相近的计划草案": alike, "读入的总结": summary}


def _more_plans(cast: Cast) -> dict[str, Model]:
    """A plan handed in, one made from another, a person's own, and plans that were asked for."""
    li, wang, zhou = (cast.people[name] for name in ("li", "wang", "zhou"))
    handed_in = planning.start_plan(
        cast.school, cast.term, "数学组课题计划", unit=cast.maths, kind="project", by=li, at=MORNING
    )
    following = planning.start_plan(
        cast.school, cast.term, "学年计划", period="school_year", by=zhou, at=MORNING
    )
    return {
        "提交的数学组计划": planning.submit_plan(handed_in, by=li, at=MORNING),
        "沿用的学校计划": planning.copy_plan(
            following, cast.term, "沿用的学年计划", by=zhou, at=MORNING
        ),
        "王老师的个人计划": planning.start_personal_plan(
            cast.school, cast.term, "王老师的计划", by=wang, at=MORNING
        ),
        "计划布置": planning.ask_for_plans(
            cast.school, title="半年计划", term=cast.term, whom="units", period="half_year",
            by=zhou, at=MORNING,
        ),
    }  # fmt: skip


def _summaries(cast: Cast) -> dict[str, Model]:
    """A draft, and one that is approved already; what approval asks for is tested elsewhere."""
    last = terms.set_term(
        cast.school, school_year=2025, half=2, starts_on=date(2026, 2, 20),
        ends_on=date(2026, 7, 1), by=None, at=MORNING,
    )  # fmt: skip
    approved = Summary.objects.create(
        organisation=cast.school, term=last, made_at=MORNING, state=Summary.State.APPROVED
    )
    approved.frozen = freeze(fill(approved, MORNING))
    approved.save(update_fields=["frozen"])
    draft = reports.start_summary(cast.school, cast.term, by=cast.people["zhou"], at=MORNING)
    return {"起草中的总结": draft, "已审定的总结": approved, **_drafting(cast, draft)}


def _more_summaries(cast: Cast) -> dict[str, Model]:
    """One of a group, one of 王老师's own, a list of who owes one, and a phrase of the school."""
    zhou, li, wang = (cast.people[name] for name in ("zhou", "li", "wang"))
    term: dict[str, Any] = {"term": cast.term, "at": MORNING}
    return {
        "数学组的总结": reports.begin_summary(cast.school, unit=cast.maths, by=li, **term),
        "王老师的总结": reports.begin_summary(cast.school, teacher=wang, by=wang, **term),
        "总结布置": ask_for_summaries(
            cast.school, whom="units", span=cast.term.span, due_on=date(2027, 1, 10), by=zhou,
            **term,
        ),
        "空泛的说法": add_phrase(cast.school, "再上新台阶", by=zhou, at=MORNING),
    }  # fmt: skip


def _letters(cast: Cast) -> dict[str, Model]:
    """A notice that still lacks whom it is for, and one that is issued."""
    zhou = cast.people["zhou"]
    words = {"title": "关于举办研讨活动的通知", "body": "请各组准备。", "code": "清小"}
    draft = letters.draft_letter(cast.school, words, by=zhou, at=MORNING)
    whole = {**words, "title": "关于研究课的通知", "to": "各教研组"}
    other = letters.draft_letter(cast.school, whole, by=zhou, at=MORNING)
    return {"拟稿的通知": draft, "已印发的通知": letters.issue_letter(other, by=zhou, at=MORNING)}


def _drafting(cast: Cast, summary: Summary) -> dict[str, Model]:
    """Help with drafting from a machine at which nobody listens, and one request to it."""
    zhou, guan = cast.people["zhou"], cast.people["guan"]
    setting = DraftingSetting.objects.create(
        organisation=cast.school, url="http://127.0.0.1:9/v1", model="local", private=True,
        is_on=True, changed_at=MORNING, changed_by_name=guan.name,
    )  # fmt: skip
    source = source_of(summary)
    call = DraftingCall.objects.create(
        key=new_uid(), organisation=cast.school, source_kind=source.kind, source_id=source.uid,
        place="section:next", by_uid=zhou.uid, by_name=zhou.name, at=MORNING, host="127.0.0.1",
        model=setting.model, characters=300, sha256="0" * 64,
    )  # fmt: skip
    return {"周主任的起草请求": call}


def _training(cast: Cast, at: datetime) -> dict[str, Model]:
    """A tag, an expert, a course with 王老师's application, a series, a note and a check."""
    zhou, wang, day = cast.people["zhou"], cast.people["wang"], day_of(at)
    by: dict[str, Any] = {"by": zhou, "at": at}
    course = training.enter_course(
        cast.school,
        {"title": "数感研修班", "organiser": "县进修学校", "starts_on": day, "last_on": day},
        **by,
    )
    series = training.start_series(
        cast.school,
        name="通识培训",
        audience=f"unit:{cast.maths.uid}",
        starts_on=day,
        last_on=day + timedelta(days=60),
        **by,
    )
    return {
        "本校的标签": add_tag(
            cast.school, classification=Classification.objects.get(code="reform"),
            name="六型课堂", starts_on=day, **by,
        ),
        "外请的专家": add_expert(
            cast.school, kind=ExpertKind.objects.get(code="professor"), name="乔教授", **by
        ),
        "外训课程": course,
        "王老师的外出培训": training.apply(
            cast.school, course=course, purpose="弄清数感怎样教", by=wang, at=at
        ),
        "培训系列": series,
        "系列里的自学": training.add_part(series, kind="self_study", title="读一本书", **by),
        "王老师的自学记录": training.send_study(
            cast.school, title="读书", note="要点", happened_on=day, minutes=40, by=wang, at=at
        ),
        "技能测查": training.start_skill_check(
            cast.school, name="同屏技术", audience=f"unit:{cast.maths.uid}", held_on=day,
            levels=["未掌握", "掌握"], passing=2, **by,
        ),
    }  # fmt: skip


def _told(cast: Cast, at: datetime) -> dict[str, Model]:
    """A notice, the robot of the maths group, a message that failed, and a calendar link."""
    li, wang = cast.people["li"], cast.people["wang"]
    notices.notify(
        [wang],
        kind="change",
        title="改到录播教室",
        source=source_of(cast.maths),
        organisation=cast.school,
        at=at,
    )
    robot = notices.add_robot(
        cast.school,
        cast.maths,
        channel="wecom",
        name="数学组群",
        url="https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=stage",
        secret="",
        digest_hour=7,
        by=li,
        at=at,
    )
    message = notices.try_robot(robot, by=li, at=at)
    link, _token = make_link(wang, "person", at=at)
    job = Job.objects.create(
        organisation=cast.school, by=wang, kind="made.up", title="合订本", made_at=at, queued_at=at
    )
    return {
        "王老师的后台任务": job,
        "王老师的通知": Notice.objects.get(teacher=wang, title="改到录播教室"),
        "数学组的机器人": robot,
        "一条待发消息": message,
        "王老师的日历订阅": link,
    }


def _templates(cast: Cast, at: datetime) -> dict[str, Model]:
    """A template of the school, with its version in use."""
    zhou = cast.people["zhou"]
    paper = OfficialPaper("{{ 标题 }}").to_bytes()
    template = templates.upload(
        cast.school, name="学期统计", kind="statistics", data=paper, file_name="统计.docx",
        by=zhou, at=at,
    )  # fmt: skip
    version = templates.put_into_use(template.versions.get(), by=zhou, at=at)
    return {"本校的模板": template, "使用中的一版模板": version}


def _rules(cast: Cast, at: datetime) -> dict[str, Model]:
    """A rule in force with a draft beside it, a draft alone, a requirement, and the scheme."""
    zhou, sun = cast.people["zhou"], cast.people["sun"]
    central = Organisation.objects.get(parent=None)
    kind = RegulationKind.objects.get(code="pd_management")
    text = "第一条　每周活动一次。\n第二条　每次有记录。"

    def written(title: str) -> Regulation:
        new = regulations.NewRule(title=title, text=text, starts_on=date(2026, 9, 1))
        return regulations.register(cast.school, kind, new, by=zhou, at=MORNING)

    holding, draft = written("研修管理制度"), written("考核办法（草稿）")
    version = holding.versions.get()
    regulations.publish(version, by=zhou, at=MORNING, acknowledge_by=date(2026, 12, 31))
    regulations.revise(
        holding, text, starts_on=date(2027, 2, 20), change_note="再改", by=zhou, at=at
    )
    requirement = regulations.issue_requirement(
        central, [cast.school], title="制订研修计划", due_on=date(2026, 12, 31), by=sun, at=at
    )
    return {
        "施行中的制度": holding,
        "施行中的一版": version,
        "制度草稿": draft,
        "上级的要求": requirement,
        "本校的答复": requirement.answers.get(),
        "采用的方案": SchemeAdoption.objects.get(organisation=cast.school),
    }


def _schemes(cast: Cast, at: datetime) -> dict[str, Model]:
    """A scheme being written, what it was compared with, and a reckoning that waits for a word."""
    guan, adoption = cast.people["guan"], SchemeAdoption.objects.get(organisation=cast.school)
    text = (SHIPPED / adoption.scheme / f"{adoption.version}.yaml").read_text("utf-8")
    own = publishing.copied(text, cast.school)
    draft = publishing.start_draft(cast.school, own, by=guan, at=at)
    file = publishing.start_draft(cast.school, written.SCHEME, by=guan, at=at)
    publishing.publish_scheme(file, edition=file.edition, by=guan, at=at)
    old = (adoption.scheme, adoption.version)
    compared = comparing.start_comparison(cast.school, old=old, new=draft, by=guan, at=at)
    again = reckoning.start_reckoning(adoption, by=guan, at=at)
    return {
        "方案草稿": draft,
        "方案比较": comparing.compare(compared, at=at, told=lambda *_: None),
        "重新核算": reckoning.count_changes(again, at=at, told=lambda *_: None),
    }


def _talk_of(cast: Cast, things: dict[str, Model]) -> dict[str, Model]:
    """What is studied, asked, agreed and said: themes, a problem, a resolution, a remark."""
    li, wang, zhou = (cast.people[name] for name in ("li", "wang", "zhou"))
    closed, opened = things["数学组的场次"], things["数学组正在签到的场次"]
    assert isinstance(closed, Session)
    assert isinstance(opened, Session)
    whole = activities.set_theme(cast.school, cast.term, text="让错误说话", by=zhou, at=MORNING)
    return {
        "数学组的活动": opened.activity,
        "全校的研究主题": whole,
        "数学组的研究主题": activities.set_theme(
            cast.school, cast.term, text="计算的错误", unit=cast.maths, parent=whole, by=li,
            at=MORNING,
        ),
        "数学组的教学问题": activities.raise_problem(
            cast.school, kind="hot", text="作业怎样分层", unit=cast.maths, by=wang, at=MORNING
        ),
        "王老师的议定事项": activities.agree(
            closed, text="带一份错题", owner=wang, by=li, at=MORNING
        ),
        "本校的活动类别": activities.add_kind(
            cast.school, name="午间沙龙", record_kind="research_activity",
            activity_class="exchange", by=zhou, at=MORNING,
        ),
        "待本校认定的联合场次": HomeRecognition.objects.create(
            session=closed, organisation=cast.school
        ),
        "排期批次": SchedulingBatch.objects.create(
            plan_id=things["已确认的学校计划"].pk, since=cast.term.starts_on, at=MORNING,
            by_uid=zhou.uid, by_name=zhou.name,
        ),
        "王老师的讨论发言": activities.say(
            opened.activity, text="先画图", by=wang, at=MORNING
        ),
    }  # fmt: skip
