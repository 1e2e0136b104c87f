"""Reading certificates, and the ledger for them."""

from yanxiu.certificates.queries.checking import Now, by_code, now, public_name
from yanxiu.certificates.queries.facts import Asked, Facts, facts_for

__all__ = ["Asked", "Facts", "Now", "by_code", "facts_for", "now", "public_name"]
