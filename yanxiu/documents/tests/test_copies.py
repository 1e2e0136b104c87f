"""What stands twice is found, with the places of both; what is only similar work is not."""

from pathlib import Path

from yanxiu.documents.copies import Copy, Place, copied_paragraphs, twins
from yanxiu.documents.outline import Line, in_simplified
from yanxiu.documents.reading import read
from yanxiu.documents.reading.parts import parts

LESSON = (
    "每周三下午各教研组围绕一节研究课开展评议，先由执教者说明设计，再由同伴依据课堂记录提出问题，"
    "最后由组长归纳两条可以马上试行的做法。"
)
BOOKS = "寒假前图书室整理旧刊，登记缺损，把适合低年级的绘本另架陈列，方便班级借阅和亲子共读。"
PLAY = "体育组利用大课间组织跳绳、踢毽和接力，分年级制定达标办法，每月公布一次进步较大的班级。"

GARDEN = (
    "劳动基地按年级划分地块，学生自选作物，记录出苗、开花、结果的日期，秋后办一次小小的农产品展。"
)
CHOIR = "合唱队每周排练两次，曲目由队员投票选出，元旦前在社区和敬老院各演一场，并留下录音存档。"


def lines(text: str) -> tuple[Line, ...]:
    return in_simplified(read(text.encode(), name="a.txt")).lines


def test_a_paragraph_copied_into_another_file_is_found_in_any_script() -> None:
    copy = LESSON.replace("组织", "組織").replace("课", "課").replace("，", ",")

    (found,) = copied_paragraphs([lines(f"{LESSON}\n{BOOKS}"), lines(f"\n{PLAY}\n{copy}")])

    assert found == Copy(Place(1, 3, 3), Place(0, 1, 1), 1.0)


def test_an_edited_copy_says_how_much_is_left() -> None:
    edited = LESSON.replace("每周三下午各教研组", "每月各备课组").replace("执教者", "上课教师")

    (found,) = copied_paragraphs([lines(LESSON), lines(edited)])

    assert 0.5 <= found.likeness < 1


def test_two_sentences_inside_two_other_paragraphs_are_found() -> None:
    (found,) = copied_paragraphs([lines(f"{BOOKS}{LESSON}{GARDEN}\n{CHOIR}{LESSON}{PLAY}")])

    assert (found.place.first, found.of.first) == (2, 1)
    assert found.likeness < 0.5


def test_a_copy_broken_over_lines_has_both_of_them() -> None:
    broken = LESSON.replace("先由", "\n\n先由")

    (found,) = copied_paragraphs([lines(LESSON), lines(broken)])

    assert found.place == Place(1, 1, 3)


def test_headings_and_set_phrases_are_no_copies() -> None:
    text = "一、指导思想\n以课程标准为依据，立足课堂。\n"

    assert copied_paragraphs([lines(text + LESSON), lines(text + BOOKS), lines(text + PLAY)]) == ()


def test_a_text_that_stands_in_another_is_its_twin() -> None:
    found = twins([lines(LESSON + BOOKS), lines(PLAY), lines(f"{PLAY}\n{LESSON}\n{BOOKS}")])

    assert [(twin.text, twin.of, twin.likeness >= 0.9) for twin in found] == [
        (2, 0, True), (2, 1, True),
    ]  # fmt: skip


def test_the_samples_are_four_different_schools(samples: Path) -> None:
    texts = [
        part.lines
        for path in sorted((samples / "documents").glob("*.txt"))
        for part in parts(in_simplified(read(path.read_bytes(), name=path.name)))
    ]

    assert twins(texts) == ()
