"""The pages of the help with drafting."""

from django.urls import path

from yanxiu.reports.views import drafting, drafting_settings

app_name = "drafting"

urlpatterns = [
    path("", drafting_settings.settings, name="settings"),
    path("sent/", drafting.sent, name="sent"),
    path("schools/<uuid:uid>/", drafting_settings.setting, name="setting"),
    path("schools/<uuid:uid>/try/", drafting_settings.try_it, name="try"),
    path("schools/<uuid:uid>/off/", drafting_settings.off, name="off"),
    path("summaries/<uuid:uid>/", drafting.preview, name="preview"),
    path("summaries/<uuid:uid>/send/", drafting.send, name="send"),
    path("summaries/<uuid:uid>/take/", drafting.take, name="take"),
]
