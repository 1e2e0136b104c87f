"""Reading is steady: noise adds nothing, blanked numbers leave no amounts, scripts are one."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yanxiu.documents.reading import read
from yanxiu.planning.reading import Finding, read_documents
from yanxiu.planning.reading.tests.documents import REPORT, SCHEME, SUMMARY, TERM_PLAN
from yanxiu.texts.keys import traditional

TEXTS = (TERM_PLAN, SUMMARY, SCHEME, REPORT)
NOISE = (
    "窗外的梧桐又绿了。",
    "这是一段与研修无关的话，写的是春天的风。",
    "食堂今天的汤很香。",
    "远处传来了钟声，大家慢慢散去。",
    "一只猫从墙头走过。",
)
NUMBERS = re.compile(r"[0-9０-９〇零一二三四五六七八九十百千万两几%％]+(?![是中年级贯])")


def findings(text: str) -> list[Finding]:
    return [f for d in read_documents(read(text.encode(), name="文.txt")) for f in d.findings]


def told(text: str) -> Iterator[tuple[str, str, str | None]]:
    return ((f.kind, str(f.value), f.unit) for f in findings(text))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(NOISE), max_size=12))
def test_noise_in_any_order_is_no_finding(lines: list[str]) -> None:
    assert findings("\n".join(["随笔一则", *lines])) == []


@settings(max_examples=40, deadline=None)
@given(st.permutations(NOISE))
def test_noise_at_the_end_adds_nothing(lines: list[str]) -> None:
    assert list(told(SUMMARY + "\n".join(lines))) == list(told(SUMMARY))


@pytest.mark.parametrize("text", TEXTS)
def test_without_numbers_there_are_no_amounts(text: str) -> None:
    title, _, body = text.partition("\n")

    found = findings(title + "\n" + NUMBERS.sub("", body))

    counted = {"quantity", "quota", "target", "theme"}
    assert [f for f in found if f.kind in counted] == []
    assert [f for f in found if f.kind == "credit" and f.value is not None] == []
    assert all(f.inferred for f in found if f.kind == "rhythm")


@pytest.mark.parametrize("text", TEXTS)
def test_a_document_read_twice_is_the_same(text: str) -> None:
    outline = read(text.encode(), name="文.txt")

    assert read_documents(outline) == read_documents(outline)


@pytest.mark.parametrize("text", TEXTS)
def test_traditional_script_says_the_same(text: str) -> None:
    assert list(told(traditional(text))) == list(told(text))
