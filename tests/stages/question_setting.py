"""What question setting puts on the stage: a secret paper, one that is over, and what was told."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Model

from yanxiu.cast import Cast
from yanxiu.kernel.spans import day_of
from yanxiu.question_setting import actions
from yanxiu.question_setting.actions import DeedFacts, NominationFacts, TaskFacts
from yanxiu.question_setting.rules.specification import Question

BESIDES: dict[str, dict[str, str]] = {}
FORMS = {
    "question_setting:read": {"do": "returned", "comment": "第3题超纲"},
    "question_setting:nomination_decide": {"do": "agree"},
}
PDF = b"%PDF-1.4 paper"


def fill(cast: Cast, things: dict[str, Model], at: datetime) -> dict[str, Model]:
    """Let 王老师 set papers for 李组长's group, which 赵老师 of another one reads."""
    _ = things
    li, wang, zhao = (cast.people[name] for name in ("li", "wang", "zhao"))
    today = day_of(at)
    found: dict[str, Model] = {}
    for word, used_on in (
        ("还没考的单元卷", today + timedelta(days=9)),
        ("考过的单元卷", today - timedelta(days=9)),
    ):
        facts = TaskFacts(author=wang, reader=zhao, due_on=used_on, used_on=used_on)
        task = actions.plan_tasks(cast.maths, [word], facts, by=li, at=at)[0]
        row = Question("1", "周长", "understand", "选择", Decimal(100))
        actions.set_specification(task, [row], by=wang, at=at)
        version = actions.hand_in_paper(task, PDF, name="卷.pdf", by=wang, at=at)
        found |= {word: task, f"{word}的一稿": version}
    actions.read_paper(found["考过的单元卷"], decision="approved", by=zhao, at=at)  # type: ignore[arg-type]
    for word, kind, secret in (
        ("王老师的说题", "explain", None),
        ("王老师受委托的命题", "duty", today + timedelta(days=400)),
    ):
        deed = DeedFacts(kind=kind, title=word, happened_on=today, secret_until=secret)
        found[word] = actions.tell_deed(cast.school, deed, by=wang, at=at)
    facts_of_class = NominationFacts(course="区数学命题班")
    found["推荐王老师上命题班"] = actions.nominate(cast.school, wang, facts_of_class, by=li, at=at)
    return found
