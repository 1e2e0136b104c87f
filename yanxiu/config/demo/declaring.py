"""What teachers of the demo school declared: one paper waits, one was returned, one recognised."""

from datetime import datetime, timedelta
from decimal import Decimal

from yanxiu.config.demo.people import School
from yanxiu.kernel.spans import day_of
from yanxiu.recognition import actions


def fill(school: School, *, now: datetime) -> None:
    """Let three teachers declare a paper, of which the office has decided two."""
    office, day = school.posts["research_office"], day_of(now)
    writers = [group.members[1] for group in school.groups[:3]]
    told = (
        ("让错题开口说话", "县教研室", "县教研〔2026〕31号", 6),
        ("朗读课上的三种沉默", "市教育学会", "市教学会评〔2026〕112号", 12),
        ("从单元话题到课堂任务", "县教研室", "县教研〔2026〕24号", 20),
    )
    waiting, returned, done = (
        actions.declare(
            school.organisation,
            "paper",
            {
                "title": title,
                "organiser": organiser,
                "reference": reference,
                "organiser_level": "county" if organiser.startswith("县") else "municipal",
                "happened_on": day - timedelta(days=ago),
                "amount": Decimal(1),
            },
            by=writer,
            at=now,
        )
        for writer, (title, organiser, reference, ago) in zip(writers, told, strict=True)
    )
    if returned.record and done.record and waiting.record:
        actions.give_back([returned.record], reason="请附获奖证书的照片", by=office, at=now)
        actions.recognise([done.record], by=office, at=now)
