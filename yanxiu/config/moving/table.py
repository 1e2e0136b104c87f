"""Which rows move with a school: one line for each model of the house.

A model that is in no line fails the tests, so a new one has to take its place here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from django.apps import apps
from django.db.models import Model


class Way(StrEnum):
    """How the rows of a model come along."""

    ORGANISATION = "organisation"
    """Those whose organisation, reached by `path`, is the school or below it."""

    TEACHER = "teacher"
    """Those of the persons who move, reached by `path`."""

    THING = "thing"
    """Those that tell of a row that moves, by `source_id`."""

    STAYS = "stays"
    """None; `because` says why."""


@dataclass(frozen=True)
class Rule:
    """How one model moves.

    `known_by` are the columns by which a row that belongs to no organisation (a role, a shipped
    kind) is found again on the other side. `leave_out` are columns that arrive empty. `later` are
    those that are filled when all rows are there, because what they point to points back.
    """

    way: Way
    path: str = ""
    because: str = ""
    known_by: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = field(default=())
    later: tuple[str, ...] = field(default=())


def by_organisation(
    path: str = "organisation",
    *,
    known_by: tuple[str, ...] = (),
    leave_out: tuple[str, ...] = (),
    later: tuple[str, ...] = (),
) -> Rule:
    """Return the rule for rows whose organisation is reached by `path`."""
    return Rule(Way.ORGANISATION, path, known_by=known_by, leave_out=leave_out, later=later)


def by_teacher(path: str = "teacher") -> Rule:
    """Return the rule for rows of a person, reached by `path`."""
    return Rule(Way.TEACHER, path)


def stays(because: str) -> Rule:
    """Return the rule for rows that mean nothing elsewhere."""
    return Rule(Way.STAYS, because=because)


RULES: dict[str, Rule] = {
    "people.Organisation": by_organisation("", leave_out=("path",)),
    "people.Teacher": by_teacher(""),
    "people.Role": by_organisation(known_by=("code",)),
    "people.Post": by_organisation(),
    "people.UnitKind": by_organisation(known_by=("code",)),
    "people.Unit": by_organisation(),
    "people.Membership": by_organisation("unit__organisation"),
    "people.MembershipRule": by_organisation("unit__organisation"),
    "people.Guest": by_organisation("unit__organisation"),
    "people.Responsibility": by_organisation(),
    "people.ResponsibilityHolder": by_organisation("responsibility__organisation"),
    "people.Profile": by_organisation(),
    "people.ReformGrade": by_organisation(),
    "people.GuidanceAct": by_organisation(),
    "people.SupervisionNote": by_organisation(),
    "people.Delegation": by_organisation("post__organisation"),
    "people.Tier": by_organisation(known_by=("name",)),
    "people.TierHolding": by_teacher(),
    "people.TierReview": by_teacher(),
    "people.TierRequirement": by_organisation("tier__organisation"),
    "people.Programme": by_organisation(),
    "people.RequirementState": by_teacher(),
    "people.Skill": by_organisation(known_by=("name",)),
    "people.TeacherSkill": by_teacher(),
    "people.Team": by_organisation(),
    "people.TeamMember": by_organisation("team__organisation"),
    "people.Leave": by_teacher(),
    "people.Departure": by_organisation(),
    "people.WorkforceGoal": by_organisation(),
    "people.WorkforceNote": by_organisation(),
    "people.WorkforceSetting": by_organisation(),
    "people.ColumnMeaning": by_organisation(),
    "people.LogInCode": stays("登录码只在发它的系统里有效"),
    "people.RosterImport": stays("撤销一批导入只在原来的系统里有意义"),
    "people.RosterLine": stays("撤销一批导入只在原来的系统里有意义"),
    "people.SameNameDecision": stays("同名的判断跟着导入批次，新系统里要重新认人"),
    "terms.Term": by_organisation(),
    "terms.DayOff": by_organisation(),
    "attachments.Attachment": by_organisation(),
    "audit.TrailLine": Rule(Way.THING),
    "notices.Notice": by_organisation(),
    "notices.NoticeWishes": by_teacher(),
    "notices.Message": stays("发件箱里的信由原来的系统发"),
    "notices.Robot": stays("群机器人的密钥不离开存它的系统"),
    "jobs.Job": stays("后台任务只在原来的系统里做"),
    "agenda.Occasion": by_organisation(),
    "agenda.Attendee": by_organisation("occasion__organisation"),
    "agenda.Task": by_organisation(),
    "agenda.CalendarLink": stays("订阅日历的链接带着原来系统的地址"),
    "ledger.SchemeAdoption": by_organisation(),
    "ledger.SchemeFile": by_organisation(),
    "ledger.Reckoning": stays("核算只在原来的系统里有意义，入账随记录走"),
    "ledger.ReckonedTeacher": stays("核算只在原来的系统里有意义，入账随记录走"),
    "ledger.ReckonedLine": stays("核算只在原来的系统里有意义，入账随记录走"),
    "ledger.Record": by_organisation(),
    "ledger.RecognitionStep": by_organisation("record__organisation"),
    "ledger.Award": by_organisation("record__organisation"),
    "ledger.Entry": by_organisation("record__organisation"),
    "ledger.Exemption": by_organisation(),
    "ledger.Transfer": by_organisation(),
    "ledger.TransferLine": by_organisation("transfer__organisation"),
    "ledger.YearClosing": by_organisation(leave_out=("seal",)),
    "ledger.YearSnapshot": by_organisation("closing__organisation", leave_out=("signature",)),
    "ledger.ChainHead": stays("到了新系统用那里的钥匙重新签"),
    "ledger.StandingRow": stays("到了新系统按账重新算"),
    "certificates.Certificate": stays("证明的编号和核验地址属于原来的系统，新系统里照账另出"),
    "certificates.OwnRegister": by_organisation(),
    "certificates.RegisterImport": by_organisation(),
    "certificates.RegisterRow": by_organisation("of_import__organisation"),
    "certificates.Registered": by_organisation(),
    "recognition.Declaration": by_organisation(),
    "recognition.Publication": by_organisation(),
    "recognition.Objection": by_organisation(),
    "verification.SampleCheck": by_organisation(),
    "verification.Sampled": by_organisation("check_of__organisation"),
    "verification.CheckMark": by_organisation("sampled__check_of__organisation"),
    "planning.Proposal": by_organisation(later=("merged_into",)),
    "planning.Finding": by_organisation("proposal__organisation"),
    "planning.Plan": by_organisation(),
    "planning.PlanEvent": by_organisation("plan__organisation"),
    "planning.PlanVersion": by_organisation("plan__organisation"),
    "planning.CarryOver": by_organisation("plan__organisation"),
    "planning.YearRow": by_organisation("plan__organisation"),
    "planning.PlanDemand": by_organisation(),
    "planning.ActMinutes": by_organisation(),
    "planning.Goal": by_organisation("plan__organisation"),
    "planning.Quota": by_organisation("plan__organisation"),
    "planning.Rhythm": by_organisation("plan__organisation"),
    "planning.PlanItem": by_organisation("plan__organisation"),
    "planning.ItemStep": by_organisation("item__plan__organisation"),
    "planning.ItemEvent": by_organisation("item__plan__organisation"),
    "planning.PlanNote": by_organisation("plan__organisation"),
    "activities.ActivityKind": by_organisation(known_by=("code",)),
    "activities.ActivitySetting": by_organisation(),
    "activities.Theme": by_organisation(),
    "activities.Activity": by_organisation(),
    "activities.Partner": by_organisation("activity__organisation"),
    "activities.Session": by_organisation(leave_out=("sign_in_key",)),
    "activities.SessionMove": by_organisation("session__organisation"),
    "activities.Part": by_organisation("session__organisation"),
    "activities.AgendaPoint": by_organisation("session__organisation"),
    "activities.Attendance": by_organisation("session__organisation"),
    "activities.Amendment": by_organisation("session__organisation"),
    "activities.Minutes": by_organisation("session__organisation"),
    "activities.Resolution": by_organisation("session__organisation"),
    "activities.Problem": by_organisation(),
    "activities.Remark": by_organisation("activity__organisation"),
    "activities.ParticipantNote": by_organisation("session__organisation"),
    "activities.FeedbackGiven": by_organisation("session__organisation"),
    "activities.FeedbackAnswer": by_organisation("session__organisation"),
    "activities.HomeRecognition": by_organisation("session__organisation"),
    "activities.SpotCheck": by_organisation("session__organisation"),
    "activities.SignInRule": by_organisation(),
    "activities.SignInDesk": stays("签到用的密钥只在原来的系统里有效"),
    "activities.EarlyScan": stays("提前扫的码等的是原来系统的签到"),
    "activities.OfflineTap": stays("离线点名的收件凭据只对原来的手机有意义"),
    "activities.RollBatch": stays("离线点名的收件凭据只对原来的手机有意义"),
    "activities.SchedulingBatch": stays("撤销一批排期只在原来的系统里有意义"),
    "activities.Classification": by_organisation(known_by=("code",)),
    "activities.Tag": by_organisation(known_by=("name",)),
    "activities.Tagging": by_organisation("activity__organisation"),
    "activities.ExpertKind": by_organisation(known_by=("name",)),
    "activities.Expert": by_organisation(),
    "activities.Expert_tags": by_organisation("expert__organisation"),
    "activities.ExpertVisit": by_organisation("session__organisation"),
    "lessons.LessonKind": by_organisation(known_by=("code",)),
    "lessons.LessonSetting": by_organisation(),
    "lessons.LessonSeries": by_organisation(),
    "lessons.Lesson": by_organisation(),
    "lessons.Invitation": by_organisation("lesson__organisation"),
    "lessons.Listener": by_organisation("lesson__organisation"),
    "lessons.Timetable": by_organisation(),
    "lessons.Slot": by_organisation("timetable__organisation"),
    "lessons.TimetableName": by_organisation(),
    "observation.Rubric": by_organisation(known_by=("uid",)),
    "observation.RubricVersion": by_organisation("rubric__organisation", known_by=("uid",)),
    "observation.Observation": by_organisation("lesson__organisation"),
    "observation.ObservationText": by_organisation("observation__lesson__organisation"),
    "observation.Mark": by_organisation("observation__lesson__organisation"),
    "observation.Rating": by_organisation("observation__lesson__organisation"),
    "observation.MarkConflict": by_organisation("observation__lesson__organisation"),
    "observation.Advice": by_organisation("observation__lesson__organisation"),
    "observation.InstantTest": by_organisation("observation__lesson__organisation"),
    "observation.Remark": by_organisation("lesson__organisation"),
    "observation.LessonAccount": by_organisation("lesson__organisation"),
    "observation.AppraisalNotice": by_organisation("lesson__organisation"),
    "observation.ObservationSetting": by_organisation(),
    "preparation.PlanForm": by_organisation(),
    "preparation.TeachingTopic": by_organisation(),
    "preparation.LessonPlan": by_organisation(later=("base",)),
    "preparation.PlanVersion": by_organisation("plan__organisation"),
    "preparation.PlanUse": by_organisation("version__plan__organisation"),
    "preparation.PlanComment": by_organisation("plan__organisation"),
    "preparation.PlanQuestion": by_organisation("plan__organisation"),
    "preparation.PlanReview": by_organisation("plan__organisation"),
    "preparation.PostLessonNote": by_organisation("plan__organisation"),
    "preparation.GradeRequirement": by_organisation(),
    "preparation.RequirementVersion": by_organisation("requirement__organisation"),
    "training.TrainingSetting": by_organisation(),
    "training.OutsideCourse": by_organisation(),
    "training.OutsideCourse_tags": by_organisation("outsidecourse__organisation"),
    "training.OutsideTraining": by_organisation(),
    "training.SelfStudy": by_organisation(),
    "training.SelfStudy_tags": by_organisation("selfstudy__organisation"),
    "training.SkillCheck": by_organisation(),
    "training.SkillResult": by_organisation("check_of__organisation"),
    "training.TrainingSeries": by_organisation(),
    "training.SeriesPart": by_organisation("series__organisation"),
    "training.MakeUp": by_organisation("session__organisation"),
    "regulations.RegulationKind": by_organisation(known_by=("code",)),
    "regulations.RequiredKind": by_organisation(),
    "regulations.Regulation": by_organisation(),
    "regulations.RegulationVersion": by_organisation("regulation__organisation"),
    "regulations.Article": by_organisation("version__regulation__organisation"),
    "regulations.Acknowledgement": by_organisation("version__regulation__organisation"),
    "regulations.Requirement": by_organisation(),
    "regulations.RequirementAnswer": by_organisation("requirement__organisation"),
    "reports.Letter": by_organisation(),
    "portfolio.Category": by_organisation(),
    "portfolio.Arrival": by_teacher(),
    "portfolio.Piece": by_teacher(),
    "reports.Summary": by_organisation(),
    "reports.ProseVersion": by_organisation("summary__organisation"),
    "reports.SummaryReader": by_organisation("summary__organisation"),
    "reports.EmptyPhrase": by_organisation(),
    "reports.SummaryDemand": by_organisation(),
    "reports.DocumentTemplate": by_organisation(),
    "reports.TemplateVersion": by_organisation("template__organisation"),
    "reports.DraftingSetting": stays("起草助手的密钥不离开存它的系统"),
    "reports.DraftingCall": by_organisation(),
    "originality.Document": by_organisation(),
    "originality.Mark": stays("标记由文本随时重建：yanxiu search rebuild"),
    "originality.CommonGram": stays("标记由文本随时重建：yanxiu search rebuild"),
    "originality.KnownText": by_organisation(),
    "originality.AreaComparison": by_organisation(),
    "search.Entry": stays("检索由各处的文字随时重建：yanxiu search rebuild"),
    "search.Changed": stays("检索由各处的文字随时重建：yanxiu search rebuild"),
    "works.WorkKind": by_organisation(known_by=("code",)),
    "works.WorkSection": by_organisation("kind__organisation"),
    "works.SectionSetting": by_organisation(),
    "works.Work": by_organisation(),
    "works.WorkAuthor": by_organisation("work__organisation"),
    "works.WorkText": by_organisation("work__organisation"),
    "works.WorkVersion": by_organisation("work__organisation"),
    "works.Reading": by_organisation("work__organisation"),
    "works.Submission": by_organisation(),
    "works.Outcome": by_organisation(),
    "works.OutcomeAuthor": by_organisation("outcome__organisation"),
    "works.CallForPapers": by_organisation(),
    "works.CallForPapers_kinds": by_organisation("callforpapers__organisation"),
    "works.Criterion": by_organisation("call__organisation"),
    "works.CallEntry": by_organisation("call__organisation"),
    "works.PanelMember": by_organisation("call__organisation"),
    "works.BlindReview": by_organisation("entry__call__organisation"),
    "books.Book": by_organisation(known_by=("key",)),
    "books.BookList": by_organisation(),
    "books.BookListItem": by_organisation("book_list__organisation"),
    "books.Recommendation": by_organisation(),
    "books.ReadingRecord": by_organisation(),
    "books.Excerpt": by_organisation("record__organisation"),
    "books.ReadingClub": by_organisation(),
    "books.ClubMember": by_organisation("club__organisation"),
    "books.CommonRound": by_organisation(),
    "books.RoundPart": by_organisation("reading_round__organisation"),
    "books.RoundReader": by_organisation("reading_round__organisation"),
    "books.Meeting": by_organisation("session__organisation"),
    "books.ReadingShare": by_organisation(),
    "question_setting.PaperTask": by_organisation(),
    "question_setting.SpecificationRow": by_organisation("task__organisation"),
    "question_setting.PaperVersion": by_organisation("task__organisation"),
    "question_setting.PaperReading": by_organisation("version__task__organisation"),
    "question_setting.QuestionDeed": by_organisation(),
    "question_setting.Nomination": by_organisation(),
    "question_setting.QuestionSetting": by_organisation(),
}
"""The rule of each model, by its label."""


def models_of_the_house() -> dict[str, type[Model]]:
    """Return every model of the house by its label."""
    return {
        model._meta.label: model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("yanxiu.")
    }


def in_order() -> Iterator[tuple[type[Model], Rule]]:
    """Yield the models and their rules, each after all that it points to.

    Raises:
        RecursionError: two models point to each other, and neither by a column filled `later`.
    """
    models = models_of_the_house()
    given: list[str] = []

    def visit(label: str) -> None:
        if label in given:
            return
        for name in pointed_at(models[label]):
            visit(name)
        given.append(label)

    for label in sorted(models):
        visit(label)
    for label in given:
        yield models[label], RULES[label]


def pointed_at(model: type[Model]) -> list[str]:
    """Return the labels of the other models that `model` points to."""
    return sorted(
        {
            column.related_model._meta.label
            for column in model._meta.concrete_fields
            if column.is_relation
            and column.related_model not in {None, model}
            and column.name not in RULES[model._meta.label].later
        }
    )
