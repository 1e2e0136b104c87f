"""What a text claims: phrases without a figure, vague problems, and numbers typed by hand.

claims_in(document, summary)      # what is claimed and not shown
offers_in(document, known)        # typed numbers that a figure knows
"""

from yanxiu.reports.claims.finding import KEEP, Claim, claims_in, sentences
from yanxiu.reports.claims.numbers import Offer, offers_in
from yanxiu.reports.claims.words import Words, words_of

__all__ = ["KEEP", "Claim", "Offer", "Words", "claims_in", "offers_in", "sentences", "words_of"]
