"""What the application server calls."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yanxiu.config.settings")

application = get_wsgi_application()

# What is loaded now lives as long as the worker: the collector need not walk it at each turn.
gc.collect()
gc.freeze()
