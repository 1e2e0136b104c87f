"""What the calendar declines."""

from django.utils.translation import gettext as _

from yanxiu.kernel.refusals import Refusal
from yanxiu.kernel.spans import Span
from yanxiu.terms.models import Term
from yanxiu.ui.wording import day_text


class TermExists(Refusal):
    """A term is there already with other days, and nobody said that they shall change."""

    code = "term-exists"

    def __init__(self, term: Term, new: Span) -> None:
        """Say what would become what."""
        super().__init__(
            _(
                "“%(term)s”已经设过：%(old_first)s到%(old_last)s，没有改。"
                "如确要改为%(new_first)s到%(new_last)s，请勾选“改掉原来的日期”再保存；"
                "周次会跟着变，已经安排的场次不变。"
            )
            % {
                "term": str(term),
                "old_first": day_text(term.starts_on, year=True),
                "old_last": day_text(term.span.last, year=True),
                "new_first": day_text(new.start, year=True),
                "new_last": day_text(new.last, year=True),
            }
        )
