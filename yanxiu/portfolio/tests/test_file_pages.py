"""The pages of growth files: who opens them, what they say, and who reads of it."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from yanxiu.audit.models import TrailLine
from yanxiu.cast import EVENING, Cast, LogIn, statements
from yanxiu.jobs.models import Job
from yanxiu.jobs.running import run_waiting
from yanxiu.people.models import Teacher
from yanxiu.portfolio import actions
from yanxiu.portfolio.models import Category, Piece
from yanxiu.portfolio.queries.categories import Section, sections_of, shipped
from yanxiu.portfolio.tests.conftest import TakePart
from yanxiu.portfolio.tests.test_growth_file import TODAY

OWN = reverse("portfolio:file")
FILES = reverse("portfolio:files")
GAPS = reverse("portfolio:gaps")
PUT = reverse("portfolio:put")
BRING = reverse("portfolio:bring")
READERS = [
    ("shen", 200), ("zhou", 200), ("li", 404), ("zhao", 404), ("guan", 404), ("qian", 404),
]  # fmt: skip
OUTPUTS = ("word", "pdf", "archive", "handbook")


def put(teacher: Teacher, title: str = "一次追问", **more: Any) -> Piece:
    given: dict[str, Any] = {"category": "moments", "on": TODAY, "text": "他问我为什么。", **more}
    return actions.put_piece(teacher, title=title, by=teacher, at=EVENING, **given)


# ---- who opens what ----
@pytest.mark.parametrize(("name", "status"), READERS)
def test_anothers_file_opens_for_the_office_and_the_person_reads_of_it(
    cast: Cast, log_in: LogIn, wang: Teacher, name: str, status: int
) -> None:
    address = reverse("portfolio:file_of", args=[wang.uid])

    assert log_in(cast.people[name]).get(address).status_code == status

    told = log_in(wang).get(OWN).content.decode()
    assert (cast.people[name].name in told) == (status == 200)


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize(("name", "status"), READERS)
def test_what_leaves_the_house_is_told_to_the_person(
    cast: Cast, log_in: LogIn, wang: Teacher, name: str, status: int, output: str
) -> None:
    address = reverse(f"portfolio:{output}", args=[wang.uid])

    assert log_in(cast.people[name]).get(address).status_code == status

    taken = TrailLine.objects.filter(verb="portfolio.file-taken", source_id=wang.uid)
    assert taken.count() == (status == 200)


@pytest.mark.parametrize("output", OUTPUTS)
def test_ones_own_leaves_without_a_line(log_in: LogIn, wang: Teacher, output: str) -> None:
    answer = log_in(wang).get(reverse(f"portfolio:{output}", args=[wang.uid]))

    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    assert not TrailLine.objects.filter(verb="portfolio.file-taken").exists()


def test_looking_twice_a_day_is_told_once(log_in: LogIn, zhou: Teacher, wang: Teacher) -> None:
    client = log_in(zhou)
    for _time in range(2):
        client.get(reverse("portfolio:file_of", args=[wang.uid]))

    assert TrailLine.objects.filter(verb="portfolio.file-viewed").count() == 1


# ---- one's own ----
def test_what_is_missing_comes_first_and_to_the_person_alone(
    log_in: LogIn, zhou: Teacher, wang: Teacher
) -> None:
    own = log_in(wang).get(OWN).content.decode()
    other = log_in(zhou).get(reverse("portfolio:file_of", args=[wang.uid])).content.decode()

    assert "还可以补上" in own
    assert "还可以补上" not in other


def test_what_waits_for_the_person_is_counted_first_and_listed_behind(
    log_in: LogIn, li: Teacher, wang: Teacher, session: Any
) -> None:
    assert session.title
    client = log_in(li)

    own = client.get(OWN).content.decode()
    listed = client.get(GAPS).content.decode()

    assert "没有关闭（1）" in own
    assert "（0）" not in own
    assert session.title in listed
    assert session.title not in log_in(wang).get(GAPS).content.decode()
    assert max(statements(client, OWN), statements(client, GAPS)) <= 10


def test_the_page_needs_as_many_statements_for_few_and_for_many(
    log_in: LogIn, wang: Teacher, take_part: TakePart
) -> None:
    client = log_in(wang)
    take_part(wang)
    few = statements(client, OWN + "?category=hours")
    for number in range(60):
        take_part(wang, title=f"第{number}次")
    answer = client.get(OWN + "?category=hours")

    assert statements(client, OWN + "?category=hours") == few <= 10
    assert len(answer.context["rows"]) == 50
    assert len(answer.content) < 80 * 1024


def test_a_piece_is_put_in_read_and_taken_out(log_in: LogIn, wang: Teacher, zhou: Teacher) -> None:
    client = log_in(wang)
    file = SimpleUploadedFile("反思.txt", "课后想到的".encode())
    given = {"category": "reflections", "title": "这节课", "on": "2026-10-14", "file": file}

    answer = client.post(PUT, given)
    page = client.get(answer["Location"]).content.decode()

    assert "反思.txt" in page
    assert log_in(zhou).get(answer["Location"]).status_code == 200
    client.post(reverse("portfolio:remove", args=[Piece.objects.get().uid]))
    assert client.get(answer["Location"]).status_code == 404


def test_a_piece_without_text_or_file_keeps_what_was_typed(log_in: LogIn, wang: Teacher) -> None:
    given = {"category": "reflections", "title": "这节课", "on": "2026-10-14"}

    answer = log_in(wang).post(PUT, given)

    assert answer.status_code == 422
    assert "这节课" in answer.content.decode()
    assert not Piece.objects.exists()


@pytest.mark.parametrize("name", ["zhou", "li"])
def test_nobody_takes_out_of_anothers_file(
    cast: Cast, log_in: LogIn, wang: Teacher, name: str
) -> None:
    address = reverse("portfolio:remove", args=[put(wang).uid])

    assert log_in(cast.people[name]).post(address).status_code == 404


def test_an_archive_is_brought_on_the_page_and_a_wrong_one_named(
    log_in: LogIn, wang: Teacher, qian: Teacher
) -> None:
    put(wang)
    data = log_in(wang).get(reverse("portfolio:archive", args=[wang.uid])).content
    client = log_in(qian)

    good = client.post(
        BRING, {"archive": SimpleUploadedFile("a.zip", data), "is_mine": "on"}, follow=True
    )
    bad = client.post(BRING, {"archive": SimpleUploadedFile("a.zip", b"no zip")})

    assert "读入 1 条" in good.content.decode()
    assert bad.status_code == 422
    assert "不是压缩包" in bad.content.decode()


# ---- the school ----
@pytest.mark.parametrize(
    ("name", "status"),
    [("zhou", 200), ("shen", 200), ("qian", 200), ("li", 404), ("wang", 404), ("guan", 404)],
)
def test_schools_see_counts_and_no_names(
    cast: Cast, log_in: LogIn, wang: Teacher, name: str, status: int
) -> None:
    put(wang)

    answer = log_in(cast.people[name]).get(FILES)

    assert answer.status_code == status
    if status == 200:
        assert "王老师" not in answer.content.decode()


def test_the_counts_are_persons_without_anything_in_a_category(
    cast: Cast, log_in: LogIn, zhou: Teacher, wang: Teacher
) -> None:
    client = log_in(zhou)

    def missing() -> int:
        (line,) = client.get(FILES).context["lines"]
        counts: dict[str, int] = {section.code: count for section, count in line.missing}
        return counts["plans"]

    before = missing()
    for title in ("一", "二"):
        put(wang, title, category="plans")

    assert (before, missing()) == (6, 5)
    assert statements(client, FILES) <= 10


def test_the_school_page_says_what_is_missing_and_who_supplies_it(
    cast: Cast, log_in: LogIn, zhou: Teacher, wang: Teacher, session: Any
) -> None:
    assert session.title
    address = reverse("portfolio:school", args=[cast.school.uid])
    client = log_in(zhou)
    text = client.get(address).content.decode()

    assert "没有关闭" in text
    assert "由李组长补" in text
    assert statements(client, address) <= 10
    assert log_in(wang).get(reverse("portfolio:school", args=[cast.school.uid])).status_code == 404


def test_all_handbooks_are_bound_in_the_background_and_each_person_told(
    cast: Cast, log_in: LogIn, zhou: Teacher, wang: Teacher, take_part: TakePart
) -> None:
    take_part(wang)
    client = log_in(zhou)
    address = reverse("portfolio:batch", args=[cast.school.uid])

    for what in ("bound", "apart", "files"):
        answer = client.post(address, {"what": what, "period": str(cast.term.uid)})
        assert answer.status_code == 302
    run_waiting()

    assert [job.state for job in Job.objects.all()] == [Job.State.DONE] * 3
    taken = TrailLine.objects.filter(verb="portfolio.file-taken", source_id=wang.uid)
    assert taken.count() == 3


@pytest.mark.parametrize(("name", "status"), [("li", 404), ("wang", 404), ("qian", 404)])
def test_nobody_else_starts_a_batch(cast: Cast, log_in: LogIn, name: str, status: int) -> None:
    address = reverse("portfolio:batch", args=[cast.school.uid])

    assert log_in(cast.people[name]).post(address, {"what": "bound"}).status_code == status
    assert not Job.objects.exists()


# ---- categories ----
def test_the_five_of_the_regulation_are_there_at_first() -> None:
    names = {one.name for one in shipped()}

    assert {"课后反思", "论文", "学习体会", "教学点滴", "研究原始资料"} <= names


def test_a_school_renames_orders_and_asks(cast: Cast, log_in: LogIn, zhou: Teacher) -> None:
    address = reverse("portfolio:categories", args=[cast.school.uid])
    lines = "课后反思 *\n研修活动\n师徒结对\n"

    log_in(zhou).post(address, {"lines": lines})

    found = [(one.code, one.name, one.is_asked) for one in sections_of(cast.school).all]
    assert found == [
        ("reflections", "课后反思", True), ("activities", "研修活动", False),
        ("own_1", "师徒结对", False), ("others", "其他", False),
    ]  # fmt: skip
    assert sections_of(cast.other_school).all[0].code == "plans"


def test_what_lost_its_category_stands_among_the_others(
    cast: Cast, log_in: LogIn, zhou: Teacher, wang: Teacher
) -> None:
    put(wang)
    actions.set_sections(cast.school, [Section("plans", "计划")], by=zhou, at=EVENING)

    page = log_in(wang).get(OWN + "?category=others").content.decode()

    assert "一次追问" in page


def test_a_school_is_never_left_without_categories(
    cast: Cast, log_in: LogIn, zhou: Teacher
) -> None:
    address = reverse("portfolio:categories", args=[cast.school.uid])

    answer = log_in(zhou).post(address, {"lines": "论文\n论文"})

    assert answer.status_code == 422
    assert not Category.objects.exists()
