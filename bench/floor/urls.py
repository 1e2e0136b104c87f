"""The one address of the floor."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path

from bench.floor.models import FloorRow


def insert(request: HttpRequest) -> HttpResponse:
    """Insert one row in a transaction, as an action would, and answer as it would."""
    del request
    with transaction.atomic():
        FloorRow(name="一位教师", state="present").save(force_insert=True)
    return HttpResponse(status=303, headers={"Location": "/", "Content-Length": "0"})


def ready(request: HttpRequest) -> HttpResponse:
    """Say that the server answers."""
    del request
    return HttpResponse(status=204)


urlpatterns = [path("floor/", insert), path("ready/", ready)]
