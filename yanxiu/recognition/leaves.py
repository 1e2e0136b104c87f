"""What people declared gives to growth file and handbook: courses, papers and prizes elsewhere."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Case, CharField, QuerySet, Value, When

from yanxiu.figures.leaves import Leaf, LeafKind
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import Span
from yanxiu.ledger.leaves import earned_words
from yanxiu.ledger.models import Award
from yanxiu.ledger.queries.earned import earned_in
from yanxiu.ledger.wording import level_word, measure_word, role_word
from yanxiu.recognition.models import Declaration
from yanxiu.recognition.models.declarations import TIMED
from yanxiu.recognition.permissions import may_see_declaration
from yanxiu.ui.wording import amount_text

CATEGORIES = {
    "learning": ("self_study", "reading_notes", "learning_essay"),
    "papers": ("paper", "monograph", "paper_prize"),
    "honours": ("contest", "contest_guidance"),
    "research": ("research_project",),
}
"""Where a declared thing stands that is no course; what lasted for hours or days is one."""


def _declared(span: Span) -> "QuerySet[Any]":
    cases = [When(kind__in=kinds, then=Value(category)) for category, kinds in CATEGORIES.items()]
    rows = Declaration.objects.filter(
        happened_on__gte=span.start,
        happened_on__lt=span.end,
        record__isnull=False,
        record__withdrawn_at=None,
    )
    return rows.select_related("record").annotate(
        drawer=Case(
            *cases,
            When(measure__in=TIMED, then=Value("training")),
            default=Value("others"),
            output_field=CharField(),
        )
    )


def _tell(rows: Sequence[Any]) -> Iterable[Leaf]:
    earned = earned_in(Award.objects.filter(record__in=[row.record_id for row in rows]))
    for row in rows:
        own = earned.get(row.record_id, ())
        facts = [
            ("主办", row.organiser),
            ("级别", level_word(row.organiser_level) if row.organiser_level else ""),
            ("证书或文件编号", row.reference),
            ("状态", str(row.record.get_state_display())),
            ("自报", f"{amount_text(row.amount)} {measure_word(row.measure)}"),
        ]
        yield Leaf(
            on=row.happened_on,
            title=row.title,
            part=role_word(row.role) if row.role else "",
            amount=earned_words(own),
            earned=own,
            facts=tuple((name, text) for name, text in facts if text),
            texts=(("说明", row.note),) if row.note else (),
            source=source_of(row),
            files_of=(source_of(row),),
            category=row.drawer,
        )


LEAVES = [
    LeafKind(
        code="recognition.declared",
        name="本人申报的",
        meaning="本人申报、没有撤回的外出培训、论文、获奖等，写明认定到哪一步；带证明文件。",
        category="",
        supplier="本人，在“我的申报”里申报系统里没有的培训、论文和获奖",
        rows=_declared,
        tell=_tell,
        seen_by=may_see_declaration,
        teacher="teacher",
        order=("happened_on", "pk"),
        counted_in="drawer",
    ),
]
