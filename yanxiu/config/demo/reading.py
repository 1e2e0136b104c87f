"""What the demo school reads: a list, a common book, a club, and records told or kept."""

from datetime import datetime, time, timedelta

from yanxiu.activities import actions as activities
from yanxiu.activities.models import ActivityKind
from yanxiu.books import actions
from yanxiu.books.actions import PartPlan
from yanxiu.config.demo.people import School
from yanxiu.kernel.spans import day_of, moment_at
from yanxiu.people.models import Membership, Teacher, Unit
from yanxiu.terms.queries import term_on

BOOKS = (
    ("《追问的分寸》", "林知远", "required", "怎样问到学生真的想一想"),
    ("把课堂还给问题", "周晓白", "suggested", "三十个课例，明天就能用"),
    ("《解读<小学数学课程要点>》", "", "suggested", "备课时放在手边"),
    ("一间教室的四季", "何小满", "common", "教育随笔，睡前读几页"),
)
EXCERPT = "好问题不是难倒学生的问题，是让学生愿意多想一会儿的问题。"
NOTES = "第三章的“等三秒”我明天就试：问完先闭嘴，看谁的手慢慢举起来。"
ESSAY = "读完最大的改变是问完以后敢等了。第一天等得自己心慌，第二周孩子们就习惯了先想再举手。"


def fill(school: School, *, now: datetime) -> None:
    """Let the school read, each by the actions that people use."""
    office = school.posts["research_office"]
    readers = [one for one in school.teachers if one.pk != office.pk]
    _list(school, office, now)
    _records(school, readers, office, now)
    leader, unit = _group(school, now)
    _together(school, leader, unit, now)
    club = actions.found_club(
        school.organisation,
        name="晚读读书会",
        purpose="每月一本，读完聊一次",
        by=readers[7],
        at=now,
    )
    for one in readers[8:12]:
        actions.join_club(club, by=one, at=now)


def _list(school: School, office: Teacher, now: datetime) -> None:
    term = term_on(school.organisation, day_of(now))
    if term is None:
        return
    given = actions.make_list(
        school.organisation, name="本学期荐读", starts_on=term.starts_on, ends_on=term.ends_on,
        by=office, at=now,
    )  # fmt: skip
    for title, author, way, reason in BOOKS:
        actions.add_to_list(
            given, title=title, author=author, way=way, reason=reason, by=office, at=now
        )


def _records(school: School, readers: list[Teacher], office: Teacher, now: datetime) -> None:
    place = school.organisation
    for number, one in enumerate(readers[2:9]):
        title = BOOKS[number % 3][0]
        record = actions.start_reading(
            place, title=title, by=one, at=now - timedelta(days=30 - number)
        )
        if number % 2 == 0:
            actions.change_state(record, "read", by=one, at=now - timedelta(days=number + 1))
    mine = actions.start_reading(place, title=BOOKS[0][0], by=readers[2], at=now)
    mine = actions.save_record(
        mine,
        edition=mine.edition,
        facts={"notes": NOTES, "pages": "1—86 页"},
        by=readers[2],
        at=now,
    )
    actions.add_excerpt(mine, text=EXCERPT, page="第47页", is_shared=True, by=readers[2], at=now)
    actions.write_note(mine, "reading_essay", by=readers[2], at=now)
    opened = actions.start_reading(place, title=BOOKS[1][0], by=office, at=now)
    actions.tell_record(opened, "school", by=office, at=now)
    actions.recommend(
        place, title="慢下来的公开课", kind="article", by=office, at=now,
        reason="一篇短文：公开课上删掉三个环节以后，学生多说了二十分钟。",
    )  # fmt: skip


def _group(school: School, now: datetime) -> tuple[Teacher, Unit]:
    """Return a leader of a research group of the school, and the group."""
    rows = Membership.objects.on(day_of(now)).filter(
        duty=Membership.Duty.LEADER,
        unit__organisation=school.organisation,
        unit__kind__code="teaching_research_group",
    )
    found = rows.select_related("teacher", "unit").order_by("pk")[0]
    return found.teacher, found.unit


def _together(school: School, leader: Teacher, unit: Unit, now: datetime) -> None:
    day = day_of(now)
    found = actions.open_round(
        school.organisation,
        title=BOOKS[3][0],
        unit=unit,
        starts_on=day - timedelta(days=14),
        ends_on=day + timedelta(days=28),
        purpose="每人带回一个能用的做法",
        parts=[
            PartPlan("春", day - timedelta(days=7), leader.name),
            PartPlan("夏", day + timedelta(days=7)),
            PartPlan("秋冬", day + timedelta(days=21)),
        ],
        by=leader,
        at=now,
    )
    texts = {
        "practice": "每周留十分钟，请学生带一本书来讲一页。",
        "effect": "借书的人多了，讲的时候会互相问问题。",
        "pupil_activity": "班级读书角，每月换一次书",
    }
    actions.tell_story(found, edition=0, texts=texts, by=leader, at=now)
    share = actions.share(reading_round=found, text=ESSAY, about="春", by=leader, at=now)
    actions.share(reading_round=found, text=EXCERPT, about="夏", by=leader, at=now)
    actions.choose_share(share, by=school.posts["research_office"], at=now)
    begins = moment_at(day + timedelta(days=8), time(15, 30))
    session = activities.plan_session(
        school.organisation,
        title="读书交流：一间教室的四季",
        kind=ActivityKind.objects.get(organisation=None, code="reading_exchange"),
        unit=unit,
        starts_at=begins,
        ends_at=begins + timedelta(hours=1),
        by=leader,
        at=now,
    )
    actions.tie_meeting(session, form="exchange", reading_round=found, by=leader, at=now)
