"""A form whose deed is refused: at the field it is about, and never lost."""

from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.datastructures import MultiValueDict

from yanxiu.kernel.refusals import FILE, Refusal
from yanxiu.ui.asking import kept_in


class FileDeclined(Refusal):
    """No to a file."""

    field = FILE


class WordForm(forms.Form):
    """A word and a file."""

    word = forms.CharField(max_length=500, widget=forms.Textarea)
    proof = forms.FileField(required=False)


def bound(**files: Any) -> WordForm:
    form = WordForm(
        {"word": "见附件"}, MultiValueDict({name: [one] for name, one in files.items()})
    )
    assert form.is_valid()
    return form


@pytest.mark.parametrize(("files", "field"), [
    ({"proof": SimpleUploadedFile("a.exe", b"MZ")}, "proof"), ({}, "__all__"),
])  # fmt: skip
def test_a_file_that_is_declined_is_said_at_its_field(files: dict[str, Any], field: str) -> None:
    form = bound(**files)

    with kept_in(form):
        raise FileDeclined("这个文件收不下。")

    assert list(form.errors) == [field]


def test_a_long_field_tells_how_much_it_takes() -> None:
    page = render_to_string("ui/_form.html", {"form": WordForm()})

    assert "最多 500 字" in page


def test_two_forms_of_one_kind_keep_their_drafts_apart(rf: RequestFactory) -> None:
    pages = [
        render_to_string("ui/_form.html", {"form": WordForm(), "keep": "answer"}, rf.get(path))
        for path in ("/first/", "/second/")
    ]

    assert ['data-keep="answer:/first/"' in page for page in pages] == [True, False]
