"""The workshop of the credit officer, page by page."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from yanxiu.audit.models import TrailLine
from yanxiu.cast import NOON, Cast
from yanxiu.jobs.running import run_waiting
from yanxiu.ledger import actions
from yanxiu.ledger.models import Reckoning, SchemeFile
from yanxiu.ledger.rules.loading import shipped
from yanxiu.ledger.tests.conftest import TakePart
from yanxiu.ledger.tests.written import CASES, GENEROUS, SCHEME
from yanxiu.ledger.views.reckonings import _olds
from yanxiu.people.actions import give_post
from yanxiu.people.models import Role, Teacher

PAGES = ("scheme", "scheme_try", "scheme_person", "scheme_cases", "scheme_compare",
         "scheme_publish", "scheme_withdraw", "scheme_yaml")  # fmt: skip


@pytest.fixture
def guan(cast: Cast) -> Teacher:
    """The administrator is the credit officer too, so that hours are hers to see."""
    officer = cast.people["guan"]
    role = Role.objects.get(code="credit_officer")
    give_post(officer, cast.school, role, starts_on=cast.term.starts_on, by=None, at=NOON)
    return Teacher.objects.get(pk=officer.pk)


@pytest.fixture
def officer(client: Client, guan: Teacher) -> Client:
    client.force_login(guan)
    return client


@pytest.fixture
def draft(cast: Cast, guan: Teacher) -> SchemeFile:
    return actions.start_draft(cast.school, SCHEME, by=guan, at=NOON)


def at(name: str, uid: Any) -> str:
    return reverse(f"ledger:{name}", args=[uid])


def said(answer: Any) -> str:
    return re.sub(r"<[^>]+>", "", answer.content.decode())


@pytest.mark.parametrize("page", PAGES)
def test_only_who_manages_schemes_opens_the_workshop(
    client: Client, cast: Cast, draft: SchemeFile, page: str
) -> None:
    for who, status in (("wang", 404), ("qian", 404), ("guan", 200)):
        client.force_login(cast.people[who])
        assert client.get(at(page, draft.uid)).status_code == status
        assert client.get(at(page, uuid4())).status_code == 404


@pytest.mark.parametrize("start", ["", *shipped()])
def test_a_draft_begins_with_nothing_or_with_any_shipped_scheme(
    officer: Client, cast: Cast, start: str
) -> None:
    officer.post("/schemes/new/", {"organisation": cast.school.uid, "start": start})

    made = SchemeFile.objects.get()
    assert made.scheme.startswith("own-")
    assert officer.get(at("scheme", made.uid)).status_code == 200


def test_a_file_is_uploaded_and_one_that_is_no_text_is_refused(officer: Client, cast: Cast) -> None:
    good = SimpleUploadedFile("own.yaml", ("\ufeff" + SCHEME).encode())
    bad = SimpleUploadedFile("own.yaml", "方案".encode("gb18030"))

    for file, status in ((bad, 422), (good, 302)):
        asked = {"organisation": cast.school.uid, "start": "", "file": file}
        assert officer.post("/schemes/new/", asked).status_code == status

    assert SchemeFile.objects.get().text == SCHEME


def test_a_slip_is_saved_and_shown_with_its_line_and_what_is_right(
    officer: Client, draft: SchemeFile
) -> None:
    text = SCHEME.replace("per: hour", "per: hours")
    officer.post(at("scheme", draft.uid), {"text": text.replace("\n", "\r\n"), "edition": 1})

    page = officer.get(at("scheme", draft.uid)).content.decode()

    assert SchemeFile.objects.get().text == text
    assert 'href="#L28"' in page
    assert 'id="L28"' in page
    assert "是否想写“hour”" in page
    assert at("scheme_publish", draft.uid) not in page


def test_what_is_contradictory_is_told_with_both_readings(
    officer: Client, cast: Cast, guan: Teacher
) -> None:
    forty = next(one for one in shipped() if "40" in one)
    officer.post("/schemes/new/", {"organisation": cast.school.uid, "start": forty})

    answer = officer.get(at("scheme", SchemeFile.objects.get().uid))

    assert "两种读法" in said(answer)
    lines = re.findall(r'href="#(L\d+)"', answer.content.decode())
    assert lines
    assert all(f'id="{line}"' in answer.content.decode() for line in lines)


def test_two_who_edit_at_once_lose_nothing(officer: Client, draft: SchemeFile) -> None:
    address = at("scheme", draft.uid)
    officer.post(address, {"text": SCHEME + "# 甲\n", "edition": 1})

    answer = officer.post(address, {"text": SCHEME + "# 乙\n", "edition": 1})

    assert answer.status_code == 422
    assert "保存过这份草稿" in said(answer)
    assert "# 乙" in said(answer)
    officer.post(address, {"text": SCHEME + "# 乙\n", "edition": 1, "do": "copy"})
    assert {one.text[-4:] for one in SchemeFile.objects.all()} == {"# 甲\n", "# 乙\n"}


def test_publishing_asks_once_more_and_takes_the_text_that_was_seen(
    officer: Client, draft: SchemeFile
) -> None:
    address = at("scheme_publish", draft.uid)
    assert 'name="edition" value="1"' in officer.get(address).content.decode()

    assert officer.post(address, {"edition": "7"}).status_code == 422
    assert officer.post(address, {"edition": "1"}).status_code == 302
    assert "已由关管理" in said(officer.post(address, {"edition": "1"}))


def test_a_made_up_record_shows_each_step_with_its_source(
    officer: Client, draft: SchemeFile
) -> None:
    asked = {"kind": "research_activity", "role": "main_speaker", "on": "2026-10-15",
             "minutes": "90"}  # fmt: skip

    page = said(officer.get(at("scheme_try", draft.uid), asked))

    assert "90 分钟 ÷ 45 = 2 学时" in page
    assert "主讲 × 2 = 4" in page
    assert "第八条" in page


def test_a_made_up_record_without_a_length_says_why_it_earns_nothing(
    officer: Client, draft: SchemeFile
) -> None:
    asked = {"kind": "research_activity", "on": "2026-10-15"}

    assert "没有登记时长" in said(officer.get(at("scheme_try", draft.uid), asked))


def test_a_real_teachers_year_is_shown_and_the_person_can_read_that_it_was(
    officer: Client, draft: SchemeFile, wang: Teacher, take_part: TakePart
) -> None:
    take_part(wang)

    page = said(officer.get(at("scheme_person", draft.uid), {"teacher": wang.name,
                                                             "on": "2026-10-15"}))  # fmt: skip

    assert "已认定 2，待认定 0，要求 4，还差 2 学时" in page
    assert TrailLine.objects.filter(source_id=wang.uid, verb="portfolio.hours-viewed").exists()


def test_a_teacher_of_another_school_is_not_found(
    officer: Client, draft: SchemeFile, qian: Teacher
) -> None:
    asked = {"teacher": qian.name, "on": "2026-10-15"}

    assert "没有找到这位教师" in said(officer.get(at("scheme_person", draft.uid), asked))


def test_cases_are_kept_and_run_with_every_step(officer: Client, draft: SchemeFile) -> None:
    address = at("scheme_cases", draft.uid)
    officer.post(address, {"cases": CASES, "edition": 1})
    assert "都相符" in said(officer.get(address))

    officer.post(address, {"cases": CASES.replace("hour: 4", "hour: 5"), "edition": 2})
    page = said(officer.get(address))

    assert "1 例不符" in page
    assert "还没有算例的条目：yearly" in page
    assert "算得 4" in page
    assert "主讲 × 2 = 4" in page


def test_a_slip_in_the_cases_is_shown_with_its_line(officer: Client, draft: SchemeFile) -> None:
    address = at("scheme_cases", draft.uid)
    officer.post(address, {"cases": CASES.replace("given", "gifen"), "edition": 1})

    assert "算例 第 1 行" in said(officer.get(address)) or "第 3 行" in said(officer.get(address))


@pytest.fixture
def compared(
    officer: Client, cast: Cast, draft: SchemeFile, wang: Teacher, take_part: TakePart
) -> Reckoning:
    """The comparison of a generous draft with the published version."""
    actions.publish_scheme(draft, edition=1, by=None, at=NOON)
    actions.adopt_scheme(cast.school, draft.scheme, starts_on=cast.term.starts_on, by=None, at=NOON)
    take_part(wang)
    other = actions.start_draft(cast.school, GENEROUS, by=None, at=NOON)
    asked = {"organisation": cast.school.uid, "old": "made-up-county@2026"}
    officer.post(at("scheme_compare", other.uid), asked)
    run_waiting()
    return Reckoning.objects.get()


def test_the_comparison_is_a_page_and_a_sheet(
    officer: Client, compared: Reckoning, wang: Teacher
) -> None:
    page = said(officer.get(at("reckoning", compared.uid)))

    assert "1 位有变化" in page
    assert wang.name in page
    assert f"{compared.old_scheme} {compared.old_version}" not in page
    assert "学年学时" in page
    assert officer.get(at("reckoning_sheet", compared.uid)).content[:2] == b"PK"
    assert TrailLine.objects.filter(source_id=wang.uid, verb="ledger.list-viewed").count() == 1


def test_what_the_schools_below_use_is_offered_first(cast: Cast) -> None:
    central = cast.school.parent
    assert central is not None
    other = actions.start_draft(central, GENEROUS, by=None, at=NOON)
    (school,) = cast.school.adopted_schemes.all()

    first, *_others = _olds(other)

    assert first[0] == f"{school.scheme}@{school.version}"
    assert "正在用" in first[1]


def test_reckoning_again_shows_the_difference_and_posts_when_told(
    officer: Client, cast: Cast, compared: Reckoning
) -> None:
    other = SchemeFile.objects.get(state="draft")
    actions.publish_scheme(other, edition=1, by=None, at=NOON)
    asked = {"organisation": cast.school.uid, "scheme": "made-up-county@2027",
             "starts_on": cast.term.starts_on}  # fmt: skip
    assert officer.post("/schemes/", asked).status_code == 302
    adoption = cast.school.adopted_schemes.get(version="2027")
    officer.post(at("reckon", adoption.uid))
    run_waiting()
    found = Reckoning.objects.get(posts=True)

    page = said(officer.get(at("reckoning", found.uid)))
    assert "1 条的学时会变" in page
    officer.post(at("reckoning_post", found.uid))
    run_waiting()

    assert "入账完毕" in said(officer.get(at("reckoning", found.uid)))
    assert "已入账" in said(officer.get("/schemes/"))


@pytest.mark.parametrize(
    "page", ["schemes", "scheme", "scheme_person", "scheme_cases", "scheme_compare", "reckoning"]
)
def test_a_page_takes_few_statements_and_little_room(
    officer: Client, compared: Reckoning, page: str, wang: Teacher,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    file = SchemeFile.objects.get(state="draft")
    addresses = {
        "schemes": "/schemes/",
        "reckoning": at("reckoning", compared.uid),
        "scheme_person": f"{at('scheme_person', file.uid)}?teacher={wang.name}&on=2026-10-15",
    }
    address = addresses.get(page) or at(page, file.uid)
    officer.get(address)

    with django_assert_max_num_queries(10):
        answer = officer.get(address)

    assert answer.status_code == 200
    assert len(answer.content) < 60_000


def test_all_slips_are_shown_at_once_beside_their_lines(officer: Client, draft: SchemeFile) -> None:
    text = SCHEME.replace("scope: year", "scope: 学年").replace("years: 5", "years: 五")
    address = reverse("ledger:scheme", args=[draft.uid])

    officer.post(address, {"text": text, "edition": draft.edition})
    shown = officer.get(address).content.decode()

    wrong = ("scope: 学年", "years: 五")
    lines = [n for n, line in enumerate(text.split("\n"), 1) if any(one in line for one in wrong)]
    assert len(lines) == len(wrong)
    for line in lines:
        assert f'href="#L{line}"' in shown
        assert f'id="L{line}" class="wrong"' in shown


def test_an_emptied_draft_is_not_saved_and_says_so_above(
    officer: Client, draft: SchemeFile
) -> None:
    address = reverse("ledger:scheme", args=[draft.uid])

    answer = officer.post(address, {"text": "", "edition": draft.edition})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "没有保存，上一次保存的还在" in page
    assert " required" not in page[page.index("<textarea") : page.index("</textarea>")]


def test_a_copy_that_keeps_the_version_is_told_so_before_anybody_publishes_it(
    officer: Client, cast: Cast, draft: SchemeFile, guan: Teacher
) -> None:
    actions.publish_scheme(draft, edition=draft.edition, by=guan, at=NOON)
    officer.post("/schemes/new/", {"organisation": cast.school.uid, "start": draft.uid})
    copy = SchemeFile.objects.get(state="draft")

    answer = officer.get(at("scheme", copy.uid))

    assert "第 2 行：编号“made-up-county”的第“2026”版已经公布过" in said(answer)
    assert "可以照旧公布" not in said(answer)
    assert at("scheme_publish", copy.uid) not in answer.content.decode()
    assert "已经公布过" in said(officer.get(at("scheme_publish", copy.uid)))


@pytest.fixture
def above(cast: Cast) -> SchemeFile:
    """A scheme that the central school has published for all schools below."""
    central = cast.school.parent
    assert central is not None
    file = actions.start_draft(central, SCHEME, by=None, at=NOON)
    return actions.publish_scheme(file, edition=file.edition, by=None, at=NOON)


def test_a_school_reads_what_is_published_above_and_copies_it_under_its_own_name(
    officer: Client, cast: Cast, guan: Teacher, above: SchemeFile
) -> None:
    actions.adopt_scheme(
        cast.school, "made-up-county", version="2026", starts_on=cast.term.starts_on,
        by=guan, at=NOON,
    )  # fmt: skip
    assert f'href="{at("scheme", above.uid)}"' in officer.get("/schemes/").content.decode()

    answer = officer.get(at("scheme", above.uid))
    officer.post("/schemes/new/", {"organisation": cast.school.uid, "start": above.uid})

    assert ("复制来改" in said(answer), "撤回" in said(answer)) == (True, False)
    made = SchemeFile.objects.get(state="draft")
    assert made.scheme == f"own-{cast.school.uid.hex[-6:]}-made-up-county"
    assert "还不能" not in said(officer.get(at("scheme", made.uid)))


def test_who_reads_a_scheme_from_above_changes_nothing_in_it(
    officer: Client, above: SchemeFile
) -> None:
    for name in ("scheme", "scheme_withdraw", "scheme_drop", "scheme_cases"):
        assert officer.post(at(name, above.uid), {"text": "x", "edition": 1}).status_code == 404


@pytest.mark.parametrize(("name", "status"), [("shen", 200), ("qian", 200), ("wang", 404)])
def test_what_is_published_opens_for_who_sees_hours_and_a_draft_does_not(
    client: Client, cast: Cast, above: SchemeFile, draft: SchemeFile, name: str, status: int
) -> None:
    client.force_login(cast.people[name])

    assert client.get(at("scheme", above.uid)).status_code == status
    assert client.get(at("scheme_yaml", above.uid)).status_code == status
    assert client.get(at("scheme", draft.uid)).status_code == 404


def test_a_new_version_is_compared_first_with_the_one_it_replaces(
    officer: Client, cast: Cast, draft: SchemeFile, guan: Teacher
) -> None:
    actions.publish_scheme(draft, edition=1, by=guan, at=NOON)
    actions.adopt_scheme(
        cast.school, "made-up-county", starts_on=cast.term.starts_on, by=guan, at=NOON
    )
    newer = actions.start_draft(cast.school, GENEROUS, by=guan, at=NOON)

    form = officer.get(at("scheme_compare", newer.uid)).context["form"]

    assert form.fields["old"].choices[0][0] != form["old"].value()
    assert form["old"].value() == f"made-up-county@{draft.version}"
