"""The numbers of the first page come in one statement, however many there are."""

from pytest_django import DjangoAssertNumQueries

from yanxiu.cast import Cast
from yanxiu.dashboard.queries import TILES, tiles
from yanxiu.figures.table import Scope


def test_more_numbers_take_no_more_statements(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    scope = Scope(cast.school.pk, cast.school.path, cast.term.span)

    with django_assert_num_queries(1):
        assert len(tiles(scope)) == len(TILES)
