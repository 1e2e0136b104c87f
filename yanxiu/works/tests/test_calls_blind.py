"""Blind review leaks nothing: not in a page, a file, its name, its data, a notice or a search."""

from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from yanxiu.attachments.models import Attachment
from yanxiu.audit.models import TrailLine
from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.ledger.models import Record
from yanxiu.notices.models import Notice
from yanxiu.people.access import allowed
from yanxiu.people.models import Teacher
from yanxiu.places.table import all_places, links
from yanxiu.works import actions as works
from yanxiu.works.calls import actions
from yanxiu.works.calls.actions import CallFacts, Decision
from yanxiu.works.calls.blinding import Known, blind, still_named
from yanxiu.works.models import BlindReview, CallForPapers, Work
from yanxiu.works.permissions import may_see_work
from yanxiu.works.tests.conftest import kind

LINES = [
    "作者：王老师",
    "单位：清河小学　联系电话：139 0000 0004",
    "在清河，王 老 師常說：先動手，後說理。",
    "清河中心校去年印过这一课；请写信到 wanglaoshi@example.com。",
    "孩子们用绳子围树叶，量出了周长。",
    "三（2）班和 三年級 4 班都試過。",
]
TELLING = ("三（2）班", "4 班", "王老师", "清河", "13900000004", "139 0000", "wanglaoshi")
TITLE = "绳子围出的周长"
FACTS = CallFacts(
    title="秋季论文评选", closes_on=date(2026, 12, 31), reviewers_each=1, criteria={"选题": 100}
)


def word(lines: list[str]) -> bytes:
    """A Word file that tells its author wherever such a file can."""
    paper = Document()
    paper.core_properties.author = paper.core_properties.last_modified_by = "王老师"
    paper.core_properties.comments = "清河小学"
    paper.sections[0].header.paragraphs[0].text = "清河小学 王老师"
    for line in [TITLE, *lines]:
        paper.add_paragraph(line)
    data = BytesIO()
    paper.save(data)
    return data.getvalue()


@pytest.fixture
def call(cast: Cast, zhou: Teacher) -> CallForPapers:
    return actions.open_call(cast.school, FACTS, by=zhou, at=MORNING)


@pytest.fixture
def work(cast: Cast, wang: Teacher) -> Work:
    """王老师's paper from a Word file, shared with the whole school before it is entered."""
    made = works.import_work(
        kind("paper"), word(LINES), name="王老师-周长.docx",
        organisation=cast.school, by=wang, at=MORNING,
    )  # fmt: skip
    return works.share(made, shared_with=Work.Shared.SCHOOL, by=wang, at=MORNING)


@pytest.fixture
def review(
    call: CallForPapers, work: Work, wang: Teacher, zhou: Teacher, shen: Teacher
) -> BlindReview:
    """沈校长, who may see whatever is handed in, reviews it."""
    actions.enter(call, work, by=wang, at=NOON)
    actions.close_call(call, by=zhou, at=NOON)
    actions.name_panel(call, [shen], by=zhou, at=NOON)
    return actions.draw(call, due_on=None, by=zhou, at=NOON)[0]


