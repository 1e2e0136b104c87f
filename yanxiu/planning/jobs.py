"""What planning does in the background."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from yanxiu.jobs.running import Running
from yanxiu.jobs.table import Work
from yanxiu.kernel.refusals import Refusal
from yanxiu.kernel.sources import source_of
from yanxiu.notices import actions as notices
from yanxiu.notices.models import Notice
from yanxiu.people.models import Organisation, Unit
from yanxiu.planning.actions import read_proposals
from yanxiu.planning.actions.waiting import READ, forget_file, waiting_file
from yanxiu.planning.documents.packing import bound, packed, plans_of
from yanxiu.planning.refusals import NoPlansToPack
from yanxiu.terms.models import Term

PACK = "planning.pack_plans"


def pack_plans(running: Running) -> None:
    """Write the plans of one school and term, each as a Word file in one ZIP, or bound in one."""
    organisation = Organisation.objects.get(uid=UUID(running.detail["organisation"]))
    term = Term.objects.get(uid=UUID(running.detail["term"]))
    plans = plans_of(organisation, term, running.by)
    if not plans:
        raise NoPlansToPack(organisation.name, str(term))
    title = f"{organisation.name}{term}计划"
    if running.detail.get("bound"):
        volume = bound(plans, f"{title}合订本", tell=running.step)
        running.keep(volume, name=f"{title}合订本.docx")
    else:
        running.keep(packed(plans, tell=running.step), name=f"{title}.zip")


def read_document(running: Running) -> None:
    """Read a document that takes long, and tell whoever asked where its values wait."""
    detail = running.detail
    data = waiting_file(detail["file"])
    running.step(0, 1, detail["name"])
    organisation = Organisation.objects.get(uid=UUID(detail["organisation"]))
    unit = Unit.objects.get(uid=UUID(detail["unit"])) if detail["unit"] else None
    now = timezone.now()
    try:
        found = read_proposals(
            organisation, data, name=detail["name"], unit=unit, by=running.by, at=now
        )
    except Refusal:
        forget_file(detail["file"])
        raise
    notices.notify(
        [running.by],
        kind=Notice.Kind.DECISION,
        title=_("“%(name)s”读好了，请核对") % {"name": detail["name"]},
        source=source_of(found[0]),
        organisation=organisation,
        at=now,
        text=_("读出 %(count)s 份文档；核对以前什么也没有写入。") % {"count": len(found)},
    )
    running.step(1, 1, detail["name"])
    forget_file(detail["file"])


WORKS = [
    Work(PACK, name="全校计划打包", run=pack_plans),
    Work(READ, name="读入文档", run=read_document),
]
