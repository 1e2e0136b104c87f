"""Reading anonymous feedback: only in numbers, and only where at least five have answered."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from yanxiu.activities.models import FeedbackAnswer, Session

FEWEST = 5
"""With fewer answers a colleague could guess who said what."""


@dataclass(frozen=True)
class Opinion:
    """What those who were there thought of one session, or of several together."""

    count: int
    useful: int = 0
    will_use: int = 0
    words: tuple[str, ...] = ()

    @property
    def is_shown(self) -> bool:
        """Whether there are enough answers to hide each one."""
        return self.count >= FEWEST

    @property
    def missing(self) -> int:
        """How many answers are lacking until it can be shown."""
        return max(0, FEWEST - self.count)

    @property
    def useful_percent(self) -> int:
        """How many of a hundred found it useful or very useful, rounded down."""
        return self.useful * 100 // self.count if self.is_shown else 0

    @property
    def will_use_percent(self) -> int:
        """How many of a hundred can use it, at once or with changes, rounded down."""
        return self.will_use * 100 // self.count if self.is_shown else 0


USEFUL = Q(usefulness__gte=FeedbackAnswer.Usefulness.SOMEWHAT)
USED = ~Q(will_use=FeedbackAnswer.WillUse.NO)


def opinion_of(session: Session) -> Opinion:
    """Return what those who were at `session` thought; below five answers only their number."""
    rows = FeedbackAnswer.objects.filter(session=session)
    told = rows.aggregate(
        count=Count("pk"), useful=Count("pk", filter=USEFUL), used=Count("pk", filter=USED)
    )
    if told["count"] < FEWEST:
        return Opinion(told["count"])
    words = sorted(rows.exclude(word="").values_list("word", flat=True))
    return Opinion(told["count"], told["useful"], told["used"], tuple(words))


def opinions_by(sessions: Iterable[int], field: str) -> dict[object, Opinion]:
    """Return the opinions on `sessions`, put together by `field` of the answers; one statement."""
    rows = (
        FeedbackAnswer.objects.filter(session__in=list(sessions))
        .order_by()
        .values_list(field)
        .annotate(
            count=Count("pk"),
            useful=Count("pk", filter=USEFUL),
            used=Count("pk", filter=USED),
        )
    )
    return {
        key: Opinion(count, useful, used) if count >= FEWEST else Opinion(count)
        for key, count, useful, used in rows
    }
