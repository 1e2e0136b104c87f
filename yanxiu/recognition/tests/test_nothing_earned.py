"""What earns nothing is said before it is sent, and why, wherever 不计 stands afterwards."""

import re
from decimal import Decimal

from django.test import Client
from django.urls import reverse

from yanxiu.cast import NOON, Cast
from yanxiu.people.models import Teacher
from yanxiu.recognition import actions
from yanxiu.recognition.tests.conftest import COURSE, PDF


def test_before_sending_it_is_said_which_levels_earn_nothing(
    cast: Cast, wang: Teacher, client: Client
) -> None:
    client.force_login(wang)

    form = client.get(reverse("recognition:declare") + "?kind=paper").content.decode()

    [said] = re.findall(r"按《[^》]+》，([^。]*)不计。", form)
    assert "组级" in said
    assert "区县级" not in said


def test_why_something_earns_nothing_stands_beside_it_for_the_person_and_who_decides(
    cast: Cast, wang: Teacher, zhou: Teacher, client: Client
) -> None:
    proof = actions.Proof("封面.pdf", PDF)
    facts = {**COURSE, "amount": Decimal(1), "organiser_level": "group"}
    made = actions.declare(cast.school, "paper", facts, proof=proof, by=wang, at=NOON)

    own = reverse("recognition:declaration", args=[made.uid])
    for reader, address in ((wang, own), (zhou, reverse("recognition:queue"))):
        client.force_login(reader)
        assert re.search(r"不计：本条没有规定“组级”的标准", client.get(address).content.decode())
