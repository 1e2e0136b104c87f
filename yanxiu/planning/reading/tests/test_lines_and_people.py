"""Weekly times, leaders, months and the edges of a paper, in the ways schools write them."""

import pytest

from yanxiu.documents.reading import read
from yanxiu.planning.reading import ReadDocument, read_documents
from yanxiu.planning.reading.findings import Kind

PLAN = "青禾小学校本研修工作计划\n一、{title}\n{body}\n"


def documents_of(text: str) -> tuple[ReadDocument, ...]:
    return read_documents(read(text.encode(), name="材料.txt"))


def told(text: str, kind: Kind) -> list[tuple[str, object]]:
    (document,) = documents_of(text)
    return [(found.name, found.value) for found in document.findings if found.kind == kind]


def in_plan(body: str, kind: Kind, title: str = "活动安排") -> list[tuple[str, object]]:
    return told(PLAN.format(title=title, body=body), kind)


def time(weekday: int, half_day: str = "afternoon", **more: int) -> dict[str, object]:
    return {"weekday": weekday, "half_day": half_day, **more}


@pytest.mark.parametrize(
    ("line", "slots"),
    [
        (
            "单周星期二下午语文，双周星期三下午数学。",
            [("语文", time(2, every_weeks=2)), ("数学", time(3, every_weeks=2, from_week=2))],
        ),
        (
            "大组教研每月两次，单周周三下午。",
            [("大组教研", time(3, times_a_month=2, every_weeks=2))],
        ),
        (
            "语文组周二，数学组周三，均为上午第三节。",
            [("语文组", time(2, "morning", lesson=3)), ("数学组", time(3, "morning", lesson=3))],
        ),
        (
            "各组研修：语文组周一 数学组周二 艺体组未定",
            [("语文组", time(1, None)), ("数学组", time(2, None)), ("艺体组", None)],  # type: ignore[arg-type]
        ),
        ("集中学习：每月第二、四周的周三下午", [("集中学习", time(3, times_a_month=2))]),
        ("语文组周一下午，其他组时间自定。", [("语文组", time(1)), ("其他组", None)]),
        ("指导教师按每周1课时计工作量。", []),
    ],
)
def test_weekly_times_know_how_often_and_whose(line: str, slots: list[tuple[str, object]]) -> None:
    assert in_plan(line, "slot") == slots


def test_a_list_of_weekly_times_may_be_parted_by_blanks() -> None:
    lines = "政史地生 星期五上午1、2节 会议室\n体音美信 待定\n艺体　　每月第四周（时间另行通知）"

    assert [name for name, _ in in_plan(lines, "slot")] == ["政史地生", "体音美信", "艺体"]


@pytest.mark.parametrize(
    ("line", "leaders"),
    [
        (
            "副组长：蒋文（教学副校长）  卓玉兰（工会主席）",
            [("副组长", "教学副校长", "蒋文"), ("副组长", "工会主席", "卓玉兰")],
        ),
        ("组长：xxx（校长、书记）", [("组长", "校长、书记", None)]),
        (
            "副主任：郁国、水清（各校区分管校长）",
            [("副主任", "各校区分管校长", "郁国"), ("副主任", "各校区分管校长", "水清")],
        ),
        ("课题主持人：副校长石磊。负责总体设计。", [("课题主持人", "副校长", "石磊")]),
        (
            "由罗校长任组长，业务副校长任副组长。",
            [("组长", "校长", "罗"), ("副组长", "业务副校长", None)],
        ),
        ("聘请高校王教授为顾问。", [("顾问", None, "高校王教授")]),
    ],
)
def test_leaders_keep_their_own_names_and_whole_posts(
    line: str, leaders: list[tuple[str, str | None, str | None]]
) -> None:
    found = in_plan(line, "role", "组织领导")

    assert [(name, who["post"], who["name"]) for name, who in found] == leaders  # type: ignore[index]


def test_offices_among_the_members_are_no_names() -> None:
    ((_, members),) = in_plan("成员：教导处、德育处主任及各教研组长", "role", "组织领导")

    assert members == {"names": [], "duty": "教导处、德育处主任及各教研组长"}


