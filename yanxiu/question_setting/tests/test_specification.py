"""The specification table is added up, and what looks odd is said without stopping anybody."""

from decimal import Decimal

from yanxiu.question_setting.rules.pasting import pasted
from yanxiu.question_setting.rules.specification import Checked, Question, check

NAMES = {"know": "了解", "understand": "理解", "apply": "运用", "judge": "综合"}


def checked(*rows: Question, total: int = 100) -> Checked:
    bounds = (Decimal("0.60"), Decimal("0.85"))
    return check(rows, total=Decimal(total), difficulty=bounds, names=NAMES)


def row(number: str, ability: str, points: int, difficulty: str | None = "0.7") -> Question:
    share = Decimal(difficulty) if difficulty else None
    return Question(number, "周长", ability, "选择", Decimal(points), share)


def test_a_sound_table_adds_up_without_a_word() -> None:
    made = checked(row("1", "know", 40), row("2", "apply", 60, "0.8"))

    assert (made.points, made.difficulty) == (Decimal(100), Decimal("0.76"))
    assert made.findings == ()
    assert [(one.name, one.percent) for one in made.abilities] == [("运用", 60), ("了解", 40)]


def test_points_numbers_and_contents_are_looked_at() -> None:
    rows = (
        row("1", "know", 40),
        row("1", "apply", 30),
        Question("3", " ", "judge", "", Decimal(20)),
    )

    told = "".join(checked(*rows).findings)

    assert "加起来是90分，满分写的是100分" in told
    assert "题号写了两次：1" in told
    assert "没有写考查内容：第3题" in told
    assert "没有估难度：第3题" in told


def test_too_hard_and_too_much_of_one_ability_are_told() -> None:
    told = "".join(checked(row("1", "judge", 80, "0.3"), row("2", "know", 20, "0.5")).findings)

    assert "预计得分率0.34，偏难" in told
    assert "“综合”占80%" in told


def test_an_empty_table_says_nothing() -> None:
    assert checked().findings == ()


def test_a_pasted_table_without_headings_stands_in_the_order_of_the_form() -> None:
    rows = pasted(
        "第1题\t周长\t理解\t选择\t20\t0.7\n2、\t面积\t分析\t解答\t１５分\t\n总计\t\t\t\t35"
    )

    assert [(row["number"], row["ability"], row["points"]) for row in rows] == [
        ("1", "理解", "20"),
        ("2", "综合", "15"),
    ]
    assert pasted("") == pasted("一句话") == []


def test_a_pasted_question_is_never_left_out_nor_its_points_guessed() -> None:
    rows = pasted("1\t周长\t理解\t选择\t\t\n2\t面积\t会画\t解答\t2分×5\t")

    assert [(row["number"], row["points"]) for row in rows] == [("1", ""), ("2", "2分×5")]
