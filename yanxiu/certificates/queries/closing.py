"""What a certificate says of the yearly closing."""

from yanxiu.certificates.queries.facts import Asked
from yanxiu.kernel.spans import day_of
from yanxiu.ledger.models import YearClosing


def closing_words(asked: Asked) -> str:
    """Return which of the credit years in the span the school has closed; one statement."""
    rows = YearClosing.objects.filter(
        organisation=asked.organisation,
        scheme=asked.scheme,
        state=YearClosing.State.CLOSED,
        starts_on__lt=asked.span.end,
        ends_on__gt=asked.span.start,
    )
    closed = [
        f"{row.starts_on} 至 {row.span.last} 学分年度已于 {day_of(row.closed_at)} 登记"
        for row in rows.order_by("starts_on")
        if row.closed_at
    ]
    if closed:
        return "年度登记：" + "；".join(closed) + "。"
    if not asked.is_over:
        return "年度登记：这段时间尚未结束，还没有登记。"
    return "年度登记：这段时间还没有登记。"
