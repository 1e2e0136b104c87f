"""What a form that saves itself sends is read, or refused in words."""

import json

import pytest
from django.test import RequestFactory

from yanxiu.kernel.refusals import BadInput
from yanxiu.ui.drafts import Saving, read_saving

JSON = "application/json"


def test_texts_are_read_with_the_edition_they_were_written_upon() -> None:
    body = json.dumps({"edition": 3, "texts": {"overall": "看\u0000得见", "note": None}})

    read = read_saving(RequestFactory().post("/", body, JSON))

    assert read == Saving(3, {"overall": "看得见", "note": ""})


@pytest.mark.parametrize(
    "body",
    ["", "[]", "7", '{"edition": 1}', '{"edition": "x", "texts": {}}', '{"edition": 1, "texts": 3}',
     '{"edition": -1, "texts": {}}', "[" * 9000,
     json.dumps({"edition": 1, "texts": {"overall": "听" * 400_000}})],
)  # fmt: skip
def test_what_is_no_saving_is_refused_in_words(body: str) -> None:
    with pytest.raises(BadInput, match="写的还在这台设备上"):
        read_saving(RequestFactory().post("/", body, JSON))
