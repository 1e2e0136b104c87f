"""What is asked about an organisation."""

from django import forms
from django.utils.translation import gettext_lazy as _


class OrganisationForm(forms.Form):
    """Name and level of an organisation."""

    name = forms.CharField(label=_("名称"), max_length=80)
    level_name = forms.CharField(
        label=_("层级名称"),
        max_length=20,
        help_text=_("按当地的叫法，如 区县、中心校、教研片区、学校、小学部。"),
    )
    is_school = forms.BooleanField(label=_("有自己的教师"), required=False)


class LabelsForm(forms.Form):
    """The words that schools call differently."""

    pd = forms.CharField(
        label=_("“研修”在本校叫"), max_length=10, help_text=_("如 研修、研训、教研、继续教育。")
    )
    office = forms.CharField(
        label=_("组织研修的处室叫"), max_length=20, help_text=_("如 教导处、教务处、教科室。")
    )