def table(rows: str) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row.split("|")) for row in rows.split("\n"))
    body = "".join(f"<tr>{row}</tr>" for row in cells)
    return f"<h1>青禾小学语文教研组工作计划</h1><p>一、成员</p><table>{body}</table>"


def in_table(rows: str) -> list[tuple[str, str, object]]:
    (document,) = read_documents(read(table(rows).encode(), name="计划.html"))
    return [(found.kind, found.name, found.value) for found in document.findings]


def test_a_table_of_members_tells_duties_and_gaps_and_nothing_else() -> None:
    found = in_table("姓名|职务|分工\n林晓棠|教研组长|负责大组活动\n|中段备课组长|负责考勤")

    assert found == [
        ("role", "教研组长", {"post": "教研组长", "name": "林晓棠", "duty": "负责大组活动"}),
        ("role", "中段备课组长", {"post": "中段备课组长", "name": None, "duty": "负责考勤"}),
        ("placeholder", "姓名", None),
    ]


def test_a_table_of_pairs_tells_who_guides_whom() -> None:
    found = in_table("学科|师傅|徒弟\n语文|施锦|阮小满\n数学|方可|____")

    assert found == [
        ("role", "师徒", {"post": "师傅", "name": "施锦", "duty": "带教阮小满"}),
        ("role", "师徒", {"post": "师傅", "name": "方可", "duty": None}),
        ("placeholder", "徒弟", None),
    ]


def test_the_months_know_their_parts_their_owners_and_things_parted_by_blanks() -> None:
    lines = (
        "3月份\n1．上旬：学习说明；下旬：模拟考试\n2．课题结题（责任人：陶主任）\n"
        "4月 演讲比赛（工会负责）\n6月 档案检查 学分登记 工作总结\n注：如有变动，另行通知。"
    )

    found = [(name, value) for name, value in in_plan(lines, "schedule", "月份安排")]

    assert [name for name, _ in found] == [
        "学习说明", "模拟考试", "课题结题", "演讲比赛", "档案检查", "学分登记", "工作总结",
    ]  # fmt: skip
    assert [value.get("part") or value.get("owner") for _, value in found[:4]] == [  # type: ignore[attr-defined]
        "上旬", "下旬", "陶主任", "工会",
    ]  # fmt: skip


def test_a_summary_has_months_only_where_it_looks_ahead() -> None:
    text = (
        "青禾小学课题工作总结\n一、主要工作\n3月：召开会议。\n二、下阶段计划\n2023年5月：汇报成果；"
    )

    ((name, value),) = told(text, "schedule")

    assert (name, value["month"]) == ("汇报成果", 5)  # type: ignore[index]


def test_whole_sentences_of_a_list_are_no_headings() -> None:
    text = (
        "青禾小学教研工作总结\n一、取得的成绩\n1.学校被评为研修示范校，并获得表彰。\n"
        "2.教师发表论文17篇，获奖论文64篇。\n二、主要做法\n"
        "1.集体备课 每周三下午各备课组围绕一个专题集体研讨一次教材教法。"
    )
    (document,) = documents_of(text)

    assert [section.title for section in document.sections] == [
        "取得的成绩",
        "主要做法",
        "集体备课",
    ]


@pytest.mark.parametrize(
    "tail",
    [
        "相关文章：\n1.小学校本研修工作总结",
        "热门推荐：教研计划",
        "［责任编辑：教科室］",
        "（此文档为word格式，下载后可编辑）",
        "【打印本页】【关闭窗口】\n上一条：通知\n下一条：无",
        "相关推荐：\n校本研修计划（精选15篇）",
    ],
)
def test_what_a_site_puts_below_a_paper_is_not_of_it(tail: str) -> None:
    text = f"首页 > 教研之窗 > 正文\n青禾小学研修工作总结\n一、成绩\n教师共发表论文12篇。\n{tail}"
    (document,) = documents_of(text)

    assert (document.title, document.lines) == ("青禾小学研修工作总结", (2, 4))
    assert [found.value for found in document.findings] == [12]


