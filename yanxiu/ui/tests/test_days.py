"""A day typed by mistake into another century is told at once, and nothing overflows behind it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from yanxiu.ui.days import DayField


@pytest.mark.parametrize("typed", ["0001-01-01", "1899-12-31", "2101-01-01", "9999-12-31"])
def test_a_day_nobody_means_is_refused_with_the_years_that_are_meant(typed: str) -> None:
    with pytest.raises(ValidationError, match="1950年到2100年"):
        DayField().clean(typed)


def test_a_form_may_have_bounds_of_its_own() -> None:
    field = DayField(first=date(2000, 1, 1))

    assert field.clean("2000-01-01") == date(2000, 1, 1)
    assert 'min="2000-01-01"' in str(field.widget.render("day", None, field.widget.attrs))
    with pytest.raises(ValidationError, match="2000年"):
        field.clean("1999-12-31")
