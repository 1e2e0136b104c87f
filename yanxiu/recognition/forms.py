"""The shape of what people type about recognition; a form never saves."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yanxiu.ledger.wording import measure_word
from yanxiu.recognition.queries.offers import Offer
from yanxiu.ui.days import DayField, say_order

Choices = Iterable[tuple[str, str]]


def amount_field(label: Any, **more: Any) -> forms.DecimalField:
    """Return a field for an amount in a record's own measure."""
    return forms.DecimalField(
        label=label, min_value=0, max_value=1000, max_digits=8, decimal_places=2, **more
    )


def say_measure(form: forms.Form, name: str, measure: str) -> None:
    """Write in what an amount is meant behind the label of its field."""
    field = form.fields[name]
    field.label = _("%(label)s（%(measure)s）") % {"label": field.label, "measure": measure}


class DeclareForm(forms.Form):
    """Something done elsewhere; only what the scheme asks of its kind is asked for."""

    title = forms.CharField(label=_("名称"), max_length=120, help_text=_("照证书、通知或刊物写。"))
    happened_on = DayField(label=_("日期"), help_text=_("结束、发表或获奖的那一天。"))
    amount = amount_field(_("数量"))
    organiser = forms.CharField(label=_("主办或发表单位"), max_length=80, required=False)
    organiser_level = forms.ChoiceField(label=_("级别"), required=False)
    delivery_mode = forms.ChoiceField(label=_("方式"), required=False)
    role = forms.ChoiceField(label=_("承担的角色"), required=False)
    subject_kind = forms.ChoiceField(label=_("科目"), required=False)
    theme = forms.ChoiceField(label=_("主题"), required=False)
    grade = forms.ChoiceField(label=_("考核结果"), required=False)
    prize = forms.ChoiceField(label=_("奖次"), required=False)
    author_order = forms.IntegerField(
        label=_("第几作者"), min_value=1, max_value=50, required=False
    )
    reference = forms.CharField(label=_("证书、文件或刊物编号"), max_length=60, required=False)
    note = forms.CharField(
        label=_("说明"), max_length=300, required=False, help_text=_("不必写；有特别情况时写一句。")
    )
    proof = forms.FileField(
        label=_("证明材料"),
        required=False,
        help_text=_("PDF、Word、Excel、扫描件或手机拍的照片，有就附上；页面退回时要再选一次。"),
    )

    def __init__(self, *args: Any, offer: Offer, **options: Any) -> None:
        """Ask for what `offer` wants, and leave out what it does not."""
        super().__init__(*args, **options)
        self.offer = offer
        unit = measure_word(offer.measure, offer.scheme)
        self.fields["amount"].label = _("%(unit)s数") % {"unit": unit}
        for name in ("organiser_level", "delivery_mode", "prize"):
            self._choose(name, offer.choices(name), needed=bool(offer.codes(name)))
        for name in ("subject_kind", "theme", "grade"):
            words = offer.choices(name) if offer.asks(name) else []
            self._choose(name, words, needed=name == "subject_kind")
        roles = offer.codes("role")
        words = [(code, offer.scheme.label("role", code)) for code in roles]
        self._choose("role", words if len(roles) > 1 else [], needed=True)
        if not offer.in_pieces:
            del self.fields["author_order"]
            self.fields.pop("prize", None)
            if "delivery_mode" in self.fields:
                # Requirements speak of it, so nobody should lose hours by leaving it out.
                self._choose("delivery_mode", offer.choices("delivery_mode"), needed=True)
        else:
            self.fields["amount"].initial = Decimal(1)
            self.fields.pop("delivery_mode", None)
        if not offer.asks_reference:
            del self.fields["reference"]
        elif offer.wants_reference:
            self.fields["reference"].required = True
        if not offer.asks_proof:
            del self.fields["proof"]
        elif offer.wants_proof:
            self.fields["proof"].required = True
            self.fields["proof"].help_text = _(
                "这一类要附证明：PDF、Word、Excel、扫描件或手机拍的照片。"
            )

    def clean_amount(self) -> Decimal:
        """Pieces are whole."""
        amount: Decimal = self.cleaned_data["amount"]
        if self.offer.in_pieces and amount % 1:
            raise forms.ValidationError(_("请写整数；几位作者合写的也写1，另填第几作者。"))
        return amount

    def asked(self) -> list[forms.BoundField]:
        """Return the fields that must be filled in, or on which the amount depends."""
        return [bound for bound in self if bound.name not in self._aside()]

    def aside(self) -> list[forms.BoundField]:
        """Return the fields that most people leave empty; the page folds them."""
        return [bound for bound in self if bound.name in self._aside()]

    def aside_is_open(self) -> bool:
        """Tell whether something of what is folded was typed, or is wrong."""
        return any(bound.errors or bound.value() for bound in self.aside())

    def _aside(self) -> list[str]:
        names = ("organiser", "organiser_level", "delivery_mode", "author_order", "theme", "note")
        return [
            name for name in names
            if name in self.fields and not self.fields[name].required
            and not self.offer.codes(name)
        ]  # fmt: skip

    def _choose(self, name: str, choices: Choices, *, needed: bool) -> None:
        known = list(choices)
        if not known:
            del self.fields[name]
            return
        first = ("", _("请选择") if needed else _("不填"))
        self.fields[name].choices = [first, *known]  # type: ignore[attr-defined]
        nothing = [
            str(_("按《%(scheme)s》，%(words)s不计") % {"scheme": title, "words": "、".join(words)})
            for title, words in self.offer.nothing_for(name)
        ]
        if nothing:
            self.fields[name].help_text = "；".join(nothing) + str(_("。"))
        # A prize is nothing that everybody has.
        self.fields[name].required = needed and name != "prize"


