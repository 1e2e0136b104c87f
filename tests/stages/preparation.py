"""Lesson plans at every step of their way, what is said of them, and what a group asks."""

from datetime import datetime
from typing import Any

from django.db.models import Model

from yanxiu.cast import Cast
from yanxiu.kernel.spans import day_of
from yanxiu.preparation import actions, content

TEXTS = {"objectives": "会用分数表示涂色部分。", "process": "折一折。\n涂一涂。\n说一说。"}
BESIDES: dict[str, dict[str, str]] = {}
FORMS = {
    "preparation:do": {"do": "agree"},
    "preparation:comment": {"text": "这里可以慢一点。"},
    "preparation:settle": {"state": "partly"},
    "preparation:revise": {"reason": "作业多了"},
    "preparation:requirement_decide": {"do": "approve"},
}


def fill(cast: Cast, _things: dict[str, Model], at: datetime) -> dict[str, Model]:
    """Prepare a lesson in the maths group, from the draft to an own plan that was handed in."""
    li, wang, zhou = (cast.people[name] for name in ("li", "wang", "zhou"))
    day = day_of(at)

    def start(by: Any, kind: str, title: str) -> Any:
        return actions.start(
            cast.school, kind=kind, unit=cast.maths, facts={"title": title}, texts=TEXTS,
            by=by, at=at,
        )  # fmt: skip

    discussed = actions.offer(start(li, "shared", "几分之一"), by=li, at=at)
    where = next(content.paragraphs(discussed.content)).id
    said = actions.comment(discussed, paragraph=where, text="目标再具体些。", by=wang, at=at)
    question = actions.ask_question(discussed, text="要不要比大小？", owner=wang, by=li, at=at)
    agreed = actions.agree(
        actions.offer(start(li, "shared", "几分之几"), by=li, at=at), by=li, at=at
    )
    review = actions.review(agreed, mark="good", criteria={}, by=zhou, at=at)
    own = actions.hand_in(actions.make_own(agreed, by=wang, at=at), by=wang, at=at)
    note = actions.add_note(own, text="折纸用时太长。", taught_on=day, by=wang, at=at)
    shared_note = actions.add_note(
        agreed, text="例题换成披萨更好。", taught_on=day, is_shared=True, by=wang, at=at
    )
    topics = actions.set_topics(
        cast.maths, cast.term, grade="三年级", topics=actions.read_topics("分数的简单计算 2课时"),
        by=li, at=at,
    )  # fmt: skip
    asked = actions.begin_requirement(
        cast.maths, subject="数学", grade="三年级", text="会读写简单的分数。", by=li, at=at
    )
    dropped = start(wang, "personal", "不要了的练习课")
    actions.discard(dropped, by=wang, at=at)
    return {
        "数学组的主备稿": start(li, "shared", "分数的大小"),
        "数学组研讨中的教案": discussed,
        "数学组的共案": agreed,
        "共案的一稿": agreed.versions.get(moment="agreed"),
        "王老师的教案草稿": start(wang, "personal", "练习课"),
        "王老师删掉的草稿": dropped,
        "王老师交来的个案": own,
        "王老师的备课意见": said,
        "备课问题": question,
        "教案检查": review,
        "王老师的教后记": note,
        "王老师给组里看的教后记": shared_note,
        "数学组的进度课题": topics[0],
        "数学组的教学要求": asked,
        "待审定的教学要求": asked.versions.get(),
    }
