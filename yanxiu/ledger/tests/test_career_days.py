"""The own cycle and the retirement of a teacher are what the standing is reckoned by."""

from datetime import date

import pytest

from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.kernel.spans import Span, day_of
from yanxiu.ledger import actions
from yanxiu.ledger.actions.keeping import mark_other_persons, refresh
from yanxiu.ledger.models import SchemeAdoption, StandingRow
from yanxiu.ledger.queries import standings
from yanxiu.ledger.queries.closings import reached, years_of
from yanxiu.ledger.queries.cycles import CycleLine, FrozenYear
from yanxiu.ledger.queries.standing_rows import not_true
from yanxiu.ledger.rules.standing import Standing
from yanxiu.people.actions.editing import edit_teacher
from yanxiu.people.models import Teacher

TODAY = day_of(NOON)


@pytest.fixture(autouse=True)
def _national(cast: Cast) -> None:
    """The school reckons by a scheme whose cycles are each teacher's own."""
    SchemeAdoption.objects.all().delete()
    actions.adopt_scheme(
        cast.school, "cn-national-360", starts_on=date(2020, 1, 1), by=None, at=MORNING
    )


def keep(cast: Cast, teacher: Teacher, **days: str) -> None:
    edit_teacher(teacher, days, by=cast.people["guan"], at=NOON)


def stand(cast: Cast, teacher: Teacher) -> Standing:
    [found] = standings(Teacher.objects.get(pk=teacher.pk), cast.school, TODAY)
    return found.standing


def test_the_cycle_is_the_teachers_own_once_it_is_known(cast: Cast, wang: Teacher) -> None:
    before = stand(cast, wang).cycle.span

    keep(cast, wang, cycle_from="2023-06-20")

    assert before == Span(date(2026, 1, 1), date(2031, 1, 1))
    assert stand(cast, wang).cycle.span == Span(date(2023, 6, 20), date(2028, 6, 20))


def test_who_retires_in_the_own_cycle_is_asked_for_nothing_in_any_year(
    cast: Cast, wang: Teacher, li: Teacher
) -> None:
    keep(cast, wang, cycle_from="2023-06-20", retires="2028-05")
    keep(cast, li, cycle_from="2023-06-20", retires="2028-07")

    leaving, staying = (
        {one.id: one.required for one in stand(cast, each).requirements} for each in (wang, li)
    )

    assert [leaving["total"], leaving["yearly-guide"]] == [0, 0]
    assert [staying["total"], staying["yearly-guide"]] == [360, 72]


def test_the_kept_row_is_old_at_once_and_reckoned_anew(cast: Cast, wang: Teacher) -> None:
    refresh(at=NOON)

    keep(cast, wang, retires="2027-01")

    [old] = StandingRow.objects.filter(not_true(TODAY))
    assert (old.teacher, old.state) == (wang, "missing")
    refresh(at=NOON)
    assert StandingRow.objects.get(teacher=wang).state == "exempt"
    assert mark_other_persons(NOON) == 0


def test_a_refused_change_leaves_the_row_as_it_was(cast: Cast) -> None:
    refresh(at=NOON)
    guan = cast.people["guan"]

    with pytest.raises(Exception, match="不能由自己填"):
        edit_teacher(guan, {"retires": "2027-01"}, by=guan, at=NOON)

    assert not StandingRow.objects.filter(not_true(TODAY)).exists()


def test_the_closing_freezes_the_own_cycle_and_what_is_waived(cast: Cast, wang: Teacher) -> None:
    keep(cast, wang, cycle_from="2023-06-20", retires="2028-05")
    year = years_of(cast.school, TODAY)[0]

    data = reached([Teacher.objects.get(pk=wang.pk)], year)[wang.pk]

    assert (data["cycle"]["from"], data["cycle"]["to"]) == ("2023-06-20", "2028-06-20")
    assert data["met"] is True
    assert {one["required"] for one in data["requirements"] if one["id"] == "total"} == {"0"}


def test_the_list_of_a_cycle_asks_of_an_own_one_only_the_years_that_touch_it() -> None:
    spans = [Span(date(year, 1, 1), date(year + 1, 1, 1)) for year in range(2026, 2031)]

    def line(first: str, end: str) -> CycleLine:
        cycle = {"from": first, "to": end}
        frozen = FrozenYear(None, met=True, year={}, cycle=cycle, exemptions=())
        years = [frozen if span.end.isoformat() > first else None for span in spans]
        return CycleLine(Teacher(), years, 0, spans)

    joined_late = line("2027-06-20", "2030-12-01")
    still_running = line("2027-06-20", "2032-06-20")
    of_the_place = line("2026-01-01", "2031-01-01")

    assert (joined_late.years[0], joined_late.met) == (None, True)
    assert still_running.met is None
    assert (of_the_place.own_cycle, of_the_place.met) == (None, True)