class AgainForm(forms.Form):
    """What was added to something that was returned."""

    word = forms.CharField(label=_("补充了什么"), max_length=200)
    proof = forms.FileField(label=_("证明材料"), required=False)


class ObjectForm(forms.Form):
    """What is wrong with a decision."""

    text = forms.CharField(
        label=_("哪里不对，依据是什么"), max_length=500, widget=forms.Textarea,
        help_text=_("写清事实就行，办理的人会答复您。"),
    )  # fmt: skip
    wished = amount_field(_("您认为应是多少"), required=False)
    proof = forms.FileField(
        label=_("补充的证明"), required=False,
        help_text=_("PDF、Word、Excel 或照片，有就附上。"),
    )  # fmt: skip


class TextForm(forms.Form):
    """One word to somebody."""

    text = forms.CharField(label=_("理由"), max_length=500, widget=forms.Textarea)


class AppealForm(TextForm):
    """Why an answer is not accepted, and by what that can be seen."""

    proof = forms.FileField(
        label=_("补充的证明"), required=False,
        help_text=_("PDF、Word、Excel 或照片，有就附上。"),
    )  # fmt: skip


class AnswerForm(forms.Form):
    """The decision about an objection."""

    verdict = forms.ChoiceField(
        label=_("处理"),
        choices=[("rejected", _("维持原认定")), ("upheld", _("异议成立，更正"))],
        widget=forms.RadioSelect,
    )
    amount = amount_field(
        _("更正为"), required=False,
        help_text=_("成立时填；不填就从第一步重新认定。"),
    )  # fmt: skip
    text = forms.CharField(
        label=_("答复"), max_length=500, widget=forms.Textarea, help_text=_("本人看得到。")
    )

    def about_a_line(self) -> None:
        """Ask about a line of a notice, behind which several records stand: no amount is right."""
        del self.fields["amount"]
        self.fields["verdict"].choices = [  # type: ignore[attr-defined]
            ("rejected", _("核对过，没有出入")), ("upheld", _("异议成立，已在记录上更正")),
        ]  # fmt: skip


class CorrectForm(forms.Form):
    """A correction of what was recognised to the end."""

    amount = amount_field(_("更正为"))
    reason = forms.CharField(label=_("原因"), max_length=200, help_text=_("本人看得到，一直保留。"))
    turn = forms.IntegerField(widget=forms.HiddenInput)


class PublishForm(forms.Form):
    """A public notice."""

    title = forms.CharField(label=_("标题"), max_length=80)
    scheme = forms.ChoiceField(label=_("按哪个办法"))
    span_from = DayField(label=_("学时从哪天起"))
    span_last = DayField(label=_("到哪天为止"))
    starts_on = DayField(label=_("公示从哪天起"))

    def __init__(self, *args: Any, schemes: Choices, **options: Any) -> None:
        """Offer `schemes`."""
        super().__init__(*args, **options)
        self.fields["scheme"].choices = list(schemes)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        found = super().clean() or {}
        say_order(self, "span_from", "span_last")
        return found


class TakeDownForm(forms.Form):
    """Why a notice is taken down early."""

    because = forms.CharField(label=_("提前撤下的原因"), max_length=200)
