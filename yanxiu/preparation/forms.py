"""The shape of what people type when they prepare; a form never saves."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yanxiu.activities.models import Session
from yanxiu.people.models import Teacher, Unit
from yanxiu.preparation import content
from yanxiu.preparation.actions.scheduling import MOST
from yanxiu.preparation.models import LessonPlan, PlanReview, TeachingTopic
from yanxiu.terms.models import Term
from yanxiu.ui.days import DayField
from yanxiu.ui.wording import moment_text

SENTENCE = 200
MOST_TEXT = 100_000
ACCEPTED = ".docx,.doc,.pdf,.txt,.html,.htm,.rtf"


def _dated(row: Session) -> str:
    return f"{moment_text(row.starts_at)} {row.title}"


class FactsForm(forms.Form):
    """What is said of a plan beside its sections."""

    title = forms.CharField(label=_("课题"), max_length=120)
    subject = forms.CharField(label=_("学科"), max_length=40, required=False)
    grade = forms.CharField(label=_("年级"), max_length=20, required=False)
    textbook_unit = forms.CharField(label=_("教材单元"), max_length=120, required=False)
    periods = forms.IntegerField(label=_("课时数"), min_value=1, max_value=60, initial=1)
    topic = forms.ModelChoiceField(
        TeachingTopic.objects.none(), label=_("教学进度里的哪一课"), required=False,
        empty_label=_("不在进度里"),
    )  # fmt: skip
    session = forms.ModelChoiceField(
        Session.objects.none(), label=_("在哪一场活动里研讨"), required=False,
        empty_label=_("还没有定"),
        help_text=_("选了以后，场次关闭时主备人的记录会一并写好。"),
    )  # fmt: skip
    project = forms.ModelChoiceField(
        Unit.objects.none(), label=_("和哪个研究课题结合"), required=False, empty_label=_("没有")
    )
    new_ideas = forms.CharField(label=_("用了哪些新理念"), max_length=SENTENCE, required=False)
    reform = forms.CharField(label=_("用了哪些教改做法"), max_length=SENTENCE, required=False)

    def offer(
        self,
        *,
        topics: "Iterable[TeachingTopic]",
        sessions: "Iterable[Session]",
        projects: "Iterable[Unit]",
    ) -> None:
        """Offer rows of the reader's school, already permitted; each a queryset."""
        for name, rows in (("topic", topics), ("session", sessions), ("project", projects)):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        # The same title stands in every week's list.
        self.fields["session"].label_from_instance = _dated  # type: ignore[attr-defined]


