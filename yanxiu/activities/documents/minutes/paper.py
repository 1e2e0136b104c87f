"""The minutes as an official paper."""

from yanxiu.activities.documents.minutes.data import MinutesPaper
from yanxiu.documents.word.paper import Gap, OfficialPaper, Piece

NUMERALS = "一二三四五六七八九"


def document(minutes: MinutesPaper) -> bytes:
    """Return the docx file; the same minutes give the same bytes."""
    ordinal = f"第{minutes.ordinal}次" if minutes.ordinal else ""
    paper = OfficialPaper(
        f"{minutes.organisation}{minutes.audience}\n{ordinal}{minutes.kind}记录",
        subtitle=minutes.title,
    )
    paper.table(("项目", "内容"), _facts(minutes))
    number = iter(NUMERALS)
    if minutes.agenda:
        paper.heading(f"{next(number)}、议程")
        paper.table(("内容", "时长", "发言人"), minutes.agenda)
    paper.heading(f"{next(number)}、活动过程与发言要点")
    _text(paper, minutes.process, "活动过程")
    paper.heading(f"{next(number)}、达成的共识")
    _text(paper, minutes.conclusions, "共识")
    if minutes.problems:
        paper.heading(f"{next(number)}、讨论的问题与结论")
        paper.table(
            ("类型", "问题", "结论"),
            [(kind, text, end or Gap("结论")) for kind, text, end in minutes.problems],
        )
    if minutes.agreed:
        paper.heading(f"{next(number)}、议定事项")
        paper.table(("事项", "负责人", "期限", "结果"), minutes.agreed)
    if minutes.next_steps:
        paper.heading(f"{next(number)}、遗留问题与下一步")
        _text(paper, minutes.next_steps, "下一步")
    paper.signature(minutes.signed_by, minutes.signed_on)
    return paper.to_bytes()


def _facts(minutes: MinutesPaper) -> list[tuple[Piece, Piece]]:
    facts: list[tuple[Piece, Piece]] = [
        ("时间", minutes.when),
        ("地点", minutes.place or Gap("地点")),
        ("方式", minutes.mode),
        ("主持人", minutes.hosts or Gap("主持人")),
        ("主讲人", minutes.speakers),
        ("记录人", minutes.recorder),
        ("研究主题", minutes.theme),
        ("出勤", minutes.attendance),
        ("缺席及原因", minutes.absences),
        ("互动环节", minutes.interactions),
    ]
    return [(name, value) for name, value in facts if value]


def _text(paper: OfficialPaper, text: str, what: str) -> None:
    """Write `text` paragraph by paragraph, or say that it is lacking."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        paper.gap(what)
    for line in lines:
        paper.paragraph(line)
