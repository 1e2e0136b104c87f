"""Plans of all kinds, and what was read from papers."""

from django.db.models import Model

from yanxiu.attachments.models import Attachment
from yanxiu.conftest import MORNING, Cast
from yanxiu.planning import actions as planning
from yanxiu.planning.models import Rhythm

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


def put_plans(cast: Cast) -> dict[str, Model]:
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


def put_more_plans(cast: Cast) -> dict[str, Model]:
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