def body(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200, name
    return str(answer.content.decode())


def shown_to(client: Client, review: BlindReview) -> Iterator[str]:
    yield body(client, "works:calls:home")
    yield body(client, "works:calls:reviews")
    yield body(client, "works:calls:review", review.uid)
    yield body(client, "works:calls:call", review.entry.call.uid)


def test_the_pages_of_a_reviewer_name_nobody(
    client: Client, review: BlindReview, shen: Teacher
) -> None:
    client.force_login(shen)

    body_of_paper = body(client, "works:calls:review", review.uid)
    assert "孩子们用绳子围树叶" in body_of_paper
    for page in shown_to(client, review):
        main = page[page.index("<main") :]
        own = main.replace(review.entry.call.organisation.name, "")
        assert [word for word in TELLING if word in own] == []
        assert str(review.entry.work.uid) not in page
        assert str(review.entry.uid) not in page


def test_the_file_of_a_reviewer_is_new_and_says_its_number_alone(
    client: Client, review: BlindReview, shen: Teacher
) -> None:
    client.force_login(shen)

    answer = client.get(reverse("works:calls:paper", args=[review.uid]))

    file = pypdfium2.PdfDocument(answer.content)
    text = "".join(page.get_textpage().get_text_bounded() for page in file)
    assert "孩子们用绳子围树叶" in text
    assert [word for word in TELLING if word in text] == []
    data = f"{file.get_metadata_dict()} {answer.headers}"
    assert [word for word in TELLING if word in data] == []
    assert answer["Content-Disposition"].endswith("01%E5%8F%B7%E4%BD%9C%E5%93%81.pdf")
    assert not any(word.encode() in answer.content for word in TELLING)


def test_the_reviewer_cannot_come_to_the_work_by_another_door(
    client: Client, review: BlindReview, shen: Teacher, work: Work
) -> None:
    client.force_login(shen)
    entry, call = review.entry, review.entry.call
    file = Attachment.objects.get(source_id=work.uid)
    closed = [
        reverse("works:work", args=[work.uid]),
        reverse("works:paper", args=[work.uid]),
        reverse("works:calls:entry", args=[entry.uid]),
        reverse("works:calls:blind", args=[entry.uid]),
        reverse("works:calls:entries", args=[call.uid]),
        reverse("works:calls:results", args=[call.uid]),
        reverse("works:calls:panel", args=[call.uid]),
        reverse("works:calls:sheet", args=[call.uid]),
        reverse("attachments:file", args=[file.uid]),
    ]

    assert [path for path in closed if client.get(path).status_code != 404] == []
    for name in ("works:school", "works:shared", "works:coverage"):
        assert TITLE not in body(client, name)


def test_no_search_link_notice_or_trail_of_the_reviewer_leads_to_the_author(
    review: BlindReview, shen: Teacher, work: Work
) -> None:
    reader = Teacher.objects.get(pk=shen.pk)
    for place in all_places().values():
        for row in place.rows().filter(place.seen_by(reader)):
            said = place.title(row) + (place.text(row) if place.text else "")
            assert TITLE not in said, place.kind
    assert links([source_of(work), source_of(review.entry)], reader) == {}
    for notice in Notice.objects.filter(teacher=shen):
        assert not any(word in notice.title + notice.text for word in (*TELLING, TITLE))
    for line in TrailLine.objects.filter(source_kind=BlindReview.SOURCE_KIND):
        assert "王老师" not in f"{line.actor_name} {line.detail}"


def test_where_a_paper_was_sent_before_tells_its_reviewer_nothing(
    client: Client, call: CallForPapers, work: Work, wang: Teacher, zhou: Teacher, shen: Teacher
) -> None:
    work = works.hand_in(work, by=wang, at=MORNING)
    sent = works.recommend(
        work, destination="县论文评选", where="contest", level="county", by=zhou, at=MORNING
    )
    told = works.Told(
        kind="prize", title=TITLE, event="县论文评选", level="county",
        happened_on=day_of(MORNING), reference="第1号",
    )  # fmt: skip
    won = works.tell_outcome(call.organisation, told, work=work, by=wang, at=MORNING)
    client.force_login(shen)
    paths = [
        reverse("works:submission", args=[sent.uid]),
        reverse("works:outcome", args=[won.uid]),
    ]
    assert [client.get(path).status_code for path in paths] == [200, 200]

    actions.enter(call, work, by=wang, at=NOON)
    actions.name_panel(call, [shen], by=zhou, at=NOON)

    assert [client.get(path).status_code for path in paths] == [404, 404]
    assert TITLE not in body(client, "works:outcomes")


def test_what_a_paper_earned_before_tells_its_reviewer_nothing(
    client: Client, call: CallForPapers, work: Work, wang: Teacher, zhou: Teacher, shen: Teacher,
    take_part: Callable[..., Record],
) -> None:  # fmt: skip
    told = works.Told(
        kind="prize", title=TITLE, event="县论文评选", level="county", happened_on=day_of(MORNING)
    )
    prize = works.tell_outcome(call.organisation, told, by=wang, at=MORNING)
    record = take_part(wang, title=TITLE)
    client.force_login(shen)
    paths = [
        reverse("works:outcome", args=[prize.uid]),
        reverse("portfolio:record", args=[record.uid]),
    ]
    hours = reverse("portfolio:teacher", args=[wang.uid])
    assert [client.get(path).status_code for path in paths] == [200, 200]
    assert TITLE in client.get(hours).content.decode()

    actions.enter(call, work, by=wang, at=NOON)
    actions.name_panel(call, [shen], by=zhou, at=NOON)

    assert [client.get(path).status_code for path in paths] == [404, 404]
    assert TITLE not in client.get(hours).content.decode()
    client.force_login(wang)
    assert [client.get(path).status_code for path in paths] == [200, 200]


def test_a_leader_on_the_panel_is_not_told_of_a_paper_that_the_page_hides(
    client: Client, call: CallForPapers, work: Work, wang: Teacher, zhou: Teacher, li: Teacher
) -> None:
    actions.name_panel(call, [li], by=zhou, at=NOON)
    actions.enter(call, work, by=wang, at=NOON)
    client.force_login(li)

    assert "份交来的还没有看" not in body(client, "works:home")
    path = reverse("works:read", args=[work.uid])
    assert client.post(path, {"do": "read"}).status_code == 404


def test_the_author_never_learns_who_reviewed(
    client: Client, review: BlindReview, shen: Teacher, wang: Teacher, zhou: Teacher
) -> None:
    scores = {review.entry.call.criteria.get().pk: 90}
    word = "沈校长觉得：围树叶一段说得具体。"
    actions.score(review, scores, comment=word, by=shen, at=NOON)
    call, entry = review.entry.call, review.entry
    actions.decide(call, {entry.pk: Decision(prize="first")}, by=zhou, at=NOON)
    client.force_login(wang)

    for announced in (False, True):
        if announced:
            actions.announce(call, by=zhou, at=NOON)
        pages = [
            body(client, "works:calls:home"),
            body(client, "works:calls:call", call.uid),
            body(client, "works:calls:entry", entry.uid),
            body(client, "works:work", entry.work.uid),
        ]
        assert not any("沈校长" in page or ">90<" in page for page in pages)
        assert ("围树叶一段说得具体" in pages[2]) == announced
        assert ("一等奖" in pages[2]) == announced
    told = Notice.objects.filter(teacher=wang).values_list("title", "text")
    assert "沈校长" not in str(list(told))
    assert client.get(reverse("works:calls:review", args=[review.uid])).status_code == 404


def test_after_the_results_the_work_is_open_again_to_who_may_see_it(
    review: BlindReview, shen: Teacher, zhou: Teacher, work: Work
) -> None:
    rows = Work.objects.filter(pk=work.pk)
    assert not allowed(may_see_work, shen, rows).exists()
    call = review.entry.call
    actions.score(review, {call.criteria.get().pk: 90}, by=shen, at=NOON)

    actions.announce(call, by=zhou, at=NOON)

    assert allowed(may_see_work, shen, rows).exists()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("王小明在課上說", "〔作者〕在課上說"),
        ("王 小　明、ＷＡＮＧ Xiaoming", "〔作者〕、〔作者〕"),
        ("王老师笑了，张老师也笑了", "〔老师〕笑了，张老师也笑了"),
        ("柳樹鎮第一小學三（2）班", "〔单位〕〔班级〕"),
        ("青山县柳树镇第一小学", "〔单位〕"),
        ("青山的秋天", "〔单位〕的秋天"),
        ("电话139-1234-5678，微信号: wxm_2020", "电话〔联系方式〕，〔联系方式〕"),
        ("作者简介：王小明，一级教师。", None),
        ("单位：第一小学", None),
        ("学校是孩子的第二个家。", "学校是孩子的第二个家。"),
        ("我在七（3）班和三年级2班上了两次", "我在〔班级〕和〔班级〕上了两次"),
        ("高一（5）班、2023级⑶班、七三班、703班", "〔班级〕、〔班级〕、〔班级〕、〔班级〕"),
        ("三年級（ 二 ） 班的班主任", "〔班级〕的班主任"),
        ("任教班级：四（1）班", None),
        ("全班40人，每班3组，六个班", "全班40人，每班3组，六个班"),
        ("上一班车，换了两班人马", "上一班车，换了两班人马"),
        ("单位“1”的意义", "单位“1”的意义"),
        ("实验表明，第一次最难。", "实验表明，第一次最难。"),
    ],
)
def test_names_are_found_however_they_are_written(written: str, read: str | None) -> None:
    known = Known(
        ("王小明",), ("青山县柳树镇第一小学", "青山县教育局", "实验小学"), ("wang xiaoming",)
    )

    made = blind(f"上一行\n{written}\n下一行", known)

    assert made.text == ("上一行\n下一行" if read is None else f"上一行\n{read}\n下一行")
    assert still_named(made.text, known) == []


