"""What is asked about notices and robots."""

from datetime import time
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from yanxiu.notices.models import Notice, Robot
from yanxiu.people.models import Organisation, Unit

BESIDES = (
    ("digest", _("每日摘要：今天明天有什么、还差什么、有何变化")),
    ("nudge", _("活动前一小时或到期当天，再提醒一次")),
)
WHAT = (*Notice.Kind.choices, *BESIDES)
HOURS = tuple((hour, f"{hour}:00") for hour in range(6, 22))


def _clock(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )


class WishesForm(forms.Form):
    """How one person wants to be told."""

    email = forms.EmailField(
        label=_("邮箱（可不填）"),
        required=False,
        help_text=_("填了才会往外发信；先寄一封确认信，确认后启用。"),
    )
    by_email = forms.MultipleChoiceField(
        label=_("哪些发到邮箱"),
        choices=WHAT,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("变更、办理结果、提醒、需要你办并入每日摘要；只有当天的变更立即发。"),
    )
    in_app = forms.MultipleChoiceField(
        label=_("站内另加"),
        choices=BESIDES[1:],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("各类通知总在站内留着，不会丢。"),
    )
    digest_hour = forms.TypedChoiceField(label=_("每日摘要几点发"), choices=HOURS, coerce=int)
    quiet_from = _clock(_("免打扰从"))
    quiet_until = _clock(_("免打扰到"))

    def clean(self) -> dict[str, Any]:
        """Refuse a rest of the whole day, in which nothing could ever go out."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        start: time | None = cleaned.get("quiet_from")
        if start and start == cleaned.get("quiet_until"):
            self.add_error("quiet_until", _("免打扰的开始和结束相同。不要免打扰时，请留一分钟。"))
        return cleaned


class RobotForm(forms.Form):
    """The robot of a chat group."""

    whose = forms.ChoiceField(
        label=_("这个群是谁的"),
        help_text=_("群里只发这个组（或全校）共同的安排，不发任何个人的事。"),
    )
    channel = forms.ChoiceField(label=_("软件"), choices=Robot.Channel.choices)
    name = forms.CharField(label=_("群名"), max_length=40)
    url = forms.CharField(
        label=_("机器人的地址（Webhook）"),
        max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-never-keep": ""}),
        help_text=_("保存后不再显示，也不会出现在导出和日志里。"),
    )
    secret = forms.CharField(
        label=_("签名密钥"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-never-keep": ""}),
        help_text=_("钉钉选“加签”、飞书选“签名校验”后得到；企业微信不用填。"),
    )
    digest_hour = forms.TypedChoiceField(
        label=_("每天几点发"), choices=HOURS, coerce=int, initial=7
    )

    def __init__(
        self,
        *args: Any,
        organisations: "QuerySet[Organisation]",
        units: "QuerySet[Unit]",
        **named: Any,
    ) -> None:
        """Offer the organisations and units in whose name the reader may speak."""
        super().__init__(*args, **named)
        self.organisations = {f"o:{row.uid}": row for row in organisations[:200]}
        self.units = {f"u:{row.uid}": row for row in units.select_related("organisation")[:500]}
        field = self.fields["whose"]
        field.choices = [  # type: ignore[attr-defined]
            *(
                (key, _("%(name)s（全校）") % {"name": row.name})
                for key, row in self.organisations.items()
            ),
            *((key, f"{row.name} · {row.organisation.name}") for key, row in self.units.items()),
        ]

    def clean(self) -> dict[str, Any]:
        """Turn what was chosen into organisation and unit."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        whose = cleaned.pop("whose", "")
        unit = self.units.get(whose)
        cleaned["unit"] = unit
        cleaned["organisation"] = unit.organisation if unit else self.organisations.get(whose)
        return cleaned


class RobotChangeForm(forms.Form):
    """What may change about a robot; its address only if a new one is typed."""

    name = RobotForm.base_fields["name"]
    digest_hour = RobotForm.base_fields["digest_hour"]
    is_active = forms.BooleanField(label=_("启用"), required=False)
    url = forms.CharField(
        label=_("新的地址（不换就留空）"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-never-keep": ""}),
    )
    secret = RobotForm.base_fields["secret"]
