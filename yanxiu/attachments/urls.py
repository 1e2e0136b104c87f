"""The pages of this app."""

from django.urls import path

from yanxiu.attachments import views

app_name = "attachments"

urlpatterns = [path("<uuid:uid>/", views.file, name="file")]
