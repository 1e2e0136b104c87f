"""A year is closed as a whole, signed, and opened again only with a reason."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection

from yanxiu.cast import NOON, Cast
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.ledger import actions, sealing
from yanxiu.ledger.actions import closing as deeds
from yanxiu.ledger.models import (
    Record,
    SchemeAdoption,
    SnapshotsStay,
    YearClosing,
    YearSnapshot,
)
from yanxiu.ledger.queries import closings
from yanxiu.ledger.queries.cycles import cycle_lines, cycle_years
from yanxiu.ledger.refusals import StillUndecided, YearClosed
from yanxiu.people.models import Teacher

DECEMBER = datetime(2026, 12, 20, 4, 0, tzinfo=UTC)
Take = Callable[..., Record]


def year_of(cast: Cast, start: int = 2026) -> closings.Year:
    years = closings.years_of(cast.school, date(2026, 12, 20))
    return next(year for year in years if year.span.start.year == start)


def test_everybody_is_frozen_with_what_was_reached(
    cast: Cast, zhou: Teacher, wang: Teacher, take_part: Take
) -> None:
    take_part(wang)

    closed = deeds.close_year(year_of(cast), by=zhou, at=DECEMBER)

    frozen = closed.snapshots.get(teacher=wang)
    assert (closed.count, closed.snapshots.count()) == (6, 6)
    assert frozen.standing["year"]["credits"] == "1"
    assert not frozen.met
    assert [one["id"] for one in closings.lines_frozen(closed)[0].lacking]


def test_a_year_of_a_scheme_given_up_is_still_closed_and_one_left_unfinished_is_not(
    cast: Cast, zhou: Teacher, guan: Teacher
) -> None:
    SchemeAdoption.objects.update(starts_on=date(2025, 9, 1))
    adoption = SchemeAdoption.objects.get(organisation=cast.school)
    actions.end_adoption(adoption, ends_on=date(2026, 12, 1), by=guan, at=NOON)

    years = closings.years_of(cast.school, date(2026, 12, 20))

    assert [year.span.start for year in years if year.scheme.id == adoption.scheme] == [
        date(2025, 9, 1)
    ]
    assert deeds.close_year(years[-1], by=zhou, at=DECEMBER).count == 6


def test_both_semesters_are_asked_for(cast: Cast, wang: Teacher) -> None:
    [line] = closings.lines_now([wang], year_of(cast))

    observed = [one for one in line.data["requirements"] if one["scope"] == "semester"]
    assert [one["from"] for one in observed] == ["2026-09-01", "2027-02-01"]


def test_who_may_not_recognise_cannot_close(cast: Cast, li: Teacher, qian: Teacher) -> None:
    for somebody in (li, qian):
        with pytest.raises(NotAllowed):
            deeds.close_year(year_of(cast), by=somebody, at=DECEMBER)


def returned(record: Record) -> None:
    Record.objects.filter(pk=record.pk).update(state=Record.State.RETURNED)


def test_silence_decides_nothing(cast: Cast, zhou: Teacher, wang: Teacher, take_part: Take) -> None:
    returned(take_part(wang))

    with pytest.raises(StillUndecided):
        deeds.close_year(year_of(cast), by=zhou, at=DECEMBER)
    closed = deeds.close_year(year_of(cast), leave_open=True, by=zhou, at=DECEMBER)

    assert closed.left_open == 1


def test_broken_off_in_the_middle_nothing_is_seen_and_closing_again_completes_it(
    cast: Cast, zhou: Teacher, wang: Teacher, take_part: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deeds, "BATCH", 2)

    def cut(done: int, _of: int) -> None:
        if done >= 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        deeds.close_year(year_of(cast), by=zhou, at=DECEMBER, tell=cut)
    assert YearSnapshot.objects.count() == 4
    assert YearSnapshot.objects.shown().count() == 0
    take_part(wang)  # meanwhile life goes on

    closed = deeds.close_year(year_of(cast), by=zhou, at=DECEMBER)

    assert YearClosing.objects.get() == closed
    assert closed.snapshots.count() == closed.count == 6
    assert closed.snapshots.get(teacher=wang).entries == 1
    assert sealing.faults() == []


def test_a_closed_year_is_closed_once(cast: Cast, zhou: Teacher) -> None:
    deeds.close_year(year_of(cast), by=zhou, at=DECEMBER)

    with pytest.raises(YearClosed):
        deeds.close_year(year_of(cast), by=zhou, at=DECEMBER)


def test_reopening_needs_a_reason_and_leaves_the_old_snapshots(cast: Cast, zhou: Teacher) -> None:
    first = deeds.close_year(year_of(cast), by=zhou, at=DECEMBER)
    with pytest.raises(BadInput):
        deeds.reopen_year(first, because=" ", by=zhou, at=DECEMBER)

    deeds.reopen_year(first, because="漏了两条外训", by=zhou, at=DECEMBER)
    second = deeds.close_year(year_of(cast), by=zhou, at=DECEMBER)

    assert second.round == 2
    assert first.snapshots.count() == second.snapshots.count() == 6
    assert sealing.faults() == []


def test_what_comes_late_shows_as_a_change(
    cast: Cast, zhou: Teacher, wang: Teacher, take_part: Take
) -> None:
    take_part(wang)
    closed = deeds.close_year(year_of(cast), by=zhou, at=DECEMBER)

    take_part(wang, date(2026, 11, 2))
    take_part(wang, date(2025, 11, 2))  # another year

    assert closings.changes_after(closed) == {wang.pk: 1}
    [line] = [one for one in closings.lines_frozen(closed) if one.teacher == wang]
    assert (line.changes, line.data["year"]["credits"]) == (1, "1")


def tamper(change: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE ledger_yearsnapshot SET {change}", values)  # noqa: S608


@pytest.mark.parametrize("change", ["met = NOT met", "entries = entries + 1", "digest = 'x'"])
def test_a_changed_snapshot_is_found(cast: Cast, zhou: Teacher, change: str) -> None:
    deeds.close_year(year_of(cast), by=zhou, at=DECEMBER)
    tamper(change)

    assert len(sealing.faults()) == 6


def test_a_removed_snapshot_is_found(cast: Cast, zhou: Teacher) -> None:
    closed = deeds.close_year(year_of(cast), by=zhou, at=DECEMBER)
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM ledger_yearsnapshot WHERE id = %s", [closed.snapshots.get(teacher=zhou).pk]
        )

    [fault] = sealing.faults()
    assert "应有6份快照，现在有5份" in fault


def test_a_frozen_snapshot_cannot_be_changed_by_the_program(cast: Cast, zhou: Teacher) -> None:
    row = deeds.close_year(year_of(cast), by=zhou, at=DECEMBER).snapshots.get(teacher=zhou)

    with pytest.raises(SnapshotsStay):
        row.save()
    with pytest.raises(SnapshotsStay):
        YearSnapshot.objects.all().delete()
    assert YearSnapshot.objects.drop_unfinished() == 0


def test_the_last_frozen_year_gives_the_total_of_the_cycle(
    cast: Cast, zhou: Teacher, wang: Teacher, take_part: Take
) -> None:
    take_part(wang, date(2025, 11, 2))
    take_part(wang)
    for start in (2025, 2026):
        deeds.close_year(year_of(cast, start), by=zhou, at=DECEMBER)
    year = year_of(cast)
    spans = cycle_years(year.scheme, year.span.start)

    schools = type(cast.school).objects.filter(pk=cast.school.pk)
    lines = cycle_lines([wang], schools, year.scheme.id, spans)

    [line] = [one for one in lines if one.teacher == wang]
    assert [row is not None for row in line.years] == [
        span.start.year in {2025, 2026} for span in spans
    ]
    assert line.total[1] == 2
    assert line.met is None
