"""What is claimed, recognised, verified and certified, and the schemes it is counted by."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Model

from tests.conftest import SINCE
from yanxiu.certificates import actions as certificates
from yanxiu.certificates.actions import registering
from yanxiu.certificates.columns import shipped
from yanxiu.certificates.queries.facts import Asked
from yanxiu.conftest import Cast
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import Span, day_of
from yanxiu.ledger.actions import (
    closing,
    comparing,
    exempting,
    publishing,
    reckoning,
    return_,
    transferring,
)
from yanxiu.ledger.actions.submitting import DECLARED, NewRecord, submit
from yanxiu.ledger.models import Record, SchemeAdoption
from yanxiu.ledger.queries import closings
from yanxiu.ledger.rules.loading import SHIPPED
from yanxiu.ledger.tests import written
from yanxiu.recognition.models import Declaration, Objection, Publication
from yanxiu.verification import actions as verification


def put_recognition(cast: Cast, at: datetime) -> dict[str, Model]:
    """A paper declared and waiting, another returned, an objection, and a public notice."""
    wang, zhou = cast.people["wang"], cast.people["zhou"]
    day = day_of(at)
    facts: dict[str, Any] = {
        "teacher": wang, "organisation": cast.school, "kind": "paper", "kind_name": "论文",
        "happened_on": day, "amount": Decimal(1), "measure": "item", "made_at": at,
    }  # fmt: skip
    declared = [
        Declaration.objects.create(title=title, title_key=title, **facts)
        for title in ("错题的价值", "一次改错")
    ]
    for one in declared:
        new = NewRecord(
            teacher=wang, organisation=cast.school, kind="paper", role="author", title=one.title,
            happened_at=at, assurance=Record.Assurance.DECLARED, source=source_of(one),
            items=Decimal(1), claimed=Decimal(1),
        )  # fmt: skip
        (one.record,) = submit([new], by=wang, at=at, step=DECLARED)
        one.save()
    waits, back = declared
    assert back.record is not None
    assert waits.record is not None
    return_([back.record], reason="请附刊物封面", by=zhou, at=at)
    settled = Record.objects.get(teacher=wang, kind="research_activity")
    return {
        "王老师的申报": waits,
        "退回王老师的申报": back,
        "待认定的研修记录": Record.objects.get(pk=waits.record.pk),
        "退回的研修记录": Record.objects.get(pk=back.record.pk),
        "王老师的异议": Objection.objects.create(
            organisation=cast.school, teacher=wang, raised_by=wang, record=settled, text="少计一节",
            level="school", place=cast.school, due_on=day, made_at=at,
        ),
        "学时公示": Publication.objects.create(
            organisation=cast.school, title="学时公示", scheme="cn-central-school-handbook",
            span_from=day, span_to=day + timedelta(days=1), starts_on=day,
            ends_on=day + timedelta(days=7), working_days=5, fields=["name", "hours"],
            mask=["name"],
            lines=[
                {
                    "teacher": str(wang.uid),
                    "name": "王老师",
                    "unit": "数学教研组",
                    "kind": "研训活动",
                    "hours": "2",
                    "records": 1,
                    "unit_word": "学分",
                }
            ],
            made_at=at, made_by_name="周主任",
        ),
    }  # fmt: skip


def put_certificates(cast: Cast, at: datetime) -> dict[str, Model]:
    """A certificate of 王老师, and an export of another system with one row of a stranger."""
    wang, zhou = cast.people["wang"], cast.people["zhou"]
    # Up to today, so that it holds what has been posted on the stage.
    days = Span(date(2026, 9, 1), max(day_of(at), date(2026, 9, 1)) + timedelta(days=1))
    asked = Asked(cast.school, "cn-central-school-handbook", days, day_of(at))
    export = "姓名,学时\n陌生人,2\n".encode()
    return {
        "王老师的学时证明": certificates.issue(wang, asked, by=zhou, at=at),
        "清河小学的对账": registering.read_export(
            shipped()["cn-county-record-list"], asked, export, "导出.csv", by=zhou, at=at
        ),
    }


def put_verification(cast: Cast, at: datetime) -> dict[str, Model]:
    """A closed year, an exemption and a transfer of 王老师, and a sample that 赵老师 checks."""
    zhou, wang, zhao = (cast.people[name] for name in ("zhou", "wang", "zhao"))
    day = day_of(at)
    by: dict[str, Any] = {"by": zhou, "at": at}
    closed = closing.close_year(closings.years_of(cast.school, day)[0], leave_open=True, **by)
    line = transferring.NewLine(
        "集中培训", "centralised", "county", day, day, Decimal(6), "credit"
    )  # fmt: skip
    brought = transferring.bring(
        wang, cast.school, issuer="松岭县", document="证明1号", lines=[line], by=wang, at=at
    )
    check = verification.draw_sample(
        cast.school,
        verification.NewCheck(
            "手册抽查", day, day, day, "种子", percent=Decimal(100), strata=("group",)
        ),
        **by,
    )
    verification.assign_checkers(check, [zhao], **by)
    return {
        "清河小学的年度登记": closed,
        "王老师的年度快照": closed.snapshots.get(teacher=wang),
        "王老师的减免": exempting.grant_exemption(
            wang, cast.school, exempting.NewExemption("other", SINCE, None), **by
        ),
        "王老师的转入": brought,
        "王老师的转入明细": brought.lines.get(),
        "清河小学的抽查": check,
        "抽到的王老师": check.drawn.get(teacher=wang),
        "待整改的李组长": verification.mark(
            check.drawn.get(teacher=cast.people["li"]), passed=False, comment="缺评课意见",
            by=zhao, at=at,
        ),
    }  # fmt: skip


def put_schemes(cast: Cast, at: datetime) -> dict[str, Model]:
    """A scheme being written, what it was compared with, and a reckoning that waits for a word."""
    guan, adoption = cast.people["guan"], SchemeAdoption.objects.get(organisation=cast.school)
    text = (SHIPPED / adoption.scheme / f"{adoption.version}.yaml").read_text("utf-8")
    own = publishing.copied(text, cast.school)
    draft = publishing.start_draft(cast.school, own, by=guan, at=at)
    file = publishing.start_draft(cast.school, written.SCHEME, by=guan, at=at)
    publishing.publish_scheme(file, edition=file.edition, by=guan, at=at)
    old = (adoption.scheme, adoption.version)
    compared = comparing.start_comparison(cast.school, old=old, new=draft, by=guan, at=at)
    again = reckoning.start_reckoning(adoption, by=guan, at=at)
    return {
        "方案草稿": draft,
        "公布的方案": file,
        "方案比较": comparing.compare(compared, at=at, told=lambda *_: None),
        "重新核算": reckoning.count_changes(again, at=at, told=lambda *_: None),
    }
