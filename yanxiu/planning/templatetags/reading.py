"""What the pages of documents that were read need in their templates."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def of(found: Mapping[Any, Any], key: Any) -> Any:
    """Return what `found` holds for `key`, None where it holds nothing."""
    return found.get(key)
