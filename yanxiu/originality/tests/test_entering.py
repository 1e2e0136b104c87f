"""A text is entered in few statements, and what everybody writes is marked no more."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yanxiu.cast import MORNING, Cast
from yanxiu.kernel.sources import Source
from yanxiu.kernel.uids import new_uid
from yanxiu.originality import actions
from yanxiu.originality.actions import entering
from yanxiu.originality.models import CommonGram, Document, Mark
from yanxiu.originality.tests.made_up import text
from yanxiu.texts.keys import key
from yanxiu.texts.passages import kept_grams


def enter(cast: Cast, words: str, source: Source | None = None) -> Document:
    return actions.enter(
        source or Source("made.up", new_uid()),
        title="某篇", text=words, organisation=cast.school, author=None, at=MORNING,
    )  # fmt: skip


def marks() -> set[int]:
    return set(Mark.objects.values_list("gram", flat=True))


def test_every_gram_of_a_text_is_marked_however_many(cast: Cast) -> None:
    words = text(1, 9_000)

    enter(cast, words)

    assert marks() == kept_grams(key(words))
    assert len(marks()) > entering.IN_ONE


def test_a_gram_that_has_become_common_is_marked_no_more(cast: Cast) -> None:
    words = text(2, 300)
    common = set(sorted(kept_grams(key(words)))[:5])
    CommonGram.objects.bulk_create([CommonGram(gram=gram) for gram in common])

    enter(cast, words)

    assert marks() == kept_grams(key(words)) - common


def test_what_enough_texts_hold_becomes_common(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entering, "ENOUGH", 3)
    monkeypatch.setattr(entering, "LOOK", 1)

    for _each in range(5):
        enter(cast, "大家都这样写的一段话，谁也不知道是从哪里来的，可是每一篇里都有。")

    assert Mark.objects.count() == 3 * len(marks())


def test_a_new_text_takes_three_statements_and_the_same_again_two(cast: Cast) -> None:
    source, words = Source("made.up", new_uid()), text(3, 400)
    enter(cast, text(4, 400))

    with CaptureQueriesContext(
        connection,
    ) as first:
        document = enter(cast, words, source)
    with CaptureQueriesContext(connection) as second:
        again = enter(cast, words, source)

    assert again.pk == document.pk
    assert [len(_asked(each)) for each in (first, second)] == [3, 2]


def _asked(found: CaptureQueriesContext) -> list[Any]:
    return [one for one in found.captured_queries if "SAVEPOINT" not in one["sql"]]
