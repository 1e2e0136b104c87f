"""Summaries, notices, templates and rules: what is written for the whole school."""

from datetime import date, datetime
from typing import Any

from django.db.models import Model

from yanxiu.conftest import MORNING, Cast
from yanxiu.documents.word import OfficialPaper
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.uids import new_uid
from yanxiu.ledger.models import SchemeAdoption
from yanxiu.people.models import Organisation
from yanxiu.regulations import actions as regulations
from yanxiu.regulations.models import Regulation, RegulationKind
from yanxiu.reports.actions import letters, templates
from yanxiu.reports.actions import summaries as reports
from yanxiu.reports.actions.demanding import ask_for_summaries
from yanxiu.reports.actions.phrases import add_phrase
from yanxiu.reports.documents.term_summary.filling import fill
from yanxiu.reports.documents.term_summary.freezing import freeze
from yanxiu.reports.models import DraftingCall, DraftingSetting, Summary
from yanxiu.terms import actions as terms


def put_summaries(cast: Cast) -> dict[str, Model]:
    """A draft, and one that is approved already; what approval asks for is tested elsewhere."""
    last = terms.set_term(
        cast.school, school_year=2025, half=2, starts_on=date(2026, 2, 20),
        ends_on=date(2026, 7, 1), by=None, at=MORNING,
    )  # fmt: skip
    approved = Summary.objects.create(
        organisation=cast.school, term=last, made_at=MORNING, state=Summary.State.APPROVED
    )
    approved.frozen = freeze(fill(approved, MORNING))
    approved.save(update_fields=["frozen"])
    draft = reports.start_summary(cast.school, cast.term, by=cast.people["zhou"], at=MORNING)
    return {"起草中的总结": draft, "已审定的总结": approved, **_drafting(cast, draft)}


def put_more_summaries(cast: Cast) -> dict[str, Model]:
    """One of a group, one of 王老师's own, a list of who owes one, and a phrase of the school."""
    zhou, li, wang = (cast.people[name] for name in ("zhou", "li", "wang"))
    term: dict[str, Any] = {"term": cast.term, "at": MORNING}
    return {
        "数学组的总结": reports.begin_summary(cast.school, unit=cast.maths, by=li, **term),
        "王老师的总结": reports.begin_summary(cast.school, teacher=wang, by=wang, **term),
        "总结布置": ask_for_summaries(
            cast.school, whom="units", span=cast.term.span, due_on=date(2027, 1, 10), by=zhou,
            **term,
        ),
        "空泛的说法": add_phrase(cast.school, "再上新台阶", by=zhou, at=MORNING),
    }  # fmt: skip


def put_letters(cast: Cast) -> dict[str, Model]:
    """A notice that still lacks whom it is for, and one that is issued."""
    zhou = cast.people["zhou"]
    words = {"title": "关于举办研讨活动的通知", "body": "请各组准备。", "code": "清小"}
    draft = letters.draft_letter(cast.school, words, by=zhou, at=MORNING)
    whole = {**words, "title": "关于研究课的通知", "to": "各教研组"}
    other = letters.draft_letter(cast.school, whole, by=zhou, at=MORNING)
    return {"拟稿的通知": draft, "已印发的通知": letters.issue_letter(other, by=zhou, at=MORNING)}


def _drafting(cast: Cast, summary: Summary) -> dict[str, Model]:
    """Help with drafting from a machine at which nobody listens, and one request to it."""
    zhou, guan = cast.people["zhou"], cast.people["guan"]
    setting = DraftingSetting.objects.create(
        organisation=cast.school, url="http://127.0.0.1:9/v1", model="local", private=True,
        is_on=True, changed_at=MORNING, changed_by_name=guan.name,
    )  # fmt: skip
    source = source_of(summary)
    call = DraftingCall.objects.create(
        key=new_uid(), organisation=cast.school, source_kind=source.kind, source_id=source.uid,
        place="section:next", by_uid=zhou.uid, by_name=zhou.name, at=MORNING, host="127.0.0.1",
        model=setting.model, characters=300, sha256="0" * 64,
    )  # fmt: skip
    return {"周主任的起草请求": call}


def put_templates(cast: Cast, at: datetime) -> dict[str, Model]:
    """A template of the school, with its version in use."""
    zhou = cast.people["zhou"]
    paper = OfficialPaper("{{ 标题 }}").to_bytes()
    template = templates.upload(
        cast.school, name="学期统计", kind="statistics", data=paper, file_name="统计.docx",
        by=zhou, at=at,
    )  # fmt: skip
    version = templates.put_into_use(template.versions.get(), by=zhou, at=at)
    return {"本校的模板": template, "使用中的一版模板": version}


def put_rules(cast: Cast, at: datetime) -> dict[str, Model]:
    """A rule in force with a draft beside it, a draft alone, a requirement, and the scheme."""
    zhou, sun = cast.people["zhou"], cast.people["sun"]
    central = Organisation.objects.get(parent=None)
    kind = RegulationKind.objects.get(code="pd_management")
    text = "第一条　每周活动一次。\n第二条　每次有记录。"

    def written(title: str) -> Regulation:
        new = regulations.NewRule(title=title, text=text, starts_on=date(2026, 9, 1))
        return regulations.register(cast.school, kind, new, by=zhou, at=MORNING)

    holding, draft = written("研修管理制度"), written("考核办法（草稿）")
    version = holding.versions.get()
    regulations.publish(version, by=zhou, at=MORNING, acknowledge_by=date(2026, 12, 31))
    regulations.revise(
        holding, text, starts_on=date(2027, 2, 20), change_note="再改", by=zhou, at=at
    )
    requirement = regulations.issue_requirement(
        central, [cast.school], title="制订研修计划", due_on=date(2026, 12, 31), by=sun, at=at
    )
    return {
        "施行中的制度": holding,
        "施行中的一版": version,
        "制度草稿": draft,
        "上级的要求": requirement,
        "本校的答复": requirement.answers.get(),
        "采用的方案": SchemeAdoption.objects.get(organisation=cast.school),
    }
