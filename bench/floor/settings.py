"""The floor: the settings of the house with Django's own middleware alone and one view.

The middleware is Django's normal one: security, sessions, common, CSRF, log-in, messages and
clickjacking. Nobody is looked up, for the view does not ask who sends.
"""

from yanxiu.config import settings as house
from yanxiu.config.settings import *  # noqa: F403

# allauth does not start without its own middleware.
INSTALLED_APPS = [one for one in house.INSTALLED_APPS if not one.startswith("allauth")]
INSTALLED_APPS += ["bench.floor"]
MIDDLEWARE = [one for one in house.MIDDLEWARE if one.startswith("django.")]
ROOT_URLCONF = "bench.floor.urls"
STATIC_ROOT = house.DATA / "static-of-floor"
