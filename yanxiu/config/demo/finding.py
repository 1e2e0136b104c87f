"""What the demo school knows beforehand of texts, and a search that finds all of it."""

from datetime import datetime

from yanxiu.config.demo.people import School
from yanxiu.originality import actions as originality
from yanxiu.search.actions import rebuild

KNOWN = (
    (
        "template",
        "到处能下载到的教学反思",
        "教研网站上的范文",
        (
            "本节课我以学生为主体，充分调动了学生的积极性，课堂气氛活跃，教学效果良好。不足之处是时间"
            "把握得不够好，今后我将继续努力，不断提高自己的业务水平。"
        ),
    ),
    (
        "quotation",
        "本校的办学目标",
        "学校章程",
        "让每一个孩子都被看见，让每一位教师都在成长，让每一节课都从孩子的问题开始。",
    ),
)


def fill(school: School, *, now: datetime) -> None:
    """Load a template text and a quotation, and read everything into the search."""
    for sort, title, origin, text in KNOWN:
        originality.add_known_text(
            school.organisation,
            sort=sort,
            title=title,
            origin=origin,
            text=text,
            by=school.posts["research_office"],
            at=now,
        )
    rebuild()
