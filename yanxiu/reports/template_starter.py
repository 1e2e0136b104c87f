"""A template that names every field already, to be cut to size in Word."""

from yanxiu.documents.word import OfficialPaper
from yanxiu.documents.word.template_fields import ASKED, ROW_NUMBER, Table, Vocabulary
from yanxiu.reports.template_fields import PLAIN, SCHOOLS, grouped

SHOWN = ("举行的场次明细", "外出培训明细")
"""The tables that are written out; all others are named on the page of fields."""

IN_SCHOOLS = ("举行的场次", "参加人次", "研修记录")
CHINESE = "一二三四五六七八九十"


def starter_template(known: Vocabulary) -> bytes:
    """Return a docx with every field of `known` and some of its tables."""
    paper = OfficialPaper("{{ 标题 }}")
    paper.paragraph(
        "{{ 学校 }}（{{ 上级单位 }}）{% if 教研组 %}{{ 教研组 }}{% endif %}，{{ 学期 }}。"
    )
    paper.paragraph(
        "统计时间：{{ 时间范围 }}（{{ 学年 }}），自{{ 起始日期 }}起，到{{ 截止日期 }}止。"
    )
    numbers = iter(CHINESE)
    plain = {field.name for field in PLAIN}
    for group, fields in grouped(known):
        rows = [
            (one.name, f"{{{{ {one.name} }}}}", one.unit) for one in fields if one.name not in plain
        ]
        if rows:
            paper.heading(f"{next(numbers)}、{group}", level=1)
            paper.table(("数据项", "数量", "单位"), rows)
    paper.heading(f"{next(numbers)}、明细", level=1)
    for name in SHOWN:
        if table := known.table(name):
            _table(paper, table, table.columns)
    if schools := known.table(SCHOOLS):
        named = tuple(one for one in IN_SCHOOLS if one in schools.columns)
        _table(paper, schools, ("学校", *named))
    paper.heading(f"{next(numbers)}、主要做法和下一步打算", level=1)
    paper.paragraph(f"{{{{ {ASKED}：主要做法 }}}}")
    paper.paragraph(f"{{{{ {ASKED}：下一步打算 }}}}")
    paper.signature("{{ 学校 }}", "{{ 日期 }}")
    paper.paragraph("填表人：{{ 填表人 }}")
    return paper.to_bytes()


def _table(paper: OfficialPaper, table: Table, columns: tuple[str, ...]) -> None:
    cells = (ROW_NUMBER, *columns)
    row = [f"{{{{ {table.name}.{one} }}}}" for one in cells]
    paper.table(cells, [row], caption=table.name)
