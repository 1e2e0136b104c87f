"""The table of fields: what a school's template may name, with meaning, unit and sample.

It is the table of figures with a few plain words beside it, so that a new figure is a new field
without an edit here.
"""

from collections.abc import Iterable

from yanxiu.documents.word.template_fields import ROW_NUMBER, Field, Table, Vocabulary
from yanxiu.figures.table import Figure, all_figures

PLAIN = [
    Field("学校", "所选学校或上级单位的名称。", sample="青石小学"),
    Field("上级单位", "直接上级的名称；没有上级时留缺口。", sample="青石中心校"),
    Field("教研组", "选了教研组时是它的名称；没有选时留缺口。", sample="数学教研组"),
    Field("学期", "所选的学期；按日期选、不是一个学期时留缺口。", sample="2026年秋季学期"),
    Field("学年", "所选学期的学年。", sample="2026—2027学年"),
    Field("时间范围", "统计的首日至末日。", sample="2026年9月1日至2027年1月23日"),
    Field("起始日期", "统计的首日。", sample="2026年9月1日"),
    Field("截止日期", "统计的末日。", sample="2027年1月23日"),
    Field("日期", "生成文件的当天。", sample="2027年1月20日"),
    Field("标题", "模板的名称。", sample="校本研修工作总结"),
    Field("填表人", "生成文件的人。", sample="周老师"),
]
"""The fields that are no figures."""

SCHOOLS = "各校"
DETAIL = "明细"
NUMBERS = ("12", "36", "5", "8", "24")
SAMPLES = {
    "时间": ("10月15日（周四）", "10月22日（周四）"),
    "日期": ("10月15日", "10月22日"),
    "教师": ("李老师", "王老师"),
    "主题": ("分数的意义：让错误成为资源", "图形的运动"),
    "内容": ("分数的意义", "图形的运动"),
    "学校": ("青石小学", "柳林小学"),
    "地点": ("录播教室", "会议室"),
    "参加范围": ("数学教研组", "全校"),
}
"""What stands in the sample under a heading; other headings stand for themselves."""

GROUPS = {
    "activities": "活动", "ledger": "记录与学时", "people": "教师", "planning": "计划",
    "training": "培训",
}  # fmt: skip


def vocabulary() -> Vocabulary:
    """Return all that a template may name."""
    figures = list(named(all_figures().values()))
    fields = [
        Field(
            name,
            figure.meaning,
            figure.unit,
            NUMBERS[at % len(NUMBERS)],
            figure.code,
            GROUPS.get(figure.code.partition(".")[0], "其他"),
        )
        for at, (name, figure) in enumerate(figures)
    ]
    tables = [
        Table(
            f"{name}{DETAIL}",
            tuple(figure.columns),
            f"“{name}”背后的每一行；只列出生成文件的人能打开的。",
            _sample_rows(figure.columns),
        )
        for name, figure in figures
    ]
    return Vocabulary([*PLAIN, *fields], [_schools([name for name, _figure in figures]), *tables])


def named(figures: Iterable[Figure]) -> Iterable[tuple[str, Figure]]:
    """Yield each figure with its Chinese name, told apart by the unit where two are alike."""
    seen = {field.name for field in PLAIN}
    for figure in figures:
        name = figure.name if figure.name not in seen else f"{figure.name}（{figure.unit}）"
        if name not in seen:
            seen.add(name)
            yield name, figure


def figures_by_name() -> dict[str, Figure]:
    """Return each figure by the name it has in templates."""
    return dict(named(all_figures().values()))


def _schools(names: list[str]) -> Table:
    numbers = tuple(NUMBERS[at % len(NUMBERS)] for at in range(len(names)))
    return Table(
        SCHOOLS,
        ("学校", *names),
        "下属各校，一校一行，按名册的先后；列名是任何一个数字字段。",
        (("青石小学", *numbers), ("柳林小学", *numbers[::-1])),
    )


def _sample_rows(columns: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(SAMPLES.get(one, (f"{one}一", f"{one}二"))[at] for one in columns) for at in range(2)
    )


def grouped(known: Vocabulary) -> list[tuple[str, list[Field]]]:
    """Return the fields by their headings, the plain ones first."""
    found: dict[str, list[Field]] = {}
    for one in known.fields:
        found.setdefault(one.group or "学校、时间和人", []).append(one)
    return list(found.items())


__all__ = ["PLAIN", "ROW_NUMBER", "SCHOOLS", "figures_by_name", "grouped", "named", "vocabulary"]
