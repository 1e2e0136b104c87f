"""At which level something is organised or recognised, in the codes of the schemes."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganiserLevel(models.TextChoices):
    """级别, from the group to the nation: the order in which lists offer it."""

    GROUP = "group", _("教研组级")
    SCHOOL = "school", _("校级")
    CENTRAL_SCHOOL = "central_school", _("中心校级")
    CLUSTER = "cluster", _("片区级")
    COUNTY = "county", _("区县级")
    MUNICIPAL = "municipal", _("市级")
    PROVINCIAL = "provincial", _("省级")
    NATIONAL = "national", _("国家级")


def between(lowest: OrganiserLevel, highest: OrganiserLevel) -> list[tuple[str, Any]]:
    """Return the choices from `lowest` up to `highest`, both included."""
    codes = OrganiserLevel.values
    return OrganiserLevel.choices[codes.index(lowest) : codes.index(highest) + 1]


def in_order(words: dict[str, str]) -> list[tuple[str, str]]:
    """Return codes with their words from the group upwards; what is not known comes last."""
    order = {code: place for place, code in enumerate(OrganiserLevel.values)}
    return sorted(words.items(), key=lambda one: order.get(one[0], len(order)))
