"""A Word file becomes a draft with its original beside it; what is harmful leaves no trace."""

import io
import socket
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document

from yanxiu.attachments.models import Attachment
from yanxiu.cast import NOON, Cast
from yanxiu.kernel.refusals import Refusal
from yanxiu.people.models import Teacher
from yanxiu.works import actions
from yanxiu.works.models import Work, WorkVersion
from yanxiu.works.tests.conftest import kind

MEGABYTE = 1024 * 1024


def paper(*lines: str) -> bytes:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, content)
    return stream.getvalue()


def bring(
    cast: Cast, by: Teacher, data: bytes, code: str = "paper", name: str = "论文.docx"
) -> Work:
    return actions.import_work(
        kind(code), data, name=name, organisation=cast.school, by=by, at=NOON
    )


def test_title_and_text_are_read_and_the_original_is_kept(cast: Cast, wang: Teacher) -> None:
    data = paper("周长教学的三次尝试", "低年级学生的困难不在计算。", "我试了三种活动。")

    work = bring(cast, wang, data)

    assert work.title == "周长教学的三次尝试"
    assert work.texts.get().text == "低年级学生的困难不在计算。\n我试了三种活动。"
    assert Attachment.objects.get(source_id=work.uid).size == len(data)
    assert work.versions.get().why == WorkVersion.Why.IMPORTED


def test_headings_of_the_kind_are_recognised(cast: Cast, wang: Teacher) -> None:
    data = paper(
        "认识周长反思", "一、成败之处：", "围树叶成了。", "二、学生困惑", "多加了一条边。",
        "三、教学再设计", "先想后围。",
    )  # fmt: skip

    work = bring(cast, wang, data, code="reflection")

    found = dict(work.texts.values_list("code", "text"))
    assert (found["success"], found["confusion"], found["redesign"]) == (
        "围树叶成了。", "多加了一条边。", "先想后围。",
    )  # fmt: skip


def test_markup_in_a_title_stays_letters(client: Client, cast: Cast, wang: Teacher) -> None:
    work = bring(cast, wang, paper("<script>alert(1)</script>", "正文。"))
    client.force_login(wang)

    shown = client.get(reverse("works:work", args=[work.uid])).content.decode()

    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert" in shown


@pytest.mark.parametrize(
    "harm",
    [
        lambda data: with_part(data, "word/vbaProject.bin", b"macro"),
        lambda data: with_part(data, "word/media/bomb.xml", b"0" * 300 * MEGABYTE),
        lambda data: data[: len(data) // 2],
        lambda _data: b"PK\x03\x04" + b"0" * 50 * MEGABYTE,
        lambda _data: b"MZ\x90\x00 program",
    ],
    ids=["macro", "bomb", "torn", "50 MB", "program"],
)
def test_what_is_harmful_is_refused_and_leaves_no_trace(
    client: Client, wang: Teacher, harm: object
) -> None:
    data = harm(paper("题目", "正文。"))  # type: ignore[operator]
    client.force_login(wang)
    file = SimpleUploadedFile("论文.docx", data)

    answer = client.post(reverse("works:import"), {"kind": str(kind("paper").uid), "file": file})

    assert answer.status_code == 422
    assert not Work.objects.exists()
    assert not Attachment.objects.exists()


def test_a_name_that_lies_about_its_content_is_refused(cast: Cast, wang: Teacher) -> None:
    with pytest.raises(Refusal):
        bring(cast, wang, b"%PDF-1.4 no word file", name="论文.docx")
    assert not Work.objects.exists()


def test_what_a_file_links_to_outside_is_neither_fetched_nor_shown(
    client: Client, cast: Cast, wang: Teacher, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda _self, where: asked.append(where))
    data = linking_out(paper("借来的图", "正文照旧。"))

    work = bring(cast, wang, data)
    client.force_login(wang)
    shown = client.get(reverse("works:work", args=[work.uid])).content.decode()

    assert work.texts.get().text == "正文照旧。"
    assert not asked
    assert "tracker.example" not in shown


def linking_out(data: bytes) -> bytes:
    """Let a document name a picture, a template and an object that lie in the network."""
    kinds = ("image", "attachedTemplate", "oleObject", "hyperlink")
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "".join(
        f'<Relationship Id="out{number}" Type="{office}/{kind}" TargetMode="External" '
        f'Target="http://tracker.example/{kind}"/>'
        for number, kind in enumerate(kinds)
    )
    stream, name = io.BytesIO(), "word/_rels/document.xml.rels"
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            if part == name:
                content = content.replace(b"</Relationships>", f"{links}</Relationships>".encode())
            new.writestr(part, content)
    return stream.getvalue()


def test_what_was_brought_in_as_a_wrong_kind_is_changed_on_the_page_where_it_is_written(
    client: Client, cast: Cast, wang: Teacher
) -> None:
    work = bring(cast, wang, paper("在操作中认识周长", "成败之处", "围树叶成了。"), "reflection")
    url = reverse("works:edit", args=[work.uid])
    client.force_login(wang)
    assert "换类别" in client.get(url).content.decode()
    sent = {
        "edition": work.edition, "title": work.title, "about": "",
        "happened_on": work.happened_on.isoformat(), "text_success": "围树叶成了。",
        "text_slips": "刚写的一句。", "kind": str(kind("paper").uid), "do": "save",
    }  # fmt: skip

    answer = client.post(url, sent)

    assert answer["Location"] == url
    shown = client.get(url).content.decode()
    for words in ("<h1>论文", "围树叶成了。", "刚写的一句。", 'name="text_"'):
        assert words in shown, words
    # A form that was open elsewhere chooses no kind, and what it holds is kept all the same.
    now = Work.objects.get()
    actions.save(now, edition=now.edition, texts={"slips": ""}, by=wang, at=NOON)
    now.refresh_from_db()
    client.post(url, sent | {"edition": now.edition, "text_slips": "别处写的", "kind": ""})
    now.refresh_from_db()
    assert now.kind == kind("paper")
    assert now.texts.get(code="slips").text == "别处写的"


def test_headings_of_the_new_kind_are_seen_before_it_is_handed_in(
    client: Client, cast: Cast, wang: Teacher
) -> None:
    work = bring(cast, wang, paper("在操作中认识周长", "围树叶成了。"))
    url = reverse("works:edit", args=[work.uid])
    client.force_login(wang)
    sent = {
        "edition": work.edition, "title": work.title, "about": "", "text_": "围树叶成了。",
        "happened_on": work.happened_on.isoformat(), "do": "hand_in",
    }  # fmt: skip

    told = client.post(url, sent | {"kind": str(kind("reflection").uid)}, follow=True)

    assert "还没有交" in told.content.decode()
    assert Work.objects.get().state == "draft"
    told = client.post(url, sent | {"kind": str(kind("experience").uid)}, follow=True)
    assert (Work.objects.get().state, Work.objects.get().kind.code) == ("handed_in", "experience")