def test_what_an_author_keeps_private_does_not_go_along(
    call: CallForPapers, write: Callable[..., Work], wang: Teacher
) -> None:
    entry = actions.enter(call, write(wang), by=wang, at=NOON)

    assert "用绳子围树叶" in entry.blind_text
    assert "漏了单位" not in entry.blind_text


def test_names_of_colleagues_do_not_tell_the_school(
    call: CallForPapers, cast: Cast, wang: Teacher
) -> None:
    made = works.import_work(
        kind("paper"), word(["赵老师和沈 校长听了课，赵老师说：再等三秒。", "高老师没有来。"]),
        name="周长.docx", organisation=cast.school, by=wang, at=MORNING,
    )  # fmt: skip

    _title, text = actions.blind_copy(made)

    assert "〔老师〕和〔老师〕听了课，〔老师〕说：再等三秒。" in text.text
    assert "高老师没有来。" in text.text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Yan Wanqing, 2026", "〔作者〕, 2026"),
        ("By WANQING YAN.", "By 〔作者〕."),
        ("婉清姐姐，这道题我会了", "〔作者〕姐姐，这道题我会了"),
        ("组里的人都叫我小严，", "组里的人都叫我〔作者〕，"),
        ("小严说，再试一次", "〔作者〕说，再试一次"),
        ("顾教研员来听课，李主任也来了", "〔老师〕来听课，〔老师〕也来了"),
        ("孩子们喜欢育才小学，我们育才的孩子", "孩子们喜欢〔单位〕，我们〔单位〕的孩子"),
        ("从小严格要求自己", "从小严格要求自己"),
        ("从严要求，老严肃了", "从严要求，老严肃了"),
        ("育才是教育的根本", "育才是教育的根本"),
        ("教研活动和主任务", "教研活动和主任务"),
    ],
)
def test_people_and_schools_are_known_by_other_names_than_their_full_ones(
    written: str, read: str
) -> None:
    known = Known(("严婉清",), ("青山县育才中心小学",), ("yanwanqing",), ("顾晓岚", "李远", "高明"))

    assert blind(written, known).text == read


@pytest.mark.parametrize(
    ("name", "written", "read"),
    [
        ("高明", "提高教师素养，高老师也来了", "提高教师素养，高老师也来了"),
        ("高立春", "提高教师素养，请高老师来", "提高教师素养，请〔老师〕来"),
        ("高立春", "小高潮过后是立春，立春老师笑了", "小高潮过后是立春，〔作者〕笑了"),
        ("方文明", "讲文明的老方法", "讲文明的老方法"),
        ("欧阳静", "欧阳老师和小欧阳说，Ouyang Jing", "〔老师〕和〔作者〕说，〔作者〕"),
        ("任远", "担任教师多年", "担任教师多年"),
        ("王老师", "老师常说：先动手", "老师常说：先动手"),
    ],
)
def test_everyday_words_are_no_names(name: str, written: str, read: str) -> None:
    if name == "高明":  # a colleague: 高老师 tells nobody
        assert blind(written, Known(("王小明",), colleagues=(name,))).text == read
    else:
        assert blind(written, Known((name,))).text == read
