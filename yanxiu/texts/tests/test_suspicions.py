"""What looks like a slip is asked about where it stands; what is right is left in peace."""

from itertools import pairwise

import pytest

from yanxiu.texts.suspicions import suspicions


@pytest.mark.parametrize(
    ("text", "written", "suggested"),
    [
        ("面向⼲⼤教师", "⼲⼤", "广大"),
        ("统一想思，提高认识", "想思", "思想"),
        ("种类资料按时归档", "种类", "各类"),
        ("做好本质工作", "本质工作", "本职工作"),
        ("落实听课课制度", "听课课", "听课"),
        ("注重失效", "失效", "实效"),
        ("及时调查教学策略", "调查", "调整"),
        ("完善研组活动", "研组", "教研组"),
        ("发挥研組作用", "研組", "教研組"),
        ("存在的问题只要有三个", "只要", "主要"),
        ("激发发展内存需求", "内存", "内在"),
        ("组织教师教师参加", "教师教师", "教师"),
        ("一如概往", "一如概往", "一如既往"),
        ("同伴经验分离", "经验分离", "经验分享"),
        ("安全意识的责任意识", "安全意识的责任意识", "安全意识和责任意识"),
        ("素養髮展", "髮", "發"),
        ("家長蔘與", "蔘", "參"),
        ("研修工作蓬勃开", "蓬勃开", "蓬勃开展"),
        ("增强职责感", "职责感", "责任感"),
    ],
)
def test_a_slip_is_found_with_what_may_be_meant(text: str, written: str, suggested: str) -> None:
    (found,) = suspicions(text)

    assert (found.written, found.suggested) == (written, suggested)
    assert text[found.start : found.end] == written
    assert found.why


@pytest.mark.parametrize(
    "text",
    [
        "骨干教师带动⾻⼲大教师群体",
        "联想思维；理想思想教育；感想思考",
        "各种类资料；把握其本质工作",
        "的的确确不了了之",
        "学习学习，讨论讨论，一步一步来，很多很多人，听一听听一听",
        "各教研组教研组长与班级班级会",
        "教科研组、调研组和教研组织",
        "只要有心；内存不足；药品失效",
        "每校每学期每校每学期各校",
        "頭髮；骨幹教師；參與；發展",
        "通过学习，形成能力，情况良好",
        "透过现象看本质",
    ],
)
def test_right_words_are_left_alone(text: str) -> None:
    assert suspicions(text) == ()


def test_synonyms_put_in_by_a_program_show_only_together() -> None:
    one = "透过培训，教师有了收获。"
    many = one + "老师用心参与，教学潜力得到提高，形成教师群众智慧。"

    assert suspicions(one) == ()
    assert [found.suggested for found in suspicions(many)] == ["通过", "积极", "能力", "集体"]


def test_places_are_in_order_and_do_not_overlap() -> None:
    found = suspicions("想思，⼲⼤教师教师，部暑；；想思")

    assert [one.written for one in found] == ["想思", "⼲⼤", "教师教师", "部暑", "；；", "想思"]
    assert all(one.end <= other.start for one, other in pairwise(found))
