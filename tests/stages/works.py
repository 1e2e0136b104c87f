"""What stands on the stage of works: a draft, what was handed in and shared, a prize."""

from datetime import datetime, timedelta
from importlib import import_module
from importlib.util import find_spec

from django.db.models import Model

from yanxiu.cast import Cast
from yanxiu.kernel.spans import day_of
from yanxiu.works import actions
from yanxiu.works.models import WorkKind

CALLS = import_module("tests.stages.calls") if find_spec("tests.stages.calls") else None
"""What calls for papers put on the stage, one shelf above."""

BESIDES: dict[str, dict[str, str]] = {
    "works:version": {"number": "1"},
    "works:restore": {"number": "1"},
    **getattr(CALLS, "BESIDES", {}),
}
FORMS = {
    "works:do": {"do": "withdraw"},
    "works:share": {"shared_with": "nobody"},
    "works:follow": {"do": "send"},
    **getattr(CALLS, "FORMS", {}),
}


def fill(cast: Cast, things: dict[str, Model], at: datetime) -> dict[str, Model]:
    """Let 王老师 write a draft, hand in a reflection and a paper, and win with it."""
    li, wang, zhou = (cast.people[name] for name in ("li", "wang", "zhou"))
    kinds = {kind.code: kind for kind in WorkKind.objects.filter(organisation=None)}
    draft, handed, shared, paper = (
        actions.start(kinds[code], organisation=cast.school, title=title, texts=texts, by=by, at=at)
        for code, title, texts, by in (
            ("reflection", "没交的反思", {"success": "草稿"}, wang),
            ("reflection", "交来的反思", {"success": "成了", "slips": "漏了"}, wang),
            ("jotting", "分享的随笔", {"": "说给大家"}, li),
            ("paper", "选送的论文", {"": "论文"}, wang),
        )
    )
    handed = actions.hand_in(handed, by=wang, at=at)
    shared = actions.share(shared, shared_with="school", by=li, at=at)
    paper = actions.hand_in(paper, by=wang, at=at)
    sent = actions.recommend(
        paper, destination="县论文评选", where="contest", level="county", by=zhou, at=at
    )
    told = actions.Told(
        kind="prize", title="选送的论文", event="县论文评选", level="county",
        happened_on=day_of(at - timedelta(days=1)), reference="第1号",
    )  # fmt: skip
    outcome = actions.tell_outcome(cast.school, told, work=paper, by=wang, at=at)
    own = actions.add_work_kind(cast.school, name="评课稿", like=kinds["jotting"], by=zhou, at=at)
    made: dict[str, Model] = {
        "王老师的反思草稿": draft,
        "王老师交来的反思": handed,
        "交来的反思里留给自己的一栏": handed.texts.get(code="slips"),
        "李组长分享的随笔": shared,
        "王老师选送的论文": paper,
        "论文的选送": sent,
        "论文的获奖": outcome,
        "清河自己的作品类别": own,
        "教学反思这一类": kinds["reflection"],
    }
    return made | (CALLS.fill(cast, things | made, at) if CALLS else {})