def test_a_line_of_a_month_is_no_title() -> None:
    text = PLAN.format(title="月份安排", body="5月 讲座\n6月 学分登记 工作总结")
    first, second = documents_of(f"{text}青禾小学教师培训计划\n一、目标\n提高素质。")

    assert (first.lines, second.lines) == ((1, 4), (5, 7))


def test_whose_orders_are_followed_is_the_superior_and_no_guest() -> None:
    line = "根据镇中心校的统一部署，制定本计划。邀请县教研室的老师来校指导。"

    assert in_plan(line, "role", "指导思想") == [("superior", "镇中心校")]


def test_the_year_told_is_the_year_of_the_summary() -> None:
    told = "自2021年9月立项以来，进展顺利。现将2022年度的研究工作总结如下。"
    text = f"青禾小学课题总结\n{told}\n一、成绩\n有进步。"

    assert documents_of(text)[0].period.year == 2022


def test_one_term_told_is_a_term() -> None:
    text = "青禾小学教研工作总结\n一个学期以来，我们做了许多工作。\n一、成绩\n有进步。"

    assert documents_of(text)[0].period.kind == "term"


def test_the_day_a_site_prints_is_known() -> None:
    text = "青禾小学教研工作总结\n时间：2024-01-18 点击：20\n一、成绩\n有进步。"
    facts = {fact.name: fact.value for fact in documents_of(text)[0].metadata}

    assert facts["published_at"] == "2024-01-18"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("与xx老师合作的论文获奖。", ["老师"]),
        ("《xx》课题获市二等奖。", ["课题"]),
        ("聘请xx师范大学李教授讲学。", ["师范大学"]),
        ("优秀教案____篇、论文____篇。", ["优秀教案", "论文"]),
        ("音体美 待定\n语文 周一上午", []),
    ],
)
def test_a_gap_is_named_by_what_is_left_open(line: str, names: list[str]) -> None:
    found = in_plan(line, "placeholder")

    assert found == [(name, None) for name in names]


def test_a_table_that_lost_its_grid_is_a_calendar_still() -> None:
    lines = "时间\n内容\n负责人\n3月\n聘任仪式\n发展中心\n5月中旬\n骨干考核\n考核组"
    found = in_plan(lines, "schedule", "工作日程")

    assert [(name, value["month"], value["owner"]) for name, value in found] == [  # type: ignore[index]
        ("聘任仪式", 3, "发展中心"), ("骨干考核", 5, "考核组"),
    ]  # fmt: skip


def test_marks_in_a_bracket_part_nothing_outside() -> None:
    found = in_plan("全体在职教师(女50周岁、男55周岁以下)。", "content", "培训内容")

    assert "男55周岁以下)" not in [name for name, _ in found]


def test_a_year_left_open_is_a_gap() -> None:
    text = PLAN.format(title="目标", body="提高素质。").replace("青禾", "20xx年青禾")

    assert told(text, "placeholder") == [("年份", None)]


def test_a_short_line_above_a_list_of_its_own_is_a_heading_in_a_plan() -> None:
    lines = "(1)新教师培训\n1)岗前培训一周。\n2)师徒结对。\n(2)骨干教师培训\n1)外出考察。"
    (document,) = documents_of(PLAN.format(title="培训内容", body=lines))

    assert [section.title for section in document.sections] == [
        "培训内容", "新教师培训", "骨干教师培训",
    ]  # fmt: skip


def test_a_title_that_names_both_leaves_it_to_the_text_which_of_them_it_is() -> None:
    first, second = documents_of(
        "校本研修工作总结与计划(一)\n"
        "本学年，我校开展了丰富多彩的校本研修活动，现总结如下：\n"
        "一、强化管理\n全学年共听课620余节。\n二、存在问题\n面对成绩，我们也看到了不足。\n"
        "校本研修工作总结与计划(二)\n"
        "一、工作思路\n以教师发展为本。\n二、工作重点\n1、每位教师每学期读一本教育专著。\n"
    )

    assert (first.kind, second.kind) == ("summary", "plan")
    assert [found.kind for found in first.findings if found.value == 620] == ["quantity"]
