"""The record of an open lesson says what happened, and what other apps add to it."""

import io

import docx
import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.cast import NOON
from yanxiu.lessons import actions, sections
from yanxiu.lessons.models import Lesson
from yanxiu.people.models import Teacher


def text_of(content: bytes) -> str:
    paper = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in paper.paragraphs] + cells)


def test_it_names_teacher_class_and_listeners(
    client: Client, lesson: Lesson, zhao: Teacher, wang: Teacher, qian: Teacher
) -> None:
    actions.note_listener(lesson, zhao, at=NOON)
    client.force_login(wang)
    said = text_of(client.get(reverse("lessons:record", args=[lesson.uid])).content)
    for words in (
        "公开课记录",
        "王老师",
        "三（2）班",
        "2026年10月15日（周四）",
        "赵老师",
        "数学教研组",
    ):
        assert words in said

    client.force_login(qian)
    assert client.get(reverse("lessons:record", args=[lesson.uid])).status_code == 404


def test_another_app_adds_its_part_for_this_reader(
    client: Client, lesson: Lesson, wang: Teacher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sections, "_TELLS", {})
    sections.register_paper(
        20,
        "made-up",
        lambda _lesson, reader: sections.PaperPart("评课要点", f"给{reader.name}看的"),
    )
    client.force_login(wang)

    assert "给王老师看的" in text_of(
        client.get(reverse("lessons:record", args=[lesson.uid])).content
    )
