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
    is_large = forms.BooleanField(
        label=_("规模学校"), required=False, help_text=_("规模学校应设教科室，没有的会列出来。")
    )


class LabelsForm(forms.Form):
    """The words that schools call differently; an empty one follows the organisation above."""

    pd = forms.CharField(
        label=_("“研修”在本校叫"),
        max_length=10,
        required=False,
        help_text=_("如 研修、研训、教研、继续教育。留空就用上级的叫法，以下各项相同。"),
    )
    office = forms.CharField(
        label=_("组织研修的处室叫"),
        max_length=20,
        required=False,
        help_text=_("如 教导处、教务处、科研室、教科室。"),
    )
    research = forms.CharField(label=_("“教研”叫"), max_length=10, required=False)
    training = forms.CharField(
        label=_("“培训”叫"), max_length=10, required=False, help_text=_("如 培训、继续教育。")
    )
    group = forms.CharField(
        label=_("“教研组”叫"), max_length=10, required=False, help_text=_("如 教研组、科组。")
    )
    preparation_group = forms.CharField(
        label=_("“备课组”叫"), max_length=10, required=False, help_text=_("如 集体备课组。")
    )
    line_routine = forms.CharField(label=_("工作线：常规管理"), max_length=10, required=False)
    line_research = forms.CharField(label=_("工作线：教研教改"), max_length=10, required=False)
    line_pd = forms.CharField(label=_("工作线：校本研修"), max_length=10, required=False)
    line_monitoring = forms.CharField(label=_("工作线：质量监测"), max_length=10, required=False)
