"""The settings of the house, with one app, one view and no middleware."""

from yanxiu.config.settings import *  # noqa: F403
from yanxiu.config.settings import DATA

INSTALLED_APPS = ["django.contrib.staticfiles", "bench.floor"]
MIDDLEWARE = []
ROOT_URLCONF = "bench.floor.urls"
STATIC_ROOT = DATA / "static-of-floor"
