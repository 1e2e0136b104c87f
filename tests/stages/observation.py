"""What stands on the stage of observation: lessons that were heard, and what was noted of them."""

from datetime import datetime, timedelta

from django.db.models import Model

from yanxiu.cast import Cast
from yanxiu.kernel.uids import new_uid
from yanxiu.lessons import actions as lessons
from yanxiu.lessons.models import Lesson, LessonKind
from yanxiu.observation import actions
from yanxiu.observation.actions import NewMark, NewText
from yanxiu.observation.models import Observation, Rubric
from yanxiu.observation.rules.outline import content_from

BESIDES: dict[str, dict[str, str]] = {}
FORMS = {"observation:start": {"purpose": "growth"}}


def _lesson(cast: Cast, starts_at: datetime, title: str, at: datetime) -> Lesson:
    return lessons.arrange(
        cast.school,
        teacher=cast.people["wang"],
        kind=LessonKind.objects.get(organisation=None, code="study_lesson"),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=40),
        by=cast.people["li"],
        at=at,
        even_so=True,
        title=title,
        subject="数学",
        audience=Lesson.Audience.UNIT,
    )


def fill(cast: Cast, things: dict[str, Model], at: datetime) -> dict[str, Model]:
    """Let 李组长 hear a lesson of 王老师 for growth, and 周主任 one for appraisal."""
    del things
    li, wang, zhou = (cast.people[name] for name in ("li", "wang", "zhou"))
    before = at - timedelta(days=9)
    growth = _lesson(cast, at - timedelta(days=2), "听过的课", before)
    heard = actions.start(growth, by=li, at=growth.starts_at)
    mark = NewMark(new_uid(), 60, "pupil", "第三组说出了理由")
    actions.save_marks(heard, [mark], device="", by=li, at=at)
    actions.save_texts(heard, [NewText("suggestions", "让学生先画再说")], by=li, at=at)
    heard = actions.hand_in(heard, by=li, at=at)
    advice = actions.take_advice(heard.advice.get(), by=wang, at=at)
    account = actions.save_account(growth, texts={"goals": "会说理由"}, edition=0, by=wang, at=at)
    remark = actions.say(growth, text="下次早点收", by=wang, at=at)
    light = actions.say(growth, text="先画再说", is_highlight=True, by=li, at=at)

    judged = _lesson(cast, at - timedelta(days=1), "用于评价的课", before)
    notice = actions.announce_appraisal(judged, because="职称评审", by=zhou, at=before)
    appraisal = actions.start(
        judged, by=zhou, at=judged.starts_at, purpose=Observation.Purpose.APPRAISAL
    )
    actions.save_texts(appraisal, [NewText("overall", "第10分钟的追问")], by=zhou, at=at)
    appraisal = actions.hand_in(appraisal, by=zhou, at=at)
    draft = actions.start(judged, by=li, at=judged.starts_at)
    content = content_from("【过程】100\n学生自己想", "好4 中2", "好85 中0")
    own = actions.make_rubric(cast.school, name="清河量表", content=content, by=zhou, at=at)
    return {
        "李组长听过的课": growth,
        "要上的研究课": _lesson(cast, at + timedelta(days=2), "要上的课", at),
        "李组长的听课记录": heard,
        "李组长的听课草稿": draft,
        "李组长记的片段": heard.marks.get(),
        "周主任的评价听课": appraisal,
        "评价听课告知": notice,
        "给王老师的建议": advice,
        "王老师的述课表": account,
        "王老师的议课发言": remark,
        "标为亮点的议课发言": light,
        "本校的评课量表": own.rubric,
        "自带的评课量表": Rubric.objects.filter(organisation=None)[0],
    }
