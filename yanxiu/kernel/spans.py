"""Days, moments and the spans between them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SCHOOL_ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, order=True)
class Span:
    """The days from `start` (included) to `end` (excluded)."""

    start: date
    end: date

    def __post_init__(self) -> None:
        """Refuse a span that ends before it starts."""
        if self.end < self.start:
            message = f"a span cannot end before it starts: {self.start} to {self.end}"
            raise ValueError(message)

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    @property
    def last(self) -> date:
        """The last day inside the span."""
        return self.end - timedelta(days=1)

    def days(self) -> Iterator[date]:
        """Yield each day of the span in order."""
        for offset in range((self.end - self.start).days):
            yield self.start + timedelta(days=offset)

    def moments(self) -> tuple[datetime, datetime]:
        """Return the span as moments `[start, end)` of the school's zone, aware."""
        return moment_at(self.start), moment_at(self.end)


def day_of(moment: datetime) -> date:
    """Return the school's day on which an aware `moment` falls."""
    return moment.astimezone(SCHOOL_ZONE).date()


def moment_at(day: date, clock: time = time(0)) -> datetime:
    """Return the aware moment, in UTC, at which the school's clock shows `clock` on `day`."""
    return datetime.combine(day, clock, SCHOOL_ZONE).astimezone(UTC)
