"""A paper that came back is put right without typing it anew, and nothing that was done is lost."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.attachments.models import Attachment
from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.kernel.refusals import BadInput
from yanxiu.ledger import actions as ledger
from yanxiu.ledger.actions import transferring
from yanxiu.ledger.models import Record, Transfer
from yanxiu.ledger.rules.tests.test_auditing import SMALL
from yanxiu.people.models import Teacher
from yanxiu.verification.tests.test_transfer import LINE

PDF = b"%PDF-1.4 a made-up paper"
TWENTY = replace(LINE, title="外县集中培训", amount=Decimal(20), unit="hour")


@pytest.fixture
def table(cast: Cast, clock: object) -> None:
    """A second scheme beside that of the house, which takes hours from elsewhere by a table."""
    central = cast.school.parent
    assert central is not None
    file = ledger.start_draft(central, SMALL, by=None, at=MORNING)
    ledger.publish_scheme(file, edition=file.edition, by=None, at=MORNING)
    ledger.adopt_scheme(
        central, "made-up-sample", starts_on=date(2026, 9, 1), by=None, at=MORNING, version="2026"
    )


@pytest.fixture
def paper(cast: Cast, wang: Teacher, clock: object) -> Transfer:
    return transferring.bring(
        wang, cast.school, issuer="松岭县", document="学时证明2026-18号", lines=[TWENTY, LINE],
        by=wang, at=NOON, file=("证明.pdf", PDF),
    )  # fmt: skip


def open_(client: Client, reader: Teacher, address: str) -> Any:
    client.force_login(reader)
    return client.get(address)


def decide(client: Client, row: Transfer, by: Teacher, **form: str) -> Any:
    client.force_login(by)
    return client.post(reverse("verification:transfer_decide", args=[row.uid]), form)


def fields_of(answer: Any) -> dict[str, str]:
    """What the page would send if nothing were touched."""
    found = {}
    for form in (answer.context["form"], answer.context["lines"].management_form,
                 *answer.context["lines"]):  # fmt: skip
        for bound in form:
            value = bound.value()
            found[bound.html_name] = "" if value is None else str(value)
    return {name: text for name, text in found.items() if not name.endswith("file")}


def test_what_was_typed_before_stands_there_and_is_brought_with_its_file(
    paper: Transfer, client: Client, wang: Teacher, zhou: Teacher
) -> None:
    transferring.return_transfer(paper, because="第二行的数不对", by=zhou, at=NOON)
    page = open_(client, wang, reverse("verification:transfer", args=[paper.uid])).content.decode()
    address = f"{reverse('verification:bring')}?again={paper.uid}"
    assert address in page

    asked = open_(client, wang, address)
    assert "第二行的数不对" in asked.content.decode()
    sent = fields_of(asked)
    amount = next(name for name, text in sent.items() if text == "6" and "amount" in name)
    answer = client.post(address, {**sent, amount: "5"})

    again = Transfer.objects.exclude(pk=paper.pk).get()
    assert answer.status_code == 302
    assert sorted(again.lines.values_list("amount", flat=True)) == [5, 20]
    assert (again.issuer, again.document) == (paper.issuer, paper.document)
    assert Attachment.objects.get(source_id=again.uid).name == "证明.pdf"
    page = open_(client, wang, reverse("verification:transfer", args=[paper.uid])).content.decode()
    assert address not in page
    assert reverse("verification:transfer", args=[again.uid]) in page


def test_a_line_that_is_emptied_is_left_out(
    paper: Transfer, client: Client, wang: Teacher, zhou: Teacher
) -> None:
    transferring.return_transfer(paper, because="第一行不算", by=zhou, at=NOON)
    address = f"{reverse('verification:bring')}?again={paper.uid}"
    sent = fields_of(open_(client, wang, address))
    first = "line-0-" if sent["line-0-title"] == TWENTY.title else "line-1-"
    empty = {first + name: "" for name in ("title", "starts_on", "last_on", "amount")}
    client.post(address, {**sent, **empty, f"{first}delivery_mode": "distance"})

    again = Transfer.objects.exclude(pk=paper.pk).get()
    assert [line.title for line in again.lines.all()] == [LINE.title]


def test_only_what_came_back_is_brought_again_and_by_whom_it_concerns(
    paper: Transfer, cast: Cast, client: Client, wang: Teacher, li: Teacher, zhou: Teacher
) -> None:
    address = f"{reverse('verification:bring')}?again={paper.uid}"
    assert open_(client, wang, address).status_code == 404
    with pytest.raises(BadInput, match="现在没有退回"):
        transferring.bring(
            wang, cast.school, issuer="松岭县", document="另一份", lines=[LINE], by=wang, at=NOON,
            instead_of=paper,
        )  # fmt: skip
    transferring.return_transfer(paper, because="请附原件", by=zhou, at=NOON)
    assert open_(client, li, address).status_code == 404


def test_a_reason_that_is_missing_is_asked_for_at_its_field(
    paper: Transfer, client: Client, zhou: Teacher
) -> None:
    answer = decide(client, paper, zhou, do="return", because="")
    assert (answer.status_code, 'id="id_because_error"' in answer.content.decode()) == (422, True)
    decide(client, paper, zhou, do="accept")

    answer = decide(client, paper, zhou, do="undo", because=" ")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请写一句为什么撤回" in page
    assert 'id="id_because_error"' in page
    assert "这一步不能办" not in page


@pytest.mark.usefixtures("table")
def test_each_way_says_its_factor_and_what_every_scheme_would_give(
    paper: Transfer, client: Client, zhou: Teacher
) -> None:
    address = reverse("verification:transfer", args=[paper.uid])
    page = open_(client, zhou, address).content.decode()

    assert "外县学时折成学分：× 0.1 → 2 学分，合 20 学时" in page
    assert "按原数计 6 学分，合 60 学时" in page  # in the unit in which the scheme asks
    # The scheme without the table takes the whole amount, whatever is chosen for the other.
    ways = re.findall(r'type="radio".*?</label>', page, re.DOTALL)
    assert [way.count("按原数计 20") for way in ways] == [2, 1]
    assert all("《虚构县抽查办法》" in way and way.count("《") == 2 for way in ways)


@pytest.mark.usefixtures("table")
def test_where_there_is_a_choice_it_is_made_and_the_paper_says_afterwards_what_it_gave(
    paper: Transfer, client: Client, zhou: Teacher, wang: Teacher
) -> None:
    refused = decide(client, paper, zhou, do="accept")
    assert (refused.status_code, Record.objects.count()) == (422, 0)
    assert "还没有选怎样转入" in refused.content.decode()

    line = paper.lines.get(unit="hour")
    decide(client, paper, zhou, do="accept", **{f"row-{line.uid}": "from-hours"})
    decide(client, paper, zhou, do="undo", because="证明是别人的")

    page = open_(client, wang, reverse("verification:transfer", args=[paper.uid])).content.decode()
    assert "× 0.1 → 2 学分" in page
    assert page.count("按原数转入") == 3
    assert page.count("已撤回</span>") == 2
    trail = page[page.index('<ol class="trail">') :]
    told = [entry.split("</time>")[1] for entry in re.findall(r"<li>(.*?)</li>", trail)]
    assert told == ["王老师 · 提交", "周主任 · 转入", "周主任 · 撤回转入：证明是别人的"]
