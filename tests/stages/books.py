"""What stands on the stage of reading: records told and untold, a list, a round, a club."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model

from yanxiu.activities import actions as activities
from yanxiu.activities.models import ActivityKind
from yanxiu.books import actions
from yanxiu.books.actions import PartPlan
from yanxiu.cast import Cast
from yanxiu.kernel.spans import day_of

BESIDES: dict[str, dict[str, str]] = {}
FORMS = {
    "books:start": {"title": "没有听说过的书"},
    "books:do": {"do": "aside"},
    "books:tell": {"told_to": "nobody"},
    "books:note": {"kind": "reading_essay"},
    "books:excerpt_do": {"do": "remove"},
    "books:list_do": {"do": "drop"},
    "books:round_do": {"do": "join"},
    "books:club_do": {"do": "join"},
    "books:share_do": {"do": "agree"},
}


def fill(cast: Cast, things: dict[str, Model], at: datetime) -> dict[str, Model]:
    """Let 王老师 read three books, 李组长 lead a round of the maths group, 赵老师 found a club."""
    _ = things
    li, wang, zhou, zhao = (cast.people[name] for name in ("li", "wang", "zhou", "zhao"))
    on = day_of(at)
    found: dict[str, Any] = {}
    for word, done, told_to in (
        ("王老师在读的书", False, "leader"),
        ("王老师读完的书", True, "leader"),
        ("王老师只给自己看的书", True, "nobody"),
    ):
        record = actions.start_reading(cast.school, title=word, by=wang, at=at)
        if done:
            record = actions.change_state(record, "read", by=wang, at=at)
        found[word] = actions.tell_record(record, told_to, by=wang, at=at)
    done_record = found["王老师读完的书"]
    for word, shared in (("王老师分享的摘录", True), ("王老师的摘录", False)):
        found[word] = actions.add_excerpt(done_record, text=word, is_shared=shared, by=wang, at=at)
    opened = actions.start_reading(cast.school, title="周主任公开的书", by=zhou, at=at)
    found["周主任公开的读书记录"] = actions.tell_record(opened, "school", by=zhou, at=at)
    span: dict[str, Any] = {"starts_on": on, "ends_on": on + timedelta(days=60), "by": li, "at": at}
    given = actions.make_list(cast.school, name="数学组的书单", unit=cast.maths, **span)
    item = actions.add_to_list(given, title="数学组书单里的书", by=li, at=at)
    tip = actions.recommend(
        cast.school, title="王老师推荐的书", reason="好读", unit=cast.maths, by=wang, at=at
    )
    part = PartPlan("第一章", on + timedelta(days=9))
    together = actions.open_round(
        cast.school, title="数学组共读的书", unit=cast.maths, parts=[part], **span
    )
    club = actions.found_club(cast.school, name="赵老师的读书会", by=zhao, at=at)
    session = activities.plan_session(
        cast.school,
        title="数学组的读书交流",
        by=li,
        at=at,
        kind=ActivityKind.objects.get(code="reading_exchange"),
        unit=cast.maths,
        starts_at=at + timedelta(days=3),
        ends_at=at + timedelta(days=3, hours=1),
    )
    actions.tie_meeting(session, form="exchange", reading_round=together, by=li, at=at)
    share = actions.share(session=session, text="王老师说的话", by=wang, at=at)
    kept = actions.share(session=session, text="放进分享库的话", by=wang, at=at)
    kept = actions.choose_share(kept, by=li, at=at)
    return found | {
        "数学组的书单": given,
        "数学组书单里的书": item.book,
        "王老师推荐的读物": tip,
        "数学组的共读": together,
        "数学组共读的一段": together.parts.get(),
        "赵老师的读书会": club,
        "数学组的读书交流": session,
        "王老师的读书分享": share,
        "分享库里的读书分享": actions.answer_choice(kept, agrees=True, by=wang, at=at),
    }
