"""The shape of what people type about summaries; a form never saves."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yanxiu.kernel.spans import Span
from yanxiu.planning.queries import span_of_period
from yanxiu.reports.documents.term_summary.outline import BLOCKS, LONGEST_TITLE
from yanxiu.reports.models import Summary, SummaryDemand
from yanxiu.terms.models import Term
from yanxiu.ui.wording import OF_FIGURES


class ProseForm(forms.Form):
    """The words at one place of a summary, with the version the writer saw."""

    place = forms.CharField(max_length=120, widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    text = forms.CharField(required=False, strip=False, widget=forms.Textarea)
    figure = forms.CharField(required=False, max_length=80)


class ReasonForm(forms.Form):
    """Why something is sent back."""

    because = forms.CharField(
        label=_("原因"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("起草人和以后的查阅者都能看到。"),
    )


class StartForm(forms.Form):
    """For which school and term a summary is begun."""

    term = forms.ChoiceField(label=_("学期"))

    def __init__(self, *args: Any, choices: Iterable[tuple[str, str]], **options: Any) -> None:
        """Offer `choices` of organisation and term."""
        super().__init__(*args, **options)
        self.fields["term"].choices = list(choices)  # type: ignore[attr-defined]


class SpanForm(forms.Form):
    """A period and the days that follow from it, or days of one's own."""

    period = forms.ChoiceField(label=_("周期"), choices=Summary.Period.choices)
    term = forms.ChoiceField(
        label=_("学期"),
        required=False,
        help_text=_("半年、学年、年度按这个学期推算；选“阶段”时改填下面两个日期。"),
    )
    starts_on = forms.DateField(
        label=_("从"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    last_on = forms.DateField(
        label=_("到"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, terms: Iterable[Term], **options: Any) -> None:
        """Offer `terms`."""
        super().__init__(*args, **options)
        self.terms = {str(term.uid): term for term in terms}
        choices = [(uid, str(term)) for uid, term in self.terms.items()]
        self.fields["term"].choices = choices or [("", "—")]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Reckon the days; they are `span` among the cleaned data."""
        given: dict[str, Any] = super().clean() or {}
        period, term = given.get("period"), self.terms.get(given.get("term") or "")
        given["term"], given["span"] = term, None
        if period == Summary.Period.OTHER:
            first, last = given.get("starts_on"), given.get("last_on")
            if not first or not last:
                self.add_error("starts_on", _("阶段小结要写起止日期。"))
            elif last < first:
                self.add_error("last_on", _("结束日期在开始日期之前，请改一下。"))
            else:
                given["span"] = Span(first, last + timedelta(days=1))
        elif period and term is None:
            self.add_error("term", _("请选一个学期；还没有学期的，先请管理员在“学期”里设好。"))
        elif period and term is not None:
            given["span"] = span_of_period(period, term)
        return given


class BeginForm(SpanForm):
    """For whom, which days and with which sections a summary is begun."""

    field_order = ["of", "period", "term", "starts_on", "last_on", "shape", "file"]
    of = forms.ChoiceField(label=_("谁的总结"))
    shape = forms.ChoiceField(
        label=_("章节"),
        choices=[("last", _("照上一份总结的章节")), ("usual", _("用通常的五节"))],
        help_text=_("没有上一份时，自动用通常的五节；以后随时能改。"),
    )
    file = forms.FileField(
        label=_("以前的总结"),
        required=False,
        help_text=_("Word或txt。只取它的章节和文字作对照，里面的数字不会抄进来。"),
    )

    def __init__(self, *args: Any, owners: Iterable[tuple[str, str]], **options: Any) -> None:
        """Offer `owners`."""
        super().__init__(*args, **options)
        self.fields["of"].choices = list(owners)  # type: ignore[attr-defined]


class DemandForm(SpanForm):
    """Who writes which summary by when."""

    field_order = ["organisation", "whom", "period", "term", "starts_on", "last_on", "due_on"]
    organisation = forms.ChoiceField(label=_("哪个单位布置"))
    whom = forms.ChoiceField(label=_("谁来写"), choices=SummaryDemand.Whom.choices)
    due_on = forms.DateField(
        label=_("截止日期"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("当天交也算按时。"),
    )
    note = forms.CharField(
        label=_("要求"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, *args: Any, organisations: Iterable[tuple[str, str]], **options: Any
    ) -> None:
        """Offer `organisations`."""
        super().__init__(*args, **options)
        choices = list(organisations)
        self.fields["organisation"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["organisation"].widget = forms.HiddenInput()
            self.initial.setdefault("organisation", choices[0][0])


class SectionForm(forms.Form):
    """A new section."""

    title = forms.CharField(label=_("新的一节"), max_length=LONGEST_TITLE)
    block = forms.ChoiceField(
        label=_("带哪一块数据"),
        required=False,
        choices=[
            ("", _("不带，只写文字")),
            *((code, pgettext_lazy(OF_FIGURES, name)) for code, name in BLOCKS.items()),
        ],
    )


class ChangedSectionForm(forms.Form):
    """What was typed into the title of a section that stands."""

    key = forms.CharField(required=False)
    title = forms.CharField(required=False)


class PhraseForm(forms.Form):
    """A phrase that claims without saying how much."""

    text = forms.CharField(label=_("空泛的说法"), min_length=2, max_length=20)


class NextStepForm(forms.Form):
    """What a next step becomes in a plan."""

    plan = forms.ChoiceField(label=_("写进哪份计划"))
    becomes = forms.ChoiceField(
        label=_("写成"), choices=[("goal", _("目标")), ("item", _("按月安排的事项"))]
    )
    month = forms.IntegerField(
        label=_("月份（事项要选）"), required=False, min_value=1, max_value=12
    )
    text = forms.CharField(label=_("内容"), max_length=200)

    def __init__(self, *args: Any, plans: Iterable[tuple[str, str]], **options: Any) -> None:
        """Offer `plans`."""
        super().__init__(*args, **options)
        self.fields["plan"].choices = list(plans)  # type: ignore[attr-defined]
