"""A plan of ten thousand characters is read while nobody notices."""

from time import process_time

from yanxiu.documents.reading import read
from yanxiu.planning.reading import read_documents
from yanxiu.planning.reading.tests.documents import TERM_PLAN

LIMIT = 0.05


def test_ten_thousand_characters_cost_at_most_fifty_milliseconds() -> None:
    chapters = (
        TERM_PLAN.split("六、主要安排")[0]
        + "以课堂为主阵地，每周研讨一次，每人听课不少于两节。" * 380
    )
    data = chapters[:10_000].encode()
    read_documents(read(data, name="计划.txt"))

    spent = []
    for _ in range(5):
        start = process_time()
        read_documents(read(data, name="计划.txt"))
        spent.append(process_time() - start)

    assert min(spent) <= LIMIT
