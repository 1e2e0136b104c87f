"""The summaries of the demo school: the past term's is approved, the present one is begun."""

from datetime import datetime, timedelta

from yanxiu.config.demo.people import School
from yanxiu.reports import queries
from yanxiu.reports.actions import summaries as actions
from yanxiu.terms.models import Term

PROSE = {
    "section:problems": "个别组的活动记录补得晚，当时说了什么已经记不全；"
    "听课还没有进系统，数不出来。",
    "section:next": "活动当天写记录，几句话即可；下学期从听课开始，记一条算一条。",
}
OPENLY = "听课本学期仍记在纸质听课本上，未在系统登记，下学期起登记。"


def sum_up(school: School, past: Term, present: Term, *, at: datetime) -> None:
    """Write, hand in and approve the summary of the past term; begin that of the present one."""
    office, principal = school.posts["research_office"], school.posts["principal"]
    then = at - timedelta(days=1)
    summary = actions.start_summary(school.organisation, past, by=office, at=then)
    for gap in queries.standing(summary, then).document.gaps:
        place = gap.key if gap.key.startswith("section:") else f"gap:{gap.key}"
        text = PROSE.get(gap.key, OPENLY)
        actions.save_prose(summary, place, text, version=0, by=office, at=then)
        summary.refresh_from_db()
    actions.submit_summary(summary, by=office, at=then)
    summary.refresh_from_db()
    actions.approve(summary, by=principal, at=then)
    actions.start_summary(school.organisation, present, by=office, at=at)
