"""The shape of what people type about works; a form never saves."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yanxiu.ui.days import DayField
from yanxiu.works.models import Level, Outcome, Prize, Submission, Work, WorkKind
from yanxiu.works.queries.sections import Heading

TEXT = "text_"
OPEN = "open_"


class LaterField(forms.CharField):
    """Needed to hand a work in, and so shown as needed; saving goes without."""

    def validate(self, value: Any) -> None:
        """Let it be empty."""
        del value


class WorkForm(forms.Form):
    """A work as its authors write it: a title, its headings, and what it is about."""

    use_required_attribute = False

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    title = LaterField(label=_("题目"), max_length=120)
    about = forms.CharField(
        label=_("写的是"), max_length=160, required=False,
        help_text=_("哪节课、哪件事。请不要写学生姓名。"),
    )  # fmt: skip
    happened_on = DayField(label=_("日期"))

    def __init__(
        self,
        *args: Any,
        headings: Sequence[Heading],
        kinds: Sequence[WorkKind] = (),
        **options: Any,
    ) -> None:
        """Add a box for each of `headings`, a tick for what may be opened, a choice of `kinds`.

        No kind is chosen at first, so that a form which was open elsewhere changes none back.
        """
        super().__init__(*args, **options)
        self.headings, self.kinds = headings, kinds
        if kinds:
            self.fields["kind"] = forms.ChoiceField(
                label=_("换类别"), required=False,
                choices=[("", _("不换")), *((str(one.uid), one.name) for one in kinds)],
                help_text=_("类别选错了才换。写的都留着，新的类别没有的栏目也照样在。"),
            )  # fmt: skip
        for heading in headings:
            self.fields[f"{TEXT}{heading.code}"] = LaterField(
                label=heading.name or _("正文"),
                help_text=heading.hint,
                required=heading.is_required or not heading.code,
                strip=False,
                widget=forms.Textarea(
                    attrs={"rows": 4} if heading.code else {"rows": 14, "class": "tall"}
                ),
            )
            if heading.is_private:
                self.fields[f"{OPEN}{heading.code}"] = forms.BooleanField(
                    label=_("“%(name)s”也给能看到这一份的同事看") % {"name": heading.name},
                    required=False,
                )

    @property
    def texts(self) -> dict[str, str]:
        """What was typed under each heading."""
        return {each.code: self.cleaned_data[f"{TEXT}{each.code}"] for each in self.headings}

    @property
    def chosen_kind(self) -> WorkKind | None:
        """The kind that it shall be from now on; None leaves it."""
        wanted = self.cleaned_data.get("kind")
        return next((one for one in self.kinds if str(one.uid) == wanted), None)

    @property
    def opened(self) -> list[str]:
        """The codes of those private headings that others may read too."""
        private = [each.code for each in self.headings if each.is_private]
        return [code for code in private if self.cleaned_data[f"{OPEN}{code}"]]

    @property
    def boxes(self) -> list[tuple[Any, Any]]:
        """Each heading's box with the tick that belongs to it, or None."""
        return [
            (self[f"{TEXT}{each.code}"], self[f"{OPEN}{each.code}"] if each.is_private else None)
            for each in self.headings
        ]


class ReadingForm(forms.Form):
    """A word to the author, and a grade if one likes."""

    comment = forms.CharField(
        label=_("写给作者的话"), required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("最好说到其中一个具体的地方。退回时必须写。"),
    )  # fmt: skip
    grade = forms.ChoiceField(
        label=_("等次"), required=False, choices=[("", _("不评等")), *Work.Grade.choices]
    )


class RecommendForm(forms.Form):
    """Where a work goes."""

    where = forms.ChoiceField(label=_("怎样送出"), choices=Submission.Where.choices)
    destination = forms.CharField(label=_("送往哪里"), max_length=80)
    level = forms.ChoiceField(label=_("级别"), choices=Level.choices, initial=Level.COUNTY)
    remark = forms.CharField(label=_("备注"), max_length=200, required=False)


RESULTS = [
    ("", _("还没有结果")),
    (Submission.State.SHORTLISTED, Submission.State.SHORTLISTED.label),
    (Submission.State.AWARDED, Submission.State.AWARDED.label),
    (Submission.State.PUBLISHED, Submission.State.PUBLISHED.label),
    (Submission.State.NOT_CHOSEN, Submission.State.NOT_CHOSEN.label),
]


class AuthorsForm(forms.Form):
    """Who wrote it, one a line."""

    authors = forms.CharField(
        label=_("作者"), widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("一行一位，按署名顺序。本校教师写姓名即可；校外的人照原样写。"),
    )  # fmt: skip


class OutcomeForm(forms.Form):
    """What a certificate or a printed page says."""

    kind = forms.ChoiceField(label=_("登记"), choices=Outcome.Kind.choices)
    title = forms.CharField(label=_("题目"), max_length=120)
    event = forms.CharField(label=_("评选活动或刊物"), max_length=80)
    issuer = forms.CharField(label=_("主办或出版单位"), max_length=80, required=False)
    level = forms.ChoiceField(label=_("级别"), choices=Level.choices, initial=Level.COUNTY)
    prize = forms.ChoiceField(
        label=_("等次"), choices=[("", _("没有等次，或是发表")), *Prize.choices], required=False
    )
    happened_on = DayField(label=_("证书或出刊日期"))
    reference = forms.CharField(
        label=_("证书编号或刊期页码"), max_length=80, required=False,
        help_text=_("没有编号的，请传证书或刊物的照片。"),
    )  # fmt: skip
    authors = forms.CharField(
        label=_("作者"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("一行一位，照证书的顺序；只有您一位就空着。"),
    )  # fmt: skip
    proof = forms.FileField(label=_("证书或刊物（照片、PDF）"), required=False)


class ImportForm(forms.Form):
    """A file that becomes a work."""

    kind = forms.ChoiceField(label=_("类别"))
    file = forms.FileField(
        label=_("文件"), help_text=_("Word（docx）、PDF 或文本文件。原文件一并留存。")
    )

    def __init__(self, *args: Any, kinds: Any, **options: Any) -> None:
        """Offer `kinds`."""
        super().__init__(*args, **options)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class KindForm(forms.Form):
    """A kind of work of the school."""

    name = forms.CharField(label=_("名称"), max_length=40)
    like = forms.ChoiceField(
        label=_("和哪一类一样计"), help_text=_("计划里的数量和学时都照这一类算。")
    )
    headings = forms.CharField(
        label=_("栏目"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("一行一个；不写就是一整篇。"),
    )  # fmt: skip

    def __init__(self, *args: Any, like: Sequence[tuple[str, str]], **options: Any) -> None:
        """Offer the kinds that it may count as."""
        super().__init__(*args, **options)
        self.fields["like"].choices = like  # type: ignore[attr-defined]
