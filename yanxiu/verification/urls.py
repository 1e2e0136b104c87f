"""The pages of this app."""

from django.urls import URLPattern, URLResolver, path

from yanxiu.verification.views import (
    checks,
    cycles,
    exemptions,
    home,
    sampled,
    transfers,
    years,
)

app_name = "verification"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("mine/", home.mine, name="mine"),
    path("years/", years.years, name="years"),
    path("years/<uuid:uid>/", years.year, name="year"),
    path("years/<uuid:uid>/all/", years.close_all, name="close_all"),
    path("closings/<uuid:uid>/reopen/", years.reopen, name="reopen"),
    path("snapshots/<uuid:uid>/", years.snapshot, name="snapshot"),
    path("cycles/<uuid:uid>/", cycles.cycle, name="cycle"),
    path("cycles/<uuid:uid>/sheet.xlsx", cycles.cycle_sheet, name="cycle_sheet"),
    path("exemptions/", exemptions.exemptions, name="exemptions"),
    path("exemptions/new/", exemptions.exempt, name="exempt"),
    path("exemptions/<uuid:uid>/end/", exemptions.exempt_end, name="exempt_end"),
    path("transfers/", transfers.transfers, name="transfers"),
    path("transfers/new/", transfers.bring, name="bring"),
    path("transfers/<uuid:uid>/", transfers.transfer, name="transfer"),
    path("transfers/<uuid:uid>/decide/", transfers.transfer_decide, name="transfer_decide"),
    path("checks/", checks.checks, name="checks"),
    path("checks/new/", checks.check_new, name="check_new"),
    path("checks/<uuid:uid>/", checks.check, name="check"),
    path("checks/<uuid:uid>/assign/", checks.check_assign, name="check_assign"),
    path("checks/<uuid:uid>/off/", checks.check_off, name="check_off"),
    path("checks/<uuid:uid>/sheet.xlsx", checks.check_sheet, name="check_sheet"),
    path("sampled/<uuid:uid>/", sampled.sampled, name="sampled"),
    path("sampled/<uuid:uid>/give/", sampled.sampled_give, name="sampled_give"),
    path("sampled/<uuid:uid>/answer/", sampled.sampled_answer, name="sampled_answer"),
    path("sampled/<uuid:uid>/letter.docx", sampled.sampled_letter, name="sampled_letter"),
]
