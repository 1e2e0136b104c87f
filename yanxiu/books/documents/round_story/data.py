"""What stands in the story of a round."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from yanxiu.books.models import CommonRound, ReadingShare
from yanxiu.books.queries.rounds import Story
from yanxiu.ui.wording import day_text, days_text, moment_text


@dataclass(frozen=True)
class RoundStory:
    """A round on paper."""

    title: str
    among: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[tuple[str, str, str], ...]
    meetings: tuple[tuple[str, str, str], ...]
    texts: tuple[tuple[str, str], ...]
    shares: tuple[tuple[str, str], ...]
    notes: tuple[tuple[str, str], ...]


def facts_of(found: CommonRound, story: Story, shares: Sequence[ReadingShare]) -> RoundStory:
    """Return the round as it goes to paper."""
    joined = f"{len(story.readers)} 人参加，{story.read_by} 人读完" if story.readers else ""
    facts = (
        ("书", " ".join(filter(None, [found.book.named, found.book.author]))),
        ("召集人", found.leader.name),
        ("时间", days_text(found.starts_on, found.ends_on - timedelta(days=1))),
        ("参加", joined),
        ("想读出什么", found.purpose),
    )
    texts = (
        ("在课上试了什么", found.practice),
        ("带动了学生什么", found.effect),
        ("学生的读书活动", found.pupil_activity),
    )
    return RoundStory(
        title=f"共读{found.book.named}纪实",
        among=found.among,
        facts=tuple((name, text) for name, text in facts if text),
        parts=tuple((day_text(one.due_on), one.name, one.leader_name) for one in story.parts),
        meetings=tuple(
            (moment_text(one.session.starts_at), one.session.title, f"{one.came} 人到场")
            for one in story.meetings
        ),
        texts=tuple((name, text) for name, text in texts if text),
        shares=tuple(
            ("　".join(filter(None, [one.teacher.name, one.about])), one.text) for one in shares
        ),
        notes=tuple((one.title, one.teacher.name) for one in story.notes),
    )
