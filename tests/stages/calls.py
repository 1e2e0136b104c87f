"""What calls for papers put on the stage: one open, one under blind review."""

from datetime import datetime, timedelta

from django.db.models import Model

from yanxiu.cast import Cast
from yanxiu.kernel.spans import day_of
from yanxiu.works import actions as works
from yanxiu.works.calls import actions
from yanxiu.works.calls.actions import CallFacts
from yanxiu.works.models import WorkKind

BESIDES: dict[str, dict[str, str]] = {}
FORMS: dict[str, dict[str, str]] = {
    "works:calls:do": {"do": "cancel"},
    "works:calls:enter": {"work": "王老师报上的论文"},
}


def fill(cast: Cast, things: dict[str, Model], at: datetime) -> dict[str, Model]:
    """Let 王老师 enter two papers; 赵老师, of another group, reviews one of them."""
    _ = things
    wang, zhao, zhou = (cast.people[name] for name in ("wang", "zhao", "zhou"))
    kind = WorkKind.objects.get(organisation=None, code="paper")
    last = day_of(at) + timedelta(days=20)
    found: dict[str, Model] = {}
    for word, title in (("征集中的", "春天的课堂"), ("评审中的", "秋天的课堂")):
        facts = CallFacts(
            title=f"{word}论文评选", closes_on=last, reviewers_each=1, criteria={"选题": 100}
        )
        call = actions.open_call(cast.school, facts, by=zhou, at=at)
        work = works.start(
            kind,
            organisation=cast.school,
            title=title,
            texts={"": "孩子们动了手。"},
            by=wang,
            at=at,
        )
        entry = actions.enter(call, work, by=wang, at=at)
        found |= {f"{word}论文评选": call, f"{word}王老师的论文": entry}
        if word == "征集中的":
            found["王老师报上的论文"] = entry.work
            continue
        actions.close_call(call, by=zhou, at=at)
        actions.name_panel(call, [zhao], by=zhou, at=at)
        found["赵老师手里的匿名作品"] = actions.draw(call, due_on=last, by=zhou, at=at)[0]
        found["评审中的论文本身"] = entry.work
    return found
