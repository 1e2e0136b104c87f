"""What the application server calls."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yanxiu.config.settings")

application = get_wsgi_application()

# Loads every page now: else the first who comes to each worker waits for it, and all behind.
_ = get_resolver().reverse_dict

# What is loaded now lives as long as the worker: the collector need not walk it at each turn.
gc.collect()
gc.freeze()
