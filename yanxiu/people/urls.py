"""The pages of this app.

The names without a namespace are those by which Django and allauth look for them.
"""

from django.urls import URLPattern, URLResolver, include, path

from yanxiu.people.views import log_in, organisations, roles, roster, slips, teachers, units

identity: list[URLPattern | URLResolver] = [
    path("code/", log_in.code, name="code"),
    path("password/", log_in.password, name="password"),
    path("people/slips/", slips.slips, name="slips"),
    path("privacy/", log_in.privacy, name="privacy"),
    path("set-up/<str:token>/", log_in.set_up, name="set_up"),
]

administration: list[URLPattern | URLResolver] = [
    path("people/", teachers.teachers, name="teachers"),
    path("people/new/", teachers.new_teacher, name="teacher_new"),
    path("people/roles/", roles.roles, name="roles"),
    path("people/roster/", roster.roster, name="roster"),
    path("people/roster/roster.xlsx", roster.template, name="roster_template"),
    path("people/roster/<uuid:uid>/", roster.roster_import, name="roster_import"),
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

pages: list[URLPattern | URLResolver] = [*identity, *administration]

urlpatterns: list[URLPattern | URLResolver] = [
    path("log-in/", log_in.log_in, name="account_login"),
    path("log-out/", log_in.log_out, name="account_logout"),
    path("", include((pages, "people"))),
]
