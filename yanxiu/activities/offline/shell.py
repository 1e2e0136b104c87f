"""What makes the house an app on the device: manifest, service worker, the page without network."""

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import get_template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from yanxiu.ui.offline import KEEP

HERE = Path(__file__).resolve().parent
FILES = (
    "vendor/tabler.css",
    "vendor/icons.svg",
    "vendor/htmx.min.js",
    "ui/tokens.css",
    "ui/frame.css",
    "ui/parts.css",
    "ui/theme.js",
    "ui/app.js",
    "ui/seal.svg",
    "activities/offline.css",
    "ui/keeping.js",
    "ui/offline.js",
    "ui/draft.js",
    "ui/drafts.js",
    "activities/offline_roll.js",
    "activities/offline_start.js",
    "activities/offline_take_over.js",
    "ui/house.js",
)
"""The static files without which no page looks or works as it should."""

ICONS = ((192, "any"), (512, "any"), (512, "maskable"))
GREEN, PAPER = "#0f6b62", "#f6f7f5"


@require_safe
@cache_control(max_age=3600)
def manifest(_request: HttpRequest) -> JsonResponse:
    """Say how the house is installed on a device."""
    icons = [
        {
            "src": static(f"activities/icons/{purpose}-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for size, purpose in ICONS
    ]
    told = {
        "id": "/",
        "name": _("校本研修"),
        "short_name": _("研修"),
        "description": _("计划、活动、签到、研修记录与学时"),
        "lang": "zh-Hans",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": GREEN,
        "background_color": PAPER,
        "icons": icons,
    }
    return JsonResponse(told, content_type="application/manifest+json")


@require_safe
def start(_request: HttpRequest) -> HttpResponse:
    """Show what can be opened without a network; the same page for everybody."""
    return HttpResponse(_start())


@never_cache
@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """Give the service worker with the list of what it keeps."""
    if settings.DEBUG:
        _worker.cache_clear()
    return HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")


def _start() -> str:
    # Without the request: nobody's name may stand on a page that every device keeps. In one
    # language: the version of the worker hangs on it.
    with override(settings.LANGUAGE_CODE):
        return str(get_template("activities/offline/start.html").render({}))


@lru_cache(maxsize=1)
def _worker() -> str:
    """Return the script; its version changes with every file of the shell."""
    source = (HERE / "worker.js").read_text(encoding="utf-8")
    house = {
        "shell": [reverse("offline:start"), *(static(name) for name in FILES)],
        "start": reverse("offline:start"),
        "static": settings.STATIC_URL,
        "logOut": reverse("account_logout"),
        "mark": KEEP,
    }
    digest = hashlib.sha256((source + json.dumps(house) + _start()).encode())
    for name in FILES:
        path = finders.find(name)
        if path:
            digest.update(Path(path).read_bytes())
    house["version"] = digest.hexdigest()[:16]
    return f"const HOUSE = {json.dumps(house)};\n{source}"
