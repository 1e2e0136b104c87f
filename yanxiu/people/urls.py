"""The pages of this app.

The names without a namespace are those by which Django and allauth look for them.
"""

from django.urls import URLPattern, URLResolver, include, path

from yanxiu.people.views import log_in

identity: list[URLPattern | URLResolver] = [
    path("code/", log_in.code, name="code"),
    path("password/", log_in.password, name="password"),
    path("people/slips/", log_in.slips, name="slips"),
    path("privacy/", log_in.privacy, name="privacy"),
    path("set-up/<str:token>/", log_in.set_up, name="set_up"),
]

pages: list[URLPattern | URLResolver] = [*identity]

urlpatterns: list[URLPattern | URLResolver] = [
    path("log-in/", log_in.log_in, name="account_login"),
    path("log-out/", log_in.log_out, name="account_logout"),
    path("", include((pages, "people"))),
]
