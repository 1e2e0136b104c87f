"""A copy is found whatever was done to its look, and an edited one by how much is left."""

import pytest

from yanxiu.texts.fingerprints import fingerprints, likeness

TEXT = (
    "每周三下午各教研组围绕一节研究课开展评议，先由执教者说明设计，再由同伴依据课堂记录提出"
    "问题，最后由组长归纳两条可以马上试行的做法，并在下一周的课上加以检验。"
)
OTHER = "寒假前图书室整理旧刊，登记缺损，把适合低年级的绘本另架陈列，方便班级借阅。"


def like(one: str, other: str) -> float:
    return likeness(fingerprints(one), fingerprints(other))


@pytest.mark.parametrize(
    "copy",
    [
        TEXT.replace("，", ", ").replace("。", " 。\n"),
        TEXT.replace("组", "組").replace("节", "節").replace("议", "議"),
        OTHER + TEXT + OTHER,
    ],
)
def test_a_copy_is_a_copy_in_any_dress_and_inside_a_longer_text(copy: str) -> None:
    assert like(TEXT, copy) == 1.0


def test_a_copy_with_some_words_changed_is_still_alike() -> None:
    edited = TEXT.replace("下午", "上午").replace("执教者", "上课教师").replace("两条", "三条")

    assert 0.5 <= like(TEXT, edited) < 1.0


def test_another_text_is_not_alike() -> None:
    assert like(TEXT, OTHER) <= 0.05


def test_a_fingerprint_is_the_same_everywhere_and_fits_a_database() -> None:
    assert fingerprints("校本研修计划") == {1191643020}
    assert all(0 <= one < 2**32 for one in fingerprints(TEXT))
    assert 25 <= len(fingerprints(TEXT)) * 100 // len(TEXT) <= 45


def test_nothing_is_like_nothing() -> None:
    assert fingerprints("，。 \n") == frozenset()
    assert likeness(frozenset(), fingerprints(TEXT)) == 0.0
    assert len(fingerprints("目标")) == 1
