"""The words that differ from school to school, as a page says them."""

from django.utils.translation import gettext as _

from yanxiu.people.models import Organisation
from yanxiu.people.models.organisation import LABELS


def word_for(word: str, organisation: Organisation | None) -> str:
    """Return what `organisation` calls `word`; what nobody has renamed is translated."""
    said = organisation.label(word) if organisation else LABELS[word]
    return _(said) if said == LABELS[word] else said
