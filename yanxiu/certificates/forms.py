"""The shape of what people ask for; a form never saves."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from yanxiu.certificates.codes import plain_code
from yanxiu.kernel.spans import Span
from yanxiu.ui.days import DayField

OWN_DAYS = "days"


class SpanForm(forms.Form):
    """Which scheme, and which days: a period of the calendar or days of one's own."""

    scheme = forms.ChoiceField(label=gettext_lazy("方案"))
    period = forms.ChoiceField(label=pgettext_lazy("起止", "时段"))
    first = DayField(label=gettext_lazy("从"), required=False)
    last = DayField(
        label=gettext_lazy("到（含当天）"), required=False,
        help_text=gettext_lazy("只有时段选“自定起止”时才要填。"),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        schemes: Sequence[tuple[str, str]],
        periods: Sequence[tuple[str, str, Span]],
        **kwargs: Any,
    ) -> None:
        """Offer the schemes and the periods, each with code, name and days."""
        super().__init__(*args, **kwargs)
        self.spans = {code: span for code, _name, span in periods}
        self.fields["scheme"].choices = list(schemes)  # type: ignore[attr-defined]
        named = [(code, name) for code, name, _span in periods]
        self.fields["period"].choices = [*named, (OWN_DAYS, _("自定起止"))]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Turn the choice into a span."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("period") in self.spans:
            given["span"] = self.spans[given["period"]]
        elif given.get("period") == OWN_DAYS:
            given["span"] = self._own_days(given.get("first"), given.get("last"))
        return given

    def _own_days(self, first: date | None, last: date | None) -> Span | None:
        if first is None or last is None:
            if not self.errors:
                self.add_error("last", _("请把起止两天都填上。"))
            return None
        if last < first:
            self.add_error("last", _("结束的一天在开始之前，请核对。"))
            return None
        return Span(first, last + timedelta(days=1))


class ReasonForm(forms.Form):
    """Why a certificate is revoked or replaced."""

    reason = forms.CharField(
        label=gettext_lazy("原因"),
        max_length=200,
        help_text=gettext_lazy("核验页会把这句话给查验的人看，请不要写别人的姓名。"),
        error_messages={"required": gettext_lazy("请写明原因。")},
    )


class CodeForm(forms.Form):
    """The code on a certificate, typed by hand."""

    code = forms.CharField(label=gettext_lazy("验证码"), max_length=60)

    def clean_code(self) -> str:
        """Return the plain code; anything that cannot be one is told at once."""
        code = plain_code(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(
                _("验证码是 24 位字母和数字，分成六组，印在证明左下角。请对着再输一遍。")
            )
        return code


class CompareForm(forms.Form):
    """A file that is said to be the certificate."""

    file = forms.FileField(
        label=gettext_lazy("收到的 PDF"),
        help_text=gettext_lazy("只在内存里比对，不保存。"),
        error_messages={"required": gettext_lazy("请选择收到的 PDF 文件。")},
    )


class RegisterForm(SpanForm):
    """Which register beside the days."""

    register = forms.ChoiceField(label=gettext_lazy("上报表"))
    field_order = ["register", "scheme", "period", "first", "last"]

    def __init__(self, *args: Any, registers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the registers."""
        super().__init__(*args, **kwargs)
        self.fields["register"].choices = list(registers)  # type: ignore[attr-defined]


class ExportForm(forms.Form):
    """The export of another system."""

    file = forms.FileField(
        label=gettext_lazy("那个系统的导出表"),
        help_text=gettext_lazy("xlsx、xls 或 csv，留着列名。只留下读到的行，不保存文件。"),
        error_messages={"required": gettext_lazy("请选择导出的表。")},
    )


class OwnRegisterForm(forms.Form):
    """A register in the columns of the place, as text."""

    text = forms.CharField(
        label=gettext_lazy("上报表（YAML）"),
        max_length=40_000,
        strip=False,
        widget=forms.Textarea(attrs={"class": "tall", "rows": 20, "spellcheck": "false"}),
        help_text=gettext_lazy("写错的地方会指出第几行。同一个编号再写一次就是换新的，旧的留底。"),
    )
