"""The pages of this app.

The names without a namespace are those by which Django and allauth look for them.
"""

from django.urls import URLPattern, URLResolver, include, path

from yanxiu.people.views import (
    delegations,
    governing,
    kinds,
    language,
    log_in,
    organisations,
    outsiders,
    oversight,
    roles,
    roster,
    slips,
    staff,
    teachers,
    units,
)
from yanxiu.people.views import path as person_path

identity: list[URLPattern | URLResolver] = [
    path("code/", log_in.code, name="code"),
    path("password/", log_in.password, name="password"),
    path("people/slips/", slips.slips, name="slips"),
    path("privacy/", log_in.privacy, name="privacy"),
    path("language/", language.choose, name="language"),
    path("set-up/<str:token>/", log_in.set_up, name="set_up"),
]

administration: list[URLPattern | URLResolver] = [
    path("people/", teachers.teachers, name="teachers"),
    path("people/new/", teachers.new_teacher, name="teacher_new"),
    path("people/roles/", roles.roles, name="roles"),
    path("people/roster/", roster.roster, name="roster"),
    path("people/roster/roster.xlsx", roster.template, name="roster_template"),
    path("people/roster/<uuid:uid>/", roster.roster_import, name="roster_import"),
    path("people/roster/<uuid:uid>/columns/", roster.columns, name="roster_columns"),
    path("people/roster/<uuid:uid>/decide/", roster.decide, name="roster_decide"),
    path("people/roster/of/<uuid:uid>/roster.xlsx", roster.export, name="roster_export"),
    path("people/roster/<uuid:uid>/apply/", roster.apply, name="roster_apply"),
    path("people/roster/<uuid:uid>/drop/", roster.drop, name="roster_drop"),
    path("people/roster/<uuid:uid>/undo/", roster.undo, name="roster_undo"),
    path("people/<uuid:uid>/", teachers.teacher, name="teacher"),
    path("people/<uuid:uid>/edit/", teachers.edit_teacher, name="teacher_edit"),
    path("people/<uuid:uid>/posts/", teachers.add_post, name="teacher_post"),
    path("people/<uuid:uid>/posts/<uuid:post>/end/", teachers.end_post, name="teacher_post_end"),
    path("people/<uuid:uid>/units/", teachers.join_unit, name="teacher_join"),
    path("people/<uuid:uid>/units/<uuid:unit>/", teachers.leave_unit, name="teacher_leave"),
    path("people/<uuid:uid>/tiers/", teachers.hold_tier, name="teacher_tier"),
    path("people/<uuid:uid>/archive/", teachers.archive_teacher, name="teacher_archive"),
    path("people/<uuid:uid>/return/", teachers.return_teacher, name="teacher_return"),
    path("units/", units.units, name="units"),
    path("units/new/", units.new_unit, name="unit_new"),
    path("units/<uuid:uid>/", units.unit, name="unit"),
    path("units/<uuid:uid>/edit/", units.edit_unit, name="unit_edit"),
    path("units/<uuid:uid>/close/", units.close_unit, name="unit_close"),
    path("units/<uuid:uid>/members/", units.add_members, name="unit_members"),
    path("units/<uuid:uid>/leader/", units.set_leader, name="unit_leader"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/<uuid:uid>/", organisations.organisation, name="organisation"),
    path("organisations/<uuid:uid>/edit/", organisations.edit_organisation,
         name="organisation_edit"),
    path("organisations/<uuid:uid>/new/", organisations.new_organisation, name="organisation_new"),
    path("organisations/<uuid:uid>/labels/", organisations.labels, name="organisation_labels"),
]  # fmt: skip

rights: list[URLPattern | URLResolver] = [
    path("people/roles/new/", roles.new_role, name="role_new"),
    path("people/roles/<int:pk>/", roles.role, name="role"),
    path("people/access/", roles.access, name="access"),
    path("people/deputies/", delegations.delegations, name="delegations"),
    path("people/deputies/<uuid:uid>/new/", delegations.new_delegation, name="delegation_new"),
    path("people/deputies/<uuid:uid>/revoke/", delegations.revoke_delegation,
         name="delegation_revoke"),
    path("units/kinds/", kinds.unit_kinds, name="unit_kinds"),
    path("units/kinds/new/", kinds.new_unit_kind, name="unit_kind_new"),
    path("units/kinds/<int:pk>/", kinds.unit_kind, name="unit_kind"),
]  # fmt: skip

governance: list[URLPattern | URLResolver] = [
    path("organisations/<uuid:uid>/chart/", governing.chart, name="chart"),
    path("organisations/<uuid:uid>/checks/", governing.checks, name="checks"),
    path("organisations/<uuid:uid>/duties/new/", governing.new_duty, name="duty_new"),
    path("organisations/<uuid:uid>/responsible/<slug:code>/", governing.name_responsible,
         name="responsible"),
    path("organisations/<uuid:uid>/profile/", organisations.profile, name="profile"),
    path("organisations/<uuid:uid>/grades/", organisations.grades, name="grades"),
    path("duties/<uuid:uid>/", governing.duty, name="duty"),
    path("duties/<uuid:uid>/appoint/", governing.appoint, name="appoint"),
    path("duties/holders/<uuid:uid>/end/", governing.end_holding, name="holding_end"),
    path("units/<uuid:uid>/rules/", outsiders.rules, name="unit_rules"),
    path("units/<uuid:uid>/colleagues/", outsiders.colleague, name="unit_colleague"),
    path("units/<uuid:uid>/guests/", outsiders.guest, name="unit_guest"),
    path("units/<uuid:uid>/members/<uuid:teacher>/", outsiders.leave, name="unit_leave"),
    path("supervision/", oversight.supervision, name="supervision"),
    path("supervision/notes/<uuid:uid>/", oversight.answer, name="supervision_answer"),
    path("supervision/about/<str:kind>/<uuid:uid>/", oversight.remark, name="remark"),
    path("guidance/", oversight.guidance, name="guidance"),
    path("guidance/new/", oversight.new_act, name="guidance_new"),
    path("guidance/<uuid:uid>/", oversight.settle, name="guidance_settle"),
]  # fmt: skip

staff_pages: list[URLPattern | URLResolver] = [
    path("people/staff/", staff.staff, name="staff"),
    path("people/staff/<uuid:uid>/structure.xlsx", staff.sheet, name="staff_sheet"),
    path("people/staff/<uuid:uid>/setting/", staff.setting, name="staff_setting"),
    path("people/staff/<uuid:uid>/note/", staff.note, name="staff_note"),
    path("people/staff/<uuid:uid>/skills/new/", staff.skill, name="staff_skill"),
    path("people/staff/<uuid:uid>/goals/new/", staff.goal, name="staff_goal_new"),
    path("people/staff/<uuid:uid>/goals/<uuid:goal>/", staff.goal, name="staff_goal"),
    path("people/staff/<uuid:uid>/goals/<uuid:goal>/drop/", staff.drop_goal,
         name="staff_goal_drop"),
    path("people/tiers/", staff.tiers, name="tiers"),
    path("people/tiers/<uuid:uid>/new/", staff.shape_tier, name="tier_new"),
    path("people/tiers/<uuid:uid>/<int:tier>/", staff.shape_tier, name="tier"),
    path("people/programmes/<uuid:uid>/new/", staff.programme_new, name="programme_new"),
    path("people/programmes/<uuid:uid>/<int:programme>/", staff.programme, name="programme"),
    path("people/teams/", staff.teams, name="teams"),
    path("people/teams/of/<uuid:uid>/new/", staff.team_new, name="team_new"),
    path("people/teams/<uuid:uid>/", staff.team, name="team"),
    path("people/<uuid:uid>/absence/", person_path.absence, name="teacher_absence"),
    path("people/<uuid:uid>/absence/<uuid:leave>/end/", person_path.absence_end,
         name="absence_end"),
    path("people/<uuid:uid>/move/", person_path.move, name="teacher_move"),
    path("people/<uuid:uid>/skills/", person_path.skills, name="teacher_skills"),
    path("people/<uuid:uid>/tiers/<int:tier>/", person_path.standing, name="standing"),
    path("people/<uuid:uid>/tiers/<int:tier>/review/", person_path.review, name="tier_review"),
    path("people/<uuid:uid>/requirements/<int:requirement>/", person_path.requirement,
         name="requirement"),
]  # fmt: skip

pages: list[URLPattern | URLResolver] = [
    *staff_pages, *identity, *administration, *rights, *governance
]  # fmt: skip

urlpatterns: list[URLPattern | URLResolver] = [
    path("log-in/", log_in.log_in, name="account_login"),
    path("log-out/", log_in.log_out, name="account_logout"),
    path("", include((pages, "people"))),
]