class NewForm(FactsForm):
    """A plan that begins: for whom, and what is there already."""

    kind = forms.ChoiceField(
        label=_("这是"),
        choices=[
            ("shared", _("共案：我先写主备稿，和大家一起备")),
            ("personal", _("个案：我自己的教案")),
        ],
        widget=forms.RadioSelect,
    )  # fmt: skip
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("教研组或备课组"), required=False,
        empty_label=_("不属于哪个组"),
    )  # fmt: skip
    file = forms.FileField(
        label=_("已经写好的教案"), required=False,
        help_text=_(
            "Word、PDF 或文本都可以，会按栏目放好，原来的文件也留着。没有就空着，下一步在网页上写。"
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )  # fmt: skip

    field_order = ("kind", "title", "unit", "file", "subject", "grade", "topic", "session")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Leave the title to the file, where one is given."""
        super().__init__(*args, **kwargs)
        self.fields["title"].required = False
        self.fields["title"].help_text = _("交了写好的教案可以空着，用教案上的课题。")

    def clean(self) -> dict[str, Any]:
        """Ask for a title, or for a file that has one."""
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and not given.get("title") and not given.get("file"):
            self.add_error("title", _("请写课题，或者选一份写好的教案。"))
        return given


class SectionsForm(forms.Form):
    """The sections of one plan, a box each; with what each box started from."""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self, *args: Any, sections: Iterable[tuple[dict[str, Any], str]], **kwargs: Any
    ) -> None:
        """Make a box for each of `sections`, given with its hint."""
        super().__init__(*args, **kwargs)
        for section, hint in sections:
            long = section["code"] == "process"
            self.fields[name_of(section["code"])] = forms.CharField(
                label=section["name"], help_text=hint, required=False, max_length=content.LONGEST,
                widget=forms.Textarea(attrs={"rows": 12 if long else 4}),
                initial=content.section_text(section),
            )  # fmt: skip
            self.fields[f"was_{section['code']}"] = forms.CharField(
                widget=forms.HiddenInput, required=False,
                initial=content.mark_of(content.section_text(section)),
            )  # fmt: skip

    @property
    def texts(self) -> dict[str, str]:
        """What was typed, by the code of the section."""
        return {
            name.removeprefix("text_"): text
            for name, text in self.cleaned_data.items()
            if name.startswith("text_")
        }

    @property
    def marks(self) -> dict[str, str]:
        """What each section started from, by its code."""
        return {
            name.removeprefix("was_"): text
            for name, text in self.cleaned_data.items()
            if name.startswith("was_")
        }


def name_of(code: str) -> str:
    """Return the name of the box of a section."""
    return f"text_{code}"


class CommentForm(forms.Form):
    """Something said about a paragraph."""

    text = forms.CharField(
        label=_("意见"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    proposal = forms.CharField(
        label=_("建议改成"), required=False, max_length=2000,
        help_text=_("在原来的话上改；采纳时就照这个放进教案。不改就只发意见。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class QuestionForm(forms.Form):
    """A difficulty, with who is to find out."""

    text = forms.CharField(label=_("什么地方拿不准"), max_length=200)
    owner = forms.ModelChoiceField(Teacher.objects.none(), label=_("请谁来弄清楚"))
    due_on = DayField(label=_("期限"), required=False)

    def offer(self, people: Any) -> None:
        """Offer those who prepare together."""
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """What was found out."""

    answer = forms.CharField(
        label=_("弄清楚了什么"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class NoteForm(forms.Form):
    """What a teacher notes after teaching."""

    text = forms.CharField(
        label=_("教后记"), max_length=5000,
        help_text=_("哪里顺、哪里卡住、下次怎么改，一两句就行。不写学生姓名。"),
        widget=forms.Textarea(attrs={"rows": 6}),
    )  # fmt: skip
    taught_on = DayField(label=_("哪天上的"))
    class_name = forms.CharField(label=_("班级"), max_length=40, required=False)
    is_shared = forms.BooleanField(label=_("给本组的人看（不勾只有自己看得到）"), required=False)
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)


class ReasonForm(forms.Form):
    """Why a plan was changed."""

    reason = forms.CharField(
        label=_("为什么改"), max_length=SENTENCE,
        help_text=_("比如：第二个问题太大，学生答不上来。"),
    )  # fmt: skip


class ReviewForm(forms.Form):
    """What a check found; made for the form of one school."""

    comment = forms.CharField(
        label=_("意见"), required=False, max_length=2000,
        help_text=_("写具体的地方：哪一段好，哪一段怎样改。"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    mark = forms.ChoiceField(
        label=_("总的看"), choices=PlanReview.Mark.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, criteria: Any, checklist: Any, **kwargs: Any) -> None:
        """Add a choice for each criterion, and boxes for the checklist."""
        super().__init__(*args, **kwargs)
        marks = [("", _("不评")), *PlanReview.Mark.choices]
        for one in criteria:
            self.fields[f"criterion_{one['code']}"] = forms.ChoiceField(
                label=one["name"], choices=marks, required=False
            )
        self.fields["seen"] = forms.MultipleChoiceField(
            label=_("看到了哪些"), required=False, widget=forms.CheckboxSelectMultiple,
            choices=[(one["code"], one["name"]) for one in checklist],
        )  # fmt: skip
        self.order_fields(
            [*(f"criterion_{one['code']}" for one in criteria), "seen", "comment", "mark"]
        )

    @property
    def criteria(self) -> dict[str, str]:
        """The mark of each criterion by its code."""
        return {
            name.removeprefix("criterion_"): mark
            for name, mark in self.cleaned_data.items()
            if name.startswith("criterion_")
        }


class ScheduleForm(forms.Form):
    """The schedule of one grade, as people write it."""

    term = forms.ModelChoiceField(Term.objects.none(), label=_("学期"), empty_label=None)
    grade = forms.CharField(label=_("年级"), max_length=20, required=False)
    text = forms.CharField(
        label=_("教学进度"), required=False, max_length=MOST * 200,
        help_text=_(
            "一行一个课题，可以从 Excel 或 Word 里整列粘贴。"
            "行首可写“第3周”，行末可写“2课时”；单元名单独占一行。"
        ),
        widget=forms.Textarea(attrs={"rows": 16}),
    )  # fmt: skip

    def offer(self, terms: Any) -> None:
        """Offer the terms of the school."""
        self.fields["term"].queryset = terms  # type: ignore[attr-defined]


class RequirementForm(forms.Form):
    """A new version of the requirements of a grade."""

    text = forms.CharField(
        label=_("要求"), max_length=30_000, widget=forms.Textarea(attrs={"rows": 16})
    )
    reason = forms.CharField(label=_("为什么改"), max_length=SENTENCE, required=False)
    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)


class NewRequirementForm(forms.Form):
    """The first version of the requirements of a grade."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("教研组"), empty_label=None)
    subject = forms.CharField(label=_("学科"), max_length=40)
    grade = forms.CharField(label=_("年级"), max_length=20)
    text = forms.CharField(
        label=_("要求"), max_length=30_000, widget=forms.Textarea(attrs={"rows": 16})
    )

    def offer(self, units: Any) -> None:
        """Offer the groups this reader leads."""
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class PlanFormForm(forms.Form):
    """What a lesson plan of the school is made of: a line each, as people write lists."""

    sections = forms.CharField(
        label=_("栏目"), max_length=8000,
        help_text=_("一行一栏，按先后排。行末加“*”的，检查时会指出没有写；“：”后面是写给老师的提示。"),
        widget=forms.Textarea(attrs={"rows": 12}),
    )  # fmt: skip
    criteria = forms.CharField(
        label=_("检查标准"), required=False, max_length=2000,
        help_text=_("一行一条，检查时各给一个评语等次。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    checklist = forms.CharField(
        label=_("检查要点"), required=False, max_length=4000,
        help_text=_("一行一条，检查时看到了就打勾。"),
        widget=forms.Textarea(attrs={"rows": 6}),
    )  # fmt: skip
    steps = forms.MultipleChoiceField(
        label=_("一起备课走哪几步"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[
            ("talk", _("主备稿先给大家提意见，再定稿")),
            ("own", _("定稿以后各人改成自己的个案")),
            ("note", _("上完课写几句教后记")),
        ],
    )  # fmt: skip


KIND_CHOICES = LessonPlan.Kind.choices
