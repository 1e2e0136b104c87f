from yanxiu.portfolio.tests.test_records_page import *


def test_dbg(log_in, wang, take_part):
    take_part(wang, on=date(2026, 10, 12))
    take_part(wang, on=date(2026, 10, 13), role="main_speaker", title="讲讲估算", kind="lecture")
    wrong = take_part(wang, on=date(2026, 10, 14), title="没有去的一次")
    withdraw(wrong, because="签错了场次", by=None, at=EVENING)
    answer = log_in(wang).get(reverse("portfolio:sheet"))
    EXPECTED.write_text("\n".join(lines_of(answer.content)) + "\n", encoding="utf-8")
