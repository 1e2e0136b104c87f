"""Whatever a file holds, reading ends with documents that lead back to its lines."""

from hypothesis import given, settings
from hypothesis import strategies as st

from yanxiu.documents.reading import read
from yanxiu.planning.reading import read_documents

PIECES = (
    *"一二十第、。，；：（）1.2 \n\n",
    *(
        "三月份:",
        "计划",
        "总结",
        "每学期",
        "每人",
        "不少于",
        "X场",
        "__",
        "周三",
        "下午",
        "组长:",
        "学分",
    ),
    *(
        "目标",
        "问题",
        "校长",
        "語文",
        "⼯作",
        "以上",
        "第二学年:",
        "20节",
        "百分之",
        "第三周",
        "\t",
        "《研究》",
    ),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_any_mixture_of_words_is_read(text: str) -> None:
    outline = read(text.encode(), name="a.txt")
    written = {line.number: line.text.strip() for line in outline.lines}

    for document in read_documents(outline):
        first, last = document.lines
        assert first <= last
        assert all(written[f.line] == f.text for f in document.findings)
        assert all(first <= section.line <= last for section in document.sections)
