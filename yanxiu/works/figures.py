"""The numbers that works give to reports and dashboards; drafts are in none of them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet

from yanxiu.figures.table import Cell, Figure, Scope, lies_in, persons_of
from yanxiu.people.narrowing import narrow
from yanxiu.ui.wording import day_text
from yanxiu.works.calls.figures import FIGURES as CALLS
from yanxiu.works.calls.figures import LEVELS
from yanxiu.works.models import Outcome, Submission, Work
from yanxiu.works.permissions import (
    HANDED_IN,
    may_see_outcome,
    may_see_submission,
    may_see_work,
)

PERCENT = 100
WON = (Submission.State.AWARDED, Submission.State.PUBLISHED)


# ---- works ----
def works_in(scope: Scope) -> "QuerySet[Work]":
    """Return the works handed in whose day lies within `scope`."""
    rows = Work.objects.filter(
        state__in=HANDED_IN,
        dropped_at=None,
        happened_on__gte=scope.span.start,
        happened_on__lt=scope.span.end,
    )
    found: QuerySet[Work] = narrow(rows, scope)
    return found


def _of_act(act: str) -> Callable[[Scope], "QuerySet[Work]"]:
    return lambda scope: works_in(scope).filter(kind__act=act)


def _of_kind(code: str) -> Callable[[Scope], "QuerySet[Work]"]:
    return lambda scope: works_in(scope).filter(kind__code=code, kind__organisation=None)


def _excellent(scope: Scope) -> "QuerySet[Work]":
    return works_in(scope).filter(grade=Work.Grade.EXCELLENT)


def _work_cells(row: Work) -> Sequence[Cell]:
    return (
        Cell(day_text(row.happened_on, year=True)),
        Cell(row.teacher.name),
        Cell(row.kind.name),
        Cell(row.title, Work.SOURCE_KIND, row.uid),
        Cell(str(row.get_state_display())),
    )


def _of_works(
    code: str,
    name: str,
    meaning: str,
    rows: Callable[[Scope], "QuerySet[Work]"],
    unit: str = "篇",
    **more: Any,
) -> Figure:
    return Figure(
        code=f"works.{code}",
        name=name,
        meaning=meaning,
        unit=unit,
        rows=rows,
        columns=("日期", "作者", "类别", "题目", "状态"),
        cells=_work_cells,
        seen_by=may_see_work,
        opened=lambda found: found.select_related("teacher", "kind").order_by("happened_on", "pk"),
        place=lies_in("organisation"),
        **more,
    )


# ---- sent outside ----
def submissions_in(scope: Scope) -> "QuerySet[Submission]":
    """Return what was sent to journals and contests on days within `scope`."""
    rows = Submission.objects.filter(
        sent_on__gte=scope.span.start, sent_on__lt=scope.span.end
    ).exclude(state=Submission.State.WITHDRAWN)
    found: QuerySet[Submission] = narrow(rows, scope, "work__teacher", "sent_on")
    return found


def _submission_cells(row: Submission) -> Sequence[Cell]:
    return (
        Cell(day_text(row.sent_on, year=True)),
        Cell(row.work.teacher.name),
        Cell(row.work.title, Submission.SOURCE_KIND, row.uid),
        Cell(row.destination),
        Cell(str(row.get_level_display())),
        Cell(str(row.get_state_display())),
    )


@dataclass(frozen=True)
class Rate:
    """Of all rows, how many in a hundred won; one decimal."""

    won: Q

    def __call__(self, rows: "QuerySet[Any]") -> Decimal:
        """Reckon the share over all."""
        found = rows.order_by().aggregate(every=Count("pk"), won=Count("pk", filter=self.won))
        return self.joined([(found["won"], found["every"])])

    def parts(self, rows: "QuerySet[Any]") -> Iterable[tuple[str, Any]]:
        """Count what won and what there is in each organisation."""
        counted = rows.values("place_path").annotate(
            every=Count("pk"), won=Count("pk", filter=self.won)
        )
        for row in counted:
            yield row["place_path"], (row["won"], row["every"])

    def joined(self, parts: Iterable[Any]) -> Decimal:
        """Reckon the share of what `parts` hold together."""
        told = list(parts)
        every = sum(part[1] for part in told)
        won = sum(part[0] for part in told)
        share = Decimal(won * PERCENT) / every if every else Decimal(0)
        return share.quantize(Decimal("0.1"), ROUND_HALF_UP)


def _sent_at(levels: Sequence[str]) -> Callable[[Scope], "QuerySet[Submission]"]:
    return lambda scope: submissions_in(scope).filter(level__in=levels)


def _of_submissions(code: str, name: str, meaning: str, unit: str, **more: Any) -> Figure:
    return Figure(
        code=f"works.{code}",
        name=name,
        meaning=meaning,
        unit=unit,
        rows=more.pop("rows", submissions_in),
        columns=("送出", "作者", "题目", "送往", "级别", "结果"),
        cells=_submission_cells,
        seen_by=may_see_submission,
        opened=lambda found: found.select_related("work__teacher").order_by("sent_on", "pk"),
        place=lies_in("organisation"),
        **more,
    )


# ---- the register ----
def _outcomes(kind: str) -> Callable[[Scope], "QuerySet[Outcome]"]:
    def rows(scope: Scope) -> "QuerySet[Outcome]":
        found = Outcome.objects.filter(
            kind=kind,
            state=Outcome.State.CONFIRMED,
            happened_on__gte=scope.span.start,
            happened_on__lt=scope.span.end,
        )
        narrowed: QuerySet[Outcome] = narrow(found, scope)
        return narrowed

    return rows


def _outcome_cells(row: Outcome) -> Sequence[Cell]:
    return (
        Cell(day_text(row.happened_on, year=True)),
        Cell(row.teacher.name),
        Cell(row.title, Outcome.SOURCE_KIND, row.uid),
        Cell(row.event),
        Cell(str(row.get_level_display())),
        Cell(str(row.get_prize_display())),
    )


def _of_outcomes(code: str, name: str, meaning: str, kind: str) -> Figure:
    return Figure(
        code=f"works.{code}",
        name=name,
        meaning=meaning,
        unit="项",
        rows=_outcomes(kind),
        columns=("日期", "作者", "题目", "评选活动或刊物", "级别", "等次"),
        cells=_outcome_cells,
        seen_by=may_see_outcome,
        opened=lambda found: found.select_related("teacher").order_by("happened_on", "pk"),
        place=lies_in("organisation"),
    )


FIGURES = [
    _of_works(
        "handed_in",
        "交来的作品",
        "日期在所选范围内、已经交出的作品；草稿、撤回和退回修改的不算。",
        works_in,
    ),
    _of_works(
        "authors",
        "交过作品的教师",
        "在所选范围内交过作品的第一作者，每人只算一次；草稿、撤回和退回修改的不算。",
        works_in,
        unit="人",
        reckon=persons_of("teacher"),
    ),
    _of_works(
        "reflections",
        "教学反思与随笔",
        "交来的作品里的反思、随笔、点滴、课题反思和学后反思。",
        _of_act("reflection"),
    ),
    _of_works(
        "papers",
        "论文与案例",
        "交来的作品里的论文、案例、教育叙事和经验总结。",
        _of_act("paper"),
    ),
    _of_works("lesson_talks", "说课稿", "交来的作品里的说课稿。", _of_kind("lesson_talk")),
    _of_works(
        "learning_notes",
        "学习笔记与心得",
        "交来的作品里的学习笔记、心得体会、读书笔记、读书心得、摘抄和影评。",
        _of_act("reading_note"),
    ),
    _of_works("excellent", "评为优秀的作品", "交来的作品里评为优秀的。", _excellent),
    _of_submissions(
        "sent",
        "投稿和参评",
        "在所选日期内送去投稿或参加评选的次数，一份送几处算几次；撤回的不算。",
        "次",
    ),
    *(
        _of_submissions(
            f"sent_{end}",
            f"送出的作品（{level}）",
            f"送出的作品里送往{level}的。",
            "次",
            rows=_sent_at(codes),
        )
        for end, level, codes in LEVELS
    ),
    _of_submissions(
        "success_rate",
        "发表获奖率",
        "在所选日期内投稿和参评的次数里，已经发表或获奖的占百分之几；还没有结果的也算在总数里，所以会随结果往上走。",
        "%",
        reckon=Rate(Q(state__in=WON)),
    ),
    _of_outcomes(
        "prizes", "作品获奖", "日期在所选范围内、核对证明后登记的获奖。", Outcome.Kind.PRIZE
    ),
    _of_outcomes(
        "publications",
        "作品发表",
        "出刊日期在所选范围内、核对证明后登记的发表。",
        Outcome.Kind.PUBLICATION,
    ),
    *CALLS,
]
