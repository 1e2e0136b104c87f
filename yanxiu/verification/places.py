"""The kinds of source of which the pages are here: closings, exemptions, transfers, samples."""

from django.urls import reverse

from yanxiu.ledger.models import Exemption, Transfer, TransferLine, YearClosing, YearSnapshot
from yanxiu.places.table import Place
from yanxiu.verification.models import SampleCheck, Sampled
from yanxiu.verification.permissions import (
    may_reopen_year,
    may_run_check,
    may_see_exemption,
    may_see_sampled,
    may_see_snapshot,
    may_see_transfer,
    may_see_transfer_line,
)

PLACES = [
    Place(
        kind=YearClosing.SOURCE_KIND,
        name="年度登记",
        rows=lambda: YearClosing.objects.select_related("organisation"),
        title=lambda row: f"{row.organisation.name} {row.year_name}登记",
        url=lambda row: (
            reverse("verification:year", args=[row.organisation.uid])
            + f"?year={row.scheme}@{row.starts_on.isoformat()}"
        ),
        seen_by=may_reopen_year,
    ),
    Place(
        kind=YearSnapshot.SOURCE_KIND,
        name="年度快照",
        rows=lambda: YearSnapshot.objects.shown().select_related("teacher", "closing"),
        title=lambda row: f"{row.teacher.name} {row.closing.year_name}",
        url=lambda row: reverse("verification:snapshot", args=[row.uid]),
        seen_by=may_see_snapshot,
    ),
    Place(
        kind=Exemption.SOURCE_KIND,
        name="减免",
        rows=lambda: Exemption.objects.select_related("teacher"),
        title=lambda row: f"{row.teacher.name} 减免",
        url=lambda _row: reverse("verification:mine"),
        seen_by=may_see_exemption,
    ),
    Place(
        kind=Transfer.SOURCE_KIND,
        name="转入学时",
        rows=lambda: Transfer.objects.select_related("teacher"),
        title=lambda row: f"{row.teacher.name} {row.issuer}",
        url=lambda row: reverse("verification:transfer", args=[row.uid]),
        seen_by=may_see_transfer,
    ),
    Place(
        kind=TransferLine.SOURCE_KIND,
        name="转入明细",
        rows=lambda: TransferLine.objects.select_related("transfer"),
        title=lambda row: f"{row.title}（{row.transfer.issuer}转入）",
        url=lambda row: reverse("verification:transfer", args=[row.transfer.uid]),
        seen_by=may_see_transfer_line,
    ),
    Place(
        kind=SampleCheck.SOURCE_KIND,
        name="抽查",
        rows=SampleCheck.objects.all,
        title=lambda row: row.title,
        url=lambda row: reverse("verification:check", args=[row.uid]),
        seen_by=may_run_check,
    ),
    Place(
        kind=Sampled.SOURCE_KIND,
        name="抽查",
        rows=lambda: Sampled.objects.select_related("teacher", "check_of"),
        title=lambda row: f"{row.check_of.title}：{row.teacher.name}",
        url=lambda row: reverse("verification:sampled", args=[row.uid]),
        seen_by=may_see_sampled,
    ),
]
