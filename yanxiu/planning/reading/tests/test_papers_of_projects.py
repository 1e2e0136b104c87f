"""Papers of research projects and of pairs: their tables, forms and headings say what is what."""

from yanxiu.documents.reading import read
from yanxiu.planning.reading import read_documents
from yanxiu.planning.reading.findings import Finding
from yanxiu.planning.reading.tests.test_said_in_passing import rows
from yanxiu.planning.reading.tests.test_tables_and_turns_of_speech import (
    PLAN,
    SUMMARY,
    the_document,
    told,
)


def read_rows(head: str, *lines: str) -> list[Finding]:
    (document,) = read_documents(read(rows(head, *lines).encode(), name="a.html"))
    return list(document.findings)


def test_a_table_of_outcomes_says_what_is_to_come_when_and_by_whom() -> None:
    found = read_rows(
        PLAN,
        "成果名称|形式|完成时间|负责人",
        "整本书阅读课例集|课例光盘|2027年3月|林一",
        "结题报告|研究报告|2027年6月|____",
    )

    assert [f.value for f in found if f.kind == "outcome"] == ["整本书阅读课例集", "结题报告"]
    dated = [f for f in found if f.kind == "schedule"]
    assert [(f.period, f.value) for f in dated] == [
        ("2027-03", {"month": 3, "ordinal_in_month": 1, "owner": "林一"}),
        ("2027-06", {"month": 6, "ordinal_in_month": 1}),
    ]
    assert not [f for f in found if f.kind in {"content", "rule"}]


def test_a_form_of_labels_names_who_leads_the_project_and_who_is_in_it() -> None:
    found = read_rows(
        PLAN,
        "课题编号|YL-043|立项时间|2025年6月",
        "主持人|林一|所在单位|枫林中学",
        "课题组成员|戚念、令平、易安|研究周期|两年",
    )

    roles = {f.name: f.value for f in found if f.kind == "role"}
    assert roles["主持人"] == {"post": None, "name": "林一", "duty": None}
    assert roles["课题组成员"] == {"names": ["戚念", "令平", "易安"], "duty": None}
    assert not [f for f in found if f.kind == "content"]


def test_a_teacher_in_the_column_of_posts_has_the_task_beside() -> None:
    found = read_rows(
        PLAN, "姓名|职务|任务", "林一|八年级语文教师|课例研究", "何二|教导主任|撰写报告"
    )

    duties = {f.value["name"]: f.value["duty"] for f in found if isinstance(f.value, dict)}
    assert duties == {"林一": "课例研究", "何二": "撰写报告"}


def test_who_leads_a_group_stands_beside_its_weekly_time() -> None:
    found = read_rows(
        PLAN,
        "中心组|组长|所在学校|活动时间",
        "语文|郁青禾|中心小学|单周星期二下午",
        "综合|应天成|高桥完小|待定",
    )

    roles = {f.name: f.value for f in found if f.kind == "role"}
    assert {name: value["name"] for name, value in roles.items() if isinstance(value, dict)} == {
        "语文中心组组长": "郁青禾",
        "综合中心组组长": "应天成",
    }
    assert [f.name for f in found if f.kind == "slot"] == ["语文", "综合"]


def test_the_title_of_a_project_may_go_over_two_lines() -> None:
    text = (
        "县级课题《整本书阅读教学研究》\n研究工作计划（2025.9—2027.7）\n一、研究目标\n1．形成策略。"
    )
    (document,) = read_documents(read(text.encode(), name="a.txt"))

    assert document.title == "县级课题《整本书阅读教学研究》研究工作计划（2025.9—2027.7）"
    assert ("project", "整本书阅读教学研究") in {(f.kind, f.value) for f in document.findings}


def test_two_grades_at_the_begin_of_a_line_are_no_number_of_an_item() -> None:
    said = "七、八年级学生每学期读完规定名著2部以上。"
    document = the_document(PLAN, f"一、研究目标\n1．了解现状。\n2．形成策略。\n{said}")

    assert "七" not in {section.number for section in document.sections}
    assert not [f for f in document.findings if str(f.value).startswith("八年级")]


def test_what_a_school_asks_help_for_is_a_problem() -> None:
    said = "二、需要学校帮助解决的问题\n备课室没有打印机，每次小测都要到文印室排队。"

    assert {f.kind for f in the_document(PLAN, said).findings} == {"problem"}


def test_a_trouble_in_quotation_marks_is_no_content() -> None:
    said = "本学期着力解决教学点“没伴、没人领、没时间”的难题。"

    assert [value for _name, value, _u, _p in told(PLAN, said, "content")] == [said.rstrip("。")]


def test_an_order_keeps_the_case_in_which_it_holds() -> None:
    said = "1．病假、产假超过三个月的，一律不参加本年度评比。"

    head = "云桥小学2026年春学期教研工作计划\n一、几点说明\n"
    assert [value for _name, value, _unit, _period in told(head, said, "rule", "content")] == [
        "病假、产假超过三个月的，一律不参加本年度评比"
    ]


def test_problems_that_only_commas_part_are_told_one_by_one() -> None:
    said = "存在的问题：一是看不懂孩子的游戏，二是介入不及时，三是观察记录流于形式。"

    assert [value for _name, value, _unit, _period in told(SUMMARY, said, "problem")] == [
        "看不懂孩子的游戏",
        "介入不及时",
        "观察记录流于形式",
    ]


def test_a_weekly_time_bears_the_name_of_what_takes_place() -> None:
    said = "1．教研活动安排在每周四上午第3、4节。"
    ((name, value, _unit, _period),) = told(PLAN, said, "slot")

    assert name == "教研"
    assert isinstance(value, dict)
    assert (value["weekday"], value["half_day"], value["lesson"]) == (4, "morning", 3)
