"""Every figure equals an independent count on the demo school, made through the actions."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import time_machine

from tests.recount.asking import Question
from tests.recount.counts import COUNTS
from yanxiu.config.demo import load
from yanxiu.figures.table import Scope, all_figures
from yanxiu.kernel.spans import day_of
from yanxiu.people.models import Organisation, Unit
from yanxiu.terms.models import Term

pytestmark = [pytest.mark.once, pytest.mark.django_db]
NOW = datetime(2026, 11, 20, 1, tzinfo=UTC)


def test_figures_and_counts_agree_on_the_demo_school() -> None:
    with time_machine.travel(NOW, tick=False):
        load(lambda _told: None, NOW)
        wrong = []
        for organisation in Organisation.objects.all():
            for term in Term.objects.all():
                whole = Scope(organisation.pk, organisation.path, term.span)
                units = Unit.objects.filter(organisation=organisation)[:3]
                for scope in [whole, *(replace(whole, unit=unit.pk) for unit in units)]:
                    question = Question(scope, NOW, day_of(NOW))
                    for code, figure in all_figures().items():
                        told, counted = figure.value(scope), COUNTS[code](question)
                        if told != counted:
                            wrong.append((code, scope, told, counted))

    assert wrong == []
