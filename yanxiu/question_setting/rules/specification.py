"""What can be told from a two-way specification table before anybody reads the paper."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

ABILITIES = ("know", "understand", "apply", "judge")
MOSTLY = Decimal("0.7")
"""A paper of which one ability earns more than this share asks for little else."""


@dataclass(frozen=True)
class Question:
    """One row: what the question asks, of which ability, for how many points.

    `difficulty` is the share of the points that pupils will earn, as expected, from 0 to 1.
    """

    number: str
    content: str
    ability: str
    form: str
    points: Decimal
    difficulty: Decimal | None = None


@dataclass(frozen=True)
class Share:
    """How many points something earns, and which share of all."""

    name: str
    points: Decimal
    percent: int


@dataclass(frozen=True)
class Checked:
    """What the table adds up to, and sentences on what to look at again."""

    points: Decimal
    difficulty: Decimal | None
    abilities: tuple[Share, ...]
    forms: tuple[Share, ...]
    contents: tuple[Share, ...]
    findings: tuple[str, ...]


def check(
    questions: Sequence[Question],
    *,
    total: Decimal,
    difficulty: tuple[Decimal, Decimal],
    names: dict[str, str],
) -> Checked:
    """Add the table up; findings are advice, none of them stops a paper.

    Args:
        questions: the rows in their order.
        total: the full marks that the paper should have.
        difficulty: from and to which expected share of points suits the school.
        names: what people call the abilities.
    """
    points = sum((one.points for one in questions), Decimal(0))
    mean = _mean(questions)
    abilities = _shares(((one.ability, one.points) for one in questions), points)
    return Checked(
        points=points,
        difficulty=mean,
        abilities=tuple(
            Share(names.get(one.name, one.name), one.points, one.percent) for one in abilities
        ),
        forms=_shares(((one.form or "没写题型", one.points) for one in questions), points),
        contents=_shares(((one.content, one.points) for one in questions), points),
        findings=tuple(_findings(questions, points, total, mean, difficulty, names)),
    )


def _mean(questions: Sequence[Question]) -> Decimal | None:
    """Return the expected share of all points, weighted; None until each question has its own."""
    known = [(one.difficulty, one.points) for one in questions if one.difficulty is not None]
    points = sum((each for _share, each in known), Decimal(0))
    if not points or len(known) < len(questions):
        return None
    earned = sum((share * each for share, each in known), Decimal(0))
    return (earned / points).quantize(Decimal("0.01"))


def _shares(rows: Iterable[tuple[str, Decimal]], points: Decimal) -> tuple[Share, ...]:
    found: dict[str, Decimal] = {}
    for name, each in rows:
        found[name] = found.get(name, Decimal(0)) + each
    return tuple(
        Share(name, each, round(each * 100 / points) if points else 0)
        for name, each in sorted(found.items(), key=lambda item: -item[1])
    )


def _findings(  # noqa: PLR0917 (each finding looks at another of them)
    questions: Sequence[Question],
    points: Decimal,
    total: Decimal,
    mean: Decimal | None,
    difficulty: tuple[Decimal, Decimal],
    names: dict[str, str],
) -> Iterable[str]:
    if not questions:
        return
    if points != total:
        yield f"各题加起来是{_plain(points)}分，满分写的是{_plain(total)}分。"
    twice = [
        number for number, count in Counter(one.number for one in questions).items() if count > 1
    ]
    if twice:
        yield f"题号写了两次：{'、'.join(twice)}。"
    empty = [one.number for one in questions if not one.content.strip()]
    if empty:
        yield f"没有写考查内容：第{'、'.join(empty)}题。"
    without = [one.number for one in questions if one.difficulty is None]
    if without and len(without) < len(questions):
        yield f"没有估难度：第{'、'.join(without)}题。"
    low, high = difficulty
    if mean is not None and not low <= mean <= high:
        harder = "偏难" if mean < low else "偏易"
        yield f"预计得分率{mean}，{harder}；本校一般在{low}到{high}之间。"
    for share in _shares(((one.ability, one.points) for one in questions), points):
        if points and share.points > points * MOSTLY:
            yield f"“{names.get(share.name, share.name)}”占{share.percent}%，别的层次考得少。"


def _plain(amount: Decimal) -> str:
    return f"{amount.normalize():f}"
