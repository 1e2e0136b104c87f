"""What the panel says of a paper is reckoned of every score that was given."""

from decimal import Decimal

from yanxiu.cast import NOON, Cast
from yanxiu.people.models import Teacher
from yanxiu.works.calls import actions, queries
from yanxiu.works.calls.actions import CallFacts
from yanxiu.works.models import BlindReview
from yanxiu.works.tests.conftest import Write


def test_a_zero_is_a_score_like_any_other(
    cast: Cast, write: Write, wang: Teacher, zhou: Teacher, shen: Teacher, zhao: Teacher
) -> None:
    facts = CallFacts(title="评选", closes_on=NOON.date(), reviewers_each=2, criteria={"选题": 100})
    call = actions.open_call(cast.school, facts, by=zhou, at=NOON)
    actions.enter(call, write(wang, "paper"), by=wang, at=NOON)
    actions.close_call(call, by=zhou, at=NOON)
    actions.name_panel(call, [shen, zhao], by=zhou, at=NOON)
    actions.draw(call, due_on=None, by=zhou, at=NOON)
    criterion = call.criteria.get()
    for review, points in zip(BlindReview.objects.order_by("pk"), (0, 80), strict=True):
        actions.score(review, {criterion.pk: points}, by=review.reviewer, at=NOON)

    found = queries.judged(call)[0]

    assert (found.mean, found.is_far_apart) == (Decimal("40.0"), True)
