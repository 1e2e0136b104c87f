"""A school's own template is checked when it comes in, put into use, and filled with true data."""

import io
import zipfile
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document
from pytest_django.fixtures import DjangoAssertNumQueries

from yanxiu.attachments.actions import path_of
from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.documents.word.template import prepare
from yanxiu.figures.table import Scope, all_figures
from yanxiu.jobs.models import Job
from yanxiu.jobs.recovering import results
from yanxiu.jobs.running import run_waiting
from yanxiu.kernel.refusals import NotAllowed
from yanxiu.people import actions as people
from yanxiu.people.models import Role, Teacher
from yanxiu.reports.actions import templates as actions
from yanxiu.reports.models import DocumentTemplate, TemplateVersion
from yanxiu.reports.refusals import TemplateNameTaken, TemplateNotReady, TemplateWithdrawn
from yanxiu.reports.template_data import Asked, fill
from yanxiu.reports.template_fields import figures_by_name, vocabulary
from yanxiu.reports.template_starter import starter_template
from yanxiu.ui.wording import figure_text


def a_docx(*paragraphs: str) -> bytes:
    document = Document()
    for one in paragraphs:
        document.add_paragraph(one)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def words(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def upload(by: Teacher, cast: Cast, *paragraphs: str, name: str = "学期统计") -> DocumentTemplate:
    data = a_docx(*(paragraphs or ("{{学校}}举行{{举行的场次}}场",)))
    return actions.upload(
        cast.school, name=name, kind="statistics", data=data, file_name="表.docx", by=by, at=MORNING
    )


def in_use(by: Teacher, cast: Cast, *paragraphs: str) -> DocumentTemplate:
    template = upload(by, cast, *paragraphs)
    actions.put_into_use(template.versions.get(), by=by, at=NOON)
    return template


def test_every_figure_is_a_field_and_its_rows_are_a_table(db: None) -> None:
    known = vocabulary()

    assert set(figures_by_name().values()) == set(all_figures().values())
    for name, figure in figures_by_name().items():
        assert (found := known.field(name)) is not None
        assert (found.code, found.meaning) == (figure.code, figure.meaning)
        assert known.field(figure.code) == found
        assert (table := known.table(f"{name}明细")) is not None
        assert table.columns == tuple(figure.columns)


def test_the_starter_names_every_field_and_is_without_fault(db: None) -> None:
    known = vocabulary()

    template = prepare(starter_template(known), known)

    assert template.faults == ()
    assert set(template.fields) >= {one.name for one in known.fields}
    assert "{{" not in words(template.sample())


def test_faults_are_told_and_keep_it_out_of_use(cast: Cast, zhou: Teacher) -> None:
    version = upload(zhou, cast, "{{ 举行场次 }}").versions.get()

    assert version.faults[0]["nearest"][0] == "举行的场次"
    with pytest.raises(TemplateNotReady, match="1处"):
        actions.put_into_use(version, by=zhou, at=NOON)


def test_one_version_is_in_use_and_an_older_one_can_come_back(cast: Cast, zhou: Teacher) -> None:
    template = in_use(zhou, cast)
    first = template.versions.get()
    second = actions.upload_version(
        template, data=a_docx("{{标题}}"), file_name="新.docx", by=zhou, at=NOON
    )
    states = [(one.number, one.state) for one in template.versions.all()]
    assert states == [(2, "checked"), (1, "in_use")]

    actions.put_into_use(second, by=zhou, at=NOON)
    actions.put_into_use(first, by=zhou, at=NOON)

    states = [(one.number, one.state) for one in template.versions.all()]
    assert states == [(2, "retired"), (1, "in_use")]


def test_what_is_withdrawn_stays_so_and_frees_its_name(cast: Cast, zhou: Teacher) -> None:
    template = in_use(zhou, cast)
    with pytest.raises(TemplateNameTaken):
        upload(zhou, cast)

    actions.withdraw(template, by=zhou, at=NOON)

    with pytest.raises(TemplateWithdrawn):
        actions.put_into_use(template.versions.get(), by=zhou, at=NOON)
    assert upload(zhou, cast).pk != template.pk


@pytest.mark.parametrize("name", ["wang", "li", "qian", "guan", "shen"])
def test_only_who_writes_summaries_uploads(name: str, cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        upload(cast.people[name], cast)
    assert not TemplateVersion.objects.exists()


def test_numbers_are_those_of_the_table_of_figures(
    cast: Cast, zhou: Teacher, session: object
) -> None:
    known = figures_by_name()
    names = list(known)
    template = prepare(a_docx(*(f"{one}＝{{{{ {one} }}}}；" for one in names)), vocabulary())
    asked = Asked(cast.school, cast.term.span, "统计", zhou, cast.term.starts_on, term=cast.term)

    text = words(fill(template, asked))

    scope = Scope(cast.school.pk, cast.school.path, cast.term.span)
    for name in names:
        assert f"{name}＝{figure_text(known[name].value(scope))}；" in text
    assert "安排的场次＝1；" in text


def test_rows_the_person_may_not_open_are_left_out_and_counted(
    cast: Cast, zhou: Teacher, zhao: Teacher, session: object
) -> None:
    template = prepare(a_docx("{{安排的场次明细.主题}}{{安排的场次明细.时间}}"), vocabulary())

    def of(by: Teacher) -> str:
        return words(fill(template, Asked(cast.school, cast.term.span, "", by, MORNING.date())))

    assert "分数的意义" in of(zhou)
    assert "分数的意义" not in of(zhao)
    assert "另有1行，您没有查看权限" in of(zhao)


def test_a_row_for_each_school_below(cast: Cast, zhou: Teacher, session: object) -> None:
    template = prepare(a_docx("{{各校.序号}}{{各校.学校}}{{各校.安排的场次}}"), vocabulary())
    central = cast.school.parent
    assert central is not None

    text = words(fill(template, Asked(central, cast.term.span, "", zhou, MORNING.date())))

    assert "1清河小学1" in text
    assert "2柳林小学0" in text


def test_uploading_on_the_page_tells_what_to_change(
    cast: Cast, zhou: Teacher, client: Client
) -> None:
    client.force_login(zhou)
    file = SimpleUploadedFile("格式.docx", a_docx("{{ 举行场次 }}", "{{学校}}"))
    given = {"organisation": cast.school.uid, "name": "月报", "kind": "other", "file": file}

    page = client.post(reverse("templates:new"), given, follow=True).content.decode()

    assert "有 1 处要改" in page
    assert "是不是“举行的场次”" in page
    assert "启用这一版" not in page


def test_what_is_no_template_is_refused_and_what_was_typed_stays(
    cast: Cast, zhou: Teacher, client: Client
) -> None:
    client.force_login(zhou)
    file = SimpleUploadedFile("格式.docx", b"MZ not a docx")
    given = {"organisation": cast.school.uid, "name": "月报", "kind": "other", "file": file}

    answer = client.post(reverse("templates:new"), given)

    assert answer.status_code == 422
    assert "另存为" in answer.content.decode()
    assert 'value="月报"' in answer.content.decode()
    assert not DocumentTemplate.objects.exists()


def test_it_is_filled_on_the_page(
    cast: Cast, zhou: Teacher, client: Client, session: object
) -> None:
    template = in_use(zhou, cast, "{{学校}}{{学期}}{{教研组}}{{安排的场次}}场。{{填写：做法}}")
    client.force_login(zhou)
    address = reverse("templates:fill", args=[template.uid])
    assert "做法" in client.get(address).content.decode()

    given = {"term": cast.term.uid, "unit": cast.maths.uid, "words-0": "一题一议"}
    answer = client.post(address, given)

    text = words(answer.content)
    assert text.startswith(f"清河小学{cast.term}数学教研组1场。一题一议")
    called = unquote(answer["Content-Disposition"])
    # Two files of one template are told apart.
    assert f"数学教研组{template.name}（{cast.term}）" in called
    empty = client.post(address, {"since": "2026-10-01", "until": "2026-10-02"})
    assert "【待补：学期】" in words(empty.content)
    assert "【待补：做法】" in words(empty.content)
    wrong = client.post(address, {"since": "2026-10-02", "until": "2026-10-01"})
    assert wrong.status_code == 422


def test_all_schools_below_get_theirs_in_one_package(
    cast: Cast, zhou: Teacher, client: Client, session: object
) -> None:
    template = in_use(zhou, cast, "{{学校}}安排{{安排的场次}}场，{{填写：做法}}")
    central = cast.school.parent
    assert central is not None
    DocumentTemplate.objects.update(organisation=central)
    role = Role.objects.get(code="researcher")
    sun = people.add_teacher(name="孙教研员", by=None, at=MORNING)
    people.give_post(sun, central, role, starts_on=MORNING.date(), by=None, at=MORNING)
    client.force_login(sun)
    address = reverse("templates:fill", args=[template.uid])
    given = {"organisation": central.uid, "term": cast.term.uid, "words-0": "同课异构", "all": "1"}
    assert "2 所学校各一份" in client.get(f"{address}?organisation={central.uid}").content.decode()

    client.post(address, given)
    run_waiting()

    (file,) = results(Job.objects.get(by=sun))
    with zipfile.ZipFile(path_of(file.sha256)) as package:
        texts = {name: words(package.read(name)) for name in package.namelist()}
    assert texts == {
        "001 清河小学学期统计.docx": "清河小学安排1场，同课异构",
        "002 柳林小学学期统计.docx": "柳林小学安排0场，同课异构",
    }


@pytest.mark.parametrize(
    ("name", "seen"), [("zhou", 200), ("shen", 200), ("wang", 404), ("qian", 404), ("guan", 404)]
)
def test_who_sees_a_template_of_the_school(
    name: str, seen: int, cast: Cast, zhou: Teacher, client: Client
) -> None:
    template = in_use(zhou, cast)
    version = template.versions.get()
    client.force_login(cast.people[name])

    for address in (
        reverse("templates:template", args=[template.uid]),
        reverse("templates:fill", args=[template.uid]),
        reverse("templates:sample", args=[version.uid]),
    ):
        assert client.get(address).status_code == seen


def test_schools_below_use_what_their_superior_has_in_use(
    cast: Cast, zhou: Teacher, client: Client
) -> None:
    template = in_use(zhou, cast)
    draft = upload(zhou, cast, name="还没有启用")
    DocumentTemplate.objects.update(organisation=cast.school.parent)
    client.force_login(cast.people["qian"])

    page = client.get(reverse("templates:templates")).content.decode()

    assert "学期统计" in page
    assert "还没有启用" not in page
    assert client.get(reverse("templates:fill", args=[template.uid])).status_code == 200
    assert client.get(reverse("templates:template", args=[draft.uid])).status_code == 404
    filled = client.post(reverse("templates:fill", args=[template.uid]), {"term": ""})
    assert "清河小学" not in filled.content.decode()


def test_the_pages_cost_the_same_however_many(
    cast: Cast,
    zhou: Teacher,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(8):
        template = upload(zhou, cast, name=f"模板{number}")
    for _number in range(5):
        actions.upload_version(template, data=a_docx("{{学校}}"), file_name="a", by=zhou, at=NOON)
    client.force_login(zhou)

    for address in (
        reverse("templates:templates"),
        reverse("templates:template", args=[template.uid]),
        reverse("templates:fields"),
    ):
        with django_assert_max_num_queries(10):
            assert client.get(address).status_code == 200
