"""The rights that a post can carry, each said once."""

from django.utils.translation import gettext_lazy as _

RIGHTS = {
    "see_people": _("查看教师名册与组织"),
    "manage_people": _("维护组织、教师、岗位，导入花名册，打印登录码"),
    "manage_terms": _("维护学期、校历与方案"),
    "see_plans": _("查看本校各类计划"),
    "manage_plans": _("读取、起草和维护计划"),
    "approve_plans": _("审批、退回提交的计划，布置各单位写计划"),
    "see_sessions": _("查看本校所有场次与考勤"),
    "manage_sessions": _("安排、主持、关闭和更正本校所有场次"),
    "see_hours": _("查看本校教师的研修记录与学时"),
    "recognise_hours": _("认定、退回和更正教师的学时，办理年度登记和抽查"),
    "see_lessons": _("查看本校的课、集体备课和听课的数量，以及交来的听课记录"),
    "manage_lessons": _("安排本校的公开课和听课，导入课表，维护课的类别和评课量表"),
    "see_works": _("查看本校教师交来的作品和读书记录"),
    "manage_works": _("审阅、推荐本校的作品，办征文和评审，登记获奖与发表"),
    "manage_summaries": _("起草总结"),
    "approve_summaries": _("审定总结"),
    "see_summaries": _("查看本校总结"),
    "manage_regulations": _("登记、修订和公布制度，下发和答复要求"),
    "supervise": _("对看得到的计划、活动、记录和总结提意见、提问，不能改动"),
}
"""权限: what each right lets its holder do, inside the organisation of the post and below it."""
