"""Kinds that the trail names by their code."""

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar
from uuid import NAMESPACE_OID, UUID, uuid5


class NamedByCode:
    """A kind with a `code` instead of a stored uid."""

    SOURCE_KIND: ClassVar[str]

    if TYPE_CHECKING:
        uid: UUID
    else:

        @cached_property
        def uid(self) -> UUID:
            """What the trail names this kind by; the same everywhere, because the code is."""
            return uuid5(NAMESPACE_OID, f"{self.SOURCE_KIND}:{self.code}")
