"""A lesson plan comes in as a file; what is harmful is refused and leaves no trace."""

import io
import socket
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document

from yanxiu.attachments.models import Attachment
from yanxiu.cast import Cast
from yanxiu.people.models import Teacher
from yanxiu.preparation.models import LessonPlan

MEGABYTE = 1024 * 1024
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def written(*lines: str) -> bytes:
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


def linking_out(data: bytes) -> bytes:
    """Let a document name a picture and a template that lie in the network."""
    links = "".join(
        f'<Relationship Id="out{number}" Type="{OFFICE}/{kind}" TargetMode="External" '
        f'Target="http://tracker.example/{kind}"/>'
        for number, kind in enumerate(("image", "attachedTemplate"))
    )
    stream, name = io.BytesIO(), "word/_rels/document.xml.rels"
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            if part == name:
                content = content.replace(b"</Relationships>", f"{links}</Relationships>".encode())
            new.writestr(part, content)
    return stream.getvalue()


def brings(client: Client, teacher: Teacher, cast: Cast, data: bytes) -> Any:
    client.force_login(teacher)
    given = {
        "kind": "shared", "title": "分数", "unit": cast.maths.pk, "periods": 1,
        "file": SimpleUploadedFile("教案.docx", data),
    }  # fmt: skip
    return client.post(reverse("preparation:new"), given)


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
    client: Client, cast: Cast, li: Teacher, harm: Any
) -> None:
    answer = brings(client, li, cast, harm(written("教学过程", "先分后说。")))

    assert answer.status_code == 422
    assert "分数" in answer.content.decode()
    assert not LessonPlan.objects.exists()
    assert not Attachment.objects.exists()


def test_what_a_file_links_to_outside_is_neither_fetched_nor_shown(
    client: Client, cast: Cast, li: Teacher, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda _self, where: asked.append(where))

    answer = brings(client, li, cast, linking_out(written("教学过程", "先分后说。")))

    assert answer.status_code == 302
    plan = LessonPlan.objects.get()
    shown = client.get(reverse("preparation:plan", args=[plan.uid])).content.decode()
    assert "先分后说。" in shown
    assert "tracker.example" not in shown
    assert not asked
