"""A word of one, two or more characters is found exactly where it stands, on either database."""

import json
import re
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yanxiu.search.engines import Page, engine
from yanxiu.search.words import Word, asked, plain, tokens

TEXTS = {
    1: "校本研修的第一课：分数的初步认识。",
    2: "校本教材，研修记录；第二课。",
    3: "題目很难，学生问了三次。Python 3.11 可以画图",
    4: "問題在于研，修的人不多，26次討論3D打印Word文檔",
    5: "课题研究的开题报告" + "，其他" * 30 + "最后一句是结题",
    6: "数学" * 2_500 + "。远处的一句话在这里" + "语文" * 300,
}
QUERIES = [
    "题", "问", "研修", "课题", "校本研修", "分数的初步认识", "python", "3", "11", "数学语文",
    "题 课", "研修 课", "远处的一句话", "数学 远处的一句话", "開題報告", "没有的词",
    "次讨论", "3d", "打印", "word文档", "26", "修的人",
    "次", "语文",
]  # fmt: skip


@pytest.fixture
def filled(db: None) -> None:
    for key, text in TEXTS.items():
        engine().write(key, tokens(text), [f"x{key % 2}", "any"])


def found(words: list[Word], **more: Any) -> list[int]:
    """Return what the engine finds, the oldest first."""
    (keys,) = engine().find([Page(words, **more)])
    return keys[::-1]


def by_eye(query: str) -> list[int]:
    """Return what a reader would find: letters in a row, Latin from the beginning of a word."""
    there = []
    for key, text in TEXTS.items():
        words = [word.text for word in asked(query)]
        runs = plain(text)
        if all(_stands(word, runs) for word in words):
            there.append(key)
    return there


def _stands(word: str, text: str) -> bool:
    if not word.isascii():
        return word in text
    each = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in text)
    return any(one == word or (one.startswith(word) and not word.isdigit()) for one in each.split())


@pytest.mark.parametrize("query", QUERIES)
def test_what_is_found_is_what_one_would_find_by_eye(filled: None, query: str) -> None:
    assert found(asked(query)) == by_eye(query)


def test_labels_narrow_and_leave_out(filled: None) -> None:
    words = asked("课")

    assert found(words, needs=[["x0", "x7"], ["any"]]) == [2]
    assert found(words, needs=[["any"]], without=["x0"]) == [1, 5]


def test_the_newest_come_first_and_the_next_ones_below_them(filled: None) -> None:
    words = asked("课")

    pages = [Page(words, limit=2), Page(words, before=5, limit=1)]
    assert engine().find(pages) == [[5, 2], [2]]


@pytest.mark.parametrize("query", ["数学数学", "数学", "数学 语文", "学数学 文语"])
def test_a_long_text_with_the_words_in_all_its_parts_counts_once(db: None, query: str) -> None:
    long = "数学" * 1_500 + "语文" * 1_500 + "数学语文" * 1_000
    for key in (1, 2, 3):
        engine().write(key, tokens(long), ["any"])

    (keys,) = engine().find([Page(asked(query), needs=[["any"]], limit=2)])

    assert keys == [3, 2]


EACH = {"三角形": 3, "十分位": 10, "四边形": 40}
OLD = 12


@pytest.fixture
def many(db: None) -> dict[int, set[str]]:
    """Entries with a word that stands in all, some in every third or fortieth, one in the old."""
    has: dict[int, set[str]] = {}
    for key in range(1, 201):
        words = {"学生", *(word for word, each in EACH.items() if key % each == 0)}
        words |= {"旧课本"} if key <= OLD else set()
        label = "x1" if key <= OLD else "x2"
        # Every fiftieth is long, and has its words in different pieces of it.
        between = "，其他" * 1_200 if key % 50 == 0 else "，"
        engine().write(key, tokens(between.join(sorted(words))), [label])
        has[key] = {*words, label}
    return has


@pytest.mark.parametrize(
    "query",
    ["学生", "学", "三角形", "四边形", "旧课本", "学生 十分位", "三角形 十分位", "学生 旧课本", ""],
)
def test_however_common_a_word_is_the_newest_are_found(
    many: dict[int, set[str]], query: str
) -> None:
    pages, there = [], []
    for label, before in product(["x1", "x2"], [0, 1, 12, 100, 151]):
        pages.append(Page(asked(query), [[label]], (), before, 3))
        narrow = [key for key, has in many.items() if label in has and key < (before or 999)]
        words = query.split()
        right = [key for key in narrow if all(_begins(word, many[key]) for word in words)]
        there.append(right[:-4:-1])

    assert engine().find(pages) == there


def _begins(word: str, has: set[str]) -> bool:
    return any(one.startswith(word) for one in has)


def test_for_common_ones_that_never_meet_not_every_entry_is_read(db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("FTS5 goes through its lists of both in step")
    rows = (
        "INSERT INTO search_words SELECT one, 0, 1, CASE one % 2 WHEN 0 "
        "THEN '''学生'' ''@x1'''::tsvector ELSE '''教材'' ''@x2''' END "
        "FROM generate_series(1, 20000) AS one"
    )
    with connection.cursor() as cursor:
        cursor.execute(rows)
        cursor.execute("SELECT gin_clean_pending_list('search_words_by_word')")
        cursor.execute("ANALYZE search_words")
        with CaptureQueriesContext(connection) as captured:
            assert engine().find([Page(asked("学生"), [["x2"]], limit=60)]) == [[]]
        cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + captured[0]["sql"])
        plan = json.dumps(cursor.fetchone()[0])

    read = re.findall(r'"Rows Removed by Filter": (\d+)', plan)
    assert 0 < sum(map(int, read)) < 2_000


def test_what_is_written_again_or_dropped_is_found_no_more(filled: None) -> None:
    engine().write(1, tokens("别的话"), ["any"])
    engine().drop([2])

    assert found(asked("校本")) == []
    assert found(asked("别的")) == [1]


def test_signs_that_mean_something_to_an_engine_mean_nothing_here(filled: None) -> None:
    assert asked("\"'*&|!<->():-") == []
    assert found(asked("研修\" OR tokens:'")) == []


def test_the_form_that_is_compared_has_the_length_of_the_text() -> None:
    odd = "ﬁ㎡①ǅİ⺮⾼問題\U00020089"

    assert len(plain(odd)) == len(odd)
    assert plain("問題ＡＢ") == "问题ab"
